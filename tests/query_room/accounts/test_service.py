from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import text

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import reading
from indexer.records import RecordId
from query_room.accounts import (
    Account,
    AccountService,
    NewAccount,
    NewGrant,
    Passwords,
    Role,
)
from query_room.errors import (
    AccountExistsError,
    AccountNotFoundError,
    GrantNotFoundError,
    InvalidFieldError,
    SignInLockedError,
    SignInRefusedError,
    WeakPasswordError,
)
from search_api.log import events_of_subject, verify

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from query_room.vault import Vault

PASSWORD = "青山区查询室2026"
WRONG = "青山区查询室2025"
RECORD = RecordId("rabcdefghijkl")


@pytest.fixture
def wang(accounts: AccountService) -> Account:
    new = NewAccount(name="wang", display_name="王某", role=Role.STAFF, agencies=("青山区民政局",))
    return accounts.create(new, PASSWORD, by="test")


def sign_in(accounts: AccountService, name: str, password: str) -> str:
    """What becomes of an attempt, in one word."""
    try:
        accounts.authenticate(name, password, terminal="一号窗口")
    except SignInRefusedError:
        return "refused"
    except SignInLockedError:
        return "locked"
    return "welcome"


def test_an_account_signs_in_with_its_password(
    accounts: AccountService, wang: Account, database: Engine
) -> None:
    assert accounts.authenticate("ＷＡＮＧ", PASSWORD, terminal="一号窗口") == wang
    assert [event.kind for event in events_of_subject(database, "wang")] == [
        "account.added",
        "account.signed_in",
    ]


def test_no_password_stands_in_the_database(
    accounts: AccountService, wang: Account, database: Engine
) -> None:
    assert wang
    sign_in(accounts, WRONG, PASSWORD)  # typed into the wrong field
    with reading(database) as connection:
        for table in ("account", "sign_in_failure", "log_event", "log_body"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert PASSWORD not in str(rows)
            assert WRONG not in str(rows)


def test_a_name_is_taken_in_every_spelling(accounts: AccountService, wang: Account) -> None:
    assert wang
    new = NewAccount(name=" Ｗang ", display_name="另一个", role=Role.ADMIN)
    with pytest.raises(AccountExistsError):
        accounts.create(new, PASSWORD, by="test")
    assert [account.display_name for account in accounts.list_all()] == ["王某"]


@pytest.mark.parametrize("name", ["", " \u202e ", "x" * 65])
def test_a_name_must_be_one(accounts: AccountService, name: str) -> None:
    new = NewAccount(name=name, display_name="某", role=Role.STAFF)
    with pytest.raises(InvalidFieldError) as caught:
        accounts.create(new, PASSWORD, by="test")
    assert caught.value.field == "name"


def test_a_weak_password_makes_no_account(accounts: AccountService) -> None:
    new = NewAccount(name="li", display_name="李", role=Role.STAFF)
    with pytest.raises(WeakPasswordError):
        accounts.create(new, "short", by="test")
    assert accounts.list_all() == []


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_five_failures_lock_a_name_for_a_quarter_of_an_hour_known_or_not(
    accounts: AccountService, wang: Account, name: str
) -> None:
    assert wang
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False) as clock:
        assert [sign_in(accounts, name, WRONG) for _ in range(7)] == [
            *["refused"] * 5,
            "locked",
            "locked",
        ]
        clock.shift(dt.timedelta(minutes=14, seconds=59))
        assert sign_in(accounts, name, PASSWORD) == "locked"
        clock.shift(dt.timedelta(seconds=1))
        assert sign_in(accounts, name, PASSWORD) == ("welcome" if name == "wang" else "refused")


def test_a_lock_says_until_when_and_is_not_prolonged_by_knocking(
    accounts: AccountService, wang: Account
) -> None:
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False) as clock:
        for _ in range(5):
            sign_in(accounts, wang.name, WRONG)
        clock.shift(dt.timedelta(minutes=10))
        with pytest.raises(SignInLockedError) as caught:
            accounts.authenticate(wang.name, PASSWORD, terminal="t")
    assert caught.value.until == dt.datetime(2026, 3, 2, 4, 15, tzinfo=dt.UTC)


def test_a_success_begins_the_count_anew(accounts: AccountService, wang: Account) -> None:
    for _ in range(3):
        assert [sign_in(accounts, wang.name, WRONG) for _ in range(4)] == ["refused"] * 4
        assert sign_in(accounts, wang.name, PASSWORD) == "welcome"


def test_guesses_sent_at_once_are_all_counted(accounts: AccountService, wang: Account) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sign_in(accounts, wang.name, WRONG), range(12)))
    assert sorted(answers) == [*["locked"] * 7, *["refused"] * 5]


