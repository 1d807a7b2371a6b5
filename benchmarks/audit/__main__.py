"""What an audit costs: `python -m benchmarks.audit [--quick] [--save]`, the parts `audit` and `audit-memory` of
`python -m benchmarks`; with `--messages N...`, memory over archives of so many messages alone."""

from __future__ import annotations

import argparse
import sys

from benchmarks.__main__ import main as measure
from benchmarks.audit import memory
from benchmarks.speed import results


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few messages: tells whether it works")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/<date>-<machine>.json")
    parser.add_argument("--messages", type=int, nargs="+", metavar="N", help="memory over archives of these sizes")
    options = parser.parse_args()
    if not options.messages:
        flags = [f"--{name}" for name in ("quick", "save") if getattr(options, name)]
        return measure(["audit", "audit-memory", *flags])
    found = memory.measure(counts=options.messages)
    print("\n".join(memory.lines(found)))
    if options.save:
        print(f"\nwritten: {results.save({'audit-memory': results.part(found, quick=False)})}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
