"""A paper as a page saved from the district's portal, menus, scripts and footer included."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from query_room.demo.papers import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from query_room.demo.papers import Block, Paper

_MENU: Final = ("首页", "走进临岚", "新闻中心", "政务公开", "办事服务", "互动交流", "区长信箱")
_SIDE: Final = ("市民热线每周受理情况", "天气预报", "招考信息", "网上办事大厅", "网站无障碍")


def web_page(paper: Paper, *, column: str, index_number: str, encoding: str = "utf-8") -> bytes:
    """The bytes of the saved page.

    Args:
        paper: What it says.
        column: The portal's column (栏目), for the breadcrumb.
        index_number: 索引号 of the portal's disclosure catalogue, or ``""``.
        encoding: ``utf-8`` or ``gb18030``; older portals used the latter and said ``gb2312``.
    """
    declared = "gb2312" if encoding == "gb18030" else encoding
    return "\n".join(_page(paper, column, index_number, declared)).encode(encoding)


def _page(paper: Paper, column: str, index_number: str, charset: str) -> Iterator[str]:
    title = html.escape(paper.title)
    yield "<!DOCTYPE html>"
    yield f'<html lang="zh"><head><meta charset="{charset}"><title>{title}_临岚区人民政府</title>'
    yield "<style>.nav li{float:left}.content{font-size:16px}</style>"
    yield "<script>var hits=0;function count(){hits=hits+1;}</script></head><body>"
    yield '<div class="header"><a href="/">栖川市临岚区人民政府门户网站</a></div>'
    yield '<ul class="nav">' + "".join(f'<li><a href="#">{name}</a></li>' for name in _MENU)
    yield f'</ul><div class="breadcrumb">当前位置：首页 &gt; 政务公开 &gt; {column}</div>'
    yield '<div class="sidebar"><h3>热点推荐</h3><ul>'
    yield "".join(f'<li><a href="#">{name}</a></li>' for name in _SIDE) + "</ul></div>"
    yield '<div class="article">'
    if index_number:
        yield "<table>"
        yield f"<tr><td>索引号：{index_number}</td><td>主题分类：{column}</td></tr>"
        yield f"<tr><td>发文机关：{paper.signature}</td><td>成文日期：{paper.date}</td></tr>"
        yield f"<tr><td>发文字号：{paper.number}</td><td>有效性：有效</td></tr></table>"
    yield f"<h1>{title}</h1>"
    if paper.number:
        yield f'<p style="text-align:center">{paper.number}</p>'
    if paper.recipients:
        yield f"<p>{html.escape(paper.recipients)}：</p>"
    for block in paper.blocks:
        yield from _block(block)
    if paper.annex_note:
        yield f"<p>附件：{html.escape(paper.annex_note)}</p>"
    for part in (paper.signature, paper.date):
        if part:
            yield f'<p style="text-align:right">{html.escape(part)}</p>'
    if paper.note:
        yield f"<p>（{html.escape(paper.note)}）</p>"
    yield "</div>"
    yield '<div class="share">分享到：<a href="#">微博</a> <a href="#">微信</a></div>'
    yield '<div class="footer">主办：临岚区人民政府办公室　网站标识码：0000000000'
    yield "<p>建议使用1024×768分辨率浏览本站</p></div>"
    yield "<script>count();</script></body></html>"


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TABLE:
            yield "<table border=1>"
            for row in block.rows:
                yield "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            yield "</table>"
        case BlockKind.PAGE_BREAK:
            yield "<hr>"
        case BlockKind.CENTRED:
            yield f'<p style="text-align:center">{html.escape(block.text)}</p>'
        case BlockKind.HEADING:
            yield f"<p><strong>{html.escape(block.text)}</strong></p>"
        case BlockKind.PARAGRAPH:
            yield f"<p>{html.escape(block.text)}</p>"
