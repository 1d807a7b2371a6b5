"""The head lines of mail programs in sixteen languages, and lines that only look like one."""

from __future__ import annotations

import pytest

from msgpolicy.facts.quotes import find_quotes

OWN = "Hello,\nthe answer stands here.\n\n"
OLD = "\nwhere is my lamp?\nI wait."

# Day and writer, as Gmail, Apple Mail, Outlook, Thunderbird, Yahoo and webmailers write them.
WRITERS = {
    "en": [
        "On Sun, May 3, 2026 at 12:30 PM Anna Berg <anna@buyer.example> wrote:",
        "On 3 May 2026, at 12:30, Anna Berg <anna@buyer.example> wrote:",
        "On 03/05/2026 12:30, Anna Berg wrote:",
        "On Sunday, May 3, 2026, 12:30:00 PM GMT+2, Anna Berg <anna@buyer.example> wrote: ",
        "On May 3, 2026 12:30, Anna Berg\n<anna@buyer.example> wrote:",
        "On Sunday, 3 May 2026 at 12:30\u202fPM, Anna <\nanna@buyer.example> wrote:",
        "2026-05-03 12:30 GMT+02:00 Anna Berg <anna@buyer.example>:",
        "Anna Berg <anna@buyer.example> wrote on 05/03/2026 12:30:10 PM:",
        "2026-05-03 12:30 GMT+02:00 Anna Berg <\nanna@buyer.example>:",
        "2026/5/3 Anna Berg <anna@buyer.example>",
        "---- On Sun, 03 May 2026 12:30:00 +0200 Anna Berg <anna@buyer.example> wrote ----",
        "---- Anna Berg wrote ----",
        "Anna Berg <anna@buyer.example> wrote:",
    ],
    "de": [
        "Am So., 3. Mai 2026 um 12:30 Uhr schrieb Anna Berg <anna@buyer.example>:",
        "Am 03.05.2026 um 12:30 schrieb Anna Berg <anna@buyer.example>:",
        "Am 03.05.26 um 12:30 schrieb Anna Berg:",
        "Am Sonntag, 3. Mai 2026 um 12:30:00 MESZ hat Anna Berg <anna@buyer.example> Folgendes geschrieben:",
        "Am 3. Mai 2026 12:30:01 MESZ schrieb Anna Berg\n<anna@buyer.example>:",
        "Anna Berg <anna@buyer.example> schrieb am So., 3. Mai 2026, 12:30:",
    ],
    "fr": [
        "Le dim. 3 mai 2026 à 12:30, Anna Berg <anna@buyer.example> a écrit :",
        "Le 03/05/2026 à 12:30, Anna Berg a écrit\xa0:",
        "Le 3 mai 2026 à 12:30, Anna Berg\n<anna@buyer.example> a écrit :",
    ],
    "es": [
        "El dom, 3 may 2026 a las 12:30, Anna Berg (<anna@buyer.example>) escribió:",
        "El 03/05/2026 a las 12:30, Anna Berg escribió:",
        "El domingo, 3 de mayo de 2026, 12:30:00 CEST, Anna <anna@buyer.example> escribió:",
    ],
    "it": [
        "Il giorno dom 3 mag 2026 alle ore 12:30 Anna Berg <anna@buyer.example> ha scritto:",
        "Il 03/05/2026 12:30, Anna Berg ha scritto:",
        "Il domenica 3 maggio 2026 alle ore 12:30:00 CEST, Anna\n<anna@buyer.example> ha scritto:",
    ],
    "nl": [
        "Op zo 3 mei 2026 om 12:30 schreef Anna Berg <anna@buyer.example>:",
        "Op 3 mei 2026, om 12:30 heeft Anna Berg <anna@buyer.example> het volgende geschreven:",
        "Op 03-05-2026 om 12:30 schreef Anna Berg:",
    ],
    "pl": [
        "niedz., 3 maj 2026 o 12:30 Anna Berg <anna@buyer.example> napisał(a):",
        "W dniu 3.05.2026 o 12:30, Anna Berg pisze:",
        "W dniu niedziela, 3 maja 2026 Anna Berg <anna@buyer.example> napisała:",
        "Wiadomość napisana przez Anna Berg <anna@buyer.example> w dniu 3 maj 2026, o godz. 12:30:",
        "Dnia 3 maja 2026 12:30 Anna Berg <anna@buyer.example> napisał(a):",
    ],
    "sv": [
        "Den sön 3 maj 2026 kl 12:30 skrev Anna Berg <anna@buyer.example>:",
        "3 maj 2026 kl. 12:30 skrev Anna Berg <anna@buyer.example>:",
        "Den 2026-05-03 kl. 12:30, skrev Anna Berg:",
    ],
    "pt": [
        "Em dom., 3 de mai. de 2026 às 12:30, Anna Berg <anna@buyer.example> escreveu:",
        "Anna Berg <anna@buyer.example> escreveu no dia domingo, 3/05/2026 à(s) 12:30:",
        "Em domingo, 3 de maio de 2026 12:30:00 BRT, Anna\n<anna@buyer.example> escreveu:",
        "No dia 3 de maio de 2026, às 12:30, Anna Berg <anna@buyer.example> escreveu:",
    ],
    "tr": [
        "Anna Berg <anna@buyer.example>, 3 May 2026 Paz, 12:30 tarihinde şunu yazdı:",
        "Anna Berg <anna@buyer.example> şunları yazdı (3 May 2026 12:30):",
        "3.05.2026 12:30 tarihinde Anna Berg yazdı:",
    ],
    "ja": [
        "2026年5月3日(日) 12:30 Anna Berg <anna@buyer.example>:",
        "2026/05/03 12:30、Anna Berg <anna@buyer.example>のメール:",
        "2026年5月3日(日) 12:30 Anna Berg さんは書きました：",
        "On 2026/05/03 12:30, Anna Berg wrote:",
    ],
    "zh": [
        "Anna Berg <anna@buyer.example> 于2026年5月3日周日 12:30写道：",
        "Anna Berg <anna@buyer.example> 於 2026年5月3日 週日 下午12:30寫道：",
        "在 2026/5/3 12:30, Anna Berg 写道:",
        "2026年5月3日 12:30，Anna Berg <anna@buyer.example> 写道：",
        '在 2026-05-03 12:30:00，"Anna" <anna@buyer.example> 写道：',
    ],
    "ko": [
        "2026년 5월 3일 (일) 오후 12:30, Anna Berg <anna@buyer.example>님이 작성:",
        "2026. 5. 3. 오후 12:30, Anna Berg <anna@buyer.example> 작성:",
        "2026-05-03 오후 12:30에 Anna Berg 이(가) 쓴 글:",
    ],
    "ar": [
        "في الأحد، 3 مايو 2026 في 12:30 م تمت كتابة ما يلي بواسطة Anna Berg <anna@buyer.example>:",
        "في ٣ مايو ٢٠٢٦، الساعة ١٢:٣٠ م، كتب Anna Berg <anna@buyer.example>:",
        "\u200fبتاريخ 3/5/2026 12:30، كتبت Anna Berg:",
    ],
    "th": [
        "ในวันที่ อา. 3 พ.ค. 2026 เวลา 12:30 Anna Berg <anna@buyer.example> เขียนว่า:",
        "เมื่อ 3 พ.ค. 2569 เวลา 12:30 Anna Berg <anna@buyer.example> เขียน:",
    ],
    "hi": [
        "रवि, 3 मई 2026 को 12:30 pm बजे को Anna Berg <anna@buyer.example> ने लिखा:",
        "3/5/2026 को 12:30 बजे, Anna Berg ने लिखा:",
    ],
}

