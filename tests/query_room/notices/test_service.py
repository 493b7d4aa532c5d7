from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.database import utc_now, writing
from query_room.accounts import Account, Role
from query_room.errors import PermissionDeniedError
from query_room.notices import (
    MailSettings,
    NoticeFields,
    NoticeKind,
    NoticeNotFoundError,
    NoticeReason,
    Notices,
    NoticeState,
    OrganMailbox,
    SealedContact,
    SmtpServer,
    Tls,
)
from query_room.notices.sender import Sender
from query_room.organs import OrganService
from query_room.vault import Vault
from search_api.log import events_of_subject
from tests.query_room.notices.mailing import ADDRESS, FIELDS, REQUEST, listening, queue

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

ON = MailSettings(server=SmtpServer(host="h", port=1, tls=Tls.NONE), sender="a@b.cn")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(tmp_path / "keys")


def account(role: Role) -> Account:
    return Account(
        account_id=1,
        name="li",
        display_name="李",
        role=role,
        agencies=(),
        credential_version=1,
        created_at=utc_now(),
        disabled_at=None,
    )


def test_a_step_that_is_rolled_back_tells_nobody(database: Engine, vault: Vault) -> None:
    notices = Notices(database, vault, ON)
    with writing(database) as connection:
        number = notices.queue(
            connection,
            kind=NoticeKind.RECEIVED,
            owner=REQUEST,
            to=SealedContact(owner=REQUEST, event_id=1),
            fields=FIELDS,
        )
        connection.rollback()
    assert number is not None
    assert notices.of_request(REQUEST) == []
    assert events_of_subject(database, REQUEST) == []


def test_one_occasion_is_told_once(database: Engine, vault: Vault) -> None:
    assert queue(database, vault, ON, occasion="10") is not None
    assert queue(database, vault, ON, occasion="10") is None
    assert queue(database, vault, ON, occasion="5") is not None
    assert queue(database, vault, ON) is not None
    assert queue(database, vault, ON) is not None
    assert Notices(database, vault, ON).counts() == {NoticeState.WAITING: 4}


def test_while_off_it_is_recorded_and_can_be_sent_later(database: Engine, vault: Vault) -> None:
    notices = Notices(database, vault, MailSettings())
    number = queue(database, vault, MailSettings())
    assert number is not None
    [shown] = notices.unsent(1, by=account(Role.ARCHIVIST))
    assert (shown.notice.state, shown.notice.reason) == (NoticeState.NOT_SENT, NoticeReason.OFF)
    assert shown.address == "z****@mail.example.cn"
    with listening() as mailbox:
        sender = Sender(database, vault, mailbox.settings())
        assert not sender.step()
        notices.retry(number, by=account(Role.ARCHIVIST))
        assert sender.step()
        assert mailbox.recipients == [ADDRESS]
    assert notices.unsent(1, by=account(Role.ARCHIVIST)) == []
    with pytest.raises(NoticeNotFoundError):
        notices.retry(number, by=account(Role.ARCHIVIST))


def test_they_are_for_archivists(database: Engine, vault: Vault) -> None:
    notices = Notices(database, vault, ON)
    for role in (Role.STAFF, Role.AUDITOR, Role.ADMIN):
        with pytest.raises(PermissionDeniedError):
            notices.unsent(1, by=account(role))
        with pytest.raises(PermissionDeniedError):
            notices.retry(1, by=account(role))


def test_warnings_go_to_the_mailbox_of_the_organ(database: Engine, vault: Vault) -> None:
    organs = OrganService(engine=database)
    organ = organs.ensure_default("清河区人民政府")
    organs.change(replace(organ, email="office@qh.example.cn"), by="test")
    with listening() as mailbox:
        with writing(database) as connection:
            Notices(database, vault, mailbox.settings()).queue(
                connection,
                kind=NoticeKind.OVERDUE,
                owner=REQUEST,
                to=OrganMailbox(organ_id=organ.organ_id),
                fields=NoticeFields(
                    request_number="清依申〔2026〕12号", organ=organ.name, due_on=utc_now().date()
                ),
            )
        Sender(database, vault, mailbox.settings()).step()
        assert mailbox.recipients == ["office@qh.example.cn"]


def test_no_address_and_no_text_stands_in_the_table(database: Engine, vault: Vault) -> None:
    queue(database, vault, ON)
    with writing(database) as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM notice").all())
    assert "zhang" not in rows
    assert "mail.example" not in rows
