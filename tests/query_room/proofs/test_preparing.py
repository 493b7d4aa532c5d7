"""What phones send, and what is left of it."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from query_room.proofs import MAX_BYTES, ProofError, ProofKind, prepare

pillow_heif.register_heif_opener()


def photograph(kind: str, size: tuple[int, int] = (800, 600), **more: object) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(stream, kind, **more)
    return stream.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_every_kind_that_phones_make_is_drawn_anew_as_jpeg(kind: str) -> None:
    proof = prepare(photograph(kind), ProofKind.IDENTITY)
    with Image.open(io.BytesIO(proof.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (800, 600))


def test_where_it_was_taken_is_left_behind_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "某牌手机"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    taken = photograph("JPEG", exif=exif.tobytes(), comment=b"hidden words")
    proof = prepare(taken, ProofKind.IDENTITY)
    assert b"Exif" in taken
    for hidden in (b"Exif", b"hidden words", "某牌手机".encode()):
        assert hidden not in proof.jpeg
    with Image.open(io.BytesIO(proof.jpeg)) as image:
        assert image.size == (600, 800)


def test_a_large_photograph_is_made_small() -> None:
    proof = prepare(photograph("JPEG", (4000, 3000)), ProofKind.IDENTITY)
    with Image.open(io.BytesIO(proof.jpeg)) as image:
        assert max(image.size) == 1800


def test_what_is_hidden_behind_the_photograph_is_left_behind() -> None:
    polyglot = photograph("JPEG") + b"<script>PK\x03\x04"
    assert b"<script>" not in prepare(polyglot, ProofKind.OTHER).jpeg


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unsupported"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported"),
        (b"%PDF-1.7\n", "unsupported"),
        (b"GIF89a" + b"\0" * 100, "unsupported"),
        (photograph("JPEG")[:2000], "damaged"),
        (photograph("PNG")[:5000], "damaged"),
        (png_that_claims(60_000, 60_000), "too_many_pixels"),
        (photograph("JPEG", (150, 4000)), "too_small"),
        (b"\0" * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ProofError, match=f"^{reason}$"):
        prepare(content, ProofKind.IDENTITY)
