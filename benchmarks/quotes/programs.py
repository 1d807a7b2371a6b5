"""Heads that mail programs write above an older message, by program and language, as their own texts have them.

Written from what the programs write, not from this project's lists. {n} is a name, {a} an address, {s} the shop's.
A head of several lines is a block of labels. `marks`: whether the program begins the quoted lines with ">".
"""

# ruff: noqa: E501
from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    program: str
    language: str
    text: str
    marks: bool = True


def _heads(program: str, table: dict[str, str], *, marks: bool = True) -> list[Head]:
    return [Head(program, language.partition("-")[0], text, marks) for language, text in table.items()]


GMAIL = {
    "en-GB": "On Tue, 3 Nov 2026 at 14:05, {n} <{a}> wrote:",
    "en-US": "On Tue, Nov 3, 2026 at 2:05\u202fPM {n} <{a}> wrote:",
    "de": "Am Di., 3. Nov. 2026 um 14:05 Uhr schrieb {n} <{a}>:",
    "fr": "Le mar. 3 nov. 2026 à 14:05, {n} <{a}> a écrit :",
    "es": "El mar, 3 nov 2026 a las 14:05, {n} (<{a}>) escribió:",
    "it": "Il giorno mar 3 nov 2026 alle ore 14:05 {n} <{a}> ha scritto:",
    "nl": "Op di 3 nov 2026 om 14:05 schreef {n} <{a}>:",
    "pl": "wt., 3 lis 2026 o 14:05 {n} <{a}> napisał(a):",
    "sv": "Den tis 3 nov. 2026 kl 14:05 skrev {n} <{a}>:",
    "pt-BR": "Em ter., 3 de nov. de 2026 às 14:05, {n} <{a}> escreveu:",
    "pt-PT": "{n} <{a}> escreveu (terça, 3/11/2026 à(s) 14:05):",
    "tr": "{n} <{a}>, 3 Kas 2026 Sal, 14:05 tarihinde şunu yazdı:",
    "ja": "2026年11月3日(火) 14:05 {n} <{a}>:",
    "zh-CN": "{n} <{a}> 于2026年11月3日周二 14:05写道：",
    "zh-TW": "{n} <{a}> 於 2026年11月3日 週二 下午2:05寫道：",
    "ko": "2026년 11월 3일 (화) 오후 2:05, {n} <{a}>님이 작성:",
    "ar": "في الثلاثاء، 3 نوفمبر 2026 في 2:05\u202fم تمت كتابة ما يلي بواسطة {n} <{a}>:",
    "th": "ในวันที่ อ. 3 พ.ย. 2026 เวลา 14:05 {n} <{a}> เขียนว่า:",
    "hi": "मंगल, 3 नव॰ 2026 को 2:05 pm बजे को {n} <{a}> ने लिखा:",
}
APPLE = {
    "en-GB": "On 3 Nov 2026, at 14:05, {n} <{a}> wrote:",
    "en-US": "On Nov 3, 2026, at 2:05\u202fPM, {n} <{a}> wrote:",
    "de": "Am 03.11.2026 um 14:05 schrieb {n} <{a}>:",
    "fr": "Le 3 nov. 2026 à 14:05, {n} <{a}> a écrit :",
    "es": "El 3 nov 2026, a las 14:05, {n} <{a}> escribió:",
    "it": "Il giorno 3 nov 2026, alle ore 14:05, {n} <{a}> ha scritto:",
    "nl": "Op 3 nov 2026 om 14:05 heeft {n} <{a}> het volgende geschreven:",
    "pl": "Wiadomość napisana przez {n} <{a}> w dniu 3 lis 2026, o godz. 14:05:",
    "sv": "3 nov. 2026 kl. 14:05 skrev {n} <{a}>:",
    "pt-PT": "No dia 3 de nov. de 2026, às 14:05, {n} <{a}> escreveu:",
    "pt-BR": "Em 3 de nov. de 2026, à(s) 14:05, {n} <{a}> escreveu:",
    "tr": "{n} <{a}> şunları yazdı (3 Kas 2026 14:05):",
    "ja": "2026/11/03 14:05、{n} <{a}>のメール:",
    "zh-CN": "2026年11月3日 14:05，{n} <{a}> 写道：",
    "zh-TW": "{n} <{a}> 於 2026年11月3日 下午2:05 寫道：",
    "ko": "2026. 11. 3. 오후 2:05, {n} <{a}> 작성:",
    "ar": "في ٣ نوفمبر ٢٠٢٦، الساعة ٢:٠٥ م، كتب/كتبت {n} <{a}>:",
    "th": "เมื่อ 3 พ.ย. 2569 เวลา 14:05 {n} <{a}> เขียนว่า:",
    "hi": "3 नव॰ 2026 को 2:05 pm बजे, {n} <{a}> ने लिखा:",
}
THUNDERBIRD = {
    "en": "On 03/11/2026 14:05, {n} wrote:",
    "de": "Am 03.11.26 um 14:05 schrieb {n}:",
    "fr": "Le 03/11/2026 à 14:05, {n} a écrit :",
    "es": "El 3/11/26 a las 14:05, {n} escribió:",
    "it": "Il 03/11/2026 14:05, {n} ha scritto:",
    "nl": "Op 03-11-2026 om 14:05 schreef {n}:",
    "pl": "W dniu 3.11.2026 o 14:05, {n} pisze:",
    "sv": "Den 2026-11-03 kl. 14:05, skrev {n}:",
    "pt-BR": "Em 03/11/2026 14:05, {n} escreveu:",
    "pt-PT": "Às 14:05 de 03/11/2026, {n} escreveu:",
    "ja": "On 2026/11/03 14:05, {n} wrote:",
    "zh-CN": "在 2026/11/3 14:05, {n} 写道:",
    "zh-TW": "{n} 於 2026/11/3 下午 2:05 寫道:",
    "ko": "2026-11-03 오후 2:05에 {n} 이(가) 쓴 글:",
}
YAHOO = {
    "en": "On Tuesday, November 3, 2026 at 02:05:33 PM GMT+1, {n} <{a}> wrote:",
    "de": "Am Dienstag, 3. November 2026 um 14:05:33 MEZ hat {n} <{a}> Folgendes geschrieben:",
    "fr": "Le mardi 3 novembre 2026 à 14:05:33 UTC+1, {n} <{a}> a écrit :",
    "es": "El martes, 3 de noviembre de 2026, 14:05:33 CET, {n} <{a}> escribió:",
    "it": "Il martedì 3 novembre 2026 alle ore 14:05:33 CET, {n} <{a}> ha scritto:",
    "pt": "Em terça-feira, 3 de novembro de 2026 às 14:05:33 BRT, {n} <{a}> escreveu:",
}
OUTLOOK = {
    "en": "From: {n} <{a}>\nSent: Tuesday, November 3, 2026 2:05 PM\nTo: {s}\nSubject: RE: Lamp",
    "de": "Von: {n} <{a}>\nGesendet: Dienstag, 3. November 2026 14:05\nAn: {s}\nBetreff: AW: Lampe",
    "fr": "De : {n} <{a}>\nEnvoyé : mardi 3 novembre 2026 14:05\nÀ : {s}\nObjet : RE: Lampe",
    "es": "De: {n} <{a}>\nEnviado el: martes, 3 de noviembre de 2026 14:05\nPara: {s}\nAsunto: RE: Lámpara",
    "it": "Da: {n} <{a}>\nInviato: martedì 3 novembre 2026 14:05\nA: {s}\nOggetto: R: Lampada",
    "nl": "Van: {n} <{a}>\nVerzonden: dinsdag 3 november 2026 14:05\nAan: {s}\nOnderwerp: RE: Lamp",
    "pl": "Od: {n} <{a}>\nWysłano: wtorek, 3 listopada 2026 14:05\nDo: {s}\nTemat: RE: Lampa",
    "sv": "Från: {n} <{a}>\nSkickat: den 3 november 2026 14:05\nTill: {s}\nÄmne: SV: Lampa",
    "pt-BR": "De: {n} <{a}>\nEnviada em: terça-feira, 3 de novembro de 2026 14:05\nPara: {s}\nAssunto: RES: Luz",
    "pt-PT": "De: {n} <{a}>\nEnviado: 3 de novembro de 2026 14:05\nPara: {s}\nAssunto: RE: Luz",
    "tr": "Kimden: {n} <{a}>\nGönderildi: 3 Kasım 2026 Salı 14:05\nKime: {s}\nKonu: YNT: Lamba",
    "ja": "差出人: {n} <{a}>\n送信日時: 2026年11月3日 14:05\n宛先: {s}\n件名: RE: ランプ",
    "zh-CN": "发件人: {n} <{a}>\n发送时间: 2026年11月3日 14:05\n收件人: {s}\n主题: 答复: 灯",
    "zh-TW": "寄件者: {n} <{a}>\n寄件日期: 2026年11月3日 下午 02:05\n收件者: {s}\n主旨: RE: 燈",
    "ko": "보낸 사람: {n} <{a}>\n보낸 날짜: 2026년 11월 3일 화요일 오후 2:05\n받는 사람: {s}\n제목: RE: 램프",
    "ar": "من: {n} <{a}>\nتاريخ الإرسال: 03 نوفمبر, 2026 02:05 م\nإلى: {s}\nالموضوع: RE: مصباح",
    "th": "จาก: {n} <{a}>\nส่ง: 3 พฤศจิกายน 2569 14:05\nถึง: {s}\nเรื่อง: RE: โคมไฟ",
    "hi": "प्रेषक: {n} <{a}>\nभेजा गया: 3 नवंबर 2026 14:05\nप्रति: {s}\nविषय: RE: लैंप",
}
SAMSUNG = {
    "en": "-------- Original message --------\nFrom: {n} <{a}>\nDate: 03/11/2026 14:05 (GMT+01:00)\nTo: {s}\nSubject: Lamp",
    "de": "-------- Ursprüngliche Nachricht --------\nVon: {n} <{a}>\nDatum: 03.11.26 14:05 (GMT+01:00)\nAn: {s}"
    "\nBetreff: Lampe",
    "fr": "-------- Message d'origine --------\nDe : {n} <{a}>\nDate : 03/11/2026 14:05 (GMT+01:00)\nÀ : {s}"
    "\nObjet : Lampe",
    "es": "-------- Mensaje original --------\nDe: {n} <{a}>\nFecha: 3/11/26 14:05 (GMT+01:00)\nPara: {s}\nAsunto: Luz",
    "it": "-------- Messaggio originale --------\nDa: {n} <{a}>\nData: 03/11/26 14:05 (GMT+01:00)\nA: {s}\nOggetto: Luce",
    "nl": "-------- Oorspronkelijk bericht --------\nVan: {n} <{a}>\nDatum: 03-11-2026 14:05 (GMT+01:00)\nAan: {s}"
    "\nOnderwerp: Lamp",
    "pl": "-------- Oryginalna wiadomość --------\nOd: {n} <{a}>\nData: 03.11.2026 14:05 (GMT+01:00)\nDo: {s}\nTemat: Lampa",
    "sv": "-------- Originalmeddelande --------\nFrån: {n} <{a}>\nDatum: 2026-11-03 14:05 (GMT+01:00)\nTill: {s}"
    "\nRubrik: Lampa",
    "pt": "-------- Mensagem original --------\nDe: {n} <{a}>\nData: 03/11/2026 14:05 (GMT-03:00)\nPara: {s}\nAssunto: Luz",
    "tr": "-------- Orijinal mesaj --------\nKimden: {n} <{a}>\nTarih: 03.11.2026 14:05 (GMT+03:00)\nAlıcı: {s}\nKonu: Lamba",
    "ko": "-------- 원본 이메일 --------\n발신: {n} <{a}>\n날짜: 2026/11/03 14:05 (GMT+09:00)\n받은 사람: {s}\n제목: 램프",
}
PROTON = {
    "en": "On Tuesday, November 3rd, 2026 at 2:05 PM, {n} <{a}> wrote:",
    "de": "{n} <{a}> schrieb am Dienstag, 3. November 2026 um 14:05:",
    "fr": "Le mardi 3 novembre 2026 à 14:05, {n} <{a}> a écrit :",
    "es": "El martes, 3 de noviembre de 2026 a las 14:05, {n} <{a}> escribió:",
    "it": "martedì 3 novembre 2026 14:05, {n} <{a}> ha scritto:",
    "nl": "Op dinsdag 3 november 2026 om 14:05 schreef {n} <{a}>:",
    "pl": "wtorek, 3 listopada 2026 14:05, {n} <{a}> napisał(a):",
    "pt": "terça-feira, 3 de novembro de 2026 às 14:05, {n} <{a}> escreveu:",
}
ROUNDCUBE = {
    "en": "On 2026-11-03 14:05, {n} wrote:",
    "de": "Am 2026-11-03 14:05, schrieb {n}:",
    "fr": "Le 2026-11-03 14:05, {n} a écrit :",
    "es": "El 2026-11-03 14:05, {n} escribió:",
    "it": "Il 2026-11-03 14:05 {n} ha scritto:",
    "nl": "{n} schreef op 2026-11-03 14:05:",
    "pl": "W dniu 2026-11-03 14:05, {n} napisał(a):",
    "sv": "Den 2026-11-03 14:05, skrev {n}:",
    "pt": "Em 2026-11-03 14:05, {n} escreveu:",
    "tr": "On 2026-11-03 14:05, {n} wrote:",
}
OTHERS = [
    Head(
        "gmx",
        "de",
        'Gesendet: Dienstag, 03. November 2026 um 14:05 Uhr\nVon: "{n}" <{a}>\nAn: {s}\nBetreff: Aw: Lampe',
        False,
    ),
    Head(
        "mail.com",
        "en",
        'Sent: Tuesday, November 03, 2026 at 2:05 PM\nFrom: "{n}" <{a}>\nTo: {s}\nSubject: Lamp',
        False,
    ),
    Head(
        "naver",
        "ko",
        '-----Original Message-----\nFrom: "{n}" <{a}>\nTo: <{s}>\nCc:\nSent: 2026-11-03 (화) 14:05:33 (GMT+09:00)\nSubject: RE: 램프',
        False,
    ),
    Head(
        "daum",
        "ko",
        "--------- 원본 메일 ---------\n보낸사람 : {n} <{a}>\n받는사람 : {s}\n날짜 : 2026년 11월 03일 14시05분\n제목 : 램프",
        False,
    ),
    Head(
        "qq",
        "zh",
        '------------------ 原始邮件 ------------------\n发件人: "{n}" <{a}>;\n发送时间: 2026年11月3日(星期二) 下午2:05\n收件人: "shop"<{s}>;\n主题: Re: 灯',
        False,
    ),
    Head("foxmail", "zh", "发件人： {n}\n发送时间： 2026-11-03 14:05\n收件人： {s}\n主题： 灯", False),
    Head("163", "zh", '在 2026-11-03 14:05:33，"{n}" <{a}> 写道：'),
    Head(
        "163 app",
        "zh",
        "---- 回复的原邮件 ----\n| 发件人 | {n}<{a}> |\n| 发送日期 | 2026年11月03日 14:05 |\n| 收件人 | {s} |\n| 主题 | Re: 灯 |",
        False,
    ),
    Head(
        "outlook app",
        "en",
        "Get Outlook for iOS\n________________________________\nFrom: {n} <{a}>\nSent: Tuesday, November 3, 2026 2:05:33 PM\nTo: {s} <{s}>\nSubject: Lamp",
        False,
    ),
    Head(
        "outlook 2003",
        "en",
        "-----Original Message-----\nFrom: {n} [mailto:{a}]\nSent: Tuesday, November 03, 2026 2:05 PM\nTo: {s}\nSubject: Lamp",
        False,
    ),
    Head(
        "outlook 2003",
        "de",
        "-----Ursprüngliche Nachricht-----\nVon: {n} [mailto:{a}]\nGesendet: Dienstag, 3. November 2026 14:05\nAn: {s}\nBetreff: Lampe",
        False,
    ),
    Head(
        "outlook 2003",
        "ja",
        "-----Original Message-----\nFrom: {n} [mailto:{a}]\nSent: Tuesday, November 03, 2026 2:05 PM\nTo: {s}\nSubject: ランプ",
        False,
    ),
    Head("zoho", "en", "---- On Tue, 03 Nov 2026 14:05:33 +0100 {n} <{a}> wrote ----", False),
    Head(
        "em client",
        "en",
        '------ Original Message ------\nFrom: "{n}" <{a}>\nTo: "shop" <{s}>\nSent: 03/11/2026 14:05:33\nSubject: Lamp',
        False,
    ),
    Head(
        "em client 9",
        "en",
        '------ Original Message ------\nFrom "{n}" <{a}>\nTo "shop" <{s}>\nDate 03/11/2026 14:05:33\nSubject Lamp',
        False,
    ),
    Head("horde", "de", "Zitat von {n} <{a}>:"),
    Head("horde", "en", "Quoting {n} <{a}>:"),
    Head("o2", "pl", "Dnia 3 listopada 2026 14:05 {n} <{a}> napisał(a):"),
    Head("onet", "pl", "W dniu 2026-11-03 14:05:33 użytkownik {n} <{a}> napisał:"),
    Head("interia", "pl", 'Od: "{n}" <{a}>\nDo: {s};\nWysłane: 14:05 Wtorek 2026-11-03\nTemat: Lampa', False),
    Head("libero", "it", "Il 03/11/2026 14:05 CET {n} <{a}> ha scritto:", False),
    Head(
        "orange", "fr", '> Message du 03/11/26 14:05\n> De : "{n}" <{a}>\n> A : {s}\n> Copie à :\n> Objet : Lampe', True
    ),
    Head(
        "k-9",
        "de",
        "-------- Originalnachricht --------\nVon: {n} <{a}>\nGesendet: 3. November 2026 14:05:33 MEZ\nAn: {s}\nBetreff: Lampe",
        False,
    ),
    Head(
        "k-9",
        "en",
        "-------- Original Message --------\nFrom: {n} <{a}>\nSent: 3 November 2026 14:05:33 GMT\nTo: {s}\nSubject: Lamp",
    ),
    Head("lotus notes", "en", "From: {n} <{a}>\nTo: {s}\nDate: 03/11/2026 14:05\nSubject: Lamp", False),
    Head("becky", "ja", "On Tue, 3 Nov 2026 14:05:33 +0900\n{n} <{a}> wrote:"),
    Head(
        "yahoo japan",
        "ja",
        "----- Original Message -----\nFrom: {n} <{a}>\nTo: {s}\nDate: 2026/11/03 火 14:05\nSubject: ランプ",
        False,
    ),
]
HEADS = [
    *_heads("gmail", GMAIL),
    *_heads("apple mail", APPLE),
    *_heads("thunderbird", THUNDERBIRD),
    *_heads("yahoo", YAHOO, marks=False),
    *_heads("outlook", OUTLOOK, marks=False),
    *_heads("samsung", SAMSUNG, marks=False),
    *_heads("proton", PROTON),
    *_heads("roundcube", ROUNDCUBE),
    *OTHERS,
]
# By language: an answer, two messages of buyers, names.
TEXTS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "Hello,\n\nthe lamp leaves our house tomorrow.\n\nKind regards\nLamp shop",
        "Hi,\nwhen will my lamp arrive?\n\nCall me: 020 7946 0123.\nThanks",
        "The glass is broken!\nI want my money back or I write a bad review.",
        "Anna Miller",
    ),
    "de": (
        "Guten Tag,\n\ndie Lampe geht morgen auf die Reise.\n\nFreundliche Grüße\nLampenladen",
        "Hallo,\nwann kommt meine Lampe?\n\nTel. 030 23125 123\nDanke",
        "Das Glas ist kaputt!\nIch will mein Geld zurück.",
        "Jörg Müller",
    ),
    "fr": (
        "Bonjour,\n\nla lampe part demain.\n\nCordialement\nLa boutique",
        "Bonjour,\nquand arrive ma lampe ?\n\nTél. 01 99 00 12 34\nMerci",
        "Le verre est cassé !\nJe veux être remboursé.",
        "Chloé Dupont",
    ),
    "es": (
        "Buenos días:\n\nla lámpara sale mañana.\n\nUn saludo\nLa tienda",
        "Hola:\n¿cuándo llega mi lámpara?\n\nGracias",
        "¡El cristal está roto!\nQuiero mi dinero.",
        "José García",
    ),
    "it": (
        "Buongiorno,\n\nla lampada parte domani.\n\nCordiali saluti\nIl negozio",
        "Salve,\nquando arriva la mia lampada?\n\nGrazie",
        "Il vetro è rotto!\nVoglio i soldi indietro.",
        "Nicolò Rossi",
    ),
    "nl": (
        "Goedendag,\n\nde lamp gaat morgen op reis.\n\nGroeten\nDe winkel",
        "Hallo,\nwanneer komt mijn lamp?\n\nDank u",
        "Het glas is stuk!\nIk wil mijn geld terug.",
        "Jan de Vries",
    ),
    "pl": (
        "Dzień dobry,\n\nlampa wyjedzie jutro.\n\nPozdrawiamy\nSklep",
        "Witam,\nkiedy przyjdzie moja lampa?\n\nDziękuję",
        "Szkło jest pęknięte!\nProszę o zwrot pieniędzy.",
        "Łukasz Żak",
    ),
    "sv": (
        "Hej,\n\nlampan skickas i morgon.\n\nVänliga hälsningar\nButiken",
        "Hej,\nnär kommer min lampa?\n\nTack",
        "Glaset är trasigt!\nJag vill ha pengarna tillbaka.",
        "Åsa Öberg",
    ),
    "pt": (
        "Bom dia,\n\na lâmpada sai amanhã.\n\nCumprimentos\nA loja",
        "Olá,\nquando chega a minha lâmpada?\n\nObrigado",
        "O vidro partiu-se!\nQuero o meu dinheiro.",
        "João Conceição",
    ),
    "tr": (
        "Merhaba,\n\nlamba yarın yola çıkıyor.\n\nSaygılarımızla\nMağaza",
        "Merhaba,\nlambam ne zaman gelir?\n\nTeşekkürler",
        "Cam kırık!\nParamı geri istiyorum.",
        "Işıl Şahin",
    ),
    "ja": (
        "お世話になっております。\n\nランプは明日発送いたします。\n\nランプ店",
        "こんにちは。\nランプはいつ届きますか。\n\nよろしくお願いします。",
        "ガラスが割れています。\n返金してください。",
        "山田太郎",
    ),
    "zh": (
        "您好，\n\n灯明天发货。\n\n此致\n灯店",
        "你好，\n我的灯什么时候到？\n\n谢谢",
        "玻璃碎了！\n请退款。",
        "王小明",
    ),
    "ko": (
        "안녕하세요.\n\n램프는 내일 발송됩니다.\n\n램프 가게 드림",
        "안녕하세요.\n제 램프는 언제 오나요?\n\n감사합니다.",
        "유리가 깨졌어요!\n환불해 주세요.",
        "김민수",
    ),
    "ar": (
        "مرحباً،\n\nسيُرسل المصباح غداً.\n\nمع التحية\nالمتجر",
        "مرحباً،\nمتى يصل مصباحي؟\n\nشكراً",
        "الزجاج مكسور!\nأريد استرداد نقودي.",
        "سارة محمد",
    ),
    "th": (
        "สวัสดีค่ะ\n\nโคมไฟจะส่งพรุ่งนี้\n\nขอแสดงความนับถือ\nร้านโคมไฟ",
        "สวัสดี\nโคมไฟจะมาถึงเมื่อไร\n\nขอบคุณ",
        "แก้วแตก!\nขอเงินคืน",
        "สมชาย ใจดี",
    ),
    "hi": (
        "नमस्ते,\n\nलैंप कल भेजा जाएगा।\n\nसादर\nदुकान",
        "नमस्ते,\nमेरा लैंप कब आएगा?\n\nधन्यवाद",
        "काँच टूटा हुआ है!\nमुझे पैसे वापस चाहिए।",
        "अनिल शर्मा",
    ),
}
# Lines of an answer that only look like a head, or like a quote; nothing of these answers is quoted.
LOOK_ALIKE = [
    "Hello,\n\nyour parcel has two stops:\nFrom: Hamburg\nTo: Leeds\nArrival: 5 November 2026\n\nKind regards",
    "Hello,\n\non Monday the carrier wrote: the parcel is at the depot.\n\nKind regards",
    "Hello,\n\nyou can choose:\n> 20 EUR: free delivery\n\nKind regards",
    "Guten Tag,\n\nam 3. November schrieb uns DHL: das Paket liegt im Depot.\n\nFreundliche Grüße",
    "Guten Tag,\n\nVon: Montag\nBis: Freitag\n\nist unser Lager besetzt.",
    "Bonjour,\n\nle 3 novembre 2026, le transporteur nous a écrit : le colis est au dépôt.\n\nCordialement",
    "Buenos días:\n\nel transportista nos escribió el 3/11/2026: el paquete está en el almacén.\n\nUn saludo",
    "Buongiorno,\n\nil corriere ci ha scritto: il pacco è in deposito.\n\nSaluti",
    "Dzień dobry,\n\nkurier napisał do nas 3.11.2026: paczka jest w magazynie.\n\nPozdrawiamy",
    "Hej,\n\nden 3 november skrev vi till dig: lampan är slut.\n\nHälsningar",
    "Goedendag,\n\nop 3 november schreef ik u: de lamp is op.\n\nGroeten",
    "您好，\n\n主题：灯的安装\n第一步：打开盒子。\n\n此致",
    "お世話になっております。\n\n日時: 11月5日 14:00\n場所: ご自宅\n\nランプ店",
    "안녕하세요.\n\n날짜: 2026-11-05\n시간: 14:00\n\n램프 가게",
]
