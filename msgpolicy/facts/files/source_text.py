"""Programs and markup without a name or a first line that tells: by lines that only they have.

A guess from two kinds of such lines at least; for files whose name says nothing of a text. Comments, long strings and
what is indented count for little: they look like anything.
"""

from __future__ import annotations

import regex

from msgpolicy.later import regex_later

__all__ = ["source_kind"]

# Lines, and code points of each, that are looked at.
_LINES = 400
_LINE = 200

# For each kind, lines of different sorts. What one sort matches counts once.
_SORTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "text/x-php",
        (r"<\?php\b", r"\$\w+\s*+=.*+;$", r"(?:public |private )?+function \w+\(.*+\)"),
    ),
    (
        "text/x-python",
        (
            r"(?:from [\w.]++ import [\w*(][\w, ()]*+|import [\w.]++(?: as \w++)?+(?:, [\w.]++)*+)(?:\s*+#.*+)?+$",
            r"(?:async )?+def \w++\(.*+",
            r"class \w++(?:\(.*+\))?+:$",
            r"(?:if|elif|for|while|with|try|except|else|finally)\b.*+:$",
            r'(?:r|u)?+"""',
            r"(?:return|raise|yield|assert|print)\b.*+",
            r"[\])}]+[,:]?+(?: -> [\w\[\], |.]++:)?+$",
            r"@\w[\w.]*+(?:\(.*+)?+$",
            r"#(?: .*+)?+$",
            r"\w[\w.\[\]]*+(?:: [\w\[\], .]++)?+ = .++(?<![;,])$",
        ),
    ),
    (
        "application/x-powershell",
        (
            r"\$\w++\s*+=.*+(?<!;)$",
            r"(?:\$\w++\s*+=\s*+)?+(?:Get|Set|New|Remove|Invoke|Start|Stop|Write|Out|Add|Import|Join|Split|Test|Copy|Expand)-[A-Z]\w++\b.*+",
            r"param\s*+\(",
            r".*\s-(?:eq|ne|like|match|not|and|or)\s.*+",
            r"(?:\}\s*+)?+(?:if|elseif|else|foreach|while|switch|try|catch|throw)\b.*+[{}\"]$",
            r"\}$",
            r"\[(?:Net|System|IO)\.[\w.]++\]",
        ),
    ),
    (
        "text/javascript",
        (
            r"(?:export )?+(?:const|let|var) [\w{}, \[\]]++\s*+=.*+",
            r"(?:export )?+(?:default )?+(?:async )?+function\b\s*+\w*+\(.*+",
            r"[;!(]?+\(function\s*+\w*+\(.*+",
            r"import .*+from ['\"].*+",
            r".*+=>\s*+[{(].*+",
            r"['\"]use strict['\"];?+",
            r"(?:if|for|while|switch)\s*+\(.*+\)\s*+\{$",
            r"\}\s*+\)?+\(?+.*+\)?+;$",
            r"//.*+",
            r"[\w.$]++\(.*+\);$",
        ),
    ),
    (
        "text/vbscript",
        (
            r"(?i:dim|set) \w++(?:\s*+=.*+)?+$",
            r"(?i:.*\bCreateObject\(.*)",
            r"(?i:end (?:if|sub|function)|wscript\..*+|on error resume next)",
            r"(?i:(?:private |public )?+(?:sub|function) \w++.*+)",
        ),
    ),
    (
        "application/x-bat",
        (r"(?i:@?+echo (?:off|on)|@echo\b.*+)", r"(?i:set \w++=.*+|setlocal.*+|endlocal)", r"(?i:rem\b.*+|::.*+)",
         r"(?i:goto :?+\w++|if (?:not )?+(?:exist|errorlevel|\").*+|:\w++)$", r"(?i:(?:start|call|del|copy) .*%.*+)"),
    ),
    (
        "text/css",
        (r"@(?:media|import|font-face|charset|keyframes)\b.*+", r"[.#]?+[\w][^{}();]*+\{(?:.*+\})?+$",
         r"[a-z-]++\s*+:\s*+[^:;{}]++;(?:\s*+/\*.*+)?+$", r"--[\w-]++:.*+;$"),
    ),
    (
        "text/markdown",
        (r"#{1,6} \S.*+", r"(?:={3,}+|-{3,}+)$", r"[-*+] (?:\[[ x]\] )?+\S.*+", r"(?:```|~~~)[\w{}-]*+$",
         r"\d++\. \S.*+", r".*\]\((?:https?:|[./#\w]).*+\).*+", r"\|.*+\|$", r"> .*+", r".*`[^`]++`.*+",
         r".*\*\*[^*]++\*\*.*+"),
    ),
    (
        "text/x-shellscript",
        (r"(?:export |readonly |local )?+[A-Za-z_]\w*+=(?:\S*+|\"[^\"]*+\")$", r"(?:if|while|elif) \[.*+",
         r"(?:fi|done|esac|then|do)$", r"(?:for \w++ in .*+|.*; (?:do|then))$",
         r"(?:echo|cd|rm|mkdir|cp|mv|set -|exit)\b.*+",
         r".*\$\{?+\w++.*+", r"\w++\(\) ?+\{$", r"#(?: .*+)?+$"),
    ),
    (
        "application/yaml",
        (r"---$|%YAML .*+", r"[\w.\"'-]++:$", r"[\w./\"'-]++: [|>&*!\[{]?+.*+", r"- [\w\"'.{\[-].*+", r"#(?: .*+)?+$"),
    ),
)  # fmt: skip
_PATTERNS = tuple((kind, tuple(regex_later(sort) for sort in sorts)) for kind, sorts in _SORTS)
# What only stands in a text of the kind; without one of these, lines that look like it prove nothing.
_NEEDED = {
    "text/x-python": (0, 1, 2),
    "text/x-php": (0,),
    "application/x-powershell": (1, 6),
    "text/javascript": (0, 1, 2, 3, 5),
    "text/vbscript": (1, 2, 3),
    "application/x-bat": (0, 1),
    "text/css": (0, 1),
    "text/markdown": (0, 3, 5),
    "text/x-shellscript": (1, 2),
    "application/yaml": (0, 1),
}
# How many lines out of twelve have to match: a program's lines are few among its data, a YAML file has no others.
_LEAST = {"application/yaml": 12, "text/x-shellscript": 6}


