from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.header import Header as Encoder
from email.utils import encode_rfc2231, format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.mail.headers import (
    Header,
    decode_words,
    first_address,
    first_id,
    parameters,
    parse_date,
    parse_local_date,
    text_parameter,
)
from tests.growth import assert_linear


def raw(text: str, charset: str = "utf-8") -> str:
    """A header value as it comes from the bytes of a mail."""
    return text.encode(charset).decode("latin-1")


RAW = st.binary(max_size=200).map(lambda data: data.decode("latin-1"))


# --- encoded words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Your order", "Your order"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?b?R3LDvMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1*de?q?Gr=FC=DFe_an_alle?=", "Grüße an alle"),
        ("Re: =?utf-8?q?a?= b", "Re: a b"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),  # the space between belongs to the encoding
        ("=?utf-8?q?a?=\t =?iso-8859-1?q?=E4?=", "aä"),
        ("=?utf-8?q?a_?= =?utf-8?q?b?=", "a b"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),  # a character split over two words
        ("=?iso-2022-jp?B?GyRCQ21KOBsoQg==?=", "注文"),
        ("=?utf-8?q?broken with spaces?=", "broken with spaces"),
        ("=?utf-8?q?Really??=", "Really?"),
        ("=?utf-8?q?=41?=", "A"),
        ("x=?utf-8?q?a?=y", "xay"),
        ("=?utf-8?q?cut off", "=?utf-8?q?cut off"),
        ("=?utf-8?q?first =?utf-8?q?second?=", "=?utf-8?q?first second"),
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),  # no padding
        ("=?utf-8?b?%%%?=", "=?utf-8?b?%%%?="),
        ("=?utf-8?q??=", ""),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?x-unknown?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?Gr=FC=DFe?=", "Grüße"),  # declared as UTF-8, but latin-1
        ("=? ? ?=", "=? ? ?="),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_eight_bit_headers(charset: str) -> None:
    assert decode_words(raw("Grüße à =?utf-8?q?=C3=BC?= la carte à", charset)) == "Grüße à ü la carte à"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60))
def test_encoded_words_round_trip(text: str) -> None:
    text = text.strip().lstrip("\ufeff")
    assert decode_words(Encoder(text, "utf-8").encode(linesep="")) == text


# --- parameters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="invoice 1.pdf"', "invoice 1.pdf"),
        ("attachment; filename=invoice.pdf", "invoice.pdf"),
        ("attachment;FILENAME=invoice.pdf;size=3", "invoice.pdf"),
        ("attachment; filename=my invoice.pdf ; x=y", "my invoice.pdf"),
        (r'attachment; filename="a \"b\".pdf"', 'a "b".pdf'),
        (r'attachment; filename="C:\docs\invoice.pdf"', r"C:\docs\invoice.pdf"),
        ('attachment; filename="a;b=c.pdf"', "a;b=c.pdf"),
        ('attachment; filename="never closed.pdf', "never closed.pdf"),
        ('attachment; filename="=?utf-8?q?Pr=C3=BCfung.pdf?="', "Prüfung.pdf"),
        ("attachment; filename*=utf-8''Pr%C3%BCfung%20%E2%82%AC.pdf", "Prüfung €.pdf"),
        ("attachment; filename*=iso-8859-1'de'Pr%FCfung.pdf", "Prüfung.pdf"),
        ("attachment; filename*=utf-8''it's.pdf", "it's.pdf"),
        ("attachment; filename*=Pr%C3%BCfung.pdf", "Prüfung.pdf"),  # no character set
        ("attachment; filename=old.pdf; filename*=utf-8''new.pdf", "new.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        ("attachment; filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=%41.pdf", "ü%41.pdf"),
        ("attachment; filename*0=a; filename*2=c", "a"),
        ("attachment; filename*99999999999999999999=x; filename=a.pdf", "a.pdf"),
        ("attachment; filename=a.pdf; filename=b.pdf", "a.pdf"),
        ("attachment; filename*=unicode_escape''%5Cud800", "\\ud800"),
        (raw('attachment; filename="Prüfung à"'), "Prüfung à"),
        (raw("attachment; filename=Prüfung à", "latin-1"), "Prüfung à"),
        ("attachment", None),
        ("attachment; filename", None),
        ("; ; =; filename", None),
    ],
)
def test_file_names(value: str, name: str | None) -> None:
    assert text_parameter(parameters(value), "filename") == name


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_extended_parameters_round_trip(name: str) -> None:
    name = name.lstrip("\ufeff")
    assert text_parameter(parameters(f"x; filename*={encode_rfc2231(name, 'utf-8')}"), "filename") == name


