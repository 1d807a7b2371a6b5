"""`msgpolicy audit --erase BUYER`: one buyer's rows taken out of a finished audit."""

from __future__ import annotations

import argparse

from msgpolicy.call import FOUND, OK, CallError, Streams


def run_erase(args: argparse.Namespace, streams: Streams) -> int:
    """Carries out the call; gives the exit status. Says nothing of who the buyer is."""
    from msgpolicy.audit.erasing import erase, finished_record
    from msgpolicy.inputs import InputError
    from msgpolicy.linter import Linter
    from msgpolicy.reporters.display import terminal_of
    from msgpolicy.rules import RulesetError

    for given, option in ((args.archives, "an archive"), (args.resume, "--resume"), (args.decisions, "--decisions")):
        if given:
            raise CallError(f"msgpolicy audit: --erase goes without {option}: it changes what is in --out, and no more")
    terminal = terminal_of(streams.stdout)
    try:
        asked = finished_record(args.out).asked
        linter = Linter(
            args.ruleset, settings=asked.settings, lang=asked.lang, strict=asked.strict, draft=False, across=True
        )
        erased = erase(args.out, args.erase, linter, args.redaction_key)
    except (InputError, RulesetError) as error:
        raise CallError(str(error)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise CallError(
            f"msgpolicy audit: the folder cannot be written: {why}; the same call ends the erasure"
        ) from None
    if erased.rows["messages"]:
        listed = ", ".join(f"{count:,} of {table}" for table, count in erased.rows.items())
        terminal.show(f"erased: {listed}; summary and report are made anew")
        if linter.ruleset.digest != asked.digest:
            terminal.show(
                f"note: the audit was made with {asked.ruleset} {asked.version}, which reads otherwise than the "
                "ruleset of the call: name it with --ruleset, or the report's limits are those of this one"
            )
    elif erased.ended:
        terminal.show("an erasure that was interrupted is ended now; no row that is left is about this buyer")
    else:
        terminal.show("no row is about this buyer: nothing was changed")
    if erased.shared:
        terminal.show(
            f"note: {erased.shared:,} messages are about an order or in a thread of this buyer, and name another one; "
            "they are left: if that is the same person, erase the other id or address too"
        )
    if erased.unknown:
        terminal.show(f"note: of {erased.unknown:,} messages the buyer is not known; they are left as they are")
    return OK if erased.rows["messages"] or erased.ended else FOUND
