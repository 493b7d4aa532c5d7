"""Characters that are taken for each other because they look alike.

``dictionaries/look_alikes.txt`` was measured on drawings (see ``SOURCE.md`` beside it); the groups
below are those that typists and scanners mix up whatever the font.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_GROUPS: Final = (
    *("己已巳", "日曰", "末未", "戊戌戍戎", "人入八", "土士", "千干于", "大太犬", "天夭"),
    *("王玉主", "免兔", "鸟乌", "治冶", "洒酒", "贝见", "白自", "今令", "拆折析", "拔拨", "候侯"),
    *("祟崇", "赢羸嬴", "徒徙", "茶荼", "刺剌", "晴睛", "辨辩辫瓣", "刀力", "九丸", "木本术"),
    *("水永冰", "田由甲申电", "目且旦", "竞竟", "亨享", "管菅", "廷延", "幻幼", "仑仓", "买卖"),
    *("母毋", "勾匀", "哀衷衰", "抵低", "洮桃", "石右", "岚岗", "洼佳", "碾辗", "栖牺", "河何"),
    *("雕凋", "杨扬", "挂桂", "贵责", "兰三", "友反", "师帅", "历厉", "代伐", "埋理", "淮准"),
)  # fmt: skip
_TABLE: Final = Path(__file__).with_name("dictionaries") / "look_alikes.txt"


def look_alikes(character: str) -> str:
    """The characters that look like this one, the most alike first; none of them itself."""
    return _table().get(character, "")


@cache
def _table() -> dict[str, str]:
    alike: dict[str, dict[str, None]] = {}
    for group in _GROUPS:
        for character in group:
            alike.setdefault(character, {}).update(dict.fromkeys(group))
    lines = [line.split(" ") for line in _TABLE.read_text("utf-8").splitlines()]
    for character, others in lines:
        alike.setdefault(character, {}).update(dict.fromkeys(others))
    # Who looks like another is looked like by it.
    for character, others in lines:
        for other in others:
            alike.setdefault(other, {})[character] = None
    return {
        character: "".join(other for other in others if other != character)
        for character, others in alike.items()
    }
