"""How the hits of one screen are put: copies under one of them, what is repealed under the valid.

Only what the engine gave for this screen is moved, and only within it: every page of an answer has
the records that it would have anyhow, none twice and none lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.engine.weights import REPEALED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from indexer.engine.query import Hit
    from indexer.records import RecordId
    from search_api.answers import AnswerHit


def valid_first(
    hits: Sequence[AnswerHit], met: Sequence[Hit], repealed: Collection[RecordId]
) -> tuple[AnswerHit, ...]:
    """The hits by relevance, that of the repealed counting a little less; equals as they were."""
    scores = {hit.record_id: hit.score for hit in met}

    def weight(hit: AnswerHit) -> float:
        record_id = hit.record.record_id
        return scores[record_id] * (REPEALED if record_id in repealed else 1.0)

    return tuple(sorted(hits, key=weight, reverse=True)) if repealed else tuple(hits)


def folded(
    hits: Sequence[AnswerHit], copies: Mapping[RecordId, Collection[RecordId]]
) -> tuple[AnswerHit, ...]:
    """The hits, each with those behind it that are copies of it.

    A copy of a copy that is none of the first stands for itself: links are not handed on.
    """
    leading: list[AnswerHit] = []
    taken: set[RecordId] = set()
    for place, hit in enumerate(hits):
        record_id = hit.record.record_id
        if record_id in taken:
            continue
        own = copies.get(record_id, ())
        under = tuple(
            each
            for each in hits[place + 1 :]
            if each.record.record_id in own and each.record.record_id not in taken
        )
        taken |= {each.record.record_id for each in under}
        leading.append(replace(hit, folded=under))
    return tuple(leading)
