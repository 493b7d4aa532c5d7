from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, utc_now, writing
from indexer.errors import InvalidQueryError
from indexer.repositories.withdrawals import withdraw_record
from search_api.digests import list_digest
from search_api.log import load_search
from search_api.opening import open_lists, open_replays
from search_api.params import parse_question
from tests.fixtures.archive import ARCHIVIST, context

if TYPE_CHECKING:
    from indexer.access import Viewer
    from search_api.listing import ResultList
    from tests.fixtures.archive import SmallArchive


def listed(archive: SmallArchive, viewer: Viewer = ARCHIVIST, **asked: str) -> ResultList:
    question = parse_question({name: [value] for name, value in asked.items()})
    return open_lists(archive.engine, archive.settings).make(question, viewer, context())


@pytest.fixture
def many(archive: SmallArchive) -> SmallArchive:
    for number in range(25):
        archive.add(f"低保{number:02}", date=f"20{number:02}")
    archive.add("低保秘", opening="控制")
    archive.run()
    return archive


def test_a_list_begins_at_the_first_hit_and_goes_beyond_a_page(many: SmallArchive) -> None:
    made = listed(many, q="低保", page="3", size="5")
    assert (made.answer.total, len(made.answer.hits), made.is_whole) == (26, 26, True)
    assert [hit.rank for hit in made.answer.hits] == list(range(1, 27))
    pages = [many.ask("低保", ARCHIVIST, page=str(page)).hits for page in (1, 2, 3)]
    assert [hit.record.record_id for hit in made.answer.hits] == [
        hit.record.record_id for page in pages for hit in page
    ]


def test_lists_have_an_end_and_long_ones_come_in_steps(
    many: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_api.listing._STEP", 4)
    monkeypatch.setattr("search_api.listing.MOST_BY_DATE", 12)
    made = listed(many, q="低保", order="newest")
    assert (made.answer.total, len(made.answer.hits), made.is_whole) == (26, 12, False)
    newest = many.ask("低保", ARCHIVIST, order="newest", size="12").hits
    assert [hit.record.record_id for hit in made.answer.hits] == [
        hit.record.record_id for hit in newest
    ]


def test_what_is_given_is_what_the_log_has(many: SmallArchive) -> None:
    made = listed(many, PUBLIC_VIEWER, q="低保")
    assert len(made.answer.hits) == 25
    with reading(many.engine) as connection:
        logged = load_search(connection, made.answer.search_id)
    assert logged.entry is not None
    assert logged.entry.list_digest == made.digest == list_digest(logged.entry.hits)
    assert len(logged.entry.hits) == 25
    assert open_replays(many.engine, many.settings).replay(logged).is_unchanged


def test_what_is_withdrawn_is_in_no_list(many: SmallArchive) -> None:
    gone = listed(many, q="低保").answer.hits[0].record.record_id
    with writing(many.engine) as connection:
        withdraw_record(connection, gone, ground="误公开", by="li", at=utc_now())
    made = listed(many, q="低保")
    assert made.answer.total == len(made.answer.hits) == 25
    assert gone not in {hit.record.record_id for hit in made.answer.hits}


def test_nothing_asked_is_nothing_listed(many: SmallArchive) -> None:
    with pytest.raises(InvalidQueryError):
        listed(many, q="，，，")
