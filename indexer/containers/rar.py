"""RAR archives: opened by a program outside Python where there is one.

No free library reads every RAR. The process that goes through containers may start no program, so
it says which file it means; a process of its own, which sees that file alone and has no network
either, lets the program unpack it (:mod:`~indexer.containers.unar`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.containers import Contents, RawMember
from indexer.containers.blocks import blocks_of, of_bytes, refused
from indexer.containers.rar_messages import RarWanted
from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.containers.budget import Workplace
    from indexer.containers.rar_messages import RarMember


_RAR4: Final = b"Rar!\x1a\x07\0"
_HEAD: Final = 64
# Of RAR 5: the signature, and the checksum of the first block.
_AFTER_CHECKSUM: Final = 8 + 4
_HAS_EXTRA: Final = 1
_IS_VOLUME: Final = 1


def read_rar(path: Path, workplace: Workplace) -> Contents:
    """The members of a RAR archive.

    Raises:
        ExtractionError: It cannot be opened, or there is no program that does.
        LimitError: It says that it holds more than it may.
    """
    if workplace.open_rar is None:
        raise ExtractionError(Reason.NEEDS_TOOL, "RAR")
    found = workplace.open_rar(RarWanted(path=str(path), room=workplace.budget.bytes_left))
    if found.reason:
        raise ExtractionError(found.reason, found.detail)
    size = sum(each.size for each in found.members)
    workplace.budget.must_hold(members=len(found.members), size=size)
    content = Path(found.content)
    is_part = _is_part(path)
    return Contents(
        members=tuple(_member(each, content) for each in found.members),
        passed_over=found.passed_over,
        problem=ExtractionError(Reason.DAMAGED, "one part of a divided archive")
        if is_part
        else None,
    )


def _is_part(path: Path) -> bool:
    """Whether an archive says that it goes on in other files."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_RAR4):
        return bool(head[10:11] and head[10] & _IS_VOLUME)
    numbers = _numbers(head[_AFTER_CHECKSUM:])
    try:
        _, _, flags = next(numbers), next(numbers), next(numbers)
        if flags & _HAS_EXTRA:
            next(numbers)
        return bool(next(numbers) & _IS_VOLUME)
    except StopIteration:
        return False


def _numbers(content: bytes) -> Iterator[int]:
    """Numbers of seven bits at a time, the lowest first."""
    value = shift = 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value
            value = shift = 0


def _member(found: RarMember, content: Path) -> RawMember:
    if found.reason:
        problem = ExtractionError(found.reason, found.detail)
        return RawMember(name=found.name, size=found.size, blocks=refused(problem), problem=problem)
    if not found.size:
        return RawMember(name=found.name, size=0, blocks=of_bytes(b""))
    return RawMember(
        name=found.name,
        size=found.size,
        blocks=lambda: blocks_of(content, found.start, found.size),
    )
