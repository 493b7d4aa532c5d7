"""What the operator can set for the lower rooms, read once from ``QUERY_ROOM_*`` variables."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indexer.confinement import Demand
from indexer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENGINES: Final = ("embedded", "elasticsearch")
SWITCH: Final = ("on", "off")
_BUCKET: Final = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket of an S3-compatible store, where it is, and the keys to it.

    Attributes:
        name: Its name. prefix: What the keys of all objects begin with, ``""`` or ending in ``/``.
        endpoint: The store's address, or ``""`` for the one that the region implies.
        region: For which requests are signed.
        access_key: Like ``secret_key``, ``""`` where the machine itself has a right to it.
    """

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexerSettings:
    """Where the archive lives and how much of the machine it may use."""

    data: Path
    """``QUERY_ROOM_DATA``: the one folder that holds everything; default ``./data``."""

    database_url: str
    """``QUERY_ROOM_DATABASE_URL``: SQLite inside the data folder unless set to PostgreSQL."""

    engine: str = "embedded"
    """``QUERY_ROOM_ENGINE``: ``embedded`` or ``elasticsearch``."""

    elasticsearch_urls: tuple[str, ...] = ()
    """``QUERY_ROOM_ELASTICSEARCH_URL``: its nodes, parted by commas; needed by that engine only."""

    elasticsearch_api_key: str = field(default="", repr=False)
    """``QUERY_ROOM_ELASTICSEARCH_API_KEY``, or a file with it: ``…_API_KEY_FILE``."""

    elasticsearch_ca: Path | None = None
    """``QUERY_ROOM_ELASTICSEARCH_CA``: certificates by which its nodes are known; unless set, those
    that this machine trusts."""

    elasticsearch_prefix: str = "query-room"
    """``QUERY_ROOM_ELASTICSEARCH_PREFIX``: how the names of all its indexes begin."""

    elasticsearch_shards: int = 1
    """``QUERY_ROOM_ELASTICSEARCH_SHARDS``: parts of each index of a new generation."""

    elasticsearch_replicas: int = 1
    """``QUERY_ROOM_ELASTICSEARCH_REPLICAS``: further copies of each part."""

    processes: int = 0
    """``QUERY_ROOM_PROCESSES``: worker processes for extraction and analysis; 0 is one per core."""

    extraction_timeout_s: float = 60.0
    """``QUERY_ROOM_EXTRACTION_TIMEOUT_S``: wall seconds one file may take before it is killed."""

    extraction_memory_mb: int = 3072
    """``QUERY_ROOM_EXTRACTION_MEMORY_MB``: address space of one extraction process."""

    extraction_confinement: Demand = Demand.AUTO
    """``QUERY_ROOM_EXTRACTION_CONFINEMENT``: ``auto`` takes what the kernel has; ``required`` reads
    nothing where the kernel cannot keep those that read files from network and other files."""

    office: str = "soffice"
    """``QUERY_ROOM_OFFICE``: the program that converts files of old formats, by its path or, as
    unless it is set, by its name on the ``PATH``; set to nothing, none does."""

    picture_timeout_s: float = 20.0
    """``QUERY_ROOM_PICTURE_TIMEOUT_S``: wall seconds that drawing one page may take."""

    picture_memory_mb: int = 2048
    """``QUERY_ROOM_PICTURE_MEMORY_MB``: address space of one process that draws."""

    picture_cache_mb: int = 1024
    """``QUERY_ROOM_PICTURE_CACHE_MB``: how much of drawn pages is kept; 0 keeps none."""
    archive_depth: int = 5
    """``QUERY_ROOM_ARCHIVE_DEPTH``: how many archives within one another are opened."""

    archive_total_mb: int = 16_384
    """``QUERY_ROOM_ARCHIVE_TOTAL_MB``: what may come out of one archive, all it holds together."""

    recognition: bool = True
    """``QUERY_ROOM_RECOGNITION``: ``on``, or ``off``: ``serve`` recognises no scans."""

    recognition_processes: int = 0
    """``QUERY_ROOM_RECOGNITION_PROCESSES``: pages at once; 0 is all cores but one, at least one."""

    recognition_timeout_s: float = 120.0
    """``QUERY_ROOM_RECOGNITION_TIMEOUT_S``: wall seconds one page may take."""

    recognition_memory_mb: int = 4096
    """``QUERY_ROOM_RECOGNITION_MEMORY_MB``: address space of one recognition process."""

    import_roots: tuple[Path, ...] = ()
    """``QUERY_ROOM_IMPORT_ROOTS``: folders, parted by colons, that the pages may import from."""

    store: Bucket | None = None
    """``QUERY_ROOM_STORE``: ``s3://BUCKET/PREFIX`` for originals, texts and words that several
    hosts share; in the data folder unless set. ``QUERY_ROOM_S3_ENDPOINT`` and
    ``QUERY_ROOM_S3_REGION`` say where, ``QUERY_ROOM_S3_ACCESS_KEY`` and
    ``QUERY_ROOM_S3_SECRET_KEY`` by which keys; ``QUERY_ROOM_S3_KEY_FILE`` names a file with both,
    a line each."""

    store_scratch_mb: int = 4096
    """``QUERY_ROOM_STORE_SCRATCH_MB``: how much of a shared store's originals lies on this host
    while they are in use."""

    @property
    def scratch(self) -> Path:
        """Originals of a shared store while this host uses them."""
        return self.data / "scratch"

    @property
    def uploads(self) -> Path:
        """Uploaded files until their batch is over."""
        return self.data / "uploads"

    @property
    def importer(self) -> Path:
        """What the importer process holds while it lives."""
        return self.data / "importer"

    @property
    def catalogues(self) -> Path:
        """Catalogues that were sent to be looked at, for some days."""
        return self.data / "catalogues"

    @property
    def originals(self) -> Path:
        """Content-addressed originals."""
        return self.data / "originals"

    @property
    def texts(self) -> Path:
        """Extracted pages by file hash and extractor version."""
        return self.data / "texts"

    @property
    def words(self) -> Path:
        """Where the words of recognised pages stand, by the same."""
        return self.data / "words"

    @property
    def pictures(self) -> Path:
        """Pages that were drawn, until there is no more room for them."""
        return self.data / "pictures"

    @property
    def spool(self) -> Path:
        """Members of archives on their way; empty between imports."""
        return self.data / "spool"

    @property
    def index(self) -> Path:
        """Generations of the embedded engine."""
        return self.data / "index"

    @property
    def process_count(self) -> int:
        """Worker processes to start, at least one."""
        return self.processes or max(1, os.cpu_count() or 1)

    @property
    def recognition_process_count(self) -> int:
        """Pages to recognise at once, at least one."""
        return self.recognition_processes or max(1, (os.cpu_count() or 1) - 1)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> IndexerSettings:
        """The settings of this process.

        Raises:
            SettingsError: A variable cannot be used; the message names it.
        """
        data = Path(environ.get("QUERY_ROOM_DATA", "data")).expanduser().resolve()
        engine = _one_of(environ, "QUERY_ROOM_ENGINE", ENGINES)
        return cls(
            data=data,
            database_url=environ.get(
                "QUERY_ROOM_DATABASE_URL", f"sqlite:///{data / 'query_room.db'}"
            ),
            engine=engine,
            elasticsearch_urls=_urls(environ, "QUERY_ROOM_ELASTICSEARCH_URL", engine),
            elasticsearch_api_key=_secret(
                environ,
                "QUERY_ROOM_ELASTICSEARCH_API_KEY",
                "QUERY_ROOM_ELASTICSEARCH_API_KEY_FILE",
            ),
            elasticsearch_ca=_file(environ, "QUERY_ROOM_ELASTICSEARCH_CA"),
            elasticsearch_prefix=_prefix(environ, "QUERY_ROOM_ELASTICSEARCH_PREFIX"),
            elasticsearch_shards=max(
                1, int(_number(environ, "QUERY_ROOM_ELASTICSEARCH_SHARDS", 1))
            ),
            elasticsearch_replicas=int(_number(environ, "QUERY_ROOM_ELASTICSEARCH_REPLICAS", 1)),
            processes=int(_number(environ, "QUERY_ROOM_PROCESSES", 0)),
            extraction_timeout_s=_number(environ, "QUERY_ROOM_EXTRACTION_TIMEOUT_S", 60),
            extraction_memory_mb=int(_number(environ, "QUERY_ROOM_EXTRACTION_MEMORY_MB", 3072)),
            extraction_confinement=Demand(
                _one_of(environ, "QUERY_ROOM_EXTRACTION_CONFINEMENT", tuple(Demand))
            ),
            office=environ.get("QUERY_ROOM_OFFICE", "soffice"),
            picture_timeout_s=_number(environ, "QUERY_ROOM_PICTURE_TIMEOUT_S", 20),
            picture_memory_mb=int(_number(environ, "QUERY_ROOM_PICTURE_MEMORY_MB", 2048)),
            picture_cache_mb=int(_number(environ, "QUERY_ROOM_PICTURE_CACHE_MB", 1024)),
            archive_depth=int(_number(environ, "QUERY_ROOM_ARCHIVE_DEPTH", 5)),
            archive_total_mb=int(_number(environ, "QUERY_ROOM_ARCHIVE_TOTAL_MB", 16_384)),
            recognition=_one_of(environ, "QUERY_ROOM_RECOGNITION", SWITCH) == "on",
            recognition_processes=int(_number(environ, "QUERY_ROOM_RECOGNITION_PROCESSES", 0)),
            recognition_timeout_s=_number(environ, "QUERY_ROOM_RECOGNITION_TIMEOUT_S", 120),
            recognition_memory_mb=int(_number(environ, "QUERY_ROOM_RECOGNITION_MEMORY_MB", 4096)),
            import_roots=_folders(environ, "QUERY_ROOM_IMPORT_ROOTS"),
            store=_bucket(environ),
            store_scratch_mb=int(_number(environ, "QUERY_ROOM_STORE_SCRATCH_MB", 4096)),
        )


