"""What a check is made of, and how it is found by its name.

A check is a module `msgpolicy/checks/<name>.py` with:

- a docstring, which becomes its page in the docs;
- `class Params`, a frozen msgspec struct: the options under a rule's `with`;
- `FILLS`, the placeholders that its rules' messages may use, and what each holds; `OWN_WORDS` names those that hold
  words of the check itself, in English, which are shown in the reader's language (rulesets/texts/);
- `check(facts, params)`, a pure function: no clock, no files, no globals;
- where it helps, `prepare(params)`, which turns the options into what `check` gets in their place, once per ruleset;
  `nominate(facts, params)`, a cheap look that may over-match and must never miss; and `fills(params)`, where the
  placeholders depend on the options.

A check across messages (scope `conversation`, `msgpolicy/checks/across/<name>.py`) has `query` and `told` in place of
`check`; see the package's docstring.

Checks of other packages are named by an entry point of the group `msgpolicy.checks` that loads such a module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.facts.spans import Place
from msgpolicy.report import Fix, Severity, Why

if TYPE_CHECKING:
    from msgpolicy.facts.facts import Facts

Scope = Literal["message", "conversation"]

ConceptName = Annotated[
    str,
    Meta(
        extra={"names": "concept"},
        description="Name of a concept (a lexicon).",
        extra_json_schema={"$ref": "#/$defs/ConceptName"},
    ),
]
ListName = Annotated[
    str,
    Meta(
        extra={"names": "list"},
        description="Name of a list under rulesets/lists/.",
        extra_json_schema={"$ref": "#/$defs/ListName"},
    ),
]
Pattern = Annotated[str, Meta(extra={"names": "pattern"}, description="Regular expression of the `regex` package.")]
ConditionData = Annotated[Any, Meta(extra={"names": "condition"}, description="A condition over message fields.")]


class Params(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every check's options."""


class Hit(NamedTuple):
    """Something that breaks the rule. `fills` go into the rule's message, `evidence` into the report.

    `severity` caps the rule's own (a hit that is only inferred is a warning); None leaves it as it is. `holder`: the
    place holds other content, and the hit is as severe as the worst violation that stands inside it. `fix`: edits of
    the message's parts that mend it, where the check knows any. `acts`: it does something when the mail is opened, and
    is no less wrong in what an answer quotes.
    """

    place: Place
    fills: Mapping[str, Any] = {}
    evidence: Mapping[str, Any] = {}
    confidence: float = 1.0
    severity: Severity | None = None
    holder: bool = False
    fix: Fix | None = None
    acts: bool = False


class Unknown(NamedTuple):
    """The check could not tell: the fields it needs, and why."""

    needs: tuple[str, ...] = ()
    why: Why = "missing"
    detail: str | None = None


def _as_is(params: Any) -> Any:
    return params


def _always(_facts: Facts, _params: Any) -> bool:
    return True


def _nothing(_facts: Facts, _params: Any) -> Iterator[Hit | Unknown]:
    return iter(())


class Across(NamedTuple):
    """What a check across messages has in place of `check`: see msgpolicy/checks/across/__init__.py."""

    at: str
    query: Callable[[Any], str]
    told: Callable[[Mapping[str, Any], Any], tuple[Mapping[str, Any], Mapping[str, Any]]]


class CheckSpec(NamedTuple):
    """A loaded check; `across`: of one that reads the messages of an archive, and so finds nothing in a single one."""

    name: str
    params: type[msgspec.Struct]
    fills: Callable[[Any], Mapping[str, str]]
    run: Callable[[Facts, Any], Iterator[Hit | Unknown]]
    prepare: Callable[[Any], Any]
    nominate: Callable[[Facts, Any], bool]
    doc: str
    words: frozenset[str] = frozenset()
    across: Across | None = None

    @property
    def scope(self) -> Scope:
        return "conversation" if self.across else "message"


def foreign_checks() -> set[str]:
    """Names of the checks that installed packages bring."""
    from importlib.metadata import entry_points  # dear to import, and asked for only where rules are written

    return {entry.name for entry in entry_points(group="msgpolicy.checks")}


def known_checks() -> list[str]:
    """Names of all checks that a rule can use, installed packages' included, without loading them."""
    own = [name.replace("_", "-") for name in _own_modules()]
    return sorted({*own, *foreign_checks()})


@cache
def load_check(name: str) -> CheckSpec:
    """The check of that name.

    Raises:
        LookupError: there is no such check, or its module lacks a part.
    """
    module_name = name.replace("-", "_")
    if module_name in _own_modules() and "_" not in name:
        module = importlib.import_module(_own_modules()[module_name])
    else:
        from importlib.metadata import entry_points

        found = list(entry_points(group="msgpolicy.checks", name=name))
        if not found:
            raise LookupError(f"there is no check {name!r}")
        module = found[0].load()
    return _spec(name, module)


def _spec(name: str, module: ModuleType) -> CheckSpec:
    try:
        static = dict(module.FILLS)
        is_across = hasattr(module, "query")
        return CheckSpec(
            name=name,
            params=module.Params,
            fills=getattr(module, "fills", lambda _params: static),
            run=_nothing if is_across else module.check,
            prepare=getattr(module, "prepare", _as_is),
            nominate=getattr(module, "nominate", _always),
            doc=(module.__doc__ or "").strip(),
            words=frozenset(getattr(module, "OWN_WORDS", ())),
            across=Across(module.AT, module.query, module.told) if is_across else None,
        )
    except AttributeError as error:
        raise LookupError(f"the module of check {name!r} lacks {error.name!r}") from None


@lru_cache(maxsize=1)
def _own_modules() -> Mapping[str, str]:
    """The checks of this package: the module of each."""
    found = {}
    for package in ("msgpolicy.checks", "msgpolicy.checks.across"):
        listed = pkgutil.iter_modules(importlib.import_module(package).__path__)
        found.update({item.name: f"{package}.{item.name}" for item in listed if item.name not in _NO_CHECKS})
    return found


_NO_CHECKS = frozenset({"base", "across", "turns", "views"})
