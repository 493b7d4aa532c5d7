from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from indexer.database import writing
from query_room.tables import visit_day
from query_room.upsert import upsert

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_a_row_is_made_once_and_counted_up_by_whoever_comes(database: Engine) -> None:
    def count(_place: int) -> int:
        with writing(database) as connection:
            statement = upsert(connection, visit_day).values(day=dt.date(2026, 3, 2), last_number=1)
            number: int = connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[visit_day.c.day],
                    set_={"last_number": visit_day.c.last_number + 1},
                ).returning(visit_day.c.last_number)
            ).scalar_one()
            return number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(count, range(8))) == list(range(1, 9))
