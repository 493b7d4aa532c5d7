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

_ESCAPED: Final = re.compile(rb"\\x([0-9a-f]{2})")


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
    if "\\x" not in key:
        return key
    return _bytes_of(key).decode("gb18030", "replace")


def shown_name(key: str) -> str:
    """The file's own name as its writer meant it."""
    return PurePosixPath(shown(key)).name


def _bytes_of(key: str) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), key.encode())
