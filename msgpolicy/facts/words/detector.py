"""Which language a text is written in by the letters that follow each other, for texts with too few function words.

The model comes with py3langid (the extra `languages`): reading it takes most of a second and 100 MB, so it is read when
a rule first asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import regex

# Among fewer languages the model errs less: those of the lexicons, and those that it takes for one another with them.
LANGUAGES = frozenset(
    (
        "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl", "no",
        "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
    )
)  # fmt: skip
# Code points that are looked at: more text tells no more.
MOST = 2000
# Letters below which nothing is told.
LEAST = 16
# What is no text of the writer: addresses, and words with digits or all in capitals (names of models, codes).
_NO_WORDS = regex.compile(r"\S*(?:@|://|www\.)\S*|\S*\d\S*|\b\p{Lu}{2,}+\b")
_LETTER = regex.compile(r"\p{L}")
_LOCK = Lock()


class Detected(NamedTuple):
    """A language (BCP 47) and how likely it is among LANGUAGES."""

    language: str
    probability: float


def detect(text: str, aside: Iterable[str] = ()) -> Detected | None:
    """The likeliest language of a text, or None where there is too little of it. `aside` are names to leave out.

    Raises:
        ModuleNotFoundError: py3langid is not installed.
    """
    model = _model()
    for name in aside:
        text = text.replace(name, " ")
    words = " ".join(_NO_WORDS.sub(" ", text[:MOST]).split())
    if len(_LETTER.findall(words)) < LEAST:
        return None
    # The model keeps what it counts while it counts: one text at a time.
    with _LOCK:
        language, probability = model.rank(words)[0]
    return Detected(language, float(probability))


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(sorted(LANGUAGES))
    return model
