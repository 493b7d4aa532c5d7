"""The service on a real archive: import, index, ask."""

from __future__ import annotations

import pytest

from indexer.access import PUBLIC_VIEWER, Audience, Viewer
from indexer.database import reading, utc_now, writing
from indexer.errors import EngineUnavailableError, InvalidQueryError, RecordNotFoundError
from indexer.indexing.generating import begin_generation, roll_back
from indexer.records import FileHash, RecordId
from indexer.repositories import withdrawals
from search_api.log import Use, load_search, uses_of_search
from tests.fixtures.archive import ARCHIVIST, STAFF, SmallArchive, context


def body(answer: object) -> str:
    pages = (page for hit in answer.hits for page in hit.pages)  # type: ignore[attr-defined]
    return "|".join(
        "".join(f"[{f.text}]" if f.marked else f.text for f in page.fragments) for page in pages
    )


def test_an_answer_shows_the_page_with_the_words_marked(archive: SmallArchive) -> None:
    archive.add(
        "低保工作的通知",
        "第一页。\f第二页说低保的申请。\f第三页。",
        agency="区民政局",
        date="2008-03",
    )
    archive.run()
    answer = archive.ask("低保 申请")
    (hit,) = answer.hits
    assert [page.page for page in hit.pages] == [2]
    assert body(answer) == "第二页说[低保]的[申请]。"
    assert (answer.total, answer.reading.relaxed_to) == (1, None)


def test_lines_with_a_marked_word_come_before_lines_that_are_only_like_the_question(
    archive: SmallArchive,
) -> None:
    like = "孩没有，子没有，怎么，上怎么，学办怎，办么。" * 20
    archive.add("解答", f"{like}\n{'别的事情，与此无关。' * 45}领低保。")
    archive.run()
    answer = archive.ask("孩子没有上学怎么办低保")
    assert [page.page for page in answer.hits[0].pages] == [1]
    assert "[低保]" in body(answer)


def test_a_run_across_a_page_break_is_shown_on_both_pages(archive: SmallArchive) -> None:
    archive.add("名册", "前文，最低生\f活保障。后文")
    archive.run()
    answer = archive.ask('"最低生活保障"')
    assert {page.page for page in answer.hits[0].pages} == {1, 2}
    assert body(answer) == "前文，[最低生]|[活保障]。后文"
    record_id = answer.hits[0].record.record_id
    page = archive.service.page(record_id, 0, 2, PUBLIC_VIEWER, '"最低生活保障"')
    assert page.fragments[0].text == "活保障"
    assert page.fragments[0].marked


def test_a_relaxed_answer_says_so(archive: SmallArchive) -> None:
    archive.add("低保名册")
    archive.run()
    answer = archive.ask("低保 拖拉机")
    assert (answer.total, answer.reading.relaxed_to) == (1, 1)


def test_what_comes_nearest_is_shown_apart_and_logged(archive: SmallArchive) -> None:
    archive.add("低保名册")
    archive.add("低保户花名单", "低保名单。")
    archive.run()
    answer = archive.ask("低保 名册")
    assert [hit.record.description.title for hit in answer.hits] == ["低保名册"]
    assert [hit.record.description.title for hit in answer.nearby] == ["低保户花名单"]
    assert (answer.total, answer.nearby[0].rank) == (1, 2)
    with reading(archive.engine) as connection:
        search = load_search(connection, answer.search_id)
    assert search.entry is not None
    assert [hit.record_id for hit in search.entry.hits] == [
        hit.record.record_id for hit in (*answer.hits, *answer.nearby)
    ]


def test_a_name_that_nobody_wrote_in_one_run_is_found_by_its_parts(archive: SmallArchive) -> None:
    archive.add("关于松瓦乡撤乡改镇的批复", "同意松瓦乡撤乡改镇。")
    archive.add("低保名册", "低保。")
    archive.run()
    answer = archive.ask("松瓦乡改镇")
    assert [hit.record.description.title for hit in answer.hits] == ["关于松瓦乡撤乡改镇的批复"]
    assert answer.reading.clauses == ("松瓦", "瓦乡", "乡改", "改镇")
    # What was quoted is looked for as it stands, and in no other way.
    assert archive.ask('"松瓦乡改镇"').total == 0


