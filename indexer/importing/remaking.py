"""A record made again when the text of its files has come: as if it had been read at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.importing.describing import content_hash, describe
from indexer.importing.items import Item
from indexer.importing.levels import level_of
from indexer.importing.origins import preset_of, row_of
from indexer.official.as_json import parsed_from_json
from indexer.repositories.files import ContentState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.official import ParsedDocument
    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow
    from indexer.repositories.records import StoredRecord


def remade(record: StoredRecord, contents: Mapping[FileHash, ContentRow]) -> StoredRecord:
    """The record with the description and the level that its files give it now.

    A record of which is not known what it was made from keeps both until the next import.

    Args:
        record: As it is kept.
        contents: What is known of its files.
    """
    known = [contents.get(link.file_hash) if link.file_hash else None for link in record.files]
    description = record.description
    if record.origin is not None:
        item = Item(
            key=record.item_key,
            row=row_of(record.origin),
            files=tuple((link.name, link.role) for link in record.files),
        )
        said = [_said(content) for content in known]
        level = level_of(
            item.row,
            preset=preset_of(record.origin),
            is_internal=any(each is not None and each.is_internal for each in said),
            is_checked=all(_is_guarded(content) for content in known),
        )
        description = describe(item, said[0] if said else None, level)
    texts = [_extractor(content) for content in known]
    return replace(
        record,
        description=description,
        content_hash=content_hash(record.external_id, description, record.files, texts),
    )


def _said(content: ContentRow | None) -> ParsedDocument | None:
    return parsed_from_json(content.parsed) if content is not None else None


def _is_guarded(content: ContentRow | None) -> bool:
    return content is not None and _extractor(content) != "" and content.is_guarded


def _extractor(content: ContentRow | None) -> str:
    is_read = content is not None and content.state is ContentState.EXTRACTED
    return content.extractor if content is not None and is_read else ""
