"""What a record's pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import url_for
from flask_babel import LazyString, gettext

from indexer.database import utc_now
from indexer.records import TextState
from query_room.pages import labels
from query_room.pages.requests.labels import REQUEST_KINDS
from query_room.requests.routing import route_of
from search_api.china_time import day_in_china
from search_api.texts import page_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.custody import Custody
    from indexer.records import Record, RecordFile
    from search_api.answers import Fragment, PageText

Label: TypeAlias = "str | LazyString"
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the metadata block."""

    name: str
    value: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of the record.

    Attributes:
        problem: Why it has no text, or ``""``.
        read_url: Its first page, or ``None`` where it has no text.
        download_url: The original, or ``None`` where it is not kept.
    """

    name: str
    role: Label
    size: str
    page_count: int
    problem: Label
    read_url: str | None
    download_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record's own page."""

    record: Record
    facts: tuple[Fact, ...]
    files: tuple[FileView, ...]
    is_paper_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One page of a record, to be read and turned."""

    record: Record
    file_name: str
    page: int
    last_page: int
    fragments: tuple[Fragment, ...]
    record_url: str
    previous_url: str | None
    next_url: str | None
    uses_url: str


def record_view(record: Record, origin: Mapping[str, Any]) -> RecordView:
    """The record's own page; ``origin`` is the question it was opened from, for links."""
    return RecordView(
        record=record,
        facts=_facts(record),
        files=tuple(_file(record, file, origin) for file in record.files),
        is_paper_only=record.text_state is TextState.PAPER,
    )


def reading_view(shown: PageText, origin: Mapping[str, Any]) -> ReadingView:
    """One page with its neighbours."""
    record = shown.record
    pages = page_range(shown.file)

    def address(page: int) -> str | None:
        if page not in pages:
            return None
        return url_for(
            "records.page",
            record_id=record.record_id,
            file=shown.file.ordinal,
            page=page,
            **origin,
        )

    return ReadingView(
        record=record,
        file_name=shown.file.name,
        page=shown.page,
        last_page=pages[-1],
        fragments=shown.fragments,
        record_url=url_for("records.record", record_id=record.record_id, **origin),
        previous_url=address(shown.page - 1),
        next_url=address(shown.page + 1),
        uses_url=url_for(
            "records.use",
            record_id=record.record_id,
            file=shown.file.ordinal,
            page=shown.page,
            **origin,
        ),
    )


def _route(custody: Custody | None) -> Label:
    route = route_of(custody, day_in_china(utc_now()))
    return "" if route is None else REQUEST_KINDS[route]


def _facts(record: Record) -> tuple[Fact, ...]:
    """The metadata block of official sites (国办发〔2017〕47号), then the archive's own."""
    about = record.description
    level = about.level
    lines: tuple[tuple[str, Label | None], ...] = (
        (gettext("Index number"), about.index_number),
        (gettext("Category"), about.category),
        (gettext("Agency"), about.agency),
        (gettext("Date"), about.date.isoformat() if about.date else ""),
        (gettext("Document number"), about.document_number),
        (gettext("Genre"), about.genre),
        (gettext("Reference code"), about.archival_code),
        (gettext("Fonds"), " ".join(filter(None, (about.fonds, about.fonds_name)))),
        (gettext("Volume"), about.volume),
        (gettext("Item"), about.item),
        (gettext("Retention"), about.retention),
        (gettext("Opening"), labels.OPENINGS[level.opening]),
        (gettext("Disclosure"), labels.DISCLOSURES[level.disclosure] if level.disclosure else ""),
        (gettext("Shelf mark"), about.shelf_mark),
        (gettext("Asked for as"), _route(about.custody)),
        (gettext("Summary"), about.summary),
    )
    return tuple(Fact(name=name, value=value) for name, value in lines if value)


def _file(record: Record, file: RecordFile, origin: Mapping[str, Any]) -> FileView:
    pages = page_range(file)
    where: dict[str, Any] = {"record_id": record.record_id, "file": file.ordinal}
    return FileView(
        name=file.name,
        role=labels.ROLES[file.role],
        size=_size(file.size),
        page_count=len(pages),
        problem=labels.REASONS.get(file.reason, file.reason) if file.reason else "",
        read_url=url_for("records.page", page=pages[0], **where, **origin) if pages else None,
        download_url=url_for("records.original", **where, **origin) if file.file_hash else None,
    )


def _size(size: int) -> str:
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{size / _KIB:.0f} KB"
    return f"{size / _KIB / _KIB:.1f} MB"
