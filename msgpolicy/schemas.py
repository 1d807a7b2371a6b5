"""JSON Schemas by the name of what they describe, for `msgpolicy schema` and the documentation."""

from __future__ import annotations

from collections.abc import Callable

from msgpolicy.rules.schema import Schema, message_schema, report_schema, ruleset_schema
from msgpolicy.suppressions.schema import suppressions_schema
from msgpolicy.typed import nearest

_MAKERS: dict[str, Callable[[], Schema]] = {
    "message": message_schema,
    "report": report_schema,
    "ruleset": ruleset_schema,
    "suppressions": suppressions_schema,
}
KINDS = tuple(_MAKERS)


def record_schema(kind: str) -> Schema:
    """The schema of a `message`, `report`, `ruleset` or `suppressions` file.

    Raises:
        LookupError: another kind.
    """
    try:
        return _MAKERS[kind]()
    except KeyError:
        raise LookupError(f"there is no schema {kind!r} ({nearest(kind, _MAKERS)})") from None
