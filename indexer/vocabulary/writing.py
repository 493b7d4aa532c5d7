"""A vocabulary as files that are read back the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from indexer.vocabulary.columns import COLUMNS, KINDS, RELATIONS

if TYPE_CHECKING:
    from indexer.vocabulary.model import Vocabulary


def entries_csv(vocabulary: Vocabulary) -> bytes:
    """Its entries as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for each in vocabulary.entries:
        years = (each.term_years, each.other_years)
        bounds = [bound for span in years for bound in (span.first, span.last)]
        writer.writerow(
            [
                each.term,
                each.other,
                RELATIONS[each.relation],
                KINDS[each.kind],
                *("" if bound is None else bound for bound in bounds),
                each.note,
            ]
        )
    # With a byte-order mark, or the office's spreadsheet program shows mojibake.
    return text.getvalue().encode("utf-8-sig")


def words_text(vocabulary: Vocabulary) -> bytes:
    """Its words, one a line."""
    return "".join(f"{word}\n" for word in vocabulary.words).encode()
