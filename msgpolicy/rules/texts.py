"""What a rule says to people: by language, with placeholders that its check fills."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from msgpolicy.rules.located import Mapping, Node, Scalar
from msgpolicy.rules.problems import Problems
from msgpolicy.typed import nearest

PLACEHOLDER = regex.compile(r"\{([A-Za-z][\w.-]*)\}")
# Of bounded length: tags become names of files.
_LANGUAGE = regex.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,8}")


def is_language(tag: str) -> bool:
    """Whether a text has the shape of a language tag (`en`, `pt-BR`)."""
    return _LANGUAGE.fullmatch(tag) is not None


def check_texts(texts: Node | None, fills: Iterable[str], problems: Problems) -> None:
    """Reports what is no language, placeholders that the check does not fill, and braces that are none."""
    if not isinstance(texts, Mapping):
        return
    known = list(fills)
    for language, node in texts.items.items():
        if not is_language(language):
            problems.at(texts.keys[language], f"{language!r} is not a language tag", "such as en, de or pt-BR")
        if not isinstance(node, Scalar) or not node.value:
            continue
        for name in dict.fromkeys(PLACEHOLDER.findall(node.value)):
            if name not in known:
                hint = nearest(name, known) or ("" if known else "it fills none")
                problems.at(node, f"the check fills no {{{name}}}", hint)
        if set("{}") & set(PLACEHOLDER.sub("", node.value)):
            problems.at(node, "a brace belongs to no placeholder", "placeholders are written {name}")
