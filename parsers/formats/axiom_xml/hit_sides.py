"""The sides of a hit: who sent or called, and all others whom it names, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from parsers.formats.axiom_xml.hit_values import HitValues
from parsers.records.facts import CallType, Direction
from parsers.records.values import Party
from parsers.tables.calls import CAME_IN, role_of
from parsers.tables.row_people import key_of, with_name

_INCOMING, _OUTGOING = Direction.INCOMING, Direction.OUTGOING
_SENDS: Final = {_INCOMING: False, _OUTGOING: True}
"""Whether it is the owner who sends."""


class HitSides(msgspec.Struct, frozen=True):
    """Whom a hit names.

    Attributes:
        senders: Under names of a sender.
        recipients: Under names of a recipient.
        partners: Under names that do not say which side they are, without those who are a side already.
        owners: Of all partners, who is the owner.
    """

    senders: list[Party]
    recipients: list[Party]
    partners: list[Party]
    owners: list[Party]

    @property
    def sender(self) -> Party | None:
        """The sender that is stated; the first of several. None: none is."""
        return self.senders[0] if self.senders else None

    @property
    def stated(self) -> tuple[Party | None, Sequence[Party]]:
        """Sender and recipients; the owner among the partners, where nobody is named as a recipient."""
        return self.sender, self.recipients or self.owners

    def of_message(self, direction: Direction) -> tuple[Party | None, list[Party]]:
        """Return who sent a message and whom it went to.

        Nobody is said to have sent it where several may have; a second sender is no recipient, but losing it would be
        worse.
        """
        sender = self.sender or _sole(self.partners, is_owner=_SENDS.get(direction))
        others = [party for party in self.partners if party is not sender]
        sender, recipients, others = with_name(direction, sender, self.recipients, others)
        return sender, [*recipients, *self.senders[1:], *others]

    def of_call(self, went: CallType) -> tuple[Party | None, list[Party]]:
        """Return who called and who was called."""
        if went in CAME_IN:
            return self.of_message(_INCOMING)
        return self.of_message(_OUTGOING if went is CallType.OUTGOING else Direction.UNKNOWN)

    def role(self) -> Direction | None:
        """Return which way a call went as its sides show: the owner on one, or nobody on the other."""
        sender, recipients = self.stated
        is_owned = any(party.is_owner for party in (sender, *recipients) if party is not None)
        return role_of(sender, list(recipients)) if is_owned or not self.partners else None


def sides_of(values: HitValues) -> HitSides:
    """Return whom a hit names, and take the values that name them."""
    senders = values.parties("sender", "sender_name")
    recipients = values.parties("recipient", "recipient_name")
    # A name that stands with neither side's number may be either's.
    is_named = values.has("partner") or not (senders or recipients)
    listed = values.parties("partner", "partner_name") if is_named else []
    sides = [senders, recipients]
    partners: list[Party] = []
    for party in listed:
        if not any(_put_with(side, party) for side in sides) and not _put_with(partners, party):
            partners.append(party)
    return HitSides(senders, recipients, partners, [party for party in listed if party.is_owner])


def _put_with(side: list[Party], party: Party) -> bool:
    """Put what is known of a party with the same one of a side. False: it is not there."""
    for place, held in enumerate(side):
        if (one := _as_one(held, party)) is not None:
            side[place] = one
            return True
    return False


def _as_one(held: Party, other: Party) -> Party | None:
    """Return what both parties say of one. None: they are two."""
    is_owner = held.is_owner or other.is_owner
    keys = {key for each in (held, other) if each.raw is not None and (key := key_of(each)) is not None}
    if held.raw is not None and other.raw is not None:
        is_one = len(keys) == 1
    else:
        is_one = bool(held.is_owner and other.is_owner) or (held.name is not None and held.name == other.name)
    if not is_one:
        return None
    fuller = held if held.raw is not None else other
    return msgspec.structs.replace(fuller, name=held.name or other.name, is_owner=is_owner)


def _sole(parties: Iterable[Party], *, is_owner: bool | None) -> Party | None:
    """Return the only party who is the owner, or the only one who is not. None: there are several or none."""
    found = [party for party in parties if is_owner is not None and bool(party.is_owner) is is_owner]
    return found[0] if len(found) == 1 else None
