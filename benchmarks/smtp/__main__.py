"""The SMTP filter: `python -m benchmarks.smtp [--quick] [--mails N] [--relay PORT] [latency|kills]`.

latency: a session of a clean 5 KB mail through `msgpolicy smtp`, against the same filter with --no-judging, in turns,
at half the rate that the judging one can take; with --relay before a mail server of yours (which must take the mail),
else before one that takes all at once.
kills: mails (100,000, or 2,000 with --quick) while the filter and the relay are killed at random.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.smtp import kills, latency


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.smtp", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("latency", "kills", "all"), nargs="?", default="all")
    parser.add_argument("--quick", action="store_true", help="few mails")
    parser.add_argument("--mails", type=int, help="how many mails are sent while processes are killed")
    parser.add_argument("--relay", type=int, metavar="PORT", help="a mail server on this machine, for latency")
    options = parser.parse_args()
    if options.part != "kills":
        mails = 400 if options.quick else 4_000
        name = f"the mail server at port {options.relay}" if options.relay else "a relay that takes all at once"
        print(latency.measured(mails, options.relay, name).shown(), flush=True)
    if options.part != "latency":
        found = kills.run(options.mails or (2_000 if options.quick else 100_000))
        print(found.shown())
        return int(bool(found.lost or found.forbidden or found.changed or found.wrong_answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
