"""What happens in the process that has a RAR archive unpacked: ``lsar`` lists, ``unar`` unpacks.

All members go into one nameless file, one after the other: none of their names is ever one on the
disk, and a link leads nowhere. The programs end with 0 whatever they met, so that only lengths and
checksums are believed.
"""

from __future__ import annotations

import json
import subprocess
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from indexer.containers.blocks import blocks_of
from indexer.containers.rar_messages import RarFound, RarMember
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAX_LISTING: Final = 256 << 20
"""Bytes of a listing; it takes about a thousand for a member."""

CONTENT: Final = "content"
"""What the one file with the bytes of all members is called."""

_UNICODE_NAME: Final = 0x0200
_RAW: Final = "ISO-8859-1"
"""The names as bytes: whose code page they are in is told from all of them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RarJob:
    """An archive, and how many bytes may come out of it."""

    path: Path
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A member in the listing, and what its bytes must add up to, if the archive says so."""

    number: int
    member: RarMember
    checksum: int | None


class RarProgram:
    """The two programs, and where they may write.

    Args:
        lsar: The program that lists. unar: The one that unpacks.
        results: An empty folder.
    """

    def __init__(self, lsar: str, unar: str, results: Path) -> None:
        self._lsar = lsar
        self._unar = unar
        self._results = results

    def found_in(self, job: RarJob) -> RarFound:
        """What is in an archive, unpacked unless that is more than may come out."""
        try:
            listed, passed_over = self._listing(job.path)
        except ExtractionError as error:
            return RarFound(reason=error.reason, detail=error.detail)
        wanted = [each for each in listed if not each.member.reason and each.member.size]
        members = {each.number: each.member for each in listed}
        content = self._results / CONTENT
        is_unpacked = bool(wanted) and sum(each.member.size for each in wanted) <= job.room
        if is_unpacked:
            numbers = [str(each.number) for each in wanted]
            # Members that it shall leave out would stop it, where it cannot decrypt them.
            chosen = ("-i", str(job.path), *numbers) if len(wanted) < len(listed) else (job.path,)
            self._run(content, self._unar, "-q", "-nr", "-k", "skip", "-o", "-", *map(str, chosen))
            members |= dict(_checked(wanted, content))
        return RarFound(
            members=tuple(members.values()),
            content=CONTENT if is_unpacked else "",
            passed_over=passed_over,
        )

    def _listing(self, path: Path) -> tuple[list[_Listed], int]:
        listing = self._results / "listing"
        said = self._run(listing, self._lsar, "-ja", "-nr", "-e", _RAW, str(path))
        if listing.stat().st_size > MAX_LISTING:
            raise ExtractionError(Reason.MEMORY, "too many members")
        try:
            found = json.loads(listing.read_bytes())
            entries = found["lsarContents"]
            if not str(found["lsarFormatName"]).startswith("RAR"):
                raise ExtractionError(Reason.DAMAGED, "no RAR archive")
            listed = [_listed(entry) for entry in entries if not _is_no_file(entry)]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if b"password" in said:
                raise ExtractionError(Reason.ENCRYPTED) from error
            raise ExtractionError(Reason.DAMAGED, "no listing") from error
        listing.unlink()
        links = sum(1 for entry in entries if entry.get("XADIsLink"))
        return listed, links

    def _run(self, output: Path, *command: str) -> bytes:
        """The last words of a program that has written to a file of its own."""
        errors = self._results / "errors"
        with output.open("wb") as out, errors.open("wb") as err:
            # Whoever waits for this process ends the program with it, if it takes too long.
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False)
        with errors.open("rb") as said:
            return said.read(4096)


def _is_no_file(entry: dict[str, Any]) -> bool:
    return bool(entry.get("XADIsDirectory") or entry.get("XADIsLink"))


def _listed(entry: dict[str, Any]) -> _Listed:
    text = str(entry["XADFileName"])
    name: bytes | str = text
    is_raw = "RARFlags" in entry and not int(entry["RARFlags"]) & _UNICODE_NAME
    if is_raw:
        with suppress(UnicodeEncodeError):
            name = text.encode("latin-1")
    member = RarMember(name=name, size=max(int(entry.get("XADFileSize", 0)), 0))
    if entry.get("XADIsEncrypted"):
        member = replace(member, reason=Reason.ENCRYPTED)
    elif "XADFileSize" not in entry:
        member = replace(member, reason=Reason.DAMAGED, detail="a member says no length")
    checksum = entry.get("RAR5CRC32", entry.get("RARCRC32"))
    return _Listed(
        number=int(entry["XADIndex"]),
        member=member,
        checksum=None if checksum is None else int(checksum) & 0xFFFF_FFFF,
    )


def _checked(wanted: Sequence[_Listed], content: Path) -> Iterator[tuple[int, RarMember]]:
    """Each member that was to be unpacked, where it stands or damaged.

    Of a damaged one nobody knows how much came out: those before it are found from the beginning,
    those after it from the end.
    """
    size = content.stat().st_size
    missing = sum(each.member.size for each in wanted) - size
    at = 0
    for each in wanted:
        places = (at, at - missing) if missing else (at,)
        start = next((place for place in places if _adds_up(each, content, place, missing)), None)
        if start is None:
            why = (
                "the program gave less than it says"
                if missing
                else "a member is not what its checksum says"
            )
            yield each.number, replace(each.member, reason=Reason.DAMAGED, detail=why)
        else:
            yield each.number, replace(each.member, start=start)
        at += each.member.size


def _adds_up(listed: _Listed, content: Path, at: int, missing: int) -> bool:
    if listed.checksum is None:
        return not missing  # a kind of checksum that only the program knows
    if at < 0:
        return False
    checksum = 0
    try:
        for block in blocks_of(content, at, listed.member.size):
            checksum = zlib.crc32(block, checksum)
    except ExtractionError:
        return False  # it ends before
    return checksum == listed.checksum
