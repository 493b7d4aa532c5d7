from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.access import LEVEL_PRESETS, Opening, Secrecy
from indexer.catalogue import CatalogueRow
from indexer.database import utc_now
from indexer.importing.describing import describe
from indexer.importing.items import Item
from indexer.importing.levels import level_of
from indexer.importing.origins import origin_to_json
from indexer.importing.remaking import remade
from indexer.official import ParsedDocument
from indexer.official.as_json import parsed_to_json
from indexer.records import FileHash, FileRole, RecordId
from indexer.repositories.files import ContentRow, ContentState
from indexer.repositories.records import FileLink, StoredRecord

HASH = FileHash("a1" * 32)
PUBLIC = LEVEL_PRESETS["public"]


def record_of(row: CatalogueRow | None) -> StoredRecord:
    """A scan as an import leaves it: held back, described by its catalogue alone."""
    item = Item(key="k", row=row, files=(("扫描001.png", FileRole.TEXT),))
    level = level_of(row, preset=PUBLIC, is_internal=False, is_checked=False)
    link = FileLink(
        ordinal=0, name="扫描001.png", role=FileRole.TEXT, file_hash=HASH, source_file_id=1
    )
    return StoredRecord(
        record_id=RecordId("r"),
        source_id=1,
        item_key="k",
        external_id="",
        batch_number=1,
        description=describe(item, None, level),
        files=(link,),
        content_hash="",
        revision=1,
        origin=origin_to_json(item, PUBLIC),
    )


def content_of(parsed: ParsedDocument, *, is_guarded: bool = True) -> dict[FileHash, ContentRow]:
    content = ContentRow(
        file_hash=HASH,
        size=1,
        media_type="image/png",
        in_place=None,
        state=ContentState.EXTRACTED,
        extractor="image/1+ocr/1",
        page_count=1,
        reason="",
        detail="",
        marking="",
        parsed=parsed_to_json(parsed),
        batch_number=1,
        stored_at=utc_now(),
        is_guarded=is_guarded,
    )
    return {HASH: content}


READ = ParsedDocument(title="关于防汛的通知", agency="青山区人民政府")


def test_a_record_is_described_and_opened_as_if_read_at_once() -> None:
    before = record_of(None)
    assert before.description.level.opening is Opening.CONTROLLED
    after = remade(before, content_of(READ)).description
    assert (after.title, after.agency) == ("关于防汛的通知", "青山区人民政府")
    assert after.level == PUBLIC


def test_what_the_catalogue_says_stays() -> None:
    row = CatalogueRow(number=1, external_id="", texts={"title": "目录题名"})
    after = remade(record_of(row), content_of(READ)).description
    assert (after.title, after.agency) == ("目录题名", "青山区人民政府")
    assert after.level == PUBLIC


def test_a_catalogue_that_has_judged_keeps_its_word() -> None:
    row = CatalogueRow(number=1, external_id="", opening=Opening.CONTROLLED)
    after = remade(record_of(row), content_of(READ)).description
    assert after.level.opening is Opening.CONTROLLED


def test_a_marking_of_internal_papers_narrows() -> None:
    after = remade(record_of(None), content_of(replace(READ, is_internal=True))).description
    assert after.level.secrecy is Secrecy.INTERNAL


@pytest.mark.parametrize(
    "contents", [{}, content_of(READ, is_guarded=False)], ids=["no text", "first page unknown"]
)
def test_what_the_guard_has_not_seen_stays_held_back(
    contents: dict[FileHash, ContentRow],
) -> None:
    after = remade(record_of(None), contents).description
    assert after.level.opening is Opening.CONTROLLED


def test_of_which_is_not_known_what_it_was_made_from_stays_as_it_is() -> None:
    before = replace(record_of(None), origin=None)
    after = remade(before, content_of(READ))
    assert after.description == before.description
    assert after.content_hash != before.content_hash
