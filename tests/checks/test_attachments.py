"""Checks of attachments: purpose, format, size, honesty, what acts, what nobody can read, contact data, codes."""

from __future__ import annotations

import io
import sys
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


LINK = "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI({})>>>>]"


class TestContactData:
    PARAMS = PARAMS["attachment-contact-data"]

    def found(self, *attachments: dict[str, Any], **fields: Any) -> list[Any]:
        return run("attachment-contact-data", mail(*attachments, **fields), **self.PARAMS)

    def test_each_kind_with_its_page_and_place(self) -> None:
        pages = ["Dust the lamp.", "Mail a@shop.example or see www.shop.example/care", "WhatsApp: +44 20 7946 0958"]
        message = mail({"filename": "care.pdf", "content": files.pdf(*pages)})
        from tests.checks.support import facts_of

        facts = facts_of(message)
        hits = run("attachment-contact-data", message, **self.PARAMS)
        seen = []
        for hit in hits:
            assert isinstance(hit, Hit)
            text = facts.attachment_text(0, hit.place.page)
            assert text is not None
            assert text[hit.place.start : hit.place.end] == hit.fills["found"]
            seen.append((hit.place.page, hit.fills["what"], hit.fills["found"]))
        assert sorted(seen) == [
            (2, "an e-mail address", "a@shop.example"),
            (2, "an external link", "www.shop.example/care"),
            (3, "a messenger contact", "WhatsApp: +44 20 7946 0958"),
            (3, "a phone number", "+44 20 7946 0958"),
        ]
        assert {hit.fills["filename"] for hit in hits if isinstance(hit, Hit)} == {"care.pdf"}

    @pytest.mark.parametrize(
        "content",
        [files.docx("Mail a@shop.example"), files.odt("Mail a@shop.example"),
         files.eml("Mail a@shop.example").replace(b"Your invoice", b"Your lamp"),
         b"Mail a@shop.example", b"<html><body><p>Mail a@<b>shop</b>.example</p></body></html>"],
    )  # fmt: skip
    def test_formats(self, content: bytes) -> None:
        found = [hit.fills["found"] for hit in self.found({"content": content}) if isinstance(hit, Hit)]
        assert "a@shop.example" in found

    @pytest.mark.parametrize(
        ("url", "what"),
        [
            ("https://shop.example/care", "an external link"),
            ("mailto:a@shop.example", "an e-mail address"),
            ("tel:+4930901820", "a phone number"),
            ("https://wa.me/4930901820", "a messenger contact"),
            ("https://www.amazon.de.evil.example/", "an external link"),
        ],
    )
    def test_where_links_lead(self, url: str, what: str) -> None:
        hit = only(self.found({"content": files.pdf("Dust the lamp", "Click here", page=LINK.format(url))})[:1])
        assert (hit.place.part, hit.place.page, hit.place.start) == ("attachments[0]", 1, None)
        assert (hit.fills["what"], hit.fills["found"]) == (what, url)
        assert hit.evidence["normalized"]

    @pytest.mark.parametrize(
        "url",
        ["https://www.amazon.de/orders", "mailto:a1b2@marketplace.amazon.de", "#page2", "care.html", "mailto:", "x:y"],
    )
    def test_links_that_lead_nowhere_else(self, url: str) -> None:
        assert self.found({"content": files.pdf("Click here", page=LINK.format(url))}) == []

    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("See www.shop.example", "http://www.shop.example/"),
            ("See https://shop.example/a", "https://www.shop.example/b"),
            ("Mail a@shop.example", "mailto:A@Shop.example"),
            ("Call +49 30 901820", "tel:+49-30-901820"),
        ],
    )
    def test_a_link_that_the_page_spells_out_is_one_thing(self, text: str, url: str) -> None:
        hit = only(self.found({"content": files.pdf(text, page=LINK.format(url))}))
        assert hit.place.start is not None

    DETAILS = (
        b"Invoice 12. Shop Ltd, 1 Example Road. Tel. 020 7946 0958, a@shop.example, www.shop.example, VAT GB123456789"
    )

    @pytest.mark.parametrize("purpose", [None, "invoice"])
    def test_an_invoice_may_carry_its_makers_details(self, purpose: str | None) -> None:
        assert self.found({"content": self.DETAILS, "purpose": purpose}, marketplace="amazon.co.uk") == []

    def test_a_messenger_is_no_such_detail(self) -> None:
        hit = only(self.found({"content": self.DETAILS + b" WhatsApp: 020 7946 0958"}, marketplace="amazon.co.uk"))
        assert hit.fills["what"] == "a messenger contact"

    def test_what_advertises_is_exempt_from_nothing(self) -> None:
        flyer = {"filename": "a.txt", "content": b"Our catalogue. Keep your invoice. Mail a@shop.example"}
        assert self.found(flyer) == []
        hit = only(run("attachment-contact-data", mail(flyer), **self.PARAMS, unwanted=["advert"]))
        assert hit.fills["found"] == "a@shop.example"

    def test_older_word_files_are_said_not_to_be_read(self) -> None:
        message = mail({"filename": "care.doc", "content": files.ole(streams={"WordDocument": b"\xec\xa5"})})
        assert unknown("attachment-contact-data", message, **self.PARAMS) == [((), "not-covered")]

    def test_links_of_other_pages_are_told_apart(self) -> None:
        content = files.pdf("See www.shop.example", "Click here", page=LINK.format("https://www.shop.example/"))
        assert [(hit.place.page, hit.place.start is None) for hit in self.found({"content": content})] == [
            (1, False),
            (2, True),
        ]

    @pytest.mark.parametrize(
        "attachment",
        [
            {"purpose": "invoice"},
            {"purpose": "invoice", "filename": "a.pdf", "content": files.pdf("a@shop.example")},
            {"filename": "Invoice_4711.pdf", "content": files.pdf("a@shop.example")},
            {"filename": "4711.pdf", "content": files.pdf("Invoice 4711, a@shop.example")},
            {"filename": "a@shop.example.txt", "content": b"Dust the lamp."},  # a name is no text
            {"filename": "a.txt", "content": b"a1b2@marketplace.amazon.de, https://www.amazon.de/orders"},
            {"filename": "a.txt", "content": b"Order 305-1234567-1234567, EAN 4006381333931, soon.We"},
        ],
    )
    def test_near_misses(self, attachment: dict[str, Any]) -> None:
        assert self.found(attachment) == []

    @pytest.mark.parametrize(
        ("attachment", "told"),
        [
            ({"filename": "a.png", "content": files.png()}, True),
            ({"filename": "a.txt", "content": b"Dust the lamp."}, False),
            ({"filename": "a.pdf", "content": files.pdf("Dust the lamp.")}, False),
            ({"purpose": "invoice", "filename": "a.png", "content": files.png()}, False),
        ],
    )
    def test_text_in_pictures_that_is_not_read_is_told(
        self, attachment: dict[str, Any], told: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("msgpolicy.facts.files.ocr._installed", lambda: False)
        assert [item.why for item in self.found(attachment)] == ["not-installed"] * told

    def test_an_exempt_purpose_has_to_be_the_files_own(self) -> None:
        content = files.pdf("Invoice 4711, a@shop.example")
        assert len(self.found({"purpose": "instructions", "content": content})) == 1

    def test_numbers_are_read_in_the_countries_of_the_message(self) -> None:
        attachment = {"content": b"030 901820"}
        assert self.found(attachment) == []
        assert len(self.found(attachment, marketplace="amazon.de")) == 1

    def test_what_was_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.found({"filename": "a.pdf"}) == [Unknown(("attachments[0].content",))]
        monkeypatch.setattr("msgpolicy.facts.files.document_facts.MAX_TEXT", 20)
        found = self.found({"filename": "a.txt", "content": b"a@shop.example " * 5})
        assert [item.why for item in found if isinstance(item, Unknown)] == ["too-large"]
        assert "a.txt" in str(found[-1])
        assert any(isinstance(item, Hit) for item in found)


def code(text: str, kind: str = "QRCode") -> bytes:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    out = io.BytesIO()
    image.fromarray(zxingcpp.write_barcode_to_image(made, scale=4)).convert("L").save(out, "PNG")
    return out.getvalue()


class TestQrCode:
    @pytest.mark.parametrize(
        "text",
        ["https://shop.example/a", "www.shop.example", "shop.example/join", "https://amazon.de.evil.example",
         "mailto:a@shop.example", "tel:+4930901820", "+49 30 901820", "https://wa.me/4930901820", "a@shop.example",
         "WIFI:T:WPA;S:lamps;P:secret;;", "BCD\n002\n1\nSCT\n\nLamps Ltd\nDE02120300000000202051\nEUR9.99"],
    )  # fmt: skip
    def test_codes_that_lead_away(self, text: str) -> None:
        message = mail(
            {"filename": "a.pdf", "content": files.pdf("x")}, {"filename": "card.png", "content": code(text)}
        )
        hit = only(run("qr-code", message, own_hosts=["own"]))
        assert hit.place.part == "attachments[1]"
        assert hit.fills == {"found": text}
        assert hit.evidence == {"normalized": text}

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("https://www.amazon.de/orders", "QRCode"),
            ("305-1234567-1234567", "QRCode"),
            ("LAMP-E27-2700K", "QRCode"),
            ("00340434161094042557", "Code128"),
            ("1Z999AA10123456784", "Code128"),
            ("4006381333931", "EAN13"),
        ],
    )
    def test_codes_of_articles_orders_and_parcels(self, text: str, kind: str) -> None:
        assert run("qr-code", mail({"content": code(text, kind)}), own_hosts=["own"]) == []

    def test_only_images_and_pdf_files_are_looked_at(self) -> None:
        assert run("qr-code", mail({"filename": "a.docx"}, {"filename": "a.zip", "content": files.zipped({})})) == []
        assert unknown("qr-code", mail({"filename": "a.png"})) == [(("attachments[0].content",), "missing")]
        hidden = {"filename": "a.pdf", "content_type": "application/pdf", "content": code("https://shop.example")}
        assert len(run("qr-code", mail(hidden))) == 1

    def test_without_the_extra_it_is_said_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "zxingcpp", None)
        (item,) = run("qr-code", mail({"content": files.png()}, {"content": files.png()}))
        assert isinstance(item, Unknown)
        assert item.why == "not-installed"
        assert "msgpolicy[images]" in str(item.detail)
