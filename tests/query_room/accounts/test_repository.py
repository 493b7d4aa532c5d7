from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from indexer.database import reading, writing
from query_room.accounts import NewAccount, NewGrant, Role, repository

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
WANG = NewAccount(name="Wang", display_name="王", role=Role.STAFF, agencies=("民政局", "档案馆"))


def test_an_account_comes_back_as_it_was_made(database: Engine) -> None:
    with writing(database) as connection:
        made = repository.add(connection, WANG, password_hash="x", by="test", at=AT)
    with reading(database) as connection:
        found = repository.find(connection, "wang")
        assert repository.find(connection, "li") is None
    assert found is not None
    assert (found.account, found.password_hash) == (made, "x")
    assert made.agencies == ("民政局", "档案馆")
    with pytest.raises(IntegrityError), writing(database) as connection:
        repository.add(connection, WANG, password_hash="y", by="test", at=AT)


def test_failures_are_counted_in_a_row_and_forgotten(database: Engine) -> None:
    later = AT + dt.timedelta(hours=1)
    with writing(database) as connection:
        assert repository.lock_failures(connection, "a", AT) == (0, AT)
        repository.set_failures(connection, "a", 2, later)
        repository.set_failures(connection, "b", 1, AT)
        assert repository.lock_failures(connection, "a", AT) == (2, later)
        repository.forget_failures_before(connection, later)
        assert repository.lock_failures(connection, "b", later) == (0, later)
        repository.forget_failures(connection, "a")
        assert repository.lock_failures(connection, "a", AT) == (0, AT)


def test_a_renewed_hash_does_not_undo_a_changed_password(database: Engine) -> None:
    with writing(database) as connection:
        made = repository.add(connection, WANG, password_hash="old", by="test", at=AT)
        repository.change_password(connection, made.account_id, "changed")
        repository.renew_hash(connection, made.account_id, "old", "old at another cost")
        found = repository.find(connection, "wang")
    assert found is not None
    assert found.password_hash == "changed"
    assert found.account.credential_version == 2


def test_grants_in_force_are_those_of_the_day(database: Engine) -> None:
    day = dt.date(2026, 3, 2)
    with writing(database) as connection:
        made = repository.add(connection, WANG, password_hash="x", by="test", at=AT)
        new = NewGrant(fonds="Z1", basis="b", approver="a", valid_from=day, valid_until=day)
        number = repository.add_grant(connection, made.account_id, new, by="test", at=AT)
        (grant,) = repository.grants_in_force(connection, made.account_id, day)
        assert grant.grant_id == number
        for other in (day - dt.timedelta(days=1), day + dt.timedelta(days=1)):
            assert repository.grants_in_force(connection, made.account_id, other) == []
        assert repository.revoke_grant(connection, number, by="test", at=AT)
        assert not repository.revoke_grant(connection, number, by="test", at=AT)
        assert repository.grants_in_force(connection, made.account_id, day) == []
