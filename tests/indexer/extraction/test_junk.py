from __future__ import annotations

import pytest

from indexer.extraction.junk import is_junk


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("", False),
        ("关于印发办法的通知", False),
        ("关于\ue001\ue002通知", True),
        ("\ufffd" * 9, True),
        ("一二三四五六七八九\ue001", False),
        ("\n \t" * 50 + "\ufffd", True),
        # Menksoft writes Mongolian with private characters.
        ("\ue264\ue265\ue266", False),
    ],
)
def test_text_is_told_from_glyphs_without_meaning(text: str, *, is_none: bool) -> None:
    assert is_junk(text) is is_none
