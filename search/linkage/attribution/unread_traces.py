"""Copies of what a handset broadcast that no analysis takes for adverts: as good traces of the number it came from.

Of a wording that is read as an advert on one phone and not on another, or on none, the copies that others received
stand in no flare of theirs; that the handset broadcast it at those minutes shows what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.contract import Edge, Flare
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.keys import Role, is_number


def unread_traces(wordings: Iterable[Edge], flares: Sequence[Flare]) -> list[Flare]:
    """Return them in the form of broadcasts that came in: what nobody asked for, of numbers.

    Args:
        wordings: Edges of kind wording: received texts that are no adverts to the analysis.
        flares: All broadcasts.
    """
    sent = [flare for flare in flares if flare.direction == SENT]
    unread = {flare.template_id for flare in sent if not flare.has_advert}
    return [
        Flare(
            flare_id=f"copy:{edge.extraction_id}:{edge.key}:{edge.other}:{at}",
            extraction_id=edge.extraction_id,
            direction=RECEIVED,
            sender=edge.key,
            template_id=edge.other,
            started_at=at,
            ended_at=at,
            time_basis="",
            recipient_count=1,
            message_count=1,
            variant_count=1,
            first_record_id="",
            last_record_id="",
        )
        for edge in wordings
        if edge.other in unread and edge.role != Role.RECEIVED_ANSWER and is_number(edge.key)
        for at in sorted({at for at in (edge.first_at, edge.last_at) if at is not None})
    ]
