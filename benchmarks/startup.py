"""What a process pays before its first verdict: `python -m benchmarks.startup [--runs N]`.

Every figure is time of the processor, told as the ratio to `python -c pass` in the same run, which says more than
milliseconds of one machine do. The runs take turns, so that whatever else the machine does meets all alike.
`python -m benchmarks` does it too. Whole processes are `msgpolicy check` of one short draft: with no cache, with one
that is empty before each run, and with a filled one. In a process of its own each: loading the ruleset `amazon`, making
the linter, and the first message of each language, without a cache and with a filled one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.speed.measuring import Ratio, ratio

FLOOR = "python -c pass"
DRAFTS = {
    "en": "Hello, which colour of the lamp shade would you like for your order? Please tell us within two days.",
    "de": "Guten Tag, welche Farbe soll der Lampenschirm Ihrer Bestellung haben? Bitte schreiben Sie es uns.",
    "fr": "Bonjour, de quelle couleur souhaitez-vous l'abat-jour de votre commande ? Merci de nous le dire.",
    "es": "Hola, ¿de qué color quiere la pantalla de la lámpara de su pedido? Díganoslo, por favor.",
    "it": "Buongiorno, di che colore desidera il paralume del suo ordine? La preghiamo di farcelo sapere.",
    "nl": "Goedendag, welke kleur wilt u voor de lampenkap van uw bestelling? Laat het ons weten alstublieft.",
    "pl": "Dzień dobry, jaki kolor abażuru wybiera Pan do swojego zamówienia? Prosimy o odpowiedź.",
    "pt": "Bom dia, de que cor deseja o abajur da sua encomenda? Por favor, diga-nos.",
    "sv": "Hej, vilken färg vill du ha på lampskärmen i din beställning? Skriv gärna till oss.",
    "tr": "Merhaba, siparişinizdeki abajur hangi renkte olsun? Lütfen bize yazın.",
    "ar": "مرحبا، ما لون غطاء المصباح الذي تريده في طلبك؟ يرجى إخبارنا.",
    "hi": "नमस्ते, आपके ऑर्डर के लैंप का रंग कौन सा होना चाहिए? कृपया हमें बताएं।",
    "ja": "こんにちは。ご注文のランプシェードは何色がよろしいでしょうか。お知らせください。",
    "ko": "안녕하세요, 주문하신 램프 갓은 어떤 색으로 보내 드릴까요? 알려 주세요.",
    "th": "สวัสดีค่ะ คุณต้องการโคมไฟในคำสั่งซื้อเป็นสีอะไร กรุณาแจ้งให้เราทราบ",
    "zh": "您好，您订单中的灯罩想要什么颜色？请告诉我们。",
}

INSIDE = """
import json, sys, time
started = time.process_time()
def lap():
    global started
    took, started = time.process_time() - started, time.process_time()
    return took
from msgpolicy import Linter, Message, load_ruleset
laps = {"import": lap()}
ruleset = load_ruleset("amazon")
laps["load"] = lap()
linter = Linter(ruleset)
laps["linter"] = lap()
for language, text in json.loads(sys.argv[1]).items():
    linter.check(Message(text=text, kind="proactive"))
    laps[language] = lap()
linter.check(Message(text=text + " ", kind="proactive"))
laps["next"] = lap()
print(json.dumps(laps))
"""

Measure = Callable[[], float]


class Bench:
    """Runs processes with a cache of their own, and tells what they cost in seconds of the processor."""

    def __init__(self, folder: Path) -> None:
        self.cache = folder / "cache"
        self.draft = folder / "draft.txt"
        self.draft.write_text(f"Subject: Your order\n\n{DRAFTS['en']}\n", encoding="utf-8")
        # Compiled modules are there for who installed the package; here they may be forbidden.
        self.environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        self.environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

    def run(self, *argv: str, cache: str) -> str:
        return subprocess.run(
            [sys.executable, *argv],
            env={**self.environment, "MSGPOLICY_CACHE": cache},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        ).stdout

    def cost(self, *argv: str, cache: str = "off") -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.run(*argv, cache=cache)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def check(self, *, cache: str) -> float:
        return self.cost("-m", "msgpolicy", "check", str(self.draft), cache=cache)

    def check_empty(self) -> float:
        shutil.rmtree(self.cache, ignore_errors=True)
        return self.check(cache=str(self.cache))

    def inside(self, *, cache: str) -> dict[str, float]:
        return dict(json.loads(self.run("-c", INSIDE, json.dumps(DRAFTS), cache=cache)))


class Startup(msgspec.Struct, frozen=True):
    """Medians in milliseconds: of whole processes, and of the steps inside one by the state of the cache."""

    processes: dict[str, float]
    # Beside the floor, `python -c pass`, of the same turn.
    ratios: dict[str, Ratio]
    steps: dict[str, dict[str, float]]


def measure(*, quick: bool = False, runs: int = 0) -> Startup:
    """What is paid, each `runs` times (by default 7; 3 when quick)."""
    costs: dict[str, list[float]] = {}
    laps: dict[str, list[dict[str, float]]] = {"no cache": [], "filled cache": []}
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.check_empty()  # modules are compiled now
        whole: dict[str, Measure] = {
            FLOOR: lambda: bench.cost("-c", "pass"),
            "check, no cache": lambda: bench.check(cache="off"),
            "check, empty cache": bench.check_empty,
            "check, filled cache": lambda: bench.check(cache=str(bench.cache)),
        }
        for _ in range(runs or (3 if quick else 7)):
            for name, cost in whole.items():
                costs.setdefault(name, []).append(cost())
            bench.inside(cache=str(bench.cache))  # all languages are in it
            laps["no cache"].append(bench.inside(cache="off"))
            laps["filled cache"].append(bench.inside(cache=str(bench.cache)))
    return Startup(
        {name: _milliseconds(found) for name, found in costs.items()},
        {name: ratio(list(zip(found, costs[FLOOR], strict=True))) for name, found in costs.items() if name != FLOOR},
        {
            step: {state: _milliseconds([lap[step] for lap in found]) for state, found in laps.items()}
            for step in laps["no cache"][0]
        },
    )


def _milliseconds(seconds: list[float]) -> float:
    return round(1000 * statistics.median(seconds), 2)


def lines(found: Startup) -> list[str]:
    """The tables, in Markdown."""
    shown = ["| a process | ms | as a multiple of `python -c pass` |", "|---|---:|---:|"]
    for name, spent in found.processes.items():
        shown.append(f"| {name} | {spent:.0f} | {found.ratios.get(name, 1)} |")
    shown += ["", "| inside one, ms | no cache | filled cache |", "|---|---:|---:|"]
    for step, spent_by in found.steps.items():
        shown.append(f"| {step} | {spent_by['no cache']:.1f} | {spent_by['filled cache']:.1f} |")
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description="what a process pays before its first verdict")
    parser.add_argument("--runs", type=int, default=7, help="how often each is measured (7)")
    print("\n".join(lines(measure(runs=parser.parse_args().runs))))


if __name__ == "__main__":
    main()
