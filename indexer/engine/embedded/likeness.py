"""Records that share words with another, ranked by nothing that other records decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tantivy import Occur, Query

from indexer.engine.embedded.queries import all_of, silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tantivy import Schema, Searcher

_LEAST: Final = 2
"""Words that records must share: one word is chance."""


def sharing(
    schema: Schema, words: Mapping[str, float], conditions: Sequence[tuple[Occur, Query]]
) -> Query:
    """What has at least two of the words and meets the conditions, by the weight of its words."""
    having = [
        (
            Occur.Should,
            Query.const_score_query(Query.term_query(schema, "body_words", word), weight),
        )
        for word, weight in words.items()
    ]
    titled = [
        (
            Occur.Should,
            Query.const_score_query(Query.term_query(schema, "title_words", word), weight),
        )
        for word, weight in words.items()
    ]
    enough = Query.boolean_query(having, minimum_number_should_match=_LEAST)
    return Query.boolean_query([(Occur.Must, enough), *titled, *conditions])


def words_of(
    records: Searcher, schema: Schema, words: Sequence[str], keys: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Which of the words each of some records has, in the order given."""
    shared: dict[int, tuple[str, ...]] = {}
    if not keys:
        return shared
    of_records = silent(Query.term_set_query(schema, "key", list(keys)))
    for word in words:
        having = all_of([of_records, Query.term_query(schema, "body_words", word)])
        addresses = [each for _, each in records.search(having, len(keys), count=False).hits]
        for key in records.fast_field_values("key", addresses):
            shared[int(key or 0)] = (*shared.get(int(key or 0), ()), word)
    return shared
