"""Contact data that a sentence hands out, and contact data that only stands there."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.contact_sentences import hands_out, is_for_sale, is_signed

HANDED_OUT = [
    "drawings of the frame to: @ thx",
    "It's @. Ring after seven, please",
    "just text @, my brother answers",
    "@ dial that from home",
    "my cell is @, the shop has no screen",
    "Besser an @, hier ist alles so klein",
    "kannste mir ne sms schicken? @ dann such ich es raus",
    "bitte abends anrufen, @, wegen der Farbe",
    "joignable le soir au @",
    "mándame las medidas a @ y lo corto",
    "le foto le giri a @, grazie mille",
    "色見本は\n@\nまでご一報ください",
    "my mail\n@\nwrite any time",
    "bel @ dan kijken we samen",
    "rysunek lepiej na @, tu nic nie widać",
    "skicka ritningen till @ så kollar jag",
    "encaminhe o desenho para @",
    "ölçüleri @ adresine gönderin",
    "@ numarasından ara",
    "図面は @ までお送りください",
    "尺寸发到 @ 就行",
    "도면은 @ 로 보내 주세요",
    "ส่งแบบมาที่ @ นะคะ",
    "ارسلي المقاس على @",
    "नाप @ पर भेज दीजिए",
    "ukurannya kirim ke @ ya kak",
    "anh gọi giúp em số @ nhé",
    "If something is missing write to:\n@",
    "Do not answer here but write to @",
]

NOT_HANDED_OUT = [
    "Hal Iverson\nIverson & Daughter\n@",
    "Best regards from Oak Home\nMiles Garrow, Returns | Tel. @ | Kiel",
    "Hartelijke groet, Femke de Boer (@)",
    "Thanks for your answer.\n\nTelefon: @",
    "うつわ処 藤野　電話 @",
    "다온공방 @",
    "We sent the label to @ on Monday.",
    "Please do not write to @.",
    "Bitte schreiben Sie nicht an @.",
    "For a refund call Amazon on @.",
    "Your number, @, was not readable on the label.",
    "请勿发到 @",
    "Reply here, please.\nAnna Miller, @",
]


def parts(text: str) -> tuple[str, str]:
    before, _, behind = text.partition("@")
    return before, behind


@pytest.mark.parametrize("text", HANDED_OUT)
def test_a_sentence_hands_out(text: str) -> None:
    assert hands_out(*parts(text))


@pytest.mark.parametrize("text", NOT_HANDED_OUT)
def test_a_signature_a_report_and_a_warning_do_not(text: str) -> None:
    assert not hands_out(*parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "you'd have to order it on @, same price",
        "have a look at @ it is the same without the amazon markup",
        "daar staat hetzelfde voor tien euro minder: @",
        "lo ordini su @, lì c'è anche il rosso",
        "kaufen Sie den Rest auf @",
        "pídelo mejor en @",
        "zamówi Pani na @",
        "@ からご注文ください",
        "去 @ 拍",
        "@ 에서 주문하시면 됩니다",
        "बड़ा वाला @ से मंगा लीजिए",
    ],
)
def test_a_link_at_which_to_order(text: str) -> None:
    assert is_for_sale(*parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "the video for order 305-1234567-1234567 is at @",
        "your order is shown at @",
        "die Anleitung zu Ihrer Bestellung steht auf @",
        "film do zamówienia jest na @",
        "do not buy at @, that is no shop",
        "Assembly order: @",
        "The steps in the right order are at @",
        "how to use less water is told at @",
    ],
)
def test_a_link_about_what_was_ordered(text: str) -> None:
    assert not is_for_sale(*parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Regards\nMia\nMia's Mugs\nMobile @",
        "Viele Grüße\nHolger Wies\nTelefon @\nwww.mugs.example",
        "ขอบคุณค่ะ\nร้านดาว\nโทร @",
        "此致敬礼\n小周灯具\n电话 @",
    ],
)
def test_a_line_of_a_signature(text: str) -> None:
    assert is_signed(*parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Phone @",
        "Any questions?\nPhone @",
        "Please send us the photos\nemail @",
        "Our number:\nphone @",
        "Regards\nMia\nphone @ before six",
        "Regards\nMia\n@",
    ],
)
def test_no_line_of_a_signature(text: str) -> None:
    assert not is_signed(*parts(text))


def test_a_messenger_names_itself_in_a_signature() -> None:
    assert is_signed("Cheers\nRob\nGreen Kitchens\n", "", named=True)
    assert not is_signed("you can write to us there\n", "", named=True)
