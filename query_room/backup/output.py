"""A new file that is there whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from indexer.errors import StorageError, StorageFullError
from query_room.errors import BackupRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = ".query-room-unfinished-"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def require_new(path: Path) -> None:
    """Make sure before long work that there is a folder and no file of that name.

    Raises:
        BackupRefusedError: There is such a file already. StorageError: There is no such folder.
    """
    if os.path.lexists(path):
        raise BackupRefusedError("file_exists", str(path))
    if not path.parent.is_dir():
        raise StorageError(f"there is no folder {path.parent}")


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when the block ends, durably, and is gone when the block raises.

    Its owner alone may read it. What a killed process left in the folder is cleared away.

    Raises:
        BackupRefusedError: There is such a file already.
        StorageFullError: No space. StorageError: The folder refuses the write.
    """
    require_new(path)
    try:
        _sweep(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, delete=False) as file:
            try:
                # Says that somebody is still at it; the kernel takes it back if they die.
                fcntl.flock(file, fcntl.LOCK_EX)
                yield file
                file.flush()
                os.fsync(file.fileno())
                _name(Path(file.name), path)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError(f"no space left in {path.parent}") from error
        raise StorageError(f"{path.parent}: {error.strerror}") from error


def _name(partial: Path, path: Path) -> None:
    try:
        # A link, not a rename: a file that appeared meanwhile is never replaced.
        os.link(partial, path)
    except FileExistsError as error:
        raise BackupRefusedError("file_exists", str(path)) from error
    except PermissionError:
        # FAT and some network shares know no links.
        require_new(path)
        partial.rename(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
