"""A room whose organ has its people, and a request on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.accounts import NewAccount, Role
from query_room.clock import Channel
from query_room.organs import Duty
from query_room.outcomes import Outcome
from query_room.requests import (
    Applicant,
    Decision,
    Delivery,
    Form,
    NewHandSearch,
    NewRequest,
    RequestKind,
    Wanted,
)
from query_room.requests.proposals import Proposal
from query_room.statute.codes import ApplicantCategory, Disposition, ReplyType
from query_room.visits import IdentityKind, NewVisit, Purpose, Standing
from search_api.china_time import day_in_china
from search_api.params import parse_question
from tests.fixtures.archive import context
from tests.query_room.counter import ZHANG

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.records import RecordId
    from query_room.accounts import Account
    from query_room.requests.opening import Requests
    from query_room.requests.reading import RequestFile
    from query_room.room import Room
    from search_api.answers import SearchAnswer
    from tests.fixtures.archive import SmallArchive

LI = Applicant(
    name="李秀英",
    identity_kind=IdentityKind.ID_CARD,
    identity_number="150204199002301227",
    phone="13900001234",
    email="lixiuying@example.cn",
    address="清河区槐荫街1号",
)
"""Nobody: there is no thirtieth of February."""
WANTED = Wanted(
    description="红旗公社一九七一年知青名单",
    form=Form.ELECTRONIC,
    delivery=Delivery.ONLINE,
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """The people of an organ, and what they can do."""

    room: Room
    organ_id: str
    handler: Account
    colleague: Account
    secrecy: Account
    head: Account
    archivist: Account
    stranger: Account

    @property
    def requests(self) -> Requests:
        return self.room.requests

    def viewer(self, account: Account) -> Viewer:
        return self.room.accounts.viewer_for(account, utc_now())

    def new(self, **changes: object) -> NewRequest:
        values: dict[str, object] = {
            "organ_id": self.organ_id,
            "kind": RequestKind.DISCLOSURE,
            "channel": Channel.COUNTER,
            "category": ApplicantCategory.NATURAL,
            "applicant": LI,
            "wanted": WANTED,
            "received_on": day_in_china(utc_now()),
        }
        return NewRequest(**{**values, **changes})  # type: ignore[arg-type]

    def file(self, **changes: object) -> str:
        """A request comes to the counter."""
        return self.requests.intake.file(self.new(**changes), by=self.handler).request_id

    def in_work(self, **changes: object) -> str:
        """A request that the handler works at."""
        request_id = self.file(**changes)
        self.requests.intake.assign(request_id, self.handler.name, by=self.handler)
        return request_id

    def ask(
        self, text: str, request_id: str | None = None, by: Account | None = None
    ) -> SearchAnswer:
        """A search, logged for the request."""
        account = by or self.handler
        asked = context(actor=account.name, request_id=request_id)
        return self.room.search.search(parse_question({"q": [text]}), self.viewer(account), asked)

    def visit(self) -> str:
        """Somebody comes to the counter, and goes."""
        visits = self.room.visits
        new = NewVisit(
            visitor=ZHANG,
            purpose=Purpose.PERSONAL_PROOF,
            standing=Standing.OWN,
            terminal="一号窗口",
        )
        visit_id = visits.open_visit(new, by=self.handler).visit_id
        visits.close_visit(visit_id, by=self.handler)
        return visit_id

    def mark(self, request_id: str, text: str = "红旗公社") -> tuple[str, RecordId]:
        """A record found and marked as relevant."""
        answer = self.ask(text, request_id)
        record_id = answer.hits[0].record.record_id
        finding = self.requests.evidence.mark(
            request_id,
            record_id,
            search_id=answer.search_id,
            by=self.handler,
            viewer=self.viewer(self.handler),
        )
        return finding, record_id

    def searched_by_hand(self, request_id: str, by: Account) -> None:
        """A search on paper that found nothing."""
        self.requests.evidence.record_hand_search(
            request_id,
            NewHandSearch(
                where="一号库房 1971 年目录",
                what="知青 名单",
                by="",
                searched_on=day_in_china(utc_now()),
                outcome=Outcome.NONE,
            ),
            by=by,
        )

    def opened(self, request_id: str) -> None:
        """Everything found is proposed as open."""
        finding, _ = self.mark(request_id)
        self.requests.evidence.decide(request_id, finding, Decision.OPEN, by=self.handler)
        self.requests.deciding.propose(request_id, OPENED, by=self.handler)

    def approved(self, request_id: str) -> None:
        """Everybody signs."""
        from query_room.reviews import Verdict  # noqa: PLC0415 - beside its one use

        self.requests.deciding.submit(request_id, by=self.handler)
        for signer in (self.secrecy, self.head, self.head):
            self.requests.deciding.sign(request_id, Verdict.AGREES, remark="", by=signer)

    def load(self, request_id: str, by: Account | None = None) -> RequestFile:
        account = by or self.handler
        return self.requests.reader.open_file(request_id, by=account, viewer=self.viewer(account))


OPENED = Proposal(
    disposition=Disposition.OPENED,
    reply_type=ReplyType.PROVIDED,
    how_to_get="在查询页面查看。",
)


@pytest.fixture
def office(archive: SmallArchive, room: Room) -> Office:
    """An organ with a handler, a colleague, reviewers, a head, an archivist and a stranger."""
    archive.add("红旗公社一九七一年知青名单", opening="开放", 档号="Q012-1971-Y-0003")
    archive.add("红旗公社一九七二年知青回城批复", opening="控制", 档号="Q012-1972-Y-0007")
    archive.add("红旗公社来信处理单", secrecy="工作秘密", 档号="Q012-1973-Y-0001")
    archive.run(level=None)

    def made(name: str, role: Role) -> Account:
        return room.accounts.create(
            NewAccount(name=name, display_name=name, role=role), "清河区查询室2026", by="test"
        )

    organ = room.organs.list_all()[0]
    people = {
        "handler": (made("wang", Role.STAFF), {Duty.HANDLER}),
        "colleague": (made("zhao", Role.STAFF), {Duty.HANDLER}),
        "secrecy": (made("bao", Role.STAFF), {Duty.SECRECY_REVIEWER}),
        "head": (made("fuze", Role.STAFF), {Duty.HEAD, Duty.LEGAL_REVIEWER}),
        "archivist": (made("li", Role.ARCHIVIST), {Duty.HANDLER}),
    }
    for account, duties in people.values():
        room.organs.set_duties(organ.organ_id, account.name, duties, by="test")
    return Office(
        room=room,
        organ_id=organ.organ_id,
        stranger=made("sun", Role.STAFF),
        **{name: account for name, (account, _) in people.items()},
    )
