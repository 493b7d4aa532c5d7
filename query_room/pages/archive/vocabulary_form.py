"""The form of an entry: from its fields to an entry, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from indexer.analysis.thesaurus import Relation, Years
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Final = (
    *("term", "other", "relation", "kind", "note"),
    *("term_first", "term_last", "other_first", "other_last"),
)
_DIGITS: Final = 4
Choice = TypeVar("Choice", Relation, Kind)


def entry_of(form: Mapping[str, str]) -> Entry:
    """The entry that a form describes.

    Raises:
        VocabularyRefusedError: A choice or a year cannot be read.
    """
    return Entry(
        term=form["term"],
        other=form["other"],
        relation=_chosen(form, "relation", Relation),
        kind=_chosen(form, "kind", Kind),
        term_years=Years(_year(form["term_first"]), _year(form["term_last"])),
        other_years=Years(_year(form["other_first"]), _year(form["other_last"])),
        note=form["note"],
    )


def fields_of(entry: Entry) -> dict[str, str]:
    """An entry as the fields of its form."""
    return {
        "term": entry.term,
        "other": entry.other,
        "relation": entry.relation.value,
        "kind": entry.kind.value,
        "note": entry.note,
        "term_first": str(entry.term_years.first or ""),
        "term_last": str(entry.term_years.last or ""),
        "other_first": str(entry.other_years.first or ""),
        "other_last": str(entry.other_years.last or ""),
    }


def _chosen(form: Mapping[str, str], field: str, kind: type[Choice]) -> Choice:
    try:
        return kind(form[field])
    except ValueError:
        raise VocabularyRefusedError(field) from None


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == _DIGITS):
        raise VocabularyRefusedError("years")
    return int(text)
