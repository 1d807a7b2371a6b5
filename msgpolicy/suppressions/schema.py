"""JSON Schema of a suppressions file, made from the classes that read it."""

from __future__ import annotations

import msgspec

from msgpolicy.rules.schema import REF, Schema, rooted
from msgpolicy.suppressions.model import SCOPES, SuppressionsFile


def suppressions_schema() -> Schema:
    """The schema, for editors: an entry is limited to something, and says why, who and until when."""
    (root,), defs = msgspec.json.schema_components([SuppressionsFile], ref_template=REF)
    defs["SuppressionEntry"]["anyOf"] = [
        {"required": [scope], "properties": {scope: {"type": "string"}}} for scope in SCOPES
    ]
    return rooted("Suppressions", root, defs)
