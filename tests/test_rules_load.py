from __future__ import annotations

import pickle
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rules_support import (
    HEAD,
    DemoParams,
    Write,
    loaded,
    pointed_at,
    problems_of,
    ruleset_text,
    shipped,
    write,
)

from msgpolicy.report import Policy
from msgpolicy.rules import Covers, RulesetError, load_ruleset, shipped_rulesets
from msgpolicy.rules.problems import MAX_PROBLEMS
from tests.growth import cpu_seconds, machine_second

__all__ = ["shipped", "write"]

FULL = """
    - id: full
      group: content
      aliases: [old-full]
      check: demo
      with: {words: [one, "off", no], limit: 7, share: 0.25, strict: true, concepts: [review],
             unless: [review, {concept: review, words: 2}], hosts: hosts, patterns: ['\\d++'],
             fires_when: {order.status: Canceled}}
      allow: {hosts: [shop.example], names: [Acme]}
      severity: warning
      severity_when: [{when: {kind: reply}, severity: info, why: replies are read}]
      when: {direction: seller_to_buyer}
      suppressible: never
      assumed: what counts as full
      message: {en: "Found {found}, limit {limit}, {review}.", de: "{found} gefunden."}
      suggestion: {en: "Remove {found}."}
      why: because
      source: [HELP, {title: Other, site: other.example, url: null}]
      examples:
      - fail: "one two"
        at: [one, two]
      - pass: {record: {text: x, order: {custom: true}, history: {sent_today: 3}}, as_of: 2026-01-31}
"""


def test_a_rule_holds_what_its_file_says(write: Write) -> None:
    ruleset = loaded(write(ruleset_text(FULL)))
    rule = ruleset.rule("full")
    version = rule.at(None)
    assert version is not None
    assert version.params == DemoParams(
        words=("one", "off", "no"), limit=7, share=0.25, strict=True, concepts=("review",),
        unless=("review", type(version.params.unless[1])(concept="review", words=2)),  # type: ignore[attr-defined]
        hosts="hosts", patterns=("\\d++",), fires_when={"order.status": "Canceled"},
    )  # fmt: skip
    assert (rule.group, rule.aliases, rule.check, rule.suppressible) == ("content", ("old-full",), "demo", "never")
    assert rule.assumed == "what counts as full"
    assert version.allow.hosts == ("shop.example",)
    assert version.allow.names == ("Acme",)
    assert version.severity == "warning"
    assert [(entry.severity, entry.why) for entry in version.severity_when] == [("info", "replies are read")]
    assert version.when is not None
    assert version.when.evaluate({"direction": "seller_to_buyer"}.get).value is True
    assert version.message == {"en": "Found {found}, limit {limit}, {review}.", "de": "{found} gefunden."}
    assert version.suggestion == {"en": "Remove {found}."}
    assert version.sources == (
        Policy(title="Help page", site="shop.example", seen="2026-11", confidence="medium"),
        Policy(title="Other", site="other.example"),
    )
    assert version.source == version.sources[0]
    assert ruleset.rule("old-full") is rule
    assert ruleset.concepts["review"].phrases == {"en": ("review", "rating"), "de": ("bewertung",)}
    assert ruleset.concepts["review"].not_ == {"en": ("review your order",)}
    assert ruleset.lists == {"hosts": ("shop.example", "www.example")}


def test_examples_become_records(write: Write) -> None:
    fail, passes = loaded(write(ruleset_text(FULL))).rule("full").examples
    assert (fail.expect, fail.at) == ("fail", ("one", "two"))
    assert fail.record["text"] == "one two"
    assert fail.record["direction"] == "seller_to_buyer"
    assert fail.record["kind"] == "proactive"
    assert fail.record["sent_at"].startswith("2026-11-01T10:00:00")
    assert passes.expect == "pass"
    assert passes.record["order"] == {"custom": True}
    assert passes.record["history"] == {"sent_today": 3}
    assert "kind" not in passes.record
    assert passes.as_of == datetime(2026, 1, 31, tzinfo=UTC)
    assert passes.place.endswith("own.yaml:27")


