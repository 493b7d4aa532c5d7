"""The connection to the cluster, and its errors in our words."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, TransportError

from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.settings import IndexerSettings

_TIMEOUT_S: Final = 60.0
_CONNECTIONS: Final = 16
_BUSY: Final = (429, 502, 503, 504)


@lru_cache(maxsize=4)
def connected(settings: IndexerSettings) -> Elasticsearch:
    """The client of this process for the cluster of ``settings``; safe to use from many threads.

    A call that reaches no node, or a node that is too busy, is made again at the next one: all
    that is written carries versions, so that nothing is done twice.
    """
    return Elasticsearch(
        list(settings.elasticsearch_urls),
        api_key=settings.elasticsearch_api_key or None,
        ca_certs=str(settings.elasticsearch_ca) if settings.elasticsearch_ca else DEFAULT,
        connections_per_node=_CONNECTIONS,
        request_timeout=_TIMEOUT_S,
        max_retries=max(3, 2 * len(settings.elasticsearch_urls)),
        retry_on_status=_BUSY,
        retry_on_timeout=True,
    )


@contextmanager
def telling_errors() -> Iterator[None]:
    """Raise what the client raises as errors of ours.

    Raises:
        EngineUnavailableError: No node answered, or the cluster refused; with its words, which hold
            names of indexes and fields and no text of records.
    """
    try:
        yield
    except ApiError as error:
        msg = f"Elasticsearch refused: {error.status_code} {error.message}"
        raise EngineUnavailableError(msg) from error
    except TransportError as error:
        msg = f"Elasticsearch does not answer: {error.message}"
        raise EngineUnavailableError(msg) from error
