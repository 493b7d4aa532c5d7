"""Back up a room that goes on working.

The rows come first and from one snapshot. Originals and texts never change once they are stored, so
what the snapshot speaks of can be copied afterwards at leisure; only undoing a batch or finding a
marking can take one away meanwhile. The first is reported; the second ends the backup, because
nothing that was set aside for its marking may stay in a copy.
"""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.database import reading, utc_now
from indexer.errors import StorageError, StoreUnreachableError, TextMissingError
from indexer.storage.opening import open_originals, open_texts, open_words
from indexer.storage.word_store import words_to_json
from query_room.backup import members, repository
from query_room.backup.keys import key_check
from query_room.backup.model import (
    FORMAT,
    Flaw,
    FlawKind,
    Format,
    Manifest,
    Progress,
    Stage,
    TableSummary,
)
from query_room.backup.output import new_file
from query_room.backup.settings_in_force import settings_in_force
from query_room.backup.writing import BackupWriter
from query_room.errors import BackupRefusedError
from query_room.opening import ROOMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import IO

    from sqlalchemy import Connection, Engine, Table

    from indexer.records import FileHash
    from query_room.backup.repository import SavedContent
    from query_room.backup.values import Neutral
    from query_room.settings import RoomSettings

PIECE_BYTES: Final = 4 << 20
"""Of rows in one member: what is held in memory at once."""

