"""Bring a room back into an empty folder and an empty database.

Everything is checked before anything is put in place. Then rows go into one open transaction, the
originals and texts into their stores, and the transaction is committed: a room is there when all of
it is. Killed before that, the database is still empty and the next try goes on with the files that
are there already; killed after it, with the index.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from indexer.database import migrate, open_database, reading, utc_now
from indexer.engine.opening import remnants
from indexer.errors import StorageError
from indexer.importing.lock import import_lock
from indexer.indexing.catching_up import catch_up
from indexer.indexing.lock import writer_lock
from indexer.originals import locate
from indexer.repositories import coordinators, files, generations, set_asides, slices
from indexer.storage.atomic import partial_file, write_atomically
from indexer.storage.opening import open_originals, open_texts, open_words
from query_room.backup import repository
from query_room.backup.checking import check, pages_of, rows_of, words_of
from query_room.backup.keys import fit, load_keys, put_keys
from query_room.backup.members import MemberKind
from query_room.backup.model import Progress, Stage
from query_room.backup.reading import open_backup
from query_room.backup.schema import is_present, older_database
from query_room.backup.values import UnfitValueError
from query_room.errors import BackupDamagedError, RestoreRefusedError
from query_room.opening import ROOMS
from query_room.vault import KEY_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Connection, Engine, Table

    from indexer.records import FileHash
    from indexer.settings import IndexerSettings
    from query_room.backup.checking import CheckedBackup
    from query_room.backup.model import Manifest
    from query_room.backup.reading import Member
    from query_room.settings import RoomSettings

MARKER: Final = "restoring.json"
"""Stands in the data folder while a restore is under way, and says of which backup."""

_ONLY_GROW: Final = ("batch", "record", "account", "log_event", "withdrawal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back.

    Attributes:
        manifest: Of the backup. settings: Of the room it was made of.
        has_keys: Whether the keys in place open its personal data.
        went_on: An earlier try had been cut short.
        missing_in_place: Originals outside our care that are gone or changed.
    """

    manifest: Manifest
    settings: Mapping[str, str]
    has_keys: bool
    went_on: bool
    missing_in_place: tuple[FileHash, ...]


