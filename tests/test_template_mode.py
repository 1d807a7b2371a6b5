"""Templates: what is filled in later is a word that says nothing; every other rule judges the rest, in its place."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy import Linter, Message, Report
from msgpolicy.cli import main
from msgpolicy.facts.templates import STAND_IN, Template
from msgpolicy.inputs import Draft, InputError, read_drafts
from msgpolicy.report import Edit, Fix
from tests.growth import assert_linear
from tests.linters import linter

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = [
    *("Hello,", "thank", "you.", "Order", "305-1234567-1234567", "review", "voucher", "+48", "22", "123", "45", "67"),
    *("a@shop.example", "https://shop.example/x", "<b>bold</b>", "<a", "href='http://x.example'>here</a>", "ist", "da"),
]
NEW = {"unknown-placeholder", "risky-placeholder", "placeholder-in-link", "unresolved-placeholder"}


def judged(template: bool = True, **record: Any) -> Report:
    return linter(template=template).check(Message(**record), as_of=AS_OF)


def found(template: bool = True, **record: Any) -> list[tuple[str, str]]:
    """Each violation's rule and what stands at its place in the source; an absence has no place."""
    out = []
    for item in judged(template, **record).violations:
        place = item.location
        source = record[place.part]
        out.append((item.rule, "" if place.start is None else source[place.start : place.end]))
        assert item.excerpt is None or item.excerpt == out[-1][1]
        assert not STAND_IN.search(f"{item.message} {item.suggestion} {item.evidence}")
    return out


def unjudged(rule: str, **record: Any) -> list[str]:
    return [item.why for item in judged(**record).not_evaluated if item.rule == rule]


# --- the record that is judged ----------------------------------------------------------------------------------------


def test_every_position_stays() -> None:
    text = "Hi {{name}},\n{% if x %}\nyes{# no\n #} ${order.id}\n{% endif %}\nEnd"
    template = Template(Message(subject="{{name}}", text=text, html=f"<p>{text}</p>"))
    for part, given_text in (("text", text), ("html", f"<p>{text}</p>")):
        read = getattr(template.message, part)
        assert len(read) == len(given_text)
        for word in ("Hi", "yes", "End"):
            assert read.index(word) == given_text.index(word)
    assert "if x" not in template.message.text
    assert "no" not in template.message.text
    assert template.as_written(template.message.subject or "") == "{{name}}"


def test_equal_placeholders_have_equal_stand_ins_and_others_do_not() -> None:
    read = Template(Message(text="{{aa}} {{bb}} {{aa}}")).message.text or ""
    first, second, third = read.split()
    assert first == third != second


def test_many_short_ones_run_out_without_harm() -> None:
    names = [f"${{{a}{b}}}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz0123456789"]
    template = Template(Message(text=" ".join(names)))
    assert len(template.found) == len(names)


def test_fields_that_are_filled_in_later_are_not_known() -> None:
    message = Message(
        text="Order {{order_id}}",
        sender="{{sender}}",
        recipient="{{buyer_email}}",
        marketplace="amazon.{{tld}}",
        order={"id": "{{order_id}}", "status": "Shipped"},
    )
    read = Template(message).message
    assert (read.sender, read.recipient, read.marketplace) == (None, None, None)
    assert read.order is not None
    assert (read.order.id, read.order.status) == (None, "Shipped")
    assert linter(template=True).check(message).verdict == "pass"


def test_the_receipt_says_it() -> None:
    report = linter(template=True).check(Message(text="Order {{order_id}} is delayed."))
    assert report.receipt.assumed == ("kind=proactive", "template")
    assert report.receipt.as_of is not None
    assert Linter(template=True, draft=False).check(Message(text="x")).receipt.assumed == ("template",)
    assert "template" not in linter(template=False).check(Message(text="x")).receipt.assumed


def test_the_time_of_an_old_draft_does_not_count() -> None:
    completed = datetime(2026, 1, 1, tzinfo=UTC)
    sent = datetime(2026, 3, 1, tzinfo=UTC)
    record = {"text": "Order {{order_id}} is delayed.", "sent_at": sent, "order": {"completed_at": completed}}
    late = {"text": "Order 305-1234567-1234567 is delayed.", "sent_at": sent, "order": {"completed_at": completed}}
    assert ("contact-window-expired", "") in [
        (item.rule, item.excerpt or "") for item in linter(template=False).check(Message(**late)).violations
    ]
    assert [item.rule for item in judged(**record).violations] == []
    assert unjudged("contact-window-expired", **record) == ["missing"]


