"""What a reader that was broken into can do: tried in a real extraction process."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.confinement import Confinement, Demand, Layer
from indexer.extraction import Extracted, ExtractionJob, pool
from indexer.extraction.pool import ExtractionPool
from indexer.records import FileHash
from indexer.settings import IndexerSettings
from indexer.storage.text_store import FolderTextStore
from tests.indexer.extraction import hostile
from tests.indexer.extraction.hostile import DONE, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="layers of Linux")

ROOT = Path(__file__).parents[3]
AF_UNIX, AF_INET, AF_NETLINK = 1, 2, 16
GET_DUMPABLE, GET_NO_NEW_PRIVS = 3, 39


class Room:
    """A pool whose one process was broken into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = folder / "texts"
        settings = IndexerSettings(data=folder, database_url="", processes=1)
        self.pool = ExtractionPool(settings, self.texts)
        self._count = 0

    def tries(self, what: str) -> str:
        self._count += 1
        path = self.folder / f"{self._count}.txt"
        path.write_text(what, "utf-8")
        digest = FileHash(hashlib.sha256(f"{self._count}".encode()).hexdigest())
        job = ExtractionJob(path=path, file_hash=digest, name=path.name)
        ((_, outcome),) = self.pool.run([job])
        assert isinstance(outcome, Extracted), outcome
        return FolderTextStore(self.texts).page(digest, "text/1", 1)

    @property
    def held(self) -> Confinement:
        (process,) = self.pool._processes
        assert process.confinement is not None
        return process.confinement

    @property
    def pid(self) -> int:
        (process,) = self.pool._processes
        return process._program.pid

    @property
    def desk(self) -> Path:
        (process,) = self.pool._processes
        return process.desk.root


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_MODULE", hostile.MODULE)
        patch.syspath_prepend(ROOT)
        patch.setenv("QUERY_ROOM_SMTP_URL", "smtp://user:secret@host")
        room = Room(tmp_path_factory.mktemp("room"))
        with room.pool:
            assert room.tries("thread") == DONE
            yield room


@pytest.fixture
def seccomp(room: Room) -> Room:
    if Layer.SECCOMP not in room.held.layers:
        pytest.skip("this kernel filters no system calls")
    return room


@pytest.fixture
def landlock(room: Room) -> Room:
    if Layer.LANDLOCK not in room.held.layers:
        pytest.skip("this kernel has no Landlock")
    return room


@pytest.mark.parametrize("family", [AF_UNIX, AF_INET, AF_NETLINK])
def test_no_socket_by_any_way(seccomp: Room, family: int) -> None:
    assert seccomp.tries(f"socket: {family}") == REFUSED


def test_nobody_is_called(room: Room) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        assert room.tries(f"python socket: {port}") == REFUSED
        assert room.tries("resolve: example.org") == REFUSED
        with pytest.raises(BlockingIOError):
            server.accept()
        # The server would have heard.
        with socket.create_connection(("127.0.0.1", port)):
            server.setblocking(True)
            server.accept()[0].close()


def test_no_other_program(seccomp: Room) -> None:
    for what in ("fork", "vfork", "exec: /bin/true", "program: /bin/true"):
        assert seccomp.tries(what) == REFUSED, what


def test_no_hand_on_other_processes(seccomp: Room) -> None:
    for what in ("signal", "trace", "limit another"):
        assert seccomp.tries(f"{what}: {os.getpid()}") == REFUSED, what
    assert seccomp.tries("signal itself").startswith(DONE)


def test_no_way_around_the_filter(seccomp: Room) -> None:
    assert seccomp.tries("io_uring") == REFUSED
    assert seccomp.tries("unshare") == REFUSED


def test_threads_are_its_own_affair(room: Room) -> None:
    assert room.tries("thread") == DONE


def test_only_its_own_file_is_there(landlock: Room, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    others = (tmp_path / "key", landlock.folder / "1.txt", Path("/etc/passwd"), Path("/"))
    for path in others:
        assert landlock.tries(f"read: {path}") == REFUSED, path
        assert landlock.tries(f"python read: {path}") == REFUSED, path
    # Texts that are in the store are none of its business.
    for path in landlock.texts.rglob("*.text"):
        assert landlock.tries(f"read: {path}") == REFUSED, path


def test_it_writes_nowhere_but_on_its_desk(landlock: Room, tmp_path: Path) -> None:
    for folder in (tmp_path, landlock.texts, landlock.desk, landlock.desk / "in", Path.home()):
        assert landlock.tries(f"write: {folder / 'spoilt'}") == REFUSED, folder
        assert landlock.tries(f"python write: {folder / 'spoilt'}") == REFUSED, folder
        assert not (folder / "spoilt").exists()
    assert landlock.tries(f"write: {landlock.desk / 'out' / 'mine'}").startswith(DONE)


def test_it_cannot_spoil_the_original_through_its_desk(landlock: Room) -> None:
    assert landlock.tries(f"spoil the file: {landlock.desk / 'in' / 'file'}") == REFUSED


def test_it_makes_no_link_to_what_it_cannot_read(landlock: Room) -> None:
    assert landlock.tries("link: /etc/passwd") == REFUSED


def test_writing_is_refused_without_the_kernel_too(room: Room, tmp_path: Path) -> None:
    assert room.tries(f"python write: {tmp_path / 'spoilt'}") == REFUSED


def test_it_knows_no_secret_of_the_environment(room: Room) -> None:
    assert "QUERY_ROOM" not in room.tries("environment")


def test_it_gains_no_rights_and_lets_nobody_look(room: Room) -> None:
    assert room.tries(f"property: {GET_NO_NEW_PRIVS}") == "1"
    assert room.tries(f"property: {GET_DUMPABLE}") == "0"


def test_the_kernel_takes_it_first(room: Room) -> None:
    assert Path(f"/proc/{room.pid}/oom_score_adj").read_text().strip() == "1000"


def test_files_without_end_are_refused(room: Room) -> None:
    assert room.tries("large file") == f"{DONE} 27"  # EFBIG


def test_what_is_said_to_hold_is_known(room: Room) -> None:
    assert Layer.AUDIT in room.held.layers
    assert set(room.held.network) | set(room.held.children) | set(room.held.files) == set(
        room.held.layers
    )


@pytest.mark.parametrize(
    ("layers", "is_enough"),
    [
        ({Layer.AUDIT}, False),
        ({Layer.AUDIT, Layer.NAMESPACE, Layer.SECCOMP}, False),
        ({Layer.AUDIT, Layer.NAMESPACE, Layer.LANDLOCK}, False),
        ({Layer.SECCOMP, Layer.LANDLOCK}, True),
    ],
)
def test_what_is_required_is_the_kernel_s_own(layers: set[Layer], is_enough: object) -> None:
    held = Confinement(layers=frozenset(layers))
    assert held.meets(Demand.REQUIRED) is is_enough
    assert held.meets(Demand.AUTO)
