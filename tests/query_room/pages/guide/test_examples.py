"""No example lies: every one is asked of an archive that holds the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.access import PUBLIC_VIEWER
from query_room.pages.guide.examples import SAMPLES, TOPICS
from tests.fixtures.archive import STAFF

if TYPE_CHECKING:
    from tests.fixtures.archive import SmallArchive


def test_every_example_finds_what_it_says_and_nothing_else(archive: SmallArchive) -> None:
    for sample in SAMPLES:
        archive.add(
            sample.title,
            sample.text,
            agency=sample.agency,
            document_number=sample.number,
            archival_code=sample.code,
            date=sample.date,
            persons=sample.persons,
        )
    archive.run()
    for example in (each for topic in TOPICS for each in topic.examples):
        viewer = STAFF if example.for_staff else PUBLIC_VIEWER
        answer = archive.ask(example.asked, viewer)
        assert answer.reading.relaxed_to is None, example.asked
        found = {hit.record.description.title for hit in answer.hits}
        assert found == set(example.finds), example.asked


def test_every_sample_is_found_by_one_example_and_missed_by_another() -> None:
    examples = [each for topic in TOPICS for each in topic.examples]
    for sample in SAMPLES:
        assert {sample.title in example.finds for example in examples} == {True, False}
