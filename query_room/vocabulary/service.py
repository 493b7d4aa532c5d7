"""The table of variants and the office's words: looked at, changed, gone back on."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from indexer.database import reading, utc_now, writing
from indexer.errors import VocabularyRefusedError
from indexer.indexing.generating import begin_vocabulary
from indexer.indexing.revising import go_back, revise
from indexer.repositories import generations, vocabularies
from indexer.storage.atomic import write_atomically
from indexer.vocabulary import Revision, Vocabulary, read_entries, read_words, revision
from indexer.vocabulary.model import entry_fault, term_fault, vocabulary
from search_api.log import EventKind, NewEvent, append

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from indexer.repositories.vocabularies import VersionRow
    from indexer.settings import IndexerSettings
    from indexer.vocabulary import Entry, Problem

_KEPT_S: Final = 7 * 24 * 3600
_UPLOAD: Final = re.compile(r"[0-9a-f]{64}")
_SUFFIX: Final = ".vocabulary"


class Holding(StrEnum):
    """What a file holds."""

    ENTRIES = "entries"
    WORDS = "words"


class Taking(StrEnum):
    """What becomes of what a file does not name."""

    ADD = "add"  # it stays
    REPLACE = "replace"  # it goes: the file is the whole table


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent:
    """A file that was sent, and how it is to be taken."""

    upload: str
    holding: Holding
    taking: Taking


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentVocabulary:
    """The version in force.

    Attributes:
        number: Its number.
        serving: The version that answers: the one in force, or that of the generation which answers
            until the next one is whole.
    """

    number: int
    serving: int
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a file would do.

    Attributes:
        based_on: The version that it was compared with. after: As it would be.
        problems: Lines that are not taken.
    """

    based_on: int
    after: Vocabulary
    revision: Revision
    problems: tuple[Problem, ...]


