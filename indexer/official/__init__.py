"""What an official document (公文) says of itself: number, date, agency, title, marking, tail.

Everything here is a pure function of text, linear in its length, and silent where it is not sure.
Sources: GB/T 9704-2012, DA/T 13-2022, DA/T 22-2015.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.dates import PartialDate

PARSER_VERSION: Final = 3
"""Raised with every change of what is read: what an older one read is then read again."""


class RelationKind(StrEnum):
    """What a document does to another."""

    REPEALS = "repeals"  # 废止
    AMENDS = "amends"  # 修改
    REPLACES = "replaces"  # 代替


class Form(StrEnum):
    """The special forms of GB/T 9704-2012 10."""

    LETTER = "letter"  # 信函
    ORDER = "order"  # 命令（令）
    MINUTES = "minutes"  # 纪要


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """That a document repeals, amends or replaces another.

    Attributes:
        title: The other's title without 《》, or ``""``.
        document_number: The other's 发文字号 as written, or ``""``; one of the two is given.
    """

    kind: RelationKind
    title: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Metadata read from the text; ``""``, ``()`` or ``None`` where it is silent.

    Attributes:
        title: 标题. agency: 发文机关, as written. document_number: 发文字号, as written.
        date: 成文日期. genre: 文种. archival_code: 档号. index_number: 索引号.
        is_internal: The page carries 内部 or 工作秘密 as a marking of its own.
        marking: That marking with its period, e.g. ``内部★5年``.
        agencies: Every agency that issued it, the leading one first.
        form: Letter, order or minutes, or ``None`` for the usual form.
        copy_number: 份号. urgency: 紧急程度. signers: 签发人.
        recipients: 主送机关. copies: 抄送机关. subject_words: 主题词.
        attachments: Titles in the 附件说明. notes: 附注 on disclosure.
        printed_by: 印发机关. printed_on: 印发日期, never the date of the document.
        relations: What it repeals, amends or replaces.
        topic: 主题分类 of a web page. published_on: Its 发布日期. validity: Its 有效性.
    """

    title: str = ""
    agency: str = ""
    document_number: str = ""
    date: PartialDate | None = None
    genre: str = ""
    archival_code: str = ""
    index_number: str = ""
    is_internal: bool = False
    marking: str = ""
    agencies: tuple[str, ...] = ()
    form: Form | None = None
    copy_number: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    subject_words: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: PartialDate | None = None
    relations: tuple[Relation, ...] = ()
    topic: str = ""
    published_on: PartialDate | None = None
    validity: str = ""
