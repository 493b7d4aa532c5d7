from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from search_api.log import EventKind, events_of_subject
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, receive, search_id_of, ticks_of

if TYPE_CHECKING:
    from query_room.room import Room


def searched(staff: Person, text: str) -> tuple[str, list[str]]:
    page = staff.get(f"/search?q={text}").text
    return search_id_of(page), ticks_of(page)


def test_ticked_hits_become_an_entry_tied_to_the_search(staff: Person) -> None:
    visit = receive(staff)
    search, records = searched(staff, "知青名单")
    chosen = staff.post("/register/choose", search=search, record=records[:1])
    arguments = parse_qs(urlsplit(chosen.location).query)
    assert arguments == {"search": [search], "record": records[:1]}
    form = staff.get(chosen.location).text
    assert "红旗公社知青名单" in form
    own = records[0]
    uses: dict[str, str | list[str]] = {
        f"mode-{own}": ["consult", "copy"],
        f"pages-{own}-0": "1，3",
        f"copies-{own}": "2",
    }
    made = staff.post(
        "/register/", search=search, record=own, outcome="found", remark="本人核对", **uses
    )
    assert made.location == f"/visits/{visit}#{visit}-01"
    page = text_of(staff.get(f"/visits/{visit}").text)
    assert f"{visit}-01 查到 查阅 Q012-1971-Y-0003 复制 Q012-1971-Y-0003" in page
    sheet = text_of(staff.get(f"/register/{visit}-01").text)
    for shown in ("红旗公社知青名单", "1、3", "（2 页）", search, "本人核对", "王窗口", "开放"):
        assert shown in sheet


def test_nothing_found_is_an_entry_too(staff: Person) -> None:
    visit = receive(staff)
    search, records = searched(staff, "绝无此事")
    assert records == []
    form = staff.get(staff.post("/register/choose", search=search).location).text
    assert re.search(r'value="none"[^>]*checked', form)
    staff.post("/register/", search=search, outcome="none")
    assert f"{visit}-01 未查到" in text_of(staff.get(f"/visits/{visit}").text)


def test_what_is_not_open_needs_approval_and_the_form_says_where(staff: Person) -> None:
    visit = receive(staff)
    search, (own, *_) = searched(staff, "回城批复")
    fields: dict[str, str | list[str]] = {
        "search": search,
        "record": own,
        "outcome": "found",
        f"mode-{own}": "consult",
    }
    refused = staff.post("/register/", **fields)
    assert refused.status_code == 400
    assert f'id="item-{own}-problem"' in refused.text
    assert "须填写批准人和依据" in text_of(refused.text)
    fields |= {f"approver-{own}": "李馆长", f"basis-{own}": "档案法第二十九条"}
    assert staff.post("/register/", **fields).status_code == 302
    assert "李馆长" in staff.get(f"/register/{visit}-01").text


def test_a_record_from_elsewhere_is_marked_as_added_by_hand(staff: Person) -> None:
    visit = receive(staff)
    _, (paper, *_) = searched(staff, "纸质卷")
    search, _ = searched(staff, "知青名单")
    form = staff.get(f"/register/new?search={search}&record={paper}").text
    assert "手工补充" in form
    staff.post(
        "/register/",
        search=search,
        record=paper,
        outcome="partly",
        **{f"mode-{paper}": "consult", f"pages-{paper}-0": "12-15"},
    )
    assert "手工补充" in text_of(staff.get(f"/register/{visit}-01").text)


def test_pages_and_copies_that_cannot_be_are_named(staff: Person) -> None:
    receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    for field, value, said in (
        (f"pages-{own}-0", "一些", "页码"),
        (f"pages-{own}-0", "1-99", "页码"),
        (f"copies-{own}", "-1", "份数"),
    ):
        fields: dict[str, str | list[str]] = {
            "search": search,
            "record": own,
            "outcome": "found",
            f"mode-{own}": "copy",
            f"copies-{own}": "1",
        }
        refused = staff.post("/register/", **fields | {field: value})
        assert refused.status_code == 400
        assert said in text_of(refused.text.split('role="alert"')[1].split("</p>")[0])
        assert f'value="{value}"' in refused.text


def test_a_correction_takes_the_place_of_the_wrong_entry(staff: Person) -> None:
    visit = receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    fields: dict[str, str | list[str]] = {"search": search, "record": own, "outcome": "found"}
    copied = {f"mode-{own}": "copy", f"copies-{own}": "3", f"pages-{own}-0": "2-3"}
    staff.post("/register/", **fields, **copied)
    form = staff.get(f"/register/{visit}-01/correct").text
    assert 'value="2-3"' in form
    assert 'value="3"' in form
    refused = staff.post(f"/register/{visit}-01/correct", **fields, **copied)
    assert refused.status_code == 400
    assert 'id="reason-problem"' in refused.text
    staff.post(f"/register/{visit}-01/correct", **fields, **copied, reason="份数记错")
    assert "已由" in text_of(staff.get(f"/visits/{visit}").text)
    assert "份数记错" in staff.get(f"/register/{visit}-02").text
    twice = staff.post(f"/register/{visit}-01/correct", **fields, **copied, reason="再改")
    assert twice.status_code == 400
    assert "已经更正过" in text_of(twice.text)


