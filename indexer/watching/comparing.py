"""What is different below a folder from what is known of it: a look that writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.errors import FolderGoneError
from indexer.importing.rereading import is_same
from indexer.importing.walk import walk, walk_part
from indexer.repositories import batches, clearances, files, scopes
from indexer.repositories.files import PathState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.importing.plan import BatchRequest
    from indexer.importing.scope import Scope
    from indexer.importing.walk import FoundFile
    from indexer.records import FileHash
    from indexer.repositories.files import PathRow
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different.

    Attributes:
        paths: Where. young: Of these, files that somebody wrote a moment ago, and may still write.
        files: How many files were looked at.
    """

    paths: frozenset[str]
    young: frozenset[str]
    files: int


def compare(
    engine: Engine,
    settings: IndexerSettings,
    request: BatchRequest,
    *,
    scope: Scope | None,
    written_after_ns: int,
) -> Difference:
    """What is new, changed, gone or there again below a folder.

    Args:
        engine: Database.
        settings: Of the archive.
        request: Folder, catalogue and name of the source.
        scope: Where to look; everywhere unless given.
        written_after_ns: Files changed since then, by their own time, are young.

    Raises:
        FolderGoneError: The folder is not there, or is empty and was not.
    """
    folder = request.folder.resolve()
    if not folder.is_dir():
        raise FolderGoneError(f"{folder} is not there")
    manifest = request.manifest.resolve() if request.manifest is not None else None
    leave_out = frozenset(filter(None, (manifest, settings.data.resolve())))
    if scope is None:
        seen = walk(folder, leave_out=leave_out).files
    else:
        seen = walk_part(folder, scope, leave_out=leave_out).files
    known, cleared = _known(engine, request.source_name or str(folder), scope)
    was_there = any(row.state is not PathState.MISSING for row in known.values())
    if not seen and was_there and _is_empty(folder):
        raise FolderGoneError(f"{folder} is empty and was not")
    changed = {each.path for each in seen if _is_different(each, known.get(each.path), cleared)}
    young = {each.path for each in seen if each.modified_ns > written_after_ns} & changed
    return Difference(
        paths=frozenset(changed | _gone(seen, known)), young=frozenset(young), files=len(seen)
    )


def _known(
    engine: Engine, source_name: str, scope: Scope | None
) -> tuple[Mapping[str, PathRow], frozenset[FileHash]]:
    with reading(engine) as connection:
        cleared = clearances.cleared(connection)
        source_id = batches.source_id_of(connection, source_name)
        if source_id is None:
            return {}, cleared
        if scope is None:
            return files.paths_of(connection, source_id), cleared
        rows = scopes.paths_below(connection, source_id, scope.outermost())
    return {path: row for path, row in rows.items() if scope.covers(path)}, cleared


def _is_different(file: FoundFile, row: PathRow | None, cleared: frozenset[FileHash]) -> bool:
    if row is None or not is_same(row, file):
        return True
    if row.state is PathState.QUARANTINED:
        return row.file_hash in cleared
    # One that is only found belongs to a batch that was undone: it does not come back by itself.
    return row.state is PathState.MISSING


def _gone(seen: Sequence[FoundFile], known: Mapping[str, PathRow]) -> set[str]:
    """Paths that are known and not there; what lies in an archive that is there is not gone."""
    present = {each.path for each in seen}
    return {
        path
        for path, row in known.items()
        if row.state is not PathState.MISSING
        and path not in present
        and not any(str(parent) in present for parent in PurePosixPath(path).parents)
    }


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None
