"""The files of a folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import ImportRefusedError
from indexer.storage.names import is_noise, key_of, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.importing.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file as the folder shows it.

    Attributes:
        path: Its key (see :mod:`indexer.storage.names`) relative to the folder.
        size: Bytes. modified_ns: Its mtime.
    """

    path: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What was met below a folder.

    Attributes:
        files: In the order of their folders and names.
        passed_over: Hidden and temporary files and folders, links, and what is no file.
        unreadable: Folders that could not be listed.
    """

    files: tuple[FoundFile, ...]
    passed_over: int
    unreadable: tuple[str, ...]


def walk(folder: Path, *, leave_out: frozenset[Path] = frozenset()) -> Walk:
    """Every file below ``folder``.

    Args:
        folder: Where to begin; links inside it are not followed.
        leave_out: Files and folders that are no archive: the catalogue, the data folder.

    Raises:
        ImportRefusedError: The folder itself cannot be read.
    """
    return _walked(folder, [folder], leave_out)


def walk_part(folder: Path, scope: Scope, *, leave_out: frozenset[Path] = frozenset()) -> Walk:
    """The files of ``scope`` below ``folder``, by the rules of :func:`walk`.

    What is not there any more is no error: it is simply not found.

    Raises:
        ImportRefusedError: The folder itself cannot be read.
    """
    tops = [locate(folder, path) for path in scope.outermost()]
    return _walked(folder, [top for top in tops if _is_entered(folder, top, leave_out)], leave_out)


def _walked(folder: Path, tops: list[Path], leave_out: frozenset[Path]) -> Walk:
    if not folder.is_dir():
        raise ImportRefusedError(f"{folder} is not a folder")
    files: list[FoundFile] = []
    unreadable: list[OSError] = []
    passed_over = 0
    for top in tops:
        for entry, is_wanted in _entries(top, leave_out, unreadable):
            if is_wanted and (found := _found(folder, Path(entry))):
                files.append(found)
            else:
                passed_over += 1
    refused = {Path(error.filename): error for error in unreadable}
    if folder in refused:
        raise ImportRefusedError(f"{folder} cannot be read: {refused[folder].strerror}")
    return Walk(
        files=tuple(files),
        passed_over=passed_over,
        unreadable=tuple(key_of(path.relative_to(folder)) for path in refused),
    )


def _entries(
    folder: Path, leave_out: frozenset[Path], unreadable: list[OSError]
) -> Iterator[tuple[str, bool]]:
    """Files, with whether they are wanted, and folders that are passed over."""
    if not folder.is_dir():
        yield str(folder), True
        return
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        here = Path(parent)
        entered = [
            name
            for name in sorted(folders)
            if not is_noise(name) and not (here / name).is_symlink()
        ]
        for name in set(folders).difference(entered):
            yield os.path.join(parent, name), False  # noqa: PTH118 - names may be no UTF-8
        folders[:] = [name for name in entered if here / name not in leave_out]
        for name in sorted(names):
            if here / name not in leave_out:
                yield os.path.join(parent, name), not is_noise(name)  # noqa: PTH118


def _is_entered(folder: Path, top: Path, leave_out: frozenset[Path]) -> bool:
    """Whether a walk from ``folder`` would have come by ``top``."""
    if ".." in top.parts or not os.path.lexists(top):
        return False
    way = [top, *top.parents]
    inside = way[: way.index(folder)] if folder in way else []
    return bool(inside) and not any(
        is_noise(each.name) or each.is_symlink() or each in leave_out for each in inside
    )


def _found(folder: Path, path: Path) -> FoundFile | None:
    key = key_of(path.relative_to(folder))
    try:
        status = path.lstat()
    except OSError:
        # Gone or forbidden since it was listed: reading it will say so.
        return FoundFile(path=key, size=0, modified_ns=0)
    if not stat.S_ISREG(status.st_mode):
        return None
    return FoundFile(path=key, size=status.st_size, modified_ns=status.st_mtime_ns)
