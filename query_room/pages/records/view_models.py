"""What a record's pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import url_for
from flask_babel import LazyString, gettext

from indexer.copies import CopyKind
from indexer.database import utc_now
from indexer.records import TextState
from query_room.pages import labels
from query_room.pages.requests.labels import REQUEST_KINDS
from query_room.requests.routing import route_of
from search_api.china_time import day_in_china
from search_api.texts import page_range, pictured_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.custody import Custody
    from indexer.records import Record, RecordFile
    from search_api.answers import (
        Fragment,
        MarkedBox,
        PageText,
        PicturedPage,
        RecordCopies,
        RecordCopy,
    )

Label: TypeAlias = "str | LazyString"
_KIB = 1024
# Of the height of an image: the gap between what is hit and the box around it.
_MARGIN = 0.004


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
        is_recognised: Whether some of its text was recognised by machine.
        unread_pages: Pages that wait for that.
        read_url: Its first page, or ``None`` where it has no text.
        look_url: Its first page as an image, or ``None`` for a kind that has none.
        download_url: The original, or ``None`` where it is not kept, or other records are in it.
    """

    name: str
    role: Label
    size: str
    page_count: int
    problem: Label
    is_recognised: bool
    unread_pages: int
    read_url: str | None
    look_url: str | None
    download_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """Another record with the same text.

    Attributes:
        title: Of the record, or ``""``. facts: Who wrote it, when, in what kind of file.
        kind: In what way it is a copy. share: Of the text that is the same, where not all is.
    """

    url: str
    title: str
    kind: Label
    share: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record's own page.

    Attributes:
        copies: The closest copies. copies_total: How many there are.
    """

    record: Record
    facts: tuple[Fact, ...]
    files: tuple[FileView, ...]
    is_paper_only: bool
    copies: tuple[CopyView, ...]
    copies_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One page of a record, to be read or looked at, and turned.

    Attributes:
        text_url: The same page as text, or ``None`` where it has none. image_url: As an image.
        download_url: The original, or ``None`` where other records are in it, too.
        is_image: Which of the two this is.
        fragments: Its text, the question's words marked; empty for an image.
    """

    record: Record
    file_name: str
    page: int
    last_page: int
    record_url: str
    previous_url: str | None
    next_url: str | None
    uses_url: str
    text_url: str | None
    image_url: str | None
    download_url: str | None
    is_image: bool
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A box on the image, in pixels; ``first`` of those of its hit."""

    number: int
    text: str
    left: int
    top: int
    width: int
    height: int
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """What the image of a page shows.

    Attributes:
        source_url: The image itself, or ``None`` where it cannot be drawn. problem: Why.
        outlines: Around the hits. unplaced: Hits that have no place on it.
        is_approximate: Whether parts of the page could not be drawn.
    """

    source_url: str | None
    problem: Label
    width: int
    height: int
    outlines: tuple[Outline, ...]
    unplaced: int
    is_approximate: bool

    @property
    def hits(self) -> tuple[Outline, ...]:
        """The first box of each hit."""
        return tuple(each for each in self.outlines if each.first)


def record_view(record: Record, copies: RecordCopies, origin: Mapping[str, Any]) -> RecordView:
    """The record's own page; ``origin`` is the question it was opened from, for links."""
    return RecordView(
        record=record,
        facts=_facts(record),
        files=tuple(_file(record, file, origin) for file in record.files),
        is_paper_only=record.text_state is TextState.PAPER,
        copies=tuple(_copy(each) for each in copies.listed),
        copies_total=copies.total,
    )


def reading_view(shown: PageText, origin: Mapping[str, Any]) -> ReadingView:
    """One page as text with its neighbours."""
    return _reading_view(
        _Place(shown.record, shown.file, shown.page, "text", origin),
        page_range(shown.file)[-1],
        fragments=shown.fragments,
    )


def looking_view(shown: PicturedPage, origin: Mapping[str, Any]) -> ReadingView:
    """One page as an image with its neighbours."""
    return _reading_view(
        _Place(shown.record, shown.file, shown.page, "image", origin), shown.last_page
    )


