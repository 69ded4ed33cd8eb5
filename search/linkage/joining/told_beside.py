"""Numbers of which the one says that the other is in use beside it: "on 2 phones 07700 900123 or 07700 900456".

Two numbers under one name at once may be a line and one who imitates it. Who imitates a line does not send its
customers to it, so that the word of either is enough: one line, two numbers at once, and none takes over from the
other. Where either warns of the other nothing is joined, nor where the other has another name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import earliest, periods_touch
from search.linkage.joining.announcements import ANNOUNCED_PAD_DAYS, PlacedJoin, names_differ
from search.linkage.keys import OWN_PREFIX, AnnouncedFrom
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import counted, day_of, listed
from search.linkage.weights import JOIN_WEIGHTS

TOLD_BESIDE: Final = "told_beside"
_FEWEST_ADVERTS: Final = 3
"""Adverts on one phone from which a number is taken for a line's; a friend who passes a text on sends one or two."""
_NAMED_PAD_DAYS: Final = 60.0
"""Between such a text and adverts of the other number under the same name, of which phones may show the later ones
alone. Reasoned: a number is given out again after months, and then by chance to a line of that name."""
_COPY_PAD_DAYS: Final = 0.01
"""A quarter of an hour: between a text that was sent and its copy."""


def told_beside(evidence: Evidence) -> Iterator[Evidenced]:
    """Yield the texts in which a sender says that another number is in use beside its own."""
    return (
        said
        for said in evidence.with_other_number
        if AnnouncedFrom(said.edge.role) is AnnouncedFrom.BESIDE and said.edge.other != said.sender
    )


def beside_joins(by_sender: Mapping[str, Sequence[Spell]], evidence: Evidence) -> Iterator[PlacedJoin]:
    """Yield one join for each pair of spells, however many texts say it."""
    held: dict[tuple[int, int], list[tuple[Spell, Spell, Evidenced]]] = defaultdict(list)
    for said in told_beside(evidence):
        for one in by_sender.get(said.sender, ()):
            if not (one.covers(said.edge.first_at, ANNOUNCED_PAD_DAYS) and _is_of_a_line(one)):
                continue
            for other in by_sender.get(said.edge.other, ()):
                days = _NAMED_PAD_DAYS if one.shares_a_name(other) else ANNOUNCED_PAD_DAYS
                if other.covers(said.edge.first_at, days) and not names_differ(one, other):
                    older, newer = sorted((one, other), key=lambda spell: (spell.first_at or "~", spell.place))
                    held[older.place, newer.place].append((older, newer, said))
    unread = [said for said in evidence.with_other_number if said.edge.key.startswith(OWN_PREFIX)] if held else []
    for (older_place, newer_place), texts in sorted(held.items(), key=lambda item: item[0]):
        older, newer, _ = texts[0]
        copies = [each for _, _, each in texts]
        yield older_place, newer_place, _join(older, newer, [*_sent_copies(copies, unread), *copies], evidence)


def _sent_copies(said: Sequence[Evidenced], unread: Iterable[Evidenced]) -> list[Evidenced]:
    """Return what a handset sent of which others hold copies that say a number is in use beside its own.

    Where it does not state its number, its own text does not tell that one of the two numbers in it is that.
    """
    return [
        sent
        for sent in unread
        if AnnouncedFrom(sent.edge.role) is AnnouncedFrom.UNCLEAR
        and any(
            (sent.sender, sent.edge.other) == (copy.sender, copy.edge.other)
            and periods_touch(
                (sent.edge.first_at, sent.edge.last_at), (copy.edge.first_at, copy.edge.last_at), _COPY_PAD_DAYS
            )
            for copy in said
        )
    ]


def _is_of_a_line(spell: Spell) -> bool:
    return spell.is_broadcast or len(spell.receiving) > 1 or spell.advert_count >= _FEWEST_ADVERTS


def _join(older: Spell, newer: Spell, said: Sequence[Evidenced], evidence: Evidence) -> Join:
    edges = [each.edge for each in said]
    at = earliest(edge.first_at for edge in edges)
    on = f", first on {day_of(at)}" if at else ""
    # the phone that sent it shows most, and is named first
    sent_on = {evidence.label(each.device_id) for each in said if each.edge.key.startswith(OWN_PREFIX)}
    labels = sorted(
        {evidence.label(each.device_id) for each in said},
        key=lambda label: (label not in sent_on, counting_order(label)),
    )
    one, other = evidence.sender_label(older.sender), evidence.sender_label(newer.sender)
    sentence = (
        f"{one} and {other} are in use beside each other by the word of "
        f"{evidence.sender_label(said[0].sender)}{on} "
        f"({counted(sum(edge.count for edge in edges), 'message')} on {listed(labels, 3)})."
    )
    return Join(
        kind=TOLD_BESIDE,
        older=older.sender,
        newer=newer.sender,
        weight=JOIN_WEIGHTS[TOLD_BESIDE],
        sentence=sentence,
        record_ids=merged_record_ids(edges),
        at=at,
        said_in=frozenset((edge.extraction_id, edge.key) for edge in edges),
    )
