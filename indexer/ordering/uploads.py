"""Uploaded files: in a folder of the data folder until their batch is over, then no longer.

What the batch archived is in the store; what the guard kept out must not lie here either.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import shutil
from typing import TYPE_CHECKING, Final

import structlog

from indexer.database import reading, utc_now
from indexer.errors import ImportRefusedError
from indexer.repositories import orders

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from indexer.settings import IndexerSettings

KEPT: Final = dt.timedelta(hours=24)
"""How long files wait that somebody uploaded and did not start to import."""

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_log = structlog.get_logger(__name__)


def new_upload() -> str:
    """A name for what is uploaded now, which nobody can guess."""
    return secrets.token_hex(16)


def upload_folder(settings: IndexerSettings, upload: str) -> Path:
    """Where the files of an upload lie.

    Raises:
        ImportRefusedError: That is no name of an upload.
    """
    if not _TOKEN.fullmatch(upload):
        raise ImportRefusedError("that is no upload")
    return settings.uploads / upload


def remove(settings: IndexerSettings, upload: str) -> None:
    """Delete an upload; absent is no error."""
    if upload:
        shutil.rmtree(upload_folder(settings, upload), ignore_errors=True)


def sweep(engine: Engine, settings: IndexerSettings) -> int:
    """Delete uploads whose batch is over, and those that nobody started; how many."""
    if not settings.uploads.is_dir():
        return 0
    now = utc_now()
    with reading(engine) as connection:
        wanted = orders.uploads_wanted(connection, now - KEPT)
        used = orders.uploads_used(connection)
    count = 0
    for folder in settings.uploads.iterdir():
        if not _TOKEN.fullmatch(folder.name):
            continue
        is_left = folder.name not in wanted and _age(folder, now) > KEPT
        if folder.name in used or is_left:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    if count:
        _log.info("uploads_swept", count=count)
    return count


def _age(folder: Path, now: dt.datetime) -> dt.timedelta:
    try:
        return now - dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
    except OSError:
        return dt.timedelta()
