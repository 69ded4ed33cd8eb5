"""Copies of what phones received, by which the clock of one of them is judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.contract import Flare
from search.linkage.attribution.clock_shifts import PAD_SECONDS
from search.linkage.instants import to_seconds
from search.linkage.keys import is_number

Copy = tuple[float, str]
"""Its instant in seconds since 1970, and its phone."""


class ReceivedCopies:
    """The copies that are on several phones, each in order of time.

    What came from a number is compared with what others got from it. A name that one phone alone shows may be anybody:
    what came under it is compared with what others got in that wording from numbers.

    Args:
        came_in: What came in, each with its copy.
    """

    def __init__(self, came_in: Iterable[tuple[Flare, Copy]]) -> None:
        of_sender: dict[tuple[str | None, str], set[Copy]] = defaultdict(set)
        for flare, copy in came_in:
            of_sender[flare.sender, flare.template_id].add(copy)
        named = {template_id for sender, template_id in of_sender if not is_number(sender or "")}
        # each copy lies among those of its key, so that a key of two phones has one of another phone beside each
        self._of_sender = {key: sorted(held) for key, held in of_sender.items() if len(_phones(held)) > 1}
        self._of_numbers = _of_numbers(of_sender, named)

    def of(self, flare: Flare, device_id: str) -> Sequence[Copy]:
        """Return the copies of what came in on a device; none where no other phone holds any."""
        held = self._of_sender.get((flare.sender, flare.template_id))
        if held is not None or is_number(flare.sender or ""):
            return held or ()
        copies = self._of_numbers.get(flare.template_id, ())
        return copies if any(phone != device_id for _, phone in copies) else ()

    def has_beside(self, flare: Flare, device_id: str) -> bool:
        """Whether another phone holds a copy from when the device says that it came."""
        begin, end = to_seconds(flare.started_at) - PAD_SECONDS, to_seconds(flare.ended_at) + PAD_SECONDS
        return any(begin <= at <= end and phone != device_id for at, phone in self.of(flare, device_id))


def _of_numbers(
    of_sender: Mapping[tuple[str | None, str], Iterable[Copy]], named: Iterable[str]
) -> dict[str, Sequence[Copy]]:
    """Return the copies of wordings that came under a name somewhere, from whichever number, by template id."""
    found: dict[str, set[Copy]] = {template_id: set() for template_id in named}
    for (sender, template_id), held in of_sender.items():
        if template_id in found and is_number(sender or ""):
            found[template_id].update(held)
    return {template_id: sorted(held) for template_id, held in found.items()}


def _phones(copies: Iterable[Copy]) -> set[str]:
    return {phone for _, phone in copies}
