"""What happens to one page inside its process: file → picture → lines → text.

Details of failures name kinds and exceptions, never words of a library about the content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.extraction import Failed, Reason
from indexer.extraction.guarded import why
from indexer.extraction.kinds import IMAGES, OFD, PDF
from indexer.recognition import RecognizedPage
from indexer.recognition.page_text import text_of
from indexer.rendering import PageMissingError
from indexer.rendering.images import ImageDrawer
from indexer.rendering.ofd import OfdDrawer
from indexer.rendering.pdf import PdfDrawer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.recognition import Reading, RecognitionJob, Recognizer
    from indexer.rendering import Drawer

_DRAWERS: Final[Mapping[str, Drawer]] = {
    PDF: PdfDrawer(),
    OFD: OfdDrawer(),
    **dict.fromkeys(IMAGES, ImageDrawer()),
}


def read_page(job: RecognitionJob, recognizer: Recognizer) -> Reading:
    """One page; every failure is a :class:`~indexer.extraction.Failed` with its reason."""
    try:
        drawer = _DRAWERS.get(job.media_type)
        if drawer is None:
            return _failed(job, Reason.UNSUPPORTED, job.media_type)
        sheet = drawer.draw(job.path, job.page)
        lines = recognizer.lines(sheet.image)
        text, words = text_of(lines, sheet.image.height / sheet.image.width)
    except PageMissingError:
        return _failed(job, Reason.DAMAGED, "there is no such page")
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        return _failed(job, *why(error))
    return RecognizedPage(text=text, words=words, page_count=sheet.page_count)


def _failed(job: RecognitionJob, reason: Reason, detail: str) -> Failed:
    return Failed(media_type=job.media_type, reason=reason, detail=detail)
