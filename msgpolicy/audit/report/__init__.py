"""The report of an audit: `report.html`, one page for people, that needs nothing else. See docs/audit-report.md.

`write_report(out, asked, linter)` makes it of the tables in the folder of a finished audit.
"""

from msgpolicy.audit.report.writing import write_report

__all__ = ["write_report"]
