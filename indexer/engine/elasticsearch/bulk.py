"""Operations on their way to the cluster, some at once, tried again where it is too busy."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from elasticsearch import ApiError
from elasticsearch.helpers import streaming_bulk

from indexer.engine.elasticsearch.client import telling_errors
from indexer.errors import DocumentRefusedError, EngineUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from elasticsearch import Elasticsearch

    from indexer.engine.elasticsearch.operations import Operation

_IN_FLIGHT: Final = 2
"""Batches on their way at once: one is taken in while the next is made."""

_CHUNK: Final = 1_000
_CHUNK_BYTES: Final = 8 * 1024 * 1024
_RETRIES: Final = 8
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 10.0

_BAD: Final = 400
_TOO_LARGE: Final = 413
_LEFT_ALONE: Final = frozenset({404, 409})
"""What is no failure: deleted already; as new, or newer, already."""


class Bulk:
    """Sends batches off, each of which is whole before the next but one is begun."""

    def __init__(self, client: Elasticsearch) -> None:
        self._client = client
        self._threads = ThreadPoolExecutor(_IN_FLIGHT, thread_name_prefix="bulk")
        self._flying: deque[Future[None]] = deque()

    def send(self, *steps: Sequence[Operation]) -> None:
        """Send a batch off, its steps one after the other; where enough fly, wait for the oldest.

        Raises:
            DocumentRefusedError: The cluster does not take a document, however often it is asked.
            EngineUnavailableError: It does not answer, or has no room now.
        """
        while len(self._flying) >= _IN_FLIGHT:
            self._land_one()
        self._flying.append(self._threads.submit(self._write, steps))

    def land(self) -> None:
        """Wait for all that is on its way.

        Raises:
            EngineError: As for :meth:`send`; then nothing is on its way any more.
        """
        while self._flying:
            self._land_one()

    def close(self) -> None:
        """Wait for what is being written, and drop what is not begun."""
        self._threads.shutdown(cancel_futures=True)

    def _land_one(self) -> None:
        try:
            self._flying.popleft().result()
        except BaseException:
            wait(self._flying)
            self._flying.clear()
            raise

    def _write(self, steps: Sequence[Sequence[Operation]]) -> None:
        for operations in steps:
            self._bulk(operations)

    def _bulk(self, operations: Sequence[Operation]) -> None:
        refused: list[tuple[int, str]] = []
        with telling_errors(), _telling_of_size():
            for is_done, item in streaming_bulk(
                self._client,
                operations,
                chunk_size=_CHUNK,
                max_chunk_bytes=_CHUNK_BYTES,
                raise_on_error=False,
                max_retries=_RETRIES,
                initial_backoff=_FIRST_PAUSE_S,
                max_backoff=_LONGEST_PAUSE_S,
                retry_on_status=(429, 503),
            ):
                (result,) = item.values()
                if not is_done and result.get("status") not in _LEFT_ALONE:
                    # Its kind alone: the cluster's own words may quote the text.
                    kind = (result.get("error") or {}).get("type", "")
                    refused.append((result.get("status", 0), f"{result.get('_id')} ({kind})"))
        if refused:
            msg = f"Elasticsearch refused {len(refused)} documents, the first {refused[0][1]}"
            # What is wrong with a document stays wrong, however often it is sent.
            if all(status == _BAD for status, _ in refused):
                raise DocumentRefusedError(msg)
            raise EngineUnavailableError(msg)


@contextmanager
def _telling_of_size() -> Iterator[None]:
    try:
        yield
    except ApiError as error:
        if error.status_code == _TOO_LARGE:
            msg = "a record is larger than http.max_content_length of Elasticsearch"
            raise DocumentRefusedError(msg) from error
        raise
