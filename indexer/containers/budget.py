"""How much may come out of one file, however deep it lies.

What lies within containers within a file counts against that one file: a small archive whose
archives each hold a little would otherwise hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers.rar_messages import RarOpener

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one outermost file may hold.

    Attributes:
        total_bytes: All members together. member_bytes: One of them.
        members: How many. depth: Containers within one another.
        ratio: Times its own size, once more than ``free_bytes`` come out.
    """

    total_bytes: int = 16_384 * MIB
    member_bytes: int = 4_096 * MIB
    members: int = 100_000
    depth: int = 5
    ratio: int = 500
    free_bytes: int = 256 * MIB


class LimitError(Exception):
    """A file holds more than it may; its words say what was too much."""


class Budget:
    """What is left for one outermost file.

    Args:
        limits: What it may hold.
        size: Its own bytes.
    """

    def __init__(self, limits: Limits, size: int) -> None:
        self.limits = limits
        self._may_hold = min(limits.total_bytes, max(limits.free_bytes, limits.ratio * size))
        self._is_ratio = self._may_hold < limits.total_bytes
        self._bytes = 0
        self._members = 0

    @property
    def bytes_left(self) -> int:
        """How much may still come out."""
        return self._may_hold - self._bytes

    def must_hold(self, *, members: int = 0, size: int = 0) -> None:
        """Ask for room before it is taken.

        Raises:
            LimitError: There is not so much left.
        """
        if self._members + members > self.limits.members:
            raise LimitError(f"more than {self.limits.members} members")
        if size > self.bytes_left:
            amount = f"unpacks to more than {max(self._may_hold // MIB, 1)} MiB"
            raise LimitError(f"{amount}, out of all proportion" if self._is_ratio else amount)

    def take_members(self, count: int) -> None:
        """Count members.

        Raises:
            LimitError: They are too many.
        """
        self.must_hold(members=count)
        self._members += count

    def take_bytes(self, count: int) -> None:
        """Count the bytes of a member.

        Raises:
            LimitError: They are too many.
        """
        if count > self.limits.member_bytes:
            raise LimitError(f"a member of more than {self.limits.member_bytes // MIB} MiB")
        self.must_hold(size=count)
        self._bytes += count


class Workplace:
    """Nameless room for what must be unpacked on the way, within what is left of the limits.

    Args:
        folder: Where; whoever made it clears it away.
        budget: What is left.
        open_rar: Has a RAR archive unpacked, where there is somebody who can.
    """

    def __init__(self, folder: Path, budget: Budget, open_rar: RarOpener | None = None) -> None:
        self._folder = folder
        self.budget = budget
        self.open_rar = open_rar
        self._given = 0

    def new_path(self) -> Path:
        """A path that nobody has yet; it says nothing of what will stand there."""
        self._given += 1
        return self._folder / f"{self._given}"
