"""The program that decodes one photograph and draws it anew: bytes in, JPEG out.

Run by :mod:`~query_room.proofs.preparing` as a program of its own. Its exit status is the reason.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from typing import Final

MEMORY: Final = 1 << 30
MAX_PIXELS: Final = 60_000_000  # a phone's 50 megapixels, and no bomb
MIN_SIDE: Final = 200  # smaller, no paper can be read
_LONG_SIDE: Final = 1_800
_QUALITY: Final = 82
_CPU_S: Final = 20

DAMAGED: Final = 10
UNSUPPORTED: Final = 11
TOO_MANY_PIXELS: Final = 12
TOO_SMALL: Final = 13


def draw(content: bytes) -> tuple[int, bytes]:
    """The reason, 0 for none, and the photograph drawn anew."""
    from pi_heif import register_heif_opener  # noqa: PLC0415 - same
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - within the limits

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # checked below, before anything is decoded
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "HEIF")) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return TOO_MANY_PIXELS, b""
            if min(width, height) < MIN_SIDE:
                return TOO_SMALL, b""
            image.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except UnidentifiedImageError:
        return UNSUPPORTED, b""
    except Exception:  # noqa: BLE001 - a decoder fed with anything may raise anything
        return DAMAGED, b""
    upright.thumbnail((_LONG_SIDE, _LONG_SIDE))
    # Pixels alone: what an image carries besides them is left behind with it.
    plain = Image.frombytes("RGB", upright.size, upright.tobytes())
    stream = io.BytesIO()
    plain.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return 0, stream.getvalue()


def main() -> int:
    """Draw what comes in on standard input."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    status, drawn = draw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(drawn)
    return status


if __name__ == "__main__":
    sys.exit(main())
