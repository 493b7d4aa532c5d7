"""What a letter says, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class LetterKind(StrEnum):
    """The papers of the room; each has a template of its name."""

    RECEIPT = "receipt"  # 登记回执
    CLARIFICATION = "clarification"  # 补正告知书
    EXTENSION = "extension"  # 延期答复告知书
    LONGER_PERIOD = "longer_period"  # 合理期限告知书
    THIRD_PARTY = "third_party"  # 征求第三方意见书
    OTHER_ORGAN = "other_organ"  # 征求其他机关意见函
    THIRD_PARTY_NOTICE = "third_party_notice"  # 告知第三方决定公开
    FEE_NOTICE = "fee_notice"  # 信息处理费收费通知
    REPLY = "reply"  # 答复书
    CERTIFICATE = "certificate"  # 查档证明
    NONE_FOUND = "none_found"  # 查无证明


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes.

    Attributes:
        seal: What the seal says; the organ's name where it is empty.
    """

    organ: str
    office: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    hours: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFinding:
    """A record that the letter speaks of.

    Attributes:
        decision: In words, e.g. ``部分公开``. ground: Article and text of the exemption, or ``""``.
    """

    title: str
    document_number: str = ""
    archival_code: str = ""
    pages: str = ""
    decision: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSearch:
    """A search that the letter rests on. ``where``: systems or cabinets. ``words``: For what."""

    where: str
    words: str
    day: dt.date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSource:
    """A record that a certificate attests.

    Attributes:
        file_hash: SHA-256 of the exact file, in hex, or ``""`` for paper.
    """

    archival_code: str
    title: str
    pages: str = ""
    file_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. What a kind does not need stays empty.

    Attributes:
        number: Of the letter. day: Its date.
        addressee: To whom, as the letter names them. A third party's letter names the third party
            here, and nothing in it names the applicant.
        request_number: 申请编号. received_on: Day of receipt. asked_for: The information asked for.
        text: What is to be made clear, what a party is asked, why it takes longer.
        until: By when to correct, answer or pay, or the new due date.
        working_days: Of the extension or longer period. count, yuan, basis: Of the fee.
        before: Items of the applicant in that month before this one.
        reply_type: As in :class:`query_room.statute.codes.ReplyType`. articles: It rests on.
        remedy: The paragraph on review and suit.
        extract: Literal text of a certificate, or ``""`` where a copy is attached.
        keeper: 经办人 of a certificate.
        secret: Of the receipt, by which the request is followed; shown once, never kept.
    """

    kind: LetterKind
    number: str
    day: dt.date
    letterhead: Letterhead
    addressee: str
    request_number: str = ""
    receipt_number: str = ""
    received_on: dt.date | None = None
    asked_for: str = ""
    text: str = ""
    until: dt.date | None = None
    working_days: int = 0
    count: int = 0
    before: int = 0
    yuan: int = 0
    basis: str = ""
    reply_type: str = ""
    articles: str = ""
    findings: tuple[LetterFinding, ...] = ()
    reasons: str = ""
    how_to_get: str = ""
    other_organ: str = ""
    other_contact: str = ""
    searches: tuple[LetterSearch, ...] = ()
    remedy: str = ""
    sources: tuple[LetterSource, ...] = ()
    extract: str = ""
    keeper: str = ""
    attachments: tuple[str, ...] = ()
    secret: str = ""


def chinese_date(day: dt.date) -> str:
    """``2026年3月2日``. Source: GB/T 9704-2012, 7.3.5.4: Arabic numerals, nothing padded."""
    return f"{day.year}年{day.month}月{day.day}日"
