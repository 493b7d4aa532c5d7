from __future__ import annotations

import socket
import threading
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from query_room.notices import NoticeReason, SmtpServer, Tls
from query_room.notices.delivery import DeliveryError, deliver

if TYPE_CHECKING:
    from collections.abc import Sequence


def message() -> EmailMessage:
    found = EmailMessage()
    found["From"], found["To"] = "notices@archive.example.cn", "zhang@example.cn"
    found.set_content("您好", charset="utf-8", cte="base64")
    return found


def deliver_to(answers: Sequence[str]) -> list[str]:
    """Deliver to a server that gives these answers in turn and hangs up; what it was told."""
    told: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            dialogue, _ = server.accept()
            with dialogue, dialogue.makefile("rw", newline="\r\n") as lines:
                for answer in answers:
                    lines.write(f"{answer}\r\n")
                    lines.flush()
                    line = lines.readline()
                    told.append(line.strip())
                    while answer.startswith("354") and line and line != ".\r\n":
                        line = lines.readline()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            port = server.getsockname()[1]
            deliver(SmtpServer(host="127.0.0.1", port=port, tls=Tls.NONE), message())
        finally:
            thread.join(10)
    return told


GREETED = ("220 hi", "250 hello", "250 sender", "250 recipient", "354 go on")


def test_a_message_that_was_taken_stays_taken_whatever_comes_after() -> None:
    deliver_to((*GREETED, "250 taken"))
    deliver_to((*GREETED, "250 taken", "421 I am going"))


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (GREETED, NoticeReason.UNREACHABLE),
        (("554 go away",), NoticeReason.PUT_OFF),
        (("hello, this is no mail server",), NoticeReason.PUT_OFF),
        (("220 hi", "250 hello", "550 not you"), NoticeReason.SENDER_REFUSED),
        (("220 hi", "250 hello", "250 sender", "452 full"), NoticeReason.PUT_OFF),
        (("220 hi", "250 hello", "250 sender", "550 zhang@example.cn"), NoticeReason.REFUSED),
        ((*GREETED, "554 spam"), NoticeReason.REFUSED),
        ((*GREETED, "451 later"), NoticeReason.PUT_OFF),
    ],
)
def test_every_answer_has_its_reason_and_none_tells_the_address(
    answers: Sequence[str], reason: NoticeReason
) -> None:
    with pytest.raises(DeliveryError) as caught:
        deliver_to(answers)
    assert caught.value.reason is reason
    assert "zhang" not in str(caught.value)
