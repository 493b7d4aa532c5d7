"""Records like another one: those that share its most telling words.

Which words tell, is counted over public records alone, which anybody may count; what is found by
them are records that the viewer may see, in an order that no hidden record has a part in.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from indexer.access import Audience
from indexer.errors import TextMissingError
from search_api.answers import SimilarRecord
from search_api.texts import page_range

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from indexer.analysis.analyzer import Analyzer
    from indexer.engine.query import Alike, WordCounts
    from indexer.records import Record, RecordId
    from indexer.storage import TextStore

MOST: Final = 5
"""Similar records that are shown."""

CANDIDATES: Final = 30
"""Records that are looked at: copies of the record, and of each other, are left out."""

SHARED_TOLD: Final = 4
"""Words that are told of each."""

_READ: Final = 20_000
"""Code points of a record's text in which its words are counted."""

_WORDS: Final = 12
_UNKNOWN_WORDS: Final = 6
_TITLE: Final = 3
"""How often a word of the title counts."""


def words_to_count(record: Record, texts: TextStore, analyzer: Analyzer) -> Counter[str]:
    """How often each word that carries matter stands in a record, words of its title more."""
    about = record.description
    counts = Counter(analyzer.words("\n".join(_beginning(record, texts))))
    counts.update(analyzer.words(about.summary))
    for word in analyzer.words(about.title):
        counts[word] += _TITLE
    return counts


def telling_words(
    record: Record, counts: Counter[str], among_public: WordCounts
) -> dict[str, float]:
    """The words that tell a record best from public ones, each with its weight.

    Words that stand in no other public record lead nowhere from a public one. From another they
    may, and some of them are kept.
    """
    is_public = record.access.audience is Audience.PUBLIC
    others = {word: max(0, among_public.having[word] - is_public) for word in counts}
    weights = {
        word: (1 + math.log(often)) * math.log((among_public.records + 1) / (others[word] + 0.5))
        for word, often in counts.items()
    }
    best = sorted(
        (word for word in counts if weights[word] > 0), key=lambda word: (-weights[word], word)
    )
    known = [word for word in best if others[word] > 0][:_WORDS]
    unknown = [] if is_public else [word for word in best if others[word] <= 0][:_UNKNOWN_WORDS]
    return {word: weights[word] for word in (*known, *unknown)}


def similar(
    alike: Sequence[Alike],
    found: Mapping[RecordId, Record],
    copies: Mapping[RecordId, Collection[RecordId]],
    of: RecordId,
) -> tuple[SimilarRecord, ...]:
    """The best of those that are neither the record, nor copies of it or of a better one.

    Args:
        alike: What the engine found, the best first.
        found: The records as they are now, if the viewer may see them now.
        copies: Which of them, and of the record, have the same text.
        of: The record itself.
    """
    kept: list[SimilarRecord] = []
    left_out = {of, *copies.get(of, ())}
    for each in alike:
        if each.record_id in left_out or each.record_id not in found:
            continue
        left_out |= {each.record_id, *copies.get(each.record_id, ())}
        kept.append(SimilarRecord(record=found[each.record_id], shared=each.words[:SHARED_TOLD]))
    return tuple(kept[:MOST])


def _beginning(record: Record, texts: TextStore) -> Iterator[str]:
    left = _READ
    for file in record.files:
        if file.file_hash is None:
            continue
        for page in page_range(file):
            if left <= 0:
                return
            try:
                text = texts.page(file.file_hash, file.extractor, page)
            except TextMissingError:
                break
            yield text[:left]
            left -= len(text)
