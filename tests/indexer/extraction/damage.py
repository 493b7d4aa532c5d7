"""Damage to a sound file, as disks and enemies do it; readers answer with text or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from indexer.errors import ExtractionError
from indexer.extraction import PicturePage, Reason

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DataObject

    from indexer.extraction import Extractor

ACCEPTED = frozenset(
    {
        Reason.DAMAGED,
        Reason.EMPTY,
        Reason.ENCRYPTED,
        Reason.MEMORY,
        Reason.UNSUPPORTED,
        Reason.NEEDS_TOOL,  # a spoilt version passes for an older one
    }
)


def read_or_refused(extractor: Extractor, path: Path) -> list[str]:
    """The pages, or none where it was refused with a reason that speaks of the file."""
    try:
        return [
            page.text if isinstance(page, PicturePage) else page for page in extractor.pages(path)
        ]
    except ExtractionError as error:
        assert error.reason in ACCEPTED  # noqa: PT017 - one of two good ends
        return []


def damaged(content: bytes, data: DataObject) -> bytes:
    """The content cut short, with bytes flipped, or with a stretch of it overwritten."""
    result = bytearray(content)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        result[at] ^= data.draw(st.integers(1, 255))
    if data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(content) - 1))
        stretch = data.draw(st.binary(min_size=1, max_size=16))
        result[start : start + len(stretch)] = stretch
    if data.draw(st.booleans()):
        del result[data.draw(st.integers(0, len(result))) :]
    return bytes(result)
