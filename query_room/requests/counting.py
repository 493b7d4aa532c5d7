"""How much somebody has asked for in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from query_room.requests import repository
from query_room.requests.model import RequestKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from query_room.requests.repository import RequestRow


def items_before(connection: Connection, row: RequestRow) -> int:
    """Requests that came from the same applicant earlier in the same calendar month.

    The organ's own, whatever became of them; none where who applied was erased or named no
    document. Source: 国办函〔2020〕109号 (同一申请人, 自然月).
    """
    if row.person_digest is None or row.received_on is None:
        return 0
    month = row.received_on.replace(day=1)
    return sum(
        other.received_on is not None
        and other.received_on.replace(day=1) == month
        and (other.received_on, other.request_id) < (row.received_on, row.request_id)
        for other in repository.of_person(connection, row.person_digest)
        if other.organ_id == row.organ_id and other.kind == RequestKind.DISCLOSURE.value
    )
