"""The fingerprint of a text: a digest that equal bodies share, a sketch that nearly equal ones do.

The sketch is one-permutation MinHash. Every run of :data:`~indexer.copies.comparing.SHINGLE`
characters is hashed (CRC-32 of its UTF-32 code units, little endian); hashes fall into
:data:`BINS` bins by their remainder, and each bin keeps its smallest. An empty bin takes the value
of the next that has one. The share of bins in which two sketches agree estimates the Jaccard
similarity of the two sets of shingles, with a standard error of 0.06. Four bins make a *band*: of
two texts with a similarity of 0.7 all but one in eighty agree in some band, at 0.8 all but one in
five thousand, while of texts on one subject (0.05) one in ten thousand does.

Whatever is changed here changes the meaning of what is kept: raise :data:`VERSION`.

Source: Li, Owen, Zhang: One Permutation Hashing (NIPS 2012); Broder: On the resemblance and
containment of documents (1997).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from zlib import crc32

from indexer.copies.body import body_of
from indexer.copies.comparing import SHINGLE

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION: Final = 1

BINS: Final = 64
BAND: Final = 4
"""Bins in a band."""

MIN_CHARS: Final = 50
"""Characters of a body below which nothing is nearly equal: covers, blank forms, titles."""

MAX_CHARS: Final = 500_000
"""Characters of a body above which only equality is asked: reading two of them takes seconds."""

_TELLING_CHARS: Final = 200
_TELLING_DIGITS: Final = 4
_HASHES: Final = 1 << 32
_KEPT_PER_BIN: Final = 16
_UNIT: Final = 4
_DIGITS_OF_BIN: Final = 8
_LONG_FIGURE: Final = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is kept of a text to find its copies.

    Attributes:
        length: Characters of its body.
        digest: Equal for equal bodies, in hex; ``""`` where the text says too little to be
            anybody's copy: a short one without a figure (此页无正文, 卷内备考表).
        sketch: The bins in hex, eight digits each; ``""`` where only equality counts.
        figures: A number that texts with the same long figures share.
    """

    length: int
    digest: str
    sketch: str
    figures: int


def fingerprint_of(pages: Sequence[str]) -> Fingerprint:
    """The fingerprint of a text, page by page as the text store has it."""
    body = body_of(pages)
    return Fingerprint(
        length=len(body),
        digest=blake2b(body.encode(), digest_size=16).hexdigest() if _tells(body) else "",
        sketch=_sketch(body) if MIN_CHARS <= len(body) <= MAX_CHARS else "",
        figures=_number("\n".join(sorted(_LONG_FIGURE.findall(body)))),
    )


def likeness(sketch: str, other: str) -> float:
    """The estimated similarity of two texts by their sketches, 0 to 1."""
    width = _DIGITS_OF_BIN
    agree = sum(
        sketch[at : at + width] == other[at : at + width] for at in range(0, len(sketch), width)
    )
    return agree / BINS


def band_keys(sketch: str) -> tuple[int, ...]:
    """The numbers under which a sketch is looked for, 63 bits each; none where there is none."""
    width = BAND * _DIGITS_OF_BIN
    return tuple(_number(f"{at}:{sketch[at : at + width]}") for at in range(0, len(sketch), width))


def _sketch(body: str) -> str:
    bins = _smallest(body)
    # An empty bin takes over from the next, round and round.
    filled = [next(bins[each % BINS] for each in range(bin_, bin_ + BINS) if each % BINS in bins)
              for bin_ in range(BINS)]  # fmt: skip
    return "".join(f"{each:08x}" for each in filled)


def _smallest(body: str) -> dict[int, int]:
    """The smallest hash of each bin that has any."""
    units = body.encode("utf-32-le")
    width = SHINGLE * _UNIT
    end = len(units) - width + _UNIT
    # Only small hashes can be the smallest; the others need not even be kept.
    limit = min(_HASHES, _HASHES * BINS * _KEPT_PER_BIN * _UNIT // end)
    while True:
        hashes = [
            hash_ for at in range(0, end, _UNIT) if (hash_ := crc32(units[at : at + width])) < limit
        ]
        bins = {hash_ % BINS: hash_ for hash_ in sorted(hashes, reverse=True)}
        if len(bins) == BINS or limit == _HASHES:
            return bins
        limit = min(_HASHES, limit * _KEPT_PER_BIN)


def _tells(body: str) -> bool:
    return len(body) >= _TELLING_CHARS or sum(map(str.isdigit, body)) >= _TELLING_DIGITS


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
