"""Which extractor reads which kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.converted import ConvertedExtractor
from indexer.extraction.csv_table import CsvExtractor
from indexer.extraction.doc import DocExtractor
from indexer.extraction.docx import DocxExtractor
from indexer.extraction.html import HtmlExtractor
from indexer.extraction.images import ImageExtractor
from indexer.extraction.kinds import (
    CSV,
    DAMAGED_STORAGE,
    DOC,
    DOCX,
    ENCRYPTED_OFFICE,
    HTML,
    IMAGES,
    MAIL,
    MSG,
    ODP,
    ODS,
    ODT,
    OFD,
    PDF,
    PPT,
    PPTX,
    RTF,
    TEXT,
    XLS,
    XLSB,
    XLSX,
)
from indexer.extraction.mail import MailExtractor
from indexer.extraction.msg import MsgExtractor
from indexer.extraction.ofd import OfdExtractor
from indexer.extraction.old_formats import FILTERS, OFFICE
from indexer.extraction.open_document import OdpExtractor, OdsExtractor, OdtExtractor
from indexer.extraction.pdf import PdfExtractor
from indexer.extraction.plain_text import PlainTextExtractor
from indexer.extraction.ppt import PptExtractor
from indexer.extraction.pptx import PptxExtractor
from indexer.extraction.rtf import RtfExtractor
from indexer.extraction.xls import XlsExtractor
from indexer.extraction.xlsx import XlsxExtractor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.extraction import Extractor

_XLS: Final = XlsExtractor()
EXTRACTORS: Final[Mapping[str, Extractor]] = {
    PDF: PdfExtractor(),
    DOCX: DocxExtractor(),
    HTML: HtmlExtractor(),
    TEXT: PlainTextExtractor(),
    XLSX: XlsxExtractor(),
    XLS: _XLS,
    XLSB: _XLS,
    PPTX: PptxExtractor(),
    ODS: OdsExtractor(),
    ODT: OdtExtractor(),
    ODP: OdpExtractor(),
    DOC: DocExtractor(),
    MAIL: MailExtractor(),
    MSG: MsgExtractor(),
    RTF: RtfExtractor(),
    CSV: CsvExtractor(),
    OFD: OfdExtractor(),
    PPT: PptExtractor(),
    **dict.fromkeys(IMAGES, ImageExtractor()),
}
"""By media type. A new format is a module with its extractor and a line here."""

CONVERTED: Final = ConvertedExtractor()
"""Reads what an office program has made of a file of any old format."""

NAMES: Final = frozenset(each.name for each in (*EXTRACTORS.values(), CONVERTED))
"""Of every extractor there is, each with its version."""

_REFUSALS: Final = {
    ENCRYPTED_OFFICE: Reason.ENCRYPTED,
    DAMAGED_STORAGE: Reason.DAMAGED,
    # No library reads RAR without a program outside Python.
    "application/vnd.rar": Reason.NEEDS_TOOL,
}


def extractor_for(media_type: str) -> Extractor:
    """The extractor of a kind.

    Raises:
        ExtractionError: None reads it; the detail names the kind, or the program that would.
    """
    if extractor := EXTRACTORS.get(media_type):
        return extractor
    if media_type in FILTERS:
        raise ExtractionError(Reason.NEEDS_TOOL, OFFICE)
    raise ExtractionError(_REFUSALS.get(media_type, Reason.UNSUPPORTED), media_type)
