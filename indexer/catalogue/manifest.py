"""A catalogue file to rows, good and bad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from indexer.catalogue import BadRow, CatalogueFile, CatalogueRow
from indexer.catalogue import columns as known
from indexer.catalogue.sheets import read_csv, read_jsonl, read_xlsx
from indexer.catalogue.values import (
    custody_of,
    date_of,
    disclosure_of,
    names_of,
    opening_of,
    paths_of,
    secrecy_of,
    text_of,
)
from indexer.custody import Custody, CustodyKind
from indexer.errors import ManifestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from indexer.access import Secrecy
    from indexer.catalogue.sheets import Cells, NumberedRow

SUFFIXES: Final = (".csv", ".xlsx", ".jsonl")
_MAX_SHOWN: Final = 60
T = TypeVar("T")
_SPECIAL: Final = frozenset(
    {
        known.ID,
        known.DATE,
        known.PERSONS,
        known.SECRECY,
        known.OPENING,
        known.DISCLOSURE,
        known.CUSTODY,
        known.TRANSFER_DUE,
        known.TRANSFERRED,
        known.FILES,
        known.ATTACHMENTS,
    }
)


class _BadValueError(ValueError):
    """A cell that cannot be used."""

    def __init__(self, problem: str, value: object = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.value = str(value)[:_MAX_SHOWN]


def read_manifest(path: Path) -> tuple[list[CatalogueRow], list[BadRow]]:
    """Every row of a catalogue.

    Raises:
        ManifestError: The file as a whole cannot be read.
    """
    try:
        cells = _reader(path)(path)
    except ManifestError:
        raise
    except Exception as error:  # any reader may raise anything on a hostile file
        raise ManifestError(f"{path.name}: {type(error).__name__}: {error}"[:300]) from error
    return _rows(cells)


def _reader(path: Path) -> Callable[[Path], list[NumberedRow]]:
    match path.suffix.lower():
        case ".csv":
            return read_csv
        case ".xlsx":
            return read_xlsx
        case ".jsonl":
            return read_jsonl
        case suffix:
            raise ManifestError(f"{suffix or 'no suffix'}: use {', '.join(SUFFIXES)}")


def _rows(numbered: Iterable[NumberedRow]) -> tuple[list[CatalogueRow], list[BadRow]]:
    rows: list[CatalogueRow] = []
    bad: list[BadRow] = []
    ids: set[str] = set()
    for number, cells in numbered:
        try:
            row = _row(number, cells, ids)
        except _BadValueError as error:
            bad.append(
                BadRow(
                    number=number,
                    problem=error.problem,
                    value=error.value,
                    paths=tuple(file.path for file in _files(cells or {})),
                    secrecy=_secrecy_anyhow(cells or {}),
                )
            )
            continue
        ids.add(row.external_id)
        rows.append(row)
    return rows, bad


def _row(number: int, cells: Cells | None, ids: set[str]) -> CatalogueRow:
    if cells is None:
        raise _BadValueError("not_a_row")
    texts = {name: _text(cells, name) for name in cells if name not in _SPECIAL}
    files = _files(cells)
    if not texts.get("title") and not files:
        raise _BadValueError("nothing_described")
    external_id = _text(cells, known.ID)
    if external_id and external_id in ids:
        raise _BadValueError("duplicate_id", external_id)
    return CatalogueRow(
        number=number,
        external_id=external_id,
        texts=texts,
        date=_value(cells, known.DATE, date_of, "bad_date"),
        persons=_persons(cells),
        secrecy=_value(cells, known.SECRECY, secrecy_of, "bad_secrecy"),
        opening=_value(cells, known.OPENING, opening_of, "bad_opening"),
        disclosure=_value(cells, known.DISCLOSURE, disclosure_of, "bad_disclosure"),
        custody=_custody(cells),
        files=files,
    )


def _custody(cells: Cells) -> Custody | None:
    """Who keeps it; a day of transfer without more says that it was transferred."""
    kind = _value(cells, known.CUSTODY, custody_of, "bad_custody")
    due_on = _value(cells, known.TRANSFER_DUE, date_of, "bad_transfer_date")
    transferred_on = _value(cells, known.TRANSFERRED, date_of, "bad_transfer_date")
    if kind is None:
        if due_on is None and transferred_on is None:
            return None
        kind = CustodyKind.UNIT if transferred_on is None else CustodyKind.TRANSFERRED
    return Custody(kind=kind, due_on=due_on, transferred_on=transferred_on)


def _text(cells: Cells, name: str) -> str:
    return _value(cells, name, str, "not_text") or ""


def _value(cells: Cells, name: str, meaning: Callable[[str], T], problem: str) -> T | None:
    """What the first cell of that field means; ``None`` where there is none."""
    cell = cells.get(name, [None])[0]
    try:
        text = text_of(cell)
        return meaning(text) if text else None
    except ValueError:
        raise _BadValueError(problem, cell) from None


def _persons(cells: Cells) -> tuple[str, ...]:
    return tuple(
        name
        for cell in cells.get(known.PERSONS, ())
        for each in (cell if isinstance(cell, list) else [cell])
        for name in _value({known.PERSONS: [each]}, known.PERSONS, names_of, "not_text") or ()
    )


def _files(cells: Cells) -> tuple[CatalogueFile, ...]:
    """Every file of the row, text before attachments; whatever is no path is passed over."""
    return tuple(
        CatalogueFile(path=path, is_attachment=name == known.ATTACHMENTS)
        for name in (known.FILES, known.ATTACHMENTS)
        for cell in cells.get(name, ())
        for each in (cell if isinstance(cell, list) else [cell])
        if not isinstance(each, dict | list)
        for path in paths_of(text_of(each))
    )


def _secrecy_anyhow(cells: Cells) -> Secrecy | None:
    """What a bad row says of its secrecy: its files must be kept back whatever else is wrong."""
    try:
        return _value(cells, known.SECRECY, secrecy_of, "bad_secrecy")
    except _BadValueError:
        return None
