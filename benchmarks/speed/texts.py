"""Texts of messages: paragraphs of the spent messages of `benchmarks/accuracy/develop`, put together anew."""

from __future__ import annotations

import re
from functools import cache
from random import Random
from typing import NamedTuple

from benchmarks.accuracy.__main__ import FOLDER, Case, cases

# A marketplace for each language.
MARKETPLACES = {
    "ar": "amazon.ae",
    "de": "amazon.de",
    "en": "amazon.com",
    "es": "amazon.es",
    "fr": "amazon.fr",
    "hi": "amazon.in",
    "it": "amazon.it",
    "ja": "amazon.co.jp",
    "ko": "amazon.com",
    "nl": "amazon.nl",
    "pl": "amazon.pl",
    "pt": "amazon.com.br",
    "sv": "amazon.se",
    "th": "amazon.sg",
    "tr": "amazon.com.tr",
    "zh": "amazon.com",
}
LANGUAGES = tuple(MARKETPLACES)
# What stays a violation whatever else a message says.
_LASTING = frozenset(
    [
        *("email-address", "external-link", "messenger-contact", "phone-number", "off-platform-diversion"),
        *("positive-review-request", "review-change-request", "review-gating", "review-incentive"),
        *("marketing", "offensive-language", "sensitive-data"),
    ]
)
# Messages about an order's own business. Others come near to a rule, and would break it beside each other's words.
_REASONS = frozenset(
    [
        *("bulky_delivery", "custom_design", "invoice", "order_information", "order_problem", "other_required"),
        "return_question",
    ]
)
_ORDER_ID = re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9-])")
_LONGEST = 400  # code points of a paragraph
_SHORTEST = 25  # what is shorter greets or signs
_DENSE = frozenset({"ja", "ko", "zh"})  # where a code point says two or three times as much


class Pool(NamedTuple):
    """What messages of one language are made of."""

    openings: list[str]
    paragraphs: list[str]
    closings: list[str]
    violations: list[str]


@cache
def _pools() -> dict[str, Pool]:
    found = {language: Pool([], [], [], []) for language in LANGUAGES}
    for folder in ("develop", "develop/purposes", "develop/chat", "develop/contacts"):
        for case in cases(FOLDER / folder):
            pool = found.get(case.language.split("-")[0])
            text = case.record.get("text")
            if pool is None or not isinstance(text, str) or "html" in case.record:
                continue
            if case.expect:
                if case.expect & _LASTING and len(text) <= _LONGEST:
                    pool.violations.append(text)
            elif case.record.get("reason") in _REASONS:
                _take_apart(case, text, pool)
    return found


def _take_apart(case: Case, text: str, pool: Pool) -> None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    shortest = _SHORTEST // 2 if case.language in _DENSE else _SHORTEST
    if len(lines) > 1 and len(lines[0]) < 2 * shortest:
        pool.openings.append(lines.pop(0))
    if len(lines) > 1 and len(lines[-1]) < 2 * shortest:
        pool.closings.append(lines.pop())
    pool.paragraphs.extend(line for line in lines if shortest <= len(line) <= _LONGEST)


def text(random: Random, language: str, size: int, most: int, order: str, *, violates: bool) -> list[str]:
    """Paragraphs with a greeting, a name and the order id: `size` code points or some more, when joined by empty lines.

    No paragraph is added that makes them more than `most`. Every order id is `order`.
    """
    pool = _pools()[language]
    parts = [random.choice(pool.openings), f"{random.choice(pool.closings)}\n{order}"]
    if violates:
        parts.insert(1, random.choice(pool.violations))
    length = sum(map(len, parts)) + 2 * len(parts) - 2
    while length < size:
        paragraph = random.choice(pool.paragraphs)
        if length + 2 + len(paragraph) > most:
            break
        parts.insert(random.randint(1, len(parts) - 1), paragraph)
        length += 2 + len(paragraph)
    return [_ORDER_ID.sub(order, part) for part in parts]