def test_failures_of_yesterday_are_forgotten(
    accounts: AccountService, wang: Account, database: Engine
) -> None:
    with time_machine.travel("2026-03-02T04:00:00Z", tick=False) as clock:
        for name in (*["wang"] * 4, "invented-1", "invented-2"):
            sign_in(accounts, name, WRONG)
        clock.shift(dt.timedelta(hours=24, seconds=1))
        assert sign_in(accounts, wang.name, WRONG) == "refused"
        with reading(database) as connection:
            rows = connection.execute(text("SELECT failures FROM sign_in_failure")).all()
    assert [row.failures for row in rows] == [1]


class CountingHasher(PasswordHasher):
    """The real hasher; counts how often it computes."""

    computed = 0

    def verify(
        self,
        hash: str | bytes,  # noqa: A002 - their name for it
        password: str | bytes,
    ) -> Literal[True]:
        self.computed += 1
        return super().verify(hash, password)


def test_every_answer_costs_one_computation(database: Engine, vault: Vault) -> None:
    hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts = AccountService(engine=database, vault=vault, passwords=Passwords(hasher))
    accounts.create(
        NewAccount(name="wang", display_name="王", role=Role.STAFF), PASSWORD, by="test"
    )
    accounts.create(
        NewAccount(name="gone", display_name="走", role=Role.STAFF), PASSWORD, by="test"
    )
    accounts.disable("gone", by="test")
    costs = []
    for name, password in (
        ("wang", PASSWORD),
        ("gone", PASSWORD),
        *[("wang", WRONG)] * 6,
        *[("nobody", WRONG)] * 6,
    ):
        before = hasher.computed
        sign_in(accounts, name, password)
        costs.append(hasher.computed - before)
    assert set(costs) == {1}


def test_refusals_are_logged_without_the_name_of_nobody(
    accounts: AccountService, wang: Account, database: Engine
) -> None:
    sign_in(accounts, wang.name, WRONG)
    sign_in(accounts, "nobody", WRONG)
    accounts.disable(wang.name, by="test")
    sign_in(accounts, wang.name, PASSWORD)
    known = [event.body for event in events_of_subject(database, "wang")]
    (unknown,) = events_of_subject(database, "")
    assert unknown.body == {"reason": "unknown_name", "terminal": "一号窗口"}
    assert {"reason": "wrong_password", "terminal": "一号窗口"} in known
    assert {"reason": "disabled", "terminal": "一号窗口"} in known
    assert verify(database).is_whole


def test_a_session_ends_with_the_password_and_with_the_account(
    accounts: AccountService, wang: Account
) -> None:
    assert accounts.of_session("wang", wang.credential_version) == wang
    accounts.set_password("wang", PASSWORD + "新", by="test")
    assert accounts.of_session("wang", wang.credential_version) is None
    now = accounts.load("wang")
    assert accounts.of_session("wang", now.credential_version) == now
    accounts.disable("wang", by="test")
    assert accounts.of_session("wang", now.credential_version) is None
    assert accounts.of_session("wang", accounts.load("wang").credential_version) is None
    assert accounts.of_session("nobody", 1) is None


def test_whoever_knows_the_present_password_may_change_it(
    accounts: AccountService, wang: Account
) -> None:
    with pytest.raises(SignInRefusedError):
        accounts.change_password(wang, WRONG, PASSWORD + "新", terminal="t")
    changed = accounts.change_password(wang, PASSWORD, PASSWORD + "新", terminal="t")
    assert changed.credential_version == wang.credential_version + 1
    assert sign_in(accounts, "wang", PASSWORD) == "refused"
    assert sign_in(accounts, "wang", PASSWORD + "新") == "welcome"


def test_a_new_password_lifts_the_lock(accounts: AccountService, wang: Account) -> None:
    for _ in range(6):
        sign_in(accounts, wang.name, WRONG)
    accounts.set_password(wang.name, PASSWORD + "新", by="test")
    assert sign_in(accounts, wang.name, PASSWORD + "新") == "welcome"


def test_a_hash_is_renewed_when_its_cost_has_risen(
    accounts: AccountService, wang: Account, database: Engine, vault: Vault
) -> None:
    dearer = AccountService(
        engine=database,
        vault=vault,
        passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)),
    )
    assert sign_in(dearer, wang.name, PASSWORD) == "welcome"
    with reading(database) as connection:
        kept = connection.execute(text("SELECT password_hash FROM account")).scalar_one()
    assert "m=16,t=2,p=1" in kept
    assert sign_in(accounts, wang.name, PASSWORD) == "welcome"


