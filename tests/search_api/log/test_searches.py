from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from indexer.database import reading, writing
from indexer.records import RecordId
from search_api.answers import LogContext
from search_api.errors import SearchNotLoggedError
from search_api.log import (
    LoggedHit,
    SearchEntry,
    Use,
    UseEntry,
    count_searches,
    erase,
    load_search,
    log_search,
    log_use,
    page_of_searches,
    searches_between,
    searches_of_request,
    searches_of_visit,
    uses_of_record,
    uses_of_request,
    uses_of_search,
    uses_of_visit,
    verify,
)
from search_api.log.search_filter import SearchFilter
from tests.search_api.log.conftest import NOON

if TYPE_CHECKING:
    from sqlalchemy import Engine

RECORD = RecordId("rabcdefghijkl")

ENTRY = SearchEntry(
    search_id="s-1",
    text="“青政办发〔2008〕15号” 低保",
    clauses=("青政办发〔2008〕15号", "低保"),
    tokens=("青", "政", "低保"),
    filters={"agencies": ["青山区民政局"], "years": [2008], "date_from": "2008-01-01"},
    order="relevance",
    page=2,
    page_size=20,
    since=3,
    list_digest="d" * 64,
    audience="staff",
    agencies=("青山区民政局",),
    granted_records=(RECORD,),
    granted_fonds=("Z109",),
    generation=7,
    dictionary="abc",
    total=31,
    relaxed_to=1,
    hits=(
        LoggedHit(rank=11, record_id=RECORD, content_hash="f" * 64, pages=((0, 3), (1, 12))),
        LoggedHit(rank=12, record_id=RecordId("rzzzzzzzzzzzz"), content_hash="e" * 64),
    ),
    context=LogContext(
        actor="wang", terminal="一号窗口", channel="web", visit_id="20260302-001", at=NOON
    ),
)


def test_a_search_is_read_back_word_for_word(database: Engine) -> None:
    with writing(database) as connection:
        log_search(connection, ENTRY)
    with reading(database) as connection:
        found = load_search(connection, "s-1")
    assert found.entry == ENTRY
    assert (found.at, found.visit_id, found.total) == (NOON, "20260302-001", 31)
    assert verify(database).is_whole


def test_an_unknown_search_is_told_so(database: Engine) -> None:
    with reading(database) as connection, pytest.raises(SearchNotLoggedError):
        load_search(connection, "s-2")


def test_one_search_is_logged_once(database: Engine) -> None:
    with writing(database) as connection:
        log_search(connection, ENTRY)
    with pytest.raises(IntegrityError), writing(database) as connection:
        log_search(connection, ENTRY)
    report = verify(database)
    assert (report.event_count, report.is_whole) == (1, True)


def test_logging_a_search_takes_four_statements(database: Engine) -> None:
    statements: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with writing(database) as connection:
        statements.clear()
        log_search(connection, ENTRY)
        assert len(statements) == 4, statements


def test_searches_are_listed_by_visit_and_time(database: Engine) -> None:
    later = replace(
        ENTRY,
        search_id="s-2",
        text="无结果",
        hits=(),
        total=0,
        context=replace(ENTRY.context, at=NOON + dt.timedelta(minutes=1)),
    )
    elsewhere = replace(ENTRY, search_id="s-3", context=replace(ENTRY.context, visit_id=None))
    with writing(database) as connection:
        for entry in (ENTRY, later, elsewhere):
            log_search(connection, entry)
    with reading(database) as connection:
        visit = searches_of_visit(connection, "20260302-001")
        minute = searches_between(connection, NOON, NOON + dt.timedelta(minutes=1))
        rest = searches_between(
            connection, NOON, NOON + dt.timedelta(hours=1), after=visit[0].event_id, limit=1
        )
    assert [search.search_id for search in visit] == ["s-1", "s-2"]
    assert [search.search_id for search in minute] == ["s-1", "s-3"]
    assert [search.search_id for search in rest] == ["s-2"]


