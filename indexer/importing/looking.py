"""What the files of a folder hold: archives opened, attachments found, before anything is read.

Only names and sizes are learnt here. A file that is as it was when it was last looked into is not
opened again, and of the others only those are that begin like a container.
"""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from indexer.containers import Entry, EntryKind, Listing
from indexer.containers.opening import KINDS, may_hold_files
from indexer.extraction.kinds import HEAD
from indexer.importing.walk import FoundFile
from indexer.repositories.listings import ListingRow
from indexer.storage.names import locate, shown, shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from indexer.containers.unpacker import Unpacker
    from indexer.importing.walk import Walk

READER: Final = 1
"""Version of what is learnt from containers; a new one means opening them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier batches learnt of the same folder.

    Attributes:
        listings: What files held, by path.
        kinds: Size, mtime and media type of files, by path.
    """

    listings: Mapping[str, ListingRow] = field(default_factory=dict)
    kinds: Mapping[str, tuple[int, int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Every file of a folder, those within others included.

    Attributes:
        files: All, each container before what it holds; archives that were opened as well, which
            are no files of the account.
        within: For each that lies in another, the outermost file, which lies in the folder.
        below: For each that holds others, those directly in it, in order.
        kinds: For those that hold others or were refused.
        refused: Reason and detail of what could not be opened, or not be read where it lies.
        passed_over: Members that are no files or no archive material.
        learnt: What is worth remembering for the next batch.
    """

    files: tuple[FoundFile, ...]
    within: Mapping[str, str] = field(default_factory=dict)
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, EntryKind] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    passed_over: int = 0
    learnt: tuple[ListingRow, ...] = ()

    def is_opened(self, path: str) -> bool:
        """Whether a file is an archive that was opened whole: its members stand for it."""
        return self.kinds.get(path) is EntryKind.ARCHIVE and path not in self.refused

    def is_archive(self, path: str) -> bool:
        """Whether a file is an archive, opened or not: there is no text in it to be read."""
        return self.kinds.get(path) is EntryKind.ARCHIVE

    def members(self, path: str) -> Iterator[str]:
        """All that lies in a file, at any depth."""
        for each in self.below.get(path, ()):
            yield each
            yield from self.members(each)

    def holder(self, path: str) -> str:
        """The innermost file that a file lies in; it must lie in one."""
        holder = path.rpartition("/")[0]
        while holder not in self.below:
            holder = holder.rpartition("/")[0]
        return holder

    def depth(self, path: str) -> int:
        """In how many others a file lies."""
        depth = 0
        while path in self.within:
            path = self.holder(path)
            depth += 1
        return depth

    @property
    def opened(self) -> int:
        """How many archives were opened whole."""
        return sum(map(self.is_opened, self.kinds))

    @property
    def member_files(self) -> int:
        """How many files of the account lie in others."""
        return sum(not self.is_opened(path) for path in self.within)


def look_into(
    folder: Path, walk: Walk, unpacker: Unpacker, memory: Memory, sealed: frozenset[str]
) -> Holdings:
    """What the files of a folder hold.

    Args:
        folder: The folder.
        walk: Its files.
        unpacker: Opens containers.
        memory: What is known of them.
        sealed: Keys of what must not be looked into.

    Raises:
        StorageFullError: No space for what must be unpacked on the way.
    """
    gathering = _Gathering()
    for found in walk.files:
        is_sealed = unicodedata.normalize("NFC", shown(found.path)) in sealed
        listing = None if is_sealed else _remembered(found, memory)
        if listing is None and not is_sealed and _may_hold(folder, found, memory):
            listing = unpacker.list_members(
                locate(folder, found.path),
                shown_name(found.path),
                _sealed_within(found.path, sealed),
            )
            gathering.learn(found, listing)
        gathering.add(found, listing)
    return gathering.holdings()


def _may_hold(folder: Path, found: FoundFile, memory: Memory) -> bool:
    size, modified_ns, media_type = memory.kinds.get(found.path, (-1, -1, ""))
    if (size, modified_ns) == (found.size, found.modified_ns):
        return media_type in KINDS
    try:
        with locate(folder, found.path).open("rb") as file:
            return may_hold_files(file.read(HEAD), shown_name(found.path))
    except OSError:
        return False  # reading it will say so


def _remembered(found: FoundFile, memory: Memory) -> Listing | None:
    row = memory.listings.get(found.path)
    if row is None or (row.size, row.modified_ns, row.reader) != (
        found.size,
        found.modified_ns,
        READER,
    ):
        return None
    return Listing(
        entries=tuple(
            Entry(**{**entry, "kind": EntryKind(entry["kind"])}) for entry in row.body["entries"]
        ),
        passed_over=row.body["passed_over"],
    )


def _body(listing: Listing) -> dict[str, Any]:
    return {
        "entries": [asdict(each) for each in listing.entries],
        "passed_over": listing.passed_over,
    }


def _sealed_within(path: str, sealed: Iterable[str]) -> frozenset[str]:
    start = f"{path}/"
    return frozenset(each.removeprefix(start) for each in sealed if each.startswith(start))


@dataclass
class _Gathering:
    files: list[FoundFile] = field(default_factory=list)
    within: dict[str, str] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, EntryKind] = field(default_factory=dict)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)
    passed_over: int = 0
    learnt: list[ListingRow] = field(default_factory=list)

    def learn(self, found: FoundFile, listing: Listing) -> None:
        """Keep what need not be asked again: not what a later try might open."""
        if listing.is_container and listing.is_whole:
            self.learnt.append(
                ListingRow(
                    path=found.path,
                    size=found.size,
                    modified_ns=found.modified_ns,
                    reader=READER,
                    body=_body(listing),
                )
            )

    def add(self, found: FoundFile, listing: Listing | None) -> None:
        """Add a file of the folder and what it holds."""
        if listing is None:
            self.files.append(found)
            return
        self.passed_over += listing.passed_over
        for entry in listing.entries:
            self._entry(found, entry)

    def _entry(self, found: FoundFile, entry: Entry) -> None:
        if not entry.name:
            key = found.path
            self.files.append(found)
        else:
            key = f"{found.path}/{entry.name}"
            # Its moment is the outermost file's: nothing else tells that it may have changed.
            self.files.append(FoundFile(path=key, size=entry.size, modified_ns=found.modified_ns))
            self.within[key] = found.path
            self.below[self._holder(key)].append(key)
        if entry.kind is not EntryKind.FILE:
            self.kinds[key] = entry.kind
            self.below.setdefault(key, [])
        if entry.reason:
            self.refused[key] = (entry.reason, entry.detail)

    def _holder(self, key: str) -> str:
        """The innermost container that a member lies in."""
        holder = key.rpartition("/")[0]
        while holder not in self.below:
            holder = holder.rpartition("/")[0]
        return holder

    def holdings(self) -> Holdings:
        """All of it."""
        return Holdings(
            files=tuple(self.files),
            within=self.within,
            below={key: tuple(members) for key, members in self.below.items() if members},
            kinds=self.kinds,
            refused=self.refused,
            passed_over=self.passed_over,
            learnt=tuple(self.learnt),
        )
