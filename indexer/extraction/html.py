"""Web pages without what is not their text: scripts, menus, hidden and injected parts."""

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
    "script, style, noscript, template, iframe, object, svg, head > :not(title), select"
)
_MENUS: Final = (
    "nav, header, footer, aside, form, [role=navigation], [role=banner], [role=contentinfo]"
)
_HIDDEN: Final = "[hidden], [aria-hidden=true]"
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_BLOCKS: Final = (
    "address, article, blockquote, br, dd, div, dl, dt, fieldset, figcaption, figure, h1, h2, h3, h4, "
    "h5, h6, hr, li, main, ol, p, pre, section, table, tr, ul"
)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_MENU_SHARE: Final = 0.3


class HtmlExtractor:
    """Reads HTML."""

    name: Final = "html/1"

    def pages(self, path: Path) -> Iterator[str]:
        """One page: the title, then the text in its order, one block a line."""
        content = path.read_bytes()
        tree = LexborHTMLParser(_decoded(content))
        if tree.body is None:
            raise ExtractionError(Reason.DAMAGED, "no body")
        title = tree.css_first("title")
        heading = title.text(strip=True) if title is not None else ""
        _drop(tree, _NEVER_TEXT)
        _drop(tree, _HIDDEN)
        for node in tree.css("[style]"):
            if _HIDDEN_STYLE.search(node.attributes.get("style") or ""):
                node.decompose()
        whole = _text(tree.body)
        _drop(tree, _MENUS)
        article = _text(tree.body)
        # A page that is all header and form is still a page.
        text = article if len(article) > len(whole) * _MENU_SHARE else whole
        first = text.partition("\n")[0]
        yield text if not heading or heading in first else f"{heading}\n{text}"


def _decoded(content: bytes) -> str:
    named = _CHARSET.search(content[:4096])
    if named:
        label = named.group(1).decode("ascii").lower()
        # Pages that say gb2312 are GB18030 in truth.
        encoding = "gb18030" if label.startswith("gb") else label
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def _drop(tree: LexborHTMLParser, selector: str) -> None:
    for node in tree.css(selector):
        node.decompose()


def _text(body: LexborNode) -> str:
    for node in body.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    for cell in body.css("td, th"):
        cell.insert_after("\t")
    lines = (" ".join(line.split()) for line in body.text().split("\n"))
    return "\n".join(line for line in lines if line)
