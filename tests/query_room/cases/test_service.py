"""Reviews and suits over a request, from their entry to table IV."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from indexer.database import reading, utc_now
from query_room.cases import (
    CaseNotFoundError,
    CaseRefusedError,
    CaseStatus,
    Decided,
    NewCase,
    Plaintiff,
)
from query_room.errors import InvalidFieldError, InvalidTransitionError, PermissionDeniedError
from query_room.requests import RecordsRequestNotFoundError, RequestKind, RequestStatus
from query_room.statute.case_codes import CaseBlock, CaseResult
from query_room.tables import request_case
from search_api.china_time import day_in_china
from search_api.log import erase, events_of_subject, verify
from search_api.tables import log_body

if TYPE_CHECKING:
    from query_room.cases import Case, CaseService
    from query_room.requests.model import RecordsRequest
    from tests.query_room.requests.conftest import Office


def today() -> dt.date:
    return day_in_china(utc_now())


def ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def new(**changes: object) -> NewCase:
    values: dict[str, object] = {
        "block": CaseBlock.REVIEW,
        "authority": "清河区人民政府",
        "docket": "清政复字〔2026〕12号",
        "plaintiff": Plaintiff.APPLICANT,
        "plaintiff_name": "李秀英",
        "note": "李秀英认为应当全部公开",
        "filed_on": ago(30),
        "notified_on": ago(28),
    }
    return NewCase(**{**values, **changes})  # type: ignore[arg-type]


def suit(**changes: object) -> NewCase:
    values: dict[str, object] = {
        "block": CaseBlock.DIRECT,
        "authority": "清河区人民法院",
        "docket": "",
    }
    return new(**{**values, **changes})


@pytest.fixture
def cases(office: Office) -> CaseService:
    return office.room.cases


@pytest.fixture
def request_id(office: Office) -> str:
    return office.in_work()


def close(office: Office, request_id: str) -> None:
    office.requests.deciding.withdraw(request_id, reason="当面撤回", by=office.handler)


def request_of(office: Office, request_id: str) -> RecordsRequest:
    return office.requests.reader.load(request_id, by=office.handler).request


def entered(office: Office, request_id: str, **changes: object) -> Case:
    case_id = office.room.cases.file(request_id, new(**changes), by=office.handler)
    return office.room.cases.load(case_id, by=office.handler)


def test_a_case_is_numbered_by_its_request_and_says_by_when_to_answer(
    office: Office, cases: CaseService, request_id: str
) -> None:
    first = entered(office, request_id)
    second = cases.file(request_id, suit(), by=office.handler)
    assert (first.case_id, second) == (f"{request_id}-c1", f"{request_id}-c2")
    assert first.status is CaseStatus.PENDING
    assert first.result is CaseResult.OPEN
    assert first.plaintiff_name == "李*"
    assert first.note == "李秀英认为应当全部公开"
    assert first.answer_by is not None
    assert first.answer_by > first.notified_on
    assert "行政复议法" in first.answer_article
    found = cases.of_request(request_id, by=office.handler)
    assert [each.case_id for each in found] == [first.case_id, second]


def test_names_and_notes_stand_nowhere_in_clear_and_go_with_the_applicant(
    office: Office, cases: CaseService, request_id: str
) -> None:
    case = entered(office, request_id)
    cases.decide(
        case.case_id,
        Decided(result=CaseResult.UPHELD, decided_on=today(), summary="驳回李秀英的请求"),
        by=office.handler,
    )
    with reading(office.room.engine) as connection:
        rows = connection.execute(select(request_case)).all()
        bodies = connection.execute(select(log_body)).all()
    assert "李秀英" not in repr(rows)
    assert "李秀英" not in repr(bodies)
    texts = events_of_subject(office.room.engine, request_id)
    sealed = [each.event_id for each in texts if each.kind == "request.text_written"]
    erase(office.room.engine, sealed, "test", "test")
    erased = cases.load(case.case_id, by=office.handler)
    assert (erased.plaintiff_name, erased.note, erased.summary) == (None, None, None)
    assert erased.result is CaseResult.UPHELD


def test_a_defence_is_recorded_once(office: Office, cases: CaseService, request_id: str) -> None:
    case = entered(office, request_id)
    with pytest.raises(InvalidFieldError, match="answered_on"):
        cases.answer(case.case_id, answered_on=ago(29), by=office.handler)
    cases.answer(case.case_id, answered_on=ago(20), by=office.handler)
    assert cases.load(case.case_id, by=office.handler).answered_on == ago(20)
    with pytest.raises(InvalidTransitionError):
        cases.answer(case.case_id, answered_on=ago(19), by=office.handler)
    with pytest.raises(InvalidFieldError, match="decided_on"):
        cases.decide(
            case.case_id,
            Decided(result=CaseResult.UPHELD, decided_on=ago(21)),
            by=office.handler,
        )


def test_one_that_orders_a_new_answer_takes_the_request_up_again(
    office: Office, cases: CaseService, request_id: str
) -> None:
    close(office, request_id)
    case = entered(office, request_id)
    decided = Decided(
        result=CaseResult.CORRECTED,
        decided_on=today(),
        ordered_reopen=True,
        summary="撤销原答复，责令重新答复",
    )
    cases.decide(case.case_id, decided, by=office.handler)
    reopened = request_of(office, request_id)
    assert reopened.status is RequestStatus.IN_WORK
    assert reopened.closed_on is None
    engine = office.room.engine
    told = [each.kind for each in events_of_subject(engine, case.case_id)]
    assert told == ["case.filed", "case.decided"]
    assert events_of_subject(engine, request_id)[-1].kind == "request.reopened"
    assert verify(engine).is_whole


def test_where_the_request_cannot_be_taken_up_nothing_is_decided(
    office: Office, cases: CaseService, request_id: str
) -> None:
    case = entered(office, request_id)
    decided = Decided(
        result=CaseResult.CORRECTED, decided_on=today(), ordered_reopen=True, summary="责令答复"
    )
    with pytest.raises(InvalidTransitionError):
        cases.decide(case.case_id, decided, by=office.handler)
    after = cases.load(case.case_id, by=office.handler)
    assert after.status is CaseStatus.PENDING
    assert after.result is CaseResult.OPEN
    assert len(events_of_subject(office.room.engine, case.case_id)) == 1


@pytest.mark.parametrize("result", [CaseResult.UPHELD, CaseResult.OTHER])
def test_only_a_corrected_result_takes_a_request_up(
    office: Office, cases: CaseService, request_id: str, result: CaseResult
) -> None:
    case = entered(office, request_id)
    decided = Decided(result=result, decided_on=today(), ordered_reopen=True, summary="…")
    with pytest.raises(CaseRefusedError) as raised:
        cases.decide(case.case_id, decided, by=office.handler)
    assert raised.value.reason == "reopens_only_if_corrected"


def test_an_end_needs_a_result_and_a_day_that_has_come(
    office: Office, cases: CaseService, request_id: str
) -> None:
    case = entered(office, request_id)
    for decided, field in (
        (Decided(result=CaseResult.OPEN, decided_on=today()), "result"),
        (Decided(result=CaseResult.UPHELD, decided_on=ago(-1)), "decided_on"),
        (Decided(result=CaseResult.UPHELD, decided_on=ago(31)), "decided_on"),
        (
            Decided(result=CaseResult.CORRECTED, decided_on=today(), ordered_reopen=True),
            "summary",
        ),
    ):
        with pytest.raises(InvalidFieldError, match=field):
            cases.decide(case.case_id, decided, by=office.handler)


def test_a_suit_after_review_follows_a_review_of_the_same_request_that_has_ended(
    office: Office, cases: CaseService, request_id: str
) -> None:
    review = entered(office, request_id)
    elsewhere = entered(office, office.in_work())
    after = suit(block=CaseBlock.AFTER_REVIEW, follows=review.case_id)
    for refused, reason in (
        (after, "review_is_open"),
        (replace(after, follows=None), "needs_a_review"),
        (replace(after, follows=elsewhere.case_id), "needs_a_review"),
        (suit(follows=review.case_id), "follows_nothing"),
    ):
        with pytest.raises(CaseRefusedError) as raised:
            cases.file(request_id, refused, by=office.handler)
        assert raised.value.reason == reason
    cases.decide(
        review.case_id, Decided(result=CaseResult.UPHELD, decided_on=ago(5)), by=office.handler
    )
    followed = cases.file(request_id, after, by=office.handler)
    assert cases.load(followed, by=office.handler).follows == review.case_id


def test_a_docket_number_is_entered_once(
    office: Office, cases: CaseService, request_id: str
) -> None:
    entered(office, request_id)
    with pytest.raises(CaseRefusedError, match="entered_twice"):
        cases.file(request_id, new(), by=office.handler)


def test_what_was_withdrawn_counts_as_another_result_and_stays_ended(
    office: Office, cases: CaseService, request_id: str
) -> None:
    case = entered(office, request_id)
    cases.withdraw(case.case_id, withdrawn_on=today(), by=office.handler)
    ended = cases.load(case.case_id, by=office.handler)
    assert (ended.status, ended.result) == (CaseStatus.WITHDRAWN, CaseResult.OTHER)
    assert cases.list_open(by=office.handler) == []
    assert [each.case_id for each in cases.list_ended(today().year, by=office.handler)] == [
        case.case_id
    ]
    with pytest.raises(InvalidTransitionError):
        cases.withdraw(case.case_id, withdrawn_on=today(), by=office.handler)


def test_strangers_neither_see_nor_enter_cases(
    office: Office, cases: CaseService, request_id: str
) -> None:
    case = entered(office, request_id)
    with pytest.raises(CaseNotFoundError):
        cases.load(case.case_id, by=office.stranger)
    with pytest.raises(PermissionDeniedError):
        cases.of_request(request_id, by=office.stranger)
    with pytest.raises(PermissionDeniedError):
        cases.file(request_id, suit(), by=office.stranger)
    with pytest.raises(PermissionDeniedError):
        cases.withdraw(case.case_id, withdrawn_on=today(), by=office.stranger)
    assert cases.list_open(by=office.stranger) == []


def test_there_is_no_case_without_its_request(office: Office, cases: CaseService) -> None:
    with pytest.raises(RecordsRequestNotFoundError):
        cases.file("ORGAN-2026-99999", new(), by=office.handler)
    for act in (
        lambda: cases.load("nothing", by=office.handler),
        lambda: cases.answer("nothing", answered_on=today(), by=office.handler),
    ):
        with pytest.raises(CaseNotFoundError):
            act()


def test_the_report_counts_what_ended_in_the_year_and_what_was_open_at_its_end(
    office: Office, cases: CaseService, request_id: str
) -> None:
    archive_use = office.in_work(kind=RequestKind.ARCHIVE_USE)
    cases.file(archive_use, new(), by=office.handler)
    year = today().year - 2
    filed = dt.date(year, 11, 3)

    def filed_then(docket: str) -> str:
        told = new(docket=docket, filed_on=filed, notified_on=filed)
        return cases.file(request_id, told, by=office.handler)

    open_still, same_year, next_year = map(
        filed_then, ("〔2024〕1号", "〔2024〕2号", "〔2024〕3号")
    )
    for case_id, result, day in (
        (same_year, CaseResult.UPHELD, dt.date(year, 12, 31)),
        (next_year, CaseResult.CORRECTED, dt.date(year + 1, 1, 1)),
    ):
        cases.decide(case_id, Decided(result=result, decided_on=day), by=office.handler)

    def reported(of_year: int) -> dict[str, CaseResult]:
        found = cases.for_report([office.organ_id], of_year)
        return {each.case_id: each.result for each in found}

    assert reported(year - 1) == {}
    assert reported(year) == {
        open_still: CaseResult.OPEN,
        same_year: CaseResult.UPHELD,
        next_year: CaseResult.OPEN,
    }
    assert reported(year + 1) == {
        open_still: CaseResult.OPEN,
        next_year: CaseResult.CORRECTED,
    }
    assert reported(year + 2) == {open_still: CaseResult.OPEN}
    assert cases.for_report(["elsewhere"], year) == []
