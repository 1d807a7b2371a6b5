from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from msgpolicy.inputs import Context, Draft, InputError, files, load_context, read_drafts

ORDER = "305-1234567-7654321"
OTHER = "305-7654321-1234567"


def read(*names: object, stdin: bytes = b"", **options: object) -> list[Draft | InputError]:
    return list(read_drafts([str(name) for name in names], stdin=io.BytesIO(stdin), **options))  # type: ignore[arg-type]


def drafts(*names: object, **options: object) -> list[Draft]:
    out = []
    for item in read(*names, **options):
        assert isinstance(item, Draft), item
        out.append(item)
    return out


def error(*names: object, **options: object) -> InputError:
    (item,) = read(*names, **options)
    assert isinstance(item, InputError), item
    return item


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


# Plain files


def test_text_is_kept_as_given_without_its_byte_order_mark(write):
    (draft,) = drafts(write("a.txt", "\ufeffHello,\r\nyour parcel\tis late.\r"))
    assert draft.message.text == "Hello,\r\nyour parcel\tis late.\r"
    assert draft.message.html is None
    assert draft.part == "text"
    assert draft.source.line is None


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_html_files(write, name):
    (draft,) = drafts(write(name, "<p>Hello</p>"))
    assert draft.message.html == "<p>Hello</p>"
    assert draft.message.text is None
    assert draft.part == "html"


def test_bytes_that_are_not_utf8_are_named_with_their_place(write):
    found = error(write("a.txt", "first\nGr\u00fc\u00dfe ".encode() + b"\xe4b"))
    (trouble,) = found.troubles
    assert trouble.why == "byte 14 (0xe4) is not UTF-8"
    assert (trouble.line, trouble.column) == (2, 7)
    assert "UTF-8" in trouble.hint


def test_utf16_is_recognised(write):
    assert "UTF-16" in error(write("a.txt", "Hello".encode("utf-16"))).troubles[0].hint


def test_an_empty_file_is_an_error(write):
    assert "empty" in error(write("a.txt", "")).troubles[0].why


def test_a_missing_file_names_its_neighbour(write):
    path = write("draft.txt", "Hello")
    found = error(path.with_name("darft.txt"))
    assert found.troubles[0].why == "there is no such file"
    assert "draft.txt" in found.troubles[0].hint


def test_a_missing_folder(tmp_path):
    assert "no folder" in error(tmp_path / "nowhere" / "a.txt").troubles[0].hint


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "mail.eml").mkdir()
    assert "folder" in error(tmp_path / "mail.eml").troubles[0].why
    assert "folder" in error(tmp_path).troubles[0].why


def test_a_name_that_tells_nothing(write):
    path = write("draft.doc", "Hello")
    assert "--input-format" in error(path).troubles[0].hint
    assert drafts(path, input_format="text")[0].message.text == "Hello"


def test_the_other_files_are_still_read(write, tmp_path):
    first, last = write("a.txt", "one"), write("b.txt", "two")
    found = read(first, tmp_path / "missing.txt", last)
    assert [type(item) for item in found] == [Draft, InputError, Draft]


