"""The SQL condition and :meth:`Viewer.may_see` are one rule."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.database import migrate, open_database, utc_now, writing
from indexer.repositories import batches, browsing, records
from indexer.repositories.records import StoredRecord
from tests.contracts.records import archives, make_record, viewers

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from indexer.access import Viewer
    from indexer.records import Record


def fill(engine: Engine, found: list[Record]) -> None:
    with writing(engine) as connection:
        source_id = batches.source_named(connection, "test", "/nowhere")
        number = batches.begin(
            connection,
            source_id=source_id,
            manifest=None,
            level=None,
            in_place=False,
            started_by="test",
        )
        records.save(
            connection,
            [
                StoredRecord(
                    record_id=record.record_id,
                    source_id=source_id,
                    item_key=record.record_id,
                    external_id="",
                    batch_number=number,
                    description=record.description,
                    files=(),
                    content_hash=record.content_hash,
                    revision=record.revision,
                )
                for record in found
            ],
        )


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=archives(), viewer=viewers())
def test_sql_and_python_agree_on_who_may_see_what(found: list[Record], viewer: Viewer) -> None:
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'test.db'}")
        migrate(engine, "indexer")
        fill(engine, found)
        condition = browsing.visible_to(viewer, frozenset())
        with engine.connect() as connection:
            seen = set(browsing.seen(connection, condition, [r.record_id for r in found]))
            holdings = browsing.holdings(connection, condition)
        engine.dispose()
    may = {record.record_id for record in found if viewer.may_see(record.access)}
    assert seen == may
    assert holdings.records == len(may)


def test_a_removed_or_denied_record_is_seen_by_nobody(database: Engine) -> None:
    three = [make_record(n, "名册", level=LEVEL_PRESETS["public"]) for n in range(3)]
    fill(database, three)
    ids = [record.record_id for record in three]
    with writing(database) as connection:
        records.mark_removed(connection, ids[0], revision=9, at=utc_now())
        visible = browsing.visible_to(PUBLIC_VIEWER, frozenset({ids[1]}))
        assert browsing.seen(connection, visible, ids) == [ids[2]]
