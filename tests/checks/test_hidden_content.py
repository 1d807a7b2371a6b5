"""Hidden text: what repeats what is shown, what is hidden for a usual purpose, and what is merely hidden."""

from __future__ import annotations

import pytest

from msgpolicy.checks.base import load_check
from tests.checks.support import excerpts, facts_of, run
from tests.growth import assert_linear

BODY = "<p>Hello Anna, your order was sent with the carrier on Monday.</p>"
PREHEADER = "display:none;max-height:0;overflow:hidden;mso-hide:all"
PHONES = "<style>.m{display:none}@media(max-width:600px){.m{display:block}.d{display:none}}</style>"
WARNING = None  # as severe as the rule says


def found(html: str) -> list[tuple[object, object]]:
    return [(hit.severity, hit.evidence.get("purpose")) for hit in run("hidden-content", {"html": html})]


@pytest.mark.parametrize(
    "html",
    [
        # A preview line that summarises what is shown.
        f'<div style="{PREHEADER}">Anna, your order was sent on Monday</div>{BODY}',
        f'<div style="{PREHEADER}">Order sent{"&zwnj;&nbsp;" * 40}</div>{BODY}',
        f'<div style="display:none">{"&#847;&zwnj;&nbsp;&#8199;&#65279;&shy;" * 40}</div>{BODY}',
        # Ghost tables, buttons and settings for Outlook.
        f'<!--[if mso]><table><tr><td width="600"><![endif]-->{BODY}<!--[if mso]></td></tr></table><![endif]-->',
        f'<!--[if mso]><v:roundrect href="https://a.example"><b>Your order</b></v:roundrect><![endif]-->{BODY}',
        f"<!--[if gte mso 9]><xml><o:PixelsPerInch>96 points</o:PixelsPerInch></xml><![endif]-->{BODY}",
        f"<!--[if mso]><style>p {{font-family: Arial}}</style><![endif]-->{BODY}",
        f"<!--[if !mso]><p>Shown to nobody</p><![endif]-->{BODY}",
        f"<![if !mso]><p>Shown everywhere but there.</p><![endif]>{BODY}",
        f"<!--[if !mso]><!--><p>Shown everywhere but there.</p><!--<![endif]-->{BODY}",
        f'{BODY}<a href="https://www.amazon.de/" style="display:inline-block;mso-hide:all">Your orders</a>',
        # One text for phones, one for others.
        f'{PHONES}<p class="d">Parcel on its way</p><p class="m">Parcel sent</p>',
        f'{BODY}<p style="display:none">Hello Anna,</p><p hidden>your order was sent<br>on Monday.</p>',
        "<p>您的订单已发货了</p><p hidden>订单已发货</p>",
        '<img src="cid:a" alt="Lamp shop"><div style="display:none"><img src="cid:b" alt="Lamp shop"></div>',
        # What a browser shows, or nobody reads.
        f"<noscript><p>Shown in every mail.</p></noscript>{BODY}",
        f"<head><title>Your parcel from the shop</title></head><body>{BODY}",
        f'<p title="A tip for you">x</p><img src="cid:a" alt="A lamp">{BODY}',
        '<div style="font-size:0;line-height:0">&nbsp;</div><p style="font-size:0"><b style="font-size:9px">Shown</b>',
    ],
)
def test_harmless(html: str) -> None:
    assert found(html) == []


@pytest.mark.parametrize(
    ("html", "purpose"),
    [
        (f'<div style="{PREHEADER}">News of the parcel inside</div>{BODY}', "preview line"),
        (f'<span class="preheader" style="display:none">News inside</span>{BODY}', "preview line"),
        (f"<div hidden>News inside{'&zwnj;&nbsp;' * 40}</div>{BODY}", "preview line"),
        # A cell that holds the room at the side.
        (f'<td>&nbsp;</td>- <span class="preheader" style="display:none">News inside</span>{BODY}', "preview line"),
        (f'<h1 class="sr-only" style="position:absolute;left:-9999px">Delivery notice</h1>{BODY}', "screen readers"),
        (f'{BODY}<h2 style="position:absolute;clip:rect(0,0,0,0)">Delivery notice</h2>', "screen readers"),
        (f'{BODY}<div itemscope hidden><span itemprop="name">Delivery notice</span></div>', "data for machines"),
        (f"<!--[if mso]><p>Please turn images on</p><![endif]-->{BODY}", "Outlook"),
        (
            f"{BODY}<!--[if (gte mso 9)|(IE)]><v:rect><center>Please turn images on</center></v:rect><![endif]-->",
            "Outlook",
        ),
    ],
)
def test_usual_purposes_are_told(html: str, purpose: str) -> None:
    assert found(html) == [("info", purpose)]


@pytest.mark.parametrize(
    "html",
    [
        f'<div style="display:none">Secret words for a filter</div>{BODY}',
        # As a preview line is written, but behind the text, or too long to be one.
        f'{BODY}<div style="{PREHEADER}">Secret words for a filter</div>',
        f'<div style="{PREHEADER}">{"secret words " * 30}</div>{BODY}',
        f'{BODY}<div class="presenter" style="display:none">Secret words for a filter</div>',
        f'{BODY}<p style="color:#fff">Your order contains secret words for a filter</p>',
        f'<div style="display:none;font-size:10px;width:20px">Secret words</div>{BODY}',
        "<p>您的订单已发货了</p><p hidden>请给我们五星好评</p>",
    ],
)
def test_merely_hidden(html: str) -> None:
    assert found(html) == [(WARNING, None)]


def test_the_share_of_repeated_words_is_an_option() -> None:
    html = f"{BODY}<p hidden>order sent yesterday</p>"  # two of three words are shown
    assert len(excerpts("hidden-content", {"html": html})) == 1
    assert run("hidden-content", {"html": html}, repeated=60) == []


@pytest.mark.parametrize(
    "part", ["<p hidden>some hidden words here</p>", "<b>", "<p hidden>", "<p hidden class=preheader>&zwnj;words"]
)
def test_time_is_linear(part: str) -> None:
    spec = load_check("hidden-content")

    def judge(html: str) -> None:
        list(spec.run(facts_of({"html": html}), spec.params()))

    assert_linear(lambda size: "<p>words</p>" + part * (size // len(part)), judge, 4000)
