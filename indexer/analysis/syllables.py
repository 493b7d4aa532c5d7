"""Pinyin without tones: its syllables, how letters fall into them, which are taken for each other.

Letters are those of a keyboard: ü is ``v``, and where nobody types it, ``u``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Syllables: TypeAlias = tuple[str, ...]

_SYLLABLES: Final = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao
ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chuai chuan chuang chui chun
chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding
diu dong dou du duan dui dun duo e ei en er fa fan fang fei fen feng fo fou fu ga gai gan gang gao
ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong
hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le
lei leng li lia lian liang liao lie lin ling liu long lou lu luan lun luo lv lve ma mai man mang mao
me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian
niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi
pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran
rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan
shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su
suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa
wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan
yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai
zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou
zu zuan zui zun zuo
"""
SYLLABLES: Final = frozenset(_SYLLABLES.split())

MAX_SPLITS: Final = 8
MAX_SYLLABLES: Final = 16
_LONGEST: Final = max(map(len, SYLLABLES))
_INITIALS: Final = frozenset(each[0] for each in SYLLABLES)
# What many speakers do not tell apart, as a beginning and as an end of a syllable.
_BEGINNINGS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDS: Final = (("ang", "an"), ("eng", "en"), ("ing", "in"))
# A keyboard has no ü: lü is typed lv or lu, lüe is typed lve or lue.
_SPELLINGS: Final = {"lue": "lve", "nue": "nve"}


@lru_cache(maxsize=1_024)
def splits(letters: str) -> tuple[Syllables, ...]:
    """Every way in which letters fall into syllables, the fewest syllables first.

    At most :data:`MAX_SPLITS`; none where something is left over.
    """
    if not letters.isascii() or not letters.isalpha():
        return ()
    ways: list[list[Syllables]] = [[()], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            part = _SPELLINGS.get(letters[start:end], letters[start:end])
            if part in SYLLABLES:
                ways[end] += [(*way, part) for way in ways[start] if len(way) < MAX_SYLLABLES]
        ways[end] = sorted(ways[end], key=lambda way: (len(way), way))[:MAX_SPLITS]
    return tuple(ways[-1])


def unfinished(letters: str) -> tuple[Syllables, ...]:
    """Every way in which letters fall into syllables of which the last is only begun.

    The last element of each way is the beginning as it was typed.
    """
    if not letters.isascii() or not letters.isalpha():
        return ()
    ways = [
        (*way, letters[at:])
        for at in range(max(0, len(letters) - _LONGEST), len(letters))
        if completions(letters[at:])
        for way in ((),) * (at == 0) + splits(letters[:at])
    ]
    return tuple(sorted(ways, key=lambda way: (len(way), way))[:MAX_SPLITS])


@cache
def completions(beginning: str) -> tuple[str, ...]:
    """The syllables that begin so, in order."""
    return tuple(sorted(each for each in SYLLABLES if each.startswith(beginning)))


def are_initials(letters: str) -> bool:
    """Whether each letter can be the first of a syllable; ``i``, ``u`` and ``v`` cannot."""
    return bool(letters) and _INITIALS.issuperset(letters)


@cache
def rough(syllable: str) -> str:
    """The one form of syllables that many take for each other: zh and z, n and l, eng and en."""
    for one, other in _BEGINNINGS:
        if syllable.startswith(one):
            syllable = other + syllable[len(one) :]
            break
    for one, other in _ENDS:
        if syllable.endswith(one):
            return syllable[: -len(one)] + other
    return syllable


def roughly(syllables: Iterable[str]) -> Syllables:
    """Each in its rough form."""
    return tuple(map(rough, syllables))
