"""The text that is read in an HTML document: lines, hidden text, alternative texts."""

from __future__ import annotations

import pytest

from msgpolicy import Message
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.limits import MAX_ATTRIBUTE_TEXTS, TooLargeError
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.style.styles import hidden_reason
from tests.linters import linter


def readings(source: str) -> list[Reading]:
    document = read_html(source)
    return document.readings("html", lambda index: hidden_reason(document, index))


def shown(source: str) -> list[tuple[str, str]]:
    return [(reading.shown, reading.text) for reading in readings(source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p>\n\n  <p>two</p>\n", "one\ntwo"),
        ("<p>un<b>der</b>stand</p>", "understand"),
        ("<p>a <b> b</b> </p>  c", "a b\nc"),
        ("<p>a\r\n   b\tc</p>", "a b c"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("a <br> b", "a\nb"),
        ("<div>a<br></div><div>b</div>", "a\nb"),
        ("<p>a</p><br><p>b</p>", "a\n\nb"),
        ("<br><br>a<br>", "a"),
        ("a<hr>b", "a\nb"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<ol>\n<li> a</li>\n<li><p>b</p></li>\n</ol>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
        ("<table>\n <tr>\n  <td> a </td>\n  <td></td>\n <td>b</td>\n </tr>\n</table>x", "a\tb\nx"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("<h1>a</h1>b<center>c</center>d", "a\nb\nc\nd"),
        ("a&nbsp;&nbsp;b&#32; c", "a\xa0\xa0b c"),
        ("<pre>\n a\n\tb </pre>c", " a\n\tb \nc"),
        ("<div><div><div>a</div></div></div><div>b</div>", "a\nb"),
        ("a<span>b</span><em>c</em><wbr>d", "abcd"),
        ("<title>t</title><style>s{}</style><script>x</script>a<!-- b -->c", "ac"),
        ("<noscript>for mail programs</noscript>", "for mail programs"),
        ("<textarea>a\n b</textarea>", "a\n b"),
        ('a<span style="display:block">b</span>c', "a\nb\nc"),
        ('<div style="display:inline">12</div><div style="display:inline">34</div>', "1234"),
        ('<div style="display:flex"><span>a</span><span>b</span></div>', "a\nb"),
        ('<p style="white-space:pre">a  b\nc</p>', "a  b\nc"),
        ('<p style="white-space:pre-line">a  b \n c</p>', "a b\nc"),
        ('<pre style="white-space:normal">a\n b</pre>', "a b"),
        ("Call<img src=logo.png>us", "Call us"),
        ('f<img src=x width=1 height=1>r<img src=x style="display:none">ee', "free"),
        ("<table>outside<tr><td>inside</td></tr></table>", "outside\ninside"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_visible_text(source: str, text: str) -> None:
    assert readings(source)[0].text == text
    assert readings(source)[0].shown == "visible"


def test_spaces_lead_to_the_white_space_they_stand_for() -> None:
    source = "<p>one \r\n two</p>\n<p>three<br >four</p>"
    reading = readings(source)[0]
    assert reading.text == "one two\nthree\nfour"
    assert source[slice(*reading.span(3, 4))] == " \r\n "
    assert source[slice(*reading.span(13, 14))] == "<br >"
    assert source[slice(*reading.span(0, 7))] == "one \r\n two"
    assert source[slice(*reading.span(4, 13))] == "two</p>\n<p>three"


def test_each_hidden_subtree_is_read_apart() -> None:
    assert shown(
        '<div style="display:none">Pre<b>view</b><p>text</div>Hello<p style="font-size:0">tiny'
        '<span style="font-size:14px">large</span>!</p>'
    ) == [("visible", "Hello\nlarge"), ("hidden", "Preview\ntext"), ("hidden", "tiny!")]


def test_what_is_shown_again_in_a_hidden_part_is_visible() -> None:
    source = '<div style="visibility:hidden">a <b style="visibility:visible">seen</b> z</div>'
    assert shown(source) == [("visible", "seen"), ("hidden", "a z")]


def test_letters_of_no_size_do_not_part_a_word() -> None:
    source = 'fr<span style="font-size:0">xyz</span>ee and fr<i style="color:white">xyz</i>ee'
    assert shown(source)[0] == ("visible", "free and fr ee")
    reading = readings(source)[0]
    assert source[slice(*reading.span(0, 4))] == 'fr<span style="font-size:0">xyz</span>ee'


def test_hidden_white_space_is_nothing() -> None:
    assert shown('<div style="display:none">&zwnj;&nbsp;&#8203; \n&shy;</div>a') == [("visible", "a")]


def test_text_that_browsers_never_display() -> None:
    assert shown("<template>a</template><iframe>b</iframe><datalist><option>c</datalist>d") == [
        ("visible", "d"),
        ("hidden", "a"),
        ("hidden", "b"),
        ("hidden", "c"),
    ]


def test_alternative_texts_and_tooltips() -> None:
    source = '<img src=x alt="A &amp; B" title=tip><p title="&lt;3">c<img alt=""><img alt=gone hidden></p>'
    assert shown(source) == [
        ("visible", "c"),
        ("alt", "A & B"),
        ("hidden", "gone"),
        ("title", "tip"),
        ("title", "<3"),
    ]
    alternative = readings(source)[1]
    assert source[slice(*alternative.span(0, 5))] == "A &amp; B"
    assert source[slice(*alternative.span(2, 3))] == "&amp;"


def test_labels_and_form_fields() -> None:
    source = '<p aria-label="A&amp;B"><input value=c placeholder=d><textarea placeholder=e></textarea>'
    assert shown(source)[1:] == [("alt", "A&B"), ("field", "c"), ("field", "d"), ("field", "e")]


def test_attributes_that_nobody_reads() -> None:
    source = (
        "<ol><li value=7>a</ol><input type=HIDDEN value=b><input type=radio value=c><p placeholder=d alt=e data-f=f>"
    )
    assert shown(source) == [("visible", "a")]


def test_hidden_is_asked_and_not_assumed() -> None:
    document = read_html('<p style="display:none">a</p><p>b</p>')
    assert [reading.text for reading in document.readings("html", lambda _: None)] == ["a\nb"]
    reading = document.readings("other", lambda _: "all")[1]
    assert (reading.part, reading.shown, reading.source) == ("other", "hidden", document.source)


def test_a_flood_of_texts_in_attributes_is_too_large() -> None:
    assert len(readings('<p title="a">' * MAX_ATTRIBUTE_TEXTS)) == MAX_ATTRIBUTE_TEXTS + 1
    more = '<p title="a">' * (MAX_ATTRIBUTE_TEXTS + 1)
    with pytest.raises(TooLargeError, match=f"{MAX_ATTRIBUTE_TEXTS:,} alternative texts"):
        readings(more)
    report = linter().check(Message(html=more, kind="proactive"))
    assert report.verdict == "review"
    assert ("email-address", "too-large") in {(entry.rule, entry.why) for entry in report.not_evaluated}
