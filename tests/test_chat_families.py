"""How people name a messenger and hand it out: in brackets, misspelt, with endings; and refusals, prints, goods."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts

HANDED_OUT = [
    ("add my V: sunmug_factory , we have 300 models", "wechat"),
    ("same name everywhere (tg, insta): mug_records", "instagram"),
    ("I rarely log in here, WhatsApp? I reply in seconds there", "whatsapp"),
    ("let's carry on over Signal if you don't mind, I'm brass.42 there", "signal"),
    ("pls wattsap me so we can arrange pickup", "whatsapp"),
    ("add us on “WhatsApp” and we will help you faster", "whatsapp"),  # a name in marks
    ('"add us on WhatsApp, we answer there at once"', "whatsapp"),  # all is said in marks
    ("I'll invite you to our Slack channel, which name should I invite?", "slack"),
    ("auf Insta (wollbude_elli) hab ich alle Farben, schreib mir da ne DM", "instagram"),
    ("am einfachsten wäre es über Threema, meine ID steht im Paket", "threema"),
    ("qual è il suo numero whatsapp che le giro il video", "whatsapp"),
    ("instadan yazabilirsiniz, hesabımız cini.atolye", "instagram"),
    ("wp numaranız nedir abi", "whatsapp"),
    ("WeChatございますか。ID教えてください", "wechat"),
    ("wij hebben een Signal-groepje voor klanten met dezelfde motor, zal ik je toevoegen?", "signal"),
    ("podaj swojego telegrama to wyślę film", "telegram"),
    ("pogadajmy na wotsapie, tu mi nie wchodzą zdjęcia", "whatsapp"),
    ("qual seu whats? mando o video", "whatsapp"),
    ("skriv på insta (muggfia) så visar jag färgerna", "instagram"),
    ("vx多少？这边图片发不出去", "wechat"),
    ("加薇 mugdian88 备注订单号", "wechat"),
    ("whatsapp kar dijiye naam aur font", "whatsapp"),
    ("chat di wa aja kak biar cepat", "whatsapp"),
]
NOT_HANDED_OUT = [
    'the mug says "call me on WhatsApp", as you ordered',
    "el texto «escríbeme por WhatsApp» va en azul, ¿correcto?",
    "je n'ai pas le droit de vous joindre par WhatsApp ni par téléphone. Décrivez la panne ici.",
    "我们不能加微信，请在这里回复",
    'ลายเสื้อเขียนว่า "อย่าทักไลน์ตอนตีสอง" ค่ะ',
    "這是LINE聯名款沒錯",
    "the V: 230 volts, my V neck is blue",
    "Our zoom lens fits, the teams played well",
    "please do not whatsapp me",
]


@pytest.mark.parametrize(("text", "service"), HANDED_OUT)
def test_handed_out(text: str, service: str) -> None:
    (found,) = contacts(text).messengers
    assert (found.detail, found.asked) == (service, service != "instagram" or "same name" not in text)


@pytest.mark.parametrize("text", NOT_HANDED_OUT)
def test_not_handed_out(text: str) -> None:
    assert not contacts(text).messengers


def test_a_number_behind_the_name_is_the_account_there() -> None:
    (found,) = contacts("chama no whats 2.1.9.8.7.6.5.1.3.2.8 que eu explico", "BR").messengers
    assert (found.detail, found.normalized, found.asked) == ("whatsapp", "+5521987651328", True)


def test_in_a_signature_it_invites_nobody() -> None:
    (found,) = contacts("Cheers\nRob\nGreen Kitchens\nWhatsApp (206) 555-0115", "US").messengers
    assert (found.detail, found.asked) == ("whatsapp", False)


def test_a_mailbox_is_no_account() -> None:
    assert not any(found.normalized for found in contacts("napisz na wp: koronki.haliny (małpa) wp.pl").messengers)
