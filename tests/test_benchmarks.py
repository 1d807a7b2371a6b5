"""What the benchmark measures on is what it says it is, and what it writes can be read. No times are looked at."""

from __future__ import annotations

import json
import math
from collections import Counter
from email import message_from_bytes
from email.policy import default
from xml.etree import ElementTree

import msgspec
import pytest

from benchmarks.__main__ import main
from benchmarks.audit import cost as audit_cost
from benchmarks.audit.archives import short
from benchmarks.audit.cost import Audits
from benchmarks.audit.memory import Sizes
from benchmarks.speed import results
from benchmarks.speed.corpus import QUICK, SIZE_CLASSES, entries, entry
from benchmarks.speed.growth import HOSTILE, Growth, Point
from benchmarks.speed.growth import cases as growth_cases
from benchmarks.speed.libraries import AbsentError
from benchmarks.speed.measuring import Cost, Ratio, blocks, cost, ratio
from benchmarks.speed.memory import Memory
from benchmarks.speed.parts import PARTS
from benchmarks.speed.peers import Figures, Peers
from benchmarks.speed.processes import Processes
from benchmarks.speed.scanners import Rspamd, as_mail
from benchmarks.speed.shown import in_docs, in_readme, picture
from benchmarks.speed.speed import Class, Speed
from benchmarks.speed.texts import LANGUAGES
from benchmarks.speed.threads import Threads
from benchmarks.startup import Startup
from msgpolicy.message import Message


@pytest.fixture(scope="module")
def corpus():
    return [entry(number) for number in range(QUICK)]


def test_a_message_is_made_by_seed_and_number_alone(corpus):
    assert [entry(number) for number in (639, 0, 17)] == [corpus[639], corpus[0], corpus[17]]
    assert entry(17, seed=7) != corpus[17]


def test_no_two_messages_say_the_same(corpus):
    bodies = {made.message().get("text") or made.message()["html"] for made in corpus}
    assert len(bodies) == len(corpus)


def test_every_record_is_a_message_about_its_order(corpus):
    for made in corpus:
        message = Message.from_json(made.record)
        assert message.order.id in (message.text or message.html)
        assert bool(message.html) == made.is_html
        assert bool(message.attachments) == made.has_files
        assert message.language == made.language


