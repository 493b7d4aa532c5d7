"""An answer as a file: what was asked and how, then the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, url_for
from flask_babel import gettext

from query_room.languages import message_language
from query_room.pages.addresses import arguments_of
from query_room.pages.labels import ORDERS
from query_room.sheets import MEDIA_TYPES, sheet
from search_api.china_time import CHINA
from search_api.parsing import in_words

if TYPE_CHECKING:
    import datetime as dt

    from query_room.sheets import SheetFormat
    from search_api.listing import ResultList


def list_as_file(made: ResultList, at: dt.datetime, sheet_format: SheetFormat) -> Response:
    """The list as a file to keep."""
    content = sheet(_headings(), _rows(made), sheet_format, facts=_facts(made, at))
    name = f"results-{made.answer.search_id}.{sheet_format}"
    return Response(
        content.data,
        mimetype=MEDIA_TYPES[sheet_format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _facts(made: ResultList, at: dt.datetime) -> list[tuple[str, str | int]]:
    answer = made.answer
    filters = [f"{name}={value}" for name, value in arguments_of(answer.question)]
    left_out = {"q", "literal", "order"}
    link = url_for("past_searches.search", search_id=answer.search_id, _external=True)
    return [
        (gettext("Asked"), answer.question.text),
        (gettext("Read as"), in_words(answer.reading.parsed.parts, message_language())),
        (gettext("Asked instead"), answer.corrected.text if answer.corrected else ""),
        (gettext("Searched for"), "　".join(answer.reading.clauses)),
        (
            gettext("Filters"),
            "; ".join(each for each in filters if each.partition("=")[0] not in left_out),
        ),
        (gettext("Order"), str(ORDERS[answer.question.order])),
        (gettext("Time"), f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S} (Asia/Shanghai)"),
        (gettext("Search"), answer.search_id),
        (gettext("Permanent link"), link),
        (gettext("Generation of the index"), answer.generation),
        (gettext("Dictionary"), answer.dictionary),
        (gettext("Records found"), answer.total),
        (gettext("Records in this list"), len(answer.hits)),
        (gettext("Digest of the list"), made.digest),
    ]


def _headings() -> list[str]:
    return [
        gettext("Rank"),
        gettext("Record number"),
        gettext("Content hash"),
        gettext("Title"),
        gettext("Agency"),
        gettext("Date"),
        gettext("Document number"),
        gettext("Reference code"),
    ]


def _rows(made: ResultList) -> list[list[str | int]]:
    rows: list[list[str | int]] = []
    for hit in made.answer.hits:
        record, about = hit.record, hit.record.description
        rows.append(
            [
                hit.rank,
                record.record_id,
                record.content_hash,
                about.title,
                about.agency,
                about.date.isoformat() if about.date else "",
                about.document_number,
                about.archival_code,
            ]
        )
    return rows
