"""Which traps a report walked into: a link at moderate or above, a membership, a merge or a split that is false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tests.linkage_score.matching import LineMatch
from tests.linkage_score.measures import MODERATE
from tests.linkage_score.outcome import Outcome, Pair
from tests.linkage_worlds.cast import Trap
from tests.linkage_worlds.truth import Planted, WorldTruth


class TrapResult(msgspec.Struct, frozen=True):
    """One trap and what was asserted that must not be; empty: it was held."""

    name: str
    what: str
    violations: tuple[str, ...]


class TrapChecks:
    """Checks the traps of one world."""

    def __init__(
        self, truth: WorldTruth, outcome: Outcome, lines: Sequence[LineMatch], scores: Mapping[Pair, float]
    ) -> None:
        self._truth = truth
        self._outcome = outcome
        self._lines = lines
        self._scores = scores
        self._links = outcome.links()
        self._line_of = {true.key: true for true in truth.lines}
        self._devices_of: dict[str, set[str]] = {}
        for device_id, phones in outcome.phones_of.items():
            for phone in phones:
                self._devices_of.setdefault(phone, set()).add(device_id)

    def results(self) -> list[TrapResult]:
        """Return every trap with what was wrong."""
        return [
            TrapResult(planted.trap.name, planted.trap.what, tuple(self._violations(planted)))
            for planted in self._truth.traps
        ]

    def _violations(self, planted: Planted) -> Iterator[str]:
        trap = planted.trap
        for (one, other), keys in sorted(planted.pairs.items()):
            score = self._scores.get((one, other), 0.0)
            if score >= MODERATE and self._is_through((one, other), keys):
                yield f"{one} and {other} are linked at {score:.2f}"
        yield from self._line_violations(trap)
        yield from self._member_violations(planted)
        yield from self._number_violations(trap)
        for phone in trap.one_device:
            if len(self._devices_of.get(phone, ())) != 1:
                yield f"{phone} is {len(self._devices_of.get(phone, ()))} devices"
        for one, other in trap.two_devices:
            if self._devices_of.get(one, set()) & self._devices_of.get(other, set()):
                yield f"{one} and {other} are one device"

    def _is_through(self, pair: Pair, keys: frozenset[str]) -> bool:
        """Whether the link of the pair stands on a line that holds one of the true lines, or on no line at all."""
        line_ids = set(self._links[pair]["line_ids"]) if pair in self._links else set()
        return not keys or not line_ids or any(m.holds & keys for m in self._lines if m.line["line_id"] in line_ids)

    def _line_violations(self, trap: Trap) -> Iterator[str]:
        for one, other in trap.apart_lines:
            for match in self._lines:
                if {one, other} <= match.holds:
                    yield f"{one} and {other} are one line, {match.line['name']}"
        for key in trap.whole_lines:
            pieces = [match for match in self._lines if key in match.holds]
            if len(pieces) > 1:
                yield f"{key} is {len(pieces)} lines: {', '.join(str(match.line['name']) for match in pieces)}"

    def _member_violations(self, planted: Planted) -> Iterator[str]:
        for phone, key in planted.outsiders:
            for match in self._lines:
                if key in match.holds and any(
                    phone in self._outcome.phones(row["device_id"]) and row["relation"] != "mentions_line"
                    for row in match.line["devices"]
                ):
                    yield f"{phone} is a member of {key}"

    def _number_violations(self, trap: Trap) -> Iterator[str]:
        for match in self._lines:
            for number in match.line["numbers"]:
                if number["number"] in trap.not_numbers:
                    yield f"{number['number']} is a number of the line {match.line['name']}"
                pair = (number["succeeds"], number["number"])
                if pair in trap.no_succession:
                    yield f"{pair[1]} succeeds {pair[0]}"
