"""Rows of phones whose number, one of the line's, no record states and copies on other phones prove."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from search.linkage.attribution.proven_numbers import ProvenNumber
from search.linkage.deal_lines.relation_rows import RelationRows
from search.linkage.instants import periods_touch
from search.linkage.joining.groups import LineGroup


def add_proven(
    group: LineGroup, rows: RelationRows, proven: Iterable[ProvenNumber], held_by_others: Collection[tuple[str, str]]
) -> None:
    """Add the phones that sent a line's adverts from a number that is proven to have been theirs then.

    Args:
        group: The line.
        rows: Its rows; a number that a phone states has its row already.
        proven: What is proven of the line's numbers.
        held_by_others: Numbers and the devices that had them at another time than the line.
    """
    for each in proven:
        is_the_lines = any(
            each.device_id in spell.sending and periods_touch(spell.period, (each.first_at, each.last_at), 0)
            for spell in group.spells_of(each.number)
        )
        if is_the_lines and (each.number, each.device_id) not in held_by_others:
            rows.prove(each.device_id, each.number, each.record_ids)
