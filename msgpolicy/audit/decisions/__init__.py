"""What reviewers decided of findings: a file of JSON lines, checked, and laid over the tables of an audit.

    decisions = load_decisions("decisions.jsonl", *linter.rulesets)
    lay_over(out, decisions)                       # findings become `suppressed`, verdicts follow

docs/audit-report.md tells what stands in the file.
"""

from msgpolicy.audit.decisions.laying import lay_over
from msgpolicy.audit.decisions.loading import Decisions, Entry, load_decisions
from msgpolicy.audit.decisions.model import Decision

__all__ = ["Decision", "Decisions", "Entry", "lay_over", "load_decisions"]
