"""Recall for phone numbers in every disguise, and how many look-alikes pass: `python -m benchmarks.phones`.

Numbers come from the examples of libphonenumber's plans with other last digits, number words from num2words, other
numbers from the patterns of marketplaces, carriers and registers. Two sets share neither sentences nor numbers: rules
are mended with `develop`, `measure` only measures. `--show` prints what `develop` still misses.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable

from benchmarks.phones.cases import Case, cases
from msgpolicy.facts.contacts.finding import Contact, find_contacts
from msgpolicy.facts.spans import Reading


def outcome(case: Case) -> tuple[bool, bool, tuple[Contact, ...]]:
    """Whether the right thing was found, whether at exactly its place and only that, and what was."""
    phones = find_contacts(Reading("text", case.text, case.text), case.countries).phones
    if not case.written:
        return not phones, not phones, phones
    start = case.text.index(case.written)
    end = start + len(case.written)
    # Where nobody says which country it is, the digits are all that can be read.
    digits = case.number.lstrip("+") if case.countries else case.number[-6:]
    right = [each for each in phones if each.start < end and start < each.end and each.normalized.endswith(digits)]
    return bool(right), len(phones) == 1 and bool(right) and (right[0].start, right[0].end) == (start, end), phones


def table(judged: Iterable[tuple[Case, bool, bool]], *, by_language: bool) -> str:
    whole, right, exact = Counter[str](), Counter[str](), Counter[str]()
    for case, is_right, is_exact in judged:
        keys = [case.group, *([f"{case.group} · {case.language}"] if by_language else ())]
        for key in keys:
            whole[key] += 1
            right[key] += is_right
            exact[key] += is_exact
    lines = ["| group | cases | right | place exact |", "|---|---|---|---|"]
    lines += [
        f"| {key} | {whole[key]} | {right[key] / whole[key]:.3f} | {exact[key] / whole[key]:.3f} |"
        for key in (sorted(whole) if by_language else whole)
    ]
    return "\n".join(lines)


def show(case: Case, phones: Iterable[Contact]) -> None:
    found = [(case.text[each.start : each.end], each.normalized) for each in phones]
    print(f"{case.group} [{' '.join(case.countries)}] {case.text!r} {case.number}: {found}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phones", description=__doc__)
    parser.add_argument("--set", default="measure", choices=["develop", "measure"])
    parser.add_argument("--cases", type=int, default=400, help="cases of each disguise (default: 400)")
    parser.add_argument("--group", default="", help="only groups whose name holds this")
    parser.add_argument("--languages", action="store_true", help="a row for each language besides")
    parser.add_argument("--show", action="store_true", help="print what is misjudged; for the set `develop` only")
    args = parser.parse_args()
    if args.show and args.set == "measure":
        parser.error("the set that measures is not looked at")
    judged = []
    for case in cases(measure=args.set == "measure", per_group=args.cases):
        if args.group in case.group:
            right, exact, phones = outcome(case)
            judged.append((case, right, exact))
            if args.show and not exact:
                show(case, phones)
    print(table(judged, by_language=args.languages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
