"""What came from a number that two had one after the other, apart by whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from search.contract import Edge, Flare
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.attribution.given_anew import GivenAnew, place_of
from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import to_seconds

_Placed = tuple[str, Flare, str]


class HoldersTexts(NamedTuple):
    """What came from one number.

    Attributes:
        wordings: Texts that are no adverts to the analysis.
        adverts: Adverts.
        flares: Broadcasts, with the device and the sender.
        bulk: What was broadcast and is no advert to the analysis.
    """

    wordings: tuple[Evidenced, ...]
    adverts: tuple[Evidenced, ...]
    flares: tuple[_Placed, ...]
    bulk: tuple[BulkWording, ...]


def of_each_holder(texts: HoldersTexts, cuts: Sequence[GivenAnew]) -> list[HoldersTexts]:
    """Return the texts of each who had the number, in order; all as they are where nobody is known to have had it anew.

    What has no time is the first one's.
    """
    if not cuts:
        return [texts]
    return [_of_holder(texts, cuts, place) for place in range(len(cuts) + 1)]


def _of_holder(texts: HoldersTexts, cuts: Sequence[GivenAnew], place: int) -> HoldersTexts:
    def is_his(first_at: str | None) -> bool:
        return place_of(cuts, [] if first_at is None else [to_seconds(first_at)]) == place

    def is_of_his(edge: Edge) -> bool:
        return is_his(edge.first_at)

    bulk = (
        msgspec.structs.replace(
            wording,
            copies=tuple(copy for copy in wording.copies if is_of_his(copy.edge)),
            flares=tuple(held for held in wording.flares if is_his(held[1].started_at)),
        )
        for wording in texts.bulk
    )
    return HoldersTexts(
        tuple(wording for wording in texts.wordings if is_of_his(wording.edge)),
        tuple(advert for advert in texts.adverts if is_of_his(advert.placed)),
        tuple(held for held in texts.flares if is_his(held[1].started_at)),
        tuple(wording for wording in bulk if wording.copies or wording.flares),
    )
