"""The office's words: what things were also called, and what is one word.

An entry ties two terms; questions that have one are answered by the other too. User words are kept
whole where text is cut. Both come and go as CSV or plain text, and every version is kept.
"""

from indexer.vocabulary.model import (
    NO_VOCABULARY,
    Entry,
    Kind,
    Revision,
    Vocabulary,
    revision,
)
from indexer.vocabulary.packaged import packaged_vocabulary
from indexer.vocabulary.reading import Problem, ReadEntries, ReadWords, read_entries, read_words
from indexer.vocabulary.writing import entries_csv, words_text

__all__ = [
    "NO_VOCABULARY",
    "Entry",
    "Kind",
    "Problem",
    "ReadEntries",
    "ReadWords",
    "Revision",
    "Vocabulary",
    "entries_csv",
    "packaged_vocabulary",
    "read_entries",
    "read_words",
    "revision",
    "words_text",
]
