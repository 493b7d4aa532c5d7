"""The day on which a request counts as received.

Source: 政府信息公开条例 (2019) art. 31.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Channel(StrEnum):
    """How a request came."""

    COUNTER = "counter"  # 当面提交: the day it was handed in
    POST_SIGNED = "post_signed"  # 邮寄（签收）: the day the office signed for it
    POST_ORDINARY = "post_ordinary"  # 平常信函: the day the office confirmed it with the applicant
    ONLINE = "online"  # 互联网渠道: the day both sides have confirmed
    FAX = "fax"  # 传真: the day both sides have confirmed
    EMAIL = "email"  # 电子邮件: as other internet channels


def receipt_date(
    channel: Channel,
    *,
    handed_in: dt.date | None = None,
    signed: dt.date | None = None,
    confirmed_by_applicant: dt.date | None = None,
    confirmed_by_organ: dt.date | None = None,
) -> dt.date | None:
    """The day of receipt, or ``None`` while what makes it is missing."""
    match channel:
        case Channel.COUNTER:
            return handed_in
        case Channel.POST_SIGNED:
            return signed
        case Channel.POST_ORDINARY | Channel.ONLINE | Channel.FAX | Channel.EMAIL:
            if confirmed_by_applicant is None or confirmed_by_organ is None:
                return None
            return max(confirmed_by_applicant, confirmed_by_organ)
