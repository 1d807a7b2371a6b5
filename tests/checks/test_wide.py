"""Margins and images that take too much of a message's width."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, mended, only, run

MARGIN = {"most": 20}
IMAGE = {"most": 80}


def table(inside: str, width: str = "600") -> str:
    return f'<table width="{width}"><tr><td>{inside}</td></tr></table>'


class TestMargins:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<p style="margin-left:20.1%">x</p>', ["margin-left:20.1%"]),
            ('<p style="margin: 0 25%">x</p>', ["margin: 0 25%"]),
            ('<p style="padding:0 0 0 30%">x</p>', ["padding:0 0 0 30%"]),
            ('<p style="margin-right:21vw">x</p>', ["margin-right:21vw"]),
            (table('<p style="margin-left:121px">x</p>'), ["margin-left:121px"]),
            (table('<p style="margin-left:8em">x</p>'), ["margin-left:8em"]),  # 128 px
            (table('<p style="margin-left:8em; font-size:15px">x</p>', "590"), ["margin-left:8em"]),
            ('<table width="600"><tr><td style="padding:10px 130px">x</td></tr></table>', ["padding:10px 130px"]),
            ('<div style="max-width:500px"><p style="margin-left:101px">x</p></div>', ["margin-left:101px"]),
            ('<body style="margin-left:25%"><p>x</p></body>', ["margin-left:25%"]),
            ('<p style="margin-left:30%"><img src="cid:a" alt=""></p>', ["margin-left:30%"]),
            ('<div style="width:80%"><p style="margin-left:26%">x</p></div>', ["margin-left:26%"]),
        ],
    )
    def test_too_wide(self, html: str, expected: list[str]) -> None:
        assert excerpts("wide-margin", {"html": html}, **MARGIN) == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<p style="margin-left:20%; margin-right:20%">x</p>',
            table('<p style="margin-left:120px">x</p>'),
            '<div style="width:600px;margin:0 auto">x</div>',
            '<p style="margin:300px 0; padding:50% 0">x</p>',  # above and below
            '<p style="margin-left:-300px">x</p>',
            '<p style="margin-left:30%"></p><p style="margin-left:30%">&nbsp;</p>',
            '<p style="margin-left:30%;display:none">x</p>',
            '<a style="padding:12px 200px">a button</a>',
            '<div style="width:80%"><p style="margin-left:25%">x</p></div>',
            # A third of a narrow column is little of the message.
            '<table width="600"><tr><td width="200"><p style="margin-left:33%">x</p></td><td>y</td></tr></table>',
            # How wide a column of many is, only a browser works out.
            '<table><tr><td><p style="margin-left:33%">x</p></td><td>y</td></tr></table>',
            '<p style="margin-left:calc(50% - 20px)">x</p>',
            "<style>.none { margin: 0 30% }</style><p>a</p>",
            "<blockquote>x</blockquote><ul><li>x</li></ul>",
        ],
    )
    def test_narrow_enough(self, html: str) -> None:
        assert run("wide-margin", {"html": html}, **MARGIN) == []

    def test_without_a_declared_width_one_is_assumed_and_said(self) -> None:
        hit = only("wide-margin", {"html": '<p style="margin-left:130px">x</p>'}, **MARGIN)
        assert hit.severity == "warning"
        assert hit.evidence["message_width"] == 600
        assert hit.evidence["width_assumed"] is True
        assert run("wide-margin", {"html": '<p style="margin-left:130px">x</p>'}, most=20, assumed_width=700) == []

    def test_a_share_needs_no_width(self) -> None:
        hit = only("wide-margin", {"html": '<p style="margin:0 25%">x</p>'}, **MARGIN)
        assert hit.severity is None
        assert hit.evidence["percent"] == 25
        assert hit.evidence["properties"] == ["margin-left", "margin-right"]
        assert hit.fills == {"share": "25", "most": "20"}

    def test_the_fix_takes_the_declaration_out(self) -> None:
        html = '<p style="color:red;margin:0 25%;top:0">x</p>'
        assert mended("wide-margin", {"html": html}, **MARGIN) == '<p style="color:red;top:0">x</p>'


class TestImages:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<img src="cid:a" width="100%">', ['width="100%"']),
            ('<img src="cid:a" style="width:81%">', ["width:81%"]),
            ('<img src="cid:a" style="height:auto; width:100% !important">', ["width:100% !important"]),
            (table('<img src="cid:a" width="481">'), ['width="481"']),
            (table('<img src="cid:a" width=600 style="max-width:100%">'), ["width=600"]),
            ('<img src="cid:a" style="min-width:90%">', ["min-width:90%"]),
            ('<div style="max-width:500px"><img src="cid:a" width="401"></div>', ['width="401"']),
            (table('<img src="cid:a" style="width:31em">'), ["width:31em"]),
        ],
    )
    def test_too_wide(self, html: str, expected: list[str]) -> None:
        assert excerpts("wide-image", {"html": html}, **IMAGE) == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="cid:a">',
            '<img src="cid:a" width="80%">',
            table('<img src="cid:a" width="480">'),
            '<img src="cid:a" style="width:100%;max-width:200px">',
            '<img src="cid:a" style="max-width:100%">',
            '<div style="width:50%"><img src="cid:a" width="100%"></div>',
            # As wide as its column, not as the message.
            '<table width="600"><tr><td width="180"><img src="cid:a" width="180"></td><td>x</td></tr></table>',
            '<table><tr><td><img src="cid:a" width="100%"></td><td><img src="cid:b" width="100%"></td></tr></table>',
            '<img src="cid:a" width="600" height="1">',
            '<img src="cid:a" width="100%" style="display:none">',
            '<table width="100%"><tr><td>x</td></tr></table>',
            '<img src="cid:a" width="wide"><img src="cid:a" style="width:auto">',
        ],
    )
    def test_narrow_enough(self, html: str) -> None:
        assert run("wide-image", {"html": html}, **IMAGE) == []

    def test_without_a_declared_width_one_is_assumed_and_said(self) -> None:
        hit = only("wide-image", {"html": '<img src="cid:a" width="600">'}, **IMAGE)
        assert hit.severity == "warning"
        assert hit.evidence["width_assumed"] is True
        assert run("wide-image", {"html": '<img src="cid:a" width="600">'}, most=80, assumed_width=800) == []

    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<img src="cid:a" width="100%">', '<img src="cid:a" width="80%">'),
            (
                table('<img src="cid:a" style="height:auto; width: 600px">'),
                table('<img src="cid:a" style="height:auto; width: 480px">'),
            ),
            (
                table('<img src="cid:a" width=700 style="max-width:100%">'),
                table('<img src="cid:a" width=480 style="max-width:100%">'),
            ),
            (
                '<div style="width:90%"><img src="cid:a" width="100%"></div>',
                '<div style="width:90%"><img src="cid:a" width="88%"></div>',
            ),
        ],
    )
    def test_the_fix_makes_it_narrower(self, html: str, expected: str) -> None:
        hit = only("wide-image", {"html": html}, **IMAGE)
        assert hit.fix is not None
        assert hit.fix.safe
        assert mended("wide-image", {"html": html}, **IMAGE) == expected
        assert run("wide-image", {"html": expected}, **IMAGE) == []

    def test_with_a_height_of_its_own_it_would_be_distorted(self) -> None:
        assert only("wide-image", {"html": '<img src="cid:a" width="100%" height="90">'}, **IMAGE).fix is None

    def test_the_share_is_told(self) -> None:
        hit = only("wide-image", {"html": table('<img src="cid:a" width="540">')}, **IMAGE)
        assert hit.severity is None
        assert hit.evidence["percent"] == 90
        assert hit.evidence["message_width"] == 600
