"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from indexer.errors import StorageError, StorageFullError

if TYPE_CHECKING:
    from collections.abc import Iterator


PARTIAL: Final = ".partial-"
"""How the names of what is not whole yet begin."""


def write_atomically(path: Path, content: bytes, *, incoming: Path, mode: int = 0o640) -> None:
    """Write a file durably under its name in one step.

    Args:
        path: The name it gets.
        content: Its bytes.
        incoming: Folder on the same disk where it stands until it is whole.
        mode: Its permissions.

    Raises:
        StorageFullError: No space; nothing half-written stays.
        StorageError: The folder refuses the write.
    """
    with partial_file(incoming) as file:
        file.write(content)
        keep(file, path, mode)


def sweep(incoming: Path) -> None:
    """Clear away what a killed process left half-written; only while nobody writes there."""
    for path in incoming.glob(f"{PARTIAL}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def partial_file(folder: Path) -> Iterator[IO[bytes]]:
    """A nameless file in ``folder`` that is gone after the block unless :func:`keep` named it.

    Raises:
        StorageFullError: No space. StorageError: The folder refuses the write.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=PARTIAL, delete=False) as file:
            try:
                yield file
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFullError(f"no space left in {folder}") from error
        raise StorageError(f"cannot write in {folder}: {error.strerror}") from error


def keep(file: IO[bytes], path: Path, mode: int = 0o640) -> None:
    """Give a partial file its name, durably; a file of that name is replaced."""
    file.flush()
    os.fchmod(file.fileno(), mode)
    os.fsync(file.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    Path(file.name).replace(path)
    _sync(path.parent)


def move_in(source: Path, path: Path) -> bool:
    """Whether there was a plain file at ``source``; it stands durably at ``path`` now.

    Raises:
        StorageFullError: No space. StorageError: The folder refuses it.
    """
    try:
        status = source.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        source.replace(path)
        _sync(path.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(f"cannot write in {path.parent}: {error.strerror}") from error
    return True


def in_folders(root: Path, pattern: str) -> Iterator[Path]:
    """What lies in the folders of two letters in ``root``, in order, one folder after another.

    A name that belongs into another folder is nothing that was put there, or could be asked for.
    """
    for folder in sorted(root.glob("??")):
        yield from sorted(folder.glob(f"{folder.name}{pattern}"))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
