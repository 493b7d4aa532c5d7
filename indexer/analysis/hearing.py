"""What was heard, found again as it is written."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from indexer.analysis.sounds import characters_read, ways_of
from indexer.analysis.syllables import rough
from indexer.engine.query import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.analysis.words import Segmenter

_KEPT: Final = 256


def written(
    pieces: str, asked: Sequence[str], hearing: Hearing, segmenter: Segmenter
) -> tuple[str, ...]:
    """The runs of characters that sound as was asked, each once, in order.

    Args:
        pieces: :attr:`indexer.engine.port.Spoken.told` or ``named``.
        asked: Syllables, one for each character; letters where initials were asked for.
        hearing: How closely.
        segmenter: Cuts words.
    """
    distinct = dict.fromkeys(pieces.split(" "))
    if hearing is Hearing.LACKING:
        runs = (run for piece in distinct for run in _with_one_more(piece, "".join(asked)))
    else:
        last = len(asked) - 1
        fitting = [_fitting(each, hearing, is_last=at == last) for at, each in enumerate(asked)]
        runs = (run for piece in distinct for run in _sounding(piece, fitting, segmenter))
    return tuple(dict.fromkeys(runs))


def _sounding(piece: str, fitting: Sequence[_Fitting], segmenter: Segmenter) -> Iterator[str]:
    last_start = len(piece) - len(fitting)
    # Of a record's pieces one or two may sound so; to read the others aloud is most of the work.
    if not fitting or last_start < 0 or any(each.characters.isdisjoint(piece) for each in fitting):
        return
    first, *others = fitting
    heard = ways_of(segmenter.for_query(piece))
    for at, ways in zip(range(len(piece)), heard, strict=True):
        # Nearly every place is told by its first character.
        if at <= last_start and first[ways]:
            end = at + len(fitting)
            if all(map(_fits, others, heard[at + 1 : end])):
                yield piece[at:end]


class _Fitting(dict[tuple[str, ...], bool]):
    """Whether a character that may be called so is what was asked; each way decided once.

    Attributes:
        characters: Those that may be, in whatever word they stand.
    """

    def __init__(self, asked: str, hearing: Hearing, *, is_last: bool) -> None:
        super().__init__()
        self._is_asked = partial(_is, asked=asked, hearing=hearing, is_last=is_last)
        # What nobody can read stands for itself.
        self.characters: Final = characters_read(self._is_asked) | {asked}

    def __missing__(self, ways: tuple[str, ...]) -> bool:
        self[ways] = fits = any(map(self._is_asked, ways))
        return fits


_fits = _Fitting.__getitem__


@lru_cache(maxsize=_KEPT)
def _fitting(asked: str, hearing: Hearing, *, is_last: bool) -> _Fitting:
    """One for each syllable that is asked for: the records of one question, and of the next."""
    return _Fitting(asked, hearing, is_last=is_last)


def _is(read: str, asked: str, hearing: Hearing, *, is_last: bool) -> bool:
    match hearing:
        case Hearing.EXACT:
            return read == asked
        case Hearing.ROUGH:
            return rough(read) == asked
        case Hearing.BEGUN:
            return read.startswith(asked) if is_last else read == asked
        case _:
            return read.startswith(asked)


def _with_one_more(piece: str, asked: str) -> Iterator[str]:
    length = len(asked) + 1
    for at in range(len(piece) - length + 1):
        run = piece[at : at + length]
        if any(run[:gap] + run[gap + 1 :] == asked for gap in range(1, len(asked))):
            yield run
