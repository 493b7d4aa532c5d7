"""How mail is sent, if it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from indexer.errors import SettingsError
from query_room.notices.addresses import UnfitAddressError, checked_address

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tls(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS: Final = {Tls.STARTTLS: 587, Tls.TLS: 465, Tls.NONE: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A mail server that takes messages from this room."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Mail as the operator set it; without a server it is off."""

    server: SmtpServer | None = None
    """``QUERY_ROOM_SMTP_URL``: ``smtp://user:password@host:port?tls=starttls|tls|none``."""

    sender: str = ""
    """``QUERY_ROOM_MAIL_FROM``: the address that messages come from."""

    public_url: str = ""
    """``QUERY_ROOM_PUBLIC_URL``: where readers reach the room; links in messages begin with it."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> MailSettings:
        """The settings of this process.

        Raises:
            SettingsError: A variable cannot be used; the message names it, and never a password.
        """
        server = _server(environ.get("QUERY_ROOM_SMTP_URL", ""))
        sender = environ.get("QUERY_ROOM_MAIL_FROM", "")
        if sender or server is not None:
            try:
                sender = checked_address(sender)
            except UnfitAddressError:
                raise SettingsError(
                    "QUERY_ROOM_MAIL_FROM must be an e-mail address; QUERY_ROOM_SMTP_URL needs one"
                ) from None
        return cls(
            server=server, sender=sender, public_url=_url(environ.get("QUERY_ROOM_PUBLIC_URL", ""))
        )


def _server(text: str) -> SmtpServer | None:
    if not text:
        return None
    # The value is never shown: it may hold a password.
    form = "QUERY_ROOM_SMTP_URL must be smtp://user:password@host:port?tls=starttls|tls|none"
    try:
        url = urlsplit(text)
        host, port = url.hostname, url.port
        asked = parse_qs(url.query, strict_parsing=bool(url.query))
        tls = Tls(asked.pop("tls", [Tls.STARTTLS.value])[0])
        user, password = unquote(url.username or ""), unquote(url.password or "")
    except ValueError:
        raise SettingsError(form) from None
    if url.scheme != "smtp" or not host or asked or url.path not in {"", "/"} or port == 0:
        raise SettingsError(form)
    if not (user + password).isascii() or bool(user) != bool(password):
        raise SettingsError(f"{form}; name and password together, in ASCII")
    if user and tls is Tls.NONE:
        raise SettingsError("QUERY_ROOM_SMTP_URL would send a password in clear: use TLS")
    return SmtpServer(host=host, port=port or _PORTS[tls], tls=tls, user=user, password=password)


def _url(text: str) -> str:
    try:
        url = urlsplit(text)
        fits = url.scheme in {"http", "https"} and bool(url.hostname)
        plain = not (url.query or url.fragment or url.username)
    except ValueError:
        fits = plain = False
    if text and not (fits and plain and text.isascii() and text.isprintable() and " " not in text):
        raise SettingsError("QUERY_ROOM_PUBLIC_URL must be like https://archive.example.cn/room")
    return text.rstrip("/")
