"""From an order to what the importer is asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.access import LEVEL_PRESETS
from indexer.importing.plan import BatchRequest
from indexer.importing.scope import Scope
from indexer.ordering.places import require_allowed
from indexer.storage.names import key_of, locate

if TYPE_CHECKING:
    from indexer.repositories.orders import OrderRow
    from indexer.repositories.watches import WatchRow
    from indexer.settings import IndexerSettings


def request_of(order: OrderRow | WatchRow, settings: IndexerSettings) -> BatchRequest:
    """The batch that an order or a watch asks for.

    Raises:
        ImportRefusedError: Its folder or catalogue does not lie where it may.
    """
    folder = _located(order.folder)
    require_allowed(settings, folder)
    manifest = _located(order.manifest) if order.manifest else None
    if manifest is not None:
        require_allowed(settings, manifest)
    is_uploaded = folder.resolve().is_relative_to(settings.uploads.resolve())
    return BatchRequest(
        folder=folder,
        manifest=manifest,
        profile=order.profile or None,
        level=LEVEL_PRESETS[order.level] if order.level else None,
        level_name=order.level,
        source_name=order.source_name or None,
        in_place=order.in_place,
        started_by=_who(order),
        # What was uploaded under the same name before is not missed because it is not here again.
        scope=_everything_in(folder) if is_uploaded else None,
    )


def path_key(path: Path) -> str:
    """A path as rows keep it: any database takes it, and :func:`request_of` finds it again."""
    return key_of(path)


def _located(key: str) -> Path:
    return locate(Path("/"), key)


def _who(order: OrderRow | WatchRow) -> str:
    return getattr(order, "ordered_by", "") or getattr(order, "started_by", "")


def _everything_in(folder: Path) -> Scope:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names, not paths
    except OSError:
        names = []  # the import says what is wrong with it
    return Scope(frozenset(key_of(Path(name)) for name in names))
