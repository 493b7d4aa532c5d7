"""The message of a notice: who, which request, where to look; nothing of what was asked for."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from query_room.notices.model import NoticeKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from query_room.notices.model import Notice, NoticeFields

_SUBJECT: Final = "{organ}：{number}"
_NEWS: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.RECEIVED: "您的申请{number}已收到并登记。",
    NoticeKind.CLARIFICATION: "您的申请{number}需要补正，请在{due}前办理。",
    NoticeKind.CONSULTED: "您的申请{number}有新的进展：正在征求意见。",
    NoticeKind.EXTENDED: "您的申请{number}延期答复，答复期限为{due}。",
    NoticeKind.FEE: "您的申请{number}有收费通知，请在{due}前办理。",
    NoticeKind.REPLIED: "您的申请{number}已经答复。",
    NoticeKind.DUE_SOON: "申请{number}将于{due}到期，请及时办理。",
    NoticeKind.OVERDUE: "申请{number}已于{due}到期，尚未答复。",
}
_WITHOUT_DAY: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.CLARIFICATION: "您的申请{number}需要补正。",
    NoticeKind.EXTENDED: "您的申请{number}延期答复。",
    NoticeKind.FEE: "您的申请{number}有收费通知。",
    NoticeKind.DUE_SOON: "申请{number}即将到期，请及时办理。",
    NoticeKind.OVERDUE: "申请{number}已经到期，尚未答复。",
}
_TO_STAFF: Final = frozenset({NoticeKind.DUE_SOON, NoticeKind.OVERDUE})


def message_of(notice: Notice, *, sender: str, to: str, public_url: str) -> EmailMessage:
    """The message as it goes out; the same bytes at every try with the same settings."""
    message = EmailMessage()
    fields = notice.fields
    message["From"] = sender
    message["To"] = to
    message["Subject"] = _SUBJECT.format(organ=fields.organ, number=fields.request_number)
    message["Date"] = format_datetime(notice.queued_at)
    message["Message-ID"] = notice.message_id
    # Source: RFC 3834 section 5: no holiday answers to this.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "zh-CN"
    message.set_content(_text(notice, public_url), charset="utf-8", cte="base64")
    return message


def _text(notice: Notice, public_url: str) -> str:
    fields = notice.fields
    lines = [f"{news(notice.kind, fields)}"]
    where = f"{public_url}{fields.status_url}" if public_url and fields.status_url else ""
    if notice.kind in _TO_STAFF:
        lines.append("请登录系统查看。")
    else:
        lines.append("请凭登记回执上的编号和查询码登录查询页面查看。")
    if where:
        lines.append(where)
    lines += ["", fields.organ, "本邮件由系统自动发送，请勿回复。", ""]
    return "\n".join(lines)


def news(kind: NoticeKind, fields: NoticeFields) -> str:
    """The sentence that says what happened."""
    due = fields.due_on
    pattern = _NEWS[kind] if due else _WITHOUT_DAY.get(kind, _NEWS[kind])
    return pattern.format(number=f" {fields.request_number} ", due=_day(due) if due else "")


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
