"""Nothing is bought with correctness: what makes judging quick, or possible elsewhere, leaves every report as it is.

Nomination, the cache, processes, threads, the order of messages, the seed of hashes: reports are equal byte for byte.
BeautifulSoup in turbohtml's place: `assert_same_but_for_the_reader` states what may differ, and all else is equal.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.speed.corpus import entry
from benchmarks.speed.texts import LANGUAGES
from msgpolicy import Linter, Message, Report
from msgpolicy.cache import OFF, VARIABLE
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.versions import data_versions
from tests.linters import linter
from tests.markup_pieces import PIECES
from tests.test_linter import SNIPPETS
from tests.test_message import MESSAGES

# All languages and classes, with what violates and what has files.
MESSAGES_BY_SIZE = {"everyday": range(192), "slow": range(192, 2_592)}
# Compiling a language takes longer than judging its messages: each day sees those of three kinds of script.
FEW_LANGUAGES = {"en", "th", "zh"}
# A report holds the moment of judging where this is not known.
SENT_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SIZES = ["everyday", pytest.param("slow", marks=pytest.mark.slow)]


# --- the corpus -------------------------------------------------------------------------------------------------------


@cache
def corpus(size: str) -> tuple[Message, ...]:
    entries = (entry(number) for number in MESSAGES_BY_SIZE[size])
    chosen = (found for found in entries if size == "slow" or found.language in FEW_LANGUAGES)
    return tuple(dated(Message.from_json(found.record)) for found in chosen)


@pytest.fixture(scope="module", params=SIZES)
def messages(request: pytest.FixtureRequest) -> tuple[Message, ...]:
    return corpus(request.param)


def written(reports: Iterable[Report]) -> list[bytes]:
    return [report.to_json() for report in reports]


@pytest.fixture(scope="module")
def expected(messages: tuple[Message, ...]) -> list[bytes]:
    return written(map(linter().check, messages))


def assert_same(reports: list[bytes], expected: list[bytes]) -> None:
    assert len(reports) == len(expected)
    for report, wanted in zip(reports, expected, strict=True):
        assert report == wanted


def test_the_samples_hold_all_kinds() -> None:
    everyday, slow = (list(map(entry, MESSAGES_BY_SIZE[size][:1_000])) for size in ("everyday", "slow"))
    for made, languages in ((everyday, FEW_LANGUAGES), (slow, LANGUAGES)):
        kinds = {(one.language, one.is_html, one.violates) for one in made if one.language in languages}
        assert kinds == set(product(languages, (False, True), (False, True)))
        assert {one.kind for one in made if one.language in languages} == {"plain", "html", "files"}


def test_nomination_on_the_corpus(messages: tuple[Message, ...], expected: list[bytes]) -> None:
    assert_same(written(map(linter(nominate=False).check, messages)), expected)


def test_the_messages_before_leave_nothing(messages: tuple[Message, ...], expected: list[bytes]) -> None:
    assert_same(written(map(linter().check, reversed(messages))), expected[::-1])


def test_two_processes_on_the_corpus(messages: tuple[Message, ...], expected: list[bytes]) -> None:
    assert_same(written(linter().check_many(messages, processes=2)), expected)


def test_eight_threads_on_the_corpus(messages: tuple[Message, ...], expected: list[bytes]) -> None:
    shared = Linter("amazon")
    with ThreadPoolExecutor(8) as pool:
        assert_same(written(pool.map(shared.check, messages)), expected)


def test_readers_on_the_corpus(messages: tuple[Message, ...]) -> None:
    # Mail tools write plain markup, of which BeautifulSoup is sure: all of it is compared.
    for message in messages:
        assert assert_same_but_for_the_reader(message)


JUDGE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from msgpolicy import Linter, Message

linter = Linter("amazon")
messages = [Message.from_json(line) for line in sys.stdin.buffer]
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    for report in pool.map(linter.check, messages):
        sys.stdout.buffer.write(report.to_json() + b"\\n")
"""


