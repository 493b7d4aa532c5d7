from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from indexer.database import utc_now
from query_room.audit.visible import VISIBLE
from query_room.pages.log.labels import FIELDS, KINDS, PROBLEMS, STATES
from search_api.china_time import day_in_china
from search_api.log import EventKind, erase, seal
from search_api.log.inspection import BodyState
from search_api.log.model import Problem
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import receive, search_id_of, ticks_of
from tests.search_api.log.tampering import tampering

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from query_room.room import Room
    from tests.query_room.pages.people import Person

CONTAINERS = {"context", "viewer", "head", "clock"}
"""Visible fields that are shown by the fields within them."""


def event_url(person: Person, kind: EventKind) -> str:
    page = person.get(f"/log/?kind={kind.value}").text
    found = re.findall(r'href="(/log/events/\d+)"', page)
    assert found, text_of(page)
    return str(found[-1])


@pytest.mark.parametrize(
    "path", ["/log/", "/log/searches", "/log/events/1", "/log/verify", "/log/heads"]
)
def test_only_those_who_may_read_the_log_find_it(
    client: FlaskClient, staff: Person, archivist: Person, auditor: Person, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]
    for person in (staff, archivist):
        assert person.get(path).status_code == 403
        assert "/log/" not in person.get("/").text
    assert auditor.get(path).status_code == 200
    assert 'href="/log/"' in auditor.get("/").text


def test_what_the_room_searched_on_a_day_and_what_it_found_stands_on_one_page(
    client: FlaskClient, staff: Person, auditor: Person
) -> None:
    visit = receive(staff)
    staff.get("/search?q=知青")
    client.get("/search?q=海底隧道")
    page = auditor.get("/log/searches").text
    shown = text_of(page)
    assert "知青" in shown
    assert "海底隧道" in shown
    assert f"来访 {visit}" in shown
    assert "0 件" in shown
    assert "未查到" in shown
    records = set(re.findall(r"\d+\. (r[a-z2-7]{12})", shown))
    assert records
    assert "张*" not in shown
    assert "张建国" not in shown
    for record_id in records:
        assert staff.get(f"/records/{record_id}").status_code == 200
    for bad in ("day=2999-01-01", "day=昨天", "page=99"):
        assert auditor.get(f"/log/searches?{bad}").status_code in {400, 404}


def test_searches_are_asked_by_who_where_and_what(
    client: FlaskClient, staff: Person, auditor: Person
) -> None:
    visit = receive(staff)
    found = staff.get("/search?q=知青").text
    client.get("/search?q=海底隧道")
    (own, *_) = ticks_of(found)
    staff.get(f"/records/{own}")

    def asked(query: str) -> str:
        answer = auditor.get(f"/log/searches?{query}")
        assert answer.status_code == 200
        return text_of(answer.text)

    for query in (f"actor={staff.account.name}", f"visit_id={visit}", f"record_id={own}"):
        shown = asked(query)
        assert "海底隧道" not in shown, query
        assert f"1. {own}" in shown, query
        assert "未变" in shown, query
    # Opened by its address and not from an answer.
    assert "未经检索的利用" in asked(f"record_id={own}")
    for query in ("actor=nobody", "visit_id=20260101-001", "request_id=x", "record_id=rx"):
        assert "没有检索" in asked(query), query
    week = (day_in_china(utc_now()) - dt.timedelta(days=7)).isoformat()
    assert "海底隧道" in asked(f"from={week}")
    assert auditor.get("/log/searches?from=2026-02-02&to=2026-02-01").status_code == 400


def test_searches_leave_as_a_file_on_record(staff: Person, auditor: Person) -> None:
    visit = receive(staff)
    staff.get("/search?q=知青")
    staff.get("/search?q==1%2B1")
    answer = auditor.post("/log/searches/export", format="csv", visit_id=visit)
    headings, first, second = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert headings[0] == "检索"
    assert first[8] == "知青"
    assert first[7] == ""
    assert "未变" in first[11]
    assert second[8].startswith("'=")
    log = text_of(auditor.get("/log/?kind=log.read").text)
    assert "查看日志" in log
    assert auditor.post("/log/searches/export", format="exe").status_code == 400
    assert staff.post("/log/searches/export", format="csv").status_code == 403


def test_a_day_tells_who_did_what_in_words(staff: Person, auditor: Person) -> None:
    staff.get("/search?q=知青")
    shown = text_of(auditor.get("/log/").text)
    assert "登录 王窗口（wang）" in shown
    assert "检索 王窗口（wang）" in shown
    assert "查看本页也已记入日志" in shown
    assert "查看日志" in text_of(auditor.get("/log/?kind=log.read").text)


def test_a_day_is_narrowed_by_kind_and_account(
    client: FlaskClient, staff: Person, auditor: Person
) -> None:
    staff.get("/search?q=知青")
    client.get("/search?q=知青")
    both = text_of(auditor.get("/log/?kind=search.made").text)
    assert "2 个事件" in both
    assert "未登录" in both
    one = text_of(auditor.get("/log/?kind=search.made&actor=wang").text)
    assert "1 个事件" in one
    assert "没有这样的事件" in text_of(auditor.get("/log/?kind=visit.closed").text)


