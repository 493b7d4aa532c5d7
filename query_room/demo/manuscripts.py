"""Manuscripts: one record of the sample archive as a text that a person can read and edit.

::

    档号：L012-WS·2008-D30-SHJZ-0004          catalogue columns, one a line
    题名：…
                                               a blank line, then for every file
    ==== 正文.docx                             its name; its suffix chooses the layout
    主送：…                                    parts of the paper that are not text
                                               a blank line
    为进一步……                                 the text: paragraphs, | tables |, ^ centred lines
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

from query_room.demo.fonds import FONDS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

COLUMNS: Final = (
    "档号", "题名", "责任者", "文号", "日期", "密级", "开放状态", "公开属性", "保管期限", "类别",
    "全宗号", "全宗名称", "案卷号", "件号", "存放位置", "文件", "附件", "内容概述", "人名",
)  # fmt: skip
"""The columns of the catalogue (归档文件目录), in its order."""

PARTS: Final = frozenset(
    {
        "作用", "编码", "折行", "栏目", "索引号", "损坏", "口令", "红头", "字号", "签发人",
        "份号", "密级", "紧急", "标题", "主送", "附件说明", "署名", "落款日期", "附注",
        "主题词", "抄送", "印发",
    }
)  # fmt: skip
"""What a file's head may say besides its text."""

_FILE: Final = "==== "
_RETENTION: Final = {"Y": "永久", "D30": "定期30年", "D10": "定期10年"}


class ManuscriptError(ValueError):
    """A manuscript is written wrongly: this package is broken, not its user's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptFile:
    """One file of a record, before layout.

    Attributes:
        name: File name with the suffix that chooses the layout.
        parts: Parts of the paper by their name in :data:`PARTS`.
        body: The text with its simple markup.
    """

    name: str
    parts: dict[str, str]
    body: str

    @property
    def is_attachment(self) -> bool:
        """Whether the catalogue lists it under 附件."""
        return self.parts.get("作用") == "附件"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """One record of the sample archive.

    Attributes:
        row: Catalogue values by column; 文件 and 附件 are filled in when the files are written.
        files: In their order; none is paper only.
    """

    row: dict[str, str]
    files: tuple[ManuscriptFile, ...]

    @property
    def code(self) -> str:
        """档号."""
        return self.row["档号"]


def load_manuscripts() -> tuple[Manuscript, ...]:
    """Every manuscript of the package, by 档号.

    Raises:
        ManuscriptError: One is written wrongly, or two have one 档号.
    """
    folder = resources.files(__package__) / "texts"
    found = [parse_manuscript(path.read_text("utf-8"), path.name) for path in _texts(folder)]
    found.sort(key=lambda manuscript: manuscript.code)
    if len({manuscript.code for manuscript in found}) < len(found):
        raise ManuscriptError("two manuscripts have one 档号")
    return tuple(found)


def parse_manuscript(text: str, name: str) -> Manuscript:
    """One manuscript.

    Args:
        text: As described at the head of this module.
        name: Where it stands, for the error message.

    Raises:
        ManuscriptError: It is written wrongly.
    """
    head, *sections = f"\n{text}".split(f"\n{_FILE}")
    row = _pairs(head, frozenset(COLUMNS), name)
    for needed in ("档号", "题名", "日期", "类别"):
        if not row.get(needed):
            raise ManuscriptError(f"{name}: no {needed}")
    return Manuscript(
        row=_completed(row, name),
        files=tuple(_file(section, name) for section in sections),
    )


def _texts(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            found += _texts(path)
        elif path.name.endswith(".txt"):
            found.append(path)
    return found


def _pairs(text: str, allowed: frozenset[str], name: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in text.strip().splitlines():
        key, colon, value = line.partition("：")
        if not colon or key not in allowed or key in pairs:
            raise ManuscriptError(f"{name}: {line[:40]}")
        pairs[key] = value.strip()
    return pairs


def _completed(row: dict[str, str], name: str) -> dict[str, str]:
    """The row with what the 档号 already says (DA/T 22-2015; DA/T 13-1994 for older stock)."""
    levels = row["档号"].split("-")
    fonds = levels[0]
    if fonds not in FONDS:
        raise ManuscriptError(f"{name}: fonds {fonds}")
    implied = {"全宗号": fonds, "全宗名称": FONDS[fonds], "件号": levels[-1]}
    if "·" in row["档号"]:
        implied["保管期限"] = _RETENTION[levels[2]]
    else:
        implied["案卷号"] = levels[2]
    return {column: row.get(column) or implied.get(column, "") for column in COLUMNS}


def _file(section: str, name: str) -> ManuscriptFile:
    file_name, _, rest = section.partition("\n")
    head, _, body = rest.partition("\n\n")
    if rest.startswith("\n"):
        head, body = "", rest
    return ManuscriptFile(
        name=file_name.strip(), parts=_pairs(head, PARTS, f"{name}, {file_name}"), body=body.strip()
    )
