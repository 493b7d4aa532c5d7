"""Files that hold files: archives, and what is attached to mail, PDF and OFD documents.

A *container* holds *members*. Each member gets a name that people can read and no file system is
ever asked for (:mod:`~indexer.containers.names`); one reader per format gives members as blocks of
bytes; :mod:`~indexer.containers.traversal` goes through a container and the containers within it
under the limits of :mod:`~indexer.containers.budget`. All of it runs in a process that can be
killed, behind :class:`~indexer.containers.unpacker.Unpacker`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers.budget import Workplace
    from indexer.errors import ExtractionError

Blocks = Callable[[], Iterator[bytes]]
"""The bytes of a member from their beginning, each time it is called.

Raises:
    ExtractionError: They are damaged; what came before may be wrong, too.
"""


class EntryKind(StrEnum):
    """What a file is to the account."""

    FILE = "file"
    DOCUMENT = "document"  # a file that is read itself and has others attached to it
    ARCHIVE = "archive"  # where it could be opened whole, its members stand for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file met in a container, or the outermost file itself.

    Attributes:
        name: Its place below the outermost file, with ``/``; ``""`` is that file itself.
        size: Bytes.
        reason: Why it gave no members or cannot be read, a word of
            :class:`indexer.extraction.Reason`, or ``""``. An archive with a reason may still have
            given some of its members.
        detail: What exactly.
    """

    name: str
    kind: EntryKind
    size: int = 0
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a file holds.

    Attributes:
        entries: The file itself, then its members, each container before its own.
        is_container: Whether it is of a kind that may hold others, even if it holds none.
        passed_over: Members that are no files or no archive material: links, hidden and
            temporary ones.
    """

    entries: tuple[Entry, ...]
    is_container: bool = True
    passed_over: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing in it was refused that a later try might open."""
        return not any(each.reason for each in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMember:
    """A member as its format gives it.

    Attributes:
        name: Bytes where the format does not say how they are meant, or text.
        size: Bytes, or ``None`` where only reading it tells.
        problem: Why it cannot be read, or ``None``.
    """

    name: bytes | str
    size: int | None
    blocks: Blocks
    problem: ExtractionError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a reader found in a container.

    Attributes:
        members: In their order.
        passed_over: Links, devices and the like.
        problem: What is missing from it, or ``None`` where it was read to its end.
    """

    members: tuple[RawMember, ...]
    passed_over: int = 0
    problem: ExtractionError | None = None


Reader = Callable[["Path", "Workplace"], Contents]
"""Reads one format: the container, and where to put what must be unpacked to be read.

Raises:
    ExtractionError: It cannot be opened; the reason says why.
    LimitError: It holds more than may be unpacked.
"""
