from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.query_room.conftest import text_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.fixtures.archive import SmallArchive


@pytest.fixture(autouse=True)
def filled(archive: SmallArchive) -> None:
    where = {"fonds": "0001", "fonds_name": "区政府", "category": "文书"}
    archive.add("卷内件", **where, volume="003", item="0001")
    archive.add("散件", **where, item="0002")
    archive.add("控制件", **where, item="0003", opening="controlled")
    archive.run()


def test_from_the_fonds_down_to_the_item(client: FlaskClient) -> None:
    assert "区政府 2 件" in text_of(client.get("/browse").text)
    assert "文书 2 件" in text_of(client.get("/browse?fonds=0001").text)
    page = text_of(client.get("/browse?fonds=0001&category=文书").text)
    assert "003 1 件" in page
    assert "散件" in page
    assert "控制件" not in page
    assert "卷内件" in text_of(client.get("/browse?fonds=0001&category=文书&volume=003").text)


@pytest.mark.parametrize("query", ["fonds=9999", "fonds=0001&category=无", "page=0", "page=x"])
def test_a_branch_that_is_not_there_or_not_yours(client: FlaskClient, query: str) -> None:
    assert client.get(f"/browse?{query}").status_code == 404
