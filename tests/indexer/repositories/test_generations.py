from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.repositories import generations
from indexer.repositories.generations import GenerationState

if TYPE_CHECKING:
    from sqlalchemy import Engine


def create(database: Engine) -> int:
    with writing(database) as connection:
        return generations.create(
            connection,
            engine="embedded",
            schema_version=1,
            analyzer="han/1",
            dictionary="0",
            vocabulary=0,
            at=utc_now(),
        )


def serve(database: Engine, number: int) -> None:
    with writing(database) as connection:
        generations.make_serving(connection, number, at=utc_now())


def states(database: Engine) -> dict[int, GenerationState]:
    with reading(database) as connection:
        return {row.number: row.state for row in generations.list_all(connection)}


def test_exactly_one_generation_serves(database: Engine) -> None:
    with reading(database) as connection:
        assert generations.serving(connection) is None
        assert generations.building(connection) is None
        assert generations.previous(connection) is None
    first, second = create(database), create(database)
    assert states(database) == {
        first: GenerationState.DROPPED,
        second: GenerationState.BUILDING,
    }
    serve(database, second)
    third = create(database)
    serve(database, third)
    serve(database, third)
    assert states(database)[second] is GenerationState.RETIRED
    with reading(database) as connection:
        serving = generations.serving(connection)
        previous = generations.previous(connection)
    assert serving is not None
    assert previous is not None
    assert (serving.number, previous.number) == (third, second)


def test_going_back_makes_the_one_before_serve_again(database: Engine) -> None:
    first = create(database)
    serve(database, first)
    second = create(database)
    serve(database, second)
    serve(database, first)
    with writing(database) as connection:
        previous = generations.previous(connection)
        generations.note_counts(connection, first, 7, 9)
        serving = generations.serving(connection)
        generations.mark_dropped(connection, second)
    assert previous is not None
    assert previous.number == second
    assert serving is not None
    assert (serving.number, serving.record_count, serving.passage_count) == (first, 7, 9)
    assert states(database)[second] is GenerationState.DROPPED
