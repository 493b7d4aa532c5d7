"""Seals on pages: made like those of signatures, and drawn."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from indexer.rendering.ofd import OfdDrawer
from indexer.rendering.ofd_seals import picture_in
from tests.indexer.extraction.test_ofd import ROOT, ofd, page_of, xml
from tests.indexer.rendering.test_ofd import BLACK, ink_at, path_object, png

if TYPE_CHECKING:
    from pathlib import Path


def der(kind: str, picture: bytes) -> bytes:
    """A value with a picture in it, as a seal has it."""
    size = len(picture).to_bytes(3)
    named = bytes([0x16, len(kind)]) + kind.encode()
    return b"\x30\x82..version" + named + b"\x04\x83" + size + picture + b"\x02\x01\x28"


def sealed(path: Path, value: bytes, more: str = "", inner: str = "") -> Path:
    """A page with a seal of 40 by 40 at 50, 100."""
    made = ofd(path, page_of(inner))
    with zipfile.ZipFile(made) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["OFD.xml"] = xml(
        "OFD",
        ROOT.replace("</ofd:DocBody>", "<ofd:Signatures>S/All.xml</ofd:Signatures></ofd:DocBody>"),
    ).encode()
    parts["S/All.xml"] = xml("Signatures", '<ofd:Signature BaseLoc="One/S.xml"/>').encode()
    stamp = f'<ofd:StampAnnot PageRef="0" Boundary="50 100 40 40" {more}/>'
    parts["S/One/S.xml"] = xml(
        "Signature",
        f"<ofd:SignedInfo>{stamp}</ofd:SignedInfo><ofd:SignedValue>V.dat</ofd:SignedValue>",
    ).encode()
    parts["S/One/V.dat"] = value
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made


def black_square() -> bytes:
    return png(Image.new("RGB", (40, 40)))


def test_a_seal_is_printed_where_the_signature_says(tmp_path: Path) -> None:
    sheet = OfdDrawer().draw(sealed(tmp_path, der("png", black_square())), 1)
    assert ink_at(sheet, 51, 101, 38, 38) == 1.0
    assert ink_at(sheet, 0, 0, 210, 99) == 0.0
    assert not sheet.is_approximate


def test_of_a_seal_across_edges_only_its_part_is_printed(tmp_path: Path) -> None:
    value = der("png", black_square())
    sheet = OfdDrawer().draw(sealed(tmp_path, value, 'Clip="0 0 10 40"'), 1)
    assert ink_at(sheet, 51, 101, 8, 38) == 1.0
    assert ink_at(sheet, 61, 101, 28, 38) == 0.0


def test_a_seal_hides_nothing(tmp_path: Path) -> None:
    white = png(Image.new("RGB", (40, 40), "white"))
    sheet = OfdDrawer().draw(sealed(tmp_path, der("png", white), inner=path_object(BLACK)), 1)
    assert ink_at(sheet, 51, 101, 18, 18) == 1.0


def test_a_seal_that_is_a_page_itself_is_drawn_to_its_size(tmp_path: Path) -> None:
    (tmp_path / "seal").mkdir()
    paper = "<ofd:Area><ofd:PhysicalBox>0 0 20 20</ofd:PhysicalBox></ofd:Area>"
    inner = path_object(BLACK).replace("50 100 20 20", "0 0 20 20")
    seal = ofd(tmp_path / "seal", page_of(inner, paper)).read_bytes()
    sheet = OfdDrawer().draw(sealed(tmp_path, der("ofd", seal)), 1)
    assert ink_at(sheet, 51, 101, 38, 38) == 1.0
    assert not sheet.is_approximate


@pytest.mark.parametrize(
    "value",
    [b"", b"no picture", der("png", b"no png"), der("ofd", b"no ofd"), der("svg", b"<svg>")],
)
def test_a_seal_that_cannot_be_drawn_is_said(tmp_path: Path, value: bytes) -> None:
    sheet = OfdDrawer().draw(sealed(tmp_path, value, inner=path_object(BLACK)), 1)
    assert sheet.is_approximate
    assert ink_at(sheet, 51, 101, 18, 18) == 1.0


def test_a_seal_without_a_size_is_none(tmp_path: Path) -> None:
    made = sealed(tmp_path, der("png", black_square()))
    content = io.BytesIO()
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(content, "w") as changed:
        for name in package.namelist():
            part = package.read(name).replace(b"50 100 40 40", b"50 100 0 40")
            changed.writestr(name, part)
    made.write_bytes(content.getvalue())
    assert ink_at(OfdDrawer().draw(made, 1), 0, 0, 210, 297) == 0.0


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (der("png", b"picture"), ("png", b"picture")),
        (b"\x16\x03OFD\x04\x07picture", ("ofd", b"picture")),
        (b"\x0c\x04jpeg\x04\x81\x07picture", ("jpeg", b"picture")),
        (b"\x16\x03png\x04\x07pic", ("", b"")),
        (b"\x16\x03png\x04", ("", b"")),
        (b"\x16\x03png\x04\x80picture", ("", b"")),
        (b"\x16\x03png\x04\x89picture", ("", b"")),
    ],
)
def test_a_picture_is_told_by_its_kind_and_its_length(
    value: bytes, found: tuple[str, bytes]
) -> None:
    assert picture_in(value) == found
