"""Checks of attachments: purpose, format, size, honesty, what acts, what nobody can read, contact data, codes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from msgpolicy import Message
from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.facts.files import sniff
from tests import sample_files as files
from tests.checks.support import run, unknown


def mail(*attachments: dict[str, Any], **fields: Any) -> Message:
    return Message(**{"text": "See the files", "attachments": attachments, **fields})


def parts(found: list[Any]) -> list[str]:
    assert all(isinstance(item, Hit) for item in found), found
    return [item.place.part for item in found]


def only(found: list[Any]) -> Hit:
    (hit,) = found
    assert isinstance(hit, Hit)
    return hit


PARAMS: dict[str, dict[str, Any]] = {
    "attachment-purpose": {"allowed": ["invoice"], "concepts": {"invoice": "invoice"}, "unwanted": ["advert"]},
    "attachment-format": {"allowed": ["application/pdf", "text/plain", "image/png"]},
    "attachment-size": {"max_bytes": 1000},
    "attachment-mismatch": {},
    "attachment-active-content": {},
    "attachment-unreadable": {},
    "attachment-contact-data": {"own_hosts": ["own"], "exempt": {"invoice": "invoice"}},
    "qr-code": {"own_hosts": ["own"]},
}


NO_LETTERS = SimpleNamespace(txts=None, boxes=None, scores=None)


@pytest.mark.parametrize("check", PARAMS)
def test_none_are_fine_and_unknown_ones_are_left_open(check: str) -> None:
    assert run(check, Message(text="x", attachments=()), **PARAMS[check]) == []
    assert unknown(check, Message(text="x"), **PARAMS[check]) == [(("attachments",), "missing")]


@pytest.mark.parametrize("check", sorted(PARAMS.keys() - {"attachment-purpose", "attachment-size"}))
def test_a_harmless_file_passes(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A reader of pictures that finds no letters, whether or not the extra `ocr` is installed here.
    monkeypatch.setattr("msgpolicy.facts.files.ocr._installed", lambda: True)
    monkeypatch.setattr("msgpolicy.facts.files.ocr._engine", lambda: lambda _image: NO_LETTERS)
    harmless = {"filename": "care.txt", "content_type": "text/plain; charset=utf-8", "content": b"Dust the lamp.\n"}
    assert run(check, mail(harmless, {"filename": "lamp.png", "content": files.png()}), **PARAMS[check]) == []


class TestPurpose:
    def found(self, *attachments: dict[str, Any]) -> list[Any]:
        return run("attachment-purpose", mail(*attachments), **PARAMS["attachment-purpose"])

    def test_a_declared_purpose_counts_whatever_the_file_says(self) -> None:
        assert self.found({"filename": "catalogue.pdf", "purpose": "invoice"}) == []
        hit = only(self.found({"filename": "Invoice.pdf", "purpose": "advertising"}))
        assert hit.evidence == {"purpose": "advertising", "declared": True}
        assert hit.fills == {"filename": "Invoice.pdf", "purpose": "advertising"}
        assert hit.confidence == 1.0

    @pytest.mark.parametrize("name", ["INVOICE_4711.pdf", "MyInvoice-2026.PDF", "invoice.pdf.exe"])
    def test_a_name_may_tell_a_permitted_purpose(self, name: str) -> None:
        assert self.found({"filename": name}) == []

    def test_a_name_may_tell_what_is_never_permitted(self) -> None:
        hit = only(self.found({"filename": "SummerCatalogue.pdf"}))
        assert hit.evidence == {"purpose": "advert", "declared": False, "judged_by": "name"}
        assert hit.confidence < 1

    def test_what_is_not_permitted_outweighs_in_the_same_words(self) -> None:
        assert len(self.found({"filename": "invoice-catalogue.pdf"})) == 1

    def test_the_text_tells_where_the_name_does_not(self) -> None:
        assert self.found({"filename": "4711.pdf", "content": files.pdf("Page one", "Invoice no. 4711")}) == []
        hit = only(self.found({"filename": "4711.pdf", "content": files.pdf("Our new catalogue")}))
        assert hit.evidence["judged_by"] == "text"
        assert hit.place.part == "attachments[0]"

    def test_the_name_comes_first(self) -> None:
        assert self.found({"filename": "invoice.txt", "content": b"Our new catalogue is out."}) == []

    def test_only_the_first_pages_are_looked_through(self) -> None:
        pages = ["Lamp", "Lamp", "Lamp", "The new catalogue"]
        assert unknown(
            "attachment-purpose",
            mail({"filename": "a.pdf", "content": files.pdf(*pages)}),
            **PARAMS["attachment-purpose"],
        )

    @pytest.mark.parametrize(
        "attachment", [{}, {"filename": "scan_001.pdf"}, {"filename": "lamp.png", "content": files.png()}]
    )
    def test_what_nothing_tells_is_not_guessed(self, attachment: dict[str, Any]) -> None:
        found = self.found({"filename": "invoice.pdf"}, attachment)
        assert found == [Unknown(("attachments[1].purpose",), "undetermined")]

    def test_a_purpose_that_is_known_and_not_permitted(self) -> None:
        params = {"allowed": ["warranty"], "concepts": {"invoice": "invoice", "warranty": "warranty"}}
        hit = only(run("attachment-purpose", mail({"filename": "invoice.pdf"}, {"filename": "Warranty.pdf"}), **params))
        assert (hit.place.part, hit.evidence["purpose"]) == ("attachments[0]", "invoice")


class TestFormat:
    def found(self, **attachment: Any) -> list[Any]:
        return run("attachment-format", mail(attachment), **PARAMS["attachment-format"])

    @pytest.mark.parametrize(
        ("attachment", "media_type"),
        [
            ({"filename": "invoice.xlsx"}, files.OOXML + "spreadsheetml.sheet"),
            ({"filename": "invoice.pdf.exe"}, "application/vnd.microsoft.portable-executable"),
            ({"filename": "invoice.pdf", "content": files.gif()}, "image/gif"),  # the bytes tell
            ({"filename": "invoice.pdf", "content_type": "application/pdf", "content": files.gif()}, "image/gif"),
            (
                {"filename": "a.pdf", "content_type": "image/gif"},
                "image/gif",
            ),  # without bytes the type tells, not the name
            ({"content_type": "IMAGE/GIF; name=x.pdf"}, "image/gif"),
        ],
    )
    def test_not_on_the_list(self, attachment: dict[str, Any], media_type: str) -> None:
        hit = only(self.found(**attachment))
        assert hit.evidence == {"media_type": media_type}
        assert hit.fills == {"filename": attachment.get("filename", "attachments[0]"), "format": media_type}

    @pytest.mark.parametrize(
        "attachment",
        [
            {"filename": "INVOICE.PDF"},
            {"filename": "invoice.pdf", "content_type": "application/octet-stream"},
            {"filename": "invoice", "content": files.pdf("Invoice")},
            {"filename": "invoice.docx", "content": files.pdf("Invoice")},  # another rule's matter
            {"filename": "note", "content": b"Dust the lamp."},
            {"filename": "invoice.xlsx", "content": b""},  # nothing to judge; it cannot be read
            {"filename": "files.zip", "content": files.encrypted_zip()},
        ],
    )
    def test_on_the_list_or_not_to_be_judged(self, attachment: dict[str, Any]) -> None:
        assert self.found(**attachment) == []

    @pytest.mark.parametrize(
        "attachment", [{}, {"filename": "invoice"}, {"filename": "a.lamp", "content_type": "application/octet-stream"}]
    )
    def test_what_is_not_known(self, attachment: dict[str, Any]) -> None:
        assert self.found(**attachment) == [Unknown(("attachments[0].content",), "undetermined")]


class TestSize:
    @pytest.mark.parametrize(
        ("sizes", "fires"),
        [
            ([1000], False),
            ([1001], True),
            ([500, 500], False),
            ([500, 501], True),
            ([400, 300, 301], True),
            ([0, 0], False),
        ],
    )
    def test_all_files_together(self, sizes: list[int], fires: bool) -> None:
        declared = mail(*({"size": size} for size in sizes))
        carried = mail(*({"content": b"x" * size, "size": 1} for size in sizes))  # what is here is counted
        for message in (declared, carried):
            assert bool(run("attachment-size", message, max_bytes=1000)) is fires

    def test_the_largest_is_named(self) -> None:
        hit = only(run("attachment-size", mail({"size": 10}, {"size": 1_500_000}, {"size": 20}), max_bytes=1_000_000))
        assert hit.place.part == "attachments[1]"
        assert hit.fills == {"bytes": "1,500,030", "max_bytes": "1,000,000"}
        assert hit.evidence == {"bytes": 1_500_030, "max_bytes": 1_000_000}

    def test_one_unknown_size_leaves_it_open_unless_the_others_decide(self) -> None:
        found = run("attachment-size", mail({"size": 1}, {}, {"size": 2}, {}), max_bytes=1000)
        assert found == [Unknown(("attachments[1].size", "attachments[3].size"))]
        assert parts(run("attachment-size", mail({}, {"size": 1001}), max_bytes=1000)) == ["attachments[1]"]

    def test_any_number_of_files_is_added_up(self) -> None:
        assert len(run("attachment-size", mail(*({"size": 1} for _ in range(10_000))), max_bytes=9999)) == 1


class TestMismatch:
    @pytest.mark.parametrize(
        ("attachment", "why"),
        [
            ({"filename": "invoice.pdf", "content": files.gif()}, "it is named .pdf and is image/gif"),
            (
                {"filename": "a", "content_type": "application/pdf", "content": files.gif()},
                "it is declared as application/pdf and is image/gif",
            ),
            ({"filename": "invoice.pdf", "content_type": "image/gif"}, "it is named .pdf and declared as image/gif"),
            ({"filename": "invoice.pdf.exe"}, "its name hides that it ends in .exe"),
            ({"filename": "invoice\u202efdp.exe"}, "its name holds characters that make it read in another order"),
        ],
    )
    def test_what_disagrees(self, attachment: dict[str, Any], why: str) -> None:
        hit = only(run("attachment-mismatch", mail(attachment)))
        assert hit.fills == {"filename": attachment["filename"], "why": why}
        assert set(hit.evidence) == {"media_type", "declared"}

    @pytest.mark.parametrize(
        "attachment",
        [
            {"filename": "logo.gif", "content_type": "image/gif", "content": files.gif()},
            {"filename": "photo.JPEG", "content_type": "image/jpg", "content": files.jpeg()},
            {"filename": "report.v2.pdf", "content": files.pdf("x")},
            {"filename": "prices.csv", "content_type": "text/plain", "content": files.CSV},
            {"filename": "letter.docx", "content": files.docx()},
            {"content": files.gif()},
        ],
    )
    def test_near_misses(self, attachment: dict[str, Any]) -> None:
        assert run("attachment-mismatch", mail(attachment)) == []

    def test_without_the_bytes_agreement_is_not_known(self) -> None:
        assert unknown("attachment-mismatch", mail({"filename": "a.pdf", "content_type": "application/pdf"})) == [
            (("attachments[0].content",), "missing")
        ]


class TestActiveContent:
    @pytest.mark.parametrize(
        ("attachment", "why"),
        [
            ({"filename": "setup.exe"}, "is a program"),
            ({"filename": "lamp.png", "content": files.exe()}, "is a program"),
            ({"filename": "a.txt", "content": files.JS.replace(b"(function", b"#!/bin/sh\n(function")}, "is a script"),
            ({"filename": "letter.docm", "content": files.docx(macros=True)}, "has macros"),
            (
                {
                    "filename": "a.pdf",
                    "content": files.pdf("x", catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
                },
                "runs JavaScript",
            ),
        ],
    )
    def test_what_acts(self, attachment: dict[str, Any], why: str) -> None:
        hit = only(run("attachment-active-content", mail({"filename": "x.txt", "content": b"x"}, attachment)))
        assert hit.place.part == "attachments[1]"
        assert why in hit.fills["why"]
        assert why in str(hit.evidence["active"])

    @pytest.mark.parametrize(
        "attachment",
        [
            {"filename": "letter.docx", "content": files.docx()},
            {"filename": "a.pdf", "content": files.pdf("javascript:alert(1)")},  # words about it
            {"filename": "exe.txt", "content": b"Never open setup.exe"},
            {"filename": "logo.svg", "content": files.svg()},
        ],
    )
    def test_near_misses(self, attachment: dict[str, Any]) -> None:
        assert run("attachment-active-content", mail(attachment)) == []

    def test_what_cannot_be_told(self) -> None:
        assert unknown("attachment-active-content", mail({"filename": "a.pdf"})) == [
            (("attachments[0].content",), "missing")
        ]
        odd = b"\x00\x9a\xfe\x12\x13\x14" * 9
        assert unknown("attachment-active-content", mail({"filename": "a.bin", "content": odd})) == [
            (("attachments[0].content",), "undetermined")
        ]


class TestUnreadable:
    @pytest.mark.parametrize(
        ("attachment", "why"),
        [
            ({"filename": "a.pdf", "content": b""}, "empty"),
            ({"filename": "a.pdf", "size": 0}, "empty"),
            ({"filename": "a.zip", "content": files.encrypted_zip()}, "encrypted"),
            ({"filename": "a.png", "content": files.png()[:-20]}, "truncated"),
        ],
    )
    def test_what_nobody_can_open(self, attachment: dict[str, Any], why: str) -> None:
        hit = only(run("attachment-unreadable", mail(attachment)))
        assert hit.fills == {"filename": attachment["filename"], "why": why}
        assert hit.evidence == {"why": why}

    def test_what_is_larger_than_what_is_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("msgpolicy.facts.files.documents.MAX_BYTES", 100)
        content = files.pdf("Invoice")
        assert len(content) > 100
        assert only(run("attachment-unreadable", mail({"content": content}))).fills["why"] == "too large"
        assert sniff.MAX_BYTES > 10_000_000  # more than a message may carry

    def test_without_the_bytes_it_is_not_known(self) -> None:
        found = run("attachment-unreadable", mail({"filename": "a.pdf", "size": 10}, {"content": b"x"}))
        assert found == [Unknown(("attachments[0].content",))]
