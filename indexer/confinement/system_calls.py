"""Which system calls are refused, and their numbers on each kind of machine.

Source: Linux, arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h, which
aarch64, loongarch64 and riscv64 share; include/uapi/linux/audit.h.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# One number for both tables: calls that came after 2019.
_NEW: Final = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426,
    "io_uring_register": 427, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431,
    "fsmount": 432, "pidfd_open": 434, "clone3": 435, "pidfd_getfd": 438, "process_madvise": 440,
    "mount_setattr": 442,
}  # fmt: skip
_X86_64: Final = _NEW | {
    "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53,
    "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101,
    "setpgid": 109, "setsid": 112, "rt_sigqueueinfo": 129, "personality": 135, "pivot_root": 155,
    "chroot": 161, "mount": 165, "umount2": 166, "init_module": 175, "delete_module": 176,
    "tkill": 200, "tgkill": 234, "kexec_load": 246, "add_key": 248, "request_key": 249,
    "keyctl": 250, "unshare": 272, "accept4": 288, "rt_tgsigqueueinfo": 297,
    "perf_event_open": 298, "prlimit64": 302,
    "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
    "finit_module": 313, "bpf": 321, "execveat": 322, "userfaultfd": 323,
}  # fmt: skip
_GENERIC: Final = _NEW | {
    "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "personality": 92, "unshare": 97,
    "kexec_load": 104, "init_module": 105, "delete_module": 106, "ptrace": 117, "kill": 129,
    "tkill": 130, "tgkill": 131, "rt_sigqueueinfo": 138, "setpgid": 154, "setsid": 157,
    "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203,
    "add_key": 217, "request_key": 218, "keyctl": 219, "clone": 220, "execve": 221,
    "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "accept4": 242, "prlimit64": 261,
    "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271,
    "finit_module": 273, "bpf": 280, "execveat": 281, "userfaultfd": 282,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A kind of processor as a filter of system calls knows it.

    Attributes:
        audit: What the kernel calls it.
        numbers: Of its system calls, by name.
        highest: Numbers above it belong to another table of the same machine.
    """

    audit: int
    numbers: Mapping[str, int]
    highest: int = 0x3FFF_FFFF


MACHINES: Final[Mapping[str, Machine]] = {
    "x86_64": Machine(audit=0xC000_003E, numbers=_X86_64),
    "aarch64": Machine(audit=0xC000_00B7, numbers=_GENERIC),
    "loongarch64": Machine(audit=0xC000_0102, numbers=_GENERIC),
    "riscv64": Machine(audit=0xC000_00F3, numbers=_GENERIC),
}
"""By the name that the system gives the machine."""

NETWORK: Final = ("connect", "accept", "accept4", "bind", "listen", "socket", "socketpair")
"""The pipe to the pool is open before; no other is needed."""

CHILDREN: Final = ("fork", "vfork", "execve", "execveat")
"""A copy of the process by ``clone`` is told from a thread by its flags."""

ALWAYS: Final = (
    # Work that no filter sees.
    "io_uring_setup", "io_uring_enter", "io_uring_register",
    # Other processes of the same account.
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_open",
    "pidfd_getfd", "pidfd_send_signal", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "tkill",
    # Out of the group with which it is ended.
    "setsid", "setpgid",
    # Other views of the system, with which much has been broken out of.
    "unshare", "setns", "chroot", "pivot_root", "mount", "umount2", "move_mount", "open_tree",
    "fsopen", "fsconfig", "fsmount", "mount_setattr", "open_by_handle_at", "personality",
    "add_key", "request_key", "keyctl", "bpf", "perf_event_open", "userfaultfd", "kexec_load",
    "init_module", "finit_module", "delete_module",
)  # fmt: skip
"""Refused to every process here."""

TO_ITSELF: Final = ("kill", "tgkill", "prlimit64")
"""Refused where the first argument is another process."""
