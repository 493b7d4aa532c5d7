"""The use case: a question, a viewer and who asks; an answer, logged before it is given.

Every way to a record leads through this service, so that rights, the deny-list and the log are
looked after in one place. What a viewer may not see and what does not exist are one answer.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.database import reading, writing
from indexer.engine.query import FacetField, Order, PagesMet
from indexer.errors import RecordNotFoundError, StorageError, StoreUnreachableError
from indexer.originals import locate
from indexer.records import RecordId
from indexer.repositories import browsing, outbox, records, withdrawals
from indexer.repositories.copies import same_texts
from search_api.answering import entry_of, hits_of, order_of, reading_of
from search_api.answers import (
    Boxes,
    IndexState,
    PageImage,
    PageText,
    PicturedPage,
    SearchAnswer,
    Suggestion,
)
from search_api.arranging import folded, valid_first
from search_api.boxes import boxes_of
from search_api.copies import copies_of, count_copies
from search_api.errors import PageNotDrawnError
from search_api.examining import MAX_MEANT, MAX_NAME, Meant, examined
from search_api.finding import Asked, analyzed, find, read
from search_api.highlighting import marked
from search_api.lacking import LackingCounts
from search_api.likeness import CANDIDATES, similar, telling_words, words_to_count
from search_api.log import Use, UseEntry, log_search, log_use
from search_api.meeting import hits_in_record
from search_api.near_names import may_ask_for_names, near_names
from search_api.relating import relate, repeals
from search_api.snippets import marks_on_page
from search_api.suggesting import suggestions, typed_of
from search_api.texts import file_of, last_page, page_range, page_text, pictured_range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from indexer.indexing.serving import Serving
    from indexer.records import Record
    from indexer.rendering import Picture
    from indexer.repositories.browsing import BrowseEntry, Holdings
    from indexer.storage import OriginalStore, TextStore
    from search_api.answers import LogContext, Question, RecordCopies, RecordHits, SimilarRecord
    from search_api.pictures import PictureReader
    from search_api.relating import Related

BROWSE_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFile:
    """An original that the viewer may have.

    Attributes:
        path: Its bytes. name: The file's own name. media_type: Told from content.
    """

    path: Path
    name: str
    media_type: str


class SearchService:
    """Answers questions within a viewer's rights.

    Args:
        engine: The database. serving: The index. texts: Extracted pages. originals: Archived bytes.
        pictures: Draws pages.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        serving: Serving,
        texts: TextStore,
        originals: OriginalStore,
        pictures: PictureReader,
    ) -> None:
        self._engine = engine
        self._serving = serving
        self._texts = texts
        self._originals = originals
        self._pictures = pictures
        self._lacking = LackingCounts()

    def search(self, question: Question, viewer: Viewer, context: LogContext) -> SearchAnswer:
        """One screen of the answer, logged.

        Raises:
            InvalidQueryError: The question has nothing to look for, or the page lies too deep.
            EngineUnavailableError: No index answers.
        """
        started = time.perf_counter()
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            denied = withdrawals.denied_records(connection, generation.searcher.position)
            asked = Asked(question=question, viewer=viewer, denied=denied, facets=tuple(FacetField))
            met = find(generation, asked)
            result = met.result
            known = () if met.corrected is None else met.corrected.meant
            named = near_names(met.inquiry) if may_ask_for_names(viewer, context) else ()
            found = self._visible(
                connection,
                [hit.record_id for hit in (*result.hits, *result.nearby)],
                viewer,
                denied,
            )
            without_text = self._lacking.count(connection, viewer, denied, question.filters)
            copies = count_copies(connection, list(found), viewer, denied)
            # Of records without a visible copy none is a copy of another.
            same = same_texts(connection, list(copies)) if len(copies) > 1 else {}
            repealed = repeals(
                connection, found, lambda ids: self._visible(connection, ids, viewer, denied)
            )
        pages = generation.searcher.pages_met(met.query, list(found), viewer, denied)
        shown = partial(
            hits_of,
            self._texts,
            query=met.query,
            found=found,
            copies=copies,
            pages=pages,
            repealed=repealed,
            viewer=viewer,
        )
        hits = shown(result.hits, after=met.offset)
        if order_of(question, met.query) is Order.RELEVANCE:
            hits = folded(valid_first(hits, result.hits, repealed), same)
        nearby = shown(result.nearby, after=met.offset + len(result.hits))
        answer = SearchAnswer(
            search_id=secrets.token_urlsafe(12),
            question=question,
            reading=reading_of(met.parsed, met.query, result),
            corrected=met.corrected,
            proposals=met.proposals,
            near_names=tuple(each for each in named if each.text not in known),
            total=result.total,
            took_ms=(time.perf_counter() - started) * 1000,
            generation=generation.number,
            dictionary=generation.analyzer.dictionary,
            hits=hits,
            nearby=nearby,
            facets=result.facets,
            records_without_text=without_text,
            sees_everything=viewer.audience is Audience.ARCHIVIST and viewer.all_agencies,
        )
        with writing(self._engine) as connection:
            log_search(connection, entry_of(answer, viewer, context))
        return answer

    def suggest(self, prefix: str, viewer: Viewer, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles, agencies and places the viewer may see that have what was typed, or sound so."""
        typed = typed_of(prefix)
        if typed is None:
            return ()
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            denied = withdrawals.denied_records(connection, generation.searcher.position)
            # Several copies of a record have one title: ask for more than is shown.
            suggested = generation.searcher.suggest(typed, viewer, denied, limit * 3)
            found = self._visible(connection, suggested.titles, viewer, denied)
        return suggestions(typed, suggested, found, generation.analyzer, limit)

    def record(self, record_id: str, viewer: Viewer) -> Record:
        """One record.

        Raises:
            RecordNotFoundError: It does not exist, or not for this viewer.
        """
        with reading(self._engine) as connection:
            return self._record(connection, record_id, viewer)

    def related(self, record_id: str, viewer: Viewer) -> Related:
        """What a record's document says of itself, and what it and others do to each other.

        Raises:
            RecordNotFoundError: It does not exist, or not for this viewer.
        """
        with reading(self._engine) as connection:
            record = self._record(connection, record_id, viewer)
            denied = withdrawals.withdrawn_records(connection)

            def see(ids: Sequence[RecordId]) -> dict[RecordId, Record]:
                return self._visible(connection, ids, viewer, denied)

            return relate(connection, record, see)

    def hits_in(
        self, record: Record, viewer: Viewer, text: str, *, literal: bool = False, after: int = 0
    ) -> RecordHits:
        """The pages of a record on which the question ``text`` was met, after so many of them."""
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            denied = withdrawals.denied_records(connection, generation.searcher.position)
        query = analyzed(generation.analyzer, read(text, viewer, literal=literal))
        met = generation.searcher.pages_met(query, [record.record_id], viewer, denied)
        pages = met.get(record.record_id, PagesMet())
        return hits_in_record(self._texts, record, query, pages, after)

    def why_not(self, name: str, question: Question, viewer: Viewer) -> Meant:
        """How the record that somebody calls ``name`` stands to a question, which may be empty.

        Raises:
            RecordNotFoundError: No record is called so, or none that this viewer may see.
            InvalidQueryError: The question has nothing to look for.
            EngineUnavailableError: No index answers.
        """
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            visible = browsing.visible_to(viewer, withdrawals.withdrawn_records(connection))
            called = name.strip()[:MAX_NAME]
            ids = records.records_called(connection, visible, called, MAX_MEANT) if called else []
            if not ids:
                raise RecordNotFoundError(name)
            found = records.load_records(connection, ids)
            if len(ids) > 1:
                return Meant(records=tuple(found[each] for each in ids))
            denied = withdrawals.denied_records(connection, generation.searcher.position)
            is_asked = question.text.strip() or not question.filters.is_empty
            asked = Asked(question=question, viewer=viewer, denied=denied)
            met = find(generation, asked) if is_asked else None
            bounds = viewer, denied, outbox.newest_position(connection)
            return Meant(examined=examined(found[ids[0]], question, met, generation, bounds))

    def copies(self, record: Record, viewer: Viewer) -> RecordCopies:
        """The copies of a record among what the viewer may see, the closest first."""
        with reading(self._engine) as connection:
            withdrawn = withdrawals.withdrawn_records(connection)
            return copies_of(connection, record, viewer, withdrawn)

    def similar(self, record: Record, viewer: Viewer) -> tuple[SimilarRecord, ...]:
        """Up to five records like one that the viewer may see, copies of it left out."""
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            searcher = generation.searcher
            denied = withdrawals.denied_records(connection, searcher.position)
            counts = words_to_count(record, self._texts, generation.analyzer)
            words = telling_words(record, counts, searcher.word_counts(list(counts)))
            alike = searcher.alike(words, viewer, denied, CANDIDATES)
            ids = [each.record_id for each in alike]
            found = self._visible(connection, ids, viewer, denied)
            same = same_texts(connection, [*found, record.record_id])
        return similar(alike, found, same, record.record_id)

    def page(
        self,
        record_id: str,
        file_ordinal: int,
        page: int,
        viewer: Viewer,
        text: str = "",
        *,
        literal: bool = False,
    ) -> PageText:
        """One page of a record with the words of the question ``text`` marked.

        Raises:
            RecordNotFoundError: There is no such page for this viewer.
            TextMissingError: The text store has lost it.
        """
        with reading(self._engine) as connection:
            record = self._record(connection, record_id, viewer)
            analyzer = self._serving.current(connection).analyzer
        file = file_of(record, file_ordinal)
        original = page_text(self._texts, record, file, page)
        query = analyzed(analyzer, read(text, viewer, literal=literal))
        marks = marks_on_page(self._texts, record, query, (file_ordinal, page), original)
        return PageText(
            record=record,
            file=file,
            page=page,
            page_count=len(page_range(file)),
            fragments=marked(original, marks),
        )

    def page_image(self, record_id: str, file_ordinal: int, page: int, viewer: Viewer) -> PageImage:
        """One page of a record as an image.

        Raises:
            RecordNotFoundError: There is no such page for this viewer, or it has no image.
            PageNotDrawnError: It cannot be drawn; the reason says why.
            DrawingBusyError: Too many pages are being drawn.
        """
        record = self.record(record_id, viewer)
        picture = self._pictures.picture(record, file_of(record, file_ordinal), page)
        # Drawing takes its time: what was withdrawn meanwhile is not given out any more.
        return PageImage(record=self.record(record_id, viewer), picture=picture)

    def pictured_page(
        self,
        record_id: str,
        file_ordinal: int,
        page: int,
        viewer: Viewer,
        text: str = "",
        *,
        literal: bool = False,
    ) -> PicturedPage:
        """One page of a record as an image, and boxes around the words of the question ``text``.

        Raises:
            RecordNotFoundError: There is no such page for this viewer, or it has no image.
            DrawingBusyError: Too many pages are being drawn.
        """
        picture: Picture | None = None
        reason = ""
        with reading(self._engine) as connection:
            record = self._record(connection, record_id, viewer)
            analyzer = self._serving.current(connection).analyzer
        file = file_of(record, file_ordinal)
        try:
            picture = self._pictures.picture(record, file, page)
        except PageNotDrawnError as error:
            reason = error.reason
        self.record(record_id, viewer)
        original = self._pictures.text(record, file, page)
        boxes = Boxes()
        if picture is not None and original:
            query = analyzed(analyzer, read(text, viewer, literal=literal))
            marks = marks_on_page(self._texts, record, query, (file_ordinal, page), original)
            words = self._pictures.words(file, page, picture)
            boxes = boxes_of(original, marks, words, picture.width / picture.height)
        return PicturedPage(
            record=record,
            file=file,
            page=page,
            last_page=last_page(file, page if picture is None else picture.page_count),
            has_text=page in page_range(file),
            picture=picture,
            boxes=boxes,
            reason=reason,
        )

    def sweep_pictures(self) -> None:
        """Clear away what a server that was killed left of its drawing."""
        self._pictures.sweep()

    def record_with_page(
        self, record_id: str, file_ordinal: int, page: int, viewer: Viewer
    ) -> Record:
        """The record, if that page of it can be read or looked at.

        Raises:
            RecordNotFoundError: There is no such page for this viewer.
        """
        record = self.record(record_id, viewer)
        file = file_of(record, file_ordinal)
        if page not in page_range(file) and page not in pictured_range(file):
            raise RecordNotFoundError(record_id)
        return record

    def original(self, record_id: str, file_ordinal: int, viewer: Viewer) -> OriginalFile:
        """The archived file itself.

        Raises:
            RecordNotFoundError: There is no such file for this viewer, or it is not in the store.
        """
        with reading(self._engine) as connection:
            record = self._record(connection, record_id, viewer)
            file = file_of(record, file_ordinal)
            if file.file_hash is None or file.is_part:
                raise RecordNotFoundError(record_id)
            try:
                path = locate(connection, self._originals, file.file_hash)
            except StoreUnreachableError:
                raise
            except StorageError as error:
                raise RecordNotFoundError(record_id) from error
        return OriginalFile(path=path, name=file.name, media_type=file.media_type)

    def browse(
        self, viewer: Viewer, path: Sequence[str] = (), page: int = 1
    ) -> tuple[BrowseEntry, ...]:
        """What lies below a branch: fonds, then categories, then volumes, then items.

        Below a category come its volumes and then the items outside any volume. Items come
        :data:`BROWSE_PAGE` at a time.

        Args:
            viewer: Whose rights count.
            path: Fonds, category and volume, as far down as is wanted.
            page: 1-based, of the items.
        """
        fonds, category, volume = (*path, None, None, None)[:3]
        with reading(self._engine) as connection:
            visible = browsing.visible_to(viewer, self._denied(connection))
            if fonds is None:
                return tuple(browsing.fonds(connection, visible))
            if category is None:
                return tuple(browsing.categories(connection, visible, fonds))
            branches: list[BrowseEntry] = []
            if volume is None and page == 1:
                branches = browsing.volumes(connection, visible, fonds, category)
            where = (fonds, category, volume or "")
            offset = (page - 1) * BROWSE_PAGE
            items = browsing.items(connection, visible, where, offset, BROWSE_PAGE)
            return (*branches, *items)

    def holdings(self, viewer: Viewer) -> Holdings:
        """How much the viewer may see in all."""
        with reading(self._engine) as connection:
            visible = browsing.visible_to(viewer, self._denied(connection))
            return browsing.holdings(connection, visible)

    def index_state(self) -> IndexState:
        """Which generation answers, and how far behind the archive it is.

        Raises:
            EngineUnavailableError: None does yet.
            IndexMismatchError: It was written by a schema or analyzer this version lacks.
        """
        with reading(self._engine) as connection:
            generation = self._serving.current(connection)
            newest = outbox.newest_position(connection)
        return IndexState(
            generation=generation.number,
            waiting=max(0, newest - generation.searcher.position),
        )

    def log_use(
        self,
        use: Use,
        record: Record,
        context: LogContext,
        *,
        file_ordinal: int | None = None,
        pages: tuple[int, ...] = (),
        search_id: str | None = None,
    ) -> None:
        """Note that a record was opened, read, downloaded, copied or printed."""
        with writing(self._engine) as connection:
            log_use(
                connection,
                UseEntry(
                    use=use,
                    record_id=record.record_id,
                    content_hash=record.content_hash,
                    file_ordinal=file_ordinal,
                    pages=pages,
                    search_id=search_id,
                    context=context,
                ),
            )

    def _denied(self, connection: Connection) -> frozenset[RecordId]:
        position = self._serving.current(connection).searcher.position
        return withdrawals.denied_records(connection, position)

    def _record(self, connection: Connection, record_id: str, viewer: Viewer) -> Record:
        wanted = RecordId(record_id)
        found = self._visible(
            connection, [wanted], viewer, withdrawals.withdrawn_records(connection)
        )
        if wanted not in found:
            raise RecordNotFoundError(record_id)
        return found[wanted]

    @staticmethod
    def _visible(
        connection: Connection,
        ids: Sequence[RecordId],
        viewer: Viewer,
        denied: frozenset[RecordId],
    ) -> dict[RecordId, Record]:
        """The records as they are now, if the viewer may see them now.

        Rights are asked first and alone: a forbidden record costs the same time as an absent one.
        """
        visible = browsing.visible_to(viewer, denied)
        return records.load_records(connection, browsing.seen(connection, visible, ids))
