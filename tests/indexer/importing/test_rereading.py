from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.database import utc_now
from indexer.extraction import Reason
from indexer.importing.quarantine import COPY
from indexer.importing.rereading import BAD_ROW, MAX_TRIES, must_extract, must_read
from indexer.importing.walk import FoundFile
from indexer.records import FileHash
from indexer.repositories.failures import RETRY
from indexer.repositories.files import (
    CATALOGUE_SECRET,
    ContentRow,
    ContentState,
    PathOutcome,
    PathRow,
    PathState,
)

HASH = FileHash("ab" * 32)
FILE = FoundFile(path="a.txt", size=5, modified_ns=7)
ROW = PathRow(
    source_file_id=1,
    source_id=1,
    path="a.txt",
    size=5,
    modified_ns=7,
    file_hash=HASH,
    state=PathState.READ,
    reason="",
    detail="",
    outcome=PathOutcome.INDEXED,
    tries=0,
    batch_number=1,
)
CONTENT = ContentRow(
    file_hash=HASH,
    size=5,
    media_type="text/plain",
    in_place=None,
    state=ContentState.EXTRACTED,
    extractor="text/1",
    page_count=1,
    reason="",
    detail="",
    marking="",
    parsed=None,
    batch_number=1,
    stored_at=utc_now(),
)


def reads(
    row: PathRow, file: FoundFile = FILE, *, cleared: bool = False, is_secret: bool = False
) -> bool:
    return must_read(
        row,
        file,
        batch_number=2,
        cleared=frozenset({HASH} if cleared else ()),
        is_secret=is_secret,
    )


def extracts(
    content: ContentRow, *, tries: int = 0, cleared: bool = False, secret: bool = False
) -> bool:
    return must_extract(
        content,
        replace(ROW, tries=tries),
        cleared=frozenset({HASH} if cleared else ()),
        catalogued_secret=frozenset({HASH} if secret else ()),
    )


def test_what_was_read_and_is_the_same_is_not_read_again() -> None:
    assert not reads(ROW)
    assert reads(ROW, replace(FILE, size=6))
    assert reads(ROW, replace(FILE, modified_ns=8))


@pytest.mark.parametrize("state", [PathState.FOUND, PathState.MISSING])
def test_what_was_not_read_or_has_come_back_is(state: PathState) -> None:
    assert reads(replace(ROW, state=state))


@pytest.mark.parametrize(
    ("reason", "tries", "again"),
    [
        (Reason.DAMAGED, 1, False),
        (Reason.NEEDS_OCR, 1, False),
        (Reason.UNSUPPORTED, 9, True),
        (Reason.UNREADABLE, 9, True),
        (BAD_ROW, 0, True),
        (RETRY, 0, True),
        (Reason.TIMEOUT, MAX_TRIES - 1, True),
        (Reason.TIMEOUT, MAX_TRIES, False),
        (Reason.MEMORY, 1, True),
    ],
)
def test_a_failure_is_tried_again_where_it_may_pass(
    reason: str, tries: int, *, again: bool
) -> None:
    failed = replace(ROW, state=PathState.FAILED, reason=reason, tries=tries)
    assert reads(failed) is again
    assert not reads(replace(failed, batch_number=2))  # this batch has settled it
    content = replace(CONTENT, state=ContentState.FAILED, reason=reason)
    assert extracts(content, tries=tries) is again


def test_a_marked_file_waits_for_its_clearance() -> None:
    row = replace(ROW, state=PathState.QUARANTINED, reason=Reason.QUARANTINED)
    assert not reads(row)
    assert reads(row, cleared=True)
    content = replace(CONTENT, state=ContentState.QUARANTINED, reason=Reason.QUARANTINED)
    assert not extracts(content)
    assert extracts(content, cleared=True)


def test_a_catalogued_secret_waits_for_its_catalogue() -> None:
    for reason in (CATALOGUE_SECRET, COPY):
        assert reads(replace(ROW, state=PathState.QUARANTINED, reason=reason))
    row = replace(ROW, state=PathState.QUARANTINED, reason=CATALOGUE_SECRET)
    assert not reads(row, is_secret=True)
    assert reads(ROW, is_secret=True)
    content = replace(CONTENT, state=ContentState.QUARANTINED, reason=CATALOGUE_SECRET)
    assert extracts(content)
    assert not extracts(content, secret=True)
    assert not extracts(content, secret=True, cleared=True)


def test_a_content_is_extracted_once() -> None:
    assert extracts(replace(CONTENT, state=ContentState.STORED))
    assert not extracts(CONTENT)
