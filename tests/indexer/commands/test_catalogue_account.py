from __future__ import annotations

import io

from rich.console import Console

from indexer.catalogue import Doubt, Place
from indexer.catalogue.gaps import Numbering
from indexer.commands.catalogue_account import numbering_line, print_account
from indexer.importing.catalogue_account import CatalogueAccount, SheetAccount
from indexer.importing.joining import Ambiguity, Ground, UnevenFolder

NUMBERING = Numbering(
    place=Place(fonds="Z109", category="WS", year="2011", retention="永久", organ="BGS"),
    count=4,
    last=9,
    missing=((3, 3), (5, 7)),
    repeated=(2,),
)


def test_an_account_says_how_rows_were_read_joined_and_left() -> None:
    out = io.StringIO()
    account = CatalogueAccount(
        profile="区政府办 2",
        sheets=(
            SheetAccount(
                name="2011",
                header_row=3,
                rows=40,
                passed_over=6,
                unused=("随便",),
                is_hidden=True,
                hidden_rows=2,
            ),
        ),
        unread_sheets=("封面",),
        rows=40,
        joined_by={"path": 30, "code": 5},
        paper=5,
        doubts=tuple(
            Doubt(sheet="2011", number=number, problem="bad_date", value="[red]?")
            for number in range(12)
        ),
        ambiguous=(Ambiguity(ground=Ground.CODE, rows=(("", 2), ("", 3)), paths=("a.pdf",)),),
        uneven=(UnevenFolder(folder="扫描", rows=3, files=2),),
        numberings=(NUMBERING,),
    )
    print_account(Console(file=out, width=200), account)
    said = out.getvalue()
    for words in (
        "按配置“区政府办 2”读取",
        "2011：表头在第 3 行；40 条；略过重复表头、合计、附注和空行 6 行；未使用的栏：随便",
        "封面：没有可识别的表头，未读取",
        "目录 40 条；已挂接：按文件路径 30，按档号 5；无文件 5 条",
        "2011 第 0 行：日期无法识别，留空 [red]?",
        "另有 2 处存疑",
        "按档号不能确定：第 2 行、第 3 行 ↔ a.pdf",
        "扫描：目录 3 条，文件 2 个，数目不符，未挂接",
    ):
        assert words in said


def test_a_numbering_is_one_line() -> None:
    assert numbering_line(NUMBERING) == (
        "全宗 Z109 WS 2011 年度 永久 BGS：缺件号 3、5–7；件号重复 2"
    )
    assert numbering_line(Numbering(place=Place(), count=2, last=3, missing=((2, 2),))) == (
        "（未分组）：缺件号 2"
    )
