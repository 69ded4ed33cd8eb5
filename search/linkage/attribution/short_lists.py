"""Adverts that a phone sent to a few in a row: too few for a broadcast, and as good a trace of its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.contract import Edge, Flare
from search.linkage.instants import to_seconds
from search.linkage.keys import SENT_ADVERT_ROLES

_FEWEST = 4
_LONGEST_SECONDS = 3_600.0
"""How many one wording went to at least, and within which time: whoever passes an advert on sends it to one or two."""


def short_lists(adverts: Sequence[Edge], flares: Iterable[Flare]) -> list[Flare]:
    """Return them in the form of broadcasts; none of a wording that the phone broadcast, or received, as well.

    Args:
        adverts: Edges of kind advert.
        flares: All broadcasts.
    """
    known = {(flare.extraction_id, flare.template_id) for flare in flares if flare.direction == "sent"}
    known.update((edge.extraction_id, edge.other) for edge in adverts if edge.role not in SENT_ADVERT_ROLES)
    return [
        Flare(
            flare_id=f"list:{edge.extraction_id}:{edge.other}",
            extraction_id=edge.extraction_id,
            direction="sent",
            sender=None,
            template_id=edge.other,
            has_advert=True,
            started_at=edge.first_at,
            ended_at=edge.last_at,
            time_basis="",
            recipient_count=edge.count,
            message_count=edge.count,
            variant_count=1,
            first_record_id="",
            last_record_id="",
        )
        for edge in adverts
        if edge.role in SENT_ADVERT_ROLES
        and edge.count >= _FEWEST
        and edge.first_at is not None
        and edge.last_at is not None
        and (edge.extraction_id, edge.other) not in known
        and to_seconds(edge.last_at) - to_seconds(edge.first_at) <= _LONGEST_SECONDS
    ]