class VocabularyService:
    """The vocabulary; whoever changes it is named, and the log has it.

    Args:
        engine: The database. settings: Of the index and the data folder.
    """

    def __init__(self, *, engine: Engine, settings: IndexerSettings) -> None:
        self._engine = engine
        self._settings = settings

    def present(self) -> PresentVocabulary:
        """The version in force, and the one that answers."""
        self._begin()
        with reading(self._engine) as connection:
            serving = generations.serving(connection)
            number = vocabularies.newest(connection)
            return PresentVocabulary(
                number=number,
                serving=serving.vocabulary if serving else number,
                vocabulary=vocabularies.load(connection, number),
            )

    def versions(self) -> list[VersionRow]:
        """Every version, the newest first."""
        self._begin()
        with reading(self._engine) as connection:
            return vocabularies.list_all(connection)

    def version(self, number: int) -> tuple[VersionRow, Revision]:
        """One version, and what it changed.

        Raises:
            VocabularyRefusedError: There is no such version.
        """
        with reading(self._engine) as connection:
            rows = {row.number: row for row in vocabularies.list_all(connection)}
            if number not in rows:
                raise VocabularyRefusedError("no_version")
            before, after = (vocabularies.load(connection, n) for n in (number - 1, number))
        return rows[number], revision(before, after)

    def at_version(self, number: int) -> Vocabulary:
        """The vocabulary as it was.

        Raises:
            VocabularyRefusedError: There is no such version.
        """
        with reading(self._engine) as connection:
            return vocabularies.load(connection, number)

    def with_entry(self, entry: Entry, *, instead_of: tuple[str, str] | None = None) -> Vocabulary:
        """The version in force with one entry more, or with another in an entry's place.

        Raises:
            VocabularyRefusedError: It cannot be one, or the one to be changed is gone.
        """
        present = self.present().vocabulary
        if fault := entry_fault(entry):
            raise VocabularyRefusedError(fault)
        if instead_of is None and entry.key in {each.key for each in present.entries}:
            raise VocabularyRefusedError("exists")
        if instead_of is not None:
            _require_entry(present, instead_of)
            present = present.without([instead_of])
        return present.joined([entry])

    def keep_entry(
        self,
        entry: Entry,
        *,
        reason: str,
        by: str,
        instead_of: tuple[str, str] | None = None,
    ) -> int:
        """The number of a version with one entry more, or with another in an entry's place.

        Raises:
            VocabularyRefusedError: It cannot be one.
        """
        return self._keep(self.with_entry(entry, instead_of=instead_of), reason, by)

    def remove_entry(self, key: tuple[str, str], *, reason: str, by: str) -> int:
        """The number of a version without one entry.

        Raises:
            VocabularyRefusedError: There is none of these terms.
        """
        present = self.present().vocabulary
        _require_entry(present, key)
        return self._keep(present.without([key]), reason, by)

    def keep_word(self, word: str, *, reason: str, by: str) -> int:
        """The number of a version with one word more.

        Raises:
            VocabularyRefusedError: It cannot be one.
        """
        if fault := term_fault(word):
            raise VocabularyRefusedError(fault)
        return self._keep(self.present().vocabulary.joined(words=[word]), reason, by)

    def remove_word(self, word: str, *, reason: str, by: str) -> int:
        """The number of a version without one word."""
        return self._keep(self.present().vocabulary.without(words=[word]), reason, by)

    def receive(self, content: bytes, holding: Holding) -> str:
        """A file that was sent, kept for some days; what addresses call it.

        Raises:
            VocabularyRefusedError: It cannot be read at all.
        """
        _read(content, holding)
        folder = self._settings.catalogues
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder)
        called = hashlib.sha256(content).hexdigest()
        write_atomically(folder / f"{called}{_SUFFIX}", content, incoming=folder)
        return called

    def foresee(self, sent: FileSent) -> Foreseen:
        """What a file that was sent would do; nothing is changed.

        Raises:
            VocabularyRefusedError: It is there no more, or holds too much.
        """
        return self.foresee_content(self._content(sent), sent.holding, sent.taking)

    def foresee_content(self, content: bytes, holding: Holding, taking: Taking) -> Foreseen:
        """The same of the bytes of a file.

        Raises:
            VocabularyRefusedError: It cannot be read, or holds too much.
        """
        present = self.present()
        read, problems = _read(content, holding)
        before = present.vocabulary
        if taking is Taking.ADD:
            after = before.joined(read.entries, read.words)
        elif holding is Holding.ENTRIES:
            after = vocabulary(read.entries, before.words)
        else:
            after = vocabulary(before.entries, read.words)
        return Foreseen(
            based_on=present.number,
            after=after,
            revision=revision(before, after),
            problems=problems,
        )

    def take(
        self,
        foreseen: Foreseen,
        taking: Taking,
        *,
        reason: str,
        by: str,
        based_on: int | None = None,
    ) -> int:
        """The number of the version that a file makes.

        Args:
            foreseen: What it does.
            taking: How it is taken; one that is the whole table is taken whole or not at all, or
                a damaged line would take its entry away.
            reason: Why.
            by: Who.
            based_on: The version that was looked at.

        Raises:
            VocabularyRefusedError: It cannot be taken.
        """
        if foreseen.problems and taking is Taking.REPLACE:
            raise VocabularyRefusedError("problems")
        return self._keep(foreseen.after, reason, by, based_on or foreseen.based_on)

    def restore(self, number: int, *, reason: str, by: str) -> int:
        """The number of a new version that is like an earlier one.

        Raises:
            VocabularyRefusedError: There is no such version, or no reason is given.
        """
        with writing(self._engine) as connection:
            made = go_back(connection, self._settings, number, by=by, reason=reason, at=utc_now())
            _note(connection, made, by, restores=number)
        return made

    def _begin(self) -> None:
        """Make the first version where no generation has made it yet."""
        with reading(self._engine) as connection:
            is_begun = vocabularies.newest(connection) > 0
        if not is_begun:
            with writing(self._engine) as connection:
                begin_vocabulary(connection, at=utc_now())

    def _keep(self, after: Vocabulary, reason: str, by: str, based_on: int | None = None) -> int:
        with writing(self._engine) as connection:
            before = vocabularies.newest(connection)
            number = revise(
                connection,
                self._settings,
                after,
                by=by,
                reason=reason,
                at=utc_now(),
                based_on=based_on or None,
            )
            if number != before:
                _note(connection, number, by)
        return number

    def _content(self, sent: FileSent) -> bytes:
        path = self._settings.catalogues / f"{sent.upload}{_SUFFIX}"
        if not _UPLOAD.fullmatch(sent.upload) or not path.is_file():
            raise VocabularyRefusedError("no_file")
        return path.read_bytes()


def _note(connection: Connection, number: int, by: str, *, restores: int | None = None) -> None:
    append(
        connection,
        NewEvent(
            at=utc_now(),
            kind=EventKind.VOCABULARY_CHANGED,
            subject=str(number),
            body={"by": by, **({"restores": restores} if restores else {})},
        ),
    )


def _read(content: bytes, holding: Holding) -> tuple[Vocabulary, tuple[Problem, ...]]:
    if holding is Holding.ENTRIES:
        table = read_entries(content)
        return vocabulary(table.entries), table.problems
    words = read_words(content)
    return vocabulary(words=words.words), words.problems


def _require_entry(present: Vocabulary, key: tuple[str, str]) -> None:
    if key not in {each.key for each in present.entries}:
        raise VocabularyRefusedError("no_entry")


def _sweep(folder: Path) -> None:
    """Forget files that were sent long ago."""
    oldest = time.time() - _KEPT_S
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
