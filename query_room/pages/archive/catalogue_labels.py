"""Words for catalogues and profiles, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import LazyString, lazy_gettext

from indexer.catalogue.profiles import CodeRule, SheetNames

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Final[Mapping[str, LazyString]] = {
    "archival_code": lazy_gettext("Reference code"),
    "title": lazy_gettext("Title"),
    "agency": lazy_gettext("Agency"),
    "document_number": lazy_gettext("Document number"),
    "date": lazy_gettext("Date"),
    "date_year": lazy_gettext("Date: year"),
    "date_month": lazy_gettext("Date: month"),
    "date_day": lazy_gettext("Date: day"),
    "genre": lazy_gettext("Genre"),
    "secrecy": lazy_gettext("Secrecy"),
    "opening": lazy_gettext("Opening"),
    "disclosure": lazy_gettext("Disclosure"),
    "fonds": lazy_gettext("Fonds"),
    "fonds_name": lazy_gettext("Name of the fonds"),
    "category": lazy_gettext("Category"),
    "category_code": lazy_gettext("Category code"),
    "catalogue": lazy_gettext("Catalogue number"),
    "volume": lazy_gettext("Volume"),
    "item": lazy_gettext("Item number"),
    "year": lazy_gettext("Filing year"),
    "retention": lazy_gettext("Retention"),
    "organ": lazy_gettext("Organ or matter"),
    "files": lazy_gettext("Electronic file"),
    "attachments": lazy_gettext("Attachments"),
    "folder": lazy_gettext("Folder"),
    "extension": lazy_gettext("Suffix"),
    "page_range": lazy_gettext("Pages from and to"),
    "first_page": lazy_gettext("First page"),
    "last_page": lazy_gettext("Last page"),
    "page_count": lazy_gettext("Number of pages (not kept)"),
    "serial": lazy_gettext("Serial number (not kept)"),
    "external_id": lazy_gettext("Identifier"),
    "index_number": lazy_gettext("Index number"),
    "shelf_mark": lazy_gettext("Shelf mark"),
    "summary": lazy_gettext("Summary"),
    "remark": lazy_gettext("Remark"),
    "persons": lazy_gettext("Persons"),
    "custody": lazy_gettext("Custody"),
    "transfer_due": lazy_gettext("Transfer due on"),
    "transferred": lazy_gettext("Transferred on"),
}
"""What a column may be read as, in the order in which it is offered."""
CODE_RULES: Final[Mapping[CodeRule, LazyString]] = {
    CodeRule.NONE: lazy_gettext("Not built"),
    CodeRule.BY_ITEM: lazy_gettext("By item: fonds-category·year-retention-organ-item"),
    CodeRule.BY_VOLUME: lazy_gettext("By volume: fonds-catalogue-volume-item"),
}
SHEET_NAMES: Final[Mapping[SheetNames, LazyString]] = {
    SheetNames.NOTHING: lazy_gettext("Nothing"),
    SheetNames.YEAR: lazy_gettext("The filing year"),
    SheetNames.RETENTION: lazy_gettext("The retention"),
}
