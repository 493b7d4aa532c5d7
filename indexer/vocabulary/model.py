"""Entries and words, and what changes from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.analysis.thesaurus import ALWAYS, MIN_TERM, Link, Relation, Thesaurus, key_of_term
from indexer.errors import VocabularyRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.analysis.thesaurus import Years

MAX_ENTRIES: Final = 5_000
MAX_WORDS: Final = 5_000
MAX_TERM: Final = 40
"""Characters of a term or word."""
MAX_NOTE: Final = 200
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class Kind(StrEnum):
    """What a term names; for finding entries again, it has no effect."""

    TERM = "term"
    AGENCY = "agency"
    PLACE = "place"
    UNIT = "unit"
    EVERYDAY = "everyday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Two terms that are one thing.

    Attributes:
        term, other: As written. relation: What they are to each other.
        term_years, other_years: When each was in use; unlimited where nobody says.
        note: Where it is known from, or ``""``.
    """

    term: str
    other: str
    relation: Relation = Relation.SAME
    kind: Kind = Kind.TERM
    term_years: Years = ALWAYS
    other_years: Years = ALWAYS
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this entry and no other; the rest may change."""
        return key_of_term(self.term), key_of_term(self.other)

    @property
    def link(self) -> Link:
        """The same for a thesaurus."""
        return Link(
            term=self.term,
            other=self.other,
            relation=self.relation,
            term_years=self.term_years,
            other_years=self.other_years,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A whole version: entries by their terms, words in order; make it with :func:`vocabulary`."""

    entries: tuple[Entry, ...] = ()
    words: tuple[str, ...] = ()

    def thesaurus(self) -> Thesaurus:
        """Its entries for analysis."""
        return Thesaurus(each.link for each in self.entries)

    def joined(self, entries: Iterable[Entry] = (), words: Iterable[str] = ()) -> Vocabulary:
        """With entries and words besides; an entry of the same terms takes the place of its own.

        Raises:
            VocabularyRefusedError: That is too many.
        """
        return vocabulary((*self.entries, *entries), (*self.words, *words))

    def without(
        self, keys: Iterable[tuple[str, str]] = (), words: Iterable[str] = ()
    ) -> Vocabulary:
        """Without some entries and words; those it lacks are no error."""
        gone, gone_words = frozenset(keys), frozenset(map(key_of_term, words))
        return Vocabulary(
            entries=tuple(each for each in self.entries if each.key not in gone),
            words=tuple(each for each in self.words if key_of_term(each) not in gone_words),
        )


NO_VOCABULARY: Final = Vocabulary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one version has that another has not.

    Attributes:
        changed: Entries as they were and as they are.
    """

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    changed: tuple[tuple[Entry, Entry], ...] = ()
    words_added: tuple[str, ...] = ()
    words_removed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return self == Revision()


def vocabulary(entries: Iterable[Entry] = (), words: Iterable[str] = ()) -> Vocabulary:
    """A version of entries and words in any order; of those that are one, the last counts.

    Raises:
        VocabularyRefusedError: They are too many.
    """
    by_key = {each.key: each for each in entries}
    by_word = {key_of_term(each): each for each in words}
    if len(by_key) > MAX_ENTRIES or len(by_word) > MAX_WORDS:
        raise VocabularyRefusedError("too_many")
    return Vocabulary(
        entries=tuple(by_key[key] for key in sorted(by_key)),
        words=tuple(by_word[key] for key in sorted(by_word)),
    )


def revision(before: Vocabulary, after: Vocabulary) -> Revision:
    """What is different in ``after``."""
    old, new = ({each.key: each for each in version.entries} for version in (before, after))
    return Revision(
        added=tuple(each for key, each in new.items() if key not in old),
        removed=tuple(each for key, each in old.items() if key not in new),
        changed=tuple(
            (old[key], each) for key, each in new.items() if key in old and old[key] != each
        ),
        words_added=tuple(each for each in after.words if each not in before.words),
        words_removed=tuple(each for each in before.words if each not in after.words),
    )


def entry_fault(entry: Entry) -> str:
    """Why an entry cannot be kept, as a word, or ``""``."""
    for term in (entry.term, entry.other):
        if fault := term_fault(term):
            return fault
    if len(set(entry.key)) == 1:
        return "same"
    for years in (entry.term_years, entry.other_years):
        bounds = [year for year in (years.first, years.last) if year is not None]
        if bounds != sorted(bounds) or not all(FIRST_YEAR <= y <= LAST_YEAR for y in bounds):
            return "years"
    if len(entry.note) > MAX_NOTE or not _is_printable(entry.note):
        return "note"
    return "note" if entry.note.startswith(_FORMULA) else ""


def term_fault(term: str) -> str:
    """Why a term or word cannot be kept, as a word, or ``""``."""
    if len(key_of_term(term)) < MIN_TERM:
        return "too_short"
    if len(term) > MAX_TERM:
        return "too_long"
    # Begun with anything else, a spreadsheet could take it for a formula.
    if not key_of_term(term[0]) or not _is_printable(term):
        return "not_a_term"
    return ""


def _is_printable(text: str) -> bool:
    return all(character.isprintable() for character in text)
