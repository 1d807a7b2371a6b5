"""How people ask each other onto a messenger, by language. A name without a handle is a contact only with such words.

Entries are lower case, parted by `|`; a `*` stands for any further letters.
"""

from __future__ import annotations

from typing import NamedTuple


class Invitation(NamedTuple):
    """Words before the name of a messenger: verbs, then within a few words one of `links`, then perhaps one of `own`.

    Without links the name follows within `reach` code points.
    """

    verbs: str
    links: str = ""
    own: str = ""
    reach: int = 25


_EN_VERBS = """
    add|contact|message|msg|text|dm|pm|ping|reach|call|find|follow|join|hit up|send|tell|show|write|write to|talk to|
    speak to|chat with|connect with|get in touch with|get hold of|reach out to
"""
_EN_VERBS_WITH_OBJECT = "|".join(
    f"{' '.join(verb.split())} {someone}"
    for verb in _EN_VERBS.split("|")
    for someone in ("me", "us", "our *", "the seller", "the shop")
)
_EN_LINKS = "on|via|over|through|by|using|at|in|with|to"

BEFORE: dict[str, tuple[Invitation, ...]] = {
    "en": (
        Invitation(_EN_VERBS_WITH_OBJECT, _EN_LINKS, "our|my|the"),
        Invitation(_EN_VERBS_WITH_OBJECT),
        Invitation(
            "chat|contact|get in touch|reach out|stay in touch|available|reachable|talk|support",
            "on|via|over|through",
            "our|my",
        ),
        Invitation("scan"),
        Invitation("add|add our|add my|add the seller's|join our|join my|dm|use our", reach=1),
    ),
    "de": (
        Invitation(
            """
            schreib*|kontaktier*|erreich*|füg*|hinzufüg*|meld*|adde*|folg*|find*|chatt*|ruf*|wend*|kontakt*|sprech*|
            support|scann*|tret*
        """,
            "per|über|auf|via|bei|in|unter|mit",
            "unser*|mein*",
        ),
        Invitation("schreib*|kontaktier*|scann*"),
    ),
    "fr": (
        Invitation(
            """
            contactez*|contacter|contacte|écrivez*|écrire|écris|ajoutez*|ajoute|ajoutes|rejoignez*|rejoins|joignez*|
            suivez*|suis|retrouvez*|appelez*|discut*|parl*|joignable*|disponible*|envoyez*|scannez*
        """,
            "sur|par|via|avec|le|à",
            "notre|le|mon",
        ),
    ),
    "es": (
        Invitation(
            """
            contáct*|contact*|escríb*|escrib*|agrég*|agreg*|añád*|síguenos|síganos|encuéntr*|habl*|llám*|mánd*|envíe*|
            envía*|únete|únase|escane*|comuní*|comuníq*|chate*
        """,
            "por|vía|via|en|a través de|al|a|con|de",
            "nuestro|mi|el",
        ),
    ),
    "it": (
        Invitation(
            """contatt*|scriv*|aggiung*|segu*|trova*|chiama*|chatta*|parl*|invia*|mand*|scansion*|raggiung*|unisc*""",
            "su|via|tramite|con|per|al|nel|sul|il|attraverso",
            "nostro|mio",
        ),
    ),
    "nl": (
        Invitation(
            "app|appen|appt|stuur*|contact*|neem contact|bereik*|voeg*|volg*|vind*|chat*|schrijf*|bel*|scan*",
            "via|op|per|met|aan|in|een",
            "onze|ons|mijn",
        ),
    ),
    "pl": (
        Invitation(
            """
            napisz*|pisz*|dodaj*|kontakt*|skontaktuj*|znajdź*|obserwuj*|zadzwoń*|dołącz*|wyślij*|zeskanuj*|rozmaw*|
            czat*|odezwij*
        """,
            "na|przez|w|we|do|poprzez|za pomocą",
            "nasz*|mój",
        ),
        Invitation("dodaj*|zeskanuj*"),
    ),
    "sv": (
        Invitation(
            "skriv*|kontakta*|lägg till|nå|följ|hitta|chatta*|ring|skicka*|skanna*|hör av",
            "på|via|över|med|till|genom",
            "vår*|min",
        ),
    ),
    "pt": (
        Invitation(
            "contact*|contat*|escrev*|adicion*|siga*|segue*|encontr*|fal*|cham*|lig*|mand*|envi*|escane*",
            "por|pelo|via|no|na|em|através do|ao|o|com",
            "nosso|meu",
        ),
    ),
    "ru": (
        Invitation(
            "пишите|напишите|свяжитесь|добавьте|добавляйте|звоните|подпишитесь|найдите|связь", "в|на|через|по", "наш*"
        ),
    ),
    "ar": (
        Invitation(
            "تواصل*|راسل*|اتصل*|أضف*|اضف*|ضيف*|ارسل*|كلم*|تابع*|للتواصل",
            "على|عبر|من خلال|علي|في",
        ),
        Invitation("أضف*|اضف*|ضيف*|للتواصل"),
    ),
    "zh": (Invitation("加|添加|联系|聯繫|扫|掃|关注|搜|搜索|私信|咨询|加我|加我们", reach=10),),
    "th": (Invitation("แอด|ทัก|ติดต่อ|เพิ่ม|ส่งข้อความ|คุย|สแกน", reach=10),),
    "ja": (Invitation("追加|友だち|友達|登録|公式|お問い合わせ|ご連絡|連絡先", reach=10),),
    "ko": (Invitation("문의|연락|추가|상담", reach=10),),
}


