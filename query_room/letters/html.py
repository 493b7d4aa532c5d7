"""A letter as a page to print, beside the DOCX and with the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from query_room.letters.document import Paragraph, Role, TableBlock

if TYPE_CHECKING:
    from query_room.letters.document import Block, Document

STYLESHEET: Final = "/static/letter.css"
_TITLE: Final = Markup('<h1 class="{role}">{text}</h1>')
_PARAGRAPH: Final = Markup('<p class="{role}">{text}</p>')
_HEAD_CELL: Final = Markup("<th>{cell}</th>")
_CELL: Final = Markup("<td>{cell}</td>")


def draw_html(document: Document) -> str:
    """The document as a whole page; every text escaped."""
    title = next(
        (block.text for block in document.blocks if isinstance(block, Paragraph)), document.organ
    )
    body = Markup("\n").join(_block(block) for block in document.blocks)
    return str(
        Markup(
            '<!doctype html>\n<html lang="zh-Hans">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{title}</title>"
            '<link rel="icon" href="/static/seal.svg" type="image/svg+xml">'
            '<link rel="stylesheet" href="{sheet}"></head>\n<body>\n<article class="letter">\n'
            '<p class="organ">{organ}</p>\n{body}\n</article>\n</body>\n</html>\n'
        ).format(title=title, sheet=STYLESHEET, organ=document.organ, body=body)
    )


def _block(block: Block) -> Markup:
    if isinstance(block, TableBlock):
        head, *rows = block.rows
        return Markup("<table><thead>{head}</thead><tbody>{rows}</tbody></table>").format(
            head=_row(head, _HEAD_CELL), rows=Markup("").join(_row(row, _CELL) for row in rows)
        )
    template = _TITLE if block.role is Role.TITLE else _PARAGRAPH
    return template.format(role=block.role.value, text=block.text)


def _row(cells: tuple[str, ...], template: Markup) -> Markup:
    made = Markup("").join(template.format(cell=cell) for cell in cells)
    return Markup("<tr>{cells}</tr>").format(cells=made)
