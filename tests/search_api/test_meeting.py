from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search_api.answers import Place
from search_api.meeting import PAGES_LISTED, PAGES_TOLD
from tests.fixtures.archive import STAFF

if TYPE_CHECKING:
    from search_api.answers import AnswerHit, RecordHits
    from tests.fixtures.archive import SmallArchive


def the_hit(archive: SmallArchive, text: str, title: str, *, staff: bool = False) -> AnswerHit:
    answer = archive.ask(text, STAFF) if staff else archive.ask(text)
    shown = (*answer.hits, *answer.nearby)
    return next(hit for hit in shown if hit.record.description.title == title)


def hits_in(archive: SmallArchive, text: str, after: int = 0) -> RecordHits:
    (hit,) = archive.ask(text).hits
    viewer = STAFF
    return archive.service.hits_in(hit.record, viewer, text, after=after)


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    archive.add(
        "低保工作的通知",
        "各街道：\f退热费和低保金。\f别的。\f退热费。",
        agency="区民政局",
        document_number="青政办发〔2008〕15号",
        archival_code="9-7-33",
        summary="供暖补贴",
        persons=["魏昶旻"],
    )
    archive.add("低保户花名单", "低保。")
    archive.run()
    return archive


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("低保工作", [Place.TITLE]),
        ("低保工作 民政局", [Place.TITLE, Place.AGENCY]),
        ("2008年青政办发15号", [Place.NUMBER]),
        ("文号:青政办发2008*", [Place.NUMBER]),
        ("文号:15号", [Place.NUMBER]),
        ("档号:9-7-33", [Place.CODE]),
        ("9-7-33", [Place.CODE]),
        ("供暖补贴", [Place.DESCRIPTION]),
        ("机关:民政局 标题:低保工作", [Place.TITLE, Place.AGENCY]),
    ],
)
def test_a_hit_tells_where_in_its_description_it_was_met(
    filled: SmallArchive, text: str, places: list[Place]
) -> None:
    assert list(the_hit(filled, text, "低保工作的通知").why.places) == places


def test_names_of_the_catalogue_are_told_to_the_staff_alone(filled: SmallArchive) -> None:
    told = the_hit(filled, "人名:魏昶旻", "低保工作的通知", staff=True).why.places
    assert told == (Place.PERSONS,)
    assert the_hit(filled, "魏昶旻", "低保工作的通知").why.places == ()


def test_a_hit_tells_its_pages_and_what_it_lacks(filled: SmallArchive) -> None:
    why = the_hit(filled, "退热费 低保户", "低保工作的通知").why
    assert (why.pages, why.pages_total, why.has_more_pages) == (((0, 2), (0, 4)), 2, False)
    assert why.lacks == ("低保户",)
    near = the_hit(filled, "低保工作", "低保户花名单").why
    assert near.lacks == ("工作",)


def test_the_pages_of_a_record_are_listed_with_their_best_lines(filled: SmallArchive) -> None:
    hits = hits_in(filled, "退热费")
    assert (hits.total, hits.is_whole) == (2, True)
    assert [(each.page, each.fragments[0].text) for each in hits.listed] == [
        (2, "退热费"),
        (4, "退热费"),
    ]


def test_a_quotation_across_a_page_break_is_listed_on_both_pages(archive: SmallArchive) -> None:
    archive.add("卷", "别的。\f末尾是红旗\f公社名册。\f别的。")
    archive.run()
    assert [each.page for each in hits_in(archive, '"红旗公社"').listed] == [2, 3]


def test_many_pages_are_listed_some_at_a_time(archive: SmallArchive) -> None:
    archive.add("长卷", "\f".join(f"低保第{number}页。" for number in range(PAGES_LISTED + 5)))
    archive.run()
    first, rest = hits_in(archive, "低保"), hits_in(archive, "低保", PAGES_LISTED)
    assert (first.total, len(first.listed), len(rest.listed)) == (PAGES_LISTED + 5, PAGES_LISTED, 5)
    assert rest.listed[0].page == PAGES_LISTED + 1
    (hit,) = archive.ask("低保").hits
    assert (len(hit.why.pages), hit.why.pages_total) == (PAGES_TOLD, PAGES_LISTED + 5)
