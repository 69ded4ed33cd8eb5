"""A loopback proxy before the real server that does to requests what networks and busy clusters do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum

import orjson
from aiohttp import ClientSession, web


class Fault(StrEnum):
    """What happens to a request."""

    NONE = "none"
    BUSY = "busy"
    """Refused whole, status 429."""
    HALF_BUSY = "half_busy"
    """The first half of a bulk is applied, the second is answered with 429, item by item."""
    FLOODED = "flooded"
    """As half busy, but for a full disk: the same status, another type (as 8.19 answers it)."""
    DROPPED_AFTER = "dropped_after"
    """Applied, and the connection closed without an answer."""
    TOO_LARGE = "too_large"
    UNAUTHORISED = "unauthorised"


class FaultyProxy:
    """Passes requests on, but for what ``decide`` says of each.

    Attributes:
        decide: Called with the request and its body; by default nothing goes wrong.
        headers_seen: Headers of every request.
        faults: How often each fault was done.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self.url = ""
        self.decide: Callable[[web.Request, bytes], Fault] = lambda _request, _body: Fault.NONE
        self.headers_seen: list[dict[str, str]] = []
        self.faults: dict[Fault, int] = dict.fromkeys(Fault, 0)

    async def answer(self, request: web.Request, session: ClientSession) -> web.StreamResponse:
        body = await request.read()
        self.headers_seen.append(dict(request.headers))
        fault = self.decide(request, body)
        self.faults[fault] += 1
        if fault is Fault.BUSY:
            return _refusal(429, "es_rejected_execution_exception")
        if fault is Fault.TOO_LARGE:
            return _refusal(413, "")
        if fault is Fault.UNAUTHORISED:
            return _refusal(401, "security_exception")
        if fault is Fault.HALF_BUSY:
            return await self._half(request, body, session, "es_rejected_execution_exception")
        if fault is Fault.FLOODED:
            return await self._half(request, body, session, "cluster_block_exception")
        response = await self._pass_on(request, body, session)
        if fault is Fault.DROPPED_AFTER and request.transport is not None:
            request.transport.close()
        return response

    async def _pass_on(self, request: web.Request, body: bytes, session: ClientSession) -> web.Response:
        kept = {name: value for name, value in request.headers.items() if name.lower() in {"accept", "content-type"}}
        address = f"{self._target}{request.path_qs}"
        async with session.request(request.method, address, data=body, headers=kept) as answer:
            headers = {"X-Elastic-Product": "Elasticsearch", "Content-Type": answer.headers["Content-Type"]}
            return web.Response(status=answer.status, body=await answer.read(), headers=headers)

    async def _half(self, request: web.Request, body: bytes, session: ClientSession, kind: str) -> web.Response:
        lines = body.splitlines(keepends=True)
        pairs = len(lines) // 2
        taken = pairs // 2
        response = await self._pass_on(request, b"".join(lines[: taken * 2]), session)
        assert isinstance(response.body, bytes)
        answer = orjson.loads(response.body)
        refused = [
            {
                "index": {
                    "_id": orjson.loads(line)["index"]["_id"],
                    "status": 429,
                    "error": {"type": kind},
                }
            }
            for line in lines[taken * 2 :: 2]
        ]
        made: dict[str, object] = {"errors": True}
        if "items" in request.query["filter_path"]:
            made["items"] = [*answer.get("items", []), *refused]
        return web.json_response(made, headers={"X-Elastic-Product": "Elasticsearch"})


def _refusal(status: int, kind: str) -> web.Response:
    body = {"error": {"type": kind, "reason": "by the proxy"}, "status": status}
    return web.json_response(body, status=status, headers={"X-Elastic-Product": "Elasticsearch"})


@asynccontextmanager
async def faulty_proxy(target: str) -> AsyncIterator[FaultyProxy]:
    """Run a proxy before the server at the address."""
    proxy = FaultyProxy(target)
    async with ClientSession() as session:

        async def answer(request: web.Request) -> web.StreamResponse:
            return await proxy.answer(request, session)

        application = web.Application(client_max_size=2**30)
        application.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        proxy.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield proxy
        finally:
            await runner.cleanup()
