"""Checks of what attachments say: contact data and codes."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.facts.limits import MAX_ADDRESSES
from tests import sample_files as files
from tests.checks.support import run, unknown
from tests.checks.test_attachments import PARAMS, mail, only

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
        ("name", "found"),
        [
            ("mail a@shop.example.pdf", "a@shop.example"),
            ("a (at) shop (dot) com.pdf", "a (at) shop (dot) com"),
            ("\u202emoc.sgum@a\u202c.pdf", "a@mugs.com"),
            ("call 020 7946 0018.pdf", "020 7946 0018"),
            ("see www.shop.example.pdf", "www.shop.example"),
        ],
    )
    def test_the_name_of_a_file(self, name: str, found: str) -> None:
        content = files.pdf("Dust the lamp.")
        hit = only(self.found({"filename": name, "content": content}, marketplace="amazon.co.uk"))
        assert (hit.fills["found"], hit.fills["filename"], hit.evidence["where"]) == (found, name, "name")
        assert (hit.place.part, hit.place.start) == ("attachments[0]", None)

    @pytest.mark.parametrize(
        "name",
        ["IMG_20261103_171234567.pdf", "02079460018.pdf", "lamp v2.4.1.pdf", "Order 305-1234567-1234567.pdf",
         "logo@2x.pdf", "WhatsApp Image 2026-11-03 at 14.23.45.pdf", "care.label.design.pdf", "1Z999AA10123456784.pdf",
         ".pdf", "pdf"],
    )  # fmt: skip
    def test_names_that_lead_nowhere(self, name: str) -> None:
        assert self.found({"filename": name, "content": files.pdf("Dust it.")}, marketplace="amazon.co.uk") == []

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

    def test_more_than_is_read_is_said(self) -> None:
        message = mail({"filename": "list.txt", "content": b"a@shop.example " * (MAX_ADDRESSES + 1)})
        found = run("attachment-contact-data", message, **self.PARAMS)
        assert [item.why for item in found if isinstance(item, Unknown)] == ["too-large"]
        assert [item.fills["found"] for item in found if isinstance(item, Hit)] == ["a@shop.example"] * MAX_ADDRESSES

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
        assert self.found(attachment, marketplace="amazon.com") == []
        (german,) = self.found(attachment, marketplace="amazon.de")
        assert german.evidence["normalized"] == "+4930901820"

    def test_what_was_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.found({"filename": "a.pdf"}) == [Unknown(("attachments[0].content",))]
        monkeypatch.setattr("msgpolicy.facts.files.document_facts.MAX_TEXT", 20)
        found = self.found({"filename": "a.txt", "content": b"a@shop.example " * 5})
        assert [item.why for item in found if isinstance(item, Unknown)] == ["too-large"]
        assert "a.txt" in str(found[-1])
        assert any(isinstance(item, Hit) for item in found)

    def test_properties_and_files_inside(self) -> None:
        core = '<c xmlns:dc="d"><dc:creator>a@shop.example</dc:creator></c>'
        document = files.docx("Dust the lamp.", parts={"docProps/core.xml": core})
        hit = only(self.found({"filename": "a.docx", "content": document}))
        assert (hit.place.page, hit.fills["found"]) == (None, "a@shop.example")
        inside = files.zipped({"a.docx": files.docx("Mail a@shop.example")})
        hit = only(self.found({"filename": "a.zip", "content": inside}))
        assert (hit.place.page, hit.fills["found"]) == (1, "a@shop.example")

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.xls", files.ole(streams={"Workbook": b""})),
            ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40),
            ("a.wav", b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40),
            ("a.js", files.JS),
            ("blob.bin", b"\x00\x9a\xfe\x12\x13\x14" * 9),
        ],
    )
    def test_kinds_that_are_not_read_are_told(self, name: str, content: bytes) -> None:
        (item,) = self.found({"filename": name, "content": content})
        assert isinstance(item, Unknown)
        assert item.why == "not-covered"
        assert name in str(item.detail)


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
