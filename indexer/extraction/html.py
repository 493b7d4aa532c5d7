"""Web pages without what is not their text: scripts, menus, hidden and injected parts.

All text that a reader would see of the article stays; a page whose article cannot be told from its
menus is kept whole. Rows of tables become lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from indexer.errors import ExtractionError
from indexer.extraction import Reason
from indexer.extraction.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selectolax.lexbor import LexborNode

_NEVER_TEXT: Final = (
    "script, style, noscript, template, iframe, frame, object, embed, svg, canvas, audio, video, "
    "select, option, datalist, button, input, textarea, meta, link"
)
_HIDDEN: Final = "[hidden], [aria-hidden=true]"
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?<![\w-])(?:left|top|right)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_MENUS: Final = (
    "nav, header, footer, aside, form, menu, [role=navigation], [role=banner], "
    "[role=contentinfo], [role=search]"
)
_NAMED: Final = "div[id], div[class], ul[id], ul[class], section[class], table[class], p[class]"
_MENU_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|submenu|footer|foot|copyright|breadcrumbs?"
    r"|crumbs?|sidebar|toolbar|share|pager|pagination|friendlinks?|sitemap|beian)(?:[\s_-]|\d*$)",
    re.IGNORECASE,
)
_ARTICLE: Final = "article, main, h1, [role=main]"
_INSIDE_ARTICLE: Final = frozenset({"article", "main"})
_BLOCKS: Final = (
    "address, article, blockquote, br, caption, center, dd, details, div, dl, dt, fieldset, "
    "figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hr, legend, li, main, nav, "
    "ol, p, pre, section, summary, table, tr, ul"
)
_CELLS: Final = "td, th"
# A longer cell is part of a layout: its lines are lines.
_MAX_CELL: Final = 120
# Of the text of a page that is one, this much at least stands outside its menus.
_ARTICLE_SHARE: Final = 0.3
_MAX_MENU_SHARE: Final = 0.5

# Breaks are marked with separators that no page contains: white space in the source means nothing.
_LINE: Final = "\x1e"
_CELL: Final = "\x1f"
_SEPARATORS: Final = str.maketrans("", "", "\x1c\x1d\x1e\x1f\0")
_HAN_BREAK: Final = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SPACES: Final = re.compile(r"[^\S\u3000\u00a0\u202f]+")

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4096
# Single-byte labels read anything and are mostly wrong on Chinese pages.
_TRUSTED: Final = {
    "gb2312": "gb18030",  # pages that say so are GB18030 in truth
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "windows-1251": "cp1251",
}


class HtmlExtractor:
    """Reads HTML."""

    name: Final = "html/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: the title, then the text in its order, one block a line.

        Raises:
            ExtractionError: It is no text, or holds no body.
        """
        yield text_of_page(decoded_page(path.read_bytes()))


def text_of_page(markup: str) -> str:
    """The title, then the text of decoded HTML.

    Raises:
        ExtractionError: It holds no body.
    """
    tree = LexborHTMLParser(markup.translate(_SEPARATORS))
    if tree.body is None:
        raise ExtractionError(Reason.DAMAGED, "no body")
    title = tree.css_first("title")
    heading = " ".join(title.text().split()) if title is not None else ""
    for node in tree.css(f"{_NEVER_TEXT}, {_HIDDEN}, head > *"):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN_STYLE.search(node.attributes.get("style") or ""):
            node.decompose()
    _mark_breaks(tree.body)
    whole = _text(tree.body)
    _drop_menus(tree.body, len(whole))
    article = _text(tree.body)
    text = article if len(article) >= len(whole) * _ARTICLE_SHARE else whole
    return text if not heading or heading in text[: 4 * len(heading)] else f"{heading}\n{text}"


def decoded_page(content: bytes) -> str:
    """The markup of a page, by its label where that can be trusted."""
    label = _CHARSET.search(content[:_CHARSET_WITHIN])
    encoding = _TRUSTED.get(label.group(1).decode("ascii").lower()) if label else None
    if encoding:
        try:
            # Many a page was moved to UTF-8 and kept its old label.
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(content)


def _drop_menus(body: LexborNode, whole: int) -> None:
    for node in body.css(f"{_MENUS}, {_NAMED}"):
        names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
        if (
            (node.css_matches(_MENUS) or _MENU_NAME.search(names))
            and node.css_first(_ARTICLE) is None
            and not _is_in_article(node)
            # Some servers wrap the whole page in one form.
            and len(_text(node)) < whole * _MAX_MENU_SHARE
        ):
            node.decompose()


def _is_in_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _INSIDE_ARTICLE:
            return True
        parent = parent.parent
    return False


def _mark_breaks(body: LexborNode) -> None:
    for node in body.css("pre"):
        _replace_text(node, (node.text() or "").replace("\n", _LINE))
    for node in body.css(_CELLS):
        text = node.text()
        if len(text) <= _MAX_CELL and node.css_first("table") is None:
            _replace_text(node, " ".join(node.text(separator=" ").split()))
        node.insert_after(_CELL)
    for node in body.css(_BLOCKS):
        node.insert_before(_LINE)
        node.insert_after(_LINE)


def _replace_text(node: LexborNode, text: str) -> None:
    for child in list(node.iter(include_text=True)):
        child.decompose()
    node.insert_child(text)


def _text(node: LexborNode) -> str:
    """The text of a marked tree, without empty lines."""
    lines = (
        "\t".join(_tidy(cell) for cell in line.strip(_CELL).split(_CELL))
        for line in node.text().split(_LINE)
    )
    return "\n".join(line for line in lines if line.strip())


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _HAN_BREAK.sub("", text)).strip()
