"""Cuts the adverts of a number at an instant."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import to_seconds


def cut_at(adverts: Iterable[Evidenced], at: float) -> list[list[Evidenced]]:
    """Return the adverts before and after an instant; a wording without a name of both sides is shared between them."""
    before: list[Evidenced] = []
    after: list[Evidenced] = []
    across: list[Evidenced] = []
    for advert in adverts:
        edge = advert.placed
        assert edge.first_at is not None
        assert edge.last_at is not None
        if to_seconds(edge.last_at) < at:
            before.append(advert)
        elif to_seconds(edge.first_at) > at:
            after.append(advert)
        else:
            across.append(advert)
    last = max((held.placed.last_at for held in before if held.placed.last_at is not None), key=to_seconds)
    first = min((held.placed.first_at for held in after if held.placed.first_at is not None), key=to_seconds)
    for advert in across:
        half = advert.edge.count // 2
        before.append(_between(advert, advert.placed.first_at, last, advert.edge.count - half))
        after.append(_between(advert, first, advert.placed.last_at, half))
    return [before, after]


def _between(advert: Evidenced, first: str | None, last: str | None, count: int) -> Evidenced:
    bounds = {"first_at": first, "last_at": last}
    moved = None if advert.moved is None else msgspec.structs.replace(advert.moved, **bounds, count=count)
    dated = {} if advert.edge.first_at is None else bounds
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, **dated, count=count), moved=moved)
