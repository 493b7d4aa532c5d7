"""Mongolian script inside a page: it runs from top to bottom, its lines from left to right."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

# Words with what joins them: spaces, the separators of suffixes, punctuation of the script.
_LETTER: Final = "\u1820-\u18aa"
_STRETCH: Final = re.compile(
    rf"[{_LETTER}\u1810-\u1819](?:[\u1800-\u18aa\u202f\u200d ]*[\u1800-\u18aa])?"
)


def vertical(text: str) -> Markup:
    """The text, escaped, its Mongolian stretches set apart to be written downwards."""
    pieces: list[Markup] = []
    at = 0
    for found in _STRETCH.finditer(text):
        pieces.append(escape(text[at : found.start()]))
        pieces.append(Markup('<span class="mongolian" lang="mn-Mong">{}</span>').format(found[0]))
        at = found.end()
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)
