"""Phone numbers written in a text, in international notation and in the local notation of the countries that matter.

libphonenumber (as phonenumberslite) knows every country's numbers; what is not its business is decided here: whether a
run of digits is meant as a phone number at all (an announcing word, the way it is written), and disguises.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgpolicy.facts.contacts.backward_digits import backward_runs
from msgpolicy.facts.contacts.keypad_letters import keypad_runs
from msgpolicy.facts.contacts.labels import Labels
from msgpolicy.facts.contacts.numbering_plans import DIGITS, LEAST, MOST, Plans, e164, least_digits
from msgpolicy.facts.contacts.parted_digits import parted_runs
from msgpolicy.facts.contacts.phone_looks import has_free_digits
from msgpolicy.facts.contacts.read_out import read_out_runs
from msgpolicy.facts.contacts.spelled_digits import MANY, SpelledRun, begins_to_count, is_counting, spelled_runs
from msgpolicy.facts.contacts.unknown_country import Bystanders, may_be_sizes
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

if TYPE_CHECKING:
    pass

# Runs of digits of one text that are looked at; no message of a person has more.
MAX_RUNS = 400


# How far before a number, and behind it, a word for a telephone may stand.
_BEFORE, _AFTER = 60, 40


class Phone(NamedTuple):
    """A phone number and its place in the view. `number`: E.164 where the country is known, else its digits.

    `read_as`: of a disguised one, what it says in plain digits, as far as it can be kept with its separators.
    """

    start: int
    end: int
    number: str
    obfuscated: bool
    announced: bool
    confidence: float
    read_as: str = ""


class Phones(NamedTuple):
    """`complete` is False when there were more runs of digits than are looked at."""

    found: list[Phone]
    complete: bool


_RUN = regex_later(
    r"(?<![0-9])(?:\(?\+[ (]?)?[(]?[0-9](?:[ \t()./~·•∙*_-]{0,3}[0-9])*+(?:\s?(?:ext|extension|x)\.?\s?[0-9]{1,5})?"
)
# What is written like a phone number anywhere: an area code in brackets, a trunk 0, or ten digits in three groups.
_DIALLED = regex_later(
    r"\(0?[0-9]{1,5}\)[ -]?[0-9]{2,4}(?:[ .-]?[0-9]{2,5}){1,3}|"
    r"0[0-9]{1,4}([ ./-])(?:[0-9]{7,8}|[0-9]{2,4}(?:\1[0-9]{2,5}){1,3})|"
    r"[0-9]{3}([ .-])[0-9]{3,4}\2[0-9]{4}"
)
_WIDE = regex_later(r"(?:\s*[/;|]\s*|\s{2,}|\s-\s)(?=[+(0-9])")


def phones_in(view: ContactView, taken: bytearray, countries: Sequence[str], guessed: Sequence[str] = ()) -> Phones:
    """The phone numbers of a view. `taken` marks what is something else: 3 for other numbers, links and mail addresses,
    2 for what digits in disguise may look like (a size, a date), 1 for codes, of letters and digits.

    `countries` (ISO 3166-1 alpha-2): local notation is read for them; elsewhere only where a word announces a number.
    Where none is known, it is read for those that are `guessed`, and by how a number stands in the text.
    """
    least = least_digits(countries)
    free = has_free_digits(view.text, taken, least)
    judge: _Judge | None = None
    found: list[Phone] = []
    runs = 0
    for run in _runs(view, taken.translate(_ANY), least) if free else ():
        runs += 1
        if runs > MAX_RUNS:
            break
        judge = judge or _Judge(view, countries, guessed)
        found += judge.written(*run)
    turned: list[Phone] = []
    for readings, phones in chain(
        ((readings, turned) for readings in (backward_runs(view) if free else ())),
        ((readings, found) for readings in _in_disguise(view, taken, free=free)),
    ):
        runs += 1
        if runs > MAX_RUNS:
            break
        readings = tuple(run for run in readings if _may_be_meant(view, run, taken))
        if readings:
            judge = judge or _Judge(view, countries, guessed)
            phones += judge.spelled(readings)
    if turned:  # as it is written, the number is another one
        found = [phone for phone in found if not any(_overlap(phone[:2], other[:2]) for other in turned)]
    found += turned
    return Phones(_best(found), runs <= MAX_RUNS and view.clusters.complete)


def _in_disguise(view: ContactView, taken: bytearray, *, free: bool) -> Iterator[tuple[SpelledRun, ...]]:
    """`free`: whether enough figures stand where nothing is taken."""
    if not free:
        return chain(read_out_runs(view, taken, only_words=True), keypad_runs(view))
    return chain(spelled_runs(view), read_out_runs(view, taken), parted_runs(view), keypad_runs(view))


def _may_be_meant(view: ContactView, run: SpelledRun, taken: bytearray) -> bool:
    """Whether digits in disguise are nothing else, and do not just count; "QQ 123…" is an account there."""
    if is_counting(run.digits) or any(word.tag in ("chat", "chat?") for word in view.words_at(run.start)):
        return False
    return max(taken[run.start : run.end]) <= (1 if run.groups else 2)


# Whatever is taken, for whatever reason.
_ANY = bytes(min(value, 1) for value in range(256))


def _runs(view: ContactView, taken: bytearray, least: int) -> Iterator[tuple[int, int]]:
    """Runs of digits and separators that could hold a phone number and nothing else."""
    text = view.text
    for cluster in view.clusters.found:
        if cluster.digits < least:
            continue
        for match in _RUN.finditer(text, max(cluster.start - 3, 0), cluster.end):
            for start, end in _free(*match.span(), taken):
                if sum(map(str.isdigit, text[start:end])) <= 4 * MOST:
                    yield from _if_enough(text, start, end, least)
                    continue
                for gap in _WIDE.finditer(text, start, end):
                    yield from _if_enough(text, start, gap.start(), least)
                    start = gap.end()
                yield from _if_enough(text, start, end, least)


def _if_enough(text: str, start: int, end: int, least: int) -> Iterator[tuple[int, int]]:
    if end - start <= 150 and least <= sum(map(str.isdigit, text[start:end])) <= 4 * MOST:
        yield start, end


def _free(start: int, end: int, taken: bytearray) -> Iterator[tuple[int, int]]:
    """The stretches of a span that are not taken."""
    at = start
    while at < end:
        stop = taken.find(1, at, end)
        stop = end if stop < 0 else stop
        if stop > at:
            yield at, stop
        at = stop
        while at < end and taken[at]:
            at += 1


class _Judge:
    """Judges runs of one view."""

    def __init__(self, view: ContactView, countries: Sequence[str], guessed: Sequence[str]) -> None:
        self.view = view
        self.text = view.text
        self.countries = countries or guessed
        self.plans = Plans(self.countries)
        # Where no country is known, how a number stands in the text tells whether it is dialled.
        self.bystanders = None if countries else Bystanders(view)
        self.least = least_digits(countries)
        # Accounts of QQ are numbers themselves.
        self.labels = Labels(view, lambda word: word.tag in ("phone", "chat", "number") or word.detail == "qq")
        self._telephones = Labels(view, lambda word: word.tag == "phone")
        self._invites = Labels(view, lambda word: word.tag in ("phone", "invites"))

    def written(self, start: int, end: int) -> list[Phone]:
        """The phone numbers in a run of digits; several may stand in one."""
        from phonenumbers import Leniency, PhoneNumberMatcher

        run = self.text[start:end]
        if self._stuck(start, end):
            return []
        found: list[Phone] = []
        for region in (*self.countries, None):
            for match in PhoneNumberMatcher(run, region, leniency=Leniency.VALID, max_tries=30):
                span = start + match.start, start + match.end
                if not any(_overlap(span, (phone.start, phone.end)) for phone in found):
                    confidence = self._confidence(*span, match.raw_string, valid=True)
                    if confidence:
                        found.append(self._phone(*span, e164(match.number), confidence))
        for span in self._pieces(start, end, found):
            phone = self._unlisted(*span)
            if phone:
                found.append(phone)
        return found

    def spelled(self, readings: Sequence[SpelledRun]) -> Iterator[Phone]:
        """The phone number that digits in disguise stand for, if they do."""
        run, number = self._meant(readings)
        if run.grouped == self.text[run.start : run.end]:
            return  # written in digits after all
        announced = self._announced(run.start, run.end)
        least = 8 if run.digits.startswith("+") else LEAST
        if announced == "other" or not least <= len(run.digits.lstrip("+")) <= MOST:
            return
        may_count = run.listed or begins_to_count(run.digits)
        if may_count and not announced and not self._is_offered(run):
            return
        if run.weak and announced != "phone" and not (number and self._is_likely(run)) and not self._is_called(run):
            return
        if announced == "phone":
            confidence = 0.95 if number else 0.9
        else:
            confidence = 0.8 if number else 0.6
        read_as = run.grouped or run.digits
        yield Phone(run.start, run.end, number or run.digits, True, announced == "phone", confidence, read_as)

    def _meant(self, readings: Sequence[SpelledRun]) -> tuple[SpelledRun, str | None]:
        """The first of the readings that is a number, rather one that is no chance; else the first."""
        existing: list[tuple[SpelledRun, str]] = []
        for run in readings:
            number = self.plans.valid(run.digits)
            if number is None and run.digits.startswith("00"):
                number = self.plans.valid("+" + run.digits[2:])
            if number and (not run.weak or self._is_likely(run)):
                return run, number
            if number:
                existing.append((run, number))
        return existing[0] if existing else (readings[0], None)

    def _is_likely(self, run: SpelledRun) -> bool:
        """Whether a run that nobody announces, whose number exists, is no chance: many numbers exist."""
        if run.digits[0] in "+0":
            return True
        return self.plans.textbook(run.grouped) is not None if run.grouped else len(run.digits) >= MANY

    def _is_called(self, run: SpelledRun) -> bool:
        """Whether a run is as long as a number of one of the countries, and a telephone is spoken of near it."""
        possible = any(self.plans.possible(run.digits, country) for country in self.countries)
        return possible and len(run.digits) >= MANY and self._mentioned(run.start, run.end)

    def _is_offered(self, run: SpelledRun) -> bool:
        """Whether a list of digits stands where people give their number: after a question, as the last words."""
        return self._mentioned(run.start, run.end, self._invites) or not self.text[run.end : run.end + 3].strip(" .")

    def _mentioned(self, start: int, end: int, labels: Labels | None = None) -> bool:
        """Whether a telephone (or what `labels` are) is spoken of in the sentence, without other digits in between."""
        word = (labels or self._telephones).near(start, end, _BEFORE, _AFTER)
        return word is not None and not DIGITS.search(self.text, min(word.end, end), max(start, word.start))

    def _pieces(self, start: int, end: int, found: list[Phone]) -> Iterator[tuple[int, int]]:
        """What of a run is in no number yet, parted where two numbers would be."""
        at = start
        for stop, resume in [*sorted((phone.start, phone.end) for phone in found), (end, end)]:
            piece_start = at
            # "+49/30/…" is one number, and so is what is grouped as a number of its country is.
            if self._is_one(self.text[at:stop].strip()):
                yield from self._piece(at, stop)
                at = resume
                continue
            for gap in _WIDE.finditer(self.text, at, stop):
                yield from self._piece(piece_start, gap.start())
                piece_start = gap.end()
            yield from self._piece(piece_start, stop)
            at = resume

    def _is_one(self, written: str) -> bool:
        if written.lstrip("( ").startswith("+") or self.plans.textbook(written) is not None:
            return True
        return self.bystanders is not None and _DIALLED.fullmatch(written) is not None

    def _piece(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        digits = list(DIGITS.finditer(self.text, start, end))
        if digits and self.least <= sum(len(match.group()) for match in digits) <= MOST:
            while start < end and self.text[start] not in "+(0123456789":
                start += 1
            yield start, digits[-1].end()

    def _unlisted(self, start: int, end: int) -> Phone | None:
        """A number that no country's plan lists: reserved for fiction, mistyped, or local to an unknown country."""
        written = self.text[start:end]
        digits = _digits(written)
        if written.lstrip("(").startswith("+"):
            number = self.plans.possible("+" + digits, None)
            if number is None or len(digits) < 8:
                return None
            return self._phone(start, end, number, self._confidence(start, end, written, valid=False) or 0.85)
        announced = self._announced(start, end)
        reserved = self.plans.reserved(digits)
        if reserved and (confidence := self._confidence(start, end, written, valid=True)):
            return self._phone(start, end, reserved, confidence)
        if digits.startswith("00") and (number := self.plans.valid("+" + digits[2:])):
            confidence = 0.95 if announced == "phone" else 0.9 if written != digits else 0.7
            return None if announced == "other" else self._phone(start, end, number, confidence)
        if announced != "other" and (number := self.plans.textbook(written)):
            sure = 0.97 if announced == "phone" else 0.7 if announced or may_be_sizes(DIGITS.findall(written)) else 0.8
            return self._phone(start, end, number, sure)
        if len(digits) < LEAST:
            number = self.plans.valid(digits) if announced != "other" else None
            return self._phone(start, end, number, 0.9 if announced else 0.6) if number else None
        if announced == "phone":
            number = self.plans.valid(digits) or (self.plans.valid("+" + digits) if len(digits) >= 10 else None)
            possible = (self.plans.possible(digits, country) for country in self.countries)
            number = number or next((each for each in possible if each), None)
            return self._phone(start, end, number or digits, 0.9)
        if not announced and (number := self.plans.without_plus(written)):
            return self._phone(start, end, number, 0.7)
        if not announced and self.bystanders and (confidence := self.bystanders.confidence(start, end)):
            return self._phone(start, end, digits, confidence)
        if announced or len(digits) < MANY:
            return None
        if self.bystanders and _DIALLED.fullmatch(written):
            return self._phone(start, end, digits, 0.6)
        if not _is_notation(written):
            return None
        for country in self.countries:
            number = self.plans.possible(digits, country)
            if number:
                return self._phone(start, end, number, 0.7)
        return None

    def _confidence(self, start: int, end: int, written: str, *, valid: bool) -> float:
        """How sure it is that a number which exists is meant as one; 0 for no."""
        announced = self._announced(start, end)
        if written.lstrip("( ").startswith("+"):
            return 0.99 if valid else 0.95 if announced == "phone" else 0.85
        if announced == "phone":
            return 0.97
        if announced == "other" or self._is_list(written):
            return 0.0
        if not written.isdigit():
            return 0.8 if announced == "any" else 0.9
        # Digits in one piece without a word: rather an article or a customer.
        if announced == "any" or len(written) < 9:
            return 0.0
        if written.startswith("0"):
            return 0.75
        if self._mentioned(start, end):
            return 0.7
        return 0.0 if _AFTER_A_WORD.match(self.text, max(start - 30, 0), start) else 0.6

    def _announced(self, start: int, end: int) -> str:
        """phone · other (it is said to be another number) · any (just "number") · nothing."""
        word = self.labels.before(start)
        if word is None and _DIALLED_BEFORE.match(self.text, 0, start):
            return "phone"
        if word is not None and word.detail == "thing" and self._telephones.near(start, start, _BEFORE):
            word = None  # "call about the lamp: …"
        if word is None or word.detail == "any":
            behind = self.labels.after(end)
            if behind and behind.tag != "number":
                return "phone"
            if behind and behind.detail == "registration" and not self.text[end : behind.start].strip():
                return "other"  # "… vergi numarasına"
            return "any" if word else ""
        return "other" if word.tag == "number" or word.detail == "qq" else "phone"

    def _stuck(self, start: int, end: int) -> bool:
        """Whether a letter or a currency sign is joined to the run, so that it is part of something else."""
        before, behind = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
        if before and (
            before in "$€£¥₹₽₺₩฿#_@=&%" or (before == "." and self.text[max(start - 2, 0) : start - 1].isdigit())
        ):
            return True
        if self.text[start] in "+(":  # says itself what it is
            return False
        if before.isalpha() and before < "\u0e00" and not self.labels.before(start):
            return True
        return bool(behind) and (behind in "%$€£¥°_@" or (behind.isalpha() and behind < "\u0e00"))

    def _is_list(self, written: str) -> bool:
        """Many short groups, as in sizes or results; only numbers that start with a trunk 0 are written so."""
        groups = DIGITS.findall(written)
        return len(groups) > 3 and max(map(len, groups)) < 3 and not groups[0].startswith("0")

    def _phone(self, start: int, end: int, number: str, confidence: float) -> Phone:
        if self.text[start] == "(" and ")" not in self.text[start:end]:  # of the sentence around it
            start += 1
        disguised = _is_disguised(self.view.written(start, end))
        read_as = self.text[start:end] if disguised else ""
        return Phone(start, end, number, disguised, self._announced(start, end) == "phone", confidence, read_as)


