"""What a bucket does that a folder cannot: stop answering, refuse, cost requests, lie far away."""

from __future__ import annotations

import io
import os
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import (
    SettingsError,
    StorageError,
    StorageFullError,
    StoreUnreachableError,
    TextMissingError,
)
from indexer.records import FileHash
from indexer.settings import Bucket, IndexerSettings
from indexer.storage import object_originals, objects
from indexer.storage.object_originals import ObjectOriginalStore
from indexer.storage.objects import ObjectStore
from indexer.storage.opening import open_originals, open_texts, open_words
from tests.fixtures.elasticsearch import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.s3

FILE = FileHash("ab" * 32)
SMALL = 1 << 30


@contextmanager
def requests_of(store: ObjectStore) -> Iterator[list[str]]:
    """The requests that go out meanwhile, as the client itself tells of them."""
    sent: list[str] = []

    def note(request: Any, **_: object) -> None:
        sent.append(f"{request.method} {request.headers.get('Range', b'').decode() or '-'}")

    events = store._client.meta.events
    events.register("before-send.s3", note)
    try:
        yield sent
    finally:
        events.unregister("before-send.s3", note)


def shared(bucket: Bucket, folder: Path) -> IndexerSettings:
    return IndexerSettings(data=folder, database_url="sqlite://", store=bucket)


def test_a_store_that_does_not_answer_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "_TRIES", 1)
    nobody = Bucket(name="archive", endpoint=f"http://127.0.0.1:{free_port()}", access_key="a")
    settings = shared(replace(nobody, secret_key="b"), tmp_path)
    texts, originals = open_texts(settings), open_originals(settings)
    paper = tmp_path / "paper"
    paper.write_bytes(b"paper")
    for ask in (
        lambda: texts.page(FILE, "pdf/1", 1),
        lambda: texts.put(FILE, "pdf/1", ["一页"]),
        lambda: open_words(settings).words(FILE, "pdf/1", 1),
        lambda: originals.has(FILE),
        lambda: originals.path(FILE),
        lambda: originals.add(paper),
        lambda: originals.remove(FILE),
        lambda: list(originals.hashes()),
    ):
        with pytest.raises(StoreUnreachableError, match="does not answer") as refused:
            ask()
        assert not isinstance(refused.value, TextMissingError)


@pytest.mark.parametrize("wrong", [{"secret_key": "guessed"}, {"name": "no-such-bucket"}])
def test_a_store_that_refuses_says_why(
    bucket: Bucket, tmp_path: Path, wrong: dict[str, str]
) -> None:
    settings = shared(replace(bucket, **wrong), tmp_path)
    with pytest.raises(StoreUnreachableError, match="refuses"):
        open_texts(settings).page(FILE, "pdf/1", 1)
    with pytest.raises(StoreUnreachableError, match="refuses"):
        open_originals(settings).has(FILE)
    assert "guessed" not in repr(settings)


def test_an_address_that_is_none_is_said_to_be(bucket: Bucket) -> None:
    with pytest.raises(SettingsError, match="QUERY_ROOM_S3_ENDPOINT"):
        ObjectStore(replace(bucket, endpoint="http://in valid"))


def test_a_large_file_goes_in_parts_and_is_there_whole_or_not_at_all(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "PART_BYTES", 5 << 20)  # the least that a store takes
    store = ObjectStore(bucket)
    content = os.urandom(11 << 20)
    with requests_of(store) as sent:
        store.put_file("large", io.BytesIO(content), len(content))
    assert [each.split()[0] for each in sent] == ["POST", "PUT", "PUT", "PUT", "POST"]
    assert b"".join(store.blocks("large", 1 << 20)) == content

    class Failing(io.BytesIO):
        """A disk that fails in the second part."""

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("the disk fails")
            return super().read(size)

    with pytest.raises(OSError, match="the disk fails"):
        store.put_file("failing", Failing(content), len(content))
    assert list(store.keys("")) == ["large"]


