"""What was heard, found again as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.analysis.sounds import readings, syllables_of
from indexer.analysis.syllables import rough
from indexer.engine.query import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.analysis.words import Segmenter


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
    found: dict[str, None] = {}
    for piece in pieces.split(" "):
        if hearing is Hearing.LACKING:
            found.update(dict.fromkeys(_with_one_more(piece, "".join(asked))))
            continue
        read = syllables_of(segmenter.for_query(piece))
        heard = [readings(*each) for each in zip(piece, read, strict=True)]
        for at in range(len(piece) - len(asked) + 1):
            if _sound(heard[at : at + len(asked)], asked, hearing):
                found[piece[at : at + len(asked)]] = None
    return tuple(found)


def _sound(heard: Sequence[tuple[str, ...]], asked: Sequence[str], hearing: Hearing) -> bool:
    last = len(asked) - 1
    return all(
        any(_is(read, syllable, hearing, is_last=at == last) for read in ways)
        for at, (ways, syllable) in enumerate(zip(heard, asked, strict=True))
    )


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