def judged_elsewhere(records: list[bytes], cache_folder: str, *, threads: int, hash_seed: int) -> list[bytes]:
    """The reports of a new process."""
    environment = os.environ | {VARIABLE: cache_folder, "PYTHONHASHSEED": str(hash_seed)}
    command = [sys.executable, "-c", JUDGE, str(threads)]
    done = subprocess.run(command, input=b"\n".join(records), stdout=subprocess.PIPE, env=environment, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("size", SIZES)
def test_the_cache_on_the_corpus(size: str, tmp_path: Path) -> None:
    """Off, empty and filled; each time in a new process, with other hashes, in another order or by several threads."""
    records = [msgspec.json.encode(message) for message in corpus(size)]
    folder = tmp_path / "cache"
    off = judged_elsewhere(records, OFF, threads=1, hash_seed=1)
    assert not folder.exists()
    empty = judged_elsewhere(records[::-1], str(folder), threads=1, hash_seed=2)
    assert {path.name.partition("-")[0] for path in folder.iterdir()} >= {"phrases", "ruleset"}
    filled = judged_elsewhere(records, str(folder), threads=8, hash_seed=3)
    assert_same(empty, off[::-1])
    assert_same(filled, off)


# --- readers ----------------------------------------------------------------------------------------------------------


@contextmanager
def without_turbohtml() -> Iterator[None]:
    """As where it has no wheel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "turbohtml", None)
        patch.delitem(sys.modules, "msgpolicy.facts.html.turbo", raising=False)
        patch.delattr("msgpolicy.facts.html.turbo", raising=False)
        data_versions.cache_clear()
        yield
    data_versions.cache_clear()


def assert_same_but_for_the_reader(message: Message) -> bool:
    """Compares the reports with turbohtml and with BeautifulSoup; gives whether BeautifulSoup was sure of the markup.

    The receipt names another library, always. Where BeautifulSoup is sure, that is all. Where it says that it is not,
    it may have read the HTML otherwise: then the verdict is `review` or `block`, a safe fix takes nothing out of HTML
    that turbohtml's reading would not take out too (it may make an address https; and where only what Outlook shows is
    in doubt, the rest is not), and all that was not read from HTML is the same: what is known of the message, its
    fingerprint, what stands in its other parts.
    """
    ours = linter().check(message).to_dict()
    with without_turbohtml():
        theirs = linter().check(message).to_dict()
        is_sure = read_html(message.html or "").reliable
    readers = ours["receipt"]["data"].pop("html"), theirs["receipt"]["data"].pop("html")
    assert [reader.partition(" ")[0] for reader in readers] == ["turbohtml", "beautifulsoup4"]
    if not any(map(is_doubt, theirs["not_evaluated"])):
        assert theirs == ours
        return True
    assert theirs["verdict"] in ("review", "block")
    taken_out = [edit for edit in safe_edits(theirs) if edit["part"] == "html" and edit["start"] < edit["end"]]
    assert is_sure or not taken_out
    assert all(edit in safe_edits(ours) for edit in taken_out)
    assert without_html(theirs) == without_html(ours)
    return False


def safe_edits(report: dict[str, Any]) -> list[dict[str, Any]]:
    fixes = [violation["fix"] for violation in report["violations"] if violation["fix"]]
    return [edit for fix in fixes if fix["safe"] for edit in fix["edits"]]


def is_doubt(entry: dict[str, Any]) -> bool:
    """Whether it says of the HTML as a whole that it could not surely be read."""
    return (entry["rule"], entry["why"], entry["needs"]) == ("*", "unreadable", ("html",))


def without_html(report: dict[str, Any]) -> dict[str, Any]:
    """What of a report does not hang on how the HTML was read."""
    others = [violation for violation in report["violations"] if violation["location"]["part"] != "html"]
    kept = {name: report[name] for name in ("message_id", "source", "receipt")}
    return kept | {"fingerprint": report["signals"]["text"], "violations": others}


@pytest.mark.parametrize(
    "comment",
    [
        "<svg><style><a href='https://besteshop-24.de'>www.besteshop-24.de</a></style></svg>",
        "<table><tr><td>206 555 0100</td></tr>Call us at +1 </table>",
        "<p hidden>a<div>Write to bob@besteshop-24.de</div></p>",
    ],
)
def test_beautifulsoup_tells_its_doubts_of_what_only_outlook_shows(comment: str) -> None:
    assert not assert_same_but_for_the_reader(message_of(html=f"<p>x</p><!--[if mso]>{comment}<![endif]-->"))


def test_a_doubt_of_what_only_outlook_shows_leaves_the_fixes_of_the_rest() -> None:
    pixel = "<img src=https://t.besteshop-24.de/o.gif width=1 height=1>"
    assert not assert_same_but_for_the_reader(message_of(html=f"{pixel}<!--[if mso]><p><![endif]-->"))


def test_beautifulsoup_is_sure_of_what_tools_write_for_outlook() -> None:
    head = "<!--[if mso]><noscript><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml></noscript><![endif]-->"
    table = "<!--[if mso | IE]><table><tr><td><![endif]--><p>Hello</p><!--[if mso | IE]></td></tr></table><![endif]-->"
    html = f"<html><head>{head}</head><body>{table}</body></html>"
    assert assert_same_but_for_the_reader(message_of(html=html))


# --- arbitrary input --------------------------------------------------------------------------------------------------

OPENED = """
<p style="color:#fff"> <div style='display:none'> <span style=font-size:0> <font color=red face=Arial size=7> <center>
<a href="https://besteshop-24.de/a?b=1&amp;c=2"> <a href=mailto:a@besteshop-24.de> <table width=900 bgcolor=#ffff00>
<td style="width:2000px;text-align:center"> <p class=x> <body bgcolor=red> <li> <tr> <h1> <ul> <b>
"""
ALONE = """
<img src=https://t.besteshop-24.de/o.gif width=1 height=1> <img alt="Write to a@besteshop-24.de" src=x width=900> <br>
<input value="+1 206 555 0100"> <style>p{color:red}.x{display:none}</style> <!--[if mso]> <!--[if !mso]><!-->
<![endif]--> <script>alert(1)</script> <svg onload=x> <iframe src=//besteshop-24.de>
&nbsp; &shy; &#43; &#x40; &commat; &lt &zwnj;
"""
TAG = re.compile(r"<[^<>]*+>")
OPENING, SINGLE = TAG.findall(OPENED), re.split(r"(?<=>)\s|\s(?=[<&])", ALONE.strip())
CHARACTERS = st.characters(exclude_categories=["Cs"])


@cache
def fragments(languages: frozenset[str]) -> tuple[list[str], list[str]]:
    """Pieces of the corpus: of its texts, and of its markup."""
    texts: dict[str, None] = {}
    markup: dict[str, None] = {}
    for message in corpus("everyday" if languages <= FEW_LANGUAGES else "slow"):
        if message.language in languages:
            texts |= dict.fromkeys(re.findall(r"[^\n.!?。]+[\n.!?。]*", message.text or ""))
            markup |= dict.fromkeys(re.findall(r"<[^<>]*+>|[^<>]+", message.html or ""))
    return list(texts), list(markup)


def texts(languages: frozenset[str]) -> st.SearchStrategy[str]:
    known = st.deferred(lambda: st.sampled_from(fragments(languages)[0]))
    return st.lists(st.text(CHARACTERS, max_size=40) | SNIPPETS | known, max_size=8).map("".join)


def soup(languages: frozenset[str]) -> st.SearchStrategy[str]:
    """Markup in any order: most of it is not plain."""
    known = st.deferred(lambda: st.sampled_from(fragments(languages)[1]))
    ending = st.sampled_from([f"</{re.split('[ >]', tag[1:])[0]}>" for tag in OPENING])
    ours = st.sampled_from(OPENING) | ending | st.sampled_from(SINGLE) | SNIPPETS
    return st.lists(ours | known | st.sampled_from(PIECES) | st.text(CHARACTERS, max_size=10), max_size=10).map("".join)


def nested(languages: frozenset[str]) -> st.SearchStrategy[str]:
    """Markup in which all is closed that was opened: much of it is plain."""
    known = st.deferred(lambda: st.sampled_from(fragments(languages)[0]))
    leaf = st.sampled_from([piece for piece in SINGLE if not piece.startswith("<!")]) | SNIPPETS | known

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        contents = st.lists(inner, max_size=3).map("".join)
        return st.builds(lambda tag, content: f"{tag}{content}</{re.split('[ >]', tag[1:])[0]}>", tags, contents)

    tags = st.sampled_from([tag for tag in OPENING if tag[1:3] not in ("td", "tr", "ta", "li", "ul", "bo")])
    blocks = st.lists(st.recursive(leaf, around, max_leaves=8), max_size=4).map("".join)
    comment = blocks.map(lambda content: f"<!--[if mso]>{content}<![endif]-->")
    return st.lists(blocks | comment, max_size=3).map("".join)


def messages_of(languages: Iterable[str]) -> st.SearchStrategy[Message]:
    chosen = frozenset(languages)
    html = st.none() | soup(chosen) | nested(chosen)
    kinds = st.sampled_from([None, "proactive", "reply"])
    text = st.none() | texts(chosen)
    return st.builds(message_of, text=text, html=html, subject=text, kind=kinds) | MESSAGES.map(dated)


def message_of(*, text: str | None = None, html: str | None = None, **fields: Any) -> Message:
    if not (text or "").strip() and not (html or "").strip():
        text = "x"  # a message must say something
    return dated(Message(text=text, html=html, **fields))


def dated(message: Message) -> Message:
    return msgspec.structs.replace(message, sent_at=message.sent_at or SENT_AT)


def check_the_same(message: Message) -> None:
    assert linter(nominate=False).check(message).to_json() == linter().check(message).to_json()
    assert_same_but_for_the_reader(message)


@given(messages_of(FEW_LANGUAGES))
@settings(max_examples=40)
def test_nomination_and_readers_on_arbitrary_messages(message: Message) -> None:
    check_the_same(message)


@pytest.mark.slow
@given(messages_of(LANGUAGES))
@settings(max_examples=5_000)
def test_nomination_and_readers_on_many_arbitrary_messages(message: Message) -> None:
    check_the_same(message)
