from __future__ import annotations

import datetime as dt
import random
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import structlog

from indexer.database import utc_now, writing
from query_room.notices import (
    MailSettings,
    NoticeReason,
    Notices,
    NoticeState,
    SealedContact,
    Sender,
    SenderThread,
    SmtpServer,
    Tls,
    repository,
)
from query_room.notices.sender import MOST_TRIES, pause_after
from query_room.vault import Vault
from search_api.log import EventKind, erase, events_of_subject
from tests.query_room.notices.mailing import ADDRESS, REQUEST, listening, queue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from query_room.notices import Notice
    from tests.query_room.notices.mailing import Mailbox


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.open(tmp_path / "keys")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with listening() as mailbox:
        yield mailbox


def only(database: Engine, vault: Vault) -> Notice:
    [found] = Notices(database, vault, MailSettings()).of_request(REQUEST)
    return found


def kinds(database: Engine) -> list[str]:
    found = events_of_subject(database, REQUEST)
    return [event.kind for event in found if event.kind.startswith("notice.")]


def test_a_notice_arrives_once_and_says_nothing_of_the_request(
    database: Engine, vault: Vault, mailbox: Mailbox
) -> None:
    queue(database, vault, mailbox.settings())
    sender = Sender(database, vault, mailbox.settings())
    assert sender.step()
    assert not sender.step()
    [message] = mailbox.messages
    assert mailbox.recipients == [ADDRESS]
    assert message["Subject"] == "清河区人民政府：清依申〔2026〕12号"
    text = message.get_content()
    assert "您的申请 清依申〔2026〕12号 已经答复。" in text
    assert "https://room.example.cn/status" in text
    sent = only(database, vault)
    assert (sent.state, sent.tries, sent.message_id) == (
        NoticeState.SENT,
        1,
        message["Message-ID"],
    )
    assert kinds(database) == [EventKind.NOTICE_QUEUED, EventKind.NOTICE_SENT]


def test_a_refusal_for_good_ends_it_and_no_log_line_has_the_address(
    database: Engine, vault: Vault, mailbox: Mailbox
) -> None:
    mailbox.rcpt_answer = f"550 5.1.1 <{ADDRESS}> unknown"
    queue(database, vault, mailbox.settings())
    with structlog.testing.capture_logs() as lines:
        Sender(database, vault, mailbox.settings()).step()
    assert lines
    assert "zhang" not in str(lines)
    found = only(database, vault)
    assert (found.state, found.reason) == (NoticeState.FAILED, NoticeReason.REFUSED)
    assert kinds(database)[-1] == EventKind.NOTICE_ENDED


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_what_is_put_off_waits_and_goes_under_the_same_name(
    database: Engine, vault: Vault, mailbox: Mailbox, stage: str
) -> None:
    setattr(mailbox, f"{stage}_answer", "451 later")
    queue(database, vault, mailbox.settings())
    sender = Sender(database, vault, mailbox.settings())
    sender.step()
    first = only(database, vault)
    assert (first.state, first.reason) == (NoticeState.WAITING, NoticeReason.PUT_OFF)
    assert first.due_at > utc_now() + dt.timedelta(seconds=50)
    assert not sender.step()
    setattr(mailbox, f"{stage}_answer", "250 OK")
    make_due(database)
    assert sender.step()
    assert list(mailbox.ids()) == [first.message_id]


def make_due(database: Engine) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE notice SET due_at = '2020-01-01 00:00:00'")


def test_an_address_that_was_erased_cancels_the_notice(
    database: Engine, vault: Vault, mailbox: Mailbox
) -> None:
    queue(database, vault, mailbox.settings())
    to = only(database, vault).to
    assert isinstance(to, SealedContact)
    erase(database, [to.event_id], "到期", "test")
    Sender(database, vault, mailbox.settings()).step()
    found = only(database, vault)
    assert (found.state, found.reason) == (NoticeState.CANCELLED, NoticeReason.ADDRESS_ERASED)
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", NoticeReason.NO_ADDRESS),
        ("张三@mail.example.cn", NoticeReason.NEEDS_SMTPUTF8),
        ("a@b.cn\r\nBcc: c@d.cn", NoticeReason.BAD_ADDRESS),
        ("a@b.cn>,<c@d.cn", NoticeReason.BAD_ADDRESS),
        ('{"name":"张三","phone":"138"}', NoticeReason.NO_ADDRESS),
    ],
)
def test_an_address_that_cannot_be_used_is_said_to_be_so(
    database: Engine, vault: Vault, mailbox: Mailbox, address: str, reason: NoticeReason
) -> None:
    queue(database, vault, mailbox.settings(), address)
    Sender(database, vault, mailbox.settings()).step()
    found = only(database, vault)
    assert (found.state, found.reason) == (NoticeState.FAILED, reason)
    assert mailbox.messages == []


