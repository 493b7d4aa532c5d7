"""How long a person waits, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.recognition.rapid import is_installed

if TYPE_CHECKING:
    from indexer.repositories.recognition import Backlog

_MINUTES_TOLD: Final = 90


def duration(seconds: float) -> str:
    """A time to wait, no more exact than it can be known: 不到 1 分钟, 35 分钟, 6.5 小时."""
    minutes = seconds / 60
    if minutes < 1:
        return "不到 1 分钟"
    if minutes < _MINUTES_TOLD:
        return f"{minutes:.0f} 分钟"
    return f"{minutes / 60:.1f} 小时"


def waiting_line(left: Backlog) -> str:
    """What waits to be recognised, for how long yet, and what that takes."""
    if not left.pages:
        lost = f"；{left.given_up} 页未能识别" if left.given_up else ""
        return f"没有待识别的页{lost}。"
    if not is_installed():
        return (
            f"{left.files} 个文件共 {left.pages} 页等待文字识别，但未安装识别组件："
            "请运行 make ocr。"
        )
    how_long = duration(left.seconds_left)
    guess = "" if left.is_measured else "（尚未实测）"
    return f"{left.files} 个文件共 {left.pages} 页等待文字识别，约需 {how_long}{guess}。"
