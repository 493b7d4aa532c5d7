"""Records that share words with another, ranked by nothing that other records decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.engine.expressions import Constant, Every, OneOf, Term, every, silent, some

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.engine.expressions import Expression
    from indexer.engine.snapshot import Snapshot

_LEAST: Final = 2
"""Words that records must share: one word is chance."""


def sharing(words: Mapping[str, float], conditions: Sequence[Expression]) -> Expression:
    """What has at least two of the words and meets the conditions, by the weight of its words."""
    having, titled = (
        [Constant(Term(field, word), weight) for word, weight in words.items()]
        for field in ("body_words", "title_words")
    )
    return Every((some(having, least=_LEAST), *conditions), besides=tuple(titled))


def words_of(
    records: Snapshot, words: Sequence[str], keys: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Which of the words each of some records has, in the order given."""
    shared: dict[int, tuple[str, ...]] = {}
    if not keys:
        return shared
    of_records = silent(OneOf("key", tuple(keys)))
    for word in words:
        for key in records.best(every([of_records, Term("body_words", word)]), len(keys)).keys:
            shared[key] = (*shared.get(key, ()), word)
    return shared
