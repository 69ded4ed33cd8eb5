"""In which order of day and month the dates of a column are read: what the column shows, else others of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec


class DateOrder(msgspec.Struct, frozen=True):
    """The order of day and month of a column: the name (None: not told), and whether the submitter's was not used."""

    name: str | None
    disagrees: bool = False


def order_of(own: Counter[str], others: Iterable[Counter[str]], stated: str | None) -> DateOrder:
    """Return the order in which a column's dates are read.

    Args:
        own: How many of its dates can be read one way only, by order.
        others: The same of the other columns of the file.
        stated: What the submitter states.
    """
    shown = _single(own)
    if shown is None and not own:
        total: Counter[str] = Counter()
        for each in others:
            total.update(each)
        shown = _single(total)
    if stated is None:
        return DateOrder(shown)
    return DateOrder(shown, disagrees=True) if shown not in {None, stated} else DateOrder(stated)


def _single(orders: Counter[str]) -> str | None:
    return next(iter(orders)) if len(orders) == 1 else None
