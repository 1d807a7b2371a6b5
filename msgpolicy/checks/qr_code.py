"""Reads QR codes in attached images, inline ones included. Needs the extra `images` (zxing-cpp and Pillow)."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `qr-code` has no options."""


FILLS = {"found": "what the code says"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    images = [item for item in facts.attachments if (item[2].media_type or "").startswith("image/")]
    for index, attachment, _ in images:
        if attachment.content is None:
            yield Unknown((f"attachments[{index}].content",))
            continue
        from msgpolicy.facts.qr import read_codes

        codes = read_codes(attachment.content)
        if codes is None:
            yield Unknown(why="not-installed", detail='pip install "msgpolicy[images]" to read QR codes')
            return
        for code in codes:
            yield Hit(Place(f"attachments[{index}]"), {"found": code}, {"normalized": code})