def test_a_file_that_is_too_large(write, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    assert len(drafts(write("a.txt", "x" * 10))) == 1
    assert "larger than" in error(write("b.txt", "x" * 11)).troubles[0].why


def test_file_names_that_are_not_text(tmp_path):
    found = error(str(tmp_path) + "/\udcff.txt")
    assert found.file.endswith("\\xff.txt")
    json.dumps(found.to_dict()).encode()


# JSON


def test_one_record(write):
    (draft,) = drafts(write("a.json", '\n {"id": "m-1", "text": "Hello"}\n'))
    assert (draft.message.id, draft.source.line, draft.part) == ("m-1", None, None)


def test_a_list_of_records_with_their_lines(write):
    content = '[\n  {"text": "one"},\n  {"txet": "two"},\n\n  {"text":\n "three"}]'
    one, two, three = read(write("a.json", content))
    assert isinstance(one, Draft)
    assert isinstance(three, Draft)
    assert (one.source.line, three.source.line) == (2, 5)
    assert isinstance(two, InputError)
    assert two.line == 3
    assert [(t.line, t.column, t.path) for t in two.troubles] == [(3, 4, "txet")]
    assert "'text'" in two.troubles[0].hint


def test_an_empty_list_holds_no_message(write):
    assert read(write("a.json", "[ ]")) == []


def test_every_mistake_of_a_record_has_its_place(write):
    content = """{
  "text": "Hello",
  "sent_at": "2026-11-01T10:00:00",
  "order": {"id": "1", "statsu": "Shipped",
            "completed_at": "yesterday"},
  "attachments": [{"size": 1}, {"size": -1}]
}"""
    found = error(write("a.json", content))
    lines = content.split("\n")
    for trouble, (path, start) in zip(
        sorted(found.troubles, key=lambda t: (t.line or 0, t.column or 0)),
        [
            ("sent_at", '"sent_at"'),
            ("order.statsu", '"statsu"'),
            ("order.completed_at", '"completed_at"'),
            ("attachments[1].size", '"size": -1'),
        ],
        strict=True,
    ):
        assert trouble.path == path
        assert lines[trouble.line - 1][trouble.column - 1 :].startswith(start)
    assert "no offset" in str(found)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("", 1, 1),
        ("{\n  'text': 1}", 2, 3),
        ('{"text": "a"}\n{"text": "b"}', 2, 1),
        ('[{"text": "a"}\n {"text": "b"}]', 2, 2),
        ('{"text": "a\nb"}', 1, 12),
        ('{"order": NaN, "text": "x"}', 1, 1),
        ('{"schema": ' + "1" * 5000 + "}", 1, 1),
        ("[" * 5000 + "]" * 5000, 1, 2),
    ],
)
def test_broken_json_names_the_place(write, content, line, column):
    found = read(write("a.json", content))[-1]
    assert isinstance(found, InputError)
    assert (found.troubles[0].line, found.troubles[0].column) == (line, column)
    assert "not JSON" in found.troubles[0].why


def test_records_before_a_break_are_given(write):
    found = read(write("a.json", '[{"text": "a"}, {"text": "b"}, {"te'))
    assert [type(item) for item in found] == [Draft, Draft, InputError]


def test_a_record_that_is_no_object(write):
    found = read(write("a.json", '[7, "text"]'))
    assert all(isinstance(item, InputError) for item in found)
    assert "expected an object" in str(found[0])


def test_a_value_of_any_length_is_not_repeated(write):
    found = error(write("a.json", json.dumps({"text": "a", "sent_at": "x" * 100_000, "y" * 100_000: 1})))
    assert len(str(found)) < 2000


def test_a_list_of_mistakes_ends(write):
    found = error(write("a.json", json.dumps({f"k{n}": 1 for n in range(100)})))
    assert len(found.troubles) == 21
    assert "more" in found.troubles[-1].why


def test_many_bad_records_on_one_line_have_their_own_columns(write):
    count = 300
    found = read(write("a.json", "[" + ",".join(['{"txet": "' + "x" * 300 + '"}'] * count) + "]"))
    assert len(found) == count
    assert found[-1].troubles[0].column > 300 * (count - 1)


# JSON Lines


def test_lines_are_read_by_themselves(write):
    content = (
        b'\xef\xbb\xbf{"text": "one"}\r\n\n{"text": "two", "ordr": {}}\n{"text": \n'
        b'{"text": "f\xfcnf"}\n7\n  {"text": "six", "language": "!"}\n{"text": "seven"}'
    )
    found = read(write("a.jsonl", content))
    assert [item.source.line if isinstance(item, Draft) else -item.line for item in found] == [1, *range(-3, -8, -1), 8]
    places = [(t.line, t.column) for item in found if isinstance(item, InputError) for t in item.troubles]
    assert places == [(3, 17), (4, 10), (5, 12), (6, 1), (7, 19)]
    assert found[0].message.text == "one"


