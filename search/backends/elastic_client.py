"""One request to the cluster: the only place that touches the client, its exceptions and its retries.

The client's own retries are off: they come three in ten milliseconds, without a pause. Its exceptions are never passed
on, for some carry the documents of a request. ``info()`` and ``ping()`` are never called.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch, OrjsonSerializer, UnsupportedProductError

from search.backends.elastic_settings import ElasticSettings
from search.errors import AccessRefused, IndexBlocked, IndexMissing, IndexUnreachable, SearchError

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
_READ_PATIENCE_SECONDS = 5.0
_JSON = {"accept": "application/json", "content-type": "application/json"}
_NDJSON = {"accept": "application/json", "content-type": "application/x-ndjson"}

Answer = Mapping[str, Any]


class Overloaded(IndexUnreachable):
    """The cluster is there and asks us to come again later."""


class VersionConflict(SearchError):  # the name says what is the matter
    """The document was written by somebody else since we read it."""


class RequestTooLarge(SearchError):  # the name says what is the matter
    """The cluster takes no request of this size."""


class DocumentMissing(SearchError):  # the name says what is the matter
    """The index is there, the document is not."""


_BY_STATUS: Mapping[int, type[SearchError]] = {
    401: AccessRefused,
    403: AccessRefused,
    409: VersionConflict,
    413: RequestTooLarge,
    429: Overloaded,
    502: Overloaded,
    503: Overloaded,
    504: Overloaded,
}
_SAYS: Mapping[int, str] = {
    401: "refuses our credentials for",
    403: "gives us no right to",
    429: "is too busy for",
    503: "is not ready for",
}


class Cluster:
    """A connection to the cluster. Bound to one event loop; must be closed."""

    def __init__(self, settings: ElasticSettings) -> None:
        self.settings = settings
        self._client: AsyncElasticsearch | None = None

    def open(self) -> None:
        """Make the client; nothing is sent yet."""
        if self._client is not None:
            return
        settings = self.settings
        options: dict[str, Any] = {}
        if settings.username is not None:
            options["basic_auth"] = (settings.username, settings.password or "")
        if settings.api_key is not None:
            options["api_key"] = settings.api_key
        if settings.ca_cert is not None:
            options["ca_certs"] = str(settings.ca_cert)
        self._client = AsyncElasticsearch(
            [url.strip() for url in settings.url.split(",")],
            serializer=OrjsonSerializer(),
            max_retries=0,
            retry_on_timeout=False,
            request_timeout=settings.request_seconds,
            **options,
        )

    async def close(self) -> None:
        """Close the client. Safe to call twice."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def once(
        self, method: str, path: str, params: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send one request, once. Bytes are sent as they are, as lines of JSON.

        Raises:
            IndexUnreachable: The cluster does not answer, is overloaded, refuses us, or lacks the index.
            SearchError: It refuses the request, with the reason's type and nothing of its content.
        """
        if self._client is None:
            raise IndexUnreachable("the index is not open")
        headers = _NDJSON if isinstance(body, bytes) else _JSON
        try:
            answer = await self._client.perform_request(method, path, params=params, headers=headers, body=body)
        except ApiError as exc:
            # Its text can quote the query or a document: status and type are all that may go on.
            raise _named(method, path, exc) from None
        except UnsupportedProductError:
            raise IndexUnreachable("what answers at this address is not Elasticsearch") from None
        except TransportError as exc:
            raise IndexUnreachable(f"Elasticsearch does not answer ({type(exc).__name__})") from None
        found: Answer = answer.body if isinstance(answer.body, dict) else {}
        return found

    async def read(
        self, method: str, path: str, params: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send a request that only reads; try again for a few seconds."""
        return await patiently(lambda: self.once(method, path, params, body), _READ_PATIENCE_SECONDS)

    async def write(
        self, method: str, path: str, params: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send a request that may be applied twice without harm; try again as long as the settings say."""
        return await patiently(lambda: self.once(method, path, params, body), self.settings.patience_seconds)


async def patiently(request: Callable[[], Awaitable[Answer]], patience_seconds: float) -> Answer:
    """Return the request's answer, trying again while the cluster is away or overloaded."""
    deadline = time.monotonic() + patience_seconds
    attempt = 0
    while True:
        try:
            return await request()
        except (IndexMissing, IndexBlocked, AccessRefused):
            raise
        except IndexUnreachable:
            pause = pause_seconds(attempt)
            if time.monotonic() + pause > deadline:
                raise
        attempt += 1
        await asyncio.sleep(pause)


def pause_seconds(attempt: int) -> float:
    """Return how long to wait before the next attempt; jittered, so that several loaders do not come in step."""
    longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2**attempt)
    return random.uniform(longest / 2, longest)  # noqa: S311 - a pause is no secret


def _named(method: str, path: str, exc: ApiError) -> SearchError:
    status, kind = exc.meta.status, _error_type(exc.body)
    where = f"{method} {path.partition('?')[0]}"
    if "cluster_block" in kind:
        return IndexBlocked(f"Elasticsearch has blocked writes ({where}): its disk is full or the index is read-only")
    if status == 404 and kind == "index_not_found_exception":
        return IndexMissing(f"Elasticsearch has no such index or alias ({where}): it was deleted or never made")
    if status == 404 and isinstance(exc.body, dict) and exc.body.get("found") is False:
        return DocumentMissing(where)
    made = _BY_STATUS.get(status, SearchError)
    return made(f"Elasticsearch {_SAYS.get(status, 'refused')} {where}: status {status} {kind}")


def _error_type(body: object) -> str:
    if not isinstance(body, dict):
        return ""
    error = body.get("error")
    if not isinstance(error, dict):
        return str(error or "")[:100]
    roots = error.get("root_cause") or [{}]
    kind = str(error.get("type", ""))
    if kind == "search_phase_execution_exception" and roots:
        return str(roots[0].get("type", kind))
    return kind