def _one_of(environ: Mapping[str, str], name: str, words: Sequence[str]) -> str:
    """A word of a list, the first unless another is set."""
    word = environ.get(name, words[0])
    if word not in words:
        msg = f"{name} is {word!r}; it must be one of {', '.join(words)}"
        raise SettingsError(msg)
    return word


def _urls(environ: Mapping[str, str], name: str, engine: str) -> tuple[str, ...]:
    urls = tuple(each.strip() for each in environ.get(name, "").split(",") if each.strip())
    if engine == "elasticsearch" and not urls:
        msg = f"QUERY_ROOM_ENGINE is elasticsearch, and {name} does not say where it is"
        raise SettingsError(msg)
    for url in urls:
        if not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", url):
            msg = f"{name} has {url!r}; an address is like https://host:9200"
            raise SettingsError(msg)
    return urls


def _secret(environ: Mapping[str, str], name: str, name_of_file: str) -> str:
    """What a variable says, or the file that another one names."""
    if not (path := environ.get(name_of_file, "")):
        return environ.get(name, "")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        msg = f"{name_of_file} names {path!r}, which cannot be read: {error}"
        raise SettingsError(msg) from error


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    if not (path := environ.get(name, "")):
        return None
    if not Path(path).is_file():
        msg = f"{name} names {path!r}, which is no file"
        raise SettingsError(msg)
    return Path(path)