def test_shares(corpus):
    assert len(LANGUAGES) == 16
    assert Counter(made.language for made in corpus) == dict.fromkeys(LANGUAGES, QUICK // 16)
    for language in LANGUAGES:
        assert sum(made.is_html for made in corpus if made.language == language) == QUICK // 32
    for is_html in (False, True):
        half = [made for made in corpus if made.is_html is is_html]
        assert sum(made.violates for made in half) / len(half) == pytest.approx(0.15, abs=0.01)
        assert sum(made.has_files for made in half) / len(half) == pytest.approx(0.04, abs=0.02)


def test_sizes(corpus):
    plain = [len(made.message()["text"]) for made in corpus if not made.is_html]
    html = [len(made.message()["html"].encode()) for made in corpus if made.is_html]
    assert 200 <= min(plain) < 300
    assert 1_400 < max(plain) <= 1_500
    assert 1_000 <= min(html) < 2_000
    assert 25_000 < max(html) <= 30_000
    by_class = Counter(made.size_class for made in corpus)
    assert set(by_class) == set(SIZE_CLASSES)


def test_the_kept_corpus_is_the_made_one(corpus, tmp_path):
    assert list(entries(40, folder=tmp_path)) == corpus[:40]
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    assert list(entries(40, folder=tmp_path)) == corpus[:40]
    assert kept.stat().st_mtime_ns == written


def test_costs_are_told_in_milliseconds():
    told = cost([0.001 * number for number in range(1, 201)])
    assert (told.mean, told.p50, told.p99, told.most) == (100.5, 100.5, 198, 200)


def test_a_ratio_is_of_the_sums_and_its_spread_without_the_outer_tenths():
    told = ratio([(2.0 * number, 1.0) for number in range(1, 12)])
    assert (told.value, told.low, told.high) == (12, 4, 20)


def test_blocks_hold_everything_once():
    assert list(blocks(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]


def test_results_can_be_read_and_parts_be_added(tmp_path):
    assert results.newest(tmp_path) is None
    path = results.save({"speed": results.part({"messages": 1}, quick=True)}, tmp_path)
    assert results.save({"growth": results.part({"messages": 2}, quick=False)}, tmp_path) == path
    found = results.newest(tmp_path)
    assert found.machine == results.machine()
    assert {name: (part.quick, part.found["messages"]) for name, part in found.parts.items()} == {
        "speed": (True, 1),
        "growth": (False, 2),
    }
    assert found.parts["speed"].versions["msgpolicy"]
    assert json.loads(path.read_text())["parts"]["speed"]["measured_at"].endswith("Z")


def test_a_quick_run_does_not_replace_a_full_one(tmp_path):
    for messages, quick in ((1, True), (2, False), (3, True)):
        results.save({"speed": results.part({"messages": messages}, quick=quick)}, tmp_path)
    assert results.newest(tmp_path).parts["speed"].found == {"messages": 2}


def test_the_newest_results_are_those_of_each_part_on_the_machine_of_the_last_day(tmp_path):
    def day(date, machine, **parts):
        kept = {name: results.part({"messages": messages}, quick=quick) for name, (messages, quick) in parts.items()}
        (tmp_path / f"{date}-x.json").write_bytes(msgspec.json.encode(results.Results(machine, kept)))

    here = results.machine()
    other = msgspec.structs.replace(here, cores=here.cores + 1)
    day("2026-01-01", here, speed=(1, False), growth=(2, False))
    day("2026-01-02", other, speed=(3, False), memory=(4, False))
    day("2026-01-03", here, speed=(5, True), growth=(6, False), audit=(7, True))
    found = results.newest(tmp_path)
    assert found.machine == here
    assert {name: part.found["messages"] for name, part in found.parts.items()} == {"speed": 1, "growth": 6, "audit": 7}


def test_a_damaged_file_of_results_is_told(tmp_path):
    (tmp_path / "2026-01-01-x.json").write_text("{}")
    with pytest.raises(msgspec.ValidationError):
        results.newest(tmp_path)


def test_every_kept_result_can_be_read():
    for path in results.FOLDER.glob("*.json"):
        for name, part in results.load(path).parts.items():
            assert PARTS[name].lines(PARTS[name].read(part.found))


def test_help_names_the_parts(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert [name for name in PARTS if name not in shown] == []


def test_an_unknown_part_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["sped"])
    assert stopped.value.code == 2
    assert "no such part: sped" in capsys.readouterr().err


@pytest.fixture(scope="module")
def found():
    """Results as every part writes them, with numbers that were chosen."""
    costs = Cost(2.0, 1.5, 9.0, 12.0)
    times = Ratio(10.0, 9.0, 11.0)
    kinds = dict.fromkeys(("plain", "html", "files"), Class(5, Cost(0.2, 0.2, 0.2, 0.2), costs, times))
    by_kind = {"plain": 2.0, "html": 8.0}
    parts = {
        "speed": Speed(15, 1000, 3, {"clean": {"pass": 15}}, kinds, dict.fromkeys(SIZE_CLASSES, kinds["plain"])),
        "peers": Peers(
            10,
            by_kind,
            {"Other": Figures("1.0", {"plain": 50.0, "html": 800.0}, {"plain": times, "html": times})},
            {"Third": "it is not installed"},
        ),
        "startup": Startup(
            {"python -c pass": 10.0, "check": 100.0},
            {"check": times},
            {"load": {"no cache": 300.0, "filled cache": 90.0}},
        ),
        "growth": Growth(
            {
                "ordinary": {
                    size: Point(size / 200, size / 100, size / 50, "pass") for size in (1_000, 10_000, 1_000_000)
                }
            }
        ),
        "memory": Memory({10: 100.0, 1000: 105.0}),
        "processes": Processes(10, Ratio(1.8, 1.7, 1.9), Ratio(2.0, 1.9, 2.0)),
        "threads": Threads(10, Ratio(1.1, 1.0, 1.2), 0),
        "audit": Audits(
            {"short": audit_cost.Cost(10, 40, times, 5.0, 4.5, times)},
            40,
            Ratio(1.8, 1.7, 1.9),
            times,
            Ratio(2.0, 1.9, 2.0),
            {"judging": 9.0, "report": 1.0},
        ),
        "audit-memory": Sizes({10: 400.0, 1000: 440.0}, {10: {"judging": 1.0}, 1000: {"judging": 90.0}}),
    }
    assert list(parts) == list(PARTS)
    plain = {name: results.part(item, quick=False) for name, item in parts.items()}
    return results.Results(results.machine(), plain)


def test_every_part_comes_back_from_its_file(found, tmp_path):
    path = results.save(found.parts, tmp_path)
    for name, part in results.load(path).parts.items():
        back = PARTS[name].read(part.found)
        assert msgspec.to_builtins(back, str_keys=True) == msgspec.to_builtins(part.found, str_keys=True)


def test_the_docs_show_every_part(found):
    page = in_docs(found)
    for told in ("10.0 (9.0 to 11.0)", "| msgpolicy | 2.00 | 8.00 |", "Not measured: Third: it is not installed."):
        assert told in page
    assert "| ordinary | 10.0 | 100 | 10,000 | 100 (25 to 400) |" in page
    assert "| 1,000 | 105 | 1.050 |" in page
    assert "| the one by the other | 0.90 |" in page
    assert "| judging by the loop | 0.90 |" in page
    assert "| short messages: one message more, of 30 (5.00 ms over 4.50 ms) | 10.0 (9.0 to 11.0) |" in page
    assert "| judging | 9.0 | 90% |" in page
    assert "| 1,000 | 440 | 1.10 |" in page
    assert page.count("### ") == len(PARTS)


def test_the_readme_shows_ours_beside_others(found):
    assert "| the floor | 0.20 | 0.20 |" in in_readme(found)
    assert "| Other | 50.00 | 800.00 |" in in_readme(found)
    assert "10 and 10 times" in in_readme(found)


def test_a_bar_is_as_long_as_its_logarithm(found):
    drawing = ElementTree.fromstring(picture(found))
    bars = [node for node in drawing.iter() if node.tag.endswith("rect") and node.get("height") == "13"]
    assert len(bars) == 6
    plain, html = (int(bar.get("width")) for bar in bars[4:])
    # 50 ms is log10(5000) powers of ten above the scale's beginning, 800 ms log10(80000).
    assert plain / html == pytest.approx(math.log10(5_000) / math.log10(80_000), abs=0.01)


def test_without_peers_there_is_no_picture(found):
    assert picture(results.Results(found.machine, {"speed": found.parts["speed"]})) == ""


def test_growth_knows_its_cases():
    makes = dict(growth_cases())
    assert sum(name.startswith("ordinary") for name in makes) == 4
    assert len(makes) == 4 + len(HOSTILE)
    for name, make in makes.items():
        message = make(3_000)
        body = message.text or message.html
        assert 1_500 < len(body) <= 3_000 if name.startswith("ordinary") else body


def test_a_scanner_that_is_missing_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(AbsentError, match="rspamd is not installed"):
        Rspamd()


def test_scanners_get_the_message_as_a_mail(corpus):
    plain, html = corpus[0], corpus[1]
    assert plain.message()["text"].split() == _body(as_mail(plain)).split()
    assert html.message()["html"].split() == _body(as_mail(html)).split()


def _body(data: bytes) -> str:
    mail = message_from_bytes(data, policy=default)
    assert mail["To"].endswith("@marketplace.amazon.com>")
    return mail.get_content()


def test_short_messages_share_templates_and_are_of_orders():
    records = [Message.from_json(line) for line in short(400)]
    assert [Message.from_json(line) for line in short(8)] == records[:8]
    assert len({record.id for record in records}) == 400
    assert len({record.order.id for record in records}) == 100
    texts = [record.text.replace(record.order.id, "") for record in records]
    assert 200 < len(set(texts)) < 360
    assert {record.direction for record in records} == {"buyer_to_seller", "seller_to_buyer"}