# Blocks of labels, as Outlook, Lotus Notes, Windows Mail and webmailers write them.
LABELS = {
    "en": [
        "From: Anna Berg <anna@buyer.example>\nSent: Sunday, May 3, 2026 12:30 PM\nTo: Shop\nSubject: Lamp",
        "*From:* Anna Berg <anna@buyer.example>\n*Date:* Sunday, 3 May 2026\n*To:* Shop\n*Subject:* Lamp",
        "________________________________\nFrom: Anna Berg\nSent: 03 May 2026 12:30\nTo: Shop\nCc: Desk\nSubject: Lamp",
        "From: Anna [mailto:anna@buyer.example] \r\nSent: 03 May 2026\r\nTo: Shop;\r\n Desk; Others\r\nSubject: Lamp",
    ],
    "de": [
        "Von: Anna Berg <anna@buyer.example>\nGesendet: Sonntag, 3. Mai 2026 12:30\nAn: Laden\nBetreff: Lampe",
        'Gesendet: Sonntag, 03. Mai 2026 um 12:30 Uhr\nVon: "Anna" <anna@buyer.example>\nAn: Laden\nBetreff: Lampe',
        "Von:\tAnna Berg/Berlin\nAn:\tLaden\nDatum:\t03.05.2026 12:30\nBetreff:\tLampe",
    ],
    "fr": ["De : Anna Berg <anna@buyer.example>\nEnvoyé : dimanche 3 mai 2026 12:30\nÀ : Boutique\nObjet : Lampe"],
    "es": ["De: Anna Berg <anna@buyer.example>\nEnviado el: domingo, 3 de mayo\nPara: Tienda\nAsunto: Lámpara"],
    "it": ["Da: Anna Berg <anna@buyer.example>\nInviato: domenica 3 maggio 2026\nA: Negozio\nOggetto: Lampada"],
    "nl": ["Van: Anna Berg <anna@buyer.example>\nVerzonden: zondag 3 mei 2026\nAan: Winkel\nOnderwerp: Lamp"],
    "pl": ["Od: Anna Berg <anna@buyer.example>\nWysłano: niedziela, 3 maja 2026\nDo: Sklep\nTemat: Lampa"],
    "sv": ["Från: Anna Berg <anna@buyer.example>\nSkickat: den 3 maj 2026\nTill: Butik\nÄmne: Lampa"],
    "pt": ["De: Anna Berg <anna@buyer.example>\nEnviada em: domingo, 3 de maio\nPara: Loja\nAssunto: Luminária"],
    "tr": ["Kimden: Anna Berg <anna@buyer.example>\nGönderildi: 3 Mayıs 2026 Pazar\nKime: Dükkan\nKonu: Lamba"],
    "ja": ["差出人: Anna Berg <anna@buyer.example>\n送信日時: 2026年5月3日\n宛先: 店舗\n件名: ランプ"],
    "zh": [
        "发件人: Anna Berg <anna@buyer.example>\n发送时间: 2026年5月3日\n收件人: 店铺\n主题: 灯",
        "寄件者: Anna Berg <anna@buyer.example>\n寄件日期: 2026年5月3日\n收件者: 店鋪\n主旨: 燈",
        "發件人：Anna Berg\n日期：2026年5月3日\n收件人：店鋪\n主題：燈",
    ],
    "ko": ["보낸 사람: Anna Berg <anna@buyer.example>\n보낸 날짜: 2026년 5월 3일\n받는 사람: 가게\n제목: 램프"],
    "ar": ["من: Anna Berg <anna@buyer.example>\nتاريخ الإرسال: الأحد، 3 مايو 2026\nإلى: المتجر\nالموضوع: مصباح"],
    "th": ["จาก: Anna Berg <anna@buyer.example>\nส่ง: 3 พฤษภาคม 2569\nถึง: ร้านค้า\nเรื่อง: โคมไฟ"],
    "hi": ["प्रेषक: Anna Berg <anna@buyer.example>\nभेजा गया: रविवार, 3 मई 2026\nप्रति: दुकान\nविषय: दीपक"],
}

