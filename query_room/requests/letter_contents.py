"""What the letters of a request say, taken from what the request holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.database import reading
from query_room.clock import ConsultedParty
from query_room.letters import Letter, LetterFinding, LetterKind, LetterSearch
from query_room.letters.letterheads import letterhead
from query_room.letters.words import BY_ARCHIVIST, DECISION_WORDS, FEE_WORDS, SYSTEM
from query_room.register.page_ranges import format_ranges
from query_room.requests import repository
from query_room.requests.errors import StepRefusedError
from query_room.requests.letter_causes import LETTER_CAUSES
from query_room.requests.model import RequestStatus
from query_room.requests.personal_data import RequestData
from query_room.requests.work_model import Answer, Decision
from query_room.statute.dispositions import disposition_row
from query_room.statute.exemptions import exemption_of
from query_room.statute.remedies import remedy_for, third_party_remedy
from search_api.china_time import day_in_china
from search_api.log import EventKind
from search_api.log.service import subject_events

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import Any

    from sqlalchemy import Engine

    from indexer.access import Viewer
    from query_room.accounts.model import Account
    from query_room.finding_records import FindRecord
    from query_room.organs import Organ, OrganService
    from query_room.requests.reading import RequestFile
    from query_room.requests.work_model import Finding
    from query_room.vault import Vault
    from search_api.log import Event

_SUFFIXES: Final = {
    LetterKind.RECEIPT: "登",
    LetterKind.CLARIFICATION: "补",
    LetterKind.EXTENSION: "延",
    LetterKind.LONGER_PERIOD: "期",
    LetterKind.THIRD_PARTY: "征",
    LetterKind.OTHER_ORGAN: "函",
    LetterKind.THIRD_PARTY_NOTICE: "告",
    LetterKind.FEE_NOTICE: "费",
    LetterKind.REPLY: "复",
}
"""What stands behind the organ's code in the number of a letter."""
_UPPER_AUTHORITY: Final = "上一级人民政府"
_DECIDED: Final = (RequestStatus.APPROVED, RequestStatus.REPLIED)
_AGAINST: Final = (Answer.REFUSES, Answer.IN_PART)
_WITH_REASONS: Final = (LetterKind.REPLY, LetterKind.THIRD_PARTY_NOTICE)
_PARTY_LETTERS: Final = {
    ConsultedParty.THIRD_PARTY: LetterKind.THIRD_PARTY,
    ConsultedParty.OTHER_ORGAN: LetterKind.OTHER_ORGAN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChoice:
    """A letter that can be made. ``about``: which consultation or event it is for, or ``""``."""

    kind: LetterKind
    about: str = ""

    @property
    def value(self) -> str:
        """The choice as a form sends it."""
        return f"{self.kind.value}/{self.about}"

    @classmethod
    def read(cls, value: str) -> LetterChoice:
        """The choice that :attr:`value` wrote.

        Raises:
            StepRefusedError: There is no such letter.
        """
        kind, _, about = value.partition("/")
        try:
            return cls(kind=LetterKind(kind), about=about)
        except ValueError:
            raise StepRefusedError("no_such_letter", kind[:20]) from None


def choices(file: RequestFile) -> tuple[LetterChoice, ...]:
    """Letters that what has happened asks for and that were not made yet."""
    wanted = [LetterChoice(kind=LetterKind.RECEIPT)]
    wanted += [
        LetterChoice(kind=LETTER_CAUSES[EventKind(kind)], about=str(event_id))
        for event_id, kind in file.causes
    ]
    wanted += [
        LetterChoice(kind=_PARTY_LETTERS[each.party], about=each.consultation_id)
        for each in file.consultations
    ]
    if file.request.status in _DECIDED and _discloses(file):
        # Art. 32: a party that refused is told what is disclosed all the same, and why.
        wanted += [
            LetterChoice(kind=LetterKind.THIRD_PARTY_NOTICE, about=each.consultation_id)
            for each in file.consultations
            if each.party is ConsultedParty.THIRD_PARTY and each.answer in _AGAINST
        ]
    if file.request.status is RequestStatus.APPROVED:
        wanted.append(LetterChoice(kind=LetterKind.REPLY, about=str(file.request.review_id)))
    made = {(letter.kind, letter.about) for letter in file.letters}
    return tuple(each for each in wanted if (each.kind, each.about) not in made)


class LetterContents:
    """Fills letters from requests."""

    def __init__(
        self,
        *,
        engine: Engine,
        vault: Vault,
        organs: OrganService,
        find_record: FindRecord,
        name_of: Callable[[str], str],
    ) -> None:
        self._engine = engine
        self._data = RequestData(vault)
        self._organs = organs
        self._find_record = find_record
        self._name_of = name_of

    def letter(
        self,
        file: RequestFile,
        choice: LetterChoice,
        *,
        day: dt.date,
        by: Account,
        viewer: Viewer,
    ) -> Letter:
        """The letter, filled.

        Raises:
            ApplicantErasedError: Who applied was erased.
            RecordNotFoundError: A record of the answer is gone.
        """
        request = file.request
        organ = self._organs.load(request.organ_id)
        with reading(self._engine) as connection:
            row = repository.find(connection, request.request_id)
            assert row is not None  # noqa: S101 - the file was read from it
            events = subject_events(connection, request.request_id)
            texts = self._data.texts(
                connection, [(request.request_id, event) for event in _text_events(events)]
            )
            applicant = self._data.applicant(connection, request.request_id, row.applicant_event_id)
            addressee, text, body = applicant.contact or applicant.name, "", {}
            if applicant.credit_code:
                addressee = applicant.name
            cause = next((each for each in events if str(each.event_id) == choice.about), None)
            if cause is not None and cause.body is not None:
                body = dict(cause.body)
                text = texts.get(_number(body.get("text_event")), "")
            for each in events:
                told = each.body or {}
                is_sending = each.kind == EventKind.CONSULTATION_SENT
                if is_sending and told.get("consultation") == choice.about:
                    addressee = texts.get(_number(told.get("party_event")), "")
                    text = texts.get(_number(told.get("text_event")), "")
        proposal = file.proposal if choice.kind is LetterKind.REPLY else None
        told_why = file.proposal if choice.kind in _WITH_REASONS else None
        disposition = None if proposal is None else disposition_row(proposal.disposition)
        corrections = [
            texts.get(_number((each.body or {}).get("text_event")), "")
            for each in events
            if each.kind == EventKind.REQUEST_CORRECTED
        ]
        findings = self._findings(file, viewer) if proposal is not None else ()
        return Letter(
            kind=choice.kind,
            number=self._number(organ, file, choice),
            day=day,
            letterhead=letterhead(organ),
            addressee=addressee,
            request_number=request.display_number,
            receipt_number=request.request_id,
            received_on=request.received_on,
            asked_for="\n".join(each for each in (_asked_for(file), *corrections) if each),
            text=text,
            until=_until(file, choice),
            working_days=_working_days(file, body),
            count=_number(body.get("count")),
            before=_number(body.get("items_before")),
            yuan=_number(body.get("yuan")),
            basis=FEE_WORDS.get(str(body.get("basis", "")), ""),
            reply_type="" if proposal is None else proposal.reply_type.value,
            articles="" if disposition is None else _long_name(disposition.articles),
            findings=findings,
            reasons="" if told_why is None else told_why.reasons,
            how_to_get="" if proposal is None else proposal.how_to_get,
            other_organ="" if proposal is None else proposal.other_organ,
            other_contact="" if proposal is None else proposal.other_contact,
            searches=_searches(file, self._name_of) if proposal is not None else (),
            remedy=self._remedy(organ, file, choice, day),
            keeper=by.display_name,
            attachments=tuple(
                each.title for each in findings if each.decision != DECISION_WORDS["withhold"]
            ),
        )

    def _number(self, organ: Organ, file: RequestFile, choice: LetterChoice) -> str:
        made = sum(letter.kind is choice.kind for letter in file.letters)
        number = file.request.number
        plain = f"{organ.number_prefix}{_SUFFIXES[choice.kind]}〔{file.request.year}〕{number}"
        return f"{plain}号" if not made else f"{plain}-{made + 1}号"

    def _findings(self, file: RequestFile, viewer: Viewer) -> tuple[LetterFinding, ...]:
        return tuple(self._finding(each, viewer) for each in file.findings)

    def _finding(self, finding: Finding, viewer: Viewer) -> LetterFinding:
        about = self._find_record(finding.record_id, viewer).description
        ground = exemption_of(finding.exemption) if finding.exemption else None
        withheld = finding.decision is Decision.WITHHOLD
        return LetterFinding(
            title=about.title,
            document_number=about.document_number,
            archival_code=about.archival_code,
            pages=format_ranges(finding.pages),
            decision=DECISION_WORDS["" if finding.decision is None else finding.decision.value],
            ground="" if ground is None else f"{ground.article} {ground.text}",
            reason=finding.reason or "" if withheld else "",
        )

    def _remedy(self, organ: Organ, file: RequestFile, choice: LetterChoice, day: dt.date) -> str:
        if choice.kind not in _WITH_REASONS:
            return ""
        above = self._organs.load(organ.parent).name if organ.parent else _UPPER_AUTHORITY
        if choice.kind is LetterKind.THIRD_PARTY_NOTICE:
            return third_party_remedy(day, review_authority=above).text
        disposition = file.request.disposition
        assert disposition is not None  # noqa: S101 - a proposal was approved
        return remedy_for(disposition, day, review_authority=above).text


def _discloses(file: RequestFile) -> bool:
    return any(each.decision in (Decision.OPEN, Decision.OPEN_IN_PART) for each in file.findings)


def _text_events(events: list[Event]) -> list[int]:
    found = []
    for event in events:
        for name in ("text_event", "party_event"):
            value = (event.body or {}).get(name)
            if isinstance(value, int):
                found.append(value)
    return found


def _asked_for(file: RequestFile) -> str:
    wanted = file.request.wanted
    if wanted is None:
        return ""
    return "\n".join(each for each in (wanted.description, wanted.document_number) if each)


def _until(file: RequestFile, choice: LetterChoice) -> dt.date | None:
    clock = file.clock
    if clock is None:
        return None
    match choice.kind:
        case LetterKind.CLARIFICATION:
            return clock.correct_by
        case LetterKind.FEE_NOTICE:
            return clock.pay_by
        case _:
            return clock.due_on


def _working_days(file: RequestFile, body: dict[str, Any]) -> int:
    days = _number(body.get("working_days"))
    return days or (0 if file.clock is None else file.clock.period)


def _searches(file: RequestFile, name_of: Callable[[str], str]) -> tuple[LetterSearch, ...]:
    made = [
        LetterSearch(
            where=SYSTEM + (BY_ARCHIVIST if each.by_archivist else ""),
            words=each.text or "",
            day=day_in_china(each.at),
            by=name_of(each.actor),
        )
        for each in file.searches
        if each.how != "origin"
    ]
    made += [
        LetterSearch(
            where=each.where or "", words=each.what or "", day=each.searched_on, by=each.by or ""
        )
        for each in file.hand_searches
    ]
    return tuple(made)


def _long_name(articles: str) -> str:
    return articles.replace("条例", "《中华人民共和国政府信息公开条例》", 1)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
