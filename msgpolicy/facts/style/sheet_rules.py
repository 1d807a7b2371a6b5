"""A style sheet as browsers read it: its rules in order, each with what it is for and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style.css import SIGNS, Declaration, parse_declarations
from msgpolicy.facts.style.media import ALL_SCREENS, is_supported, screens_of_media
from msgpolicy.facts.style.selectors import IDENT, BadSelectorError, Selector, parse_selectors
from msgpolicy.later import re_later

# Of all style sheets of a message together; nesting: how deep blocks stand in each other.
MAX_RULES = 20_000
MAX_SELECTORS = 40_000
MAX_DECLARATIONS = 100_000
# Different properties, conditions and layers.
MAX_PROPERTIES = 500
MAX_CONDITIONS = 2_000
MAX_LAYERS = 2_000
MAX_NESTING = 32

# Where in the order of layers a rule stands; the rules outside all layers of a layer come after those in them.
LayerKey = tuple[int, ...]
_AFTER_ALL = 1 << 30

Place = Callable[[int, int], tuple[int, int]]


class SheetRule(NamedTuple):
    """One rule of a style sheet, used or not. Spans are in the HTML source.

    `selector` is as written; `selectors` what browsers make of it, empty where they drop the rule. `conditions` are the
    at-rules around it as written, the outermost first ("@media screen"), with the media attribute of the <style>
    element. `screens` is a set of bits, one for each of `media.SCREENS` that meets all conditions; 0: no screen does.
    `start`, `end` span the rule with its braces; `element` is the index of the <style> element.
    """

    selector: str
    conditions: tuple[str, ...]
    declarations: Mapping[str, Declaration]
    start: int
    end: int
    screens: int
    selectors: tuple[Selector, ...]
    layer: LayerKey
    element: int


class Noted(NamedTuple):
    """An at-rule that would fetch something (`@import`, `@font-face`). Never followed. The span is in the source."""

    name: str
    text: str
    start: int
    end: int


@dataclass
class _Block:
    """A block that is open. `selectors`: whom declarations right in it style; None where none may stand.

    `declared`: where the declarations that are not yet read begin. `skipped`: nothing in it counts.
    """

    start: int
    conditions: tuple[str, ...]
    screens: int
    layer: tuple[str, ...]
    selectors: tuple[Selector, ...] | None = None
    selector: str = ""
    declared: int = 0
    skipped: bool = False
    noted: str = ""


@dataclass
class _Layer:
    """A layer: its number among its siblings, and the layers in it by name."""

    number: int = 0
    below: dict[str, _Layer] = field(default_factory=dict)


_BETWEEN = re_later(r"(?:[\t\n\f\r ]|/\*(?s:.)*?(?:\*/|\Z))*+")
_BETWEEN_AT_TOP = re_later(r"(?:[\t\n\f\r ]|/\*(?s:.)*?(?:\*/|\Z)|<!--|-->)*+")
_COMMENT = re_later(r"/\*(?s:.)*?(?:\*/|\Z)")
_SPACES = re_later(r"[\t\n\f\r ]++")
_AT_RULE = re_later(r"@(-?[a-zA-Z][a-zA-Z0-9-]*+)")
_CUSTOM_PROPERTY = re_later(r"--[^\t\n\f\r :;{}]*+[\t\n\f\r ]*+:")
# A block of declarations alone, without what may hide a brace or stand for more.
_PLAIN_BODY = re_later(r"[^{}()\[\]\"'\\/@]*+(?=\})")
_LAYER_NAME = re_later(rf"{IDENT}(?:\.{IDENT})*+")
_LAYER_NAMES = re_later(rf"{_LAYER_NAME.pattern}(?: ?, ?{_LAYER_NAME.pattern})*+")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class SheetReader:
    """Reads the style sheets of one document, one after the other; `rules` and `noted` hold what they say."""

    def __init__(self) -> None:
        self.rules: list[SheetRule] = []
        self.noted: list[Noted] = []
        self._selectors = 0
        self._declarations = 0
        self._properties: set[str] = set()
        self._layers = _Layer()
        self._layer_count = 0
        # The item whose beginning was looked for last, and where it begins.
        self._begun = (-1, -1)
        self._screens: dict[str, int] = {}
        self._known_selectors: dict[str, tuple[Selector, ...]] = {}
        self._text = ""
        self._place: Place = _as_it_is
        self._element = -1

    def read(self, text: str, place: Place, element: int, media: str | None) -> None:
        """Reads one sheet. `place` maps a span of its text to the source; `media` is the attribute of its element.

        Raises:
            TooLargeError: there is more than is read of all sheets together.
        """
        self._text, self._place, self._element = text, place, element
        self._begun = (-1, -1)
        conditions = (f"@media {media.strip()}",) if media and media.strip() else ()
        screens = self._evaluate("media", media or "", screens_of_media)
        blocks = [_Block(0, conditions, screens, ())]
        awaited: list[str] = []
        item = 0
        passed = 0
        while match := SIGNS.search(text, passed):
            sign, at, passed = match[0], *match.span()
            if awaited:
                if sign in _CLOSING:
                    awaited.append(_CLOSING[sign])
                elif sign == awaited[-1]:
                    awaited.pop()
            elif sign == "(" or sign == "[":
                awaited.append(_CLOSING[sign])
            elif sign == "{":
                block = self._opened(blocks[-1], item, at, is_top=len(blocks) == 1)
                if block is None:
                    awaited.append("}")
                    continue
                blocks.append(block)
                item = at + 1
                body = None if block.selectors is None else _PLAIN_BODY.match(text, item)
                if body:
                    passed = body.end()
                if len(blocks) > MAX_NESTING:
                    raise TooLargeError(f"a style sheet nests blocks deeper than {MAX_NESTING}")
            elif sign == ";":
                if self._ended(blocks[-1], item, at, is_top=len(blocks) == 1):
                    item = at + 1
            elif sign == "}" and len(blocks) > 1:
                self._closed(blocks.pop(), at, at + 1)
                item = blocks[-1].declared = at + 1
        # What is not closed ends with the sheet.
        if len(blocks) == 1:
            self._ended(blocks[0], item, len(text), is_top=True)
        for block in reversed(blocks[1:]):
            self._closed(block, len(text), len(text))

    def _opened(self, around: _Block, item: int, at: int, *, is_top: bool) -> _Block | None:
        """The block that "{" opens; None if it belongs to a value."""
        text = self._text
        start = self._begin(item, at, is_top=is_top)
        if around.skipped or (around.selectors is not None and _CUSTOM_PROPERTY.match(text, start, at)):
            return None
        if around.selectors is not None:
            self._add_rule(around, start)
            around.declared = len(text)
        name = _AT_RULE.match(text, start, at)
        prelude = text[name.end() if name else start : at]
        block = _Block(
            start, around.conditions, around.screens, around.layer, around.selectors, around.selector, declared=at + 1
        )
        if name:
            self._enter(block, name[1].lower(), prelude)
            return block
        block.selector = prelude.rstrip("\t\n\f\r ")
        block.selectors = self._selectors_of(block.selector, around.selectors)
        self._selectors += len(block.selectors)
        if self._selectors > MAX_SELECTORS:
            raise TooLargeError(f"the style sheets have more than {MAX_SELECTORS:,} selectors")
        return block

    def _selectors_of(self, text: str, parents: Sequence[Selector] | None) -> tuple[Selector, ...]:
        """The selectors of a rule, none where browsers drop it. Sheets repeat them, for other screens."""
        found = self._known_selectors.get(text) if parents is None else None
        if found is None:
            try:
                found = parse_selectors(text, parents)
            except BadSelectorError:
                found = ()
            if parents is None:
                self._known_selectors[text] = found
        return found

    def _enter(self, block: _Block, name: str, prelude: str) -> None:
        """Says of the block of an at-rule what it is."""
        prelude = _COMMENT.sub(" ", prelude).strip("\t\n\f\r ")
        if name == "media":
            block.screens &= self._evaluate(name, prelude, screens_of_media)
        elif name == "supports":
            block.screens &= self._evaluate(name, prelude, lambda text: ALL_SCREENS if is_supported(text) else 0)
        elif name == "layer" and (not prelude or _LAYER_NAME.fullmatch(prelude)):
            # A layer without a name is one of its own.
            block.layer += tuple(prelude.split(".")) if prelude else (f" {self._element} {block.start}",)
            self._layer_key(block.layer)
        elif name in ("container", "scope", "starting-style"):
            # Not worked out: how large boxes are, what stands between two places; the last ends before anyone looks.
            block.screens = 0
        else:
            block.skipped = True
            block.noted = name if name == "font-face" else ""
            return
        block.conditions += (f"@{name} {prelude}".rstrip(),)

    def _ended(self, block: _Block, item: int, at: int, *, is_top: bool) -> bool:
        """Whether ";" ends what begins at `item`: an at-rule without a block, or, in a rule, anything."""
        if block.skipped:
            return True
        start = self._begin(item, at, is_top=is_top)
        name = _AT_RULE.match(self._text, start, at)
        if name is None:
            return block.selectors is not None
        if name[1].lower() == "import":
            self._note("import", start, at)
        elif name[1].lower() == "layer":
            names = _SPACES.sub(" ", _COMMENT.sub(" ", self._text[name.end() : at])).strip()
            for layer in names.split(",") if _LAYER_NAMES.fullmatch(names) else ():
                self._layer_key((*block.layer, *layer.strip().split(".")))
        return True

    def _begin(self, item: int, at: int, *, is_top: bool) -> int:
        """Where what begins at `item` has its first sign that is no space and no comment."""
        if self._begun[0] != item:
            gap = (_BETWEEN_AT_TOP if is_top else _BETWEEN).match(self._text, item, at)
            self._begun = item, gap.end() if gap else item
        return self._begun[1]

    def _closed(self, block: _Block, at: int, end: int) -> None:
        if block.noted:
            self._note(block.noted, block.start, end)
        if block.selectors is not None and not block.skipped:
            self._add_rule(block, at, end)

    def _add_rule(self, block: _Block, at: int, end: int | None = None) -> None:
        """A rule of the declarations of a block that are not yet read, up to `at`; none if there are none.

        `end` is where the rule ends, with its brace.
        """
        start = block.declared
        found = parse_declarations(self._text[start:at])
        if not found or block.selectors is None:
            return
        self._declarations += len(found)
        if len(self.rules) >= MAX_RULES:
            raise TooLargeError(f"the style sheets have more than {MAX_RULES:,} rules")
        if self._declarations > MAX_DECLARATIONS:
            raise TooLargeError(f"the style sheets have more than {MAX_DECLARATIONS:,} declarations")
        self._properties.update(found)
        if len(self._properties) > MAX_PROPERTIES:
            raise TooLargeError(f"the style sheets name more than {MAX_PROPERTIES:,} properties")
        placed: dict[str, Declaration] = {}
        for name, declaration in found.items():
            source_start, source_end = self._place(declaration.start + start, declaration.end + start)
            placed[name] = Declaration(declaration.value, declaration.important, source_start, source_end)
        self.rules.append(
            SheetRule(
                block.selector,
                block.conditions,
                placed,
                *self._place(block.start, at if end is None else end),
                block.screens,
                block.selectors,
                self._layer_key(block.layer),
                self._element,
            )
        )

    def _note(self, name: str, start: int, end: int) -> None:
        if len(self.noted) >= MAX_RULES:
            raise TooLargeError(f"the style sheets have more than {MAX_RULES:,} rules")
        self.noted.append(Noted(name, self._text[start:end], *self._place(start, end)))

    @property
    def has_layers(self) -> bool:
        """Whether any rule may stand in a layer."""
        return self._layer_count > 0

    def _evaluate(self, rule: str, condition: str, screens: Callable[[str], int]) -> int:
        key = f"{rule} {condition}"
        found = self._screens.get(key)
        if found is None:
            found = self._screens[key] = screens(condition)
            if len(self._screens) > MAX_CONDITIONS:
                raise TooLargeError(f"the style sheets have more than {MAX_CONDITIONS:,} conditions")
        return found

    def _layer_key(self, layer: tuple[str, ...]) -> LayerKey:
        if len(layer) > MAX_NESTING:
            raise TooLargeError(f"a style sheet nests layers deeper than {MAX_NESTING}")
        key: list[int] = []
        level = self._layers
        for name in layer:
            if name not in level.below:
                self._layer_count += 1
                if self._layer_count > MAX_LAYERS:
                    raise TooLargeError(f"the style sheets have more than {MAX_LAYERS:,} layers")
                level.below[name] = _Layer(len(level.below))
            level = level.below[name]
            key.append(level.number)
        return (*key, _AFTER_ALL)


def _as_it_is(start: int, end: int) -> tuple[int, int]:
    return start, end
