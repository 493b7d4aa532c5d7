"""Puts a process behind its fence, layer by layer, and tries whether it holds."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import indexer
from indexer.confinement import Confinement, Layer, Work, audit, landlock, seccomp
from indexer.confinement.kernel import IS_LINUX, SET_DUMPABLE, SET_NO_NEW_PRIVS, prctl, unshare
from indexer.errors import ConfinementError

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.confinement import Fence

_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x1000_0000, 0x4000_0000, 0x0800_0000
_ROOT: Final = Path("/")
_FIRST_TO_GO: Final = "1000"
# A kernel that lacks a layer, or a system that does not let this account have it.
_NOT_HERE: Final = frozenset(
    {errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EPERM, errno.ENOSPC, errno.EUSERS}
)
_SYSTEM: Final = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/opt/libreoffice",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/libreoffice", "/etc/mime.types",
)  # fmt: skip
_OF_TOOLS: Final = (
    "/proc", "/etc/passwd", "/etc/nsswitch.conf", "/var/cache/fontconfig",
    "/var/lib/libreoffice", "/var/spool/libreoffice",
)  # fmt: skip


def confine(fence: Fence) -> Confinement:
    """What holds this process from now on; to be called before it starts threads.

    Raises:
        ConfinementError: A layer was set and does not hold.
    """
    layers: set[Layer] = set()
    is_open = _ROOT in fence.writable
    if IS_LINUX:
        _be_the_first_to_go()
        steps: tuple[tuple[Layer, Callable[[], None]], ...] = (
            (Layer.NAMESPACE, lambda: unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC)),
            (Layer.LANDLOCK, lambda: landlock.install(fence, system_paths(fence.work))),
            (Layer.SECCOMP, lambda: seccomp.install(fence.work)),
        )
        for layer, install in steps:
            if layer is Layer.LANDLOCK and is_open:
                continue
            try:
                install()
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise ConfinementError(f"{layer}: {error.strerror}") from error
            else:
                layers.add(layer)
    if Layer.LANDLOCK in layers:
        _try_files()
    if Layer.SECCOMP in layers:
        _try_calls(fence.work)
    if not is_open:
        tempfile.tempdir = str(fence.writable[0])
    audit.install(fence)
    return Confinement(layers=frozenset({*layers, Layer.AUDIT}))


def system_paths(work: Work) -> tuple[Path, ...]:
    """Where programs, libraries and fonts lie, this program's own among them."""
    of_python = {
        sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")
    }
    installed = {each for each in sys.path if each.endswith("-packages")}
    base = Path(sys.base_prefix, "lib")
    ours = Path(indexer.__file__).parent
    names = (*_SYSTEM, *(_OF_TOOLS if work is Work.RUN_TOOL else ()))
    return tuple({*map(Path, (*names, *of_python, *installed)), base, ours})


def _be_the_first_to_go() -> None:
    """No new rights, no look into its memory, and the first to end where memory runs out."""
    with contextlib.suppress(OSError):  # no /proc: a memory limit stands all the same
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    prctl(SET_NO_NEW_PRIVS, 1)
    prctl(SET_DUMPABLE, 0)


def _try_files() -> None:
    """The root of all files is behind no fence."""
    _must_fail(Layer.LANDLOCK, lambda: next(_ROOT.iterdir()))


def _try_calls(work: Work) -> None:
    _must_fail(Layer.SECCOMP, lambda: socket.socket().close())
    if work is Work.READ:
        _must_fail(Layer.SECCOMP, _fork)


def _fork() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _must_fail(layer: Layer, attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except PermissionError:
        return
    raise ConfinementError(f"{layer} is set and does not hold")
