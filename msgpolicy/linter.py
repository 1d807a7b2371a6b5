"""The linter: one message in, one report out.

Which rules apply is decided by `covers`, routes and each rule's `when`; checks are run on shared facts; what they find
becomes violations with places, texts and sources. Nothing that a message contains makes `check` raise: a rule that
fails is reported as such, and the verdict is then `review`.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy._version import __version__
from msgpolicy.assembly import Assembler
from msgpolicy.checks.base import Hit, Unknown, load_check
from msgpolicy.conditions import Lookup, Outcome, Step
from msgpolicy.costs import RuleCosts
from msgpolicy.facts.facts import Facts, MissingFactError
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.links.hosts import host_in
from msgpolicy.facts.marketplaces import country_of, site_of
from msgpolicy.facts.versions import data_versions
from msgpolicy.facts.words.concepts import Lexicon
from msgpolicy.facts.words.names import Names
from msgpolicy.message import Message
from msgpolicy.report import FAILED, NotEvaluated, Receipt, Report, Signals, Source, Violation, verdict_of
from msgpolicy.rules import Covers, Rule, Ruleset, RuleVersion, load_ruleset
from msgpolicy.rules.dates import in_utc
from msgpolicy.rules.lexicons import function_words
from msgpolicy.signals import REVIEW_REQUEST, STOP_REQUEST, read_signals, text_fingerprint
from msgpolicy.suppressions import Suppressions, load_suppressions
from msgpolicy.typed import FrozenDict

# Every rule; used where a whole message, or a whole part, is not judged.
EVERY_RULE = "*"
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
        self._nominate = nominate
        self._lexicon = Lexicon(self.ruleset.concepts, function_words())
        self._lists = {name: frozenset(items) for name, items in self.ruleset.lists.items()}
        self._prepared: dict[int, Any] = {}
        self._brands = _names(self.ruleset.brand_names)
        self._names: dict[int, Names | None] = {}
        self._rules = tuple(
            rule for rule in self.ruleset.rules if rule.scope == "message" and not (across and rule.across)
        )
        for rule in (rule for rule in self.ruleset.rules if rule.scope == "message"):
            for version in rule.versions:
                self._prepared[id(version)] = load_check(rule.check).prepare(version.params)
                own = version.allow.names
                self._names[id(version)] = _names((*self.ruleset.brand_names, *own)) if own else self._brands
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
            "nominate": self._nominate,
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
            judgement = _Judgement(self, message, as_of, source)
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
        judgement = _Judgement(self, message, as_of, None)
        rule = self.ruleset.rule(rule_id)
        if rule.scope == "conversation":
            return [Step("the messages around it are known", "one message", None)]
        version = rule.at(judgement.as_of)
        if version is None:
            return [Step("the rule is in force", f"as of {judgement.as_of}", False)]
        steps = list(version.when.steps(judgement.facts.lookup)) if version.when else []
        params = self._prepared[id(version)]
        condition = getattr(params, "condition", None)
        if condition is not None:
            steps += condition.steps(judgement.facts.lookup)
        else:
            found = judgement.run(rule, version)
            hits = sum(isinstance(item, Hit) for item in found)
            steps.append(Step(f"the check `{rule.check}` finds something", f"{hits} place(s)", hits > 0))
        return steps


class _Judgement:
    """One message being judged by one linter."""

    def __init__(self, linter: Linter, message: Message, as_of: datetime | None, source: Source | None) -> None:
        self.linter = linter
        self.message = message
        self.source = source
        self.assumed: list[str] = []
        kind, sent_at = None, None
        if linter.draft and message.kind is None and message.direction == "seller_to_buyer":
            kind = "proactive"
            self.assumed.append("kind=proactive")
        if linter.template:
            self.assumed.append("template")
            as_of = as_of or datetime.now(UTC)
        elif linter.draft and message.sent_at is None:
            sent_at = datetime.now(UTC)
            self.assumed.append("sent_at=now")
        self.facts = Facts(
            message, linter._lexicon, linter._lists, kind=kind, sent_at=sent_at, template=linter.template
        )
        self.as_of = as_of or self.facts.sent_at
        self.assembler = Assembler(self.facts, linter.lang)
        self.not_evaluated: list[NotEvaluated] = []
        # Of the processor, not of the clock: a verdict does not depend on how busy the machine is. But asking for it is
        # dear, and before as much time has passed by the clock it cannot have been spent.
        self.deadline = time.thread_time() + linter.time_budget
        self.earliest = time.perf_counter() + linter.time_budget

    def report(self) -> Report:
        if self._is_covered():
            self._unread_parts()
            violations = self._violations()
        else:
            violations = ()
        # Also of what is not covered: it may be what another message answers, or follows.
        signals = self._signals()
        not_evaluated = tuple(self.not_evaluated)
        ruleset = self.linter.ruleset
        return Report(
            message_id=self.message.id,
            verdict=verdict_of(violations, not_evaluated, strict=self.linter.strict),
            source=self.source,
            receipt=Receipt(
                ruleset=ruleset.name,
                version=ruleset.version,
                digest=ruleset.digest,
                engine=__version__,
                as_of=self.as_of,
                assumed=tuple(self.assumed),
                settings=dict(ruleset.changed),
                weakened=ruleset.weakened,
                data=data_versions(files=bool(self.message.attachments)),
                strict=self.linter.strict,
            ),
            violations=violations,
            signals=signals,
            not_evaluated=not_evaluated,
        )

    def _is_covered(self) -> bool:
        """Whether the ruleset is about this message; what it is not about is said, never passed in silence."""
        reasons = not_covered(
            self.linter.ruleset.covers,
            self.message.direction,
            self.message.channel,
            self.message.marketplace,
            self.as_of,
        )
        for field, what in reasons:
            detail = f"the ruleset {self.linter.ruleset.name} does not cover {what}"
            self.not_evaluated.append(NotEvaluated(rule=EVERY_RULE, why="not-covered", needs=(field,), detail=detail))
        return not reasons

    def _unread_parts(self) -> None:
        """What of the message could not be read is said once, for all rules."""
        extra = self.message.extra or {}
        for part in extra.get("unreadable_parts") or ():
            self.not_evaluated.append(NotEvaluated(rule=EVERY_RULE, why="unreadable", detail=_short(part)))
        try:
            document, outlook = self.facts.document, self.facts.outlook
        except TooLargeError as error:
            self.not_evaluated.append(
                NotEvaluated(rule=EVERY_RULE, why="too-large", needs=("html",), detail=str(error))
            )
            return
        except Exception as error:  # the HTML reader is not to take the verdict down with it
            self.not_evaluated.append(
                NotEvaluated(rule=EVERY_RULE, why="unreadable", needs=("html",), detail=type(error).__name__)
            )
            return
        doubt = document.doubt if document else None
        # What only Outlook shows is read as a document of its own.
        doubt = doubt or (outlook.document.doubt if outlook else None)
        if doubt is not None:
            self.not_evaluated.append(NotEvaluated(rule=EVERY_RULE, why="unreadable", needs=("html",), detail=doubt))

    def _violations(self) -> tuple[Violation, ...]:
        found: list[Violation] = []
        holders: list[int] = []
        for rule, version, applies in self._applying():
            hits = self._hits(rule, version, applies)
            if not hits:  # of most rules
                continue
            for violation, holder in self.assembler.violations(rule, version, hits):
                if holder:
                    holders.append(len(found))
                found.append(violation)
        return self.assembler.finish(found, holders)

    def _applying(self) -> Iterator[tuple[Rule, RuleVersion, Outcome]]:
        """The rules in force that apply to the message, or may."""
        for rule in self.linter._rules:
            version = rule.at(self.as_of)
            if version is None or version.severity == "off":
                continue
            applies = version.when.evaluate(self.facts.lookup) if version.when else Outcome(True)
            if applies.value is not False:
                yield rule, version, applies

    def add_costs(self, costs: RuleCosts) -> None:
        """Runs each rule once more, now that what they share has been read."""
        costs.seconds += time.thread_time() + self.linter.time_budget - self.deadline
        if not self._is_covered():
            return
        for rule, version, _ in self._applying():
            cost = costs.of(rule.id)
            started = time.thread_time()
            found = self.run(rule, version)
            cost.seconds += time.thread_time() - started
            cost.messages += 1
            cost.hits += sum(isinstance(item, Hit) for item in found)
            cost.runs += self._is_nominated(rule, version)

    def _is_nominated(self, rule: Rule, version: RuleVersion) -> bool:
        try:
            return load_check(rule.check).nominate(self.facts, self.linter._prepared[id(version)])
        except Exception:  # then the check did not run either
            return False

    def _hits(self, rule: Rule, version: RuleVersion, applies: Outcome) -> list[Hit]:
        results = self.run(rule, version)
        if not results:
            return []
        hits = [item for item in results if isinstance(item, Hit)]
        unknown = [item for item in results if isinstance(item, Unknown)]
        failed = [item for item in unknown if item.why in FAILED]
        if applies.value is None and not failed:
            # Unknown and false is false: only a rule that would fire, or could not tell, is left open.
            if hits or unknown:
                needs = dict.fromkeys((*applies.needs, *(need for item in unknown for need in item.needs)))
                self.not_evaluated.append(NotEvaluated(rule=rule.id, why="missing", needs=tuple(needs)))
            return []
        self.not_evaluated += [
            NotEvaluated(rule=rule.id, why=item.why, needs=item.needs, detail=item.detail) for item in unknown
        ]
        return hits

    def run(self, rule: Rule, version: RuleVersion) -> list[Hit | Unknown]:
        """What the rule's check finds. A check that fails is an Unknown that says so."""
        if time.perf_counter() > self.earliest and time.thread_time() > self.deadline:
            return [Unknown(why="timeout", detail="the time budget of the message was spent")]
        spec = load_check(rule.check)
        params = self.linter._prepared[id(version)]
        self.facts.names = self.linter._names[id(version)]
        try:
            if self.linter._nominate and not spec.nominate(self.facts, params):
                return []
            return list(spec.run(self.facts, params))
        except MissingFactError as error:
            return [Unknown((error.field,))]
        except TooLargeError as error:
            return [Unknown(why="too-large", detail=str(error))]
        except TimeoutError:
            return [Unknown(why="timeout", detail="a pattern took too long")]
        except Exception as error:  # the contract: a failing rule is reported, the others still judge
            return [Unknown(why="crash", detail=f"{type(error).__name__} in check {rule.check}")]

    def _signals(self) -> Signals:
        self.facts.names = self.linter._brands
        try:
            return read_signals(self.facts, self.linter.ruleset.concepts)
        except Exception:  # what cannot be read is told by the rules that read it
            return Signals(text=text_fingerprint(self.message))


