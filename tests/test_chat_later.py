"""Messengers whose account or invitation comes some words behind the name; networks that one only follows."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts

LATER = [
    ("I answer fastest over Signal, sorry. My username there is kettle.jo.7, message me", "signal", "kettle.jo.7"),
    ("my sister is on Skype, look her up and talk there", "skype", ""),
    ("bin eig. nur auf signal erreichbar, mein name da: teekessel.77", "signal", "teekessel.77"),
    ("WhatsApp is fine with me too. Write me there and I send the film.", "whatsapp", ""),
    ("on peut se voir sur Skype, cherchez moi sous theiere.jo", "skype", "theiere.jo"),
    ("tengo los colores en Telegram, busca teteras_jo", "telegram", "teteras_jo"),
    ("facciamo su Skype, mi cerchi come teiere.jo", "skype", "teiere.jo"),
    ("de filmpjes staan op Telegram, zoek ketels_jo", "telegram", "ketels_jo"),
    ("filmik mam na Telegramie, wyszukaj czajniki_jo", "telegram", "czajniki_jo"),
    ("färgerna ligger på insta, sök kannor.jo.77 och skriv", "instagram", "kannor.jo.77"),
    ("as cores estão no Telegram, procura chaleiras_jo", "telegram", "chaleiras_jo"),
    ("renkler telegram kanalımızda, demlik_jo diye aratıp katılın", "telegram", "demlik_jo"),
    ("다른 색은 인스타에 있어요 ㅎㅎ teapot.jo.seoul 팔로우하고 디엠 주세요", "instagram", "teapot.jo.seoul"),
    ("色はインスタにあります。teapot_jo を検索してメッセージください", "instagram", "teapot_jo"),
    ("रंग टेलीग्राम पर हैं, वहाँ ketli_jo सर्च करके जुड़ जाइए", "telegram", "ketli_jo"),
    ("My L-I-N-E is kettle_jo, please talk to me there", "line", "kettle_jo"),
    ("s.k.y.p.e works, my name there: kettle.jo", "skype", "kettle.jo"),
    ("app me ff op +31 6 50105528", "whatsapp", "+31650105528"),
    ("Folge uns auf Instagram und schreib uns da", "instagram", ""),
    ("Follow us on Instagram: @kettle_jo", "instagram", "kettle_jo"),
]

NOTHING = [
    "Follow us on Instagram for ideas.",
    "Besuchen Sie uns auf Instagram, dort zeigen wir neue Farben.",
    "Suivez-nous sur Facebook !",
    "Síguenos en Instagram",
    "Seguici su Instagram",
    "Obserwuj nas na Instagramie",
    "Instagramでフォローしてください",
    "We are not on WhatsApp. Please write to us here, there is no other way.",
    "Thanks for offering your WhatsApp, but I keep all in this thread.",
    "Danke für Ihr WhatsApp, ich bleibe aber hier.",
    "ラインは4号です。リールに150m巻けます。",
    "The sticker shows the Telegram plane, look for the blue sheet and put it there.",
    "If somebody writes on WhatsApp in our name, report it there.",
    "Signal: look for the green light and follow the manual.",
]


@pytest.mark.parametrize(("text", "service", "handle"), LATER)
def test_an_account_or_an_invitation_behind_the_name(text: str, service: str, handle: str) -> None:
    (found,) = contacts(text, "NL").messengers
    assert (found.detail, found.normalized.lstrip("@")) == (service, handle)


@pytest.mark.parametrize("text", NOTHING)
def test_a_network_to_follow_a_refusal_and_goods(text: str) -> None:
    assert contacts(text).messengers == ()


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("WhatsApp wäre mir lieber", "whatsapp"),
        ("je préfère qu'on passe par WhatsApp", "whatsapp"),
        ("I'm on T e l e g r a m most of the day, ask for Jo", "telegram"),
        ("rejoignez notre groupe Telegram pour la notice", "telegram"),
        ("najlepiej złapać mnie na WhatsAppie", "whatsapp"),
        ("ラインよりカカオトークのほうが私は早いです", "kakaotalk"),
        ("you find me quicker on the bird app", "twitter"),
        ("kan je me appen? dan leg ik het uit", "whatsapp"),
    ],
)
def test_a_writer_who_speaks_of_talking_there(text: str, service: str) -> None:
    assert service in [found.detail for found in contacts(text).messengers if found.asked]


@pytest.mark.parametrize(
    "text",
    [
        "Amazon's rules say that we may not write on WhatsApp, we answer here.",
        "That Telegram account is a scam, we report it.",
        "We print the Facebook thumb on the mug, it is easier to read.",
        "You can take the photo from WhatsApp, attach it and we look at it.",
        "my line: +44 20 7946 0958, call after lunch",
    ],
)
def test_rules_warnings_prints_and_lines(text: str) -> None:
    assert contacts(text, "GB").messengers == ()
