"""Loading has to be well under a second for a ruleset far larger than any that is shipped."""

from __future__ import annotations

from pathlib import Path

from test_rules_support import Write, loaded, ruleset_text, shipped, write

from msgpolicy.rules import Ruleset
from tests.growth import cpu_seconds, machine_second

__all__ = ["shipped", "write"]

LANGUAGES = ["en", "de", "fr", "es", "it", "pl", "nl", "sv", "tr", "pt", "ja", "zh", "ko", "vi", "id", "ar"]
RULE = """
    - id: rule-{0}
      group: content
      check: demo
      with: {{words: [one, two, three], limit: 7, concepts: [concept-{1}], unless: [{{concept: concept-{1}, words: 2}}],
             patterns: ['(?:one|two){0}+']}}
      severity: warning
      when: {{direction: seller_to_buyer, order.status: {{not: Canceled}}}}
      revisions: [{{from: 2020-11-06, source: HELP}}, {{from: 2024-01-01, with: {{limit: 8}}}}]
      message: {{en: "Found {{found}} of {{limit}}, which is too much.", de: "{{found}} ist zu viel."}}
      suggestion: {{en: "Remove {{found}}."}}
      why: What it says about this rule is long enough to fill a line or two, as people write it.
      source: HELP
      examples:
      - fail: "This is the text of an example that the rule has to find."
        at: "an example"
      - pass: "This is the text of an example that the rule must not find."
      - pass: {{record: {{text: "Other text", order: {{id: "123-1234567-1234567", custom: true}}}}, as_of: 2026-01-01}}
"""


def test_a_large_ruleset_with_sixty_lexicons(write: Write, shipped: Path) -> None:
    for index in range(60):
        phrases = "".join(
            f"  {language}:\n" + "".join(f"  - phrase {number} (of|in) {language}\n" for number in range(40))
            for language in LANGUAGES
        )
        text = f"concept: concept-{index}\ntitle: Concept {index}\nphrases:\n{phrases}"
        (shipped / "lexicons" / f"concept-{index}.yaml").write_text(text, encoding="utf-8")
    path = write(ruleset_text(*(RULE.format(index, index % 60) for index in range(310))))
    assert path.stat().st_size > 250_000
    made: list[Ruleset] = []  # by the first load: shipped files are kept
    # About 0.7 s on one core of a small machine.
    assert cpu_seconds(lambda: made.append(loaded(path))) < 8 * machine_second()
    (ruleset,) = made
    assert len(ruleset.rules) == 310
    assert sum(len(listed) for concept in ruleset.concepts.values() for listed in concept.phrases.values()) == 38_400
