"""Broadcasts as an index gives them, for tests of who sent them."""

from __future__ import annotations

from search.contract import Flare
from tests.fakes.phones import instant


def made_flare(
    day: float, phone: str, sender: str | None, *, wording: str = "t-1", days: float = 0.0, recipients: int = 1
) -> Flare:
    """Return a broadcast of an advert on an extraction: one that came in, or without a sender one that went out."""
    return Flare(
        flare_id=f"fl-{day}-{phone}-{sender}",
        extraction_id=phone,
        direction="received" if sender else "sent",
        sender=sender,
        template_id=wording,
        has_advert=True,
        started_at=instant(day),
        ended_at=instant(day + days),
        time_basis="stated_offset",
        recipient_count=recipients,
        message_count=recipients,
        variant_count=1,
        first_record_id="r-1",
        last_record_id="r-2",
    )
