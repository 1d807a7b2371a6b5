"""Where a language is written: countries (ISO 3166-1 alpha-2) whose phone numbers a text in it is likely to give."""

from __future__ import annotations

COUNTRIES_OF: dict[str, tuple[str, ...]] = {
    "en": ("US", "GB", "CA", "AU", "IE"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH", "CA"),
    "es": ("ES", "MX"),
    "it": ("IT", "CH"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "sv": ("SE",),
    "pt": ("BR", "PT"),
    "tr": ("TR",),
    "ja": ("JP",),
    "zh": ("CN", "TW", "HK"),
    "ko": ("KR",),
    "ar": ("AE", "SA", "EG"),
    "th": ("TH",),
    "hi": ("IN",),
}
