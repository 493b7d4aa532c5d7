"""Members of containers on their way into the store: unpacked, taken, and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.extraction import Reason
from indexer.storage.names import locate, shown_name

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.containers.unpacker import Unpacker
    from indexer.importing.looking import Holdings

CHANGED = "it changed while it was read"


class Spool:
    """Unpacks members when the first of them is asked for, and holds them until they are taken.

    A container is unpacked for all of its members that wait at once: in many formats the last
    cannot be read without the others.

    Args:
        folder: The archivist's folder.
        place: Where members lie, each under a number.
        unpacker: Opens containers.
        holdings: What lies in what.
        room: Bytes that may wait; more than one container's may wait together within it.
    """

    def __init__(
        self, folder: Path, place: Path, unpacker: Unpacker, holdings: Holdings, room: int
    ) -> None:
        self._folder = folder
        self._place = place
        self._unpacker = unpacker
        self._holdings = holdings
        self._room = room
        self._files = {found.path: found for found in holdings.files}
        self._wanted: set[str] = set()
        self._ready: dict[str, Path] = {}
        self._problems: dict[str, tuple[str, str]] = {}
        self._given = 0

    def expect(self, paths: set[str]) -> None:
        """Say which members will be asked for."""
        self._wanted |= paths

    def fetch(self, path: str) -> Path | tuple[str, str]:
        """Where a member's bytes are, until :meth:`drop`; or reason and detail why they are not.

        Raises:
            StorageFullError: No space.
        """
        if path not in self._ready and path not in self._problems:
            self._unpack(self._holdings.within[path], path)
        self._wanted.discard(path)
        problem = self._problems.pop(path, None)
        return problem if problem is not None else self._ready[path]

    def drop(self, path: str) -> None:
        """Let go of a member's bytes."""
        place = self._ready.pop(path, None)
        if place is not None:
            place.unlink(missing_ok=True)

    def _unpack(self, outermost: str, asked: str) -> None:
        start = f"{outermost}/"
        members = [
            member
            for member in {*self._holdings.members(outermost)} & self._wanted | {asked}
            if member not in self._ready
        ]
        self._make_room(sum(self._files[member].size for member in members))
        self._place.mkdir(parents=True, exist_ok=True)
        places = {member: self._new_place() for member in sorted(members)}
        path = locate(self._folder, outermost)
        if self._has_changed(outermost, path):
            self._problems |= dict.fromkeys(members, (Reason.UNREADABLE, CHANGED))
            return
        problems = self._unpacker.unpack(
            path,
            shown_name(outermost),
            {member.removeprefix(start): place for member, place in places.items()},
        )
        if self._has_changed(outermost, path):
            problems = dict.fromkeys(
                (member.removeprefix(start) for member in members), (Reason.UNREADABLE, CHANGED)
            )
        for member, place in places.items():
            problem = problems.get(member.removeprefix(start))
            if problem is None:
                self._ready[member] = place
            else:
                self._problems[member] = problem
                place.unlink(missing_ok=True)

    def _has_changed(self, outermost: str, path: Path) -> bool:
        found = self._files[outermost]
        try:
            now = path.stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != (found.size, found.modified_ns)

    def _make_room(self, size: int) -> None:
        """Let go of what has waited longest; it is unpacked again when it is asked for."""
        waiting = sum(self._files[member].size for member in self._ready)
        for member in tuple(self._ready):
            if waiting + size <= self._room:
                return
            waiting -= self._files[member].size
            self._wanted.add(member)
            self.drop(member)

    def _new_place(self) -> Path:
        self._given += 1
        return self._place / f"{self._given}"
