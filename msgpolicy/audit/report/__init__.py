"""The report of an audit that people look at: `report.html`, one page that needs nothing else. See docs/audit-report.md.

`write_report(out, linter)` makes it of the tables in the folder of a finished audit.
"""

from msgpolicy.audit.report.writing import write_report

__all__ = ["write_report"]
