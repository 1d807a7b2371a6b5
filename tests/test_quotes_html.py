"""Quotes in HTML, with both readers: what mail programs mark, what only looks like it, and exact places."""

from __future__ import annotations

from types import ModuleType

import pytest

from msgpolicy.facts.html import soup as html_soup
from msgpolicy.facts.html import turbo as html_turbo
from msgpolicy.facts.quotes import Quotes
from msgpolicy.facts.style.styles import hidden_reason
from tests.growth import assert_linear

READERS = [html_turbo, html_soup]
HEAD = "On 3 May 2026 at 12:30, Anna &lt;anna@buyer.example&gt; wrote:"


def quotes_of(source: str, reader: ModuleType) -> Quotes:
    document = reader.read(source)
    reading = document.readings("html", lambda index: hidden_reason(document, index))[0]
    return Quotes(reading, document, earlier=None, answers=False)


def is_quoted(source: str, words: str, reader: ModuleType) -> bool:
    start = source.index(words)
    return quotes_of(source, reader).hold(start, start + len(words), contact=True)


QUOTING = {
    "gmail": f"""<div dir="ltr">Own.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"
        class="gmail_attr">{HEAD}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;
        border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>Old <a href="http://old.example/">words</a></div>
        </blockquote></div>""",
    "gmail, unknown language": """<div>Own.</div><div class="gmail_quote"><div class="gmail_attr">ma 4. toukok. 2026 klo
        12.30 Anna kirjoitti:<br></div><div>Old words</div></div>""",
    "gmail, forwarded": """<div>Own.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message
        ---------<br>From: Anna &lt;anna@buyer.example&gt;<br>Date: 3 May 2026<br>Subject: Lamp<br>To: Shop<br></div>
        <br>Old words</div>""",
    "apple": f"""<html><body>Own.<div><br><blockquote type="cite"><div>{HEAD}</div><br><div>Old words</div></blockquote>
        </div></body></html>""",
    "apple, without a head": """<body>Own.<blockquote type="cite">Old words</blockquote></body>""",
    "thunderbird": """<body><div class="moz-cite-prefix">Anna skrifaði þann 3.5.2026 kl. 12:30:<br></div>
        <blockquote type="cite" cite="mid:x@buyer.example"><p>Old words</p></blockquote><p>Own.</p></body>""",
    "yahoo": f"""<div>Own.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>{HEAD}</div><div><br></div>
        <div>Old words</div></div></div>""",
    "outlook": """<div class=WordSection1><p class=MsoNormal>Own.</p><div><div style='border:none;
        border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Lähettäjä:</b> Anna<br>
        <b>Lähetetty:</b> 3. toukokuuta 2026<br></p></div></div><p class=MsoNormal>Old words</p></div>""",
    "outlook on the web": """<div>Own.</div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr">
        <b>Frá:</b> Anna<br><b>Sent:</b> 3. maí 2026 12:30<br></div><div>Old words</div>""",
    "outlook, by its labels": """<p>Own.</p><div><b>Von:</b> Anna &lt;anna@buyer.example&gt;<br><b>Gesendet:</b> Sonntag
        <br><b>An:</b> Laden<br><b>Betreff:</b> Lampe</div><p>Old words</p>""",
    "a bare blockquote below a head": f"<p>Own.</p><p>{HEAD}</p><blockquote>Old words</blockquote>",
    "marked lines": "<p>Own.</p><p>&gt; Old words<br>&gt; and more</p>",
    "a line at the side": '<p>Own.</p><blockquote style="border-left: 2px solid #ccc">Old words</blockquote>',
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("source", QUOTING.values(), ids=list(QUOTING))
def test_older_words_are_quoted_and_own_ones_are_not(source: str, reader: ModuleType) -> None:
    assert is_quoted(source, "Old", reader)
    assert is_quoted(source, "words", reader)
    assert not is_quoted(source, "Own.", reader)


@pytest.mark.parametrize("reader", READERS)
def test_a_links_target_belongs_to_its_text(reader: ModuleType) -> None:
    assert is_quoted(QUOTING["gmail"], "http://old.example/", reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "source",
    [
        "<p>Own.</p><blockquote>New words</blockquote>",
        # Gmail's "indent more".
        '<p>Own.</p><blockquote style="margin:0 0 0 40px;border:none;padding:0px">New words</blockquote>',
        '<p>Own.</p><blockquote type="cite" style="border: none; margin: 0">New words</blockquote>',
        '<p>Own.</p><blockquote class="gmail_quote" style="border-left:0">New words</blockquote>',
        # What nobody sees makes no quote.
        '<p>Own.</p><div class="gmail_quote">New words</div>',
        '<p>Own.</p><div class="yahoo_quoted" id="divRplyFwdMsg">New words</div>',
        '<p>Own.</p><div class="moz-cite-prefix">New words</div>',
        '<p>Own.</p><p style="display:none">On 3 May 2026, Anna wrote:</p><p>New words</p>',
        '<p>Own.</p><div style="border-top:1px solid #ccc">New words 2026: here</div>',
        # The older message ends with what wraps it.
        f'<p>Own.</p><div class="yahoo_quoted"><div>{HEAD}</div><div>Old</div></div><p>New words</p>',
        f"<p>{HEAD}</p><blockquote type=cite>Old</blockquote><p>New words</p><blockquote type=cite>Old</blockquote>",
        f"""<div class="gmail_quote"><div class="gmail_attr">{HEAD}</div><blockquote class="gmail_quote">Old
        </blockquote><div>New words</div><blockquote class="gmail_quote">Old</blockquote></div>""",
        # A browser shows a table's misplaced text above it: above the head.
        f"<p>Own.</p><table><tr><td>{HEAD}</td></tr>New words<tr><td>Old</td></tr></table>",
    ],
)
def test_what_is_not_seen_as_quoted_is_the_writers_own(source: str, reader: ModuleType) -> None:
    # Where a reader says that a browser may read it in another way, a person looks at the message.
    assert not is_quoted(source, "New words", reader) or not reader.read(source).reliable


@pytest.mark.parametrize("reader", READERS)
def test_an_image_of_the_writer_before_the_quote_is_not_part_of_it(reader: ModuleType) -> None:
    source = '<p>Own.</p><img src="a.png"><blockquote type="cite">Old <img src="b.png">words</blockquote>'
    assert not is_quoted(source, "a.png", reader)
    assert is_quoted(source, "b.png", reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("flood", "end", "small"),
    [
        ("<blockquote type=cite>", "Old", 250),
        ("<div class=gmail_quote>", HEAD + "<br>Old", 250),
        ("<blockquote type=cite>Old</blockquote>a", "", 100),
        (f"<p>{HEAD}</p><blockquote>Old</blockquote>", "", 40),
        ("&gt; a<br>", "", 250),
    ],
    ids=["nested", "wrapped", "side by side", "heads", "marks"],
)
def test_floods(flood: str, end: str, small: int, reader: ModuleType) -> None:
    assert_linear(lambda size: "<p>Own.</p>" + flood * size + end, lambda source: quotes_of(source, reader), small)