def restore(
    path: Path,
    settings: RoomSettings,
    *,
    keys: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Restored:
    """Bring back what a backup holds, and build the index from it.

    Args:
        path: The backup.
        settings: Where it is to go: an empty data folder and an empty database.
        keys: The file of its keys, if they are to be put in place too.
        progress: Told how far it is.

    Raises:
        BackupDamagedError: It is no backup, or not as it was written; nothing was put in place.
        RestoreRefusedError: A newer version wrote it, its keys are not these, or there is something
            in the folder or the database already.
        WriterLockedError: A worker runs on that folder. ImportRefusedError: An import does.
        StorageFullError: There is less space than it needs.
        StorageError: It cannot be read, or the folder refuses the write.
    """
    data = settings.indexer.data
    backup = check(path, data, progress)
    is_older = not is_present(backup.manifest.schema_versions, ROOMS)
    if not is_older and backup.manifest.tables.keys() != repository.TABLES.keys():
        raise BackupDamagedError("manifest_differs")
    found_keys = load_keys(keys) if keys is not None else {}
    engine = open_database(settings.indexer.database_url)
    try:
        with import_lock(data), writer_lock(settings.indexer.index):
            migrate(engine, *ROOMS)
            went_on = _begin(engine, settings, backup)
            has_keys = _bring_keys(settings, backup, found_keys)
            if not _occupied_tables(engine):
                _Restore(engine, settings.indexer, backup, progress).run(is_older=is_older)
        _build_index(engine, settings.indexer, progress)
        missing = _missing_in_place(engine, settings.indexer)
    finally:
        engine.dispose()
    (data / MARKER).unlink()
    return Restored(
        manifest=backup.manifest,
        settings=backup.settings,
        has_keys=has_keys,
        went_on=went_on,
        missing_in_place=missing,
    )


class _Restore:
    """Rows, originals and texts on their way into an empty room."""

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        backup: CheckedBackup,
        progress: Callable[[Progress], None],
    ) -> None:
        self._engine = engine
        self._backup = backup
        self._progress = progress
        self._scratch = settings.data / "restoring.db"
        self._incoming = settings.originals / "incoming"
        self._originals = open_originals(settings)
        self._texts = open_texts(settings)
        self._words = open_words(settings)
        self._done = dict.fromkeys(MemberKind, 0)

    def run(self, *, is_older: bool) -> None:
        """Put everything in place, or leave the database empty."""
        self._originals.sweep()
        self._texts.sweep()
        self._words.sweep()
        with repository.loading(self._engine) as connection:
            if is_older:
                self._load_older(connection)
            with open_backup(self._backup.path) as opened:
                for member in opened:
                    if member.name.kind is MemberKind.ROWS and not is_older:
                        self._load(connection, repository.TABLES, member)
                    else:
                        self._put(member)
            if opened.digest != self._backup.digest:
                raise BackupDamagedError("changed_meanwhile", str(self._backup.path))
            self._finish(connection)

    def _load_older(self, connection: Connection) -> None:
        """Load rows of an older schema into a database of their time, and take them on from there.

        The way of every update, so that what a migration does to rows is done to these.
        """
        versions = self._backup.manifest.schema_versions
        with older_database(self._scratch, versions, ROOMS) as older:
            with (
                repository.loading(older.engine) as then,
                open_backup(self._backup.path) as opened,
            ):
                for member in opened:
                    if member.name.kind is not MemberKind.ROWS:
                        _skip(member)
                    else:
                        self._load(then, older.tables, member)
            migrate(older.engine, *ROOMS)
            with reading(older.engine) as now:
                for name, table in repository.TABLES.items():
                    _load(connection, table, repository.rows(now, table), name)

    def _load(self, connection: Connection, tables: Mapping[str, Table], member: Member) -> None:
        table = tables.get(member.name.subject)
        if table is None:
            raise BackupDamagedError("foreign_member", member.name.text)
        rows = list(rows_of(member.content()))
        _load(connection, table, rows, member.name.text)
        self._advance(member, Stage.ROWS, len(rows), None)

    def _put(self, member: Member) -> None:
        name = member.name
        manifest = self._backup.manifest
        match name.kind:
            case MemberKind.ORIGINAL:
                if name.file_hash in manifest.damaged_originals or self._originals.has(
                    name.file_hash
                ):
                    _skip(member)
                else:
                    self._put_original(member)
                self._advance(member, Stage.ORIGINALS, 1, manifest.originals)
            case MemberKind.TEXT:
                self._texts.put(name.file_hash, name.extractor, pages_of(member.content()))
                self._advance(member, Stage.TEXTS, 1, manifest.texts)
            case MemberKind.WORDS:
                self._words.put(name.file_hash, name.extractor, words_of(member.content()))
                self._advance(member, Stage.WORDS, 1, manifest.words)
            case _:
                _skip(member)

    def _put_original(self, member: Member) -> None:
        with partial_file(self._incoming) as file:
            for block in member.blocks():
                file.write(block)
            file.flush()
            if self._originals.add(Path(file.name)) != member.name.file_hash:
                raise BackupDamagedError("changed_meanwhile", member.name.text)

    def _finish(self, connection: Connection) -> None:
        for name, summary in self._backup.manifest.tables.items():
            if name in repository.TABLES and summary.last_number is not None:
                repository.go_on_after(connection, repository.TABLES[name], summary.last_number)
        for row in generations.list_all(connection):
            generations.mark_dropped(connection, row.number)
        # Nobody works any more on what was given out when the backup was made.
        slices.forget_others(connection, [])
        set_asides.forget_others(connection, [])
        coordinators.forget(connection)

    def _advance(self, member: Member, stage: Stage, more: int, total: int | None) -> None:
        self._done[member.name.kind] += more
        self._progress(Progress(stage=stage, done=self._done[member.name.kind], total=total))


