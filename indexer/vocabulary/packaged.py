"""What comes with the product: terms and offices of the whole country. See ``SOURCE.md``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from indexer.vocabulary.model import Vocabulary, vocabulary
from indexer.vocabulary.reading import read_entries


@cache
def packaged_vocabulary() -> Vocabulary:
    """The vocabulary that every archive begins with."""
    table = files(__package__).joinpath("national.csv").read_bytes()
    return vocabulary(read_entries(table).entries)