def not_covered(
    covers: Covers | None, direction: str, channel: str, marketplace: str | None, as_of: datetime | None
) -> list[tuple[str, str]]:
    """Why a ruleset is not about a message: the fields, each with what it says. Empty: it is."""
    if covers is None:
        return []
    reasons = []
    if covers.directions and direction not in covers.directions:
        reasons.append(("direction", f"direction {direction}"))
    if covers.channels and channel not in covers.channels:
        reasons.append(("channel", f"channel {channel}"))
    site = site_of(marketplace)
    if covers.marketplaces and site and not _is_one_of(site, covers.marketplaces):
        reasons.append(("marketplace", f"marketplace {site}"))
    if as_of is not None:
        day = in_utc(as_of).date()
        if (covers.from_ and day < covers.from_) or (covers.until and day >= covers.until):
            reasons.append(("sent_at", f"messages of {day.isoformat()}"))
    return reasons


def _is_one_of(site: str, patterns: tuple[str, ...]) -> bool:
    """Whether a marketplace is covered: `amazon.*` is amazon under a real ending, not `amazon.com.evil.example`."""
    if not any(fnmatch.fnmatchcase(site, pattern) for pattern in patterns):
        return False
    return country_of(site) is not None or host_in(site, frozenset(patterns))


def _names(listed: Iterable[str]) -> Names | None:
    names = tuple(listed)
    return Names(names) if names else None


def _field(message: Message, path: str) -> Any:
    value: Any = message
    for name in path.split("."):
        value = getattr(value, name, None)
        if value is None:
            return None
    return value


def _short(value: Any) -> str:
    """A reason as a report carries it; never message text."""
    if isinstance(value, Mapping):
        value = f"part {value.get('part', '?')}: {value.get('reason', 'could not be read')}"
    return str(value)[:200]


def _known_settings(path: str | Path, settings: Mapping[str, Any] | None) -> dict[str, Any]:
    """Those of the caller's settings that a ruleset which messages are routed to has too."""
    if not settings:
        return {}
    known = load_ruleset(path).settings
    return {name: value for name, value in settings.items() if name in known}