# --- addresses, ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("service@shop.example", "service@shop.example"),
        ("Shop <service@shop.example>", "service@shop.example"),
        ('"Shop, Service" <service@shop.example>, b@c.example', "service@shop.example"),
        ('"not@this.example" <service@shop.example>', "service@shop.example"),
        ("not@this.example <service@shop.example>", "service@shop.example"),
        ("service@shop.example (Shop, not@this.example)", "service@shop.example"),
        ("(a (nested) comment <x@y.example>) service@shop.example", "service@shop.example"),
        ("undisclosed-recipients:;", None),
        ("Team: anna@shop.example, bert@shop.example;", "anna@shop.example"),
        ("<@a.example,@b.example:service@shop.example>", "service@shop.example"),
        ('"anna b"@shop.example', '"anna b"@shop.example'),
        ("Shop service@shop.example", "service@shop.example"),
        ('"Shop" service@shop.example', "service@shop.example"),
        ("<service@shop.example", "service@shop.example"),
        ("<>, <service@shop.example>", "service@shop.example"),
        (", ,service@shop.example", "service@shop.example"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= <service@shop.example>", "service@shop.example"),
        (raw("Köln <köln@köln.example>"), "köln@köln.example"),
        ("Shop", None),
        ("", None),
        ("@", None),
        ("a" * 600 + "@shop.example", None),
        ("(" * 5000, None),
    ],
)
def test_the_first_address(value: str, address: str | None) -> None:
    assert first_address(value) == address


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        ("<a.1@mail.example>", "a.1@mail.example"),
        ("<a@mail.example> <b@mail.example>", "a@mail.example"),
        ("Message of Monday <a@mail.example>", "a@mail.example"),
        ("a@mail.example", "a@mail.example"),
        ("Message of Monday from a@mail.example", "a@mail.example"),
        ("< a@mail.example >", "a@mail.example"),
        ("<no-at-sign>", "no-at-sign"),
        ("no-at-sign", None),
        ("<>", None),
        ("< >", None),
        ("", None),
    ],
)
def test_the_first_message_id(value: str, identifier: str | None) -> None:
    assert first_id(value) == identifier


# --- dates ------------------------------------------------------------------------------------------------------------

