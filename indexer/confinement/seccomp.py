"""A filter of system calls: no network, no children, no hand on other processes.

Source: Linux, Documentation/userspace-api/seccomp_filter.rst; struct seccomp_data in
include/uapi/linux/seccomp.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from typing import TYPE_CHECKING, Final

from indexer.confinement import Work
from indexer.confinement.kernel import SET_NO_NEW_PRIVS, prctl, system_call
from indexer.confinement.system_calls import ALWAYS, CHILDREN, MACHINES, NETWORK, TO_ITSELF

if TYPE_CHECKING:
    from indexer.confinement.system_calls import Machine

INSTRUCTION: Final = struct.Struct("=HBBI")
"""What to do, how far to jump if so and if not, a number."""

LOAD, ALLOW_IF, JUMP_ABOVE, JUMP_FLAG, ANSWER = 0x20, 0x15, 0x25, 0x45, 0x06
"""Kinds of instructions: take a word of the call; jump if equal, greater, set; end."""

ALLOW: Final = 0x7FFF_0000
KILL: Final = 0x8000_0000
REFUSE: Final = 0x0005_0000
"""With the number of an error: the call fails with it."""

_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_THREAD: Final = 0x0001_0000
_UNIX: Final = 1
_SECCOMP: Final = {"x86_64": 317}
_SECCOMP_GENERIC: Final = 277
_SET_FILTER, _ALL_THREADS = 1, 1
_REFUSED: Final = REFUSE | errno.EPERM


def install(work: Work) -> None:
    """Put the filter on every thread of this process, for good.

    Raises:
        OSError: The kernel has no filters, or none for this kind of machine.
    """
    name = platform.machine()
    machine = MACHINES.get(name)
    if machine is None:
        raise OSError(errno.ENOSYS, f"no table of system calls for {name}")
    code = program(machine, work, os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: the length in instructions, then the pointer.
    head = struct.pack("@HP", len(code) // INSTRUCTION.size, ctypes.addressof(buffer))
    prctl(SET_NO_NEW_PRIVS, 1)
    number = _SECCOMP.get(name, _SECCOMP_GENERIC)
    flags = map(ctypes.c_ulong, (_SET_FILTER, _ALL_THREADS))
    system_call(number, *flags, ctypes.create_string_buffer(head, len(head)))


def program(machine: Machine, work: Work, pid: int) -> bytes:
    """The filter, as the kernel takes it."""
    numbers = machine.numbers
    code = [
        (LOAD, 0, 0, _MACHINE),
        (ALLOW_IF, 1, 0, machine.audit),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, _NUMBER),
        (JUMP_ABOVE, 0, 1, machine.highest),
        (ANSWER, 0, 0, KILL),
    ]
    refused: tuple[str, ...] = ALWAYS
    if work is Work.READ:
        refused += NETWORK + CHILDREN
        # Its flags lie in memory, where no filter looks; told that there is no such call, the
        # library makes threads in the old way.
        code += _when(numbers["clone3"], (ANSWER, 0, 0, REFUSE | errno.ENOSYS))
        code += _when(numbers["clone"], *_if_argument(JUMP_FLAG, _THREAD))
    else:
        # Office programs talk to themselves through a socket of the file system.
        refused += tuple(name for name in NETWORK if name not in _LOCAL)
        code += _when(numbers["socket"], *_if_argument(ALLOW_IF, _UNIX))
    for name in refused:
        if name in numbers:
            code += _when(numbers[name], (ANSWER, 0, 0, _REFUSED))
    for name in TO_ITSELF:
        if work is Work.READ or name == "prlimit64":
            code += _when(numbers[name], *_if_itself(name, pid))
    code.append((ANSWER, 0, 0, ALLOW))
    return b"".join(INSTRUCTION.pack(*each) for each in code)


_LOCAL: Final = frozenset({"socket", "socketpair", "bind", "listen", "accept", "accept4"})


def _when(number: int, *then: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """Instructions for one call; each way through them ends in an answer."""
    return [(ALLOW_IF, 0, len(then), number), *then]


def _if_argument(test: int, value: int) -> tuple[tuple[int, int, int, int], ...]:
    return (
        (LOAD, 0, 0, _FIRST_ARGUMENT),
        (test, 0, 1, value),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, _REFUSED),
    )


def _if_itself(name: str, pid: int) -> tuple[tuple[int, int, int, int], ...]:
    # To prlimit64, zero is the process itself; to kill it is the whole group.
    itself = pid if name != "prlimit64" else 0
    return _if_argument(ALLOW_IF, itself)
