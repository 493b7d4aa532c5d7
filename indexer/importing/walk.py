"""The files of a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.errors import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOISE: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file as the folder shows it.

    Attributes:
        path: Relative to the folder, with ``/``. size: Bytes. modified_ns: Its mtime.
    """

    path: str
    size: int
    modified_ns: int


def walk(folder: Path, *, leave_out: frozenset[Path] = frozenset()) -> Iterator[FoundFile]:
    """Every file below ``folder``, by path; hidden and temporary ones and links are passed over.

    Args:
        folder: Where to begin. leave_out: Files that are no records (the catalogue itself).

    Raises:
        ImportRefusedError: The folder itself cannot be read.
    """
    if not folder.is_dir():
        raise ImportRefusedError(f"{folder} is not a folder")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise ImportRefusedError(f"{folder} cannot be read: {error.strerror}") from error
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")) or name.lower() in _NOISE:
                continue
            path = Path(parent) / name
            if path in leave_out or path.is_symlink() or not path.is_file():
                continue
            yield _found(folder, path)


def _found(folder: Path, path: Path) -> FoundFile:
    relative = str(PurePosixPath(path.relative_to(folder)))
    try:
        status = path.stat()
    except OSError:
        # Gone or forbidden since it was listed: reading it will say so.
        return FoundFile(path=relative, size=0, modified_ns=0)
    return FoundFile(path=relative, size=status.st_size, modified_ns=status.st_mtime_ns)