@pytest.mark.parametrize("text", ["！？。", '""', "〔〕"])
def test_a_question_without_a_letter_is_refused(archive: SmallArchive, text: str) -> None:
    archive.add("名册")
    archive.run()
    with pytest.raises(InvalidQueryError):
        archive.ask(text)


def test_by_relevance_paging_ends_at_a_thousand(archive: SmallArchive) -> None:
    archive.add("名册")
    archive.run()
    with pytest.raises(InvalidQueryError):
        archive.ask("名册", page="101")
    assert archive.ask("名册", page="101", order="newest").total == 1


def test_without_an_index_the_answer_is_an_error_not_an_empty_page(archive: SmallArchive) -> None:
    with pytest.raises(EngineUnavailableError):
        archive.ask("名册")


def test_every_search_is_logged_with_what_it_showed(archive: SmallArchive) -> None:
    archive.add("低保名册", "低保金发放")
    archive.run()
    service = archive.service
    answer = archive.ask("低保", STAFF)
    service.log_use(Use.OPENED, answer.hits[0].record, context("王某"), search_id=answer.search_id)
    with reading(archive.engine) as connection:
        logged = load_search(connection, answer.search_id)
        (use,) = uses_of_search(connection, answer.search_id)
    assert logged.entry is not None
    assert logged.entry.text == "低保"
    assert logged.entry.audience == "staff"
    assert [hit.record_id for hit in logged.entry.hits] == [answer.hits[0].record.record_id]
    assert logged.entry.hits[0].content_hash == answer.hits[0].record.content_hash
    assert use.record_id == answer.hits[0].record.record_id


def test_absent_and_forbidden_are_one_answer(archive: SmallArchive) -> None:
    archive.add("控制的名册", "低保", opening="controlled")
    archive.run()
    record_id = archive.ask("名册", STAFF).hits[0].record.record_id
    for wanted in (record_id, RecordId("rnothing"), "", "r' OR 1=1 --"):
        with pytest.raises(RecordNotFoundError):
            archive.service.record(wanted, PUBLIC_VIEWER)
        with pytest.raises(RecordNotFoundError):
            archive.service.page(wanted, 0, 1, PUBLIC_VIEWER)
        with pytest.raises(RecordNotFoundError):
            archive.service.original(wanted, 0, PUBLIC_VIEWER)
    assert archive.service.record(record_id, STAFF).record_id == record_id


@pytest.mark.parametrize(("ordinal", "page"), [(0, 2), (0, 0), (1, 1), (-1, 1)])
def test_a_page_that_a_record_lacks_is_not_found(
    archive: SmallArchive, ordinal: int, page: int
) -> None:
    archive.add("名册", "一页")
    archive.run()
    record_id = archive.ask("名册").hits[0].record.record_id
    with pytest.raises(RecordNotFoundError):
        archive.service.page(record_id, ordinal, page, PUBLIC_VIEWER)


def test_a_withdrawn_record_is_gone_at_once_and_stays_gone(archive: SmallArchive) -> None:
    archive.add("低保名册", "低保金", agency="甲局", fonds="0001", category="文书")
    archive.add("另一名册", "低保", agency="乙局", fonds="0001", category="文书")
    archive.run()
    record_id = _id(archive, "低保名册")
    with writing(archive.engine) as connection:
        withdrawals.withdraw_record(connection, record_id, ground="错放", by="档案员", at=utc_now())
    _assert_gone(archive, record_id)
    archive.index()
    _assert_gone(archive, record_id)
    # Put in again, the same and changed.
    archive.run()
    archive.add("低保名册", "低保金改过", agency="甲局", fonds="0001", category="文书")
    archive.run()
    _assert_gone(archive, record_id)
    with writing(archive.engine) as connection:
        begin_generation(connection, archive.settings, at=utc_now())
    archive.index()
    _assert_gone(archive, record_id)
    with writing(archive.engine) as connection:
        assert roll_back(connection, archive.settings, at=utc_now()) == 1
    _assert_gone(archive, record_id)
    archive.index()
    _assert_gone(archive, record_id)


def test_a_withdrawn_content_takes_every_record_that_has_it(archive: SmallArchive) -> None:
    archive.add("甲名册", "同样的内容")
    archive.add("乙名册", "同样的内容")
    archive.add("丙名册", "别的内容")
    archive.run()
    file_hash = archive.ask("甲名册").hits[0].record.files[0].file_hash
    assert file_hash is not None
    with writing(archive.engine) as connection:
        withdrawals.withdraw_file(
            connection, FileHash(file_hash), ground="含隐私", by="档案员", at=utc_now()
        )
    assert archive.titles("名册", ARCHIVIST) == ["丙名册"]
    archive.add("丁名册", "同样的内容")
    archive.run()
    assert archive.titles("名册", ARCHIVIST) == ["丙名册"]


