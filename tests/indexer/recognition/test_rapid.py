from __future__ import annotations

import pytest

from indexer.recognition.rapid import RapidRecognizer, is_installed
from tests.indexer.recognition.scans import scan, vertical_scan


@pytest.fixture(scope="module")
def recognizer() -> RapidRecognizer:
    return RapidRecognizer()


def test_the_tests_have_the_extra() -> None:
    assert is_installed()


def test_a_drawn_line_comes_back_character_by_character(recognizer: RapidRecognizer) -> None:
    image = scan(["关于做好防汛工作的通知"], size=(900, 160))
    (line,) = recognizer.lines(image)
    assert line.text == "关于做好防汛工作的通知"
    assert "".join(each.text for each in line.characters) == line.text
    assert all(each.confidence > 0.8 for each in line.characters)
    lefts = [each.box.left for each in line.characters]
    assert lefts == sorted(lefts)
    # It was drawn from 60 of 900 to the right, and from 40 of 160 downwards.
    assert line.box.left == pytest.approx(60 / 900, abs=0.02)
    assert line.box.top == pytest.approx(45 / 160, abs=0.1)


def test_a_line_from_top_to_bottom_is_one(recognizer: RapidRecognizer) -> None:
    lines = recognizer.lines(vertical_scan(["为切实做好防汛工作"]))
    assert [line.text for line in lines] == ["为切实做好防汛工作"]
    tops = [each.box.top for each in lines[0].characters]
    assert tops == sorted(tops)


def test_on_a_blank_sheet_nothing_is_found(recognizer: RapidRecognizer) -> None:
    assert list(recognizer.lines(scan([], size=(400, 300)))) == []