def _prefix(environ: Mapping[str, str], name: str) -> str:
    prefix = environ.get(name, "query-room")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", prefix):
        msg = f"{name} is {prefix!r}; it may have small letters, digits and hyphens"
        raise SettingsError(msg)
    return prefix


def _folders(environ: Mapping[str, str], name: str) -> tuple[Path, ...]:
    named = [Path(each) for each in environ.get(name, "").split(":") if each]
    for folder in named:
        if not folder.is_absolute():
            msg = f"{name} names {str(folder)!r}; a folder must be named from the root, with /"
            raise SettingsError(msg)
    return tuple(dict.fromkeys(folder.resolve() for folder in named))


def _bucket(environ: Mapping[str, str]) -> Bucket | None:
    text = environ.get("QUERY_ROOM_STORE", "")
    if not text:
        return None
    named = _BUCKET.fullmatch(text)
    if named is None:
        msg = f"QUERY_ROOM_STORE is {text!r}; it must be s3://BUCKET or s3://BUCKET/PREFIX"
        raise SettingsError(msg)
    endpoint = environ.get("QUERY_ROOM_S3_ENDPOINT", "")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        msg = f"QUERY_ROOM_S3_ENDPOINT is {endpoint!r}; it must begin with https:// or http://"
        raise SettingsError(msg)
    access_key, secret_key = _keys(environ)
    prefix = (named[2] or "").strip("/")
    return Bucket(
        name=named[1],
        prefix=f"{prefix}/" if prefix else "",
        endpoint=endpoint,
        region=environ.get("QUERY_ROOM_S3_REGION", "us-east-1"),
        access_key=access_key,
        secret_key=secret_key,
    )


def _keys(environ: Mapping[str, str]) -> tuple[str, str]:
    """Both keys, or two times ``""``: half of them is a mistake."""
    if file := environ.get("QUERY_ROOM_S3_KEY_FILE", ""):
        try:
            keys = Path(file).read_text("utf-8").split()
        except (OSError, ValueError) as error:
            msg = f"QUERY_ROOM_S3_KEY_FILE cannot be read: {file}"
            raise SettingsError(msg) from error
    else:
        named = ("QUERY_ROOM_S3_ACCESS_KEY", "QUERY_ROOM_S3_SECRET_KEY")
        keys = [environ[name] for name in named if environ.get(name)]
    if len(keys) not in {0, 2}:
        msg = "the keys of QUERY_ROOM_STORE are two: an access key and a secret key"
        raise SettingsError(msg)
    return (keys[0], keys[1]) if keys else ("", "")


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, "")
    try:
        value = float(text) if text else float(default)
    except ValueError:
        msg = f"{name} is {text!r}; it must be a number"
        raise SettingsError(msg) from None
    if not (math.isfinite(value) and value >= 0):
        msg = f"{name} is {text!r}; it must not be negative or endless"
        raise SettingsError(msg)
    return value