def test_text_examples_share_the_context_of_the_rule(write: Write) -> None:
    rule = """
        - id: later
          check: demo
          message: {en: x}
          source: HELP
          example_context: {kind: reply, order: {channel: AFN}, subject: Hello}
          examples: [{fail: "a"}, {pass: {text: "b", as_of: 2026-01-31T10:00:00+01:00}}, {unknown: {record: {text: c}}}]
    """
    fail, passes, unknown = loaded(write(ruleset_text(rule))).rule("later").examples
    assert fail.record["kind"] == passes.record["kind"] == "reply"
    assert passes.record["order"] == {"channel": "AFN"}
    assert passes.record["text"] == "b"
    assert passes.as_of == datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert unknown.expect == "unknown"
    assert unknown.record == {"schema": 1, "direction": "seller_to_buyer", "channel": "email", "text": "c"}


def test_only_concepts_and_lists_that_rules_name_are_held(write: Write, shipped: Path) -> None:
    (shipped / "lexicons" / "broken.yaml").write_text("not: [a lexicon", encoding="utf-8")
    ruleset = loaded(write(ruleset_text("plain", head="concepts: {own: {phrases: {en: [word]}}}\n")))
    assert ruleset.concepts == {}
    assert ruleset.lists == {}


def test_covers_and_routes(write: Write) -> None:
    head = """
        covers: {directions: [seller_to_buyer], channels: [email, web], marketplaces: ["amazon.*"], from: 2020-11-06}
        routes:
        - {when: {direction: buyer_to_seller}, ruleset: base}
        - {when: {channel: sp_api}, ruleset: ./sub/api.yaml}
        - {when: {channel: web}, ruleset: ./own.yaml}
    """
    api = write(ruleset_text("api-rule", name="api"), "sub/api.yaml")
    ruleset = loaded(write(ruleset_text("plain", head=head)))
    assert ruleset.covers == Covers(
        directions=("seller_to_buyer",), channels=("email", "web"), marketplaces=("amazon.*",), from_=date(2020, 11, 6)
    )
    assert [route.ruleset for route in ruleset.routes] == ["base", "./sub/api.yaml"]
    assert load_ruleset(ruleset.routes[0].path).name == "base"
    assert Path(ruleset.routes[1].path) == api
    assert ruleset.routes[0].when.evaluate({"direction": "buyer_to_seller"}.get).value is True


TEN = """\
schema: 1
name: own
version: "1.0"
titel: Ten mistakes
settings:
  anchor: {default: completed_at, one_of: [completed_at, delivered_at]}
  idle: {default: 5}
sources: {HELP: {title: Help page, site: shop.example}}
rules:
- id: one
  check: demmo
  message: {en: x}
  source: HELP
  examples: [{fail: a}, {pass: b}]
- id: two
  check: demo
  with: {limit: many, concepts: [reviw], patterns: ['(a+)+'], words: [{setting: ancor}], hosts: {setting: anchor}}
  message: {en: "{fond}"}
  source: HLEP
  examples: [{fail: a}, {pass: b}]
- id: two
  check: demo
- id: three
  check: demo
  when: {order.stat: Canceled}
  severity: fatal
  revisions: [{from: 2026-02-30}]
  message: {de: x}
  examples: [{fail: a, at: b}]
"""


def test_every_mistake_is_named_in_one_run_at_its_place(write: Write) -> None:
    problems = problems_of(write(TEN))
    found = [(problem.line, problem.message, problem.hint, pointed_at(problem)) for problem in problems]
    expected = [
        (4, "unknown key 'titel'", "did you mean 'title'?", "titel: Ten mistakes"),
        (11, "there is no check 'demmo'", "did you mean 'demo'?", "demmo"),
        (17, "expected a whole number, got a text", "", "many, "),
        (17, "there is no concept 'reviw'", "did you mean 'review'?", "reviw], "),
        (17, "'(a+)+' repeats what is already repeated", "make the inner repeat possessive", "'(a+)+'"),
        (17, "there is no setting 'ancor'", "did you mean 'anchor'?", "ancor}]"),
        (17, "there is no list 'completed_at'", "one of: hosts", "{setting: anchor}"),
        (19, "there is no source 'HLEP'", "did you mean 'HELP'?", "HLEP"),
        (21, "the rule 'two' stands here twice", "first at 15:7", "two"),
        (23, "the rule 'three' has no message in English", "message: {en: …}", "three"),
        (23, "the rule 'three' has no source", "source: the key of one under sources", "three"),
        (23, "the rule 'three' has no example that passes", "examples: [{pass: …}]", "three"),
        (25, "'order.stat' is not a field of a message", "did you mean 'order.status'?", "order.stat"),
        (26, "'fatal' is not a known value", "", "fatal"),
        (27, "invalid RFC3339 encoded date", "write it as 2026-11-01", "2026-02-30}]"),
        (29, "this is not in the example", "copy it with the same case and spaces", "b}]"),
    ]
    for line, message, hint, start in expected:
        assert any(
            got[0] == line and got[1] == message and got[2].startswith(hint) and got[3].startswith(start)
            for got in found
        ), (line, message, found)
    assert len(found) == len(expected), found


