"""Files that were moved or renamed: the same content at another path of the same source.

A record outlives the way its file is filed. Citations, uses, grants and withdrawals name the
record, so a moved file keeps it: its row gets the new path, and the record that was made from it
goes on.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.repositories.files import PathOutcome, PathState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow


def moved(
    new: Sequence[FoundFile],
    gone: Sequence[PathRow],
    hash_of: Callable[[FoundFile], FileHash | None],
) -> list[tuple[PathRow, FoundFile]]:
    """Which of the files that are gone are there under a new path.

    Size and time of change say which may be (a rename leaves both), the content says which are.
    Where several of one content moved at once, names tell them apart; what names leave open is
    not guessed: those count as gone and new.

    Args:
        new: Files at paths never seen before.
        gone: Known paths where no file is any more.
        hash_of: Reads a file; ``None`` where it cannot be read.
    """
    candidates: dict[tuple[int, int], list[PathRow]] = defaultdict(list)
    for row in gone:
        if row.file_hash and row.size and not _is_kept_out(row):
            candidates[row.size, row.modified_ns].append(row)
    there: dict[FileHash, list[FoundFile]] = defaultdict(list)
    for file in new:
        if (file.size, file.modified_ns) in candidates and (file_hash := hash_of(file)):
            there[file_hash].append(file)
    was: dict[FileHash, list[PathRow]] = defaultdict(list)
    for rows in candidates.values():
        for row in rows:
            if row.file_hash in there:
                was[row.file_hash].append(row)
    return [pair for each, rows in was.items() for pair in _paired(rows, there[each])]


def with_members(
    moves: Sequence[tuple[PathRow, FoundFile]],
    new: Sequence[FoundFile],
    gone: Sequence[PathRow],
) -> list[tuple[PathRow, FoundFile]]:
    """The moves, and those of what lies in an archive that moved: its content has not changed."""
    taken = {file.path for _, file in moves}
    there = {each.path: each for each in new if each.path not in taken}
    pairs = list(moves)
    for archive, file in moves:
        for row in gone:
            target = file.path + row.path.removeprefix(archive.path)
            is_within = row.path.startswith(f"{archive.path}/")
            if is_within and target in there and not _is_kept_out(row):
                pairs.append((row, there.pop(target)))
    return pairs


def _paired(rows: Sequence[PathRow], files: Sequence[FoundFile]) -> list[tuple[PathRow, FoundFile]]:
    by_name: dict[str, list[FoundFile]] = defaultdict(list)
    for file in files:
        by_name[_name(file.path)].append(file)
    names = [_name(row.path) for row in rows]
    pairs = [
        (row, by_name[name][0])
        for row, name in zip(rows, names, strict=True)
        if len(by_name[name]) == 1 and names.count(name) == 1
    ]
    left = [row for row in rows if row not in [known for known, _ in pairs]]
    free = [file for file in files if file not in [known for _, known in pairs]]
    if len(left) == len(free) == 1:
        pairs.append((left[0], free[0]))
    return pairs


def _is_kept_out(row: PathRow) -> bool:
    """Whether the guard or the catalogue kept it out: why stands with its path, and must stay."""
    return row.state is PathState.QUARANTINED or row.outcome == PathOutcome.QUARANTINED


def _name(path: str) -> str:
    return PurePosixPath(path).name
