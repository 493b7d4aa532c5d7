"""Letters of the room: what goes into them, templates an office can edit, DOCX and HTML.

A template is text with a little mark-up; it is filled, read into a :class:`Document`, and the
document is drawn as DOCX and as HTML. The same letter gives the same bytes each time, so that its
hash in the log says what went out.
"""

from query_room.letters.document import FilledLetter
from query_room.letters.errors import LetterError
from query_room.letters.model import (
    Letter,
    LetterFinding,
    Letterhead,
    LetterKind,
    LetterSearch,
    LetterSource,
)
from query_room.letters.rendering import Letters, TemplateProblem

__all__ = [
    "FilledLetter",
    "Letter",
    "LetterError",
    "LetterFinding",
    "LetterKind",
    "LetterSearch",
    "LetterSource",
    "Letterhead",
    "Letters",
    "TemplateProblem",
]
