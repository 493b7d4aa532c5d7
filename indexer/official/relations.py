"""What a document does to others: 同时废止, 关于修改《…》的决定, 本办法代替《…》.

Only what is said outright, of a title in 《》 or of a number, counts. The history that a text tells
of itself and sentences about repealing in general are no relations, and a document of which one
article is repealed is amended only.
Source: 规章制定程序条例 (2017) art. 28-30; 行政法规制定程序条例 (2017) art. 30.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from indexer.official import Relation, RelationKind
from indexer.official.document_numbers import find_all, find_first
from indexer.official.lines import closed_up
from indexer.official.titles import GENRES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST: Final = 200
"""Relations of one document: a decision may repeal a long list."""
_WINDOW: Final = 400
"""Code points of a sentence on either side of the word that are looked at."""
_NUMBER_WINDOW: Final = 60
_MOST_WORDS: Final = 2_000
"""Places that are looked at: a text that says it oftener is none of an office."""
_HAO: Final = re.compile("[号號]")

_WORD: Final = re.compile(
    r"(?P<repeals>废止|廢止|停止执行|停止使用|不再执行|失效)"
    r"|(?P<amends>作出?(?:如下|以下)修[改订]|修改为)|(?P<replaces>代替|取代)"
)
_STOPS: Final = "。；！？"
_TITLE: Final = r"《(?P<title>[^《》]{2,90})》"
_ASIDE: Final = r"(?:[（(](?P<aside>(?:[^（）()]|[（(][^（）()]{0,40}[)）]){0,80})[)）])?"
_TARGET: Final = re.compile(_TITLE + _ASIDE)
# 第三条, 附件2: of the whole only a part.
_PART: Final = (
    r"(?:第[\d一二三四五六七八九十百零〇]{1,6}[条條章款项節节目][^《》，。；]{0,24}"
    r"|附件\d{0,2}|附表\d{0,2})"
)
_PARTS: Final = re.compile(_PART)
_DAY: Final = r"[\d一二三四五六七八九十〇○零元]{1,4}"
_ADVERBS: Final = re.compile(
    rf"(?P<others>等?[^《》，。；]{{0,12}}(?:文件|规定|法规|规章))?(?:及其(?:实施细则|实施办法|补充规定|附件))?(?P<part>{_PART})?"
    rf"[，,]?(?:都|同时|现|一并|即行|相应|予以|随之|自行|均|也|亦|并|即|宣布|自(?:本\S{{1,8}}?|{_DAY}年{_DAY}月{_DAY}日|即日|同日)(?:施行|公布|发布|印发|实施)?之?日?起|从?{_DAY}年{_DAY}月{_DAY}日起?)*[，,]?"
)
# Between two targets of one list: 、和以及, and who had issued the second when.
_BETWEEN: Final = re.compile(
    r"[、和及以与暨]{0,3}(?:[^《》，。；]{0,40}(?:公布|发布|發布|印发|下发|颁布|颁发|批准|制定|施行|通过)的?)?(?:原|[^《》，。；]{0,20}号)?"
)
# Whose ground it is, not its object.
_NO_OBJECT: Final = re.compile(r"(?:根据|依据|按照|依照|参照|执行|适用|违反|抵触|与|同|在)$")
_OBJECT: Final = re.compile(r"(?:^|[对將将把])[^《》，。；]{0,20}$")
_ANNOUNCED: Final = re.compile(
    r"(?:^|[，,：:、）)]|决定|现|予以|宣布|同时|一并|并|本(?:办法|规定|细则|条例|标准|意见|通知|决定))$"
)
_AFTER_LIST: Final = re.compile(r"(?:$|[，,。；：]|等[^的]{0,12}(?:$|[，,]))")
_BY_NUMBER: Final = re.compile(r"(?:文件?|通知|号文)?(?:同时|一并|即行|相应|予以|自行|即)*")
_IN_TITLE: Final = re.compile(r"关于(?P<verb>废止|修改|修订|修正|停止执行)[^《]{0,4}(?=《)")


def relations_of(pages: Sequence[str], title: str) -> tuple[Relation, ...]:
    """What the document with this title says it repeals, amends or replaces, in its order."""
    text = "".join(map(closed_up, pages))
    own = closed_up(title)
    found: dict[Relation, None] = {}
    for relation in (*_in_title(own), *_in_text(text)):
        # What a text repeals under its own title is an earlier one of that name.
        is_own = relation.title == own and relation.kind is not RelationKind.REPEALS
        if not is_own and relation.title not in GENRES and not _is_known(relation, found):
            found[relation] = None
        if len(found) == _MOST:
            break
    numbered = {(each.kind, each.title) for each in found if each.document_number}
    return tuple(
        each for each in found if each.document_number or (each.kind, each.title) not in numbered
    )


def _is_known(relation: Relation, found: dict[Relation, None]) -> bool:
    """Whether it was said before, maybe more exactly: with the number as well."""
    return any(
        each.kind is relation.kind
        and (not relation.title or each.title == relation.title)
        and (not relation.document_number or each.document_number == relation.document_number)
        for each in found
    )


def _in_title(title: str) -> Iterator[Relation]:
    """关于修改《甲》的决定, 关于废止《甲》和《乙》的通知."""
    plain = title.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》")
    match = _IN_TITLE.search(plain)
    if match is not None and not plain.startswith("《"):
        kind = RelationKind.AMENDS if match["verb"][0] == "修" else RelationKind.REPEALS
        yield from _forward(plain[match.end() :], kind, ends=re.compile("的|等"))


def _in_text(text: str) -> Iterator[Relation]:
    for match in islice(_WORD.finditer(text), _MOST_WORDS):
        kind = next(each for each in RelationKind if match[each.value])
        before = _sentence_before(text, match.start())
        if kind is not RelationKind.REPLACES:
            objects = tuple(_backward(before, kind))
            yield from objects
            if objects:
                continue
        names_one = text.startswith("《", match.end())
        if names_one and kind is not RelationKind.AMENDS and _ANNOUNCED.search(before[-8:]):
            after = text[match.end() : match.end() + _WINDOW]
            yield from _forward(after, kind, ends=_AFTER_LIST)


def _sentence_before(text: str, end: int) -> str:
    start = max(0, end - _WINDOW)
    return text[max(start, *(text.rfind(stop, start, end) + 1 for stop in _STOPS)) : end]


def _backward(before: str, kind: RelationKind) -> Iterator[Relation]:
    """The list of targets that ends right before the word."""
    targets = list(_TARGET.finditer(before)) if "》" in before else []
    if not targets:
        yield from _by_number(before, kind)
        return
    behind = before[targets[-1].end() :]
    link = _ADVERBS.fullmatch(behind)
    amends = kind is RelationKind.AMENDS
    if link is None and not (amends and _PARTS.match(behind)):
        if not amends:
            yield from _by_number(before, kind)
        return
    first = len(targets) - 1
    while first and _BETWEEN.fullmatch(before[targets[first - 1].end() : targets[first].start()]):
        first -= 1
    ahead = before[: targets[first].start()]
    if _NO_OBJECT.search(ahead) or (amends and not _OBJECT.search(ahead)):
        return
    for target in targets[first:]:
        is_part = target is targets[-1] and link is not None and bool(link["part"])
        yield _relation(target, RelationKind.AMENDS if is_part else kind)


def _by_number(before: str, kind: RelationKind) -> Iterator[Relation]:
    """青政发〔2005〕3号同时废止: a number without a title."""
    near = before[-_NUMBER_WINDOW:].rpartition("》")[2]
    if not _HAO.search(near):
        return
    for number in find_all(near)[-1:]:
        behind = near[near.rfind(number.written) + len(number.written) :]
        if _BY_NUMBER.fullmatch(behind):
            yield Relation(kind=kind, document_number=number.written)


def _forward(after: str, kind: RelationKind, *, ends: re.Pattern[str]) -> Iterator[Relation]:
    """The list of targets that begins right behind the word."""
    at = 0
    targets: list[re.Match[str]] = []
    while match := _TARGET.match(after, at):
        targets.append(match)
        gap = re.compile(r"[、和及与以]{0,3}").match(after, match.end())
        at = gap.end() if gap else match.end()
    if targets and ends.match(after, targets[-1].end()):
        for target in targets:
            yield _relation(target, kind)


def _relation(target: re.Match[str], kind: RelationKind) -> Relation:
    number = find_first(target["aside"] or "")
    return Relation(
        kind=kind, title=target["title"], document_number=number.written if number else ""
    )
