"""The account of a batch's catalogue, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from indexer.commands.words import DOUBTS, GROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from indexer.catalogue import Doubt, Place
    from indexer.catalogue.gaps import Numbering
    from indexer.importing.catalogue_account import CatalogueAccount, SheetAccount

SHOWN: Final = 10
"""Lines of each kind; the batch's page lists them all."""


def print_account(console: Console, account: CatalogueAccount) -> None:
    """Print how a catalogue was read, what came together and what is over."""
    if account.profile:
        console.print(f"按配置“{account.profile}”读取", markup=False)
    for sheet in account.sheets:
        console.print(_sheet(sheet), markup=False)
    for name in account.unread_sheets:
        console.print(f"{name}：没有可识别的表头，未读取", markup=False)
    joined = "，".join(f"{GROUNDS[name]} {count}" for name, count in account.joined_by.items())
    console.print(
        f"目录 {account.rows} 条；已挂接：{joined or '无'}；"
        f"无文件 {account.paper + len(account.without_file)} 条",
        markup=False,
    )
    _print_some(console, [_doubt_line(each) for each in account.doubts], "处存疑")
    _print_some(console, list(_ambiguous_lines(account)), "处不能确定")
    _print_some(console, [numbering_line(each) for each in account.numberings], "组件号不连续")


def numbering_line(each: Numbering) -> str:
    """Which 件号 are missing or there twice, in one line."""
    runs = "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in each.missing
    )
    parts = [f"缺件号 {runs}"] if runs else []
    if each.repeated:
        parts.append(f"件号重复 {'、'.join(map(str, each.repeated))}")
    return f"{place_words(each.place) or '（未分组）'}：{'；'.join(parts)}"


def place_words(place: Place) -> str:
    """A place by its parts, the unknown ones left out."""
    return " ".join(
        part
        for part in (
            place.fonds and f"全宗 {place.fonds}",
            place.category,
            place.catalogue and f"目录 {place.catalogue}",
            place.year and f"{place.year} 年度",
            place.retention,
            place.organ,
            place.volume and f"案卷 {place.volume}",
        )
        if part
    )


def _sheet(sheet: SheetAccount) -> str:
    parts = [f"{sheet.rows} 条"]
    if sheet.header_row:
        parts.insert(0, f"表头在第 {sheet.header_row} 行")
    if sheet.passed_over:
        parts.append(f"略过重复表头、合计、附注和空行 {sheet.passed_over} 行")
    if sheet.unused:
        parts.append(f"未使用的栏：{'、'.join(sheet.unused)}")
    if sheet.is_hidden:
        parts.append("本表是隐藏的，已读取")
    if sheet.hidden_rows or sheet.hidden_columns:
        parts.append(f"隐藏的 {sheet.hidden_rows} 行、{len(sheet.hidden_columns)} 栏已读取")
    return f"{sheet.name or '目录'}：{'；'.join(parts)}"


def _doubt_line(each: Doubt) -> str:
    place = f"{each.sheet} 第 {each.number} 行".lstrip()
    return f"{place}：{DOUBTS.get(each.problem, each.problem)} {each.value}".rstrip()


def _ambiguous_lines(account: CatalogueAccount) -> Iterator[str]:
    for each in account.ambiguous:
        rows = "、".join(f"{sheet} 第 {number} 行".lstrip() for sheet, number in each.rows)
        yield f"{GROUNDS[each.ground]}不能确定：{rows} ↔ {'、'.join(each.paths)}"
    for folder in account.uneven:
        yield (f"{folder.folder}：目录 {folder.rows} 条，文件 {folder.files} 个，数目不符，未挂接")


def _print_some(console: Console, lines: Sequence[str], rest: str) -> None:
    for line in lines[:SHOWN]:
        console.print(line, markup=False)
    if len(lines) > SHOWN:
        console.print(f"另有 {len(lines) - SHOWN} {rest}")
