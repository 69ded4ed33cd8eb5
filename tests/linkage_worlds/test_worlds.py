"""The worlds are the same every time, hold every trap, and their truth keeps the measures' own rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.demo.truth import Travel
from tests.linkage_worlds.cast import FURTHER_TRAPS, TRAPS
from tests.linkage_worlds.chance import bank_of
from tests.linkage_worlds.files import write_world
from tests.linkage_worlds.regimes import FINAL_SEEDS_FROM, REGIMES_IN_ALL
from tests.linkage_worlds.seizure import hold
from tests.linkage_worlds.truth import WorldTruth, truth_of
from tests.linkage_worlds.world import make_world

SEEDS = tuple(range(REGIMES_IN_ALL))
DRAMA = re.compile(r"\+447700900\d{3}|\+441632960\d{3}|\+442079460\d{3}")


@pytest.fixture(scope="module")
def truths() -> list[WorldTruth]:
    worlds = [make_world(seed) for seed in SEEDS]
    return [truth_of(world, hold(world)) for world in worlds]


def test_a_seed_gives_one_world(tmp_path: Path) -> None:
    content = []
    for run in ("a", "b"):
        everything = hold(make_world(1))
        deliveries = write_world(tmp_path / run, 1, everything)
        files = sorted(path for path in (tmp_path / run).rglob("*") if path.is_file())
        content.append((deliveries, [path.read_bytes() for path in files]))
    assert content[0] == content[1]


def test_every_trap_is_planted(truths: list[WorldTruth]) -> None:
    planted = {trap.trap.name for truth in truths for trap in truth.traps}
    assert planted == {*TRAPS, *FURTHER_TRAPS}


def test_no_trap_forbids_what_is_true(truths: list[WorldTruth]) -> None:
    for truth in truths:
        members = {line.key: line.members for line in truth.lines}
        for planted in truth.traps:
            assert not planted.pairs.keys() & truth.linked
            assert [(phone, key) for phone, key in planted.outsiders if phone in members.get(key, {})] == []
            assert set(planted.trap.outsiders) <= set(planted.outsiders), planted.trap
            successions = {pair for line in truth.lines for pair in line.possible_successions}
            assert not successions.intersection(planted.trap.no_succession)


def test_worlds_are_of_a_size_to_measure_on(truths: list[WorldTruth]) -> None:
    for truth in truths:
        assert 40 <= len(truth.phones) <= 65
        assert 2_000 <= truth.message_count <= 15_000
        assert sum(line.is_required for line in truth.lines) >= 3
        assert truth.linked


def test_small_sendings_and_pauses_are_there(truths: list[WorldTruth]) -> None:
    """The measure is only tested by what nearly is a broadcast."""
    sent = [flare for truth in truths for flare in truth.flares if flare.direction == "sent"]
    assert min(flare.recipients for flare in sent) == 10
    assert max(flare.recipients for flare in sent) > 100
    assert any((flare.last - flare.first).total_seconds() > 3600 for flare in sent)


def test_numbers_are_from_the_drama_ranges() -> None:
    world = make_world(1)
    everybody = {number for said in world.log.said for number in (said.sender, *said.recipients) if number[0] == "+"}
    assert [number for number in everybody if not DRAMA.fullmatch(number)] == []


def test_the_banks_share_nothing() -> None:
    first, second, final = bank_of(0), bank_of(1), bank_of(FINAL_SEEDS_FROM)
    for one, other in ((first, second), (first, final), (second, final)):
        assert not {*one.names, *one.words} & {*other.names, *other.words}
        for group in ("OFFERS", "OFF_NOTICES", "CHANGES_FROM_OLD", "CHANGES_FROM_NEW", "CHANGES_UNNAMED", "WARNINGS"):
            assert not set(getattr(one.adverts, group)) & set(getattr(other.adverts, group))
    for development in (first, second):
        assert not set(development.ham) & set(final.ham)


def test_what_a_phone_holds_ends_with_its_seizure() -> None:
    for held in hold(make_world(0)):
        for text in held.every_text():
            said = held.said[text.key]
            own = held.phone.number_at(said.at)
            assert held.phone.since <= said.at <= held.phone.until
            assert (said.sender == own) is (text.travel is Travel.OUT)
