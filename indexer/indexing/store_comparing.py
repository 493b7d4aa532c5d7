"""Contents against originals, texts and words: what is lost, and what nobody knows of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from indexer.indexing.findings import Finding, Problem
from indexer.records import FileHash
from indexer.repositories import files, verifying
from indexer.repositories.files import ContentState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Engine

    from indexer.indexing.texts_read import TextsRead
    from indexer.repositories.files import ContentRow
    from indexer.storage import OriginalStore, TextStore, WordStore

_AT_ONCE: Final = 500

_KEPT: Final = frozenset({ContentState.EXTRACTED, ContentState.OPENED, ContentState.FAILED})
"""What the guard has let pass. Of what was only stored, an import that was cut short brings the
original again; no backup has it."""


class StoreComparison:
    """Compares the contents with the stores.

    Args:
        engine: The database.
        originals: One store. texts: Another. words: The third.
        read: Reads texts.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        originals: OriginalStore,
        texts: TextStore,
        words: WordStore,
        read: TextsRead,
    ) -> None:
        self._engine = engine
        self._originals = originals
        self._texts = texts
        self._words = words
        self._read = read

    def of_contents(self, *, read_before: bool) -> Iterator[Finding]:
        """What is lost.

        Args:
            read_before: Whether the texts of all present records were read with the records.
        """
        contents = self._contents("")
        # Listing is quicker than asking for each, by far where a store is far away.
        originals = _InOrder(self._originals.hashes())
        while contents:
            with reading(self._engine) as connection:
                hashes = [each.file_hash for each in contents]
                read = verifying.in_records(connection, hashes) if read_before else frozenset()
            for content in contents:
                if content.page_count and content.file_hash not in read:
                    self._read.lengths(content.file_hash, content.extractor)
            there = originals.up_to(contents[-1].file_hash)
            yield from self._without_original(contents, there)
            yield from self.unreadable()
            contents = self._contents(contents[-1].file_hash)

    def unreadable(self) -> Iterator[Finding]:
        """Texts that could not be read since this was last asked, and still cannot."""
        found = self._read.unreadable()
        if not found:
            return
        hashes = [FileHash(each.subject) for each in found]
        with reading(self._engine) as connection:
            now = files.contents(connection, hashes)
        for finding in found:
            content = now.get(FileHash(finding.subject))
            if content is not None and content.extractor == finding.detail:
                yield finding

    def of_stores(self) -> Iterator[Finding]:
        """What lies in the stores and should not; of no use while an import brings it in."""
        yield from self._orphans(
            ((each, "") for each in self._originals.hashes()),
            Problem.ORIGINAL_ORPHANED,
            lambda *_: True,
        )
        yield from self._orphans(self._texts.entries(), Problem.TEXT_ORPHANED, has_text)
        yield from self._orphans(self._words.entries(), Problem.WORDS_ORPHANED, has_text)

    def _contents(self, after: str) -> list[ContentRow]:
        with reading(self._engine) as connection:
            return verifying.contents_after(connection, after, _AT_ONCE)

    def _without_original(
        self, contents: Sequence[ContentRow], there: set[FileHash]
    ) -> Iterator[Finding]:
        lost = [
            each.file_hash
            for each in contents
            if each.file_hash not in there and self._lacks_original(each)
        ]
        with reading(self._engine) as connection:
            now = files.contents(connection, lost)
        for content in now.values():
            if self._lacks_original(content):
                yield Finding(
                    problem=Problem.ORIGINAL_MISSING,
                    subject=content.file_hash,
                    detail=content.media_type,
                )

    def _lacks_original(self, content: ContentRow) -> bool:
        return (
            content.state in _KEPT
            and content.in_place is None
            and not self._originals.has(content.file_hash)
        )

    def _orphans(
        self,
        entries: Iterator[tuple[FileHash, str]],
        problem: Problem,
        belongs: Callable[[ContentRow, str], bool],
    ) -> Iterator[Finding]:
        while some := list(islice(entries, _AT_ONCE)):
            with reading(self._engine) as connection:
                known = files.contents(connection, {each for each, _ in some})
            for file_hash, extractor in some:
                content = known.get(file_hash)
                if content is not None and content.state is ContentState.QUARANTINED:
                    yield Finding(problem=Problem.QUARANTINED_KEPT, subject=file_hash)
                elif content is None or not belongs(content, extractor):
                    yield Finding(problem=problem, subject=file_hash, detail=extractor)


class _InOrder:
    """Hashes in their order, taken as far as is asked for."""

    def __init__(self, hashes: Iterator[FileHash]) -> None:
        self._rest = hashes
        self._next = next(hashes, None)

    def up_to(self, last: FileHash) -> set[FileHash]:
        """Those not taken yet, up to and with ``last``."""
        taken: set[FileHash] = set()
        while self._next is not None and self._next <= last:
            taken.add(self._next)
            self._next = next(self._rest, None)
        return taken


def has_text(content: ContentRow, extractor: str) -> bool:
    """Whether the text of a content may be there under that name."""
    # While its pictures are being recognised, the text grows before its row says so; the text that
    # was there before lies beneath it.
    return (
        content.unread_count > 0
        or content.extractor == extractor
        or content.extractor.startswith(f"{extractor}+")
    )
