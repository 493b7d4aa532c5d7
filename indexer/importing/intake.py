"""The files of one batch: noticed, kept back or read, each with what became of it.

A path is a row. It is noted as found before anything is done with it and settled when all is done,
so that a batch that was killed goes on from the rows that are still only found.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.database import reading, writing
from indexer.importing.bringing import Bringer
from indexer.importing.extracting import GroupReader
from indexer.importing.holders import Holders
from indexer.importing.moving import moved, with_members
from indexer.importing.quarantine import isolate_catalogued
from indexer.importing.rereading import is_same, must_read
from indexer.importing.settling import kept_back, refused, unreadable
from indexer.repositories import clearances, files, scopes
from indexer.repositories.files import PathOutcome, PathState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.access import Secrecy
    from indexer.extraction import Outcome
    from indexer.importing.extracting import Pool
    from indexer.importing.looking import Holdings
    from indexer.importing.scope import Scope
    from indexer.importing.spool import Spool
    from indexer.importing.stores import Stores
    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.files import PathRow, Settled

_ROWS_AT_ONCE: Final = 500

T = TypeVar("T")


class Intake:
    """Takes in the files of one batch.

    Args:
        engine: Database.
        stores: Where bytes and texts go.
        batch: The batch.
        folder: The folder that paths are relative to.
        holdings: Its files, and what lies in them.
        spool: Where members are unpacked to.
        on_settled: Told how many more files are through.
    """

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        batch: BatchRow,
        folder: Path,
        *,
        holdings: Holdings,
        spool: Spool,
        on_settled: Callable[[int], None],
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._batch = batch
        self._holdings = holdings
        self._spool = spool
        self._bringer = Bringer(folder, stores, holdings, spool, in_place=batch.in_place)
        self._on_settled = on_settled

    def note(
        self,
        found: Sequence[FoundFile],
        secret: Mapping[str, Secrecy],
        kept_back: Mapping[str, str],
        scope: Scope | None = None,
    ) -> int:
        """Note what is new, moved or must be read again, and what is gone; how many paths are gone.

        Args:
            found: What is there.
            secret: Paths that the catalogue calls state secrets.
            kept_back: Paths that are not to be opened, not even to see whether they were moved.
            scope: Where to look for what is gone; everywhere unless given.
        """
        known, cleared = self._known(scope)
        present = {each.path for each in found}
        gone = [row for row in known.values() if row.path not in present]
        new = [each for each in found if each.path not in known]
        closed = {*secret, *kept_back}
        open_new = [each for each in new if each.path not in closed]
        moves = with_members(moved(open_new, gone, self._hash), open_new, gone)
        at_new_path = {file.path for _, file in moves}
        left = {row.source_file_id for row, _ in moves}
        again = moves + [
            (known[each.path], each)
            for each in found
            if each.path in known
            and (
                self._is_otherwise_now(known[each.path])
                or must_read(
                    known[each.path],
                    each,
                    batch_number=self._batch.number,
                    cleared=cleared,
                    is_secret=each.path in secret,
                )
            )
        ]
        for pairs in _chunks(moves):
            with writing(self._engine) as connection:
                scopes.move(connection, [(row.source_file_id, file.path) for row, file in pairs])
        for some in _chunks(each for each in new if each.path not in at_new_path):
            rows = [(each.path, each.size, each.modified_ns) for each in some]
            with writing(self._engine) as connection:
                files.note_new(connection, self._batch.source_id, self._batch.number, rows)
        for pairs in _chunks(again):
            changed = [
                (row.source_file_id, each.size, each.modified_ns, _tries(row, each))
                for row, each in pairs
            ]
            with writing(self._engine) as connection:
                files.note_again(connection, self._batch.number, changed)
        gone = [row for row in gone if row.source_file_id not in left]
        for missing in _chunks(row for row in gone if row.state is not PathState.MISSING):
            with writing(self._engine) as connection:
                files.mark_missing(connection, [row.source_file_id for row in missing])
        unread = {each.path for each in new} | {each.path for _, each in again}
        self._spool.expect(
            {path for path in unread if path in self._holdings.within and self._is_taken(path)}
        )
        self._on_settled(len(found) - len(unread))
        return sum(row.outcome != PathOutcome.OPENED for row in gone)

    def withhold(self, secret: Mapping[str, Secrecy], without_row: Mapping[str, str]) -> None:
        """Settle the files that must not be opened, before any other.

        Args:
            secret: Paths that the catalogue calls state secrets: read for their hash alone.
            without_row: Paths that only bad rows name, with what is wrong: not read at all.
        """
        for row in self._found(secret):
            brought = self._bringer.hash(row)
            if brought.file_hash is None:
                self._settle([unreadable(brought)])
                continue
            isolate_catalogued(
                self._engine,
                self._stores,
                self._batch.number,
                row,
                brought.file_hash,
                secret[row.path],
            )
            self._on_settled(1)
        self._settle(
            [
                kept_back(row, without_row[row.path])
                for row in self._found(without_row)
                if row.path not in secret
            ]
        )

    def read(
        self,
        paths: Iterable[str],
        pool: Pool,
        leaving: Callable[[Outcome], bool] = lambda _: False,
    ) -> set[str]:
        """Read those of the paths that are still to be read; which are left for later.

        Args:
            paths: Paths.
            pool: Reads them.
            leaving: Whether an outcome is none yet. What holds such a file is left with it: its
                original is kept only when all that it holds is through the guard.

        Raises:
            StorageFullError: No space; what was through is noted.
        """
        asked = set(paths)
        # Whatever else names them, members are looked at before what holds them.
        within = (self._holdings.members(path) for path in asked)
        found = self._found(asked.union(*within))
        rows = [row for row in found if not self._holdings.is_opened(row.path)]
        left: set[str] = set()
        if not rows:
            return left
        with reading(self._engine) as connection:
            cleared = clearances.cleared(connection)
        holders = self._holders(cleared)
        given = [row for row in rows if self._is_taken(row.path)]
        self._settle(
            [
                refused(row, *self._holdings.refused[row.path])
                for row in rows
                if not self._is_taken(row.path)
            ]
        )
        self._spool.expect({row.path for row in given if row.path in self._holdings.within})
        for group in holders.in_order(given):
            ready = [row for row in group if left.isdisjoint(self._holdings.members(row.path))]
            left.update({row.path for row in group} - {row.path for row in ready})
            admitted = holders.admit(ready)
            self._on_settled(len(ready) - len(admitted))
            reader = GroupReader(
                self._engine,
                self._stores,
                self._bringer,
                batch_number=self._batch.number,
                cleared=cleared,
                on_settled=self._on_settled,
                note_members=holders.note_members,
                leaving=leaving,
            )
            reader.read(admitted, pool)
            left |= reader.left
        return left

    def keep_archives(self) -> None:
        """Take in the archives that were opened, now that all they hold is through.

        Raises:
            StorageFullError: No space.
        """
        rows = self._found(filter(self._holdings.is_opened, self._holdings.kinds))
        with reading(self._engine) as connection:
            cleared = clearances.cleared(connection)
        holders = self._holders(cleared)
        for group in holders.in_order(rows):
            holders.admit(group)
            self._on_settled(len(group))

    def _holders(self, cleared: frozenset[FileHash]) -> Holders:
        return Holders(
            self._engine,
            self._stores,
            self._batch,
            bringer=self._bringer,
            contents=self._holdings,
            cleared=cleared,
        )

    def _is_taken(self, path: str) -> bool:
        """Whether the bytes of a file are to be had: what refuses a member refuses its bytes."""
        holdings = self._holdings
        if path not in holdings.within:
            return True
        return holdings.is_archive(path) or path not in holdings.refused

    def _is_otherwise_now(self, row: PathRow) -> bool:
        """Whether a file that has not changed was opened then and is refused now, or reversely."""
        reason, _ = self._holdings.refused.get(row.path, ("", ""))
        if self._holdings.is_opened(row.path) != (row.state is PathState.OPENED):
            # Set aside for what it holds, it is looked at again anyhow.
            return row.state is not PathState.QUARANTINED
        if reason:
            return row.state is not PathState.FAILED or row.reason != reason
        return (
            row.state is PathState.FAILED
            and row.file_hash is None
            and row.path in (self._holdings.within)
        )

    def _known(self, scope: Scope | None) -> tuple[dict[str, PathRow], frozenset[FileHash]]:
        """Known paths of the source, within the scope, and what reviewers have cleared."""
        source = self._batch.source_id
        with reading(self._engine) as connection:
            cleared = clearances.cleared(connection)
            if scope is None:
                return files.paths_of(connection, source), cleared
            rows = scopes.paths_below(connection, source, scope.outermost())
        return {path: row for path, row in rows.items() if scope.covers(path)}, cleared

    def _hash(self, file: FoundFile) -> FileHash | None:
        return self._bringer.hash_at(file.path)

    def _found(self, paths: Iterable[str]) -> list[PathRow]:
        found: list[PathRow] = []
        for some in _chunks(sorted(set(paths))):
            with reading(self._engine) as connection:
                rows = files.paths_of_group(connection, self._batch.source_id, some)
            found += [row for row in rows.values() if row.state is PathState.FOUND]
        return found

    def _settle(self, settled: Sequence[Settled]) -> None:
        for some in _chunks(settled):
            with writing(self._engine) as connection:
                files.settle(connection, some)
        self._on_settled(len(settled))


def _tries(row: PathRow, file: FoundFile) -> int:
    """A changed file begins anew."""
    return row.tries if is_same(row, file) else 0


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    source = iter(rows)
    while chunk := list(islice(source, _ROWS_AT_ONCE)):
        yield chunk
