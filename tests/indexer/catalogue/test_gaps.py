from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import CatalogueRow, Place
from indexer.catalogue.gaps import numberings


def coded(*codes: str) -> list[CatalogueRow]:
    return [
        CatalogueRow(number=number, external_id="", texts={"archival_code": code})
        for number, code in enumerate(codes, start=2)
    ]


def test_missing_and_repeated_items_are_named_within_their_numbering() -> None:
    found = numberings(
        coded(
            *(f"Z109-WS·2011-Y-BGS-{item:04}" for item in (2, 3, 3, 7)),
            *(f"Z109-WS·2011-D30-BGS-{item:04}" for item in (1, 2)),
            *(f"12-3-045-{item:03}" for item in (1, 3)),
            "无法解析的档号",
        )
    )
    assert [
        (each.place.retention, each.place.volume, each.missing, each.repeated) for each in found
    ] == [
        ("", "045", ((2, 2),), ()),
        ("永久", "", ((1, 1), (4, 6)), (3,)),
    ]
    assert [each.missing_count for each in found] == [1, 4]


def test_columns_serve_where_there_is_no_code() -> None:
    place = {"fonds": "0012", "year": "2011", "retention": "定期30年"}
    rows = [
        CatalogueRow(number=n, external_id="", place=Place(**place, item=item))
        for n, item in enumerate(("0001", "3", "附", ""), start=2)
    ]
    (found,) = numberings(rows)
    assert (found.count, found.last, found.missing) == (2, 3, ((2, 2),))


@given(st.lists(st.integers(1, 60), min_size=1))
def test_what_is_missing_and_what_is_there_make_up_all_numbers(items: list[int]) -> None:
    rows = [
        CatalogueRow(number=1, external_id="", place=Place(fonds="1", item=str(item)))
        for item in items
    ]
    missing = {
        number
        for each in numberings(rows)
        for first, last in each.missing
        for number in range(first, last + 1)
    }
    assert missing == set(range(1, max(items) + 1)) - set(items)
