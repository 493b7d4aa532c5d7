"""Rows of a workbook to lines of a register, and every cell that cannot be taken."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from query_room.ledgers.days import read_day, read_month
from query_room.ledgers.errors import LedgerRefusedError
from query_room.ledgers.model import (
    BadCell,
    BalanceLine,
    LedgerKind,
    LedgerPreview,
    MonthOfVisits,
    RequestLine,
)
from query_room.ledgers.workbooks import read_sheets
from query_room.statute.codes import ApplicantCategory, Disposition
from query_room.statute.dispositions import DISPOSITIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from query_room.ledgers.workbooks import Row, Sheet

_HEADER_ROWS: Final = 15
_NEEDED: Final = {
    LedgerKind.REQUESTS: frozenset({"received_on", "category"}),
    LedgerKind.BALANCES: frozenset({"year", "category", "count"}),
    LedgerKind.VISITS: frozenset({"month", "visits"}),
}
_TOTALS: Final = ("合计", "总计", "小计", "共计", "累计")
_NUMBER: Final = re.compile(r"[\w〔〕\[\]()（）第号\-./]{1,40}")
_NAME_LIKE: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_ALLOWED_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{0,8}(?=[〔\[(（\d])")
_MAX_COUNT: Final = 10**7
_FIRST_YEAR: Final = 2008  # 政府信息公开条例 (2007) came into force on 2008-05-01
_LAST_YEAR: Final = 2100


def read_ledger(
    content: bytes,
    kind: LedgerKind,
    organ_id: str,
    *,
    today: dt.date,
    known_numbers: Collection[tuple[int, str]] = (),
) -> LedgerPreview:
    """What a workbook holds of a register.

    Args:
        content: The workbook.
        kind: What it is a register of.
        organ_id: Whose it is.
        today: Later days are refused.
        known_numbers: Years and numbers of requests that the organ has already.

    Raises:
        LedgerRefusedError: It is no workbook, too large, or no sheet has a known header.
    """
    reading = _Reading(kind, today, known_numbers)
    for sheet in read_sheets(content):
        reading.read(sheet)
    if not reading.sheets:
        raise LedgerRefusedError("no_header")
    return LedgerPreview(
        kind=kind,
        organ_id=organ_id,
        file_hash=hashlib.sha256(content).hexdigest(),
        sheets=tuple(reading.sheets),
        unread_sheets=tuple(reading.unread_sheets),
        unread_columns=tuple(dict.fromkeys(reading.unread_columns)),
        totals=tuple(reading.totals),
        bad=tuple(reading.bad),
        requests=tuple(reading.requests),
        balances=tuple(reading.balances),
        visits=reading.months(),
    )


class _Reading:
    """What was found so far."""

    def __init__(
        self, kind: LedgerKind, today: dt.date, known: Collection[tuple[int, str]]
    ) -> None:
        self._kind = kind
        self._today = today
        self._months: dict[dt.date, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self._numbers = set(known)
        self.sheets: list[str] = []
        self.unread_sheets: list[str] = []
        self.unread_columns: list[str] = []
        self.totals: list[tuple[str, int]] = []
        self.bad: list[BadCell] = []
        self.requests: list[RequestLine] = []
        self.balances: list[BalanceLine] = []

    def months(self) -> tuple[MonthOfVisits, ...]:
        """Visits added up by month."""
        return tuple(
            MonthOfVisits(month=month, visits=v, volumes=vol, items=items, pages=pages)
            for month, (v, vol, items, pages) in sorted(self._months.items())
        )

    def read(self, sheet: Sheet) -> None:
        """Take in a sheet."""
        found = self._header(sheet)
        if found is None:
            self.unread_sheets.append(sheet.name)
            return
        at, columns = found
        self.sheets.append(sheet.name)
        for number, cells in sheet.rows:
            if number <= at:
                continue
            if self._is_header(cells, columns):
                continue  # printed registers repeat their heading on every page
            if any(_word(each).startswith(_TOTALS) for each in cells):
                self.totals.append((sheet.name, number))
                continue
            self._line(_Line(sheet.name, number, cells, columns))

    def _header(self, sheet: Sheet) -> tuple[int, dict[str, int]] | None:
        names = headings(self._kind)
        for number, cells in sheet.rows[:_HEADER_ROWS]:
            columns: dict[str, int] = {}
            unread = []
            for at, cell in enumerate(cells):
                word = _word(cell)
                field = names.get(word)
                if field is None or field in columns:
                    unread.extend([word] if word else [])
                else:
                    columns[field] = at
            if _NEEDED[self._kind] <= set(columns):
                self.unread_columns += unread
                return number, columns
        return None

    def _is_header(self, cells: Row, columns: dict[str, int]) -> bool:
        names = headings(self._kind)
        said = [names.get(_word(cells[at])) for at in columns.values() if at < len(cells)]
        return said.count(None) == 0

    def _line(self, line: _Line) -> None:
        match self._kind:
            case LedgerKind.REQUESTS:
                self._request(line)
            case LedgerKind.BALANCES:
                self._balance(line)
            case LedgerKind.VISITS:
                self._visit(line)
        self.bad += line.bad

    def _request(self, line: _Line) -> None:
        received_on = line.day("received_on", self._today)
        category = line.category()
        disposition = line.disposition()
        closed_on = line.optional_day("closed_on", self._today)
        number = line.number()
        if line.bad or received_on is None or category is None:
            return
        if closed_on is not None and closed_on < received_on:
            line.refuse("closed_on", "before_receipt")
        if disposition is not None and closed_on is None:
            line.refuse("closed_on", "result_without_day")
        if disposition is None and closed_on is not None:
            line.refuse("disposition", "day_without_result")
        if number and (received_on.year, number) in self._numbers:
            line.refuse("number", "twice")
        if line.bad:
            return
        if number:
            self._numbers.add((received_on.year, number))
        self.requests.append(
            RequestLine(
                number=number,
                received_on=received_on,
                category=category,
                disposition=disposition,
                closed_on=closed_on,
            )
        )

    def _balance(self, line: _Line) -> None:
        year = line.year()
        category = line.category()
        count = line.count("count")
        if line.bad or year is None or category is None:
            return
        if any((each.year, each.category) == (year, category) for each in self.balances):
            line.refuse("category", "twice")
            return
        self.balances.append(BalanceLine(year=year, category=category, count=count))

    def _visit(self, line: _Line) -> None:
        month = line.month(self._today)
        counts = [
            line.count(field, needed=field == "visits")
            for field in ("visits", "volumes", "items", "pages")
        ]
        if line.bad or month is None:
            return
        self._months[month] = [a + b for a, b in zip(self._months[month], counts, strict=True)]


class _Line:
    """A row being read."""

    def __init__(self, sheet: str, row: int, cells: Row, columns: dict[str, int]) -> None:
        self._place = sheet, row
        self._cells = cells
        self._columns = columns
        self.bad: list[BadCell] = []

    def value(self, field: str) -> object:
        """The cell of a field, or ``None``."""
        at = self._columns.get(field)
        value = None if at is None or at >= len(self._cells) else self._cells[at]
        return None if isinstance(value, str) and not value.strip() else value

    def refuse(self, field: str, reason: str) -> None:
        """List the cell as one that cannot be taken."""
        at = self._columns.get(field)
        self.bad.append(
            BadCell(
                sheet=self._place[0],
                row=self._place[1],
                column="" if at is None else get_column_letter(at + 1),
                field=field,
                value_class=_class_of(self.value(field)),
                reason=reason,
            )
        )

    def day(self, field: str, today: dt.date) -> dt.date | None:
        """The day of a field that every row has."""
        if self.value(field) is None:
            self.refuse(field, "missing")
            return None
        return self.optional_day(field, today)

    def optional_day(self, field: str, today: dt.date) -> dt.date | None:
        """The day of a field, or ``None`` where the cell is empty or bad."""
        value = self.value(field)
        if value is None:
            return None
        day = read_day(value)
        if day is None:
            self.refuse(field, "not_a_day")
        elif day > today:
            self.refuse(field, "in_future")
        return day

    def month(self, today: dt.date) -> dt.date | None:
        """The month of a row."""
        value = self.value("month")
        month = read_month(value)
        if value is None:
            self.refuse("month", "missing")
        elif month is None:
            self.refuse("month", "not_a_month")
        elif month > today:
            self.refuse("month", "in_future")
        return month

    def year(self) -> int | None:
        """The year of a row."""
        value = self.value("year")
        text = _word(value).removesuffix("年").removesuffix("年度")
        text = text.removesuffix(".0")
        if value is None:
            self.refuse("year", "missing")
        elif not re.fullmatch(r"\d{4}", text) or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
            self.refuse("year", "not_a_year")
        else:
            return int(text)
        return None

    def count(self, field: str, *, needed: bool = True) -> int:
        """A number; none is zero where it is not needed."""
        value = self.value(field)
        if value is None:
            if needed:
                self.refuse(field, "missing")
            return 0
        text = _word(value).replace(",", "").removesuffix(".0")
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,8}", text) or int(text) > _MAX_COUNT:
            self.refuse(field, "not_a_count")
            return 0
        return int(text)

    def category(self) -> ApplicantCategory | None:
        """Who applied."""
        value = self.value("category")
        if value is None:
            self.refuse("category", "missing")
            return None
        found = words("category").get(_word(value))
        if not found:
            self.refuse("category", "unknown_word")
            return None
        return ApplicantCategory(found)

    def disposition(self) -> Disposition | None:
        """How it ended, or ``None`` where it was open or the cell is bad."""
        value = self.value("disposition")
        found = words("disposition").get("" if value is None else _word(value))
        if found is None:
            self.refuse("disposition", "unknown_word")
        return Disposition(found) if found else None

    def number(self) -> str:
        """The number of the register; one that may name somebody is left out."""
        text = _word(self.value("number")).removesuffix(".0")
        if not text:
            return ""
        rest = _ALLOWED_WORDS.sub("", text)
        is_plain = _NUMBER.fullmatch(text) is not None and _NAME_LIKE.search(rest) is None
        return text if is_plain and any(sign.isdigit() for sign in text) else ""


@cache
def headings(kind: LedgerKind) -> dict[str, str]:
    """Fields by the headings that offices give them."""
    return {_word(row["heading"]): row["field"] for row in _table("headings.csv", kind.value)}


@cache
def words(field: str) -> dict[str, str]:
    """Codes by the words that offices use, the codes and texts of the law among them."""
    found = {_word(row["text"]): row["value"] for row in _table("values.csv", field)}
    if field == "disposition":
        for row in DISPOSITIONS.values():
            found[_word(row.text)] = row.disposition.value
            found[_word(row.disposition.value)] = row.disposition.value
    else:
        found |= {category.value: category.value for category in ApplicantCategory}
    return found


def _table(name: str, key: str) -> list[dict[str, str]]:
    text = files("query_room.ledgers").joinpath(name).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return [row for row in rows if key in (row.get("kind"), row["field"])]


def _word(value: object) -> str:
    """A cell as one word: width and space do not count."""
    if value is None or isinstance(value, bool):
        return ""
    return "".join(unicodedata.normalize("NFKC", str(value)).split()).strip("“”\"'*：:")


def _class_of(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "other"
        case str():
            return "text"
        case int() | float():
            return "number"
    return "date" if hasattr(value, "year") or hasattr(value, "hour") else "other"
