"""What a report says of the sender of a broadcast that the phone itself does not state."""

from __future__ import annotations

from typing import Final, NamedTuple

from search.contract import Flare
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.attribution.shown_senders import Shown
from search.linkage.keys import is_number
from search.linkage.phrases import counted


class SenderBasis(NamedTuple):
    """What the sender of a sent broadcast rests on.

    Attributes:
        is_inferred: No statement of the phone that sent it gives the number: other phones do.
        caveats: What it is taken from, and what speaks against it, one sentence each.
    """

    is_inferred: bool
    caveats: tuple[str, ...]


NOT_SENT: Final = SenderBasis(is_inferred=False, caveats=())


def shown_basis(flare: Flare, sender: str) -> SenderBasis:
    """Return what the number of a received broadcast rests on, where the phone shows none.

    Args:
        flare: With the sender as the phone shows it.
        sender: The sender that it is taken for.
    """
    if not is_number(sender) or flare.sender is None or is_number(flare.sender):
        return NOT_SENT
    sentence = (
        f"The phone shows this sender by a name or an account alone; that it is {sender} is taken from address books, "
        "or from the copies on other phones."
    )
    return SenderBasis(is_inferred=False, caveats=(sentence,))


def sender_basis(
    flare: Flare, stated: str | None, facts: DeviceFacts, shown: Shown | None, *, is_told: bool
) -> SenderBasis:
    """Return what the sender rests on.

    Args:
        flare: With the sender that the report gives it.
        stated: The sender that the extraction gives it.
        facts: The sending device.
        shown: What receiving phones show of the sender. None: nothing.
        is_told: Its number is that of the name in it.
    """
    sender, phone = flare.sender, facts.label
    taken, sentences = "", []
    own = sorted(number for number in facts.own_numbers if is_number(number))
    # Another extraction of the phone may state it. Where texts tell SIMs apart, the one number is of any of them.
    is_stated = sender == stated or (own == [sender] and flare.sim is None)
    states = f"{phone} states {' and '.join(own)}" if own else f"{phone} states no number"
    if sender is not None and is_number(sender) and not is_stated:
        if shown is not None and shown.number == sender:
            held = counted(shown.phones, "phone")
            taken = f"The sender is taken from {held} that received this broadcast; {states}."
        elif is_told:
            taken = (
                f"The sender is taken from the name in it: phones received other broadcasts of {phone} under this name "
                f"from this number alone; {states}."
            )
        elif sender not in own:
            taken = f"The sender is taken from other traffic of this phone that other phones show; {states}."
        elif len(own) > 1:
            taken = f"Which number sent it is taken from other broadcasts of this phone that phones received; {states}."
    if shown is not None and shown.number != sender:
        held = counted(shown.phones, "phone")
        sentences.append(
            f"{held} received this wording in these minutes from {shown.number}, which was not taken for the sender."
        )
    return SenderBasis(taken != "", tuple(filter(None, (taken, *sentences))))
