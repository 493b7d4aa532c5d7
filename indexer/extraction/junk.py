"""Text that is none: glyphs whose characters nobody knows."""

from __future__ import annotations

import re
from typing import Final

MAX_JUNK: Final = 0.15
"""Share of characters without meaning above which a page's text is no text, but needs OCR."""

# Control, unknown and private characters, but for the private ones of Menksoft's Mongolian.
_JUNK: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\ue233\ue350-\uf8ff]")


def is_junk(text: str) -> bool:
    """Whether too much of a text is without meaning."""
    written = sum(not character.isspace() for character in text)
    return len(_JUNK.findall(text)) > written * MAX_JUNK
