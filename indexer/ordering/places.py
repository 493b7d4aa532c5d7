"""Folders on the server that the pages may import from: those below the operator's roots.

A way is a number of a root and a key below it (see :mod:`indexer.storage.names`). Links are neither
shown nor followed: one could lead anywhere on the machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.catalogue.reading import TABLES
from indexer.errors import ImportRefusedError
from indexer.storage.names import key_of, locate, shown, shown_name

if TYPE_CHECKING:
    from indexer.settings import IndexerSettings

COUNTED: Final = 10_000
"""Entries of a folder that are counted at most: a page must not wait for a slow disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder below a root.

    Attributes:
        key: Below its root, ``""`` for the root itself. name: For people.
        folders: Folders in it. files: Files in it, not counting those in its folders.
        is_whole: Whether all of it was counted.
    """

    key: str
    name: str
    folders: int
    files: int
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """A folder with what lies in it.

    Attributes:
        way: The folders that lead to it from its root, as key and name, itself last.
        catalogues: Files in it that may be a catalogue, as key and name.
    """

    root: int
    here: Place
    path: Path
    way: tuple[tuple[str, str], ...]
    inside: tuple[Place, ...]
    catalogues: tuple[tuple[str, str], ...]


def open_place(settings: IndexerSettings, root: int, key: str) -> OpenPlace:
    """A folder below a root, looked into.

    Raises:
        ImportRefusedError: There is no such folder, it cannot be read, or it is out of bounds.
    """
    folder = folder_at(settings, root, key)
    base = settings.import_roots[root]
    try:
        entries = _entries(folder)
    except OSError as error:
        raise ImportRefusedError(f"{folder} cannot be read: {error.strerror}") from error
    folders = [each for each in entries if each.is_dir(follow_symlinks=False)]
    files = [each for each in entries if each.is_file(follow_symlinks=False)]
    parts = key.split("/") if key else []
    way = [("/".join(parts[: end + 1]), shown(part)) for end, part in enumerate(parts)]
    return OpenPlace(
        root=root,
        here=_place(base, folder),
        path=folder,
        way=(("", base.name or str(base)), *way),
        inside=tuple(_place(base, Path(each.path)) for each in folders),
        catalogues=tuple(
            (key, shown_name(key))
            for key in (key_of(Path(each.path).relative_to(base)) for each in files)
            if key.lower().endswith(TABLES)
        ),
    )


def folder_at(settings: IndexerSettings, root: int, key: str) -> Path:
    """The folder at a way.

    Raises:
        ImportRefusedError: There is none, or it is out of bounds.
    """
    path = _inside(settings, root, key)
    if not path.is_dir():
        raise ImportRefusedError(f"{path} is not a folder")
    return path


def file_at(settings: IndexerSettings, root: int, key: str) -> Path:
    """The file at a way.

    Raises:
        ImportRefusedError: There is none, or it is out of bounds.
    """
    path = _inside(settings, root, key)
    if not path.is_file():
        raise ImportRefusedError(f"{path} is not a file")
    return path


def require_allowed(settings: IndexerSettings, path: Path) -> None:
    """Nothing, if a path lies where the pages may import from, by whatever links it is reached.

    Raises:
        ImportRefusedError: It does not: what was allowed when it was ordered may have been put
            elsewhere since.
    """
    real = path.resolve()
    data = settings.data.resolve()
    allowed = [*settings.import_roots, settings.uploads.resolve()]
    is_own = real.is_relative_to(data) and not real.is_relative_to(settings.uploads.resolve())
    if is_own or not any(real.is_relative_to(root) for root in allowed):
        raise ImportRefusedError(f"{path} does not lie where the pages may import from")


def _inside(settings: IndexerSettings, root: int, key: str) -> Path:
    if not 0 <= root < len(settings.import_roots):
        raise ImportRefusedError(f"there is no root {root}")
    base = settings.import_roots[root]
    if "\0" in key or (key and not {"", ".", ".."}.isdisjoint(key.split("/"))):
        raise ImportRefusedError(f"{key!r} leads out of {base}")
    try:
        path = locate(base, key) if key else base
        # Resolved, it must be what it says: any link on the way shows here.
        is_plain = path.resolve(strict=True) == path
    except (OSError, ValueError, RuntimeError):
        raise ImportRefusedError(f"there is no {key!r} below {base}") from None
    if not is_plain or not path.is_relative_to(base):
        raise ImportRefusedError(f"{key!r} leads out of {base}")
    if path.is_relative_to(settings.data.resolve()):
        raise ImportRefusedError(f"{path} lies inside the data folder of this service")
    return path


def _place(base: Path, folder: Path) -> Place:
    key = key_of(folder.relative_to(base))
    key = "" if key == "." else key
    try:
        entries = _entries(folder)
    except OSError:
        entries = []
    return Place(
        key=key,
        name=shown_name(key) if key else base.name or str(base),
        folders=sum(each.is_dir(follow_symlinks=False) for each in entries),
        files=sum(each.is_file(follow_symlinks=False) for each in entries),
        is_whole=len(entries) < COUNTED,
    )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder and is no link and not hidden, by name."""
    found: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(".") and not entry.is_symlink():
                found.append(entry)
            if len(found) >= COUNTED:
                break
    return sorted(found, key=lambda entry: os.fsencode(entry.name))
