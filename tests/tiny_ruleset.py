"""A small ruleset for the tests of exceptions: errors, a warning, aliases, a rule that is never excused."""

from __future__ import annotations

RULES = """\
schema: 1
name: tiny
version: "1"
sources: {A: {title: T, site: s.example}}
rules:
- id: no-shouting
  aliases: [quiet-please]
  group: g
  check: pattern
  with: {patterns: ['\\bHURRY\\b'], ignore_case: false}
  message: {en: "Shouts {found}."}
  source: A
  examples: [{fail: HURRY}, {pass: hurry}]
- id: no-thanks
  group: g
  check: pattern
  with: {patterns: ['\\bthanks\\b'], ignore_case: false}
  severity: warning
  message: {en: "Thanks."}
  source: A
  examples: [{fail: thanks}, {pass: thank}]
- id: no-threats
  aliases: [old-threats]
  group: g
  check: pattern
  with: {patterns: ['\\bsue\\b'], ignore_case: false}
  suppressible: never
  message: {en: "Threatens."}
  source: A
  examples: [{fail: sue}, {pass: suede}]
- id: no-canceled
  group: g
  check: condition
  with: {fires_when: {order.status: Canceled}, at: order.status}
  message: {en: "Canceled."}
  source: A
  examples:
  - fail: {record: {text: x, order: {status: Canceled}}}
  - pass: {record: {text: x, order: {status: Shipped}}}
"""
