from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER, Level
from indexer.engine.query import WordCounts
from search_api.likeness import telling_words
from tests.contracts.records import PUBLIC, make_record
from tests.fixtures.archive import ARCHIVIST, STAFF

if TYPE_CHECKING:
    from indexer.access import Viewer
    from search_api.answers import SimilarRecord
    from tests.fixtures.archive import SmallArchive

COUNTS = WordCounts(records=100, having={"通知": 90, "退热": 3, "供热": 5, "独有": 1, "未见": 0})
OFTEN = Counter({"通知": 4, "退热": 2, "供热": 2, "独有": 1, "未见": 1})


def test_rare_words_tell_and_those_that_stand_nowhere_else_lead_nowhere() -> None:
    words = telling_words(make_record(1, "件", level=PUBLIC), OFTEN, COUNTS)
    assert list(words) == ["退热", "供热", "通知"]
    assert words["退热"] > words["供热"] > words["通知"] > 0


def test_from_a_record_that_is_not_public_unknown_words_may_lead_on() -> None:
    words = telling_words(make_record(1, "件", level=Level()), OFTEN, COUNTS)
    assert list(words) == ["退热", "供热", "独有", "通知", "未见"]


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    heating = "供热管网检修，供热温度不足的住户，测温以后退费。"
    archive.add("供热退费办法", heating)
    archive.add("供热退费办法副本", heating)
    archive.add("供热测温规程", "供热期内的测温规程：管网，温度。", agency="住建局")
    archive.add("测温记录", "供热管网，测温。", opening="controlled")
    archive.add("名册", "低保户名册，审批。")
    for n in range(6):
        archive.add(f"别的{n}", f"土地承包第{n}号，学校。")
    archive.run()
    return archive


def similar_to(
    archive: SmallArchive, title: str, viewer: Viewer = PUBLIC_VIEWER
) -> dict[str, tuple[str, ...]]:
    answer = archive.ask(f'"{title}"', viewer)
    record = next(hit.record for hit in answer.shown if hit.record.description.title == title)
    found: tuple[SimilarRecord, ...] = archive.service.similar(record, viewer)
    return {each.record.description.title: each.shared for each in found}


def test_similar_records_say_what_they_share(filled: SmallArchive) -> None:
    found = similar_to(filled, "供热退费办法")
    assert set(found) == {"供热测温规程"}
    assert {"供热", "测温"} <= set(found["供热测温规程"])


def test_copies_are_not_similar_records(filled: SmallArchive) -> None:
    found = similar_to(filled, "供热测温规程")
    # One of the two alike stands for both.
    assert len(found) == 1
    assert next(iter(found)).startswith("供热退费办法")


def test_who_may_see_more_finds_more(filled: SmallArchive) -> None:
    assert "测温记录" not in similar_to(filled, "供热测温规程")
    for viewer in (STAFF, ARCHIVIST):
        assert "测温记录" in similar_to(filled, "供热测温规程", viewer)
    assert "供热测温规程" in similar_to(filled, "测温记录", STAFF)


def test_a_record_with_nothing_in_common_is_alone(filled: SmallArchive) -> None:
    assert similar_to(filled, "名册") == {}