def test_the_register_of_a_period_adds_up(staff: Person) -> None:
    receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    staff.post(
        "/register/",
        search=search,
        record=own,
        outcome="found",
        **{f"mode-{own}": "copy", f"copies-{own}": "2"},
    )
    page = text_of(staff.get("/register/").text)
    assert "件次 1 复制页数 6" in page
    assert "这段时间没有登记" in text_of(staff.get("/register/?from=2020-01-01&to=2020-01-31").text)
    assert staff.get("/register/?from=soon").status_code == 404
    assert staff.get("/register/?page=0").status_code == 404


def test_without_a_visit_one_is_opened_first(staff: Person) -> None:
    answer = staff.get("/register/new?search=x")
    assert answer.location.startswith("/visits/new?next=")
    assert staff.post("/register/", outcome="none").location == "/visits/new"


def test_what_staff_may_not_see_cannot_be_registered_and_does_not_show(
    staff: Person, archivist: Person, room: Room
) -> None:
    receive(archivist)
    search, (secret, *_) = searched(archivist, "来信人")
    made = archivist.post(
        "/register/",
        search=search,
        record=secret,
        outcome="found",
        **{f"mode-{secret}": "consult", f"approver-{secret}": "馆长", f"basis-{secret}": "批件"},
    )
    entry = made.location.rpartition("#")[2]
    assert secret in archivist.get(f"/register/{entry}").text
    assert secret not in staff.get(f"/register/{entry}").text
    receive(staff)
    assert staff.get(f"/register/new?record={secret}").status_code == 404
    assert staff.get("/register/new?record=rnothing").status_code == 404
    assert room.register is not None


def test_a_period_is_exported_with_masked_names_and_the_export_is_logged(
    staff: Person, room: Room
) -> None:
    visit = receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    fields: dict[str, str | list[str]] = {f"mode-{own}": ["consult"]}
    staff.post("/register/", search=search, record=own, outcome="found", **fields)
    page = staff.get("/register/?purpose=personal_proof&outcome=found").text
    assert "导出 CSV" in page
    assert f"{visit}-01" in page
    assert f"{visit}-01" not in staff.get("/register/?purpose=history").text
    assert staff.get("/register/?purpose=nonsense").status_code == 404

    answer = staff.post("/register/export", format="csv", outcome="found")
    heading, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert heading[0] == "登记号"
    assert row[0] == f"{visit}-01"
    assert row[2] == "张*"
    assert "张建国" not in answer.data.decode()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert staff.post("/register/export", format="exe").status_code == 400

    (logged,) = [
        event
        for event in events_of_subject(room.engine, staff.account.name)
        if event.kind == EventKind.REGISTER_EXPORTED
    ]
    body = logged.body or {}
    assert (body["row_count"], body["outcome"], body["file_format"]) == (1, "found", "csv")


def test_what_came_of_a_use_is_noted_and_exported(staff: Person) -> None:
    visit = receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    fields: dict[str, str | list[str]] = {f"mode-{own}": ["consult"]}
    staff.post("/register/", search=search, record=own, outcome="found", **fields)
    assert staff.post(f"/register/{visit}-01/effects", effect="补缴了社保").status_code == 302
    staff.post(f"/register/{visit}-01/effects", effect=" ")
    page = text_of(staff.get(f"/register/{visit}-01").text)
    assert "补缴了社保 王窗口" in page
    assert "必须填写" in page
    answer = staff.post("/register/export", format="csv", mode="consult", reference="Q012")
    _, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert row[-1] == "补缴了社保"
    assert staff.post("/register/20260101-001-01/effects", effect="x").status_code == 404


def test_the_register_is_asked_by_use_and_month(staff: Person) -> None:
    visit = receive(staff)
    search, (own, *_) = searched(staff, "知青名单")
    fields: dict[str, str | list[str]] = {f"mode-{own}": ["consult"]}
    staff.post("/register/", search=search, record=own, outcome="found", **fields)
    assert f"{visit}-01" in staff.get("/register/?mode=consult&reference=Q012").text
    assert f"{visit}-01" not in staff.get("/register/?mode=copy").text
    assert f"{visit}-01" not in staff.get("/register/?certificate=x").text
    assert "按月" in staff.get("/register/?from=2026-01-01").text
    assert staff.get("/register/?mode=nonsense").status_code == 404
    assert staff.get("/register/?from=0001-01-01").status_code == 404
    assert staff.get("/register/?to=9999-12-31").status_code == 404
