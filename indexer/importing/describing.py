"""A record's description from its catalogue row and from what its document says of itself.

The catalogue wins wherever it speaks; the document fills in where it is silent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from indexer.access import DEFAULT_LEVEL, Disclosure, Level, Opening, Secrecy
from indexer.dates import PartialDate
from indexer.official import ParsedDocument
from indexer.official.titles import genre_of
from indexer.records import Description

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.importing.items import Item
    from indexer.repositories.records import FileLink


def describe(item: Item, parsed: ParsedDocument | None, preset: Level | None) -> Description:
    """The description of one record.

    Args:
        item: Catalogue row and files. parsed: What its first file says, if it gave text.
        preset: The level of records that say nothing of themselves; ``None`` is 控制.
    """
    row = item.row
    said = parsed or ParsedDocument()
    texts = dict(row.texts) if row is not None else {}
    for name in ("title", "agency", "document_number", "archival_code", "index_number", "genre"):
        texts[name] = texts.get(name) or getattr(said, name)
    if not texts["title"] and item.files:
        texts["title"] = PurePosixPath(item.files[0][0]).stem
    texts["genre"] = texts["genre"] or genre_of(texts["title"])
    return Description(
        **texts,
        date=row.date if row is not None and row.date else said.date,
        persons=row.persons if row is not None else (),
        level=_level(item, said, preset),
    )


def content_hash(external_id: str, description: Description, files: Sequence[FileLink]) -> str:
    """SHA-256 over all that makes a record what it is; equal for equal records."""
    body = description_to_json(description)
    body["external_id"] = external_id
    body["files"] = [
        [link.ordinal, link.name, link.role, link.file_hash, link.first_page, link.last_page]
        for link in files
    ]
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def description_to_json(description: Description) -> dict[str, Any]:
    """A description as plain JSON values."""
    body = asdict(description)
    body["date"] = description.date.isoformat() if description.date else ""
    body["persons"] = list(description.persons)
    level = body.pop("level")
    return {**body, **{name: value and str(value) for name, value in level.items()}}


def description_from_json(body: dict[str, Any]) -> Description:
    """The inverse of :func:`description_to_json`."""
    rest = dict(body)
    level = Level(
        secrecy=Secrecy(rest.pop("secrecy")),
        opening=Opening(rest.pop("opening")),
        disclosure=Disclosure(disclosure) if (disclosure := rest.pop("disclosure")) else None,
    )
    date = rest.pop("date")
    return Description(
        **{**rest, "persons": tuple(rest["persons"])},
        date=PartialDate.fromisoformat(date) if date else None,
        level=level,
    )


def parsed_to_json(parsed: ParsedDocument) -> dict[str, Any]:
    """What a document says of itself, as plain JSON values."""
    return {**asdict(parsed), "date": parsed.date.isoformat() if parsed.date else ""}


def parsed_from_json(body: dict[str, Any] | None) -> ParsedDocument | None:
    """The inverse of :func:`parsed_to_json`."""
    if body is None:
        return None
    date = PartialDate.fromisoformat(body["date"]) if body["date"] else None
    return ParsedDocument(**{**body, "date": date})


def _level(item: Item, said: ParsedDocument, preset: Level | None) -> Level:
    row = item.row
    spoken = row is not None and (row.secrecy or row.opening or row.disclosure)
    if row is None or not spoken:
        level = preset or DEFAULT_LEVEL
        # A marking on the paper outweighs a preset for the whole batch.
        return replace(level, secrecy=Secrecy.INTERNAL) if said.is_internal else level
    # Proactive or on request says that a disclosure office looked at it; the archive did not.
    judged = row.disclosure in {Disclosure.PROACTIVE, Disclosure.ON_REQUEST}
    return Level(
        secrecy=row.secrecy or (Secrecy.INTERNAL if said.is_internal else Secrecy.PUBLIC),
        opening=row.opening or (Opening.UNREVIEWED if judged else Opening.CONTROLLED),
        disclosure=row.disclosure,
    )
