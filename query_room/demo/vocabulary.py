"""What places and offices of the sample district were also called, as its own papers tell."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from query_room.vocabulary import Holding, Taking

if TYPE_CHECKING:
    from query_room.vocabulary import VocabularyService

BY: Final = "sample-archive"


def add_vocabulary(vocabulary: VocabularyService) -> None:
    """Add the district's table to what comes with the product."""
    table = files(__package__).joinpath("vocabulary.csv").read_bytes()
    foreseen = vocabulary.foresee_content(table, Holding.ENTRIES, Taking.ADD)
    vocabulary.take(foreseen, Taking.ADD, reason="样例：本区地名和机构沿革", by=BY)
