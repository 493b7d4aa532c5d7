"""The search for copies: every text is compared with those that its sketch says are like it.

It goes on in the worker's idle time. A text is one transaction: killed before it, nothing of it is
noted and it is compared again; afterwards it is found by those that come later. What came into the
store before there were fingerprints, or with those of another version, gets its own on the way.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog

from indexer.copies import CopyKind
from indexer.copies.body import body_of
from indexer.copies.comparing import compare
from indexer.copies.fingerprint import fingerprint_of, likeness
from indexer.database import reading, utc_now, writing
from indexer.errors import TextMissingError
from indexer.repositories import copies, fingerprints
from indexer.storage.opening import open_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from indexer.records import FileHash
    from indexer.repositories.fingerprints import KeptPrint
    from indexer.settings import IndexerSettings

STEP_S: Final = 0.3
"""After so long the worker looks for changes again, whatever is still to be compared."""

MIN_LIKENESS: Final = 0.45
"""Estimated similarity from which two texts are read: an error of 0.06 below what copies have."""

MAX_READ: Final = 2_000_000
"""Characters read to compare one text: a changed record must not wait for longer than a second."""

_TEXTS_AT_ONCE: Final = 50
_CONTENTS_PER_STEP: Final = 500
_REST_S: Final = 600.0
"""How long the whole store is not looked through again for texts without a fingerprint."""

_log = structlog.get_logger(__name__)


class CopySearch:
    """Finds copies, step by step.

    Args:
        engine: The database. settings: Of the archive.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        engine: Engine,
        settings: IndexerSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._texts = open_texts(settings)
        self._clock = clock
        self._seen_to: str | None = ""
        self._look_again_at = 0.0

    def step(self) -> bool:
        """Compare some texts, or look through a piece of the store; whether there was any work."""
        enough = self._clock() + STEP_S
        with reading(self._engine) as connection:
            some = fingerprints.waiting(connection, _TEXTS_AT_ONCE)
        for each in some:
            self._compare(each)
            if self._clock() > enough:
                break
        return bool(some) or self._look_through()

    def run(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Work until every text is compared.

        Args:
            progress: Told after each step how many texts are still to be compared.
        """
        while self.step():
            with reading(self._engine) as connection:
                left = fingerprints.count_waiting(connection)
            progress(left)

    def _look_through(self) -> bool:
        if self._seen_to is None:
            if self._clock() < self._look_again_at:
                return False
            self._seen_to = ""
        with reading(self._engine) as connection:
            lacking, self._seen_to = fingerprints.without_print(
                connection, self._seen_to, _CONTENTS_PER_STEP
            )
        for file_hash, extractor in lacking:
            self._take(file_hash, extractor)
        if self._seen_to is None:
            self._look_again_at = self._clock() + _REST_S
        return bool(lacking) or self._seen_to is not None

    def _take(self, file_hash: FileHash, extractor: str) -> None:
        try:
            found = fingerprint_of(self._texts.pages(file_hash, extractor))
        except TextMissingError as error:
            _log.warning("text_missing", error=str(error))
            return
        with writing(self._engine) as connection:
            # It may have been quarantined or taken back while it was read.
            if fingerprints.is_extracted(connection, file_hash, extractor):
                fingerprints.keep(connection, file_hash, extractor, found)

    def _compare(self, own: KeptPrint) -> None:
        found = self._copies_of(own)
        with writing(self._engine) as connection:
            if fingerprints.note_compared(connection, own):
                present = fingerprints.known(connection, found)
                copies.link(
                    connection,
                    own.file_hash,
                    {each: found[each] for each in present},
                    utc_now(),
                )

    def _copies_of(self, own: KeptPrint) -> dict[FileHash, tuple[CopyKind, int]]:
        """Copies as ``{content: (kind, similarity)}``."""
        with reading(self._engine) as connection:
            refused = copies.refused_with(connection, own.file_hash)
            equal = set(fingerprints.equal_to(connection, own)) - refused
            met = fingerprints.met_in_bands(connection, own)
        found = dict.fromkeys(equal, (CopyKind.SAME_TEXT, 1000))
        candidates = sorted(
            (
                (-likeness(own.fingerprint.sketch, each.fingerprint.sketch), each.number, each)
                for each in met
                if each.file_hash not in refused | equal
            ),
            key=lambda ranked: ranked[:2],
        )
        body = ""
        left = MAX_READ
        for difference, _, other in candidates:
            left -= other.fingerprint.length
            if -difference < MIN_LIKENESS or left < 0:
                break
            try:
                body = body or self._body(own)
                result = compare(*sorted((body, self._body(other))))
            except TextMissingError as error:
                _log.warning("text_missing", error=str(error))
                continue
            if result.contrast is None:
                found[other.file_hash] = (CopyKind.NEARLY_SAME, result.similarity)
        return found

    def _body(self, kept: KeptPrint) -> str:
        return body_of(self._texts.pages(kept.file_hash, kept.extractor))
