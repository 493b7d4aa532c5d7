"""Two generations asked the same: what a mistake in the next one would cost is told before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import update

from indexer.database import reading, utc_now, writing
from indexer.engine.opening import open_writer
from indexer.indexing.generating import begin_generation
from indexer.repositories import generations
from indexer.tables import generation
from search_api.log import erase, load_search
from search_api.rehearsing import Rehearsal, Rehearsals, load_rehearsal
from tests.fixtures.archive import ARCHIVIST

if TYPE_CHECKING:
    from indexer.repositories.generations import GenerationRow
    from tests.fixtures.archive import SmallArchive


def held(archive: SmallArchive) -> tuple[GenerationRow, GenerationRow]:
    """The generation that answers, and the next one, whole and waiting."""
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now(), held=True)
    archive.index()
    with reading(archive.engine) as connection:
        serving, whole = generations.serving(connection), generations.whole(connection)
    assert serving is not None
    assert whole is not None
    return serving, whole


def compared(archive: SmallArchive, rows: tuple[GenerationRow, GenerationRow]) -> Rehearsal:
    Rehearsals(engine=archive.engine, settings=archive.settings)(*rows)
    made = load_rehearsal(archive.engine, rows[1].number)
    assert made is not None
    return made


def test_a_record_that_the_next_generation_lacks_is_told_worst_first(
    archive: SmallArchive,
) -> None:
    archive.add("甲", "低保名册")
    archive.add("乙", "低保")
    archive.add("丙", "学校")
    archive.run()
    both = archive.ask("低保")
    alone = archive.ask("低保名册", ARCHIVIST)
    same = archive.ask("学校")
    archive.ask("学校")
    rows = held(archive)
    lost = next(hit for hit in both.hits if hit.record.external_id == "甲").record.record_id
    writer = open_writer(archive.settings, rows[1].number)
    writer.delete({lost: writer.position + 1})
    writer.commit(writer.position)
    writer.close()
    made = compared(archive, rows)
    assert (made.former, made.following, made.unchanged, made.unasked) == (1, 2, 1, 0)
    assert made.compared == 3
    assert {each.search_id for each in made.searches} == {both.search_id, alone.search_id}
    assert made.searches[0].lost >= made.searches[-1].lost >= 1
    (of_both,) = (each for each in made.searches if each.search_id == both.search_id)
    assert (of_both.total_before, of_both.total_after, of_both.lost) == (2, 1, 1)
    # Neither what was asked nor what was found.
    said = json.dumps([repr(made)], ensure_ascii=False)
    assert "低保" not in said
    assert lost not in said
    assert same.search_id not in said


def test_what_was_erased_is_not_asked(archive: SmallArchive) -> None:
    archive.add("甲", "低保名册")
    archive.run()
    answer = archive.ask("低保")
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
    erase(archive.engine, [logged.event_id], "到期", "li")
    assert compared(archive, held(archive)).compared == 0


def test_a_generation_of_another_version_is_compared_with_nothing(archive: SmallArchive) -> None:
    archive.add("甲", "低保名册")
    archive.run()
    archive.ask("低保")
    rows = held(archive)
    with writing(archive.engine) as connection:
        connection.execute(
            update(generation).where(generation.c.number == 1).values(analyzer="zh/0")
        )
    with reading(archive.engine) as connection:
        serving = generations.serving(connection)
    assert serving is not None
    Rehearsals(engine=archive.engine, settings=archive.settings)(serving, rows[1])
    assert load_rehearsal(archive.engine, 2) is None
    # Nothing can be asked of it, so the one that waits waits no longer.
    archive.index()
    assert archive.ask("低保").generation == 2
