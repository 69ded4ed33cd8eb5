"""What pairs hold together: of things that are joined two by two, each with all that it is joined with in the end."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

_Thing = TypeVar("_Thing", bound=Hashable)


def sides_of(things: Iterable[_Thing], pairs: Iterable[tuple[_Thing, _Thing]]) -> dict[_Thing, list[_Thing]]:
    """Return the side of each thing, in no order: one list for all that are on it.

    Args:
        things: All that may be on a side.
        pairs: What is joined. A pair with anything else is left out.
    """
    sides = {thing: [thing] for thing in things}
    for a, b in pairs:
        one, other = sides.get(a), sides.get(b)
        if one is not None and other is not None and one is not other:
            if len(one) < len(other):
                one, other = other, one
            one.extend(other)
            sides.update(dict.fromkeys(other, one))
    return sides
