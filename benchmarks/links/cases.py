"""The labelled cases of the benchmark, read from fetched material or made from it by rule."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import regex


class Case(NamedTuple):
    """A text, and what is in it: URLs or hosts for `kind` link, plain addresses for email."""

    row: str
    kind: str
    text: str
    expect: tuple[str, ...]


def held_out(text: str) -> bool:
    """Whether a case belongs to the half that only measures."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % 2 == 1


def one(root: Path, pattern: str) -> Path:
    """The only file that matches."""
    (found,) = root.glob(pattern)
    return found


# --- other detectors' cases -------------------------------------------------------------------------------------------


def detector_cases(root: Path) -> Iterator[Case]:
    """What linkify-it, urlextract, ioc-finder and Rust's linkify test themselves with."""
    yield from _linkify_it(one(root, "linkify_it_py*/*/test/fixtures/links.txt"))
    for path in root.glob("urlextract*/*/tests/unit/test_find_urls.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                text, urls = (_literal(element) for element in node.elts)
                if isinstance(text, str) and isinstance(urls, list) and urls and isinstance(urls[0], str):
                    yield Case("links: cases of other detectors", "link", text, tuple(urls))
    for path in root.glob("ioc_finder*/*/tests/find_iocs_cases/*.py"):
        if path.stem in ("urls", "domains", "email"):
            yield from _ioc_finder(path)
    folder = one(root, "librust-linkify*/usr/share/cargo/registry/linkify-*/tests")
    for name, kind in (("url", "link"), ("domains", "link"), ("email", "email")):
        source = (folder / f"{name}.rs").read_text(encoding="utf-8")
        for _, linked in regex.findall(r'assert_linked\(\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")', source):
            shown = (
                _literal(ast.parse(linked.replace("\\u{", "\\u{"), mode="eval").body) if "\\u{" not in linked else None
            )
            if isinstance(shown, str):
                parts = shown.split("|")
                row = "links: cases of other detectors" if kind == "link" else "e-mail: cases of other detectors"
                yield Case(row, kind, "".join(parts), tuple(parts[1::2]))


def _linkify_it(path: Path) -> Iterator[Case]:
    block: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("%"):
            continue
        if line.strip():
            block.append(regex.sub(r"\s+%.*$", "", line))
            continue
        if block and regex.match(r"(?!https?:|ftp:)[\w+-]*:?//", block[-1], regex.I):
            block = []  # schemes of other programs
        if block and "mailto:" not in block[-1] and ("@" not in block[-1] or "//" in block[-1]):
            yield Case("links: cases of other detectors", "link", block[0], (block[-1],))
        elif block and "//" not in block[-1]:
            yield Case("e-mail: cases of other detectors", "email", block[0], (block[-1].removeprefix("mailto:"),))
        block = []


def _ioc_finder(path: Path) -> Iterator[Case]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and len(node.args) >= 2):
            continue
        text, found = (_literal(argument) for argument in node.args[:2])
        if not isinstance(text, str) or not isinstance(found, dict):
            continue
        disguised = bool(regex.search(r"hxx|\[\.|\(\.|\[dot|\(dot|\[:|\[/|\{\.", text))
        if "urls" in found:
            row = "links: obfuscated, ioc-finder's cases" if disguised else "links: cases of other detectors"
            yield Case(row, "link", text, tuple(found["urls"]))
        if "email_addresses" in found:
            mails = tuple(mail for mail in found["email_addresses"] if "[" not in mail)
            yield Case("e-mail: cases of other detectors", "email", text, mails)


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


# --- hosts that are hard to see ---------------------------------------------------------------------------------------