SEPARATORS = [
    "-----Original Message-----",
    "-------- Original message --------",
    "--- Original Message ---",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-----Ursprüngliche Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "-----Message d'origine-----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Wiadomość oryginalna-----",
    "-----Ursprungligt meddelande-----",
    "-----Mensagem original-----",
    "-----Özgün İleti-----",
    "-----元のメッセージ-----",
    "------------------ 原始邮件 ------------------",
    "-----原始郵件-----",
    "-----원본 메시지-----",
    "-----الرسالة الأصلية-----",
    "-----ข้อความต้นฉบับ-----",
    "-----मूल संदेश-----",
    "##- Please type your reply above this line -##",
    "##- Bitte geben Sie Ihre Antwort über dieser Zeile ein. -##",
    # The mail in which Amazon hands on what a buyer wrote.
    "------------- Begin message -------------",
    "------------- Anfang der Nachricht -------------",
    "------------- Début du message -------------",
    "------------- Begin message / Début du message -------------",
    "------------- Inizio messaggio -------------",
    "------------- Iniciar mensaje -------------",
    "------------- メッセージはここから -------------",
]

HEADS = [head for listed in (*WRITERS.values(), *LABELS.values()) for head in listed] + SEPARATORS


@pytest.mark.parametrize("head", HEADS)
def test_all_below_a_head_is_quoted(head: str) -> None:
    text = OWN + head + "\n" + OLD
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == [text[len(OWN) :]]


