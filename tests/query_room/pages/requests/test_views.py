"""The pages of requests as their people use them, through Flask's test client."""

from __future__ import annotations

import datetime as dt
import io
import re
from enum import Enum
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.database import utc_now
from query_room.clock import Channel
from query_room.pages.requests import labels
from query_room.proofs import ProofKind, prepare
from query_room.requests import RequestStatus
from search_api.china_time import day_in_china
from tests.query_room.conftest import text_of
from tests.query_room.pages.people import Person, receive
from tests.query_room.requests.conftest import LI, WANTED, Office, office

if TYPE_CHECKING:
    from query_room.accounts import Account

__all__ = ["office"]  # the fixture

PASSWORD = "清河区查询室2026"
FORM = {
    "kind": "disclosure",
    "channel": "counter",
    "category": "nat",
    "name": "李秀英",
    "identity_kind": "id_card",
    "identity_number": "150204199002301227",
    "phone": "13900001234",
    "description": "红旗公社一九七一年知青名单",
    "form": "electronic",
    "delivery": "online",
}


def today() -> str:
    return day_in_china(utc_now()).isoformat()


class Signed(Person):
    """One of the office's people at a browser."""

    def __init__(self, office: Office, account: Account) -> None:
        super().__init__(office.room, account)
        self.post("/sign-in", name=account.name, password=PASSWORD)


@pytest.fixture
def handler(office: Office) -> Signed:
    return Signed(office, office.handler)


@pytest.fixture
def number(office: Office) -> str:
    """A request in work."""
    return office.in_work()


