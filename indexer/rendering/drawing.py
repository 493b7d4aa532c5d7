"""What happens to one page inside its process: kind → drawer → text aligned → bytes.

Details of failures name kinds and exceptions, never words of a library about the content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.kinds import OFD, PDF
from indexer.rendering import IMAGES, NoSuchPage, NotDrawn, PageMissingError, Picture
from indexer.rendering.alignment import aligned
from indexer.rendering.encoding import encoded
from indexer.rendering.images import ImageDrawer
from indexer.rendering.ofd import OfdDrawer
from indexer.rendering.pdf import PdfDrawer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.rendering import Drawer, Drawing, DrawingJob

DRAWERS: Final[Mapping[str, Drawer]] = {
    PDF: PdfDrawer(),
    OFD: OfdDrawer(),
    **dict.fromkeys(IMAGES, ImageDrawer()),
}


def draw(job: DrawingJob) -> Drawing:
    """One page; every failure is a :class:`NotDrawn` with its reason."""
    drawer = DRAWERS.get(job.media_type)
    if drawer is None:
        return NotDrawn(reason=Reason.UNSUPPORTED, detail=job.media_type)
    try:
        sheet = drawer.draw(job.path, job.page)
        content, media_type = encoded(sheet.image)
        return Picture(
            content=content,
            media_type=media_type,
            width=sheet.image.width,
            height=sheet.image.height,
            page_count=sheet.page_count,
            words=aligned(job.text, sheet.glyphs),
            is_approximate=sheet.is_approximate,
        )
    except PageMissingError:
        return NoSuchPage()
    except Exception as error:  # noqa: BLE001 - any library may raise anything on a hostile file
        return _why(error)


def _why(error: Exception) -> NotDrawn:
    match error:
        case ExtractionError():
            return NotDrawn(reason=Reason(error.reason), detail=error.detail)
        case MemoryError():
            return NotDrawn(reason=Reason.MEMORY)
        case RecursionError():
            return NotDrawn(reason=Reason.DAMAGED, detail="nested too deeply")
        case OSError():
            return NotDrawn(reason=Reason.UNREADABLE, detail=error.strerror or type(error).__name__)
    return NotDrawn(reason=Reason.INTERNAL, detail=type(error).__name__)
