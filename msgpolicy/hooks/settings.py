"""What a gate does with a verdict: the settings of everything that stands in front of a send button.

Written in Python, or in a TOML file that is read again when the gate is told to reload.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from msgpolicy.typed import FrozenDict, Problem, RecordError, build, freeze

Action = Literal["send", "hold", "refuse"]

# The larger decides where reasons differ.
WEIGHT: dict[Action, int] = {"send": 0, "hold": 1, "refuse": 2}


class GateSettingsError(RecordError):
    """Settings of a gate that cannot be used; `problems` lists every bad one and why."""


class GateSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sent, held back for a person, or refused; the strictest reason decides.

    Args:
        ruleset: a shipped name (`amazon`, `amazon@2026.11`), or the path of a ruleset.
        ruleset_settings: values for the ruleset's settings.
        suppressions: path of a file of exceptions.
        lang: language of what the person who wrote the message is told.
        error: what an active violation of severity error means.
        warning: the same of severity warning.
        rules: what an active violation of one rule means, whatever its severity.
        review: what it means that a rule failed to judge (`timeout`, `crash`, `unreadable`, `too-large`), or that the
            mail cannot be read.
        missing: what it means that a rule was not evaluated for want of a fact, or of an extra that is not installed.
        not_covered: what it means that the ruleset is not about the message (another marketplace, say).
        failure: what happens when msgpolicy itself fails, takes longer than the time budget, or cannot write its line:
            `send` is fail-open, `hold` and `refuse` are fail-closed.
        time_budget: seconds by the clock for one message.
        dry_run: whether everything is sent and what would have happened is only recorded.
        dry_run_file: while this file exists, dry run is on.
        send_anyway: which decisions a person may overrule with a reason: none, those held, or all.
        log: file to which one JSON line is appended for each decision; standard error when None.
        judged_hosts: mail to addresses at these hosts is judged by hooks that see all mail; other mail is none of
            their business.
    """

    ruleset: str = "amazon"
    ruleset_settings: dict[str, Any] = msgspec.field(default_factory=FrozenDict)
    suppressions: str | None = None
    lang: str = "en"
    error: Action = "refuse"
    warning: Action = "send"
    rules: dict[str, Action] = msgspec.field(default_factory=FrozenDict)
    review: Action = "hold"
    missing: Action = "send"
    not_covered: Action = "hold"
    failure: Action = "hold"
    time_budget: Annotated[float, Meta(gt=0, le=3600)] = 10.0
    dry_run: bool = False
    dry_run_file: str | None = None
    send_anyway: Literal["never", "held", "all"] = "never"
    log: str | None = None
    judged_hosts: tuple[str, ...] = ("marketplace.amazon.*", "marketplace.amazon.com.be")

    def __post_init__(self) -> None:
        for name in ("ruleset_settings", "rules"):
            msgspec.structs.force_setattr(self, name, freeze(getattr(self, name)))

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> GateSettings:
        """Settings from plain data.

        Raises:
            GateSettingsError: a name or value is wrong; all of them are listed.
        """
        settings, problems = build(GateSettings, dict(data))
        if settings is not None:
            problems = list(_empty_names(settings))
        if settings is None or problems:
            raise GateSettingsError(problems)
        return settings

    @staticmethod
    def from_file(path: str | Path) -> GateSettings:
        """Settings from a TOML file. Paths in it are relative to its folder.

        Raises:
            GateSettingsError: the file cannot be read, is not TOML, or holds a wrong name or value.
        """
        path = Path(path)
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise GateSettingsError([Problem((), f"cannot read {path}: {error.strerror}")]) from None
        except ValueError as error:  # not UTF-8, or not TOML
            raise GateSettingsError([Problem((), f"{path}: {error}", "the file is TOML")]) from None
        settings = GateSettings.from_dict(data)
        changes: dict[str, Any] = {
            name: str(path.parent / value)
            for name in ("suppressions", "dry_run_file", "log")
            if (value := getattr(settings, name)) is not None
        }
        if settings.ruleset.endswith((".yaml", ".yml")):
            changes["ruleset"] = str(path.parent / settings.ruleset)
        return msgspec.structs.replace(settings, **changes)


def _empty_names(settings: GateSettings) -> Iterator[Problem]:
    """An empty path would be the current folder, which nobody means."""
    for name in ("ruleset", "suppressions", "dry_run_file", "log", "lang"):
        if getattr(settings, name) == "":
            yield Problem((name,), "is empty", "leave it out for the default")
