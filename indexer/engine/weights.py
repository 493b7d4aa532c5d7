"""How much each kind of evidence counts; the same for every engine.

Scores of the three views of a text are summed: on two judged Chinese sets the sum of words, bigrams
and characters beat each of them alone and every rank fusion. ``docs/benchmarks.md`` shows what each
part is worth: ``python -m benchmarks.relevance DIR --ablate``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Factors on BM25 scores (k1 1.2, b 0.75, which the engine fixes), and plain additions.

    A part whose weight is 0 is not asked for at all.

    Attributes:
        body_words: Words anywhere in the record.
        body_bigrams: Pairs. Less than words: most pairs lie inside words and say the same again.
        body_chars: Characters.
        title_has_all: Added where the title has every part of the question; people ask for papers
            by what they remember of the title, and in a long text the same words mean less.
        title_has_most: Added where the title has two thirds of the parts, and so where it has all.
        title_begins: Added where the title begins with the question as it stands.
        best_passage: Factor on the best passage's own score, added to the record's: words that
            stand on one page say more than words scattered over a volume.
        variants: What another form of an asked word is worth (a later name, an official term), as
            a share of what the word itself is: in the text by its words and pairs, of several
            forms the best; in titles of both additions. Below half, so that a record with the
            asked word comes before one like it that has another form alone.
        number: Added once where the record bears the very number asked for; larger than any
            other score can be.
    """

    body_words: float = 1.0
    body_bigrams: float = 0.75
    body_chars: float = 1.0
    title_has_all: float = 10.0
    title_has_most: float = 8.0
    title_begins: float = 5.0
    best_passage: float = 0.3
    variants: float = 0.4
    number: float = 10_000.0


REPEALED: Final = 0.9
"""What a hit's score is worth beside the others of its page where its document is known to be
repealed: enough for it to stand under the text that took its place, which is much like it, and too
little to hide it from somebody who asks for it."""

DEFAULT_WEIGHTS: Final = Weights()

RERANKED: Final = 200
"""How many of the first records are reordered by their best passage."""
