from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from search_api.answering import entry_of
from search_api.params import parse_question
from search_api.replaying.asking import logged_question, logged_viewer, reaches
from tests.contracts.records import AGENCIES, archives, viewers
from tests.fixtures.archive import ARCHIVIST, STAFF, context

if TYPE_CHECKING:
    from indexer.access import Viewer
    from indexer.records import Record
    from tests.fixtures.archive import SmallArchive


def test_a_logged_search_is_the_question_that_was_asked(archive: SmallArchive) -> None:
    archive.add("一", "低保", agency="区民政局", date="2008-03-15")
    archive.run()
    arguments = {
        "q": ['标题:"低保"'],
        "literal": ["1"],
        "agency": list(AGENCIES),
        "year": ["2008", "2009"],
        "category": ["文书"],
        "audience": ["public", "staff"],
        "fonds": ["0001"],
        "from": ["2008-01-01"],
        "to": ["2008-12-31"],
        "order": ["oldest"],
        "page": ["2"],
        "size": ["25"],
    }
    question = parse_question(arguments)
    answer = archive.service.search(question, ARCHIVIST, context())
    entry = entry_of(answer, ARCHIVIST, context())
    json.dumps(dict(entry.filters))
    assert logged_question(entry) == question
    assert logged_viewer(entry) == ARCHIVIST


@given(viewers(), viewers(), archives())
def test_who_reaches_another_sees_all_that_the_other_sees(
    one: Viewer, other: Viewer, records: list[Record]
) -> None:
    if reaches(one, other):
        for record in records:
            assert one.may_see(record.access) or not other.may_see(record.access)
    assert reaches(one, one)
    assert reaches(ARCHIVIST, STAFF)
    assert not reaches(STAFF, ARCHIVIST)
