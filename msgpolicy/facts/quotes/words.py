"""What mail programs, helpdesks and marketplaces write around an older message; by language.

Alternatives are parted by "|" and are plain text in lower case; "…" stands for a name or an address in between.
The words of programs are those of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Lotus Notes and the usual webmailers.
"""

from __future__ import annotations

# How a line begins that names day and writer ("On 3 May 2026, Anna wrote:").
LEADS: dict[str, str] = {
    "en": "on|at",
    "de": "am",
    "fr": "le",
    "es": "el",
    "it": "il|in data|il giorno",
    "nl": "op",
    "pl": "w dniu|dnia",
    "sv": "den",
    "pt": "em|no dia",
    "zh": "在|于|於",
    "ar": "في|بتاريخ",
    "th": "ในวันที่|เมื่อวันที่|เมื่อ|วันที่",
}

# What such a line says of the writer.
WROTE: dict[str, str] = {
    "en": "wrote|writes",
    "de": "schrieb|geschrieben|schrieben sie",
    "fr": "a écrit|a ecrit|écrit|avez écrit",
    "es": "escribió|escribio|ha escrito",
    "it": "ha scritto|scrive|hai scritto",
    "nl": "schreef|geschreven",
    "pl": "napisał(a)|napisała|napisał|napisał/a|pisze|wiadomość napisana przez",
    "sv": "skrev",
    "pt": "escreveu",
    "tr": "şunu yazdı|şunları yazdı|yazdı",
    "ja": "のメール|のメッセージ|さんは書きました|書きました|が書いた",
    "zh": "写道|寫道|写到|寫到|写了|寫了|的邮件|的郵件",
    "ko": "님이 작성|작성|님이 쓴 글|이(가) 쓴 글|쓴 글|썼습니다",
    "ar": "كتب|كتبت|كتب/كتبت|تمت كتابة ما يلي بواسطة",
    "th": "เขียนว่า|ได้เขียนว่า|เขียน",
    "hi": "ने लिखा|लिखा",
}

# Where somebody tells what was written instead: no program speaks so.
REPORTED: dict[str, str] = {
    "en": "he wrote|she wrote|they wrote|we wrote|i wrote|wrote me|wrote to me|wrote us|wrote to us|wrote you"
    "|wrote to you",
    "de": "schrieb mir|schrieb uns|schrieb ihnen|schrieb dir|schrieb ich|schrieb er|ich schrieb|er schrieb"
    "|hat mir|hat uns|hat ihnen|mir geschrieben|uns geschrieben|ihnen geschrieben|schrieb man",
    "fr": "m'a écrit|m’a écrit|nous a écrit|vous a écrit|j'ai écrit|j’ai écrit",
    "es": "me escribió|nos escribió|le escribió",
    "it": "mi ha scritto|ci ha scritto|le ha scritto",
    "nl": "schreef mij|schreef me|schreef ons|mij geschreven|ons geschreven|schreef ik",
    "pl": "napisał mi|napisał nam|napisał do|napisała mi|napisała nam|napisała do|mi napisał|nam napisał",
    "sv": "skrev till mig|skrev till oss|skrev till dig|skrev jag|skrev vi",
    "pt": "me escreveu|nos escreveu|lhe escreveu",
    "tr": "bana yazdı|bize yazdı|size yazdı",
}

