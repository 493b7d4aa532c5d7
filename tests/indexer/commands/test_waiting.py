from __future__ import annotations

import pytest

from indexer.commands.waiting import duration, waiting_line
from indexer.repositories.recognition import Backlog


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "不到 1 分钟"),
        (59, "不到 1 分钟"),
        (35 * 60, "35 分钟"),
        (89 * 60, "89 分钟"),
        (90 * 60, "1.5 小时"),
        (100 * 3600, "100.0 小时"),
    ],
)
def test_a_time_to_wait_is_as_exact_as_it_can_be(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def backlog(*, pages: int, given_up: int = 0, is_measured: bool = True) -> Backlog:
    return Backlog(
        files=min(pages, 2),
        pages=pages,
        given_up=given_up,
        seconds_left=pages * 6.0,
        is_measured=is_measured,
    )


def test_what_waits_is_told_with_the_time_it_takes() -> None:
    assert waiting_line(backlog(pages=100)) == "2 个文件共 100 页等待文字识别，约需 10 分钟。"
    assert "（尚未实测）" in waiting_line(backlog(pages=100, is_measured=False))
    assert waiting_line(backlog(pages=0)) == "没有待识别的页。"
    assert waiting_line(backlog(pages=0, given_up=3)) == "没有待识别的页；3 页未能识别。"
