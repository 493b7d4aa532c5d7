from __future__ import annotations

import pytest

from indexer.extraction.western_letters import mended


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_chinese_that_was_taken_for_western_letters_is_chinese(encoding: str) -> None:
    text = "机　密\n关于“知青”档案（1995）的通知,见附件No. 2\n朱镕基，冇"
    garbled = text.encode("gb18030").decode(encoding)
    assert mended(garbled) == text


def test_what_is_chinese_already_stays_and_the_rest_is_mended() -> None:
    garbled = "通知".encode("gb18030").decode("latin-1")
    assert mended(f"关于防汛的{garbled}\n\n1995") == "关于防汛的通知\n\n1995"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "été naïve œuvre “déjà vu”, Größe ÄÖÜ über",
        "São João, ação, ¿Qué? ¡Sí!",
        "25°C ± 3 · €5 — œ",
        "Компания Аскат",
        "关于防汛的通知",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert mended(text) == text
