from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from indexer.errors import ImportRefusedError
from indexer.importing.scope import Scope
from indexer.ordering import uploads
from indexer.ordering.requests import path_key, request_of
from indexer.repositories.files import PathState
from indexer.repositories.orders import OrderKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.indexer.ordering.conftest import Office

LONG_AGO = time.time() - uploads.KEPT.total_seconds() - 60


def sent(office: Office, **files: str) -> tuple[str, Path]:
    """An upload with these files."""
    upload = uploads.new_upload()
    folder = uploads.upload_folder(office.shelf.settings, upload) / "files"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return upload, folder


def test_what_nobody_started_is_swept_after_a_day(office: Office) -> None:
    fresh, _ = sent(office, 新="新")
    old, old_folder = sent(office, 旧="旧")
    tried, tried_folder = sent(office, 试="试过的")
    for folder in (old_folder, tried_folder):
        os.utime(folder.parent, (LONG_AGO, LONG_AGO))
    waiting = office.order(OrderKind.TRIAL, upload=tried, folder=path_key(tried_folder))
    (office.shelf.settings.uploads / "not-an-upload").mkdir()
    assert uploads.sweep(office.shelf.engine, office.shelf.settings) == 1
    left = {each.name for each in office.shelf.settings.uploads.iterdir()}
    assert left == {fresh, tried, "not-an-upload"}
    assert old not in left
    office.work()
    assert office.load(waiting).findings is not None
    assert uploads.sweep(office.shelf.engine, office.shelf.settings) == 0


def test_nothing_is_swept_where_nothing_was_sent(office: Office) -> None:
    assert uploads.sweep(office.shelf.engine, office.shelf.settings) == 0
    uploads.remove(office.shelf.settings, "")


@pytest.mark.parametrize("name", ["..", "../../etc", "A" * 32, "0" * 31, ""])
def test_a_name_that_is_none_leads_nowhere(office: Office, name: str) -> None:
    with pytest.raises(ImportRefusedError):
        uploads.upload_folder(office.shelf.settings, name)


def test_a_second_upload_of_a_source_misses_nothing_of_the_first(office: Office) -> None:
    for name in ("一", "二"):
        upload, folder = sent(office, **{name: f"第{name}次"})
        order_id = office.order(upload=upload, folder=path_key(folder), source_name="民政局")
        request = request_of(office.load(order_id), office.shelf.settings)
        assert request.scope == Scope(frozenset({f"{name}.txt"}))
        office.work()
    assert set(office.shelf.records()) == {"一", "二"}
    assert {row.state for row in office.shelf.paths().values()} == {PathState.READ}
