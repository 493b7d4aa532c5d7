"""The parts of requests, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from query_room.requests.clocks import Clocks
from query_room.requests.clockwork import Clockwork
from query_room.requests.consulting import Consulting
from query_room.requests.deciding import Deciding
from query_room.requests.evidence import Evidence
from query_room.requests.intake import Intake
from query_room.requests.letters import RequestLetters
from query_room.requests.moved_dates import MovedDates
from query_room.requests.personal_data import RequestData
from query_room.requests.reading import RequestReader
from query_room.requests.telling import Telling
from query_room.requests.warning import DueWarnings
from query_room.statute.periods import load_periods

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from query_room.calendar import CalendarService
    from query_room.finding_records import FindRecord
    from query_room.letters import Letters
    from query_room.notices import Notices
    from query_room.organs import OrganService
    from query_room.proofs import ProofStore
    from query_room.reviews import ReviewService
    from query_room.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Everything that can be done with requests.

    Attributes:
        intake: How they come in. clockwork: What moves the due date. consulting: Others asked.
        evidence: Searches and records. deciding: From the proposal to the end.
        letters: What goes out. reader: What is known.
        moved_dates: What notices on working days moved. warnings: Of due dates, to the organs.
    """

    intake: Intake
    clockwork: Clockwork
    consulting: Consulting
    evidence: Evidence
    deciding: Deciding
    letters: RequestLetters
    reader: RequestReader
    moved_dates: MovedDates
    warnings: DueWarnings


def open_requests(
    *,
    engine: Engine,
    vault: Vault,
    organs: OrganService,
    reviews: ReviewService,
    calendar: CalendarService,
    proofs: ProofStore,
    letters: Letters,
    notices: Notices,
    find_record: FindRecord,
    name_of: Callable[[str], str],
) -> Requests:
    """Requests on a database that is open and migrated."""
    telling = Telling(notices=notices, organs=organs, data=RequestData(vault))
    clocks = Clocks(calendar, load_periods())
    reader = RequestReader(
        engine=engine,
        vault=vault,
        organs=organs,
        reviews=reviews,
        clocks=clocks,
        find_record=find_record,
    )
    return Requests(
        intake=Intake(engine=engine, vault=vault, organs=organs, proofs=proofs, telling=telling),
        clockwork=Clockwork(
            engine=engine, vault=vault, organs=organs, clocks=clocks, telling=telling
        ),
        consulting=Consulting(engine=engine, vault=vault, organs=organs, clocks=clocks),
        evidence=Evidence(engine=engine, vault=vault, organs=organs, find_record=find_record),
        deciding=Deciding(
            engine=engine,
            vault=vault,
            organs=organs,
            reviews=reviews,
            clocks=clocks,
            telling=telling,
        ),
        letters=RequestLetters(
            engine=engine,
            vault=vault,
            organs=organs,
            reader=reader,
            letters=letters,
            find_record=find_record,
            name_of=name_of,
        ),
        reader=reader,
        moved_dates=MovedDates(engine=engine, organs=organs, calendar=calendar, clocks=clocks),
        warnings=DueWarnings(engine=engine, organs=organs, clocks=clocks, notices=notices),
    )
