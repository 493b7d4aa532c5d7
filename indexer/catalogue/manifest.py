"""A catalogue file to rows, good and bad."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from indexer.catalogue import BadRow, CatalogueFile, CatalogueRow
from indexer.catalogue import columns as known
from indexer.catalogue.values import DISCLOSURE, OPENING, names_of, paths_of, secrecy_of
from indexer.errors import ExtractionError, ManifestError
from indexer.extraction.encoding import decode
from indexer.official.document_dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.dates import PartialDate

SUFFIXES: Final = (".csv", ".xlsx", ".jsonl")
_HEADER_ROWS: Final = 15
_MAX_SHOWN: Final = 60
_SPECIAL: Final = frozenset(
    {
        known.ID,
        known.DATE,
        known.PERSONS,
        known.SECRECY,
        known.OPENING,
        known.DISCLOSURE,
        known.FILES,
        known.ATTACHMENTS,
    }
)


class _BadValueError(ValueError):
    """A cell that cannot be used."""

    def __init__(self, problem: str, value: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.value = value


def read_manifest(path: Path) -> tuple[list[CatalogueRow], list[BadRow]]:
    """Every row of a catalogue.

    Raises:
        ManifestError: The file as a whole cannot be read.
    """
    try:
        match path.suffix.lower():
            case ".csv":
                cells = _csv(path)
            case ".xlsx":
                cells = _xlsx(path)
            case ".jsonl":
                cells = _jsonl(path)
            case suffix:
                raise ManifestError(f"{suffix or 'no suffix'}: use {', '.join(SUFFIXES)}")
        rows: list[CatalogueRow] = []
        bad: list[BadRow] = []
        ids: set[str] = set()
        for number, values in cells:
            try:
                row = _row(number, values)
                if row.external_id and row.external_id in ids:
                    raise _BadValueError("duplicate_id", row.external_id)
            except _BadValueError as error:
                bad.append(BadRow(number=number, problem=error.problem, value=error.value))
                continue
            ids.add(row.external_id)
            rows.append(row)
    except ManifestError:
        raise
    except Exception as error:  # any reader may raise anything on a hostile file
        raise ManifestError(f"{path.name}: {type(error).__name__}: {error}"[:300]) from error
    return rows, bad


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = decode(path.read_bytes())
    except ExtractionError as error:
        raise ManifestError(f"{path.name}: {error}") from error
    dialect = "excel-tab" if text.partition("\n")[0].count("\t") > 1 else "excel"
    return _table(enumerate(csv.reader(io.StringIO(text), dialect), start=1))


def _xlsx(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        yield from _table(enumerate(sheet.iter_rows(values_only=True), start=1))
    finally:
        book.close()


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(decode(path.read_bytes()).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            yield number, {"": line}
            continue
        named = ((known.field_of(name), value) for name, value in found.items())
        yield number, {name: value for name, value in named if name and value is not None}


def _table(rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows under a header, which may stand below a title or two."""
    header: list[str | None] | None = None
    for number, cells in rows:
        if header is None:
            fields = [known.field_of(str(cell)) if cell else None for cell in cells]
            if len(set(filter(None, fields))) >= 2:  # noqa: PLR2004 - one alone may be chance
                header = fields
            elif number >= _HEADER_ROWS:
                break
            continue
        values = {
            name: cell
            for name, cell in zip(header, cells, strict=False)
            if name and cell is not None and str(cell).strip()
        }
        if values:
            yield number, values
    if header is None:
        raise ManifestError("no row names the columns (题名, 文号, 日期, 文件 …)")


def _row(number: int, values: dict[str, Any]) -> CatalogueRow:
    if "" in values:
        raise _BadValueError("not_a_row", str(values[""])[:_MAX_SHOWN])
    texts = {name: _text(value) for name, value in values.items() if name not in _SPECIAL}
    files = [CatalogueFile(path=path) for path in _paths(values.get(known.FILES))]
    files += [
        CatalogueFile(path=path, is_attachment=True)
        for path in _paths(values.get(known.ATTACHMENTS))
    ]
    if not texts.get("title") and not files:
        raise _BadValueError("nothing_described", "")
    persons = values.get(known.PERSONS, "")
    return CatalogueRow(
        number=number,
        external_id=_text(values.get(known.ID, "")),
        texts=texts,
        date=_date(values.get(known.DATE)),
        persons=tuple(map(str, persons)) if isinstance(persons, list) else names_of(_text(persons)),
        secrecy=_one_of(values, known.SECRECY, secrecy_of, "bad_secrecy"),
        opening=_one_of(values, known.OPENING, OPENING.get, "bad_opening"),
        disclosure=_one_of(values, known.DISCLOSURE, DISCLOSURE.get, "bad_disclosure"),
        files=tuple(files),
    )


def _one_of(values: dict[str, Any], name: str, meaning: Any, problem: str) -> Any:  # noqa: ANN401
    text = _text(values.get(name, ""))
    if not text:
        return None
    found = meaning(text)
    if found is None:
        raise _BadValueError(problem, text[:_MAX_SHOWN])
    return found


def _date(value: object) -> PartialDate | None:
    if isinstance(value, dt.datetime | dt.date):
        value = value.strftime("%Y-%m-%d")
    text = _text(value)
    if not text:
        return None
    date = parse_date(text)
    if date is None:
        raise _BadValueError("bad_date", text[:_MAX_SHOWN])
    return date


def _paths(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return paths_of(_text(value))


def _text(value: object) -> str:
    if value is None:
        return ""
    # Excel keeps 0001 as the number 1.0 unless the cell is text.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