def test_unknown_accounts_are_told_so(accounts: AccountService) -> None:
    with pytest.raises(AccountNotFoundError):
        accounts.load("nobody")
    with pytest.raises(AccountNotFoundError):
        accounts.disable("nobody", by="test")
    with pytest.raises(AccountNotFoundError):
        accounts.set_password("nobody", PASSWORD, by="test")


NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("role", "viewer"),
    [
        (Role.READING_ROOM, Viewer(audience=Audience.READING_ROOM)),
        (Role.STAFF, Viewer(audience=Audience.STAFF, agencies=frozenset({"青山区民政局"}))),
        (Role.ARCHIVIST, Viewer(audience=Audience.ARCHIVIST, all_agencies=True)),
        (Role.AUDITOR, PUBLIC_VIEWER),
        (Role.ADMIN, PUBLIC_VIEWER),
    ],
)
def test_rights_follow_from_the_role(accounts: AccountService, role: Role, viewer: Viewer) -> None:
    new = NewAccount(name="someone", display_name="某人", role=role, agencies=("青山区民政局",))
    account = accounts.create(new, PASSWORD, by="test")
    assert accounts.viewer_for(account, NOON) == viewer


def grant_of(**changes: object) -> NewGrant:
    values: dict[str, object] = {
        "record_id": RECORD,
        "basis": "档案法第二十九条",
        "approver": "馆长",
        "valid_from": dt.date(2026, 3, 2),
        "valid_until": dt.date(2026, 3, 4),
    }
    return NewGrant(**{**values, **changes})  # type: ignore[arg-type]


def test_a_grant_opens_from_its_first_day_to_its_last_in_china(
    accounts: AccountService, wang: Account
) -> None:
    accounts.grant("wang", grant_of(), by="chief")
    accounts.grant("wang", grant_of(record_id=None, fonds="Z109"), by="chief")

    def granted(moment: str) -> tuple[frozenset[RecordId], frozenset[str]]:
        viewer = accounts.viewer_for(wang, dt.datetime.fromisoformat(moment))
        return viewer.granted_records, viewer.granted_fonds

    nothing: tuple[frozenset[RecordId], frozenset[str]] = (frozenset(), frozenset())
    both = (frozenset({RECORD}), frozenset({"Z109"}))
    assert granted("2026-03-01T23:59:59+08:00") == nothing
    assert granted("2026-03-02T00:00:00+08:00") == both
    assert granted("2026-03-04T23:59:59+08:00") == both
    assert granted("2026-03-05T00:00:00+08:00") == nothing


def test_a_revoked_grant_opens_nothing_more(
    accounts: AccountService, wang: Account, database: Engine
) -> None:
    number = accounts.grant("wang", grant_of(), by="chief")
    other = accounts.create(
        NewAccount(name="li", display_name="李", role=Role.STAFF), PASSWORD, by="test"
    )
    with pytest.raises(GrantNotFoundError):
        accounts.revoke(other.name, number, by="chief")
    accounts.revoke("wang", number, by="chief")
    assert not accounts.viewer_for(wang, NOON).granted_records
    with pytest.raises(GrantNotFoundError):
        accounts.revoke("wang", number, by="chief")
    (grant,) = accounts.grants_of(wang)
    assert grant.revoked_at is not None
    assert not grant.is_in_force(dt.date(2026, 3, 3))
    kinds = [event.kind for event in events_of_subject(database, "wang")]
    assert kinds == ["account.added", "account.granted", "account.grant_revoked"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"record_id": None}, "record_id"),
        ({"fonds": "Z109"}, "record_id"),
        ({"basis": " "}, "basis"),
        ({"approver": ""}, "approver"),
        ({"valid_until": dt.date(2026, 3, 1)}, "valid_until"),
        ({"valid_until": dt.date(2027, 3, 4)}, "valid_until"),
    ],
)
def test_a_grant_needs_a_target_a_basis_an_approver_and_an_end(
    accounts: AccountService, wang: Account, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        accounts.grant("wang", grant_of(**changes), by="chief")
    assert caught.value.field == field
    assert accounts.grants_of(wang) == []


def test_nothing_is_granted_to_administrators_and_auditors(accounts: AccountService) -> None:
    for role in (Role.ADMIN, Role.AUDITOR):
        account = accounts.create(
            NewAccount(name=role.value, display_name="某", role=role), PASSWORD, by="test"
        )
        with pytest.raises(InvalidFieldError):
            accounts.grant(account.name, grant_of(), by="chief")


def test_signing_out_is_noted(accounts: AccountService, wang: Account, database: Engine) -> None:
    accounts.sign_out(wang, terminal="一号窗口")
    last = events_of_subject(database, "wang")[-1]
    assert (last.kind, last.body) == ("account.signed_out", {"terminal": "一号窗口"})