def test_a_request_is_written_down_and_its_secret_shown_once(
    office: Office, handler: Signed
) -> None:
    assert "登记申请" in text_of(handler.get("/requests/new").text)
    answer = handler.post(
        "/requests/", **FORM, organ=office.organ_id, received_on=today(), is_oral="1", read_back="1"
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.text)
    assert found is not None
    page = text_of(handler.get("/requests/").text)
    assert "〔" in page
    assert WANTED.description in page
    assert "待分办" in page
    assert LI.name not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "必须填写"),
        ({"received_on": "2999-01-01"}, "超出"),
        ({"received_on": "昨天"}, "不是可用的取值"),
        ({"is_oral": "1"}, "读给申请人"),
        ({"category": ""}, "必须填写"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_lost(
    office: Office, handler: Signed, changes: dict[str, str], said: str
) -> None:
    fields = {**FORM, "organ": office.organ_id, "received_on": today(), **changes}
    answer = handler.post("/requests/", **fields)
    assert answer.status_code == 400
    assert said in text_of(answer.text)
    assert WANTED.description in answer.text
    assert office.requests.reader.in_work(by=office.handler) == []


def test_the_file_shows_the_request_with_its_applicant_masked(
    office: Office, handler: Signed, number: str
) -> None:
    page = handler.get(f"/requests/{number}").text
    words = text_of(page)
    assert "李*" in words
    assert "150204********1227" in words
    for secret in (LI.name, LI.identity_number, LI.phone, LI.email):
        assert secret not in page
    refused = handler.post(f"/requests/{number}/reveal", ground="")
    assert refused.status_code == 400
    revealed = handler.post(f"/requests/{number}/reveal", ground="邮寄答复书")
    assert LI.name in revealed.text
    assert revealed.headers["Cache-Control"] == "no-store"
    assert LI.name not in handler.get(f"/requests/{number}").text
    assert office.load(number).request.applicant is not None


def test_a_proof_of_identity_is_shown_with_a_ground_and_to_no_stranger(
    office: Office, handler: Signed
) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(stream, "JPEG")
    proof = prepare(stream.getvalue(), ProofKind.IDENTITY)
    number = office.requests.intake.file(office.new(), proofs=[proof], by=office.handler).request_id
    (kept,) = office.room.proofs.list_for(number)
    path = f"/requests/{number}/proofs/{kept.event_id}"
    assert path in handler.get(f"/requests/{number}").text
    assert handler.post(path, proof_ground="").status_code == 400
    shown = handler.post(path, proof_ground="核对身份")
    assert (shown.data, shown.headers["Content-Type"]) == (proof.jpeg, "image/jpeg")
    assert shown.headers["Cache-Control"] == "no-store"
    stranger = Signed(office, office.stranger)
    assert stranger.post(path, proof_ground="看看").status_code == 403


def test_the_due_date_is_explained_day_by_day(handler: Signed, number: str) -> None:
    page = text_of(handler.get(f"/requests/{number}/clock").text)
    assert "收到申请，当日不计入" in page
    assert "第三十三条" in page


def test_strangers_auditors_and_the_public_see_no_request(office: Office, number: str) -> None:
    stranger = Signed(office, office.stranger)
    assert stranger.get(f"/requests/{number}").status_code == 403
    assert stranger.post(f"/requests/{number}/assign", handler="wang").status_code == 403
    assert number not in stranger.get("/requests/").text
    anonymous = office.room
    from query_room.app import create_app  # noqa: PLC0415 - a browser that nobody signed in at

    client = create_app(anonymous).test_client()
    assert client.get(f"/requests/{number}").status_code == 302
    assert handler_sees_404(office)


def handler_sees_404(office: Office) -> bool:
    return Signed(office, office.handler).get("/requests/ORGAN-2026-99999").status_code == 404


def test_a_request_is_confirmed_and_assigned(office: Office, handler: Signed) -> None:
    number = office.file(channel=Channel.FAX, received_on=None)
    early = handler.post(
        f"/requests/{number}/confirm",
        organ_confirmed_on=today(),
        applicant_confirmed_on="2020-01-01",
    )
    assert early.status_code == 400
    handler.post(
        f"/requests/{number}/confirm",
        organ_confirmed_on=today(),
        applicant_confirmed_on=today(),
    )
    assert "已分办" in text_of(
        handler.client.get(handler.post(f"/requests/{number}/assign", handler="wang").location).text
    )
    assert office.load(number).request.status is RequestStatus.IN_WORK


def test_a_search_in_hand_is_kept_with_the_request(
    office: Office, handler: Signed, number: str
) -> None:
    handler.post(f"/requests/{number}/hand")
    results = handler.get("/search?q=红旗公社").text
    assert number in results
    search_id = re.search(r'name="search" value="([^"]+)"', results)
    ticks = re.findall(r'name="record" value="([^"]+)"', results)
    assert search_id is not None
    handler.post(f"/requests/{number}/findings", search=search_id.group(1), record=ticks[:1])
    file = office.load(number)
    assert [each.how for each in file.searches] == ["within"]
    assert [each.record_id for each in file.findings] == ticks[:1]
    handler.post(f"/requests/{number}/put-down")
    handler.get("/search?q=名单")
    assert len(office.load(number).searches) == 1
    finding = file.findings[0].finding_id
    handler.post(f"/requests/{number}/findings/{finding}", decision="open")
    handler.post(f"/requests/{number}/findings/{finding}/drop")
    assert office.load(number).findings == ()


def test_searches_by_hand_and_from_elsewhere_are_kept(
    office: Office, handler: Signed, number: str
) -> None:
    handler.post(
        f"/requests/{number}/hand-searches",
        where="一号库房",
        what="知青",
        searched_on=today(),
        hand_outcome="none",
    )
    answer = office.ask("知青")
    handler.post(f"/requests/{number}/searches", search=answer.search_id)
    handler.post(f"/requests/{number}/searches", search=answer.search_id)
    unknown = handler.post(f"/requests/{number}/searches", search="没有")
    assert unknown.status_code == 400
    file = office.load(number)
    assert [each.how for each in file.searches] == ["cited"]
    assert [each.where for each in file.hand_searches] == ["一号库房"]


def test_the_clock_is_moved_from_the_page(office: Office, handler: Signed, number: str) -> None:
    head = Signed(office, office.head)
    until = (day_in_china(utc_now()) + dt.timedelta(days=14)).isoformat()
    path = f"/requests/{number}"
    handler.post(f"{path}/clarification", asked_for="哪一年的？", correct_by=until)
    assert office.load(number).request.status is RequestStatus.AWAITING_CORRECTION
    still = handler.post(f"{path}/abandon")
    assert "期限尚未届满" in text_of(still.text)
    handler.post(f"{path}/correction", corrected="一九七一年", corrected_on=today())
    again = handler.post(f"{path}/clarification", asked_for="再问", correct_by=until)
    assert "只能一次" in text_of(again.text)
    assert (
        handler.post(f"{path}/extension", working_days="20", extension_reason="量大").status_code
        == 403
    )
    head.post(f"{path}/extension", working_days="20", extension_reason="量大")
    too_long = head.post(f"{path}/longer", longer_days="5", longer_reason="量大")
    assert "期限过短" in text_of(too_long.text)
    handler.post(f"{path}/fee", basis="pages", count="31")
    assert office.load(number).request.status is RequestStatus.AWAITING_PAYMENT
    handler.post(f"{path}/payment", paid_on=today())
    handler.post(
        f"{path}/consultations", party="other_organ", party_name="清河区民政局", about="名单"
    )
    (consultation,) = office.load(number).consultations
    handler.post(
        f"{path}/consultations/{consultation.consultation_id}",
        answer="consents",
        answered_on=today(),
        answer_note="同意",
    )
    page = text_of(handler.get(path).text)
    assert "清河区民政局" in page
    assert "同意公开" in page


def test_a_proposal_is_reviewed_replied_and_sent(
    office: Office, handler: Signed, number: str
) -> None:
    path = f"/requests/{number}"
    office.opened(number)
    refused = handler.post(f"{path}/proposal", ending="C1/36-4", reasons="未查到")
    assert "已标记相关档案" in text_of(refused.text)
    handler.post(f"{path}/proposal", ending="A1/36-2", how_to_get="网上查看")
    handler.post(f"{path}/submission")
    own = handler.post(f"{path}/signature", verdict="agrees")
    assert "不能审查自己提交的意见" in text_of(own.text)
    secrecy, head = Signed(office, office.secrecy), Signed(office, office.head)
    assert number in secrecy.get("/requests/").text
    for signer in (secrecy, head, head):
        signer.post(f"{path}/signature", verdict="agrees")
    handler.post(f"{path}/letters", letter_kind=f"reply/{number}-r01")
    (letter,) = office.load(number).letters
    html = handler.get(f"{path}/letters/{letter.letter_id}")
    assert "政府信息公开申请答复书" in html.text
    docx = handler.get(f"{path}/letters/{letter.letter_id}.docx")
    assert docx.data.startswith(b"PK")
    assert docx.headers["Content-Disposition"].startswith("attachment")
    handler.post(
        f"{path}/dispatch",
        letter=letter.letter_id,
        manner="posted",
        dispatched_on=today(),
        dispatch_note="EMS 123",
    )
    assert office.load(number).request.status is RequestStatus.CLOSED
    assert number in handler.get("/requests/closed").text
    handler.post(f"{path}/reopening", reopening_ground="判决")
    handler.post(f"{path}/withdrawal", withdrawal_reason="撤回")
    archivist = Signed(office, office.archivist)
    archivist.post(f"{path}/erase", erase_ground="到期")
    page = text_of(handler.get(path).text)
    assert "李*" not in page
    assert "EMS" not in page


def test_a_request_spoken_in_a_visit_stands_on_the_visits_page_with_its_search(
    office: Office, handler: Signed
) -> None:
    visit_id = receive(handler)
    results = handler.get("/search?q=红旗公社").text
    link = re.search(r'href="(/requests/new\?search=[^"]+)"', results)
    assert link is not None
    search_id = link.group(1).partition("search=")[2]
    assert f'name="search" value="{search_id}"' in handler.get(link.group(1)).text
    handler.post(
        "/requests/",
        **FORM,
        organ=office.organ_id,
        received_on=today(),
        is_oral="1",
        read_back="1",
        search=search_id,
    )
    (listed,) = office.requests.reader.of_visit(visit_id, by=office.handler)
    number = listed.request.request_id
    assert number in handler.get(f"/visits/{visit_id}").text
    (search,) = office.load(number).searches
    assert (search.search_id, search.how) == (search_id, "origin")


def test_every_word_of_a_request_can_be_said() -> None:
    tables = [words for words in vars(labels).values() if isinstance(words, dict) and words]
    spoken = [words for words in tables if isinstance(next(iter(words), None), Enum)]
    assert len(spoken) > 10
    for words in spoken:
        assert set(words) == set(type(next(iter(words))).__members__.values())
