"""What every worker does: lists of texts in, the seconds of the processor that each list took out, a line each."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def serve(version: str, look: Callable[[str], object]) -> None:
    """Answers until the input ends; the first line says which version works here."""
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    print(json.dumps(version), file=out, flush=True)
    for line in sys.stdin:
        texts = json.loads(line)
        started = time.process_time()
        for text in texts:
            look(text)
        print(json.dumps(time.process_time() - started), file=out, flush=True)
