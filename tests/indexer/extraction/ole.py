"""OLE storages as old Office wrote them, for tests of what reads them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECTOR = 512
SMALL = 4096  # shorter streams would have to lie in a stream of their own
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ENTRIES_IN_TABLE = SECTOR // 4


def storage(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A storage with these streams, each filled up with zeros to 4096 bytes.

    A name like ``a/b/c`` stands for a stream within storages of its own.
    """
    chains: list[bytes] = [_filled(content.ljust(SMALL, b"\0")) for content in streams.values()]
    starts, sector = [], 0
    for content in chains:
        starts.append(sector)
        sector += len(content) // SECTOR
    directory = _directory(
        list(streams), starts, [max(len(each), SMALL) for each in streams.values()]
    )
    directory_start = sector
    chains.append(directory)
    sector += len(directory) // SECTOR
    table: list[int] = []
    for content in chains:
        count = len(content) // SECTOR
        table += [*range(len(table) + 1, len(table) + count), END]
    tables = 1
    while tables * ENTRIES_IN_TABLE < sector + tables:
        tables += 1
    table += [TABLE] * tables
    table += [FREE] * (tables * ENTRIES_IN_TABLE - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory_start, 0, SMALL, END, 0, END, 0,
    )  # fmt: skip
    places = [*range(sector, sector + tables), *[FREE] * (109 - tables)]
    header += struct.pack("<109I", *places)
    path.write_bytes(header + b"".join(chains) + struct.pack(f"<{len(table)}I", *table))
    return path


def _filled(content: bytes) -> bytes:
    return content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0")


def _directory(names: list[str], starts: list[int], sizes: list[int]) -> bytes:
    def entry(name: str, kind: int, *, right: int, child: int, start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16x4x8x8xIQ", encoded, len(encoded), kind, 1, FREE, right, child, start, size
        )

    places = dict(zip(names, zip(starts, sizes, strict=True), strict=True))
    # Storages and streams in the order in which their parents name them.
    paths = [""] + [path for name in names for path in _with_parents(name)]
    paths = list(dict.fromkeys(paths))
    entries = []
    for path in paths:
        below = [each for each in paths if each and each.rpartition("/")[0] == path]
        beside = [each for each in paths if each and each.rpartition("/")[0] == _parent(path)]
        after = beside[beside.index(path) + 1 :] if path else []
        start, size = places.get(path, (END, 0))
        entries.append(
            entry(
                path.rpartition("/")[2] or "Root Entry",
                5 if not path else 2 if path in places else 1,
                right=paths.index(after[0]) if after else FREE,
                child=paths.index(below[0]) if below else FREE,
                start=start,
                size=size,
            )
        )
    return _filled(b"".join(entries))


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _with_parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
