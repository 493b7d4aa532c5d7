from __future__ import annotations

import pytest

from indexer.access import Audience, Level, Secrecy
from indexer.records import (
    Description,
    FileHash,
    Record,
    RecordFile,
    RecordId,
    TextState,
)


def record(*page_counts: int, description: Description | None = None) -> Record:
    files = tuple(
        RecordFile(
            ordinal=ordinal, name=f"{ordinal}.pdf", file_hash=FileHash("0" * 64), page_count=count
        )
        for ordinal, count in enumerate(page_counts)
    )
    return Record(
        record_id=RecordId("raaaaaaaaaaaa"),
        external_id="",
        description=description or Description(),
        files=files,
        content_hash="",
        revision=1,
    )


@pytest.mark.parametrize(
    ("page_counts", "state"),
    [
        ((), TextState.PAPER),
        ((3, 1), TextState.COMPLETE),
        ((3, 0), TextState.PARTIAL),
        ((0, 0), TextState.MISSING),
    ],
)
def test_how_much_of_the_text_can_be_searched(page_counts: tuple[int, ...], state: str) -> None:
    assert record(*page_counts).text_state is state


def test_an_internal_record_belongs_to_the_agency_that_made_it() -> None:
    level = Level(secrecy=Secrecy.INTERNAL)
    found = record(description=Description(agency="民政局", fonds="L012", level=level)).access
    assert (found.audience, found.internal_to, found.fonds) == (Audience.STAFF, "民政局", "L012")


def test_a_record_that_is_not_internal_belongs_to_no_agency() -> None:
    assert record(description=Description(agency="民政局")).access.internal_to is None
