"""Every kind of contact in every disguise in every place: found, at its exact place, and read as what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from msgpolicy import Message, Violation
from tests.linters import linter


class Kind(NamedTuple):
    """A contact as it is written plainly, the rule that finds it, and what it is read as."""

    rule: str
    written: str
    normalized: str


EMAIL = Kind("email-address", "anna@mugs.example", "anna@mugs.example")
PHONE = Kind("phone-number", "+49 30 23125 000", "+493023125000")
LINK = Kind("external-link", "https://mugs.example/cup", "https://mugs.example/cup")
HOST = Kind("external-link", "www.mugs.example", "https://www.mugs.example")
CHAT = Kind("messenger-contact", "WhatsApp: mugs_24", "mugs_24")
KINDS = {"email": EMAIL, "phone": PHONE, "link": LINK, "host": HOST, "chat": CHAT}


def mapped(letter: int | None, digit: int | None, *, capital: int | None = None) -> Callable[[str], str]:
    """Exchanges letters and digits for those of another block."""
    table: dict[int, int] = {}
    for place in range(26):
        if letter is not None:
            table[ord("a") + place] = letter + place
        if capital is not None:
            table[ord("A") + place] = capital + place
    for place in range(10):
        if digit is not None:
            table[ord("0") + place] = digit + place
    return lambda text: text.translate(table)


def exchanged(plain: str, odd: str) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(plain, odd))


def between(char: str) -> Callable[[str], str]:
    """Puts a character that nobody sees between all letters and digits."""
    return lambda text: char.join(text)


def keycaps(text: str) -> str:
    return "".join(f"{char}\ufe0f\u20e3" if char.isdigit() else char for char in text)


# Disguises of single characters, and the kinds that they can be of.
LETTERS = ("email", "link", "host", "chat")
EVERY = ("email", "phone", "link", "host", "chat")
DISGUISES: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "zero-width spaces": (between("\u200b"), EVERY),
    "zero-width joiners": (between("\u200d"), EVERY),
    "soft hyphens": (between("\u00ad"), EVERY),
    "word joiners": (between("\u2060"), EVERY),
    "combining marks": (between("\u0332"), EVERY),
    "full width": (mapped(0xFF41, 0xFF10, capital=0xFF21), EVERY),
    "all full width": (lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text), EVERY),
    "mathematical": (mapped(0x1D41A, 0x1D7CE, capital=0x1D400), EVERY),
    "sans-serif": (mapped(0x1D5BA, 0x1D7E2, capital=0x1D5A0), EVERY),
    "monospace": (mapped(0x1D68A, 0x1D7F6, capital=0x1D670), EVERY),
    "circled": (exchanged("abcdefghijklmnopqrstuvwxyz0123456789", "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ⓪①②③④⑤⑥⑦⑧⑨"), EVERY),
    "superscript": (exchanged("aegmnpsu0123456789", "ᵃᵉᵍᵐⁿᵖˢᵘ⁰¹²³⁴⁵⁶⁷⁸⁹"), EVERY),
    "subscript digits": (exchanged("0123456789", "₀₁₂₃₄₅₆₇₈₉"), ("phone",)),
    "Cyrillic": (exchanged("aeopcxs", "аеорсхѕ"), LETTERS),
    "Greek": (exchanged("aou", "αου"), LETTERS),
    "keycaps": (keycaps, ("phone",)),
    "letters for digits": (exchanged("01", "Ol"), ("phone",)),
    "one by one": (lambda text: " ".join(text.replace(" ", "")), ("phone",)),
    "dots between": (lambda text: text.replace(" ", "."), ("phone",)),
}

# Text, kind: other ways to write the same.
SPELLED: list[tuple[str, str]] = [
    *(
        (text, "email")
        for text in (
            "anna [at] mugs [dot] example",
            "anna(at)mugs(dot)example",
            "anna{at}mugs.example",
            "anna @ mugs . example",
            "anna@mugs。example",
            "anna＠mugs．example",
            "anna AT mugs DOT example",
            "anna[@]mugs[.]example",
            "anna_at_mugs_dot_example",
            "anna at mugs dot example",
            "anna ät mugs punkt example",
            "anna arobase mugs point example",
            "anna arroba mugs punto example",
            "anna chiocciola mugs punto example",
            "anna apenstaartje mugs punt example",
            "anna małpa mugs kropka example",
            "anna snabel-a mugs punkt example",
            "anna arroba mugs ponto example",
            "anna et işareti mugs nokta example",
            "annaアットマークmugsドットexample",
            "anna艾特mugs点example",
            "anna 골뱅이 mugs 점 example",
            "anna آت mugs دوت example",
            "anna แอท mugs ดอท example",
            "anna ऐट mugs डॉट example",
        )
    ),
    *(
        (text, "link")
        for text in (
            "hxxps://mugs.example/cup",
            "hXXps://mugs.example/cup",
            "https[:]//mugs.example/cup",
            "https://mugs[.]example/cup",
            "https://mugs(dot)example/cup",
            "h t t p s : / / mugs.example/cup",
            "https:\\\\mugs.example/cup",
            "https://amazon.com@mugs.example/cup",
            "https://www.amazon.de:443@mugs.example/cup",
            "https://mugs。example/cup",
        )
    ),
    *(
        (text, "host")
        for text in (
            "www dot mugs dot example",
            "www[.]mugs[.]example",
            "www.mugs . example",
            "www。mugs。example",
            "www(.)mugs(.)example",
            "www [dot] mugs [dot] example",
        )
    ),
    *(
        (text, "phone")
        for text in (
            "plus four nine three zero two three one two five zero zero zero",
            "plus vier neun drei null zwei drei eins zwei fünf null null null",
            "plus quatre neuf trois zéro deux trois un deux cinq zéro zéro zéro",
            "más cuatro nueve tres cero dos tres uno dos cinco cero cero cero",
            "più quattro nove tre zero due tre uno due cinque zero zero zero",
            "plus vier negen drie nul twee drie een twee vijf nul nul nul",
            "plus cztery dziewięć trzy zero dwa trzy jeden dwa pięć zero zero zero",
            "plus fyra nio tre noll två tre ett två fem noll noll noll",
            "mais quatro nove três zero dois três um dois cinco zero zero zero",
            "artı dört dokuz üç sıfır iki üç bir iki beş sıfır sıfır sıfır",
            "プラス四九三〇二三一二五〇〇〇",
            "加四九三零二三一二五零零零",
            "플러스 사 구 삼 영 이 삼 일 이 오 영 영 영",
            "زائد أربعة تسعة ثلاثة صفر اثنان ثلاثة واحد اثنان خمسة صفر صفر صفر",
            "บวก สี่ เก้า สาม ศูนย์ สอง สาม หนึ่ง สอง ห้า ศูนย์ ศูนย์ ศูนย์",
            "प्लस चार नौ तीन शून्य दो तीन एक दो पाँच शून्य शून्य शून्य",
        )
    ),
]

# Where a contact is written, with {} in its place. Alternative texts and tooltips stand in attributes.
PLACES: dict[str, dict[str, Any]] = {
    "subject": {"subject": "Your lamp: {}", "text": "Hello."},
    "text": {"text": "If the lamp flickers, this helps: {}\nThe lamp team"},
    "html": {"html": "<div><p>If the lamp flickers, this helps: {}</p><p>The lamp team</p></div>"},
    "alt": {"html": '<p>Your lamp.</p><img src="cid:logo" alt="Lamp team: {}">'},
    "title": {"html": '<p title="Lamp team: {}">Your lamp.</p>'},
}


def filled(value: Any, written: str) -> Any:
    return {name: text.replace("{}", written) for name, text in value.items()}


def judged(record: dict[str, Any], rule: str) -> list[Violation]:
    message = Message.from_dict({"id": "1", "kind": "proactive", **record})
    return [violation for violation in linter().check(message).violations if violation.rule == rule]


def digits(text: Any) -> str:
    return "".join(str(unicodedata.digit(char)) for char in str(text) if char.isdigit())


def is_common(kind: Kind, written: str) -> bool:
    """Digits of one script with the usual signs between: many people write numbers so, and it hides nothing."""
    usual = all((char.isdecimal() and char < "𝟎") or char in "+＋. \u3000" for char in written)
    return kind is PHONE and usual and max(map(len, written.split())) > 1


def assert_read(found: list[Violation], kind: Kind, written: str, *, plain: bool = False) -> None:
    """Exactly one violation, of exactly what was written, with what it was read as."""
    (violation,) = found
    assert violation.excerpt == written
    evidence = violation.evidence
    assert evidence["normalized"] == kind.normalized
    plain = plain or is_common(kind, written)
    assert evidence["obfuscated"] is not plain
    if plain:
        assert "read_as" not in evidence
    elif kind is PHONE:
        assert digits(evidence["read_as"]) == digits(kind.normalized)
    else:
        assert evidence["read_as"] in (kind.normalized, kind.written)


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize("name", list(KINDS))
def test_plain(place: str, name: str) -> None:
    kind = KINDS[name]
    assert_read(judged(filled(PLACES[place], kind.written), kind.rule), kind, kind.written, plain=True)


def disguised() -> Iterator[Any]:
    for disguise, (make, names) in DISGUISES.items():
        for name in names:
            for place in PLACES:
                yield pytest.param(place, KINDS[name], make(KINDS[name].written), id=f"{disguise}-{name}-{place}")


@pytest.mark.parametrize(("place", "kind", "written"), list(disguised()))
def test_disguised_characters(place: str, kind: Kind, written: str) -> None:
    assert_read(judged(filled(PLACES[place], written), kind.rule), kind, written)


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize(("written", "name"), SPELLED)
def test_other_ways_to_write_it(place: str, written: str, name: str) -> None:
    kind = KINDS[name]
    found = judged(filled(PLACES[place], written), kind.rule)
    assert_read(found, kind, written)


# Signs in the middle that HTML shows as nothing, or as the character itself.
SPLIT: dict[str, tuple[str, tuple[str, ...]]] = {
    "tags": ("<b>{}</b>", EVERY),
    "comments": ("{}<!-- x -->", EVERY),
    "empty elements": ("{}<span></span>", EVERY),
    "word breaks": ("{}<wbr>", EVERY),
    "entities": ("&#{code};", EVERY),
    "hexadecimal entities": ("&#x{code:x};", EVERY),
    "soft hyphens": ("{}&shy;", EVERY),
    "zero-width entities": ("{}&#8203;", EVERY),
}


def split() -> Iterator[Any]:
    for disguise, (form, names) in SPLIT.items():
        for name in names:
            chars = KINDS[name].written
            written = "".join(
                char if char == " " else form.format(char, code=ord(char)) if char.isalnum() or char in "@.:" else char
                for char in chars
            )
            yield pytest.param(KINDS[name], written, id=f"{disguise}-{name}")


@pytest.mark.parametrize(("kind", "written"), list(split()))
def test_split_by_markup(kind: Kind, written: str) -> None:
    (violation,) = judged({"html": f"<p>If it flickers, this helps: {written} anyway.</p>"}, kind.rule)
    assert violation.evidence["normalized"] == kind.normalized
    html = f"<p>If it flickers, this helps: {written} anyway.</p>"
    assert violation.location.start is not None
    assert violation.location.end is not None
    found = html[violation.location.start : violation.location.end]
    assert found in written  # without tags at the edges
    assert written.partition(found)[0] in ("", "<b>")


def numerals() -> list[int]:
    """The nought of every script that has digits."""
    return [code for code in range(0x110000) if unicodedata.digit(chr(code), None) == 0 and chr(code).isdecimal()]


@pytest.mark.parametrize("nought", numerals(), ids=lambda code: unicodedata.name(chr(code)))
def test_digits_of_every_script(nought: int) -> None:
    written = mapped(None, nought)(PHONE.written)
    (violation,) = judged({"text": f"If it flickers, this helps: {written} anyway."}, PHONE.rule)
    assert violation.excerpt == written
    assert violation.evidence["normalized"] == PHONE.normalized


# In a link's target: what it leads to, written.
TARGETS = [
    ("mailto:anna@mugs.example", "email"),
    ("MAILTO:anna%40mugs.example?subject=Lamp", "email"),
    ("mailto&colon;anna&commat;mugs&period;example", "email"),
    ("tel:+493023125000", "phone"),
    ("tel:+49-30-23125-000", "phone"),
    ("sms:+493023125000?body=x", "phone"),
    ("callto:+49%2030%2023125%20000", "phone"),
    ("https://mugs.example/cup", "link"),
    ("//mugs.example/cup", "link"),
    ("https://mugs%2Eexample/cup", "link"),
    ("https:\\\\mugs.example\\cup", "link"),
    ("ht\ntps://mugs.example/cup", "link"),
    ("https://ｍｕｇｓ.example/cup", "link"),
    ("https://amazon.com@mugs.example/cup", "link"),
    ("&#104;ttps://mugs&#46;example/cup", "link"),
]


@pytest.mark.parametrize(("target", "name"), TARGETS)
def test_link_target(target: str, name: str) -> None:
    kind = KINDS[name]
    (violation,) = judged({"html": f'<p>Your <a href="{target}">lamp</a></p>'}, kind.rule)
    assert violation.excerpt == target
    assert violation.evidence["normalized"] == kind.normalized
    assert violation.evidence["attribute"] == "href"


@pytest.mark.parametrize(
    "target",
    ["https://wa.me/493023125000", "whatsapp://send?phone=493023125000", "HTTPS://WA.ME/493023125000"],
)
def test_chat_link_target(target: str) -> None:
    (violation,) = judged({"html": f'<p>Your <a href="{target}">lamp</a></p>'}, "messenger-contact")
    assert violation.excerpt == target
    assert violation.evidence["normalized"] == "+493023125000"


@pytest.mark.parametrize(
    ("markup", "excerpt"),
    [
        ('<base href="https://mugs.example/">', "https://mugs.example/"),
        ('<form action="https://mugs.example/"></form>', "https://mugs.example/"),
        ('<map><area href="https://mugs.example/"></map>', "https://mugs.example/"),
        ('<iframe src="https://mugs.example/"></iframe>', "https://mugs.example/"),
        ('<button formaction="https://mugs.example/">x</button>', "https://mugs.example/"),
        ('<meta http-equiv="refresh" content="0;url=https://mugs.example/">', "https://mugs.example/"),
    ],
)
def test_other_elements(markup: str, excerpt: str) -> None:
    (violation,) = judged({"html": f"<p>Your lamp.</p>{markup}"}, "external-link")
    assert violation.excerpt == excerpt


ATTACHED: list[tuple[str, str]] = [
    *((kind.written, name) for name, kind in KINDS.items()),
    *((make(KINDS[name].written), name) for make, names in DISGUISES.values() for name in names),
]


@pytest.mark.parametrize(("written", "name"), [*ATTACHED, *SPELLED])
def test_text_of_an_attachment(written: str, name: str) -> None:
    text = f"If the lamp flickers, this helps: {written}\nThe lamp team"
    attachment = {"filename": "care.txt", "content": text.encode(), "purpose": "instructions"}
    found = judged({"text": "Your lamp.", "attachments": [attachment]}, "attachment-contact-data")
    (violation,) = found
    assert violation.excerpt == written
    assert violation.evidence["normalized"] == KINDS[name].normalized