def picture_view(shown: PicturedPage, origin: Mapping[str, Any]) -> PictureView:
    """The image and its boxes."""
    picture = shown.picture
    source = None
    if picture is not None:
        search: dict[str, Any] = {"from": origin["from"]} if "from" in origin else {}
        source = url_for(
            "records.image",
            record_id=shown.record.record_id,
            file=shown.file.ordinal,
            page=shown.page,
            **search,
        )
    width, height = (0, 0) if picture is None else (picture.width, picture.height)
    return PictureView(
        source_url=source,
        problem=labels.DRAWING_REASONS.get(shown.reason, "") if shown.reason else "",
        width=width,
        height=height,
        outlines=tuple(_outlines(shown.boxes.boxes, width, height)),
        unplaced=shown.boxes.unplaced,
        is_approximate=picture is not None and picture.is_approximate,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reader is, and how to get elsewhere from there."""

    record: Record
    file: RecordFile
    page: int
    view: str
    origin: Mapping[str, Any]

    def url(self, page: int, view: str, **more: Any) -> str:  # noqa: ANN401 - as Flask takes it
        if view != "text":
            more["view"] = view
        return url_for(
            "records.page",
            record_id=self.record.record_id,
            file=self.file.ordinal,
            page=page,
            **self.origin,
            **more,
        )


def _reading_view(
    place: _Place, last_page: int, fragments: tuple[Fragment, ...] = ()
) -> ReadingView:
    record, file, page = place.record, place.file, place.page
    where: dict[str, Any] = {"record_id": record.record_id, "file": file.ordinal}
    at_hit: dict[str, Any] = {"_anchor": "hit"} if place.origin.get("q") else {}
    has_text, has_image = page in page_range(file), page in pictured_range(file)
    return ReadingView(
        record=record,
        file_name=file.name,
        page=page,
        last_page=last_page,
        record_url=url_for("records.record", record_id=record.record_id, **place.origin),
        previous_url=place.url(page - 1, place.view) if page > file.first_page else None,
        next_url=place.url(page + 1, place.view) if page < last_page else None,
        uses_url=url_for("records.use", page=page, **where, **place.origin),
        text_url=place.url(page, "text", **at_hit) if has_text else None,
        image_url=place.url(page, "image", **at_hit) if has_image else None,
        download_url=_original_url(file, where, place.origin),
        is_image=place.view == "image",
        fragments=fragments,
    )


def _outlines(boxes: Iterable[MarkedBox], width: int, height: int) -> Iterator[Outline]:
    """Boxes a little larger than what they are around, so that they hide nothing of it."""
    margin = round(height * _MARGIN)
    seen = 0
    for each in boxes:
        box = each.box
        left, top = round(box.left * width) - margin, round(box.top * height) - margin
        yield Outline(
            number=each.number,
            text=each.text,
            left=left,
            top=top,
            width=round(box.right * width) + margin - left,
            height=round(box.bottom * height) + margin - top,
            first=each.number != seen,
        )
        seen = each.number


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
    pages, looked = page_range(file), pictured_range(file)
    where: dict[str, Any] = {"record_id": record.record_id, "file": file.ordinal}
    return FileView(
        name=file.name,
        role=labels.ROLES[file.role],
        size=_size(file.size),
        page_count=len(pages),
        problem=labels.REASONS.get(file.reason, file.reason) if file.reason else "",
        is_recognised=file.is_recognised,
        unread_pages=file.unread_pages,
        read_url=url_for("records.page", page=pages[0], **where, **origin) if pages else None,
        look_url=url_for("records.page", page=looked[0], view="image", **where, **origin)
        if looked
        else None,
        download_url=_original_url(file, where, origin),
    )


def _original_url(
    file: RecordFile, where: Mapping[str, Any], origin: Mapping[str, Any]
) -> str | None:
    if file.file_hash is None or file.is_part:
        return None
    return url_for("records.original", **where, **origin)


def _copy(copy: RecordCopy) -> CopyView:
    about = copy.record.description
    date = about.date.isoformat() if about.date else ""
    facts = (about.document_number, about.agency, date, about.archival_code, copy.file.name)
    nearly = copy.kind is CopyKind.NEARLY_SAME
    return CopyView(
        url=url_for("records.record", record_id=copy.record.record_id),
        title=about.title,
        kind=labels.COPY_KINDS[copy.kind],
        share=labels.share_of(copy.similarity) if nearly else "",
        facts=tuple(fact for fact in facts if fact),
    )


def _size(size: int) -> str:
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{size / _KIB:.0f} KB"
    return f"{size / _KIB / _KIB:.1f} MB"
