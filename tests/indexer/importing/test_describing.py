from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.access import DEFAULT_LEVEL, LEVEL_PRESETS, Level, Secrecy
from indexer.catalogue import CatalogueRow
from indexer.dates import PartialDate
from indexer.importing.describing import (
    content_hash,
    describe,
    description_from_json,
    description_to_json,
)
from indexer.importing.items import Item
from indexer.official import ParsedDocument
from indexer.records import Description, FileHash, FileRole
from indexer.repositories.records import FileLink

SAID = ParsedDocument(
    title="青山区人民政府关于防汛工作的通知",
    agency="青山区人民政府",
    document_number="青政发〔2011〕12号",
    date=PartialDate(2011, 3),
    genre="通知",
)
LINK = FileLink(
    ordinal=0, name="a.txt", role=FileRole.TEXT, file_hash=FileHash("0" * 64), source_file_id=1
)


def item(row: CatalogueRow | None = None, *paths: str) -> Item:
    return Item(key="k", row=row, files=tuple((path, FileRole.TEXT) for path in paths))


def row(**texts: str) -> CatalogueRow:
    return CatalogueRow(number=2, external_id="", texts=texts)


def test_the_document_speaks_where_the_catalogue_is_silent() -> None:
    described = describe(item(row(title="防汛通知"), "a.txt"), SAID, DEFAULT_LEVEL)
    assert described.title == "防汛通知"
    assert described.agency == "青山区人民政府"
    assert described.document_number == "青政发〔2011〕12号"
    assert described.date == PartialDate(2011, 3)


def test_a_file_that_says_nothing_is_called_by_its_name() -> None:
    assert describe(item(None, "民政/低保名册.pdf"), None, DEFAULT_LEVEL).title == "低保名册"
    assert describe(item(None, "README"), None, DEFAULT_LEVEL).title == "README"


def test_a_reference_code_yields_its_parts() -> None:
    described = describe(
        item(row(title="甲", archival_code="Z109-WS·2011-D30-BGS-0001", item="7")),
        None,
        DEFAULT_LEVEL,
    )
    assert (described.fonds, described.category, described.retention) == ("Z109", "WS", "30年")
    assert described.item == "7"


def test_equal_records_have_equal_hashes_and_any_change_another() -> None:
    described = Description(title="甲", persons=("张三",))
    first = content_hash("7", described, [LINK], ["text/1"])
    assert first == content_hash("7", replace(described), [replace(LINK)], ["text/1"])
    changed = {
        content_hash("8", described, [LINK], ["text/1"]),
        content_hash("7", replace(described, title="乙"), [LINK], ["text/1"]),
        content_hash("7", replace(described, level=LEVEL_PRESETS["public"]), [LINK], ["text/1"]),
        content_hash("7", described, [replace(LINK, name="b.txt")], ["text/1"]),
        content_hash("7", described, [LINK], [""]),
        content_hash("7", described, [], []),
    }
    assert first not in changed
    assert len(changed) == 6


@given(
    st.builds(
        Description,
        title=st.text(),
        persons=st.lists(st.text()).map(tuple),
        date=st.none() | st.builds(PartialDate, st.integers(1000, 9999), st.integers(1, 12)),
        level=st.builds(Level, secrecy=st.sampled_from(Secrecy)),
    )
)
def test_a_description_comes_back_from_json_as_it_went_in(described: Description) -> None:
    assert description_from_json(description_to_json(described)) == described
