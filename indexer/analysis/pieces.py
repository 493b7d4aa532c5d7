"""The words of a question as it is cut, with the other forms of what they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from indexer.analysis.mongolian import mongolian_words
from indexer.analysis.stopwords import STOPWORDS
from indexer.analysis.views import run_spans, runs
from indexer.engine.query import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.analysis.thesaurus import Thesaurus, Years
    from indexer.analysis.words import Segmenter


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or single characters side by side as one literal run.

    Attributes:
        text: Folded. variants: Other forms of it, or of the longer name that it is a part of.
        shape: Key of the Mongolian word that it is, or ``""``. typed: How to show that word.
    """

    text: str
    variants: tuple[Variant, ...] = ()
    shape: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Cutting:
    """How folded questions are cut.

    Attributes:
        segmenter: Cuts words. thesaurus: Knows their other forms.
    """

    segmenter: Segmenter
    thesaurus: Thesaurus

    def kept(self, folded: str, years: Years) -> list[Piece]:
        """The words that carry matter; all of them where none does.

        Where a term with other forms is cut into several words, each of them has all its forms: a
        record has the words, or one of the forms, and none that had the words is lost.
        """
        pieces: list[Piece] = []
        at = 0
        for word in mongolian_words(folded):
            typed = folded[word.start : word.end]
            pieces += self._of_runs(folded[at : word.start], years)
            pieces.append(Piece("".join(runs(typed)), shape=next(iter(word.keys), ""), typed=typed))
            at = word.end
        pieces += self._of_runs(folded[at:], years)
        return [piece for piece in pieces if piece.text not in STOPWORDS] or pieces

    def _of_runs(self, folded: str, years: Years) -> list[Piece]:
        return [piece for run in runs(folded) for piece in self._pieces(run, years)]

    def _pieces(self, run: str, years: Years) -> Iterator[Piece]:
        words = self.segmenter.for_query(run)
        texts = together(words)
        ends = list(accumulate(map(len, texts)))
        starts = [0, *ends[:-1]]
        variants: dict[int, list[Variant]] = {}
        for start, end in self.thesaurus.terms_in(words):
            parts = [n for n in range(len(texts)) if starts[n] < end and ends[n] > start]
            before, after = run[starts[parts[0]] : start], run[end : ends[parts[-1]]]
            forms = [
                self._variant(f"{before}{other}{after}", ends[parts[-1]] - starts[parts[0]])
                for other in self.thesaurus.variants(run[start:end], years)
            ]
            for part in parts:
                variants.setdefault(part, []).extend(forms)
        for number, text in enumerate(texts):
            yield Piece(text, tuple(dict.fromkeys(variants.get(number, ()))))

    def _variant(self, text: str, stands_for: int) -> Variant:
        words = self.segmenter.for_query(text)
        return Variant(chars=tuple(text), words=tuple(words), stands_for=stands_for)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A word of a question, or single characters side by side, where it stands in the fold."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """One past its last folded character."""
        return self.start + len(self.text)


def stretches(folded: str, segmenter: Segmenter) -> tuple[Stretch, ...]:
    """The words of a folded question, none left out."""
    found: list[Stretch] = []
    for start, end in run_spans(folded):
        at = start
        for text in together(segmenter.for_query(folded[start:end])):
            found.append(Stretch(text, at))
            at += len(text)
    return tuple(found)


def together(words: Sequence[str]) -> list[str]:
    """Words, with single characters side by side as one literal run.

    Without HMM an unknown name falls into single characters, and three characters anywhere in a
    text are not the name.
    """
    pieces: list[str] = []
    single = ""
    for word in words:
        if len(word) == 1 and word not in STOPWORDS:
            single += word
            continue
        if single:
            pieces.append(single)
            single = ""
        pieces.append(word)
    return [*pieces, single] if single else pieces
