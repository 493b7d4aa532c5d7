"""Corrections of a whole question, from what its stretches may have been."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from indexer.analysis.lexicon import is_word
from indexer.engine.query import Standing
from search_api.answers import Correction
from search_api.correcting.candidates import candidates_of
from search_api.correcting.doubts import doubts_of, replaced
from search_api.parsing import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_api.correcting.candidates import Candidate
    from search_api.correcting.doubts import Doubt
    from search_api.correcting.inquiry import Inquiry

MOST: Final = 3
"""Corrections that are proposed."""

_DOUBTED: Final = 6
_TOGETHER: Final = 3
_TRIED: Final = 24

Change = tuple["Doubt", "Candidate"]


def corrections(asked: Inquiry, *, better_than: int = 0) -> tuple[Correction, ...]:
    """The question as it may have been meant, the likeliest first.

    Every one of them has records with all that it asks for.

    Args:
        asked: The question.
        better_than: How many records have it as typed. Where some have, only stretches that are no
            known words are doubted, and only what more records have is proposed.
    """
    doubted: list[tuple[Doubt, tuple[Candidate, ...]]] = []
    for doubt in doubts_of(asked.parts, asked.analyzer):
        if len(doubted) >= _DOUBTED:
            break
        if _is_doubtful(doubt, asked, found=bool(better_than)):
            doubted.append((doubt, candidates_of(doubt, asked)))
    found: list[tuple[tuple[bool, int, int, int, str], Correction]] = []
    for changes in list(_ways(doubted))[:_TRIED]:
        parts, typed = replaced(asked.parts, [(doubt, each.text) for doubt, each in changes])
        text = render(parts)
        total = asked.count(parts)
        if total <= better_than:
            continue
        ground = max(each.ground for _, each in changes)
        correction = Correction(
            text=text,
            parts=parts,
            typed=typed,
            meant=tuple(each.text for _, each in changes),
            total=total,
            ground=ground,
            is_sure=all(each.is_sure for _, each in changes),
        )
        changed = sum(each.changed for _, each in changes)
        found.append(((not correction.is_sure, ground, changed, -total, text), correction))
    # The same question may come of a word and of its neighbours with it: the surer counts.
    distinct: dict[str, Correction] = {}
    for _, correction in sorted(found, key=lambda each: each[0]):
        distinct.setdefault(correction.text, correction)
    return tuple(distinct.values())[: MOST + 1]


def _is_doubtful(doubt: Doubt, asked: Inquiry, *, found: bool) -> bool:
    if found:
        known = is_word(doubt.run) or asked.standing([doubt.run], Standing.TOLD)
        return doubt.is_latin or not known
    return not (
        asked.standing([doubt.run]) or (doubt.pieces == 1 and asked.has_in_any_form(doubt.run))
    )


def _ways(
    doubted: Sequence[tuple[Doubt, tuple[Candidate, ...]]],
) -> Iterator[tuple[Change, ...]]:
    """Every stretch changed alone, then those that do not overlap together."""
    for doubt, candidates in doubted:
        for each in candidates:
            yield ((doubt, each),)
    apart: list[tuple[Doubt, tuple[Candidate, ...]]] = []
    for doubt, candidates in doubted:
        if candidates and not any(doubt.overlaps(other) for other, _ in apart):
            apart.append((doubt, candidates))
    apart = apart[:_TOGETHER]
    if len(apart) > 1:
        for chosen in product(*(candidates[:2] for _, candidates in apart)):
            yield tuple(zip((doubt for doubt, _ in apart), chosen, strict=True))
