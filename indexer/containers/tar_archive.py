"""TAR archives."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of
from indexer.containers.budget import LimitError
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.containers import Blocks
    from indexer.containers.budget import Workplace


def read_tar(path: Path, workplace: Workplace) -> Contents:
    """The members of a TAR archive; of one that is cut short, those before its end.

    Links that lead to a member met before are that member under another name; other links, devices
    and pipes are passed over.

    Raises:
        LimitError: There are too many.
    """
    members: list[RawMember] = []
    by_name: dict[str, RawMember] = {}
    passed_over = 0
    problem: ExtractionError | None = None
    with path.open("rb") as file:
        try:
            for info in _infos(file):
                member = _member(path, info)
                if info.islnk():
                    linked = by_name.get(info.linkname)
                    member = None if linked is None else _renamed(linked, info)
                if member is None:
                    passed_over += not info.isdir()
                    continue
                by_name[info.name] = member
                members.append(member)
                workplace.budget.must_hold(members=len(members))
        except (LimitError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - hostile archives break it in many ways
            problem = ExtractionError(Reason.DAMAGED, type(error).__name__)
    return Contents(members=tuple(members), passed_over=passed_over, problem=problem)


def _infos(file: IO[bytes]) -> Iterator[tarfile.TarInfo]:
    # Bytes of names come back unchanged; nothing here is ever unpacked to a name of its own.
    with tarfile.open(
        fileobj=file, mode="r:", encoding="utf-8", errors="surrogateescape"
    ) as archive:
        while (info := archive.next()) is not None:
            yield info
            # Its own list would grow with every member.
            archive.members.clear()  # type: ignore[attr-defined]
        # A damaged head ends the archive without a word; its own end is zeros, or nothing.
        file.seek(archive.offset)
        if file.read(tarfile.BLOCKSIZE).strip(b"\0"):
            raise tarfile.ReadError


def _member(path: Path, info: tarfile.TarInfo) -> RawMember | None:
    if not info.isreg():
        return None
    if info.issparse():
        problem = ExtractionError(Reason.UNSUPPORTED, "a file with holes in a TAR archive")
        return RawMember(name=_name(info), size=info.size, blocks=lambda: iter(()), problem=problem)
    return RawMember(
        name=_name(info), size=info.size, blocks=_slice(path, info.offset_data, info.size)
    )


def _renamed(member: RawMember, info: tarfile.TarInfo) -> RawMember:
    return RawMember(
        name=_name(info), size=member.size, blocks=member.blocks, problem=member.problem
    )


def _slice(path: Path, start: int, size: int) -> Blocks:
    return lambda: blocks_of(path, start, size)


def _name(info: tarfile.TarInfo) -> bytes | str:
    # Names in PAX heads are Unicode; others are bytes of the system that made the archive.
    if "path" in info.pax_headers:
        return info.name
    return info.name.encode("utf-8", "surrogateescape")
