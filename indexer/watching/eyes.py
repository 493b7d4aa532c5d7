"""The kernel's word on what happens below a folder; a look now and then where it has none.

Only where to look comes from here, never what is there: an event that is lost, doubled or invented
costs a look, or waits for the next one through the whole folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MOVED,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from indexer.storage.names import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

POLL_S: Final = 30.0
"""How often a folder is listed where the kernel does not tell of changes."""

_PATIENCE_S: Final = 5.0
_MOUNTS: Final = Path("/proc/self/mounts")
_TELLING: Final = frozenset(
    {EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MOVED, "modified", "closed"}
)
_REMOTE: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3"}
    | {"smbfs", "virtiofs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs"}
)
_log = structlog.get_logger(__name__)


def is_remote(folder: Path) -> bool:
    """Whether others can write a folder without this machine's kernel knowing."""
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        _, point, found, *_ = [*line.split(" "), "", ""]
        point = point.encode().decode("unicode_escape") if "\\" in point else point
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, found
    return kind in _REMOTE


class Eyes:
    """Tells of changes below one folder until closed.

    Args:
        folder: Which one.
        tell: Called from another thread with the key of each path where something happened.
        polling: List the folder now and then instead of listening to the kernel.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None], *, polling: bool) -> None:
        self._folder = folder
        self._identity = _identity(folder)
        self.is_polling = polling
        self._observer = self._opened(_Telling(folder, tell))

    @property
    def is_open(self) -> bool:
        """Whether the folder is still the one that is looked at, and somebody looks."""
        return self._observer.is_alive() and _identity(self._folder) == self._identity

    def close(self) -> None:
        """Look no longer."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join(_PATIENCE_S)

    def _opened(self, telling: _Telling) -> BaseObserver:
        if not self.is_polling:
            observer = Observer()
            try:
                observer.schedule(telling, str(self._folder), recursive=True)
                observer.start()
            except OSError as error:
                # No more watches or descriptors for this user: a limit of the machine.
                _log.warning("kernel_does_not_watch", folder=str(self._folder), error=str(error))
                self.is_polling = True
            else:
                return observer
        slow = PollingObserver(timeout=POLL_S)
        slow.schedule(telling, str(self._folder), recursive=True)
        slow.start()
        return slow


class _Telling(FileSystemEventHandler):
    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        # A folder is modified whenever something in it is: that something tells for itself.
        if event.event_type not in _TELLING or (
            event.is_directory and event.event_type == "modified"
        ):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._note(Path(os.fsdecode(path)))

    def _note(self, path: Path) -> None:
        if path != self._folder and path.is_relative_to(self._folder):
            self._tell(key_of(path.relative_to(self._folder)))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
