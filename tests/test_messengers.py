"""Messenger contacts in a text, and what only looks like them."""

from __future__ import annotations

import pytest

from msgpolicy import Linter, Message
from msgpolicy.facts.limits import MAX_CHAT_NAMES
from tests.contact_reading import contacts, shown
from tests.growth import assert_linear

# Text, what is written, service, handle.
MESSENGERS = [
    # With a handle
    ("our telegram is @shop_x", "telegram is @shop_x", "telegram", "@shop_x"),
    ("add me on WeChat: mugs123", "WeChat: mugs123", "wechat", "mugs123"),
    ("WeChat ID mugshop", "WeChat ID mugshop", "wechat", "mugshop"),
    ("微信：mugs88", "微信：mugs88", "wechat", "mugs88"),
    ("我的微信号是 mugs88", "微信号是 mugs88", "wechat", "mugs88"),
    ("VX: mugs88", "VX: mugs88", "wechat", "mugs88"),
    ("LINE ID: mugs88", "LINE ID: mugs88", "line", "mugs88"),
    ("LINE: @mugs", "LINE: @mugs", "line", "@mugs"),
    ("แอดไลน์ @mugs", "ไลน์ @mugs", "line", "@mugs"),
    ("Skype: mugs.shop", "Skype: mugs.shop", "skype", "mugs.shop"),
    ("Discord: mugs#1234", "Discord: mugs#1234", "discord", "mugs#1234"),
    ("IG: @mugs", "IG: @mugs", "instagram", "@mugs"),
    ("insta: mug_shop", "insta: mug_shop", "instagram", "mug_shop"),
    ("@mugs on Telegram", "@mugs on Telegram", "telegram", "@mugs"),
    ("QQ: 123456789", "QQ: 123456789", "qq", "123456789"),
    ("카톡 아이디: mugshop", "카톡 아이디: mugshop", "kakaotalk", "mugshop"),
    # With a number
    ("WhatsApp: +48 601 234 567", "WhatsApp: +48 601 234 567", "whatsapp", "+48601234567"),
    ("WhatsApp us at +48 601 234 567", "WhatsApp us at +48 601 234 567", "whatsapp", "+48601234567"),
    ("+48 601 234 567 (WhatsApp)", "+48 601 234 567 (WhatsApp)", "whatsapp", "+48601234567"),
    ("Viber +48 601 234 567", "Viber +48 601 234 567", "viber", "+48601234567"),
    ("Zalo: 0912 345 678", "Zalo: 0912 345 678", "zalo", "+84912345678"),
    ("Signal: +48 601 234 567", "Signal: +48 601 234 567", "signal", "+48601234567"),
    # With a link
    ("Instagram: https://instagram.example/mugs", "*", "instagram", "mugs"),
    ("wa.me/48601234567", "*", "whatsapp", "+48601234567"),
    ("WhatsApp: https://wa.me/48601234567", "https://wa.me/48601234567", "whatsapp", "+48601234567"),
    ("https://t.me/mug_shop", "*", "telegram", "mug_shop"),
    ("https://lin.ee/AbCd", "*", "line", "AbCd"),
    ("whatsapp://send?phone=48601234567", "*", "whatsapp", "+48601234567"),
    # With an invitation
    ("DM us on Instagram", "Instagram", "instagram", ""),
    ("Please scan to add WeChat", "WeChat", "wechat", ""),
    ("Write to us on WhatsApp.", "WhatsApp", "whatsapp", ""),
    ("You can reach us via Telegram", "Telegram", "telegram", ""),
    ("chat with us on Facebook", "Facebook", "messenger", ""),
    ("join our Discord", "Discord", "discord", ""),
    ("I can put you in our WhatsApp group", "WhatsApp", "whatsapp", ""),
    ("Ich nehme Sie gern in die WhatsApp-Gruppe auf, ich lade Sie ein", "WhatsApp", "whatsapp", ""),
    ("zal ik je toevoegen aan onze WhatsApp-groep?", "WhatsApp", "whatsapp", ""),
    ("la agrego al grupo de WhatsApp de clientes", "WhatsApp", "whatsapp", ""),
    ("LINEグループに招待します", "LINE", "line", ""),
    ("Schreiben Sie uns gerne auf WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Erreichbar auch über Signal", "Signal", "signal", ""),
    ("Signal works best for us", "Signal", "signal", ""),
    ("Signal geht am besten", "Signal", "signal", ""),
    ("contactez-nous sur WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Escríbenos por WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Contattateci su Telegram", "Telegram", "telegram", ""),
    ("Stuur ons een bericht via WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Napisz do nas na WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Skriv till oss på Messenger", "Messenger", "messenger", ""),
    ("Fale conosco pelo WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Bize WhatsApp üzerinden yazın", "WhatsApp", "whatsapp", ""),
    ("公式LINE友だち追加はこちら", "公式LINE", "line", ""),
    ("LINEで友だち追加してください", "LINE", "line", ""),
    ("请加我微信", "微信", "wechat", ""),
    ("카카오톡으로 문의주세요", "카카오톡", "kakaotalk", ""),
    ("تواصل معنا عبر واتساب", "واتساب", "whatsapp", ""),
    ("व्हाट्सएप पर संपर्क करें", "व्हाट्सएप", "whatsapp", ""),
    ("ทักไลน์มาได้เลย", "ไลน์", "line", ""),
    ("Unsere WhatsApp-Nummer: 0176 12345678", "WhatsApp-Nummer: 0176 12345678", "whatsapp", "017612345678"),
    # In chat: small letters, no accents, typing errors, endings
    ("hmu on snap if you like", "snap", "snapchat", ""),
    ("text me on wa pls", "wa", "whatsapp", ""),
    ("watsap?", "watsap", "whatsapp", ""),
    ("whatsapp it to me", "whatsapp", "whatsapp", ""),
    ("are you on Telegarm? I send it there", "Telegarm", "telegram", ""),
    ("whats ur insta", "insta", "instagram", ""),
    ("mug_shop88 on wechat", "mug_shop88 on wechat", "wechat", "mug_shop88"),
    ("find me on telegram as mug_shop", "telegram as mug_shop", "telegram", "mug_shop"),
    ("insta: mugshop", "insta: mugshop", "instagram", "mugshop"),
    ("insta works best for me: @mugs", "insta works best for me: @mugs", "instagram", "@mugs"),
    ("masz messengera? wysle film", "messengera", "messenger", ""),
    ("ecrivez moi sur whatsapp", "whatsapp", "whatsapp", ""),
    ("whatsapptan yazin", "whatsapptan", "whatsapp", ""),
    ("me chama no zap", "zap", "whatsapp", ""),
    ("whatsapp pe msg karo", "whatsapp", "whatsapp", ""),
    ("راسلنا عالواتس", "عالواتس", "whatsapp", ""),
    ("亲 加一下薇信", "薇信", "wechat", ""),
    ("if you can't open it here, write me on Viber", "Viber", "viber", ""),
    ("LINEでご連絡いただけませんか", "LINE", "line", ""),
    # In disguise
    ("w h a t s a p p me", "w h a t s a p p", "whatsapp", ""),
    ("msg us on wh@t$app", "wh@t$app", "whatsapp", ""),
    ("write to us on t.e.l.e.g.r.a.m", "t.e.l.e.g.r.a.m", "telegram", ""),
    ("Wh\u200bats\u200bApp: +48 601 234 567", "*", "whatsapp", "+48601234567"),
    ("Write to us on ＷｈａｔｓＡｐｐ", "ＷｈａｔｓＡｐｐ", "whatsapp", ""),
    ("add us on WhаtsАрр", "WhаtsАрр", "whatsapp", ""),
]


