"""A limit on paths: read some, write in few, no other file is there.

Source: Linux, Documentation/userspace-api/landlock.rst; include/uapi/linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import TYPE_CHECKING, Final

from indexer.confinement import Work
from indexer.confinement.kernel import SET_NO_NEW_PRIVS, prctl, system_call

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.confinement import Fence

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION: Final = 1
_BENEATH: Final = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FOLDER, _REMOVE_FILE, _MAKE_FOLDER, _MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_MAKE_SOCKET, _MAKE_LINK = 1 << 9, 1 << 12
_MOVE, _TRUNCATE = 1 << 13, 1 << 14
_ALL_OF: Final = {2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right on files that a version knows; the first cannot let files be moved."""
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6

_READ: Final = _READ_FILE | _READ_FOLDER
_WRITE: Final = (
    _READ | _WRITE_FILE | _TRUNCATE | _MAKE_FILE | _MAKE_FOLDER | _REMOVE_FILE | _REMOVE_FOLDER
    | _MOVE
)  # fmt: skip
_OF_FILES: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_DEVICES: Final = {"/dev/null": _READ_FILE | _WRITE_FILE, "/dev/zero": _READ_FILE}
_RANDOM: Final = {"/dev/urandom": _READ_FILE, "/dev/random": _READ_FILE}


def install(fence: Fence, system: tuple[Path, ...]) -> None:
    """Leave this thread and those it starts the paths of a fence and of the system, for good.

    Raises:
        OSError: The kernel has no Landlock, or one without the right to move files.
    """
    version = system_call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_ASK_VERSION))
    if version < min(_ALL_OF):
        raise OSError(errno.EOPNOTSUPP, "this Landlock cannot let files be moved")
    handled = max(rights for since, rights in _ALL_OF.items() if since <= version)
    attributes = struct.pack(
        "=QQQ",
        handled,
        # TCP, to and fro; sockets and signals of processes outside.
        0b11 if version >= _NETWORK_SINCE else 0,
        0b11 if version >= _SCOPES_SINCE else 0,
    )
    ruleset = system_call(
        _CREATE,
        ctypes.create_string_buffer(attributes, len(attributes)),
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint(0),
    )
    try:
        tool = fence.work is Work.RUN_TOOL
        for path in system:
            _allow(ruleset, path, handled & (_READ | _EXECUTE if tool else _READ))
        for path in fence.programs:
            _allow(ruleset, path, handled & (_READ | _EXECUTE))
        for path in fence.meeting_places:
            _allow(ruleset, path, handled & _MAKE_SOCKET)
        for path in fence.readable:
            _allow(ruleset, path, handled & _READ)
        for path in fence.writable:
            extra = _MAKE_SOCKET | _MAKE_LINK if tool else 0
            _allow(ruleset, path, handled & (_WRITE | extra))
        for name, rights in (_DEVICES | _RANDOM).items():
            _allow(ruleset, name, handled & rights)
        prctl(SET_NO_NEW_PRIVS, 1)
        system_call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path | str, rights: int) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # nothing there that could be read
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - some are names
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, beneath)
        system_call(
            _ADD,
            ctypes.c_int(ruleset),
            ctypes.c_uint(_BENEATH),
            ctypes.create_string_buffer(rule, len(rule)),
            ctypes.c_uint(0),
        )
    finally:
        os.close(beneath)
