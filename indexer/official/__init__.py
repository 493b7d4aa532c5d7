"""What an official document (公文) says of itself: number, date, agency, title, marking.

Everything here is a pure function of text. Sources: GB/T 9704-2012, DA/T 13-2022, DA/T 22-2015.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Metadata read from the text; ``""`` or ``None`` where it is silent.

    Attributes:
        title: 标题. agency: 发文机关. document_number: 发文字号, as written.
        date: 成文日期. genre: 文种. archival_code: 档号. index_number: 索引号.
        is_internal: The page carries the word 内部 as a marking of its own.
    """

    title: str = ""
    agency: str = ""
    document_number: str = ""
    date: PartialDate | None = None
    genre: str = ""
    archival_code: str = ""
    index_number: str = ""
    is_internal: bool = False
