"""Calls to the kernel that Python has no functions for."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

SET_DUMPABLE: Final = 4
SET_NO_NEW_PRIVS: Final = 38

IS_LINUX: Final = sys.platform == "linux"


def prctl(option: int, value: int) -> None:
    """Set a property of this process.

    Raises:
        OSError: The kernel refuses.
    """
    _checked(_libc().prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0))))


def unshare(flags: int) -> None:
    """Move this process into namespaces of its own.

    Raises:
        OSError: The kernel refuses.
    """
    _checked(_libc().unshare(ctypes.c_int(flags)))


def system_call(number: int, *arguments: object) -> int:
    """What a system call returns.

    Args:
        number: Of the call on this machine.
        arguments: Values of :mod:`ctypes`.

    Raises:
        OSError: It fails.
    """
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
