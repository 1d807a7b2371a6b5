"""`--stats`: how many messages came out how, which rules found how much, what was not judged for want of what, and what
each rule cost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from msgpolicy.costs import RuleCosts
from msgpolicy.inputs import InputError
from msgpolicy.report import NotEvaluated, Report
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.text import reason_of

_VERDICTS = ("block", "review", "warn", "pass")
_TIMES = "Time of the processor by rule"
_SHARED = "shared by all rules"
_STATUSES = ("active", "suppressed", "baselined")


class Statistics:
    """Counts what it is told of; memory grows with the number of rules only. The clock starts when it is made."""

    def __init__(self) -> None:
        self.costs = RuleCosts()
        self._started = time.perf_counter()
        self._verdicts: Counter[str] = Counter()
        self._found: Counter[tuple[str, str]] = Counter()
        self._lacking: Counter[NotEvaluated] = Counter()
        self._unusable = 0

    def report(self, report: Report) -> None:
        """Counts the judgement of one message."""
        self._verdicts[report.verdict] += 1
        for violation in report.violations:
            # Of many violations of one rule, the last one says how many more there are.
            self._found[violation.rule, violation.status] += 1 + int(violation.evidence.get("more", 0))
        for entry in report.not_evaluated:
            self._lacking[NotEvaluated(rule="", why=entry.why, needs=entry.needs)] += 1

    def error(self, error: InputError) -> None:
        """Counts an input that could not be used."""
        self._unusable += 1

    def write(self, out: Terminal) -> None:
        """Writes what was counted so far."""
        out.write(
            "\n".join([*self._summary(), *self._violations(out), *self._not_evaluated(out), *self._times(out)]) + "\n"
        )

    def _summary(self) -> Iterator[str]:
        messages = self._verdicts.total()
        seconds = time.perf_counter() - self._started
        yield f"Messages: {messages} in {seconds:.2f} s"
        for verdict in _VERDICTS:
            if self._verdicts[verdict]:
                yield f"  {verdict:<8}{self._verdicts[verdict]:>8}"
        if self._unusable:
            yield f"Inputs that could not be used: {self._unusable}"

    def _violations(self, out: Terminal) -> Iterator[str]:
        if not self._found:
            return
        rules = sorted({rule for rule, _ in self._found}, key=lambda rule: (-self._of(rule), rule))
        names = {rule: out.safe(rule) for rule in rules}
        width = max(len("Violations"), *(len(name) + 2 for name in names.values()))
        yield f"{'Violations':<{width}}" + "".join(f"{status:>12}" for status in _STATUSES)
        for rule in rules:
            numbers = "".join(f"{self._found[rule, status]:>12}" for status in _STATUSES)
            yield f"  {names[rule]:<{width - 2}}{numbers}"

    def _of(self, rule: str) -> int:
        return sum(self._found[rule, status] for status in _STATUSES)

    def _not_evaluated(self, out: Terminal) -> Iterator[str]:
        if not self._lacking:
            return
        yield "Not evaluated (rules times messages)"
        for entry, count in self._lacking.most_common():
            yield f"  {count:>8}  {reason_of(entry, out)}"

    def _times(self, out: Terminal) -> Iterator[str]:
        costs = self.costs
        if not costs.rules:
            return
        names = {rule: out.safe(rule) for rule in costs.rules}
        width = max(len(_TIMES), *(len(name) + 2 for name in names.values()))
        yield f"{_TIMES:<{width}}" + "".join(f"{title:>12}" for title in ("ms", "messages", "runs", "hits"))
        for rule, cost in sorted(costs.rules.items(), key=lambda item: (-item[1].seconds, item[0])):
            counts = "".join(f"{count:>12}" for count in (cost.messages, cost.runs, cost.hits))
            yield f"  {names[rule]:<{width - 2}}{cost.seconds * 1000:>12.1f}{counts}"
        yield f"  {_SHARED:<{width - 2}}{costs.shared * 1000:>12.1f}"
