"""Which stores: in the data folder, or in a bucket that several hosts share."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.storage.originals import FolderOriginalStore
from indexer.storage.text_store import SUFFIX as TEXTS
from indexer.storage.text_store import ContainerTextStore, FolderTextStore
from indexer.storage.word_store import SUFFIX as WORDS
from indexer.storage.word_store import ContainerWordStore, FolderWordStore

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.settings import Bucket, IndexerSettings
    from indexer.storage import OriginalStore, TextStore, WordStore
    from indexer.storage.containers import Containers
    from indexer.storage.objects import ObjectStore


def open_originals(settings: IndexerSettings) -> OriginalStore:
    """Where originals are kept."""
    if settings.store is None:
        return FolderOriginalStore(settings.originals)
    from indexer.storage.object_originals import ObjectOriginalStore  # noqa: PLC0415 - see below

    room = settings.store_scratch_mb << 20
    return ObjectOriginalStore(open_objects(settings.store), settings.scratch, room)


def open_texts(settings: IndexerSettings, incoming: Path | None = None) -> TextStore:
    """Where texts are kept; ``incoming`` is where they stand in a folder until they are whole."""
    if settings.store is None:
        return FolderTextStore(settings.texts, incoming)
    return ContainerTextStore(_containers(settings.store, "texts", TEXTS))


def open_words(settings: IndexerSettings, incoming: Path | None = None) -> WordStore:
    """Where the words of recognised pages are kept; ``incoming`` likewise."""
    if settings.store is None:
        return FolderWordStore(settings.words, incoming)
    return ContainerWordStore(_containers(settings.store, "words", WORDS))


@lru_cache(maxsize=8)
def open_objects(bucket: Bucket) -> ObjectStore:
    """One client for a process: it keeps connections open, and takes a while to make."""
    # Its library is large: who keeps everything in folders does without it.
    from indexer.storage.objects import ObjectStore  # noqa: PLC0415

    return ObjectStore(bucket)


def _containers(bucket: Bucket, folder: str, suffix: str) -> Containers:
    from indexer.storage.object_containers import ObjectContainers  # noqa: PLC0415 - as above

    return ObjectContainers(open_objects(bucket), folder, suffix)