def test_placeholders_are_asked_in_every_language_and_revision(write: Write) -> None:
    rule = """
        - id: texts
          check: demo
          with: {concepts: [review]}
          message: {en: "{found} {review}", de: "{gefunden}", "e n": "{found}"}
          suggestion: {en: "{fond} { {found.__class__} {0}"}
          revisions: [{from: 2020-01-01, message: {fr: "{trouve}"}}]
          source: HELP
          examples: [{fail: a}, {pass: b}]
    """
    found = {(problem.message, problem.hint) for problem in problems_of(write(ruleset_text(rule)))}
    assert found == {
        ("the check fills no {gefunden}", "did you mean 'found'?"),
        ("'e n' is not a language tag", "such as en, de or pt-BR"),
        ("the check fills no {fond}", "did you mean 'found'?"),
        ("the check fills no {found.__class__}", "one of: found, limit, review"),
        ("a brace belongs to no placeholder", "placeholders are written {name}"),
        ("the check fills no {trouve}", "one of: found, limit, review"),
    }


def test_a_problem_shows_the_line_and_a_caret_also_after_wide_characters(write: Write) -> None:
    path = write(HEAD.format(name="own") + "日本語: [x]\ntitle: {é: ü}\n")
    with pytest.raises(RulesetError) as caught:
        load_ruleset(path)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{path}:5:1: unknown key '日本語'"
    assert lines[1:3] == ["    日本語: [x]", "    ^"]
    assert lines[3].startswith(f"{path}:6:8: expected a text, got a mapping")
    assert lines[5] == "    " + " " * 7 + "^"
    wide = write(HEAD.format(name="own") + "rules: [{日本語: [x], id: a}]\n")
    problem = next(p for p in problems_of(wide) if "日本語" in p.message)
    assert str(problem).splitlines()[2] == "    " + " " * 9 + "^"


def test_a_long_line_is_shown_around_the_mistake(write: Write) -> None:
    path = write(HEAD.format(name="own") + "description: " + "x" * 5000 + "\ntitle: [" + "y, " * 500 + "]\nrulez: {}\n")
    for problem in problems_of(path):
        assert len(problem.excerpt_line) <= 160
    flow = "sources: {" + ", ".join(f"k{i}: {{title: t, site: s}}" for i in range(200)) + ", bad: {titel: t}}\n"
    problem = next(p for p in problems_of(write("schema: 1\nname: a\nversion: b\n" + flow)) if "titel" in p.message)
    assert problem.excerpt_line[problem.caret :].startswith("titel")


def test_control_and_direction_characters_are_not_printed(write: Write) -> None:
    path = write(HEAD.format(name="own") + '"evil\\u202e\\x1b[31m": x\n"\u202eevil": x\n')
    text = str(RulesetError(problems_of(path)))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_mistakes_of_all_files_come_together(write: Write) -> None:
    write(ruleset_text("from-b", name="b") + "bad-b: 1\n", "b.yaml")
    write(ruleset_text("from-c", name="c") + "bad-c: 1\n", "c.yaml")
    path = write("schema: 1\nname: own\nversion: 1\nextends: [./b.yaml, ./c.yaml, ./d.yaml]\nbad-a: 1\n")
    messages = [problem.message for problem in problems_of(path)]
    assert sorted(messages) == [
        "there is no such file", "unknown key 'bad-a'", "unknown key 'bad-b'", "unknown key 'bad-c'",
    ]  # fmt: skip