@pytest.mark.parametrize("head", HEADS)
def test_the_head_itself_ends_where_the_older_message_begins(head: str) -> None:
    text = OWN + head + "\n" + OLD
    (quote,) = find_quotes(text)
    assert text[quote.body : quote.end].strip() == OLD.strip()


@pytest.mark.parametrize("head", [head for listed in WRITERS.values() for head in listed])
def test_an_answer_below_marked_lines_is_the_writers_own(head: str) -> None:
    text = OWN + head + "\n\n> where is my lamp?\n>\n> I wait.\n\nIt will come tomorrow."
    quoted = [text[quote.start : quote.end] for quote in find_quotes(text)]
    assert quoted == [head, "> where is my lamp?\n>\n> I wait."]


@pytest.mark.parametrize(
    "line",
    [
        "On Monday he wrote:",
        "On Monday he wrote: the lamp is broken.",
        "On 3 May 2026 we wrote:",
        "On 3 May 2026 the carrier wrote to us at 12:30:",
        "Am Montag schrieb mir DHL:",
        "Am 3. Mai um 12:30 schrieb mir DHL:",
        "Am 3.5.2026 hat uns DHL geschrieben:",
        "Le 3 mai 2026 le transporteur nous a écrit :",
        "Il 3 maggio 2026 il corriere ci ha scritto:",
        "Kurier napisał do nas 3 maja 2026 o 12:30:",
        "Your order 305-1234567-1234567 was written down:",
        "The manual was written for the model of 2026:",
        "Please note the following:",
        "---- what Anna wrote of it ---- and more",
        "Anna Berg wrote:",
        f"{'We tell you what is new. ' * 5} Anna <anna@buyer.example> on 3 May 2026 at 12:30 wrote:",
        "Opening hours on 3 May 2026 from 12:30:",
        "From: 9 am To: 5 pm",
        "From: 9 am\nTo: 5 pm",
        "From: Hamburg\nTo: Kraków\nDate: 3 May 2026",
        "Von: Hamburg\nAn: Krakau\nDatum: 3. Mai 2026",
        "Od: 9:00\nDo: 17:00",
        "To: lamp\nSubject: light",
        "Subject: your lamp",
        "--- Your order ---",
        "-----------------",
        "Original message",
        "The original message is below:",
        "We forwarded message 12 to the carrier:",
        "---- Begin ----",
        "Date: 3 May 2026\nSubject: your lamp\nColour: white",
    ],
)
def test_near_misses(line: str) -> None:
    assert find_quotes(OWN + line + "\n\nThe lamp is here.") == []


