"""What a report says of the sender of a sent broadcast that the phone itself does not state."""

from __future__ import annotations

from search.contract import Flare
from search.linkage.evidence import Evidence
from search.linkage.keys import is_number
from search.linkage.phrases import counted


def sender_caveats(flare: Flare, stated: str | None, device_id: str, evidence: Evidence) -> tuple[str, ...]:
    """Return what the sender is taken from, and what speaks against it, one sentence each.

    Args:
        flare: With the sender that the report gives it.
        stated: The sender that the extraction gives it.
        device_id: The sending device.
        evidence: All that lines are made from.
    """
    sender, phone = flare.sender, evidence.label(device_id)
    shown = evidence.shown.get(flare.flare_id)
    sentences = []
    if sender is not None and is_number(sender) and sender != stated:
        own = sorted(number for number in evidence.devices[device_id].own_numbers if is_number(number))
        states = f"{phone} states {' and '.join(own)}" if own else f"{phone} states no number"
        if shown is not None and shown.number == sender:
            held = counted(shown.phones, "phone")
            sentences.append(f"The sender is taken from {held} that received this broadcast; {states}.")
        elif sender not in own:
            sentences.append(f"The sender is taken from other traffic of this phone that other phones show; {states}.")
    if shown is not None and shown.number != sender:
        held = counted(shown.phones, "phone")
        sentences.append(
            f"{held} received this wording in these minutes from {shown.number}, which was not taken for the sender."
        )
    return tuple(sentences)
