"""Generations of the index: which there are, which one serves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from indexer.tables import generation

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection, Row, Select


class GenerationState(StrEnum):
    """The life of a generation."""

    BUILDING = "building"
    WHOLE = "whole"  # everything is in; kept up to date until it serves
    SERVING = "serving"
    RETIRED = "retired"  # served once; kept to go back to
    DROPPED = "dropped"  # its files are gone


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRow:
    """One generation.

    Attributes:
        number: Grows with each. state: Where it stands in its life.
        schema_version: Of the engine's fields. analyzer: Name and version.
        dictionary: Checksum of the word lists.
        vocabulary: The version of the vocabulary that it answers with; 0 for none.
        files: Number of the generation whose files it answers from: its own, or that of an earlier
            one from which only the entries of the vocabulary set it apart.
        record_count: Records it holds. passage_count: Passages.
        held: Whether it waits, once whole, until somebody lets it serve.
    """

    number: int
    state: GenerationState
    engine: str
    schema_version: int
    analyzer: str
    dictionary: str
    vocabulary: int
    files: int
    started_at: dt.datetime
    serving_since: dt.datetime | None
    record_count: int
    passage_count: int
    held: bool = False


def create(
    connection: Connection,
    *,
    engine: str,
    schema_version: int,
    analyzer: str,
    dictionary: str,
    vocabulary: int,
    at: dt.datetime,
    held: bool = False,
) -> int:
    """Begin a generation; one that does not serve yet is dropped in its favour.

    Returns its number.
    """
    unserved = (GenerationState.BUILDING, GenerationState.WHOLE)
    connection.execute(
        update(generation)
        .where(generation.c.state.in_(unserved))
        .values(state=GenerationState.DROPPED)
    )
    statement = (
        insert(generation)
        .values(
            state=GenerationState.BUILDING,
            engine=engine,
            schema_version=schema_version,
            analyzer=analyzer,
            dictionary=dictionary,
            vocabulary=vocabulary,
            started_at=at,
            held=held,
        )
        .returning(generation.c.number)
    )
    return int(connection.execute(statement).scalar_one())


def answer_with(
    connection: Connection, row: GenerationRow, vocabulary: int, *, at: dt.datetime
) -> int:
    """A new generation on the files of another one that answers; it answers from now on itself."""
    statement = (
        insert(generation)
        .values(
            state=GenerationState.RETIRED,
            engine=row.engine,
            schema_version=row.schema_version,
            analyzer=row.analyzer,
            dictionary=row.dictionary,
            vocabulary=vocabulary,
            files_of=row.files,
            started_at=at,
            record_count=row.record_count,
            passage_count=row.passage_count,
        )
        .returning(generation.c.number)
    )
    number = int(connection.execute(statement).scalar_one())
    make_serving(connection, number, at=at)
    return number


def set_vocabulary(connection: Connection, number: int, vocabulary: int) -> None:
    """Let a generation under construction answer with another version once it serves."""
    connection.execute(
        update(generation).where(generation.c.number == number).values(vocabulary=vocabulary)
    )


def serving(connection: Connection) -> GenerationRow | None:
    """The generation that answers, or ``None`` before the first."""
    return _one(connection, _in_state(GenerationState.SERVING))


def building(connection: Connection) -> GenerationRow | None:
    """The generation under construction, or ``None``."""
    return _one(connection, _in_state(GenerationState.BUILDING))


def whole(connection: Connection) -> GenerationRow | None:
    """The generation that is built and does not serve yet, or ``None``."""
    return _one(connection, _in_state(GenerationState.WHOLE))


def previous(connection: Connection) -> GenerationRow | None:
    """The generation that served last before the present one; going back twice is going forth."""
    return _one(connection, _in_state(GenerationState.RETIRED))


def with_files(connection: Connection, files: int) -> GenerationRow | None:
    """A generation that answers from these files or is to, or ``None`` where they may go."""
    kept = select(generation).where(
        func.coalesce(generation.c.files_of, generation.c.number) == files,
        generation.c.state != GenerationState.DROPPED,
    )
    return _one(connection, kept.order_by(generation.c.number.desc()).limit(1))


def list_all(connection: Connection) -> list[GenerationRow]:
    """Every generation, newest first."""
    statement = select(generation).order_by(generation.c.number.desc())
    return [_row(row) for row in connection.execute(statement)]


def make_serving(connection: Connection, number: int, *, at: dt.datetime) -> None:
    """Let a generation answer from now on; the one before is kept, older ones may be dropped.

    One transaction: every process sees the old generation or the new one, never neither.
    """
    connection.execute(
        update(generation)
        .where(generation.c.state == GenerationState.SERVING, generation.c.number != number)
        .values(state=GenerationState.RETIRED)
    )
    connection.execute(
        update(generation)
        .where(generation.c.number == number)
        .values(state=GenerationState.SERVING, serving_since=at)
    )


def mark_whole(connection: Connection, number: int) -> None:
    """Note that everything is in a generation, unless another was begun in its place."""
    connection.execute(
        update(generation)
        .where(generation.c.number == number, generation.c.state == GenerationState.BUILDING)
        .values(state=GenerationState.WHOLE)
    )


def release(connection: Connection) -> int | None:
    """Let the generation that was held back serve as soon as it can; its number, if there is one.

    Whether it is whole already or still being built makes no difference.
    """
    unserved = (GenerationState.BUILDING, GenerationState.WHOLE)
    statement = (
        update(generation)
        .where(generation.c.state.in_(unserved), generation.c.held)
        .values(held=False)
        .returning(generation.c.number)
    )
    number = connection.execute(statement).scalar_one_or_none()
    return None if number is None else int(number)


def mark_dropped(connection: Connection, number: int) -> None:
    """Note that a generation's files are gone or may go."""
    connection.execute(
        update(generation)
        .where(generation.c.number == number)
        .values(state=GenerationState.DROPPED)
    )


def note_counts(connection: Connection, number: int, records: int, passages: int) -> None:
    """Note how much a generation holds."""
    connection.execute(
        update(generation)
        .where(generation.c.number == number)
        .values(record_count=records, passage_count=passages)
    )


@cache
def _in_state(state: GenerationState) -> Select[Any]:
    order = func.coalesce(generation.c.serving_since, generation.c.started_at).desc()
    return select(generation).where(generation.c.state == state).order_by(order).limit(1)


def _one(connection: Connection, statement: Select[Any]) -> GenerationRow | None:
    row = connection.execute(statement).first()
    return None if row is None else _row(row)


def _row(row: Row[Any]) -> GenerationRow:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    files = values.pop("files_of") or values["number"]
    return GenerationRow(**{**values, "state": GenerationState(values["state"]), "files": files})
