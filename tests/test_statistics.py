from __future__ import annotations

import io
import re

from msgpolicy.costs import RuleCost
from msgpolicy.inputs import InputError, Trouble
from msgpolicy.report import NotEvaluated, Report
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.statistics import Statistics
from tests.sample_reports import report, violation


def written(*items: Report | InputError) -> str:
    statistics = Statistics()
    for item in items:
        if isinstance(item, InputError):
            statistics.error(item)
        else:
            statistics.report(item)
    out = io.StringIO()
    statistics.write(Terminal(out))
    return re.sub(r"in \d+\.\d\d s", "in TIME", out.getvalue())


def test_what_is_counted():
    lacking = NotEvaluated(rule="a", why="missing", needs=("order.status",))
    also = NotEvaluated(rule="b", why="missing", needs=("order.status",))
    crash = NotEvaluated(rule="c", why="crash", detail="KeyError of this message")
    text = written(
        report(violation("x", "x"), violation("x", "x", rule="other", severity="warning")),
        report(violation("x", "x", evidence={"more": 41}), not_evaluated=(lacking, also)),
        report(violation("x", "x", status="suppressed"), not_evaluated=(lacking,)),
        report(not_evaluated=(crash,)),
        InputError("a.txt", [Trouble("is empty"), Trouble("is odd")]),
    )
    assert text == (
        "Messages: 4 in TIME\n"
        "  block          2\n"
        "  review         1\n"
        "  pass           1\n"
        "Inputs that could not be used: 1\n"
        "Violations          active  suppressed   baselined\n"
        "  phone-number          43           1           0\n"
        "  other                  1           0           0\n"
        "Not evaluated (rules times messages)\n"
        "         3  order.status is not known\n"
        "         1  the check failed, a person has to look\n"
    )


def test_nothing_at_all():
    assert written() == "Messages: 0 in TIME\n"


def test_what_each_rule_costs_comes_with_the_slowest_first():
    statistics = Statistics()
    statistics.costs.rules = {
        "quick": RuleCost(messages=3, runs=1, hits=0, seconds=0.001),
        "slow": RuleCost(messages=2, runs=2, hits=7, seconds=0.0206),
    }
    statistics.costs.seconds = 0.05
    out = io.StringIO()
    statistics.write(Terminal(out))
    assert out.getvalue().splitlines()[1:] == [
        "Time of the processor by rule          ms    messages        runs        hits",
        "  slow                               20.6           2           2           7",
        "  quick                               1.0           3           1           0",
        "  shared by all rules                28.4",
    ]
