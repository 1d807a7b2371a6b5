"""Refuses a draft that breaks the policy: python examples/refuse_draft.py DRAFT.json"""

import sys
from pathlib import Path

from msgpolicy import Linter, Message

draft = Message.from_json(Path(sys.argv[1]).read_bytes())
report = Linter("amazon").check(draft)
for violation in report.violations:
    print(f"{violation.rule}: {violation.message} {violation.suggestion}")
if report.verdict in ("block", "review"):
    sys.exit("not sent")
print("sent")
