"""Every statement on notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from query_room.notices.model import (
    Notice,
    NoticeFields,
    NoticeKind,
    NoticeReason,
    NoticeState,
    OrganMailbox,
    SealedContact,
)
from query_room.tables import notice, organ
from query_room.upsert import upsert

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Row, Select

UNSENT: Final = (
    NoticeState.WAITING,
    NoticeState.SENDING,
    NoticeState.FAILED,
    NoticeState.NOT_SENT,
)
_TAKEABLE: Final = (NoticeState.WAITING.value, NoticeState.SENDING.value)
_ENDED: Final = (NoticeState.FAILED.value, NoticeState.NOT_SENT.value)


def add(connection: Connection, new: Notice, occasion: str) -> int | None:
    """Store a notice; its number, or ``None`` where this occasion was told already."""
    sealed = new.to if isinstance(new.to, SealedContact) else None
    statement = (
        upsert(connection, notice)
        .values(
            kind=new.kind.value,
            owner=new.owner,
            occasion=occasion,
            address_owner=sealed.owner if sealed else None,
            address_event=sealed.event_id if sealed else None,
            organ_id=new.to.organ_id if isinstance(new.to, OrganMailbox) else None,
            fields=new.fields.as_json(),
            state=new.state.value,
            reason=new.reason.value,
            tries=0,
            queued_at=new.queued_at,
            due_at=new.due_at,
        )
        .on_conflict_do_nothing(index_elements=[notice.c.owner, notice.c.kind, notice.c.occasion])
        .returning(notice.c.notice_id)
    )
    number: int | None = connection.execute(statement).scalar_one_or_none()
    return number


def claim(
    connection: Connection, *, now: dt.datetime, until: dt.datetime, token: str, message_id: str
) -> Notice | None:
    """Take the notice that is due first, until ``until``; ``None`` where none is due.

    One that another sender left behind is due when its lease ends.
    """
    chosen = connection.execute(_due(now)).scalar_one_or_none()
    if chosen is None:
        return None
    statement = (
        update(notice)
        # Asked again: on SQLite there is no lock on a row that was chosen.
        .where(notice.c.notice_id == chosen, notice.c.state.in_(_TAKEABLE), notice.c.due_at <= now)
        .values(
            state=NoticeState.SENDING.value,
            claim=token,
            due_at=until,
            tries=notice.c.tries + 1,
            message_id=func.coalesce(notice.c.message_id, message_id),
        )
        .returning(notice)
    )
    row = connection.execute(statement).one_or_none()
    return _notice(row) if row else None


def end(
    connection: Connection,
    notice_id: int,
    *,
    token: str,
    state: NoticeState,
    reason: NoticeReason,
    due_at: dt.datetime,
    ended_at: dt.datetime | None,
) -> bool:
    """Write how a try went; whether the notice was still this sender's."""
    statement = (
        update(notice)
        .where(
            notice.c.notice_id == notice_id,
            notice.c.claim == token,
            notice.c.state == NoticeState.SENDING.value,
        )
        .values(
            state=state.value, reason=reason.value, due_at=due_at, ended_at=ended_at, claim=None
        )
    )
    return connection.execute(statement).rowcount == 1


def wait_again(connection: Connection, notice_id: int, now: dt.datetime) -> str | None:
    """Let a notice that has ended unsent wait once more; its owner, or ``None`` if it has not."""
    statement = (
        update(notice)
        .where(notice.c.notice_id == notice_id, notice.c.state.in_(_ENDED))
        .values(state=NoticeState.WAITING.value, reason="", tries=0, due_at=now, ended_at=None)
        .returning(notice.c.owner)
    )
    owner: str | None = connection.execute(statement).scalar_one_or_none()
    return owner


def organ_address(connection: Connection, organ_id: str) -> str:
    """The public address of an organ; may be empty."""
    statement = select(organ.c.email).where(organ.c.organ_id == organ_id)
    return connection.execute(statement).scalar_one_or_none() or ""


def unsent(connection: Connection, *, offset: int, limit: int) -> list[Notice]:
    """Notices that are not sent, newest first."""
    states = [state.value for state in UNSENT]
    statement = (
        select(notice)
        .where(notice.c.state.in_(states))
        .order_by(notice.c.notice_id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [_notice(row) for row in connection.execute(statement)]


def of_owner(connection: Connection, owner: str) -> list[Notice]:
    """What was told, or is to be, about one request; in order."""
    statement = select(notice).where(notice.c.owner == owner).order_by(notice.c.notice_id)
    return [_notice(row) for row in connection.execute(statement)]


def count(connection: Connection) -> dict[NoticeState, int]:
    """How many notices stand where; states without one are absent."""
    statement = select(notice.c.state, func.count()).group_by(notice.c.state)
    return {NoticeState(state): number for state, number in connection.execute(statement)}


def _due(now: dt.datetime) -> Select[tuple[int]]:
    return (
        select(notice.c.notice_id)
        .where(notice.c.state.in_(_TAKEABLE), notice.c.due_at <= now)
        .order_by(notice.c.due_at, notice.c.notice_id)
        .limit(1)
        # PostgreSQL lets two senders choose different rows; SQLite has one writer anyhow.
        .with_for_update(skip_locked=True)
    )


def _notice(row: Row[Any]) -> Notice:
    to = (
        OrganMailbox(organ_id=row.organ_id)
        if row.organ_id is not None
        else SealedContact(owner=row.address_owner, event_id=row.address_event)
    )
    return Notice(
        notice_id=row.notice_id,
        kind=NoticeKind(row.kind),
        owner=row.owner,
        to=to,
        fields=NoticeFields.from_json(row.fields),
        state=NoticeState(row.state),
        reason=NoticeReason(row.reason),
        tries=row.tries,
        queued_at=row.queued_at,
        due_at=row.due_at,
        message_id=row.message_id or "",
        ended_at=row.ended_at,
    )
