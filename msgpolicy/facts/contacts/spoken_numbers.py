"""The words for digits and pairs of digits in each language, with what is composed of them and how people type it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from msgpolicy.facts.contacts.data.digit_words import (
    DIGIT_WORDS,
    HUNDREDS,
    JOINED,
    PAIRS_IN_HINDI,
    PAIRS_IN_HINGLISH,
    REPEAT_WORDS,
    TEENS,
    TENS,
    THOUSAND,
)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def digit_phrases() -> Iterator[tuple[str, str, str]]:
    """(language, words, digits): all ways to say one digit, two as one number, or the noughts at an end.

    Of hundreds the two places behind are open: "6.." is six hundred and more, ".." as many as the digit before says.
    """
    for language in DIGIT_WORDS:
        said = dict.fromkeys(_said(language))
        for words, digits in said:
            for form in _typed(words, language):
                yield language, form, digits


def repeat_phrases() -> Iterator[tuple[str, str, int]]:
    """(language, words, times): "double" and the like."""
    for language, tables in REPEAT_WORDS.items():
        for times, table in enumerate(tables, start=2):
            for words in table.split("|"):
                for form in _typed(words, language):
                    yield language, form, times


def _said(language: str) -> Iterator[tuple[str, str]]:
    units = [words.split("/") for words in DIGIT_WORDS[language].split()]
    for digit, names in enumerate(units):
        for name in names:
            yield name, str(digit)
    for teen, words in enumerate(TEENS.get(language, "").split(), start=10):
        for name in words.split("/"):
            yield name, str(teen)
            if "-" in name:
                yield name.replace("-", " "), str(teen)
    for ten, words in enumerate(TENS.get(language, "").split(), start=2):
        for name in words.split("/"):
            yield name, f"{ten}0"
            for unit, unit_names in enumerate(units[1:], start=1):
                for unit_name in unit_names:
                    for composed in _composed(language, name, unit_name):
                        yield composed, f"{ten}{unit}"
    if language in _IRREGULAR:
        yield from _IRREGULAR[language]().items()
    for entry in HUNDREDS.get(language, "").split():
        name, _, hundreds = entry.partition(":")
        yield name, f"{hundreds}.."
    if language in THOUSAND:
        yield THOUSAND[language], "000"


def _composed(language: str, tens: str, unit: str) -> Iterator[str]:
    for pattern in JOINED.get(language, "").split("|"):
        if pattern:
            yield pattern.format(t=tens, u=unit)
    if language == "it" and unit[0] in "uo":  # trentuno, trentotto
        yield tens[:-1] + unit
    if language == "it" and unit == "tre":
        yield tens + "tré"


def _french() -> dict[str, str]:
    """21 "vingt et un", 75 "soixante-quinze", 80 to 99."""
    units, teens = DIGIT_WORDS["fr"].split(), TEENS["fr"].split()
    first = [names.split("/")[0] for names in units]
    said = {"quatre-vingts": "80", "quatre-vingt": "80"}
    for ten, tens in enumerate([names.split("/") for names in TENS["fr"].split()], start=2):
        for name in tens:
            said[f"{name} et un"] = said[f"{name}-et-un"] = f"{ten}1"
            said |= {f"{name}-{unit}": f"{ten}{digit}" for digit, unit in enumerate(first) if digit}
    said["soixante et onze"] = said["soixante-et-onze"] = "71"
    for digit, (unit, teen) in enumerate(zip(first, teens, strict=True)):
        said[f"soixante-{teen}"] = f"7{digit}"
        said[f"quatre-vingt-{teen}"] = f"9{digit}"
        if digit:
            said[f"quatre-vingt-{unit}"] = f"8{digit}"
    return said | {words.replace("-", " "): digits for words, digits in said.items()}


def _spanish() -> dict[str, str]:
    """21 to 29 are one word."""
    units = ["uno", "dós", "trés", "cuatro", "cinco", "séis", "siete", "ocho", "nueve"]
    return {f"veinti{unit}": f"2{digit}" for digit, unit in enumerate(units, start=1)}


def _turkish() -> dict[str, str]:
    units = enumerate(DIGIT_WORDS["tr"].split())
    return {"on": "10"} | {f"on{gap}{unit}": f"1{digit}" for digit, unit in units if digit for gap in ("", " ")}


def _thai() -> dict[str, str]:
    units = [names.split("/")[0] for names in DIGIT_WORDS["th"].split()]
    tens = ["สิบ", "ยี่สิบ", *(f"{unit}สิบ" for unit in units[3:])]
    said = {}
    for ten, name in enumerate(tens, start=1):
        said[name] = f"{ten}0"
        said |= {name + unit: f"{ten}{digit}" for digit, unit in enumerate(["เอ็ด", *units[2:]], start=1)}
    return said


def _han() -> dict[str, str]:
    """二十七"""
    units = "一二三四五六七八九"
    said = {"十": "10"} | {f"十{unit}": f"1{digit}" for digit, unit in enumerate(units, start=1)}
    for ten, tens in enumerate(units[1:], start=2):
        said[f"{tens}十"] = f"{ten}0"
        said |= {f"{tens}十{unit}": f"{ten}{digit}" for digit, unit in enumerate(units, start=1)}
    return said


def _korean() -> dict[str, str]:
    units = "일이삼사오육칠팔구"
    said = {"십": "10"} | {f"십{unit}": f"1{digit}" for digit, unit in enumerate(units, start=1)}
    for ten, tens in enumerate(units[1:], start=2):
        said[f"{tens}십"] = f"{ten}0"
        said |= {f"{tens}십{unit}": f"{ten}{digit}" for digit, unit in enumerate(units, start=1)}
    return said


def _arabic() -> dict[str, str]:
    units = ["أحد", "اثنا", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
    return {"عشرة": "10", "عشر": "10"} | {f"{unit} عشر": f"1{digit}" for digit, unit in enumerate(units, start=1)}


def _vietnamese() -> dict[str, str]:
    """mười hai, năm mươi lăm"""
    units = [names.split("/") for names in DIGIT_WORDS["vi"].split()]
    said = {"mười": "10"} | {f"mười {unit}": f"1{digit}" for digit in range(1, 10) for unit in units[digit]}
    for ten in range(2, 10):
        said[f"{units[ten][0]} mươi"] = f"{ten}0"
        for digit in range(1, 10):
            said |= {f"{units[ten][0]} mươi {unit}": f"{ten}{digit}" for unit in units[digit]}
    return said


def _indonesian() -> dict[str, str]:
    """dua belas, lima puluh lima"""
    units = [names.split("/")[-1] for names in DIGIT_WORDS["id"].split()]
    said = {"sepuluh": "10", "sebelas": "11"} | {f"{units[digit]} belas": f"1{digit}" for digit in range(2, 10)}
    for ten in range(2, 10):
        said[f"{units[ten]} puluh"] = f"{ten}0"
        said |= {f"{units[ten]} puluh {units[digit]}": f"{ten}{digit}" for digit in range(1, 10)}
    return said


def _hindi(words: str) -> dict[str, str]:
    return {name: str(value) for value, names in enumerate(words.split(), start=20) for name in names.split("/")}


_IRREGULAR: dict[str, Callable[[], dict[str, str]]] = {
    "fr": _french,
    "es": _spanish,
    "tr": _turkish,
    "th": _thai,
    "ja": _han,
    "zh": _han,
    "ko": _korean,
    "ar": _arabic,
    "vi": _vietnamese,
    "id": _indonesian,
    "hi": lambda: _hindi(PAIRS_IN_HINDI),
    "hi-Latn": lambda: _hindi(PAIRS_IN_HINGLISH),
}


def _typed(words: str, language: str) -> Iterator[str]:
    """The words as written, without accents, German ones also with ae and ss; Arabic ones also with "and"."""
    forms = {words}
    if language == "de":
        forms.add(words.translate(_UMLAUTS))
    if words[0] < "\u0370":  # Latin
        plain = unicodedata.normalize("NFD", words.replace("ł", "l").replace("ı", "i").replace("ß", "ss"))
        forms.add("".join(char for char in plain if not unicodedata.combining(char)))
    elif language == "ar":
        forms.add("و" + words)
    yield from sorted(forms)
