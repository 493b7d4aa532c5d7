"""What a batch is to do, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.catalogue.manifest import read_manifest
from indexer.errors import ImportRefusedError
from indexer.importing.items import Joined, join, sealed
from indexer.importing.looking import Holdings, Memory, look_into
from indexer.importing.walk import Walk, walk

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.access import Level
    from indexer.containers.unpacker import Unpacker


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
    """The folder and the catalogue, read and joined.

    Attributes:
        walk: What was met in the folder. holdings: What lies in its files.
        unlisted: Files that no row of the catalogue names.
    """

    walk: Walk
    holdings: Holdings
    joined: Joined
    unlisted: tuple[str, ...]

    @property
    def passed_over(self) -> int:
        """What is no archive material, in the folder and within its files."""
        return self.walk.passed_over + self.holdings.passed_over


def make_plan(
    request: BatchRequest,
    unpacker: Unpacker,
    memory: Memory,
    data: Path | None = None,
) -> Plan:
    """The plan of a batch.

    Args:
        request: What was asked for.
        unpacker: Opens archives and messages.
        memory: What earlier batches learnt of the folder.
        data: The product's own folder, which is no archive to import.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
        StorageFullError: No space for what must be unpacked on the way.
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
    base = manifest.parent if manifest is not None else folder
    holdings = look_into(folder, found, unpacker, memory, sealed(folder, base, rows, bad))
    joined = join(folder, manifest, rows, bad, holdings)
    unlisted = tuple(item.paths[0] for item in joined.items if item.row is None)
    return Plan(
        walk=found,
        holdings=holdings,
        joined=joined,
        unlisted=unlisted if manifest is not None else (),
    )