def standard_cases(root: Path) -> Iterator[Case]:
    """The URL standard's own tests (WPT urltestdata.json) and UTS 46's: the host that a browser contacts."""
    path = one(root, "librust-url*/usr/share/cargo/registry/url-*/tests/urltestdata.json")
    for entry in json.loads(path.read_text(encoding="utf-8")):
        if isinstance(entry, dict) and not entry.get("failure") and entry.get("protocol") in ("http:", "https:"):
            base = entry.get("base") or "about:blank"
            absolute = regex.match(
                r"[\0-\x20]*h[\t\n\r]*t[\t\n\r]*t[\t\n\r]*p[\t\n\r]*s?[\t\n\r]*:", entry["input"], regex.I
            )
            if (
                entry["hostname"]
                and absolute
                and (base == "about:blank" or regex.search(r":\s*[/\\]{2}", entry["input"]))
            ):
                yield Case("real host: tests of the URL standard", "url", entry["input"], (entry["hostname"],))
    path = one(root, "librust-idna*/usr/share/cargo/registry/idna-*/tests/IdnaTestV2.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) < 5 or "\\" in fields[0]:
            continue
        source, unicode_form, unicode_status, ascii_form, ascii_status = fields[:5]
        status = ascii_status or unicode_status
        plain = "." in source and not regex.search(r"[/:?#@%\[\]<>^|\s]", source)
        if status in ("", "[]") and plain:
            host = ascii_form or unicode_form or source
            yield Case("real host: tests of UTS 46", "url", f"https://{source}/", (host.rstrip("."),))


def trick_cases(root: Path) -> Iterator[Case]:
    """User names that look like a host, numeric notations, and defanged forms, made from random hosts."""
    chance = random.Random(46)
    confusables = _confusables(root)
    for number in range(1200):
        host = _host(chance)
        yield from _defanged(chance, host)
        yield from _mixed(chance, host, confusables)
        yield from _mails(chance, host, confusables)
        if number % 4 == 0:
            yield from _tricks(chance, host)


def _word(chance: random.Random) -> str:
    syllables = [chance.choice("bcdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))]
    return "".join(syllables) + chance.choice(["", "", "n", "r", "s", "24", "x"])


_ENDINGS = (
    *("com", "com", "com", "net", "org", "de", "fr", "it", "es", "nl", "pl", "co.uk", "com.br", "co.jp"),
    *("shop", "store", "info", "io", "eu", "ru", "cn"),
)


def _host(chance: random.Random) -> str:
    name = _word(chance) if chance.random() < 0.7 else f"{_word(chance)}-{_word(chance)}"
    ending = chance.choice(_ENDINGS)
    front = chance.choice(["", "", "", "www.", "shop."])
    return f"{front}{name}.{ending}"


_FRAMES = (
    "Please visit {} for details.",
    "You will find it here: {}",
    "{} has all our products",
    "Bitte besuchen Sie {} für mehr.",
    "Voir {} pour plus d'informations",
    "詳細は {} をご覧ください。",
    "({})",
    "Więcej na {}!",
)


def _defanged(chance: random.Random, host: str) -> Iterator[Case]:
    path = chance.choice(["", "", f"/{_word(chance)}", f"/{_word(chance)}?id={chance.randint(1, 999)}"])
    forms = {
        "hxxp": f"hxxp{chance.choice(['', 's'])}://{host}{path}",
        "hxxp and [.]": f"hxxps://{host.replace('.', '[.]')}{path}",
        "[.]": host.replace(".", "[.]") + path,
        "last [.]": "[.]".join(host.rsplit(".", 1)) + path,
        "(.)": host.replace(".", "(.)") + path,
        "{.}": host.replace(".", "{.}") + path,
        "[dot]": host.replace(".", chance.choice(["[dot]", " [dot] ", "[DOT]"])) + path,
        "(dot)": host.replace(".", chance.choice(["(dot)", " (dot) "])) + path,
        " dot ": host.replace(".", " dot "),
        " . ": host.replace(".", " . "),
        "。": host.replace(".", "。") + path,
        "．": host.replace(".", "．") + path,
        "[:]//": f"https[:]//{host}{path}",
        "[://]": f"https[://]{host}{path}",
        ":\\\\": f"https:\\\\{host}{path}",
        "h t t p": f"h t t p s : / / {host}{path}",
        "full width": _mapped(host, 0xFF41, 0xFF10).replace(".", "．"),
        "mathematical": _mapped(host, 0x1D41A, 0x1D7CE) + path,
        "zero width": "\u200b".join(host) + path,
        "soft hyphen": host[:4] + "\u00ad" + host[4:] + path,
    }
    form = chance.choice(sorted(forms))
    written = forms[form]
    yield Case(f"links: obfuscated, {form}", "link", chance.choice(_FRAMES).format(written), (host,))


def _mapped(text: str, letter: int, digit: int) -> str:
    table = {ord(char): letter + place for place, char in enumerate(string.ascii_lowercase)}
    table |= {ord(char): digit + place for place, char in enumerate(string.digits)}
    return text.translate(table)


def _tricks(chance: random.Random, host: str) -> Iterator[Case]:
    known = chance.choice(["amazon.com", "www.amazon.de", "paypal.com", "dhl.de"])
    numbers = [chance.randint(1, 223), *(chance.randint(0, 255) for _ in range(3))]
    dotted = ".".join(map(str, numbers))
    value = sum(number << 8 * (3 - place) for place, number in enumerate(numbers))
    forms = [
        (f"https://{known}@{host}/", host),
        (f"https://{known}:443@{host}/login", host),
        (f"http://{known}%2F{_word(chance)}@{host}", host),
        (f"https://{known}\\@{host}/", known),
        (f"https://{host}\\@{known}/", host),
        (f"https://{known}/@{host}/", known),
        (f"https://{host}#@{known}/", host),
        (f"https://{host}?@{known}/", host),
        (f"http://{value}/", dotted),
        (f"http://0x{value:x}/{_word(chance)}", dotted),
        (f"http://0{value:o}/", dotted),
        ("http://" + ".".join(f"0x{number:x}" for number in numbers), dotted),
        ("http://" + ".".join(f"0{number:o}" for number in numbers) + "/x", dotted),
        (f"http://{numbers[0]}.{value & 0xFFFFFF}/", dotted),
        (f"http://{known}@{value}/", dotted),
        ("https://" + "".join(f"%{ord(char):02x}" for char in host) + "/", host),
        (f"https:/{host}/", host),
        (f"https:////{host}/", host),
        (f"//{known}@{host}/", host),
    ]
    for written, real in forms:
        if chance.random() < 0.4:
            yield Case("real host: user info, numbers, escapes", "url", written, (real,))
            if written.startswith("http"):
                text = chance.choice(_FRAMES).format(written)
                yield Case("real host: the same in running text", "link", text, (real,))


# --- look-alike letters -----------------------------------------------------------------------------------------------


def _confusables(root: Path) -> dict[str, list[str]]:
    """Single letters of other alphabets that Unicode's table gives for a letter of ours."""
    data = json.loads(one(root, "confusable*/confusable_homoglyphs/confusables.json").read_text(encoding="utf-8"))
    table: dict[str, list[str]] = {}
    for plain in string.ascii_lowercase:
        odd = [entry["c"] for entry in data.get(plain, []) if len(entry["c"]) == 1 and ord(entry["c"]) > 0x2FF]
        table[plain] = [char for char in odd if char.isalpha() and char.lower() == char]
    return table


_COMMON = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Armenian}]")


def _disguised(chance: random.Random, text: str, confusables: dict[str, list[str]], common: bool) -> str:
    """One to three letters exchanged; `common`: with letters of the alphabets that keyboards have."""
    chars = list(text)
    places = [place for place, char in enumerate(chars) if confusables.get(char)]
    chance.shuffle(places)
    changed = 0
    for place in places:
        choice = [char for char in confusables[chars[place]] if not common or _COMMON.match(char)]
        if choice and changed < 3:
            chars[place] = chance.choice(choice)
            changed += 1
    return "".join(chars)


def _mixed(chance: random.Random, host: str, confusables: dict[str, list[str]]) -> Iterator[Case]:
    for common in (True, False):
        name, dot, ending = host.partition(".") if host.count(".") == 1 else (host, "", "")
        if not dot:
            continue
        written = f"{_disguised(chance, name, confusables, common)}.{ending}"
        if written == host:
            continue
        row = "mixed scripts: Cyrillic, Greek, Armenian" if common else "mixed scripts: any of Unicode's look-alikes"
        form = chance.choice(["{}", "https://{}/", "www.{}", "http://{}"]).format(written)
        yield Case(row, "deceptive", chance.choice(_FRAMES).format(form), (form,))


_AT_FRAMES = (
    "Write to {}",
    "My address is {}, thanks",
    "Contact: {}",
    "<{}>",
    "{}",
    "Schreiben Sie an {}.",
    "mail: {}",
)


def _mails(chance: random.Random, host: str, confusables: dict[str, list[str]]) -> Iterator[Case]:
    host = host.removeprefix("www.")
    name = chance.choice([_word(chance), f"{_word(chance)}.{_word(chance)}", f"{_word(chance)}{chance.randint(1, 99)}"])
    if chance.random() < 0.3:
        host = chance.choice(["gmail.com", "yahoo.com", "hotmail.de", "gmx.de", "outlook.com", "163.com", "wp.pl"])
    address = f"{name}@{host}"
    frame = chance.choice(_AT_FRAMES)
    for common in (True, False):
        written = _disguised(chance, address, confusables, common)
        row = "e-mail: Cyrillic, Greek, Armenian letters" if common else "e-mail: any of Unicode's look-alikes"
        yield Case(row, "email", frame.format(written), (address,))
    forms = [
        "{n} [at] {h}", "{n}[at]{h}", "{n}(at){h}", "{n} (at) {h}", "{n} AT {h}", "{n} at {H}", "{n}[@]{h}",
        "{n} (@) {h}", "{n} @ {h}", "{n} @{h}", "{n}@ {h}", "{n} [at] {H}", "{n}(at){D}", "{n} -at- {h}",
        "{n}_at_{h}", "{n}-AT-{h}",
        "{n} at {D}", "{n} {{at}} {h}", "{n}<at>{h}", "{n} |at| {h}", "{n}@{S}", "{n} @ {S}", "{n}@{D}", "{n}＠{h}",
        "{n}@NOSPAM.{h}", "{n} AT {U}", "{n}[AT]{U}", "{n} (a) {h}", "{n} at {B}", "{n}[at]{B}",
    ]  # fmt: skip
    form = chance.choice(forms)
    written = form.format(
        n=name, h=host, H=host.replace(".", " dot "), D=host.replace(".", "(dot)"), S=host.replace(".", " . "),
        U=host.replace(".", " DOT "), B=host.replace(".", "[.]"),
    )  # fmt: skip
    if "NOSPAM" not in form:
        yield Case("e-mail: written around filters, forms", "email", frame.format(written), (address,))


# --- real text --------------------------------------------------------------------------------------------------------

_AROUND = r"\s?[\[({<_*-]*\s?(?:@|\bat\b|(?<=[_-])at(?=[_-]))\s?[\])}>_*-]*\s?"


def real_mail_cases(folder: Path = Path("/usr/share/doc")) -> Iterator[Case]:
    """Addresses of authors as they wrote them, in the copyright files of the Debian packages installed here."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*/copyright")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            for inside in regex.findall(r"<([^<>]{6,70})>", line):
                if inside in seen or "://" in inside or "mailto" in inside:
                    continue
                seen.add(inside)
                text = regex.sub(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+", ".", inside, flags=regex.I)
                match = regex.fullmatch(rf"([\w.+-]+?){_AROUND}([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", text, regex.I)
                if match and match[2].rpartition(".")[2].isalpha():
                    plain = "@" in inside and " " not in inside and "(" not in inside
                    row = "e-mail: real text" if plain else "e-mail: written around filters by people"
                    yield Case(row, "email", line.strip(), (f"{match[1]}@{match[2]}".lower(),))


def real_link_cases(folder: Path = Path("/usr/share/doc")) -> Iterator[Case]:
    """URLs in the copyright files of the Debian packages installed here."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*/copyright")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            urls = regex.findall(r"\bhttps?://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,})(?=[/:\s>),;]|$)", line)
            urls += regex.findall(r"(?<![/@\w.])(www\.[a-z0-9-]+\.[a-z]{2,})\b", line)
            if urls and line not in seen:
                seen.add(line)
                yield Case("links: real text", "link", line.strip(), tuple(urls))
