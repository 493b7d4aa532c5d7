"""Electronic seals of OFD documents: what they look like, and where on which page.

Source: GB/T 33190-2016, chapter 18, and GB/T 38540-2020: a signature names the places of its seal
on pages, and its value holds the seal's picture as a pair of kind and bytes in DER. Whether a seal
is genuine is not asked here: that takes the certificates of those who made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from indexer.extraction.ofd_package import ROOT, nodes, resolved
from indexer.extraction.ofd_text import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from indexer.extraction.ofd_package import OfdPackage

MAX_SEALS: Final = 100
"""On one page; a long document is sealed across the edges of all its pages."""

OFD_SEAL: Final = "ofd"
"""A seal that is itself a page of OFD."""

_PICTURE: Final = re.compile(rb"(?i)[\x0c\x13\x16](?:\x03(ofd|png|jpg|bmp|gif)|\x04(jpeg))\x04")
_LONG: Final = 0x80
_MAX_LENGTH_BYTES: Final = 4
_BOX: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal on a page; lengths in millimetres.

    Attributes:
        left: Of the page. top: Of the page. width: Of the seal. height: Of the seal.
        clip: The part of it that is on this page: left, top, width and height within it.
        kind: ``ofd`` or a kind of image, ``""`` where it has no picture.
        picture: Its bytes.
    """

    left: float
    top: float
    width: float
    height: float
    clip: tuple[float, float, float, float] | None
    kind: str
    picture: bytes


def seals_on(package: OfdPackage, page_id: str) -> Iterator[Seal]:
    """The seals of a page, in the order in which they were set."""
    root = package.tree(ROOT)
    count = 0
    for listed in nodes(root, "Signatures") if root is not None else ():
        part = resolved("", listed.text or "")
        tree = package.tree(part)
        for each in nodes(tree, "Signature") if tree is not None else ():
            place = resolved(part, each.get("BaseLoc") or "")
            signature = package.tree(place)
            if signature is None:
                continue
            for stamp in nodes(signature, "StampAnnot"):
                if stamp.get("PageRef") == page_id and count < MAX_SEALS:
                    count += 1
                    yield from _seal(package, place, signature, stamp)


def picture_in(value: bytes) -> tuple[str, bytes]:
    """The picture of a seal in a signed value, with its kind; both empty where there is none."""
    for match in _PICTURE.finditer(value):
        at = match.end()
        length = value[at] if at < len(value) else 0
        at += 1
        if length >= _LONG:
            count = length - _LONG
            if not 0 < count <= _MAX_LENGTH_BYTES:
                continue
            length = int.from_bytes(value[at : at + count])
            at += count
        content = value[at : at + length]
        if length and len(content) == length:
            return (match[1] or match[2]).decode("ascii").lower(), content
    return "", b""


def _seal(
    package: OfdPackage, place: str, signature: etree._Element, stamp: etree._Element
) -> Iterator[Seal]:
    boundary = numbers_in(stamp.get("Boundary"))
    if len(boundary) != _BOX or min(boundary[2:]) <= 0:
        return
    clip = numbers_in(stamp.get("Clip"))
    kind, picture = "", b""
    # The seal may stand in the signature's value, or in a part of its own.
    for name in ("SignedValue", "BaseLoc"):
        for node in nodes(signature, name):
            content = package.content(resolved(place, node.text or ""))
            if content and not picture:
                kind, picture = picture_in(content)
    yield Seal(
        left=boundary[0],
        top=boundary[1],
        width=boundary[2],
        height=boundary[3],
        clip=(clip[0], clip[1], clip[2], clip[3]) if len(clip) == _BOX else None,
        kind=kind,
        picture=picture,
    )
