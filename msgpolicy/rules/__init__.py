"""Rulesets: YAML files that say which messages break which rule, loaded into immutable values."""

from msgpolicy.rules.files import shipped_rulesets
from msgpolicy.rules.lexicons import Concept
from msgpolicy.rules.load import load_ruleset
from msgpolicy.rules.problems import RulesetError, RulesetProblem, SettingError
from msgpolicy.rules.ruleset import Allow, Case, Covers, Route, Rule, Ruleset, RuleVersion, SeverityWhen
from msgpolicy.rules.settings import Setting

__all__ = [
    "Allow",
    "Case",
    "Concept",
    "Covers",
    "Route",
    "Rule",
    "RuleVersion",
    "Ruleset",
    "RulesetError",
    "RulesetProblem",
    "Setting",
    "SettingError",
    "SeverityWhen",
    "load_ruleset",
    "shipped_rulesets",
]
