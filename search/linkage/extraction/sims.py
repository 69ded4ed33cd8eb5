"""Which SIM of a handset a text went out from, where its record says so, and which of them has a known number.

A backup of a handset with two SIMs, or of one whose SIM was changed, gives each text the number that Android has for
its SIM. The submitter states one telephone number, and nothing says of which SIM it is: then none of the texts went
out from it as far as is known, and each SIM is a sender of its own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from parsers.records.facts import Message, Sim
from search.linkage.keys import is_number, party_key_in

_STATED_BY: Final = {name: rank for rank, name in enumerate(("sub_id", "sim_id", "phone_id", "sim_slot"))}
"""What sources call it, the surest first: Android's own id of a SIM, then places in the handset."""
_LARGEST: Final = 2**31 - 2
"""The largest number stands for whichever SIM is the default."""


def sim_of(record: Message | Sim) -> str:
    """Return the name of the SIM that a record states, good on its handset alone; empty where it states none."""
    best, found = len(_STATED_BY), ""
    for name, value in record.extra:
        rank = _STATED_BY.get(name, best)
        # A negative number stands for a SIM that is not known.
        if rank < best and value.isdecimal() and int(value) <= _LARGEST:
            best, found = rank, f"{name} {int(value)}"
    return found


class Sims:
    """The SIMs that the records of one extraction name, with the numbers that these give them."""

    __slots__ = ("_numbers", "_seen")

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._numbers: dict[str, set[str]] = defaultdict(set)

    def of(self, message: Message) -> str:
        """Take in by which SIM a text went or came, and return it; empty where the record states none."""
        sim = sim_of(message)
        if sim:
            self._seen.add(sim)
            # A text that came in for a number of the owner came by the SIM of the number.
            for party in message.to:
                if party.is_owner:
                    self.note_number(sim, party_key_in(message.service, party))
        return sim

    def note_number(self, sim: str, key: str | None) -> None:
        """Take in a number that a text gives the SIM that it went or came by, or a list of SIMs gives one."""
        if sim and key is not None and is_number(key):
            self._numbers[sim].add(key)

    def every(self) -> list[str]:
        """Return the SIMs that texts went or came by."""
        return sorted(self._seen)

    def sender(self, sim: str, stand_in: str, own_number: str) -> str:
        """Return the key of the texts that went out from a SIM.

        Args:
            sim: The SIM.
            stand_in: What stands for it where its number is not known.
            own_number: What the texts of a handset with one SIM have.
        """
        numbers = self._numbers.get(sim, ())
        if len(numbers) == 1:
            return next(iter(numbers))
        return own_number if len(self._seen | self._numbers.keys()) == 1 else stand_in
