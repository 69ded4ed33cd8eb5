"""The wordings of each line as its own numbers and phones sent them: how many copies are held, on which phones.

A wording is one over everything held, and people write like lines ("its Karen, my new number is ..."): what is said of
a line counts the line's own texts alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, EdgeKind
from search.linkage.attribution.index_reading import KEYS_A_READ
from search.linkage.instants import days_between
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX
from search.linkage.model import Line, PlacedFlare, Relation
from search.reports.line_source import LineSource


class Wording(msgspec.Struct):
    """One wording of a line: its copies, the devices that hold them, and records with the device and the instant."""

    count: int = 0
    device_ids: set[str] = msgspec.field(default_factory=set)
    records: list[tuple[str, str, str]] = msgspec.field(default_factory=list)

    def add(self, count: int, device_id: str, records: Iterable[tuple[str, str]]) -> None:
        """Count copies on a device; ``records`` are ids of some, each with its instant, which may be empty."""
        self.count += count
        self.device_ids.add(device_id)
        self.records += [(record_id, at, device_id) for record_id, at in records]


class LineWordings:
    """Finds the wordings of lines.

    Args:
        source: What the report shows of an index.
        copies: How many messages each device holds of each group.
    """

    def __init__(
        self,
        source: LineSource,
        copies: Mapping[tuple[str, str], int],
    ) -> None:
        self._index, self._window = source.index, source.window
        self._device_of, self._groups = source.device_of, source.groups
        self._copies = copies

    async def of_lines(
        self, lines: Sequence[Line], flares: Mapping[str, Sequence[PlacedFlare]]
    ) -> dict[str, dict[str, Wording]]:
        """Return by line id the wordings by the id of their group; ``flares``: those of each line."""
        by_number = await self._by_number(lines)
        unnumbered = await self._unnumbered(lines)
        found: dict[str, dict[str, Wording]] = {}
        for line in lines:
            wordings: dict[str, Wording] = defaultdict(Wording)
            for edge in (*self._of_numbers(line, by_number), *unnumbered.get(line.line_id, ())):
                # of the records of an edge the first one alone has an instant that is known here
                records = [(name, (edge.first_at or "") if place == 0 else "")
                           for place, name in enumerate(edge.record_ids)]  # fmt: skip
                device_id = self._device_of[edge.extraction_id]
                wordings[self._groups.of(edge.other)].add(edge.count, device_id, records)
            self._add_flares(wordings, flares.get(line.line_id, ()))
            found[line.line_id] = dict(wordings)
        return found

    def _add_flares(self, wordings: dict[str, Wording], flares: Iterable[PlacedFlare]) -> None:
        """Add what counts as an advert by how it came alone, which has no edge."""
        counted = {(key, device_id) for key, wording in wordings.items() for device_id in wording.device_ids}
        added: Counter[tuple[str, str]] = Counter()
        for placed in flares:
            flare, key = placed.flare, self._groups.of(placed.flare.template_id)
            place = (key, placed.device_id)
            # a broadcast holds messages in other wordings too, and has the name of one of them
            count = min(flare.message_count, self._copies.get(place, 0) - added[place])
            if place not in counted and count > 0:
                added[place] += count
                wordings[key].add(count, placed.device_id, [(flare.first_record_id, flare.started_at)])

    async def _by_number(self, lines: Sequence[Line]) -> Mapping[str, Sequence[Edge]]:
        numbers = sorted({number.number for line in lines for number in line.numbers})
        found: dict[str, list[Edge]] = defaultdict(list)
        for start in range(0, len(numbers), KEYS_A_READ):
            async for edge in self._index.edges(EdgeKind.ADVERT, numbers[start : start + KEYS_A_READ]):
                if edge.extraction_id in self._device_of:
                    found[edge.key].append(edge)
        return found

    def _of_numbers(self, line: Line, adverts: Mapping[str, Sequence[Edge]]) -> Iterable[Edge]:
        wanted = frozenset(line.template_ids)
        seen: set[str] = set()
        for number in line.numbers:
            is_first_use = number.number not in seen
            seen.add(number.number)
            for edge in adverts.get(number.number, ()):
                if edge.other not in wanted or not self._window.holds(edge.first_at, edge.last_at):
                    continue
                # what is undated stands once, at the first use
                is_undated = edge.first_at is None and not is_first_use
                if not is_undated and lies_in(edge.first_at, number.first_seen_at, number.last_seen_at, 0):
                    yield edge

    async def _unnumbered(self, lines: Sequence[Line]) -> Mapping[str, Sequence[Edge]]:
        """Return adverts on phones of a line whose sender shows no number there, where they fit one line alone."""
        lines_of: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in lines:
            for row in line.devices:
                if row.relation is Relation.SENT_ADVERTS:
                    lines_of[row.device_id, OWN_PREFIX].append(line)
                elif row.relation is Relation.RECEIVED_ADVERTS:
                    lines_of[row.device_id, NAME_PREFIX].append(line)
        devices = {device_id for device_id, _ in lines_of}
        extractions = sorted(name for name, device_id in self._device_of.items() if device_id in devices)
        found: dict[str, list[Edge]] = defaultdict(list)
        if not extractions:
            return found
        async for edge in self._index.edges(EdgeKind.ADVERT, None, extractions):
            shown = next((prefix for prefix in (OWN_PREFIX, NAME_PREFIX) if edge.key.startswith(prefix)), "")
            fitting = [
                line
                for line in lines_of.get((self._device_of[edge.extraction_id], shown), ())
                if edge.other in line.template_ids and lies_in(edge.first_at, line.first_seen_at, line.last_seen_at, 0)
            ]
            if len(fitting) == 1 and self._window.holds(edge.first_at, edge.last_at):
                found[fitting[0].line_id].append(edge)
        return found


def lies_in(at: str | None, first: str | None, last: str | None, around: float) -> bool:
    """Whether an instant lies in a period or so many days around it; what is not dated does."""
    if at is None or first is None or last is None:
        return True
    return days_between(first, at) >= -around and days_between(at, last) >= -around
