"""Which extractor reads which kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.docx import DocxExtractor
from indexer.extraction.html import HtmlExtractor
from indexer.extraction.kinds import DOCX, HTML, PDF, TEXT
from indexer.extraction.pdf import PdfExtractor
from indexer.extraction.plain_text import PlainTextExtractor

if TYPE_CHECKING:
    from indexer.extraction import Extractor


def extractor_for(media_type: str) -> Extractor:
    """The extractor of a kind.

    Raises:
        ExtractionError: None reads it; the detail names the kind.
    """
    match media_type:
        case "application/pdf":
            return PdfExtractor()
        case "text/html":
            return HtmlExtractor()
        case "text/plain":
            return PlainTextExtractor()
        case _ if media_type == DOCX:
            return DocxExtractor()
        case _ if media_type == "application/x-encrypted-office":
            raise ExtractionError(Reason.ENCRYPTED, media_type)
        case _ if media_type.startswith("image/"):
            raise ExtractionError(Reason.NEEDS_OCR, media_type)
        case _ if media_type == "application/vnd.rar":
            raise ExtractionError(Reason.NEEDS_TOOL, media_type)
    raise ExtractionError(Reason.UNSUPPORTED, media_type)


SUPPORTED = (PDF, DOCX, HTML, TEXT)
