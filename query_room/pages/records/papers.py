"""What a record's document says of itself beyond the description, and its relations to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flask import url_for
from flask_babel import LazyString, gettext

from indexer.analysis.mongolian import is_mongolian
from query_room.pages.labels import ACTED_ON_BY, ACTS_ON, FORMS, VALIDITIES

if TYPE_CHECKING:
    from indexer.records import Record
    from search_api.relating import Related

Label: TypeAlias = "str | LazyString"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One thing that the document says. ``values``: each on a line of its own."""

    name: str
    values: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLine:
    """What a document does to another.

    Attributes:
        verb: In words. title: The other's. detail: Its number or date, or ``""``.
        url: Its record, or ``None`` where no one record is meant that the reader may see.
    """

    verb: Label
    title: str
    detail: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """The document among others.

    Attributes:
        validity: What other records say of it, or ``""``.
        acted_on_by: Who says so. acts_on: What it does itself. said: What else it says.
        twins: The same paper in the other script.
    """

    validity: Label
    acted_on_by: tuple[RelationLine, ...]
    acts_on: tuple[RelationLine, ...]
    said: tuple[SaidLine, ...]
    twins: tuple[RelationLine, ...]


def paper_view(related: Related) -> PaperView:
    """What a record's page shows of its document."""
    return PaperView(
        validity=VALIDITIES[related.validity] if related.validity else "",
        acted_on_by=tuple(
            RelationLine(
                verb=ACTED_ON_BY[each.kind],
                title=_title(each.record),
                detail=_day(each.record),
                url=_url(each.record),
            )
            for each in related.acted_on_by
        ),
        acts_on=tuple(
            RelationLine(
                verb=ACTS_ON[each.relation.kind],
                title=each.relation.title or (_title(each.record) if each.record else ""),
                detail=each.relation.document_number,
                url=_url(each.record) if each.record else None,
            )
            for each in related.acts_on
        ),
        said=_said(related),
        twins=tuple(
            RelationLine(
                verb=gettext("In Mongolian:")
                if is_mongolian(each.description.title)
                else gettext("In Chinese:"),
                title=_title(each),
                detail=_day(each),
                url=_url(each),
            )
            for each in related.twins
        ),
    )


def _said(related: Related) -> tuple[SaidLine, ...]:
    said = related.said
    joint = said.agencies if len(said.agencies) > 1 else ()
    printed = " ".join(
        filter(None, (said.printed_by, said.printed_on.isoformat() if said.printed_on else ""))
    )
    published = said.published_on.isoformat() if said.published_on else ""
    lines: tuple[tuple[str, tuple[Label, ...]], ...] = (
        (gettext("Issued jointly by"), joint),
        (gettext("Form"), (FORMS[said.form],) if said.form else ()),
        (gettext("Urgency"), _one(said.urgency)),
        (gettext("Marking"), _one(said.marking)),
        (gettext("Signed off by"), _one("、".join(said.signers))),
        (gettext("Main recipients"), _one("，".join(said.recipients))),
        (gettext("Copies to"), _one("，".join(said.copies))),
        (gettext("Subject words"), _one(" ".join(said.subject_words))),
        (gettext("Attachments"), said.attachments),
        (gettext("Notes"), said.notes),
        (gettext("Printing office and day"), _one(printed)),
        (gettext("Topic"), _one(said.topic)),
        (gettext("Published"), _one(published)),
        (gettext("Validity as the page says"), _one(said.validity)),
    )
    return tuple(SaidLine(name=name, values=values) for name, values in lines if values)


def _one(text: str) -> tuple[Label, ...]:
    return (text,) if text else ()


def _title(record: Record) -> str:
    title: str = record.description.title or gettext("(without title)")
    return title


def _day(record: Record) -> str:
    date = record.description.date
    return date.isoformat() if date else ""


def _url(record: Record) -> str:
    return url_for("records.record", record_id=record.record_id)
