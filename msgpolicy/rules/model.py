"""The shape of ruleset, lexicon and list files: each key once, with its type and what it means.

Validation, the JSON Schema for editors and the docs table all come from these classes. Everything that a child ruleset
may leave to its base is optional here; what an effective rule needs is asked of the merged rule (rules/compile.py).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

__all__ = [
    "AcrossEntry",
    "Allow",
    "ConceptEntry",
    "CoversEntry",
    "Example",
    "ExampleCase",
    "LanguagesFile",
    "LexiconFile",
    "ListChange",
    "ListFile",
    "RevisionEntry",
    "RouteEntry",
    "RuleEntry",
    "RulesetFile",
    "SettingEntry",
    "SeverityWhenEntry",
    "SourceEntry",
]

Level = Literal["error", "warning", "info", "off"]
Confidence = Literal["high", "medium", "low"]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, description="small letters and dashes")]
Text = Annotated[str, Meta(min_length=1)]
Day = Annotated[date, Meta(description="A day, 00:00 UTC.")]
ConditionData = Annotated[
    Any,
    Meta(description="A condition over message fields.", extra_json_schema={"$ref": "#/$defs/Condition"}),
]
Seen = Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$", description="such as 2026-11, or 2026")]
Phrases = dict[str, tuple[str, ...]]
Texts = dict[str, Text]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all entries: a key that is not listed is a mistake."""


class ListChange(_Entry, frozen=True, kw_only=True):
    """How a child ruleset changes an inherited list."""

    add: Annotated[tuple[Any, ...] | None, Meta(description="Items to add.")] = None
    remove: Annotated[tuple[Any, ...] | None, Meta(description="Items to take away.")] = None
    replace: Annotated[tuple[Any, ...] | None, Meta(description="The new list, instead of the inherited one.")] = None


Names = tuple[str, ...] | ListChange


class SourceEntry(_Entry, frozen=True, kw_only=True):
    """Where a rule is published."""

    title: Annotated[str, Meta(min_length=1, description="Title of the page.")]
    site: Annotated[str, Meta(min_length=1, description="Site that publishes it.")]
    url: Annotated[str | None, Meta(description="Address, where one is public.")] = None
    seen: Annotated[Seen | None, Meta(description="When it was read, such as 2026-11, or 2026.")] = None
    confidence: Annotated[Confidence, Meta(description="How sure the reading is.")] = "high"


SourceRef = str | SourceEntry
SourceField = Annotated[
    SourceRef | tuple[SourceRef, ...] | None,
    Meta(description="Key of `sources`, or the source itself, or a list; the first one is reported."),
]


