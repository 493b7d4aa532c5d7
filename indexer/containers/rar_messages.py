"""What is said between the process that goes through containers and the one that unpacks a RAR."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RarWanted:
    """A RAR archive to be unpacked.

    Attributes:
        path: Where it is.
        room: How many bytes may come out.
    """

    path: str
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RarMember:
    """A member as the program gives it.

    Attributes:
        name: Bytes where the archive does not say how they are meant, or text.
        start: Where its bytes begin in the one file that all are in.
        reason: Why it cannot be read, a word of :class:`~indexer.extraction.Reason`, or ``""``.
    """

    name: bytes | str
    size: int
    start: int = 0
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RarFound:
    """What is in a RAR archive.

    Attributes:
        content: The file with the bytes of all members; ``""`` where nothing was unpacked.
        passed_over: Members that are no files.
        reason: Why it cannot be opened, or ``""``.
    """

    members: tuple[RarMember, ...] = ()
    content: str = ""
    passed_over: int = 0
    reason: str = ""
    detail: str = ""


RarOpener = Callable[[RarWanted], RarFound]
"""Has an archive unpacked."""