def test_what_stands_above_a_wrapped_head_is_not_taken_for_its_first_line() -> None:
    text = "We sent the lamp in 2026 and hope that it shines.\nAnna Berg wrote:\nnothing"
    assert find_quotes(text) == []


@pytest.mark.parametrize(
    "above",
    [
        "A lamp comes today.",
        "On Friday it comes.",
        "Am 3. Mai 2026 kommt sie.",
        "2026 was good.",
        "Write to a@shop.example",
    ],
)
def test_what_stands_above_a_head_is_not_part_of_it(above: str) -> None:
    text = f"{above}\nOn 3 May 2026 at 12:30, Anna Berg wrote:\n> Where is it?"
    (head, _) = find_quotes(text)
    assert head.start == len(above) + 1


def test_a_phone_program_signs_above_the_head() -> None:
    head = "> Am 03.05.2026 um 12:30 schrieb Anna <anna@buyer.example>:"
    text = f"Danke!\n\nVon meinem iPhone gesendet\n\n{head}\n> \n> Wo ist sie?"
    (quote,) = find_quotes(text)
    assert text[quote.start : quote.end] == text[text.index("> Am") :]


@pytest.mark.parametrize(
    "head",
    [
        "pon., 3 lis 2026 o 14:05 Anna Berg\n<anna@buyer.example> napisał(a):",
        "Anna Berg <anna@buyer.example>, 3 Kas 2026 Sal,\n14:05 tarihinde şunu yazdı:",
        "lunedì 2 novembre 2026 14:05, Anna Berg\n<anna@buyer.example> ha scritto:",
        "Zitat von Anna Berg <anna@buyer.example>:",
        "Quoting Anna Berg <anna@buyer.example>:",
        "-------- 원본 이메일 --------\n발신: Anna <anna@buyer.example>\n날짜: 2026/11/03 14:05\n제목: 램프",
        "------------- Message: -------------",
        "------------- Iniciar mensagem -------------",
        "------------- End message -------------",
        "-------------- End message / Fin du message --------------",
    ],
)
def test_heads_and_ends_are_read_to_their_first_line(head: str) -> None:
    text = f"{OWN}{head}{OLD}"
    (quote,) = find_quotes(text)
    assert text[quote.start : quote.end] == f"{head}{OLD}"


@pytest.mark.parametrize(
    "text",
    [
        "Quoting our terms: the lamp is yours.",
        "Quoting anna@buyer.example: no.",
        "Zitat von Goethe: Mehr Licht.",
        "----- End of season -----",
        "For your information: we keep your messages.",
        "[order: 12345]",
    ],
)
def test_lines_that_look_like_those(text: str) -> None:
    assert find_quotes(f"{OWN}{text}{OLD}") == []


def test_a_sentence_above_a_writers_line_is_no_part_of_it() -> None:
    text = f"{OWN}Your lamp was sent on 3.11.2026.\nAnna Berg <anna@buyer.example> wrote:{OLD}"
    (quote,) = find_quotes(text)
    assert text[quote.start :].startswith("Anna Berg <")
    text = f"Saluti\nIl negozio\nmartedì 3 novembre 2026 14:05, Anna <anna@buyer.example> ha scritto:{OLD}"
    (quote,) = find_quotes(text)
    assert text[quote.start :].startswith("martedì")


@pytest.mark.parametrize(
    "footer",
    [
        "For Your Information: To help protect the trust and safety of our marketplace, and to help arbitrate all …",
        "[commMgrTok:AYOWMP58EXOS9]",
    ],
)
def test_what_the_marketplace_adds_below_is_a_line_and_no_more(footer: str) -> None:
    text = f"{OWN}{footer}\nWrite to us."
    (quote,) = find_quotes(text)
    assert text[quote.start : quote.end] == footer
