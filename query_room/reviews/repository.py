"""Every statement on reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from query_room.tables import review, review_signature

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Row


def add(
    connection: Connection,
    *,
    review_id: str,
    subject: str,
    organ_id: str,
    status: str,
    by: str,
    at: dt.datetime,
    steps: Sequence[tuple[str, str]],
) -> None:
    """Store a new review with its steps, as (name, duty)."""
    connection.execute(
        insert(review).values(
            review_id=review_id,
            subject=subject,
            organ_id=organ_id,
            status=status,
            opened_by=by,
            opened_at=at,
        )
    )
    for ordinal, (name, duty) in enumerate(steps, 1):
        connection.execute(
            insert(review_signature).values(
                review_id=review_id, ordinal=ordinal, name=name, duty=duty
            )
        )


def count_of(connection: Connection, subject: str) -> int:
    """How many reviews a subject had."""
    statement = select(func.count()).select_from(review).where(review.c.subject == subject)
    return int(connection.execute(statement).scalar_one())


def find(connection: Connection, review_id: str) -> Row[Any] | None:
    """One review, or ``None``."""
    return connection.execute(select(review).where(review.c.review_id == review_id)).one_or_none()


def of_subject(connection: Connection, subject: str) -> list[Row[Any]]:
    """Reviews of a subject, in order."""
    statement = select(review).where(review.c.subject == subject).order_by(review.c.review_id)
    return list(connection.execute(statement))


def open_of(connection: Connection, organ_ids: Collection[str]) -> list[Row[Any]]:
    """Open reviews of organs, the oldest first."""
    statement = (
        select(review)
        .where(review.c.status == "open", review.c.organ_id.in_(organ_ids))
        .order_by(review.c.opened_at, review.c.review_id)
    )
    return list(connection.execute(statement))


def signatures(connection: Connection, review_id: str) -> list[Row[Any]]:
    """Steps of a review, in order."""
    statement = (
        select(review_signature)
        .where(review_signature.c.review_id == review_id)
        .order_by(review_signature.c.ordinal)
    )
    return list(connection.execute(statement))


def sign(
    connection: Connection,
    review_id: str,
    ordinal: int,
    **values: Any,  # noqa: ANN401 - the columns of a signature
) -> bool:
    """Store a signature; whether the step still waited for one."""
    statement = (
        update(review_signature)
        .where(
            review_signature.c.review_id == review_id,
            review_signature.c.ordinal == ordinal,
            review_signature.c.verdict.is_(None),
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def end(connection: Connection, review_id: str, status: str) -> None:
    """Say how a review ended."""
    connection.execute(update(review).where(review.c.review_id == review_id).values(status=status))
