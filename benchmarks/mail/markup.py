"""HTML as the tools write it that mails are made with: builders of newsletters, mail programs, shops, phishing kits."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.mail.words import nonsense, sentences, token

_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
_OFFICE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office">\n'
)
_MSO_HEAD = (
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>"
    "</o:OfficeDocumentSettings></xml><![endif]-->\n"
    "<!--[if !mso]><!--><meta http-equiv='X-UA-Compatible' content='IE=edge'><!--<![endif]-->\n"
)
_GHOST_OPEN = (
    '<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="mj-{0}" '
    'style="width:600px;" width="600"><tr><td style="line-height:0px;font-size:0px;"><![endif]-->\n'
)
_GHOST_CLOSE = "<!--[if mso | IE]></td></tr></table><![endif]-->\n"
_FONTS = ("Arial, Helvetica, sans-serif", "'Helvetica Neue', Helvetica, Arial", "Georgia, serif", "Roboto, Tahoma")


def _color(random: Random) -> str:
    return f"#{random.randrange(0x1000000):06x}"


def _sheet(random: Random, rules: int) -> str:
    """A style sheet as builders of newsletters write it: resets, classes by the hundred, phones, dark screens."""
    lines = [
        "#outlook a { padding:0; } .ReadMsgBody { width:100%; } .ExternalClass * { line-height:100%; }",
        "body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }",
        "table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }",
        "img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none; }",
        "@import url(https://fonts.shop.example/css?family=Roboto:300,400,500,700);",
    ]
    for number in range(rules):
        name = f".c{number % 60}-{random.choice('abcdef')}"
        lines.append(
            f"{name} {{ font-size:{random.randint(9, 40)}px; color:{_color(random)}; "
            f"padding:{random.randint(0, 40)}px {random.randint(0, 40)}px !important; }}"
        )
        if number % 7 == 0:
            lines.append(
                f"table[class~=c{number % 60}] > tbody > tr td:first-child a:hover {{ color:{_color(random)} }}"
            )
    lines.append("@media only screen and (max-width:480px) {")
    lines += [
        f"  .c{number % 60}-a, u + .body .c{number} {{ width:100% !important; display:block !important; }}"
        for number in range(rules // 2)
    ]
    lines.append("}\n@media (prefers-color-scheme: dark) { .c1-a { color:#fff !important } }")
    return "\n".join(lines)


def _preheader(random: Random, count: int) -> str:
    filler = random.choice(
        ("&nbsp;&zwnj;", "&#847; &zwnj; &nbsp; ", "\u200c\u00a0", "&#8199;&shy;", "&zwnj;&#160;&#8203;")
    )
    return (
        '<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;'
        f'overflow:hidden;">{sentences(random, 60, "en")}{filler * count}</div>\n'
    )


def _module(random: Random, number: int, language: str | None) -> str:
    """One block of a newsletter: ghost tables, nested tables, an image, text, a button drawn twice."""
    font, width = random.choice(_FONTS), random.choice((560, 600, 640))
    link = f"https://click.shop.example/f/a/{token(random, 40)}/{token(random, 60)}~~?u={number}&amp;s=1"
    button = (
        f'<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="{link}" '
        f'style="height:40px;v-text-anchor:middle;width:200px;" arcsize="10%" fillcolor="{_color(random)}">'
        f"<w:anchorlock/><center>Track</center></v:roundrect><![endif]-->"
        f'<a href="{link}" target="_blank" style="display:inline-block;background:{_color(random)};color:#ffffff;'
        f"font-family:{font};font-size:13px;font-weight:normal;line-height:120%;margin:0;text-decoration:none;"
        f'text-transform:none;padding:10px 25px;mso-padding-alt:0px;border-radius:3px;">Track</a>'
    )
    return (
        _GHOST_OPEN.format(number)
        + f'<div class="c{number % 60}-a" style="margin:0px auto;max-width:{width}px;">'
        + '<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">'
        + f'<tbody><tr><td style="font-size:0px;padding:{random.randint(0, 30)}px 0;text-align:center">\n'
        + f'<table cellpadding="0" cellspacing="0" width="{width}" class="c{number % 60}-b"><tr>'
        + f'<td align="center" valign="top" bgcolor="{_color(random)}" style="padding:10px 25px;word-break:break-all">'
        + f'<a href="{link}"><img alt="Kettle {number}" src="https://img.shop.example/{token(random, 30)}.png" '
        + f'width="{random.choice((120, 300, 550))}" height="auto" style="border:0;display:block;width:100%;"></a></td>'
        + f'<td style="font-family:{font};font-size:{random.randint(11, 24)}px;line-height:1.5;color:{_color(random)}">'
        + f"<p style='margin:0 0 {random.randint(4, 20)}px'>{sentences(random, random.randint(40, 500), language)}</p>"
        + f"<ul><li>{sentences(random, 40, language)}</li><li><b>{sentences(random, 30, language)}</b></li></ul>"
        + f"{button}</td></tr></table></td></tr></tbody></table></div>\n"
        + _GHOST_CLOSE
    )


def newsletter(random: Random) -> str:
    """20 to 300 KB as from a builder of newsletters."""
    size = random.choice((20_000, 40_000, 80_000, 120_000, 200_000, 300_000))
    language = random.choice(("en", "en", "de", "fr", "pl", "ja", None))
    parts = [
        _DOCTYPE,
        _OFFICE,
        "<head>\n<title>News</title>\n<meta charset='utf-8'>\n",
        _MSO_HEAD,
        f'<style type="text/css">\n{_sheet(random, random.choice((20, 60, 200, 500)))}\n</style>\n',
        "<!--[if lte mso 11]><style>.outlook-group-fix { width:100% !important; }</style><![endif]--></head>\n",
        f'<body class="body" style="background-color:{_color(random)};">\n',
        _preheader(random, random.choice((0, 50, 150, 1000, 4000))),
    ]
    length = sum(map(len, parts))
    while length < size:
        parts.append(_module(random, len(parts), language))
        length += len(parts[-1])
    parts.append(
        f'<img src="https://t.shop.example/o/{token(random)}.gif" width="1" height="1" alt=""></body></html>\n'
    )
    return "".join(parts)


def order_mail(random: Random) -> str:
    """A short notice about an order."""
    rows = "".join(
        f"<tr><td>{sentences(random, 30, 'en')}</td><td align=right>{random.randint(1, 9)}</td>"
        f"<td align=right>{random.randint(1, 90)}.99</td></tr>"
        for _ in range(random.randint(1, 60))
    )
    return (
        f"<html><body><p>Dear customer,</p><p>{sentences(random, 300)}</p><table border=1>{rows}</table>"
        f'<p>Order 123-1234567-1234567, parcel 1Z999AA10123456784. <a href="https://www.amazon.com/gp/your-account">'
        f"Your orders</a></p></body></html>"
    )


def phishing(random: Random) -> str:
    """A phishing kit's page: letters broken by words of no size, hidden novels, copied brand, forms, refresh."""
    busted = "".join(
        f"{letter}<span style='font-size:0px;{random.choice(('color:#fff', 'display:none', 'opacity:0'))}'>"
        f"{token(random, random.randint(2, 9))}</span>"
        for letter in "Your account has been limited. Please confirm your payment details within 24 hours. " * 3
    )
    hidden = nonsense(random, random.choice((500, 5_000, 40_000)))
    return (
        f"<meta http-equiv=refresh content='0;url=http://login.shop.example/{token(random)}'><center>"
        f'<img src="data:image/png;base64,{base64.b64encode(random.randbytes(random.choice((90, 9_000)))).decode()}">'
        f"<table width=600><tr><td><font face=Arial size=2 color={_color(random)}>{busted}</font>"
        f'<form action="http://198.51.100.7/~x/{token(random)}.php" method=post><input name=user>'
        f'<input type=password name=pass><button style="background:#f0c14b">Sign-In</button></form>'
        f'<a href="https://www.amazon.com@{token(random)}.shop.example/%61%6d%61">www.amazon.com/account</a>'
        f"<a href='&#104;&#116;&#116;&#112;://xn--mazon-3ve.example/?{token(random, 300)}'>p\u0430ypal.com</a></tr>"
        f"<div style='position:absolute;left:-9999px;color:#fefefe;background:#ffffff'>{hidden}</div>"
        + "".join(f"<font style='font-size:0.{random.randint(1, 9)}px'>{token(random, 6)}</font>" for _ in range(400))
        + "<b><i><u><font>" * random.choice((1, 30))
        + sentences(random, 200)
    )


