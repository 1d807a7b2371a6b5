"""Whether the words around a messenger's name ask the reader to use it: "add us on …", "…で友だち追加"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import regex

from msgpolicy.facts.contacts.data import chat_doing as doing
from msgpolicy.facts.contacts.data import chat_invitations as data
from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.look import look
from msgpolicy.scan import Scanner

# Words between a "not" and the invitation that it takes back.
_NOT_REACH = 3
# Code points behind the name where a "not" still takes back what was asked before it.
_NOT_BEHIND = 14


def is_invitation(before: str, behind: str, *, certain: bool = True) -> bool:
    """Whether a sentence's text before and behind a name, in lower case, makes an invitation of it.

    "Please do not write to us on …" and "we do not use …" are none; nor are words for what the goods can do.
    certain: the name means nothing else; else a noun that follows it is what the words behind that speak of: "line
    output works best".
    """
    if is_reported(before):
        return False
    of_goods = is_of_goods(f"{before}|{behind}")
    behind = not_denying().sub(lambda found: "·" * len(found.group()), behind)
    if is_asked(before) and not _not_behind().search(_CLAUSE_END.split(behind[:_NOT_BEHIND], 1)[0]):
        return not of_goods or bool(_writer().search(before))
    if of_goods or _not_behind().search(_CLAUSE_END.split(behind, 1)[0]):
        return False
    return _is_had(before, behind) or _is_answered(before, behind, certain=certain)


def is_of_goods(text: str) -> bool:
    """Whether the text, with "|" in place of the name, speaks of what goods can do or what is printed on them."""
    return bool(_goods().search(text) or _doing().search(text))


def is_reported(before: str) -> bool:
    """Whether the text before a name tells what others asked or might ask for."""
    return bool(_reported().search(before))


def is_asked(before: str) -> bool:
    """Whether the text before a name, in lower case, ends in the words of an invitation."""
    if not _verbs().find(before):
        return False
    return _holds(before, _before())


def is_free(behind: str) -> bool:
    """Whether no other noun follows the name: "… on WhatsApp", not "… on WhatsApp stickers"."""
    return bool(_free().match(behind))


def is_refused(answer: str) -> bool:
    """Whether the text behind a question, in lower case, begins with a refusal."""
    return bool(_refused().match(answer))


def is_own(before: str) -> bool:
    """Whether the name is called one's own: "my …", "unser …"."""
    found = _own().search(before)
    return bool(found) and not _is_denied(before, len(before), data.NOT_BEFORE)


def is_to_follow(around: str) -> bool:
    """Whether the words around the name of a network ask to follow its pages, or to look at them."""
    return bool(_follow().search(around))


def is_to_look(around: str) -> bool:
    """Whether they only ask to have a look: that is advertising and no contact."""
    return bool(_look().search(around))


def is_own_place(before: str, behind: str) -> bool:
    """Whether the name is that of one's own page or group: "our … channel"."""
    return is_own(before) and bool(_place().match(behind)) and not _not_behind().search(behind)


def is_its_place(behind: str) -> bool:
    """Whether a word for a group or a page there follows the name."""
    return bool(_place().match(behind))


def _is_had(before: str, behind: str) -> bool:
    """ "Do you have …?", "my …": an invitation where no other noun follows; "thanks for your …" is none."""
    return is_free(behind) and not _thanked().search(before) and _holds(before, _have())


def _is_answered(before: str, behind: str, *, certain: bool) -> bool:
    """Whether the invitation's words follow the name, as in many languages they do."""
    patterns = _behind() if certain or is_free(behind) else _right_behind()
    languages = [language for language, pattern in patterns.items() if pattern.match(behind)]
    if _name_as_verb().match(behind):
        languages.append("en")
    return bool(languages) and not _is_denied(before, len(before), languages)


def _holds(before: str, patterns: dict[str, regex.Pattern[str]]) -> bool:
    """Whether one of the patterns, by language, ends the text and nothing in that language takes it back."""
    found = {language: match.start() for language, pattern in patterns.items() if (match := pattern.search(before))}
    return bool(found) and not any(_is_denied(before, start, (language,)) for language, start in found.items())