def _load(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, object]], name: str
) -> None:
    try:
        repository.load_rows(connection, table, rows)
    except UnfitValueError as error:
        raise BackupDamagedError("unfit_value", name) from error
    except (DataError, IntegrityError, ProgrammingError) as error:
        raise RestoreRefusedError("not_loadable", name) from error


def _skip(member: Member) -> None:
    for _ in member.blocks():
        pass


def _begin(engine: Engine, settings: RoomSettings, backup: CheckedBackup) -> bool:
    """Mark the folder as being restored; whether it was already, by a try that was cut short."""
    marker = settings.indexer.data / MARKER
    occupied = _occupied_tables(engine)
    try:
        begun = json.loads(marker.read_bytes())
    except FileNotFoundError:
        found = [*_occupied_folders(settings.indexer), *occupied]
        if found:
            raise RestoreRefusedError("not_empty", ", ".join(found)) from None
        content = {"backup": backup.digest, "since": utc_now().isoformat(timespec="seconds")}
        write_atomically(marker, json.dumps(content).encode(), incoming=marker.parent)
        return False
    except (OSError, ValueError) as error:
        raise StorageError(f"{marker} cannot be read") from error
    if not isinstance(begun, dict) or begun.get("backup") != backup.digest:
        raise RestoreRefusedError("other_restore", str(marker))
    if occupied and not _is_loaded(engine, backup.manifest):
        # Somebody began to work here between two tries.
        raise RestoreRefusedError("not_empty", ", ".join(occupied))
    return True


def _occupied_tables(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        counts = {
            name: repository.count(connection, table) for name, table in repository.TABLES.items()
        }
    return [f"{name} ({count})" for name, count in counts.items() if count]


def _occupied_folders(settings: IndexerSettings) -> list[str]:
    found = []
    if next(iter(open_originals(settings).hashes()), None) is not None:
        found.append("originals/")
    if next(iter(open_texts(settings).entries()), None) is not None:
        found.append("texts/")
    if next(iter(open_words(settings).entries()), None) is not None:
        found.append("words/")
    return found + remnants(settings)


def _is_loaded(engine: Engine, manifest: Manifest) -> bool:
    """Whether the rows of the backup are there: its transaction was committed, or it was not."""
    with reading(engine) as connection:
        return all(
            repository.count(connection, repository.TABLES[name]) >= manifest.tables[name].rows
            for name in _ONLY_GROW
            if name in manifest.tables
        )


def _bring_keys(settings: RoomSettings, backup: CheckedBackup, keys: Mapping[str, bytes]) -> bool:
    """Put keys in place if they are those of the backup; whether such keys are there now."""
    check = backup.manifest.key_check
    if keys:
        with TemporaryDirectory(dir=settings.indexer.data, prefix=".keys-") as folder:
            put_keys(Path(folder), keys)
            if not fit(Path(folder), check):
                raise RestoreRefusedError("keys_do_not_fit")
        put_keys(settings.keys, keys)
    if fit(settings.keys, check):
        return True
    if (settings.keys / KEY_FILE).exists():
        raise RestoreRefusedError("other_keys", str(settings.keys))
    return False


def _build_index(
    engine: Engine, settings: IndexerSettings, progress: Callable[[Progress], None]
) -> None:
    totals: list[int] = []

    def show(left: int) -> None:
        totals.append(left)
        progress(Progress(stage=Stage.INDEX, done=totals[0] - left, total=totals[0]))

    catch_up(engine, settings, show)


def _missing_in_place(engine: Engine, settings: IndexerSettings) -> tuple[FileHash, ...]:
    store = open_originals(settings)
    missing = []
    with reading(engine) as connection:
        for file_hash in sorted(files.in_place(connection)):
            try:
                locate(connection, store, file_hash)
            except StorageError:
                missing.append(file_hash)
    return tuple(missing)
