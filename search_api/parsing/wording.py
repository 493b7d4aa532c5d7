"""How a question was read, in the words of whoever asked it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

from indexer.analysis.codes import has_open_places, pattern_of
from indexer.analysis.fold import fold
from indexer.analysis.question import (
    AllParts,
    AnyPart,
    DatePart,
    FieldPart,
    NearPart,
    NotPart,
    QueryPart,
)
from indexer.engine.conditions import MAX_NEAR, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.analysis.question import Node
    from search_api.parsing.grammar import ParsedQuestion

Language: TypeAlias = Literal["zh", "en"]
_Words: TypeAlias = tuple[str, str]

_ALL: Final = ("；", "; ")
_ANY: Final = (" 或 ", " or ")
_GROUP: Final = ("（{}）", "({})")
_HAS: Final = ("含有 {}", "has {}")
_EXACTLY: Final = ("原样含有“{}”", "has exactly “{}”")
_NOT: Final = ("排除：{}", "without: {}")
_NEAR: Final = ("“{}”与“{}”相隔不超过 {} 字", "“{}” and “{}” at most {} characters apart")
_BETWEEN: Final = ("档案日期 {} 至 {}", "record dated {} to {}")
_FROM: Final = ("档案日期不早于 {}", "record dated {} or later")
_UNTIL: Final = ("档案日期不晚于 {}", "record dated {} or earlier")
_OR_WRITTEN: Final = ("{}，或文中写有“{}”", "{}, or “{}” written in it, in any form")
_FIELDS: Final[dict[Part, _Words]] = {
    Part.BODY: ("全文", "text"),
    Part.TITLE: ("标题", "title"),
    Part.AGENCY: ("机关", "agency"),
    Part.PERSONS: ("人名", "person"),
    Part.NUMBER: ("文号", "document number"),
    Part.CODE: ("档号", "reference code"),
}
_FIELD_HAS: Final = ("{}含有“{}”", "{} has “{}”")
_FIELD_LIKE: Final = ("{}形如“{}”", "{} looks like “{}”")
_NOTES: Final[dict[str, _Words]] = {
    "asked": (
        "按您的要求，全部内容都按普通文字检索。",
        "As you asked, everything was searched as plain text.",
    ),
    "unbalanced_quote": (
        "引号没有成对，全部内容按普通文字检索。",
        "The quotation never ends, so everything was searched as plain text.",
    ),
    "dangling_operator": (
        "OR、AND、NOT、NEAR 或字段名后缺少内容，全部内容按普通文字检索。",
        "OR, AND, NOT, NEAR or a field lacks something, so everything was searched as plain text.",
    ),
    "only_exclusions": (
        "只写了要排除的内容，没有写要找什么，全部内容按普通文字检索。",
        "Only exclusions were given, so everything was searched as plain text.",
    ),
    "excluded_alternative": (
        "OR 的一边只写了要排除的内容，全部内容按普通文字检索。",
        "One side of OR only excludes, so everything was searched as plain text.",
    ),
    "near_needs_words": (
        "NEAR 两边只能是词或引号中的原文，全部内容按普通文字检索。",
        "NEAR stands between words or quotations, so everything was searched as plain text.",
    ),
    "near_too_far": (
        f"NEAR 最多相隔 {MAX_NEAR} 字，全部内容按普通文字检索。",
        f"NEAR reaches at most {MAX_NEAR} characters, so everything was searched as plain text.",
    ),
    "field_of_field": (
        "一个字段里不能再写字段或 NEAR，全部内容按普通文字检索。",
        "A field holds no other field and no NEAR, so everything was searched as plain text.",
    ),
    "too_complex": (
        "条件过多或括号层次过深，全部内容按普通文字检索。",
        "Too many parts, or brackets too deep, so everything was searched as plain text.",
    ),
    "wildcard_needs_field": (
        "* 只在“文号:”“档号:”之后有效，这里按普通文字检索。",
        "* is open only after number: and code:; here it was searched as plain text.",
    ),
    "wildcard_too_short": (
        "* 只能在末尾，第一个 * 或 ? 之前至少要有两个字符，这里按普通文字检索。",
        "* stands at the end, and two characters before the first * or ?; here they open nothing.",
    ),
    "persons_for_staff": (
        "按人名著录查找只对工作人员开放，这里改为在全文中原样查找。",
        "Names in the catalogue are for the staff; the name was looked for in the text instead.",
    ),
}


def in_words(parts: Sequence[Node], language: Language) -> str:
    """What the records found must have, as one line."""
    return _pick(_ALL, language).join(_said(part, language) for part in parts)


def notes_in_words(parsed: ParsedQuestion, language: Language) -> tuple[str, ...]:
    """Why the question was not read as it may have been meant; most often nothing."""
    codes = (parsed.literal_because, *parsed.notes)
    return tuple(_pick(_NOTES[code], language) for code in codes if code)


def _said(node: Node, language: Language) -> str:  # noqa: PLR0911 - one for each kind
    match node:
        case QueryPart(text=text, is_phrase=is_phrase):
            return _pick(_EXACTLY if is_phrase else _HAS, language).format(" ".join(text.split()))
        case DatePart():
            return _date_said(node, language)
        case FieldPart(field=field, asked=asked):
            folded = fold(asked.text)
            is_open = not asked.is_phrase and has_open_places(folded)
            is_open = is_open and field in {Part.NUMBER, Part.CODE}
            like = is_open and pattern_of(folded, field) is not None
            form = _pick(_FIELD_LIKE if like else _FIELD_HAS, language)
            return form.format(_pick(_FIELDS[field], language), " ".join(asked.text.split()))
        case NearPart(first=first, second=second, distance=distance):
            return _pick(_NEAR, language).format(first.text, second.text, distance)
        case AllParts(parts=parts):
            return _pick(_GROUP, language).format(in_words(parts, language))
        case AnyPart(parts=parts):
            ways = _pick(_ANY, language).join(_said(part, language) for part in parts)
            return _pick(_GROUP, language).format(ways)
        case NotPart(part=part):
            return _pick(_NOT, language).format(_said(part, language))
        case _:
            assert_never(node)


def _date_said(asked: DatePart, language: Language) -> str:
    ends = [each.isoformat() for each in (asked.first, asked.last) if each is not None]
    form = _BETWEEN if len(ends) > 1 else _FROM if asked.first else _UNTIL
    said = _pick(form, language).format(*ends)
    return _pick(_OR_WRITTEN, language).format(said, asked.text) if asked.written else said


def _pick(texts: _Words, language: Language) -> str:
    return texts[0] if language == "zh" else texts[1]
