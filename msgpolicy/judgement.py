"""One message being judged, and what of a ruleset is made ready for it.

Which rules apply is decided by `covers` and each rule's `when`; checks are run on shared facts; what they find becomes
violations with places, texts and sources. Nothing that a message contains makes a judgement raise: a rule that fails
is reported as such, and the verdict is then `review`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from msgpolicy._version import __version__
from msgpolicy.assembly import Assembler
from msgpolicy.checks.base import Hit, Unknown, load_check
from msgpolicy.conditions import Outcome
from msgpolicy.costs import RuleCosts
from msgpolicy.coverage import not_covered
from msgpolicy.facts.facts import Facts, MissingFactError
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.versions import data_versions
from msgpolicy.facts.words.concepts import Lexicon
from msgpolicy.facts.words.names import Names
from msgpolicy.message import Message
from msgpolicy.report import EVERY_RULE, FAILED, NotEvaluated, Receipt, Report, Signals, Source, Violation, verdict_of
from msgpolicy.rules import Rule, Ruleset, RuleVersion
from msgpolicy.rules.lexicons import function_words
from msgpolicy.signals import read_signals, text_fingerprint

if TYPE_CHECKING:
    from msgpolicy.linter import Linter


class Prepared:
    """A ruleset made ready to judge single messages by. Immutable after construction."""

    def __init__(self, ruleset: Ruleset, *, across: bool) -> None:
        """`across`: whether rules that have a check across messages are left to it."""
        self.rules = tuple(rule for rule in ruleset.rules if rule.scope == "message" and not (across and rule.across))
        self.lexicon = Lexicon(ruleset.concepts, function_words())
        self.lists = {name: frozenset(items) for name, items in ruleset.lists.items()}
        self.brands = _names(ruleset.brand_names)
        self._params: dict[int, Any] = {}
        self._names: dict[int, Names | None] = {}
        for rule in (rule for rule in ruleset.rules if rule.scope == "message"):
            for version in rule.versions:
                self._params[id(version)] = load_check(rule.check).prepare(version.params)
                own = version.allow.names
                self._names[id(version)] = _names((*ruleset.brand_names, *own)) if own else self.brands

    def params(self, version: RuleVersion) -> Any:
        """What the check of a rule takes, as its `prepare` made it."""
        return self._params[id(version)]

    def names(self, version: RuleVersion) -> Names | None:
        """Names that the rule does not read as words."""
        return self._names[id(version)]


class Judgement:
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
            message,
            linter.prepared.lexicon,
            linter.prepared.lists,
            kind=kind,
            sent_at=sent_at,
            template=linter.template,
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
        for rule in self.linter.prepared.rules:
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
            return load_check(rule.check).nominate(self.facts, self.linter.prepared.params(version))
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
        params = self.linter.prepared.params(version)
        self.facts.names = self.linter.prepared.names(version)
        try:
            if self.linter.nominate and not spec.nominate(self.facts, params):
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
        self.facts.names = self.linter.prepared.brands
        try:
            return read_signals(self.facts, self.linter.ruleset.concepts)
        except Exception:  # what cannot be read is told by the rules that read it
            return Signals(text=text_fingerprint(self.message))


def _names(listed: Iterable[str]) -> Names | None:
    names = tuple(listed)
    return Names(names) if names else None


def _short(value: Any) -> str:
    """A reason as a report carries it; never message text."""
    if isinstance(value, Mapping):
        value = f"part {value.get('part', '?')}: {value.get('reason', 'could not be read')}"
    return str(value)[:200]
