import re

import pytest

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.registry import EXTRACTORS, extractor_for


def test_every_extractor_names_its_version() -> None:
    extractors = set(EXTRACTORS.values())
    names = [extractor.name for extractor in extractors]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+/\d+", name) for name in names)


@pytest.mark.parametrize(
    ("media_type", "reason"),
    [
        ("application/zip", Reason.UNSUPPORTED),
        ("application/octet-stream", Reason.UNSUPPORTED),
        ("application/x-encrypted-office", Reason.ENCRYPTED),
        ("application/vnd.rar", Reason.NEEDS_TOOL),
        ("image/jpeg", Reason.NEEDS_OCR),
    ],
)
def test_what_nobody_reads_is_named(media_type: str, reason: Reason) -> None:
    with pytest.raises(ExtractionError) as refused:
        extractor_for(media_type)
    assert refused.value.reason == reason
    assert refused.value.detail == media_type
