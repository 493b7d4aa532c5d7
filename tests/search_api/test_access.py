"""Whatever the records, the viewer and the question: no channel tells of a record one may not see.

The whole way is real: catalogue, import, index, database, text store. Every record has a word of
its own, so that a leak anywhere in an answer can be read in it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import migrate, open_database, reading
from indexer.errors import RecordNotFoundError
from indexer.repositories import records
from query_room.opening import ROOMS
from search_api.log import load_search
from search_api.opening import open_lists, open_news, open_replays
from search_api.params import parse_question
from search_api.replaying import Fate
from tests.fixtures.archive import SmallArchive, context, settings_in

if TYPE_CHECKING:
    from indexer.records import Record
    from search_api.answers import SearchAnswer

AGENCIES = ("区民政局", "区教育局")
QUERIES = ("低保", '"低保名册"', "低保 学校", "学校", "红旗公社的低保怎么申请办理")
OWN = tuple("甲乙丙丁戊己庚辛壬癸")

rows_of_papers = st.lists(
    st.fixed_dictionaries(
        {
            "secrecy": st.sampled_from(["公开", "内部", "工作秘密"]),
            "opening": st.sampled_from(["开放", "控制", "延期开放", "未审核"]),
            "disclosure": st.sampled_from(["主动公开", "依申请公开", "不予公开"]),
            "agency": st.sampled_from(AGENCIES),
            "date": st.sampled_from(["1971", "1988-03", "2008-03-15"]),
            "about": st.sampled_from(["低保名册", "学校", "低保，学校"]),
            "text": st.sampled_from(["{about}。{word}某的事。", "{about}。"]),  # its own, or a copy
        }
    ),
    min_size=1,
    max_size=len(OWN),
)
viewers = st.builds(
    Viewer,
    audience=st.sampled_from(Audience),
    agencies=st.frozensets(st.sampled_from(AGENCIES)),
    all_agencies=st.booleans(),
)


@dataclass
class Filled:
    """An archive with its records by their own word."""

    archive: SmallArchive
    by_word: dict[str, Record]

    def seen_by(self, viewer: Viewer) -> set[str]:
        """Words of the records that the viewer may see."""
        return {word for word, record in self.by_word.items() if viewer.may_see(record.access)}


def filled(folder: Path, papers: Path, rows: list[tuple[str, dict[str, str]]]) -> Filled:
    """The rows as records of a new archive in ``folder``, each with its own word."""
    url = f"sqlite:///{folder / 'query_room.db'}"
    engine = open_database(url)
    migrate(engine, *ROOMS)
    archive = SmallArchive(folder=papers, engine=engine, settings=settings_in(folder, url))
    for word, row in rows:
        name = f"{word}号{row['about']}"
        known = {each: row[each] for each in row if each not in {"about", "text"}}
        archive.add(name, row["text"].format(about=row["about"], word=word), **known)
    archive.run(level=None)
    with reading(engine) as connection:
        found = records.load_records(connection, list(records.iter_record_ids(connection)))
    return Filled(archive, {record.description.title[0]: record for record in found.values()})


def words_in(answer: object) -> set[str]:
    """Own words of records that can be read anywhere in an answer."""
    said = repr(answer)
    return {word for word in OWN if f"{word}号" in said or f"{word}某" in said}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), rows_of_papers)
def test_no_channel_tells_of_a_record_one_may_not_see(
    data: st.DataObject, rows: list[dict[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as made:
        named = list(zip(OWN, rows, strict=False))
        whole = filled(Path(made), Path(made) / "papers", named)
        service = whole.archive.service
        for _ in range(6):
            viewer = data.draw(viewers)
            seen = whole.seen_by(viewer)
            for query in QUERIES:
                answer = whole.archive.ask(query, viewer)
                assert words_in(answer) <= seen
                assert answer.total == len(answer.shown) <= len(seen)
                for counts in answer.facets.values():
                    assert sum(count.count for count in counts) <= answer.total
            assert words_in(service.suggest("号", viewer, 20)) <= seen
            assert service.holdings(viewer).records == len(seen)
            assert_nothing_is_told_by_lists_news_and_replays(whole, data.draw(viewers), viewer)
            for word, record in whole.by_word.items():
                for channel in (
                    lambda r=record, v=viewer: service.record(r.record_id, v),
                    lambda r=record, v=viewer: service.page(r.record_id, 0, 1, v, "低保"),
                    lambda r=record, v=viewer: service.original(r.record_id, 0, v),
                ):
                    if word in seen:
                        channel()
                        assert words_in(service.similar(record, viewer)) <= seen
                        continue
                    assert not service.hits_in(record, viewer, "低保").total
                    with pytest.raises(RecordNotFoundError) as caught:
                        channel()
                    assert not words_in(caught.value)
        whole.archive.engine.dispose()


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows_of_papers)
def test_the_publics_answers_are_those_of_an_archive_without_the_other_records(
    rows: list[dict[str, str]],
) -> None:
    def given_to_the_public(archive: SmallArchive) -> list[object]:
        answers = [_shown(archive.ask(query)) for query in QUERIES]
        similar = {
            hit.record.record_id: archive.service.similar(hit.record, PUBLIC_VIEWER)
            for hit in archive.ask("低保 学校").shown
        }
        suggested = [each.text for each in archive.service.suggest("号", PUBLIC_VIEWER, 20)]
        made = open_lists(archive.engine, archive.settings).make(
            parse_question({"q": ["低保"]}), PUBLIC_VIEWER, context()
        )
        return [*answers, similar, suggested, archive.service.holdings(PUBLIC_VIEWER), made.digest]

    with tempfile.TemporaryDirectory() as made:
        named = list(zip(OWN, rows, strict=False))
        papers = Path(made) / "papers"
        whole = filled(Path(made) / "whole", papers, named)
        public = whole.seen_by(PUBLIC_VIEWER)
        # The same folder, so that identities, and with them the order of equals, are the same.
        papers.rename(Path(made) / "moved")
        only = [each for each in named if each[0] in public]
        alone = filled(Path(made) / "alone", papers, only)
        assert given_to_the_public(whole.archive) == given_to_the_public(alone.archive)
        for each in (whole, alone):
            each.archive.engine.dispose()


def assert_nothing_is_told_by_lists_news_and_replays(
    whole: Filled, asker: Viewer, viewer: Viewer
) -> None:
    """What one viewer asked, another takes along, is told of as new, or asks again."""
    archive = whole.archive
    seen = whole.seen_by(viewer)
    known = {whole.by_word[word].record_id for word in seen}
    question = parse_question({"q": ["低保"]})
    made = open_lists(archive.engine, archive.settings).make(question, viewer, context())
    assert words_in(made) <= seen
    assert len(made.answer.hits) == made.answer.total
    news = open_news(archive.engine, archive.settings).count([replace(question, since=1)], viewer)
    matching = {hit.record.record_id for hit in made.answer.hits if hit.record.revision > 1}
    assert news.counts == (len(matching),)
    answer = archive.ask("低保", asker)
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
    found = open_replays(archive.engine, archive.settings).replay(logged, viewer)
    told = {hit.record_id for hit in found.hits if hit.fate is not Fate.BEYOND}
    assert told <= known
    assert found.total == len(known & {hit.record.record_id for hit in answer.shown})
    # Nothing happened in between: nothing that is told says otherwise.
    assert found.is_unchanged


def _shown(answer: SearchAnswer) -> tuple[object, ...]:
    """All of an answer but what differs between any two searches."""
    hits = [
        (hit.rank, hit.record.record_id, hit.title, hit.pages, hit.why, hit.repeal, hit.folded)
        for hit in (*answer.hits, *answer.nearby)
    ]
    return answer.total, hits, answer.facets, answer.reading, answer.sees_everything
