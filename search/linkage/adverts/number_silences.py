"""How long a number must be silent for who has it then to be another holder (``other_holders``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from search.contract import Flare
from search.linkage.attribution.evidence import Evidence
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import AnnouncedFrom

SILENCE_DAYS = 7.0
"""Between the line's adverts and the use of the phone, at least: a line that sends daily has no such silence."""

SILENCE_WITHOUT_ADVERTS_DAYS = 14.0
"""The same where nothing that the phone sent reads like an advert, so that nothing but the silence tells. Reasoned:
lines of few broadcasts rest for a week, and whoever gets a number has it some weeks after it was given up."""

_USUAL_SILENCES = 6.0
"""Times the time that the number's days of broadcasts lie apart, of four such days or more: as long a silence as tells,
where it is shorter than those two weeks, and ``SILENCE_DAYS`` at least. That a line which sends as it did is silent for
so long is one in four hundred; phones of strangers got such numbers from nine days on."""
_DAYS_ENOUGH = 4


def flares_of(evidence: Evidence, senders: Collection[str]) -> Mapping[str, Sequence[Flare]]:
    """Return the broadcasts of adverts of each number."""
    found: dict[str, list[Flare]] = defaultdict(list)
    for _, flare, sender in evidence.advert_flares() if senders else ():
        if sender in senders:
            found[sender].append(flare)
    return found


def usual_silences(flares: Mapping[str, Sequence[Flare]]) -> dict[str, float]:
    """Return the days of silence after which a number is another's, by number, where its broadcasts show how often."""
    days = {
        sender: {to_seconds(flare.started_at) // DAY_SECONDS for flare in of_it} for sender, of_it in flares.items()
    }
    silences = {
        sender: _USUAL_SILENCES * (max(held) - min(held)) / (len(held) - 1)
        for sender, held in days.items()
        if len(held) >= _DAYS_ENOUGH
    }
    return {
        sender: min(max(silence, SILENCE_DAYS), SILENCE_WITHOUT_ADVERTS_DAYS) for sender, silence in silences.items()
    }


def left_numbers(evidence: Evidence) -> set[str]:
    """Return the numbers in whose place others were announced, by themselves in any text, or by these in an advert."""
    roles = [(change, AnnouncedFrom(change.edge.role)) for change in evidence.announcements]
    return {
        change.sender if role.is_from_old else change.edge.key
        for change, role in roles
        if role.is_from_old or role.is_advert
    }