# --- without the mode -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Hello {{name}}</p>", "{{name}}"),
        ("<p>Hello {{ a &amp; b }}</p>", "{{ a &amp; b }}"),
        ("<p>Hello &#123;&#123;name}}</p>", "&#123;&#123;name}}"),
        ("<p>Hello {{<b>name</b>}}</p>", "{{<b>name</b>}}"),
        ("<p>Hello &lt;order id&gt;</p>", "&lt;order id&gt;"),
        ("<p><a href='https://www.amazon.de/?a=1&amp;b={{ id }}'>the order</a></p>", "{{ id }}"),
        ("<p><img alt='[[logo]]' src='cid:a'></p>", "[[logo]]"),
        ("<p><img alt='the logo' src='${logo}'></p>", "${logo}"),
        ("<p style='color: {{color}}'>Hello</p>", "{{color}}"),
        ("<p style='display:none'>{% if x %}</p>", "{% if x %}"),
    ],
)
def test_a_leftover_is_found_wherever_it_is(html: str, wanted: str) -> None:
    assert [text for rule, text in found(template=False, html=html) if rule == "unresolved-placeholder"] == [wanted]


def test_a_leftover_is_found_in_subject_and_text_with_control_words_and_comments() -> None:
    record = {"subject": "Order %%order_id%%", "text": "{% if x %}Hello {# c #}#order_id#{% endif %}"}
    assert [text for rule, text in found(template=False, **record) if rule == "unresolved-placeholder"] == [
        "%%order_id%%",
        "{% if x %}",
        "{# c #}",
        "#order_id#",
        "{% endif %}",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<style>p{color:red}@media screen{p{color:#ffffff}}</style><p>Hello</p>",
        "<p style='width:100%;color:#fff'>100 %% sure of #3 # 4 [[1]]</p>",
        "<p><a href='https://www.amazon.de/a%20order%20b#order'>the order</a></p>",
        "<!-- {{name}} --><p>Hello</p>",
    ],
)
def test_look_alikes_in_html_pass(html: str) -> None:
    assert not NEW & {rule for rule, _ in found(template=False, html=html)}


def test_rules_of_templates_are_silent_without_the_mode() -> None:
    rules = {rule for rule, _ in found(template=False, text="{{nmae}} {{phone}} https://{{shop}}/x")}
    assert rules & NEW == {"unresolved-placeholder"}


# --- with the mode ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "{{order_id}}",
        "{{ order.id }}",
        "%%OrderId%%",
        "[[order-number]]",
        "#order_id#",
        "${amazonOrderId}",
        "[Order ID]",
    ],
)
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_a_placeholder_of_the_order_id_names_the_order(written: str, part: str) -> None:
    record = {"text": "Which colour would you like?"} | {part: f"Your order {written} needs a colour."}
    assert found(**record) == []


def test_an_order_id_that_nobody_sees_names_no_order() -> None:
    hidden = "<p>Which colour would you like?</p><p style='display:none'>{{order_id}}</p>"
    assert "order-id-missing" in dict(found(html=hidden))
    assert "order-id-missing" in dict(found(html="<p id='{{order_id}}'>Which colour would you like?</p>"))


def test_an_unknown_name_leaves_it_open_and_a_known_one_does_not() -> None:
    assert unjudged("order-id-missing", text="Which colour for {{reference}}?") == ["undetermined"]
    assert "order-id-missing" not in dict(found(text="Which colour for {{reference}}?"))
    assert ("order-id-missing", "") in found(text="Hello {{buyer_name}}, which colour?")
    assert ("order-id-missing", "") in found(text="Hello, which colour? {{support_phone}}")
    assert ("order-id-missing", "") in found(text="Hello, which colour? {{seller_order_id}}") or unjudged(
        "order-id-missing", text="Hello, which colour? {{seller_order_id}}"
    ) == ["undetermined"]


