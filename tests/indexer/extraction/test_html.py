from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import ExtractionError
from indexer.extraction.html import HtmlExtractor

if TYPE_CHECKING:
    from pathlib import Path


def text(tmp_path: Path, content: str | bytes) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (page,) = HtmlExtractor().pages(path)
    return page


PAGE = """<!DOCTYPE html><html><head><title>关于低保的通知_青山区</title><style>.a{}</style>
<script>var 广告 = 1</script></head><body>
<div class="nav"><a href="/">首页</a><a>政务公开</a></div>
<div id="main"><h1>关于低保的通知</h1><p style="font-size:0.9em">各街道
   办事处：</p><p>现将<b>有关</b>事项通知如下。</p>
<div style="display: none">赌博网站</div>
<span style="position:absolute; left:-9999px">隐藏链接</span><p hidden>草稿</p></div>
<footer>版权所有</footer><div class="copyright">蒙ICP备</div></body></html>"""


def test_the_article_stays_and_nothing_else(tmp_path: Path) -> None:
    assert text(tmp_path, PAGE) == (
        "关于低保的通知_青山区\n关于低保的通知\n各街道办事处：\n现将有关事项通知如下。"
    )


def test_rows_of_a_table_are_lines(tmp_path: Path) -> None:
    page = text(
        tmp_path,
        "<table><tr><th>姓名</th><th>住址</th></tr>"
        "<tr><td><p>张三</p></td><td>青山区<br>幸福路</td></tr><tr><td>李四</td><td></td></tr></table>",
    )
    assert page == "姓名\t住址\n张三\t青山区 幸福路\n李四\t"[:-1]


def test_a_layout_table_keeps_its_lines(tmp_path: Path) -> None:
    lines = [f"第{number}条　本条的内容写在这里，足够长。" for number in range(20)]
    page = text(
        tmp_path, "<table><tr><td>" + "".join(f"<p>{x}</p>" for x in lines) + "</td></tr></table>"
    )
    assert page.split("\n") == lines


def test_line_ends_of_the_source_mean_nothing(tmp_path: Path) -> None:
    assert text(tmp_path, "<p>机密\n性的工作</p>") == "机密性的工作"
    assert text(tmp_path, "<p>two\n  words</p>") == "two words"
    assert text(tmp_path, "<pre>一\n二</pre>") == "一\n二"
    assert text(tmp_path, "甲<br>乙<hr>丙<div>丁</div>戊") == "甲\n乙\n丙\n丁\n戊"


def test_a_page_that_is_all_menu_is_still_a_page(tmp_path: Path) -> None:
    assert text(tmp_path, "<nav>只有菜单的页面</nav>") == "只有菜单的页面"
    article = "正文内容。" * 20
    assert text(tmp_path, f"<form><div>{article}</div></form><nav>菜单</nav>") == article
    assert text(tmp_path, f"<div class=nav><h1>通知</h1>{article}</div>").endswith(article)


def test_headings_of_an_article_are_no_menu(tmp_path: Path) -> None:
    page = text(
        tmp_path,
        "<header>网站</header><article><header>通知标题</header><p>正文够长，不会丢。</p></article>",
    )
    assert page == "通知标题\n正文够长，不会丢。"


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("big5", "big5"),
        ("no-such", "utf-8"),
    ],
)
def test_labels_of_encodings_are_hints(tmp_path: Path, label: str, encoding: str) -> None:
    article = "現將有關事項通知如下，請認真執行。" * 3
    page = f'<html><head><meta charset="{label}"></head><body>{article}</body></html>'
    assert text(tmp_path, page.encode(encoding)) == article


def test_damaged_markup_keeps_its_text(tmp_path: Path) -> None:
    assert "正文" in text(tmp_path, "<div><table><td>正文</div></b><p")
    assert text(tmp_path, "<html></html>") == ""
    assert "深处" in text(tmp_path, "<div>" * 3000 + "深处")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError):
        text(tmp_path, b"<html>" + bytes(range(256)) * 4)
