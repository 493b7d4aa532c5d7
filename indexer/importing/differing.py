"""Where a catalogue row and a document do not say the same of a record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.official.comparing import COMPARED, say_the_same
from indexer.repositories.differences import Difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.catalogue import CatalogueRow
    from indexer.official import ParsedDocument
    from indexer.records import RecordId


def differences_between(
    record_id: RecordId,
    row: CatalogueRow | None,
    said: ParsedDocument | None,
    *,
    batch_number: int,
    before: Sequence[Difference],
) -> tuple[Difference, ...]:
    """Every field of which both speak, and not alike.

    Args:
        record_id: The record.
        row: Its catalogue row; without one there is nothing to differ from.
        said: What its first file says of itself, if it gave text.
        batch_number: The batch that looks.
        before: What was known of the record; what is as it was keeps its batch and its decision.
    """
    if row is None or said is None:
        return ()
    return tuple(
        _as_before(
            Difference(
                record_id=record_id,
                field=field,
                catalogue=catalogued,
                document=written,
                batch_number=batch_number,
            ),
            before,
        )
        for field in COMPARED
        if (catalogued := _catalogued(row, field))
        and (written := _written(said, field))
        and not say_the_same(field, catalogued, written)
    )


def renewed(
    before: Sequence[Difference], said: ParsedDocument | None, *, batch_number: int
) -> tuple[Difference, ...]:
    """What is left of differences when a file has changed and no catalogue is at hand.

    What the catalogue said of the other fields is not kept: they are compared when it comes again.
    """
    if said is None:
        return ()
    return tuple(
        each
        if each.document == written
        else replace(
            each, document=written, batch_number=batch_number, settled_by=None, settled_at=None
        )
        for each in before
        if (written := _written(said, each.field))
        and not say_the_same(each.field, each.catalogue, written)
    )


def differences_to_json(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """Differences as plain JSON values; decisions are not kept: what is undone is open."""
    return [
        {
            "field": each.field,
            "catalogue": each.catalogue,
            "document": each.document,
            "batch_number": each.batch_number,
        }
        for each in differences
    ]


def differences_from_json(
    record_id: RecordId, bodies: Sequence[dict[str, Any]]
) -> tuple[Difference, ...]:
    """The inverse of :func:`differences_to_json`."""
    return tuple(Difference(record_id=record_id, **body) for body in bodies)


def _as_before(now: Difference, before: Sequence[Difference]) -> Difference:
    same = (now.field, now.catalogue, now.document)
    return next(
        (each for each in before if (each.field, each.catalogue, each.document) == same), now
    )


def _catalogued(row: CatalogueRow, field: str) -> str:
    if field == "date":
        return row.date.isoformat() if row.date else ""
    return row.texts.get(field, "").strip()


def _written(said: ParsedDocument, field: str) -> str:
    if field == "date":
        return said.date.isoformat() if said.date else ""
    text: str = getattr(said, field)
    return text
