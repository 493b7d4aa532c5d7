"""Objects in a bucket of an S3-compatible store, and what its refusals mean.

Only what every such store has is asked of it: put, get with a range, list, delete, and uploads in
parts. What is written carries its checksum: a store keeps it whole or refuses it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from indexer.errors import SettingsError, StorageError, StorageFullError, StoreUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.settings import Bucket

PART_BYTES: Final = 64 << 20
"""Larger files go in parts of this size; a store takes up to 10,000 of them."""

CONNECTIONS: Final = 16
"""How many requests of one process are under way at once without opening connections for each."""

_CONNECT_S: Final = 5
_READ_S: Final = 60
_TRIES: Final = 4
_MISSING: Final = "NoSuchKey"
_FULL: Final = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507"})
_BEYOND_ITS_END: Final = "InvalidRange"


class ObjectMissingError(OSError):
    """There is no such object."""


class ObjectStore:
    """Objects by key. Safe to use from several threads.

    Args:
        bucket: Where they are.
    """

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        try:
            self._client: Any = botocore.session.get_session().create_client(
                "s3",
                region_name=bucket.region,
                endpoint_url=bucket.endpoint or None,
                aws_access_key_id=bucket.access_key or None,
                aws_secret_access_key=bucket.secret_key or None,
                config=Config(
                    connect_timeout=_CONNECT_S,
                    read_timeout=_READ_S,
                    max_pool_connections=CONNECTIONS,
                    retries={"total_max_attempts": _TRIES, "mode": "standard"},
                    s3={"addressing_style": "path" if bucket.endpoint else "auto"},
                    # Newer checksums are understood by few stores but its makers' own.
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                ),
            )
        except (BotoCoreError, ValueError) as error:
            raise SettingsError(f"QUERY_ROOM_S3_ENDPOINT cannot be used: {error}") from error

    def put(self, key: str, content: bytes) -> None:
        """Keep an object; one of that key is replaced, at once and whole.

        Raises:
            StorageFullError: No space. StoreUnreachableError: It does not answer, or refuses.
        """
        with self._asked():
            self._client.put_object(**self._named(key), Body=content, ContentMD5=_checksum(content))

    def put_file(self, key: str, file: IO[bytes], size: int) -> None:
        """The same with ``size`` bytes of a file, however many; read from its beginning."""
        file.seek(0)
        if size <= PART_BYTES:
            self.put(key, file.read())
            return
        with self._asked():
            begun = self._client.create_multipart_upload(**self._named(key))
        upload = {**self._named(key), "UploadId": begun["UploadId"]}
        try:
            parts: list[dict[str, object]] = []
            while part := file.read(PART_BYTES):
                number = len(parts) + 1
                with self._asked():
                    done = self._client.upload_part(
                        **upload, PartNumber=number, Body=part, ContentMD5=_checksum(part)
                    )
                parts.append({"PartNumber": number, "ETag": done["ETag"]})
            with self._asked():
                self._client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        except BaseException:
            # Nobody ever sees the parts; a store that is gone keeps them until its own clearing.
            with contextlib.suppress(StorageError, ObjectMissingError), self._asked():
                self._client.abort_multipart_upload(**upload)
            raise

    def size(self, key: str) -> int | None:
        """How many bytes an object has, or ``None`` where there is none."""
        try:
            # Not a head: its refusal has no words, and a missing bucket would look like this.
            return self._part(key, "bytes=0-0").size
        except ObjectMissingError:
            return None

    def blocks(self, key: str, block_bytes: int) -> Iterator[bytes]:
        """What an object holds, from its beginning.

        Raises:
            ObjectMissingError: There is none. StoreUnreachableError: It stopped answering.
        """
        with self._asked():
            body = self._client.get_object(**self._named(key))["Body"]
        with body:
            while True:
                with self._asked():
                    block: bytes = body.read(block_bytes)
                if not block:
                    return
                yield block

    def tail(self, key: str, length: int) -> Part:
        """The last bytes of an object, at most ``length``.

        Raises:
            ObjectMissingError: There is none.
        """
        return self._part(key, f"bytes=-{length}")

    def part(self, key: str, start: int, length: int, etag: str) -> Part:
        """Some bytes of an object that has not changed since it had that mark.

        Raises:
            ObjectMissingError: There is none.
            StoreUnreachableError: It has changed meanwhile, or the store does not answer.
        """
        return self._part(key, f"bytes={start}-{start + length - 1}", IfMatch=etag)

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins so, in order, read as they are asked for."""
        whole = self._bucket.prefix + prefix
        asked: dict[str, Any] = {"Bucket": self._bucket.name, "Prefix": whole}
        while True:
            with self._asked():
                answer = self._client.list_objects_v2(**asked)
            for each in answer.get("Contents", ()):
                yield str(each["Key"]).removeprefix(self._bucket.prefix)
            if not answer.get("IsTruncated"):
                return
            asked["ContinuationToken"] = answer["NextContinuationToken"]

    def delete(self, key: str) -> None:
        """Forget an object; absent is no error."""
        with self._asked():
            self._client.delete_object(**self._named(key))

    def _part(self, key: str, span: str, **conditions: str) -> Part:
        try:
            with self._asked():
                answer = self._client.get_object(**self._named(key), Range=span, **conditions)
                content: bytes = answer["Body"].read()
        except _EmptyError:
            return Part(content=b"", start=0, size=0, etag="")
        _, _, about = answer.get("ContentRange", "").partition(" ")
        place, _, size = about.partition("/")
        start = int(place.partition("-")[0]) if place else 0
        return Part(
            content=content,
            start=start,
            size=int(size) if size else len(content),
            etag=answer.get("ETag", ""),
        )

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": self._bucket.prefix + key}

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code == _MISSING:
                raise ObjectMissingError from error
            if code == _BEYOND_ITS_END:
                raise _EmptyError from error
            where = f"{self._bucket.endpoint or self._bucket.region}/{self._bucket.name}"
            if code in _FULL:
                raise StorageFullError(f"no space left in {where}") from error
            raise StoreUnreachableError(f"{where} refuses: {code}") from error
        except (BotoCoreError, HTTPClientError, OSError) as error:
            where = self._bucket.endpoint or self._bucket.region
            raise StoreUnreachableError(
                f"{where} does not answer: {type(error).__name__}"
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some bytes of an object.

    Attributes:
        content: The bytes. start: Where they begin. size: How many the whole object has.
        etag: The object's mark; another content has another.
    """

    content: bytes
    start: int
    size: int
    etag: str


class ObjectFile(io.RawIOBase):
    """An object to be read from any place, a stretch at a time.

    Args:
        store: Where it is. key: Which.
        last: Its end, at least.
        ahead: How much is read at once.
    """

    def __init__(self, store: ObjectStore, key: str, last: Part, ahead: int) -> None:
        super().__init__()
        self._store = store
        self._key = key
        self._parts = [last]
        self._size = last.size
        self._etag = last.etag
        self._ahead = ahead
        self._at = 0

    def seekable(self) -> bool:
        """Always."""
        return True

    def readable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where it is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; where that is."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        length = max(0, self._size - self._at)
        length = length if size < 0 else min(size, length)
        found = b""
        while len(found) < length:
            some = self._next(length - len(found))
            self._at += len(some)
            found += some
        return found

    def _next(self, length: int) -> bytes:
        for part in self._parts:
            if part.start <= self._at < part.start + len(part.content):
                offset = self._at - part.start
                return part.content[offset : offset + length]
        part = self._store.part(self._key, self._at, max(length, self._ahead), self._etag)
        # The end is kept, because the table is there; besides it only what was read last.
        self._parts = [self._parts[0], part]
        return part.content[:length]


class _EmptyError(Exception):
    """The object has no byte there."""


def _checksum(content: bytes) -> str:
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()
