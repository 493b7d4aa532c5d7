"""What a process gives up before it reads a hostile file: network, children, other files.

Several layers, because no machine has all of them: a network namespace of its own, a filter of
system calls (seccomp), a limit on paths (Landlock) and, where the kernel has none of these, a hook
of Python's own. Each is tried after it was set; one that the kernel has and that does not hold ends
the process. None of them needs a privilege, and none can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class Layer(StrEnum):
    """Something that holds a process."""

    NAMESPACE = "namespace"  # a network of its own, without any interface
    SECCOMP = "seccomp"  # the kernel refuses the calls
    LANDLOCK = "landlock"  # the kernel refuses the paths
    AUDIT = "audit"  # Python refuses; code outside Python is free


class Work(StrEnum):
    """What a process is there for."""

    READ = "read"  # it reads files by itself
    RUN_TOOL = "run_tool"  # it starts a program that does


class Demand(StrEnum):
    """What must hold a process before it reads anything."""

    AUTO = "auto"  # what the kernel has
    REQUIRED = "required"  # the kernel itself, or it reads nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """What a process may still do.

    Attributes:
        work: What it is there for.
        readable: Folders and files it may read, beside the system's programs and libraries.
        writable: Folders it may write in.
        programs: Programs it may start, and folders of such, beside the system's own.
        meeting_places: Folders in which a program may put a socket, and nothing else.
    """

    work: Work
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    programs: tuple[Path, ...] = ()
    meeting_places: tuple[Path, ...] = ()


NO_NETWORK: Final = Fence(work=Work.READ, readable=(Path("/"),), writable=(Path("/"),))
"""For programs of which it is not known which files they need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What holds a process, as it was found by trying."""

    layers: frozenset[Layer]

    @property
    def network(self) -> tuple[Layer, ...]:
        """The layers between it and any network."""
        return self._of(Layer.NAMESPACE, Layer.SECCOMP, Layer.AUDIT)

    @property
    def children(self) -> tuple[Layer, ...]:
        """The layers between it and another program."""
        return self._of(Layer.SECCOMP, Layer.AUDIT)

    @property
    def files(self) -> tuple[Layer, ...]:
        """The layers between it and other files."""
        return self._of(Layer.LANDLOCK, Layer.AUDIT)

    @property
    def is_whole(self) -> bool:
        """Whether the kernel itself keeps it from the network, from children and from files."""
        return {Layer.SECCOMP, Layer.LANDLOCK} <= self.layers

    def meets(self, demand: Demand) -> bool:
        """Whether that is enough."""
        return demand is Demand.AUTO or self.is_whole

    def _of(self, *layers: Layer) -> tuple[Layer, ...]:
        return tuple(each for each in layers if each in self.layers)
