"""One import at a time: two would count and undo each other's files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from indexer.errors import ImportRunningError, WriterLockedError
from indexer.indexing.lock import holder, writer_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.indexing.lock import LockHolder

_FOLDER: Final = "importing"


@contextmanager
def import_lock(data: Path) -> Iterator[None]:
    """Hold the importer of the archive in ``data``; the kernel lets go if the process dies.

    Raises:
        ImportRunningError: Another process imports or undoes; the error says which.
    """
    lock = writer_lock(data / _FOLDER)
    try:
        lock.__enter__()
    except WriterLockedError as error:
        raise ImportRunningError(error.holder) from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def import_holder(data: Path) -> LockHolder | None:
    """Who imports or undoes in the archive in ``data``, or ``None`` where nobody seems to."""
    return holder(data / _FOLDER)
