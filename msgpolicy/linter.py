"""The linter: one message in, one report out.

It holds what judging a message takes, and sends each to the ruleset that is about it; `judgement` judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy.checks.base import Hit
from msgpolicy.conditions import Lookup, Step
from msgpolicy.costs import RuleCosts
from msgpolicy.facts.facts import Facts
from msgpolicy.judgement import Judgement, Prepared
from msgpolicy.message import Message
from msgpolicy.report import Report, Source
from msgpolicy.rules import Ruleset, load_ruleset
from msgpolicy.signals import REVIEW_REQUEST, STOP_REQUEST
from msgpolicy.suppressions import Suppressions, load_suppressions
from msgpolicy.typed import FrozenDict

# The concepts that signals are made of.
SIGNALS = frozenset({REVIEW_REQUEST, STOP_REQUEST})


class Linter:
    """Judges messages by one ruleset. Immutable after construction: safe between threads, and after a fork."""

    def __init__(
        self,
        ruleset: str | Path | Ruleset = "amazon",
        *,
        settings: Mapping[str, Any] | None = None,
        lang: str = "en",
        strict: bool = False,
        draft: bool = True,
        time_budget: float = 10.0,
        nominate: bool = True,
        suppressions: str | Path | Suppressions | None = None,
        today: date | None = None,
        template: bool = False,
        across: bool = False,
    ) -> None:
        """A linter for a shipped ruleset (`amazon`, `amazon@2026.11`), a path, or a loaded ruleset.

        Args:
            settings: values for the ruleset's settings, over its defaults.
            lang: language of messages and suggestions; English where a rule has no text in it.
            strict: whether anything that was not evaluated makes the verdict `review`.
            draft: whether a message without `kind` counts as proactive, and without `sent_at` as sent now; in an
                archive both are unknown. What was assumed is in the receipt.
            time_budget: seconds of the processor for one message; rules not run by then are reported as `timeout`.
            nominate: whether rules whose words are nowhere in a message are passed over unrun (same results, faster).
            suppressions: exceptions, by the path of their file or loaded with `load_suppressions`.
            today: the day (UTC) for which it is asked which exceptions are in force; by default that of each judgement.
            template: whether messages are templates: placeholders (`{{order_id}}`) are filled in later, the time of
                sending is not known, and the policy is that of today unless `as_of` is given.
            across: whether the messages around each are judged too (by `msgpolicy.audit`): rules that have a check
                across messages are left to it.

        Raises:
            RulesetError: the ruleset, a setting or the suppressions cannot be used; every mistake is listed with its
                place.
        """
        self.ruleset = ruleset if isinstance(ruleset, Ruleset) else load_ruleset(ruleset, settings=settings)
        if isinstance(ruleset, Ruleset) and settings:
            raise ValueError("give the settings to load_ruleset, or a name instead of a loaded ruleset")
        self.lang = lang
        self.strict = strict
        self.draft = draft
        self.time_budget = time_budget
        self.template = template
        self.across = across
        self.nominate = nominate
        self.prepared = Prepared(self.ruleset, across=across)
        # Rulesets that messages are routed to; loaded now, so that a missing one is found before the first message.
        self._routed = {
            route.ruleset: Linter(
                # A routed message is judged where it arrives: routes of that ruleset do not send it on, or back.
                self._with_signals(load_ruleset(route.path, settings=_known_settings(route.path, settings))),
                lang=lang,
                strict=strict,
                draft=draft,
                time_budget=time_budget,
                nominate=nominate,
                template=template,
                across=across,
            )
            for route in self.ruleset.routes
        }
        if isinstance(suppressions, str | Path):
            suppressions = load_suppressions(suppressions, *self.rulesets)
        self.suppressions = suppressions
        self.today = today

    def _with_signals(self, ruleset: Ruleset) -> Ruleset:
        """A ruleset that messages are routed to, as it is used here: its routes do not send them on, or back, and their
        signals are those that our rules across messages read."""
        wanted = {name: concept for name, concept in self.ruleset.concepts.items() if name in SIGNALS}
        return msgspec.structs.replace(ruleset, routes=(), concepts=FrozenDict({**wanted, **ruleset.concepts}))

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The ruleset, and those that messages are routed to."""
        return (self.ruleset, *(linter.ruleset for linter in self._routed.values()))

    @property
    def recipe(self) -> tuple[str, dict[str, Any], str, dict[str, Any]]:
        """What another process needs to make the same linter: ruleset file, settings, digest, options."""
        options = {
            "lang": self.lang,
            "strict": self.strict,
            "draft": self.draft,
            "time_budget": self.time_budget,
            "nominate": self.nominate,
            "suppressions": self.suppressions,
            "today": self.today,
            "template": self.template,
            "across": self.across,
        }
        return self.ruleset.files[0][0], dict(self.ruleset.changed), self.ruleset.digest, options

    def telling(self, lang: str, *, strict: bool) -> Linter:
        """This linter with reports in another language, or another `strict`; nothing is loaded for it."""
        linter = copy(self)
        linter.lang, linter.strict = lang, strict
        linter._routed = {name: routed.telling(lang, strict=strict) for name, routed in self._routed.items()}
        return linter

    def warm_up(self) -> None:
        """Do now what the first message would wait for: load what facts need, compile what phrases need."""
        text = "Hello, please call +1 206 555 0100 or write to a@shop.example, see www.shop.example. Thank you!"
        self.check(Message(subject=text, text=text, html=f"<p style='color:red'>{text}</p>", kind="proactive"))

    def check(
        self,
        message: Message,
        as_of: datetime | None = None,
        source: Source | None = None,
        *,
        costs: RuleCosts | None = None,
    ) -> Report:
        """The judgement of one message. Never raises for what a message contains.

        Args:
            as_of: point in time (with an offset from UTC) whose policy counts; by default when the message was sent.
            source: where the message came from, for the report.
            costs: where to add what each rule costs; the rules are run a second time for it.
        """
        return self.check_with_facts(message, as_of, source, costs=costs)[0]

    def check_with_facts(
        self,
        message: Message,
        as_of: datetime | None = None,
        source: Source | None = None,
        *,
        costs: RuleCosts | None = None,
    ) -> tuple[Report, Facts]:
        """What `check` gives, and the facts that were read for it, for who needs some of them again (`Redaction`)."""
        routed = self._route(lambda path: _field(message, path))
        if routed is not None:
            report, facts = routed.check_with_facts(message, as_of, source, costs=costs)
        else:
            judgement = Judgement(self, message, as_of, source)
            report, facts = judgement.report(), judgement.facts
            if costs is not None:
                judgement.add_costs(costs)
        if self.suppressions is not None:
            report = self.suppressions.apply(report, message, today=self.today or datetime.now(UTC).date())
        return report, facts

    def _route(self, lookup: Lookup) -> Linter | None:
        """The linter that a message is routed to, known by its fields; None where this one judges it."""
        for route in self.ruleset.routes:
            if route.when.evaluate(lookup).value:
                return self._routed[route.ruleset]
        return None

    def ruleset_for(self, lookup: Lookup) -> Ruleset:
        """The ruleset that judges a message, known by its fields."""
        routed = self._route(lookup)
        return routed.ruleset if routed else self.ruleset

    def check_many(self, messages: Iterable[Message], *, processes: int = 1) -> Iterator[Report]:
        """Reports of many messages, in their order, without holding more than a few at a time.

        Args:
            processes: how many processes judge; 1 judges in this one.
        """
        if processes <= 1:
            return (self.check(message) for message in messages)
        from msgpolicy.pool import check_in_processes

        return check_in_processes(self, messages, processes)

    def trace(self, message: Message, rule_id: str, as_of: datetime | None = None) -> list[Step]:
        """Each condition of a rule with the value that it met in a message, for `explain --message`.

        Raises:
            LookupError: the ruleset has no such rule.
        """
        judgement = Judgement(self, message, as_of, None)
        rule = self.ruleset.rule(rule_id)
        if rule.scope == "conversation":
            return [Step("the messages around it are known", "one message", None)]
        version = rule.at(judgement.as_of)
        if version is None:
            return [Step("the rule is in force", f"as of {judgement.as_of}", False)]
        steps = list(version.when.steps(judgement.facts.lookup)) if version.when else []
        params = self.prepared.params(version)
        condition = getattr(params, "condition", None)
        if condition is not None:
            steps += condition.steps(judgement.facts.lookup)
        else:
            found = judgement.run(rule, version)
            hits = sum(isinstance(item, Hit) for item in found)
            steps.append(Step(f"the check `{rule.check}` finds something", f"{hits} place(s)", hits > 0))
        return steps


def _field(message: Message, path: str) -> Any:
    value: Any = message
    for name in path.split("."):
        value = getattr(value, name, None)
        if value is None:
            return None
    return value


def _known_settings(path: str | Path, settings: Mapping[str, Any] | None) -> dict[str, Any]:
    """Those of the caller's settings that a ruleset which messages are routed to has too."""
    if not settings:
        return {}
    known = load_ruleset(path).settings
    return {name: value for name, value in settings.items() if name in known}