def test_a_line_that_is_too_long_does_not_hide_the_next(write, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 64)
    monkeypatch.setattr(files, "_CHUNK", 16)
    long = json.dumps({"text": "x" * 200})
    found = read(write("a.ndjson", f'{long}\n{{"text": "short"}}\n{long}'))
    assert [item.line if isinstance(item, InputError) else item.message.text for item in found] == [1, "short", 3]


def test_lines_are_streamed(tmp_path):
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer):
            data = b'{"text": "again"}\n'
            buffer[: len(data)] = data
            return len(data)

    stream = read_drafts(["-"], stdin=io.BufferedReader(Endless(), 64))
    assert [next(stream).source.line for _ in range(3)] == [1, 2, 3]


# Standard input


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"Hello there", "text"),
        (b"\n\nHello there", "text"),
        (b"{name}, your parcel is late", "text"),
        (b"{{ name }}, hello", "text"),
        (b"[Order 12] hello", "text"),
        (b"<3 thanks", "text"),
        (b"Please note: it is late", "text"),
        (b"<p>Hello</p>", "html"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        (b"\xef\xbb\xbf\n <HTML>", "html"),
    ],
)
def test_what_standard_input_holds(data, part):
    (draft,) = drafts("-", stdin=data)
    assert draft.part == part
    assert getattr(draft.message, part) == data.decode().removeprefix("\ufeff")
    assert draft.source.file == "<stdin>"


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b'{"text": "a"}', [1]),
        (b'\n\n{"text": "a"}\n\n{"text": "b"}\n', [3, 5]),
        (b'{\n"text": "a"\n}', [None]),
        (b'{"order": {},\n"text": "a"\n}', [None]),
        (b'[{"text": "a"},\n{"text": "b"}]', [1, 2]),
        (b'[\n{"text": "a"}]', [2]),
        (b"[]", []),
    ],
)
def test_records_on_standard_input(data, lines):
    assert [draft.source.line for draft in drafts("-", stdin=data)] == lines


def test_a_named_format_wins_over_the_look():
    assert drafts("-", stdin=b'{"text": "a"}', input_format="text")[0].message.text == '{"text": "a"}'


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_nothing_on_standard_input(data):
    assert "nothing" in str(error("-", stdin=data))


def test_blank_lines_without_end_on_standard_input():
    (draft,) = drafts("-", stdin=b"\n" * 100_000 + b"end")
    assert draft.message.text.endswith("\nend")


# Context


def context(path: Path) -> Context:
    return load_context(str(path))


