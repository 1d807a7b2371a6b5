"""`--format html`: one page for people who were not there: summary, findings in their places, what was not judged.

The page needs nothing else: no script, no other file, no network, and its own policy forbids them. All that comes from
a message is text in it, through the template's escaping; what cannot be seen or would act on other text is written out.
The entries wait in a spool, so that the summary can stand above them.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from msgpolicy._version import __version__
from msgpolicy.inputs import Draft, InputError
from msgpolicy.redaction import PARTS, Redaction, masked
from msgpolicy.report import EVERY_RULE, FAILED, NotEvaluated, Policy, Receipt, Report, Source, Violation
from msgpolicy.reporters.display import ANYWHERE as SIGHT
from msgpolicy.reporters.pages import environment, hash_of, sheet
from msgpolicy.reporters.source_rows import Place, source_rows
from msgpolicy.reporters.spool import Spool
from msgpolicy.reporters.text import excuse_text, reason_of

# Findings of one message that are listed and marked; code points of one value beside the texts.
MAX_FINDINGS = 200
MAX_VALUE = 400
# Different lists of rules without judgement that are kept for the end of the page; others stand with their message.
_MAX_LISTS = 100

_KINDS = {
    "block": "block",
    "review": "review",
    "warn": "warn",
    "pass": "pass",
    "unusable": "could not be used",
}
_COLUMNS = {"error": "Errors", "warning": "Warnings", "info": "Info", "excused": "Set aside"}
_TITLES = {"subject": "Subject", "text": "Text", "html": "HTML, as source"}


class HtmlReporter:
    """Writes UTF-8 through `write` when the block ends; when it ends by an exception, nothing."""

    def __init__(self, write: Callable[[bytes], object], *, redact: bool = True) -> None:
        self._write = write
        self._redact = redact
        self._spool = Spool()
        self._entries = 0
        self._kinds: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()
        self._rules: dict[str, dict[str, Any]] = {}
        self._unjudged: Counter[tuple[str, str]] = Counter()
        self._lists: dict[tuple[str, ...], int] = {}
        self._receipts: dict[Receipt, int] = {}
        self._notices: list[str] = []

    def __enter__(self) -> HtmlReporter:
        return self

    def __exit__(self, *exc: object) -> None:
        with closing(self._spool):
            if exc[0] is None:
                for chunk in _template("page.html").generate(self._page()):
                    self._write(_encoded(chunk))

    def report(self, draft: Draft, report: Report) -> None:
        """Keeps the entry of one message: its findings in their places, and what was not evaluated."""
        message = draft.message
        texts = {name: getattr(message, name) for name in PARTS}
        if self._redact:
            redaction = Redaction(message, report)
            wanted = {violation.location.part for violation in report.violations} | {"subject"}
            texts = {name: redaction.part(name) if name in wanted else None for name in PARTS}
            report = redaction.report()
        self._count(report)
        failed = [entry for entry in report.not_evaluated if entry.why in FAILED]
        lacking = [entry for entry in report.not_evaluated if entry.why not in FAILED]
        listed = self._list_of(lacking)
        active = [violation for violation in report.violations if violation.status == "active"]
        excused = [violation for violation in report.violations if violation.status != "active"]
        findings = list(enumerate((active + excused)[:MAX_FINDINGS], 1))
        self._add(
            "message.html",
            verdict=report.verdict,
            rules=" ".join(
                str(self._rules[rule]["number"]) for rule in dict.fromkeys(v.rule for v in report.violations)
            ),
            name=_name_of(report.source or draft.source),
            subject=_cut(texts["subject"] or ""),
            id=report.message_id,
            as_of=report.receipt.as_of.isoformat(" ", "minutes") if report.receipt.as_of else "",
            receipt=self._receipt(report.receipt),
            assumed=", ".join(report.receipt.assumed),
            parts=list(_parts(texts, findings)),
            findings=[_finding(number, violation) for number, violation in findings if violation.status == "active"],
            excused=[_finding(number, violation) for number, violation in findings if violation.status != "active"],
            more=max(len(report.violations) - MAX_FINDINGS, 0),
            failed=_reasons(failed) + ([] if listed else _reasons(lacking)),
            lacking=_count(len({entry.rule for entry in lacking}), "rule") if listed else "",
            lacking_list=listed,
        )

    def error(self, error: InputError) -> None:
        """Keeps the entry of an input that could not be used."""
        self._kinds["unusable"] += 1
        lines = [masked(line) if self._redact else line for line in error.lines()]
        self._add("unusable.html", name=_name_of(Source(file=error.file, line=error.line)), lines=lines)

    def notice(self, text: str, source: Source | None) -> None:
        """Keeps a notice for the summary."""
        self._notices.append(text if source is None else f"{_name_of(source)}: {text}")

    def _add(self, template: str, **values: Any) -> None:
        number = self._entries + 1
        self._spool.write(_encoded(_template(template).render(values, number=number)))
        self._entries = number

    def _count(self, report: Report) -> None:
        self._kinds[report.verdict] += 1
        for violation in report.violations:
            what = violation.severity if violation.status == "active" else "excused"
            rule = self._rules.setdefault(
                violation.rule,
                {
                    "name": violation.rule,
                    "number": len(self._rules) + 1,
                    "first": self._entries + 1,
                    **dict.fromkeys(("error", "warning", "info", "excused"), 0),
                },
            )
            rule[what] += 1
            self._totals[violation.severity if what != "excused" else violation.status] += 1
        for rule_id, why in {(entry.rule, entry.why) for entry in report.not_evaluated}:
            self._unjudged[rule_id, why] += 1

    def _list_of(self, entries: list[NotEvaluated]) -> int:
        """The number of the list at the end of the page that says this; 0 when it is to be said in place."""
        lines = tuple(_reasons(entries))
        if lines and lines not in self._lists and len(self._lists) < _MAX_LISTS:
            self._lists[lines] = len(self._lists) + 1
        return self._lists.get(lines, 0)

    def _receipt(self, receipt: Receipt) -> int:
        """The number of the receipt at the end of the page, without what is each message's own."""
        shared = msgspec.structs.replace(receipt, as_of=None, assumed=())
        key = next((known for known in self._receipts if known == shared), shared)
        return self._receipts.setdefault(key, len(self._receipts) + 1)

    def _page(self) -> Mapping[str, Any]:
        rules = sorted(self._rules.values(), key=lambda rule: rule["name"])
        style = sheet("msgpolicy.reporters") + "".join(_rule_filter(rule["number"]) for rule in rules)
        judged = sum(count for kind, count in self._kinds.items() if kind != "unusable")
        totals = [_count(self._totals[severity], severity) for severity in ("error", "warning")]
        totals += [
            f"{self._totals[word]:,} {word}" for word in ("info", "suppressed", "baselined") if self._totals[word]
        ]
        verdicts = [(kind, self._kinds[kind]) for kind in _KINDS if kind != "unusable"]
        return {
            "style": Markup(style),  # noqa: S704 - of ours
            "style_hash": hash_of(style),
            "headline": ", ".join(f"{count:,} {kind}" for kind, count in verdicts if count) or "no messages",
            "redacted": self._redact,
            "verdicts": [(kind, f"{count:,}") for kind, count in verdicts],
            "unusable": f"{self._kinds['unusable']:,}" if self._kinds["unusable"] else "",
            "totals": f"{_count(judged, 'message')} judged: {', '.join(totals)}.",
            "notices": self._notices,
            "rules": rules,
            "columns": [(key, label) for key, label in _COLUMNS.items() if any(rule[key] for rule in rules)],
            "unjudged": [
                ("all rules" if rule == EVERY_RULE else rule, why, count)
                for (rule, why), count in sorted(self._unjudged.items())
            ],
            "kinds": [(kind, label) for kind, label in _KINDS.items() if self._kinds[kind]],
            "entries": self._poured(),
            "lacking": list(self._lists),
            "receipts": [_rows(receipt) for receipt in self._receipts],
            "version": __version__,
        }

    def _poured(self) -> Iterator[Markup]:
        decoder = getincrementaldecoder("utf-8")()
        for chunk in self._spool.chunks():
            yield Markup(decoder.decode(chunk))  # noqa: S704 - escaped when it was written


