"""Placeholders of template languages in a text: exact places, kinds, names; look-alikes; hostile input."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.placeholders import Placeholder, ends_like, find_placeholders, is_known, normalized, tails
from tests.growth import assert_linear


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[item.start : item.end], item.kind, item.name) for item in find_placeholders(text)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{{order_id}}", "order_id"),
        ("{{ OrderId }}", "order_id"),
        ("{{order-id}}", "order_id"),
        ("{{ORDER_ID}}", "order_id"),
        ("{{{ orderId }}}", "order_id"),
        ("{{ buyer.firstName | default: 'customer' }}", "buyer.first_name"),
        ("{{ order['id'] }}", "order.id"),
        ("{{.OrderID}}", "order_id"),
        ("{{- order.id -}}", "order.id"),
        ("{{> footer}}", "footer"),
        ("{{ First Name }}", "first_name"),
        ("{{}}", ""),
        ('{{ "Leave us five stars" }}', ""),
        ("{% include 'parts/footer.html' %}", "parts_footer.html"),
        ("%%buyer_first_name%%", "buyer_first_name"),
        ("%%First Name%%", "first_name"),
        ("%%=v(@first_name)=%%", "first_name"),
        ("[[ContactUs]]", "contact_us"),
        ("[[order-id]]", "order_id"),
        ("#order_id#", "order_id"),
        ("#OrderNumber#", "order_number"),
        ("${order.id}", "order.id"),
        ("{$order_id}", "order_id"),
        ("{order_id}", "order_id"),
        ("{first name}", "first_name"),
        ("{name}", "name"),
        ("<%= order_id %>", "order_id"),
        ("<?= $order_id ?>", "order_id"),
        ("%order_id%", "order_id"),
        ("%(order_id)s", "order_id"),
        ("*|FNAME|*", "fname"),
        ("<order id>", "order_id"),
        ("<firstname>", "firstname"),
        ("[Customer Name]", "customer_name"),
        ("[Order ID]", "order_id"),
    ],
)
def test_values_of_the_usual_languages(written: str, name: str) -> None:
    for before, after in (("", ""), ("Hello ", ", thank you."), ("(", ")"), ("zażółć ", "\n")):
        assert found(before + written + after) == [(written, "value", name)]


@pytest.mark.parametrize(
    "written",
    [
        "{% if rating > 4 %}",
        "{%- endif -%}",
        "{% for item in\n   items %}",
        "{{#if paid}}",
        "{{/if}}",
        "{{^items}}",
        "{{else}}",
        "{{ range .Items }}",
        "{{end}}",
        "<% if paid %>",
        "<?php if ($paid): ?>",
        "*|IF:PAID|*",
        "*|END:IF|*",
    ],
)
def test_control_words(written: str) -> None:
    assert found(f"a {written} b") == [(written, "control", "")]


@pytest.mark.parametrize(
    "written",
    ["{# not sent\n at all #}", "{{! note }}", "{{!-- {note} --}}", "{{/* note */}}", "<%# note %>", "<%-- n --%>"],
)
def test_comments(written: str) -> None:
    assert found(f"a {written} b") == [(written, "comment", "")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Hello {{buyer_name}, thanks", "{{buyer_name}"),
        ("Hello {buyer_name}}, thanks", "{buyer_name}}"),
        ("{% if paid } thanks", "{% if"),
        ("{% endif", "{% endif"),
    ],
)
def test_what_is_opened_or_closed_by_half(text: str, written: str) -> None:
    assert [item[:2] for item in found(text)] == [(written, "broken")]


@pytest.mark.parametrize(
    "text",
    [
        "#3 # 4",
        "items #1, #2 and #3#",
        "as proven [[1]], [[2]]",
        "100 %% sure and 50 %% off",
        "20%% off, 30%% off",
        "20%off and 30%",
        "${5} or $ {5}",
        "Choose {S, M or L}",
        '{"order": {"id": 5}}',
        '{"a": 1}',
        "p {color: red} a{order:1}",
        "printf %d %s %5.2f%%",
        "colour #ffffff# or #fff",
        "#summer#sale# #love#",
        "https://x.example/%20order%20/%C3%A4",
        "see [1], [here](https://x.example) and [sic]",
        "<b>bold</b> <address>Street 1</address> <title>",
        "1 < 2 and 3 > 2",
        "a {b} c",
        "f(x) = {x | x > 0}",
        "{{",
        "}}",
        "{% 5 of them %",
        "*|* and *||*",
        "<!--[if mso]> <![endif]-->",
        "[Your order] is late",
        "",
    ],
)
def test_look_alikes(text: str) -> None:
    assert found(text) == []


def test_several_in_order_none_within_another() -> None:
    text = "{% if a %}Hi {{name}}{# c #}, %%order_id%% [[ContactUs]]{% endif %}"
    assert [item[0] for item in found(text)] == [
        "{% if a %}",
        "{{name}}",
        "{# c #}",
        "%%order_id%%",
        "[[ContactUs]]",
        "{% endif %}",
    ]


def test_names_in_one_spelling() -> None:
    assert {normalized(name) for name in ("OrderId", "orderID", "order-id", "Order ID", "ORDER_ID")} == {"order_id"}
    assert list(tails("shop.order.id")) == ["shop_order_id", "order_id", "id"]


def test_a_name_is_known_as_a_whole_or_as_the_end_of_a_path() -> None:
    names = frozenset({"OrderId", "first-name"})
    assert is_known("order_id", names)
    assert is_known("order.id", names)
    assert is_known("buyer.first_name", names)
    assert not is_known("seller_order_id", names)
    assert not is_known("id", names)
    assert not is_known("", names)


def test_risk_is_told_by_the_last_words() -> None:
    names = frozenset({"phone", "coupon_code"})
    assert ends_like("support_phone", names)
    assert ends_like("shop.phone", names)
    assert ends_like("my_coupon_code", names)
    assert not ends_like("phone_model", names)
    assert not ends_like("code", names)


@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "{%",
        "{#",
        "%%",
        "[[",
        "${",
        "<%",
        "*|",
        "{{!--",
        "{{a",
        "{% if ",
        "{{ if",
        "{#a",
        "%%a ",
        "<?=",
        "}}",
        "{a",
        "#a",
    ],
)
def test_work_is_linear(piece: str) -> None:
    assert_linear(
        lambda size: piece * (size // len(piece)), lambda text: deque(find_placeholders(text), maxlen=0), 3_000
    )


@given(st.text(alphabet="{}%#[]<>$*|!-=/\n aB_1", max_size=60))
def test_any_mixture_gives_ordered_places(text: str) -> None:
    at = 0
    for item in find_placeholders(text):
        assert isinstance(item, Placeholder)
        assert at <= item.start < item.end <= len(text)
        assert len(text[item.start : item.end]) >= 4
        at = item.end
