from pathlib import Path

import pytest

from indexer.extraction.kinds import HTML, PDF, TEXT, media_type_of


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n", "x.txt", PDF),
        (b"<!doctype html><html><body>x</body></html>", "x", HTML),
        ("正文".encode(), "x.txt", TEXT),
        (b"\x89PNG\r\n\x1a\n", "x.pdf", "image/png"),
    ],
)
def test_the_kind_is_told_from_content(
    tmp_path: Path, content: bytes, name: str, kind: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert media_type_of(path, name) == kind
