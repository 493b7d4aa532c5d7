"""Annual reports through the pages, by those who make them and those who may not."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from sqlalchemy import insert, update

from indexer.database import writing
from query_room.accounts import Role
from query_room.organs import Organ
from query_room.reports import ReportRefusedError
from query_room.statute.codes import ApplicantCategory
from query_room.tables import records_request
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, person
from tests.query_room.reports.registers import GOLDEN, whole_form
from tests.query_room.reports.test_workbooks import workbook

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from query_room.room import Room

CLOSED = "QINGHE-2025-00001"
OPEN = "QINGHE-2025-00002"


@pytest.fixture
def district(room: Room) -> Room:
    """A district with an office below it, and two requests."""
    for organ_id, name, parent in (
        ("qinghe", "清河区公开办", None),
        ("minzheng", "清河区民政局", "qinghe"),
    ):
        new = Organ(organ_id=organ_id, name=name, number_prefix="清依申", parent=parent)
        room.organs.add(new, by="test")
    for number, closed, disposition in ((1, dt.date(2025, 3, 2), "C1"), (2, None, None)):
        with writing(room.engine) as connection:
            connection.execute(
                insert(records_request).values(
                    request_id=f"QINGHE-2025-{number:05}",
                    organ_id="qinghe",
                    kind="disclosure",
                    year=2025,
                    number=number,
                    display_number=f"清依申〔2025〕{number}号",
                    status="closed" if closed else "in_work",
                    channel="online",
                    category="nat",
                    filed_by="",
                    filed_at=dt.datetime(2025, 2, 1, tzinfo=dt.UTC),
                    received_on=dt.date(2025, 2, 1),
                    closed_on=closed,
                    disposition=disposition,
                    applicant_event_id=1,
                    content_event_id=1,
                )
            )
    return room


@pytest.fixture
def staff(district: Room) -> Person:
    return person(district, "liu", Role.STAFF)


def href(html: str, text: str) -> str:
    """Where the link of a text leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>{re.escape(text)}<', html)
    assert found is not None
    return found[1].replace("&amp;", "&")


def upload(who: Person, content: bytes) -> tuple[int, str]:
    answer = who.client.post(
        "/reports/2025/import",
        data={
            "csrf_token": token(who),
            "organ": "minzheng",
            "workbook": (io.BytesIO(content), "表.xlsx"),
        },
    )
    return answer.status_code, text_of(answer.text)


def token(who: Person) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', who.get("/").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.READING_ROOM])
@pytest.mark.parametrize(
    "page",
    ["", "2025?organ=qinghe", "2025/issued?organ=qinghe", "2025/file.docx", "2025/figures"],
)
def test_others_see_nothing_of_it(district: Room, role: Role, page: str) -> None:
    assert person(district, "wang", role).get(f"/reports/{page}").status_code == 403


def test_nobody_signed_in_is_led_to_the_sign_in(client: FlaskClient) -> None:
    assert "/sign-in" in client.get("/reports/").headers["Location"]


def test_the_list_leads_to_each_organ_and_year(staff: Person) -> None:
    page = staff.get("/reports/")
    assert "清河区民政局" in text_of(page.text)
    assert "/reports/2025?organ=minzheng" in page.text
    assert 'aria-current="page">年度报告' in page.text


def test_every_number_opens_what_is_behind_it(staff: Person) -> None:
    page = staff.get("/reports/2025?organ=qinghe").text
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="(/reports/2025/cell[^"]+)"', page)
    ]
    behind = [text_of(staff.get(link).text) for link in links]
    # N1, C1, T and N4, each for persons and in all.
    assert len(behind) == 8
    assert sum(CLOSED in text for text in behind) == 6
    assert sum(OPEN in text for text in behind) == 4
    assert f"/requests/{CLOSED}" in staff.get(links[0]).text
    assert (
        "没有申请" in staff.get("/reports/2025/cell?organ=qinghe&table=III&row=A1&column=nat").text
    )


@pytest.mark.parametrize(
    "path",
    [
        "/reports/2025/cell?organ=qinghe&table=III&row=A1&column=made",
        "/reports/2025/cell?organ=qinghe",
        "/reports/2025?organ=nobody",
        "/reports/2025/figures",
        "/reports/2025/file.pdf?organ=qinghe",
        "/reports/2025/issued?organ=qinghe",
        "/reports/-1",
    ],
)
def test_what_is_not_there_is_not_found(staff: Person, path: str) -> None:
    assert staff.get(path).status_code == 404


def test_a_year_without_the_form_is_refused(staff: Person) -> None:
    assert staff.get("/reports/2019?organ=qinghe").status_code == 400


