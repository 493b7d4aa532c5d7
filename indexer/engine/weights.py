"""How much each kind of evidence counts; the same for every engine.

Scores of the three views of a text are summed: on two judged Chinese sets the sum of words, bigrams
and characters beat each of them alone and every rank fusion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Factors on BM25 scores (k1 1.2, b 0.75).

    Attributes:
        body_words: Words anywhere in the record. body_bigrams: Pairs. body_chars: Characters.
        title_words: The same in the title. title_bigrams: Pairs. title_chars: Characters.
        title_run: The whole question as one literal run in the title.
        body_run: The same anywhere in the record.
        best_passage: The best passage's own score, added to the record's.
        number: Added once where the record bears the very number asked for; larger than any
            other score can be.
    """

    body_words: float = 1.0
    body_bigrams: float = 1.0
    body_chars: float = 1.0
    title_words: float = 0.3
    title_bigrams: float = 0.3
    title_chars: float = 0.3
    title_run: float = 2.0
    body_run: float = 1.0
    best_passage: float = 0.5
    number: float = 10_000.0


DEFAULT_WEIGHTS: Final = Weights()

RERANKED: Final = 200
"""How many of the first records are reordered by their best passage."""
