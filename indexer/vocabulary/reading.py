"""Tables of entries and lists of words, as offices keep them, read line by line.

Files are hostile or damaged: a line that cannot be read is named with its reason, and the others
are read all the same. Nothing is taken for what it does not say.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from indexer.analysis.thesaurus import Relation, Years, key_of_term
from indexer.errors import VocabularyRefusedError
from indexer.vocabulary.columns import COLUMNS, KINDS, RELATIONS
from indexer.vocabulary.model import Entry, Kind, entry_fault, term_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES: Final = 2 << 20
MAX_LINES: Final = 20_000
_MAX_LINE: Final = 1_000
_MAX_DIGITS: Final = 4
_SHOWN: Final = 60
_DELIMITERS: Final = (",", "\t", ";", "，")
Choice = TypeVar("Choice", Relation, Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line that was not taken.

    Attributes:
        line: 1-based. reason: A stable word; screens and commands have their own for it.
        text: What stands there, shortened.
    """

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntries:
    """A table as it was read."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWords:
    """A list as it was read."""

    words: tuple[str, ...]
    problems: tuple[Problem, ...]


class _LineError(ValueError):
    """A line cannot be taken; its one argument is the reason."""


def read_entries(content: bytes) -> ReadEntries:
    """The entries of a CSV file whose first line names the columns, in any order.

    Args:
        content: UTF-8 with or without a mark, or GB 18030.

    Raises:
        VocabularyRefusedError: It is no text, too large, or its first line names no columns.
    """
    lines = list(_lines(content))
    if not lines:
        raise VocabularyRefusedError("empty")
    head, *rest = lines
    delimiter = max(_DELIMITERS, key=head[1].count)
    fields = _fields(head[1], delimiter)
    entries: dict[tuple[str, str], Entry] = {}
    problems: list[Problem] = []
    for number, line in rest:
        try:
            entry = _entry(_cells(line, delimiter, fields))
            if entry.key in entries:
                raise _LineError("repeated")  # noqa: TRY301 - one way to be told
        except _LineError as error:
            problems.append(Problem(line=number, reason=str(error), text=line[:_SHOWN]))
        else:
            entries[entry.key] = entry
    return ReadEntries(entries=tuple(entries.values()), problems=tuple(problems))


def read_words(content: bytes) -> ReadWords:
    """The words of a text, one a line; what follows the first space of a line is not read.

    That is how jieba's own dictionaries have frequency and part of speech behind a word.

    Raises:
        VocabularyRefusedError: It is no text, or too large.
    """
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in _lines(content):
        word = line.split()[0]
        fault = term_fault(word) or ("repeated" if key_of_term(word) in words else "")
        if fault:
            problems.append(Problem(line=number, reason=fault, text=line[:_SHOWN]))
        else:
            words[key_of_term(word)] = word
    return ReadWords(words=tuple(words.values()), problems=tuple(problems))


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """Lines that are not empty, by number. Cells hold no line breaks: each line is a whole row."""
    if len(content) > MAX_BYTES:
        raise VocabularyRefusedError("too_large")
    lines = _text(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise VocabularyRefusedError("too_large")
    # A spreadsheet writes rows of nothing but commas below the last one.
    return (
        (number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip().strip(' \t,;"，')
    )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise VocabularyRefusedError("not_text")


def _fields(line: str, delimiter: str) -> list[str]:
    known = {name: field for field, name in COLUMNS.items()} | {field: field for field in COLUMNS}
    try:
        names = [cell.strip() for cell in _split(line, delimiter)]
    except _LineError:
        names = []
    fields = [known.get(name, "") for name in names]
    while fields and not names[len(fields) - 1]:
        fields.pop()
    if "" in fields or len(set(fields)) != len(fields) or not {"term", "other"} <= set(fields):
        raise VocabularyRefusedError("columns")
    return fields


def _cells(line: str, delimiter: str, fields: list[str]) -> Mapping[str, str]:
    cells = [cell.strip() for cell in _split(line, delimiter)]
    if any(cells[len(fields) :]):
        raise _LineError("cells")
    return dict(zip(fields, cells, strict=False))


def _split(line: str, delimiter: str) -> list[str]:
    if len(line) > _MAX_LINE:
        raise _LineError("damaged")
    try:
        (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        raise _LineError("damaged") from None
    return cells


def _entry(cells: Mapping[str, str]) -> Entry:
    entry = Entry(
        term=cells.get("term", ""),
        other=cells.get("other", ""),
        relation=_chosen(cells, "relation", RELATIONS, Relation.SAME),
        kind=_chosen(cells, "kind", KINDS, Kind.TERM),
        term_years=Years(_year(cells, "term_first"), _year(cells, "term_last")),
        other_years=Years(_year(cells, "other_first"), _year(cells, "other_last")),
        note=cells.get("note", ""),
    )
    if fault := entry_fault(entry):
        raise _LineError(fault)
    return entry


def _chosen(
    cells: Mapping[str, str], field: str, names: Mapping[Choice, str], otherwise: Choice
) -> Choice:
    text = cells.get(field, "")
    if not text:
        return otherwise
    for choice, name in names.items():
        if text in {name, choice.value}:
            return choice
    raise _LineError(field)


def _year(cells: Mapping[str, str], field: str) -> int | None:
    text = cells.get(field, "").removesuffix("年")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == _MAX_DIGITS):
        raise _LineError("years")
    return int(text)
