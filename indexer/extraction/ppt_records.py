"""Records of old PowerPoint files: atoms with data, containers with records.

Source: Microsoft, [MS-PPT] PowerPoint (.ppt) Binary File Format, 2.3.1 (RecordHeader).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 64
"""Containers within containers; real slides have some ten."""

_HEADER: Final = struct.Struct("<HHI")
_CONTAINER: Final = 0xF
_TAG_DATA: Final = 0x138B
"""Holds records like a container, and does not say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record and where its data lie.

    Attributes:
        kind: recType. instance: recInstance. begin: First byte of its data. end: After its last.
    """

    kind: int
    instance: int
    begin: int
    end: int
    is_container: bool


def record_at(stream: bytes, at: int, end: int | None = None) -> Record | None:
    """The record that begins at a place, cut off where its surroundings end."""
    limit = len(stream) if end is None else min(end, len(stream))
    if not 0 <= at <= limit - _HEADER.size:
        return None
    version, kind, length = _HEADER.unpack_from(stream, at)
    begin = at + _HEADER.size
    return Record(
        kind=kind,
        instance=version >> 4,
        begin=begin,
        end=min(begin + length, limit),
        is_container=version & 0xF == _CONTAINER or kind == _TAG_DATA,
    )


def records_in(stream: bytes, begin: int, end: int) -> Iterator[Record]:
    """The records of a stretch, one after another."""
    while (found := record_at(stream, begin, end)) is not None:
        yield found
        begin = found.end


def walk(stream: bytes, record: Record, depth: int = 0) -> Iterator[Record]:
    """Every record within one, in order, whatever it stands in."""
    if depth >= MAX_DEPTH:
        return
    for each in records_in(stream, record.begin, record.end):
        yield each
        if each.is_container:
            yield from walk(stream, each, depth + 1)
