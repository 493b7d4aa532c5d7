"""How a request is proposed to end, and whether that fits the law and what was found."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from indexer.access import Audience
from query_room.fields import LONG, SHORT, optional
from query_room.requests import work_repository
from query_room.requests.errors import StepRefusedError
from query_room.requests.searches import searches_behind
from query_room.requests.work_model import Decision
from query_room.statute.codes import Disposition, ReplyType
from query_room.statute.dispositions import check_reply, disposition_row
from query_room.statute.exemptions import exemption_of
from search_api.log.chain import canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy import Connection, Row

    from query_room.requests.repository import RequestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How a request is to end.

    Attributes:
        reasons: Why, for the letter; needed for everything but giving it all.
        how_to_get: Where, when and how to get or to find it.
        other_organ: Name of the organ that may have it, and ``other_contact``: how to reach it.
    """

    disposition: Disposition
    reply_type: ReplyType
    reasons: str = ""
    how_to_get: str = ""
    other_organ: str = ""
    other_contact: str = ""

    def checked(self) -> Proposal:
        """The same, tidied.

        Raises:
            InvalidFieldError: A text is too long.
        """
        return replace(
            self,
            reasons=optional("reasons", self.reasons, LONG),
            how_to_get=optional("how_to_get", self.how_to_get, LONG),
            other_organ=optional("other_organ", self.other_organ, SHORT),
            other_contact=optional("other_contact", self.other_contact, 2 * SHORT),
        )

    @classmethod
    def read(cls, text: str) -> Proposal:
        """The proposal that :func:`proposal_text` wrote."""
        values = json.loads(text)
        return cls(
            **{
                **values,
                "disposition": Disposition(values["disposition"]),
                "reply_type": ReplyType(values["reply_type"]),
            }
        )


def proposal_text(proposal: Proposal) -> str:
    """The proposal as it is kept."""
    return canonical_json(asdict(proposal))


def check_proposal(connection: Connection, row: RequestRow, proposal: Proposal) -> None:
    """Go on only if the proposal fits the law and what was found.

    Raises:
        StepRefusedError: ``reply_type_does_not_fit``; ``needs_reasons``; ``needs_how_to_get``;
            ``undecided`` (a record without a proposed decision); ``nothing_open`` or
            ``nothing_withheld`` (the records do not bear the outcome out);
            ``something_withheld``, ``something_open`` or ``something_found``;
            ``exemption_does_not_fit``; ``needs_archivist_search``: that it does not exist can
            only be said after a search that saw everything the archive holds (art. 36(4)).
    """
    check_reply(proposal.disposition, proposal.reply_type)
    _check_texts(proposal)
    findings = work_repository.findings(connection, row.request_id)
    if any(each.decision is None for each in findings):
        raise StepRefusedError("undecided")
    _check_findings(proposal, findings)
    if proposal.reply_type is ReplyType.NOT_FOUND:
        if findings:
            raise StepRefusedError("something_found")
        if not _searched_by_archivist(connection, row):
            raise StepRefusedError("needs_archivist_search")


def _check_findings(proposal: Proposal, findings: Sequence[Row[Any]]) -> None:
    opened = [each for each in findings if each.decision != Decision.WITHHOLD.value]
    withheld = [each for each in findings if each.decision != Decision.OPEN.value]
    refused = {
        Disposition.OPENED: "something_withheld" if withheld else "",
        Disposition.OPENED_IN_PART: "nothing_open"
        if not opened
        else ("nothing_withheld" if not withheld else ""),
    }
    reason = refused.get(proposal.disposition)
    if not reason and proposal.reply_type is ReplyType.PROVIDED and not opened:
        reason = "nothing_open"
    if disposition_row(proposal.disposition).needs_exemption:
        reason = _exemption_refusal(proposal, opened, withheld)
    if reason:
        raise StepRefusedError(reason)


def _exemption_refusal(
    proposal: Proposal, opened: Sequence[Row[Any]], withheld: Sequence[Row[Any]]
) -> str:
    if not withheld:
        return "nothing_withheld"
    if opened:
        return "something_open"
    grounds = {exemption_of(each.exemption).disposition for each in withheld}
    return "" if proposal.disposition in grounds else "exemption_does_not_fit"


def _check_texts(proposal: Proposal) -> None:
    if proposal.disposition is not Disposition.OPENED and not proposal.reasons:
        raise StepRefusedError("needs_reasons")
    told_how = {ReplyType.ALREADY_PUBLIC, ReplyType.PROVIDED, ReplyType.IN_PART}
    if proposal.reply_type in told_how and not proposal.how_to_get:
        raise StepRefusedError("needs_how_to_get")


def _searched_by_archivist(connection: Connection, row: RequestRow) -> bool:
    by_hand = work_repository.hand_searches(connection, row.request_id)
    if any(each.by_archivist for each in by_hand):
        return True
    return any(
        search.entry is not None
        and Audience.from_slug(search.entry.audience) is Audience.ARCHIVIST
        and how != "origin"
        for how, search in searches_behind(connection, row)
    )
