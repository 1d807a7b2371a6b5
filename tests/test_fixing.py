"""Fixes applied: which are chosen, how they are put together, and that all else stays as it is."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Edit, Fix, FixError, Location, Message, Receipt, Report, Violation
from msgpolicy.fixing import MAX_ROUNDS, apply_fixes, edited, edited_parts, edits_by_part, mend
from msgpolicy.report import Policy
from tests.growth import assert_linear

RECEIPT = Receipt(ruleset="own", version="1", digest="sha256:0", engine="0")


def edit(start: int, end: int, replacement: str = "", part: str = "text") -> Edit:
    return Edit(part=part, start=start, end=end, replacement=replacement)


def violation(
    *edits: Edit, rule: str = "a-rule", severity: str = "error", safe: bool = True, **more: object
) -> Violation:
    data = {
        "rule": rule,
        "severity": severity,
        "confidence": 1.0,
        "message": "…",
        "location": Location(part="text"),
        "policy": Policy(title="t", site="s"),
        "fingerprint": "0",
        "fix": Fix(safe=safe, edits=edits) if edits else None,
    }
    return Violation(**{**data, **more})  # type: ignore[arg-type]


def report(*violations: Violation, message_id: str | None = None) -> Report:
    return Report(verdict="block", receipt=RECEIPT, violations=violations, message_id=message_id)


def test_safe_fixes_are_applied_and_others_only_when_asked_for() -> None:
    message = Message(text="0123456789", subject="subject")
    found = report(violation(edit(0, 1, "zero")), violation(edit(5, 6), safe=False, rule="b-rule"), violation())
    assert found.fixed(message).text == "zero123456789"
    assert found.fixed(message, unsafe=True).text == "zero12346789"
    assert found.fixed(message).subject == "subject"
    assert message.text == "0123456789"
    fixed = apply_fixes(found, message, unsafe=True)
    assert [item.rule for item in fixed.applied] == ["a-rule", "b-rule"]
    assert fixed.skipped == ()


@pytest.mark.parametrize("more", [{"status": "suppressed"}, {"status": "baselined"}, {"severity": "info"}])
def test_what_does_not_count_is_not_fixed(more: dict[str, str]) -> None:
    message = Message(text="0123456789")
    assert report(violation(edit(0, 5), **more)).fixed(message, unsafe=True) is message


def test_each_part_is_edited_by_its_own_offsets() -> None:
    message = Message(subject="abc", text="𝒜bc", html="<p>abc</p>")
    fix = violation(edit(1, 2, "B"), edit(3, 4, "A", "html"), edit(3, 3, "!", "subject"))
    fixed = report(fix).fixed(message)
    assert (fixed.subject, fixed.text, fixed.html) == ("abc!", "𝒜Bc", "<p>Abc</p>")


def test_of_overlapping_fixes_the_more_severe_wins_and_the_other_is_told() -> None:
    message = Message(text="0123456789")
    mild = violation(edit(0, 1, "x"), edit(3, 6, "mild"), rule="mild", severity="warning")
    grave = violation(edit(5, 8, "grave"), rule="grave")
    fixed = apply_fixes(report(mild, grave), message)
    assert fixed.message.text == "01234grave89"  # nothing of the other, its edit elsewhere neither
    assert [(item.violation.rule, item.why) for item in fixed.skipped] == [("mild", "it overlaps the fix of grave")]


def test_of_equal_fixes_the_first_wins_also_when_one_lies_inside_the_other() -> None:
    message = Message(text="0123456789")
    outer, inner = violation(edit(2, 8), rule="outer"), violation(edit(4, 5, "!"), rule="inner")
    assert report(outer, inner).fixed(message).text == "0189"
    assert report(inner, outer).fixed(message).text == "0123!56789"


def test_identical_edits_are_made_once() -> None:
    message = Message(text="0123456789")
    first = violation(edit(0, 1), edit(9, 10), rule="first")
    second = violation(edit(9, 10), edit(10, 10, "end"), rule="second")
    fixed = apply_fixes(report(first, second), message)
    assert fixed.message.text == "12345678end"
    assert len(fixed.applied) == 2


def test_insertions_at_one_place_keep_the_order_of_the_report() -> None:
    message = Message(text="ab")
    fixes = [
        violation(edit(1, 1, text), rule=text, severity=level) for text, level in (("1", "warning"), ("2", "error"))
    ]
    assert report(*fixes, violation(edit(1, 2, "B"))).fixed(message).text == "a12B"


def test_insertions_stand_beside_a_removal_but_not_inside() -> None:
    message = Message(text="0123456789")
    removal = violation(edit(3, 6), rule="removal")
    assert report(removal, violation(edit(3, 3, "<")), violation(edit(6, 6, ">"))).fixed(message).text == "012<>6789"
    assert report(removal, violation(edit(4, 4, "!"))).fixed(message).text == "0126789"
    assert report(violation(edit(4, 4, "!")), removal).fixed(message).text == "0123!456789"


def test_a_fix_that_overlaps_itself_is_skipped() -> None:
    message = Message(text="0123456789")
    fixed = apply_fixes(report(violation(edit(0, 5), edit(4, 6))), message)
    assert fixed.message is message
    assert fixed.skipped[0].why == "its edits overlap each other"


def test_attachments_and_absent_parts_are_not_edited() -> None:
    message = Message(text="0123456789")
    for part in ("attachments[0]", "html", "order.id"):
        fixed = apply_fixes(report(violation(edit(0, 0, "x"), edit(0, 0, "x", part))), message)
        assert fixed.message is message
        assert fixed.skipped[0].why == f"{part} is not edited"


def test_a_message_is_never_emptied() -> None:
    message = Message(text="call +1 206 555 0100")
    fixed = apply_fixes(report(violation(edit(0, len(message.text or "")))), message)
    assert fixed.message is message
    assert fixed.edits == fixed.applied == ()
    assert fixed.skipped[0].why == "nothing would be left of the message"


def test_a_report_of_another_message_changes_nothing() -> None:
    place = Location(part="text", start=0, end=4)
    found = report(violation(edit(0, 4), location=place, excerpt="call"), message_id="m-1")
    assert found.fixed(Message(id="m-1", text="call me")).text == " me"
    for other in (
        Message(id="m-1", text="mail me"),
        Message(id="m-1", html="call me"),
        Message(id="m-2", text="call me"),
        Message(text="call me"),
    ):
        with pytest.raises(FixError, match=r"of another message|of message 'm-1'"):
            found.fixed(other)
    with pytest.raises(FixError, match="beyond the end of text"):
        report(violation(edit(5, 9))).fixed(Message(text="short"))
    with pytest.raises(FixError, match="beyond the end of text"):
        report(violation(edit(3, 1))).fixed(Message(text="short"))


def test_a_report_read_back_fixes_the_same() -> None:
    message = Message(text="0123456789")
    found = report(violation(edit(3, 6, "x")))
    assert Report.from_json(found.to_json()).fixed(message) == found.fixed(message)


# --- judged again -----------------------------------------------------------------------------------------------------


def removing(*words: str) -> object:
    """Judges: each word is wrong, the first that is there alone."""

    def judge(message: Message) -> Report:
        for word in words:
            if (at := (message.text or "").find(word)) >= 0:
                place = Location(part="text", start=at, end=at + len(word))
                return report(violation(edit(at, at + len(word)), location=place, excerpt=word, rule=word.strip()))
        return report()

    return judge


def test_fixes_that_others_made_possible_follow() -> None:
    mended = mend(Message(text="keep aXXbYb keep"), removing("XX", "abYb"))  # type: ignore[arg-type]
    assert mended.message.text == "keep  keep"
    assert [item.rule for item in mended.applied] == ["XX", "abYb"]
    assert mended.edits == (edit(5, 11),)
    assert len(mended.before.violations) == 1
    assert mended.after.violations == ()


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    def judge(message: Message) -> Report:
        return report(violation(edit(0, 1, "b" if (message.text or "").startswith("a") else "a")))

    mended = mend(Message(text="ab"), judge)
    assert mended.message.text == "bb"
    assert len(mended.after.violations) == 1


def test_a_rule_that_never_has_enough_comes_to_an_end() -> None:
    mended = mend(Message(text="a"), lambda message: report(violation(edit(0, 0, "a"))))
    assert mended.message.text == "a" * (MAX_ROUNDS + 1)


texts = st.text(max_size=30)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Message, list[Violation]]:
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    edits = st.builds(lambda span, new: edit(*span, new), spans, st.sampled_from(["", "", "x", "new"]))
    fixes = st.builds(
        lambda edits, severity, number: violation(*edits, severity=severity, rule=f"r{number}"),
        st.lists(edits, min_size=1, max_size=3),
        st.sampled_from(["error", "warning"]),
        st.integers(0, 9),
    )
    return Message(text=text, subject="-"), draw(st.lists(fixes, max_size=6))


@given(cases())
def test_edits_never_overlap_and_all_else_stays(case: tuple[Message, list[Violation]]) -> None:
    message, violations = case
    fixed = apply_fixes(report(*violations), message)
    position = 0
    for item in fixed.edits:
        assert item.start >= position
        position = item.end
    assert message.text is not None
    assert fixed.message.text == edited(message.text, fixed.edits)
    assert len(fixed.applied) + len(fixed.skipped) == len(violations)
    made = [item for one in fixed.applied if one.fix for item in one.fix.edits]
    assert set(made) == set(fixed.edits)


@given(cases(), st.data())
def test_composed_edits_do_what_the_rounds_did(case: tuple[Message, list[Violation]], data: st.DataObject) -> None:
    message, violations = case
    rounds = [report(*violations)]
    middle = rounds[0].fixed(message)
    assert middle.text is not None
    spans = st.tuples(st.integers(0, len(middle.text)), st.integers(0, len(middle.text))).map(sorted)
    again = data.draw(st.lists(st.builds(lambda span, new: violation(edit(*span, new)), spans, texts), max_size=4))
    if middle != message:
        rounds.append(report(*again))
    queue = iter(rounds)
    mended = mend(message, lambda _: next(queue, report()))
    assert msgspec.structs.replace(message, **edited_parts(message, mended.edits)) == mended.message
    for items in edits_by_part(mended.edits).values():
        assert all(before.end <= after.start for before, after in pairwise(items))


def test_time_is_linear_in_the_number_of_fixes() -> None:
    def found(count: int) -> tuple[Message, Report]:
        fixes = (violation(edit(9 * n + 4, 9 * n + 4, "s"), edit(9 * n + 7, 9 * n + 8)) for n in range(count))
        return Message(text="http://x " * count), report(*fixes)

    def apply(case: tuple[Message, Report]) -> None:
        queue = iter(case[1:])
        mended = mend(case[0], lambda _: next(queue, report()))
        assert mended.message.text == "https:// " * len(case[1].violations)

    assert_linear(found, apply, 300)
