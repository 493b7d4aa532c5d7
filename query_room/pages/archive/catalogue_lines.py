"""What a catalogue left over or apart, and what was read with a doubt, as lines of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import LazyString, gettext

from query_room.pages.archive.labels import DOUBTS, GROUNDS

if TYPE_CHECKING:
    from indexer.catalogue.gaps import Numbering
    from indexer.importing.catalogue_account import CatalogueAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an account.

    Attributes:
        subject: A path, or a row. note: What is the matter, or ``""``. detail: What exactly.
    """

    subject: str
    note: str | LazyString = ""
    detail: str | LazyString = ""


def catalogue_lines(account: CatalogueAccount | None) -> dict[str, tuple[Line, ...]]:
    """The lists of a catalogue's account, by their names in addresses."""
    if account is None:
        return {"without-file": (), "apart": (), "doubts": (), "numbers": ()}
    return {
        "without-file": tuple(
            Line(subject=place_of(each.sheet, each.number), detail=each.code)
            for each in account.without_file
        ),
        "apart": (
            *(
                Line(
                    subject="、".join(place_of(*row) for row in each.rows),
                    note=GROUNDS[each.ground],
                    detail="、".join(each.paths),
                )
                for each in account.ambiguous
            ),
            *(
                Line(
                    subject=each.folder,
                    note=gettext("not joined by order"),
                    detail=gettext(
                        "%(rows)s rows, %(files)s files", rows=each.rows, files=each.files
                    ),
                )
                for each in account.uneven
            ),
        ),
        "doubts": tuple(
            Line(
                subject=place_of(each.sheet, each.number),
                note=DOUBTS.get(each.problem, each.problem),
                detail=each.value,
            )
            for each in account.doubts
        ),
        "numbers": tuple(map(_numbering_line, account.numberings)),
    }


def place_of(sheet: str, number: int) -> str:
    """A row by its sheet and number."""
    row: str = gettext("Row %(number)s", number=number)
    return f"{sheet} {row}".strip()


def _numbering_line(each: Numbering) -> Line:
    """Which 件号 are missing or there twice."""
    place = each.place
    parts = (
        place.fonds, place.category, place.catalogue, place.year, place.retention, place.organ,
        place.volume,
    )  # fmt: skip
    runs = "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in each.missing
    )
    said = []
    if runs:
        said.append(gettext("missing %(numbers)s", numbers=runs))
    if each.repeated:
        said.append(gettext("twice %(numbers)s", numbers="、".join(map(str, each.repeated))))
    return Line(
        subject=" · ".join(filter(None, parts)) or gettext("(none)"), detail="；".join(said)
    )