def _template(name: str) -> jinja2.Template:
    return environment("msgpolicy.reporters").get_template(name)


def _rule_filter(number: int) -> str:
    """Hides what has no finding of a rule when that is chosen. By children, not siblings: those cost their square."""
    return (
        f'.filter:has(option[value="{number}"]:checked) + .entries > article:not([data-rules~="{number}"])'
        " { display: none; }\n"
    )


def _encoded(text: str) -> bytes:
    return text.encode("utf-8")


def _parts(texts: Mapping[str, str | None], findings: list[tuple[int, Violation]]) -> Iterator[dict[str, Any]]:
    for name, title in _TITLES.items():
        source = texts[name]
        places = [
            Place(place.start, place.end, number, violation.severity)
            for number, violation in findings
            if (place := violation.location).part == name and place.start is not None and place.end is not None
        ]
        if source is not None and places:
            rows = source_rows(source, places, SIGHT)
            yield {
                "name": name,
                "title": title,
                "dir": "ltr" if name == "html" else "auto",
                "rows": [_safe(row) for row in rows],
            }


def _safe(row: Any) -> dict[str, Any]:
    """A row whose pieces are as they are to be shown: joiners in it are meant."""
    pieces = [{**piece._asdict(), "text": Markup.escape(piece.text)} for piece in row.pieces]
    return {"number": row.number, "gap": row.gap, "pieces": pieces}


