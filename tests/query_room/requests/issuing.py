"""Letters of a request, made and read back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

from indexer.database import utc_now
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    import datetime as dt

    from query_room.letters import LetterKind
    from query_room.requests.letter_contents import LetterChoice
    from tests.query_room.requests.conftest import Office


def today() -> dt.date:
    return day_in_china(utc_now())


def choice_of(office: Office, request_id: str, kind: LetterKind) -> LetterChoice:
    """The letter of that kind that can be made now."""
    choices = office.requests.letters.to_make(office.load(request_id))
    return next(each for each in choices if each.kind is kind)


def issue(office: Office, request_id: str, kind: LetterKind) -> str:
    return office.requests.letters.issue(
        request_id,
        choice_of(office, request_id, kind),
        by=office.handler,
        viewer=office.viewer(office.handler),
    )


def words_of(office: Office, request_id: str, letter_id: str) -> str:
    content = office.requests.letters.docx(request_id, letter_id, by=office.handler)
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])