def test_the_text_around_is_judged_at_its_place() -> None:
    text = "Hello {{name}}, order {{order_id}}: leave us a 5-star {{product_name}} review and get a voucher."
    rules = dict(found(text=text))
    assert rules["review-incentive"] == "leave us a 5-star {{product_name}} review and get a voucher"
    assert "review-incentive" in dict(found(text="{% if x %}Order {{order_id}}. " + text + "{% endif %}"))
    (incentive,) = [item for item in judged(text=text).violations if item.rule == "review-incentive"]
    assert "{{product_name}}" in incentive.message


def test_control_words_and_comments_are_not_read_as_text() -> None:
    text = "{% if review == 'five stars, get a voucher' %}Order {{order_id}} is delayed.{% endif %}{# call us #}"
    assert found(text=text) == []


def test_both_branches_are_read() -> None:
    text = "Order {{order_id}} is {% if late %}delayed{% else %}delayed, get a voucher for your review{% endif %}."
    assert "review-incentive" in dict(found(text=text))


def test_a_placeholder_is_no_contact_by_itself() -> None:
    text = "Order {{order_id}} is delayed: {{cc_601}}{{n234}}{{n567}} {{user@x}} {{shop_name}}.{{brand_name}}"
    assert {rule for rule, _ in found(text=text)} == {"unknown-placeholder"}


def test_what_is_written_out_beside_a_placeholder_is_still_found() -> None:
    text = "Order {{order_id}} is delayed. {{name}}@shop.example or +48 22 123 45 67 {{name}}"
    rules = dict(found(text=text))
    assert rules["email-address"] == "{{name}}@shop.example"
    assert rules["phone-number"] == "+48 22 123 45 67"


def test_thanks_and_a_name_are_thanks_only() -> None:
    assert "thanks-only" in dict(
        found(text="Thank you {{name}} for your order {{order_id}}! Kind regards, {{shop_name}}")
    )
    open_text = {"text": "Thank you {{name}} for your order {{order_id}}! {{message}}"}
    assert "thanks-only" not in dict(found(**open_text))
    assert unjudged("thanks-only", **open_text) == ["undetermined"]


def test_the_language_is_told_by_the_words_around() -> None:
    text = "Wir brauchen noch die {{color}} für Ihre Bestellung {{order_id}}, bevor wir sie an Sie versenden können."
    assert found(text=text, buyer={"language": "de-DE"}) == []
    assert "wrong-language" in [item.rule for item in judged(text=text, buyer={"language": "pl-PL"}).violations]


@pytest.mark.parametrize(
    "written", ["{{phone}}", "{{support_email}}", "%%coupon_code%%", "[[ContactUs]]", "${shop.website}"]
)
def test_what_a_placeholder_may_bring_in_is_pointed_out(written: str) -> None:
    assert found(text=f"Order {{{{order_id}}}} is delayed. See {written}") == [("risky-placeholder", written)]


def test_unknown_names_are_told_with_the_nearest_known_one() -> None:
    report = judged(text="Order {{oder_id}} is delayed, {{xyzzy}}.")
    near = {item.excerpt: item.params["near"] for item in report.violations if item.rule == "unknown-placeholder"}
    assert near == {"{{oder_id}}": "order_id", "{{xyzzy}}": "—"}


def test_a_company_extends_the_list(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "schema: 1\nname: own\nversion: '1'\nextends: [amazon]\nlists: {placeholders: {add: [xyzzy, DeliverySlot]}}\n"
    )
    own = Linter(path, template=True)
    text = "Order {{order_id}} comes at {{delivery_slot}}, {{xyzzy}} {{plugh}}."
    assert [item.excerpt for item in own.check(Message(text=text)).violations] == ["{{plugh}}"]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<a href='{{url}}'>your label</a>", ["{{url}}"]),
        ("<a href='https://{{shop_domain}}/label'>your label</a>", ["{{shop_domain}}"]),
        ("<a href='https://www.amazon.{{country}}/gp/{{order_id}}'>your order</a>", ["{{country}}"]),
        ("<a href='https://www.amazon.de{{url}}'>your order</a>", ["{{url}}"]),
        ("<a href='https://www.amazon.de@{{shop_domain}}/'>your order</a>", ["{{shop_domain}}"]),
        ("<a href='https://www.amazon.de/gp/{{order_id}}?x={{sku}}'>your order</a>", []),
        ("<a href='{% if x %}https://www.amazon.de/{% endif %}'>your order</a>", ["{% if x %}"]),
        ("<a href='https://www.dhl.de/?id={{tracking_number}}'>your parcel</a>", []),
        ("<a href='#{{sku}}'>below</a>", []),
        ("<img alt='the label' src='{{image}}'>", ["{{image}}"]),
        ("<img alt='the label' src='cid:{{sku}}'>", []),
    ],
)
def test_inside_a_target(html: str, wanted: list[str]) -> None:
    rules = found(html=f"<p>Order {{{{order_id}}}} is delayed. {html}</p>")
    assert [text for rule, text in rules if rule == "placeholder-in-link"] == wanted
    assert {rule for rule, _ in rules} <= {"placeholder-in-link", "product-link"}


