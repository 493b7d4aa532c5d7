"""Bytes from the archivist's folder: copied and hashed in one reading, or hashed in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import SourceUnreadableError
from indexer.storage.names import locate
from indexer.storage.originals import hash_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.importing.stores import Stores
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow

_CHANGED = "it changed while it was read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it was when it was read, or why it could not be.

    Attributes:
        row: Its path as it was noted.
        file_hash: Its content; ``None`` if it could not be read.
        problem: Why not.
    """

    row: PathRow
    size: int
    modified_ns: int
    file_hash: FileHash | None
    problem: str = ""


class Bringer:
    """Reads the files of one folder.

    Args:
        folder: The folder.
        stores: Where copies go.
        in_place: Originals stay where they are.
    """

    def __init__(self, folder: Path, stores: Stores, *, in_place: bool) -> None:
        self._folder = folder
        self._stores = stores
        self.in_place = in_place

    def bring(self, rows: Sequence[PathRow]) -> list[Brought]:
        """Each file, copied into the store unless originals stay where they are.

        Raises:
            StorageFullError: No space; nothing half-written stays.
        """
        how = hash_file if self.in_place else self._stores.originals.add
        return [self._read(row, how) for row in rows]

    def hash(self, row: PathRow) -> Brought:
        """A file's hash; nothing of it is kept."""
        return self._read(row, hash_file)

    def path(self, row: PathRow) -> Path:
        """Where the file stands in the folder."""
        return locate(self._folder, row.path)

    def place_of(self, row: PathRow) -> str | None:
        """Where an original that stays in place can be found again, or ``None``."""
        # By its key: the path itself may hold bytes that no database takes.
        return str(self._folder / row.path) if self.in_place else None

    def has_changed(self, brought: Brought) -> bool:
        """Whether a file is no longer as it was when it was read."""
        try:
            now = self.path(brought.row).stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != (brought.size, brought.modified_ns)

    def _read(self, row: PathRow, how: Callable[[Path], FileHash]) -> Brought:
        path = self.path(row)
        size, modified_ns = row.size, row.modified_ns
        file_hash, problem = None, _CHANGED
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
        return Brought(row=row, size=size, modified_ns=modified_ns, file_hash=None, problem=problem)
