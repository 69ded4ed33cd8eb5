"""What the embedded index remembers of what it read is what it would read again, whoever wrote meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.backends import embedded
from search.backends.embedded import EmbeddedIndex
from search.backends.embedded_merged import Merged, order_of
from search.contract import Edge, EdgeKind, Flare, TemplateEntry

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
TEMPLATES = ("t1", "t2", "x" * 1_200)
BROADCASTS = st.lists(st.tuples(st.sampled_from(TEMPLATES), st.integers(1, 3)), max_size=4)
WRITES = st.lists(
    st.tuples(st.sampled_from(EXTRACTIONS), EDGES, BROADCASTS, st.sampled_from(("own", "own", "other", "removed")))
)
Write = tuple[str, list[tuple[EdgeKind, str, str, str, int]], list[tuple[str, int]], str]


async def answers(index: EmbeddedIndex) -> list[object]:
    """Return all that may be asked."""
    found: list[object] = []
    for kind in KINDS:
        found += [[edge async for edge in index.edges(kind, keys)] for keys in QUESTIONS]
        for held in (EXTRACTIONS[:1], EXTRACTIONS[1:], EXTRACTIONS):
            found += [[edge async for edge in index.edges(kind, None, held)]]
            found += [[edge async for edge in index.edges(kind, KEYS[:2], held)]]
        found += [[key async for key in index.shared_keys(kind, least)] for least in (1, 2)]
    found += [[each async for each in index.flares(held)] for held in (None, EXTRACTIONS[:1])]
    found += [
        [each async for each in index.templates(held)] for held in (None, TEMPLATES[:2], TEMPLATES[1:], ("gone",))
    ]
    return found


def flare(extraction_id: str, template_id: str, count: int) -> Flare:
    return Flare(
        flare_id=f"flare of {template_id}", extraction_id=extraction_id, direction="sent", sender=None,
        template_id=template_id, started_at="2026-01-01T00:00:00.000Z", ended_at="2026-01-01T00:00:00.000Z",
        time_basis="utc", recipient_count=count, message_count=count, variant_count=1, first_record_id="r-1",
        last_record_id="r-2",
    )  # fmt: skip


def entry(extraction_id: str, template_id: str, count: int) -> TemplateEntry:
    return TemplateEntry(template_id=template_id, extraction_id=extraction_id, text="on now", message_count=count)


async def write(writes: list[Write], path: Path) -> None:
    own, other = EmbeddedIndex(path), EmbeddedIndex(path)
    await own.open()
    await other.open()
    for extraction_id, rows, broadcasts, who in writes:
        edges = [
            Edge(kind=kind, key=key, role=role, other=more, extraction_id=extraction_id, count=count)
            for kind, key, role, more, count in rows
        ]
        if who == "removed":
            await own.remove(extraction_id)
        else:
            await (own if who == "own" else other).put_edges(
                extraction_id,
                edges,
                [flare(extraction_id, *each) for each in broadcasts],
                [entry(extraction_id, *each) for each in broadcasts],
            )
        new = EmbeddedIndex(path)
        await new.open()
        assert await answers(own) == await answers(new)
        await new.close()
    await own.close()
    await other.close()


@settings(max_examples=20, deadline=None)
@given(WRITES)
def test_what_is_remembered_is_what_is_held(writes: list[Write]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(write(writes, Path(folder) / "index.sqlite"))


async def ask_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = EmbeddedIndex(path)
    await index.open()
    adverts = [Edge(kind=EdgeKind.ADVERT, key=key, role="sent", extraction_id="ex-1", count=1) for key in KEYS]
    await index.put_edges("ex-1", adverts, [flare("ex-1", "t1", 2)], [entry("ex-1", "t1", 2)])

    async def asked() -> list[object]:
        async def listed(values: AsyncIterator[object]) -> list[object]:
            return [value async for value in values]

        return list(
            await asyncio.gather(
                listed(index.edges(EdgeKind.ADVERT)),
                listed(index.edges(EdgeKind.ADVERT, KEYS[:1])),
                listed(index.shared_keys(EdgeKind.ADVERT, 1)),
                listed(index.flares()),
                listed(index.templates()),
                listed(index.templates(["t1"])),
            )
        )

    before = [await asked() for _ in range(3)]
    look = index._answers.at

    def slowly(version: int) -> None:
        time.sleep(0.02)
        look(version)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the file was read anew")

    monkeypatch.setattr(index._answers, "at", slowly)
    monkeypatch.setattr(embedded, "connect", refused)
    assert await asked() == before[0]
    await index.close()


def test_questions_asked_at_once_are_answered_without_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(ask_at_once(tmp_path / "index.sqlite", monkeypatch))


def test_edges_that_were_merged_are_merged_anew_where_a_part_is_another() -> None:
    def part(extraction_id: str, keys: str) -> list[Edge]:
        return [
            Edge(kind=EdgeKind.NUMBER, key=key, role="sent", extraction_id=extraction_id, count=count)
            for count, key in enumerate(keys)
        ]

    merged = Merged()
    parts = {f"ex-{number:02}": part(f"ex-{number:02}", "acce") for number in range(30)}
    changes = (
        {},
        {"ex-30": part("ex-30", "abccz")},
        {"ex-03": part("ex-03", "bd")},
        {"ex-04": []},
        {f"ex-{number:02}": part(f"ex-{number:02}", "f") for number in range(20)},
    )
    for change in changes:
        parts = {**parts, **change}
        assert merged.of(parts) == sorted((it for held in parts.values() for it in held), key=order_of)
    for gone in ("ex-30", "ex-07"):
        parts = {extraction_id: held for extraction_id, held in parts.items() if extraction_id != gone}
        assert merged.of(parts) == sorted((it for held in parts.values() for it in held), key=order_of)
