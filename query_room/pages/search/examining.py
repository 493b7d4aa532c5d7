"""Why a record is not found: a page for the staff, about one record and one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from flask import url_for
from flask_babel import LazyString, gettext

from indexer.access import Audience
from query_room.languages import message_language
from query_room.pages import labels
from query_room.pages.addresses import arguments_of, search_url
from search_api.texts import page_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.access import Level
    from indexer.records import Record, RecordFile
    from search_api.answers import Question
    from search_api.examining import Examined

Label: TypeAlias = "str | LazyString"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, and whether it speaks for the record."""

    text: Label
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """A file and what became of it. ``is_read``: Whether all of its text can be searched."""

    name: str
    state: Label
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledView:
    """One of the records that a name may mean, or what was asked about one."""

    title: str
    url: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedView:
    """How a record stands to a question.

    Attributes:
        record: The record. verdicts: Why it is found or not, the first that counts first.
        found_url: The page of the answer on which it stands, or ``None``.
        files: What became of each file. indexed: What the index knows.
        circles: Who may see it. basis: Which judgement decides. way: By what the reader may.
        parts: Of the question. filters: Those it does not pass.
    """

    record: CalledView
    verdicts: tuple[str, ...]
    found_url: str | None
    files: tuple[FileState, ...]
    indexed: Check
    circles: tuple[Check, ...]
    basis: Label
    way: Label
    parts: tuple[Check, ...]
    filters: tuple[Label, ...]


def called_view(record: Record, question: Question) -> CalledView:
    """A record that may be meant; its link asks about it alone."""
    about = record.description
    date = about.date.isoformat() if about.date else ""
    facts = (about.document_number, about.agency, date, about.archival_code)
    return CalledView(
        title=about.title or gettext("(without title)"),
        url=why_url(record, question),
        facts=tuple(filter(None, facts)),
    )


def examined_view(examined: Examined, question: Question) -> ExaminedView:
    """What the page says."""
    record = examined.record
    about = record.description
    language = message_language()
    audience = about.level.audience
    return ExaminedView(
        record=CalledView(
            title=about.title or gettext("(without title)"),
            url=url_for("records.record", record_id=record.record_id, q=question.text or None),
            facts=called_view(record, question).facts,
        ),
        verdicts=tuple(_verdicts(examined)),
        found_url=_found_url(examined, question),
        files=tuple(map(_file, record.files)),
        indexed=Check(text=labels.INDEXED[examined.indexed], holds=examined.indexed == "current"),
        circles=tuple(
            Check(text=_circle(each, about.level), holds=audience is not None and audience <= each)
            for each in Audience
        ),
        basis=labels.BASES[about.level.basis],
        way=labels.WAYS[examined.way],
        parts=tuple(
            Check(text=part.in_words(language), holds=part.is_met) for part in examined.parts
        ),
        filters=tuple(labels.FILTERS[name] for name in examined.kept_out_by),
    )


def _verdicts(examined: Examined) -> Iterator[str]:
    if examined.is_found:
        if examined.rank is None:
            yield gettext("The question finds it, beyond the first 1,000: order by date.")
        else:
            yield gettext(
                "The question finds it: place %(rank)s of %(total)s.",
                rank=f"{examined.rank:,}",
                total=f"{examined.total:,}",
            )
        return
    if examined.indexed == "absent":
        yield gettext("It is not in the index yet: no question finds it.")
    if examined.kept_out_by:
        yield gettext("A filter keeps it out.")
    lacking = [part for part in examined.parts if not part.is_met]
    if lacking:
        yield gettext("It lacks a part of the question.")
    if examined.relaxed_to is not None and not examined.kept_out_by:
        yield gettext(
            "No record has all parts; those found have %(some)s of them.",
            some=examined.relaxed_to,
        )
    if examined.record.text_state in {"missing", "partial"}:
        yield gettext("Not all of its text can be searched: what was asked may stand in the rest.")
    if examined.record.text_state == "paper":
        yield gettext("It is kept on paper: only its description can be searched.")


def _circle(audience: Audience, level: Level) -> Label:
    is_its_own = level.is_internal and audience is Audience.STAFF
    return labels.ITS_STAFF if is_its_own else labels.CIRCLES[audience]


def _found_url(examined: Examined, question: Question) -> str | None:
    if examined.rank is None:
        return None
    page = (examined.rank - 1) // question.page_size + 1
    return search_url(arguments_of(question), page)


def _file(file: RecordFile) -> FileState:
    pages = len(page_range(file))
    if file.unread_pages:
        text = gettext("%(count)s pages wait to be recognised", count=file.unread_pages)
    elif pages:
        text = gettext(
            "read, %(count)s pages (%(extractor)s)", count=pages, extractor=file.extractor
        )
    else:
        reason = labels.REASONS.get(file.reason, file.reason) if file.reason else ""
        text = gettext("not read: %(reason)s", reason=reason or gettext("has not been tried"))
    return FileState(name=file.name, state=text, is_read=bool(pages) and not file.unread_pages)


def why_url(record: Record, question: Question) -> str:
    """The page about one record and a question."""
    arguments = [("record", str(record.record_id)), *arguments_of(question)]
    return f"{url_for('search.why')}?{urlencode(arguments)}"
