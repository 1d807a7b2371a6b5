"""What each rule costs, so that an author sees which one is slow.

Rules share what is read of a message, and the first to ask would pay for all. So each rule is run once more on what has
been read by then: that is its own time. What is left of the judgement is told as shared.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class RuleCost:
    """One rule over many messages."""

    # Messages to which it applied, those in which its check ran (its words were there), and places that it found.
    messages: int = 0
    runs: int = 0
    hits: int = 0
    # Of the processor, without what rules share.
    seconds: float = 0.0


@dataclass
class RuleCosts:
    """The costs of all rules over the messages judged with it; not shared between threads."""

    rules: dict[str, RuleCost] = field(default_factory=dict)
    # Seconds of the processor for whole judgements, each made once.
    seconds: float = 0.0

    @property
    def shared(self) -> float:
        """Seconds that belong to no rule alone: reading the message, its concepts and contacts, making the report."""
        return max(self.seconds - sum(cost.seconds for cost in self.rules.values()), 0.0)

    def of(self, rule: str) -> RuleCost:
        """The cost of a rule, to be added to."""
        return self.rules.setdefault(rule, RuleCost())
