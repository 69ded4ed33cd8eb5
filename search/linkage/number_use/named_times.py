"""When adverts came under a name, on which phones, in how many wordings, and what silence is between two names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import to_seconds
from search.linkage.keys import fold_name

_SHARE_OF_LONGER: Final = 0.3
"""Share of what bears some form of the name then that a longer one must have to be another line's. Reasoned: the
analysis reads the shorter one in a third of such a line's adverts."""


class Named(NamedTuple):
    """The adverts of a sender under one name: first and last second since 1970."""

    first: float
    last: float


def phones_of(adverts: Iterable[Evidenced], forms: Collection[str]) -> set[str]:
    """Return the phones that hold adverts under a name."""
    return {held.device_id for held in adverts if held.edge.label and fold_name(held.edge.label) in forms}


def times_of(adverts: Iterable[Evidenced], forms: Collection[str]) -> Named:
    """Return when adverts came under a name that some of them bear."""
    bounds = [
        (to_seconds(edge.first_at), to_seconds(edge.last_at))
        for edge in (advert.placed for advert in adverts)
        if edge.first_at is not None and edge.last_at is not None and edge.label and fold_name(edge.label) in forms
    ]
    return Named(min(first for first, _ in bounds), max(last for _, last in bounds))


def is_in_several(adverts: Iterable[Evidenced], forms: Collection[str]) -> bool:
    """Whether several wordings bear a name: "nae mair oan this yin", says a line that leaves, and another "croeso"."""
    said = {held.edge.other for held in adverts if held.edge.label and fold_name(held.edge.label) in forms}
    return len(said) > 1


def stands_for(adverts: Iterable[Evidenced], some: Collection[str], forms: Collection[str], begun: float) -> bool:
    """Whether enough of what came under any form of a name from some time on came under some of them."""
    names = [
        fold_name(edge.label)
        for edge in (advert.placed for advert in adverts)
        if edge.label and edge.first_at is not None and to_seconds(edge.first_at) >= begun
    ]
    return sum(name in some for name in names) >= _SHARE_OF_LONGER * sum(name in forms for name in names)


def longest_silence(adverts: Iterable[Evidenced], ended: float, begun: float) -> float:
    """Return the middle of the longest time without an advert between two instants; nameless ones may lie there."""
    return sum(silence(adverts, ended, begun)) / 2


def silence(adverts: Iterable[Evidenced], ended: float, begun: float) -> tuple[float, float]:
    """Return when the longest time without an advert between two instants began and ended."""
    instants = {ended, begun}
    for advert in adverts:
        for instant in (advert.placed.first_at, advert.placed.last_at):
            if instant is not None and ended < to_seconds(instant) < begun:
                instants.add(to_seconds(instant))
    return max(pairwise(sorted(instants)), key=lambda between: between[1] - between[0])