def source_kind(text: str) -> str | None:
    """The media type of a program's or markup's source, of which `text` is the beginning; None for any other text."""
    text = text.replace("\r\n", "\n")
    program = _kind_by_lines(_without(_without(text, '"""', '"""'), "/*", "*/"))
    return "text/markdown" if program is None and _is_document(text) else program


def _kind_by_lines(text: str) -> str | None:
    whole = [line[:_LINE].rstrip() for line in text.split("\n", _LINES)[:_LINES]]
    whole = [line for line in whole if line]
    lines = [line.strip() for line in whole]
    outer = [line for line in whole if not line[0].isspace()]
    best, most = None, 1
    for kind, sorts in _PATTERNS:
        found = {number for number, sort in enumerate(sorts) if any(sort.match(line) for line in lines)}
        if len(found) <= most or not found.intersection(_NEEDED[kind]):
            continue
        least = _LEAST.get(kind, 4)
        if _share(sorts, lines) >= least or (least == 4 and _share(sorts, outer) >= 6):
            best, most = kind, len(found)
    return best


def _without(text: str, opens: str, closes: str) -> str:
    """The text without what stands between two marks, which are kept."""
    kept: list[str] = []
    at = 0
    while (start := text.find(opens, at)) >= 0 and (end := text.find(closes, start + len(opens))) >= 0:
        kept += text[at:start], opens, closes
        at = end + len(closes)
    return "".join((*kept, text[at:]))


def _share(sorts: tuple[regex.Pattern[str], ...], lines: list[str]) -> float:
    """How many of twelve lines match one of the patterns."""
    return 12 * sum(any(sort.match(line) for sort in sorts) for line in lines) / max(len(lines), 1)


# A heading on lines of its own (`# Care`, or `Care` over `====`), and what else only Markdown has.
_HEADING = regex_later(r"(?:^|\n[ \t]*+\n)#{1,6} [^\n]++\n(?=[ \t]*+(?:\n|$))")
_UNDERLINED = regex_later(r"(?:^|\n[ \t]*+\n)([^\n]{2,100}+)\n(={2,100}+|-{2,100}+)[ \t]*+\n")
_MARKS = tuple(
    regex_later(mark, regex.MULTILINE)
    for mark in (
        r"^(?:```|~~~)[\w{}-]*+$",
        r"\[[^\]\n]{1,200}+\]\((?:https?:|[./#\w])[^)\n]{0,300}+\)",
        r"^\|(?:[ \t]*+:?-{3,}+:?[ \t]*+\|)++",
        r"^[-*+] \S",
        r"\*\*[^*\n]{1,200}+\*\*",
        r"(?<!`)`[^`\n]{1,200}+`(?!`)",
    )
)


def _is_document(text: str) -> bool:
    """Whether it is Markdown by a heading of its own and another mark; a list makes one only under two headings."""
    underlined = sum(abs(len(head) - len(line)) <= 1 for head, line in _UNDERLINED.findall(text))
    headings = len(_HEADING.findall(text)) + underlined
    marks = [number for number, mark in enumerate(_MARKS) if mark.search(text)]
    return headings >= 1 and (bool(marks and marks[0] < 3) or len(marks) > 1 or (headings > 1 and bool(marks)))
