"""Catalogues looked at before they are imported, and how those of one form are read."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.catalogue.reading import SUFFIXES
from indexer.database import reading, utc_now, writing
from indexer.errors import ImportRefusedError, ManifestError
from indexer.importing.plan import profile_named
from indexer.importing.previewing import preview
from indexer.importing.profiles import kept_profiles, retire_profile, save_profile
from indexer.repositories import catalogue_profiles
from indexer.storage.atomic import write_atomically
from indexer.storage.names import key_of, locate
from query_room.accounts.model import Permission
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.catalogue.profiles import Profile
    from indexer.importing.previewing import Preview
    from indexer.repositories.catalogue_profiles import ProfileRow
    from indexer.settings import IndexerSettings
    from query_room.accounts.model import Account

MAX_UPLOAD_BYTES: Final = 64 << 20
_KEPT_S: Final = 7 * 24 * 3600
_UPLOAD: Final = re.compile(r"[0-9a-f]{64}(?P<suffix>\.[a-z]{2,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSource:
    """Where a catalogue is, as an address says it.

    Attributes:
        path: On the server, or its key. upload: A catalogue that was sent; one of the two is given.
        folder: The folder it belongs to, or ``""``.
    """

    path: str = ""
    upload: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a catalogue and its folder are below the import roots.

    Attributes:
        root: Number of the root. folder, catalogue: Keys below it.
    """

    root: int
    folder: str
    catalogue: str


class CatalogueService:
    """Catalogues, for accounts that manage the archive.

    Every method raises ``PermissionDeniedError`` for others.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def roots(self, *, by: Account) -> tuple[Path, ...]:
        """The folders of the server below which catalogues may be looked at."""
        by.require(Permission.MANAGE_ARCHIVE)
        return self._settings.import_roots

    def receive(self, name: str, content: bytes, *, by: Account) -> str:
        """A catalogue that was sent, kept for some days; what addresses call it.

        Raises:
            ManifestError: Its name ends in nothing that is read, or it is empty.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES or not content:
            raise ManifestError(f"{suffix or 'no suffix'}: use {', '.join(SUFFIXES)}")
        self._sweep()
        folder = self._settings.catalogues
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        called = f"{hashlib.sha256(content).hexdigest()}{suffix}"
        write_atomically(folder / called, content, incoming=folder)
        return called

    def preview(
        self,
        source: CatalogueSource,
        *,
        by: Account,
        profile: str = "",
        draft: Profile | None = None,
    ) -> Preview:
        """How a catalogue would be read and joined.

        Args:
            source: Where it is.
            by: Who looks.
            profile: The name of the profile to use; that of its form unless given.
            draft: One that is not kept yet, to be used before any other.

        Raises:
            ImportRefusedError: It cannot be read, or lies where nobody may look.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            profiles = kept_profiles(connection)
        wanted = draft or (profile_named(profile, profiles) if profile else None)
        folder = self._allowed(source.folder) if source.folder else None
        return preview(self._file(source), folder, self._settings, profiles, profile=wanted)

    def way(self, source: CatalogueSource, *, by: Account) -> Way:
        """Where a catalogue on the server is, for an import that begins with it.

        Its own folder is the one to import, unless it names one below the same root.

        Raises:
            ImportRefusedError: It was sent, or lies where nobody may look.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        path = self._allowed(source.path)
        folder = self._allowed(source.folder) if source.folder else path.parent
        number, root = next(
            (number, root)
            for number, root in enumerate(self._settings.import_roots)
            if path.is_relative_to(root)
        )
        if not folder.is_relative_to(root):
            folder = path.parent
        return Way(
            root=number,
            folder="" if folder == root else key_of(folder.relative_to(root)),
            catalogue=key_of(path.relative_to(root)),
        )

    def profiles(self, *, by: Account) -> list[ProfileRow]:
        """Every profile in force with who settled it, the one saved last first."""
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            return [row for row in catalogue_profiles.latest(connection) if not row.is_retired]

    def save(self, profile: Profile, *, by: Account) -> Profile:
        """The profile as it is in force from now on.

        Raises:
            ProfileRefusedError: It cannot be kept.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            saved = save_profile(connection, profile, by=by.name)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.CATALOGUE_PROFILE_SAVED,
                    subject=saved.name,
                    body={"by": by.name, "version": saved.version},
                ),
            )
        return saved

    def retire(self, name: str, *, by: Account) -> None:
        """Use a profile no longer; its versions stay.

        Raises:
            ProfileRefusedError: None of that name is in force.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            retire_profile(connection, name, by=by.name)
            append(
                connection,
                NewEvent(
                    at=utc_now(),
                    kind=EventKind.CATALOGUE_PROFILE_RETIRED,
                    subject=name,
                    body={"by": by.name},
                ),
            )

    def _file(self, source: CatalogueSource) -> Path:
        if source.upload:
            found = _UPLOAD.fullmatch(source.upload)
            if found is None or found["suffix"] not in SUFFIXES:
                raise ManifestError("no such catalogue")
            return self._settings.catalogues / source.upload
        path = self._allowed(source.path)
        if not path.is_file():
            raise ManifestError("no such catalogue")
        return path

    def _allowed(self, named: str) -> Path:
        """A path below one of the roots, links followed.

        Raises:
            ImportRefusedError: It lies elsewhere. Whether anything is there is not told.
        """
        try:
            path = locate(Path("/"), named).resolve()
        except (OSError, ValueError):
            path = Path("/")
        is_own = path.is_relative_to(self._settings.data.resolve())
        if is_own or not any(path.is_relative_to(root) for root in self._settings.import_roots):
            raise ImportRefusedError("only what lies below the import roots can be looked at")
        return path

    def _sweep(self) -> None:
        """Forget catalogues that were sent long ago."""
        oldest = time.time() - _KEPT_S
        for path in self._settings.catalogues.glob("*"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
