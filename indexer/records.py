"""What the archive describes: records, their files, and the pages of those files."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from indexer.access import Level, RecordAccess
from indexer.custody import Custody  # noqa: TC001 - the same
from indexer.dates import PartialDate  # noqa: TC001 - dataclass fields are introspected
from indexer.identity import FileHash, RecordId

__all__ = [
    "RECOGNISED",
    "Description",
    "FileHash",
    "FileRole",
    "Record",
    "RecordFile",
    "RecordId",
    "TextState",
]


RECOGNISED: Final = "+ocr/"
"""In the name of an extractor some of whose pages were read from pictures, by machine."""


class FileRole(StrEnum):
    """What a file is to its record."""

    TEXT = "text"  # 正文
    ATTACHMENT = "attachment"  # 附件
    PAGE_IMAGE = "page_image"  # 页面图像


class TextState(StrEnum):
    """How much of a record's text can be searched."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"  # it has files, none gave text (yet)
    PAPER = "paper"  # it has no file: paper only


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """One file of a record, in its order.

    Attributes:
        ordinal: 0-based place within the record.
        name: The file's own name, shown to those who may see the record.
        file_hash: The stored original, or ``None`` while it could not be read.
        role: Text, attachment or page image.
        page_count: Pages extracted; 0 where there is no text.
        first_page: First page of the file that belongs to the record (1-based).
        last_page: Last such page, or ``None`` for the whole file.
        size: Bytes.
        media_type: e.g. ``application/pdf``; told from content.
        extractor: What extracted the text, e.g. ``pdfminer/1``; the text store's second key.
        reason: Why there is no text, or ``""``.
        unread_pages: How many of its pages are pictures that wait to be recognised.
    """

    ordinal: int
    name: str
    file_hash: FileHash | None
    role: FileRole = FileRole.TEXT
    page_count: int = 0
    first_page: int = 1
    last_page: int | None = None
    size: int = 0
    media_type: str = ""
    extractor: str = ""
    reason: str = ""
    unread_pages: int = 0

    @property
    def is_recognised(self) -> bool:
        """Whether some of its text was read from pictures, by machine."""
        return RECOGNISED in self.extractor

    @property
    def is_part(self) -> bool:
        """Whether it is some pages of a scan whose other pages belong to other records."""
        return self.first_page > 1 or self.last_page is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The catalogue's metadata on one record; unknown text fields are ``""``.

    Attributes:
        title: 题名.
        agency: 发文机关 or 责任者.
        document_number: 发文字号, as written.
        date: 成文日期 with its precision, or ``None``.
        genre: 文种, e.g. 通知.
        archival_code: 档号, verbatim.
        index_number: 索引号.
        fonds: 全宗号. fonds_name: 全宗名称.
        category: 类别 (shown and used as a facet).
        volume: 案卷号. item: 件号.
        retention: 保管期限.
        shelf_mark: Where the paper stands.
        summary: 内容概述.
        persons: 人名 named by the catalogue.
        level: Secrecy, opening and disclosure.
        custody: Who keeps it, or ``None`` where the catalogue does not say.
    """

    title: str = ""
    agency: str = ""
    document_number: str = ""
    date: PartialDate | None = None
    genre: str = ""
    archival_code: str = ""
    index_number: str = ""
    fonds: str = ""
    fonds_name: str = ""
    category: str = ""
    volume: str = ""
    item: str = ""
    retention: str = ""
    shelf_mark: str = ""
    summary: str = ""
    persons: tuple[str, ...] = ()
    level: Level = field(default_factory=Level)
    custody: Custody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One 件 or 案卷: what people count, open and ask for.

    Attributes:
        record_id: Identity within this installation.
        external_id: The catalogue's own ``id``, or ``""``.
        description: Metadata.
        files: Zero or more; zero is paper only.
        content_hash: SHA-256 over description and file hashes; what the search log cites.
        revision: Outbox position of the last change; grows with every change.
    """

    record_id: RecordId
    external_id: str
    description: Description
    files: tuple[RecordFile, ...]
    content_hash: str
    revision: int

    @property
    def access(self) -> RecordAccess:
        """The facts that decide who may see the record."""
        level = self.description.level
        return RecordAccess(
            record_id=self.record_id,
            audience=level.audience,
            internal_to=self.description.agency if level.is_internal else None,
            fonds=self.description.fonds,
        )

    @property
    def text_state(self) -> TextState:
        """How much of the record's text can be searched."""
        if not self.files:
            return TextState.PAPER
        with_text = sum(1 for file in self.files if file.page_count)
        is_read = not any(file.unread_pages for file in self.files)
        if with_text == len(self.files) and is_read:
            return TextState.COMPLETE
        return TextState.PARTIAL if with_text else TextState.MISSING