def _finding(number: int, violation: Violation) -> dict[str, Any]:
    place = violation.location
    in_text = place.part in PARTS and place.start is not None
    return {
        "number": number,
        "rule": violation.rule,
        "severity": violation.severity,
        "status": violation.status,
        "place": _place(violation),
        "message": violation.message,
        "suggestion": violation.suggestion,
        "excerpt": "" if in_text else _cut(violation.excerpt or ""),
        "policy": _policy(violation.policy, violation.confidence),
        "evidence": [(name, _cut(_plain(value))) for name, value in violation.evidence.items()],
        "excuse": "" if violation.excuse is None else excuse_text(violation.excuse, SIGHT),
    }


def _place(violation: Violation) -> str:
    place = violation.location
    parts = [place.part]
    parts += [
        f"{word} {number}"
        for word, number in (("page", place.page), ("line", place.line), ("column", place.column))
        if number
    ]
    return ", ".join(parts)


def _policy(policy: Policy, confidence: float) -> str:
    parts = [policy.title, policy.site, *([f"seen {policy.seen}"] if policy.seen else [])]
    return f"{', '.join(parts)}. Confidence: {policy.confidence} in the source, {confidence:.0%} in the finding."


def _reasons(entries: list[NotEvaluated]) -> list[str]:
    """What gave no judgement, by reason."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        rules = groups.setdefault(reason_of(entry, SIGHT), [])
        rule = "all rules" if entry.rule == EVERY_RULE else entry.rule
        if rule not in rules:
            rules.append(rule)
    return [f"{reason}: {', '.join(rules)}" for reason, rules in groups.items()]


def _rows(receipt: Receipt) -> list[tuple[str, str]]:
    plain = msgspec.to_builtins(receipt)
    return [(name, _plain(value) or "none") for name, value in plain.items() if name not in ("as_of", "assumed")]


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    return str(value)


def _name_of(source: Source) -> str:
    name = source.file or "message"
    return name if source.line is None else f"{name}:{source.line}"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
