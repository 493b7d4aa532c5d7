"""Pictures of pages for those who answer: kept ones, and else drawn now."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Final, Self

from indexer.page_words import Box, PageWord
from indexer.rendering import RENDERER, Picture
from indexer.rendering.pool import DrawingPool
from indexer.storage.pictures import FolderPictureStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.records import FileHash
    from indexer.rendering import Drawing, DrawingJob
    from indexer.settings import IndexerSettings

_LENGTH: Final = 4
_FINE: Final = 10_000
"""Places are kept to a ten-thousandth of the page: a quarter of a pixel at most."""


class PagePictures:
    """The pictures of an archive's pages.

    Who may see one is not asked here: the search service does.
    """

    def __init__(self, pool: DrawingPool, store: FolderPictureStore) -> None:
        self._pool = pool
        self._store = store

    @classmethod
    def of(cls, settings: IndexerSettings) -> Self:
        """Those in the data folder."""
        store = FolderPictureStore(settings.pictures, settings.picture_cache_mb << 20)
        return cls(DrawingPool(settings), store)

    def picture(
        self, file_hash: FileHash, job: DrawingJob, may_keep: Callable[[], bool]
    ) -> Drawing:
        """One page.

        Args:
            file_hash: Its file.
            job: What to draw if it is not kept.
            may_keep: Whether the secrecy guard has let the file pass, as the database has it now.

        Raises:
            DrawingPoolBusyError: Nobody has time to draw it.
        """
        if not may_keep():
            return self._pool.draw(job)
        # The places in it are those of this very text.
        maker = f"{RENDERER}.{zlib.crc32(job.text.encode('utf-8', 'surrogatepass')):08x}"
        kept = self._store.get(file_hash, job.page, maker)
        if kept is not None:
            return _unpacked(kept)
        drawing = self._pool.draw(job)
        if isinstance(drawing, Picture):
            self._store.put(file_hash, job.page, maker, _packed(drawing))
            if not may_keep():
                # Quarantined while it was drawn: whoever did that looked before it was here.
                self._store.remove(file_hash)
        return drawing

    def sweep(self) -> None:
        """Clear away what a killed server left half-written."""
        self._store.sweep()

    def close(self) -> None:
        """End the processes that draw."""
        self._pool.close()


def _packed(picture: Picture) -> bytes:
    """The picture after the length of what is known of it, and that as JSON."""
    places: list[int] = []
    for word in picture.words:
        edges = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        places += (word.start, word.end, *(round(edge * _FINE) for edge in edges))
    about = json.dumps(
        {
            "media_type": picture.media_type,
            "size": [picture.width, picture.height],
            "page_count": picture.page_count,
            "is_approximate": picture.is_approximate,
            "words": places,
        }
    ).encode()
    return len(about).to_bytes(_LENGTH) + about + picture.content


def _unpacked(content: bytes) -> Picture:
    end = _LENGTH + int.from_bytes(content[:_LENGTH])
    about = json.loads(content[_LENGTH:end])
    numbers = iter(about["words"])
    # Six at a time: start, end and the four edges of each word.
    words = tuple(
        PageWord(
            start=start,
            end=stop,
            box=Box(left=left / _FINE, top=top / _FINE, right=right / _FINE, bottom=bottom / _FINE),
        )
        for start, stop, left, top, right, bottom in zip(*[numbers] * 6, strict=True)
    )
    width, height = about["size"]
    return Picture(
        content=content[end:],
        media_type=about["media_type"],
        width=width,
        height=height,
        page_count=about["page_count"],
        words=words,
        is_approximate=about["is_approximate"],
    )
