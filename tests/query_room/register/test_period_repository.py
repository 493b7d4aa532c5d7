from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from indexer.database import writing
from query_room.register import period_repository, repository
from query_room.register.period_repository import Period, UseCounts
from query_room.visits import repository as visits
from tests.query_room.register.test_repository import ENTRY, ITEM
from tests.query_room.visits.test_repository import AT, ROW

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_a_corrected_entry_counts_no_more(database: Engine) -> None:
    end = AT + dt.timedelta(seconds=1)
    now = Period(start=AT, end=end)
    later = Period(start=end, end=end + dt.timedelta(days=1))
    with writing(database) as connection:
        visits.add(connection, ROW)
        repository.add(connection, ENTRY, [ITEM])
        assert period_repository.count_visits(connection, now) == {"work": 1}
        assert period_repository.count_uses(connection, now) == UseCounts(
            volumes=0, items=1, pages_copied=6, certificates=0
        )
        assert period_repository.count_uses(connection, later).items == 0
        repository.mark_corrected(connection, ENTRY.entry_id, "20260302-001-02")
        assert period_repository.count_visits(connection, now) == {}
        assert period_repository.count_uses(connection, now).pages_copied == 0
