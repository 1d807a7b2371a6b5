from __future__ import annotations

import pytest

from msgpolicy import Linter, Message
from msgpolicy.costs import RuleCost, RuleCosts

BAD = Message(text="Write to anna@shop.example or bob@shop.example, please.", kind="reply", marketplace="amazon.com")
GOOD = Message(text="Your lamp will be sent again on Monday.", kind="reply", marketplace="amazon.com")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter("amazon")


def test_messages_runs_and_hits_are_counted_by_rule(linter):
    costs = RuleCosts()
    for message in (BAD, GOOD, GOOD):
        linter.check(message, costs=costs)
    email = costs.rules["email-address"]
    assert (email.messages, email.hits) == (3, 2)
    # Its words are in none of them, so its check did not run.
    incentive = costs.rules["review-incentive"]
    assert (incentive.messages, incentive.runs, incentive.hits) == (3, 0, 0)


def test_a_rule_that_does_not_apply_is_not_counted(linter):
    costs = RuleCosts()
    linter.check(GOOD, costs=costs)
    assert "thanks-only" not in costs.rules  # of first messages only


def test_a_message_that_goes_to_another_ruleset_counts_there(linter):
    costs = RuleCosts()
    buyers = Message(text="Where is my parcel?", direction="buyer_to_seller", marketplace="amazon.com")
    linter.check(buyers, costs=costs)
    assert "order-not-identified" in costs.rules
    assert costs.seconds > 0


def test_the_report_is_the_same(linter):
    costs = RuleCosts()
    assert linter.check(BAD, costs=costs).violations == linter.check(BAD).violations
    assert sum(cost.seconds for cost in costs.rules.values()) > 0


def test_what_belongs_to_no_rule_is_shared():
    costs = RuleCosts(rules={"a": RuleCost(seconds=0.25), "b": RuleCost(seconds=0.5)}, seconds=1.0)
    assert costs.shared == 0.25
    costs.seconds = 0.5  # by chance of the clock
    assert costs.shared == 0


def test_a_message_that_the_ruleset_does_not_cover_runs_no_rule(linter):
    costs = RuleCosts()
    linter.check(Message(text="Hello", kind="reply", marketplace="ebay.com"), costs=costs)
    assert costs.rules == {}
