from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import migrate, open_database, reading
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from indexer.repositories import records
from indexer.settings import IndexerSettings
from query_room.demo.manuscripts import load_manuscripts
from query_room.demo.questions import KNOWN_QUESTIONS
from search_api.opening import open_service
from search_api.params import parse_question
from tests.conftest import ROOMS
from tests.fixtures.archive import ARCHIVIST, context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.importing.report import BatchReport
    from search_api.answers import SearchAnswer
    from search_api.service import SearchService


class Imported:
    """The sample archive in a database of its own, imported once."""

    def __init__(self, engine: Engine, report: BatchReport, service: SearchService) -> None:
        self.engine = engine
        self.report = report
        self.service = service

    def codes(self, text: str, viewer: Viewer) -> list[str]:
        hits = self._ask(text, viewer).hits
        return [hit.record.description.archival_code for hit in hits]

    def total(self, text: str, viewer: Viewer) -> int:
        return self._ask(text, viewer).total

    def _ask(self, text: str, viewer: Viewer) -> SearchAnswer:
        return self.service.search(parse_question({"q": [text]}), viewer, context())


@pytest.fixture(scope="module")
def imported(
    sample_catalogue: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Imported]:
    data = tmp_path_factory.mktemp("room")
    url = f"sqlite:///{data / 'query_room.db'}"
    settings = IndexerSettings(data=data, database_url=url, processes=2)
    engine = open_database(url)
    migrate(engine, *ROOMS)
    request = BatchRequest(
        folder=sample_catalogue.parent, manifest=sample_catalogue, started_by="test"
    )
    report = run_batch(engine, settings, request)
    catch_up(engine, settings)
    yield Imported(engine, report, open_service(engine, settings))
    engine.dispose()


def test_the_questions_ask_for_records_that_are_there() -> None:
    codes = {manuscript.code for manuscript in load_manuscripts()}
    assert len(KNOWN_QUESTIONS) >= 40
    assert {question.code for question in KNOWN_QUESTIONS} <= codes
    assert len({question.text for question in KNOWN_QUESTIONS}) == len(KNOWN_QUESTIONS)


def test_the_import_reads_all_but_the_three_that_nobody_can(imported: Imported) -> None:
    report = imported.report
    assert report.adds_up
    assert (report.failed, report.quarantined, report.unlisted) == (2, 1, ())
    assert {problem.reason for problem in report.problems} == {
        "encrypted",
        "damaged",
        "quarantined",
    }


def test_people_find_what_they_ask_for(imported: Imported) -> None:
    found = [
        question
        for question in KNOWN_QUESTIONS
        if question.code in imported.codes(question.text, ARCHIVIST)[:10]
    ]
    missed = [question.text for question in KNOWN_QUESTIONS if question not in found]
    assert len(found) >= 37, missed


def test_the_quarantined_paper_is_nowhere(imported: Imported) -> None:
    assert "L001-1-030-0009" not in imported.codes('"全县人防工程"', ARCHIVIST)
    assert imported.codes('"全县共有各类掩蔽工事"', ARCHIVIST) == []


def test_a_name_on_a_list_is_found_by_those_who_may_and_by_nobody_else(
    imported: Imported,
) -> None:
    roster = "L036-1-002-0001"
    assert roster in imported.codes('"卜文河"', Viewer(audience=Audience.STAFF))
    assert imported.codes('"卜文河"', PUBLIC_VIEWER) == []


def test_every_circle_sees_more_than_the_one_before(imported: Imported) -> None:
    seen = [
        imported.total("临岚", Viewer(audience=audience, all_agencies=True))
        for audience in Audience
    ]
    assert seen == sorted(set(seen))


def test_some_papers_are_long(imported: Imported) -> None:
    with reading(imported.engine) as connection:
        pages = [
            file.page_count
            for record in records.load_records(
                connection, list(records.iter_record_ids(connection))
            ).values()
            for file in record.files
        ]
    assert sum(count >= 8 for count in pages) >= 3
