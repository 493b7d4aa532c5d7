from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from indexer.database import open_database
from query_room.accounts import AccountService
from query_room.commands.accounts import user_group
from query_room.errors import SignInRefusedError
from query_room.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "青山区查询室2026"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("QUERY_ROOM_DATA", str(tmp_path))
    monkeypatch.delenv("QUERY_ROOM_DATABASE_URL", raising=False)
    return Runner()


class Runner:
    """Runs ``query-room user`` as a person at a terminal would."""

    def __call__(self, *arguments: str, typed: tuple[str, ...] = ()) -> Result:
        return CliRunner().invoke(
            user_group, arguments, input="".join(f"{line}\n" for line in typed)
        )


@pytest.fixture
def accounts(tmp_path: Path) -> AccountService:
    return AccountService(
        engine=open_database(f"sqlite:///{tmp_path / 'query_room.db'}"),
        vault=Vault.open(tmp_path / "keys"),
    )


def test_an_account_is_added_with_a_password_that_is_asked_for_and_never_shown(
    run: Runner, accounts: AccountService
) -> None:
    result = run(
        "add", "wang", "--role", "staff", "--agency", "青山区民政局", typed=(PASSWORD, PASSWORD)
    )
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    account = accounts.authenticate("wang", PASSWORD, terminal="t")
    assert account.agencies == ("青山区民政局",)
    listed = run("list").output
    assert "wang" in listed
    assert "在用" in listed


def test_wrong_usage_is_told_in_words(run: Runner) -> None:
    run("add", "wang", "--role", "staff", typed=(PASSWORD, PASSWORD))
    weak = run("add", "li", "--role", "staff", typed=("short", "short"))
    assert (weak.exit_code, "至少十个字符" in weak.output) == (2, True)
    taken = run("add", "WANG", "--role", "admin", typed=(PASSWORD, PASSWORD))
    assert (taken.exit_code, "已被使用" in taken.output) == (2, True)
    for command in (["disable", "nobody"], ["password", "nobody"], ["grants", "nobody"]):
        nobody = run(*command)
        assert (nobody.exit_code, "没有这个账户" in nobody.output) == (2, True)
    assert run("add", "li", "--role", "king").exit_code == 2
    assert run("add", "li", "--role", "staff", "--password", PASSWORD).exit_code == 2


def test_a_password_is_changed_and_an_account_disabled(
    run: Runner, accounts: AccountService
) -> None:
    run("add", "wang", "--role", "staff", typed=(PASSWORD, PASSWORD))
    changed = run("password", "wang", typed=(PASSWORD + "新", PASSWORD + "新"))
    assert changed.exit_code == 0, changed.output
    accounts.authenticate("wang", PASSWORD + "新", terminal="t")
    assert run("disable", "wang").exit_code == 0
    with pytest.raises(SignInRefusedError):
        accounts.authenticate("wang", PASSWORD + "新", terminal="t")
    assert "停用" in run("list").output


def test_a_grant_is_given_shown_and_revoked(run: Runner, accounts: AccountService) -> None:
    run("add", "wang", "--role", "staff", typed=(PASSWORD, PASSWORD))
    terms = ("--basis", "档案法第二十九条", "--approver", "馆长", "--from", "2026-03-02")
    given = run("grant", "wang", "--fonds", "Z109", *terms, "--until", "2026-03-31")
    assert given.exit_code == 0, given.output
    (grant,) = accounts.grants_of(accounts.load("wang"))
    assert grant.granted_by.startswith("command:")
    assert "Z109" in run("grants", "wang").output
    assert run("revoke", "wang", str(grant.grant_id)).exit_code == 0
    again = run("revoke", "wang", str(grant.grant_id))
    assert (again.exit_code, "没有这项有效的授权" in again.output) == (2, True)
    backwards = run("grant", "wang", "--fonds", "Z109", *terms, "--until", "2026-03-01")
    assert (backwards.exit_code, "valid_until" in backwards.output) == (2, True)
