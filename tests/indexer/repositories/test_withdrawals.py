from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.database import reading, utc_now, writing
from indexer.records import FileHash, RecordId
from indexer.repositories import outbox, withdrawals
from indexer.repositories.outbox import ChangeKind, queue
from tests.indexer.repositories.test_records import HASH, link, save, stored

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.repositories.batches import BatchRow


def denied(database: Engine, position: int = 1_000) -> set[str]:
    with reading(database) as connection:
        return set(withdrawals.denied_records(connection, position))


def queued(database: Engine) -> list[str]:
    with reading(database) as connection:
        return [change.record_id for change in outbox.changes_after(connection, 0, 100)]


def test_a_withdrawn_record_is_denied_until_the_withdrawal_is_lifted(database: Engine) -> None:
    with writing(database) as connection:
        number = withdrawals.withdraw_record(
            connection, RecordId("r1"), ground="隐私", by="档案员", at=utc_now()
        )
    assert denied(database) == {"r1"}
    with writing(database) as connection:
        ended = withdrawals.lift(connection, number, ground="已核实", by="馆长", at=utc_now())
        again = withdrawals.lift(connection, number, ground="再次", by="馆长", at=utc_now())
        never = withdrawals.lift(connection, 999, ground="无", by="馆长", at=utc_now())
    assert ended is not None
    assert (ended.record_id, ended.lift_ground) == ("r1", "已核实")
    assert (again, never) == (None, None)
    assert denied(database) == set()
    assert queued(database) == ["r1", "r1"]  # lifting it twice changes nothing
    with reading(database) as connection:
        assert withdrawals.list_withdrawals(connection, in_force_only=True) == []
        (kept,) = withdrawals.list_withdrawals(connection, in_force_only=False)
        assert withdrawals.list_lifted(connection, offset=0, limit=9) == [kept]
        assert withdrawals.list_lifted(connection, offset=1, limit=9) == []
        assert withdrawals.count_in_force(connection) == 0
        assert withdrawals.count_lifted(connection) == 1
    assert (kept.ground, kept.lift_ground, kept.lifted_by) == ("隐私", "已核实", "馆长")


def test_a_withdrawn_file_takes_every_record_that_ever_has_it(
    database: Engine, batch: BatchRow
) -> None:
    save(database, stored(batch, "r1", link(0)), stored(batch, "r2", link(0, FileHash("f" * 64))))
    with writing(database) as connection:
        number = withdrawals.withdraw_file(
            connection, HASH, ground="隐私", by="档案员", at=utc_now()
        )
        assert withdrawals.count_in_force(connection) == 1
    assert denied(database) == {"r1"}
    save(database, stored(batch, "r3", link(0, FileHash("e" * 64)), link(1)))
    assert denied(database) == {"r1", "r3"}
    with reading(database) as connection:
        assert withdrawals.withdrawn_records(connection) == {"r1", "r3"}
    with writing(database) as connection:
        withdrawals.lift(connection, number, ground="已核实", by="馆长", at=utc_now())
    assert denied(database) == set()
    assert queued(database) == ["r1", "r1", "r3"]


def test_two_withdrawals_of_one_record_are_lifted_one_by_one(database: Engine) -> None:
    with writing(database) as connection:
        numbers = [
            withdrawals.withdraw_record(
                connection, RecordId("r1"), ground=ground, by="档案员", at=utc_now()
            )
            for ground in ("隐私", "更正")
        ]
        withdrawals.lift(connection, numbers[0], ground="已核实", by="馆长", at=utc_now())
    assert denied(database) == {"r1"}


def test_what_fewer_may_see_is_denied_until_the_index_has_it(database: Engine) -> None:
    with writing(database) as connection:
        queue(connection, RecordId("r0"), ChangeKind.PUT)
        position = queue(connection, RecordId("r1"), ChangeKind.PUT, restricts=True)
    assert denied(database, position - 1) == {"r1"}
    assert denied(database, position) == set()
    with reading(database) as connection:
        assert withdrawals.withdrawn_records(connection) == set()
