"""What is loaded to report that a mail was opened: by size, by not being seen, by address; and what looks like it."""

from __future__ import annotations

import pytest

from msgpolicy.checks.base import load_check
from msgpolicy.rules import load_ruleset
from tests.checks.support import excerpts, facts_of, mended, run
from tests.growth import assert_linear

OPTIONS = {"trackers": "trackers", "addresses": "openings", "own_hosts": ["own"]}
U = "https://t.shop.example/i/9f81"  # an address that tells nothing
SHOWN = '<p>Hello</p><img src="https://cdn.shop.example/logo.png" width=120 height=40>'


def whys(html: str, **options: object) -> list[str]:
    return [str(hit.evidence["why"]) for hit in run("tracking-pixel", {"html": html}, **(OPTIONS | options))]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (f"<img src={U} width=1 height=1>", "size 1 x 1"),
        (f'<img src={U} width="1px" height="2px">', "size 1 x 2"),
        (f"<style>img{{border:0;height:auto}}</style><img src={U} width=1 height=1>", "size 1 x 1"),
        (f"<style>img{{height:auto}}</style><picture><source srcset={U}><img src={U} width=1 height=1>", "size 1 x 1"),
        (f"<img src={U} style='width:auto;height:1px' width=1>", "size 1 x 1"),
        (f"<img src={U} width=0>", "no width"),
        (f"<img src={U} style='width:1px;height:0.06em'>", "size 1 x 0.96"),
        (f"<img src={U} width=200 height=200 style='max-width:1px;max-height:1px'>", "size 1 x 1"),
        (f"<style>.p{{width:1px!important;height:1px}}</style><img class=p src={U} style='width:90px'>", "size 1 x 1"),
        (f"<div style='width:1px;height:1px'><img src={U} style='width:100%;height:100%'></div>", "size 1 x 1"),
        (f"<img src={U} width=1>", "width 1"),
        ("<img src=https://t.shop.example/a.gif?u=88213 height=1>", "height 1"),
        ("<img src=https://t.shop.example/a.gif?u=88213 height=6 width=1>", "size 1 x 6"),
        (f"<img src={U} style=display:none>", "display: none"),
        (f"<img src={U} width=90 height=90 style=visibility:hidden>", "visibility: hidden"),
        (f"<div style='opacity:0'><img src={U} width=90 height=90></div>", "opacity: 0"),
        (f"<div style='height:0;overflow:hidden'><img src={U}></div>", "height: 0"),
        (f"<div style='position:absolute;left:-9999px'><img src={U} width=50></div>", "left: -9999px"),
        (f"<img hidden src={U}>", "display: none"),
        (f"<input type=image src={U} width=1 height=1>", "size 1 x 1"),
        (f"<video poster={U} width=1 height=1></video>", "size 1 x 1"),
        (f"<svg><image href={U} width=1 height=1 /></svg>", "size 1 x 1"),
        (f"<img srcset='{U} 1x' width=1 height=1>", "size 1 x 1"),
        (f"<picture><source srcset={U}><img src=cid:a width=1 height=1></picture>", "size 1 x 1"),
        (f"<table background={U} width=1 height=1><tr><td></table>", "size 1 x 1"),
        (f"<div style='background:url({U});width:1px;height:1px'></div>", "size 1 x 1"),
        (f"<style>#o{{background-image:url({U})}}</style><div id=o></div>", "background of an empty box"),
        (f"<p style='visibility:hidden;background-image:url({U})'>Hello</p>", "visibility: hidden"),
        (f"<iframe src={U} width=1 height=1></iframe>", "size 1 x 1"),
        (f"<iframe src={U} style=display:none></iframe>", "display: none"),
        (f"<div style=visibility:hidden><embed src={U}></div>", "visibility: hidden"),
        (f"<object data={U} width=0 height=0></object>", "no width"),
        (f"<bgsound src={U}>", "sound without controls"),
        (f"<audio autoplay><source src={U}></audio>", "sound without controls"),
        ("<img src='{{pixel}}' width=1 height=1>", "size 1 x 1"),
        # Lengths that have to be worked out.
        (f"<img src={U} style='width:calc(3px - 2px);height:min(1px,2em)'>", "size 1 x 1"),
        (f"<img src={U} style='inline-size:1px;block-size:1px'>", "size 1 x 1"),
        (f"<img src={U} style='width:0.125%;height:0.125%'>", "size 1 x 1"),
        (f"<img src={U} width=0% height=0%>", "no width"),
        (f"<div style='width:2px;height:2px'><img src={U} width=50% height=50%></div>", "size 1 x 1"),
        (
            f"<div style='width:1px;height:1px'><p style='height:100%'><img src={U} width=100% height=100%></div>",
            "size 1 x 1",
        ),
        (f"<div style='width:1px;height:1px'><img src={U} style='max-width:100%;max-height:100%'></div>", "size 1 x 1"),
        (f"<table width=1 height=1><tr><td><img src={U} width=100% height=100%></table>", "size 1 x 1"),
        (f"<svg width=1 height=1><image href={U} width=100% height=100% /></svg>", "size 1 x 1"),
        # Shrunk, moved, cut.
        (f"<img src={U} style='transform:scale(0.01)'>", "transform: scale(0.01)"),
        (f"<img src={U} style='transform:matrix(0,0,0,0,0,0)'>", "transform: matrix(0,0,0,0,0,0)"),
        (f"<img src={U} style='scale:0'>", "scale: 0"),
        (f"<img src={U} style='zoom:1%'>", "zoom: 1%"),
        (f"<img src={U} style='translate:-9999px 0'>", "translate: -9999px 0"),
        (f"<img src={U} style='position:absolute;inset:0 auto auto -9999px'>", "inset: 0 auto auto -9999px"),
        (f"<img src={U} style='position:absolute;left:-100vw'>", "left: -100vw"),
        # Grounds that are drawn so that nothing of them is seen.
        (f"<p style='background:url({U});background-size:0'>Hello</p>", "background-size: 0"),
        (f"<p style='background:url({U}) 0 0/1px 1px no-repeat'>Hello</p>", "background-size: 1px 1px"),
        (f"<p style='background:url({U}) no-repeat -9999px 0'>Hello</p>", "background far out"),
        (f"<p>a<span style='background:url({U})'></span>b</p>", "background of an empty box"),
        (f"<div style='background:url({U});font-size:0'>.</div>", "background of an empty box"),
        (f"<p style='width:1px;height:1px;background:image-set(\"{U}\" 1x)'></p>", "size 1 x 1"),
        (f"<p style='width:1px;height:1px;mask-image:url({U})'></p>", "size 1 x 1"),
        # What other programs load.
        (f"<amp-img src={U} width=1 height=1 layout=fixed></amp-img>", "size 1 x 1"),
        (f"<amp-pixel src={U}></amp-pixel>", "pixel"),
        (f"<img src=cid:a lowsrc={U} width=1 height=1>", "size 1 x 1"),
        (f"<script src={U}></script>", "script"),
        # A dot with an address of one reader.
        ("<img src=https://t.shop.example/a.gif?u=88213 height=5 width=5>", "size 5 x 5"),
    ],
)
def test_what_is_not_seen(html: str, why: str) -> None:
    assert whys(SHOWN + html) == [why]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=https://x.opens.example/a.png width=600 height=200>",
        "<img src=https://mail.shop.example/wf/open?upn=u001.x>",
        "<img src=https://pictures.example/t/u8821/shop.gif width=120 height=60>",
        "<img srcset='https://cdn.shop.example/a.png 1x, https://opens.example/b 2x' src=https://cdn.shop.example/a.png>",
        "<p style='background:url(https://opens.example/b)'>Hello</p>",
        "<div style='display:none;background:url(https://opens.example/b)'></div>",
        "<style>@media print{#t{background-image:url('https://opens.example/p?d=1')}}</style><p>Hello</p>",
        "<style>div.OutlookMessageHeader{background:url(https://opens.example/f)}</style>",
        "<style>@import url(https://opens.example/a.css);</style>",
        "<style>@font-face{font-family:a;src:url(https://opens.example/a.woff)}</style>",
        "<link rel='shortcut icon' href=https://opens.example/a.ico>",
        "<iframe src=https://opens.example/ width=600 height=400></iframe>",
        "<img src='https://ci3.proxy.example/meips/AB=s0-d-e1-ft#https://mail.shop.example/wf/open?upn=1'>",
    ],
)
def test_known_trackers_of_any_size(html: str) -> None:
    assert whys(SHOWN + html) == ["known tracker"]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=https://cdn.shop.example/logo.png>",
        "<img src=https://cdn.shop.example/line.png width=600 height=1>",
        "<img src=https://cdn.shop.example/line.png width=100% height=1>",
        "<img src=https://cdn.shop.example/line.png height=1>",
        "<img src=https://cdn.shop.example/line.png style='width:100%;height:1px'>",
        "<img src=https://cdn.shop.example/side.png width=1 height=40>",
        "<style>img{height:auto}</style><img src=https://cdn.shop.example/side.png width=1 height=40>",
        "<style>img{height:auto}</style><img src=https://cdn.shop.example/line.png width=600 height=1>",
        "<img src=https://cdn.shop.example/dot.png width=3 height=3>",
        "<img src=https://m.images-amazon.com/images/I/x.gif width=1 height=1>",
        "<img src=cid:pixel width=1 height=1><img src=data:image/gif;base64,R0lGOD width=1 height=1>",
        "<img src=pixel.gif width=1 height=1>",
        "<img src=https://mail.shop.example/wf/opened?upn=1>",
        # Shown, so that an address of that kind on any host does not tell.
        "<img src=https://mail.shop.example/wf/open?upn=1 width=120 height=60>",
        "<img src=https://opens.example.shop.example/a.png>",
        # The same picture for another screen.
        "<div style='display:none;max-height:0'><img src=https://cdn.shop.example/mobile.png width=320></div>",
        "<p style='background:url(https://cdn.shop.example/p.png)'>Hello</p>",
        "<td style='font-size:0'><table background=https://cdn.shop.example/p.png width=600><tr><td>Hello</table>",
        "<div style='background:url(https://cdn.shop.example/p.png);height:20px'></div>",
        "<div style='background:url(https://cdn.shop.example/p.png)'><img src=cid:a></div>",
        "<link rel=stylesheet href='https://fonts.example/css?family=Lato:400,700&display=swap'>",
        "<style>@import url('https://fonts.example/css2?family=Lato:wght@400;700');</style>",
        "<link rel=canonical href=https://opens.example/>",
        "<template><img src=https://opens.example/a width=1 height=1></template>",
        "<!-- <img src=https://opens.example/a width=1 height=1> -->",
        "<video poster=https://cdn.shop.example/p.png width=320 height=200></video>",
        "<audio controls src=https://cdn.shop.example/a.mp3></audio>",
        "<a href=https://opens.example/wf/open?upn=1>Hello</a>",
        # Shares of what is large enough, or not known.
        "<div style='width:600px'><img src=https://cdn.shop.example/a.png width=100%></div>",
        "<table><tr><td width=1 height=1><img src=https://cdn.shop.example/a.png style='max-width:100%'></table>",
        "<img src=https://cdn.shop.example/a.png style='width:1%;height:40px'>",
        "<img src=https://cdn.shop.example/a.png style='width:calc(100% - 20px);zoom:0'>",
        "<div style='height:1px'><p><img src=https://cdn.shop.example/a.png style='max-height:100%'></div>",
        "<img src=https://cdn.shop.example/a.png style='transform:scale(0.5);position:relative;left:-100%'>",
        "<svg width=99 height=99><image href=https://cdn.shop.example/a.png width=100% height=100% /></svg>",
        # Grounds that are seen: tiles, sprites, boxes with an extent.
        "<p style='background:url(https://cdn.shop.example/t.png);background-size:1px 1px'>Hello</p>",
        "<p style='background:url(https://cdn.shop.example/t.png) no-repeat -990px 0/cover'>Hello</p>",
        "<p style='background:url(https://cdn.shop.example/t.png) no-repeat;background-size:auto 100%'>Hello</p>",
        "<p>a<span style='background:url(https://cdn.shop.example/t.png);padding-left:20px'></span></p>",
        "<p>a<i style='display:inline-block;width:9px;height:9px;background:url(https://cdn.shop.example/t.png)'></i>",
        "<div style='background:url(https://cdn.shop.example/t.png);font-size:0;line-height:20px'>.</div>",
        '<p style=\'width:9px;height:9px;background:image-set("https://cdn.shop.example/a" type("image/png"))\'></p>',
        # A bullet, and dots of an address that is the same for all.
        "<img src=https://cdn.shop.example/dot.gif?u=88213 width=6 height=6>",
        "<amp-img src=https://cdn.shop.example/a.png width=90 height=90></amp-img>",
        "<script>1</script><script src=cid:a></script>",
    ],
)
def test_what_is_none(html: str) -> None:
    assert whys(SHOWN + html) == []