def test_a_mistake_in_an_inherited_rule_is_named_once_where_it_stands(write: Write) -> None:
    write(
        ruleset_text("shared").replace("limit", "limit").replace("check: demo", "check: demo\n  with: {limit: x}"),
        "b.yaml",
    )
    path = write("schema: 1\nname: own\nversion: 1\nextends: [./b.yaml]\nrules: [{shared: warning}]\n")
    problem, *rest = problems_of(path)
    assert rest == []
    assert Path(problem.file).name == "b.yaml"
    assert pointed_at(problem) == "x}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("- a\n", "a ruleset is a mapping"),
        ("just text\n", "a ruleset is a mapping"),
        ("{}\n", "the key 'schema' is missing"),
        ("schema: 2\nname: a\nversion: b\nrules: []\n", "'2' is not a known value"),
        (HEAD.format(name="own"), "the ruleset has no rules"),
        (HEAD.format(name="Own Rules") + "rules: []\n", "'Own Rules' is not valid"),
        (ruleset_text("a").replace("id: a", "id: A_b"), "'A_b' is not valid"),
        (ruleset_text("a", head="covers: {from: 2020-01-01, until: 2019-01-01}\n"), "ends before it starts"),
        (ruleset_text("a", head="covers: {directions: [sideways]}\n"), "'sideways' is not a known value"),
        (ruleset_text("a", head="routes: [{when: {}, ruleset: base}]\n"), "expected a mapping of fields"),
        (ruleset_text("a", head="routes: [{when: {kind: reply}, ruleset: bass}]\n"), "there is no ruleset 'bass'"),
        (ruleset_text("a", head="rulez: []\n"), "unknown key 'rulez'"),
        (ruleset_text("a").replace("source: HELP", "source: {title: x}"), "the key 'site' is missing"),
        (ruleset_text("a").replace("source: HELP", "source: []"), "the rule 'a' has no source"),
        (ruleset_text("a").replace("source: HELP", "source: ''"), "the rule 'a' has no source"),
        (ruleset_text("a").replace("source: HELP", "source:"), "the rule 'a' has no source"),
        (ruleset_text("a").replace("check: demo", "check:"), "the rule 'a' names no check"),
        (ruleset_text("a").replace('{en: "Found {found}."}', "{en: ''}"), "expected"),
        (ruleset_text("a").replace("check: demo", "check: demo\n  aliases: [a]"), "already names this rule"),
        (ruleset_text("a", "b").replace("id: b", "id: b\n  aliases: [a]"), "already names the rule 'a'"),
        (ruleset_text("a").replace('{pass: "gamma"}', '{pass: "gamma", fail: "x"}'), "one of fail, pass and unknown"),
        (ruleset_text("a").replace('{pass: "gamma"}', '{pass: "gamma", at: gamma}'), "only what fails"),
        (ruleset_text("a").replace('{pass: "gamma"}', "{pass: {as_of: 2020-01-01}}"), "either a text or a record"),
        (ruleset_text("a").replace('{pass: "gamma"}', "{pass: {text: a, as_of: soon}}"), "neither a day nor a time"),
        (ruleset_text("a").replace('{pass: "gamma"}', "{pass: {record: {text: a, kin: b}}}"), "unknown key 'kin'"),
        (ruleset_text("a").replace('{pass: "gamma"}', "{pass: {record: {kind: reply}}}"), "the message is empty"),
        (
            ruleset_text("a").replace('{pass: "gamma"}', "{pass: {text: a, settings: {x: 1}}}"),
            "there is no setting 'x'",
        ),
    ],
)
def test_what_does_not_load(write: Write, text: str, says: str) -> None:
    messages = [problem.message for problem in problems_of(write(text))]
    assert any(says in message for message in messages), messages


@pytest.mark.parametrize("kind", ["fail", "pass"])
def test_a_rule_needs_an_example_of_each_kind(write: Write, kind: str) -> None:
    other = "pass" if kind == "fail" else "fail"
    text = (
        ruleset_text("a").replace('{fail: "alpha beta", at: beta}', f"{{{other}: x}}").replace("pass: ", f"{other}: ")
    )
    messages = [problem.message for problem in problems_of(write(text))]
    assert messages == [f"the rule 'a' has no example that {kind if kind == 'fail' else 'passe'}s"]


