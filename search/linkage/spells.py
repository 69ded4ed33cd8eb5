"""Spells: one sender in one unbroken use for one line's adverts.

A number is not a line: numbers are given out again. The adverts of one number are one spell where they carry one
name, or follow each other without a gap; after a long silence under another name begins another spell, which may be
another holder's. Lines are made of spells (``joins``), never of numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.contract import Edge
from search.linkage.evidence import Evidence, Evidenced
from search.linkage.instants import days_between, earliest, latest, lies_within, to_seconds
from search.linkage.keys import Role, fold_name, is_number, is_stand_in

GAP_DAYS = 90.0
"""Silence after which a number counts as given up. Operators keep a number for some months before it is given out
again; a line that rests keeps its name, and one name keeps a spell together over any gap."""

NAME_SHARE = 0.2
"""Share of the named adverts that a name must have to stand for the spell; what is rarer may be a misreading."""

ESTABLISHED_ADVERTS = 3
_CHANGES = frozenset({Role.SENT_CHANGE, Role.RECEIVED_CHANGE})
_SENT_ROLES = frozenset({Role.SENT, Role.SENT_CHANGE})


class Spell:
    """The adverts of one sender in one unbroken use.

    Attributes:
        place: Number of the spell in a stable order; joins and lines refer to it.
        sender: Number, alphanumeric sender, or a stand-in that is good on one device.
        names: Folded names that stand for the spell, most adverts first.
        sending: Device ids that sent its adverts; ``receiving`` those that got them.
        offer_count: Adverts that do more than announce a change of number.
        is_announced_only: No advert was seen; another number announced this one.
    """

    def __init__(self, place: int, sender: str, adverts: Sequence[Evidenced], at: str | None = None) -> None:
        self.place = place
        self.sender = sender
        self.adverts = tuple(adverts)
        edges = [advert.edge for advert in adverts]
        self.first_at = earliest(edge.first_at for edge in edges) if edges else at
        self.last_at = latest(edge.last_at for edge in edges) if edges else at
        self.is_announced_only = not edges
        self.sending = frozenset(advert.device_id for advert in adverts if advert.edge.role in _SENT_ROLES)
        self.receiving = frozenset(advert.device_id for advert in adverts if advert.edge.role not in _SENT_ROLES)
        self.advert_count = sum(edge.count for edge in edges)
        self.offer_count = sum(edge.count for edge in edges if edge.role not in _CHANGES)
        self.template_ids = frozenset(edge.other for edge in edges)
        self.name_counts = _name_counts(edges)
        named = sum(self.name_counts.values())
        common = [name for name, count in self.name_counts.items() if count >= NAME_SHARE * named]
        self.names = tuple(sorted(common, key=lambda name: (-self.name_counts[name], name)))
        self.customers: frozenset[str] = frozenset()
        self.has_sent_flare = False

    @property
    def is_established(self) -> bool:
        """Whether it is more than a stray advert: a forwarded text, an imitation, a misreading."""
        return (
            self.offer_count >= ESTABLISHED_ADVERTS
            or self.has_sent_flare
            or (self.offer_count > 0 and len(self.receiving) > 1)
        )

    @property
    def is_broadcast(self) -> bool:
        """Whether its adverts are seen to go to many: on two receiving phones, or in a flare on the sending one."""
        return self.has_sent_flare or len(self.receiving) > 1

    @property
    def has_number(self) -> bool:
        """Whether the sender is a telephone number in full."""
        return is_number(self.sender)

    @property
    def period(self) -> tuple[str | None, str | None]:
        """First and last dated advert; None where all are undated."""
        return self.first_at, self.last_at

    def covers(self, instant: str | None, pad_days: float) -> bool:
        """Whether the instant lies in the spell, padded on both sides; an unknown instant does."""
        return instant is None or lies_within(instant, self.first_at, self.last_at, pad_days)


def _name_counts(edges: Iterable[Edge]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for edge in edges:
        if edge.label:
            counts[fold_name(edge.label)] += edge.count
    return counts


def find_spells(evidence: Evidence) -> list[Spell]:
    """Return the spells of every advert sender, by sender and first advert."""
    by_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        by_sender[advert.sender].append(advert)
    spells: list[Spell] = []
    for sender in sorted(by_sender):
        for adverts in _split(by_sender[sender]):
            spells.append(Spell(len(spells), sender, adverts))
    flaring = {
        (device_id, sender)
        for device_id, flare, sender in evidence.flares
        if flare.direction == "sent" and flare.has_advert
    }
    for spell in spells:
        spell.has_sent_flare = any((device_id, spell.sender) in flaring for device_id in spell.sending)
        spell.customers = _customers(spell, evidence.customers)
    return spells


def _customers(spell: Spell, reached: Mapping[tuple[str, str], frozenset[str]]) -> frozenset[str]:
    """Return devices that received its adverts and, from the sending phone, the numbers that they went to."""
    lists = (reached.get((device_id, spell.sender), frozenset()) for device_id in spell.sending)
    return spell.receiving.union(*lists) - spell.sending


def _split(adverts: Sequence[Evidenced]) -> list[list[Evidenced]]:
    """Split the adverts of one sender where its use breaks; a sender with no number of its own never splits."""
    ordered = sorted(adverts, key=_advert_order)
    if not ordered or is_stand_in(ordered[0].sender):
        return [ordered]
    parent = list(range(len(ordered)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    def join(a: int, b: int) -> None:
        low, high = sorted((root(a), root(b)))
        parent[high] = low

    first_named: dict[str, int] = {}
    last_end: tuple[int, str] | None = None
    for place, advert in enumerate(ordered):
        edge = advert.edge
        name = "name " + fold_name(edge.label) if edge.label else "wording " + edge.other
        join(first_named.setdefault(name, place), place)
        if edge.first_at is None or edge.last_at is None:
            continue
        if last_end is not None and days_between(last_end[1], edge.first_at) <= GAP_DAYS:
            join(last_end[0], place)
        if last_end is None or to_seconds(edge.last_at) > to_seconds(last_end[1]):
            last_end = (place, edge.last_at)
    groups: dict[int, list[Evidenced]] = defaultdict(list)
    for place, advert in enumerate(ordered):
        groups[root(place)].append(advert)
    return _with_undated(list(groups.values()))


def _with_undated(groups: list[list[Evidenced]]) -> list[list[Evidenced]]:
    """Put groups without any instant to the largest dated one: no gap in time is shown between them."""
    dated = [group for group in groups if any(advert.edge.first_at for advert in group)]
    undated = [advert for group in groups if group not in dated for advert in group]
    if not dated:
        return [undated]
    largest = max(dated, key=lambda group: sum(advert.edge.count for advert in group))
    largest.extend(undated)
    return dated


def _advert_order(advert: Evidenced) -> tuple[float, str, str, str, str, str]:
    edge = advert.edge
    at = float("inf") if edge.first_at is None else to_seconds(edge.first_at)
    return (at, edge.last_at or "", edge.other, edge.label, edge.role, edge.extraction_id)