def test_inside_a_target_on_a_host_that_is_known_the_host_is_judged() -> None:
    rules = found(html="<p>Order {{order_id}}: <a href='http://shop.example/{{sku}}'>your label</a></p>")
    assert ("external-link", "http://shop.example/{{sku}}") in rules
    assert ("insecure-link", "http://shop.example/{{sku}}") in rules
    assert ("placeholder-in-link", "{{sku}}") in rules


def test_a_link_that_text_spells_out() -> None:
    rules = found(text="Order {{order_id}}: https://{{shop_domain}}/x and https://www.amazon.de/gp/{{order_id}}")
    assert rules == [("placeholder-in-link", "{{shop_domain}}")]


# --- templates that are hardly HTML -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<table>{% for x in items %}<tr>{% if a > b %}<td>{{item_name}}</td>{% endif %}</tr>{% endfor %}</table>",
        "<p {% if a > b %}class='x'{% endif %}>Hello</p>",
        "<a {% if a > b %}href='https://www.amazon.de/x'{% endif %}>your order</a>",
        "<p class='{{ \"a\" if x > 1 }}'>Hello</p>",
        "<%= name %><% if (a < b) { %><p>Hello</p><% } %>",
        "Hello {{name}}, no markup at all",
        "{{#each items}}<li>{{title}}{{/each}}<ul><b><table><td>",
        "<div><p {{attrs_class}} <table><tr {% if",
    ],
)
def test_control_words_anywhere_in_html(html: str) -> None:
    report = judged(html=f"<p>Order {{{{order_id}}}} is delayed.</p>{html}")
    assert report.verdict in ("pass", "warn")
    wrong = {item.rule for item in report.violations} - {"unknown-placeholder", "unresolved-placeholder"}
    assert not wrong


def test_a_condition_does_not_hide_what_it_steers() -> None:
    html = "<p>Order {{order_id}}</p><a {% if a > b %}href='https://shop.example/x'{% endif %}>your order</a>"
    assert ("external-link", "https://shop.example/x") in found(html=html)


@pytest.mark.parametrize("html", ["{{" * 50_000, "{% if x %}" * 20_000, "{{order_id}}" * 20_000, "<a href='{{" * 5_000])
def test_hostile_templates_end(html: str) -> None:
    assert judged(html=html).verdict
    assert judged(text=html).verdict


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="{}%#[]<>$*|!-=/\n 'aB_1.:", max_size=80))
def test_any_mixture_is_judged(text: str) -> None:
    for part in ("text", "html"):
        if text:
            report = judged(**{part: text})
            assert not [item for item in report.not_evaluated if item.why in ("crash", "timeout")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        min_size=1,
        max_size=25,
    )
)
def test_without_placeholders_the_mode_changes_the_receipt_only(words: list[str]) -> None:
    text = " ".join(words)
    for part in ("text", "html"):
        reports = []
        for template in (False, True):
            report = judged(template, **{part: text}).to_dict()
            # Rules that need the time of sending are the only ones that know less.
            report["not_evaluated"] = [
                item for item in report["not_evaluated"] if item["rule"] not in ("contact-window-expired", "late-reply")
            ]
            assert report.pop("receipt")["assumed"]
            reports.append(report)
        assert reports[0] == reports[1]


# --- the ways in ------------------------------------------------------------------------------------------------------


