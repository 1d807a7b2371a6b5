"""Phone numbers as they are dictated. Number words come from num2words, not from the tables of the library."""

from __future__ import annotations

from random import Random

from num2words import num2words

# What num2words does not know.
_OWN: dict[str, list[list[str]]] = {
    "zh": [
        ["零", "〇"],
        ["一", "幺"],
        ["二", "两"],
        ["三"],
        ["四"],
        ["五"],
        ["六"],
        ["七"],
        ["八"],
        ["九"],
    ],
    "hi": [
        ["शून्य", "ज़ीरो"],
        ["एक"],
        ["दो"],
        ["तीन"],
        ["चार"],
        ["पाँच", "पांच"],
        ["छह", "छः", "छे"],
        ["सात"],
        ["आठ"],
        ["नौ"],
    ],
    "hi-Latn": [
        ["zero", "shunya"],
        ["ek"],
        ["do"],
        ["teen", "tin"],
        ["char", "chaar"],
        ["paanch", "panch"],
        ["chhe", "chhah", "cheh"],
        ["saat", "sat"],
        ["aath", "aat"],
        ["nau", "no"],
    ],
}
_MORE: dict[str, dict[str, list[str]]] = {
    "en": {"0": ["zero", "oh", "o"]},
    "de": {"2": ["zwei", "zwo"]},
    "ja": {"0": ["〇", "零", "ゼロ", "れい"]},
    "ko": {"0": ["공", "영"]},
    "pt": {"6": ["seis", "meia"]},
    "ar": {"2": ["اثنان", "اثنين"]},
}
_UNSPACED = frozenset({"ja", "zh", "ko", "th"})
# Languages whose numbers are read out in pairs, with the word for two that is one word or hyphenated.
PAIRS = frozenset({"de", "fr", "es", "it", "nl", "sv", "pl", "pt", "tr", "en"})


def digit_word(language: str, digit: str, random: Random) -> str:
    if language in _OWN:
        return random.choice(_OWN[language][int(digit)])
    if digit in _MORE.get(language, {}):
        return random.choice(_MORE[language][digit])
    return str(num2words(int(digit), lang=language))


def digits_spoken(digits: str, language: str, random: Random) -> str:
    """Each digit as a word."""
    gap = random.choice(["", "", " "]) if language in _UNSPACED else random.choice([" ", " ", ", ", "-", " - ", ". "])
    return gap.join(digit_word(language, digit, random) for digit in digits)


def mixed(digits: str, language: str, random: Random) -> str:
    """Some digits as words, others as digits, in groups."""
    gap = "" if language in _UNSPACED and random.random() < 0.5 else " "
    out = [digit_word(language, digit, random) if random.random() < 0.55 else digit for digit in digits]
    return gap.join(out)


def doubled(digits: str, language: str, random: Random) -> str:
    """English as it is dictated: "double five", "triple zero"."""
    out: list[str] = []
    at = 0
    while at < len(digits):
        run = 1
        while run < 3 and digits[at : at + run + 1] == digits[at] * (run + 1):
            run += 1
        word = digit_word(language, digits[at], random)
        out.append(("", "", "double ", "triple ")[run] + word)
        at += run
    return " ".join(out)


def pairs(digits: str, language: str, random: Random) -> str:
    """Two digits at a time: "zero six, twelve, thirty-four"."""
    out: list[str] = []
    start = len(digits) % 2
    if start:
        out.append(digit_word(language, digits[0], random))
    for at in range(start, len(digits), 2):
        pair = digits[at : at + 2]
        if pair[0] == "0":
            out += (digit_word(language, char, random) for char in pair)
        else:
            out.append(str(num2words(int(pair), lang=language)))
    return random.choice([" ", ", "]).join(out)
