from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now, writing
from indexer.errors import RecordNotFoundError
from indexer.records import RecordId
from indexer.repositories.withdrawals import withdraw_record
from query_room.errors import (
    HandoverNotFoundError,
    InvalidFieldError,
    InvalidTransitionError,
    PermissionDeniedError,
    SearchOfAnotherVisitError,
    VisitClosedError,
)
from query_room.outcomes import Outcome
from query_room.visits import CitedRecord, Handover, HandoverStatus, NewAnswer, Visit
from search_api.errors import SearchNotLoggedError
from search_api.log import events_of_subject, verify

if TYPE_CHECKING:
    from indexer.records import Record
    from query_room.accounts import Account
    from tests.query_room.counter import Counter


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A handover that waits, and what an archivist can find for it."""

    counter: Counter
    visit: Visit
    search_id: str
    handover_id: str
    found: Record
    hidden: Record
    proof: str

    def load(self, by: Account) -> Handover:
        counter = self.counter
        return counter.handovers.load(self.handover_id, by=by, viewer=counter.viewer(by))

    def answer(self, answer: NewAnswer, by: Account | None = None) -> None:
        by = by or self.counter.archivist
        self.counter.handovers.answer(
            self.handover_id, answer, by=by, viewer=self.counter.viewer(by)
        )


@pytest.fixture
def asked(counter: Counter) -> Asked:
    visit = counter.open_visit()
    search_id = counter.ask("“返城审批表”", visit.visit_id).search_id
    proof = counter.ask("“知青”", by=counter.archivist)
    (hidden,) = counter.ask("“来信处理单”", by=counter.archivist).hits
    return Asked(
        counter=counter,
        visit=visit,
        search_id=search_id,
        handover_id=counter.handovers.ask(
            visit.visit_id, search_id, "来访人说一九七二年回城", by=counter.staff
        ),
        found=proof.hits[0].record,
        hidden=hidden.record,
        proof=proof.search_id,
    )


def test_a_question_goes_to_the_archivist_and_the_answer_comes_back(asked: Asked) -> None:
    counter, handovers = asked.counter, asked.counter.handovers
    viewer = counter.viewer(counter.archivist)
    (waiting,) = handovers.queue(by=counter.archivist, viewer=viewer)
    assert waiting.status is HandoverStatus.WAITING
    assert waiting.note == "来访人说一九七二年回城"
    assert (waiting.visit_id, waiting.search_id) == (asked.visit.visit_id, asked.search_id)

    handovers.take(asked.handover_id, by=counter.archivist)
    counter.visits.close_visit(asked.visit.visit_id, by=counter.staff)
    asked.answer(
        NewAnswer(
            text="见附件名单第三页",
            outcome=Outcome.FOUND,
            records=(asked.found.record_id,),
            searches=(asked.proof,),
        )
    )
    (answered,) = handovers.queue(by=counter.staff, viewer=counter.viewer(counter.staff))
    assert answered.status is HandoverStatus.ANSWERED
    (back,) = handovers.of_visit(
        asked.visit.visit_id, by=counter.staff, viewer=counter.viewer(counter.staff)
    )
    assert back.status is HandoverStatus.ANSWERED
    assert back.answer is not None
    assert back.answer.text == "见附件名单第三页"
    assert back.answer.records == (
        CitedRecord(record_id=asked.found.record_id, content_hash=asked.found.content_hash),
    )
    assert (back.answer.searches, back.answer.by) == ((asked.proof,), "li")

    handovers.deliver(asked.handover_id, by=counter.staff)
    assert asked.load(counter.staff).status is HandoverStatus.DELIVERED
    kinds = [event.kind for event in events_of_subject(counter.engine, asked.handover_id)]
    assert kinds == [
        "handover.asked",
        "handover.taken",
        "handover.answered",
        "handover.delivered",
    ]
    assert verify(counter.engine).is_whole


def test_an_answer_shows_nobody_a_record_they_may_not_see(asked: Asked) -> None:
    counter = asked.counter
    counter.handovers.take(asked.handover_id, by=counter.archivist)
    asked.answer(
        NewAnswer(
            text="另有一件不宜提供",
            outcome=Outcome.PARTLY,
            records=(asked.found.record_id, asked.hidden.record_id),
        )
    )

    def cited(by: Account) -> list[RecordId]:
        answer = asked.load(by).answer
        assert answer is not None
        return [record.record_id for record in answer.records]

    assert cited(counter.archivist) == [asked.found.record_id, asked.hidden.record_id]
    assert cited(counter.staff) == [asked.found.record_id]
    with writing(counter.engine) as connection:
        withdraw_record(connection, asked.found.record_id, ground="误开放", by="li", at=utc_now())
    assert cited(counter.staff) == []
    assert cited(counter.archivist) == [asked.hidden.record_id]


def test_nothing_is_cited_that_the_archivist_may_not_see(asked: Asked) -> None:
    counter = asked.counter
    counter.handovers.take(asked.handover_id, by=counter.archivist)
    answer = NewAnswer(text="见附件", outcome=Outcome.FOUND, records=(asked.hidden.record_id,))
    with pytest.raises(RecordNotFoundError):
        counter.handovers.answer(
            asked.handover_id, answer, by=counter.archivist, viewer=counter.viewer(counter.staff)
        )
    assert asked.load(counter.archivist).status is HandoverStatus.TAKEN


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (NewAnswer(text=" ", outcome=Outcome.NONE, searches=("s",)), "text"),
        (NewAnswer(text="无", outcome=Outcome.NONE), "searches"),
        (
            NewAnswer(text="无", outcome=Outcome.NONE, searches=("s",), records=(RecordId("r"),)),
            "records",
        ),
        (NewAnswer(text="有", outcome=Outcome.FOUND), "records"),
        (NewAnswer(text="有", outcome=Outcome.PARTLY, searches=("s",)), "records"),
    ],
)
def test_an_answer_must_rest_on_something(asked: Asked, answer: NewAnswer, field: str) -> None:
    asked.counter.handovers.take(asked.handover_id, by=asked.counter.archivist)
    with pytest.raises(InvalidFieldError) as caught:
        asked.answer(answer)
    assert caught.value.field == field


def test_nothing_found_is_proven_by_searches_that_were_made(asked: Asked) -> None:
    asked.counter.handovers.take(asked.handover_id, by=asked.counter.archivist)
    with pytest.raises(SearchNotLoggedError):
        asked.answer(NewAnswer(text="未查到", outcome=Outcome.NONE, searches=("invented",)))
    asked.answer(NewAnswer(text="未查到", outcome=Outcome.NONE, searches=(asked.proof,)))
    answer = asked.load(asked.counter.staff).answer
    assert answer is not None
    assert (answer.outcome, answer.records) == (Outcome.NONE, ())


def test_one_of_two_archivists_takes_it(asked: Asked) -> None:
    counter = asked.counter

    def take(account: Account) -> str:
        try:
            counter.handovers.take(asked.handover_id, by=account)
        except InvalidTransitionError as error:
            return error.status
        return "mine"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(take, (counter.archivist, counter.second_archivist)))
    assert sorted(results) == ["mine", "taken"]


def test_only_whoever_took_it_answers_and_a_colleague_may_put_it_back(asked: Asked) -> None:
    counter, handovers = asked.counter, asked.counter.handovers
    answer = NewAnswer(text="有", outcome=Outcome.FOUND, records=(asked.found.record_id,))
    with pytest.raises(InvalidTransitionError):
        asked.answer(answer)
    handovers.take(asked.handover_id, by=counter.archivist)
    with pytest.raises(InvalidTransitionError, match="by li"):
        asked.answer(answer, by=counter.second_archivist)
    handovers.put_back(asked.handover_id, by=counter.second_archivist)
    assert asked.load(counter.staff).taken_by is None
    handovers.take(asked.handover_id, by=counter.second_archivist)
    asked.answer(answer, by=counter.second_archivist)
    with pytest.raises(InvalidTransitionError):
        asked.answer(answer, by=counter.second_archivist)


def test_what_is_no_longer_wanted_is_cancelled(asked: Asked) -> None:
    counter, handovers = asked.counter, asked.counter.handovers
    handovers.cancel(asked.handover_id, by=counter.staff)
    with pytest.raises(InvalidTransitionError):
        handovers.take(asked.handover_id, by=counter.archivist)
    with pytest.raises(InvalidTransitionError):
        handovers.cancel(asked.handover_id, by=counter.staff)
    with pytest.raises(InvalidTransitionError):
        handovers.deliver(asked.handover_id, by=counter.staff)
    kinds = [event.kind for event in events_of_subject(counter.engine, asked.handover_id)]
    assert kinds == ["handover.asked", "handover.cancelled"]


def test_a_search_is_handed_over_from_its_own_open_visit(asked: Asked) -> None:
    counter, visit_id = asked.counter, asked.visit.visit_id
    elsewhere = counter.ask("知青").search_id
    with pytest.raises(SearchOfAnotherVisitError):
        counter.handovers.ask(visit_id, elsewhere, "请查", by=counter.staff)
    with pytest.raises(SearchNotLoggedError):
        counter.handovers.ask(visit_id, "invented", "请查", by=counter.staff)
    with pytest.raises(InvalidFieldError):
        counter.handovers.ask(visit_id, asked.search_id, " ", by=counter.staff)
    counter.visits.close_visit(visit_id, by=counter.staff)
    with pytest.raises(VisitClosedError):
        counter.handovers.ask(visit_id, asked.search_id, "请查", by=counter.staff)


def test_everybody_does_their_own_part(asked: Asked) -> None:
    counter, handovers = asked.counter, asked.counter.handovers
    nobody = counter.viewer(counter.admin)
    with pytest.raises(PermissionDeniedError):
        handovers.take(asked.handover_id, by=counter.staff)
    with pytest.raises(PermissionDeniedError):
        handovers.queue(by=counter.auditor, viewer=nobody)
    for account in (counter.admin, counter.auditor):
        with pytest.raises(PermissionDeniedError):
            handovers.load(asked.handover_id, by=account, viewer=nobody)
        with pytest.raises(PermissionDeniedError):
            handovers.ask(asked.visit.visit_id, asked.search_id, "请查", by=account)
    with pytest.raises(HandoverNotFoundError):
        handovers.take("h0", by=counter.archivist)
