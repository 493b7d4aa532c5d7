"""A request from its receipt to its end, and every shortcut that is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from query_room.clock import ClockState
from query_room.errors import InvalidFieldError, InvalidTransitionError
from query_room.letters import LetterKind
from query_room.requests import Decision, Manner, RequestStatus, StepRefusedError
from query_room.requests.letter_contents import LetterChoice
from query_room.requests.proposals import Proposal
from query_room.reviews import ReviewRefusedError, ReviewStatus, Verdict
from query_room.statute.codes import Disposition, ReplyType
from query_room.statute.errors import StatuteError
from search_api.log import events_of_subject, verify
from tests.query_room.requests.conftest import LI, OPENED
from tests.query_room.requests.issuing import issue, today, words_of

if TYPE_CHECKING:
    from tests.query_room.requests.conftest import Office

NOT_FOUND = Proposal(
    disposition=Disposition.NOT_HELD,
    reply_type=ReplyType.NOT_FOUND,
    reasons="在已整理的室藏档案中未查到。",
)


def test_from_the_form_to_the_dispatched_reply(office: Office) -> None:
    request_id = office.in_work()
    office.opened(request_id)
    office.approved(request_id)
    letter_id = issue(office, request_id, LetterKind.REPLY)
    assert office.load(request_id).request.status is RequestStatus.REPLIED
    words = words_of(office, request_id, letter_id)
    assert LI.name in words
    assert "红旗公社一九七一年知青名单" in words
    assert "六个月内依法向人民法院" in words
    office.requests.deciding.dispatch(
        request_id,
        letter_id,
        manner=Manner.POSTED,
        day=today(),
        note="EMS 1234567890123",
        by=office.handler,
    )
    closed = office.load(request_id)
    assert closed.request.status is RequestStatus.CLOSED
    assert closed.request.closed_on == today()
    assert closed.clock is not None
    assert closed.clock.state is ClockState.CLOSED
    # From the reply one walks back to approvals, records and the search that showed them.
    (review,) = closed.reviews
    assert [each.signed_by for each in review.signatures] == ["bao", "fuze", "fuze"]
    (finding,) = closed.findings
    (search,) = closed.searches
    assert finding.search_id == search.search_id
    assert finding.record_id in search.hits
    assert (search.text, search.how) == ("红旗公社", "within")
    assert verify(office.room.engine).is_whole


def test_each_step_is_an_event_that_says_where_it_led(office: Office) -> None:
    request_id = office.in_work()
    office.opened(request_id)
    office.approved(request_id)
    steps = [
        (event.body["step"], event.body["status_before"], event.body["status"])
        for event in events_of_subject(office.room.engine, request_id)
        if event.body is not None and "step" in event.body
    ]
    assert steps == [
        ("assign", "received", "in_work"),
        ("collect", "in_work", "in_work"),
        ("collect", "in_work", "in_work"),
        ("propose", "in_work", "in_work"),
        ("submit", "in_work", "in_review"),
        ("approve", "in_review", "approved"),
    ]


def test_that_it_does_not_exist_needs_an_archivists_search(office: Office) -> None:
    request_id = office.in_work()
    office.ask("海底隧道", request_id)
    with pytest.raises(StepRefusedError, match="needs_archivist_search"):
        office.requests.deciding.propose(request_id, NOT_FOUND, by=office.handler)
    office.searched_by_hand(request_id, office.handler)
    with pytest.raises(StepRefusedError, match="needs_archivist_search"):
        office.requests.deciding.propose(request_id, NOT_FOUND, by=office.handler)
    office.ask("海底隧道", request_id, by=office.archivist)
    office.requests.deciding.propose(request_id, NOT_FOUND, by=office.handler)
    office.approved(request_id)
    words = words_of(office, request_id, issue(office, request_id, LetterKind.REPLY))
    assert "海底隧道" in words
    assert "一号库房 1971 年目录" in words


def test_an_archivists_search_by_hand_is_enough(office: Office) -> None:
    request_id = office.in_work()
    office.searched_by_hand(request_id, office.archivist)
    office.requests.deciding.propose(request_id, NOT_FOUND, by=office.handler)


def test_withholding_needs_ground_reason_and_a_fitting_outcome(office: Office) -> None:
    request_id = office.in_work()
    finding, _ = office.mark(request_id)
    evidence, deciding = office.requests.evidence, office.requests.deciding
    with pytest.raises(StepRefusedError, match="undecided"):
        deciding.propose(request_id, OPENED, by=office.handler)
    with pytest.raises(StepRefusedError, match="needs_exemption"):
        evidence.decide(request_id, finding, Decision.WITHHOLD, by=office.handler)
    with pytest.raises(InvalidFieldError, match="reason"):
        evidence.decide(
            request_id, finding, Decision.WITHHOLD, exemption="privacy", by=office.handler
        )
    with pytest.raises(StepRefusedError, match="exemption_of_open"):
        evidence.decide(request_id, finding, Decision.OPEN, exemption="privacy", by=office.handler)
    with pytest.raises(StatuteError, match="unknown_exemption"):
        evidence.decide(
            request_id, finding, Decision.WITHHOLD, exemption="x", reason="因", by=office.handler
        )
    evidence.decide(
        request_id,
        finding,
        Decision.WITHHOLD,
        exemption="privacy",
        reason="含知青个人信息",
        by=office.handler,
    )
    with pytest.raises(StepRefusedError, match="something_withheld"):
        deciding.propose(request_id, OPENED, by=office.handler)
    withheld = Proposal(
        disposition=Disposition.PROCESS, reply_type=ReplyType.WITHHELD, reasons="过程性信息"
    )
    with pytest.raises(StepRefusedError, match="exemption_does_not_fit"):
        deciding.propose(request_id, withheld, by=office.handler)
    right = replace(withheld, disposition=Disposition.THIRD_PARTY)
    with pytest.raises(StepRefusedError, match="needs_reasons"):
        deciding.propose(request_id, replace(right, reasons=""), by=office.handler)
    with pytest.raises(StatuteError, match="reply_type_does_not_fit"):
        deciding.propose(
            request_id, replace(right, reply_type=ReplyType.PROVIDED), by=office.handler
        )
    deciding.propose(request_id, right, by=office.handler)
    office.approved(request_id)
    words = words_of(office, request_id, issue(office, request_id, LetterKind.REPLY))
    assert "条例第十五条" in words
    assert "人民法院提起行政诉讼" in words
    assert "六个月" not in words  # review first


def test_opening_in_part_needs_both_parts(office: Office) -> None:
    request_id = office.in_work()
    finding, _ = office.mark(request_id)
    part = Proposal(
        disposition=Disposition.OPENED_IN_PART,
        reply_type=ReplyType.IN_PART,
        reasons="含个人信息",
        how_to_get="网上查看",
    )
    office.requests.evidence.decide(request_id, finding, Decision.OPEN, by=office.handler)
    with pytest.raises(StepRefusedError, match="nothing_withheld"):
        office.requests.deciding.propose(request_id, part, by=office.handler)
    office.requests.evidence.decide(
        request_id,
        finding,
        Decision.OPEN_IN_PART,
        exemption="privacy",
        reason="隐去姓名",
        by=office.handler,
    )
    office.requests.deciding.propose(request_id, part, by=office.handler)


def test_nobody_signs_their_own_paper_or_out_of_turn(office: Office) -> None:
    request_id = office.in_work()
    office.opened(request_id)
    deciding = office.requests.deciding
    deciding.submit(request_id, by=office.handler)
    with pytest.raises(ReviewRefusedError, match="own_paper"):
        deciding.sign(request_id, Verdict.AGREES, remark="", by=office.handler)
    with pytest.raises(ReviewRefusedError, match="not_your_step"):
        deciding.sign(request_id, Verdict.AGREES, remark="", by=office.head)
    with pytest.raises(ReviewRefusedError, match="remark_required"):
        deciding.sign(request_id, Verdict.RETURNS, remark=" ", by=office.secrecy)
    deciding.sign(request_id, Verdict.RETURNS, remark="请核对第二页", by=office.secrecy)
    returned = office.load(request_id)
    assert returned.request.status is RequestStatus.IN_WORK
    assert returned.reviews[0].status is ReviewStatus.RETURNED
    assert returned.reviews[0].signatures[0].remark == "请核对第二页"
    office.approved(request_id)
    assert len(office.load(request_id).reviews) == 2


def test_earlier_decisions_on_the_same_record_are_shown(office: Office) -> None:
    first = office.in_work()
    office.opened(first)
    second = office.in_work()
    _, record_id = office.mark(second)
    (earlier,) = office.load(second).earlier[record_id]
    assert (earlier.request_id, earlier.decision) == (first, Decision.OPEN)


def test_withdrawing_ends_it_from_anywhere_and_its_review_with_it(office: Office) -> None:
    request_id = office.in_work()
    office.opened(request_id)
    office.requests.deciding.submit(request_id, by=office.handler)
    office.requests.deciding.withdraw(request_id, reason="来电撤回", by=office.handler)
    file = office.load(request_id)
    assert file.request.disposition is Disposition.OTHER
    assert file.reviews[0].status is ReviewStatus.RETURNED
    with pytest.raises(InvalidTransitionError):
        office.requests.deciding.withdraw(request_id, reason="再", by=office.handler)


def test_a_judgment_reopens_it_on_a_new_period(office: Office) -> None:
    request_id = office.in_work()
    office.requests.deciding.withdraw(request_id, reason="来电撤回", by=office.handler)
    office.requests.deciding.reopen(request_id, ground="行政复议决定", by=office.handler)
    file = office.load(request_id)
    assert (file.request.status, file.request.disposition) == (RequestStatus.IN_WORK, None)
    assert file.clock is not None
    assert file.clock.state is ClockState.RUNNING


def test_a_letter_is_made_once_and_only_for_what_happened(office: Office) -> None:
    request_id = office.in_work()
    issue(office, request_id, LetterKind.RECEIPT)
    for choice in (
        LetterChoice(kind=LetterKind.RECEIPT),
        LetterChoice(kind=LetterKind.REPLY),
        LetterChoice(kind=LetterKind.EXTENSION, about="1"),
    ):
        with pytest.raises(StepRefusedError, match="no_such_letter"):
            office.requests.letters.issue(
                request_id, choice, by=office.handler, viewer=office.viewer(office.handler)
            )


def test_a_reply_is_not_made_by_who_cannot_see_what_it_speaks_of(office: Office) -> None:
    request_id = office.in_work()
    evidence = office.requests.evidence
    answer = office.ask("来信处理单", request_id, by=office.archivist)
    hidden = evidence.mark(
        request_id,
        answer.hits[0].record.record_id,
        search_id=answer.search_id,
        by=office.archivist,
        viewer=office.viewer(office.archivist),
    )
    evidence.decide(request_id, hidden, Decision.OPEN, by=office.archivist)
    seen = office.load(request_id)
    assert (seen.findings, seen.hidden_findings) == ((), 1)
    office.requests.deciding.propose(request_id, OPENED, by=office.handler)
    office.approved(request_id)
    with pytest.raises(StepRefusedError, match="something_hidden"):
        issue(office, request_id, LetterKind.REPLY)


def test_an_online_reply_is_shown_to_who_knows_the_secret(office: Office) -> None:
    receipt = office.requests.intake.file(office.new(), by=office.handler)
    request_id = receipt.request_id
    office.requests.intake.assign(request_id, office.handler.name, by=office.handler)
    office.opened(request_id)
    office.approved(request_id)
    letter_id = issue(office, request_id, LetterKind.REPLY)
    with pytest.raises(StepRefusedError):
        office.requests.letters.reply_for_applicant(request_id, receipt.secret)
    office.requests.deciding.dispatch(
        request_id, letter_id, manner=Manner.ONLINE, day=today(), note="", by=office.handler
    )
    page = office.requests.letters.reply_for_applicant(request_id, receipt.secret)
    assert "政府信息公开申请答复书" in page
