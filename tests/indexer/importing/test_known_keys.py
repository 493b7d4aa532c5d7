from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.catalogue.columns import normal
from indexer.catalogue.profiles import CodeRule, Profile, Rules
from indexer.database import reading, writing
from indexer.importing.pipeline import run_batch
from indexer.importing.plan import BatchRequest
from indexer.importing.profiles import save_profile
from indexer.repositories import records

if TYPE_CHECKING:
    from tests.indexer.importing.shelf import Shelf


def catalogue(shelf: Shelf, text: str) -> BatchRequest:
    shelf.folder.mkdir(parents=True, exist_ok=True)
    manifest = shelf.folder / "目录.csv"
    manifest.write_text(text, encoding="utf-8")
    return BatchRequest(folder=shelf.folder, manifest=manifest)


def ids(shelf: Shelf) -> dict[str, str]:
    return {title: record.record_id for title, record in shelf.records().items()}


def test_a_corrected_profile_keeps_the_identity_of_records(shelf: Shelf) -> None:
    shelf.put("a.txt", "防汛")
    headings = "全宗号,年度,期限,件号,题名,日期,文件"
    request = catalogue(
        shelf, f"{headings}\nZ109,2011,永久,1,甲,2011,a.txt\nZ109,2011,永久,2,乙,2012,\n"
    )
    run_batch(shelf.engine, shelf.settings, request)
    before = ids(shelf)
    profile = Profile(
        name="区政府办",
        signature=frozenset(map(normal, headings.split(","))),
        rules=Rules(code=CodeRule.BY_ITEM),
    )
    with writing(shelf.engine) as connection:
        save_profile(connection, profile, by="li")
    report = run_batch(shelf.engine, shelf.settings, request)
    assert report.catalogue is not None
    assert report.catalogue.profile == "区政府办 1"
    assert ids(shelf) == before
    codes = {title: each.description.archival_code for title, each in shelf.records().items()}
    assert codes == {"甲": "Z109-WS·2011-Y-0001", "乙": "Z109-WS·2011-Y-0002"}
    # And once more: nothing changes.
    assert run_batch(shelf.engine, shelf.settings, request).records_changed == 0


def test_another_code_is_another_record(shelf: Shelf) -> None:
    first = catalogue(shelf, "档号,题名,日期\nA-1-1,纪要,2011\n")
    run_batch(shelf.engine, shelf.settings, first)
    second = catalogue(shelf, "档号,题名,日期\nB-1-1,纪要,2011\n")
    run_batch(shelf.engine, shelf.settings, second)
    assert len(_codes(shelf)) == 2


def test_a_key_that_may_mean_two_rows_means_neither(shelf: Shelf) -> None:
    run_batch(shelf.engine, shelf.settings, catalogue(shelf, "题名,日期\n纪要,2011\n"))
    both = catalogue(shelf, "档号,题名,日期\nA-1-1,纪要,2011\nA-1-2,纪要,2011\n")
    run_batch(shelf.engine, shelf.settings, both)
    assert len(_codes(shelf)) == 3


def _codes(shelf: Shelf) -> list[str]:
    with reading(shelf.engine) as connection:
        ids = list(records.iter_record_ids(connection))
        return [
            each.description.archival_code
            for each in records.load_records(connection, ids).values()
        ]
