"""One import at a time: two would count and undo each other's files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.errors import ImportRefusedError, WriterLockedError
from indexer.indexing.lock import writer_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def import_lock(data: Path) -> Iterator[None]:
    """Hold the importer of the archive in ``data``; the kernel lets go if the process dies.

    Raises:
        ImportRefusedError: Another process imports or undoes; the error says which.
    """
    lock = writer_lock(data / "importing")
    try:
        lock.__enter__()
    except WriterLockedError as error:
        raise ImportRefusedError(f"an import is being run by {error.holder}") from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
