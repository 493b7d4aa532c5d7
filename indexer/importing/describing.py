"""A record's description from its catalogue row and from what its documents say of themselves.

The catalogue wins wherever it speaks; the document fills in where it is silent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from indexer.access import Disclosure, Level, Opening, Secrecy
from indexer.custody import Custody, CustodyKind
from indexer.dates import PartialDate
from indexer.official import ParsedDocument
from indexer.official.archival_codes import parse_archival_code
from indexer.official.titles import genre_of
from indexer.records import Description
from indexer.storage.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.importing.items import Item
    from indexer.repositories.records import FileLink

_SAID: Final = ("title", "agency", "document_number", "archival_code", "index_number", "genre")
_CODED: Final = ("fonds", "category", "volume", "item", "retention")


def describe(item: Item, parsed: ParsedDocument | None, level: Level) -> Description:
    """The description of one record.

    Args:
        item: Catalogue row and files.
        parsed: What its first file says, if it gave text.
        level: Its level.
    """
    row = item.row
    said = parsed or ParsedDocument()
    texts = dict(row.texts) if row is not None else {}
    for name in _SAID:
        texts[name] = texts.get(name) or getattr(said, name)
    if not texts["title"] and item.files:
        texts["title"] = shown_name(item.paths[0]).rpartition(".")[0] or shown_name(item.paths[0])
    texts["genre"] = texts["genre"] or genre_of(texts["title"])
    code = parse_archival_code(texts["archival_code"])
    if code is not None:
        for name in _CODED:
            texts[name] = texts.get(name) or getattr(code, name)
    return Description(
        **texts,
        date=row.date if row is not None and row.date else said.date,
        persons=row.persons if row is not None else (),
        level=level,
        custody=row.custody if row is not None else None,
    )


def content_hash(
    external_id: str, description: Description, files: Sequence[FileLink], texts: Sequence[str]
) -> str:
    """SHA-256 over all that makes a record what it is; equal for equal records.

    Args:
        external_id: The catalogue's id.
        description: Metadata.
        files: Its files.
        texts: For each file, what extracted its text; ``""`` where there is none yet.
    """
    body = description_to_json(description)
    body["external_id"] = external_id
    body["files"] = [
        [link.ordinal, link.name, link.role, link.file_hash, link.first_page, link.last_page, text]
        for link, text in zip(files, texts, strict=True)
    ]
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def description_to_json(description: Description) -> dict[str, Any]:
    """A description as plain JSON values."""
    body = asdict(description)
    body["date"] = description.date.isoformat() if description.date else ""
    body["persons"] = list(description.persons)
    # Left out where it is not known: records from before it was asked for keep their hash.
    custody = description.custody
    del body["custody"]
    if custody is not None:
        body["custody"] = [
            custody.kind.value,
            custody.due_on.isoformat() if custody.due_on else "",
            custody.transferred_on.isoformat() if custody.transferred_on else "",
        ]
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
    custody = rest.pop("custody", None)
    return Description(
        **{**rest, "persons": tuple(rest["persons"])},
        date=PartialDate.fromisoformat(date) if date else None,
        level=level,
        custody=None if custody is None else _custody_from_json(custody),
    )


def _custody_from_json(parts: list[str]) -> Custody:
    kind, due, transferred = parts
    return Custody(
        kind=CustodyKind(kind),
        due_on=PartialDate.fromisoformat(due) if due else None,
        transferred_on=PartialDate.fromisoformat(transferred) if transferred else None,
    )
