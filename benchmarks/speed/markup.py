"""HTML of messages as the tools write it that sellers use, around the paragraphs of `texts`.

The markup breaks no rule: fonts and colours are the reader's own, links lead to the marketplace. That is what a tool
for such messages writes, and only so 85 % of the messages can be clean. One that is to violate something has a
violation in its text, and every second one a font and a colour as well.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from random import Random
from typing import NamedTuple

from benchmarks.mail.words import token
from benchmarks.speed import texts

# Bytes of a code point, where most take more than one.
_BYTES = {"ar": 1.8, "hi": 2.6, "ja": 2.9, "ko": 2.4, "th": 2.9, "zh": 2.9}
_MOST = 400  # code points by which a text may be longer than asked for
_FRAME = 600  # bytes of a tool's markup, about, without what grows


class _Draft(NamedTuple):
    """What a tool is given: the paragraphs of the message and of older ones, and what to write around them."""

    random: Random
    paragraphs: Sequence[str]
    order: str
    link: str
    style: str

    @property
    def linked(self) -> str:
        return f'<a href="{self.link}" target="_blank">{self.order}</a>'


class _Parts(NamedTuple):
    """What a tool writes: a head, and what may be repeated in it, the body, and what may be repeated at its end."""

    head: str
    body: str
    end: str
    # Endless; from these as much is taken as the mail's size needs.
    in_head: Iterator[str] = iter(())
    in_body: Iterator[str] = iter(())


class _Tool(NamedTuple):
    write: Callable[[_Draft], _Parts]
    # The share of the bytes that is text, and the smallest mail (bytes) that it writes.
    share: float
    least: int


def mail(random: Random, language: str, size: int, order: str, *, violates: bool, by: str = "") -> str:
    """An HTML mail of about `size` bytes in UTF-8, in a language, about an order, `by` a tool or by any."""
    tool = TOOLS[by] if by else random.choice([tool for tool in TOOLS.values() if tool.least <= size])
    wanted = int((size - _FRAME) * tool.share / _BYTES.get(language, 1.1))
    written = texts.text(random, language, wanted, wanted + _MOST, order, violates=violates)
    style = "font-family:Georgia, serif;color:#336699;" if violates and random.random() < 0.5 else ""
    marketplace = texts.MARKETPLACES[language]
    draft = _Draft(
        random,
        [html.escape(paragraph, quote=False).replace("\n", "<br>") for paragraph in written],
        order,
        f"https://www.{marketplace}/gp/your-account/order-details?orderID={order}",
        style,
    )
    parts = tool.write(draft)
    left = size - sum(len(part.encode()) for part in (parts.head, parts.body, parts.end))
    # First the body as far as half of what is missing, then the head: not every tool has both.
    body, used = _filled(parts.in_body, left // 2 if left > 0 else 0)
    head, _ = _filled(parts.in_head, left - used)
    return parts.head.replace("{more}", head) + parts.body + body + parts.end


def _filled(pieces: Iterator[str], size: int) -> tuple[str, int]:
    found: list[str] = []
    used = 0
    for piece in pieces:
        length = len(piece.encode())
        if used + length > size:
            break
        found.append(piece)
        used += length
    return "".join(found), used


def _webmail(draft: _Draft) -> _Parts:
    """The editor of a webmail program: a `<div>` for each line."""
    lines = "".join(f"<div>{paragraph}</div><div><br></div>\n" for paragraph in draft.paragraphs)
    body = f'<div dir="auto" style="{draft.style}">{lines}<div>{draft.linked}</div></div>'
    if not draft.style:
        body = body.replace(' style=""', "")
    head = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"><meta name="viewport" '
        'content="width=device-width"><style type="text/css" style="display:none;">p {margin-top:0;margin-bottom:0;}'
        '</style></head>\n<body dir="ltr">\n'
    )
    return _Parts(head, body, "\n</body></html>\n")


def _word(draft: _Draft) -> _Parts:
    """Word as a mail program: definitions of lists by the hundred, a `<span>` for each run."""
    style = f"mso-fareast-language:EN-US;{draft.style}"
    body = "".join(
        f"<p class=MsoNormal style='margin-bottom:{draft.random.randint(2, 9)}.0pt'><span lang=EN-US "
        f"style='{style}'>{paragraph}<o:p></o:p></span></p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
        for paragraph in [*draft.paragraphs, draft.linked]
    )
    head = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\n<head>'
        '<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word '
        '15 (filtered medium)"><style><!--\n/* Font Definitions */\n@font-face\n\t{font-family:Calibri;\n\tpanose-1:2 '
        "15 5 2 2 2 4 3 2 4;}\n/* Style Definitions */\np.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0in;}\n"
        "span.MsoHyperlink\n\t{mso-style-priority:99;\n\ttext-decoration:underline;}\n{more}--></style><!--[if gte mso "
        '9]><xml>\n<o:shapedefaults v:ext="edit" spidmax="1026" />\n</xml><![endif]--></head>\n'
        "<body lang=EN-US><div class=WordSection1>\n"
    )
    return _Parts(head, body, "</div></body></html>\n", _lists(draft.random))


def _lists(random: Random) -> Iterator[str]:
    for number in range(400):
        yield (
            f"@list l{number}:level{number % 9 + 1}\n\t{{mso-level-number-format:bullet;\n\tmso-level-text:\\F0B7;\n\t"
            f"mso-level-tab-stop:none;\n\tmargin-left:{random.randint(1, 9) / 2}in;\n\ttext-indent:-.25in;\n\t"
            "font-family:Symbol;}\n"
        )


def _builder(draft: _Draft) -> _Parts:
    """A builder of newsletters: a style sheet, tables for Outlook in comments around `<div>`s for all others."""
    body = "".join(_block(draft, number, paragraph) for number, paragraph in enumerate(draft.paragraphs))
    button = (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:10px 25px;'
        f'border-radius:3px;word-break:break-word;">{draft.linked}</td></tr></table>\n'
    )
    head = (
        '<!doctype html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n<title></title>\n<!--[if !mso]><!-->'
        '<meta http-equiv="X-UA-Compatible" content="IE=edge"><!--<![endif]-->\n<meta name="viewport" '
        'content="width=device-width, initial-scale=1">\n<style type="text/css">\n#outlook a { padding:0; }\n'
        "body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\n"
        "table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\n"
        "img { border:0;height:auto;outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\n"
        "p { display:block;margin:13px 0; }\n{more}</style>\n<!--[if lte mso 11]><style type='text/css'>"
        ".mj-outlook-group-fix { width:100% !important; }</style><![endif]-->\n</head>\n"
        '<body style="word-spacing:normal;">\n<div>\n'
    )
    return _Parts(head, body + button, "</div></body></html>\n", _classes(draft.random))


def _block(draft: _Draft, number: int, paragraph: str) -> str:
    width = draft.random.choice((560, 600, 640))
    return (
        f'<!--[if mso | IE]><table align="left" border="0" cellpadding="0" cellspacing="0" style="width:{width}px;" '
        f'width="{width}"><tr><td style="font-size:0px;mso-line-height-rule:exactly;"><![endif]-->\n'
        f'<div style="margin:0px;max-width:{width}px;"><table border="0" cellpadding="0" cellspacing="0" '
        f'role="presentation" style="width:100%;"><tbody><tr><td style="direction:ltr;padding:'
        f'{draft.random.randint(0, 20)}px 0;"><div class="c{number % 40} mj-outlook-group-fix" style="direction:ltr;'
        f'display:inline-block;vertical-align:top;width:100%;"><p style="margin:0 0 8px;{draft.style}">{paragraph}</p>'
        "</div></td></tr></tbody></table></div>\n<!--[if mso | IE]></td></tr></table><![endif]-->\n"
    )


def _classes(random: Random) -> Iterator[str]:
    yield "@media only screen and (min-width:480px) { .mj-column-per-100 { width:100% !important; } }\n"
    for number in range(400):
        yield f".c{number} {{ padding:{random.randint(0, 12)}px {random.randint(0, 12)}px !important; }}\n"
        yield (
            f"@media only screen and (max-width:480px) {{ .c{number} td, u + .body .c{number} > table "
            "{ width:100% !important; display:block !important; } }\n"
        )


def _shop(draft: _Draft) -> _Parts:
    """A shop system's notice: a table of what was ordered below the text, attributes instead of styles."""
    body = "".join(
        f'<tr><td valign="top" style="padding:4px 0;{draft.style}"><p>{paragraph}</p></td></tr>\n'
        for paragraph in draft.paragraphs
    )
    head = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head>\n<body><table cellspacing="0" '
        'cellpadding="0" border="0" width="600">\n'
    )
    table = f'<tr><td>{draft.linked}<table cellspacing="0" cellpadding="3" border="0" width="100%">\n'
    end = "</table></td></tr></table></body></html>\n"
    return _Parts(head, body + table, end, in_body=_rows(draft.random))


