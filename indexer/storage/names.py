"""Names of files as text.

A name is bytes on disk, and names from Chinese archives are often GBK where UTF-8 is expected. A
path is known by a *key* that any database takes and that leads back to the file; people see the
name as it was meant.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import Final

_NOISE: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_TEMPORARY: Final = (".tmp", ".temp", ".part", ".crdownload", ".swp", ".lock")
_ESCAPED: Final = re.compile(rb"\\x([0-9a-f]{2})")


def is_noise(name: str) -> bool:
    """Whether a file or folder of this name is hidden or temporary, and no archive material."""
    plain = name.lower()
    return name.startswith((".", "~$")) or plain in _NOISE or plain.endswith(_TEMPORARY)


def key_of(relative: Path) -> str:
    r"""The path with ``/``; bytes that are no UTF-8 stand as ``\xb5``."""
    return os.fsencode(relative).decode("utf-8", "backslashreplace")


def locate(folder: Path, key: str) -> Path:
    """The inverse of :func:`key_of`, below ``folder``."""
    plain = folder / key
    if "\\x" not in key or os.path.lexists(plain):
        return plain
    return folder / os.fsdecode(_bytes_of(key))


def shown(key: str) -> str:
    """The path as its writer meant it, as far as can be told."""
    # Each name by itself: those of members of an archive were decoded when it was opened.
    return "/".join(map(_shown_part, key.split("/")))


def shown_name(key: str) -> str:
    """The file's own name as its writer meant it."""
    return PurePosixPath(shown(key)).name


def _shown_part(name: str) -> str:
    return _bytes_of(name).decode("gb18030", "replace") if "\\x" in name else name


def _bytes_of(key: str) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), key.encode())