@pytest.mark.parametrize(("text", "written", "service", "handle"), MESSENGERS)
def test_messenger(text: str, written: str, service: str, handle: str) -> None:
    found = contacts(text, "PL", "VN").messengers
    assert shown(text, found) == [(text if written == "*" else written, handle)]
    assert found[0].detail == service


NO_MESSENGERS = [
    "Je n'ai pas le droit de vous joindre par WhatsApp ni par téléphone. Décrivez-moi la panne là, je réponds.",
    "The mic is plug and play with Zoom, Skype, Signal desktop and Google Meet.",
    "We can add you a second WhatsApp sticker.",
    "The bag of WhatsApp badges is for the group at school.",
    "I can't put you in a WhatsApp group, answers go here.",
    "Line 6 amplifier",
    "See line 12345678 of the invoice",
    "subject line",
    "The device sends a message on WhatsApp when the door opens.",
    "The doorbell can send you a picture via WhatsApp.",
    "Das Gerät schickt eine Nachricht per WhatsApp, wenn die Tür aufgeht.",
    "L'appareil envoie un message sur WhatsApp quand la porte s'ouvre.",
    "El aparato envía un aviso por WhatsApp cuando se abre la puerta.",
    "Il dispositivo invia un avviso su WhatsApp quando la porta si apre.",
    "Het apparaat stuurt een bericht via WhatsApp als de deur opengaat.",
    "Enheten skickar ett meddelande via WhatsApp när dörren öppnas.",
    "A câmara envia uma mensagem por WhatsApp quando deteta movimento.",
    "Cihaz kapı açılınca WhatsApp üzerinden mesaj gönderir.",
    "You can contact us, IMO, whenever you like",
    "Write to us again. IMO, the lid is too small.",
    "drop us a line",
    "the signal is weak",
    "Signal: strong",
    "Signal strength is better near the window.",
    "LINE output works best with an active speaker.",
    "Snap closure is better than velcro for this size.",
    "Slack in the chain is best at 20 mm.",
    "Signal zu schwach: am besten die Antenne drehen.",
    "case for Skype phone",
    "Instagram-ready mug",
    "A mug with the WhatsApp logo",
    "WhatsApp: available",
    "compatible with Skype, Discord and Zoom",
    "We do not use WhatsApp",
    "Vi har varken WhatsApp eller Messenger, så skriv till oss här.",
    "LINEでのお問い合わせは受け付けておらず、こちらで承ります。",
    "Noch op WhatsApp noch op Messenger zijn wij te vinden, stuur de foto hier.",
    "Please do not contact us via WhatsApp",
    "Wir bieten keinen Support über WhatsApp",
    "WhatsAppではご連絡できません",
    "不提供微信客服",
    "the Telegram font poster",
    "Please add the telegram form to the box",
    "Don't contact us on WhatsApp",
    "Nous ne répondons pas sur WhatsApp",
    "No atendemos por WhatsApp",
    "Non rispondiamo su WhatsApp",
    "Nie odpisujemy na WhatsApp",
    "Não atendemos pelo WhatsApp",
    "TikTok light strip",
    "Instagram frame prop 30x40",
    "Your Facebook camera, model 3",
    "Facebook Portal stand",
    "shipped from WA state",
    "Kakao cocoa powder",
    "tg 7",
    "Discord headset for gaming",
    "This sticker says: Follow me",
    "Snapchat yellow",
    "Messenger bag in black",
    "share the photo on Instagram",
    "The app works with WhatsApp. Add two batteries.",
    "see https://shop.example/whatsapp-sticker",
    "sorry we cant use whatsapp, amazon rules",
    "nope, no discord or telegram, only this chat",
    "do you have WhatsApp stickers too?",
    "you can talk on Skype with this headset",
    "do you have signal in the cellar?",
    "my line is cut too short",
    "our webchat is closed, ask why pe foam is soft",
    "WhatsApp as soon as it is out",
    "the snap on the lid is broken",
    "the red line on wood",
    "微信支付也可以吗",
    "nie mamy messengera, proszę pisać tutaj",
    "whatsapp kullanmıyoruz",
    "hum whatsapp use nahi karte",
    "لا نستخدم واتساب",
    "visit us on Instagram for ideas",
]