def test_what_was_asked_and_opened_for_a_request_is_found_by_it(database: Engine) -> None:
    context = replace(ENTRY.context, visit_id=None, request_id="QINGHE-2026-00012")
    asked = replace(ENTRY, context=context)
    read = UseEntry(use=Use.PAGE, record_id=RECORD, content_hash="f" * 64, context=context)
    with writing(database) as connection:
        log_search(connection, asked)
        log_search(connection, replace(ENTRY, search_id="s-2"))
        log_use(connection, read)
    with reading(database) as connection:
        searches = searches_of_request(connection, "QINGHE-2026-00012")
        uses = uses_of_request(connection, "QINGHE-2026-00012")
    assert [search.entry for search in searches] == [asked]
    assert [use.entry for use in uses] == [read]


def test_uses_refer_to_the_search_they_came_from(database: Engine) -> None:
    shown = UseEntry(
        use=Use.PAGE,
        record_id=RECORD,
        content_hash="f" * 64,
        file_ordinal=0,
        pages=(3, 4),
        search_id="s-1",
        context=ENTRY.context,
    )
    opened = replace(
        shown,
        use=Use.DOWNLOADED,
        file_ordinal=None,
        pages=(),
        search_id=None,
        context=replace(ENTRY.context, visit_id=None),
    )
    with writing(database) as connection:
        log_search(connection, ENTRY)
        log_use(connection, shown)
        log_use(connection, opened)
    with reading(database) as connection:
        of_search = uses_of_search(connection, "s-1")
        of_visit = uses_of_visit(connection, "20260302-001")
    assert [use.entry for use in of_search] == [shown]
    assert of_visit == of_search


def test_an_erased_search_keeps_its_place_and_its_total(database: Engine) -> None:
    with writing(database) as connection:
        log_search(connection, ENTRY)
    with reading(database) as connection:
        event_id = load_search(connection, "s-1").event_id
    erase(database, [event_id], "本人要求删除", "guo")
    with reading(database) as connection:
        found = load_search(connection, "s-1")
    assert found.entry is None
    assert found.total == 31
    assert verify(database).is_whole


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({}, True),
        ({"actor": "wang"}, True),
        ({"actor": "wan"}, False),
        ({"terminal": "一号窗口"}, True),
        ({"terminal": "一号窗"}, False),
        ({"terminal": "%"}, False),
        ({"terminal": '一号窗口"'}, False),
        ({"visit_id": "20260302-001"}, True),
        ({"visit_id": "20260302-002"}, False),
        ({"record_id": RECORD}, True),
        ({"record_id": RecordId("raaaaaaaaaaaa")}, False),
        ({"record_id": RecordId("r____________")}, False),
    ],
)
def test_searches_are_found_by_who_where_and_what_they_showed(
    database: Engine, asked: dict[str, str], *, is_found: bool
) -> None:
    # What somebody types cannot pass for a field of the log.
    typed = replace(
        ENTRY,
        search_id="s-2",
        text='"terminal":"二号窗口","record_id":"raaaaaaaaaaaa"',
        context=replace(ENTRY.context, at=NOON + dt.timedelta(days=1)),
    )
    with writing(database) as connection:
        log_search(connection, ENTRY)
        log_search(connection, typed)
    one = dt.timedelta(minutes=1)
    wanted = SearchFilter(start=NOON, end=NOON + one, **asked)  # type: ignore[arg-type]
    whole = SearchFilter(start=NOON, end=NOON + dt.timedelta(days=2), terminal="二号窗口")
    with reading(database) as connection:
        found = page_of_searches(connection, wanted, offset=0, limit=10)
        assert [each.search_id for each in found] == (["s-1"] if is_found else [])
        assert count_searches(connection, wanted) == (int(is_found), 0)
        assert page_of_searches(connection, whole, offset=0, limit=10) == ()


def test_what_was_done_with_a_record_is_found_without_a_search(database: Engine) -> None:
    use = UseEntry(use=Use.OPENED, record_id=RECORD, content_hash="f" * 64, context=ENTRY.context)
    with writing(database) as connection:
        log_use(connection, use)
        log_use(connection, replace(use, record_id=RecordId("raaaaaaaaaaaa")))
    end = NOON + dt.timedelta(minutes=1)
    with reading(database) as connection:
        found = uses_of_record(connection, RECORD, NOON, end, limit=10)
        assert [each.entry for each in found] == [use]
        assert uses_of_record(connection, RECORD, end, end, limit=10) == ()