class SettingEntry(ListChange, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A knob of the ruleset. Its default gives its type: text, whole number, number, true/false, or a list of texts.

    In a child ruleset `add`, `remove` and `replace` change the list of an inherited one.
    """

    default: Annotated[Any, Meta(description="Value unless a child ruleset or the caller sets another.")] = None
    one_of: Annotated[tuple[Any, ...] | None, Meta(description="The only values allowed.")] = None
    minimum: Annotated[float | None, Meta(description="Smallest number allowed.")] = None
    maximum: Annotated[float | None, Meta(description="Largest number allowed.")] = None
    why: Annotated[str | None, Meta(description="What it decides, and why the default is what it is.")] = None
    source: SourceField = None


class CoversEntry(_Entry, frozen=True, kw_only=True):
    """What the ruleset is about; a message outside is not covered. None: any."""

    directions: Annotated[
        tuple[Literal["seller_to_buyer", "buyer_to_seller"], ...] | None, Meta(description="Who writes to whom.")
    ] = None
    channels: Annotated[tuple[Literal["email", "web", "sp_api"], ...] | None, Meta(description="Ways of sending.")] = (
        None
    )
    marketplaces: Annotated[tuple[str, ...] | None, Meta(description="Marketplaces; `*` stands for any text.")] = None
    from_: Annotated[Day | None, Meta(description="First day covered.")] = field(name="from", default=None)
    until: Annotated[Day | None, Meta(description="First day no longer covered.")] = None


class RouteEntry(_Entry, frozen=True, kw_only=True):
    """Messages that another ruleset judges."""

    when: ConditionData
    ruleset: Annotated[str, Meta(description="Name of a shipped ruleset, or a path relative to this file.")]


class ConceptEntry(_Entry, frozen=True, kw_only=True):
    """A concept of this ruleset (`phrases`), or changes to one that exists (`add`, `remove`)."""

    title: Annotated[str | None, Meta(description="What the concept means, in a few words.")] = None
    why: Annotated[str | None, Meta(description="Why it is here.")] = None
    phrases: Annotated[Phrases | None, Meta(description="The phrases of each language.")] = None
    not_: Annotated[Phrases | None, Meta(description="Phrases of each language that only look like it.")] = field(
        name="not", default=None
    )
    add: Annotated[Phrases | None, Meta(description="Phrases to add, by language.")] = None
    remove: Annotated[Phrases | None, Meta(description="Phrases to take away, by language.")] = None


class Allow(_Entry, frozen=True, kw_only=True):
    """Exceptions to a rule."""

    hosts: Annotated[Names, Meta(description="Host names, subdomains included.")] = ()
    phrases: Annotated[Names, Meta(description="Texts that are never a violation.")] = ()
    names: Annotated[
        Names,
        Meta(
            description="Brand and product names that are no words of a phrase, for this rule; "
            "for all rules: the setting `brand_names`."
        ),
    ] = ()


class AcrossEntry(_Entry, frozen=True, kw_only=True):
    """How a rule about one message is judged where the messages around it are known."""

    check: Annotated[str | None, Meta(description="Name of a check across messages.")] = None
    with_: Annotated[dict[str, Any] | None, Meta(description="Options of the check.")] = field(
        name="with", default=None
    )
    when: Annotated[ConditionData, Meta(description="Messages that can break the rule.")] = None


class SeverityWhenEntry(_Entry, frozen=True, kw_only=True):
    """Another severity where a condition holds; the first that holds counts."""

    when: ConditionData
    severity: Annotated[Level, Meta(description="How bad it is then.")]
    why: Annotated[str | None, Meta(description="Why it is judged otherwise then.")] = None


class RevisionEntry(_Entry, frozen=True, kw_only=True):
    """What holds from a day on: the keys given here lie over those of the rule."""

    from_: Annotated[Day | None, Meta(description="First day in force; only the first revision may leave it out.")] = (
        field(name="from", default=None)
    )
    until: Annotated[Day | None, Meta(description="First day no longer in force.")] = None
    source: SourceField = None
    with_: Annotated[dict[str, Any] | None, Meta(description="Options that differ.")] = field(name="with", default=None)
    when: Annotated[ConditionData, Meta(description="Messages that the rule is about.")] = None
    severity: Annotated[Level | None, Meta(description="How bad it is.")] = None
    message: Annotated[Texts | None, Meta(description="Texts that differ, by language.")] = None
    suggestion: Annotated[Texts | None, Meta(description="Texts that differ, by language.")] = None
    why: Annotated[str | None, Meta(description="Why the policy changed.")] = None


class ExampleCase(_Entry, frozen=True, kw_only=True):
    """A whole message as an example, or several."""

    text: Annotated[str | None, Meta(description="The text, when nothing else matters.")] = None
    record: Annotated[dict[str, Any] | None, Meta(description="A message record.")] = None
    records: Annotated[
        tuple[dict[str, Any], ...] | None,
        Meta(
            description="Message records of one archive, for a rule across messages; the example is about the last "
            "one. What most have in common may stand in `example_context`."
        ),
    ] = None
    as_of: Annotated[str | None, Meta(description="Day or time of judging; else the record's sent_at.")] = None
    settings: Annotated[dict[str, Any] | None, Meta(description="Settings that differ.")] = None
    template: Annotated[
        bool | None, Meta(description="Whether it is a template, to be judged as `--template` does.")
    ] = None


ExampleBody = str | ExampleCase


class Example(_Entry, frozen=True, kw_only=True):
    """A message that the rule must find (`fail`), must not find (`pass`), or cannot judge (`unknown`)."""

    fail: Annotated[ExampleBody | None, Meta(description="A message that breaks the rule.")] = None
    pass_: Annotated[ExampleBody | None, Meta(description="A message that does not.")] = field(
        name="pass", default=None
    )
    unknown: Annotated[
        ExampleBody | None, Meta(description="A message that the rule cannot judge for lack of facts.")
    ] = None
    at: Annotated[str | tuple[str, ...] | None, Meta(description="What exactly is wrong in it.")] = None
    note: Annotated[str | None, Meta(description="What the example shows.")] = None


class RuleEntry(_Entry, frozen=True, kw_only=True):
    """One rule: a check, its options, and everything a person is told."""

    id: Annotated[Name, Meta(description="Small letters and dashes; never changes its meaning.")]
    group: Annotated[Name | None, Meta(description="Heading under which it is listed.")] = None
    aliases: Annotated[Names, Meta(description="Old names, which keep working.")] = ()
    scope: Annotated[
        Literal["message", "conversation"] | None,
        Meta(
            description="What the check reads: one `message` (unless given), or, as `conversation`, all messages of an "
            "archive."
        ),
    ] = None
    check: Annotated[str | None, Meta(description="Name of the check.")] = None
    with_: Annotated[dict[str, Any] | None, Meta(description="Options of the check.")] = field(
        name="with", default=None
    )
    across: Annotated[
        AcrossEntry | None,
        Meta(
            description="For a rule about one message: the check across messages that takes its place in the audit of "
            "an archive."
        ),
    ] = None
    allow: Annotated[Allow | None, Meta(description="Exceptions.")] = None
    severity: Annotated[Level | None, Meta(description="How bad it is; error unless given.")] = None
    severity_when: Annotated[
        tuple[SeverityWhenEntry, ...] | ListChange, Meta(description="Severity where a condition holds.")
    ] = ()
    when: Annotated[ConditionData, Meta(description="Messages that the rule is about.")] = None
    revisions: Annotated[tuple[RevisionEntry, ...] | ListChange, Meta(description="Dated versions, oldest first.")] = ()
    suppressible: Annotated[
        Literal["never", "with-reason"] | None,
        Meta(description="`never`: cannot be suppressed, and no child ruleset may weaken it."),
    ] = None
    assumed: Annotated[str | None, Meta(description="What in the rule is assumed or not known.")] = None
    message: Annotated[Texts | None, Meta(description="What is wrong, by language; `en` is needed.")] = None
    suggestion: Annotated[Texts | None, Meta(description="How to mend it, by language.")] = None
    why: Annotated[str | None, Meta(description="Why the rule exists.")] = None
    source: SourceField = None
    example_context: Annotated[dict[str, Any] | None, Meta(description="Record fields that text examples share.")] = (
        None
    )
    examples: Annotated[
        tuple[Example, ...] | ListChange, Meta(description="At least one message that fails and one that passes.")
    ] = ()


class RulesetFile(_Entry, frozen=True, kw_only=True):
    """A ruleset."""

    schema: Annotated[Literal[1], Meta(description="Version of this file format: 1.")]
    name: Annotated[Name, Meta(description="Name of the ruleset.")]
    version: Annotated[Text, Meta(description="Version of the ruleset.")]
    title: Annotated[str | None, Meta(description="Name for people.")] = None
    description: Annotated[str | None, Meta(description="What it is for.")] = None
    extends: Annotated[
        str | tuple[str, ...], Meta(description="Shipped rulesets by name, or files at or below this one's folder.")
    ] = ()
    covers: Annotated[CoversEntry | None, Meta(description="Messages that it is about.")] = None
    routes: Annotated[tuple[RouteEntry, ...] | None, Meta(description="Messages that other rulesets judge.")] = None
    settings: Annotated[
        dict[str, SettingEntry | str | tuple[str, ...]],
        Meta(description="Knobs; a bare value is a new default of an inherited one."),
    ] = {}
    sources: Annotated[dict[str, SourceEntry], Meta(description="Publications that rules name.")] = {}
    concepts: Annotated[dict[str, ConceptEntry], Meta(description="Own concepts, or changes to shipped ones.")] = {}
    lists: Annotated[dict[str, Names], Meta(description="Own lists, or changes to shipped ones.")] = {}
    rules: Annotated[tuple[RuleEntry, ...], Meta(description="The rules, or changes to inherited ones.")] = ()


class LexiconFile(_Entry, frozen=True, kw_only=True):
    """A concept in all its languages."""

    concept: Annotated[Name, Meta(description="The same as the file's name.")]
    title: Annotated[Text, Meta(description="What the concept means, in a few words.")]
    why: Annotated[str | None, Meta(description="What it is used for, what belongs to it and what does not.")] = None
    reviewed: Annotated[dict[str, str], Meta(description="By language, who read the phrases, or that nobody did.")] = {}
    phrases: Annotated[Phrases, Meta(description="The phrases of each language.")]
    not_: Annotated[Phrases | None, Meta(description="Phrases of each language that only look like it.")] = field(
        name="not", default=None
    )


class ListFile(_Entry, frozen=True, kw_only=True):
    """A plain list, such as hosts."""

    list: Annotated[Name, Meta(description="The same as the file's name.")]
    title: Annotated[Text, Meta(description="What it holds.")]
    why: Annotated[str | None, Meta(description="What it is used for.")] = None
    source: Annotated[str | SourceEntry | None, Meta(description="Where the items come from.")] = None
    items: Annotated[tuple[Text, ...], Meta(description="The items.")]


class LanguageEntry(_Entry, frozen=True, kw_only=True):
    """How a language is recognised."""

    title: Annotated[Text, Meta(description="Name in English.")]
    script: Annotated[str | None, Meta(description="Script it is written in.")] = None
    words: Annotated[tuple[Text, ...], Meta(description="Words that show up in almost any text of it.")]


class LanguagesFile(_Entry, frozen=True, kw_only=True):
    """Function words by language."""

    languages: dict[str, LanguageEntry]