# Labels of the lines that Outlook and others put above an older message.
FROM: dict[str, str] = {
    "en": "from|sender",
    "de": "von|absender",
    "fr": "de|expéditeur|from",
    "es": "de|remitente",
    "it": "da|mittente",
    "nl": "van|afzender",
    "pl": "od|nadawca",
    "sv": "från|avsändare",
    "pt": "de|remetente",
    "tr": "kimden|gönderen",
    "ja": "差出人|送信者|送信元",
    "zh": "发件人|發件人|寄件者|寄件人|发信人",
    "ko": "보낸 사람|보낸사람|발신|발신자",
    "ar": "من|المرسل",
    "th": "จาก|ผู้ส่ง",
    "hi": "प्रेषक|से|इनसे|द्वारा",
}
SENT: dict[str, str] = {
    "en": "sent|date|sent on|received",
    "de": "gesendet|datum|gesendet am|verschickt",
    "fr": "envoyé|date|envoyé le|date d'envoi",
    "es": "enviado|enviado el|fecha|enviada el|fecha de envío",
    "it": "inviato|data|data invio|inviato il",
    "nl": "verzonden|datum|verstuurd",
    "pl": "wysłano|data|wysłane|data wysłania",
    "sv": "skickat|datum|skickades",
    "pt": "enviado|enviada|enviada em|enviado em|data|data de envio",
    "tr": "gönderildi|gönderme tarihi|tarih|gönderilme tarihi",
    "ja": "送信日時|日時|日付|送信日",
    "zh": "发送时间|發送時間|傳送時間|寄件日期|日期|发送日期|發送日期|时间",
    "ko": "보낸 날짜|날짜|보낸날짜|보낸 시간|일시",
    "ar": "تاريخ الإرسال|التاريخ|تم الإرسال|أرسلت|تم إرساله",
    "th": "ส่ง|วันที่|ส่งเมื่อ|วันที่ส่ง",
    "hi": "भेजा गया|दिनांक|तारीख|भेजने का समय",
}
TO: dict[str, str] = {
    "en": "to",
    "de": "an|empfänger",
    "fr": "à|a|destinataire|pour",
    "es": "para|a|destinatario",
    "it": "a|destinatario|per",
    "nl": "aan|ontvanger",
    "pl": "do|adresat|odbiorca",
    "sv": "till|mottagare",
    "pt": "para|destinatário",
    "tr": "kime|alıcı",
    "ja": "宛先|受信者",
    "zh": "收件人|收件者",
    "ko": "받는 사람|받는사람|받은 사람|받는이|수신|수신자",
    "ar": "إلى|المستلم|الى",
    "th": "ถึง|ผู้รับ",
    "hi": "प्रति|को|प्राप्तकर्ता",
}
SUBJECT: dict[str, str] = {
    "en": "subject|re",
    "de": "betreff|betrifft",
    "fr": "objet|sujet",
    "es": "asunto",
    "it": "oggetto",
    "nl": "onderwerp",
    "pl": "temat",
    "sv": "ämne|rubrik",
    "pt": "assunto",
    "tr": "konu",
    "ja": "件名",
    "zh": "主题|主題|主旨|标题",
    "ko": "제목",
    "ar": "الموضوع",
    "th": "เรื่อง|หัวเรื่อง|หัวข้อ",
    "hi": "विषय",
}

# Horde and IMP before the name of who wrote.
QUOTING: dict[str, str] = {
    "en": "quoting",
    "de": "zitat von",
    "fr": "citant|en citant",
    "es": "citando a",
    "it": "citando",
    "nl": "citeren van",
    "pl": "cytowanie",
    "sv": "citerar",
    "pt": "citando",
}

# Between dashes: what follows is an older message.
ORIGINAL: dict[str, str] = {
    "en": "original message|forwarded message|original e-mail|original email|reply message|previous message",
    "de": "ursprüngliche nachricht|originalnachricht|original-nachricht|original nachricht|weitergeleitete nachricht"
    "|originale nachricht|ursprüngliche e-mail",
    "fr": "message d'origine|message original|message transféré|message initial|message précédent",
    "es": "mensaje original|mensaje reenviado",
    "it": "messaggio originale|messaggio inoltrato|messaggio originario",
    "nl": "oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|oorspronkelijke bericht",
    "pl": "wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|oryginał wiadomości",
    "sv": "ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|ursprungsmeddelande",
    "pt": "mensagem original|mensagem encaminhada|mensagem reencaminhada",
    "tr": "özgün ileti|orijinal mesaj|yönlendirilmiş mesaj|iletilmiş mesaj|orijinal ileti",
    "ja": "元のメッセージ|オリジナルメッセージ|転送メッセージ|original message",
    "zh": "原始邮件|原始郵件|邮件原件|郵件原件|转发的邮件|轉寄郵件|转发邮件|原始訊息|原邮件|回复的原邮件|回复邮件",
    "ko": "원본 메시지|원본 메일|원본 이메일|전달된 메시지|original message",
    "ar": "الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها",
    "th": "ข้อความต้นฉบับ|ข้อความเดิม|ข้อความที่ส่งต่อ",
    "hi": "मूल संदेश|अग्रेषित संदेश",
}