def test_processes_judge_templates_too() -> None:
    messages = [Message(text=f"Order {{{{order_id}}}} is delayed, {n}.") for n in range(3)]
    assert [report.verdict for report in linter(template=True).check_many(messages, processes=2)] == ["pass"] * 3


def run(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(list(argv), io.BytesIO(), out, io.StringIO()), out.getvalue()  # type: ignore[arg-type]


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "delay.txt"
    path.write_text("Hello {{buyer_nmae}}, order {{order_id}} is delayed.")
    status, out = run("check", str(path), "--template", "--format", "json", "--fail-on", "warning")
    (report,) = json.loads(out)
    assert (status, report["verdict"], "template" in report["receipt"]["assumed"]) == (1, "warn", True)
    status, out = run("explain", "order-id-missing", "--message", str(path), "--template")
    assert (status, "It does not fire" in out) == (0, True)


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("delay.html.j2", "Order {{order_id}}", "html"),
        ("delay.txt.liquid", "<p>Order {{order_id}}", "text"),
        ("delay.hbs", "<p>Order {{order_id}}", "html"),
        ("delay.mustache", "{{#late}}Order {{order_id}}{{/late}}", "text"),
        ("delay.TWIG", "{% if late %}\nOrder{% endif %}", "text"),
        ("delay.html", "{{order_id}}", "html"),
    ],
)
def test_names_of_template_files(tmp_path: Path, name: str, text: str, part: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    (draft,) = read_drafts([str(path)], stdin=io.BytesIO())
    assert isinstance(draft, Draft), draft
    assert (draft.part, getattr(draft.message, part)) == (part, text)


def test_an_empty_template_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "delay.hbs"
    path.write_text(" \n")
    (error,) = read_drafts([str(path)], stdin=io.BytesIO())
    assert isinstance(error, InputError)
    assert "it is empty" in str(error)


def test_a_fix_keeps_what_is_filled_in() -> None:
    message = Message(html="<p>Order {{order_id}}: <a href='http://www.amazon.de/gp/{{sku}}'>your order</a></p>")
    fixed = linter(template=True).check(message).fixed(message)
    assert fixed.html == "<p>Order {{order_id}}: <a href='https://www.amazon.de/gp/{{sku}}'>your order</a></p>"


def test_a_fix_that_would_take_a_placeholder_away_is_not_offered() -> None:
    template = Template(Message(text="a {{name}} b"))
    for start, end, replacement, kept in ((0, 2, "", True), (2, 10, "", False), (3, 4, "x", False), (10, 11, "", True)):
        fix = Fix(safe=True, edits=(Edit(part="text", start=start, end=end, replacement=replacement),))
        assert (template.fixed(fix) is not None) == kept, (start, end)
    stand_in = (template.message.text or "")[2:10]
    whole = Fix(safe=True, edits=(Edit(part="text", start=0, end=10, replacement=f"b {stand_in}"),))
    fixed = template.fixed(whole)
    assert fixed is not None
    assert fixed.edits[0].replacement == "b {{name}}"


def test_one_order_id_is_not_written_into_a_template() -> None:
    report = judged(text="Hello {{name}}, which colour?", order={"id": "305-1234567-1234567"})
    assert [(item.rule, item.fix) for item in report.violations] == [("order-id-missing", None)]


def test_what_a_placeholder_says_itself_is_read_in_its_place() -> None:
    text = "Order {{ order_id }} is delayed. {{ note_text | default: 'Write to a@shop.example for a free gift card' }}."
    rules = dict(found(text=text))
    assert rules["email-address"] == "a@shop.example"
    assert (
        found(text="Order {{order_id}} is delayed, {{ name | default: 'dear customer' }} {{ day | date: '%d %B' }}.")
        == []
    )
    html = '<p>Order {{order_id}} is delayed. {{ "Leave us a 5-star review" }}</p>'
    asked = dict(found(html=html))["positive-review-request"]
    assert "5-star" in asked
    assert asked in "Leave us a 5-star review"


def test_thousands_in_one_attribute_take_time_in_proportion() -> None:
    def page(count: int) -> str:
        return f"<p class='{'{{a}}' * count}'>Hello</p>"

    assert_linear(page, lambda html: judged(False, html=html), 80)
    assert "unresolved-placeholder" in {item.rule for item in judged(False, html=page(2_000)).violations}
