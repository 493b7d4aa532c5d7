"""An archive folder imported by the product itself, for the benchmarks that ask it questions."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.engines import running
from indexer.access import LEVEL_PRESETS, PUBLIC_VIEWER
from indexer.database import migrate, open_database, utc_now
from indexer.importing.pipeline import BatchRequest, run_batch
from indexer.indexing.catching_up import catch_up
from query_room.opening import ROOMS
from search_api.answers import LogContext, SearchAnswer
from search_api.opening import open_service
from search_api.params import parse_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.importing.report import BatchReport
    from search_api.service import SearchService


CONTEXT: Final = LogContext(
    actor="", terminal="benchmark", channel="command", visit_id=None, at=utc_now()
)


@contextmanager
def imported(folder: Path, engine: str, url: str) -> Iterator[tuple[SearchService, BatchReport]]:
    """The service on ``folder/docs`` described by ``folder/manifest.jsonl``, all of it public.

    Args:
        folder: Of the papers.
        engine: Of the index.
        url: Of its server, where it has one that runs.
    """
    with tempfile.TemporaryDirectory() as data, running(engine, url, Path(data)) as at:
        database = open_database(at.settings.database_url)
        migrate(database, *ROOMS)
        request = BatchRequest(
            folder=folder / "docs",
            manifest=folder / "manifest.jsonl",
            level=LEVEL_PRESETS["public"],
            level_name="public",
            started_by="benchmark",
        )
        report = run_batch(database, at.settings, request)
        catch_up(database, at.settings)
        yield open_service(database, at.settings), report
        database.dispose()


def ask(service: SearchService, text: str, size: int = 10) -> SearchAnswer:
    """The public's answer to one question."""
    question = parse_question({"q": [text], "size": [str(size)]})
    return service.search(question, PUBLIC_VIEWER, CONTEXT)
