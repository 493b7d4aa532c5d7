import pytest

from indexer.extraction.encoding import decode


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("本办法自发布之日起施行，由区民政局负责解释。", "gb18030"),
        ("本辦法自發布之日施行，由縣政府負責解釋。", "big5"),
        ("本办法自发布之日起施行。", "utf-8"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
