"""Telling an applicant by e-mail that there is something to see; what it is, they see here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from query_room.notices import NoticeFields, NoticeKind, SealedContact

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from query_room.notices import Notices
    from query_room.organs import OrganService
    from query_room.requests.personal_data import RequestData
    from query_room.requests.repository import RequestRow

_STATUS_PAGE: Final = "/follow/"


class Telling:
    """Puts notices into the outbox, in the transaction of the step that they tell of."""

    def __init__(self, *, notices: Notices, organs: OrganService, data: RequestData) -> None:
        self._notices = notices
        self._organs = organs
        self._data = data

    def tell(
        self,
        connection: Connection,
        row: RequestRow,
        kind: NoticeKind,
        *,
        due_on: dt.date | None = None,
    ) -> None:
        """Tell the applicant, if they gave an address."""
        kept = [(row.request_id, row.applicant_event_id)]
        applicant = self._data.applicants(connection, kept).get(row.applicant_event_id)
        if applicant is None or not applicant.email:
            return
        self._notices.queue(
            connection,
            kind=kind,
            owner=row.request_id,
            to=SealedContact(owner=row.request_id, event_id=row.applicant_event_id),
            fields=NoticeFields(
                request_number=row.display_number,
                organ=self._organs.load(row.organ_id).name,
                due_on=due_on,
                status_url=_STATUS_PAGE,
            ),
        )
