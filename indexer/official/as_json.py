"""What a document says of itself as JSON, with the version of the parser that read it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, Final

from indexer.dates import PartialDate
from indexer.official import PARSER_VERSION, Form, ParsedDocument, Relation, RelationKind

_DATES: Final = frozenset({"date", "printed_on", "published_on"})
_NAMES: Final = frozenset(each.name for each in fields(ParsedDocument))
_DEFAULTS: Final = ParsedDocument()


def parsed_to_json(parsed: ParsedDocument) -> dict[str, Any]:
    """What a document says of itself, as plain JSON values; what it is silent about is left out."""
    body: dict[str, Any] = {"version": PARSER_VERSION}
    for name, value in asdict(parsed).items():
        if getattr(parsed, name) != getattr(_DEFAULTS, name):
            body[name] = list(value) if isinstance(value, tuple) else value
    for name in _DATES & body.keys():
        body[name] = getattr(parsed, name).isoformat()
    return body


def parsed_from_json(body: dict[str, Any] | None) -> ParsedDocument | None:
    """The inverse of :func:`parsed_to_json`; also takes what other versions wrote."""
    if body is None:
        return None
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in body.items()
        if name in _NAMES
    }
    for name in _DATES & known.keys():
        known[name] = PartialDate.fromisoformat(known[name]) if known[name] else None
    if known.get("form"):
        known["form"] = Form(known["form"])
    known["relations"] = tuple(
        Relation(**{**each, "kind": RelationKind(each["kind"])})
        for each in known.get("relations", ())
    )
    return ParsedDocument(**known)


def is_current(body: dict[str, Any] | None) -> bool:
    """Whether the parser of today read it."""
    return body is not None and body.get("version") == PARSER_VERSION
