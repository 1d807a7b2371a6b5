"""Placeholders of template languages: where they stand in a text, what they do, and what they call for.

Known are `{{…}}` and `{{{…}}}` (Mustache, Handlebars, Jinja, Liquid, Go), `{%…%}` and `{#…#}`, `${…}`, `{$…}`, `%%…%%`,
`[[…]]`, `<%…%>`, `<?=…?>`, `*|…|*`, `%(…)s`; and `#…#`, `{…}`, `%…%`, `<…>`, `[…]` around a name that only a template
would write there (`order_id`, `first name`), because these stand in ordinary text too.

Every pattern is possessive and stops at a second opening of its own, so that the work is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from msgpolicy.later import regex_later

__all__ = ["Placeholder", "find_placeholders", "named_in", "normalized", "tails"]

Kind = Literal["value", "control", "comment", "broken"]


class Placeholder(NamedTuple):
    """text[start:end] is a placeholder.

    kind: `value` (something is put in its place), `control` (a condition, a loop), `comment`, or `broken` (opened or
    closed only by half, so that no template language will fill it in).
    name: what is put in its place, normalized; a path keeps its full stops (`buyer.first_name`). Empty where it names
    nothing.
    """

    start: int
    end: int
    kind: Kind
    name: str


def find_placeholders(text: str) -> Iterator[Placeholder]:
    """The placeholders of a text, in order; none lies within another."""
    if _MAY_OPEN.search(text) is None:
        return
    for match in _ANY.finditer(text):
        assert match.lastgroup is not None
        syntax = match.lastgroup.removesuffix("_")
        written = "" if syntax == "comment" else match[syntax]
        placeholder = _read(syntax, written, *match.span())
        if placeholder is not None:
            yield placeholder


@lru_cache(4096)
def normalized(name: str) -> str:
    """One spelling of a name: `OrderId`, `order-id`, `Order ID` are `order_id`; a path keeps its full stops."""
    parts = [_WORD_STARTS.sub("_", part) for part in _PATH_STEPS.split(name.strip())]
    return ".".join(folded for part in parts if (folded := _NO_WORD.sub("_", part).strip("_").lower()))


def tails(name: str) -> Iterator[str]:
    """What a normalized name may be known as, longest first: `a.order.id` is `a_order_id`, `order_id` and `id`."""
    parts = name.split(".")
    for start in range(max(len(parts) - 4, 0), len(parts)):
        yield "_".join(parts[start:])


def named_in(text: str) -> list[tuple[int, int]]:
    """Where the paths stand that placeholders name and that begin as only a template's do (`buyer.name`), in order.

    They look like hosts (`.name` is a top-level domain). A host in braces, and one in a default, is none of them.
    """
    found = []
    for placeholder in find_placeholders(text):
        path = _PATH.search(text, placeholder.start, placeholder.end)
        if path is not None and placeholder.kind == "value" and path["first"].lower() in _OWNERS:
            found.append(path.span())
    return found


# --- syntaxes ---------------------------------------------------------------------------------------------------------

_MAY_OPEN = regex_later(r"[{%\[#<]|\*\|")
_NAME = r"[A-Za-z][A-Za-z0-9]{0,40}+(?:[_.\-][A-Za-z0-9]{1,40}+){0,8}+"
_WORDS = r"[A-Za-z][A-Za-z0-9]{0,40}+(?:[ _.\-][A-Za-z0-9]{1,40}+){0,5}+"
# Words that begin a {{…}} which steers instead of being filled.
_STEERING = (
    "if|elseif|elif|elsif|else|unless|each|with|range|end|for|endfor|endif|define|block|raw|endraw|case|when|endcase"
)
_SYNTAXES = {
    "comment": r"\{\#(?:[^#{]|\#(?!\})|\{(?!\#)){0,4000}+\#\}"
    r"|\{\{!--(?:[^-{]|-(?!-\}\})|\{(?!\{)){0,4000}+--\}\}"
    r"|\{\{~?+!(?!--)[^{}]{0,1000}+\}\}|\{\{-?+\s*+/\*[^{}]{0,1000}+\}\}"
    r"|<%(?:\#|--)(?:[^%<]|%(?!>)|<(?!%)){0,4000}+%>",
    "tag": r"\{%[-+~]?+(?P<tag>(?:[^%{]|%(?!\})|\{(?!%)){0,1000}+)%\}",
    "block": rf"\{{\{{[-~]?+\s*+(?P<block>(?:[\#/^]|(?:{_STEERING})\b)[^{{}}]{{0,300}}+)\}}\}}",
    "double": r"\{\{(?:\{(?P<double>[^{}<\n]{0,200}+)\}\}\}|(?P<double>[^{}<\n]{0,200}+)\}\})",
    "script": r"<%(?P<script>(?:[^%<]|%(?!>)|<(?!%)){0,1000}+)%>"
    r"|<\?(?P<script>(?:=|php\b)(?:[^?<]|\?(?!>)|<(?!\?)){0,1000}+)\?>",
    "dollar": rf"\$\{{(?P<dollar>[A-Za-z_][^{{}}\n<]{{0,100}}+)\}}|\{{\$(?P<dollar>{_NAME}[^{{}}\n<]{{0,60}}+)\}}",
    "percents": rf"(?<![\d%])%%(?:=(?P<percents>(?:[^%<=\n]|=(?!%)){{1,120}}+)=|(?P<percents>{_WORDS}))%%",
    "brackets": r"\[\[(?P<brackets>[A-Za-z][^\[\]\n<]{0,60}+)\]\]",
    "star": r"\*\|(?P<star>[^*|\n<]{1,80}+)\|\*",
    "format": rf"%\((?P<format>{_NAME})\)[sd]",
    # Only with a name that nothing but a template would write there.
    "plain": rf"(?<![\w#&/])\#(?P<plain>{_NAME})\#(?!\w)|(?<![\w%])%(?P<plain>{_NAME})%(?!\w)",
    "brace": rf"(?<![\w{{$\#%])\{{(?P<brace>{_WORDS})\}}(?!\}})",
    "angle": rf"<(?P<angle>{_WORDS})>|(?<!\[)\[(?P<angle>{_WORDS})\](?![\](])",
    "broken": rf"\{{\{{\s*+(?P<broken>{_NAME})\s*+\}}(?!\}})|(?<![{{$])\{{\s*+(?P<broken>{_NAME})\s*+\}}\}}(?!\}})"
    rf"|\{{%-?+\s*+(?P<broken>{_STEERING}|set|assign|include)\b(?![^%{{\n]{{0,200}}+%)",
}
# With what they begin, so that most signs of a text cost a look.
_OPENS = r"(?=\{(?:[#%$A-Za-z\s]|\{(?!\{\{))|%[%(A-Za-z]|\[[\[A-Za-z]|\#[A-Za-z]|<[%?A-Za-z]|\*\||\$\{)"
_ANY = regex_later(f"{_OPENS}(?:{'|'.join(f'(?P<{name}_>{pattern})' for name, pattern in _SYNTAXES.items())})")

# What templates call for; one of these words makes a single name in weak marks a placeholder.
_COMMON = frozenset(
    (
        "buyer", "customer", "client", "recipient", "order", "orderid", "first", "firstname", "last",
        "lastname", "full", "name", "fname", "lname", "product", "item", "products", "items", "shop", "store",
        "seller", "merchant", "company", "brand", "tracking", "trackingnumber", "carrier", "shipping",
        "delivery", "asin", "sku", "quantity", "price", "invoice", "email", "phone", "address", "marketplace",
        "username",
    )
)  # fmt: skip
_OF_FORMS = regex_later(
    r"(?:your|first|last|full|buyer|customer|client|order|product|item|tracking|shop|store|seller|company|brand)s?[ _-]"
    r"(?:(?:first|last)?[ _-]?name|id|number|no|title|code|email|phone|address|website|link|url|date|company)",
    regex.IGNORECASE,
)
_OF_ONE_WORD = regex_later(
    r"(?:first|last|full|buyer|customer|order|product|tracking)(?:name|id|number|no)?", regex.IGNORECASE
)
_ELEMENTS = frozenset({"address", "first", "last"})
# What a path begins with: whom or what the message is about.
_OWNERS = frozenset(
    {"buyer", "customer", "client", "recipient", "user", "contact", "order", "product", "item", "seller"}
)
_PATH = regex_later(r"(?P<first>[A-Za-z]{1,40}+)(?:\.[A-Za-z][A-Za-z0-9_]{0,40}+){1,4}+")
_SEPARATOR = regex_later(r"[_.\- ]")
_CAMEL = regex_later(r"[a-z][A-Z]")
_WORD_STARTS = regex_later(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = regex_later(r"[^A-Za-z0-9]++")
_PATH_STEPS = regex_later(r"\.|\[['\"]?+|['\"]?+\]")
# The name in an expression: after marks of output, before filters and arguments.
_EXPRESSION = regex_later(r"[\s=&*@$.>~:\-]*+(?P<name>[A-Za-z_][\w\-]*+(?:(?:\.|\[['\"]?+)[\w\-]++(?:['\"]?+\])?+)*+)")
_SPACED_NAME = regex_later(rf"\s*+(?P<name>{_WORDS})\s*+$")
_BRINGS_IN = regex_later(r"[-+~\s]*+(?:include|import|extends|render|template|partial)\b(?P<name>.*)", regex.DOTALL)
_CALL = regex_later(r"[\s=]*+(?:v|AttributeValue|Lookup|field)\(\s*+(?P<name>[^)]++)\)", regex.IGNORECASE)


def _read(syntax: str, written: str, start: int, end: int) -> Placeholder | None:
    """The placeholder of a syntax; None where the name could stand there by chance."""
    if syntax == "comment":
        return Placeholder(start, end, "comment", "")
    if syntax in ("tag", "block") or (syntax == "script" and not written.startswith("=")):
        brings = _BRINGS_IN.match(written)
        if brings is not None:
            return Placeholder(start, end, "value", normalized(brings["name"].strip(" -+~\"'\n\t")[:80]))
        return Placeholder(start, end, "control", "")
    if syntax == "star" and ":" in written:
        return Placeholder(start, end, "control", "")
    if syntax == "broken":
        return Placeholder(start, end, "broken", normalized(written))
    if syntax in ("plain", "brace") and not _is_a_templates(written, spaced=syntax == "brace"):
        return None
    if syntax == "angle" and not (_OF_FORMS.fullmatch(written) or _is_in_tag_marks(written)):
        return None
    return Placeholder(start, end, "value", _name_in(written))


def _is_a_templates(name: str, *, spaced: bool) -> bool:
    """Whether a name in marks that ordinary text has too is one that only a template writes."""
    words = normalized(name).replace(".", "_").split("_")
    if " " in name and not (spaced and words[0] in _COMMON):
        return False
    return not _COMMON.isdisjoint(words) or ("_" in name and all(word.isalpha() for word in words))


def _is_in_tag_marks(name: str) -> bool:
    """Whether `<name>` or `[name]` can only be a template's: `<orderid>`, not the element <address>."""
    return _OF_ONE_WORD.fullmatch(name) is not None and name.lower() not in _ELEMENTS


def _name_in(written: str) -> str:
    """The normalized name that an expression calls for: of `buyer.firstName | default: "x"` it is buyer.first_name."""
    head = written.partition("|")[0]
    match = _SPACED_NAME.match(head) or _CALL.match(head) or _EXPRESSION.match(head)
    return normalized(match["name"]) if match else ""


# --- names ------------------------------------------------------------------------------------------------------------


def is_known(name: str, names: frozenset[str]) -> bool:
    """Whether a list has a placeholder's name, as a whole or as what a path ends in."""
    return not normalized_names(names).isdisjoint(tails(name))


def ends_like(name: str, names: frozenset[str]) -> bool:
    """Whether a placeholder's name ends in the words of one of a list: `support_phone` in `phone`."""
    words = name.replace(".", "_").split("_")
    endings = ("_".join(words[start:]) for start in range(max(len(words) - 4, 0), len(words)))
    return not normalized_names(names).isdisjoint(endings)


@lru_cache(64)
def normalized_names(names: frozenset[str]) -> frozenset[str]:
    """A list of names, as people write them, in the spelling that placeholders are compared in."""
    return frozenset(normalized(name).replace(".", "_") for name in names)
