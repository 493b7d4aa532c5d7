"""One page written as PDF, so that pdfium can draw it.

What stands on pages of other formats (paths, glyphs, images, clips) is what PDF is made of; written
as PDF it needs no second drawing machine. Source: ISO 32000-1.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from indexer.rendering.glyph_maps import has_postscript_outlines, is_sfnt

if TYPE_CHECKING:
    from PIL.Image import Image

_SERIF_FLAGS: Final = 6  # serif and symbolic
_SANS_FLAGS: Final = 4
_CATALOG, _PAGES, _PAGE, _CONTENT = 1, 2, 3, 4
_FIRST_FREE: Final = 5


@dataclass
class PdfMaker:
    """A page that is being written.

    Attributes:
        width: In points. height: The same.
        operators: What is drawn, in order.
    """

    width: float
    height: float
    operators: list[str] = field(default_factory=list)
    _objects: list[bytes] = field(default_factory=list)
    _names: dict[str, dict[str, int]] = field(
        default_factory=lambda: {"Font": {}, "XObject": {}, "ExtGState": {}}
    )

    def embedded_font(self, font: bytes) -> str:
        """The name of a font whose codes are its glyphs, two bytes each."""
        if is_sfnt(font):
            is_truetype = not has_postscript_outlines(font)
            kind = "" if is_truetype else "/Subtype /OpenType"
            key = "FontFile2" if is_truetype else "FontFile3"
        else:
            is_truetype, kind, key = False, "/Subtype /CIDFontType0C", "FontFile3"
        file = self._stream(font, f"{kind} /Length1 {len(font)}")
        return self._font(
            "Identity-H",
            "CIDFontType2" if is_truetype else "CIDFontType0",
            "(Adobe) /Ordering (Identity)",
            "Embedded",
            f"/{key} {file} 0 R",
            "/CIDToGIDMap /Identity" if is_truetype else "",
        )

    def system_font(self, name: str, *, serif: bool) -> str:
        """The name of a Chinese font of the system, as like the named one as it has.

        Its codes are characters in UTF-16.
        """
        flags = _SERIF_FLAGS if serif else _SANS_FLAGS
        plain = "".join(each for each in name if each.isascii() and each.isalnum()) or "STSong"
        system = "(Adobe) /Ordering (GB1)"
        return self._font("UniGB-UTF16-H", "CIDFontType0", system, plain, flags=flags)

    def latin_font(self, name: str) -> str:
        """The name of one of the fonts that every reader of PDF brings along."""
        number = self._add(
            f"<</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding>>".encode()
        )
        return self._named("Font", number)

    def image(self, image: Image) -> str:
        """The name of an image, with what is see-through in it."""
        mask = ""
        if image.mode in {"LA", "RGBA"}:
            mask_number = self._stream(image.getchannel("A").tobytes(), _pixels(image, "Gray"))
            mask = f" /SMask {mask_number} 0 R"
            image = image.convert("L" if image.mode == "LA" else "RGB")
        space = "Gray" if image.mode == "L" else "RGB"
        return self._named("XObject", self._stream(image.tobytes(), _pixels(image, space) + mask))

    def alpha(self, share: float) -> str:
        """The name of a state in which everything is so dense, 0 to 1."""
        dense = f"{min(max(share, 0.0), 1.0):.3f}"
        return self._named("ExtGState", self._add(f"<</ca {dense} /CA {dense}>>".encode()))

    def ink(self) -> str:
        """The name of a state in which what is drawn lies on paper like ink: it hides nothing."""
        return self._named("ExtGState", self._add(b"<</BM /Multiply>>"))

    def content(self) -> bytes:
        """The page as a file."""
        resources = " ".join(
            f"/{kind} <<{' '.join(f'/{name} {number} 0 R' for name, number in names.items())}>>"
            for kind, names in self._names.items()
        )
        box = f"[0 0 {self.width:.3f} {self.height:.3f}]"
        drawn = zlib.compress("\n".join(self.operators).encode("ascii"), 1)
        objects = [
            f"<</Type /Catalog /Pages {_PAGES} 0 R>>".encode(),
            f"<</Type /Pages /Kids [{_PAGE} 0 R] /Count 1>>".encode(),
            f"<</Type /Page /Parent {_PAGES} 0 R /MediaBox {box} /Resources <<{resources}>>"
            f" /Contents {_CONTENT} 0 R>>".encode(),
            _stream(drawn, "/Filter /FlateDecode"),
            *self._objects,
        ]
        parts = [b"%PDF-1.7\n"]
        offsets: list[int] = []
        size = len(parts[0])
        for number, content in enumerate(objects, start=1):
            offsets.append(size)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
            size += len(parts[-1])
        entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries))
        parts.append(
            b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, _CATALOG, size)
        )
        return b"".join(parts)

    def _font(  # noqa: PLR0917 - what a font of PDF is made of
        self,
        encoding: str,
        kind: str,
        system: str,
        name: str,
        file: str = "",
        more: str = "",
        flags: int = _SERIF_FLAGS,
    ) -> str:
        descriptor = self._add(
            f"<</Type /FontDescriptor /FontName /{name} /Flags {flags}"
            " /FontBBox [-200 -250 1200 1000] /ItalicAngle 0 /Ascent 880 /Descent -120"
            f" /CapHeight 880 /StemV 80 {file}>>".encode()
        )
        descendant = self._add(
            f"<</Type /Font /Subtype /{kind} /BaseFont /{name} /CIDSystemInfo"
            f" <</Registry {system} /Supplement 4>> /FontDescriptor {descriptor} 0 R"
            f" /DW 1000 {more}>>".encode()
        )
        number = self._add(
            f"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding}"
            f" /DescendantFonts [{descendant} 0 R]>>".encode()
        )
        return self._named("Font", number)

    def _named(self, kind: str, number: int) -> str:
        name = f"{kind[0]}{number}"
        self._names[kind][name] = number
        return name

    def _stream(self, content: bytes, about: str) -> int:
        return self._add(_stream(zlib.compress(content, 1), f"{about} /Filter /FlateDecode"))

    def _add(self, content: bytes) -> int:
        self._objects.append(content)
        return _FIRST_FREE + len(self._objects) - 1


def _stream(content: bytes, about: str) -> bytes:
    head = f"<<{about} /Length {len(content)}>>\nstream\n".encode()
    return head + content + b"\nendstream"


def _pixels(image: Image, space: str) -> str:
    return (
        f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
        f" /ColorSpace /Device{space} /BitsPerComponent 8"
    )
