"""How well quoted lines are told from own ones, on the test data of other libraries, and how well those do.

    pip download --no-deps --no-binary :all: -d SDISTS talon quotequail mail-parser-reply email-reply-parser
    (unpack them there)
    python -m benchmarks.quotes SDISTS

The cases are talon's (mail and the answer in it); no marker was written from them. The libraries are imported from the
unpacked folders, each as its own documentation shows; mail-parser-reply is told all its languages.
"""

from __future__ import annotations

import ast
import email
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from typing import NamedTuple

from msgpolicy.facts.quotes import Quotes
from msgpolicy.facts.spans import Reading

Stripper = Callable[[str], str]


class Case(NamedTuple):
    name: str
    text: str
    answer: str


class Count(NamedTuple):
    """Lines: quoted and found, quoted, found; mails whose answer is exact, mails; seconds."""

    right: int = 0
    quoted: int = 0
    found: int = 0
    exact: int = 0
    mails: int = 0
    seconds: float = 0.0


def cases(folder: Path) -> Iterator[Case]:
    """talon's pairs: those written in its tests, and its mails of standard programs."""
    (talon,) = folder.glob("talon-*/")
    for function in ast.parse((talon / "tests/text_quotations_test.py").read_text()).body:
        if isinstance(function, ast.FunctionDef):
            yield from _written(function)
    for path in sorted((talon / "tests/fixtures/standard_replies").glob("*.eml")):
        body = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        answer = path.with_name(path.stem + "_reply_text")
        if body is not None:
            yield Case(path.stem, body.get_content(), answer.read_text() if answer.exists() else "Hello")


def _written(function: ast.FunctionDef) -> Iterator[Case]:
    """Pairs such as `msg_body = "…"; reply = "…"; eq_(reply, quotations.extract_from_plain(msg_body))`."""
    known: dict[str, str] = {}
    for node in function.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                known[node.targets[0].id] = node.value.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 2:
            answer, call = node.value.args
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith("extract_from_plain")):
                continue
            values = [_text(item, known) for item in (answer, call.args[0])]
            if values[0] is not None and values[1] is not None:
                yield Case(function.name, values[1], values[0])


def _text(node: ast.expr, known: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return known.get(node.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def ours(text: str) -> str:
    return Quotes(Reading("text", text, text), None, earlier=None, answers=False).without(text)


def others(folder: Path) -> Iterator[tuple[str, Stripper]]:
    for path in folder.iterdir():
        if path.is_dir():
            sys.path.append(str(path))
    reply = importlib.import_module("mailparser_reply")
    languages = sorted(importlib.import_module("mailparser_reply.constants").MAIL_LANGUAGES)
    yield "mail-parser-reply", lambda text: reply.EmailReplyParser(languages=languages).parse_reply(text) or ""
    github = importlib.import_module("email_reply_parser")
    yield "email-reply-parser", github.EmailReplyParser.parse_reply
    quail = importlib.import_module("quotequail")
    yield "quotequail", lambda text: "\n".join(part for shown, part in quail.quote(text) if shown)


def measure(stripper: Stripper, listed: list[Case]) -> tuple[Count, list[str]]:
    count = Count()
    wrong: list[str] = []
    for case in listed:
        started = time.perf_counter()
        kept = _lines(stripper(case.text))
        seconds = time.perf_counter() - started
        all_lines, own = _lines(case.text), _lines(case.answer)
        quoted, found = _without(all_lines, own), _without(all_lines, kept)
        right = len(quoted) - len(_without(quoted, found))
        exact = kept == own
        if not exact:
            wrong.append(case.name)
        count = Count(
            count.right + right,
            count.quoted + len(quoted),
            count.found + len(found),
            count.exact + exact,
            count.mails + 1,
            count.seconds + seconds,
        )
    return count, wrong


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _without(lines: list[str], less: list[str]) -> list[str]:
    left = list(less)
    rest = []
    for line in lines:
        if line in left:
            left.remove(line)
        else:
            rest.append(line)
    return rest


def main() -> None:
    folder = Path(sys.argv[1])
    listed = list(cases(folder))
    print(f"{len(listed)} mails")
    print("| | quoted lines found | of those called quoted right | answers exact | ms a mail |")
    print("|---|---|---|---|---|")
    for name, stripper in (("msgpolicy", ours), *others(folder)):
        count, wrong = measure(stripper, listed)
        print(
            f"| {name} | {count.right / count.quoted:.3f} | {count.right / max(count.found, 1):.3f} "
            f"| {count.exact} of {count.mails} | {1000 * count.seconds / count.mails:.2f} |"
        )
        if "--wrong" in sys.argv and name == "msgpolicy":
            print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
