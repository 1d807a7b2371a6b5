"""The ruleset `amazon` where negation stands behind what it denies, at the end of the sentence."""

from __future__ import annotations

import pytest

from msgpolicy import Message
from tests.linters import linter


@pytest.mark.parametrize(
    ("rule", "denied", "said"),
    [
        ("review-incentive", "리뷰를 써 주셔도 선물은 드리지 않습니다.", "리뷰를 써 주시면 선물을 드립니다."),
        ("review-change-request", "후기를 지워 달라는 말씀이 아닙니다.", "후기를 지워 주세요."),
        ("positive-review-request", "별점 5점을 부탁드리는 것이 아닙니다.", "별점 5점을 부탁드립니다."),
        ("cancellation-request", "주문을 취소해 주실 필요는 없습니다.", "주문을 취소해 주세요."),
        ("marketing", "할인 쿠폰은 드리지 않습니다.", "할인 쿠폰을 드립니다."),
        ("attachment-missing", "영수증을 첨부해 드릴 수 없습니다.", "영수증을 첨부해 드립니다."),
        ("off-platform-diversion", "직거래는 하지 않습니다.", "직거래하시면 더 저렴합니다."),
        (
            "review-incentive",
            "レビューの謝礼として商品券をお渡しすることはできません。",
            "レビューで商品券をお渡しします。",
        ),
    ],
)
def test_what_is_denied_is_harmless(rule: str, denied: str, said: str) -> None:
    def rules(text: str) -> set[str]:
        return {found.rule for found in linter().check(Message(text=text, kind="proactive", attachments=())).violations}

    assert rule not in rules(denied)
    assert rule in rules(said)
