"""Whether markup is so plain that every parser builds the browser's tree of it.

Browsers mend what is nested against the rules: they close a <p> before a <div>, move text out of tables, never put a
link into a link. A tree that was built without these rules is a browser's only if none of them would have acted.
"""

from __future__ import annotations

from msgpolicy.facts.html.markup import SPACE
from msgpolicy.facts.html.tree import Document, Element

HEAD_TAGS = frozenset({"base", "link", "meta", "script", "style", "title"})
_DEEPEST = 512

# These have rules of their own, beyond nesting.
_RULED = "basefont bgsound frame frameset image isindex keygen math noframes noscript plaintext rb rtc svg template"
_UNUSUAL = frozenset(_RULED.split())
_CLOSES_P = """
    address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table ul xmp dd dt
"""
_P_CLOSERS = frozenset(_CLOSES_P.split())
# An open element is not looked for beyond these.
_SCOPES = frozenset({"applet", "button", "caption", "html", "marquee", "object", "table", "td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that must not be inside one of their kind; what stands between may allow it again.
_NOT_IN_ITSELF = {
    "a": _SCOPES,
    "nobr": _SCOPES,
    "button": _SCOPES - {"button"},
    "form": frozenset[str](),
    "li": frozenset({"ul", "ol", "menu", "dir"}) | _SCOPES,
    "dd": frozenset({"dl"}) | _SCOPES,
    "dt": frozenset({"dl"}) | _SCOPES,
    "option": frozenset({"select"}),
    "optgroup": frozenset({"select"}),
    "select": frozenset[str](),
}
_ROWS = frozenset({"tr", "script", "style"})
# The only children of these.
_CHILDREN = {
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "script", "style"}),
    "thead": _ROWS,
    "tbody": _ROWS,
    "tfoot": _ROWS,
    "tr": frozenset({"td", "th", "script", "style"}),
    "colgroup": frozenset({"col"}),
    "head": HEAD_TAGS,
    "select": frozenset({"option", "optgroup"}),
    "optgroup": frozenset({"option"}),
    "option": frozenset[str](),
}
# The only parents of these.
_PARENTS = {
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "option": frozenset({"select", "optgroup", "datalist"}),
    "optgroup": frozenset({"select"}),
    "head": frozenset({"html"}),
    "body": frozenset({"html"}),
}
_NO_TEXT = frozenset({"html", "head", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select", "optgroup"})


def why_not_plain(document: Document) -> str | None:
    """The first thing in a document that a browser may have read otherwise, None if there is none."""
    if "\0" in document.source:
        return "the source holds NUL characters"
    # Of the elements around each: how deep it is, and the innermost of each kind that matters (as a chain).
    depths: list[int] = []
    inside: list[dict[str, str]] = []
    for element in document.elements:
        parent = element.parent
        depths.append(depths[parent] + 1 if parent >= 0 else 1)
        around = inside[parent] if parent >= 0 else {}
        why = _why_misplaced(document, element, around)
        if why:
            return why
        inside.append(_step_in(element.tag, around))
    if depths and max(depths) >= _DEEPEST:
        return f"elements are nested {_DEEPEST} deep or deeper"
    for text in document.texts:
        owner = document.elements[text.parent] if text.parent >= 0 else None
        if (owner is None or owner.tag in _NO_TEXT) and text.text.strip(SPACE):
            return f"text stands directly in <{owner.tag if owner else 'html'}>"
        if owner and owner.tag == "script" and "<!--" in text.text:
            return "a script holds a comment"
    return None


def _step_in(tag: str, around: dict[str, str]) -> dict[str, str]:
    """What is open inside an element: the tags that its content must not repeat, by tag."""
    opens = tag == "p" or tag in _NOT_IN_ITSELF
    ended = [name for name in around if tag in (_SCOPES if name == "p" else _NOT_IN_ITSELF[name])]
    if not opens and not ended:
        return around
    kept = {name: name for name in around if name not in ended}
    if opens:
        kept[tag] = tag
    return kept


def _why_misplaced(document: Document, element: Element, around: dict[str, str]) -> str | None:
    tag = element.tag
    if tag in _UNUSUAL:
        return f"<{tag}> has reading rules of its own"
    if element.index and tag in ("html", "head", "body") and len(document.find(tag)) > 1:
        return f"there is more than one <{tag}>"
    parent = document.elements[element.parent].tag if element.parent >= 0 else ""
    allowed = _CHILDREN.get(parent)
    parents = _PARENTS.get(tag)
    if (allowed is not None and tag not in allowed) or (parents is not None and parent not in parents):
        return f"<{tag}> stands directly in <{parent or 'html'}>"
    if tag in around:
        return f"<{tag}> stands in another <{tag}>"
    if "p" in around and tag in _P_CLOSERS:
        return f"<{tag}> stands in <p>"
    if tag in _HEADINGS and parent in _HEADINGS:
        return f"<{tag}> stands in <{parent}>"
    if ("dd" in around and tag == "dt") or ("dt" in around and tag == "dd"):
        return f"<{tag}> stands in another list entry"
    return None
