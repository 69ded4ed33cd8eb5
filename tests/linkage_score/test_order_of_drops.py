"""Whatever order drops come in, and whatever comes twice or is taken out again, the report is the same bytes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from search.backends.embedded import EmbeddedIndex
from search.contract import ExtractionEntry, Index
from search.linkage.extraction.edges import Collected
from search.reports.build import build_report, report_bytes
from tests.fakes.index_loads import MadeLoad
from tests.fakes.memory_index import MemoryIndex
from tests.linkage_score.degraded import DegradedFindings
from tests.linkage_score.in_memory import extraction_of
from tests.linkage_worlds.seizure import hold
from tests.linkage_worlds.truth import truth_of
from tests.linkage_worlds.world import make_world

Made = tuple[ExtractionEntry, Collected]


def phones_of(seed: int) -> list[Made]:
    """Return the phones of a world as a poor analysis leaves them: ties and doubts of every kind are in it."""
    world = make_world(seed)
    held = hold(world)
    findings = DegradedFindings(world, truth_of(world, held))
    return [extraction_of(each, findings, {}) for each in held]


async def report_of(index: Index) -> bytes:
    return report_bytes(await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z"))


async def drop(index: Index, made: Made) -> None:
    entry, collected = made
    await index.load(MadeLoad(entry, (), collected.edges, collected.flares, collected.templates))


async def from_nothing(phones: Sequence[Made]) -> bytes:
    index = MemoryIndex()
    for made in phones:
        await drop(index, made)
    return await report_of(index)


@pytest.mark.parametrize("seed", [2, 11])
async def test_the_report_after_each_drop_is_that_of_an_index_made_from_nothing(seed: int, tmp_path: Path) -> None:
    phones = phones_of(seed)
    chance = random.Random(seed)
    chance.shuffle(phones)
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    await index.open()
    third = len(phones) // 3
    for place, made in enumerate(phones):
        await drop(index, made)
        if place in {third, 2 * third, len(phones) - 1}:
            held = phones[: place + 1]
            chance.shuffle(held)
            assert await report_of(index) == await from_nothing(held)
    await drop(index, phones[0])  # the same once more
    await index.remove(phones[1][0].extraction_id)
    assert await report_of(index) == await from_nothing([*phones[2:], phones[0]])
    await index.close()
