"""What a right linkage report says of a world, as the project's measures define it.

Worked out from what the phones hold; nothing that the service reads or states goes into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import combinations

import msgspec

from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.cast import Phone, Trap
from tests.linkage_worlds.happenings import FORWARDED
from tests.linkage_worlds.seizure import Held
from tests.linkage_worlds.truth_of_flares import FlareTruth, flares_of
from tests.linkage_worlds.truth_of_lines import LineTruth, lines_of

Pair = tuple[str, str]
_NO_LINE = frozenset(("no line",))
"""Stands for no line's key: a link through any line is another mistake."""


class TextTruth(msgspec.Struct, frozen=True):
    """What one distinct text is: ``wording`` None: it was written for one person; ``names``: the brand in it."""

    is_advert: bool
    wording: str | None
    names: str | None


class Planted(msgspec.Struct, frozen=True, kw_only=True):
    """A trap whose pairs of phones are worked out: none of them is in one line.

    Attributes:
        pairs: Pairs of phones that must not be linked at moderate or above, each with the lines that might tempt to
            link it; a link through another line is another mistake. No line: whatever the reason.
        outsiders: Phone and line of which it must not be a member.
    """

    trap: Trap
    pairs: Mapping[Pair, frozenset[str]]
    outsiders: tuple[tuple[str, str], ...]


class WorldTruth(msgspec.Struct, frozen=True, kw_only=True):
    """The truth of a world.

    Attributes:
        linked: Pairs of phones that are members of one line, each in order.
        undecidable: Pairs that belong together in a way that the phones held cannot show; they are not scored.
    """

    seed: int
    regime: str
    phones: Mapping[str, Phone]
    lines: tuple[LineTruth, ...]
    flares: tuple[FlareTruth, ...]
    linked: frozenset[Pair]
    undecidable: frozenset[Pair]
    traps: tuple[Planted, ...]
    texts: Mapping[str, TextTruth]
    message_count: int

    def pairs(self) -> list[Pair]:
        """Return every pair of phones that is scored, in order."""
        return [pair for pair in combinations(sorted(self.phones), 2) if pair not in self.undecidable]


def truth_of(world: WorldBuilder, everything: list[Held]) -> WorldTruth:
    """Return the truth of a world whose phones hold this."""
    lines = tuple(lines_of(world, everything))
    phones = {held.phone.key: held.phone for held in everything}
    linked = frozenset(pair for line in lines for pair in combinations(sorted(line.members), 2))
    belonging = {pair for line in lines for pair in combinations(sorted({*line.members, *line.unknowable}), 2)}
    return WorldTruth(
        seed=world.seed,
        regime=world.regime.name,
        phones=phones,
        lines=lines,
        flares=tuple(flare for held in everything for flare in flares_of(world, held)),
        linked=linked,
        undecidable=frozenset(belonging - linked),
        traps=tuple(_planted(trap, lines, frozenset(belonging)) for trap in world.traps),
        texts=_texts(everything),
        message_count=sum(1 for held in everything for _ in held.every_text()),
    )


def _planted(trap: Trap, lines: tuple[LineTruth, ...], linked: frozenset[Pair]) -> Planted:
    members = {line.key: {*line.members, *line.unknowable} for line in lines}
    outsiders = [*trap.outsiders, *((phone, key) for phone in trap.strangers for key in members)]
    outsiders = [(phone, key) for phone, key in outsiders if phone not in members.get(key, ())]
    pairs: dict[Pair, frozenset[str]] = {_ordered(one, other): frozenset() for one, other in trap.apart_pairs}
    pairs |= {_ordered(one, other): _NO_LINE for one, other in trap.apart_without_line}
    for phone, key in outsiders:
        for other in members.get(key, ()):
            pairs[_ordered(phone, other)] = pairs.get(_ordered(phone, other), frozenset()) | {key}
    for one, other in trap.apart_lines:
        for a in members.get(one, ()):
            pairs |= {_ordered(a, b): frozenset((one, other)) for b in members.get(other, ()) if a != b}
    return Planted(
        trap=trap,
        pairs={pair: keys for pair, keys in pairs.items() if pair not in linked},
        outsiders=tuple(outsiders),
    )


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _texts(everything: list[Held]) -> dict[str, TextTruth]:
    """Return what each distinct text is; one that is an advert anywhere is one, whoever forwards it."""
    found: dict[str, TextTruth] = {}
    for held in everything:
        for text in held.every_text():
            said = held.said[text.key]
            wording = said.wording or ""
            is_advert = said.line is not None or wording.startswith(FORWARDED)
            if text.body and (text.body not in found or is_advert):
                found[text.body] = TextTruth(is_advert, wording.removeprefix(FORWARDED) or None, said.names)
    return found


def moment_text(at: datetime | None) -> str:
    """Return an instant for people."""
    return "-" if at is None else f"{at:%Y-%m-%d %H:%M}"
