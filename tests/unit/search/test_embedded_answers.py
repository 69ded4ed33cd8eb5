"""What the embedded index remembers of what it read is what it would read again, whoever wrote meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from search.backends.embedded import EmbeddedIndex
from search.contract import Edge, EdgeKind

KEYS = ("+447700900001", "+447700900002", "name:a:Zoë", "x" * 1_200, "b")
KINDS = (EdgeKind.ADVERT, EdgeKind.NUMBER, EdgeKind.TALK)
EXTRACTIONS = ("ex-1", "ex-2", "ex-3")
QUESTIONS = (None, KEYS[:2], KEYS[1:], KEYS, ("gone",))

EDGES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(KEYS),
        st.sampled_from(("sent", "received")),
        st.sampled_from(("", "t1", "t2")),
        st.integers(1, 3),
    ),
    max_size=8,
)
WRITES = st.lists(st.tuples(st.sampled_from(EXTRACTIONS), EDGES, st.sampled_from(("own", "own", "other", "removed"))))


async def answers(index: EmbeddedIndex) -> list[object]:
    """Return all that may be asked."""
    found: list[object] = []
    for kind in KINDS:
        found += [[edge async for edge in index.edges(kind, keys)] for keys in QUESTIONS]
        for held in (EXTRACTIONS[:1], EXTRACTIONS[1:], EXTRACTIONS):
            found += [[edge async for edge in index.edges(kind, None, held)]]
            found += [[edge async for edge in index.edges(kind, KEYS[:2], held)]]
        found += [[key async for key in index.shared_keys(kind, least)] for least in (1, 2)]
    return found


async def write(writes: list[tuple[str, list[tuple[EdgeKind, str, str, str, int]], str]], path: Path) -> None:
    own, other = EmbeddedIndex(path), EmbeddedIndex(path)
    await own.open()
    await other.open()
    for extraction_id, rows, who in writes:
        edges = [
            Edge(kind=kind, key=key, role=role, other=more, extraction_id=extraction_id, count=count)
            for kind, key, role, more, count in rows
        ]
        if who == "removed":
            await own.remove(extraction_id)
        else:
            await (own if who == "own" else other).put_edges(extraction_id, edges, (), ())
        new = EmbeddedIndex(path)
        await new.open()
        assert await answers(own) == await answers(new)
        await new.close()
    await own.close()
    await other.close()


@settings(max_examples=20, deadline=None)
@given(WRITES)
def test_what_is_remembered_is_what_is_held(
    writes: list[tuple[str, list[tuple[EdgeKind, str, str, str, int]], str]],
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(write(writes, Path(folder) / "index.sqlite"))
