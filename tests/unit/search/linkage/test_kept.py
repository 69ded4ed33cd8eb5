"""What is kept from one linkage to the next changes nothing but the time: phones come, change and go in any order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from search.backends.embedded import EmbeddedIndex
from search.linkage.decisions import Decision, LineKey, SenderKey, Verdict
from search.linkage.kept import Kept
from search.linkage.linkage import compute_linkage
from search.reports.build import build_report, report_bytes
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, finding, index_of, moved_from, moved_to, number, offer

LINES = ("Rico", "Rico Town", "Jay", None)
WORDINGS = ("{line} on both 3 for 25", "{line} is open all night bell me", "back on {line} same deals", "on one")
NUMBERS = range(8)
TOLD = (lambda line: moved_to(number(2), line), lambda line: moved_from(number(1), line))


def made_up(seed: int, count: int = 7) -> list[Phone]:
    """Return phones with adverts of lines, changes of number, orders, talk, contacts and a wrong clock or two."""
    chance = random.Random(seed)
    phones = [Phone(f"A/{place}", 100 + place if chance.random() < 0.8 else None) for place in range(count)]
    for phone in phones:
        if chance.random() < 0.3:
            phone.own = number(chance.choice(NUMBERS))
    for _ in range(chance.randint(6, 18)):
        _add_broadcast(chance, phones)
    for _ in range(10):
        phone, party = chance.choice(phones), number(chance.choice((*NUMBERS, 100, 101, 103)))
        day = None if chance.random() < 0.1 else chance.uniform(0, 60)
        said = finding(chance.choice(("u about", "can i get 2", "see you at nans", "ring me")))
        phone.text(party, day, said, sent=chance.random() < 0.5)
        if chance.random() < 0.3:
            phone.call(party, day, made=True)
        if chance.random() < 0.3:
            phone.save(party, chance.choice(("Rico", "Jay new", "Taxi Jo")))
    return phones


def _add_broadcast(chance: random.Random, phones: Sequence[Phone]) -> None:
    line, sender = chance.choice(LINES), number(chance.choice(NUMBERS))
    day = chance.choice((chance.uniform(0, 60), chance.uniform(200, 230)))
    said = offer(line, chance.choice(WORDINGS))
    if chance.random() < 0.2:
        said = chance.choice(TOLD)(line)
    elif chance.random() < 0.2:
        said = finding(f"{chance.choice(WORDINGS)} {chance.randint(1, 3)}")
    got = chance.sample(list(phones), chance.randint(1, len(phones)))
    for phone in got:
        late = 0.0 if chance.random() < 0.9 else 400.0
        if phone.own != sender:
            shown = sender if chance.random() < 0.9 else None
            phone.text(shown, day + late, said, sent=False, name=None if shown else "Rico", service="sms")
        else:
            phone.text([number(300 + place) for place in range(12)] + [number(101)], day, said, sent=True)


class CheckedKept(Kept):
    """Makes anew what it has kept, and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0

    def made(self, make: Callable[..., Any], name: Hashable, *given: Any, **named: Any) -> Any:  # type: ignore[override]
        before = self._before.get((make, name))
        made = super().made(make, name, *given, **named)
        if before is not None and made is before[2]:
            self.hits += 1
            assert are_alike(made, make(*given, **named)), (make, name)
        return made


NO_PART_OF_A_THING = frozenset({"place", "message_counts", "has_number", "_records_of_names"})
"""What differs between two that are made of the same: where a spell stands, and what was asked of it."""


def are_alike(one: Any, other: Any) -> bool:
    """Whether two things are the same to the last part, those too that are equal to themselves alone."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(are_alike, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(are_alike(held, other[key]) for key, held in one.items())
    if not type(one).__module__.startswith("search.linkage") or isinstance(one, str):
        return bool(one == other)
    if isinstance(one, msgspec.Struct):
        names: Sequence[str] = one.__struct_fields__
    else:
        names = getattr(type(one), "__slots__", None) or sorted(vars(one).keys() - NO_PART_OF_A_THING)
    return all(are_alike(getattr(one, name), getattr(other, name)) for name in names)


def decision(verdict: Verdict, *senders: str) -> Decision:
    """What a person decided about the lines of these numbers."""
    keys = [SenderKey(sender=sender, first_at=None, last_at=None) for sender in senders]
    lines = tuple(LineKey(senders=(key,), label=key.sender) for key in keys)
    return Decision(
        decision_id=f"dc-{verdict}", verdict=verdict, lines=lines, note="as briefed",
        decided_at="2024-06-01T00:00:00.000Z", decided_by="dc 1234",
    )  # fmt: skip


async def put(index: EmbeddedIndex | MemoryIndex, phone: Phone) -> None:
    collected = phone.collected()
    await index.put_entries([phone.entry()])
    await index.put_edges(phone.extraction_id, collected.edges, collected.flares, collected.templates)


async def add_one_by_one(phones: Sequence[Phone], path: Path) -> None:
    """Link after each phone, and after one that came again and one that went, as kept and anew."""
    index, kept = EmbeddedIndex(path), CheckedKept()
    await index.open()
    for phone in phones:
        await put(index, phone)
        assert await compute_linkage(index, kept=kept) == await compute_linkage(index, kept=Kept())
    report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
    held = await index_of(list(phones))
    anew = await build_report(held, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
    assert report_bytes(report) == report_bytes(anew)
    phones[0].text(number(1), 12, offer("Jay"), sent=False)
    await put(index, phones[0])
    assert await compute_linkage(index, kept=kept) == await compute_linkage(index, kept=Kept())
    for decided in ((decision(Verdict.REJECT, number(1)),), (decision(Verdict.SPLIT, number(1), number(2)),), ()):
        assert await compute_linkage(index, decisions=decided, kept=kept) == await compute_linkage(
            index, decisions=decided, kept=Kept()
        )
    await index.remove(phones[-1].extraction_id)
    assert await compute_linkage(index, kept=kept) == await compute_linkage(index, kept=Kept())
    assert kept.hits > 0
    await index.close()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(7)))
def test_a_refresh_states_what_linkage_from_nothing_states(seed: int, order: list[int]) -> None:
    phones = made_up(seed)
    with TemporaryDirectory() as folder:
        asyncio.run(add_one_by_one([phones[place] for place in order], Path(folder) / "index.sqlite"))


def test_what_is_made_of_the_same_is_made_once() -> None:
    kept, made = Kept(), []

    def make(*given: object) -> object:
        made.append(given)
        return object()

    first = kept.made(make, "a", 1)
    kept.end()
    assert kept.made(make, "a", 1) is first
    assert made == [(1,)]
    assert kept.made(make, "a", 2) is not first
    assert kept.made(make, "b", 2) is not kept.made(make, "a", 2)


def test_what_a_linkage_did_not_ask_for_is_forgotten_at_its_end() -> None:
    kept = Kept()
    first = kept.made(object, "a")
    kept.end()
    kept.end()
    assert kept.made(object, "a") is not first


async def test_a_linkage_that_is_under_way_shares_nothing_with_another() -> None:
    index = await index_of(made_up(3))
    one, other = await asyncio.gather(compute_linkage(index), compute_linkage(index))
    assert one == other == await compute_linkage(index)
