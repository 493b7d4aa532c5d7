"""Personal data at rest: encrypted with a key that is kept apart from the database.

Source: 个人信息保护法 art. 51 (encryption and de-identification of personal data).

The key file stands in ``<data>/keys``, readable by its owner alone, and is made at first use. A
backup of the database without it discloses nobody; a database without it has forgotten everybody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
import unicodedata
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from query_room.errors import VaultError

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE: Final = "vault.json"
_INDEX_KEY_BYTES: Final = 32


class Vault:
    """Encrypts, decrypts, and makes blind indexes.

    Use :meth:`open`. New texts are encrypted with the newest key; older keys still read.
    """

    def __init__(self, *, encryption_keys: list[bytes], index_key: bytes) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in encryption_keys])
        self._index_key = index_key

    @classmethod
    def open(cls, folder: Path) -> Vault:
        """The vault whose key file is in ``folder``; a new one is made where there is none.

        Raises:
            VaultError: The file is damaged, cannot be made, or others may read it.
        """
        path = folder / KEY_FILE
        try:
            _make_if_missing(path)
            return _read(path)
        except OSError as error:
            raise VaultError(f"the key file {path} cannot be used: {error.strerror}") from error

    def encrypt(self, text: str) -> str:
        """A token that only this vault reads; the same text gives another one each time."""
        return self._fernet.encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text of a token.

        Raises:
            VaultError: It was damaged, or made with a key that this vault does not hold.
        """
        try:
            return self._fernet.decrypt(token.encode()).decode("utf-8", "surrogatepass")
        except (InvalidToken, UnicodeError) as error:
            raise VaultError("damaged, or encrypted with another key") from error

    def blind_index(self, purpose: str, value: str) -> str:
        """A keyed digest by which equal values are found without being readable.

        Width, case and surrounding space do not count. Digests of different purposes never match.
        """
        folded = unicodedata.normalize("NFKC", value).casefold().strip()
        message = f"{purpose}\0{folded}".encode("utf-8", "surrogatepass")
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()


def rotate(folder: Path) -> None:
    """Put a new encryption key in front; what older keys encrypted stays readable.

    Raises:
        VaultError: The key file cannot be read or written.
    """
    path = folder / KEY_FILE
    try:
        _make_if_missing(path)
        _read(path)
        keys = json.loads(path.read_text("ascii"))
        keys["encryption"].insert(0, Fernet.generate_key().decode())
        part = _write_beside(path, keys)
        part.replace(path)
    except OSError as error:
        raise VaultError(f"the key file {path} cannot be used: {error.strerror}") from error


def _make_if_missing(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = _write_beside(
        path,
        {
            "encryption": [Fernet.generate_key().decode()],
            "blind_index": base64.b64encode(secrets.token_bytes(_INDEX_KEY_BYTES)).decode(),
        },
    )
    try:
        # A link, not a rename: of two processes that start together, one key must win for both.
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _write_beside(path: Path, keys: dict[str, object]) -> Path:
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(keys, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return part


def _read(path: Path) -> Vault:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise VaultError(f"others may read the key file {path}; set its mode to 600")
    try:
        keys = json.loads(path.read_text("ascii"))
        encryption_keys = [key.encode("ascii") for key in keys["encryption"]]
        index_key = base64.b64decode(keys["blind_index"], validate=True)
        if len(index_key) < _INDEX_KEY_BYTES:
            raise VaultError(f"the key file {path} is damaged")
        return Vault(encryption_keys=encryption_keys, index_key=index_key)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise VaultError(f"the key file {path} is damaged") from error
