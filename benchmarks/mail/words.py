"""Words that mails are filled with. Invented, in the languages that sellers write to buyers in."""

from __future__ import annotations

from random import Random

_SENTENCES = {
    "en": """Thank you for your order and for choosing our small shop.|Your parcel left our warehouse this morning.|
        Please keep the invoice for your records.|If a part is missing or damaged, answer this and we will help.|
        The tea kettle holds 1.7 litres and switches itself off.|Delivery usually takes two to four working days.|
        Wash it by hand before the first use.|We wish you a pleasant weekend.""",
    "de": """Vielen Dank für Ihre Bestellung.|Ihr Paket wurde heute früh an den Versand übergeben.|
        Bitte bewahren Sie die Rechnung auf.|Sollte etwas fehlen, antworten Sie einfach auf diese Nachricht.|
        Der Wasserkocher fasst 1,7 Liter.|Wir wünschen Ihnen ein schönes Wochenende.""",
    "pl": """Dziękujemy za zamówienie w naszym sklepie.|Paczka została dziś wysłana z magazynu.|
        Prosimy zachować fakturę.|Jeśli czegoś brakuje, prosimy odpisać na tę wiadomość.|Życzymy miłego weekendu.""",
    "fr": """Merci pour votre commande.|Votre colis a quitté notre entrepôt ce matin.|
        Veuillez conserver la facture.|La bouilloire contient 1,7 litre.|Nous vous souhaitons un bon week-end.""",
    "es": """Gracias por su pedido.|El paquete salió hoy de nuestro almacén.|Guarde la factura, por favor.|
        La entrega suele tardar de dos a cuatro días.""",
    "ja": """ご注文ありがとうございます。|本日商品を発送いたしました。|到着まで二日から四日かかります。|
        説明書をよくお読みください。""",
    "zh": """感谢您的订购。|您的包裹今天早上已经发出。|请保留发票。|如有问题请回复此邮件。""",
    "ar": """شكرا لطلبك من متجرنا.|تم إرسال الطرد هذا الصباح.|يرجى الاحتفاظ بالفاتورة.""",
    "ru": """Спасибо за ваш заказ.|Посылка отправлена сегодня утром.|Пожалуйста, сохраните счёт.""",
    "hi": """आपके ऑर्डर के लिए धन्यवाद।|आपका पार्सल आज सुबह भेजा गया।""",
    "th": """ขอบคุณสำหรับคำสั่งซื้อของคุณ พัสดุถูกส่งแล้วเช้านี้|กรุณาเก็บใบเสร็จไว้""",
}
SENTENCES = {language: [line.strip() for line in text.split("|")] for language, text in _SENTENCES.items()}
SUBJECTS = (
    "Your order 123-1234567-1234567 is on its way",
    "Invoice for your order",
    "Re: damaged kettle",
    "Ihre Bestellung wurde versandt",
    "ご注文の商品を発送しました",
    "Action required: verify your account",
    "Fwd: Fwd: WG: question",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sentences(random: Random, size: int, language: str | None = None) -> str:
    """About `size` code points of prose, in one language or (None) in whatever comes up."""
    parts: list[str] = []
    while size > 0:
        chosen = language or random.choice(list(SENTENCES))
        parts.append(random.choice(SENTENCES[chosen]))
        size -= len(parts[-1]) + 1
    return " ".join(parts)


def nonsense(random: Random, size: int) -> str:
    """About `size` code points of words that no language has, as filters are confused with."""
    parts: list[str] = []
    while size > 0:
        parts.append("".join(random.choices(_LETTERS, k=random.randint(2, 11))))
        size -= len(parts[-1]) + 1
    return " ".join(parts)


def token(random: Random, length: int = 24) -> str:
    """A piece of an address that says nothing."""
    return "".join(random.choices(_LETTERS + _LETTERS.upper() + "0123456789", k=length))
