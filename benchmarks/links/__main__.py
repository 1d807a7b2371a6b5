"""Recall and false alarms of links and e-mail addresses: `python -m benchmarks.links` (`--held-out` only to measure).

Cases are split by a hash of their text: those that rules may be written from, and those that only measure.
`--misses ROW` prints what was missed, of the first half only.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import regex

from benchmarks.links.cases import (
    Case,
    detector_cases,
    held_out,
    real_link_cases,
    real_mail_cases,
    standard_cases,
    trick_cases,
)
from benchmarks.links.material import fetch
from benchmarks.links.sentences import LANGUAGES, sentences
from msgpolicy.facts.contacts.addresses import Placed, read_addresses
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.finding import classify_url
from msgpolicy.facts.links.hosts import read_host


def all_cases(root: Path) -> Iterator[Case]:
    """All cases; of links only those that a browser or mail program opens, not the schemes of other programs."""
    for case in _all(root):
        expect = tuple(url for url in case.expect if case.kind != "link" or not _OTHER_SCHEME.match(url))
        if expect:
            yield case._replace(expect=expect)


_OTHER_SCHEME = regex.compile(r"(?!(?:h..ps?|ftp):)[A-Za-z][\w+.-]*:/|file:|//", regex.IGNORECASE)


def _all(root: Path) -> Iterator[Case]:
    yield from detector_cases(root)
    yield from real_link_cases()
    yield from standard_cases(root)
    yield from trick_cases(root)
    yield from real_mail_cases()


def missed(case: Case) -> list[str]:
    """What of a case was not found."""
    if case.kind == "url":
        return [host for host in case.expect if classify_url(case.text).ascii_host != _ascii(host)]
    view = ContactView(case.text)
    found = read_addresses(view)
    if case.kind == "email":
        addresses = {mail.address for mail in found.emails}
        return [mail for mail in case.expect if _plain(mail) not in addresses]
    if case.kind == "deceptive":
        spans = [view.span(url.start, url.end) for url in found.urls if url.link.obfuscated]
        written = [case.text[slice(*span)] for span in spans]
        return [form for form in case.expect if not any(form.strip("/") in text or text in form for text in written)]
    hosts = Counter(url.link.ascii_host for url in found.urls)
    return [url for url in case.expect if not hosts[_ascii_of(url)]]


def _plain(mail: str) -> str:
    name, _, host = mail.lower().rpartition("@")
    return f"{name}@{_ascii(host)}"


def _ascii_of(url: str) -> str:
    return classify_url(url if "//" in url else f"//{url}").ascii_host


def _ascii(host: str) -> str:
    read = read_host(host)
    return read.ascii if read else host


def false_alarms(text: str) -> list[str]:
    view = ContactView(text)
    found = read_addresses(view)
    places: list[Placed] = [*found.urls, *found.emails]
    return [view.written(place.start, place.end) for place in places]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links", description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="judge the cases that only measure")
    parser.add_argument("--misses", metavar="ROW", help="print what was missed in rows that start like this")
    options = parser.parse_args()
    shown = None if options.held_out else options.misses
    root = fetch()
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for case in all_cases(root):
        if held_out(case.text) != options.held_out:
            continue
        lost = missed(case)
        whole[case.row] += len(case.expect)
        right[case.row] += len(case.expect) - len(lost)
        if lost and shown is not None and case.row.startswith(shown):
            print(f"{case.row}: {case.text!r} lacks {lost}")
    print("| cases | number | found |\n|---|---|---|")
    for row in sorted(whole):
        print(f"| {row} | {whole[row]} | {right[row] / whole[row]:.3f} |")
    print("\n| sentences | number | clean |\n|---|---|---|")
    for language in LANGUAGES:
        number = clean = 0
        for text in sentences(root, language):
            if held_out(text) != options.held_out:
                continue
            number += 1
            alarms = false_alarms(text)
            clean += not alarms
            if alarms and shown is not None and f"sentences {language}".startswith(shown):
                print(f"{language}: {alarms} in {text!r}")
        print(f"| {language} | {number} | {clean / max(number, 1):.4f} |")


if __name__ == "__main__":
    main()
