"""What a record is made from besides its files: its catalogue row and the preset of its batch.

Kept beside the record as they were given, so that it can be made again when the text of its files
is there: a scan is described and given its level as if it had been read at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.catalogue import CatalogueRow
from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate

if TYPE_CHECKING:
    from indexer.importing.items import Item


def origin_to_json(item: Item, preset: Level | None) -> dict[str, Any]:
    """The row and the preset as plain JSON values."""
    return {
        "row": None if item.row is None else _row_to_json(item.row),
        "preset": None if preset is None else _level_to_json(preset),
    }


def row_of(origin: dict[str, Any]) -> CatalogueRow | None:
    """The catalogue row, without the files it names; ``None`` where there was none."""
    body = origin["row"]
    if body is None:
        return None
    return CatalogueRow(
        number=body["number"],
        external_id=body["external_id"],
        texts=dict(body["texts"]),
        date=_date(body["date"]),
        persons=tuple(body["persons"]),
        secrecy=Secrecy(body["secrecy"]) if body["secrecy"] else None,
        opening=Opening(body["opening"]) if body["opening"] else None,
        disclosure=Disclosure(body["disclosure"]) if body["disclosure"] else None,
        custody=_custody(body["custody"]),
    )


def preset_of(origin: dict[str, Any]) -> Level | None:
    """The level that the archivist gave the whole batch."""
    body = origin["preset"]
    if body is None:
        return None
    secrecy, opening, disclosure = body
    return Level(
        secrecy=Secrecy(secrecy),
        opening=Opening(opening),
        disclosure=Disclosure(disclosure) if disclosure else None,
    )


def _row_to_json(row: CatalogueRow) -> dict[str, Any]:
    custody = row.custody
    return {
        "number": row.number,
        "external_id": row.external_id,
        "texts": dict(row.texts),
        "date": _iso(row.date),
        "persons": list(row.persons),
        "secrecy": row.secrecy and str(row.secrecy),
        "opening": row.opening and str(row.opening),
        "disclosure": row.disclosure and str(row.disclosure),
        "custody": custody
        and [str(custody.kind), _iso(custody.due_on), _iso(custody.transferred_on)],
    }


def _level_to_json(level: Level) -> list[str | None]:
    disclosure = str(level.disclosure) if level.disclosure else None
    return [str(level.secrecy), str(level.opening), disclosure]


def _iso(date: PartialDate | None) -> str:
    return date.isoformat() if date else ""


def _date(text: str) -> PartialDate | None:
    return PartialDate.fromisoformat(text) if text else None


def _custody(parts: list[str] | None) -> Custody | None:
    if parts is None:
        return None
    kind, due, transferred = parts
    return Custody(kind=CustodyKind(kind), due_on=_date(due), transferred_on=_date(transferred))
