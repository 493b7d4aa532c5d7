"""A counter with its people, services and a small archive behind it: no part is pretended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now
from query_room.accounts import Account, AccountService, NewAccount, Role
from query_room.vault import Vault
from query_room.visits import (
    HandoverService,
    IdentityKind,
    NewVisit,
    Purpose,
    Standing,
    Visit,
    Visitor,
    VisitService,
)
from search_api.params import parse_question
from tests.fixtures.archive import context
from tests.fixtures.passwords import CHEAP

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.access import Viewer
    from search_api.answers import SearchAnswer
    from search_api.service import SearchService
    from tests.fixtures.archive import SmallArchive

ZHANG = Visitor(
    name="张建国",
    organisation="清河区第三机械厂",
    nationality="中国",
    phone="13800005678",
    identity_kind=IdentityKind.ID_CARD,
    identity_number="150204199002301234",
)
"""Nobody: there is no thirtieth of February."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The people and services of a room."""

    engine: Engine
    vault: Vault
    search: SearchService
    accounts: AccountService
    visits: VisitService
    handovers: HandoverService
    staff: Account
    colleague: Account
    archivist: Account
    second_archivist: Account
    admin: Account
    auditor: Account

    def viewer(self, account: Account) -> Viewer:
        """The rights of an account now."""
        return self.accounts.viewer_for(account, utc_now())

    def open_visit(
        self, visitor: Visitor = ZHANG, by: Account | None = None, standing: Standing = Standing.OWN
    ) -> Visit:
        """Somebody comes."""
        new = NewVisit(
            visitor=visitor, purpose=Purpose.PERSONAL_PROOF, standing=standing, terminal="一号窗口"
        )
        return self.visits.open_visit(new, by=by or self.staff)

    def ask(
        self, text: str, visit_id: str | None = None, by: Account | None = None
    ) -> SearchAnswer:
        """A search, logged."""
        account = by or self.staff
        return self.search.search(
            parse_question({"q": [text]}),
            self.viewer(account),
            context(actor=account.name, visit_id=visit_id),
        )


@pytest.fixture
def counter(archive: SmallArchive, tmp_path: Path) -> Counter:
    """A counter on an archive of four records of one commune, one of them not for staff."""
    for name, level, more in (
        ("红旗公社一九七一年知青名单", {"opening": "开放"}, {"档号": "Q012-1971-Y-0003"}),
        ("红旗公社一九七二年知青回城批复", {"opening": "控制"}, {"档号": "Q012-1972-Y-0007"}),
        ("红旗公社年终决算案卷", {"opening": "开放"}, {"全宗号": "Q012", "案卷号": "021"}),
        ("红旗公社来信处理单", {"secrecy": "工作秘密"}, {"档号": "Q012-1973-Y-0001"}),
    ):
        archive.add(name, **level, **more)
    archive.run(level=None)
    vault = Vault.open(tmp_path / "keys")
    search = archive.service
    accounts = AccountService(
        engine=archive.engine,
        vault=vault,
        passwords=CHEAP,
    )

    def made(name: str, role: Role) -> Account:
        return accounts.create(
            NewAccount(name=name, display_name=name, role=role), "清河区查询室2026", by="test"
        )

    return Counter(
        engine=archive.engine,
        vault=vault,
        search=search,
        accounts=accounts,
        visits=VisitService(engine=archive.engine, vault=vault),
        handovers=HandoverService(engine=archive.engine, vault=vault, find_record=search.record),
        staff=made("wang", Role.STAFF),
        colleague=made("zhao", Role.STAFF),
        archivist=made("li", Role.ARCHIVIST),
        second_archivist=made("sun", Role.ARCHIVIST),
        admin=made("admin", Role.ADMIN),
        auditor=made("audit", Role.AUDITOR),
    )
