"""What is told of the numbers of one line, out of what is told of all: a line looks at no other line's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.joining.groups import LineGroup


class ToldOfNumbers:
    """Gives each line the announcements that its numbers send, or that name them.

    Args:
        evidence: All that lines are made from.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._announced = _by_number(evidence.announcements)
        self._beside = _by_number(evidence.with_other_number)

    def for_line(self, group: LineGroup) -> Evidence:
        """Return the evidence with those announcements and texts with another number alone, in their order."""
        joined = (number for join in group.joins for number in (join.older, join.newer))
        asked = {*group.numbers, *(spell.sender for spell in group.spells), *joined}
        return msgspec.structs.replace(
            self._evidence,
            announcements=_of(asked, self._announced, self._evidence.announcements),
            with_other_number=_of(asked, self._beside, self._evidence.with_other_number),
        )


def _by_number(told: Sequence[Evidenced]) -> Mapping[str, Sequence[int]]:
    """Return the places of what each number sent, or is named in."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, said in enumerate(told):
        for number in {said.sender, said.edge.key, said.edge.other}:
            found[number].append(place)
    return found


def _of(
    numbers: Iterable[str], places: Mapping[str, Sequence[int]], told: Sequence[Evidenced]
) -> tuple[Evidenced, ...]:
    return tuple(told[place] for place in sorted({at for number in numbers for at in places.get(number, ())}))
