from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, receive, search_id_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_whoever_comes_is_received_and_every_search_goes_to_the_visit(staff: Person) -> None:
    visit = receive(staff)
    staff.get("/search?q=知青&fonds=")
    staff.get("/search?q=绝无此事")
    page = text_of(staff.get(f"/visits/{visit}").text)
    for shown in ("张*", "138****5678", "150204********1234", "个人取证", "知青", "绝无此事"):
        assert shown in page
    assert "张建国" not in page
    assert visit in text_of(staff.get("/browse").text)


def test_names_near_the_one_asked_for_are_offered_in_a_visit(
    staff: Person, archivist: Person
) -> None:
    heading = "音近、形近的人名和地名"
    assert heading not in archivist.get("/search?q=王晓明").text
    receive(archivist)
    receive(staff)
    html = archivist.get("/search?q=王晓明").text
    assert f"{heading}（不在下列结果之中） 王小明 同音，1 件" in text_of(html)
    assert "%22%E7%8E%8B%E5%B0%8F%E6%98%8E%22" in html
    # The letter is the archivists'.
    assert heading not in staff.get("/search?q=王晓明").text


def test_opening_leads_back_to_the_search_one_was_at(staff: Person) -> None:
    fields = {
        "name": "李四",
        "identity_kind": "none",
        "purpose": "research",
        "standing": "own",
    }
    answer = staff.post("/visits/", next="/search?q=知青", **fields)
    assert unquote(answer.location) == "/search?q=知青"
    staff.post(f"/visits/{_number(staff)}/close")
    assert staff.post("/visits/", next="//evil.example/", **fields).location == "/"


def test_a_form_with_a_mistake_keeps_what_was_written(staff: Person) -> None:
    answer = staff.post("/visits/", name="李四", identity_kind="id_card", standing="own")
    assert answer.status_code == 400
    assert 'value="李四"' in answer.text
    assert 'id="purpose-problem"' in answer.text
    answer = staff.post(
        "/visits/", name="李四", identity_kind="id_card", standing="own", purpose="other"
    )
    assert answer.status_code == 400
    assert 'id="identity_number-problem"' in answer.text


def test_a_second_visit_waits_for_the_end_of_the_first(staff: Person) -> None:
    visit = receive(staff)
    again = staff.post(
        "/visits/", name="李四", identity_kind="none", standing="own", purpose="other"
    )
    assert again.status_code == 400
    assert "还有一次来访没有结束" in text_of(again.text)
    staff.post(f"/visits/{visit}/close")
    assert receive(staff, "李四") != visit


def test_the_day_lists_who_came(staff: Person) -> None:
    assert "今天还没有来访" in text_of(staff.get("/visits/").text)
    visit = receive(staff)
    page = text_of(staff.get("/visits/").text)
    assert visit in page
    assert "王窗口" in page
    assert "这一天没有来访" in text_of(staff.get("/visits/?day=2020-01-01").text)
    assert staff.get("/visits/?day=neverday").status_code == 404


def test_full_data_needs_a_ground_and_is_shown_once(staff: Person) -> None:
    visit = receive(staff)
    refused = staff.post(f"/visits/{visit}/reveal", ground=" ")
    assert refused.status_code == 400
    assert "张建国" not in refused.text
    shown = text_of(staff.post(f"/visits/{visit}/reveal", ground="核对证件").text)
    assert "张建国" in shown
    assert "150204199002301234" in shown
    assert "张建国" not in staff.get(f"/visits/{visit}").text


def test_an_archivist_erases_who_came_and_staff_cannot(staff: Person, archivist: Person) -> None:
    visit = receive(staff)
    assert staff.post(f"/visits/{visit}/erase", erase_ground="本人要求").status_code == 403
    assert archivist.post(f"/visits/{visit}/erase", erase_ground="").status_code == 400
    archivist.post(f"/visits/{visit}/erase", erase_ground="本人要求")
    page = text_of(staff.get(f"/visits/{visit}").text)
    assert "张*" not in page
    assert "已删除" in page


def test_a_number_that_the_reader_may_not_know_is_not_shown(
    staff: Person, archivist: Person
) -> None:
    visit = receive(archivist)
    found = archivist.get("/search?q=红旗公社").text
    assert "4 件" in text_of(found)
    assert search_id_of(found)
    assert "4 件" in text_of(archivist.get(f"/visits/{visit}").text)
    seen_by_staff = text_of(staff.get(f"/visits/{visit}").text)
    assert "红旗公社" in seen_by_staff
    assert "4 件" not in seen_by_staff


def test_the_counter_is_for_those_who_serve(client: FlaskClient, auditor: Person) -> None:
    answer = client.get("/visits/?day=2026-01-01")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/visits/?day%3D2026-01-01"
    assert auditor.get("/visits/").status_code == 403
    assert "接待" not in text_of(auditor.get("/").text)
    assert auditor.get("/visits/20260101-001").status_code == 403


def test_an_unknown_visit_is_a_page_that_says_so(staff: Person) -> None:
    assert staff.get("/visits/20200101-001").status_code == 404
    assert staff.post("/visits/20200101-001/close").status_code == 404


def _number(staff: Person) -> str:
    found = re.search(r"/visits/(\d{8}-\d{3})", staff.get("/visits/").text)
    assert found is not None
    return found.group(1)
