"""The outbox: what is to be told is written with the step that it tells of."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from query_room.accounts.model import Permission
from query_room.errors import VaultError
from query_room.masks import mask_email
from query_room.notices import repository
from query_room.notices.addresses import address_in
from query_room.notices.errors import NoticeNotFoundError
from query_room.notices.model import Notice, NoticeReason, NoticeState, OrganMailbox, SealedContact
from query_room.sealing import Sealing
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from query_room.accounts.model import Account
    from query_room.notices.model import NoticeFields, NoticeKind
    from query_room.notices.settings import MailSettings
    from query_room.vault import Vault
    from search_api.log.model import JsonValue

PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentNotice:
    """A notice as archivists see it.

    Attributes:
        address: Masked; empty where it was erased or cannot be read.
    """

    notice: Notice
    address: str


class Notices:
    """The outbox of e-mail notices."""

    def __init__(self, engine: Engine, vault: Vault, settings: MailSettings) -> None:
        self._engine = engine
        self._sealing = Sealing(vault)
        self._settings = settings

    def queue(
        self,
        connection: Connection,
        *,
        kind: NoticeKind,
        owner: str,
        to: SealedContact | OrganMailbox,
        fields: NoticeFields,
        occasion: str = "",
    ) -> int | None:
        """Put a notice into the outbox, in the caller's transaction; its number comes back.

        Args:
            connection: Of the step that the notice tells of: both stand, or neither.
            kind: What happened.
            owner: The request.
            to: Whom it is told to.
            fields: What the message says.
            occasion: What it is told for, e.g. ``10`` days before a due date. One notice of a kind
                goes out for one occasion of one request, and ``None`` comes back the second time;
                left out, every call is an occasion of its own.

        Raises:
            InvalidFieldError: A field is missing, too long or holds a control character.
        """
        now = utc_now()
        is_off = self._settings.server is None
        new = Notice(
            notice_id=0,
            kind=kind,
            owner=owner,
            to=to,
            fields=fields.checked(),
            state=NoticeState.NOT_SENT if is_off else NoticeState.WAITING,
            reason=NoticeReason.OFF if is_off else NoticeReason.NONE,
            tries=0,
            queued_at=now,
            due_at=now,
            message_id="",
            ended_at=None,
        )
        number = repository.add(connection, new, occasion or secrets.token_hex(16))
        if number is not None:
            body: dict[str, JsonValue] = {
                "notice": number,
                "notice_kind": kind.value,
                "notice_state": new.state.value,
            }
            append(
                connection,
                NewEvent(at=now, kind=EventKind.NOTICE_QUEUED, subject=owner, body=body),
            )
        return number

    def unsent(self, page: int, *, by: Account) -> list[UnsentNotice]:
        """Notices that are not sent, newest first, with their addresses masked.

        Raises:
            PermissionDeniedError: The role may not see them.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with reading(self._engine) as connection:
            found = repository.unsent(
                connection, offset=(page - 1) * PAGE_LENGTH, limit=PAGE_LENGTH
            )
            return [
                UnsentNotice(notice=each, address=self._masked(connection, each)) for each in found
            ]

    def of_request(self, request_id: str) -> list[Notice]:
        """What was told about a request, or is to be; in order."""
        with reading(self._engine) as connection:
            return repository.of_owner(connection, request_id)

    def counts(self) -> dict[NoticeState, int]:
        """How many notices stand where; states without one are absent."""
        with reading(self._engine) as connection:
            return repository.count(connection)

    def retry(self, notice_id: int, *, by: Account) -> None:
        """Send a notice after all, e.g. when e-mail was off or the server refused it.

        Raises:
            PermissionDeniedError: The role may not.
            NoticeNotFoundError: There is none of that number that failed or was not sent.
        """
        by.require(Permission.MANAGE_ARCHIVE)
        with writing(self._engine) as connection:
            now = utc_now()
            owner = repository.wait_again(connection, notice_id, now)
            if owner is None:
                raise NoticeNotFoundError(f"no unsent notice {notice_id}")
            body: dict[str, JsonValue] = {"notice": notice_id, "by": by.name}
            append(
                connection,
                NewEvent(at=now, kind=EventKind.NOTICE_RETRIED, subject=owner, body=body),
            )

    def _masked(self, connection: Connection, notice: Notice) -> str:
        try:
            return mask_email(address_of(connection, self._sealing, notice.to) or "")
        except VaultError:
            return ""


def address_of(
    connection: Connection, sealing: Sealing, to: SealedContact | OrganMailbox
) -> str | None:
    """Where a notice goes; empty where none is given, ``None`` where it was erased.

    Raises:
        VaultError: It cannot be read.
    """
    if isinstance(to, OrganMailbox):
        return repository.organ_address(connection, to.organ_id)
    key = (to.owner, to.event_id)
    found = sealing.load(connection, [key]).get(key)
    return None if found is None else address_in(found)
