from __future__ import annotations

from indexer.extraction.guarded import clean
from indexer.page_words import Box
from indexer.recognition import FoundCharacter, FoundLine
from indexer.recognition.page_text import text_of


def line(text: str, left: float, top: float) -> FoundLine:
    characters = tuple(
        FoundCharacter(
            text=character,
            box=Box(
                left=left + 0.02 * place,
                top=top,
                right=left + 0.02 * place + 0.02,
                bottom=top + 0.02,
            ),
            confidence=0.9,
        )
        for place, character in enumerate(text)
        if not character.isspace()
    )
    box = Box(left=left, top=top, right=left + 0.02 * len(text), bottom=top + 0.02)
    return FoundLine(text=text, characters=characters, box=box)


def test_every_character_is_where_its_place_says() -> None:
    lines = [line("第二行 GDP 增长", 0.1, 0.2), line("机密", 0.7, 0.1), line("000012", 0.1, 0.1)]
    text, words = text_of(lines, 1.4)
    assert text == "000012\t机密\n第二行 GDP 增长"
    written = "".join(text[word.start : word.end] for word in words)
    assert written == "000012机密第二行GDP增长"
    assert [word.start for word in words] == sorted(word.start for word in words)
    (secret,) = [word for word in words if text[word.start : word.end] == "机"]
    assert (secret.box.left, secret.box.top, secret.confidence) == (0.7, 0.1, 0.9)


def test_it_is_what_the_text_store_would_keep() -> None:
    text, words = text_of([line("\x07甲\ufffe乙\r\n丙 ", 0.1, 0.1), line("\x00", 0.1, 0.3)], 1.4)
    assert text == clean(text) == "甲乙 丙"
    assert "".join(text[word.start : word.end] for word in words) == "甲乙丙"


def test_no_lines_are_no_text() -> None:
    assert text_of([], 1.4) == ("", ())
