"""The filter, run on a machine of a few lines: every kind of processor without having one."""

from __future__ import annotations

import errno
import platform
import struct

import pytest

from indexer.confinement import Work, seccomp
from indexer.confinement.seccomp import ALLOW, INSTRUCTION, KILL, REFUSE, program
from indexer.confinement.system_calls import MACHINES, NETWORK, Machine

PID = 4711
THREAD = 0x3D0F00
COPY = 0x1200011


def verdict(machine: Machine, work: Work, number: int, argument: int = 0, audit: int = 0) -> int:
    """What the filter says of one call."""
    call = struct.pack("<IIQQ", number, audit or machine.audit, 0, argument)
    code = list(INSTRUCTION.iter_unpack(program(machine, work, PID)))
    word = at = 0
    while True:
        kind, yes, no, value = code[at]
        at += 1
        match kind:
            case seccomp.LOAD:
                (word,) = struct.unpack_from("<I", call, value)
            case seccomp.ALLOW_IF:
                at += yes if word == value else no
            case seccomp.JUMP_ABOVE:
                at += yes if word > value else no
            case seccomp.JUMP_FLAG:
                at += yes if word & value else no
            case seccomp.ANSWER:
                return int(value)


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> Machine:
    return MACHINES[request.param]


def refused(machine: Machine, work: Work, name: str, argument: int = 0) -> bool:
    return verdict(machine, work, machine.numbers[name], argument) == REFUSE | errno.EPERM


def test_reading_needs_no_network_and_no_children(machine: Machine) -> None:
    for name in (*NETWORK, "execve", "execveat", "ptrace", "io_uring_setup", "unshare"):
        assert refused(machine, Work.READ, name), name
    assert verdict(machine, Work.READ, 64 if machine.numbers["socket"] == 198 else 1) == ALLOW


def test_a_thread_is_no_child(machine: Machine) -> None:
    assert not refused(machine, Work.READ, "clone", THREAD)
    assert refused(machine, Work.READ, "clone", COPY)
    # What it cannot look into is said not to be there, and the library takes the old way.
    assert verdict(machine, Work.READ, machine.numbers["clone3"]) == REFUSE | errno.ENOSYS


def test_signals_and_limits_are_for_itself(machine: Machine) -> None:
    assert not refused(machine, Work.READ, "kill", PID)
    assert not refused(machine, Work.READ, "tgkill", PID)
    assert refused(machine, Work.READ, "kill", PID + 1)
    assert refused(machine, Work.READ, "kill", 0)
    assert not refused(machine, Work.READ, "prlimit64", 0)
    assert refused(machine, Work.READ, "prlimit64", PID + 1)


def test_a_tool_may_start_itself_and_talk_to_itself(machine: Machine) -> None:
    for name in ("clone", "clone3", "execve", "bind", "listen", "accept4"):
        assert not refused(machine, Work.RUN_TOOL, name, COPY), name
    assert not refused(machine, Work.RUN_TOOL, "socket", 1)
    for family in (2, 10, 16, 17):
        assert refused(machine, Work.RUN_TOOL, "socket", family)
    assert refused(machine, Work.RUN_TOOL, "connect")
    assert refused(machine, Work.RUN_TOOL, "ptrace")


@pytest.mark.parametrize("work", Work)
def test_nobody_leaves_the_group_with_which_it_is_ended(machine: Machine, work: Work) -> None:
    assert refused(machine, work, "setsid")
    assert refused(machine, work, "setpgid")


def test_calls_of_another_table_end_the_process(machine: Machine) -> None:
    assert verdict(machine, Work.READ, 0, audit=0x4000_0003) == KILL
    # The table of 32-bit pointers, which a filter of the other would not know.
    assert verdict(machine, Work.READ, 0x4000_0000 + 41) == KILL


def test_both_tables_have_every_number() -> None:
    names = {name for machine in MACHINES.values() for name in machine.numbers}
    for each in MACHINES.values():
        assert names - set(each.numbers) <= {"fork", "vfork"}
        assert len(set(each.numbers.values())) == len(each.numbers)


def test_an_unknown_machine_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    with pytest.raises(OSError, match="vax"):
        seccomp.install(Work.READ)