def word(random: Random) -> str:
    """What Word writes as a mail: a sheet of definitions, a span for each run."""
    definitions = "\n".join(
        f"@list l{number} {{mso-list-id:{random.randrange(10**9)}; mso-list-type:hybrid;}}\n"
        f"@list l{number}:level{number % 9 + 1} {{mso-level-number-format:bullet; mso-level-text:\\F0B7; "
        f"margin-left:.5in; text-indent:-.25in; font-family:Symbol;}}"
        for number in range(random.choice((0, 50, 300)))
    )
    body = "".join(
        f"<p class=MsoNormal style='margin-bottom:{random.randint(0, 12)}.0pt'><span lang=EN-US style='font-size:"
        f'{random.randint(9, 14)}.0pt;font-family:"Calibri","sans-serif";color:#1F497D;mso-fareast-language:EN-US\'>'
        f"{sentences(random, random.randint(20, 200), 'en')}<o:p></o:p></span></p>\n"
        f"<p class=MsoNormal><o:p>&nbsp;</o:p></p>\r\n"
        for _ in range(random.choice((5, 40, 200)))
    )
    return (
        f"{_OFFICE}<head><style><!--\n/* Font Definitions */\n@font-face {{font-family:Calibri; "
        f"panose-1:2 15 5 2 2 2 4 3 2 4;}}\np.MsoNormal, li.MsoNormal {{margin:0in; font-size:11.0pt;}}\n"
        f"span.EmailStyle17 {{mso-style-type:personal;}}\n{definitions}\n--></style></head>"
        f"<body lang=EN-US link=blue vlink=purple><div class=WordSection1>{body}</div></body></html>"
    )