def test_what_does_not_fit_its_checksum_is_refused(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ObjectStore(bucket)
    monkeypatch.setattr(objects, "_checksum", lambda _: "1B2M2Y8AsgTpgAmY7PhCfg==")
    with pytest.raises(StoreUnreachableError, match="refuses: BadDigest"):
        store.put("broken", b"changed on its way")
    assert list(store.keys("")) == []


def test_a_full_store_is_full(monkeypatch: pytest.MonkeyPatch, bucket: Bucket) -> None:
    # No server here has a quota: what one says that has is taken from its refusal.
    monkeypatch.setattr(objects, "_FULL", frozenset({"BadDigest"}))
    monkeypatch.setattr(objects, "_checksum", lambda _: "1B2M2Y8AsgTpgAmY7PhCfg==")
    with pytest.raises(StorageFullError):
        ObjectStore(bucket).put("full", b"too much")


def test_many_keys_come_page_by_page(bucket: Bucket) -> None:
    store = ObjectStore(bucket)
    for number in range(5):
        store.put(f"texts/{number}", b"")
    store.put("words/1", b"")
    store.delete("texts/3")
    assert list(store.keys("texts/")) == [f"texts/{number}" for number in (0, 1, 2, 4)]
    assert (store.size("texts/1"), store.size("texts/3")) == (0, None)
    assert store.tail("texts/1", 10).content == b""


def test_a_page_costs_one_request_and_the_next_of_the_same_text_none(
    bucket: Bucket, tmp_path: Path
) -> None:
    settings = shared(bucket, tmp_path)
    open_texts(settings).put(FILE, "pdf/1", ["第一页", "第二页"])
    texts = open_texts(settings)
    with requests_of(_store_of(texts)) as sent:
        assert (texts.page(FILE, "pdf/1", 1), texts.page(FILE, "pdf/1", 2)) == ("第一页", "第二页")
    assert sent == ["GET bytes=-65536"]


def test_a_page_of_a_long_text_costs_two(bucket: Bucket, tmp_path: Path) -> None:
    settings = shared(bucket, tmp_path)
    # What no compressor shortens.
    pages = [os.urandom(15_000).hex() for _ in range(40)]
    open_texts(settings).put(FILE, "pdf/1", pages)
    texts = open_texts(settings)
    with requests_of(_store_of(texts)) as sent:
        assert texts.page(FILE, "pdf/1", 2) == pages[1]
    assert (len(sent), sent[0]) == (2, "GET bytes=-65536")
    with requests_of(_store_of(texts)) as sent:
        assert texts.pages(FILE, "pdf/1") == tuple(pages)
    assert len(sent) <= 3


def test_a_text_that_changes_while_it_is_read_is_asked_for_again_later(
    bucket: Bucket, tmp_path: Path
) -> None:
    settings = shared(bucket, tmp_path)
    here, there = open_texts(settings), open_texts(settings)
    here.put(FILE, "pdf/1", [os.urandom(15_000).hex() for _ in range(20)])
    here.page(FILE, "pdf/1", 20)
    there.put(FILE, "pdf/1", [os.urandom(15_000).hex() for _ in range(20)])
    with pytest.raises(StoreUnreachableError, match="PreconditionFailed"):
        here.page(FILE, "pdf/1", 1)


def test_an_original_is_fetched_once_and_held_against_its_hash(
    bucket: Bucket, tmp_path: Path
) -> None:
    store = ObjectStore(bucket)
    here = ObjectOriginalStore(store, tmp_path / "here", SMALL)
    paper = tmp_path / "paper"
    paper.write_bytes(b"paper")
    file_hash = here.add(paper)
    there = ObjectOriginalStore(store, tmp_path / "there", SMALL)
    with requests_of(store) as sent:
        assert there.path(file_hash) == there.path(file_hash)
    assert [each.split()[0] for each in sent] == ["GET", "GET", "GET"]  # there? fetched; there?
    # Added again, it is not sent again.
    with requests_of(store) as sent:
        here.add(paper)
    assert sent == ["GET bytes=0-0"]
    store.put(f"originals/{file_hash[:2]}/{file_hash}", b"other")
    third = ObjectOriginalStore(store, tmp_path / "third", SMALL)
    with pytest.raises(StorageError, match="is damaged"):
        third.path(file_hash)
    assert not [each for each in (tmp_path / "third").rglob("*") if each.is_file()]


def test_what_was_removed_elsewhere_is_not_given_out_here(bucket: Bucket, tmp_path: Path) -> None:
    store = ObjectStore(bucket)
    here, there = (ObjectOriginalStore(store, tmp_path / each, SMALL) for each in ("a", "b"))
    paper = tmp_path / "paper"
    paper.write_bytes(b"paper")
    file_hash = here.add(paper)
    there.remove(file_hash)
    with pytest.raises(StorageError):
        here.path(file_hash)
    assert not list((tmp_path / "a").glob("??/*"))


def test_files_leave_this_host_when_nobody_asks_for_them(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ObjectOriginalStore(ObjectStore(bucket), tmp_path / "scratch", 7)
    paths = []
    for number in range(3):
        paper = tmp_path / f"paper{number}"
        paper.write_bytes(f"paper{number}".encode())
        paths.append(store.path(store.add(paper)))
    # There is room for one; all were asked for just now.
    assert all(path.exists() for path in paths)
    for path, idle in zip(paths, (300, 200, 100), strict=True):
        os.utime(path, (time.time() - idle,) * 2)
    store.sweep()
    assert [path.exists() for path in paths] == [False, False, True]
    with monkeypatch.context() as later:
        later.setattr(object_originals, "KEPT_S", 0.0)
        store._when_idle()
    assert not paths[2].exists()
    assert store.path(FileHash(paths[2].name)).exists()


def _store_of(texts: object) -> ObjectStore:
    store: ObjectStore = texts._containers._objects  # type: ignore[attr-defined]
    return store
