"""What a batch is to do, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from indexer.access import LEVEL_PRESETS
from indexer.catalogue.manifest import NO_CATALOGUE, Catalogue, read_catalogue
from indexer.confinement import Demand
from indexer.errors import ImportRefusedError, ProfileRefusedError
from indexer.importing.items import Joined, join, sealed
from indexer.importing.looking import Holdings, Memory, look_into
from indexer.importing.walk import Walk, walk, walk_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.access import Level
    from indexer.catalogue.profiles import Profile
    from indexer.containers.unpacker import Unpacker
    from indexer.importing.items import Item
    from indexer.importing.scope import Scope
    from indexer.importing.walk import FoundFile

UPLOADS: Final = "uploads"
"""The part of the data folder where uploaded files wait for their batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What the archivist asked for.

    Attributes:
        folder: Where the files are. manifest: The catalogue, or ``None``.
        profile: Name of the profile by which the catalogue is read; ``None`` is that of its form.
        level: Preset of records that say nothing; ``None`` is 控制. level_name: Its name.
        source_name: What the source is called; the folder's path unless given.
        in_place: Originals stay where they are instead of being copied.
        started_by: Account or system user.
        scope: The part of the folder to look at, or ``None`` for all of it. What lies outside is
            as it was: neither read nor missed.
    """

    folder: Path
    manifest: Path | None = None
    profile: str | None = None
    level: Level | None = None
    level_name: str | None = None
    source_name: str | None = None
    in_place: bool = False
    started_by: str = ""
    scope: Scope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The folder and the catalogue, read and joined.

    Attributes:
        walk: What was met in the folder. holdings: What lies in its files.
        joined: What they make with the catalogue.
        unlisted: Files that no row of the catalogue names.
        files: Those that the batch looks at. items: Those that have one of them.
        scope: The part of the folder that they make, or ``None`` for all of it.
        catalogue: As it was read.
    """

    walk: Walk
    holdings: Holdings
    joined: Joined
    unlisted: tuple[str, ...]
    files: tuple[FoundFile, ...]
    items: tuple[Item, ...]
    scope: Scope | None
    catalogue: Catalogue = NO_CATALOGUE

    @property
    def passed_over(self) -> int:
        """What is no archive material, in the folder and within its files."""
        return self.walk.passed_over + self.holdings.passed_over


def make_plan(
    request: BatchRequest,
    unpacker: Unpacker,
    memory: Memory,
    data: Path | None = None,
    profiles: Sequence[Profile] = (),
    *,
    demand: Demand = Demand.AUTO,
) -> Plan:
    """The plan of a batch.

    Args:
        request: What was asked for.
        unpacker: Opens archives and messages.
        memory: What earlier batches learnt of the folder.
        data: The product's own folder, which is no archive to import.
        profiles: Kept profiles of catalogues, the one kept last first.
        demand: What must hold the process that reads the catalogue.

    Raises:
        ImportRefusedError: The folder or the catalogue cannot be read.
        StorageFullError: No space for what must be unpacked on the way.
    """
    folder = request.folder.resolve()
    manifest = request.manifest.resolve() if request.manifest is not None else None
    if manifest is not None and not manifest.is_file():
        raise ImportRefusedError(f"{request.manifest} is not a file")
    own = data.resolve() if data is not None else None
    if own is not None and folder.is_relative_to(own) and not _is_upload(folder, own):
        raise ImportRefusedError(f"{folder} lies inside the data folder of this service")
    leave_out = frozenset(filter(None, (manifest, own)))
    if request.scope is not None and manifest is None:
        found = walk_part(folder, request.scope, leave_out=leave_out)
    else:
        # A catalogue speaks of the folder as a whole: which file a row means, and which are secret.
        found = walk(folder, leave_out=leave_out)
    catalogue = NO_CATALOGUE
    if manifest is not None:
        wanted = profile_named(request.profile, profiles) if request.profile else None
        catalogue = read_catalogue(manifest, profiles, profile=wanted, demand=demand)
    base = manifest.parent if manifest is not None else folder
    closed = sealed(folder, base, catalogue, [file.path for file in found.files])
    holdings = look_into(folder, found, unpacker, memory, closed)
    joined = join(folder, manifest, catalogue, holdings)
    unlisted = tuple(item.paths[0] for item in joined.items if item.row is None)
    items, scope = _within(joined.items, request.scope)
    return Plan(
        walk=found,
        holdings=holdings,
        joined=joined,
        unlisted=unlisted if manifest is not None else (),
        files=tuple(file for file in holdings.files if scope is None or scope.covers(file.path)),
        items=items,
        scope=scope,
        catalogue=catalogue,
    )


def _within(items: tuple[Item, ...], scope: Scope | None) -> tuple[tuple[Item, ...], Scope | None]:
    """The items that a scope touches, and the scope with all files of these."""
    if scope is None:
        return items, None
    touched = tuple(item for item in items if not item.paths or any(map(scope.covers, item.paths)))
    return touched, scope.widened(path for item in touched for path in item.paths)


def _is_upload(folder: Path, data: Path) -> bool:
    """Whether a folder holds what was uploaded: the one part of our own that is imported."""
    return folder.is_relative_to(data / UPLOADS)


def with_level(request: BatchRequest, level: str) -> BatchRequest:
    """The request with the level of the catalogue's profile, unless it names one itself."""
    if request.level is not None or not level:
        return request
    return replace(request, level=LEVEL_PRESETS[level], level_name=level)


def profile_named(name: str, profiles: Sequence[Profile]) -> Profile:
    """The profile of a name.

    Raises:
        ProfileRefusedError: There is none.
    """
    for each in profiles:
        if each.name == name:
            return each
    raise ProfileRefusedError("name", name)
