"""What happens in the process that has one file converted by the office program.

The program ends with 0 whether or not it has written anything; only what is there counts.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING, Final

from indexer.conversion import Conversion
from indexer.conversion.profile import address_of, write_profile
from indexer.extraction import Reason
from indexer.extraction.kinds import media_type_of
from indexer.extraction.old_formats import FILTERS, OFFICE
from indexer.processes.program import described

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.conversion import ConversionJob

CONVERTED: Final = "converted"
"""What the file that comes out is called."""

PROFILES: Final = ("profile-1", "profile-2")
"""Folders of the profile, one after the other."""

# Readers leave out the name of a sheet that nobody has named; old worksheets have their file's.
_SHOWN_NAME: Final = "Sheet1"
_BY_SIGNAL: Final = 128
_NEW_PROFILE: Final = 81
# With a new profile the program ends with 81 and wants to be started again. The script around it
# does that by itself, and fails: the first socket is in the way.
_START_AGAIN: Final = frozenset({1, _NEW_PROFILE})
_DEATHS: Final[Mapping[int, Reason]] = {
    signal.SIGKILL: Reason.MEMORY,
    signal.SIGXFSZ: Reason.MEMORY,
    signal.SIGXCPU: Reason.TIMEOUT,
}


class Office:
    """The office program, and where it may write.

    Args:
        program: Its path.
        results: An empty folder.
    """

    def __init__(self, program: str, results: Path) -> None:
        self._program = program
        self._results = results

    def convert(self, job: ConversionJob) -> Conversion:
        """What has become of a file; what it was converted to is :data:`CONVERTED`."""
        media_type = media_type_of(job.path, job.name)
        wanted = FILTERS.get(media_type)
        if wanted is None:
            return Conversion(media_type=media_type, reason=Reason.UNSUPPORTED, detail=media_type)
        source = self._results / _SHOWN_NAME
        source.symlink_to(job.path)
        output = source.with_suffix(f".{wanted.target}")
        try:
            code = self._run(source, wanted.name, wanted.target)
        except OSError as error:
            detail = f"{OFFICE} cannot be started: {error.strerror}"
            return Conversion(media_type=media_type, reason=Reason.INTERNAL, detail=detail)
        if code == 0 and output.is_file():
            output.rename(self._results / CONVERTED)
            return Conversion(media_type=media_type)
        reason, detail = _why(code)
        return Conversion(media_type=media_type, reason=reason, detail=detail)

    def _run(self, source: Path, filter_name: str, target: str) -> int:
        """The code that the program ended with, the second time where it wants one."""
        first, second = (self._results / name for name in PROFILES)
        write_profile(first)
        code = self._run_with(first, source, filter_name, target)
        if code in _START_AGAIN:
            # By another name the profile has another socket.
            first.rename(second)
            code = self._run_with(second, source, filter_name, target)
        return code

    def _run_with(self, profile: Path, source: Path, filter_name: str, target: str) -> int:
        home = str(self._results)
        # Whoever waits for this process ends the program with it, if it takes too long.
        return subprocess.run(
            [
                self._program, f"-env:UserInstallation={address_of(profile)}",
                "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                f"--infilter={filter_name}", "--convert-to", target,
                "--outdir", home, str(source),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": home, "TMPDIR": home, "PATH": os.defpath, "LANG": "C.UTF-8"},
            check=False,
        ).returncode  # fmt: skip


def _why(code: int) -> tuple[Reason, str]:
    # A script tells by such a code which signal its program died of.
    number = code - _BY_SIGNAL if code > _BY_SIGNAL else -code
    if number <= 0:
        return Reason.DAMAGED, f"{OFFICE} has written nothing"
    try:
        said = described(-number)
    except ValueError:  # no signal
        said = described(code)
    return _DEATHS.get(number, Reason.DAMAGED), f"{OFFICE} {said}"
