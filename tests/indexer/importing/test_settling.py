from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.copies.fingerprint import fingerprint_of
from indexer.extraction import Extracted, Failed, Quarantined, Reason
from indexer.importing.bringing import Brought
from indexer.importing.quarantine import COPY
from indexer.importing.rereading import BAD_ROW
from indexer.importing.settling import after, columns_of, kept_back, like, unreadable
from indexer.official import ParsedDocument
from indexer.records import FileHash
from indexer.repositories.files import CATALOGUE_SECRET, ContentState, PathOutcome, PathState
from tests.indexer.importing.test_rereading import CONTENT, HASH, ROW

NEW = Brought(row=replace(ROW, file_hash=None, tries=1), size=6, modified_ns=8, file_hash=HASH)
KNOWN = Brought(row=ROW, size=6, modified_ns=8, file_hash=HASH)
EXTRACTED = Extracted(
    media_type="text/plain",
    extractor="text/1",
    page_count=3,
    char_count=9,
    parsed=ParsedDocument(title="甲"),
    fingerprint=fingerprint_of(["甲"]),
)
FAILED = Failed(media_type="application/pdf", reason=Reason.DAMAGED, detail="no trailer")
MARKED = Quarantined(media_type="text/plain", marking="机密★10年")


@pytest.mark.parametrize(
    ("brought", "place", "outcome"),
    [
        (NEW, 0, PathOutcome.INDEXED),
        (NEW, 1, PathOutcome.DUPLICATE),
        (KNOWN, 1, PathOutcome.INDEXED),
    ],
)
def test_the_first_path_has_the_text_and_the_others_share_it(
    brought: Brought, place: int, outcome: PathOutcome
) -> None:
    settled = after(EXTRACTED, brought, place)
    assert (settled.state, settled.outcome, settled.tries) == (PathState.READ, outcome, 0)
    assert (settled.size, settled.modified_ns, settled.file_hash) == (6, 8, HASH)


def test_a_failure_is_counted_and_told() -> None:
    settled = after(FAILED, NEW, 0)
    assert (settled.state, settled.outcome) == (PathState.FAILED, PathOutcome.FAILED)
    assert (settled.reason, settled.detail, settled.tries) == (Reason.DAMAGED, "no trailer", 2)


def test_a_marking_quarantines() -> None:
    settled = after(MARKED, NEW, 0)
    assert (settled.state, settled.outcome) == (PathState.QUARANTINED, PathOutcome.QUARANTINED)
    assert (settled.reason, settled.detail) == (Reason.QUARANTINED, "机密★10年")


def test_a_content_that_is_through_settles_its_next_path_alike() -> None:
    assert like(CONTENT, NEW).outcome is PathOutcome.DUPLICATE
    assert like(CONTENT, KNOWN).outcome is PathOutcome.UNCHANGED
    failed = replace(CONTENT, state=ContentState.FAILED, reason="damaged", detail="x")
    assert (like(failed, NEW).reason, like(failed, NEW).detail) == ("damaged", "x")
    for reason, expected in ((CATALOGUE_SECRET, COPY), (Reason.QUARANTINED, Reason.QUARANTINED)):
        content = replace(CONTENT, state=ContentState.QUARANTINED, reason=reason, marking="机密")
        settled = like(content, NEW)
        assert settled.state is PathState.QUARANTINED
        assert (settled.reason, settled.detail) == (expected, "机密")


def test_what_cannot_be_read_keeps_the_hash_it_had() -> None:
    gone = Brought(row=ROW, size=5, modified_ns=7, file_hash=None, problem="Permission denied")
    settled = unreadable(gone)
    assert (settled.file_hash, settled.reason) == (HASH, Reason.UNREADABLE)
    assert settled.detail == "Permission denied"
    row = replace(ROW, file_hash=FileHash("cd" * 32))
    assert kept_back(row, "7: bad_date").file_hash == row.file_hash
    assert kept_back(row, "7: bad_date").reason == BAD_ROW


def test_what_is_kept_of_an_outcome_wipes_out_the_one_before() -> None:
    read, failed = columns_of(EXTRACTED), columns_of(FAILED)
    assert read.keys() == failed.keys()
    assert (read["state"], read["page_count"], read["reason"]) == (ContentState.EXTRACTED, 3, "")
    assert read["parsed"]["title"] == "甲"
    assert (failed["state"], failed["extractor"]) == (ContentState.FAILED, "")
    assert failed["parsed"] is None
