"""The keys, in a file of their own.

A backup together with its keys discloses everybody who ever stood at the counter; each alone
discloses nobody. So they are written to two files, to be kept in two places.
"""

from __future__ import annotations

import base64
import re
import secrets
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from indexer.errors import StorageError
from indexer.storage.atomic import write_atomically
from query_room.backup.model import KeyCheck
from query_room.backup.output import new_file
from query_room.errors import BackupDamagedError, BackupRefusedError, RestoreRefusedError
from query_room.vault import KEY_FILE, Vault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,60}\.(?:json|key)")
_PURPOSE: Final = "backup"
_OWNER_ONLY: Final = 0o600
_MAX_BYTES: Final = 1 << 20


class _KeyFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[int, "grows with what older versions cannot read"]
    keys: dict[Annotated[str, StringConstraints(pattern=f"^{_NAME.pattern}$")], str]


def key_check(folder: Path) -> KeyCheck | None:
    """What tells whether keys are these; ``None`` where there is no vault yet."""
    if not (folder / KEY_FILE).exists():
        return None
    nonce = secrets.token_hex(16)
    return KeyCheck(nonce=nonce, digest=Vault.open(folder).blind_index(_PURPOSE, nonce))


def save_keys(folder: Path, path: Path) -> None:
    """Write all keys to a new file that its owner alone may read.

    Raises:
        BackupRefusedError: There are no keys, or the file exists.
        StorageError: It cannot be written.
    """
    found = _read_folder(folder)
    if not found:
        raise BackupRefusedError("no_keys", str(folder))
    encoded = {name: base64.b64encode(content).decode() for name, content in found.items()}
    with new_file(path) as file:
        file.write(_KeyFile(format=1, keys=encoded).model_dump_json(indent=1).encode())


def load_keys(path: Path) -> dict[str, bytes]:
    """The keys of such a file, by name.

    Raises:
        BackupDamagedError: It is no such file. StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise BackupDamagedError("no_key_file", str(path))
        parsed = _KeyFile.model_validate_json(content)
        if parsed.format != 1:
            raise RestoreRefusedError("newer_format", str(path))
        return {name: base64.b64decode(text, validate=True) for name, text in parsed.keys.items()}
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    except (ValidationError, ValueError) as error:
        raise BackupDamagedError("no_key_file", str(path)) from error


def put_keys(folder: Path, keys: Mapping[str, bytes]) -> None:
    """Put keys in place; others that stand there are never replaced.

    Raises:
        RestoreRefusedError: Other keys stand there.
    """
    present = _read_folder(folder)
    if any(present.get(name, content) != content for name, content in keys.items()):
        raise RestoreRefusedError("other_keys", str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in keys.items():
        if name not in present:
            write_atomically(folder / name, content, incoming=folder, mode=_OWNER_ONLY)


def fit(folder: Path, check: KeyCheck | None) -> bool:
    """Whether the keys in ``folder`` open what the backup holds.

    Raises:
        VaultError: They are damaged.
    """
    if check is None:
        return True
    if not (folder / KEY_FILE).exists():
        return False
    return Vault.open(folder).blind_index(_PURPOSE, check.nonce) == check.digest


def _read_folder(folder: Path) -> dict[str, bytes]:
    try:
        return {
            path.name: path.read_bytes()
            for path in sorted(folder.glob("*"))
            if _NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()
        }
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}") from error
