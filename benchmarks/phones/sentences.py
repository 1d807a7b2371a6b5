"""Sentences that the numbers are put into: four for each language.

The first and third announce the number, the second and fourth do not. The first two belong to the set that rules are
mended with, the last two to the set that only measures: no word of theirs is copied into a table.
"""

from __future__ import annotations

PHONE_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "If the lamp flickers, phone us on {n} before noon.",
        "Kind regards, Harriet, {n}",
        "Something missing? Our number is {n}, ask for Paul.",
        "Anything else you need: {n}. We are happy to help.",
    ),
    "de": (
        "Bei Fragen zur Lampe rufen Sie uns an: {n}, werktags bis 17 Uhr.",
        "Viele Grüße, Heike Sommer, {n}",
        "Unser Telefon für Rückfragen hat die Nummer {n}.",
        "Noch etwas unklar? {n} - wir helfen gern.",
    ),
    "fr": (
        "Pour toute question, appelez le {n} avant midi.",
        "Bien à vous, Colette, {n}",
        "Un souci avec la lampe ? Téléphonez-nous au {n} en journée.",
        "Si la lampe clignote : {n}. Merci et à bientôt.",
    ),
    "es": (
        "Si la lámpara parpadea, llámenos al {n} por la mañana.",
        "Un saludo, Rosario, {n}",
        "Nuestro teléfono es el {n}, pregunte por Jaime.",
        "Para cualquier duda: {n}. Gracias por su compra.",
    ),
    "it": (
        "Se la lampada non si accende, chiami il {n} in mattinata.",
        "Cordiali saluti, Ornella, {n}",
        "Il nostro numero di telefono è {n}, chieda di Pietro.",
        "Per qualsiasi cosa: {n}. Grazie e a presto.",
    ),
    "nl": (
        "Knippert de lamp? Bel ons op {n} voor twaalf uur.",
        "Met vriendelijke groet, Marijke, {n}",
        "Ons telefoonnummer is {n}, vraag naar Joris.",
        "Bij vragen: {n}. Wij helpen u graag.",
    ),
    "pl": (
        "Jeśli lampa miga, proszę zadzwonić pod {n} przed południem.",
        "Pozdrawiam serdecznie, Halina, {n}",
        "Nasz telefon to {n}, proszę pytać o Marka.",
        "W razie pytań: {n}. Chętnie pomożemy.",
    ),
    "sv": (
        "Om lampan blinkar, ring {n} före lunch.",
        "Vänliga hälsningar, Gunilla, {n}",
        "Vårt telefonnummer är {n}, fråga efter Nils.",
        "Vid frågor: {n}. Vi hjälper gärna till.",
    ),
    "pt": (
        "Se o candeeiro piscar, ligue para {n} de manhã.",
        "Com os melhores cumprimentos, Graça, {n}",
        "O nosso telefone é o {n}, pergunte pelo Rui.",
        "Para qualquer dúvida: {n}. Obrigado pela compra.",
    ),
    "tr": (
        "Lamba yanıp sönerse öğleden önce {n} numarasını arayın.",
        "Saygılarımla, Nermin, {n}",
        "Telefon numaramız {n}, Kemal'i isteyin.",
        "Sorularınız için: {n}. Memnuniyetle yardımcı oluruz.",
    ),
    "ja": (
        "ランプが点滅する場合は、午前中に{n}までお電話ください。",
        "よろしくお願いいたします。田中 {n}",
        "当店の電話番号は{n}です。",
        "ご不明な点は{n}へどうぞ。",
    ),
    "zh": (
        "如果灯闪烁,请在中午前致电{n}。",
        "此致敬礼,小李 {n}",
        "我们的电话号码是{n},请找王先生。",
        "如有疑问:{n},我们很乐意帮忙。",
    ),
    "ko": (
        "램프가 깜박이면 오전 중에 {n} 로 전화해 주세요.",
        "감사합니다. 김민지 {n}",
        "저희 전화번호는 {n} 입니다.",
        "궁금한 점은 {n} 으로 주세요.",
    ),
    "ar": (
        "إذا كان المصباح يومض فاتصل بنا على {n} قبل الظهر.",
        "مع أطيب التحيات، سلمى {n}",
        "رقم هاتفنا هو {n} واسأل عن كريم.",
        "لأي سؤال: {n}. يسعدنا أن نساعدك.",
    ),
    "th": (
        "ถ้าโคมไฟกะพริบ กรุณาโทร {n} ก่อนเที่ยง",
        "ด้วยความเคารพ สมใจ {n}",
        "เบอร์โทรศัพท์ของเราคือ {n} ค่ะ",
        "หากมีคำถาม: {n} ยินดีช่วยเหลือค่ะ",
    ),
    "hi": (
        "अगर लैंप टिमटिमाए तो दोपहर से पहले {n} पर कॉल करें।",
        "सादर, मीना, {n}",
        "हमारा फ़ोन नंबर {n} है, राजेश से बात करें।",
        "कोई सवाल हो तो: {n}। धन्यवाद।",
    ),
    "hi-Latn": (
        "Agar lamp kharab ho to {n} par call karein.",
        "Dhanyavaad, Meena, {n}",
        "Hamara phone number {n} hai, Rajesh se baat karein.",
        "Koi sawaal ho to: {n}. Shukriya.",
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