WRONG = ("day=yesterday", "day=9999-12-31", "day=1066-10-14", "kind=no", "page=0", "page=2")


def test_an_address_that_asks_for_what_cannot_be_is_refused(auditor: Person) -> None:
    for wrong in (*WRONG, "page=x", "page=" + "9" * 5000, "actor=" + "x" * 101):
        assert auditor.get(f"/log/?{wrong}").status_code == 400, wrong
    for month in ("2026-13", "9999-12", "0001-01", "x"):
        assert auditor.get(f"/log/heads?month={month}").status_code == 400, month
    assert auditor.get("/log/events/999999").status_code == 404
    assert auditor.get("/log/events/99999999999999999999999").status_code == 404


def test_a_search_is_seen_as_it_was_asked_and_its_records_by_number(
    staff: Person, auditor: Person
) -> None:
    answer = staff.get("/search?q=知青&agency=民政局")
    assert answer.status_code == 200
    record = ticks_of(staff.get("/search?q=知青").text)
    shown = auditor.get(event_url(auditor, EventKind.SEARCHED)).text
    assert "知青" in shown
    assert "红旗公社" not in shown
    assert "Q012" not in shown
    first = text_of(auditor.get("/log/?kind=search.made").text)
    assert "红旗公社" not in first
    assert record == []  # nobody is received: nothing to tick


def test_a_visit_is_followed_from_event_to_event_and_names_nobody(
    staff: Person, auditor: Person
) -> None:
    visit_id = receive(staff)
    page = staff.get("/search?q=知青").text
    record = ticks_of(page)[0]
    entry = {
        "search": search_id_of(page),
        "record": record,
        "outcome": "found",
        f"mode-{record}": "consult",
        "remark": "出示介绍信",
    }
    staff.post("/register/", **entry)
    staff.post(f"/visits/{visit_id}/reveal", ground="核对身份")
    opened = auditor.get(event_url(auditor, EventKind.VISIT_OPENED)).text
    assert visit_id in opened
    assert "登记来访人" in opened
    assert "完整显示来访人信息" in opened
    sealed = auditor.get(event_url(auditor, EventKind.VISITOR_IDENTIFIED)).text
    assert "已加密" in text_of(sealed)
    assert "核对身份" in auditor.get(event_url(auditor, EventKind.VISITOR_REVEALED)).text
    for kind in EventKind:
        listed = auditor.get(f"/log/?kind={kind.value}").text
        for url in re.findall(r'href="(/log/events/\d+)"', listed):
            whole = auditor.get(url).text
            for secret in ("张建国", "150204199002301234", "13800005678", "gAAAA", "红旗公社"):
                assert secret not in whole, (kind, secret)


def test_an_erased_event_says_so_with_its_ground(
    room: Room, staff: Person, auditor: Person
) -> None:
    staff.get("/search?q=王小明")
    url = event_url(auditor, EventKind.SEARCHED)
    erase(room.engine, [int(url.rpartition("/")[2])], "依本人申请", "li")
    assert "已删除" in text_of(auditor.get("/log/?kind=search.made").text)
    shown = text_of(auditor.get(url).text)
    assert "依本人申请" in shown
    assert "王小明" not in shown


def test_the_log_is_verified_by_a_press_and_the_outcome_can_be_shown_again(
    room: Room, auditor: Person
) -> None:
    made = seal(room.engine)
    assert made is not None
    answer = auditor.post("/log/verify", heads=f"\n {made.number}  {made.digest.upper()} \n")
    assert answer.status_code == 302
    shown = text_of(auditor.get(answer.headers["Location"]).text)
    assert "日志完整" in shown
    assert made.digest in shown
    assert "完整" in text_of(auditor.get("/log/verify").text)


def test_what_is_wrong_is_named_with_the_event_at_fault(room: Room, auditor: Person) -> None:
    seal(room.engine)
    with tampering(room.engine) as connection:
        connection.execute(text("UPDATE log_body SET body = '{}' WHERE event_id = 1"))
    answer = auditor.post("/log/verify")
    page = auditor.get(answer.headers["Location"]).text
    assert "日志不完整" in text_of(page)
    assert "事件内容被改动" in text_of(page)
    assert 'href="/log/events/1"' in page
    assert "与原文不符" in text_of(auditor.get("/log/").text)
    assert "请校验日志" in text_of(auditor.get("/log/events/1").text)


@pytest.mark.parametrize("heads", ["1", "1 abc", "x " + "0" * 64, "１ " + "0" * 64])
def test_a_head_that_is_none_is_said_beside_its_field(auditor: Person, heads: str) -> None:
    answer = auditor.post("/log/verify", heads=heads)
    assert answer.status_code == 400
    assert "heads-problem" in answer.text
    assert heads in answer.text


def test_heads_of_a_month_can_be_written_down(room: Room, auditor: Person) -> None:
    assert "本月没有封记" in text_of(auditor.get("/log/heads?month=2026-01").text)
    made = seal(room.engine)
    assert made is not None
    assert made.digest in auditor.get("/log/heads").text


def test_every_word_of_the_log_can_be_said() -> None:
    assert set(KINDS) == {kind.value for kind in EventKind}
    assert set(PROBLEMS) == set(Problem)
    assert set(STATES) == set(BodyState)
    assert set(FIELDS) == VISIBLE - CONTAINERS
