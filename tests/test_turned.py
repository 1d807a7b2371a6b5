"""Text that is shown in the reverse of the order in which it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Message
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.style.direction import overridden_spans
from msgpolicy.facts.turned import as_shown
from msgpolicy.redaction import Redaction
from tests.growth import assert_linear
from tests.linters import linter

RLO, PDF, LRO = "\u202e", "\u202c", "\u202d"
WRITTEN = "moc.sgum@anna"


def plain(text: str) -> Reading:
    return Reading("text", text, text)


def html(source: str) -> str:
    document = read_html(source)
    visible = document.readings("html", lambda index: None)[0]
    return as_shown(visible, overridden_spans(document)).text


class TestText:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            (f"a {RLO}cba{PDF} b", f"a {RLO}abc{PDF} b"),
            (f"{RLO}cba", f"{RLO}abc"),
            (f"{RLO}cba\r\ndef", f"{RLO}abc\r\ndef"),  # a line ends it
            (f"{RLO}cb{LRO}de", f"{RLO}bc{LRO}de"),
            (f"{RLO}cba{PDF}def{RLO}ih", f"{RLO}abc{PDF}def{RLO}hi"),
            (f"{RLO}שלום dcba{PDF}", f"{RLO}שלוםabcd {PDF}"),  # Hebrew runs to the left by itself
            (f"{RLO}٣٢١ ٠{PDF}", f"{RLO}٠ ١٢٣{PDF}"),  # Arabic digits do not
        ],
    )
    def test_overridden(self, written: str, shown: str) -> None:
        assert as_shown(plain(written)).text == shown

    @pytest.mark.parametrize(
        "text",
        ["abc", f"{RLO}שלום וברכה{PDF}", f"{RLO}...{PDF}", f"{LRO}abc{PDF}", "\u202babc\u202c", "\u2067abc\u2069"],
    )
    def test_shown_as_it_is_written(self, text: str) -> None:
        reading = plain(text)
        assert as_shown(reading) is reading


class TestMarkup:
    @pytest.mark.parametrize(
        "source",
        [
            '<p>x <bdo dir="rtl">cba</bdo></p>',
            "<p>x <BDO DIR=RTL>c<b>b</b>a</BDO></p>",
            '<p>x <span dir="rtl" style="unicode-bidi: bidi-override">cba</span></p>',
            '<p>x <span style="unicode-bidi:isolate-override;direction:rtl">cba</span></p>',
            "<style>i{unicode-bidi:bidi-override;direction:rtl}</style><p>x <i>cba</i></p>",
            '<div dir="rtl"><p>x <span style="unicode-bidi:bidi-override">cba</span></p></div>',
            '<p>x <bdo dir="rtl">c<bdo dir="rtl">ba</bdo></bdo></p>',
        ],
    )
    def test_overridden(self, source: str) -> None:
        assert html(source) == "x abc"

    @pytest.mark.parametrize(
        "source",
        [
            '<p>x <bdo dir="ltr">cba</bdo></p>',
            "<p>x <bdo>cba</bdo></p>",
            '<p>x <span dir="rtl">cba</span></p>',
            '<p>x <span style="unicode-bidi: embed; direction: rtl">cba</span></p>',
            '<p>x <bdo dir="rtl" style="unicode-bidi: normal">cba</bdo></p>',
            '<div dir="rtl">x <bdo dir="ltr">cba</bdo></div>',
            "<style>i{unicode-bidi:bidi-override}</style><p>x <i>cba</i></p>",
        ],
    )
    def test_shown_as_it_is_written(self, source: str) -> None:
        assert html(source) == "x cba"


class TestPlaces:
    def test_a_part_of_a_turned_stretch(self) -> None:
        source = f"To {RLO}fedcba{PDF}!"
        reading = as_shown(plain(source))
        start = reading.text.index("bcd")
        assert source[slice(*reading.span(start, start + 3))] == "dcb"
        assert [source[slice(*span)] for span in reading.spans(start - 1, start + 3)] == ["dcba"]

    def test_across_the_end_of_a_turned_stretch(self) -> None:
        source = f"To {RLO}cba{PDF} and {RLO}fed{PDF}!"
        reading = as_shown(plain(source))
        start, end = reading.text.index("bc"), reading.text.index("de") + 2
        assert source[slice(*reading.span(start, end))] == f"cba{PDF} and {RLO}fed"
        assert [source[slice(*span)] for span in reading.spans(start, end)] == ["cb", f"{PDF} and {RLO}", "ed"]

    def test_markup_inside(self) -> None:
        source = "<bdo dir=rtl>f<b>e&#100;</b>cba</bdo>"
        document = read_html(source)
        reading = as_shown(document.readings("html", lambda index: None)[0], overridden_spans(document))
        start = reading.text.index("cde")
        assert source[slice(*reading.span(start, start + 3))] == "e&#100;</b>c"

    @given(st.lists(st.sampled_from(["ab", "c1 ", RLO, PDF, "\n", "של", ".", "é"]), max_size=30).map("".join))
    def test_every_code_point_keeps_its_place(self, text: str) -> None:
        reading = as_shown(plain(text))
        assert [text[slice(*reading.span(at, at + 1))] for at in range(len(text))] == list(reading.text)
        assert sorted(span for at in range(len(text)) for span in reading.spans(at, at + 1)) == [
            (at, at + 1) for at in range(len(text))
        ]


class TestJudged:
    @pytest.mark.parametrize(
        ("part", "value", "excerpt"),
        [
            ("text", f"Mail: {RLO}{WRITTEN}{PDF} for the lamp", WRITTEN),
            ("subject", f"Mail: {RLO}{WRITTEN}", WRITTEN),
            ("html", f"<p>Mail: <bdo dir=rtl>{WRITTEN}</bdo></p>", WRITTEN),
            ("html", "<p>Mail: <bdo dir=rtl>moc.sgum&#64;<b>anna</b></bdo></p>", "moc.sgum&#64;<b>anna"),
        ],
    )
    def test_an_address_is_found_where_it_is_written_and_masked(self, part: str, value: str, excerpt: str) -> None:
        message = Message.from_dict({"text": "Order", "kind": "proactive", part: value})
        report = linter().check(message)
        (found,) = [violation for violation in report.violations if violation.rule == "email-address"]
        assert found.location.part == part
        assert value[found.location.start : found.location.end] == excerpt
        assert found.evidence["normalized"] == "anna@mugs.com"
        masked = Redaction(message, report).part(part)
        assert masked is not None
        assert "anna" not in masked
        assert "sgum" not in masked

    def test_the_phone_number_is_the_one_that_is_shown(self) -> None:
        record = {
            "html": "<p>Tel. <bdo dir=rtl>8490 6497 020</bdo></p>",
            "kind": "proactive",
            "marketplace": "amazon.co.uk",
        }
        report = linter().check(Message.from_dict(record))
        (found,) = [violation for violation in report.violations if violation.rule == "phone-number"]
        assert found.evidence["normalized"] == "+442079460948"

    def test_words_are_judged_as_they_are_shown(self) -> None:
        text = f"Please {RLO}weiver rats-5 a su evael{PDF} and get a $10 gift card"
        report = linter().check(Message.from_dict({"text": text, "kind": "proactive"}))
        assert "review-incentive" in {violation.rule for violation in report.violations}


def test_the_cost_grows_with_the_size() -> None:
    def read(source: str) -> None:
        document = read_html(source)
        visible = document.readings("html", lambda index: None)[0]
        reading = as_shown(visible, overridden_spans(document))
        reading.span(0, len(reading.text))

    assert_linear(lambda size: f"{RLO}<bdo dir=rtl>ab</bdo> " * size, read, 200)