def test_a_report_is_filled_in_issued_and_compared(staff: Person, district: Room) -> None:
    answer = staff.post(
        "/reports/2025/figures",
        organ="qinghe",
        **{"normative-made": "1,200", "charges-amount": "12.5"},
    )
    assert answer.status_code == 302
    staff.post("/reports/2025/texts", organ="qinghe", **{"part-1": "新收申请3件。"})
    page = text_of(staff.get("/reports/2025?organ=qinghe").text)
    assert "1200" in page
    assert "12.5" in page
    assert "3 ≠ 2" in page
    assert 'name="accept" value="quoted"' in staff.get("/reports/2025?organ=qinghe").text
    refused = staff.post("/reports/2025/issue", organ="qinghe")
    assert refused.status_code == 409
    assert "校验没有通过" in refused.text
    assert staff.post("/reports/2025/issue", organ="qinghe", accept="quoted").status_code == 302
    issued = staff.get("/reports/2025/issued?organ=qinghe")
    assert "没有变动" in issued.text
    assert "第一部分引用的数字" in issued.text
    closing = (
        update(records_request)
        .where(records_request.c.request_id == OPEN)
        .values(closed_on=dt.date(2025, 12, 30), disposition="A1")
    )
    with writing(district.engine) as connection:
        connection.execute(closing)
    changed = text_of(staff.get("/reports/2025/issued?organ=qinghe").text)
    assert "（一）予以公开 · 自然人 0 1" in changed
    assert OPEN in changed
    # What is behind an issued number stays what it was.
    place = "organ=qinghe&table=III&row=N4&column=tot"
    assert OPEN in staff.get(f"/reports/2025/cell?{place}&issued=1").text
    assert OPEN not in staff.get(f"/reports/2025/cell?{place}").text
    paper = docx.Document(io.BytesIO(staff.get("/reports/2025/file.docx?organ=qinghe").data))
    assert paper.paragraphs[0].text == "清河区公开办2025年政府信息公开工作年度报告"
    assert "印发" in paper.paragraphs[1].text
    assert staff.post("/reports/2025/texts", organ="qinghe").status_code == 400
    assert "已印发" in text_of(staff.get("/reports/").text)


def test_a_report_that_cannot_be_issued_offers_no_button(staff: Person, district: Room) -> None:
    assert "/reports/2025/issue" in staff.get("/reports/2025?organ=qinghe").text
    ending = update(records_request).where(records_request.c.request_id == OPEN)
    with writing(district.engine) as connection:
        connection.execute(ending.values(closed_on=dt.date(2025, 12, 30)))
    page = staff.get("/reports/2025?organ=qinghe").text
    assert "/reports/2025/issue" not in page
    assert "各项校验都相符后才能印发" in page


@pytest.mark.parametrize("value", ["-1", "1.5", "abc", "NaN", "1e99", "9" * 16])
def test_a_wrong_figure_is_said_beside_its_field(staff: Person, value: str) -> None:
    answer = staff.post("/reports/2025/figures", organ="qinghe", **{"rules-made": value})
    assert answer.status_code == 400
    assert 'id="rules-made-problem"' in answer.text


def test_the_opening_balance_counts(staff: Person, district: Room) -> None:
    answer = staff.post("/reports/2025/opening", organ="qinghe", nat="4")
    assert answer.status_code == 302
    found = district.reports.opening_balance("qinghe")
    assert found is not None
    assert found[1][ApplicantCategory.NATURAL] == 4
    cell = staff.get("/reports/2025/cell?organ=qinghe&table=III&row=N2&column=nat")
    assert "其中 4 件不在登记中" in cell.text
    assert 'value="4"' in staff.get("/reports/2025/opening?organ=qinghe").text
    wrong = staff.post("/reports/2025/opening", organ="qinghe", nat="-4")
    assert wrong.status_code == 400


def test_a_workbook_is_imported_and_taken_out(staff: Person) -> None:
    assert upload(staff, workbook(whole_form(**GOLDEN)))[0] == 302
    page = staff.get("/reports/2025?organ=qinghe")
    assert "14071" in page.text
    assert "来自表格" in page.text
    assert staff.post("/reports/2025/import/remove", organ="minzheng").status_code == 302
    assert "14071" not in staff.get("/reports/2025?organ=qinghe").text


def test_a_workbook_that_cannot_be_taken_says_why(staff: Person) -> None:
    status, page = upload(staff, workbook(whole_form(D3=-1)))
    assert (status, "依申请公开!D" in page, "小于零" in page) == (400, True, True)
    status, page = upload(staff, b"not a workbook")
    assert (status, "XLSX" in page) == (409, True)
    refused = staff.client.post("/reports/2025/import", data={"csrf_token": token(staff)})
    assert refused.status_code == 404


def test_the_workbook_of_a_page_can_be_imported_elsewhere(staff: Person) -> None:
    content = staff.get("/reports/2025/file.xlsx?organ=qinghe").data
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[1] == "依申请公开"
    assert upload(staff, content)[0] == 302
    assert "来自表格" in staff.get("/reports/2025").text


def test_a_service_error_names_its_reason(district: Room, staff: Person) -> None:
    with pytest.raises(ReportRefusedError, match="has_register"):
        district.reports.import_workbook(2025, "qinghe", b"", by=staff.account)
