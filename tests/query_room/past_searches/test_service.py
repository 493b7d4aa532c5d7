"""Who may read an answer of before, and what of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.database import utc_now, writing
from indexer.repositories.withdrawals import withdraw_record
from query_room.accounts import Role
from query_room.audit import HitState
from search_api.errors import SearchNotLoggedError
from search_api.log import EventKind, events_of_subject
from search_api.params import parse_question
from search_api.replaying import Fate, Reason
from tests.fixtures.archive import context
from tests.query_room.audit.test_service import account
from tests.query_room.requests.conftest import Office, office

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive

__all__ = ["office"]  # the fixture


def citizens(office: Office, text: str = "红旗公社") -> str:
    answer = office.room.search.search(parse_question({"q": [text]}), PUBLIC_VIEWER, context())
    return answer.search_id


def test_whoever_asked_reads_the_whole_answer_again(office: Office) -> None:
    answer = office.ask("红旗公社")
    own = office.room.past_searches.load(
        answer.search_id, by=office.handler, viewer=office.viewer(office.handler)
    )
    assert own.total == answer.total
    assert [hit.rank for hit in own.hits] == [hit.rank for hit in answer.hits]
    assert {hit.state for hit in own.hits} == {HitState.SAME}
    assert own.list_digest


def test_others_are_told_that_there_is_no_such_search(office: Office) -> None:
    past = office.room.past_searches
    search_id = office.ask("红旗公社").search_id
    for by in (None, office.colleague, office.archivist):
        with pytest.raises(SearchNotLoggedError):
            past.load(search_id, by=by, viewer=PUBLIC_VIEWER)
    with pytest.raises(SearchNotLoggedError):
        past.compare(search_id, by=office.colleague, viewer=PUBLIC_VIEWER)
    with pytest.raises(SearchNotLoggedError):
        past.load("nowhere", by=office.handler, viewer=PUBLIC_VIEWER)


def test_an_auditor_sees_identifiers_and_states_and_no_titles(
    office: Office, archive: SmallArchive
) -> None:
    answer = office.ask("红旗公社", by=office.archivist)
    auditor = account(office.room, "shenji", Role.AUDITOR)
    with writing(archive.engine) as connection:
        withdraw_record(
            connection, answer.hits[0].record.record_id, ground="误", by="li", at=utc_now()
        )
    found = office.room.past_searches.load(answer.search_id, by=auditor, viewer=PUBLIC_VIEWER)
    assert found.by_identifiers
    assert len(found.hits) == len(answer.hits)
    assert {hit.record for hit in found.hits} == {None}
    assert found.hits[0].state is HitState.WITHDRAWN
    compared = office.room.past_searches.compare(answer.search_id, by=auditor, viewer=PUBLIC_VIEWER)
    assert compared.records == {}
    titles = {hit.record.description.title for hit in answer.hits}
    assert not any(title in repr(compared) for title in titles)


def test_what_a_reader_may_not_see_is_neither_shown_nor_counted(
    office: Office, archive: SmallArchive
) -> None:
    search_id = citizens(office)
    past = office.room.past_searches
    whole = past.load(search_id, by=None, viewer=PUBLIC_VIEWER)
    assert whole.total == len(whole.hits) == 1
    assert [hit.rank for hit in whole.hits] == [1]
    gone = whole.hits[0].record_id
    with writing(archive.engine) as connection:
        withdraw_record(connection, gone, ground="误公开", by="li", at=utc_now())
    rest = past.load(search_id, by=None, viewer=PUBLIC_VIEWER)
    assert (rest.hits, rest.total, rest.list_digest) == ((), None, None)
    # The counter, comparing it, is not told of it either; the archive is, by its reason.
    by_staff = past.compare(
        search_id, by=office.colleague, viewer=office.viewer(office.colleague)
    ).comparison
    assert gone not in {hit.record_id for hit in by_staff.hits}
    by_archivist = past.compare(
        search_id, by=office.archivist, viewer=office.viewer(office.archivist)
    ).comparison
    assert (Fate.LOST, Reason.WITHDRAWN) in {
        (hit.fate, hit.reason) for hit in by_archivist.hits if hit.record_id == gone
    }


def test_who_was_shown_a_record_is_told_that_it_is_gone_and_not_why(
    office: Office, archive: SmallArchive
) -> None:
    answer = office.ask("红旗公社")
    gone = answer.hits[0].record.record_id
    with writing(archive.engine) as connection:
        withdraw_record(connection, gone, ground="误公开", by="li", at=utc_now())
    found = office.room.past_searches.compare(
        answer.search_id, by=office.handler, viewer=office.viewer(office.handler)
    )
    (lost,) = (hit for hit in found.comparison.hits if hit.fate is Fate.LOST)
    assert (lost.record_id, lost.reason) == (gone, Reason.HIDDEN)
    assert gone not in found.records


def test_a_comparison_is_on_record_with_its_search_and_is_no_search(
    office: Office, archive: SmallArchive
) -> None:
    search_id = office.ask("红旗公社").search_id
    office.room.past_searches.compare(
        search_id, by=office.handler, viewer=office.viewer(office.handler)
    )
    made, compared = events_of_subject(archive.engine, search_id)
    assert (made.kind, compared.kind) == (EventKind.SEARCHED, EventKind.REPLAYED)
    assert compared.body is not None
    assert compared.body["by"] == office.handler.name
    assert compared.body["lost"] == 0