def _is_denied(before: str, verb: int, languages: Iterable[str]) -> bool:
    """Whether there is a "not" before a name, not far before the verb or behind it."""
    text = not_denying().sub(lambda found: "·" * len(found.group()), before)
    clause = max((match.end() for match in _CLAUSE_END.finditer(text, 0, verb)), default=0)
    patterns = _not_before()
    wanted = {near for language in languages for near in _near().get(language, (language,))}
    for pattern in (*(patterns[language] for language in wanted if language in patterns), _not_unspaced()):
        for found in pattern.finditer(text, clause):
            if found.start() >= verb:
                if found.group() == "no" and "pt" in languages:  # "no whatsapp": on it
                    continue
                return True
            between = text[found.end() : verb]
            if len(between.split()) > _NOT_REACH or parting().search(between):
                continue
            if not condition().search(text, clause, found.start()):
                return True
    return False


@cache
def _near() -> dict[str, tuple[str, ...]]:
    return {language: group for group in data.NEAR_LANGUAGES for language in group}


# Within one clause, few words in between.
_BETWEEN = r"[^.!?。！？؟।\n]"
_CLAUSE_END = regex.compile(r"[,;:\n，；：،؛]|\s[-–—]\s|(?<=[\u0e00-\u0e7f])\s")
_LATIN_ACCENTED = regex.compile(r"[à-öø-ÿ\u0100-\u017f]")
_UNSPACED = ("zh", "ja", "ko", "th")


def either(table: str) -> str:
    """A pattern of the entries of a table, also without their accents; `*` stands for any further letters."""
    entries = {form for entry in phrases(table) for form in (look(entry), without_accents(look(entry)))}
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "|".join(regex.escape(entry).replace(r"\*", r"\w*") for entry in ordered)


def without_accents(entry: str) -> str:
    """Accents of Latin letters only: in other scripts the marks are letters."""
    return _LATIN_ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found.group())[0], entry)


def whole(table: str) -> str:
    """The same, as whole words in scripts that write spaces."""
    return rf"(?<![^\W\d_])(?:{either(table)})(?![^\W\d_])"


@cache
def _verbs() -> Scanner:
    """All verbs up to where any letters may follow: without one of them the patterns need not be tried."""
    entries = (entry for invitations in data.BEFORE.values() for each in invitations for entry in phrases(each.verbs))
    verbs = (look(entry.partition("*")[0]) for entry in entries)
    return Scanner({form for verb in verbs for form in (verb, without_accents(verb))})


@cache
def _before() -> dict[str, regex.Pattern[str]]:
    """For each language, what ends right before the name; the nearest verb is found first."""
    return {
        language: regex.compile(rf"(?r)(?:{'|'.join(_pattern(entry, language) for entry in invitations)})[\"'(]?$")
        for language, invitations in data.BEFORE.items()
    }


def _pattern(invitation: data.Invitation, language: str) -> str:
    verbs, links, own, reach = invitation
    start = f"(?:{either(verbs)})" if language in _UNSPACED else whole(verbs)
    if not links:
        return rf"{start}{_BETWEEN}{{0,{reach}}}?"
    owned = rf"(?:(?:{either(own)})\s)?" if own else ""
    return rf"{start}{_BETWEEN}{{0,45}}?(?<![^\W\d_])(?:{either(links)})\s{owned}"


@cache
def _have() -> dict[str, regex.Pattern[str]]:
    return {
        language: regex.compile(
            rf"(?r)(?:{either(table)})\s?$"
            if language in _UNSPACED
            else rf"(?r){whole(table)}\s(?:(?:an?|the|auch|noch|un|une|el|il|l'|een|ett|o|le|la)\s)?$"
        )
        for language, table in data.HAVE.items()
    }


@cache
def _free() -> regex.Pattern[str]:
    """No further noun behind a name: the end, a sign, a small word."""
    account = r"[a-z][a-z.]*[0-9_]"
    return regex.compile(
        rf"\s*(?:$|[^\w\s]|{account}|(?:{either(data.FREE)})(?![^\W\d_]))|[\u0e00-\u0e7f\u3000-\ud7af]"
    )


@cache
def _behind() -> dict[str, regex.Pattern[str]]:
    return {language: _answer(language, 25) for language in data.AFTER}


