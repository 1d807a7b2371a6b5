"""What an attachment is for, by its name or its text, in the sixteen languages."""

from __future__ import annotations

import pytest

from msgpolicy import Attachment, Message
from tests.linters import linter


def judged(name: str, text: str | None = None) -> str:
    """ "refused" with an unwanted purpose, "unknown" where nothing tells, else "permitted"."""
    file = Attachment(filename=name, content=text.encode() if text is not None else None)
    report = linter().check(Message(text="See the file", kind="proactive", attachments=(file,)))
    if any(violation.rule == "attachment-purpose" for violation in report.violations):
        return "refused"
    return "unknown" if any(item.rule == "attachment-purpose" for item in report.not_evaluated) else "permitted"


@pytest.mark.parametrize(
    "name",
    [
        "invoice_12", "Rechnung 12", "faktura_12", "facture", "factura", "fattura", "factuur", "kvitto",
        "nota-fiscal-12", "e-fatura_33", "請求書_2026", "发票_12", "영수증_12", "فاتورة_12", "ใบเสร็จ", "चालान",
        "garantibevis", "garantia", "garanti_belgesi", "保証書", "保修卡", "보증서", "ضمان", "ใบรับประกัน", "वारंटी कार्ड",
        "bruksanvisning", "manual_de_instruções", "kullanım kılavuzu", "取扱説明書", "使い方ガイド", "说明书",
        "사용설명서", "دليل المستخدم", "คู่มือการใช้งาน", "निर्देश", "returetikett", "etiqueta_de_devolução", "iade_etiketi",
        "返品ラベル", "退货标签", "반품라벨", "ملصق الإرجاع", "ใบปะหน้า", "वापसी लेबल", "ångerblankett",
        "direito_de_arrependimento", "cayma_formu", "利用規約", "隐私政策", "청약철회", "إعلان المطابقة", "ฉลากพลังงาน",
        "नियम और शर्तें", "cupom_fiscal", "skiss", "önizleme", "仕上がりイメージ", "效果图", "시안", "مسودة التصميم",
        "แบบร่าง", "पूर्वावलोकन",
    ],
)  # fmt: skip
def test_names_of_what_is_permitted(name):
    assert judged(f"{name}.pdf") == "permitted"


@pytest.mark.parametrize(
    "name",
    [
        "summer-catalogue", "Gutschein", "ulotka", "catalogue", "folleto", "volantino", "folder", "reklamblad", "cupom",
        "indirim_kuponu", "クーポン", "レビュー特典", "好评卡", "优惠券", "쿠폰", "كتالوج", "โบรชัวร์", "कूपन",
    ],
)  # fmt: skip
def test_names_of_advertising(name):
    assert judged(f"{name}.pdf") == "refused"


@pytest.mark.parametrize("name", ["IMG_2041", "scan", "カタログ番号", "bild", "foto", "图片", "사진", "صورة"])
def test_names_that_tell_nothing(name):
    assert judged(f"{name}.pdf") == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "Faktura nr 12. Betalt med presentkort 100 kr.",
        "Fatura 12. Pago com vale-presente 10,00.",
        "Fatura no: 12. Hediye kartı kullanıldı.",
        "請求書 合計 1,200円 クーポン利用 -100円",
        "发票 金额 100 优惠券抵扣 10",
        "영수증 12번 쿠폰 할인 1,000원",
        "فاتورة رقم 12 تم استخدام قسيمة",
        "นี่คือใบเสร็จ ชำระด้วยบัตรของขวัญ",
        "चालान संख्या 12 कूपन लागू 10",
    ],
)
def test_an_invoice_that_was_paid_with_a_voucher(text):
    assert judged("a.txt", text) == "permitted"


@pytest.mark.parametrize(
    "text",
    [
        "Spara kvittot.", "Guarde a nota fiscal.", "レシートを保管してください。", "请保留好购物发票。",
        "영수증을 꼭 보관하세요.", "กรุณาเก็บใบเสร็จ", "रसीद संभाल कर रखें",
    ],
)  # fmt: skip
def test_advice_to_keep_the_receipt_makes_no_invoice(text):
    assert judged("a.txt", text) == "unknown"