# --- the digest -------------------------------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_effect_not_of_the_writing(write: Write) -> None:
    head = "concepts: {own: {phrases: {en: [one, two]}}}\n"
    rule = """
        - id: uses
          check: demo
          with: {concepts: [own], limit: 7, strict: true, fires_when: {kind: reply}}
          message: {en: x}
          source: HELP
          examples: [{fail: a}, {pass: b}]
    """
    other = """
        # The same rule.
        - examples:
          - pass: "quite another"
          - fail: example
          source: {title: "Help page", site: 'shop.example', seen: 2026-11, confidence: medium}
          why: "said otherwise"
          with:
            fires_when: {kind: "reply"}
            strict: True
            limit: 7
            concepts:
            - own
          message: {"en": 'x'}
          id: uses
          check: demo
    """
    first = loaded(write(ruleset_text(rule, "z", head=head)))
    second = loaded(write(ruleset_text("z", other, head="concepts:\n  own: {phrases: {en: [two, 'one']}}\n"), "b.yaml"))
    assert first.digest == second.digest
    assert first.digest.startswith("sha256:")
    assert len(first.digest) == len("sha256:") + 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("limit: 7", "limit: 8"),
        ("{en: x}", "{en: y}"),
        ("one, two", "one, three"),
        ("kind: reply", "kind: proactive"),
        ("severity: warning", "severity: error"),
        ("default: 3", "default: 4"),
        ("Help page", "Help pages"),
        ("hosts: [shop.example]", "hosts: [www.example]"),
        ("from: 2020-01-01", "from: 2020-01-02"),
        ("id: uses", "id: used"),
    ],
)
def test_the_digest_changes_with_the_effect(write: Write, old: str, new: str) -> None:
    text = ruleset_text(
        """
        - id: uses
          check: demo
          severity: warning
          allow: {hosts: [shop.example]}
          with: {concepts: [own], limit: 7, unless: [{concept: own, words: {setting: near}}]}
          when: {kind: reply}
          message: {en: x}
          source: HELP
          revisions: [{from: 2020-01-01}]
          examples: [{fail: a}, {pass: b}]
        """,
        head="concepts: {own: {phrases: {en: [one, two]}}}\nsettings: {near: {default: 3}}\n",
    )
    assert old in text
    assert loaded(write(text)).digest != loaded(write(text.replace(old, new))).digest


def test_files_are_listed_with_their_hashes(write: Write) -> None:
    import hashlib

    write(ruleset_text("shared", name="b"), "b.yaml")
    path = write(
        "schema: 1\nname: own\nversion: 1\nextends: [./b.yaml]\nrules: [{id: shared, with: {concepts: [review]}}]\n"
    )
    files = dict(loaded(path).files)
    assert [Path(name).name for name in files] == ["own.yaml", "b.yaml", "review.yaml"]
    for name, digest in files.items():
        assert hashlib.sha256(Path(name).read_bytes()).hexdigest() == digest


def test_origins_say_where_each_value_stands(write: Write) -> None:
    base = write(
        ruleset_text("shared", name="b").replace("check: demo", "check: demo\n  with: {limit: 3, share: 1}"), "b.yaml"
    )
    path = write("schema: 1\nname: own\nversion: 1\nextends: [./b.yaml]\nrules:\n- id: shared\n  with:\n    limit: 4\n")
    origins = loaded(path).rule("shared").origins
    assert origins["with.limit"] == f"{path}:8"
    assert Path(origins["with.share"]).name == "b.yaml:8"
    assert origins["check"].endswith("b.yaml:7")
    assert base.name == "b.yaml"


# --- hostile rulesets -------------------------------------------------------------------------------------------------


def test_a_flood_of_mistakes_is_cut_and_counted(write: Write) -> None:
    text = HEAD.format(name="own") + "".join(f"unknown-key-{i}: x\n" for i in range(3000))
    problems = problems_of(write(text))
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == "2000 further mistakes are not shown"


