"""起止页号: which pages of a volume's scan a row describes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from indexer.catalogue import PageRange

_RANGE: Final = re.compile(r"(?:第|[Pp]\.?)?(?P<first>\d{1,5})(?:[-~至到](?P<last>\d{1,5}))?页?")
_DASHES: Final = str.maketrans(dict.fromkeys("－—–‐‑‒―−～", "-"))


def read_pages(text: str) -> PageRange | None:
    """The pages that a cell names: ``12-15``, ``12~15``, ``001—003``, ``7``; ``None`` if blank.

    A single page is where the document begins; where it ends, the next row says.

    Raises:
        ValueError: It is no range of pages.
    """
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_DASHES)).split())
    plain = re.sub(r"--+", "-", plain.translate(_DASHES))
    if not plain:
        return None
    match = _RANGE.fullmatch(plain)
    if match is None:
        raise ValueError(text)
    first, last = int(match["first"]), int(match["last"]) if match["last"] else None
    if first < 1 or (last is not None and last < first):
        raise ValueError(text)
    return PageRange(first=first, last=last)
