"""What a number says of itself that is new and does not say of which: "Rico here on new number".

By itself that makes no succession: everybody gets a new number. Where the number follows another one of its line by
name and time, and goes to phones that had that one, its own word belongs to what shows the change.
"""

from __future__ import annotations

from typing import NamedTuple

from search.linkage.attribution.evidence import Evidence
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.instants import days_between, earliest
from search.linkage.joining.announcements import FALLS_SILENT_DAYS
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import UNKNOWN_NUMBER
from search.linkage.phrases import counted, day_of, listed


class OwnWord(NamedTuple):
    """What a number says of itself.

    Attributes:
        sentence: How often, where, and from when on.
        record_ids: Some of these texts.
    """

    sentence: str
    record_ids: tuple[str, ...]


def own_word_new(
    group: LineGroup, number: str, begun: str | None, predecessor: str, evidence: Evidence
) -> OwnWord | None:
    """Return what a number said about when it began, to phones that had its predecessor. None: nothing.

    Args:
        group: The line.
        number: The number.
        begun: When it was first in use. None: not known.
        predecessor: The number that it took over from.
        evidence: All that lines are made from.
    """
    if begun is None:
        return None
    had_old = {device_id for spell in group.spells_of(predecessor) for device_id in spell.receiving}
    said = [
        each
        for each in evidence.announcements
        if each.sender == number
        and each.edge.key == UNKNOWN_NUMBER
        and each.device_id in had_old
        and each.edge.first_at is not None
        and abs(days_between(begun, each.edge.first_at)) <= FALLS_SILENT_DAYS
    ]
    first = earliest(each.edge.first_at for each in said)
    if first is None:
        return None
    labels = sorted({evidence.label(each.device_id) for each in said}, key=counting_order)
    texts = counted(sum(each.edge.count for each in said), "message")
    which = "which" if len(labels) == 1 else "all of which"
    return OwnWord(
        f"{number} said, first on {day_of(first)}, that it is a new number, without the former one "
        f"({texts} on {listed(labels, 3)}, {which} had adverts of {predecessor}).",
        merged_record_ids(each.edge for each in said),
    )
