"""Bytes from the archivist's folder: copied and hashed in one reading, or hashed in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import SourceUnreadableError
from indexer.extraction import Reason
from indexer.importing.spool import CHANGED
from indexer.storage.names import locate
from indexer.storage.originals import hash_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.importing.looking import Holdings
    from indexer.importing.spool import Spool
    from indexer.importing.stores import Stores
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it was when it was read, or why it could not be.

    Attributes:
        row: Its path as it was noted.
        file_hash: Its content; ``None`` if it could not be read.
        reason: Why not, as a word of :class:`indexer.extraction.Reason`.
        problem: What exactly.
    """

    row: PathRow
    size: int
    modified_ns: int
    file_hash: FileHash | None
    reason: str = Reason.UNREADABLE
    problem: str = ""


class Bringer:
    """Reads the files of one folder, and those that lie within them.

    Args:
        folder: The folder.
        stores: Where copies go.
        holdings: Which files lie in others.
        spool: Where those are unpacked to.
        in_place: Originals stay where they are. What lies in another file has no place of its own
            and is copied all the same.
    """

    def __init__(
        self, folder: Path, stores: Stores, holdings: Holdings, spool: Spool, *, in_place: bool
    ) -> None:
        self._folder = folder
        self._stores = stores
        self._holdings = holdings
        self._spool = spool
        self._in_place = in_place

    def bring(self, rows: Sequence[PathRow]) -> list[Brought]:
        """Each file, copied into the store unless originals stay where they are.

        Raises:
            StorageFullError: No space; nothing half-written stays.
        """
        add = self._stores.originals.add
        return [self._read(row, hash_file if self.stays(row) else add) for row in rows]

    def hash(self, row: PathRow) -> Brought:
        """A file's hash; nothing of it is kept."""
        return self._read(row, hash_file)

    def hash_at(self, path: str) -> FileHash | None:
        """The hash of a file that has no row yet, or ``None`` if it cannot be read."""
        try:
            return hash_file(locate(self._folder, path))
        except (SourceUnreadableError, OSError):
            return None

    def path(self, row: PathRow) -> Path:
        """Where the file stands in the folder."""
        return locate(self._folder, row.path)

    def stays(self, row: PathRow) -> bool:
        """Whether the original stays where it is."""
        return self._in_place and row.path not in self._holdings.within

    def place_of(self, row: PathRow) -> str | None:
        """Where an original that stays in place can be found again, or ``None``."""
        # By its key: the path itself may hold bytes that no database takes.
        return str(self._folder / row.path) if self.stays(row) else None

    def has_changed(self, brought: Brought) -> bool:
        """Whether a file is no longer as it was when it was read."""
        try:
            now = self.path(brought.row).stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != (brought.size, brought.modified_ns)

    def _read(self, row: PathRow, how: Callable[[Path], FileHash]) -> Brought:
        if row.path in self._holdings.within:
            return self._read_member(row, how)
        path = self.path(row)
        size, modified_ns = row.size, row.modified_ns
        file_hash, problem = None, CHANGED
        try:
            before = path.stat()
            size, modified_ns = before.st_size, before.st_mtime_ns
            file_hash = how(path)
        except SourceUnreadableError as error:
            problem = str(error)
        except OSError as error:
            problem = error.strerror or ""
        brought = Brought(row=row, size=size, modified_ns=modified_ns, file_hash=file_hash)
        if file_hash is not None and not self.has_changed(brought):
            return brought
        return replace(brought, file_hash=None, problem=problem)

    def _read_member(self, row: PathRow, how: Callable[[Path], FileHash]) -> Brought:
        brought = Brought(row=row, size=row.size, modified_ns=row.modified_ns, file_hash=None)
        found = self._spool.fetch(row.path)
        if isinstance(found, tuple):
            reason, detail = found
            return replace(brought, reason=reason, problem=detail)
        try:
            return replace(brought, file_hash=how(found))
        finally:
            self._spool.drop(row.path)
