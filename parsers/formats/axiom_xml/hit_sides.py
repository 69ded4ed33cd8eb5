"""The sides of a hit: who sent or called, and all others whom it names, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from parsers.formats.axiom_xml.hit_values import HitValues
from parsers.group_ids import is_apple_group, is_whatsapp_group
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
    """

    senders: list[Party]
    recipients: list[Party]
    partners: list[Party]

    @property
    def sender(self) -> Party | None:
        """The sender that is stated; the first of several. None: none is."""
        return self.senders[0] if self.senders else None

    @property
    def stated(self) -> tuple[Party | None, Sequence[Party]]:
        """Sender and recipients; the owner among the partners is on the side that is not stated, where the other is.

        Where neither is, a list of all who took part tells no side.
        """
        owner = _sole(self.partners, is_owner=True) if bool(self.senders) is not bool(self.recipients) else None
        if owner is None:
            return self.sender, self.recipients
        return self.sender or owner, self.recipients or [owner]

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
    shared = _shared_names(listed)
    sides = [_Side(senders, shared), _Side(recipients, shared)]
    partners = _Side([], shared)
    has_side, is_told = bool(senders or recipients), bool(senders and recipients) and len(listed) == 1
    for party in listed:
        if any(side.put(party) for side in sides) or partners.put(party):
            continue
        if has_side and _may_be_chat(party, values, is_told=is_told):
            # What a chat is called is nobody's name.
            values.keep("Partner", party.raw or party.name or "")
        else:
            partners.add(party)
    return HitSides(senders, recipients, partners.parties)


class _Side:
    """Those of one side, each once, found by what they are reached by and by name."""

    def __init__(self, parties: list[Party], shared: frozenset[str]) -> None:
        self.parties = parties
        self._shared = shared
        self._keys: dict[str, int] = {}
        self._names: dict[tuple[str, bool], int] = {}
        self._owner: int | None = None
        for place in range(len(parties)):
            self._note(place)

    def add(self, party: Party) -> None:
        """Add one who is not there."""
        self.parties.append(party)
        self._note(len(self.parties) - 1)

    def put(self, party: Party) -> bool:
        """Put what is known of a party with the same one. False: it is not there."""
        place = self._place(party)
        if place is None:
            return False
        held = self.parties[place]
        fuller = held if held.raw is not None else party
        is_owner = held.is_owner or party.is_owner
        self.parties[place] = msgspec.structs.replace(fuller, name=held.name or party.name, is_owner=is_owner)
        self._note(place)
        return True

    def _place(self, party: Party) -> int | None:
        """Return where the same one is. None: nowhere; of two of one name who is the owner is another."""
        if party.raw is not None and (found := self._keys.get(key_of(party) or "")) is not None:
            return found
        name = None if party.name in self._shared else party.name
        places = (
            self._names.get((name, bool(party.is_owner))) if name is not None else None,
            self._owner if party.is_owner else None,
        )
        is_open = [place for place in places if place is not None]
        return next((at for at in is_open if party.raw is None or self.parties[at].raw is None), None)

    def _note(self, place: int) -> None:
        party = self.parties[place]
        if party.raw is not None and (key := key_of(party)) is not None:
            self._keys.setdefault(key, place)
        if party.name is not None:
            self._names.setdefault((party.name, bool(party.is_owner)), place)
        if party.is_owner and self._owner is None:
            self._owner = place


def _shared_names(parties: Iterable[Party]) -> frozenset[str]:
    """Return the names that several numbers have."""
    pairs = {(party.name, key_of(party)) for party in parties if party.raw is not None and party.name is not None}
    counts = Counter(name for name, _ in pairs)
    return frozenset(name for name, count in counts.items() if name is not None and count > 1)


def _may_be_chat(party: Party, values: HitValues, *, is_told: bool) -> bool:
    """Whether a partner beside a stated side may be a chat: its id, what it is called, or a name that no side lacks."""
    if party.is_owner or party.e164 is not None:
        return False
    if party.raw is not None:
        return is_whatsapp_group(party.raw) or is_apple_group(party.raw)
    return is_told or party.name == (values.look("thread") or "").strip()


def _sole(parties: Iterable[Party], *, is_owner: bool | None) -> Party | None:
    """Return the only party who is the owner, or the only one who is not. None: there are several or none."""
    found = [party for party in parties if is_owner is not None and bool(party.is_owner) is is_owner]
    return found[0] if len(found) == 1 else None
