"""Through a container and the containers within it: what it holds, or some of it unpacked.

Runs in a limited process. Both ways go the same way, so that a member has the same name in both.
"""

from __future__ import annotations

import errno
import shutil
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from indexer.containers import Entry, EntryKind, Listing
from indexer.containers.blocks import write
from indexer.containers.budget import Budget, LimitError, Limits, Workplace
from indexer.containers.compressed import name_within
from indexer.containers.names import places_of
from indexer.containers.opening import ARCHIVES, COMPRESSED, DOCUMENTS, may_hold_files
from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import HEAD, media_type_of
from indexer.storage.names import is_noise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.containers import Contents, RawMember, Reader
    from indexer.containers.rar_messages import RarOpener

_UNWRITTEN: Final = "it changed while it was read"
# What the disk says for itself; anything else comes of what a container says.
_OURS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One outermost file to be gone through.

    Attributes:
        path: Where it is. name: What it is called, where that tells its kind.
        workplace: An empty folder for what must be unpacked on the way; cleared by who gives it.
        limits: What may come out of it.
        sealed: Places within it that must not be looked into.
        wanted: Places whose bytes are wanted, and where to put them; ``None`` asks for a listing.
    """

    path: Path
    name: str
    workplace: Path
    limits: Limits
    sealed: frozenset[str] = frozenset()
    wanted: Mapping[str, Path] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What became of the members that were wanted.

    Attributes:
        problems: Reason and detail by place; what is not named was unpacked.
    """

    problems: Mapping[str, tuple[str, str]]


def go_through(task: Task, open_rar: RarOpener | None = None) -> Listing | Unpacked:
    """What a file holds, or the wanted part of it unpacked.

    Args:
        task: The file, and what is asked of it.
        open_rar: Has a RAR archive unpacked, where there is somebody who can.

    Raises:
        OSError: The workplace, or the file itself, refuses.
    """
    budget = Budget(task.limits, task.path.stat().st_size)
    journey = _Journey(task, budget, open_rar)
    try:
        journey.visit(task.path, task.name, "", 1)
    except LimitError as error:
        if task.wanted is None:
            whole = Entry(
                name="",
                kind=EntryKind.ARCHIVE,
                size=task.path.stat().st_size,
                reason=Reason.MEMORY,
                detail=str(error),
            )
            return Listing(entries=(whole,))
        journey.refuse_rest(Reason.MEMORY, str(error))
    if task.wanted is not None:
        journey.refuse_rest(Reason.UNREADABLE, _UNWRITTEN)
        return Unpacked(problems=journey.problems)
    return Listing(
        entries=tuple(journey.entries),
        is_container=journey.is_container,
        passed_over=journey.passed_over,
    )


