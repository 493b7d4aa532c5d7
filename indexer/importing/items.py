"""Catalogue rows and files, joined: what the records of a batch will be.

A row and a file come together on one of four grounds, in this order: the row names the file; the
row's 档号 stands in the name of the file or its folder; the file is called as the row's document
number or title; or, only where an archivist has settled it for this form, they have the same place
in their folder. Where more than one could be meant they stay apart and are listed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.access import Disclosure, Opening, Secrecy
from indexer.catalogue import BadRow, PageRange
from indexer.containers import EntryKind
from indexer.importing.joining import Joining
from indexer.importing.places import Places
from indexer.records import FileRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from indexer.catalogue import CatalogueRow
    from indexer.catalogue.manifest import Catalogue
    from indexer.importing.joining import Ambiguity, Match, UnevenFolder
    from indexer.importing.looking import Holdings


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record to be.

    Attributes:
        key: What identifies it within its source.
        row: Its catalogue row, or ``None`` for a file that no row names.
        files: Paths relative to the folder, with their role, in order.
        pages: Of its only file, where other records share that; ``None`` is the whole of it.
        former_keys: By which it may be known from an import with another catalogue or profile.
        is_unclear: It has no row, and a row that restricts is without its file: it may be this one.
        is_parted: What is attached to it has a row of its own, so that the whole may show more than
            that row allows.
    """

    key: str
    row: CatalogueRow | None
    files: tuple[tuple[str, FileRole], ...]
    pages: PageRange | None = None
    former_keys: tuple[str, ...] = ()
    is_unclear: bool = False
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
        bad_rows: Rows that cannot be used, in their order.
        secret: Paths that a row declares a state secret: they must not be opened.
        kept_back: Paths that only bad rows name, with the row's number and problem. They belong to
            those rows, and what is wrong there may be their level: they are not read either.
        matches: What came together, and on which ground.
        without_file: Usable rows without a file.
        ambiguous: What was left apart because more than one could be meant.
        uneven: Folders that were to be joined by order, and whose numbers differ.
    """

    items: tuple[Item, ...]
    bad_rows: tuple[BadRow, ...]
    secret: dict[str, Secrecy]
    kept_back: dict[str, str]
    matches: tuple[Match, ...] = ()
    without_file: tuple[CatalogueRow, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    uneven: tuple[UnevenFolder, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all items."""
        return frozenset(item.key for item in self.items)


def sealed(folder: Path, base: Path, catalogue: Catalogue, paths: Sequence[str]) -> frozenset[str]:
    """Keys of what must not be opened: what rows call state secrets, and what bad rows may mean.

    Args:
        folder: The folder.
        base: Where the paths of the catalogue begin.
        catalogue: Its rows; what is wrong with those that cannot be used may be their level.
        paths: Keys of the files of the folder, none of which is opened yet.
    """
    joining = Joining(folder, base, catalogue, paths)
    places = Places(folder, base, ())
    unusable = {(each.row.sheet, each.row.number) for each in catalogue.unusable}
    found: set[str] = set()
    for row in catalogue.in_order:
        is_secret = row.secrecy is not None and row.secrecy.is_state_secret
        if is_secret or (row.sheet, row.number) in unusable:
            found.update(joining.claimed_by(row))
            # Members of archives are not known yet, but may be named.
            found.update(each for file in row.files for each in places.keys(file.path))
    return frozenset(found | {unicodedata.normalize("NFC", each) for each in found})


def join(folder: Path, manifest: Path | None, catalogue: Catalogue, holdings: Holdings) -> Joined:
    """Items for every usable row, then one for every file that no row names.

    A row that names an archive has its members as files, and what is attached to a message or a
    document goes with it, unless another row names it. A row whose files are missing, or lie
    outside the folder, is bad as a whole: a record without a part of it would look complete.
    """
    joining = Joining(
        folder,
        manifest.parent if manifest is not None else folder,
        catalogue,
        [file.path for file in holdings.files],
        inner=frozenset(
            file.path
            for file in holdings.files
            if holdings.is_opened(file.path) or is_attached(holdings, file.path)
        ),
    )
    problems: list[BadRow] = []
    described = _described(joining, problems)
    secret: dict[str, Secrecy] = {}
    kept_back: dict[str, str] = {}
    for bad in problems:
        for found in joining.claimed_by(bad):
            for path in (found, *holdings.members(found)):
                kept_back.setdefault(path, _named(bad))
                if bad.secrecy and bad.secrecy.is_state_secret:
                    secret[path] = bad.secrecy
    by_name = {path for item in described for path in item.paths}
    opening = _Opening(holdings, frozenset(by_name | kept_back.keys()))
    items = [replace(item, files=opening.files(item.files)) for item in described]
    if any(item.row and item.row.pages for item in items):
        items = _with_pages(items, catalogue.rules.pages_before)
    for item in items:
        if item.row and item.row.secrecy and item.row.secrecy.is_state_secret:
            # Files that may be its own among others are not opened either.
            for found in (*item.paths, *joining.claimed_by(item.row)):
                secret.update(dict.fromkeys((found, *holdings.members(found)), item.row.secrecy))
    listed = {path for item in items for path in item.paths}
    loose = opening.loose(listed | kept_back.keys())
    if _restricts_something(joining, problems):
        loose = [replace(item, is_unclear=True) for item in loose]
    place = {(row.sheet, row.number): at for at, row in enumerate(catalogue.in_order)}
    return Joined(
        items=(*items, *loose),
        bad_rows=tuple(sorted(problems, key=lambda bad: place[bad.sheet, bad.number])),
        secret=secret,
        kept_back={path: why for path, why in kept_back.items() if path not in listed},
        matches=tuple(joining.matches),
        without_file=tuple(item.row for item in items if item.row and not item.files),
        ambiguous=tuple(joining.ambiguous),
        uneven=tuple(joining.uneven),
    )


