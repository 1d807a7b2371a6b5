"""What the benchmark measures on is what it says it is, and what it writes can be read. No times are looked at."""

from __future__ import annotations

import json
from collections import Counter

import msgspec
import pytest

from benchmarks.__main__ import PARTS, main
from benchmarks.speed import results
from benchmarks.speed.corpus import QUICK, SIZE_CLASSES, entries, entry
from benchmarks.speed.measuring import blocks, cost, ratio
from benchmarks.speed.texts import LANGUAGES
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


def test_a_damaged_file_of_results_is_told(tmp_path):
    (tmp_path / "2026-01-01-x.json").write_text("{}")
    with pytest.raises(msgspec.ValidationError):
        results.newest(tmp_path)


def test_every_kept_result_can_be_read():
    for path in results.FOLDER.glob("*.json"):
        for name, part in results.load(path).parts.items():
            assert PARTS[name].lines(msgspec.convert(part.found, PARTS[name].kind))


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
