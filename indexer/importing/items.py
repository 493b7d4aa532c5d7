"""Catalogue rows and files, joined: what the records of a batch will be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.catalogue import BadRow
from indexer.containers import EntryKind
from indexer.records import FileRole
from indexer.storage.names import key_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from indexer.access import Secrecy
    from indexer.catalogue import CatalogueFile, CatalogueRow
    from indexer.importing.looking import Holdings


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record to be.

    Attributes:
        key: What identifies it within its source.
        row: Its catalogue row, or ``None`` for a file that no row names.
        files: Paths relative to the folder, with their role, in order.
        is_parted: What is attached to it has a row of its own, so that the whole may show more than
            that row allows.
    """

    key: str
    row: CatalogueRow | None
    files: tuple[tuple[str, FileRole], ...]
    is_parted: bool = False

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


def sealed(
    folder: Path, base: Path, rows: Iterable[CatalogueRow], bad_rows: Iterable[BadRow]
) -> frozenset[str]:
    """Keys of what must not be opened: what rows call state secrets, and what bad rows name.

    Args:
        folder: The folder.
        base: Where the paths of the catalogue begin.
        rows: Usable rows.
        bad_rows: The others; what is wrong with them may be their level.
    """
    places = _Places(folder, base, ())
    secret = (row for row in rows if row.secrecy and row.secrecy.is_state_secret)
    named = [file.path for row in secret for file in row.files]
    named += [path for row in bad_rows for path in row.paths]
    found = {relative for path in named if (relative := places.relative(path))}
    return frozenset(found | {unicodedata.normalize("NFC", each) for each in found})


def join(
    folder: Path,
    manifest: Path | None,
    rows: Iterable[CatalogueRow],
    bad_rows: Iterable[BadRow],
    holdings: Holdings,
) -> Joined:
    """Items for every usable row, then one for every file that no row names.

    A row that names an archive has its members as files, and what is attached to a message or a
    document goes with it, unless another row names it. A row whose files are missing, or lie
    outside the folder, is bad as a whole: a record without a part of it would look complete.
    """
    places = _Places(
        folder,
        manifest.parent if manifest is not None else folder,
        [file.path for file in holdings.files],
    )
    bad = list(bad_rows)
    described: list[tuple[CatalogueRow, list[tuple[str, FileRole]]]] = []
    keys: set[str] = set()
    for row in rows:
        named, problem = _named(row, places)
        key = _key(row, named)
        if problem is None and key in keys:
            problem = BadRow(number=row.number, problem="duplicate_id", value=key)
        if problem is None:
            keys.add(key)
            described.append((row, named))
        else:
            paths = tuple(file.path for file in row.files)
            bad.append(replace(problem, paths=paths, secrecy=row.secrecy))
    secret: dict[str, Secrecy] = {}
    kept_back: dict[str, str] = {}
    for each in bad:
        for found in filter(None, map(places.find, each.paths)):
            for path in (found, *holdings.members(found)):
                kept_back.setdefault(path, f"{each.number}: {each.problem}")
                if each.secrecy and each.secrecy.is_state_secret:
                    secret[path] = each.secrecy
    by_name = {path for _, named in described for path, _ in named}
    opening = _Opening(holdings, frozenset(by_name | kept_back.keys()))
    items = [
        Item(key=_key(row, named), row=row, files=opening.files(named)) for row, named in described
    ]
    for item in items:
        if item.row and item.row.secrecy and item.row.secrecy.is_state_secret:
            secret.update(dict.fromkeys(item.paths, item.row.secrecy))
    listed = {path for item in items for path in item.paths}
    items += opening.loose(listed | kept_back.keys())
    return Joined(
        items=tuple(items),
        bad_rows=tuple(sorted(bad, key=lambda row: row.number)),
        secret=secret,
        kept_back={path: why for path, why in kept_back.items() if path not in listed},
    )


class _Opening:
    """Puts what lies in a file in its place.

    Args:
        holdings: What lies in what.
        apart: Paths that rows name for themselves.
    """

    def __init__(self, holdings: Holdings, apart: frozenset[str]) -> None:
        self._holdings = holdings
        self._apart = apart

    def files(self, named: Sequence[tuple[str, FileRole]]) -> tuple[tuple[str, FileRole], ...]:
        """The files of a row that names these."""
        found: dict[str, FileRole] = {}
        for path, role in named:
            for each, its_role in self._opened(path, role):
                found.setdefault(each, its_role)
        return tuple(found.items())

    def loose(self, taken: AbstractSet[str]) -> list[Item]:
        """An item for each file that no row names; archives that could not be opened come last."""
        first: list[Item] = []
        last: list[Item] = []
        for file in self._holdings.files:
            path = file.path
            if path in taken or self._holdings.is_opened(path) or self._is_attached(path):
                continue
            files = self.files([(path, FileRole.TEXT)])
            if self._holdings.is_archive(path):
                # What it gave are items of their own.
                files = files[-1:]
            item = Item(
                key=f"path:{path}",
                row=None,
                files=files,
                is_parted=any(each in taken for each in self._holdings.members(path)),
            )
            (last if self._holdings.is_archive(path) else first).append(item)
        return first + last

    def _opened(self, path: str, role: FileRole) -> Iterator[tuple[str, FileRole]]:
        is_archive = self._holdings.is_archive(path)
        if not is_archive:
            yield path, role
        for member in self._holdings.below.get(path, ()):
            if member not in self._apart:
                yield from self._opened(member, role if is_archive else FileRole.ATTACHMENT)
        if is_archive and not self._holdings.is_opened(path):
            yield path, role

    def _is_attached(self, path: str) -> bool:
        """Whether a file belongs to a message or a document that it lies in."""
        holder = path
        while holder in self._holdings.within:
            holder = self._holdings.holder(holder)
            if self._holdings.kinds[holder] is EntryKind.DOCUMENT:
                return True
        return False


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


def _named(row: CatalogueRow, places: _Places) -> tuple[list[tuple[str, FileRole]], BadRow | None]:
    files: list[tuple[str, FileRole]] = []
    problem = None
    for file in row.files:
        path = places.find(file.path)
        if path is None:
            problem = problem or _problem(row, file, places)
        elif path not in {known for known, _ in files}:
            files.append((path, FileRole.ATTACHMENT if file.is_attachment else FileRole.TEXT))
    return files, problem


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
