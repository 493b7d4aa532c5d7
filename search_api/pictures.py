"""Pictures of pages for a record that the viewer may see, as far as the secrecy guard lets them be.

A picture shows everything that stands on a page, so three things are asked beyond the viewer's
rights. Nothing is drawn of a file that is in quarantine. Nothing is kept of a file whose first page
the guard has not read: a scan that waits for recognition is drawn for each reader anew. And what
was drawn is given out only if it may still be seen when it is ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading
from indexer.errors import (
    RecordNotFoundError,
    StorageError,
    StoreUnreachableError,
    TextMissingError,
)
from indexer.originals import locate
from indexer.rendering import DrawingJob, NoSuchPage, NotDrawn
from indexer.rendering.pool import DrawingPoolBusyError
from indexer.repositories import files
from indexer.repositories.files import ContentState
from search_api.errors import DrawingBusyError, PageNotDrawnError
from search_api.texts import page_text, pictured_range

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.page_words import PageWord
    from indexer.records import FileHash, Record, RecordFile
    from indexer.rendering import Picture
    from indexer.rendering.pictures import PagePictures
    from indexer.storage import OriginalStore, TextStore, WordStore


class PictureReader:
    """Draws pages of records and knows where their text stands.

    Args:
        engine: The database. originals: Archived bytes.
        texts: Extracted pages. words: Where those of recognised pages stand.
        pictures: Draws, and keeps what may be kept.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        originals: OriginalStore,
        texts: TextStore,
        words: WordStore,
        pictures: PagePictures,
    ) -> None:
        self._engine = engine
        self._originals = originals
        self._texts = texts
        self._words = words
        self._pictures = pictures

    def sweep(self) -> None:
        """Clear away what a killed server left: links to originals, pictures half-written."""
        self._pictures.sweep()

    def text(self, record: Record, file: RecordFile, page: int) -> str:
        """The text of a page, ``""`` where it has none (yet)."""
        if not file.page_count:
            return ""
        try:
            return page_text(self._texts, record, file, page)
        except TextMissingError:
            return ""

    def picture(self, record: Record, file: RecordFile, page: int) -> Picture:
        """A page of a record that the viewer may see.

        Raises:
            RecordNotFoundError: The record has no such page, or none that has a picture.
            PageNotDrawnError: It cannot be drawn; the reason says why.
            DrawingBusyError: Too many pages are being drawn.
        """
        file_hash = file.file_hash
        if file_hash is None or page not in pictured_range(file):
            raise RecordNotFoundError(record.record_id)
        if self._state(file_hash) in {None, ContentState.QUARANTINED}:
            raise RecordNotFoundError(record.record_id)
        try:
            with reading(self._engine) as connection:
                path = locate(connection, self._originals, file_hash)
        except StoreUnreachableError:
            raise
        except StorageError as error:
            raise RecordNotFoundError(record.record_id) from error
        job = DrawingJob(
            path=path,
            media_type=file.media_type,
            page=page,
            text=self.text(record, file, page),
        )
        try:
            drawing = self._pictures.picture(
                file_hash, job, lambda: self._is_guarded(file, file_hash)
            )
        except DrawingPoolBusyError as error:
            raise DrawingBusyError from error
        match drawing:
            case NoSuchPage():
                raise RecordNotFoundError(record.record_id)
            case NotDrawn(reason=reason, detail=detail):
                raise PageNotDrawnError(reason, detail)
        return drawing

    def words(self, file: RecordFile, page: int, picture: Picture) -> tuple[PageWord, ...]:
        """Where the text of a page stands: as it was recognised, and else as it was drawn."""
        if file.file_hash is None:
            return ()
        return self._words.words(file.file_hash, file.extractor, page) or picture.words

    def _state(self, file_hash: FileHash) -> ContentState | None:
        with reading(self._engine) as connection:
            content = files.contents(connection, [file_hash]).get(file_hash)
        return None if content is None else content.state

    def _is_guarded(self, file: RecordFile, file_hash: FileHash) -> bool:
        """Whether the secrecy guard has read the first page of the file and let it pass."""
        with reading(self._engine) as connection:
            content = files.contents(connection, [file_hash]).get(file_hash)
        if content is None or content.state is not ContentState.EXTRACTED:
            return False
        if not content.is_guarded:
            return False
        try:
            return bool(self._texts.page(file_hash, file.extractor, 1).strip())
        except TextMissingError:
            return False