def test_lifting_a_withdrawal_brings_the_record_back(archive: SmallArchive) -> None:
    archive.add("低保名册")
    archive.run()
    record_id = _id(archive, "低保名册")
    with writing(archive.engine) as connection:
        number = withdrawals.withdraw_record(
            connection, record_id, ground="查", by="档案员", at=utc_now()
        )
    with writing(archive.engine) as connection:
        withdrawals.lift(connection, number, ground="查过", by="档案员", at=utc_now())
    archive.index()
    assert archive.titles("低保") == ["低保名册"]


def test_a_record_closed_by_a_new_catalogue_is_hidden_before_the_index_knows(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add("低保名册", "低保金", agency="甲局")
    archive.run()
    record_id = _id(archive, "低保名册")
    archive.add("低保名册", "低保金", agency="甲局", opening="controlled")
    with monkeypatch.context() as patch:
        patch.setattr(SmallArchive, "index", lambda _: None)
        archive.run()
    _assert_gone(archive, record_id, (PUBLIC_VIEWER,))
    archive.index()
    _assert_gone(archive, record_id, (PUBLIC_VIEWER,))
    assert archive.titles("低保", STAFF) == ["低保名册"]


def test_browsing_counts_what_the_viewer_may_see(archive: SmallArchive) -> None:
    where = {"fonds": "0001", "fonds_name": "区政府", "category": "文书"}
    archive.add("公开件", **where, item="0001")
    archive.add("控制件", **where, item="0002", opening="controlled")
    archive.add("卷内件", **where, volume="003", item="0001")
    archive.run()
    service = archive.service
    assert [(e.value, e.label, e.count) for e in service.browse(PUBLIC_VIEWER)] == [
        ("0001", "区政府", 2)
    ]
    assert [(e.value, e.count) for e in service.browse(STAFF, ["0001"])] == [("文书", 3)]
    below = service.browse(PUBLIC_VIEWER, ["0001", "文书"])
    assert [(e.value, e.label, e.record_id is None) for e in below] == [
        ("003", "003", True),
        ("0001", "公开件", False),
    ]
    assert [e.label for e in service.browse(PUBLIC_VIEWER, ["0001", "文书", "003"])] == ["卷内件"]
    assert service.holdings(PUBLIC_VIEWER).records == 2
    assert service.holdings(Viewer(audience=Audience.STAFF)).records == 3


def test_suggestions_are_titles_within_the_viewers_rights(archive: SmallArchive) -> None:
    archive.add("低保名册")
    archive.add("低保工作的通知", opening="controlled")
    archive.run()
    assert [s.text for s in archive.service.suggest("低", PUBLIC_VIEWER)] == ["低保名册"]
    assert {s.text for s in archive.service.suggest("低保", STAFF)} == {
        "低保名册",
        "低保工作的通知",
    }
    assert archive.service.suggest("！", STAFF) == ()


def _id(archive: SmallArchive, title: str) -> RecordId:
    found = [h.record for h in archive.ask(f'"{title}"', ARCHIVIST).hits]
    return next(r.record_id for r in found if r.description.title == title)


def _assert_gone(
    archive: SmallArchive,
    record_id: RecordId,
    viewers: tuple[Viewer, ...] = (PUBLIC_VIEWER, STAFF, ARCHIVIST),
) -> None:
    service = archive.service
    for viewer in viewers:
        answer = archive.ask("低保", viewer)
        assert record_id not in {hit.record.record_id for hit in answer.hits}
        assert answer.total == len(answer.hits)
        values = {count.value for counts in answer.facets.values() for count in counts}
        assert "甲局" not in values
        assert all(s.record_id != record_id for s in service.suggest("低保", viewer))
        listed = service.browse(viewer, ["0001", "文书"])
        assert all(entry.record_id != record_id for entry in listed)
        for channel in (
            lambda v: service.record(record_id, v),
            lambda v: service.page(record_id, 0, 1, v),
            lambda v: service.original(record_id, 0, v),
        ):
            with pytest.raises(RecordNotFoundError):
                channel(viewer)
