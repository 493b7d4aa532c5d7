from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.access import PUBLIC_VIEWER
from indexer.database import reading, utc_now, writing
from indexer.records import TextState
from indexer.repositories import coverage, records, withdrawals
from indexer.repositories.browsing import visible_to
from indexer.repositories.coverage import Branch
from tests.fixtures.archive import ARCHIVIST, SmallArchive, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

ALL = visible_to(ARCHIVIST, frozenset())


@pytest.fixture
def archive(database: Engine, tmp_path: Path) -> SmallArchive:
    url = database.url.render_as_string(hide_password=False)
    archive = SmallArchive(
        folder=tmp_path / "papers", engine=database, settings=settings_in(tmp_path, url)
    )
    archive.add("低保名册", "低保。", fonds="0012", fonds_name="民政局", date="2008-03")
    archive.add("低保名册二", "低保。二", fonds="0012", fonds_name="民政局", date="2009")
    archive.add("扫描件", b"%PDF-1.4 broken", fonds="0012", file="扫描件.txt")
    archive.add("纸质卷", fonds="0036", shelf_mark="3库")
    archive.add("两个文件", "正文。", fonds="0036", date="2009-01-01")
    archive.rows[-1]["file"] = ["两个文件.txt", "扫描件.txt"]
    archive.run()
    return archive


def _share(connection: Connection, value: str) -> dict[TextState, int]:
    (share,) = (each for each in coverage.by_fonds(connection, ALL) if each.value == value)
    return {state: count for state, count in share.counts.items() if count}


def test_every_record_is_counted_once_in_its_fonds_and_its_year(archive: SmallArchive) -> None:
    with reading(archive.engine) as connection:
        assert _share(connection, "0012") == {TextState.COMPLETE: 2, TextState.MISSING: 1}
        assert _share(connection, "0036") == {TextState.PAPER: 1, TextState.PARTIAL: 1}
        years = coverage.by_year(connection, ALL)
        assert [(share.value, share.total) for share in years] == [
            ("2009", 2),
            ("2008", 1),
            ("", 2),
        ]
        assert sum(share.total for share in years) == records.count(connection) == 5


def test_the_states_are_those_that_records_say_of_themselves(archive: SmallArchive) -> None:
    with reading(archive.engine) as connection:
        ids = list(records.iter_record_ids(connection))
        found = [each.text_state for each in records.load_records(connection, ids).values()]
        for state in TextState:
            counted = sum(share.counts[state] for share in coverage.by_fonds(connection, ALL))
            assert counted == found.count(state)


def test_records_of_a_branch_are_those_that_were_counted(archive: SmallArchive) -> None:
    with reading(archive.engine) as connection:

        def titles(branch: Branch) -> list[str]:
            found = coverage.ids(connection, ALL, branch, offset=0, limit=10)
            assert len(found) == coverage.count(connection, ALL, branch)
            loaded = records.load_records(connection, found)
            return [loaded[each].description.title for each in found]

        assert titles(Branch(state=TextState.MISSING)) == ["扫描件"]
        assert titles(Branch(fonds="0036", state=TextState.PARTIAL)) == ["两个文件"]
        assert titles(Branch(fonds="0036", state=TextState.MISSING)) == []
        assert set(titles(Branch(year="2009"))) == {"低保名册二", "两个文件"}
        assert set(titles(Branch(year=""))) == {"扫描件", "纸质卷"}
        assert titles(Branch(fonds="")) == []
        assert len(titles(Branch())) == 5
        first = coverage.ids(connection, ALL, Branch(), offset=0, limit=2)
        rest = coverage.ids(connection, ALL, Branch(), offset=2, limit=9)
        assert len({*first, *rest}) == 5


def test_what_a_viewer_may_not_see_is_neither_counted_nor_listed(archive: SmallArchive) -> None:
    archive.add("来信", "来信人", secrecy="工作秘密", fonds="0099")
    archive.run()
    public = visible_to(PUBLIC_VIEWER, frozenset())
    with reading(archive.engine) as connection:
        assert "0099" in {share.value for share in coverage.by_fonds(connection, ALL)}
        assert "0099" not in {share.value for share in coverage.by_fonds(connection, public)}
        assert coverage.count(connection, public, Branch(fonds="0099")) == 0
        (own,) = coverage.ids(connection, ALL, Branch(fonds="0099"), offset=0, limit=9)
    with writing(archive.engine) as connection:
        withdrawals.withdraw_record(connection, own, ground="误开放", by="li", at=utc_now())
        denied = visible_to(ARCHIVIST, withdrawals.withdrawn_records(connection))
        assert coverage.ids(connection, denied, Branch(fonds="0099"), offset=0, limit=9) == []
