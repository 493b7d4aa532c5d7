"""What the pages of requests show, ready to be written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from indexer.database import utc_now
from query_room.clock import Urgency
from query_room.pages.addresses import logged_search_url
from query_room.pages.requests import labels
from query_room.requests import RequestKind, RequestStatus
from query_room.requests.routing import route_of
from query_room.statute.exemptions import exemption_of
from search_api.china_time import day_in_china

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask_babel import LazyString

    from indexer.records import Record, RecordId
    from query_room.organs import Organ
    from query_room.proofs import StoredProof
    from query_room.requests.letter_contents import LetterChoice
    from query_room.requests.reading import RequestFile, RequestInList
    from query_room.requests.work_model import AttachedSearch, EarlierDecision, Finding
    from query_room.reviews import Signature
    from query_room.statute.exemptions import Exemption

_NOT_STARTED = (RequestStatus.FILED, RequestStatus.RECEIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """The desk of somebody who handles requests.

    Attributes:
        to_sign: Requests whose review waits for the account's signature.
        new: To be confirmed or assigned. mine: Assigned to the account.
        others: In work with colleagues.
    """

    to_sign: tuple[RequestInList, ...]
    new: tuple[RequestInList, ...]
    mine: tuple[RequestInList, ...]
    others: tuple[RequestInList, ...]
    organs: tuple[Organ, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLine:
    """A search behind the request; ``url`` asks it again, or is ``None`` once it was erased."""

    search: AttachedSearch
    tie: LazyString
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A record that answers, with what is known of it and what was decided on it before.

    Attributes:
        other_route: The kind of request that the record asks for, where this one is of the other.
    """

    finding: Finding
    title: str
    url: str
    has_changed: bool
    ground: Exemption | None
    other_route: RequestKind | None
    earlier: tuple[EarlierDecision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One request with everything that can be done with it.

    Attributes:
        steps: What its status allows, by the words of :class:`~query_room.requests.Step`.
        letters: That can be made now. is_handler, is_head: What the account is in the organ.
        to_sign: The step of the review that the account may sign now, or ``None``.
    """

    file: RequestFile
    organ: Organ
    steps: frozenset[str]
    letters: tuple[LetterChoice, ...]
    is_handler: bool
    is_head: bool
    to_sign: Signature | None
    handlers: tuple[str, ...]
    searches: tuple[SearchLine, ...]
    findings: tuple[FindingLine, ...]
    same_applicant: tuple[str, ...]
    exemptions: tuple[Exemption, ...]
    proofs: tuple[StoredProof, ...]


def desk_view(
    listed: Sequence[RequestInList],
    to_sign: frozenset[str],
    organs: Sequence[Organ],
    account_name: str,
) -> DeskView:
    """The account's desk: each request stands in one place, the most pressing first."""
    waiting = tuple(each for each in listed if each.request.request_id in to_sign)
    rest = [each for each in listed if each.request.request_id not in to_sign]
    new = tuple(each for each in rest if each.request.status in _NOT_STARTED)
    working = [each for each in rest if each.request.status not in _NOT_STARTED]
    return DeskView(
        to_sign=waiting,
        new=new,
        mine=tuple(each for each in working if each.request.assigned_to == account_name),
        others=tuple(each for each in working if each.request.assigned_to != account_name),
        organs=tuple(organs),
    )


def search_lines(file: RequestFile) -> tuple[SearchLine, ...]:
    """The searches behind a request, each with the address that asks it again."""
    return tuple(
        SearchLine(
            search=each,
            tie=labels.SEARCH_TIES[each.how],
            url=None
            if each.text is None
            else logged_search_url(each.text, each.filters, literal=each.literal),
        )
        for each in file.searches
    )


def finding_lines(file: RequestFile, records: Mapping[RecordId, Record]) -> tuple[FindingLine, ...]:
    """The records that answer; ``records`` holds them as they are now."""
    return tuple(
        FindingLine(
            finding=each,
            title=records[each.record_id].description.title,
            url=url_for("records.record", record_id=each.record_id),
            has_changed=records[each.record_id].content_hash != each.content_hash,
            ground=exemption_of(each.exemption) if each.exemption else None,
            other_route=_other_route(file, records[each.record_id]),
            earlier=file.earlier.get(each.record_id, ()),
        )
        for each in file.findings
    )


def _other_route(file: RequestFile, record: Record) -> RequestKind | None:
    route = route_of(record.description.custody, day_in_china(utc_now()))
    return route if route is not file.request.kind else None


def clock_class(listed: RequestInList) -> str:
    """The class that colours a clock; its words say the same."""
    urgency = Urgency.NONE if listed.standing is None else listed.standing.urgency
    return f"clock-{urgency.value}"
