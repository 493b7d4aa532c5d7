"""What the page of a catalogue shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.importing.joining import Ground
from query_room.pages.archive.catalogue_lines import Line, catalogue_lines, place_of
from query_room.pages.archive.labels import DOUBTS, GROUNDS, ROW_PROBLEMS
from query_room.pages.archive.view_models import LISTS
from query_room.pages.labels import DISCLOSURES, OPENINGS, SECRECIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask_babel import LazyString

    from indexer.catalogue import BadRow, CatalogueRow, Doubt
    from indexer.catalogue.manifest import Catalogue, ColumnRead
    from indexer.importing.previewing import Preview

FIRST_ROWS: Final = 20
LINES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """A row as it would be read.

    Attributes:
        place: Sheet and number. is_secret: Nothing of it may be shown.
        cells: 档号, title, agency, number, date, level, files, in the order of the table.
    """

    place: str
    is_secret: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Rows with one problem: what it is, how many, the first of them."""

    label: str | LazyString
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueView:
    """A catalogue as it would be read.

    Attributes:
        columns: Every column once, however many sheets have it.
        rows: The first rows. bad, doubts: By kind.
        joined: Ground and how many rows.
        leftovers: What is left over or apart, each a title, a count and its first lines.
    """

    columns: tuple[ColumnRead, ...]
    rows: tuple[RowShown, ...]
    bad: tuple[Kind, ...]
    doubts: tuple[Kind, ...]
    joined: tuple[tuple[str | LazyString, int], ...]
    leftovers: tuple[Kind, ...]


def catalogue_view(preview: Preview) -> CatalogueView:
    """A catalogue as a page."""
    account = preview.account
    return CatalogueView(
        columns=_columns(preview.catalogue),
        rows=tuple(_row(row) for row in preview.catalogue.rows[:FIRST_ROWS]),
        bad=_kinds(preview.bad_rows, ROW_PROBLEMS),
        doubts=_kinds(preview.catalogue.doubts, DOUBTS),
        joined=tuple((GROUNDS[Ground(name)], count) for name, count in account.joined_by.items()),
        leftovers=tuple(kind for kind in _leftovers(preview) if kind.count),
    )


def _leftovers(preview: Preview) -> Iterable[Kind]:
    lines = catalogue_lines(preview.account)
    if preview.has_folder:
        unlisted = tuple(Line(subject=path) for path in preview.unlisted)
        yield _kind("unlisted", unlisted)
        yield _kind("without-file", lines["without-file"])
        yield _kind("apart", lines["apart"])
    yield _kind("numbers", lines["numbers"])


def _kind(name: str, lines: tuple[Line, ...]) -> Kind:
    return Kind(label=LISTS[name], count=len(lines), lines=lines[:LINES])


def _columns(catalogue: Catalogue) -> tuple[ColumnRead, ...]:
    found: dict[str, ColumnRead] = {}
    for sheet in catalogue.sheets:
        for column in sheet.columns:
            found.setdefault(column.name, column)
    return tuple(found.values())


def _row(row: CatalogueRow) -> RowShown:
    is_secret = row.secrecy is not None and row.secrecy.is_state_secret
    level = (
        str(SECRECIES.get(row.secrecy, "")) if row.secrecy else "",
        str(OPENINGS[row.opening]) if row.opening else "",
        str(DISCLOSURES[row.disclosure]) if row.disclosure else "",
    )
    texts = row.texts
    return RowShown(
        place=place_of(row.sheet, row.number),
        is_secret=is_secret,
        cells=()
        if is_secret
        else (
            texts.get("archival_code", ""),
            texts.get("title", ""),
            texts.get("agency", ""),
            texts.get("document_number", ""),
            row.date.isoformat() if row.date else "",
            " · ".join(filter(None, level)),
            "；".join(file.path for file in row.files) or row.folder,
        ),
    )


def _kinds(rows: Iterable[BadRow | Doubt], words: Mapping[str, LazyString]) -> tuple[Kind, ...]:
    found = list(rows)
    counts = Counter(each.problem for each in found)
    return tuple(
        Kind(
            label=words.get(problem, problem),
            count=count,
            lines=tuple(
                Line(subject=place_of(each.sheet, each.number), detail=each.value)
                for each in [one for one in found if one.problem == problem][:LINES]
            ),
        )
        for problem, count in counts.most_common()
    )
