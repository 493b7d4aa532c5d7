"""PDF text with pdfminer.six, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTImage, LTTextContainer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from indexer.errors import ExtractionError
from indexer.extraction import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class PdfExtractor:
    """Reads PDF."""

    name: Final = "pdfminer/1"

    def pages(self, path: Path) -> Iterator[str]:
        """The text of each page, empty where a page has none.

        Raises:
            ExtractionError: Encrypted, damaged, or scans only (needs OCR).
        """
        has_text = has_image = False
        try:
            # The empty password opens files that are only protected against printing.
            for page in extract_pages(path, password="", laparams=LAParams()):
                text = "".join(
                    each.get_text() for each in page if isinstance(each, LTTextContainer)
                )
                has_text |= bool(text.strip())
                has_image |= _has_image(page)
                yield text
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise ExtractionError(Reason.ENCRYPTED, type(error).__name__) from error
        except (PDFException, PSException) as error:
            raise ExtractionError(
                Reason.DAMAGED, f"{type(error).__name__}: {error}"[:200]
            ) from error
        if has_image and not has_text:
            raise ExtractionError(Reason.NEEDS_OCR, "page images without text")


def _has_image(container: LTContainer) -> bool:  # type: ignore[type-arg] # pdfminer has no types
    return any(
        isinstance(each, LTImage) or (isinstance(each, LTContainer) and _has_image(each))
        for each in container
    )
