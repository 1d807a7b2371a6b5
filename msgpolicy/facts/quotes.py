"""What a text only quotes: the buyer's own words above or below an answer, or between quotation marks.

Quoted are lines that begin with `>`, all that follows the head line of an older message ("On … wrote:", "Original
Message"), and what stands in quotation marks right after words such as "you wrote". What is found there is told, and
not held against the writer of the answer. Linear in the length of the text.
"""

from __future__ import annotations

import regex

_QUOTED_LINE = regex.compile(r"(?m)^[ \t]{0,4}>[^\n]*+")
_HEAD = regex.compile(
    r"(?mi)^[ \t>]{0,8}(?:"
    r"[-_]{2,40}[ \t]?(?:original message|ursprüngliche nachricht|wiadomość oryginalna|oryginalna wiadomość"
    r"|message d'origine|messaggio originale|mensaje original|oorspronkelijk bericht)[ \t]?[-_]{2,40}"
    r"|on [^\n]{4,150} wrote:|am [^\n]{4,150} schrieb[^\n]{0,100}:|w dniu [^\n]{4,150} napisał(?:\(?a\)?)?[^\n]{0,100}:"
    r"|le [^\n]{4,150} a écrit ?:|el [^\n]{4,150} escribió:|il [^\n]{4,150} ha scritto:"
    r"|op [^\n]{4,150} schreef[^\n]{0,80}:"
    r")[ \t]*+$"
)
_SAID = regex.compile(
    r"(?i)\b(?:(?:you|sie|du) (?:have )?"
    r"(?:wrote|write|written|asked|ask|said|say|schreiben|schrieben|schreibst|schriebst|fragten|fragen|fragst)"
    r"|(?:sie|du) (?:haben|hatten|hast) (?:geschrieben|gefragt)|(?:pan|pani|państwo) (?:na)?pisał[ai]?"
    r"|(?:na)?pisał[ai]? (?:pan|pani|państwo)|pisze (?:pan|pani)|pyta (?:pan|pani)"
    r"|(?:your|ihre|deine|twoja|pana|pani|państwa) (?:message|question|nachricht|frage|wiadomość|pytanie))"
    r"[^\n\"„“”«»]{0,40}+(?P<said>[\"„“”«»][^\n\"„“”«»]{1,600}+[\"„“”«»])"
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of what the text only quotes, in order and apart from each other."""
    spans = [match.span() for match in _QUOTED_LINE.finditer(text)]
    spans += [match.span("said") for match in _SAID.finditer(text)]
    head = _HEAD.search(text)
    if head is not None:
        # Answers written between quoted lines are the writer's own.
        between = _QUOTED_LINE.search(text, head.end())
        spans.append(head.span() if between else (head.start(), len(text)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
