"""Ordinary sentences of many languages, from translated handbooks; those that name an address are left out."""

from __future__ import annotations

import gettext
import html
from collections.abc import Iterator
from pathlib import Path

import regex

# Our name of a language, of GNOME's help, of the Debian handbook and of program messages.
LANGUAGES = {
    "en": ("C", "en-US", "en_GB"),
    "de": ("de", "de-DE", "de"),
    "fr": ("fr", "fr-FR", "fr"),
    "es": ("es", "es-ES", "es"),
    "it": ("it", "it-IT", "it"),
    "nl": ("nl", "nl-NL", "nl"),
    "pl": ("pl", "pl-PL", "pl"),
    "sv": ("sv", "sv-SE", "sv"),
    "pt": ("pt_BR", "pt-BR", "pt_BR"),
    "tr": ("tr", "tr-TR", "tr"),
    "ru": ("ru", "ru-RU", "ru"),
    "ja": ("ja", "ja-JP", "ja"),
    "zh": ("zh_CN", "zh-CN", "zh_CN"),
    "ko": ("ko", "ko-KR", "ko"),
    "ar": ("", "ar-MA", "ar"),
    "hi": ("hi", "", "hi"),
    "th": ("", "", "th"),
}
_SCRIPTS = {"ru": r"\p{Cyrillic}", "ja": r"[\p{Han}\p{Hiragana}\p{Katakana}]", "zh": r"\p{Han}", "ko": r"\p{Hangul}"}
_SCRIPTS |= {"ar": r"\p{Arabic}", "hi": r"\p{Devanagari}", "th": r"\p{Thai}"}
_CODE = regex.compile(r"<(pre|code|screen|tt|style|script|cmd|mal:credit|credit|info)\b.*?</\1>", regex.S)
_BLOCK = regex.compile(
    r"<(?:p|title|item|div|h[1-6]|li|desc)\b[^>]*>(.*?)(?=</?(?:p|title|item|div|h[1-6]|li|desc)\b)", regex.S
)
_TAG = regex.compile(r"<[^>]*>")
# Names an address or a host: a URL, a mail address, or a host under an ending that is no word.
_NAMES_ONE = regex.compile(
    r"://|www\.|\w@\w|\b[\w-]+\.(?:com|org|net|edu|gov|info|io|de|fr|uk|pl|jp|cn|ru|kr|br|nl|eu|falcot|localdomain)(?![a-z])",
    regex.IGNORECASE,
)


def sentences(root: Path, language: str) -> Iterator[str]:
    """Each text once: paragraphs of the handbooks, longer messages of a mail program."""
    seen: set[str] = set()
    script = regex.compile(_SCRIPTS.get(language, r"\p{Latin}"))
    for text in _texts(root, *LANGUAGES[language]):
        text = regex.sub(r"\s+", " ", text).strip()
        if (
            len(text) > 15
            and text not in seen
            and len(script.findall(text)) * 3 > len(text)
            and not _NAMES_ONE.search(text)
        ):
            seen.add(text)
            yield text


def _texts(root: Path, help_name: str, book_name: str, message_name: str) -> Iterator[str]:
    if help_name:
        for path in sorted(root.glob(f"gnome-user-docs*/usr/share/help/{help_name}/*/*.page")):
            yield from _paragraphs(path.read_text(encoding="utf-8"))
    if book_name:
        for path in sorted(root.glob(f"debian-handbook*/usr/share/doc/debian-handbook/html/{book_name}/*.html")):
            yield from _paragraphs(path.read_text(encoding="utf-8"))
    for path in sorted(root.glob(f"evolution*/usr/share/locale/{message_name}/LC_MESSAGES/evolution.mo")):
        with path.open("rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        yield from (
            regex.sub(r"%\w|_", "", text) for text in catalog.values() if isinstance(text, str) and len(text) < 400
        )


def _paragraphs(markup: str) -> Iterator[str]:
    for match in _BLOCK.finditer(_CODE.sub("", markup)):
        yield html.unescape(_TAG.sub("", match[1]))
