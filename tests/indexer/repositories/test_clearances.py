from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import utc_now, writing
from indexer.repositories import clearances
from tests.indexer.repositories.conftest import HASH, OTHER

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_a_clearance_may_be_given_anew(database: Engine) -> None:
    with writing(database) as connection:
        for by in ("甲", "乙"):
            clearances.give(connection, HASH, ground="已解密", by=by, at=utc_now())
        assert clearances.cleared(connection) == {HASH}
        given = clearances.given_to(connection, [HASH, OTHER])
    assert list(given) == [HASH]
    assert given[HASH].cleared_by == "乙"
