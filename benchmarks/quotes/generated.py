"""Answers above an older message, made from what mail programs write: `python -m benchmarks.quotes.generated`.

For each head of `programs.py` there are mails with one and with two paragraphs below it, as text (quoted lines marked
where the program marks them, long heads wrapped) and as HTML, and answers that quote nothing. `--misses` names what was
not exact, and spends the set.
"""

from __future__ import annotations

import argparse
import html
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.quotes.programs import HEADS, LOOK_ALIKE, TEXTS, Head
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.quotes import Quotes
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.style.styles import hidden_reason

ADDRESSES = ("a.miller@buyer.example", "x81@marketplace.amazon.de")
SHOP = "service@shop.example"


class Case(NamedTuple):
    """A mail, as `text` or `html`, and the lines of it that are the writer's own."""

    name: str
    kind: str
    source: str
    own: list[str]


def cases() -> Iterator[Case]:
    for number, head in enumerate(HEADS):
        answer, first, second, name = TEXTS[head.language]
        address = ADDRESSES[number % 2]
        written = head.text.format(n=name, a=address, s=SHOP)
        own = lines(answer)
        for body in (first, second):
            title = f"{head.program} {head.language}"
            yield Case(title, "text", f"{answer}\n\n{_as_text(head, written, body)}\n", own)
            yield Case(title, "html", _as_html(head, written, answer, body), own)
        if head.marks and "\n" not in written and len(written) > 60:
            wrapped = textwrap.fill(written, 60, break_long_words=False, break_on_hyphens=False)
            yield Case(f"{title} wrapped", "text", f"{answer}\n\n{wrapped}\n{_marked(first)}\n", own)
    for answer in LOOK_ALIKE:
        yield Case("quotes nothing", "text", answer, lines(answer))


def _as_text(head: Head, written: str, body: str) -> str:
    return f"{written}\n{_marked(body)}" if head.marks else f"{written}\n\n{body}"


def _marked(body: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines())


def _as_html(head: Head, written: str, answer: str, body: str) -> str:
    """As the program of the head wraps what it quotes; others as plain paragraphs below the head."""
    own, old, top = _paragraphs(answer), _paragraphs(body), html.escape(written, quote=False).replace("\n", "<br>")
    if head.program == "gmail":
        return (
            f'<div dir="ltr">{own}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"'
            f' class="gmail_attr">{top}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
            f'border-left:1px solid rgb(204,204,204);padding-left:1ex">{old}</blockquote></div>'
        )
    if head.program == "apple mail":
        return f'{own}<div><br><blockquote type="cite"><div>{top}</div><br><div>{old}</div></blockquote></div>'
    if head.program in ("thunderbird", "roundcube"):
        return (
            f'{own}<div class="moz-cite-prefix">{top}<br></div><blockquote type="cite" cite="mid:1">{old}</blockquote>'
        )
    if head.program == "yahoo":
        return (
            f'{own}<div id="ydp1yahoo_quoted_81" class="yahoo_quoted"><div><div>{top}</div><div>{old}</div></div></div>'
        )
    if head.program.startswith("outlook"):
        return (
            f'<div>{own}</div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block;width:98%">'
            f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{top}</font></div><div>{old}</div>'
        )
    if head.program == "proton":
        return f'{own}<div class="protonmail_quote">{top}<br><br><blockquote class="protonmail_quote" type="cite">{old}'
    return f"{own}<div>{top}</div><div>{old}</div>"


def _paragraphs(text: str) -> str:
    blocks = (html.escape(block, quote=False).replace("\n", "<br>") for block in text.split("\n\n"))
    return "".join(f"<p>{block}</p>" for block in blocks)


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def kept(case: Case) -> tuple[list[str], list[str]]:
    """All lines of a mail, and those that are told to be the writer's own."""
    if case.kind == "text":
        reading, document = Reading("text", case.source, case.source), None
    else:
        document = read_html(case.source)
        reading = document.readings("html", lambda index: hidden_reason(document, index))[0]
    quotes = Quotes(reading, document, earlier=None, answers=False)
    return lines(reading.text), lines(quotes.without(reading.text))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotes.generated", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name what was not exact (spends the set)")
    options = parser.parse_args()
    rows: dict[str, list[int]] = {}
    missed: list[str] = []
    for case in cases():
        written, own = kept(case)
        quoted = len(written) - len(case.own)
        lost = sum(1 for line in case.own if line not in own)
        found = len(written) - len(own)
        row = rows.setdefault("quotes nothing" if case.name == "quotes nothing" else case.kind, [0, 0, 0, 0, 0])
        exact = own == case.own
        for at, number in enumerate((found - lost, quoted, found, exact, 1)):
            row[at] += number
        if not exact:
            missed.append(f"{case.kind} {case.name}: {own}")
    print("| | quoted lines found | of those called quoted right | answers exact |")
    print("|---|---|---|---|")
    for name, (right, quoted, found, exact, whole) in rows.items():
        print(f"| {name} | {right / max(quoted, 1):.3f} | {right / max(found, 1):.3f} | {exact} of {whole} |")
    if options.misses:
        print(*missed, sep="\n")


if __name__ == "__main__":
    main()