CET = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("Sun, 01 Nov 2026 10:00:00 +0100", datetime(2026, 11, 1, 10, tzinfo=CET)),
        ("1 Nov 2026 10:00 +0100 (CET)", datetime(2026, 11, 1, 10, tzinfo=CET)),
        ("Sun,1 november 2026 10:00:30 GMT", datetime(2026, 11, 1, 10, 0, 30, tzinfo=UTC)),
        ("1 Nov 2026 10:00:00 -0000", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("1 Nov 2026 10:00:00 Z", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("1 Nov 2026 10:00:00 EST", datetime(2026, 11, 1, 15, tzinfo=UTC)),
        ("1 Nov 2026 10:00:00 -0330", datetime(2026, 11, 1, 13, 30, tzinfo=UTC)),
    ],
)
def test_dates_with_an_offset(value: str, instant: datetime) -> None:
    found = parse_date(value)
    assert found == instant
    assert found is not None
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "tomorrow",
        "Sun, 01 Nov 2026 10:00:00",
        "Sun, 01 Nov 2026",
        "1 Nov 2026 10:00:00 CET",  # RFC 5322 knows no such zone
        "1 Nov 2026 10:00:00 GMT+0100",
        "1 Nov 2026 10:00:00 PM +0100",
        "1 Nov 2026 10:00:00 A",
        "1 Nov 26 10:00:00 +0100",
        "30 Feb 2026 10:00:00 +0100",
        "1 Nov 2026 10:00:60 +0100",
        "1 Nov 2026 25:00:00 +0100",
        "1 Nov 2026 10:00:00 +2400",
        "1 Nov 2026 10:00:00 +0160",
        "1 Nov 9999 23:59:59 -1200",
        "1 Nov 2026 10:00:00 +01000",
        "1 Foo 2026 10:00:00 +0100",
        "1 Nov 99999999999999999999 10:00:00 +0100",
    ],
)
def test_any_other_date_is_unknown(value: str) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("value", "clock"),
    [
        ("Sun, 01 Nov 2026 10:00:00", "2026-11-01T10:00:00"),
        ("1 November 2026 23:59 ", "2026-11-01T23:59:00"),
        ("1 Nov 2026 10:00:00 +0100", None),
        ("1 Nov 2026 10:00:00 -0000", None),
        ("1 Nov 2026 10:00:00 CET", None),
        ("1 Nov 2026 10:00:00 PM", None),
        ("1 Nov 2026 10:00:00 (CET)", None),
        ("1 Nov 2026 10:00:00 or so", None),
        ("30 Feb 2026 10:00:00", None),
        ("1 Foo 2026 10:00:00", None),
        ("1 Nov 2026", None),
        ("", None),
    ],
)
def test_dates_that_say_nothing_of_an_offset(value: str, clock: str | None) -> None:
    found = parse_local_date(value)
    assert (found.isoformat() if found else None) == clock
    assert found is None or found.tzinfo is None


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_dates_round_trip(moment: datetime, zone: timezone) -> None:
    instant = moment.replace(microsecond=0, tzinfo=zone)
    assert parse_date(format_datetime(instant)) == instant


# --- the header as a whole --------------------------------------------------------------------------------------------


def test_the_first_of_two_fields_counts_and_a_different_second_is_noted() -> None:
    header = Header([("subject", "a"), ("subject", "b"), ("to", "x"), ("to", "y"), ("from", "z"), ("from", "z")])
    assert header.raw("subject") == "a"
    assert header.ambiguous == {"subject"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Text/HTML; charset=utf-8", "text/html"),
        (" text/html ;", "text/html"),
        ("text/html (page)", "text/html"),
        ("application/vnd.a+b.c-d", "application/vnd.a+b.c-d"),
        ("text", None),
        ("text/", None),
        ("text / html", None),
        ("text/html/x", None),
        ("", None),
    ],
)
def test_media_types(value: str, kind: str | None) -> None:
    assert Header([("content-type", value)]).type == kind


def test_the_file_name_of_the_disposition_wins() -> None:
    fields = [("content-type", "application/pdf; name=a.pdf"), ("content-disposition", "Attachment; filename=b.pdf")]
    assert Header(fields).filename == "b.pdf"
    assert Header(fields).disposition == "attachment"
    assert Header(fields[:1]).filename == "a.pdf"
    assert Header([("content-type", "application/pdf; name=")]).filename is None


@given(RAW)
def test_any_value_is_read(value: str) -> None:
    for text in (decode_words(value), first_address(value), first_id(value)):
        (text or "").encode("utf-8")
    (text_parameter(parameters(f"x;{value}"), "filename") or "").encode("utf-8")
    (text_parameter(parameters(f"x; filename*={value}"), "filename") or "").encode("utf-8")
    parse_date(value)


@pytest.mark.parametrize(
    "unit",
    ['";', " ;", "=?a?q?", "=?a?q?=41?= ", "(", '\\"', "<a", "@", " ", "x", "; filename*1*=x", "a;", "=?", "<", "\t"],
)
def test_reading_a_long_value_takes_linear_time(unit: str) -> None:
    def read(value: str) -> None:
        decode_words(value)
        first_address(value)
        first_id(value)
        text_parameter(parameters(value), "filename")
        parse_date(value)

    assert_linear(lambda size: 'a; b="' + unit * (size // len(unit)), read, 5_000)
