"""What a viewer may not ask for, asked in the way that everybody may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.analysis.question import AllParts, AnyPart, FieldPart, NotPart, QueryPart
from indexer.engine.conditions import Part

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.analysis.question import Node
    from search_api.parsing.grammar import ParsedQuestion

PERSONS_LEAST: Final = Audience.STAFF
"""The least audience that may ask for persons by the names that the catalogue gives."""


def within_rights(parsed: ParsedQuestion, viewer: Viewer) -> ParsedQuestion:
    """The question that the viewer may ask.

    Who may not ask for persons looks for the name as a quotation, and reaches what any quotation
    reaches.
    """
    if viewer.audience >= PERSONS_LEAST:
        return parsed
    parts = tuple(map(_without_persons, parsed.parts))
    if parts == parsed.parts:
        return parsed
    return replace(parsed, parts=parts, notes=(*parsed.notes, "persons_for_staff"))


def _without_persons(node: Node) -> Node:
    match node:
        case FieldPart(field=Part.PERSONS, asked=asked):
            return QueryPart(asked.text, is_phrase=True)
        case AllParts(parts=parts):
            return AllParts(parts=tuple(map(_without_persons, parts)))
        case AnyPart(parts=parts):
            return AnyPart(parts=tuple(map(_without_persons, parts)))
        case NotPart(part=part):
            return NotPart(part=_without_persons(part))
        case _:
            return node