def _rows(random: Random) -> Iterator[str]:
    while True:
        yield (
            f'<tr class="item-{random.randint(1, 999)}"><td valign="top" width="70%" style="padding:3px 9px;'
            f'border-bottom:1px dotted;"><strong>{token(random, 6)}-{random.randint(10, 99)}</strong></td>'
            f'<td valign="top" style="padding:3px 9px;border-bottom:1px dotted;">{random.randint(1, 9)}</td>'
            f'<td valign="top" style="padding:3px 9px;border-bottom:1px dotted;">'
            f"{random.randint(1, 90)}.95</td></tr>\n"
        )


def _helpdesk(draft: _Draft) -> _Parts:
    """A help desk: each paragraph in nested `<div>`s with styles of their own."""
    body = "".join(
        f'<div class="zd-comment" dir="auto" style="margin:0;padding:0;{draft.style}"><div '
        f'data-comment="{token(draft.random, 20)}"><p dir="auto" style="margin:0 0 10px;padding:0">{paragraph}</p>'
        "</div></div>\n"
        for paragraph in chain(draft.paragraphs, [draft.linked])
    )
    head = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><style '
        'type="text/css">table td { border-collapse:collapse; }\n{more}</style></head><body '
        'style="width:100%!important;margin:0;padding:0;">\n'
    )
    return _Parts(head, body, "</body></html>\n", _classes(draft.random))


TOOLS: Mapping[str, _Tool] = {
    "webmail": _Tool(_webmail, 0.95, 0),
    "helpdesk": _Tool(_helpdesk, 0.35, 1_500),
    "shop": _Tool(_shop, 0.3, 2_000),
    "word": _Tool(_word, 0.3, 3_500),
    "builder": _Tool(_builder, 0.15, 4_000),
}
