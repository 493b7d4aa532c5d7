"""The office's vocabulary in the hands of its archivists.

``service`` changes it, ``effects`` says which questions asked lately it would read in another way.
"""

from query_room.vocabulary.effects import ChangedQuestion, Effects, VocabularyEffects
from query_room.vocabulary.service import (
    FileSent,
    Foreseen,
    Holding,
    PresentVocabulary,
    Taking,
    VocabularyService,
)

__all__ = [
    "ChangedQuestion",
    "Effects",
    "FileSent",
    "Foreseen",
    "Holding",
    "PresentVocabulary",
    "Taking",
    "VocabularyEffects",
    "VocabularyService",
]