_BLOCK: Final = 1 << 20
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds.

    Attributes:
        manifest: What it says of itself. digest: SHA-256 of the file. size: Its bytes.
    """

    manifest: Manifest
    digest: str
    size: int


def back_up(
    engine: Engine,
    settings: RoomSettings,
    path: Path,
    *,
    environ: Mapping[str, str],
    progress: Callable[[Progress], None] = lambda _: None,
) -> BackedUp:
    """Write a backup to a new file.

    Args:
        engine: The database, migrated.
        settings: Of the room.
        path: The file to be made; its folder is there.
        environ: Where the settings came from.
        progress: Told how far it is.

    Raises:
        BackupRefusedError: The file exists, or a file was set aside for its marking meanwhile.
        StorageFullError: No space; nothing half-written stays under that name.
        StorageError: The folder refuses the write.
    """
    with new_file(path) as file:
        return _Backup(engine, settings, file, progress).write(environ)


class _Backup:
    """One backup being written."""

    def __init__(
        self,
        engine: Engine,
        settings: RoomSettings,
        file: IO[bytes],
        progress: Callable[[Progress], None],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._file = file
        self._progress = progress
        self._at = utc_now()
        self._writer = BackupWriter(file, at=self._at.timestamp())
        self._flaws: list[Flaw] = []

    def write(self, environ: Mapping[str, str]) -> BackedUp:
        product = importlib.metadata.version("query-room")
        self._writer.add(
            members.FORMAT_NAME, _json(Format(format=FORMAT, product=product).model_dump())
        )
        with reading(self._engine) as connection:  # one snapshot, however long it takes
            versions = repository.schema_versions(connection, ROOMS)
            tables = self._write_tables(connection)
            contents = repository.saved_contents(connection)
        self._writer.add(
            members.SETTINGS_NAME, _json(settings_in_force(self._settings.indexer, environ))
        )
        copied = [each for each in contents if not each.is_in_place]
        originals = self._write_originals([each.file_hash for each in copied])
        extracted = [each for each in contents if each.extractor]
        texts = self._write_texts(extracted)
        words = self._write_words(extracted)
        self._refuse_marked({each.file_hash for each in contents})
        manifest = Manifest(
            format=FORMAT,
            product=product,
            created_at=self._at,
            schema_versions=versions,
            tables=tables,
            originals=originals,
            texts=texts,
            words=words,
            in_place=len(contents) - len(copied),
            sums=self._writer.add_sums(),
            key_check=key_check(self._settings.keys),
            flaws=tuple(self._flaws),
        )
        self._writer.add(members.MANIFEST_NAME, _json(manifest.model_dump(mode="json")))
        digest = self._writer.finish()
        return BackedUp(manifest=manifest, digest=digest, size=self._file.tell())

    def _write_tables(self, connection: Connection) -> dict[str, TableSummary]:
        done = 0
        tables: dict[str, TableSummary] = {}
        for name, table in repository.TABLES.items():
            written = 0
            for number, (content, rows) in enumerate(_pieces(connection, table), start=1):
                self._writer.add(members.rows_name(name, number), content)
                written += rows
                done += rows
                self._progress(Progress(stage=Stage.ROWS, done=done))
            last = repository.last_number(connection, table)
            tables[name] = TableSummary(rows=written, last_number=last)
        return tables

    def _write_originals(self, hashes: Sequence[FileHash]) -> int:
        store = open_originals(self._settings.indexer)
        written = 0
        for file_hash in self._counted(Stage.ORIGINALS, hashes):
            try:
                source = store.path(file_hash).open("rb")
            except StoreUnreachableError:
                raise
            except (StorageError, OSError):
                self._find(FlawKind.ORIGINAL_MISSING, file_hash)
                continue
            with source:
                size = source.seek(0, 2)
                source.seek(0)
                found = self._writer.add_blocks(
                    members.original_name(file_hash), size, _blocks(source)
                )
            written += 1
            if found != file_hash:
                self._find(FlawKind.ORIGINAL_DAMAGED, file_hash)
        return written

    def _write_texts(self, contents: Sequence[SavedContent]) -> int:
        store = open_texts(self._settings.indexer)
        written = 0
        for content in self._counted(Stage.TEXTS, contents):
            try:
                pages = store.pages(content.file_hash, content.extractor)
            except TextMissingError:
                self._find(FlawKind.TEXT_MISSING, content.file_hash)
                continue
            self._writer.add(
                members.text_name(content.file_hash, content.extractor),
                # Text of a broken encoding may hold half a character; it comes back unchanged.
                json.dumps(pages, ensure_ascii=False).encode(errors="surrogatepass"),
            )
            written += 1
        return written

    def _write_words(self, contents: Sequence[SavedContent]) -> int:
        """Recognising a page again takes seconds; most texts have no words of their own."""
        store = open_words(self._settings.indexer)
        written = 0
        for content in self._counted(Stage.WORDS, contents):
            pages = store.pages(content.file_hash, content.extractor)
            if pages:
                body = {str(number): words_to_json(words) for number, words in pages.items()}
                name = members.words_name(content.file_hash, content.extractor)
                self._writer.add(name, json.dumps(body).encode())
                written += 1
        return written

    def _refuse_marked(self, copied: set[FileHash]) -> None:
        with reading(self._engine) as connection:
            marked = repository.quarantined(connection) & copied
        if marked:
            raise BackupRefusedError("marked_meanwhile", min(marked))

    def _counted(self, stage: Stage, items: Sequence[_T]) -> Iterator[_T]:
        for done, item in enumerate(items):
            self._progress(Progress(stage=stage, done=done, total=len(items)))
            yield item
        self._progress(Progress(stage=stage, done=len(items), total=len(items)))

    def _find(self, kind: FlawKind, file_hash: FileHash) -> None:
        self._flaws.append(Flaw(kind=kind, file_hash=file_hash))


def _pieces(connection: Connection, table: Table) -> Iterator[tuple[bytes, int]]:
    """The rows of a table as lines of JSON, in pieces, each with its count."""
    lines: list[bytes] = []
    size = 0
    for row in repository.rows(connection, table):
        line = _json(row)
        if lines and size + len(line) > PIECE_BYTES:
            yield b"".join(lines), len(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield b"".join(lines), len(lines)


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    """What can be read; a disk that fails in the middle shows in the hash."""
    try:
        while block := source.read(_BLOCK):
            yield block
    except OSError:
        return


def _json(value: Mapping[str, Neutral] | Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
