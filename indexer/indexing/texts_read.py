"""Texts read through, to see whether they can be and how many passages they make."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from indexer.errors import TextDamagedError, TextMissingError
from indexer.indexing.findings import Finding, Problem
from indexer.passages import cut

if TYPE_CHECKING:
    from indexer.records import FileHash, Record
    from indexer.storage import TextStore

_REMEMBERED: Final = 2_000
"""Texts of which the passages are remembered: the pages of a volume are many records."""


class TextsRead:
    """Reads texts through, each once as a rule.

    Args:
        store: Where they are.
    """

    def __init__(self, store: TextStore) -> None:
        self.count = 0
        """How many were read."""
        self._store = store
        self._lengths: OrderedDict[tuple[FileHash, str], tuple[int, ...]] = OrderedDict()
        self._unreadable: dict[tuple[FileHash, str], Finding | None] = {}

    def passages(self, record: Record) -> int | None:
        """How many passages a record has, or ``None`` where a text of it cannot be read."""
        total = 0
        for file in record.files:
            if file.file_hash is None or not file.page_count:
                continue
            lengths = self.lengths(file.file_hash, file.extractor)
            if lengths is None:
                return None
            total += sum(lengths[file.first_page - 1 : file.last_page])
        return total

    def lengths(self, file_hash: FileHash, extractor: str) -> tuple[int, ...] | None:
        """How many passages each page of a text has, or ``None`` where it cannot be read."""
        text = file_hash, extractor
        if text in self._unreadable:
            return None
        if text in self._lengths:
            self._lengths.move_to_end(text)
            return self._lengths[text]
        try:
            pages = self._store.pages(*text)
        except TextDamagedError:
            self._unreadable[text] = _finding(Problem.TEXT_DAMAGED, text)
            return None
        except TextMissingError:
            self._unreadable[text] = _finding(Problem.TEXT_MISSING, text)
            return None
        self.count += 1
        self._lengths[text] = tuple(sum(1 for _ in cut(page)) for page in pages)
        if len(self._lengths) > _REMEMBERED:
            self._lengths.popitem(last=False)
        return self._lengths[text]

    def unreadable(self) -> list[Finding]:
        """Texts that could not be read since the last time this was asked."""
        found = [each for each in self._unreadable.values() if each is not None]
        self._unreadable = dict.fromkeys(self._unreadable)
        return found


def _finding(problem: Problem, text: tuple[FileHash, str]) -> Finding:
    return Finding(problem=problem, subject=text[0], detail=text[1])
