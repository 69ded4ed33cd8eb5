"""Whether a number began under a name when another one of it fell silent, and goes on in its place.

What its texts say of that number is then that it is the old one, however they were read: who sends people to a number
to ring has it answer them. That the old one fell silent is seen on a phone that got both; where nobody who knew it got
anything of the new one, only its phones may have been seized sooner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import DAY_SECONDS, to_seconds

_BETWEEN_SECONDS: Final = 2 * DAY_SECONDS
"""Between the last advert of the old number and the first of the new one, at most. Reasoned: a line does not
wait."""
_SILENT_SECONDS: Final = 7 * DAY_SECONDS
"""How long the new one sends while the old one does not. Reasoned: most lines send twice in a week."""
_PHONES_OF_MANY: Final = 2


def took_over(had: Sequence[Evidenced], sent: Sequence[Evidenced], offers: Sequence[Evidenced]) -> bool:
    """Whether a number took over from another one, to some whom that sent to.

    Args:
        had: Adverts of the old number.
        sent: Adverts of the new one.
        offers: Those under a name of the old one that give no number.
    """
    phones = {offer.device_id for offer in offers}
    if len(phones) < _PHONES_OF_MANY or phones.isdisjoint(advert.device_id for advert in had):
        return False
    left = last_of(had)
    return abs(first_of(sent) - left) <= _BETWEEN_SECONDS and last_of(offers) - left >= _SILENT_SECONDS


def first_of(adverts: Iterable[Evidenced]) -> float:
    """Return when the first of some adverts came, in seconds; a time to come where none is dated."""
    dated = (advert.placed.first_at for advert in adverts)
    return min((to_seconds(at) for at in dated if at is not None), default=math.inf)


def last_of(adverts: Iterable[Evidenced]) -> float:
    """Return when the last of some adverts came, in seconds; before all time where none is dated."""
    dated = (advert.placed.last_at for advert in adverts)
    return max((to_seconds(at) for at in dated if at is not None), default=-math.inf)
