"""What a batch is to do, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.catalogue.manifest import read_manifest
from indexer.errors import ImportRefusedError
from indexer.importing.items import Joined, join
from indexer.importing.walk import Walk, walk

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.access import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What the archivist asked for.

    Attributes:
        folder: Where the files are. manifest: The catalogue, or ``None``.
        level: Preset of records that say nothing; ``None`` is 控制. level_name: Its name.
        source_name: What the source is called; the folder's path unless given.
        in_place: Originals stay where they are instead of being copied.
        started_by: Account or system user.
    """

    folder: Path
    manifest: Path | None = None
    level: Level | None = None
    level_name: str | None = None
    source_name: str | None = None
    in_place: bool = False
    started_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The folder and the catalogue, read and joined."""

    walk: Walk
    joined: Joined
    unlisted: tuple[str, ...]


def make_plan(request: BatchRequest, data: Path | None = None) -> Plan:
    """The plan of a batch.

    Args:
        request: What was asked for.
        data: The product's own folder, which is no archive to import.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
    """
    folder = request.folder.resolve()
    manifest = request.manifest.resolve() if request.manifest is not None else None
    if manifest is not None and not manifest.is_file():
        raise ImportRefusedError(f"{request.manifest} is not a file")
    own = data.resolve() if data is not None else None
    if own is not None and folder.is_relative_to(own):
        raise ImportRefusedError(f"{folder} lies inside the data folder of this service")
    found = walk(folder, leave_out=frozenset(filter(None, (manifest, own))))
    rows, bad = read_manifest(manifest) if manifest is not None else ([], [])
    joined = join(folder, manifest, rows, bad, [file.path for file in found.files])
    unlisted = tuple(item.paths[0] for item in joined.items if item.row is None)
    return Plan(walk=found, joined=joined, unlisted=unlisted if manifest is not None else ())
