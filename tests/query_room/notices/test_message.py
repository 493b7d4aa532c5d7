from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy

import pytest

from query_room.notices import (
    Notice,
    NoticeFields,
    NoticeKind,
    NoticeReason,
    NoticeState,
    SealedContact,
)
from query_room.notices.message import message_of

NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


def notice(kind: NoticeKind, due_on: dt.date | None) -> Notice:
    return Notice(
        notice_id=7,
        kind=kind,
        owner="QINGHE-2026-00012",
        to=SealedContact(owner="QINGHE-2026-00012", event_id=3),
        fields=NoticeFields(
            request_number="清依申〔2026〕12号",
            organ="清河区人民政府",
            due_on=due_on,
            status_url="/s",
        ),
        state=NoticeState.SENDING,
        reason=NoticeReason.NONE,
        tries=1,
        queued_at=NOW,
        due_at=NOW,
        message_id="<0123@archive.example.cn>",
        ended_at=None,
    )


def raw(kind: NoticeKind, due_on: dt.date | None, public_url: str = "") -> bytes:
    message = message_of(
        notice(kind, due_on),
        sender="notices@archive.example.cn",
        to="a@b.cn",
        public_url=public_url,
    )
    return message.as_bytes()


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("due_on", [None, dt.date(2026, 4, 1)])
def test_every_kind_is_a_whole_sentence_in_plain_ascii_on_the_wire(
    kind: NoticeKind, due_on: dt.date | None
) -> None:
    sent = raw(kind, due_on, "https://room.cn")
    assert sent.isascii()
    read = message_from_bytes(sent, policy=policy.default)
    text = read.get_content()
    assert read["Subject"] == "清河区人民政府：清依申〔2026〕12号"
    assert "申请 清依申〔2026〕12号 " in text
    assert "https://room.cn/s\n" in text
    assert "{" not in text
    assert "None" not in text


def test_two_tries_are_the_same_bytes() -> None:
    sent = {raw(NoticeKind.EXTENDED, dt.date(2026, 4, 1)).split(b"boundary")[0] for _ in range(2)}
    assert len(sent) == 1
    assert b"Message-ID: <0123@archive.example.cn>" in sent.pop()


def test_without_a_public_address_there_is_no_link() -> None:
    read = message_from_bytes(raw(NoticeKind.REPLIED, None), policy=policy.default)
    assert "http" not in read.get_content()