def _described(joining: Joining, problems: list[BadRow]) -> list[Item]:
    """One item per usable row; what is wrong with the others is added to ``problems``."""
    items: list[Item] = []
    keys: set[str] = set()
    for found in joining.rows:
        problem = found.problem
        key, *former = _keys(found.row, found.files)
        if problem is None and key in keys:
            key = _apart(key, found.row)
            if key in keys:
                problem = BadRow(number=found.row.number, problem="duplicate_id", value=key)
        if problem is None:
            keys.add(key)
            items.append(
                Item(
                    key=key,
                    row=found.row,
                    files=tuple(found.files),
                    former_keys=tuple(dict.fromkeys(former)),
                )
            )
        else:
            is_secret = found.row.secrecy is not None and found.row.secrecy.is_state_secret
            problems.append(
                replace(
                    problem,
                    sheet=found.row.sheet,
                    value="" if is_secret and found.problem is None else problem.value,
                    paths=tuple(file.path for file in found.row.files),
                    secrecy=found.row.secrecy,
                )
            )
    return items


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
            if path in taken or self._holdings.is_opened(path) or is_attached(self._holdings, path):
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


def is_attached(holdings: Holdings, path: str) -> bool:
    """Whether a file belongs to a message or a document that it lies in."""
    holder = path
    while holder in holdings.within:
        holder = holdings.holder(holder)
        if holdings.kinds[holder] is EntryKind.DOCUMENT:
            return True
    return False


def _with_pages(items: list[Item], pages_before: int) -> list[Item]:
    """Items that share the scan of a volume get their pages of it."""
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        if item.row is not None and item.row.pages is not None and len(item.files) == 1:
            sharing[item.paths[0]].append(at)
    found = list(items)
    for places in sharing.values():
        if len(places) == 1:
            continue  # a file of its own: its pages are counted within the volume, not the file
        starts = sorted({_pages(items[at]).first for at in places})
        for at in places:
            pages = _pages(items[at])
            later = next((start for start in starts if start > pages.first), None)
            last = pages.last
            if last is None and later is not None:
                last = later - 1
            found[at] = replace(
                items[at],
                pages=PageRange(
                    first=pages.first + pages_before,
                    last=last + pages_before if last is not None else None,
                ),
            )
    return found


def _pages(item: Item) -> PageRange:
    assert item.row is not None  # noqa: S101 - only such items are asked
    assert item.row.pages is not None  # noqa: S101 - same
    return item.row.pages


def _restricts_something(joining: Joining, problems: Sequence[BadRow]) -> bool:
    """Whether a row without a file says, or may have meant, that it is not for everybody."""
    if any(not joining.claimed_by(bad) for bad in problems):
        return True
    return any(_restricts(found.row) for found in joining.rows if not found.files)


def _restricts(row: CatalogueRow) -> bool:
    return (
        row.secrecy not in {None, Secrecy.PUBLIC}
        or row.opening in {Opening.CONTROLLED, Opening.DELAYED}
        or row.disclosure is Disclosure.NOT_PUBLIC
    )


def _named(bad: BadRow) -> str:
    where = f"{bad.sheet} {bad.number}" if bad.sheet else str(bad.number)
    return f"{where}: {bad.problem}"


def _keys(row: CatalogueRow, files: Sequence[tuple[str, FileRole]]) -> list[str]:
    """What a row may be known by, the surest first."""
    keys: list[str] = []
    if row.external_id:
        keys.append(f"id:{row.external_id}")
    if row.texts.get("archival_code"):
        keys.append(f"code:{row.texts['archival_code']}")
    if files:
        # Not "path:", the key of a file without a row: what was catalogued once must be told apart.
        keys.append(f"file:{files[0][0]}")
    title = row.texts.get("title", "")
    if title:
        keys.append(f"row:{title}|{row.date.isoformat() if row.date else ''}")
    return keys or [f"row:|{row.sheet}|{row.number}"]


def _apart(key: str, row: CatalogueRow) -> str:
    """Rows of one title, or pages of one scan, are told apart by their place."""
    if key.startswith(("id:", "code:")):
        return key
    number = "-".join(filter(None, (row.place.volume, row.place.item)))
    page = f"p{row.pages.first}" if row.pages is not None else ""
    return f"{key}|{number or page}" if number or page else key
