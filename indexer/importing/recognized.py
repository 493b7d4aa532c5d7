"""One file whose pages are recognised: what is read so far, kept page by page.

A page is in the stores before it is in the rows, so that a kill costs the page that was being read
and no more. The secrecy guard sees a page before anything of it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from indexer.copies.fingerprint import fingerprint_of
from indexer.database import reading, writing
from indexer.errors import TextMissingError
from indexer.extraction import Failed, Reason
from indexer.extraction.registry import extractor_for
from indexer.importing.differing import differences_between
from indexer.importing.origins import row_of
from indexer.importing.quarantine import isolate_marked
from indexer.importing.remaking import remade
from indexer.importing.saving import RecordChange, save
from indexer.official.as_json import parsed_to_json
from indexer.official.markings import find_marking
from indexer.official.parse import parse_document
from indexer.recognition.rapid import RapidRecognizer
from indexer.records import RECOGNISED
from indexer.repositories import (
    clearances,
    differences,
    files,
    fingerprints,
    recognition,
    records,
    relations,
)
from indexer.repositories.files import ContentState
from indexer.repositories.outbox import ChangeKind, queue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from indexer.importing.stores import Stores
    from indexer.official import ParsedDocument
    from indexer.page_words import PageWord
    from indexer.recognition import Reading, RecognizedPage
    from indexer.records import FileHash
    from indexer.repositories.files import ContentRow
    from indexer.repositories.records import StoredRecord

PUBLISHED_EVERY: Final = 20
"""Pages of a long file after which those read so far can be searched."""

_SUFFIX: Final = f"+{RapidRecognizer.name}"
assert _SUFFIX.startswith(RECOGNISED)  # noqa: S101 - by this a reader knows such a text


class RecognizedFile:
    """Takes the pages of one file as they are read, in their order.

    Args:
        engine: The database. stores: Where text and words go.
        file_hash: The content.
    """

    def __init__(self, engine: Engine, stores: Stores, file_hash: FileHash) -> None:
        self._engine = engine
        self._stores = stores
        self._hash = file_hash
        self._pages: list[str] = []
        self._words: dict[int, tuple[PageWord, ...]] = {}
        self._is_loaded = False

    def take(self, page: int, outcome: Reading) -> bool:
        """Keep what became of a page; whether the file still waits for others.

        Args:
            page: Its number, from 1.
            outcome: What was read, or why nothing was.

        Raises:
            StorageFullError: No space; the page goes on waiting.
        """
        with reading(self._engine) as connection:
            content = self._waiting(connection, page)
            is_cleared = self._hash in clearances.cleared(connection)
        if content is None:
            return False
        if isinstance(outcome, Failed):
            return self._note(content, page, [(page, str(outcome.reason), outcome.detail)])
        if not content.is_guarded and not is_cleared:
            marking = find_marking(outcome.text)
            if marking:
                isolate_marked(
                    self._engine, self._stores, content.batch_number, self._hash, marking
                )
                return False
        self._keep(content, page, outcome)
        return self._note(content, page, [])

    def give_up_all(self, reason: Reason, detail: str) -> None:
        """Note that none of its pages can be recognised."""
        while True:
            with reading(self._engine) as connection:
                content = files.contents(connection, [self._hash]).get(self._hash)
            pages = (content.unread_pages or (1,)) if content and content.unread_count else ()
            if content is None or not pages:
                return
            failed = Failed(media_type=content.media_type, reason=reason, detail=detail)
            if not self.take(pages[0], failed):
                return

    def _waiting(self, connection: Connection, page: int) -> ContentRow | None:
        """The content, if that page of it still waits."""
        content = files.contents(connection, [self._hash]).get(self._hash)
        if content is None or content.state not in {ContentState.EXTRACTED, ContentState.FAILED}:
            return None
        return content if page in (content.unread_pages or (page,)) else None

    def _keep(self, content: ContentRow, page: int, outcome: RecognizedPage) -> None:
        self._load(content, max(outcome.page_count, page))
        if not outcome.text.strip():
            return
        self._pages[page - 1] = outcome.text
        self._words[page] = outcome.words
        extractor = _extractor(content)
        self._stores.texts.put(self._hash, extractor, self._pages)
        self._stores.words.put(self._hash, extractor, self._words)

    def _load(self, content: ContentRow, page_count: int) -> None:
        if not self._is_loaded:
            self._is_loaded = True
            try:
                pages = self._stores.texts.pages(self._hash, content.extractor)
            except TextMissingError:
                pages = ()
            self._pages = list(pages)
            self._words = dict(self._stores.words.pages(self._hash, content.extractor))
        self._pages += [""] * (page_count - len(self._pages))

    def _note(
        self, content: ContentRow, page: int, given_up: Sequence[tuple[int, str, str]]
    ) -> bool:
        """Note the page in the rows, unless its content is gone meanwhile."""
        self._load(content, page)
        unread = [each for each in content.unread_pages or () if each != page]
        lost = [*content.given_up, *given_up]
        parsed = parse_document(self._pages)
        columns = self._columns(content, unread, lost, parsed)
        is_due = (
            not unread
            or len(unread) % PUBLISHED_EVERY == 0
            or columns["is_guarded"] != content.is_guarded
        )
        with writing(self._engine) as connection:
            now = self._waiting(connection, page)
            if now is not None:
                files.note_outcomes(connection, {self._hash: columns})
                if is_due:
                    self._publish(connection, columns, parsed)
        if now is None:
            # Set aside or taken back while the page was read: nothing of it may stay.
            self._stores.words.remove(self._hash)
            self._stores.texts.remove(self._hash)
            return False
        return bool(unread)

    def _columns(
        self,
        content: ContentRow,
        unread: list[int],
        lost: list[tuple[int, str, str]],
        parsed: ParsedDocument,
    ) -> dict[str, Any]:
        first = next((place for place, text in enumerate(self._pages, 1) if text.strip()), None)
        unseen = [*unread, *(page for page, _, _ in lost)]
        columns = {
            "state": content.state,
            "reason": content.reason,
            "detail": content.detail,
            "extractor": content.extractor,
            "page_count": content.page_count,
            "parsed": content.parsed,
            "unread_pages": unread,
            "unread_count": len(unread),
            "is_guarded": first is not None and all(page > first for page in unseen),
            "given_up": lost or None,
        }
        if first is not None:
            return columns | {
                "state": ContentState.EXTRACTED,
                "reason": "",
                "detail": "",
                "extractor": _extractor(content) if self._words else content.extractor,
                "page_count": len(self._pages),
                "parsed": parsed_to_json(parsed),
            }
        if not unread:
            page, reason, detail = lost[0] if lost else (0, str(Reason.EMPTY), "")
            detail = f"page {page}: {detail}".rstrip(": ") if lost else "nothing is written on it"
            return columns | {"reason": reason, "detail": detail}
        return columns

    def _publish(
        self, connection: Connection, columns: dict[str, Any], parsed: ParsedDocument
    ) -> None:
        """Let what is read so far be found, described and seen by whoever may see it now."""
        if columns["state"] is not ContentState.EXTRACTED:
            if not columns["unread_count"]:
                recognition.settle_paths(
                    connection, self._hash, reason=columns["reason"], detail=columns["detail"]
                )
            return
        recognition.settle_paths(connection, self._hash)
        relations.keep(connection, {self._hash: parsed.relations})
        fingerprints.keep(connection, self._hash, columns["extractor"], fingerprint_of(self._pages))
        ids = records.records_with_file(connection, self._hash)
        stored = records.load_all_stored(connection, ids)
        hashes = [link.file_hash for each in stored.values() for link in each.files]
        contents = files.contents(connection, filter(None, hashes))
        for record_id, before in stored.items():
            if before.removed_at is not None:
                continue
            change = RecordChange(before=before, after=remade(before, contents))
            self._compare(connection, before, parsed)
            if change.is_real:
                save(connection, before.batch_number, [change])
            else:
                position = queue(connection, record_id, ChangeKind.PUT)
                records.note_revision(connection, record_id, position)
        records.note_lacking(connection, ids)

    def _compare(
        self, connection: Connection, record: StoredRecord, parsed: ParsedDocument
    ) -> None:
        """Note where a record's catalogue row and its first file differ, if this is that file."""
        if record.origin is None or record.files[0].file_hash != self._hash:
            return
        record_id = record.record_id
        now = differences_between(
            record_id,
            row_of(record.origin),
            parsed,
            batch_number=record.batch_number,
            before=differences.of_records(connection, [record_id]).get(record_id, ()),
        )
        differences.replace(connection, {record_id: now})


def _extractor(content: ContentRow) -> str:
    """The name of a text that is partly recognised: who read the file, and who its pictures."""
    base = content.extractor.partition("+")[0] or extractor_for(content.media_type).name
    return base + _SUFFIX
