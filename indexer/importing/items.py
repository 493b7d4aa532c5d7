"""Catalogue rows and files, joined: what the records of a batch will be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.catalogue import BadRow
from indexer.records import FileRole
from indexer.storage.names import key_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from indexer.access import Secrecy
    from indexer.catalogue import CatalogueFile, CatalogueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record to be.

    Attributes:
        key: What identifies it within its source.
        row: Its catalogue row, or ``None`` for a file that no row names.
        files: Paths relative to the folder, with their role, in order.
    """

    key: str
    row: CatalogueRow | None
    files: tuple[tuple[str, FileRole], ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its files."""
        return tuple(path for path, _ in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A catalogue and a folder, brought together.

    Attributes:
        items: One per usable row, then one per file that no row names.
        bad_rows: Rows that cannot be used, by number.
        secret: Paths that a row declares a state secret: they must not be opened.
        kept_back: Paths that only bad rows name, with the row's number and problem. They belong to
            those rows, and what is wrong there may be their level: they are not read either.
    """

    items: tuple[Item, ...]
    bad_rows: tuple[BadRow, ...]
    secret: dict[str, Secrecy]
    kept_back: dict[str, str]


def join(
    folder: Path,
    manifest: Path | None,
    rows: Iterable[CatalogueRow],
    bad_rows: Iterable[BadRow],
    paths: Sequence[str],
) -> Joined:
    """Items for every usable row, then one for every file that no row names.

    A row whose files are missing, or lie outside the folder, is bad as a whole: a record without a
    part of it would look complete.
    """
    places = _Places(folder, manifest.parent if manifest is not None else folder, paths)
    items: list[Item] = []
    bad = list(bad_rows)
    keys: set[str] = set()
    for row in rows:
        item, problem = _item(row, places)
        if problem is None and item.key in keys:
            problem = BadRow(number=row.number, problem="duplicate_id", value=item.key)
        if problem is None:
            keys.add(item.key)
            items.append(item)
        else:
            named = tuple(file.path for file in row.files)
            bad.append(replace(problem, paths=named, secrecy=row.secrecy))
    secret: dict[str, Secrecy] = {}
    kept_back: dict[str, str] = {}
    for item in items:
        if item.row and item.row.secrecy and item.row.secrecy.is_state_secret:
            secret.update(dict.fromkeys(item.paths, item.row.secrecy))
    for each in bad:
        for path in filter(None, map(places.find, each.paths)):
            kept_back.setdefault(path, f"{each.number}: {each.problem}")
            if each.secrecy and each.secrecy.is_state_secret:
                secret[path] = each.secrecy
    listed = {path for item in items for path in item.paths}
    items += [
        Item(key=f"path:{path}", row=None, files=((path, FileRole.TEXT),))
        for path in paths
        if path not in listed and path not in kept_back
    ]
    return Joined(
        items=tuple(items),
        bad_rows=tuple(sorted(bad, key=lambda row: row.number)),
        secret=secret,
        kept_back={path: why for path, why in kept_back.items() if path not in listed},
    )


class _Places:
    """Finds the files that rows name."""

    def __init__(self, folder: Path, base: Path, paths: Sequence[str]) -> None:
        self._folder = folder
        self._base = base
        self._known = {path: path for path in paths}
        # A catalogue and a disk may spell one name differently: decomposed, or in GBK.
        for path in paths:
            if not path.isascii() or "\\x" in path:
                self._known.setdefault(unicodedata.normalize("NFC", shown(path)), path)

    def find(self, named: str) -> str | None:
        """The path of a file that was found, or ``None``."""
        relative = self.relative(named)
        if relative is None:
            return None
        return self._known.get(relative) or self._known.get(unicodedata.normalize("NFC", relative))

    def relative(self, named: str) -> str | None:
        """Where a name leads within the folder, or ``None`` if it leads out of it."""
        try:
            # Catalogues made on Windows part folders by backslashes.
            path = (self._base / named.replace("\\", "/")).resolve()
            return key_of(path.relative_to(self._folder))
        except (ValueError, OSError):  # outside; too long for any file system
            return None


def _item(row: CatalogueRow, places: _Places) -> tuple[Item, BadRow | None]:
    files: list[tuple[str, FileRole]] = []
    problem = None
    for file in row.files:
        path = places.find(file.path)
        if path is None:
            problem = problem or _problem(row, file, places)
        elif path not in {known for known, _ in files}:
            files.append((path, FileRole.ATTACHMENT if file.is_attachment else FileRole.TEXT))
    return Item(key=_key(row, files), row=row, files=tuple(files)), problem


def _problem(row: CatalogueRow, file: CatalogueFile, places: _Places) -> BadRow:
    word = "outside_folder" if places.relative(file.path) is None else "file_missing"
    return BadRow(number=row.number, problem=word, value=file.path)


def _key(row: CatalogueRow, files: Sequence[tuple[str, FileRole]]) -> str:
    if row.external_id:
        return f"id:{row.external_id}"
    if row.texts.get("archival_code"):
        return f"code:{row.texts['archival_code']}"
    if files:
        # Not "path:", the key of a file without a row: what was catalogued once must be told apart.
        return f"file:{files[0][0]}"
    return f"row:{row.texts.get('title', '')}|{row.date.isoformat() if row.date else ''}"
