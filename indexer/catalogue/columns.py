"""By which names offices call the columns of a catalogue."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from typing import Final

from indexer.analysis.fold import fold

ID: Final = "external_id"
TITLE: Final = "title"
AGENCY: Final = "agency"
DATE: Final = "date"
DATE_YEAR: Final = "date_year"
DATE_MONTH: Final = "date_month"
DATE_DAY: Final = "date_day"
PERSONS: Final = "persons"
SECRECY: Final = "secrecy"
OPENING: Final = "opening"
DISCLOSURE: Final = "disclosure"
CUSTODY: Final = "custody"
TRANSFER_DUE: Final = "transfer_due"
TRANSFERRED: Final = "transferred"
FILES: Final = "files"
ATTACHMENTS: Final = "attachments"
FOLDER: Final = "folder"
EXTENSION: Final = "extension"
PAGE_COUNT: Final = "page_count"
PAGE_RANGE: Final = "page_range"
FIRST_PAGE: Final = "first_page"
LAST_PAGE: Final = "last_page"
SERIAL: Final = "serial"
REMARK: Final = "remark"
CATEGORY_CODE: Final = "category_code"
CATALOGUE: Final = "catalogue"
YEAR: Final = "year"
ORGAN: Final = "organ"

NOT_USED: Final = ""
"""What a profile says of a column that is to be passed over."""

ACCESS: Final = frozenset({SECRECY, OPENING, DISCLOSURE})
"""What decides who may see a record: read strictly, or the row is not used."""

FILLED_DOWN: Final = ACCESS | frozenset(
    {"fonds", "fonds_name", "category", "volume", "retention", "shelf_mark"}
    | {CATEGORY_CODE, CATALOGUE, YEAR, ORGAN, CUSTODY, FOLDER}
)
"""A cell merged over several rows means each of them here; of a title it would be wrong."""

NUMBERED: Final = frozenset({"fonds", "volume", "item", CATALOGUE})
"""Codes of digits whose leading zeros a spreadsheet may have dropped."""

_MARKS: Final = re.compile(
    r"[*＊※†‡§①-⑳⓪❶-❿⁰¹²³⁴-⁹]|\[\d{1,2}\]|〔\d{1,2}〕|【\d{1,2}】|[(（]注\d*[)）]|注\d{1,2}$"
)
_ENDS: Final = ":：。.、,，"
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")


def normal(heading: str) -> str:
    """A heading in one spelling.

    No white space, footnote marks or closing points; half width, simplified, lower case.
    """
    return fold("".join(_MARKS.sub("", heading).split())).strip(_ENDS)


def field_of(heading: str) -> str | None:
    """The field a heading names, or ``None`` for a column that is not known."""
    plain = normal(heading)
    return _BY_NAME.get(plain) or _BY_NAME.get(_IN_BRACKETS.sub("", plain).strip(_ENDS))


def _synonyms() -> dict[str, tuple[str, ...]]:
    text = (files(__package__) / "headings.csv").read_text("utf-8")
    return {row["field"]: tuple(row["names"].split()) for row in csv.DictReader(text.splitlines())}


SYNONYMS: Final = _synonyms()
"""Every field with the names of its column, from ``headings.csv``."""

FIELDS: Final = tuple(SYNONYMS)
"""Every field, in the order in which choices list them."""

_BY_NAME: Final = {normal(name): each for each, names in SYNONYMS.items() for name in names}
