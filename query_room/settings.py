"""What the operator can set for the room, read once from ``QUERY_ROOM_*`` variables."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.errors import SettingsError
from indexer.settings import IndexerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAX_PORT: Final = 65_535
_ORGAN: Final = "示例区人民政府"
_HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """How the room presents itself and where it listens."""

    indexer: IndexerSettings
    """The archive below."""

    organ: str = _ORGAN
    """``QUERY_ROOM_ORGAN``: the government or agency whose room it is."""

    host: str = _HOST
    """``QUERY_ROOM_HOST``: the address to listen on."""

    port: int = 8000
    """``QUERY_ROOM_PORT``: the port to listen on."""

    https: bool = False
    """``QUERY_ROOM_HTTPS``: ``1`` behind a proxy with HTTPS; cookies are then secure-only."""

    @property
    def keys(self) -> Path:
        """Keys; backed up apart from everything else."""
        return self.indexer.data / "keys"

    def session_key(self) -> bytes:
        """The key that signs sessions, made at first use."""
        path = self.keys / "session.key"
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> RoomSettings:
        """The settings of this process.

        Raises:
            SettingsError: A variable cannot be used; the message names it.
        """
        port = environ.get("QUERY_ROOM_PORT", "8000")
        if not (port.isascii() and port.isdigit() and 0 < int(port) <= _MAX_PORT):
            raise SettingsError(f"QUERY_ROOM_PORT is {port!r}; it must be a port number")
        return cls(
            indexer=IndexerSettings.from_env(environ),
            organ=environ.get("QUERY_ROOM_ORGAN", _ORGAN),
            host=environ.get("QUERY_ROOM_HOST", _HOST),
            port=int(port),
            https=environ.get("QUERY_ROOM_HTTPS", "") == "1",
        )
