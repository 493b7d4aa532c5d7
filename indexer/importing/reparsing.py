"""Documents that an older parser has read, read again from the text store; nothing is extracted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, writing
from indexer.errors import TextMissingError
from indexer.importing.lock import import_lock
from indexer.importing.stores import Stores
from indexer.official.as_json import parsed_to_json
from indexer.official.parse import parse_document
from indexer.repositories import files, parsing, records, relations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from indexer.records import FileHash
    from indexer.settings import IndexerSettings

_log = structlog.get_logger(__name__)

AT_ONCE: Final = 16
"""Documents noted in one transaction, to keep it under 100 ms."""

_KEYED_AT_ONCE: Final = 500


def reparse_all(
    engine: Engine, settings: IndexerSettings, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Read again every document that an older parser has read; how many.

    Descriptions follow at the next import, where the catalogue has its say; what is shown beside
    them, and what documents do to each other, is there at once.

    Args:
        engine: The database.
        settings: Of the archive.
        progress: Told how many are through.

    Raises:
        ImportRefusedError: An import runs.
    """
    stores = Stores.of(settings)
    done, last = 0, ""
    with import_lock(settings.data):
        key_records(engine)
        while True:
            with reading(engine) as connection:
                some = parsing.outdated(connection, after=last, limit=AT_ONCE)
            if not some:
                return done
            done += _reparse(engine, stores, some)
            last = some[-1][0]
            progress(done)


def key_records(engine: Engine) -> None:
    """Let every record be found by the names that others have for it."""
    more = True
    while more:
        with writing(engine) as connection:
            more = records.key_some(connection, _KEYED_AT_ONCE) == _KEYED_AT_ONCE


def reparse_at(engine: Engine, stores: Stores, source_id: int, paths: Sequence[str]) -> None:
    """The same for the documents at some paths of a source, before their records are made."""
    with reading(engine) as connection:
        found = parsing.outdated_at(connection, source_id, paths)
    for start in range(0, len(found), AT_ONCE):
        _reparse(engine, stores, found[start : start + AT_ONCE])


def _reparse(engine: Engine, stores: Stores, texts: Sequence[tuple[FileHash, str]]) -> int:
    parsed = {}
    for file_hash, extractor in texts:
        try:
            parsed[file_hash] = parse_document(stores.texts.pages(file_hash, extractor))
        except TextMissingError:
            _log.warning("text_missing", file_hash=file_hash)  # verification names it as well
    with writing(engine) as connection:
        # Another file of the same content may have been quarantined meanwhile.
        still = files.contents(connection, parsed)
        kept = {
            file_hash: said
            for file_hash, said in parsed.items()
            if still[file_hash].state is files.ContentState.EXTRACTED
        }
        files.note_outcomes(
            connection, {each: {"parsed": parsed_to_json(said)} for each, said in kept.items()}
        )
        relations.keep(connection, {each: said.relations for each, said in kept.items()})
    return len(parsed)
