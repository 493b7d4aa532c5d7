"""What sets one document apart from another that has the same words: figures, names, versions.

Two filled-in forms are equal but for a dozen characters, and so are the notices of two years. What
differs between them is of a kind: figures stand against other figures, a name against a name, an
enactment has one more day on which it was amended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.copies.alignment import Difference

_NUMERALS: Final = frozenset("0123456789〇零一二三四五六七八九十百千万亿")
_DIGIT: Final = re.compile(r"[0-9]")
_CHINESE_FIGURE: Final = re.compile(r"[〇零一二三四五六七八九十百千万亿两年月日号元角]+")
_ORDINAL_BEFORE: Final = re.compile(r"第[0-9〇零一二三四五六七八九十百千]*$")
_ORDINAL_AFTER: Final = re.compile(r"[0-9〇零一二三四五六七八九十百千]*[条章节款项编]")
_DAY: Final = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_PASSED: Final = re.compile(r"修订|修正|修改|通过|批准|公布")
_AMENDED: Final = re.compile(r"修订|修正")
_SENTENCE: Final = 60
_YEAR_BEFORE: Final = re.compile(r"(19|20)[0-9]{2}$")
_HAN_NAME: Final = re.compile(r"[㐀-鿿]{1,8}")

# The hundred and twenty most frequent ones bear nine tenths of all names; those that are ordinary
# words as well (于, 方, 高) count only where a name of the usual length follows.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
    "万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂"
)
_NAME_LENGTHS: Final = range(2, 5)
_BEFORE_NAME: Final = re.compile(
    r"(姓名|申请人|当事人|经办人|承办人|户主|代表人|负责人|联系人|证明人|收件人|兹有|男方|女方"
    r"|父亲|母亲|配偶|甲方|乙方|单位|地址|住址|户籍地)$"
)
# A part of the name may stand between.
_AFTER_NAME: Final = re.compile(r"[㐀-鿿]{0,2}(同志|先生|女士|同学)|男|女")
_REACH: Final = 6
_FIELD: Final = 40


def figures_against(difference: Difference, first: str) -> int:
    """How many figures stand against others: 0 where nothing of the kind differs.

    A numbered article that became another one by an article put in before it is none.
    """
    one, other = difference.first, difference.second
    before = first[max(0, difference.at - _REACH) : difference.at]
    after = first[difference.at + len(one) : difference.at + len(one) + _REACH]
    if _NUMERALS.isdisjoint(one + other):
        return 0
    if _ORDINAL_BEFORE.search(before) and _ORDINAL_AFTER.match(after):
        return 0
    digits = max(numerals_in(one), numerals_in(other))
    if one and other:
        is_figure = _DIGIT.search(one) and _DIGIT.search(other)
        is_chinese = all(
            _CHINESE_FIGURE.fullmatch(side) and numerals_in(side) for side in (one, other)
        )
        return digits if is_figure or is_chinese else 0
    # 2月 against 12月: what is put in stands in a figure. Not so 〔2020〕 号 against 〔2020〕 15号.
    put_in = one or other
    is_number_given = _YEAR_BEFORE.search(before) and after.startswith("号")
    touches = (before[-1:].isdigit() and put_in[0].isdigit()) or (
        after[:1].isdigit() and put_in[-1].isdigit()
    )
    return digits if touches and not is_number_given else 0


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Two whole figures that stand against each other, and where the first one begins."""

    at: int
    first: str
    second: str


def figure_pair(difference: Difference, first: str, second: str) -> FigurePair | None:
    """The whole figures in which a difference lies, or ``None`` where it lies in none."""
    at, one = _whole_figure(first, difference.at, len(difference.first))
    _, other = _whole_figure(second, difference.there, len(difference.second))
    return FigurePair(at, one, other) if one and other and one != other else None


def _whole_figure(text: str, at: int, length: int) -> tuple[int, str]:
    end = at + length
    while at and text[at - 1].isdigit():
        at -= 1
    while end < len(text) and text[end].isdigit():
        end += 1
    return at, text[at:end] if text[at:end].isdigit() else ""


def is_figure_put_in(difference: Difference) -> bool:
    """Whether one text alone has a figure here, as a form that was filled in has.

    A whole block that one of them has before or after the text is nothing of the kind.
    """
    put_in = difference.first or difference.second
    is_alone = not (difference.first and difference.second)
    return is_alone and len(put_in) <= _FIELD and bool(_DIGIT.search(put_in))


def is_name(difference: Difference, first: str) -> bool:
    """Whether a name, or what stands in a named place, is another one or on one side alone."""
    one, other = difference.first, difference.second
    before = first[max(0, difference.at - _REACH) : difference.at]
    after = first[difference.at + len(one) : difference.at + len(one) + _REACH]
    if not all(_HAN_NAME.fullmatch(side) for side in (one, other) if side):
        return False
    if _BEFORE_NAME.search(before) or _AFTER_NAME.match(after):
        return True
    if not one or not other:
        return False
    return (_is_whole_name(one) and _is_whole_name(other)) or (
        # 张伟 against 张芳: the surname is what they share.
        before[-1:] in _SURNAMES and len(one) == len(other) and len(one) + 1 in _NAME_LENGTHS
    )


def is_version(difference: Difference, first: str, second: str) -> bool:
    """Whether one text alone tells of a day on which it was amended or passed."""
    sides = (
        (difference.first, first, difference.at),
        (difference.second, second, difference.there),
    )
    has_day = [_DAY.search(side) is not None for side, _, _ in sides]
    return has_day[0] != has_day[1] and any(
        has and (_PASSED.search(side) or _AMENDED.search(text, at, at + len(side) + _SENTENCE))
        for has, (side, text, at) in zip(has_day, sides, strict=True)
    )


def _is_whole_name(run: str) -> bool:
    return run[0] in _SURNAMES and len(run) in _NAME_LENGTHS


def numerals_in(run: str) -> int:
    """How many digits and Chinese numerals there are."""
    return sum(character in _NUMERALS for character in run)
