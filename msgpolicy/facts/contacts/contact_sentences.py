"""Whether the words around an address, a number or a link hand it out for use: "send the photos to …".

A contact in a sentence invites; in the line of a signature ("Anna Miller | Tel. …") it only stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from msgpolicy.facts.contacts.chat_invitations import condition, either, not_denying, parting
from msgpolicy.facts.contacts.data import chat_invitations as refusals
from msgpolicy.facts.contacts.data import contact_sentences as data
from msgpolicy.facts.contacts.data import phrases, words
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.word_tables import Tables, TextWord, WordTable, words_of
from msgpolicy.later import regex_later

TABLES = Tables(data)
# Code points of the words around that are read.
BEFORE = 120
BEHIND = 90
# Words in lower case, no labels, that make a sentence of a line.
_LEAST_WORDS = 2
_LONGEST_ABBREVIATION = 4
_ABBREVIATED = words("tel fax mob kom nr no art ref ext mr mrs ms dr hr fr st co ltd inc ca z b u a bzw ul al pl")
# Words between a "not" and what it takes back.
_NOT_REACH = 3

_END = regex_later(r"(?<word>\w*+)(?:[.!?](?=\s|$|[\u3040-\ud7af])|[。！？؟।])|\n")
_CLAUSE = regex_later(r"[,;:\n，；：،؛、]|\s[-–—]\s")
_GROWN = regex_later(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0600-\u06ff\u0900-\u097f]")
_DIRECT = frozenset(("us", "me", "him", "her", "my", "our", "the", "number", "nummer", "even", "ff", "op"))
_COLON_END = (":", "：")


def hands_out(before: str, behind: str) -> bool:
    """Whether the text before and behind an address or a number, as far as BEFORE and BEHIND, invites to use it."""
    before, behind = look(before), look(behind)
    sentence, rest = _sentence_before(before), behind[: _first_end(behind)]
    if is_taken_back(sentence):
        return False
    if not rest and _GROWN.search(behind) and _towards_behind().match(behind.strip().lower()):
        return True  # "…\nshop@…\nまで"
    words, words_behind = words_of(sentence), words_of(rest)
    clause = _last_clause(sentence, words)
    if _table("REPORTING").first(clause) is not None or _table("OTHERS").first(clause) is not None:
        return False
    grown = bool(_GROWN.search(sentence) or _GROWN.search(rest))
    if grown and TABLES.within("REPORTING").is_in(sentence[clause[0].start :] if clause else sentence):
        return False
    if _is_asked_before(sentence, words):
        return True
    doing = _table("DOING")
    both = [*words, *words_behind]
    does = any(_is_done(doing, both, index, f"{sentence}\0{rest}") for index in range(len(both)))
    is_sentence = _is_sentence(sentence, words) + _is_sentence(rest, words_behind) >= _LEAST_WORDS
    if _towards_behind().match(rest.lower()) and (does or is_sentence or grown):
        return True
    if grown and TABLES.within("DOING").is_in(f"{sentence}\0{rest}".lower()):
        return True
    if is_sentence and (does or _table("SPEAKING").first(both) is not None):
        return True
    return _next_begins_with_doing(behind[len(rest) :])


def is_signed(before: str, behind: str, *, named: bool = False) -> bool:
    """Whether a contact stands in a line of a signature, behind nothing but labels: "Anna Miller" above, "Tel. …".

    named: the contact says itself what it is, as a messenger's name does, and needs no label.
    """
    above, _, line = look(before).rpartition("\n")
    if look(behind).lstrip(" \t.").partition("\n")[0]:
        return False
    words = words_of(line)
    labels = _labels()
    if not (words or named) or not all(word.text in labels for word in words):
        return False
    above = above.rstrip().rpartition("\n")[2]
    words = words_of(above)
    if not above or above.endswith((*_COLON_END, "?", ",")) or _is_sentence(above, words) >= _LEAST_WORDS:
        return False
    return _table("DOING").first(words) is None and not TABLES.within("DOING").is_in(above.lower())


def is_for_sale(before: str, behind: str) -> bool:
    """Whether the text before and behind a link invites to buy there."""
    before, behind = look(before), look(behind)
    sentence, rest = _sentence_before(before), behind[: _first_end(behind)]
    if is_taken_back(sentence):
        return False
    said = f"{sentence}\0{rest}".lower()
    if _GROWN.search(said) and TABLES.within("BUYING").is_in(said):
        return True
    words = words_of(said)
    bought, buying = _table("BOUGHT"), _table("BUYING")
    for index in range(len(words)):
        if buying.length_at(words, index) and not bought.ends(words[:index]):
            return True
        if words[index].text == "order" and _is_verb(said, words, index):
            return True
    return _table("CHEAPER").first(words) is not None or bool(_LESS.search(said))


def _is_verb(said: str, words: Sequence[TextWord], index: int) -> bool:
    """Whether "order" asks for something: not "assembly order", "your order", "order 305-…"."""
    if _NOUN.match(said, words[index].end):
        return False
    opens = not index or bool(_CLAUSE.search(said, words[index - 1].end, words[index].start))
    opens = opens or "\0" in said[words[index - 1].end : words[index].start]
    return opens or _table("BEFORE_VERBS").ends(words[:index])


# "Order 305-…", "order number": what was ordered.
_NOUN = regex_later(r"\s?(?:\0|[#:0-9(]|$|(?:id|no|number|is|was|has|details|page|status)\b)")


# "20 % less", "tien euro minder"
_LESS = regex_later(
    r"(?:[0-9]|\b(?:ten|five|zehn|fünf|dix|cinq|diez|cinco|dieci|cinque|tien|vijf|dziesięć|tio|fem|dez)\s)\s?(?:%|€|£|\$|eur|euros?|bucks|quid|dollars|pounds|zł|kr|tl|percent|prozent|procent)?\s"
    r"(?:less|off|cheaper|weniger|günstiger|billiger|de moins|moins cher|menos|más barat[oa]|(?:in|di) meno|minder|"
    r"goedkoper|taniej|mniej|billigare|mindre|a menos|mais barat[oa]|ucuz|indirim)(?!\w)"
)


def is_denied(clause: str) -> bool:
    """Whether there is a "not" anywhere in a clause."""
    words = words_of(clause)
    if _GROWN.search(clause) and _denied_within().search(clause):
        return True
    return any(_table("NOT").length_at(words, at) and _denies(clause, words[at]) for at in range(len(words)))


def _sentence_before(before: str) -> str:
    """The sentence that leads up to a place: the line above, if it ends in a colon and nothing else is there."""
    starts = [0]
    for match in _END.finditer(before):
        word = match["word"] or ""
        if match.group().endswith(".") and len(word) <= _LONGEST_ABBREVIATION and word < "\u0e00":
            following = before[match.end() :].lstrip()[:1]
            if not following.isupper() or word.lower() in _ABBREVIATED:
                continue
        starts.append(match.end())
    for start in reversed(starts):
        sentence = before[start:]
        if sentence.strip() or not before[:start].rstrip().endswith(_COLON_END):
            return sentence
    return ""


def _first_end(behind: str) -> int:
    match = _END.search(behind)
    return match.start() + len(match["word"] or "") if match else len(behind)


def _last_clause(sentence: str, words: Sequence[TextWord]) -> list[TextWord]:
    """The words behind the last sign that parts clauses; a colon before the contact itself parts nothing."""
    start = 0
    for match in _CLAUSE.finditer(sentence.rstrip(" :：")):
        start = match.end()
    return [word for word in words if word.start >= start]


def _is_asked_before(sentence: str, words: Sequence[TextWord]) -> bool:
    """Whether a verb or "to" stands right before the contact, in a sentence: "photos to: …", "just text …"."""
    if not words:
        return False
    gap = sentence[words[-1].end :].strip(" \"'(")
    if not gap or gap in _COLON_END:
        if _table("TOWARDS").ends(words) and len(words) > 1:
            return True
        if _GROWN.search(sentence) and _towards_within().search(sentence.rstrip(" :：").lower()):
            return True
    if gap:
        return False
    last = len(words)
    while last and words[last - 1].text in _DIRECT and len(words) - last < 2:
        last -= 1
    return _table("DOING").ends(words[:last])


def _is_done(doing: WordTable, words: Sequence[TextWord], index: int, text: str) -> bool:
    """Whether a verb of the table stands there; before a colon it is a label."""
    count = doing.length_at(words, index)
    return count > 0 and text[words[index + count - 1].end : words[index + count - 1].end + 1] != ":"


def _is_sentence(text: str, words: Sequence[TextWord]) -> int:
    """How many words begin in lower case and are no labels."""
    labels = _labels()
    return len({word.text for word in words if text[word.start].islower() and word.text not in labels})


def _next_begins_with_doing(rest: str) -> bool:
    """Whether the next sentence of the line begins with a verb: "It's …. Ring before six."."""
    match = _NEXT.match(rest)
    if not match:
        return False
    words = words_of(rest[match.end() : match.end() + 40])[:4]
    start = 0
    while start < len(words) and words[start].text in _BEGINNINGS:
        start += 1
    return start < len(words) and _is_done(_table("DOING"), words, start, rest[match.end() :])


_NEXT = regex_later(r"[.!?。]?(?:[ \t]{1,3}|\s?\n\s?)")
_BEGINNINGS = frozenset(("please", "pls", "just", "bitte", "nur", "and", "und", "merci", "por", "favor", "proszę"))


def is_taken_back(sentence: str) -> bool:
    """Whether a "not" stands before the address, or before what is to be done there, in the last clause."""
    lowered = sentence.lower()
    clause = _CLAUSE.split(lowered.rstrip(" :："))[-1]
    if _GROWN.search(clause) and _not_within().search(clause):
        return True
    words = words_of(clause)
    doing = next((at for at in range(len(words) - 1, -1, -1) if _table("DOING").length_at(words, at)), len(words))
    end = words[doing].start if doing < len(words) else len(clause)
    for index in {*range(max(doing - _NOT_REACH - 1, 0), doing), *range(max(len(words) - 2, doing), len(words))}:
        denial = words[index]
        if not _table("NOT").length_at(words, index):
            continue
        if denial.text == "no" and index == len(words) - 1:  # "no 11 5550…": at a number
            continue
        if not _denies(clause, denial) or parting().search(clause, denial.end, end):
            continue
        if not condition().search(clause, 0, denial.start):
            return True
    return False


def _denies(clause: str, denial: TextWord) -> bool:
    """Whether a "not" is none of those that deny nothing: "don't hesitate"."""
    return all(
        not found.start() <= denial.start < found.end()
        for found in not_denying().finditer(clause, max(denial.start - 20, 0))
    )


@cache
def _table(name: str) -> WordTable:
    return WordTable("|".join(refusals.NOT_BEFORE.values())) if name == "NOT" else TABLES.words(name)


@cache
def _labels() -> frozenset[str]:
    return frozenset(look(label) for label in phrases(data.LABELS))


@cache
def _not_within() -> regex.Pattern[str]:
    """In scripts without spaces: not far before the verb."""
    return regex.compile(rf"(?:{either(refusals.NOT_BEFORE_UNSPACED)}).{{0,4}}(?:{either(data.DOING_WITHIN)})")


@cache
def _denied_within() -> regex.Pattern[str]:
    return regex.compile(f"{either(refusals.NOT_BEFORE_UNSPACED)}|{either(refusals.NOT_AFTER_UNSPACED)}")


@cache
def _towards_within() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{either(data.TOWARDS_WITHIN)})$")


@cache
def _towards_behind() -> regex.Pattern[str]:
    return regex.compile(rf"[\s\"')]{{0,2}}(?:{'|'.join(phrases(data.TOWARDS_BEHIND))})")
