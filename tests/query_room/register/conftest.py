"""A visit at the counter, and the register before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from query_room.outcomes import Outcome
from query_room.register import (
    EffectsOfUse,
    Mode,
    NewEntry,
    NewItem,
    RegisterEntry,
    RegisterPeriods,
    RegisterService,
)
from tests.query_room.counter import counter

if TYPE_CHECKING:
    from indexer.records import Record
    from query_room.accounts import Account
    from query_room.visits import Visit
    from tests.query_room.counter import Counter

__all__ = ["counter"]  # the fixture


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A visit whose search had two hits, and the register."""

    counter: Counter
    register: RegisterService
    periods: RegisterPeriods
    effects: EffectsOfUse
    visit: Visit
    search_id: str
    opened: Record
    controlled: Record
    volume: Record
    hidden: Record

    def entry(self, *items: NewItem, outcome: Outcome = Outcome.FOUND) -> NewEntry:
        return NewEntry(search_id=self.search_id, outcome=outcome, items=items)

    def log(self, new: NewEntry, by: Account | None = None) -> RegisterEntry:
        by = by or self.counter.staff
        return self.register.log_entry(
            self.visit.visit_id, new, by=by, viewer=self.counter.viewer(by)
        )

    def load(self, entry_id: str, by: Account | None = None) -> RegisterEntry:
        by = by or self.counter.staff
        return self.register.load(entry_id, by=by, viewer=self.counter.viewer(by))


def consult(record: Record, mode: Mode = Mode.CONSULT) -> NewItem:
    return NewItem(record_id=record.record_id, mode=mode)


@pytest.fixture
def desk(counter: Counter) -> Desk:
    visit = counter.open_visit()
    answer = counter.ask("“知青”", visit.visit_id)
    records = {hit.record.description.title: hit.record for hit in answer.hits}
    assert len(records) == 2
    (volume,) = counter.ask("“年终决算”", by=counter.archivist).hits
    (hidden,) = counter.ask("“来信处理单”", by=counter.archivist).hits
    return Desk(
        counter=counter,
        register=RegisterService(
            engine=counter.engine, vault=counter.vault, find_record=counter.search.record
        ),
        periods=RegisterPeriods(
            engine=counter.engine, vault=counter.vault, find_record=counter.search.record
        ),
        effects=EffectsOfUse(engine=counter.engine, vault=counter.vault),
        visit=visit,
        search_id=answer.search_id,
        opened=records["红旗公社一九七一年知青名单"],
        controlled=records["红旗公社一九七二年知青回城批复"],
        volume=volume.record,
        hidden=hidden.record,
    )