def test_a_server_that_is_not_there_or_speaks_no_tls_is_asked_again(
    database: Engine, vault: Vault, mailbox: Mailbox
) -> None:
    queue(database, vault, mailbox.settings())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        gone = SmtpServer(host="127.0.0.1", port=probe.getsockname()[1], tls=Tls.NONE)
        Sender(database, vault, MailSettings(server=gone, sender="a@b.cn")).step()
    assert only(database, vault).reason is NoticeReason.UNREACHABLE
    make_due(database)
    bare = SmtpServer(host="127.0.0.1", port=mailbox.port, tls=Tls.STARTTLS)
    Sender(database, vault, MailSettings(server=bare, sender="a@b.cn")).step()
    found = only(database, vault)
    assert (found.state, found.reason) == (NoticeState.WAITING, NoticeReason.NO_TLS)
    assert mailbox.messages == []


def test_two_senders_never_hold_the_same_notice(database: Engine, vault: Vault) -> None:
    on = MailSettings(server=SmtpServer(host="h", port=1, tls=Tls.NONE), sender="a@b.cn")
    for _ in range(2):
        queue(database, vault, on)
    now = utc_now() + dt.timedelta(seconds=1)
    until = now + dt.timedelta(minutes=1)
    found = []
    for token in ("first", "second", "third"):
        with writing(database) as connection:
            found.append(
                repository.claim(connection, now=now, until=until, token=token, message_id=token)
            )
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].notice_id != found[1].notice_id
    assert found[2] is None


def test_who_lost_the_lease_has_no_say(database: Engine, vault: Vault) -> None:
    on = MailSettings(server=SmtpServer(host="h", port=1, tls=Tls.NONE), sender="a@b.cn")
    queue(database, vault, on)
    now = utc_now() + dt.timedelta(seconds=1)
    for token in ("slow", "next"):
        with writing(database) as connection:
            found = repository.claim(
                connection, now=now, until=now, token=token, message_id=f"<{token}@b.cn>"
            )
    assert found is not None
    assert (found.message_id, found.tries) == ("<slow@b.cn>", 2)
    ended = {}
    for token in ("slow", "next"):
        with writing(database) as connection:
            ended[token] = repository.end(
                connection,
                found.notice_id,
                token=token,
                state=NoticeState.SENT,
                reason=NoticeReason.NONE,
                due_at=now,
                ended_at=now,
            )
    assert ended == {"slow": False, "next": True}


def test_pauses_grow_and_have_an_end() -> None:
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES + 1)]
    assert pauses[:3] == [dt.timedelta(minutes=n) for n in (1, 2, 4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == dt.timedelta(hours=6)


def test_the_thread_sends_and_ends(database: Engine, vault: Vault, mailbox: Mailbox) -> None:
    queue(database, vault, mailbox.settings())
    thread = SenderThread(database, vault, mailbox.settings())
    thread.start()
    until = time.monotonic() + 20
    while only(database, vault).state is not NoticeState.SENT and time.monotonic() < until:
        time.sleep(0.05)
    thread.stop()
    assert only(database, vault).state is NoticeState.SENT


SENDING = """
import sys, datetime as dt
from pathlib import Path
from indexer.database import open_database
from query_room.notices import MailSettings, Sender, SmtpServer, Tls
from query_room.vault import Vault
url, keys, port = sys.argv[1:]
server = SmtpServer(host="127.0.0.1", port=int(port), tls=Tls.NONE)
settings = MailSettings(server=server, sender="notices@archive.example.cn")
sender = Sender(
    open_database(url), Vault.open(Path(keys)), settings, lease=dt.timedelta(seconds=0.1)
)
print("ready", flush=True)
while sender.step():
    pass
"""


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.soak)])
def test_a_sender_killed_at_random_loses_nothing_and_sends_each_under_one_name(  # noqa: PLR0917 - fixtures
    database: Engine,
    database_url: str,
    vault: Vault,
    tmp_path: Path,
    mailbox: Mailbox,
    kills: int,
) -> None:
    script = tmp_path / "sending.py"
    script.write_text(SENDING, "utf-8")
    count = kills * 12
    for _ in range(count):
        queue(database, vault, mailbox.settings())
    command = [sys.executable, str(script), database_url, str(tmp_path / "keys")]
    command.append(str(mailbox.port))
    for _ in range(kills):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(random.uniform(0.005, 0.12))
            process.send_signal(signal.SIGKILL)
    waiting = Notices(database, vault, mailbox.settings()).counts()
    assert set(waiting) - {NoticeState.SENT}, "it was never killed at work"
    make_due_unsent(database)
    sender = Sender(database, vault, mailbox.settings())
    while sender.step():
        pass
    found = Notices(database, vault, mailbox.settings()).of_request(REQUEST)
    assert [each.state for each in found] == [NoticeState.SENT] * count
    assert set(mailbox.ids()) == {each.message_id for each in found}
    assert len(mailbox.ids()) == count
    # Twice only those that a kill caught between the server's yes and our note of it.
    assert len(mailbox.messages) - count <= kills
    assert kinds(database).count(EventKind.NOTICE_SENT) == count


def make_due_unsent(database: Engine) -> None:
    with writing(database) as connection:
        connection.exec_driver_sql(
            "UPDATE notice SET due_at = '2020-01-01 00:00:00' WHERE state <> 'sent'"
        )
