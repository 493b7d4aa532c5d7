"""Storages of old Office and Kingsoft files (OLE): named streams in one file.

Source: Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import olefile

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened_storage(path: Path) -> Iterator[olefile.OleFileIO]:
    """A storage whose damage, wherever it shows, is an :class:`ExtractionError`."""
    # Opened here, so that a disk that refuses is not taken for damage.
    with path.open("rb") as file:
        try:
            with olefile.OleFileIO(file) as storage:
                yield storage
        except (ExtractionError, MemoryError):
            raise
        except Exception as error:
            raise ExtractionError(Reason.DAMAGED, type(error).__name__) from error


def stream_of(storage: olefile.OleFileIO, name: str) -> bytes:
    """The whole of a stream.

    Raises:
        ExtractionError: It is missing, or says that it is longer than the file.
    """
    if not storage.exists(name):
        raise ExtractionError(Reason.DAMAGED, "a stream of the storage is missing")
    # Chains of sectors may run in circles; a stream that fits into the file ends.
    if storage.get_size(name) > storage.fp.seek(0, 2):
        raise ExtractionError(Reason.DAMAGED, "a stream is longer than the file")
    with storage.openstream(name) as stream:
        content: bytes = stream.read()
    return content
