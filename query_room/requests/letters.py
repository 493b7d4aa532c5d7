"""Letters of a request: which can be made now, made from what it holds, drawn again later."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from query_room.letters import FilledLetter, LetterKind
from query_room.letters.docx import draw_docx
from query_room.letters.html import draw_html
from query_room.organs import Duty
from query_room.requests import work_repository
from query_room.requests.errors import ApplicantErasedError, StepRefusedError
from query_room.requests.letter_contents import LetterChoice, LetterContents, choices
from query_room.requests.personal_data import RequestData
from query_room.requests.taking_steps import require_locked, require_request, take
from query_room.requests.transitions import Step
from search_api.china_time import day_in_china
from search_api.log import EventKind, NewEvent, append
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.letters import Letters
    from query_room.organs import OrganService
    from query_room.requests.reading import RequestFile, RequestReader
    from query_room.requests.repository import RequestRow
    from query_room.vault import Vault


class RequestLetters:
    """Makes letters of requests, and draws those that were made."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        reader: RequestReader,
        letters: Letters,
        find_record: FindRecord,
        name_of: Callable[[str], str],
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._reader = reader
        self._letters = letters
        self._contents = LetterContents(
            engine=engine,
            vault=vault,
            organs=organs,
            find_record=find_record,
            name_of=name_of,
        )

    def to_make(self, file: RequestFile) -> tuple[LetterChoice, ...]:
        """Letters that what has happened asks for and that were not made yet."""
        return choices(file)

    def issue(self, request_id: str, choice: LetterChoice, *, by: Account, viewer: Viewer) -> str:
        """Make a letter from what the request holds now; its identifier comes back.

        Making the reply is a step of the request; it is closed when the reply has left.

        Raises:
            StepRefusedError: Nothing that has happened asks for it; it was made already; a record
                of the answer is hidden from the account.
            LetterError: The office's template is broken.
        """
        file = self._reader.open_file(request_id, by=by, viewer=viewer)
        organ_id = file.request.organ_id
        self._organs.require_duty(by, organ_id, Duty.HANDLER)
        if choice not in choices(file):
            raise StepRefusedError("no_such_letter", choice.kind.value)
        if file.hidden_findings and choice.kind is LetterKind.REPLY:
            raise StepRefusedError("something_hidden")
        now = utc_now()
        day = day_in_china(now)
        letter = self._contents.letter(file, choice, day=day, by=by, viewer=viewer)
        # Drawn once before it is kept: a letter that cannot be drawn is not made.
        filled = replace(self._letters.fill(letter), salt=secrets.token_hex(16))
        draw_docx(filled.document())
        with writing(self._engine) as connection:
            row = require_locked(connection, request_id)
            made = work_repository.letters(connection, request_id)
            if len(made) != len(file.letters) or row.status != file.request.status.value:
                raise StepRefusedError("moved_on")
            letter_id = f"{request_id}-l{len(made) + 1:02d}"
            text = canonical_json([filled.organ, filled.text, filled.salt])
            text_event_id = self._data.keep_text(connection, request_id, text, now)
            body = {
                "letter": letter_id,
                "letter_kind": choice.kind.value,
                "letter_number": letter.number,
                "consultation": choice.about,
                "digest": filled.digest,
                "text_event": text_event_id,
                "by": by.name,
            }
            if choice.kind is LetterKind.REPLY:
                event_id = take(
                    connection, row, Step.REPLY, EventKind.REQUEST_REPLIED, at=now, body=body
                )
            else:
                event_id = append(
                    connection,
                    NewEvent(at=now, kind=EventKind.LETTER_ISSUED, subject=request_id, body=body),
                )
            work_repository.add_letter(
                connection,
                request_id,
                letter_id=letter_id,
                kind=choice.kind.value,
                number=letter.number,
                about=choice.about,
                day=day,
                event_id=event_id,
                text_event_id=text_event_id,
                text_hash=filled.digest,
                issued_by=by.name,
                issued_at=now,
            )
        return letter_id

    def docx(self, request_id: str, letter_id: str, *, by: Account) -> bytes:
        """A letter that was made, as a document.

        Raises:
            StepRefusedError: There is no such letter.
            ApplicantErasedError: What it said was erased.
        """
        return draw_docx(self._load(request_id, letter_id, by).document())

    def html(self, request_id: str, letter_id: str, *, by: Account) -> str:
        """A letter that was made, as a page to print; errors as of :meth:`docx`."""
        return draw_html(self._load(request_id, letter_id, by).document())

    def reply_for_applicant(self, request_id: str, secret: str) -> str:
        """The reply as a page, for an applicant who wanted it on this site.

        Raises:
            ReceiptSecretError: Number and secret do not belong together.
            StepRefusedError: No reply was shown to them yet.
        """
        self._reader.for_applicant(request_id, secret)
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            shown = {
                each.letter_id
                for each in work_repository.dispatches(connection, request_id)
                if each.manner == "online"
            }
            for letter in work_repository.letters(connection, request_id):
                if letter.letter_id in shown and letter.kind == LetterKind.REPLY.value:
                    return draw_html(self._read(connection, row, letter.letter_id).document())
        raise StepRefusedError("no_such_letter")

    def _load(self, request_id: str, letter_id: str, by: Account) -> FilledLetter:
        with reading(self._engine) as connection:
            row = require_request(connection, request_id)
            self._organs.require_member(by, row.organ_id)
            return self._read(connection, row, letter_id)

    def _read(self, connection: Connection, row: RequestRow, letter_id: str) -> FilledLetter:
        for letter in work_repository.letters(connection, row.request_id):
            if letter.letter_id == letter_id:
                kept = [(row.request_id, letter.text_event_id)]
                text = self._data.texts(connection, kept).get(letter.text_event_id)
                if text is None:
                    raise ApplicantErasedError(f"what letter {letter_id} said was erased")
                organ, words, salt = json.loads(text)
                return FilledLetter(organ=organ, text=words, salt=salt)
        raise StepRefusedError("no_such_letter", letter_id)
