"""What is counted, in the text format of Prometheus. Labels are fixed names, statuses and rule ids."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Upper bounds in seconds.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters since the start. Used by one thread."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.verdicts: Counter[str] = Counter({"block": 0, "review": 0, "warn": 0, "pass": 0})
        self.rules: Counter[str] = Counter()
        self.reloads: Counter[str] = Counter({"ok": 0, "failed": 0})
        self.in_flight = 0
        self.replaced = 0
        self._durations: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one request; `route` is a route's own path, not the one that was asked for."""
        self.requests[method, route, status] += 1
        counts = self._durations.setdefault(route, [0] * (len(BUCKETS) + 1))
        counts[bisect_left(BUCKETS, seconds)] += 1
        self._seconds[route] += seconds  # type: ignore[assignment]

    def judged(self, verdicts: Iterable[str], rules: Iterable[str]) -> None:
        """Counts judgements, and the rules that they name."""
        self.verdicts.update(verdicts)
        self.rules.update(rules)

    def text(self, *, ready: bool, workers: int) -> str:
        """All of it."""
        return "\n".join([*self._lines(ready, workers), ""])

    def _lines(self, ready: bool, workers: int) -> Iterator[str]:
        yield from _head("requests_total", "counter", "Requests answered.")
        for (method, route, status), count in sorted(self.requests.items()):
            yield f'msgpolicy_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield from _head("request_duration_seconds", "histogram", "From the request's head to the end of its answer.")
        for route, counts in sorted(self._durations.items()):
            total = 0
            for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                total += count
                yield f'msgpolicy_request_duration_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'msgpolicy_request_duration_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'msgpolicy_request_duration_seconds_count{{route="{route}"}} {total}'
        yield from _head("verdicts_total", "counter", "Messages judged, by verdict.")
        yield from (f'msgpolicy_verdicts_total{{verdict="{name}"}} {n}' for name, n in self.verdicts.items())
        yield from _head("rule_hits_total", "counter", "Messages with an active violation of a rule.")
        yield from (f'msgpolicy_rule_hits_total{{rule="{name}"}} {n}' for name, n in sorted(self.rules.items()))
        yield from _head("reloads_total", "counter", "Reloads of rules and settings.")
        yield from (f'msgpolicy_reloads_total{{result="{name}"}} {n}' for name, n in self.reloads.items())
        yield from _head("workers_replaced_total", "counter", "Processes that died, or were stuck and ended.")
        yield f"msgpolicy_workers_replaced_total {self.replaced}"
        yield from _head("in_flight", "gauge", "Requests that are being judged, or wait for it.")
        yield f"msgpolicy_in_flight {self.in_flight}"
        yield from _head("workers", "gauge", "Processes or threads that can judge.")
        yield f"msgpolicy_workers {workers}"
        yield from _head("ready", "gauge", "Whether requests are taken.")
        yield f"msgpolicy_ready {int(ready)}"


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP msgpolicy_{name} {about}"
    yield f"# TYPE msgpolicy_{name} {kind}"
