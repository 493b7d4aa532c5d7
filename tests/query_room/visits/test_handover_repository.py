from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, writing
from query_room.visits import HandoverStatus, repository
from query_room.visits import handover_repository as handovers
from tests.query_room.visits.test_repository import AT, ROW

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_a_step_is_taken_only_from_where_the_work_stands(database: Engine) -> None:
    waiting, taken = HandoverStatus.WAITING, HandoverStatus.TAKEN
    with writing(database) as connection:
        repository.add(connection, ROW)
        handovers.add(
            connection,
            handover_id="h1",
            visit_id=ROW.visit_id,
            search_id="s",
            by="wang",
            at=AT,
            note_event_id=2,
        )
        assert handovers.move(connection, "h1", waiting, taken, taken_by="li", taken_at=AT)
        assert not handovers.move(connection, "h1", waiting, taken, taken_by="sun", taken_at=AT)
    with reading(database) as connection:
        (row,) = handovers.of_visit(connection, ROW.visit_id)
        assert (row.status, row.taken_by, row.taken_at) == (taken, "li", AT)
        assert handovers.in_status(connection, [taken]) == [row]
        assert handovers.in_status(connection, [waiting]) == []
        assert handovers.find(connection, "h2") is None
