"""Which order of day and month the extractions of one device lend to those of them whose dates show none.

What an extraction's dates show does not depend on what was lent to it, and devices do not depend on dates: what must be
lent follows from what is held, whatever came first. An extraction that was read with anything else is read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from parsers.contract import ShownOrder


class DatesRead(msgspec.Struct, frozen=True, kw_only=True):
    """How the dates of one extraction were read.

    Attributes:
        sha256: Of its delivery.
        shown: What its own dates show.
        untold: Forms of dates whose order neither they nor the submitter tells.
        lent: What it was read with, of these forms.
    """

    extraction_id: str
    sha256: str
    device_id: str
    shown: tuple[ShownOrder, ...]
    untold: tuple[str, ...]
    lent: tuple[ShownOrder, ...]


def orders_beside(readings: Iterable[DatesRead], lent_to: Iterable[DatesRead]) -> dict[str, tuple[ShownOrder, ...]]:
    """Return the orders that others of its device show, by extraction.

    Those of its own delivery are left out: whoever reads that sees them.
    """
    shown_by: dict[str, dict[ShownOrder, set[str]]] = defaultdict(lambda: defaultdict(set))
    for reading in readings:
        for order in reading.shown:
            shown_by[reading.device_id][order].add(reading.sha256)
    return {
        it.extraction_id: tuple(
            sorted(order for order, hashes in shown_by[it.device_id].items() if hashes != {it.sha256})
        )
        for it in lent_to
    }


def of_forms(orders: Iterable[ShownOrder], forms: Iterable[str]) -> tuple[ShownOrder, ...]:
    """Return the orders of these forms, sorted."""
    wanted = frozenset(forms)
    return tuple(sorted(order for order in orders if order[0] in wanted))


def to_read_again(readings: Iterable[DatesRead]) -> frozenset[str]:
    """Return the deliveries of the extractions that were read with other orders than their devices show now."""
    held = list(readings)
    untold = [reading for reading in held if reading.untold]
    beside: Mapping[str, tuple[ShownOrder, ...]] = orders_beside(held, untold)
    return frozenset(it.sha256 for it in untold if of_forms(beside[it.extraction_id], it.untold) != it.lent)
