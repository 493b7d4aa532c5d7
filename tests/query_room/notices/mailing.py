"""A mail server that listens, and notices to send through it."""

from __future__ import annotations

import socket
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from indexer.database import utc_now, writing
from query_room.notices import (
    MailSettings,
    NoticeFields,
    NoticeKind,
    Notices,
    SealedContact,
    SmtpServer,
    Tls,
)
from query_room.sealing import Sealing
from search_api.log import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from sqlalchemy import Engine

    from query_room.vault import Vault

SENDER = "notices@archive.example.cn"
ADDRESS = "zhang.san@mail.example.cn"
REQUEST = "QINGHE-2026-00012"
FIELDS = NoticeFields(
    request_number="清依申〔2026〕12号", organ="清河区人民政府", status_url="/status"
)


class Mailbox:
    """What a server took; answers can be set before."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.rcpt_answer = "250 OK"
        self.data_answer = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        del server, session, options
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        del server, session
        if self.data_answer.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.data_answer

    def ids(self) -> Counter[str]:
        return Counter(str(message["Message-ID"]) for message in self.messages)

    def settings(self) -> MailSettings:
        server = SmtpServer(host="127.0.0.1", port=self.port, tls=Tls.NONE)
        return MailSettings(server=server, sender=SENDER, public_url="https://room.example.cn")


@contextmanager
def listening() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def queue(
    engine: Engine,
    vault: Vault,
    settings: MailSettings,
    address: str = ADDRESS,
    occasion: str = "",
) -> int | None:
    """Seal an address and queue a notice to it, in one transaction."""
    with writing(engine) as connection:
        kind = EventKind.APPLICANT_IDENTIFIED
        event = Sealing(vault).keep(connection, kind, REQUEST, address, utc_now())
        return Notices(engine, vault, settings).queue(
            connection,
            kind=NoticeKind.REPLIED,
            owner=REQUEST,
            to=SealedContact(owner=REQUEST, event_id=event),
            fields=FIELDS,
            occasion=occasion,
        )
