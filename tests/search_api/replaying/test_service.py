"""An answer of before and the archive as it is now: nothing is pretended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, utc_now, writing
from indexer.indexing.generating import begin_generation
from indexer.repositories.withdrawals import withdraw_record
from indexer.tables import generation
from search_api.errors import BodyErasedError
from search_api.log import erase, load_search
from search_api.opening import open_replays
from search_api.replaying import Comparison, Fate, Reason
from tests.fixtures.archive import ARCHIVIST, STAFF

if TYPE_CHECKING:
    from indexer.access import Viewer
    from search_api.answers import SearchAnswer
    from search_api.log import LoggedSearch
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def small(archive: SmallArchive) -> SmallArchive:
    archive.add("甲", "低保名册", title="低保名册")
    archive.add("乙", "低保", title="低保通知")
    archive.add("丙", "低保的事", opening="控制")
    archive.run()
    return archive


def logged(archive: SmallArchive, answer: SearchAnswer) -> LoggedSearch:
    with reading(archive.engine) as connection:
        return load_search(connection, answer.search_id)


def replayed(
    archive: SmallArchive, answer: SearchAnswer, within: Viewer | None = None
) -> Comparison:
    search = logged(archive, answer)
    return open_replays(archive.engine, archive.settings).replay(search, within)


def told(found: Comparison, answer: SearchAnswer) -> dict[str, tuple[Fate, Reason | None]]:
    names = {hit.record.record_id: hit.record.external_id for hit in answer.hits}
    return {names.get(hit.record_id, "new"): (hit.fate, hit.reason) for hit in found.hits}


def test_nothing_happened(small: SmallArchive) -> None:
    answer = small.ask("低保", ARCHIVIST)
    found = replayed(small, answer)
    assert found.is_unchanged
    assert (found.total, found.count(Fate.KEPT)) == (3, 3)
    assert found.is_same_analysis is True
    assert {hit.content_hash for hit in found.hits} == {
        hit.record.content_hash for hit in answer.hits
    }


def test_each_change_has_the_reason_that_the_rows_tell(small: SmallArchive) -> None:
    answer = small.ask("低保", ARCHIVIST)
    by_name = {hit.record.external_id: hit.record.record_id for hit in answer.hits}
    small.add("乙", "别的", title="别的通知")
    small.add("丁", "低保低保", title="低保")
    small.run()
    with writing(small.engine) as connection:
        withdraw_record(connection, by_name["甲"], ground="误公开", by="li", at=utc_now())
    found = told(replayed(small, answer), answer)
    assert found["甲"] == (Fate.LOST, Reason.WITHDRAWN)
    assert found["乙"] == (Fate.LOST, Reason.CHANGED)
    assert found["new"] == (Fate.GAINED, Reason.ADDED)
    assert found["丙"][0] in {Fate.KEPT, Fate.MOVED}


def test_who_asked_may_not_see_it_any_more(small: SmallArchive) -> None:
    answer = small.ask("低保")
    assert answer.total == 2
    small.add("乙", "低保", title="低保通知", opening="控制")
    small.run()
    found = replayed(small, answer)
    assert told(found, answer)["乙"] == (Fate.LOST, Reason.RESTRICTED)
    assert found.total == 1


def test_what_still_matches_but_stands_far_behind_is_not_lost_without_a_word(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = small.ask("低保", order="newest", size="1")
    (first,) = answer.hits
    for number in range(3):
        small.add(f"新{number}", "低保", title="低保", date="2020")
    small.run()
    monkeypatch.setattr("search_api.replaying.service.AROUND", 1)
    found = replayed(small, answer)
    reasons = {hit.record_id: (hit.fate, hit.reason) for hit in found.hits}
    assert reasons[first.record.record_id] == (Fate.LOST, Reason.OUTRANKED)


@pytest.mark.parametrize("other", [{"analyzer": "zh/0"}, {"vocabulary": 99}])
def test_another_dictionary_is_the_reason_where_no_record_is(
    small: SmallArchive, other: dict[str, str | int]
) -> None:
    answer = small.ask("低保", ARCHIVIST)
    with writing(small.engine) as connection:
        number = begin_generation(connection, small.settings, at=utc_now())
        connection.execute(update(generation).where(generation.c.number != number).values(**other))
    small.index()
    found = replayed(small, answer)
    assert found.generation == number
    assert found.is_same_analysis is False


def test_a_search_that_was_erased_cannot_be_asked_again(small: SmallArchive) -> None:
    answer = small.ask("低保")
    erase(small.engine, [logged(small, answer).event_id], "离职", "li")
    with pytest.raises(BodyErasedError):
        replayed(small, answer)


def test_narrower_rights_compare_what_they_reach_and_no_ranks(small: SmallArchive) -> None:
    answer = small.ask("低保", ARCHIVIST)
    small.add("丁", "低保低保", title="低保", opening="控制")
    small.add("戊", "低保低保", title="低保")
    small.run()
    found = replayed(small, answer, PUBLIC_VIEWER)
    assert found.is_narrowed
    assert found.total == 3
    assert {hit.then for hit in found.hits} == {hit.now for hit in found.hits} == {None}
    fates = told(found, answer)
    assert fates["丙"] == (Fate.BEYOND, None)
    assert fates["甲"] == fates["乙"] == (Fate.KEPT, None)
    assert [hit.reason for hit in found.hits if hit.fate is Fate.GAINED] == [Reason.ADDED]
    # Somebody who sees as much as the one who asked compares everything.
    assert not replayed(small, small.ask("低保"), STAFF).is_narrowed


def test_a_question_that_is_corrected_in_another_way_says_so(archive: SmallArchive) -> None:
    archive.add("甲", "红旗公社的知青名单", title="知青名单")
    archive.run()
    answer = archive.ask("知清名单")
    assert answer.corrected is not None
    assert replayed(archive, answer).is_unchanged
    archive.add("乙", "知清名单", title="别名")
    archive.run()
    found = replayed(archive, answer)
    assert told(found, answer)["甲"] == (Fate.MOVED, Reason.READING)  # near it now