def _is_notation(written: str) -> bool:
    """Whether digits are grouped as phone numbers are: with a trunk 0 or an area code in brackets, and separators."""
    return written[0] in "(0" and len(DIGITS.findall(written)) in (2, 3, 4, 5)


def _is_disguised(written: str) -> bool:
    """Whether digits are circled, superscript or the like, of several scripts, or parted by invisible characters.

    The digits of one script alone are how many people write, and so are marks of writing direction.
    """
    if written.isascii():
        return False
    if any(unicodedata.category(char) == "Mn" for char in written):
        return True
    zeros = {ord(char) - unicodedata.digit(char) for char in written if char.isdigit()}
    return (
        len(zeros) > 1
        or any(unicodedata.category(char) == "No" or 0x1D7CE <= ord(char) <= 0x1D7FF for char in written)
        or bool(_INVISIBLE.search(written))
    )


# "pieces 601234567": what precedes would say so if this were a phone number; "Anna 601234567" signs with it.
_AFTER_A_WORD = regex_later(r"(?r)(?<!\p{L})\p{Ll}+ ")
# "打138…": one letter, that is part of many other words elsewhere.
_DIALLED_BEFORE = regex_later(r"(?r)[打拨撥]\s?")
_INVISIBLE = regex_later(r"[\u00ad\u200b-\u200d\u2060\ufeff\u20d0-\u20ff]")


def _digits(written: str) -> str:
    return "".join(DIGITS.findall(written))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# With this confidence a number exists or is announced.
_SURE = 0.8


def _best(phones: Iterable[Phone]) -> list[Phone]:
    """In order, without overlap: of two that overlap, the surer and then the longer."""
    kept: list[Phone] = []
    for phone in sorted(phones, key=lambda phone: (phone.start, phone.end)):
        if kept and phone.start < kept[-1].end:
            rivals = (kept[-1], phone)
            longer = max(rivals, key=lambda rival: rival.end - rival.start)
            better = max(rivals, key=lambda rival: (rival.confidence, rival.end - rival.start))
            if longer.confidence >= _SURE:  # the other is a part of it
                better = longer
            read_as = better.read_as or next((rival.read_as for rival in rivals if rival.read_as), "")
            kept[-1] = better._replace(obfuscated=bool(read_as), read_as=read_as)
        else:
            kept.append(phone)
    return kept