@dataclass
class _Journey:
    task: Task
    budget: Budget
    open_rar: RarOpener | None = None
    entries: list[Entry] = field(default_factory=list)
    is_container: bool = False
    passed_over: int = 0
    problems: dict[str, tuple[str, str]] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)
    _folders: int = 0

    def __post_init__(self) -> None:
        """Know what must be opened for what is wanted."""
        self._on_the_way = {
            place[:at]
            for place in self.task.wanted or ()
            for at, character in enumerate(place)
            if character == "/"
        }

    def refuse_rest(self, reason: Reason, detail: str) -> None:
        """Give a reason to what was wanted and not met."""
        for place in self.task.wanted or ():
            if place not in self._done:
                self.problems.setdefault(place, (reason, detail))

    def visit(self, path: Path, name: str, place: str, depth: int) -> None:
        """Note a file and what it holds."""
        at = len(self.entries)
        kind = media_type_of(path, name)
        reader = ARCHIVES.get(kind) or DOCUMENTS.get(kind)
        self.entries.append(Entry(name=place, kind=EntryKind.FILE, size=path.stat().st_size))
        if reader is None or unicodedata.normalize("NFC", place) in self.task.sealed:
            return
        self.is_container = True
        problem = self._open(reader, path, name if kind in COMPRESSED else "", place, depth)
        holds_some = len(self.entries) > at + 1
        if kind in ARCHIVES:
            if problem is None and not holds_some:
                problem = ExtractionError(Reason.EMPTY)
            self._judge(at, EntryKind.ARCHIVE, problem)
        elif holds_some:
            self._judge(at, EntryKind.DOCUMENT, None)
        elif problem is not None and problem.reason == Reason.MEMORY:
            # Damage its own reader will tell; that something in it was left unread, nobody else.
            self._judge(at, EntryKind.ARCHIVE, problem)

    def _open(
        self, reader: Reader, path: Path, called: str, place: str, depth: int
    ) -> ExtractionError | None:
        """Note what a container holds; what is missing from it."""
        folder = self._new_folder()
        try:
            contents = reader(path, Workplace(folder, self.budget, self.open_rar))
            if contents.members and depth > self.task.limits.depth:
                limit = f"more than {self.task.limits.depth} within one another"
                return ExtractionError(Reason.MEMORY, limit)
            self._take(contents, called, place, depth)
        except ExtractionError as error:
            return error
        except MemoryError:
            return ExtractionError(Reason.MEMORY)
        except LimitError:
            raise
        except Exception as error:  # hostile containers break libraries in many ways
            if isinstance(error, OSError) and error.errno in _OURS:
                raise
            return ExtractionError(Reason.DAMAGED, type(error).__name__)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return contents.problem

    def _take(self, contents: Contents, called: str, place: str, depth: int) -> None:
        self.passed_over += contents.passed_over
        self.budget.take_members(len(contents.members))
        names = [member.name or name_within(called) for member in contents.members]
        for member, below in zip(contents.members, places_of(names), strict=True):
            if any(map(is_noise, below.split("/"))):
                self.passed_over += 1
                continue
            self._member(member, f"{place}/{below}".lstrip("/"), depth)

    def _member(self, member: RawMember, place: str, depth: int) -> None:
        self.budget.take_bytes(member.size or 0)
        if not self._is_asked_for(place):
            return
        name = PurePosixPath(place).name
        before = len(self.entries)
        try:
            if member.problem is not None:
                raise member.problem
            head, blocks = _peeked(member.blocks())
            if may_hold_files(head, name):
                self._nested(blocks, name, place, counted=member.size or 0, depth=depth)
                return
            size = member.size
            if self.task.wanted is not None or size is None:
                size = self._unpack(blocks, place)
                self.budget.take_bytes(size if member.size is None else 0)
            self.entries.append(Entry(name=place, kind=EntryKind.FILE, size=size))
        except ExtractionError as error:
            del self.entries[before:]
            self._refuse(place, member.size or 0, error)

    def _nested(
        self, blocks: Iterator[bytes], name: str, place: str, *, counted: int, depth: int
    ) -> None:
        """Go through what may be a container; ``counted`` bytes of it have been counted."""
        folder = self._new_folder()
        try:
            inner = folder / "1"
            written = write(inner, blocks, counted + self.budget.bytes_left)
            self.budget.must_hold(size=written - counted)
            self.visit(inner, name, place, depth + 1)
            wanted = (self.task.wanted or {}).get(place)
            if wanted is not None:
                inner.replace(wanted)
                self._done.add(place)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _unpack(self, blocks: Iterator[bytes], place: str) -> int:
        """Put a member where it is wanted, or only count it; its size."""
        wanted = (self.task.wanted or {}).get(place)
        if wanted is None:
            size = 0
            for block in blocks:
                size += len(block)
                self.budget.must_hold(size=size)
            return size
        try:
            size = write(wanted, blocks, self.budget.limits.member_bytes)
        except ExtractionError:
            wanted.unlink(missing_ok=True)
            raise
        self._done.add(place)
        return size

    def _refuse(self, place: str, size: int, error: ExtractionError) -> None:
        self.problems[place] = (error.reason, error.detail)
        self.entries.append(
            Entry(
                name=place,
                kind=EntryKind.FILE,
                size=size,
                reason=error.reason,
                detail=error.detail,
            )
        )

    def _is_asked_for(self, place: str) -> bool:
        wanted = self.task.wanted
        return wanted is None or place in wanted or place in self._on_the_way

    def _judge(self, at: int, kind: EntryKind, problem: ExtractionError | None) -> None:
        """Say what a file that was met is, now that what it holds is known."""
        reason, detail = ("", "") if problem is None else (problem.reason, problem.detail)
        self.entries[at] = replace(self.entries[at], kind=kind, reason=reason, detail=detail)

    def _new_folder(self) -> Path:
        self._folders += 1
        folder = self.task.workplace / f"{self._folders}"
        folder.mkdir()
        return folder


def _peeked(blocks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and all of them once more."""
    read: list[bytes] = []
    length = 0
    for block in blocks:
        read.append(block)
        length += len(block)
        if length >= HEAD:
            break
    head = b"".join(read)
    return head[:HEAD], chain((head,), blocks)
