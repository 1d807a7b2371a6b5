"""Inputs made to be slow: each is a few characters, repeated up to a size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgpolicy.message import Attachment, Message

# Makes of a number of code points what is judged.
Make = Callable[[int], Message]

_SIGNS = ["@", ".", ",", "-", "_", "/", "\\", ":", ";", "+", "=", "#", "%", "*", "|", "~", "'", '"', "`", "?", "!", "$"]
_SIGNS += ["(", ")", "[", "]", "{", "}", "<", ">", "&", " ", "\t", "\n", "\r\n", "。", "、", "·", "•", "…"]
TEXTS = {
    **{f"{sign!r}": sign for sign in _SIGNS},
    # One long word, one long number.
    "letter": "a",
    "digit": "1",
    "letters and digits": "a1",
    "letters, signs": "a-b_",
    "hex": "0f9e8d7c",
    # Digits, and what stands for them.
    "digits apart": "1 ",
    "pairs of digits": "12 ",
    "digits by lines": "1\n",
    "digits, dashes": "1-",
    "digits in brackets": "(1)",
    "phones": "+1 212 555 0123, ",
    "order ids": "305-1234567-1234567 ",
    "parcels": "1Z999AA10123456784 ",
    "dates": "12.05.2026 ",
    "prices": "$12.50 ",
    "keycaps": "1\ufe0f\u20e3",
    "circled digits": "①",
    "digits of scripts": "1٢३๔",
    "number words": "five five five one two ",
    "number words, one": "one ",
    "number words of languages": "one zwei trois cuatro cinque sześć ",
    "Chinese digits": "一二三",
    "letters for digits": "O1 l2 B3 ",
    # Addresses and links.
    "a@": "a@",
    "a.": "a.",
    "hosts": "a.com ",
    "hosts without spaces": "a.com",
    "hosts of two": "x.co.uk ",
    "labels": "a.b.c.d.",
    "e-mail addresses": "a@b.com ",
    "e-mail addresses without spaces": "a@b.com",
    "URLs": "http://a.com/x ",
    "schemes": "http://",
    "hxxp": "hxxp[:]//a[.]b ",
    "spelled addresses": "name at host dot com ",
    "at": " at ",
    "[at]": "[at]",
    "www.": "www.",
    "mailto:": "mailto:",
    "punycode": "xn--a.",
    "percent signs": "http://a.com/%41%42 ",
    # Messengers and invitations.
    "WhatsApp": "whatsapp ",
    "messengers": "telegram @ab_cd, ",
    "WeChat": "我的微信号是abc123。",
    "WeChat, without sentences": "微信abc123",
    "contact us": "please contact us ",
    "LINE": "LINE id: ",
    # Language.
    "reviews": "please leave a review for 5 stars and get a gift ",
    "negations": "not no never without ",
    "ordinary": "Hello, your order has been sent and we hope you like it. If a part is damaged, write to us here.\n",
    "ordinary German": "Guten Tag, Ihre Bestellung ist unterwegs, und wir hoffen, dass sie gefällt. Bitte melden.\n",
    "ordinary, one sentence": "your order has been sent to you and we hope that you like it and ",
    "ordinary Japanese": "ご注文の商品を発送しました。お気に召していただければ幸いです。",
    "ordinary Arabic": "مرحبا، تم شحن طلبك ونأمل أن ينال إعجابك. ",
    "languages mixed": "Hello Guten Tag Bonjour Hola Ciao Cześć 您好 こんにちは مرحبا สวัสดี नमस्ते 안녕하세요 ",
    "scripts mixed": "aбγ中あ한อअع",
    "sentences": "a. ",
    "questions": "Is it? ",
    "capitals": "FREE GIFT ",
    "quotation marks": '"a" ',
    "placeholders": "{{a}} ",
    "open placeholders": "{{",
    "percent placeholders": "%%a%% ",
    # What people might write, over and over.
    "requests of languages": (
        "Please leave us 5 stars. Bitte bewerten Sie uns. Laissez un avis positif. Deja una reseña. "
        "Zostaw opinię. 请给五星好评。レビューをお願いします。"
    ),
    "denials": "We do not ask for a review. Please do not call us, never write to us outside. ",
    "Thai sentences": "ขอบคุณสำหรับคำสั่งซื้อ กรุณารีวิวห้าดาว ",
    "Chinese sentences": "感谢您的订购。请给我们五星好评，返现到微信。",
    "Korean sentences": "주문해 주셔서 감사합니다. 리뷰를 남겨 주세요. ",
    "Hindi sentences": "आपके ऑर्डर के लिए धन्यवाद। कृपया समीक्षा लिखें। ",
    "short paragraphs": "Hello.\n\n",
    "different sentences": "Order {n} is on its way to you. ",
    "different words": "w{n}ord ",
    "numbers like phones": "No. 0171 555 0123-4, ",
    "numbers of keycaps": "1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e3 ",
    "numbers in circles": "①②③ ④⑤⑥ ",
    "tel: links": "tel:+12125550123 ",
    "dots as words": "shop dot example slash sale ",
    "hosts of mixed scripts": "\u0430m\u0430zon.com ",
    "base64": "QUJDREVGR0hJSktMTU5P/+",
    "lines of base64": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo5ODc2NTQzMjE=\n",
    "long words": "abcdefghij" * 20 + " ",
    "code": "p{color:red;margin:0 auto}\nif (a[1] == b.c) { return 'd@e'; }\n",
    # Quotes.
    "> lines": "> a\n",
    ">> lines": ">>>>>>>> a\n",
    "> without lines": "> ",
    "quote heads": "On Monday, Ann wrote:\n",
    "header lines": "From: a@b.example\nTo: c@d.example\nSubject: x\n\n",
    "dashes of a quote": "-----Original Message-----\n",
    # What is not seen.
    "zero-width": "a\u200b",
    "zero-width alone": "\u200b",
    "soft hyphens": "a\u00ad",
    "combining": "a\u0301",
    "combining alone": "\u0301",
    "turned": "\u202ea",
    "turned and back": "\u202ea\u202c",
    "isolates": "\u2066",
    "emoji": "😀",
    "emoji of several": "👩\u200d👩\u200d👧",
    "flags": "🇩🇪",
    "emoticons": ":-) ",
    "full width": "ａ１＠",
    "mathematical": "𝐚𝟏",
    "Hangul": "가",
    "Thai": "ก",
    "ligatures": "ﷺ",
    "nothing": "\x00",
    "surrogates": "\ud800",
}
_ROW = (
    '<tr><td align="center" style="padding:10px;font-family:Arial"><a href="https://www.amazon.com/gp/x">'
    '<img src="https://m.media-amazon.com/images/x.png" width="120" height="40" alt="Logo"></a>'
    '<p style="font-size:14px">Your order has been sent today</p></td></tr>'
)
MARKUP = {
    "<": "<",
    "</": "</",
    "<!--": "<!--",
    "<!": "<!",
    "&": "&",
    "&#": "&#",
    "<a <a": "<a ",
    "quotes of attributes": '<a b="',
    "entities": "&amp;",
    "entities of spaces": "&nbsp;",
    "entities of letters": "&#97;",
    "comments": "<!-- a -->",
    "comments of Outlook": "<!--[if mso]>a<![endif]-->",
    "<p>": "<p>x",
    "<div>": "<div>",
    "<b>": "<b>a</b>",
    "<b>, never closed": "<b>a",
    "<br>": "<br>",
    "</p>": "</p>",
    "<a>": "<a href=x>",
    "links": '<a href="https://a.com/x">a</a> ',
    "links of letters": '<a href="https://b.com">a</a>',
    "<img>": '<img src="http://a.example/x.gif" width=1 height=1>',
    "<img alt>": "<img alt='a@b.com'>x",
    "<p title>": "<p title='a@b.com'>x",
    "<p style>": '<p style="color:red;margin:1px">x</p>',
    "<span style>": '<span style="font-size:9px;display:none">x</span>',
    "<font>": "<font color=red size=1>a",
    "<table>": "<table><tr><td>",
    "cells": "<td>1</td>",
    "rows": _ROW,
    "<blockquote>": "<blockquote>a",
    "<blockquote>, closed": "<blockquote>a</blockquote>",
    "<blockquote>, mail programs'": '<blockquote type="cite" class="gmail_quote">a</blockquote>',
    "<meta>": '<meta http-equiv=refresh content="0;url=http://x.example">',
    "<style>": "<style>p{color:red}</style>",
    "<script>": "<script>a</script>",
    "<svg>": "<svg><a xlink:href='http://a.com'>a</a></svg>",
    "<input>": "<input value='a@b.com'>",
    "<select>": "<select><option>a",
    "<li>": "<ul><li>a",
    "unknown elements": "<x-y>a",
    "<base>": "<base href='http://a.com/'>",
    "<area>": "<area href='http://a.com/'>",
    "srcset": "<img srcset='http://a.com/1 1x, http://a.com/2 2x'>",
    "misnested": "<b><i></b></i>",
    "hidden": "<div hidden>a",
    "tel: links": '<a href="tel:+12125550123">Call us</a>',
    "tables": "<table><tr><td>a</td></tr></table>",
    "paragraphs of requests": "<p>Please leave a review on WhatsApp, it is free.</p>",
    "tags of split letters": "<b>5</b><i>5</i>",
    "preview": "&#847;&zwnj;&nbsp;",
}
# Markup before, what is repeated, markup after.
LONG: dict[str, tuple[str, str, str]] = {
    "rules of a sheet": ("<style>", "p{color:red}", "</style><p>x"),
    "rules that hide": ("<style>", ".a{display:none}", "</style>" + "<p class=a>x" * 100),
    "selectors": ("<style>", "p a,", "p{color:red}</style>" + "<p>x" * 100),
    "one long selector": ("<style>", "p ", "{color:red}</style>" + "<p>x" * 100),
    "declarations": ("<style>p{", "color:red;", "}</style><p>x"),
    "declarations of one element": ('<p style="', "color:red;", '">x'),
    "comments of a sheet": ("<style>", "/**/", "</style><p>x"),
    "open comments of a sheet": ("<style>", "/*", "</style><p>x"),
    "brackets of a sheet": ("<style>", "{", "</style><p>x"),
    "@media": ("<style>", "@media screen{p{color:red}}", "</style><p>x"),
    "@media, nested": ("<style>", "@media screen{", "</style><p>x"),
    "@import": ("<style>", "@import url(http://a.com/x);", "</style><p>x"),
    "url()": ('<p style="', "background:url(http://a.com/x);", '">x'),
    "classes": ('<p class="', "a ", '">x'),
    "attributes": ("<p ", "a=b ", ">x"),
    "different attributes": ("<p ", "{n}=b ", ">x"),
    "one attribute": ('<p title="', "a", '">x'),
    "one attribute of entities": ('<p title="', "&amp;", '">x'),
    "one URL": ('<a href="https://a.com/', "a", '">x'),
    "one URL of parameters": ('<a href="https://a.com/?', "a=b&", '">x'),
    "one data: URL": ('<img src="data:image/png;base64,', "AAAA", '">x'),
    "one comment": ("<!--", "a", "-->x"),
    "one script": ("<script>", "a", "</script>x"),
    "one <pre>": ("<pre>", "a\n", "</pre>"),
    "different classes": ("", '<p class="c{n}">x', ""),
    "different links": ("", '<a href="http://a{n}.com/">a{n}</a>', ""),
    "different images": ("", '<img src="http://a{n}.com/{n}">', ""),
    "different rules": ("<style>", ".c{n}{color:red}", "</style>" + '<p class="c1">x' * 100),
}
# Head before, what is repeated, body after.
MAILS: dict[str, tuple[str, str, str]] = {
    "headers": ("", "X-A: b\r\n", "\r\nHello"),
    "Received headers": ("", "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0000\r\n", "\r\nHello"),
    "one header": ("Subject: ", "a ", "\r\n\r\nHello"),
    "folds of a header": ("Subject: a", "\r\n a", "\r\n\r\nHello"),
    "encoded words": ("Subject: ", "=?utf-8?q?a?= ", "\r\n\r\nHello"),
    "recipients": ("To: ", "a <a@b.example>, ", "\r\n\r\nHello"),
    "parameters": ("Content-Type: text/plain", '; a*0="b"', "\r\n\r\nHello"),
    "parts": (
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
        "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n",
        "--b--",
    ),
    "parts of files": (
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n",
        "--b\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-1.4\r\n",
        "--b--",
    ),
    "nested parts": ("", "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n", "\r\n\r\nHello"),
    "nested mails": ("", "Content-Type: message/rfc822\r\n\r\n", "Subject: x\r\n\r\nHello"),
    "boundaries": ("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n", "\r\nHello"),
    "quoted-printable": ("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=41", "\r\n"),
    "soft line breaks": ("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=\r\n", "\r\n"),
    "base64": ("Content-Transfer-Encoding: base64\r\n\r\n", "QUFB", "\r\n"),
    "broken base64": ("Content-Transfer-Encoding: base64\r\n\r\n", "Q?", "\r\n"),
    "uuencoded": ("Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n", "#86%A\r\n", "`\r\nend\r\n"),
    "bytes of no text": ("Content-Type: text/plain; charset=utf-8\r\n\r\n", "\udcff\udcfe", "\r\n"),
}


def cases() -> Iterator[tuple[str, Make]]:
    """Every case by its name."""
    for name, piece in TEXTS.items():
        yield f"text: {name}", _text(piece)
    for name in ("ordinary", "digit", "pairs of digits", "number words", "hosts", "@", "e-mail addresses", "reviews"):
        piece = TEXTS.get(name) or TEXTS[repr(name)]
        yield f"subject: {name}", _subject(piece)
        yield f"attached text: {name}", _attached(piece)
    for name, piece in MARKUP.items():
        yield f"html: {name}", _html("", piece, "")
    for name, (before, piece, after) in LONG.items():
        yield f"html: {name}", _html(before, piece, after)
    for name in ("'@'", "'.'", "digit", "pairs of digits", "ordinary", "hosts", "reviews", "zero-width", "> lines"):
        yield f"html of text: {name}", _html("<p>", TEXTS[name], "</p>")
    for name, (before, piece, after) in MAILS.items():
        yield f"mail: {name}", _mail(before, piece, after)


def repeated(before: str, piece: str, after: str, size: int) -> str:
    """`size` code points or a few less; `{n}` in the piece is a number that counts up."""
    room = max(size - len(before) - len(after), 0)
    if "{n}" in piece:
        pieces = (piece.replace("{n}", f"{number:06}") for number in range(room // (len(piece) + 3)))
        return before + "".join(pieces) + after
    return before + piece * (room // len(piece)) + after


def _text(piece: str) -> Make:
    return lambda size: Message(text=repeated("", piece, "", size))


def _subject(piece: str) -> Make:
    return lambda size: Message(subject=repeated("", piece, "", size), text="Hello")


def _html(before: str, piece: str, after: str) -> Make:
    return lambda size: Message(html=repeated(before, piece, after, size))


def _attached(piece: str) -> Make:
    def make(size: int) -> Message:
        content = repeated("", piece, "", size).encode()
        return Message(text="See the file", attachments=[Attachment(filename="a.txt", content=content)])

    return make


def _mail(before: str, piece: str, after: str) -> Make:
    def make(size: int) -> Message:
        head = "From: shop@shop.example\r\nTo: a1@marketplace.amazon.de\r\nMIME-Version: 1.0\r\n"
        return Message.from_email(repeated(head + before, piece, after, size).encode("utf-8", "surrogateescape"))

    return make
