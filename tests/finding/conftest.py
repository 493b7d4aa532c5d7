"""The sample archive, imported once for all that is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import migrate, open_database
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from indexer.settings import IndexerSettings
from query_room.demo.archive import write_sample_archive
from query_room.demo.vocabulary import add_vocabulary
from query_room.vocabulary import VocabularyService
from search_api.opening import open_service
from search_api.params import parse_question
from tests.conftest import ROOMS
from tests.fixtures.archive import context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from indexer.importing.report import BatchReport
    from search_api.answers import SearchAnswer
    from search_api.service import SearchService

VIEWERS = {
    "public": PUBLIC_VIEWER,
    "staff": Viewer(audience=Audience.STAFF, all_agencies=True),
    "visit": Viewer(audience=Audience.STAFF, all_agencies=True),
    "archivist": Viewer(audience=Audience.ARCHIVIST, all_agencies=True),
}
"""Who asks; ``visit`` is staff with a visitor at the counter."""


@dataclass(frozen=True, slots=True)
class ImportedArchive:
    """The sample archive in a database of its own.

    Attributes:
        engine: The database. report: Of its import. service: Answers from it.
    """

    engine: Engine
    report: BatchReport
    service: SearchService

    def ask(self, text: str, who: str) -> SearchAnswer:
        """The first page of the answer."""
        asked = replace(context(), visit_id="visit-1" if who == "visit" else None)
        return self.service.search(parse_question({"q": [text]}), VIEWERS[who], asked)

    def codes(self, text: str, who: str) -> list[str]:
        """档号 of what the first page shows, as a reader goes through it.

        Where nothing has the name that was typed, the reader takes the first of those offered.
        """
        answer = self.ask(text, who)
        if answer.near_names and not answer.hits:
            answer = self.ask(answer.near_names[0].text, who)
        return [hit.record.description.archival_code for hit in (*answer.hits, *answer.nearby)]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImportedArchive]:
    """The sample archive; nobody may change it."""
    data = tmp_path_factory.mktemp("room")
    catalogue = write_sample_archive(tmp_path_factory.mktemp("sample-archive"))
    url = f"sqlite:///{data / 'query_room.db'}"
    settings = IndexerSettings(data=data, database_url=url, processes=2)
    engine = open_database(url)
    migrate(engine, *ROOMS)
    add_vocabulary(VocabularyService(engine=engine, settings=settings))
    request = BatchRequest(folder=catalogue.parent, manifest=catalogue, started_by="test")
    report = run_batch(engine, settings, request)
    catch_up(engine, settings)
    yield ImportedArchive(engine, report, open_service(engine, settings))
    engine.dispose()
