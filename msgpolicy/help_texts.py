"""What `--help` tells of the command, and of its shorter commands below their options; the others have theirs beside
their arguments."""

from __future__ import annotations

from msgpolicy.reporters.formats import FORMATS

_STATUS = """exit status:
  0  nothing active at or above --fail-on, and nothing that a person has to look at
  1  something found, or a rule that failed to judge
  2  the call, or an input, could not be used (the other inputs are still judged)
"""

_FORMATS = "\n".join(f"  {name:<16} {form.what}" for name, form in FORMATS.items())

OVERVIEW = """examples:
  msgpolicy check draft.txt                 judge a text
  msgpolicy check outbox/*.eml              judge e-mails
  msgpolicy check - < draft.txt             judge what comes from standard input
  msgpolicy fix draft.html                  show what can be mended; --write does it
  msgpolicy explain review-incentive        what a rule asks for, and why
  msgpolicy rules                           all rules

environment:
  MSGPOLICY_CACHE   folder in which compiled rulesets and lexicons are kept, or `off`; else the user's cache folder.
                    No text of a message is in it; nothing but speed depends on it.

`msgpolicy COMMAND --help` tells more of each command.
"""

CHECK = f"""formats:
{_FORMATS}
  `--output FORMAT:FILE` writes a file as well as what is shown; each is complete or not written.

files:
  .eml             an e-mail, as a mail program saves it
  .json            a message record, or a list of them
  .jsonl .ndjson   a message record on each line; read line by line, however long the file is
  .txt             becomes the message's text
  .html .htm       becomes the message's HTML
  .html.j2         a template of any of these; also .liquid .hbs .mustache .tmpl .twig .erb ... (see --template)
  -                standard input; what it holds is told from how it begins
  `msgpolicy schema message` prints what a record may hold.

facts:
  Many rules need facts that a text does not carry: the order's status, the buyer's language. Put them into the
  record, or into a context file:
    facts.csv      order.id,order.status,order.completed_at,buyer.language   (or a column `id` for the message)
    facts.json     {{"order": {{...}}}} for every message, or {{"ORDER-OR-MESSAGE-ID": {{...}}, ...}}
    facts.jsonl    one partial record a line, with `id` or `order.id`
  An e-mail is about the order whose id it names, if it names exactly one. A rule that lacks a fact is listed as not
  evaluated; with --strict the verdict is then `review`.

exceptions:
  A finding that is right all the same is excused by an entry in a suppressions file: which rule, where, why, who
  answers for it, and when it ends. `--format suppressions` writes the entries to fill in.
  On templates that exist already, `--baseline known.json --update-baseline` makes what is found now known; then, with
  `--baseline known.json`, only new findings count. Rules that are suppressible: never are not excused by either.

examples:
  msgpolicy check draft.eml --context orders.csv
  msgpolicy check templates/*.html --format suppressions > exceptions.yaml
  msgpolicy check templates/*.html --suppressions exceptions.yaml --baseline known.json
  msgpolicy check queue.jsonl --format jsonl > reports.jsonl
  msgpolicy check drafts/*.html --format github --output sarif:msgpolicy.sarif
  msgpolicy check draft.txt --ruleset my-rules.yaml --set window_anchor=delivered_at
  msgpolicy check old.eml --as-of 2020-06-30
  msgpolicy check templates/*.html --template

{_STATUS}"""

FIX = """fixes:
  A fix that is applied without being asked for leaves what is said as it is: http becomes https in links to Amazon,
  tracking pixels and links around logos are removed, a missing order id is added where the record or the context knows
  it. With --unsafe also what somebody said is taken out, where the message still reads well: contact data in a line of
  its own or in brackets, links to other sites (their text stays), hidden words.
  What an answer quotes, what is excused, and attachments are never changed.

files:
  The same as for `check`; each is held in memory. What no fix touches stays byte for byte: character set, line ends,
  escapes and transfer encoding, too. A file that is read-only, a link, or that changed meanwhile is not written.
  The diff goes to standard output and can be given to `patch`; what was mended and what remains, to standard error.

examples:
  msgpolicy fix draft.html                       show what would change
  msgpolicy fix templates/*.html --write         change the files
  msgpolicy fix draft.eml --context orders.csv --unsafe
  msgpolicy fix --write - < draft.txt > mended.txt

exit status:
  0  nothing active at or above --fail-on is left after the fixes, and nothing that a person has to look at
  1  something is left, or a rule failed to judge
  2  the call, or an input, could not be used, or a file not be written (the others are still mended)
"""

EXPLAIN = """examples:
  msgpolicy explain phone-number
  msgpolicy explain contact-window-expired --message draft.json --context orders.csv
  msgpolicy explain order-id-missing --format markdown

exit status:
  0  the rule is explained; with --message: it finds nothing active at or above --fail-on
  1  with --message: it does, or it failed to judge
  2  the call, or the message, could not be used
"""

RULES = """examples:
  msgpolicy rules
  msgpolicy rules amazon-buyer
  msgpolicy rules my-rules.yaml --format json
  msgpolicy rules my-rules.yaml --origin              the file and line of every value, and what it replaces
"""

TEST = """what is told:
  Examples that are not judged as the ruleset says. Examples of a base ruleset that no longer hold because the ruleset
  changes a rule, a setting or a phrase are told apart, with the lines that change them; they are no failure.
  As warnings, each with file, line and column, what does nothing: settings, concepts, lists and sources that nothing
  uses, phrases that others cover, items that a list has already, changed rules without an example, examples twice.
  With --language: concepts without phrases, rules about words without an example in that language, and whether the
  reports speak it.

exit status:
  0  every example is judged as the ruleset says
  1  some are not; with --strict also: there are warnings; with --language also: something is missing
  2  the ruleset cannot be used

examples:
  msgpolicy test amazon
  msgpolicy test my-rules.yaml
  msgpolicy test my-rules.yaml --strict
  msgpolicy test amazon --language fr                 phrases, examples and texts that French lacks
"""

SCHEMA = """examples:
  msgpolicy schema ruleset > ruleset.schema.json      for the completion of an editor
"""
