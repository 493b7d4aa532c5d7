"""Fonts that an OFD page is drawn with: the document's own, or what the system has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from indexer.rendering.ofd_letters import Letter
    from indexer.rendering.ofd_resources import OfdFont
    from indexer.rendering.pdf_making import PdfMaker

_SANS: Final = ("arial", "helvetica", "hei", "calibri", "verdana", "黑", "等线")
_EVEN: Final = ("courier", "consol", "mono")
_LAST_LATIN: Final = 0xFF


class TypeFace:
    """A font as it is drawn with: the document's own, or what the system has for it."""

    def __init__(self, maker: PdfMaker, font: OfdFont | None) -> None:
        self._maker = maker
        self._font = font
        name = font.name.lower() if font is not None else ""
        self._latin = "Times-Roman"
        if any(each in name for each in _EVEN):
            self._latin = "Courier"
        elif any(each in name for each in _SANS):
            self._latin = "Helvetica"
        self._names: dict[str, str] = {}
        self.is_bold = font is not None and font.is_bold
        self.is_italic = font is not None and font.is_italic
        self.can_be_imitated = font is None or font.file is None

    def code_of(self, letter: Letter) -> tuple[str, str]:
        """The font to draw a letter with, ``""`` for none, and its code there in hexadecimal."""
        font = self._font
        if font is not None and font.file is not None:
            glyph = letter.glyph or font.glyphs.get(ord(letter.text))
            if glyph is not None and 0 < glyph <= 0xFFFF:  # noqa: PLR2004 - two bytes
                return self._name("embedded", font.file), f"{glyph:04X}"
        if not letter.text.isprintable():
            return "", ""
        if ord(letter.text) <= _LAST_LATIN:
            return self._name("latin", None), letter.text.encode("cp1252", "replace").hex()
        return self._name("system", None), letter.text.encode("utf-16-be").hex()

    def _name(self, kind: str, file: bytes | None) -> str:
        if kind not in self._names:
            if file is not None:
                made = self._maker.embedded_font(file)
            elif kind == "latin":
                made = self._maker.latin_font(self._latin)
            else:
                name = self._font.name if self._font else ""
                made = self._maker.system_font(name, serif=self._latin != "Helvetica")
            self._names[kind] = made
        return self._names[kind]