# How Gmail, Outlook and Apple begin an answer over an older message, and how they end.
_ANSWERS = (
    (
        (
            '<div dir="ltr">{0}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, '
            '2026 at 9:05 AM Ann &lt;<a href="mailto:ann@shop.example">ann@shop.example</a>&gt; wrote:<br></div>'
            '<blockquote class="gmail_quote" style="margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex">'
        ),
        "</blockquote></div>",
    ),
    (
        (
            '<div><p>{0}</p></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font '
            'face="Calibri, sans-serif" color="#000000"><b>From:</b> Ann<br><b>Sent:</b> Monday, November 2, 2026 9:05'
            " AM<br><b>To:</b> Bob<br><b>Subject:</b> Kettle</font></div><div>"
        ),
        "</div>",
    ),
    (
        '<div>{0}<br><div><br><blockquote type="cite"><div>On Nov 2, 2026, at 09:05, Ann wrote:</div><br>',
        "</blockquote></div></div>",
    ),
)


def thread(random: Random) -> str:
    """Replies in replies, as Gmail, Outlook and Apple nest them."""
    depth = random.choice((2, 8, 30, 120))
    answers = [random.choice(_ANSWERS) for _ in range(depth)]
    opened = "".join(opening.format(sentences(random, 150)) for opening, _ in answers)
    return opened + sentences(random, 200) + "".join(closing for _, closing in reversed(answers))


def one_line(random: Random) -> str:
    """Everything on one line."""
    return newsletter(random).replace("\n", "")


def languages(random: Random) -> str:
    """The same notice in every language, with directions and entities."""
    blocks = "".join(
        f'<div lang="{language}" dir="{"rtl" if language == "ar" else "auto"}">'
        + "".join(
            f"&#{ord(letter)};" if random.random() < 0.3 else letter for letter in sentences(random, 400, language)
        )
        + "</div>"
        for language in ("en", "de", "pl", "fr", "es", "ja", "zh", "ar", "ru", "hi", "th")
    )
    return f"<html><body>{blocks}</body></html>"


def broken(random: Random) -> str:
    """Tags that are not closed, or in the wrong place."""
    pieces = (
        "<table><tr><td>",
        "<p><div>",
        "</table></div></p>",
        "<a href=x><b><i>",
        "</b></a>",
        "<td>text<tr>text<table>text",
        "<!-- never",
        "-->",
        '<p style="color:red;; font:;{}">',
        "<font size=7><center>",
        "</font>",
        "&amp&lt;&#x0;&#55555;&bogus;",
        "<select><option>",
        "<svg><title><p>",
        "</svg>",
        "<style>p{color:",
        "</style>",
        "<img src=x onerror=y alt='",
        "'>",
        "<blockquote>",
        "<h1><h2>",
        "\0\x0b\x1b[0m",
    )
    return "".join(
        random.choice(pieces) if random.random() < 0.7 else sentences(random, 30)
        for _ in range(random.choice((20, 200, 2000)))
    )


def many_styles(random: Random) -> str:
    """A style attribute of its own on every element."""
    return "".join(
        f'<p style="margin:{random.randint(0, 99)}px {random.randint(0, 99)}px;color:{_color(random)};'
        f"font:{random.randint(8, 40)}px/{random.randint(10, 50)}px {random.choice(_FONTS)};"
        f'background:{_color(random)} url(https://img.shop.example/{token(random, 8)}.png) no-repeat">'
        f"{sentences(random, 20, 'en')}"
        for _ in range(random.choice((50, 500)))
    )


MAKERS: Mapping[str, Callable[[Random], str]] = {
    "newsletter": newsletter,
    "order": order_mail,
    "phishing": phishing,
    "word": word,
    "thread": thread,
    "one-line": one_line,
    "languages": languages,
    "broken": broken,
    "styles": many_styles,
}
