"""Files that hold others, taken in after what they hold.

The original of an archive or a message holds its members whatever becomes of them: it is kept only
when all of them are through the guard, and set aside where one of them is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading, writing
from indexer.extraction import Reason
from indexer.extraction.kinds import HEAD, kind_of_head
from indexer.importing.quarantine import COPY, isolate_catalogued, isolate_holder
from indexer.importing.rereading import BAD_ROW
from indexer.importing.settling import (
    kept_back,
    like,
    opened,
    refused_archive,
    unreadable,
)
from indexer.repositories import files, holdings
from indexer.repositories.files import ContentState, PathState
from indexer.storage.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from indexer.importing.bringing import Bringer, Brought
    from indexer.importing.looking import Holdings
    from indexer.importing.stores import Stores
    from indexer.records import FileHash
    from indexer.repositories.batches import BatchRow
    from indexer.repositories.files import ContentRow, PathRow, Settled

_ROWS_AT_ONCE: Final = 500
_DONE: Final = frozenset({ContentState.EXTRACTED, ContentState.OPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What its members mean for a file that holds them.

    Attributes:
        marking: Of a member that is quarantined, else ``None``.
        kept_back: Why a member must not be read until the catalogue is mended, else ``None``.
        hashes: Contents of its members.
    """

    marking: str | None
    kept_back: str | None
    hashes: frozenset[FileHash]


class Holders:
    """The files of one batch that hold others.

    Args:
        engine: Database.
        stores: Where originals go.
        batch: The batch.
        bringer: Brings them in.
        contents: What lies in what.
        cleared: Contents that a reviewer has cleared of a marking.
    """

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        batch: BatchRow,
        *,
        bringer: Bringer,
        contents: Holdings,
        cleared: frozenset[FileHash],
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._batch = batch
        self._bringer = bringer
        self._contents = contents
        self._cleared = cleared

    def in_order(self, rows: Sequence[PathRow]) -> Iterator[list[PathRow]]:
        """The rows in groups, what lies in others before those."""
        by_depth: dict[int, list[PathRow]] = {}
        for row in rows:
            holds = row.path in self._contents.below
            # What holds nothing can come in with the deepest.
            depth = self._contents.depth(row.path) if holds else -1
            by_depth.setdefault(depth, []).append(row)
        if -1 in by_depth:
            yield by_depth.pop(-1)
        for depth in sorted(by_depth, reverse=True):
            yield by_depth[depth]

    def admit(self, rows: Sequence[PathRow]) -> list[PathRow]:
        """Those whose own text may be read; archives, and what holds a secret, are settled here.

        Raises:
            StorageFullError: No space.
        """
        admitted: list[PathRow] = []
        for row in rows:
            if not (row.path in self._contents.below or self._contents.is_archive(row.path)):
                admitted.append(row)
                continue
            verdict = self._verdict(row)
            if verdict.marking is not None:
                self._isolate(row, verdict.marking)
            elif verdict.kept_back is not None:
                self._settle(kept_back(row, verdict.kept_back))
            elif self._contents.is_archive(row.path):
                self._keep(row, verdict.hashes)
            else:
                admitted.append(row)
        return admitted

    def note_members(self, connection: Connection, brought: Sequence[Brought]) -> None:
        """Note what lies in contents that are brought in, while nobody can ask for them yet."""
        for each in brought:
            if each.file_hash is not None and each.row.path in self._contents.below:
                rows = self._members(connection, each.row)
                hashes = {row.file_hash for row in rows if row.file_hash is not None}
                holdings.note(connection, each.file_hash, hashes)

    def _verdict(self, row: PathRow) -> _Verdict:
        with reading(self._engine) as connection:
            members = list(self._members(connection, row))
        marked = [each for each in members if each.state is PathState.QUARANTINED]
        back = [each for each in members if each.reason == BAD_ROW]
        return _Verdict(
            marking=marked[0].detail if marked else None,
            kept_back=back[0].detail if back else None,
            hashes=frozenset(each.file_hash for each in members if each.file_hash),
        )

    def _members(self, connection: Connection, row: PathRow) -> Iterator[PathRow]:
        paths = list(self._contents.members(row.path))
        for start in range(0, len(paths), _ROWS_AT_ONCE):
            some = paths[start : start + _ROWS_AT_ONCE]
            yield from files.paths_of_group(connection, row.source_id, some).values()

    def _isolate(self, row: PathRow, marking: str) -> None:
        brought = self._bringer.hash(row)
        if brought.file_hash is None:
            self._settle(unreadable(brought))
            return
        isolate_holder(
            self._engine, self._stores, self._batch.number, row, brought.file_hash, marking
        )

    def _keep(self, row: PathRow, members: frozenset[FileHash]) -> None:
        """Settle an archive; its original is kept unless it lies in another that is."""
        if self._contents.is_opened(row.path) and row.path in self._contents.within:
            self._settle(opened(row, None))
            return
        (brought,) = self._bringer.bring([row])
        if brought.file_hash is None:
            self._settle(unreadable(brought))
            return
        with writing(self._engine) as connection:
            content, is_secret = self._note(connection, brought, brought.file_hash, members)
        if is_secret:
            isolate_catalogued(
                self._engine,
                self._stores,
                self._batch.number,
                row,
                brought.file_hash,
                content.marking,
                COPY,
            )
        elif content.state is ContentState.QUARANTINED:
            self._stores.originals.remove(brought.file_hash)

    def _note(
        self,
        connection: Connection,
        brought: Brought,
        file_hash: FileHash,
        members: frozenset[FileHash],
    ) -> tuple[ContentRow, bool]:
        """Note an archive's content and settle its path, unless a catalogue calls it secret."""
        place = self._bringer.place_of(brought.row)
        content = files.store_contents(
            connection, self._batch.number, {file_hash: (brought.size, place)}
        )[file_hash]
        for start in range(0, len(members), _ROWS_AT_ONCE):
            some = sorted(members)[start : start + _ROWS_AT_ONCE]
            holdings.note(connection, file_hash, some)
        if content.state is ContentState.QUARANTINED:
            if files.catalogued_secret(connection, [file_hash]):
                return content, True
            if content.reason == Reason.QUARANTINED and file_hash not in self._cleared:
                files.settle(connection, [like(content, brought)])
                return content, False
        reason, detail = self._contents.refused.get(brought.row.path, ("", ""))
        if content.state not in _DONE:
            outcome = {
                "state": ContentState.FAILED if reason else ContentState.OPENED,
                "reason": reason,
                "detail": detail,
                "marking": "",
                "media_type": self._kind_of(brought, file_hash),
                "size": brought.size,
                "in_place": place,
            }
            files.note_outcomes(connection, {file_hash: outcome})
        settled = (
            refused_archive(brought, reason, detail) if reason else opened(brought.row, file_hash)
        )
        files.settle(connection, [settled])
        return files.contents(connection, [file_hash])[file_hash], False

    def _kind_of(self, brought: Brought, file_hash: FileHash) -> str:
        is_here = self._bringer.stays(brought.row)
        path = (
            self._bringer.path(brought.row) if is_here else self._stores.originals.path(file_hash)
        )
        with path.open("rb") as file:
            return kind_of_head(file.read(HEAD), shown_name(brought.row.path))

    def _settle(self, settled: Settled) -> None:
        with writing(self._engine) as connection:
            files.settle(connection, [settled])
