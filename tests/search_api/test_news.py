from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, utc_now, writing
from indexer.repositories.withdrawals import withdraw_record
from search_api.log import load_search
from search_api.opening import open_news, open_replays
from search_api.params import parse_question
from tests.fixtures.archive import ARCHIVIST, STAFF, context

if TYPE_CHECKING:
    from indexer.access import Viewer
    from tests.fixtures.archive import SmallArchive


def new(archive: SmallArchive, text: str, since: int, viewer: Viewer = ARCHIVIST) -> int | None:
    question = replace(parse_question({"q": [text]}), since=since)
    return open_news(archive.engine, archive.settings).count([question], viewer).counts[0]


def reached(archive: SmallArchive) -> int:
    return open_news(archive.engine, archive.settings).position()


def test_what_came_and_what_changed_is_new_to_those_who_may_see_it(archive: SmallArchive) -> None:
    archive.add("甲", "低保")
    archive.add("乙", "低保")
    archive.run()
    before = reached(archive)
    assert new(archive, "低保", before) == 0
    archive.add("乙", "低保名册")
    archive.add("丙", "低保", opening="控制")
    archive.add("丁", "学校")
    archive.run()
    assert new(archive, "低保", before) == new(archive, "低保", before, STAFF) == 2
    assert new(archive, "低保", before, PUBLIC_VIEWER) == 1
    assert new(archive, "低保", reached(archive)) == 0


def test_what_is_withdrawn_is_no_news(archive: SmallArchive) -> None:
    archive.add("甲", "学校")
    archive.run()
    before = reached(archive)
    archive.add("乙", "低保")
    archive.run()
    (hit,) = archive.ask("低保").hits
    with writing(archive.engine) as connection:
        withdraw_record(connection, hit.record.record_id, ground="误", by="li", at=utc_now())
    assert new(archive, "低保", before) == 0


def test_what_has_but_a_part_of_the_question_is_no_news(archive: SmallArchive) -> None:
    archive.add("甲", "低保名册")
    archive.run()
    before = reached(archive)
    archive.add("乙", "低保")
    archive.run()
    assert new(archive, "低保 名册", before) == 0
    assert new(archive, "低保 承包", before) == 0
    assert new(archive, "松瓦低保镇", before) == 0
    assert new(archive, "低保", before) == 1


def test_what_cannot_be_asked_any_more_is_told_apart_from_nothing(archive: SmallArchive) -> None:
    archive.add("甲", "低保")
    archive.run()
    before = reached(archive)
    archive.add("乙", "低保")
    archive.run()
    assert new(archive, "，，", before) is None


def test_a_search_for_news_is_asked_again_as_one(archive: SmallArchive) -> None:
    archive.add("甲", "低保")
    archive.run()
    before = reached(archive)
    archive.add("乙", "低保")
    archive.run()
    question = replace(parse_question({"q": ["低保"], "order": ["newest"]}), since=before)
    answer = archive.service.search(question, ARCHIVIST, context())
    assert answer.total == len(answer.hits) == 1
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
    assert open_replays(archive.engine, archive.settings).replay(logged).is_unchanged
