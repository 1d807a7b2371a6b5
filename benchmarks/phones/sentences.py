"""Sentences that the numbers are put into: four for each language.

The first and third announce the number, the second and fourth do not. The first two belong to the set that rules are
mended with, the last two to the set that only measures: no word of theirs is copied into a table.
"""

from __future__ import annotations

PHONE_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "If the lamp flickers, phone us on {n} before noon.",
        "Kind regards, Harriet, {n}",
        "You can also try our shop line, {n}, Monday to Friday.",
        "All the best\nMargaret Lindholm\nLamp Works\n{n}",
    ),
    "de": (
        "Bei Fragen zur Lampe rufen Sie uns an: {n}, werktags bis 17 Uhr.",
        "Viele Grüße, Heike Sommer, {n}",
        "Am besten klingeln Sie kurz durch, Telefon {n}.",
        "Ihr Lampenhaus Ostermann\nLindenweg 4\n{n}",
    ),
    "fr": (
        "Pour toute question, appelez le {n} avant midi.",
        "Bien à vous, Colette, {n}",
        "Notre standard (tél. {n}) est ouvert jusqu'à dix-huit heures.",
        "Lucienne Tournier – {n}",
    ),
    "es": (
        "Si la lámpara parpadea, llámenos al {n} por la mañana.",
        "Un saludo, Rosario, {n}",
        "Si prefiere hablar, marque {n}.",
        "Lámparas Robledo, calle Olmo 3, {n}",
    ),
    "it": (
        "Se la lampada non si accende, chiami il {n} in mattinata.",
        "Cordiali saluti, Ornella, {n}",
        "Può sempre telefonare: {n}.",
        "Tutto chiaro? {n}",
    ),
    "nl": (
        "Knippert de lamp? Bel ons op {n} voor twaalf uur.",
        "Met vriendelijke groet, Marijke, {n}",
        "U belt ons op werkdagen via {n}.",
        "Lampenhuis Verhoeven | {n}",
    ),
    "pl": (
        "Jeśli lampa miga, proszę zadzwonić pod {n} przed południem.",
        "Pozdrawiam serdecznie, Halina, {n}",
        "Biuro czynne od ósmej, tel. {n}.",
        "Miłego dnia\nZofia Wrona\n{n}",
    ),
    "sv": (
        "Om lampan blinkar, ring {n} före lunch.",
        "Vänliga hälsningar, Gunilla, {n}",
        "Växeln har nummer {n}.",
        "Lampboden i Umeå, {n}",
    ),
    "pt": (
        "Se o candeeiro piscar, ligue para {n} de manhã.",
        "Com os melhores cumprimentos, Graça, {n}",
        "Fale connosco por telefone: {n}.",
        "Precisa de mais alguma coisa? {n}",
    ),
    "tr": (
        "Lamba yanıp sönerse öğleden önce {n} numarasını arayın.",
        "Saygılarımla, Nermin, {n}",
        "Telefonla da sorabilirsiniz: {n}.",
        "İyi günler\nSelim Aktaş\n{n}",
    ),
    "ja": (
        "ランプが点滅する場合は、午前中に{n}までお電話ください。",
        "よろしくお願いいたします。田中 {n}",
        "お急ぎの場合は電話({n})が確実です。",
        "山下照明店\n{n}",
    ),
    "zh": (
        "如果灯闪烁,请在中午前致电{n}。",
        "此致敬礼,小李 {n}",
        "急事请打电话:{n}。",
        "祝您生活愉快!\n灯具小店\n{n}",
    ),
    "ko": (
        "램프가 깜박이면 오전 중에 {n} 로 전화해 주세요.",
        "감사합니다. 김민지 {n}",
        "급하시면 전화 {n} 부탁드립니다.",
        "좋은 하루 되세요.\n박서준\n{n}",
    ),
    "ar": (
        "إذا كان المصباح يومض فاتصل بنا على {n} قبل الظهر.",
        "مع أطيب التحيات، سلمى {n}",
        "للحالات العاجلة هاتف المتجر {n}.",
        "متجر المصابيح، شارع النيل، {n}",
    ),
    "th": (
        "ถ้าโคมไฟกะพริบ กรุณาโทร {n} ก่อนเที่ยง",
        "ด้วยความเคารพ สมใจ {n}",
        "ด่วนโทรศัพท์ {n} ได้เลยค่ะ",
        "ร้านโคมไฟ\n{n}",
    ),
    "hi": (
        "अगर लैंप टिमटिमाए तो दोपहर से पहले {n} पर कॉल करें।",
        "सादर, मीना, {n}",
        "जल्दी हो तो फ़ोन {n} करें।",
        "लैंप भंडार\n{n}",
    ),
    "hi-Latn": (
        "Agar lamp kharab ho to {n} par call karein.",
        "Dhanyavaad, Meena, {n}",
        "Jaldi ho to phone number {n} hai.",
        "Aapka din shubh ho\nSunita\n{n}",
    ),
}

# Where the numbers of a language come from.
COUNTRIES: dict[str, tuple[str, ...]] = {
    "en": ("US", "GB", "AU", "IE", "CA"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE"),
    "es": ("ES", "MX"),
    "it": ("IT",),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "sv": ("SE",),
    "pt": ("PT", "BR"),
    "tr": ("TR",),
    "ja": ("JP",),
    "zh": ("CN", "TW"),
    "ko": ("KR",),
    "ar": ("EG", "AE", "SA"),
    "th": ("TH",),
    "hi": ("IN",),
    "hi-Latn": ("IN",),
}

# What announces another number. As above, the first two are for mending, the last two only measure.
# {k} is the name of the kind or of the carrier.
OTHER_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "en": ("Your {k} is {n}, as agreed.", "{k}: {n}", "For our records, the {k} reads {n}.", "See {k} {n} below."),
    "de": ("Ihre {k} lautet {n}.", "{k}: {n}", "Die {k} dazu ist {n}, wie besprochen.", "Siehe {k} {n} unten."),
    "fr": ("Votre {k} est {n}.", "{k} : {n}", "Voici le {k} demandé : {n}.", "Voir {k} {n} ci-dessous."),
    "es": ("Su {k} es {n}.", "{k}: {n}", "Le indicamos el {k}: {n}.", "Vea {k} {n} abajo."),
    "it": ("Il Suo {k} è {n}.", "{k}: {n}", "Le indichiamo il {k}: {n}.", "Vedi {k} {n} qui sotto."),
    "nl": ("Uw {k} is {n}.", "{k}: {n}", "Hierbij het {k}: {n}.", "Zie {k} {n} hieronder."),
    "pl": ("Państwa {k} to {n}.", "{k}: {n}", "Podajemy {k}: {n}.", "Patrz {k} {n} poniżej."),
    "sv": ("Ditt {k} är {n}.", "{k}: {n}", "Här är ditt {k}: {n}.", "Se {k} {n} nedan."),
    "pt": ("O seu {k} é {n}.", "{k}: {n}", "Indicamos o {k}: {n}.", "Veja {k} {n} abaixo."),
    "ja": ("{k}は{n}です。", "{k}:{n}", "ご参考までに、{k}:{n}", "下記の{k} {n}をご覧ください。"),
    "zh": ("您的{k}是{n}。", "{k}:{n}", "供您参考,{k}为{n}。", "请见{k} {n}。"),
}