@pytest.mark.parametrize("text", NO_MESSENGERS)
def test_no_messenger(text: str) -> None:
    assert contacts(text, "US", "DE", "PL").messengers == ()


def test_a_number_beside_a_messenger_is_both() -> None:
    text = "WhatsApp: +48 601 234 567"
    found = contacts(text)
    assert shown(text, found.phones) == [("+48 601 234 567", "+48601234567")]
    assert shown(text, found.messengers) == [(text, "+48601234567")]


def test_a_chat_link_is_a_messenger_only() -> None:
    found = contacts("https://wa.me/48601234567", "PL")
    assert found.phones == ()
    assert len(found.messengers) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Send a picture of the device via WhatsApp.",
        "If the device sends an error, send it on WhatsApp.",
        "When your doorbell lets you down, message on WhatsApp.",
        "Wenn das Gerät einen Fehler meldet, schreiben Sie per WhatsApp.",
        "Si el aparato avisa de un error, escriba por WhatsApp.",
        "Invii una foto del dispositivo su WhatsApp.",
        "Cihazın fotoğrafını WhatsApp üzerinden gönderin.",
    ],
)
def test_what_goods_send_is_told_from_what_the_reader_is_to_send(text: str) -> None:
    assert len(contacts(text).messengers) == 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("add me on snap: mugs_88", True),
        ("my IG is mugs_88", True),
        ("do you have Viber?", True),
        ("telegramdan yazin @mugs", True),
        ("WhatsApp: +48 601 234 567", False),
        ("IG: mugs_88", False),
    ],
)
def test_who_is_asked_and_who_only_reads_a_name(text: str, asked: bool) -> None:
    assert [contact.asked for contact in contacts(text, "PL").messengers] == [asked]


