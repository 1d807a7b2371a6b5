"""How fast messages are judged: `python -m benchmarks [PART...] [--quick] [--save]`.

Every figure is a ratio to something measured in turns with it, in the same run. What the parts measure, what they need
and how long they take: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.speed import results
from benchmarks.speed.parts import PARTS
from benchmarks.speed.scanners import install


def main(argv: Sequence[str] | None = None) -> int:
    """Measures the parts and prints their tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", metavar="PART", nargs="*", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument(
        "--quick", action="store_true", help="few messages: tells whether it works, and the order of size"
    )
    parser.add_argument(
        "--install-scanners",
        action="store_true",
        help="install SpamAssassin and rspamd with apt-get first (needs root)",
    )
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/<date>-<machine>.json")
    options = parser.parse_args(argv)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.install_scanners:
        install()
    for name in options.parts or PARTS:
        part = PARTS[name]
        found = part.measure(quick=options.quick)
        print(f"\n{name}\n\n" + "\n".join(part.lines(found)), flush=True)
        if options.save:
            print(f"\nwritten: {results.save({name: results.part(found, quick=options.quick)})}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
