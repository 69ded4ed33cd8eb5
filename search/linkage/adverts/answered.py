"""Adverts that came right after the phone had written to their sender, and that other copies show to be no answers.

On the phone itself such a text is taken for an answer, whatever it reads like (``edges``). Where another phone got the
same wording from the same number in the same minutes, not as an answer and as an advert to the analysis, it is a copy
of that broadcast: who answers one customer does not send the words to others. So it is where these words came at the
same time of day on the day before and on the day after, to nobody's question: the number sends them every day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from search.contract import Flare
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import Role


class AnsweredCopies:
    """Tells copies of broadcasts from answers.

    Args:
        wordings: Texts that came in and are no adverts to the analysis.
        adverts: Edges of kind advert.
        flares: Broadcasts, with their device and sender.
    """

    def __init__(
        self, wordings: Iterable[Evidenced], adverts: Iterable[Evidenced], flares: Iterable[tuple[str, Flare, str]]
    ) -> None:
        answers = {
            (wording.sender, wording.edge.other) for wording in wordings if wording.edge.role == Role.RECEIVED_ANSWER
        }
        asked = answers.intersection((advert.sender, advert.edge.other) for advert in adverts) if answers else answers
        self._came: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
        for device_id, flare, sender in flares if asked else ():
            key = sender, flare.template_id
            if key in asked and flare.direction == RECEIVED:
                self._came[key] += [(to_seconds(at), device_id) for at in {flare.started_at, flare.ended_at}]
        for found in self._came.values():
            found.sort()

    def is_copy(self, wording: Evidenced) -> bool:
        """Whether what came as an answer, each text of it, lies beside a copy on another phone, or is a daily text."""
        edge = wording.edge
        came = self._came.get((wording.sender, edge.other))
        if edge.role != Role.RECEIVED_ANSWER or not came or edge.first_at is None or edge.last_at is None:
            return False
        instants = [to_seconds(at) for at in (edge.first_at, edge.last_at)]
        return all(is_beside(at, wording.device_id, came) or _is_daily(at, came) for at in instants)


def _is_daily(seconds: float, came: Sequence[tuple[float, str]]) -> bool:
    """Whether copies came a day before an instant and a day after it, each within a pause."""
    return all(_has_within(day, came) for day in (seconds - DAY_SECONDS, seconds + DAY_SECONDS))


def _has_within(seconds: float, came: Sequence[tuple[float, str]]) -> bool:
    place = bisect_left(came, (seconds - PAUSE_SECONDS,))
    return place < len(came) and came[place][0] <= seconds + PAUSE_SECONDS


def is_beside(seconds: float, device_id: str, came: Sequence[tuple[float, str]]) -> bool:
    """Whether another phone got a text within a pause of an instant; ``came`` is in order of time."""
    place = bisect_left(came, (seconds - PAUSE_SECONDS,))
    while place < len(came) and came[place][0] <= seconds + PAUSE_SECONDS:
        if came[place][1] != device_id:
            return True
        place += 1
    return False
