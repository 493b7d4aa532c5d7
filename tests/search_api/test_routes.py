from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from indexer.importing.stores import Stores
from indexer.storage.originals import FolderOriginalStore
from search_api.app import create_app
from search_api.limits import MAX_QUESTION
from tests.fixtures.archive import ARCHIVIST, STAFF
from tests.indexer.extraction.documents import pdf

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from indexer.records import FileHash
    from tests.fixtures.archive import SmallArchive


@pytest.fixture
def client(archive: SmallArchive) -> FlaskClient:
    archive.add(
        "open", "临岚区低保标准 <b>230</b> 元", agency="民政局", date="2008-07-01", category="民政"
    )
    archive.add("closed", "临岚区低保花名册", opening="控制")
    archive.run(level=None)
    return create_app(archive.service).test_client()


def error_of(response: TestResponse, status: int) -> dict[str, Any]:
    """The one shape that every error has."""
    assert response.status_code == status
    answer: dict[str, Any] = response.get_json()
    assert set(answer) == {"error"}
    assert set(answer["error"]) == {"code", "message", "field"}
    assert answer["error"]["message"]
    return dict(answer["error"])


def test_nothing_is_public_that_nobody_opened(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "低保"}).get_json()
    assert (answer["total"], answer["hits"], answer["within_rights_only"]) == (0, [], True)


def test_an_answer_carries_what_programs_need(archive: SmallArchive) -> None:
    archive.add("open", "低保标准 <b>230</b> 元", agency="民政局", date="2008-07-01")
    archive.run()
    client = create_app(archive.service).test_client()
    answer = client.get("/api/v1/search", query_string={"q": "低保"}).get_json()
    assert answer["total"] == 1
    assert {"search_id", "took_ms", "generation", "reading", "facets"} <= set(answer)
    hit = answer["hits"][0]
    assert (hit["external_id"], hit["agency"], hit["date"]) == ("open", "民政局", "2008-07-01")
    assert "<mark>低保</mark>" in hit["pages"][0]["snippet"]
    assert "<b>" not in hit["pages"][0]["snippet"]

    record = client.get(f"/api/v1/records/{hit['record_id']}").get_json()
    assert (record["audience"], record["text_state"]) == ("public", "complete")
    page = client.get(f"/api/v1/records/{hit['record_id']}/pages/1?q=标准").get_json()
    assert page["text"].strip() == "低保标准 <b>230</b> 元"
    assert "<mark>标准</mark> &lt;b&gt;" in page["marked"]


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("q=", "invalid_query.empty", "q"),
        (f"q={'字' * (MAX_QUESTION + 1)}", "invalid_query.too_long", "q"),
        ("q=低保&colour=red", "invalid_query.unknown_filter", "colour"),
        ("q=低保&from=2008-13-01", "invalid_query.bad_date", "from"),
        ("q=低保&page=0", "invalid_query.page_out_of_range", "page"),
        ("q=低保&order=random", "invalid_query.unknown_value", "order"),
    ],
)
def test_a_bad_question_is_a_clear_error(
    archive: SmallArchive, query: str, code: str, field: str
) -> None:
    client = create_app(archive.service).test_client()
    error = error_of(client.get(f"/api/v1/search?{query}"), 400)
    assert (error["code"], error["field"]) == (code, field)


def test_errors_speak_the_askers_language(archive: SmallArchive) -> None:
    client = create_app(archive.service).test_client()
    english = client.get("/api/v1/search?q=", headers={"Accept-Language": "en"})
    chinese = client.get("/api/v1/search?q=", headers={"Accept-Language": "zh-CN"})
    assert error_of(english, 400)["message"].isascii()
    assert not error_of(chinese, 400)["message"].isascii()


def test_absent_and_forbidden_cannot_be_told_apart(
    client: FlaskClient, archive: SmallArchive
) -> None:
    closed = archive.ask("花名册", ARCHIVIST).hits[0].record.record_id
    answers = [
        client.get(f"/api/v1/records/{each}{rest}").get_data()
        for each in (closed, "raaaaaaaaaaaa")
        for rest in ("", "/pages/1")
    ]
    assert len(set(answers)) == 1
    error_of(client.get(f"/api/v1/records/{closed}"), 404)


def test_before_the_first_index_the_answer_is_an_error(archive: SmallArchive) -> None:
    client = create_app(archive.service).test_client()
    error = error_of(client.get("/api/v1/search?q=低保"), 503)
    assert error["code"] == "engine_unavailable"


def test_what_no_route_has_is_an_error_of_the_one_shape(archive: SmallArchive) -> None:
    client = create_app(archive.service).test_client()
    for path in ("/nothing", "/api/v1/nothing", "/api/v1/records/r/pages/x"):
        assert error_of(client.get(path), 404)["code"] == "not_found"
    refused = client.post("/api/v1/search")
    assert error_of(refused, 405)["code"] == "method_not_allowed"
    assert "GET" in refused.headers["Allow"]


def test_suggestions_are_titles(archive: SmallArchive) -> None:
    archive.add("open", "文", title="低保标准调整的通知")
    archive.run()
    client = create_app(archive.service).test_client()
    answer = client.get("/api/v1/suggest", query_string={"q": "低保"}).get_json()
    assert [each["text"] for each in answer["suggestions"]] == ["低保标准调整的通知"]


def test_the_api_describes_itself(archive: SmallArchive) -> None:
    described = create_app(archive.service).test_client().get("/api/v1/openapi.json").get_json()
    assert set(described["paths"]) == {
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/records/{record_id}",
        "/api/v1/records/{record_id}/hits",
        "/api/v1/records/{record_id}/similar",
        "/api/v1/records/{record_id}/pages/{page}",
        "/api/v1/records/{record_id}/pages/{page}/image",
    }


def test_a_page_is_an_image_within_rights(archive: SmallArchive) -> None:
    archive.folder.mkdir(parents=True)
    for name, opening in (("open", "open"), ("closed", "controlled")):
        pdf(archive.folder / f"{name}.pdf", [["低保标准"]])
        archive.add(name, file=f"{name}.pdf", opening=opening)
    archive.add("text", "低保", opening="open")
    archive.run()
    client = create_app(archive.service).test_client()
    ids = {hit.record.external_id: hit.record.record_id for hit in archive.ask("低保", STAFF).hits}
    image = client.get(f"/api/v1/records/{ids['open']}/pages/1/image")
    assert (image.status_code, image.mimetype) == (200, "image/png")
    assert image.headers["Cache-Control"] == "private, no-store"
    for path in (f"{ids['closed']}/pages/1", f"{ids['open']}/pages/2", f"{ids['text']}/pages/1"):
        answer = client.get(f"/api/v1/records/{path}/image")
        assert error_of(answer, 404)["code"] == "record_not_found"
    Stores.of(archive.settings).pictures.remove(file_hash_of(archive, ids["open"]))
    original = FolderOriginalStore(archive.settings.originals).path(
        file_hash_of(archive, ids["open"])
    )
    original.chmod(0o640)
    original.write_bytes(b"%PDF-1.7 damaged")
    answer = client.get(f"/api/v1/records/{ids['open']}/pages/1/image")
    assert error_of(answer, 422)["code"] == "page_not_drawn"


def file_hash_of(archive: SmallArchive, record_id: str) -> FileHash:
    (file,) = archive.service.record(record_id, STAFF).files
    assert file.file_hash is not None
    return file.file_hash
