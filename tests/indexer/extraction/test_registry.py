import pytest

from indexer.errors import ExtractionError
from indexer.extraction.kinds import PDF, TEXT
from indexer.extraction.registry import extractor_for


def test_known_kinds_have_a_reader() -> None:
    assert extractor_for(PDF).name.startswith("pdfminer/")
    assert extractor_for(TEXT).name.startswith("text/")


@pytest.mark.parametrize(
    ("kind", "reason"), [("application/x-nothing", "unsupported"), ("image/png", "needs_ocr")]
)
def test_other_kinds_are_refused_with_their_reason(kind: str, reason: str) -> None:
    with pytest.raises(ExtractionError) as raised:
        extractor_for(kind)
    assert raised.value.reason == reason