@pytest.mark.parametrize(
    "text",
    [
        "rules: [" + "{id: a, check: demo, with: {" + "x: [" * 40 + "]" * 40 + "}}]",
        "rules:\n" + "- {severity: x, chek: y, wen: z}\n" * 5000,
        "rules:\n" + "".join(f"- {{id: r{i}, check: demo}}\n" for i in range(3000)),
        "concepts: {a: {phrases: {en: [" + "'((((', " * 2000 + "]}}}",
        "concepts: {a: {add: {en: [" + "word, " * 20000 + "]}}}",
        "concepts: {a: {phrases: {en: [" + ", ".join(f"(a|b) word{i}" for i in range(21000)) + "]}}}",
        "lists: {a: [" + ", ".join(f"x{i}" for i in range(20000)) + "]}",
        "settings: {" + ", ".join(f"s{i}: {{default: [a]}}" for i in range(5000)) + "}",
        "extends: [" + "./x.yaml, " * 1000 + "]",
    ],
)
def test_a_hostile_ruleset_is_refused_in_reasonable_time(write: Write, text: str) -> None:
    path = write("schema: 1\nname: own\nversion: 1\n" + text + "\n")
    assert cpu_seconds(lambda: problems_of(path)) < 40 * machine_second()


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{elapsed: {from: [a], to: sent_at, more_than: 1 day}}", ""),
        ("{elapsed: {from: sent_at, to: sent_at, more_than: 99999999999999 days}}", ""),
        ("{elapsed: {from: sent_at, to: {x: y}, more_than: [a]}}", ""),
        ("{sender: {not_in: {a: b}}}", ""),
        ("{sender: {matches: '" + "(" * 3000 + "'}}", "groups in each other"),
        ("{any: [{sender: {matches: '(a+)+'}}]}", "repeats what is already repeated"),
        ("{" + "not: {" * 30 + "kind: reply" + "}" * 31, "nested too deeply"),
        ("[kind]", "expected a mapping"),
        ("soon", "expected a mapping"),
    ],
)
def test_no_condition_crashes_the_loader(write: Write, when: str, says: str) -> None:
    text = ruleset_text("a").replace("check: demo", f"check: demo\n  when: {when}\n  with: {{fires_when: {when}}}")
    problems = problems_of(write(text))
    assert {problem.line for problem in problems} == {8, 9}
    assert any(says in problem.message for problem in problems)


_SCALARS = st.sampled_from(["off", "x", "5", "", "null", "2026-01-01", "{found}", "review", "demo", "error", "'(a+)+'"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(
                ["en", "add", "remove", "replace", "setting", "when", "default", "phrases", "fail", "record"]
            ),
            inner,
            max_size=3,
        ).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}")
    ),
    max_leaves=6,
)
_RULE_KEYS = [
    "check", "with", "allow", "severity", "severity_when", "revisions", "suppressible", "message", "suggestion",
    "source", "examples", "example_context", "aliases", "group", "assumed",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    top=st.dictionaries(
        st.sampled_from(["settings", "sources", "concepts", "lists", "covers", "routes", "extends", "title"]),
        _VALUES,
        max_size=3,
    ),
    base=st.dictionaries(st.sampled_from(_RULE_KEYS), _VALUES, max_size=4),
    child=st.dictionaries(st.sampled_from(_RULE_KEYS), _VALUES, max_size=4),
)
def test_no_shape_of_a_ruleset_crashes_the_loader(
    tmp_path_factory: pytest.TempPathFactory, top: dict[str, str], base: dict[str, str], child: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = "".join(f"{key}: {value}\n" for key, value in top.items())
    first = "".join(f"  {key}: {value}\n" for key, value in base.items())
    second = "".join(f"  {key}: {value}\n" for key, value in child.items())
    (folder / "base.yaml").write_text(f"schema: 1\nname: b\nversion: 1\n{lines}rules:\n- id: a\n{first}")
    (folder / "own.yaml").write_text(
        f"schema: 1\nname: o\nversion: 1\nextends: [./base.yaml]\nrules:\n- id: a\n{second}"
    )
    with suppress(RulesetError):
        load_ruleset(folder / "own.yaml")


def test_an_error_can_be_sent_to_another_process(write: Write) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(write("rules: []\n"))
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems
    assert str(again) == str(caught.value)


def test_shipped_rulesets_are_named(shipped: Path) -> None:
    assert shipped_rulesets() == ["base"]