class Reply(NamedTuple):
    """Words behind the name: endings and small words of `joins` (optional), then within a few words one of `verbs`."""

    verbs: str
    joins: str = ""


AFTER: dict[str, Reply] = {
    "de": Reply("an|schreiben|kontaktieren|erreichen|hinzufügen|anschreiben"),
    "tr": Reply(
        "yaz*|ulaş*|iletişim*|ekle*|mesaj at*|mesaj gönder*|ara|arayın|arayabilirsiniz|takip ed*",
        "'dan|'den|'tan|'ten|dan|den|tan|ten|üzerinden|ile|hattı|hattımız*",
    ),
    "ja": Reply("追加|友だち|友達|登録|連絡|問い合わせ|問合せ|メッセージ|送って|相談|フォロー|検索"),
    "ko": Reply("연락|추가|문의|친구|메시지|상담|주세요|팔로우"),
    "zh": Reply("联系|聯繫|加我|加我们|咨询|沟通|聊|扫码|二维码|客服|群"),
    "hi": Reply("संपर्क|संदेश|मैसेज|जोड़|लिखें|कॉल|बात कर", "पर|से|के माध्यम से"),
    "th": Reply("ติดต่อ|ทักมา|แอดมา|สอบถาม"),
    "ar": Reply("للتواصل|تواصل معنا|راسلنا"),
}
# "WhatsApp us": right behind the name, and not "WhatsApp us is …".
NAME_AS_VERB = "us|me"

# "our Telegram channel", "unsere Facebook-Seite": a place to go to, named as one's own.
OWN = "our|my|unser*|mein*|notre|mon|nuestro|mi|nostro|il nostro|onze|ons|nasz*|mój|vår|nosso|meu|наш*"
PLACES = """
    group|channel|page|account|profile|number|contact|community|server|chat|support|gruppe|kanal|seite|konto|nummer|
    groupe|chaîne|compte|numéro|grupo|canal|página|cuenta|número|gruppo|canale|pagina|numero|groep|kanaal|grupa|
    grupie|grupy|kanał|profil|strona|numer|grupp|sida|conta|perfil
"""

# Words that take an invitation of that language back, before the name in the same sentence …
NOT_BEFORE: dict[str, str] = {
    "en": """
        not|no|never|cannot|can't|don't|doesn't|won't|isn't|aren't|can’t|don’t|doesn’t|won’t|isn’t|aren’t|nor|neither|
        without|instead of
    """,
    "de": "nicht|nie|niemals|kein*|ohne|statt",
    "fr": "ne|n'|pas|jamais|aucun*|sans",
    "es": "no|nunca|tampoco|sin|ningún",
    "it": "non|mai|nessun*|senza",
    "nl": "niet|geen|nooit|zonder",
    "pl": "nie|nigdy|żadn*|bez",
    "sv": "inte|aldrig|inget|ingen|utan",
    "pt": "não|nunca|nem|nenhum|sem",
    "tr": "değil|yok",
    "ru": "не|нет|никогда|без",
    "ar": "لا|لم|لن|ليس",
    "hi": "नहीं|मत",
}
NOT_BEFORE_UNSPACED = "不|没|無|未|勿|别|ไม่|않|못|말고"
# … and behind it.
NOT_AFTER = "is not|are not|isn't|cannot|not available|nicht|niet|değil|yok|नहीं|vermiyoruz|kullanm*"
NOT_AFTER_UNSPACED = "ません|ない|できかね|않|못|없|不|ไม่"

# Words between a name and the handle behind it: "WeChat ID: …", "Telegram is @…".
HANDLE_WORDS = """
    id|handle|name|user|username|account|acc|contact|number|nr|no|us|me|at|is|are|as|under|kontakt|nutzername|
    benutzername|konto|nummer|unter|ist|lautet|identifiant|pseudo|compte|est|usuario|cuenta|es|utente|è|
    gebruikersnaam|użytkownik|nazwa|to|pod|användarnamn|är|utilizador|usuário|conta|é|kullanıcı|adı|ник|логин|是|为|
    為|号|號|账号|帳號|アカウント|アイディー|아이디|계정|ไอดี|حساب|معرف|आईडी
"""
# Of these: what says that a handle follows, and what says "is".
HANDLE_SAID = """
    id|handle|username|user|nutzername|benutzername|identifiant|pseudo|usuario|utente|gebruikersnaam|użytkownik|
    användarnamn|utilizador|usuário|ник|логин|号|號|账号|帳號|アカウント|아이디|계정|ไอดี|حساب|معرف|आईडी
"""
IS = "is|ist|est|es|è|é|är|to|是|为|為"