# A line of its own with a colon: Apple Mail above what it forwards.
FORWARDED: dict[str, str] = {
    "en": "begin forwarded message",
    "de": "anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail",
    "fr": "début du message transféré|début du message réexpédié",
    "es": "inicio del mensaje reenviado",
    "it": "inizio messaggio inoltrato",
    "nl": "begin doorgestuurd bericht|begin van doorgestuurd bericht",
    "pl": "początek przekazywanej wiadomości|początek przekazanej wiadomości",
    "sv": "vidarebefordrat brev",
    "pt": "início da mensagem reencaminhada|início da mensagem encaminhada",
    "tr": "iletilen ileti başlangıcı",
    "ja": "転送されたメッセージ",
    "zh": "开始转发的邮件|開始轉寄郵件",
    "ko": "전달된 메시지",
}

# Between dashes, around a buyer's words in the mail that Amazon sends to the seller; footers follow their end. As
# public tools of sellers read them (GitHub): US, GB, CA (there in two languages, too), DE, IT, FR, ES, MX, BR, JP.
BUYERS_MESSAGE: dict[str, str] = {
    "en": "begin message|message:",
    "de": "anfang der nachricht|nachricht:",
    "fr": "début du message|message :",
    "es": "iniciar mensaje|mensaje:",
    "it": "inizio messaggio|messaggio:",
    "pt": "início da mensagem|inicio da mensagem|iniciar mensagem|mensagem:",
    "ja": "メッセージはここから",
}
# And at their end: only what Amazon adds follows.
BUYERS_MESSAGE_END: dict[str, str] = {
    "en": "end message",
    "de": "ende der nachricht",
    "fr": "fin du message",
    "es": "finalizar mensaje",
    "it": "fine messaggio",
    "pt": "fim da mensagem|mensagem final",
    "ja": "メッセージはここまで",
}
# How lines begin that Amazon adds below a message, whoever wrote it (as public tools of sellers show them, GitHub).
FOOTERS: dict[str, str] = {
    "en": "for your information: to help arbitrate disputes and preserve trust and safety, we retain all messages"
    "|for your information: to help protect the trust and safety of our marketplace, and to help arbitrate",
    "fr": "important : afin d'aider au règlement des litiges et de protéger la confiance",
    "pt": "para sua informação: para ajudar a arbitrar disputas",
}

# Words of a seller right before the buyer's own, which stand between quotation marks.
SAID: dict[str, str] = {
    "en": "you wrote|you write|you have written|you asked|you ask|you have asked|you said|you say|your message"
    "|your question",
    "de": "sie schrieben|sie schreiben|du schriebst|du schreibst|sie fragten|sie fragen|du fragst|sie haben geschrieben"
    "|du hast geschrieben|sie hatten geschrieben|sie haben gefragt|du hast gefragt|schreiben sie|schrieben sie"
    "|ihre nachricht|ihre frage|deine nachricht|deine frage",
    "fr": "vous avez écrit|vous écrivez|vous demandez|vous avez demandé|votre message|votre question",
    "es": "usted escribió|ha escrito usted|escribió usted|usted preguntó|su mensaje|su pregunta|tu mensaje|tu pregunta",
    "it": "lei ha scritto|ha scritto|hai scritto|ha chiesto|il suo messaggio|la sua domanda",
    "nl": "u schreef|u schrijft|je schreef|u vroeg|u vraagt|uw bericht|uw vraag|jouw bericht|je vraag",
    "pl": "pan napisał|pani napisała|pan pisał|pani pisała|państwo napisali|napisał pan|napisała pani|pisał pan"
    "|pisała pani|pisze pan|pisze pani|pyta pan|pyta pani|pana wiadomość|pani wiadomość|państwa wiadomość"
    "|pana pytanie|pani pytanie|państwa pytanie|twoja wiadomość",
    "sv": "du skrev|du skriver|ni skrev|du frågade|du frågar|ditt meddelande|din fråga",
    "pt": "você escreveu|o senhor escreveu|a senhora escreveu|você perguntou|sua mensagem|sua pergunta",
    "tr": "yazdınız|yazmışsınız|sordunuz|mesajınız|sorunuz",
    "zh": "您写道|您說|您说|您问|您問|您的留言|您的问题|您的問題",
    "ar": "كتبت|رسالتك|سؤالك|سألت",
    "th": "คุณเขียนว่า|คุณถามว่า|ข้อความของคุณ",
    "hi": "आपने लिखा|आपने पूछा|आपका संदेश|आपका सवाल",
}
