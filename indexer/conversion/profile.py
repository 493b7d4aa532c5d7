"""The profile of an office program that reads one file and is gone: no macros, nothing fetched.

Source: LibreOffice, ``officecfg/registry/schema/org/openoffice/Office`` (Common, Writer, Calc).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NEVER: Final = "2"
_MACROS: Final = "Common/Security/Scripting"
_SETTINGS: Final = (
    (_MACROS, "MacroSecurityLevel", "3"),
    (_MACROS, "DisableMacrosExecution", "true"),
    (_MACROS, "BlockUntrustedRefererLinks", "true"),
    (_MACROS, "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", _NEVER),
    ("Calc/Content/Update", "Link", _NEVER),
    ("Java/VirtualMachine", "EnableJava", "false"),
)
"""Path, name, value. What a version does not know it passes over."""

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
)


def write_profile(folder: Path) -> None:
    """Make a profile of which the program thinks that somebody has set it up so."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    content = f"{_HEAD}{items}</oor:items>\n"
    (user / "registrymodifications.xcu").write_text(content, encoding="utf-8")


def address_of(folder: Path) -> str:
    """A profile as the program wants it named."""
    return folder.as_uri()


def clear_meeting_place(place: Path, profiles: Iterable[Path]) -> None:
    """Take away the sockets by which programs with these profiles could be talked to.

    The program puts one into the system's folder for what is temporary, whatever it is told, and
    may not take it away from behind its fence.

    Source: LibreOffice, ``RequestHandler::Enable`` and ``CreateMD5FromString`` in
    ``desktop/source/app/officeipcthread.cxx``.
    """
    for profile in profiles:
        digest = hashlib.md5(address_of(profile).encode("utf-16-le"), usedforsecurity=False)
        name = "".join(f"{byte:x}" for byte in digest.digest())
        for path in place.glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}"):
            path.unlink(missing_ok=True)
