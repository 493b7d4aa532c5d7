"""A catalogue as it would be read and joined; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.catalogue.manifest import read_catalogue
from indexer.containers.unpacker import Unpacker
from indexer.errors import ImportRefusedError
from indexer.importing.catalogue_account import CatalogueAccount, account_of
from indexer.importing.items import Joined, join, sealed
from indexer.importing.looking import Holdings, Memory, look_into
from indexer.importing.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.catalogue import BadRow
    from indexer.catalogue.manifest import Catalogue
    from indexer.catalogue.profiles import Profile
    from indexer.settings import IndexerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A catalogue as it would be read.

    Attributes:
        catalogue: As it was read. joined: With the folder, or with nothing.
        account: What a batch's report would say of it.
        unlisted: Files that no row would have; empty without a folder.
        has_folder: Whether it was joined with one.
    """

    catalogue: Catalogue
    joined: Joined
    account: CatalogueAccount
    unlisted: tuple[str, ...]
    has_folder: bool

    @property
    def bad_rows(self) -> tuple[BadRow, ...]:
        """Rows that would not be used; without a folder, as far as that can be told."""
        if self.has_folder:
            return self.joined.bad_rows
        return tuple(each.problem for each in self.catalogue.unusable)


def preview(
    path: Path,
    folder: Path | None,
    settings: IndexerSettings,
    profiles: Sequence[Profile] = (),
    *,
    profile: Profile | None = None,
) -> Preview:
    """How a catalogue would be read, and what it would be joined to.

    Args:
        path: The catalogue.
        folder: The folder that would be imported, if it is known.
        settings: Of the archive: how far into archives it looks.
        profiles: Kept profiles.
        profile: The one to use, whatever the form.

    Raises:
        ImportRefusedError: The catalogue or the folder cannot be read.
    """
    if not path.is_file():
        raise ImportRefusedError(f"{path} is not a file")
    catalogue = read_catalogue(
        path, profiles, profile=profile, demand=settings.extraction_confinement
    )
    real = path.resolve()
    root = folder.resolve() if folder is not None else real.parent
    holdings = Holdings(files=())
    if folder is not None:
        found = walk(root, leave_out=frozenset({real}))
        closed = sealed(root, real.parent, catalogue, [file.path for file in found.files])
        with Unpacker(settings, root) as unpacker:
            holdings = look_into(root, found, unpacker, Memory(), closed)
    joined = join(root, real, catalogue, holdings)
    account = account_of(catalogue, joined)
    assert account is not None  # noqa: S101 - a catalogue that was read has sheets
    return Preview(
        catalogue=catalogue,
        joined=joined,
        account=account,
        unlisted=tuple(item.paths[0] for item in joined.items if item.row is None),
        has_folder=folder is not None,
    )
