"""The rows of one line in the making: what each device has to do with it, by number, with the edges behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.contract import Edge
from search.linkage.attribution.senders import Evidenced, Resent
from search.linkage.extraction.edge_table import first_and_last, merged_record_ids
from search.linkage.instants import days_between, earliest, latest
from search.linkage.joining.groups import ANNOUNCED_ONLY_DAYS
from search.linkage.keys import TRAFFIC_ROLES, Role, is_number
from search.linkage.model import LineDevice, Mention, NumberShare, Relation
from search.linkage.unjoined import Unjoined

Row = tuple[str, Relation]
Recovered = dict[Row, Counter[str | None]]
"""How many adverts of each row the analysis took for none, by number."""


class RelationRows:
    """Rows by device and relation."""

    def __init__(self) -> None:
        self._edges: dict[Row, dict[str | None, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        self._mentions: dict[str, set[Mention]] = defaultdict(set)
        self._proven: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._after: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        self._ended: dict[str, str] = {}
        self._late_days: dict[tuple[str, str], float] = {}
        self._unjoined: dict[Row, dict[str, tuple[Resent, list[Evidenced]]]] = defaultdict(dict)

    def add(self, device_id: str, relation: Relation, number: str | None, edges: Iterable[Edge] = ()) -> None:
        """Add edges to a row. ``number`` is the line's number that they are of; None: none is known."""
        self._edges[device_id, relation][number].extend(edges)

    def carry(self, device_id: str, number: str, late_days: float | None) -> None:
        """Add a number of the line that the device has.

        ``late_days``: how long after its last advert it first shows it. None: sooner, or it shows what for.
        """
        self.add(device_id, Relation.CARRIES_LINE_SIM, number)
        if late_days is not None:
            self._late_days[device_id, number] = late_days

    def add_resent(self, device_id: str, relation: Relation, resent: Resent, advert: Evidenced) -> None:
        """Add what another sender sent for the line; his number is none of its numbers."""
        self.add(device_id, relation, None, [advert.edge])
        self._unjoined[device_id, relation].setdefault(resent.sender, (resent, []))[1].append(advert)

    def prove(self, device_id: str, number: str, record_ids: tuple[str, ...]) -> None:
        """Add a number that the device had as copies elsewhere prove, with records of both; none that is there."""
        row = device_id, Relation.CARRIES_LINE_SIM
        if number not in self._edges.get(row, ()):
            self.add(*row, number)
            self._proven[device_id][number] = record_ids

    def mention(self, device_id: str, number: str | None, what: Mention, edges: Iterable[Edge] = ()) -> None:
        """Add what shows a number or name of the line, and makes the device no member."""
        self._mentions[device_id].add(what)
        self.add(device_id, Relation.MENTIONS_LINE, number, edges)

    def end(self, number: str, ended: str) -> None:
        """State the last advert or announcement of a number that nobody else is known to have had.

        Of no other number is it said until when it was in use.
        """
        self._ended[number] = ended

    def mention_traffic(self, device_id: str, number: str, edges: Iterable[Edge], ended: str | None) -> None:
        """Add contacts and traffic with a number that is not shown to be with the line.

        ``ended``: its last advert, where nobody else is known to have had it since. None: not known.
        """
        for edge in edges:
            goes_on = edge.role in TRAFFIC_ROLES and _goes_on(edge, ended)
            if goes_on:
                self._after[device_id, number].append(edge)
            what = Mention.AFTER if goes_on else Mention.TRAFFIC
            self.mention(device_id, number, Mention.SAVED if edge.role == Role.SAVED else what, [edge])

    def demote(self, device_id: str, relation: Relation) -> None:
        """Take a row for traffic that is not shown to be with the line."""
        for number, edges in self._edges.pop((device_id, relation)).items():
            self.mention(device_id, number, Mention.TRAFFIC, edges)

    def has(self, device_id: str, relation: Relation) -> bool:
        """Whether there is such a row."""
        return (device_id, relation) in self._edges

    def every(self) -> list[Row]:
        """Return the rows that there are."""
        return list(self._edges)

    def edges(self, device_id: str, relation: Relation) -> list[Edge]:
        """Return all edges of a row."""
        return [edge for edges in self._edges[device_id, relation].values() for edge in edges]

    def line_device(
        self,
        row: Row,
        recovered: Mapping[str | None, int],
        stated: Sequence[tuple[str, tuple[str, ...]]] = (),
        inferred: Iterable[str] = (),
    ) -> LineDevice:
        """Return a row as it is stated.

        Args:
            row: Device and relation.
            recovered: Of its adverts those that the analysis took for none, by number.
            stated: Of a number or SIM that the device has, the records that state it, by number.
            inferred: Numbers that no record of the device holds; those of other rows count for nothing.
        """
        device_id, relation = row
        by_number = self._edges[row]
        held = [edge for edges in by_number.values() for edge in edges]
        count = sum(edge.count for edge in held)
        proven = self._proven.get(device_id, {}) if relation is Relation.CARRIES_LINE_SIM else {}
        says = {**dict(stated), **proven}
        numbers = sorted(number for number in by_number if number is not None)
        shares = tuple(
            NumberShare(
                number=number,
                count=sum(edge.count for edge in by_number[number]),
                record_ids=first_and_last(by_number[number]) or says.get(number, ())[:2],
                last_used_at=self._last_used(row, number),
                recovered_count=recovered.get(number, 0),
            )
            for number in numbers
        )
        return LineDevice(
            device_id=device_id,
            relation=relation,
            advert_count=count if relation in {Relation.SENT_ADVERTS, Relation.RECEIVED_ADVERTS} else 0,
            traffic_count=count,
            recovered_count=sum(recovered.values()),
            numbers=tuple(share.number for share in shares),
            inferred_numbers=tuple(number for number in (*inferred, *sorted(proven)) if number in by_number),
            record_ids=merged_record_ids(held) or next(filter(None, map(says.get, numbers)), ()),
            shares=shares,
            unjoined=tuple(_unjoined(*held) for _, held in sorted(self._unjoined.get(row, {}).items())),
            mentions=self._of(row),
            is_by_name=None in by_number,
            late_days=self._late_by(row, numbers),
        )

    def _last_used(self, row: Row, number: str) -> str | None:
        """Return the last text or call of a row with a number while that may be the line's. None: none is known."""
        device_id, relation = row
        ended = self._ended.get(number)
        if ended is None:
            return None
        edges = {
            Relation.CONTACT_OF_LINE: self._edges[row][number],
            Relation.MENTIONS_LINE: self._after.get((device_id, number), []),
        }.get(relation, [])
        instants = (at for edge in edges if edge.role in TRAFFIC_ROLES for at in (edge.first_at, edge.last_at))
        return latest(at for at in instants if at is not None and days_between(ended, at) <= ANNOUNCED_ONLY_DAYS)

    def _late_by(self, row: Row, numbers: Sequence[str]) -> float | None:
        """Return how late a device first shows the soonest of the line's numbers that it has. None: not late."""
        days = [self._late_days.get((row[0], number)) for number in numbers]
        late = [each for each in days if each is not None]
        return min(late) if row[1] is Relation.CARRIES_LINE_SIM and late and len(late) == len(days) else None

    def _of(self, row: Row) -> tuple[Mention, ...]:
        """Return what a mention rests on; nothing for other relations."""
        return tuple(sorted(self._mentions[row[0]])) if row[1] is Relation.MENTIONS_LINE else ()


def _unjoined(resent: Resent, adverts: Sequence[Evidenced]) -> Unjoined:
    edges = [advert.edge for advert in adverts]
    return Unjoined(
        number=resent.sender if is_number(resent.sender) else "",
        sources=resent.sources,
        is_giving=resent.is_giving,
        count=sum(edge.count for edge in edges),
        recovered_count=sum(advert.edge.count for advert in adverts if advert.is_recovered),
        first_at=earliest(edge.first_at for edge in edges),
        last_at=latest(edge.last_at for edge in edges),
        record_ids=first_and_last(edges),
    )


def _goes_on(edge: Edge, ended: str | None) -> bool:
    """Whether traffic with a number goes on after its last advert, before it may be somebody else's."""
    if ended is None or edge.first_at is None or edge.last_at is None:
        return False
    return days_between(ended, edge.last_at) > 0 and days_between(ended, edge.first_at) <= ANNOUNCED_ONLY_DAYS
