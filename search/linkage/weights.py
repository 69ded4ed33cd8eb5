"""The weights of links and joins, and where each comes from.

A weight is the natural logarithm of a likelihood ratio: how much more often the evidence is seen between two devices
of one line than between two that are not (Fellegi and Sunter, 1969). A link's score is the logistic function of the
prior plus the sum of its weights. These are reasoned figures of a first version, set from what is publicly known of
deal lines and from the traps that must not link; none was fitted, and a score is not yet a calibrated probability.
"""

from __future__ import annotations

import math
from typing import Final

from search.linkage.model import Band

PRIOR_LOG_ODDS: Final = math.log(0.02 / 0.98)
"""Before any evidence: of fifty pairs of phones seized in drug cases, about one is of one line. A force that seizes
in raids has more; the weights below are large enough that the prior decides nothing at band strong."""

SAME_NUMBER_ADVERTS: Final = 8.0
"""Both carry adverts of one number in one period of its use. Wrong only where the analysis mistook both for adverts."""
SAME_NUMBER_ADVERT_AND_CONTACT: Final = 7.0
"""One carries adverts of the number, the other has texts or calls with it in the same period."""
SAME_NUMBER_CONTACTS: Final = 6.0
"""Both have one-to-one traffic with a number that other phones show as a line's. A friend or a relative of whoever
holds the line phone has that too, so it stays below strong by itself."""
SHARED_LINE: Final = 7.5
"""Both are members through different numbers of one line; the weight of the weakest join between them is what holds
it, see below, and this is its ceiling."""

JOIN_WEIGHTS: Final = {
    "announced_by_old": 8.0,  # the number itself says where its customers shall go on
    "one_handset": 8.0,  # one handset sent the adverts of both numbers under one name
    "announced_by_new": 7.2,  # the new number says so, and the old one fell silent
    "name_wording_and_customers": 7.2,  # three kinds of evidence, each weak alone
    "name_and_customers": 6.2,  # name and customers without a wording in common, one number after the other
    "name_and_wording": 6.0,  # name and two wordings that no other line uses, no customer in common
}

SAME_TEMPLATE: Final = 1.5
"""A wording that one line alone uses. Wordings are copied, so it is little; 0 where several lines use it."""
SAME_NICKNAME: Final = 1.2
"""One name, one line. Names are common words; 0 where three lines or more use it."""
SHARED_CONTACT: Final = 0.5
SHARED_CONTACTS_MOST: Final = 1.5
"""Other numbers in common, each on few devices: neighbours have those too, so together never more than a wording."""
SAME_SIM: Final = 2.0
NAME_CONFLICT: Final = -0.7
"""Adverts of one number under different names on the two devices: a renamed line, or two holders of one number."""

WITHOUT_LINE_CEILING: Final = 0.6
"""A pair that is not in one line never scores more: names, wordings and customers together do not make it moderate."""

STRONG, MODERATE, WEAK = 0.95, 0.70, 0.05

HUB_DEVICES: Final = 5
HUB_SHARE: Final = 0.1
"""A number that is no line's and stands on so many devices, and on so large a share of them, is a service or a hub."""
RARE_DEVICES: Final = 5
"""A shared contact counts only where it stands on at most so many devices."""
COMMON_NAME_LINES: Final = 3


def probability(log_odds: float) -> float:
    """Return the probability of log-odds, never quite 0 or 1, to four decimals."""
    return round(min(max(1 / (1 + math.exp(-log_odds)), 0.0001), 0.9999), 4)


def band_of(score: float) -> Band | None:
    """Return the band of a score; None where a pair is not listed."""
    if score >= STRONG:
        return Band.STRONG
    if score >= MODERATE:
        return Band.MODERATE
    return Band.WEAK if score >= WEAK else None


def hub_threshold(device_count: int) -> int:
    """Return on how many devices a number stands at least to be a hub."""
    return max(HUB_DEVICES, math.ceil(HUB_SHARE * device_count))