@pytest.mark.parametrize("piece", ["whatsapp ", "w h a t s a p p ", "add me on snap ", "w$$$@@@", "wh@" * 5])
def test_floods_of_names_cost_linear_time(piece: str) -> None:
    assert_linear(lambda size: piece * size, contacts, 100)


@pytest.mark.parametrize(
    "text",
    [
        "Can we talk on WhatsApp? No, sorry.",
        "You asked if we could talk on Telegram, we do not.",
        "If somebody asks you to write on Telegram, tell Amazon.",
        "Die Lampe hat ein Signal, schicken Sie ein Foto davon.",
        "この件はメッセージを送ってください",
    ],
)
def test_what_others_ask_or_what_is_refused_invites_nobody(text: str) -> None:
    assert contacts(text).messengers == ()


@pytest.mark.parametrize(
    "text",
    [
        "write me on the green app",
        "im on the yellow bubble if u want",
        "Skype: live:mugs88",
        # The "not" ends at the "but".
        "I can't type the name here but you know the green app, message me there",
    ],
)
def test_nicknames_of_services_and_long_handles(text: str) -> None:
    assert len(contacts(text).messengers) == 1


def test_only_so_many_names_are_judged() -> None:
    assert contacts("whatsapp " * 10).all_chats
    assert not contacts("whatsapp " * (MAX_CHAT_NAMES + 1)).all_chats


@pytest.mark.parametrize(
    "text",
    [
        "コミュニティガイドラインをご確認いただくか、カスタマーサービスへお尋ねください。",
        "オンラインでお問い合わせください。",
        "ラインナップの詳細はこちらのメッセージでお尋ねください。",
        "온라인으로 문의해 주세요.",
        "가이드라인을 보시고 문의해 주세요.",
    ],
)
def test_a_name_inside_a_longer_loan_word_is_none(text):
    assert "messenger-contact" not in {item.rule for item in Linter("amazon").check(Message(text=text)).violations}


@pytest.mark.parametrize("text", ["ラインでご連絡ください。", "라인으로 문의해 주세요.", "저희카톡으로 연락 주세요."])
def test_a_name_by_itself_or_one_without_other_senses_is_found(text):
    assert "messenger-contact" in {item.rule for item in Linter("amazon").check(Message(text=text)).violations}
