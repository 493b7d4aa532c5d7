from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.errors import RecordNotFoundError
from indexer.importing.undo import undo_batch
from indexer.official import RelationKind
from search_api.relating import Validity
from tests.fixtures.archive import ARCHIVIST

if TYPE_CHECKING:
    from indexer.access import Viewer
    from search_api.relating import Related
    from tests.fixtures.archive import SmallArchive

OLD = "青山区人民政府关于印发《青山区低保办法》的通知\n青政发〔2005〕3号\n各街道办事处：\n正文。\n"
NEW = "青山区低保管理办法\n第一条 低保。\n《青山区低保办法》（青政发[2005]3号）同时废止。\n"


def related(archive: SmallArchive, title: str, viewer: Viewer = PUBLIC_VIEWER) -> Related:
    service = archive.service
    found = {
        hit.record.description.title: hit.record.record_id
        for hit in archive.ask("正文 低保", viewer=ARCHIVIST).shown
    }
    return service.related(found[title], viewer)


@pytest.fixture
def filled(archive: SmallArchive) -> SmallArchive:
    archive.add("旧办法", OLD + "低保。", document_number="青政发〔2005〕3号", date="2005-05-01")
    archive.add("新办法", NEW + "正文。", date="2008-03-15")
    archive.add("别的", "别的低保正文。", document_number="青政发〔2005〕4号")
    archive.run()
    return archive


def test_a_repeal_is_seen_from_both_sides(filled: SmallArchive) -> None:
    new, old = related(filled, "新办法"), related(filled, "旧办法")
    (acts_on,) = new.acts_on
    assert acts_on.relation.kind is RelationKind.REPEALS
    assert acts_on.record is not None
    assert acts_on.record.description.title == "旧办法"
    assert [each.record.description.title for each in old.acted_on_by] == ["新办法"]
    assert (old.validity, new.validity) == (Validity.REPEALED, None)
    assert old.said.recipients == ("各街道办事处",)
    assert related(filled, "别的").acted_on_by == ()


def test_who_may_not_see_a_record_learns_nothing_from_it(filled: SmallArchive) -> None:
    filled.add("新办法", NEW + "正文。", date="2008-03-15", opening="控制")
    filled.run()
    assert related(filled, "旧办法").validity is None
    assert related(filled, "旧办法", ARCHIVIST).validity is Validity.REPEALED
    with pytest.raises(RecordNotFoundError):
        related(filled, "新办法")
    filled.add("新办法", NEW + "正文。", date="2008-03-15", opening="开放")
    filled.add("旧办法", OLD + "低保。", document_number="青政发〔2005〕3号", opening="控制")
    filled.run()
    (acts_on,) = related(filled, "新办法").acts_on
    assert (acts_on.record, acts_on.relation.title) == (None, "青山区低保办法")


def test_a_title_alone_must_mean_one_paper(archive: SmallArchive) -> None:
    for year in (2006, 2007):
        archive.add(
            f"防汛{year}",
            f"关于防汛低保工作的通知\n正文{year}。",
            title="关于防汛低保工作的通知",
            document_number=f"青政发〔{year}〕1号",
            date=str(year),
        )
    archive.add("废止", "《关于防汛低保工作的通知》同时废止。正文。", date="2009")
    archive.run()
    (acts_on,) = related(archive, "废止").acts_on
    assert acts_on.record is None
    assert related(archive, "关于防汛低保工作的通知").validity is None


def test_a_namesake_is_repealed_by_the_later_one_only(archive: SmallArchive) -> None:
    text = "青山区低保办法\n第一条 正文。\n1999年发布的《青山区低保办法》同时废止。"
    archive.add("一", "青山区低保办法\n第一条 低保正文。", title="青山区低保办法", date="1999")
    archive.add("二", text, title="青山区低保办法", date="2008")
    archive.run()
    service = archive.service
    hits = archive.ask("正文", viewer=ARCHIVIST).hits
    by_year = {
        hit.record.description.date.year: service.related(hit.record.record_id, ARCHIVIST)
        for hit in hits
        if hit.record.description.date
    }
    assert by_year[1999].validity is Validity.REPEALED
    assert by_year[2008].validity is None


def test_what_is_undone_repeals_nothing(filled: SmallArchive) -> None:
    filled.add("修改", "对《青山区低保管理办法》作如下修改：正文。", date="2010")
    filled.add("新办法", NEW + "正文。", title="青山区低保管理办法", date="2008-03-15")
    assert filled.run().batch_number == 2
    assert related(filled, "青山区低保管理办法").validity is Validity.AMENDED
    undo_batch(filled.engine, filled.settings, 2)
    filled.index()
    assert related(filled, "新办法").validity is None


def test_a_paper_in_two_scripts_is_linked_by_its_number(archive: SmallArchive) -> None:
    mongolian = "ᠪᠣᠯᠪᠠᠰᠤᠷᠠᠯ\u202fᠤᠨ ᠲᠣᠪᠴᠢᠶ\u180eᠠ"
    number = {"document_number": "岚教发〔2008〕26号"}
    archive.add("甲", "低保正文。", title="双语教学的批复", **number)
    archive.add("乙", "低保正文。", title=mongolian, **number)
    archive.add("丙", "低保正文。", title=f"双语教学的通知 / {mongolian}")
    archive.run()
    assert [each.description.title for each in related(archive, "双语教学的批复").twins] == [
        mongolian
    ]
    assert [each.description.title for each in related(archive, mongolian).twins] == [
        "双语教学的批复"
    ]
    archive.add("乙", "低保正文。", title=mongolian, opening="控制", **number)
    archive.run()
    assert related(archive, "双语教学的批复").twins == ()
    assert len(related(archive, "双语教学的批复", ARCHIVIST).twins) == 1