def test_a_hidden_picture_is_for_other_screens_only_where_its_host_shows_some() -> None:
    mobile = "<div style='display:none'><img src={} width=320></div>"
    assert whys(SHOWN + mobile.format("https://cdn.shop.example/m.png")) == []
    assert whys(SHOWN + mobile.format("https://other.example/m.png")) == ["display: none"]
    assert whys(SHOWN + mobile.format("https://cdn.shop.example/m.png?u=88213")) == ["display: none"]


def test_a_style_sheet_of_one_reader_is_a_warning() -> None:
    html = "<link rel=stylesheet href='https://cdn.shop.example/a.css?u=88213'><p>Hello</p>"
    (hit,) = run("tracking-pixel", {"html": html}, **OPTIONS)
    assert (hit.severity, hit.evidence["why"]) == ("warning", "style sheet of one reader")
    assert whys(html.replace("?u=88213", "?v=20261101")) == []


BESIDE = "<img src=https://t.shop.example/9f81/88213ab7c6d5e4f3a2b1c0d9e8f7 alt=''>"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Hello</p>{BESIDE}",
        f"{BESIDE}<p>Hello</p>",
        f"<p>Hello {BESIDE}<b hidden>a</b></p>",
        f"<p>Hello</p>{BESIDE.replace(' alt', '.gif?u=88213 alt')}",
    ],
)
def test_an_image_beside_all_words_with_an_address_of_one_reader_is_a_warning(html: str) -> None:
    (hit,) = run("tracking-pixel", {"html": html}, **OPTIONS)
    assert (hit.severity, hit.evidence["why"]) == ("warning", "address of one reader")
    assert hit.fix is not None
    assert not hit.fix.safe


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Hello {BESIDE} Anna</p>",
        f"<p>Hello</p>{BESIDE.replace('alt=', 'alt=Shop title=')}",
        f"<p>Hello</p>{BESIDE.replace('alt', 'width=90 alt')}",
        f"<p>Hello</p>{BESIDE.replace('alt', 'width=100% alt')}",
        f"<p>Hello</p>{BESIDE.replace(' alt', '.png alt')}",
        f"<p>Hello</p>{BESIDE.replace(' alt', '.gif alt')}",
        f"<p>Hello</p>{BESIDE.replace(' alt', '.png?u=88213 alt')}",
        f"<p>Hello</p>{BESIDE.replace(' alt', '.gif?v=88213 alt')}",
        "<p>Hello</p><img src=https://cdn.shop.example/logo/shop>",
    ],
)
def test_pictures_beside_words(html: str) -> None:
    assert whys(html) == []