@cache
def _right_behind() -> dict[str, regex.Pattern[str]]:
    """Without words in between, but for languages that write no spaces: there a noun is not told from other words."""
    return {**_behind(), **{language: _answer(language, 1) for language in data.AFTER if language not in _UNSPACED}}


def _answer(language: str, reach: int) -> regex.Pattern[str]:
    """reach: code points between the name, with what joins it, and the verb."""
    verbs, joins, is_joined = data.AFTER[language]
    join = rf"\s?(?:{either(joins)}){'' if is_joined else '?'}" if joins else ""
    last = rf"|{data.AFTER_AT_END[language]}(?=\s*(?:$|[.,!?;]))" if language in data.AFTER_AT_END else ""
    return regex.compile(rf"{join}{_BETWEEN}{{0,{reach}}}?(?<![A-Za-z])(?:{either(verbs)}{last})(?![A-Za-z])")


@cache
def _name_as_verb() -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:{either(data.NAME_AS_VERB)})\b(?! (?:is|are|was)\b)")


@cache
def _not_before() -> dict[str, regex.Pattern[str]]:
    return {language: regex.compile(whole(table)) for language, table in data.NOT_BEFORE.items()}


@cache
def _not_unspaced() -> regex.Pattern[str]:
    return regex.compile(either(data.NOT_BEFORE_UNSPACED))


@cache
def not_denying() -> regex.Pattern[str]:
    """Phrases with a "not" that deny nothing."""
    return regex.compile(" ".join(data.NOT_DENYING.split()).replace("| ", "|"))


@cache
def condition() -> regex.Pattern[str]:
    """What makes a condition of the "not" behind it."""
    return regex.compile(whole(data.IF))


@cache
def parting() -> regex.Pattern[str]:
    """What parts a "not" from the invitation behind it."""
    return regex.compile(whole(data.APART))


@cache
def _not_behind() -> regex.Pattern[str]:
    unspaced = (
        either(data.NOT_AFTER_UNSPACED).replace("ません", "ません(?!か)").replace("ない", "ない(?!です?か|でしょうか)")
    )
    return regex.compile(rf"{whole(data.NOT_AFTER)}|m[ıi]yor|{unspaced}")


@cache
def _goods() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![A-Za-z])(?:{either(data.GOODS)})(?![A-Za-z])")


@cache
def _doing() -> regex.Pattern[str]:
    """Goods and what they do, in the clause of the name, whose place is "|"; where verbs come last, behind it."""
    clause = r"[^.!?,;:\n|]"
    return regex.compile(
        "|".join(
            rf"{whole(things)}{clause}*+\|{clause}*?\s{whole(verbs)}"
            if language in doing.VERBS_LAST
            else rf"{whole(things)}{clause}{{0,12}}?\s{whole(verbs)}{clause}*+\|"
            for language, (things, verbs) in doing.DOING.items()
        )
    )


@cache
def _follow() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![A-Za-zÀ-ž])(?:{either(data.FOLLOW)}|{either(data.LOOK)})")


@cache
def _look() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![A-Za-zÀ-ž])(?:{either(data.LOOK)})")


@cache
def _reported() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![^\W\d_])(?:{either(data.REPORTED)})")


@cache
def _thanked() -> regex.Pattern[str]:
    """Thanks in the clause before the name."""
    return regex.compile(rf"(?<![^\W\d_])(?:{either(data.THANKED)})[^,;:.!?，；：。、]*$")


@cache
def _refused() -> regex.Pattern[str]:
    return regex.compile(
        rf"[\s\W]{{0,4}}+(?!{either(data.REFUSED_NOT)}){whole(data.REFUSED)}|[\s\W]{{0,4}}+(?:抱歉|对不起|不可以|不行|申し訳|すみません|いいえ)"
    )


@cache
def _writer() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![^\W\d_])(?:{either(data.WRITER)})(?![^\W\d_])")


@cache
def _own() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![^\W\d_])(?:{either(data.OWN)})\s?(?:own |official |personal )?$")


@cache
def _place() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:[\s-]|(?=[\u0e00-\u0e7f\u3000-\ud7af]))(?:{either(data.PLACES)})(?:(?<=[\u0e00-\u0e7f\u3000-\ud7af])|(?![^\W\d_]))"
    )