def broken(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_context(str(path))
    return caught.value


def test_context_wins_over_the_record_field_by_field(write):
    facts = write("facts.json", json.dumps({ORDER: {"order": {"status": "Canceled"}, "buyer": {"language": "de"}}}))
    record = write("a.json", json.dumps({"text": "x", "order": {"id": ORDER, "status": "Shipped", "channel": "MFN"}}))
    (draft,) = drafts(record, context=context(facts))
    assert draft.message.order.status == "Canceled"
    assert draft.message.order.channel == "MFN"
    assert draft.message.buyer.language == "de"


def test_facts_of_the_message_win_over_facts_of_the_order(write):
    facts = context(
        write(
            "facts.jsonl",
            json.dumps({"order": {"id": ORDER, "status": "Shipped"}, "reason": "invoice"})
            + "\n"
            + json.dumps({"id": "m-1", "order": {"status": "Canceled"}})
            + "\n",
        )
    )
    lines = [{"text": "x", "id": "m-1", "order": {"id": ORDER}}, {"text": "x", "order": {"id": ORDER}}, {"text": "x"}]
    path = write("a.jsonl", "\n".join(json.dumps(line) for line in lines))
    first, second, third = (draft.message for draft in drafts(path, context=facts))
    assert (first.order.status, first.reason) == ("Canceled", "invoice")
    assert (second.order.status, second.reason) == ("Shipped", "invoice")
    assert (third.order, third.reason) == (None, None)
    assert facts.keyed
    assert facts.matched


def test_one_partial_record_is_for_every_message(write):
    facts = context(write("facts.json", '{"kind": "reply", "buyer": {"language": null, "country": "DE"}}'))
    paths = write("a.txt", "Hello"), write("b.json", '[{"text": "x", "buyer": {"language": "fr"}}]')
    text, record = (draft.message for draft in drafts(*paths, context=facts))
    assert (text.kind, text.buyer.country) == ("reply", "DE")
    assert (record.buyer.language, record.buyer.country) == ("fr", "DE")
    assert not facts.keyed


def test_context_leaves_bad_records_to_their_own_error(write):
    facts = context(write("facts.json", "{}"))
    found = read(write("a.jsonl", '7\n{"text": "x", "order": 7}\n{"id": 7, "text": "x"}'), context=facts)
    assert [item.line for item in found if isinstance(item, InputError)] == [1, 2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_cells_become_typed_facts(write, separator):
    header = ["order.id", "order.custom", "account.daily_order_average", "history.review_requests", "sent_at"]
    row = [ORDER, "TRUE", "2.5", "3", "2026-11-01T10:00:00+01:00"]
    facts = context(write("f.csv", "\ufeff" + separator.join(header) + "\r\n" + separator.join(row) + "\r\n"))
    found = facts.facts_for(None, ORDER)
    assert found == {
        "order": {"id": ORDER, "custom": True},
        "account": {"daily_order_average": 2.5},
        "history": {"review_requests": 3},
        "sent_at": "2026-11-01T10:00:00+01:00",
    }


def test_csv_lists_empty_cells_and_quotes(write):
    content = (
        "id,account.approved_senders,order.status,extra.note\n"
        'm-1,a@shop.example; b@shop.example,,"one\n\ntwo"\n\n'
        "m-2,,Shipped,\n"
    )
    facts = context(write("f.csv", content))
    assert facts.facts_for("m-1", None) == {
        "id": "m-1",
        "account": {"approved_senders": ["a@shop.example", "b@shop.example"]},
        "extra": {"note": "one\n\ntwo"},
    }
    assert facts.facts_for("m-2", None) == {"id": "m-2", "order": {"status": "Shipped"}}


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("f.csv", "order.id,order.statsu\n", 1, "'order.status'"),
        ("f.csv", "order.status\nShipped\n", 1, "order.id"),
        ("f.csv", "id,attachments\n", 1, "JSON"),
        ("f.csv", "", 1, "no column"),
        ("f.csv", f"order.id,order.custom\n{ORDER},\n{OTHER},perhaps\n", 3, "order.custom: 'perhaps'"),
        ("f.csv", f"order.id,sent_at\n{ORDER},2026-11-01 10:00\n", 2, "RFC 3339"),
        ("f.csv", f"order.id,sent_at\n{ORDER},2026-11-01T10:00:00\n", 2, "no offset"),
        ("f.csv", f"order.id,order.status\n{ORDER}\n", 2, "1 cells"),
        ("f.csv", "order.id,order.status\n,Shipped\n", 2, "neither"),
        ("f.csv", f"order.id,order.status\n{ORDER},Shipped\n{ORDER},Canceled\n", 3, "line 2"),
        ("f.csv", f'order.id,order.status\n{ORDER},"Shipped\n', 2, "not CSV"),
        ("f.csv", b"order.id\n1\n\xff\n", 3, "UTF-8"),
        ("f.json", '{"kind": "reply",\n "ordr": {}}', 2, "'order'"),
        ("f.json", '{"a": {},\n "b": {"order": {\n"statsu": "x"}}}', 3, "'status'"),
        ("f.json", '{\n"a" {}}', 2, "not JSON"),
        ("f.json", "\n[]", 2, "expected an object"),
        ("f.jsonl", '{"id": "a"}\n{"text": "x"}', 2, "neither"),
        ("f.jsonl", '{"id": "a"}\n[', 2, "not JSON"),
        ("f.jsonl", '{"id": "a"}\n\n[]', 3, "expected an object"),
        ("f.jsonl", b'{"id": "\xff"}', 1, "UTF-8"),
        ("f.jsonl", '{"id": "a", "sent_at": "2026"}', 1, "sent_at"),
        ("f.xlsx", "", None, ".csv"),
    ],
)
def test_a_context_file_that_cannot_be_used(write, name, content, line, said):
    found = broken(write(name, content))
    assert (found.troubles[0].line or found.line) == line
    assert said in str(found)


