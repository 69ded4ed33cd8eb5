"""Handsets whose records say from which of several numbers a text went: chats do, which name their account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from search.contract import Flare
from search.linkage.attribution.shown_senders import Shown
from search.linkage.keys import is_number


def told_numbers(broadcasts: Iterable[Flare]) -> frozenset[str]:
    """Return the numbers that the records of sent broadcasts name as their sender."""
    return frozenset(flare.sender for flare in broadcasts if flare.sender is not None and is_number(flare.sender))


def telling_holders(
    broadcasts: Mapping[str, Sequence[Flare]],
    shown: Mapping[str, Sequence[Shown]],
    pairs: Collection[str],
) -> dict[str, frozenset[str]]:
    """Return the devices, or SIMs, whose records say which number a broadcast went from, with these numbers.

    One number alone may be what a tool writes into every record: of a device that states two it is taken for what the
    record says unless a phone that received the text shows another one.

    Args:
        broadcasts: Those that each sent.
        shown: What receiving phones show of them.
        pairs: Devices that state two numbers.
    """
    found = {}
    for holder, sent in broadcasts.items():
        numbers = told_numbers(sent)
        sender_of = {flare.flare_id: flare.sender for flare in sent if flare.sender is not None}
        is_denied = any(sender_of.get(each.flare_id, each.number) != each.number for each in shown.get(holder, ()))
        if len(numbers) > 1 or (numbers and holder in pairs and not is_denied):
            found[holder] = numbers
    return found
