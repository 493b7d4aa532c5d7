"""Empties the outbox: takes a notice, sends it, writes down what became of it.

A notice is ``sending`` before the first word to the server and ``sent`` after its last. Who is
killed in between leaves a lease that ends; the notice is then sent again under the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, utc_now, writing
from query_room.errors import VaultError
from query_room.notices import repository
from query_room.notices.addresses import UnfitAddressError, checked_address
from query_room.notices.delivery import DeliveryError, deliver
from query_room.notices.message import message_of
from query_room.notices.model import NoticeReason, NoticeState
from query_room.notices.service import address_of
from query_room.sealing import Sealing
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from query_room.notices.model import Notice
    from query_room.notices.settings import MailSettings, SmtpServer
    from query_room.vault import Vault
    from search_api.log.model import JsonValue

LEASE: Final = dt.timedelta(minutes=10)
"""Longer than a dialogue takes: each answer of the server is waited for some seconds only."""

MOST_TRIES: Final = 16
"""With the pauses between them, about two days."""

_FIRST_PAUSE: Final = dt.timedelta(minutes=1)
_LONGEST_PAUSE: Final = dt.timedelta(hours=6)
_POLL_S: Final = 5.0
_GATHER_EVERY: Final = dt.timedelta(hours=1)
_PATIENCE_S: Final = 5.0
_FOR_GOOD: Final = frozenset(
    {
        NoticeReason.REFUSED,
        NoticeReason.NO_ADDRESS,
        NoticeReason.BAD_ADDRESS,
        NoticeReason.NEEDS_SMTPUTF8,
    }
)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    state: NoticeState
    reason: NoticeReason = NoticeReason.NONE


class Sender:
    """Sends what waits, one notice at a time; any number of processes may have one.

    Args:
        engine: The database.
        vault: Keys of the addresses.
        settings: With a server.
        lease: How long a notice stays with whoever took it.
    """

    def __init__(
        self, engine: Engine, vault: Vault, settings: MailSettings, lease: dt.timedelta = LEASE
    ) -> None:
        self._engine = engine
        self._sealing = Sealing(vault)
        self._settings = settings
        self._lease = lease

    def step(self) -> bool:
        """Send the notice that is due first; whether there was one."""
        server = self._settings.server
        if server is None:
            return False
        token = secrets.token_hex(16)
        now = utc_now()
        domain = self._settings.sender.rpartition("@")[2]
        with writing(self._engine) as connection:
            notice = repository.claim(
                connection,
                now=now,
                until=now + self._lease,
                token=token,
                message_id=f"<{secrets.token_hex(16)}@{domain}>",
            )
        if notice is None:
            return False
        outcome = self._send(notice, server)
        self._write_down(notice, token, outcome)
        return True

    def _send(self, notice: Notice, server: SmtpServer) -> _Outcome:
        try:
            with reading(self._engine) as connection:
                address = address_of(connection, self._sealing, notice.to)
            if address is None:
                return _Outcome(state=NoticeState.CANCELLED, reason=NoticeReason.ADDRESS_ERASED)
            message = message_of(
                notice,
                sender=self._settings.sender,
                to=checked_address(address),
                public_url=self._settings.public_url,
            )
            deliver(server, message)
        except UnfitAddressError as error:
            return _after(notice, error.reason)
        except VaultError:
            return _after(notice, NoticeReason.KEYS_MISSING)
        except DeliveryError as error:
            _log.warning(
                "notice_not_taken",
                notice=notice.notice_id,
                reason=error.reason.value,
                code=error.code,
            )
            return _after(notice, error.reason)
        return _Outcome(state=NoticeState.SENT)

    def _write_down(self, notice: Notice, token: str, outcome: _Outcome) -> None:
        now = utc_now()
        waits = outcome.state is NoticeState.WAITING
        with writing(self._engine) as connection:
            is_ours = repository.end(
                connection,
                notice.notice_id,
                token=token,
                state=outcome.state,
                reason=outcome.reason,
                due_at=now + pause_after(notice.tries) if waits else now,
                ended_at=None if waits else now,
            )
            if is_ours and not waits:
                is_sent = outcome.state is NoticeState.SENT
                kind = EventKind.NOTICE_SENT if is_sent else EventKind.NOTICE_ENDED
                body: dict[str, JsonValue] = {
                    "notice": notice.notice_id,
                    "notice_kind": notice.kind.value,
                    "notice_state": outcome.state.value,
                    "notice_reason": outcome.reason.value,
                }
                append(connection, NewEvent(at=now, kind=kind, subject=notice.owner, body=body))
        if not is_ours:
            # Somebody else took it after our lease: theirs is the word that counts.
            _log.warning("notice_lease_lost", notice=notice.notice_id)


def pause_after(tries: int) -> dt.timedelta:
    """How long to wait after a number of tries: twice as long each time, up to some hours."""
    doublings: int = 1 << min(tries - 1, MOST_TRIES)
    return min(_FIRST_PAUSE * doublings, _LONGEST_PAUSE)


def _after(notice: Notice, reason: NoticeReason) -> _Outcome:
    if reason in _FOR_GOOD or notice.tries >= MOST_TRIES:
        return _Outcome(state=NoticeState.FAILED, reason=reason)
    return _Outcome(state=NoticeState.WAITING, reason=reason)


class SenderThread:
    """Sends beside a server, and ends with it; where no mail server is set it does nothing.

    Args:
        engine: The database.
        vault: Keys of the addresses.
        settings: With a server, or without.
        gather: Called at the start and every hour, to put into the outbox what only time brings;
            ``None`` where nothing does.
    """

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        settings: MailSettings,
        gather: Callable[[dt.datetime], object] | None = None,
    ) -> None:
        self._sender = Sender(engine, vault, settings)
        self._gather = gather
        self._gather_at = utc_now()
        self._is_on = settings.server is not None
        self._stop = threading.Event()
        # A daemon: a mail server that does not answer must not keep this one from ending.
        self._thread = threading.Thread(target=self._run, name="notice-sender", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        if self._is_on:
            self._thread.start()

    def stop(self) -> None:
        """Send no more; a dialogue that has begun is waited for a little."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._gather_if_due()
                busy = self._sender.step()
            except Exception as error:  # noqa: BLE001 - the outbox outlives a lost database
                # Without its text, which may quote what was being sent.
                _log.warning("notice_step_failed", error=type(error).__name__)
                busy = False
            if not busy:
                self._stop.wait(_POLL_S)

    def _gather_if_due(self) -> None:
        now = utc_now()
        if self._gather is not None and now >= self._gather_at:
            # Set first: what fails is tried again with the next hour, and never holds up the rest.
            self._gather_at = now + _GATHER_EVERY
            self._gather(now)
