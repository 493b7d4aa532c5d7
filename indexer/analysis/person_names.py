"""Where personal names stand in running text, as far as they can be told.

For leaving them out of what everybody may search by sound: a word too much does little harm there,
a name too little does. Nothing is indexed as a person because of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.analysis.lexicon import is_personal, is_rare
from indexer.analysis.place_names import SUFFIXES
from indexer.analysis.stopwords import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常"
    "武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛管祝左涂谷祁"
    "舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游裴席卫查屈鲍覃霍翁隋甘景薄单包柏宁柯阮桂闵解华车冉房边吉饶"
    "刁瞿戚古米池滕晋苑邬臧褚廉娄盖符奚穆党燕郎冀谈姬屠连晏栾郁商蒙喻窦迟敖仇艾区佟栗匡巫桑荆岑胥蔺"
    "乌朴尉缪冼宓召乜逯邸鄂郗郇尚时仲利丛"
)
_VILLAGE: Final = "村"
_GIVEN: Final = 2
_LONGEST: Final = 4


def person_spans(words: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open ranges of characters of the joined words that look like the name of a person.

    Args:
        words: As the segmenter cuts a folded run: a name that no dictionary knows falls into single
            characters.
    """
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = _end_of_name(words, at)
        if end > at:
            spans.append((starts[at], starts[end]))
        at = max(end, at + 1)
    return spans


def looks_like_a_name(characters: str) -> bool:
    """Whether a few characters may be the whole name of a person."""
    return 1 < len(characters) <= _LONGEST and characters[0] in SURNAMES


def _end_of_name(words: Sequence[str], at: int) -> int:
    """The word after the name that begins at a word; the word itself where none does."""
    first = words[at]
    if first[0] not in SURNAMES:
        return at
    end = at + 1
    if len(first) == 1:
        given = words[end] if end < len(words) else ""
        if len(given) == _GIVEN and (is_personal(given) or is_rare(given)):
            end += 1
        else:
            while end < len(words) and end - at <= _GIVEN and _is_given(words[end]):
                end += 1
        if end == at + 1:
            return at
    elif not is_personal(first) or len(first) > _LONGEST:
        return at
    # A place is named after many a surname; nobody is called 村.
    if words[end - 1] == _VILLAGE or any(
        "".join(words[end - 1 : end + 1]).endswith(each) for each in SUFFIXES
    ):
        return at
    return end


def _is_given(word: str) -> bool:
    return len(word) == 1 and "一" <= word <= "鿿" and word not in STOPWORDS
