from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer.access import Audience
from query_room.accounts import Account, Permission, Role
from query_room.accounts.model import name_key
from query_room.errors import PermissionDeniedError

AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
ACCOUNT = Account(
    account_id=1,
    name="wang",
    display_name="王",
    role=Role.STAFF,
    agencies=(),
    credential_version=1,
    created_at=AT,
    disabled_at=None,
)


def test_administrators_and_auditors_see_what_the_public_sees() -> None:
    for role in Role:
        account = replace(ACCOUNT, role=role)
        expected = role not in {Role.ADMIN, Role.AUDITOR}
        assert account.has_rights_to_content is expected
        assert (account.audience > Audience.PUBLIC) is expected


def test_nobody_who_sees_content_reads_the_log() -> None:
    for role in Role:
        account = replace(ACCOUNT, role=role)
        assert not (account.may(Permission.READ_LOG) and account.has_rights_to_content)
        assert not (account.may(Permission.MANAGE_ACCOUNTS) and account.has_rights_to_content)


def test_a_permission_is_required_aloud() -> None:
    ACCOUNT.require(Permission.SERVE_VISITORS)
    with pytest.raises(PermissionDeniedError, match="read_log"):
        ACCOUNT.require(Permission.READ_LOG)


def test_a_disabled_account_may_nothing() -> None:
    disabled = replace(ACCOUNT, disabled_at=AT)
    assert not any(disabled.may(permission) for permission in Permission)


def test_names_differ_by_more_than_width_and_case() -> None:
    assert name_key(" ＷＡＮＧ") == name_key("wang")
    assert name_key("wang") != name_key("wang1")
