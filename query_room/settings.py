"""What the operator can set for the room, read once from ``QUERY_ROOM_*`` variables."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.errors import SettingsError
from indexer.settings import IndexerSettings
from query_room.notices.settings import MailSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_PORT: Final = 65_535
_ORGAN: Final = "示例区人民政府"
_HOST: Final = "127.0.0.1"
_SEARCHES_PER_MINUTE: Final = 60
_MAX_SEARCHES_PER_MINUTE: Final = 1_000_000
_UPLOAD_MB: Final = 1_000
_MAX_UPLOAD_MB: Final = 100_000
_UPLOAD_FILES: Final = 2_000
_MAX_UPLOAD_FILES: Final = 100_000
_MIN_TOKEN: Final = 16
MEBIBYTE: Final = 1 << 20
_MAIL_OFF: Final = MailSettings()


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

    proxy: str = ""
    """``QUERY_ROOM_PROXY``: the address of the proxy whose word is taken for who asks."""

    searches_per_minute: int = _SEARCHES_PER_MINUTE
    """``QUERY_ROOM_SEARCHES_PER_MINUTE``: searches from one address that nobody signed in at."""

    letters_folder: Path | None = None
    """``QUERY_ROOM_LETTERS``: the office's own templates; ``letters`` in the data folder else."""

    upload_mb: int = _UPLOAD_MB
    """``QUERY_ROOM_UPLOAD_MB``: megabytes that an archivist may upload at once."""

    upload_files: int = _UPLOAD_FILES
    """``QUERY_ROOM_UPLOAD_FILES``: files that an archivist may upload at once."""

    metrics_token: str = ""
    """``QUERY_ROOM_METRICS_TOKEN``: opens ``/metrics`` to programs on other machines."""

    mail: MailSettings = _MAIL_OFF
    """Notices by e-mail; off unless a server is named."""

    @property
    def letters(self) -> Path:
        """Templates of letters that the office has put in place of the room's."""
        return self.letters_folder or self.indexer.data / "letters"

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
        return cls(
            indexer=IndexerSettings.from_env(environ),
            organ=environ.get("QUERY_ROOM_ORGAN", _ORGAN),
            host=environ.get("QUERY_ROOM_HOST", _HOST),
            port=_count(environ, "QUERY_ROOM_PORT", 8000, _MAX_PORT),
            https=environ.get("QUERY_ROOM_HTTPS", "") == "1",
            proxy=_proxy(environ),
            searches_per_minute=_count(
                environ,
                "QUERY_ROOM_SEARCHES_PER_MINUTE",
                _SEARCHES_PER_MINUTE,
                _MAX_SEARCHES_PER_MINUTE,
            ),
            upload_mb=_count(environ, "QUERY_ROOM_UPLOAD_MB", _UPLOAD_MB, _MAX_UPLOAD_MB),
            upload_files=_count(
                environ, "QUERY_ROOM_UPLOAD_FILES", _UPLOAD_FILES, _MAX_UPLOAD_FILES
            ),
            letters_folder=_folder(environ, "QUERY_ROOM_LETTERS"),
            metrics_token=_token(environ),
            mail=MailSettings.from_env(environ),
        )


def _count(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name, str(default))
    # Digits first, and few of them: int() takes signs, spaces and other scripts, and balks at more.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        raise SettingsError(f"{name} is {text!r}; it must be a number from 1 to {most}")
    if not 0 < int(text) <= most:
        raise SettingsError(f"{name} is {text}; it must be a number from 1 to {most}")
    return int(text)


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "")
    return Path(text) if text else None


def _proxy(environ: Mapping[str, str]) -> str:
    text = environ.get("QUERY_ROOM_PROXY", "")
    try:
        return str(ip_address(text)) if text else ""
    except ValueError:
        raise SettingsError(f"QUERY_ROOM_PROXY is {text!r}; it must be an IP address") from None


def _token(environ: Mapping[str, str]) -> str:
    text = environ.get("QUERY_ROOM_METRICS_TOKEN", "")
    if text and re.fullmatch(rf"[!-~]{{{_MIN_TOKEN},}}", text) is None:
        # Not shown: it is a secret, or was meant to be one.
        raise SettingsError(
            f"QUERY_ROOM_METRICS_TOKEN needs {_MIN_TOKEN} or more ASCII characters, without spaces"
        )
    return text