def test_styles_of_nothing_that_is_shown_with_an_address_of_one_reader_are_warnings() -> None:
    html = "<style>@media print{{#t{{background:url('https://t.shop.example/p?d={}')}}}}</style><p>Hello</p>"
    (hit,) = run("tracking-pixel", {"html": html.format("88213")}, **OPTIONS)
    assert (hit.severity, hit.evidence["why"]) == ("warning", "style of one reader")
    assert whys(html.format("1")) == []
    assert whys(html.replace("/p?", "/p.png?").format("88213")) == []


def test_one_image_is_one_hit_where_its_address_stands() -> None:
    html = f"{SHOWN}<picture><source srcset='{U}?a 1x'><img src='{U}' srcset='{U}?2 2x' width=1 height=1></picture>"
    assert len(whys(html)) == 1
    html = "<p style='background:red url(&quot;https://opens.example/a?b&amp;c&quot;)'>Hello</p>"
    assert excerpts("tracking-pixel", {"html": html}, **OPTIONS) == ["https://opens.example/a?b&amp;c"]


def test_the_fix_takes_out_what_is_not_seen() -> None:
    assert mended("tracking-pixel", {"html": f"<p>a</p><img src={U} width=1 height=1>"}, **OPTIONS) == "<p>a</p>"
    html = "<p style='background:url(https://opens.example/b)'>Hello</p>"
    assert run("tracking-pixel", {"html": html}, **OPTIONS)[0].fix is None