def test_a_context_file_that_is_not_there(tmp_path):
    assert "no such file" in str(broken(tmp_path / "facts.csv"))


def test_the_same_facts_twice_are_no_contradiction(write):
    facts = context(write("f.csv", f"order.id,order.status\n{ORDER},Shipped\n{ORDER},Shipped\n"))
    assert facts.facts_for(None, ORDER)["order"]["status"] == "Shipped"


def test_attachments_are_read_from_records(write):
    content = base64.b64encode(b"%PDF-1.7").decode()
    (draft,) = drafts(write("a.json", json.dumps({"text": "x", "attachments": [{"content": content}]})))
    assert draft.message.attachments[0].content == b"%PDF-1.7"


# E-mail

MAIL = (
    "From: Shop <service@shop.example>\r\nTo: a1b2@marketplace.amazon.de\r\nSubject: {subject}\r\n"
    "Message-ID: <m-1@shop.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
)


def test_an_email_becomes_a_message(write):
    (draft,) = drafts(write("a.eml", MAIL.format(subject="Your parcel", text="It is late.")))
    assert draft.message.subject == "Your parcel"
    assert draft.message.text.strip() == "It is late."
    assert (draft.part, draft.source.line) == (None, None)


def test_an_email_on_standard_input():
    (draft,) = drafts("-", stdin=MAIL.format(subject="Your parcel", text="It is late.").encode())
    assert draft.message.subject == "Your parcel"


@pytest.mark.parametrize(
    ("subject", "text", "status"),
    [
        (f"Order {ORDER}", f"about {ORDER}.", "Shipped"),
        ("Your order", f"about ({ORDER})", "Shipped"),
        (f"Order {ORDER}", f"and {OTHER}", None),
        ("Your order", f"about 1{ORDER}", None),
        ("Your order", f"about {ORDER}-1", None),
        ("Your order", "no number", None),
    ],
)
def test_the_order_of_an_email_is_the_only_one_it_names(write, subject, text, status):
    facts = context(write("f.csv", f"order.id,order.status\n{ORDER},Shipped\n{OTHER},Canceled\n"))
    (draft,) = drafts(write("a.eml", MAIL.format(subject=subject, text=text)), context=facts)
    assert (draft.message.order and draft.message.order.status) == status
    assert facts.matched == (status is not None)


@pytest.mark.parametrize("key", ["m-1@shop.example", "<m-1@shop.example>"])
def test_an_email_found_by_its_message_id(write, key):
    facts = context(write("f.json", json.dumps({key: {"kind": "reply"}})))
    (draft,) = drafts(write("a.eml", MAIL.format(subject="Hello", text="It is late.")), context=facts)
    assert draft.message.kind == "reply"


def test_facts_about_attachments_are_laid_over_them_in_their_order(write):
    facts = context(write("f.json", '{"attachments": [{}, {"purpose": "invoice"}]}'))
    record = {"text": "x", "attachments": [{"filename": "a.pdf"}, {"filename": "b.pdf"}]}
    (draft,) = drafts(write("a.json", json.dumps(record)), context=facts)
    assert [(a.filename, a.purpose) for a in draft.message.attachments] == [("a.pdf", None), ("b.pdf", "invoice")]


def test_bytes_that_are_no_email(write):
    assert isinstance(error(write("a.eml", "")), InputError)
