from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from query_room.calendar import CalendarImportError, CalendarService, DayKind, DayReason
from query_room.errors import InvalidFieldError
from search_api.log import events_of_subject

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOTICE = """日期,类型,名称
2027-01-01,休,元旦
2027-01-02,休,元旦
2027-02-05,休,春节
2027-02-20,班,春节
""".encode("gb18030")


def test_the_packaged_years_are_known_and_the_next_is_not(database: Engine) -> None:
    calendar = CalendarService(engine=database).current()
    assert calendar.covers(dt.date(2026, 12, 31))
    assert not calendar.covers(dt.date(2027, 1, 1))
    assert calendar.reason(dt.date(2027, 2, 5)) is DayReason.HOLIDAY  # by statute
    assert calendar.reason(dt.date(2026, 10, 10)) is DayReason.MAKE_UP
    assert calendar.name_of(dt.date(2026, 10, 10)) == "国庆节"


def test_a_notice_makes_its_year_known_and_the_version_another(database: Engine) -> None:
    service = CalendarService(engine=database)
    other_process = CalendarService(engine=database)
    before = other_process.current()
    service.import_notice(NOTICE, source="国办发明电〔2026〕9号", by="guanli")
    after = other_process.current()
    assert after.version != before.version
    assert after.covers(dt.date(2027, 6, 1))
    assert after.is_working_day(dt.date(2027, 2, 20))  # a Saturday
    # The notice is the whole of its year: what the statute alone would say no longer counts.
    assert after.is_working_day(dt.date(2027, 6, 9))
    assert [notice.year for notice in service.history()] == [2027]
    (event,) = events_of_subject(database, "calendar")
    assert event.body is not None
    assert (event.body["year"], event.body["day_count"]) == (2027, 4)


def test_a_later_notice_overrules_an_earlier_one(database: Engine) -> None:
    service = CalendarService(engine=database)
    service.import_notice(NOTICE, source="国办发明电〔2026〕9号", by="guanli")
    corrected = "day,kind,name\n2027-01-01,holiday,元旦\n".encode()
    service.import_notice(corrected, source="国办发明电〔2026〕10号", by="guanli")
    calendar = service.current()
    assert calendar.is_working_day(dt.date(2027, 2, 5))
    assert not calendar.is_working_day(dt.date(2027, 1, 1))


def test_a_local_day_is_added_to_what_is_known(database: Engine) -> None:
    service = CalendarService(engine=database)
    naadam = dt.date(2026, 7, 15)
    service.set_day(naadam, DayKind.HOLIDAY, name="那达慕", source="区政府通知", by="guanli")
    calendar = service.current()
    assert not calendar.is_working_day(naadam)
    assert calendar.covers(naadam)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 0),
        (b"\xff\xff\xff\xff", 0),
        ("名称\n元旦\n".encode(), 1),
        ("日期,类型\n".encode(), 0),
        ("日期,类型\n2027-13-01,休\n".encode(), 2),
        ("日期,类型\n2027-01-01,歇\n".encode(), 2),
        ("日期,类型\n2027-01-01,休\n2027-01-01,休\n".encode(), 3),
        ("日期,类型\n2027-02-03,班\n".encode(), 2),  # a Wednesday is worked anyway
        ("日期,类型\n2027-01-01,休\n2029-01-01,休\n".encode(), 0),
        (b"x" * 100_000, 0),
    ],
)
def test_a_bad_notice_is_refused_whole_with_its_line(
    database: Engine, content: bytes, line: int
) -> None:
    service = CalendarService(engine=database)
    with pytest.raises(CalendarImportError) as refused:
        service.import_notice(content, source="通知", by="guanli")
    assert refused.value.rows[0][0] == line
    assert service.history() == []


def test_a_notice_needs_its_source(database: Engine) -> None:
    with pytest.raises(InvalidFieldError):
        CalendarService(engine=database).import_notice(NOTICE, source=" ", by="guanli")
