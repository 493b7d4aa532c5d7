"""The query language: what was typed, as a tree.

``tokens`` cuts the text, ``grammar`` puts the tree together, ``dates`` reads what is a date,
``rendering`` writes a tree down again, ``wording`` says in words how a question was read, and
``rights`` takes out what a viewer may not ask for. Nothing typed is an error of the asker's: what
is not valid syntax is searched literally, and the answer says so.
"""

from search_api.parsing.grammar import ParsedQuestion, literally, parse
from search_api.parsing.rendering import render
from search_api.parsing.rights import within_rights
from search_api.parsing.wording import in_words, notes_in_words

__all__ = [
    "ParsedQuestion",
    "in_words",
    "literally",
    "notes_in_words",
    "parse",
    "render",
    "within_rights",
]