@pytest.mark.parametrize(
    "part",
    [
        "<img src=https://a.example/" + "open/" * 30 + "x width=1 height=1>",
        "<img src=https://a.example/" + "track_" * 30 + ">",
        "<img src=https://a.example/?" + "&type=" * 30 + ">",
        "<picture><source srcset='https://a.example/b 1x, https://a.example/c 2x'></picture>",
        "<template><img src=https://a.example/o.gif></template>",
        "<div style='background:url(https://a.example/o)'></div>",
        "<style>@import url(https://a.example/b);a{background:url(https://a.example/b)}</style>",
        "<iframe src=https://a.example/>",
        "<div><img src=https://a.example/a/b style='width:50%'>",
        "<div style='width:50%'><img src=https://a.example/a/b style='max-width:100%;height:10%'>",
    ],
)
def test_time_is_linear(part: str) -> None:
    ruleset = load_ruleset("amazon")
    rule = next(rule for rule in ruleset.rules if rule.id == "tracking-pixel")
    run_check = load_check("tracking-pixel").run
    lists = {name: frozenset(items) for name, items in ruleset.lists.items()}

    def judge(html: str) -> None:
        facts = facts_of({"html": html})
        facts.lists = lists
        list(run_check(facts, rule.versions[0].params))

    assert_linear(lambda size: part * (size // len(part)), judge, 4000)
