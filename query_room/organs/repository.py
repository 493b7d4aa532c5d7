"""Every statement on organs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from query_room.organs.model import Duty, Member, Organ, ReviewStep
from query_room.tables import organ, organ_member, organ_review_step, organ_series
from query_room.upsert import upsert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

_FACTS = (
    "name",
    "short_name",
    "number_prefix",
    "disclosure_office",
    "address",
    "postcode",
    "phone",
    "fax",
    "email",
    "hours",
    "seal_name",
    "parent",
)


def facts_of(found: Organ) -> dict[str, Any]:
    """The columns of an organ that can be changed."""
    return {name: getattr(found, name) for name in _FACTS}


def add(connection: Connection, found: Organ, at: dt.datetime) -> bool:
    """Store a new organ; whether its identifier was free."""
    statement = (
        upsert(connection, organ)
        .values(organ_id=found.organ_id, added_at=at, **facts_of(found))
        .on_conflict_do_nothing(index_elements=[organ.c.organ_id])
        .returning(organ.c.organ_id)  # psycopg forgets how many rows an INSERT made
    )
    return connection.execute(statement).one_or_none() is not None


def change(connection: Connection, found: Organ) -> None:
    """Set the facts of an organ."""
    connection.execute(
        update(organ).where(organ.c.organ_id == found.organ_id).values(**facts_of(found))
    )


def close(connection: Connection, organ_id: str, at: dt.datetime) -> bool:
    """Let an organ take no more requests; whether it still took them."""
    statement = (
        update(organ)
        .where(organ.c.organ_id == organ_id, organ.c.closed_at.is_(None))
        .values(closed_at=at)
    )
    return connection.execute(statement).rowcount == 1


def find(connection: Connection, organ_id: str) -> Organ | None:
    """One organ, or ``None``."""
    found = _organs(connection, organ.c.organ_id == organ_id)
    return found[0] if found else None


def list_all(connection: Connection) -> list[Organ]:
    """Every organ, in the order they were added."""
    return _organs(connection)


def of_account(connection: Connection, account_name: str) -> list[Organ]:
    """Organs that an account works for."""
    own = select(organ_member.c.organ_id).where(organ_member.c.account_name == account_name)
    return _organs(connection, organ.c.organ_id.in_(own))


def members(connection: Connection, organ_id: str) -> list[Member]:
    """Who works for an organ, by name."""
    statement = (
        select(organ_member)
        .where(organ_member.c.organ_id == organ_id)
        .order_by(organ_member.c.account_name)
    )
    return [
        Member(account_name=row.account_name, duties=_duties(row.duties))
        for row in connection.execute(statement)
    ]


def duties(connection: Connection, organ_id: str, account_name: str) -> frozenset[Duty]:
    """What an account is entrusted with in an organ."""
    statement = select(organ_member.c.duties).where(
        organ_member.c.organ_id == organ_id, organ_member.c.account_name == account_name
    )
    return _duties(connection.execute(statement).scalar_one_or_none() or ())


def set_duties(
    connection: Connection, organ_id: str, account_name: str, wanted: Collection[Duty]
) -> None:
    """Entrust an account with duties; none ends its work for the organ."""
    connection.execute(
        delete(organ_member).where(
            organ_member.c.organ_id == organ_id, organ_member.c.account_name == account_name
        )
    )
    if wanted:
        connection.execute(
            insert(organ_member).values(
                organ_id=organ_id,
                account_name=account_name,
                duties=sorted(duty.value for duty in wanted),
            )
        )


def review_steps(connection: Connection, organ_id: str) -> list[ReviewStep]:
    """The steps that an organ has set, in order; empty where it has set none."""
    statement = (
        select(organ_review_step)
        .where(organ_review_step.c.organ_id == organ_id)
        .order_by(organ_review_step.c.ordinal)
    )
    return [ReviewStep(name=row.name, duty=Duty(row.duty)) for row in connection.execute(statement)]


def set_review_steps(connection: Connection, organ_id: str, steps: Sequence[ReviewStep]) -> None:
    """Set the steps of an organ."""
    connection.execute(delete(organ_review_step).where(organ_review_step.c.organ_id == organ_id))
    for ordinal, step in enumerate(steps, 1):
        connection.execute(
            insert(organ_review_step).values(
                organ_id=organ_id, ordinal=ordinal, name=step.name, duty=step.duty.value
            )
        )


def next_number(connection: Connection, organ_id: str, series: str, year: int) -> int:
    """The next number of a series: 1, 2, 3 … without gaps."""
    statement = upsert(connection, organ_series).values(
        organ_id=organ_id, series=series, year=year, last_number=1
    )
    number: int = connection.execute(
        statement.on_conflict_do_update(
            index_elements=[
                organ_series.c.organ_id,
                organ_series.c.series,
                organ_series.c.year,
            ],
            set_={"last_number": organ_series.c.last_number + 1},
        ).returning(organ_series.c.last_number)
    ).scalar_one()
    return number


def _organs(connection: Connection, *conditions: ColumnElement[bool]) -> list[Organ]:
    statement = select(organ).where(*conditions).order_by(organ.c.added_at, organ.c.organ_id)
    return [_organ(row) for row in connection.execute(statement)]


def _organ(row: Row[Any]) -> Organ:
    values: Mapping[str, Any] = {name: getattr(row, name) for name in _FACTS}
    return Organ(organ_id=row.organ_id, is_closed=row.closed_at is not None, **values)


def _duties(names: Collection[str]) -> frozenset[Duty]:
    return frozenset(Duty(name) for name in names)
