"""The people of one row: who of them is the owner, and what of a label an application knows its person by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.phone_numbers import has_lost_digits, number_key
from parsers.records.facts import Direction
from parsers.records.values import Party
from parsers.table_fields import Field
from parsers.tables.row_state import RowState
from parsers.tables.row_view import RowView

_OF_HANDSET: Final = frozenset({None, "sms", "mms", "rcs"})
_STATING: Final = (Field.ACCOUNT, Field.THREAD)
# What nobody is called: "jay_k9", "jay.k9", "live:jay", "0a1b2c3d-1111", "ABCD1234" (Threema).
# A hyphen alone stands in names.
_HANDLE: Final = re.compile(
    r"(?=[^A-Za-z]*[A-Za-z])"
    r"(?:(?=[A-Za-z0-9.:-]*_)[\w.:-]{3,}|(?=[a-z-]*[.:0-9])[a-z0-9][a-z0-9.:-]{2,}[a-z0-9]|(?=[A-Z]*[0-9])[A-Z0-9]{8})",
    re.ASCII,
)


class RowPeople:
    """Tells the people of one row."""

    def __init__(self, state: RowState, view: RowView, service: str | None) -> None:
        """Take what the row says of all of them.

        Args:
            state: Of its table.
            view: The row.
            service: Of its record. None: it names none.
        """
        self._begins_with_handle = state.handle_first and service not in _OF_HANDSET
        texts = map(view.look, _STATING) if self._begins_with_handle else ()
        self._stated = {text.strip() for text in texts if text is not None}
        account = view.look(Field.ACCOUNT)
        owners = [self._by_handle(party) for _, party in state.people.parties(account)] if account is not None else ()
        # Others have a number that was rounded to the same.
        self._owners = {key for party in owners if (key := key_of(party)) is not None and not has_lost_digits(key)}

    def told(self, parties: Iterable[Party]) -> list[Party]:
        """Return the parties, the owner marked where the row names the account that it is of."""
        if not self._begins_with_handle and not self._owners:
            return list(parties)
        return [self._marked(self._by_handle(party)) for party in parties]

    def _by_handle(self, party: Party) -> Party:
        return with_handle(party, self._stated) if self._begins_with_handle else party

    def _marked(self, party: Party) -> Party:
        is_owner = party.is_owner is None and key_of(party) in self._owners
        return msgspec.structs.replace(party, is_owner=True) if is_owner else party


def with_handle(party: Party, stated: Iterable[str] = ()) -> Party:
    """Return a party of an application, what its label begins with as what the source knows it by.

    Args:
        party: As a label was read that may hold a name behind that: ``jay.k9 Jay``.
        stated: What the source says elsewhere to be such; else its form tells it.
    """
    if party.raw is not None or party.name is None:
        return party
    first, _, name = party.name.partition(" ")
    if not name.strip() or not (first in stated or _HANDLE.fullmatch(first)):
        return party
    return msgspec.structs.replace(party, raw=first, name=name.strip())


def key_of(party: Party) -> str | None:
    """Return what tells a party of a row from another. None: nothing."""
    return number_key(party.raw, party.e164) or party.name


def with_name(
    direction: Direction, sender: Party | None, recipients: list[Party], others: list[Party]
) -> tuple[Party | None, list[Party], list[Party]]:
    """Return the sides; a name alone is that of the other side where the row has its number and no name for it.

    So is a number alone, where the row has the name of who sent it or of whom it went to.
    """
    if len(others) != 1:
        return sender, recipients, others
    if direction is Direction.INCOMING and sender is not None and (one := _as_one(sender, others[0])) is not None:
        return one, recipients, []
    is_to_one = direction is Direction.OUTGOING and len(recipients) == 1
    if is_to_one and (one := _as_one(recipients[0], others[0])) is not None:
        return sender, [one], []
    return sender, recipients, others


def _as_one(side: Party, other: Party) -> Party | None:
    """Return the side with the number or the name of the other. None: each has one of its own, or one is the owner."""
    if side.is_owner or other.is_owner:
        return None
    if side.raw is not None and side.name is None and other.raw is None and other.name is not None:
        return msgspec.structs.replace(side, name=other.name)
    if side.raw is None and side.name is not None and other.raw is not None and other.name is None:
        return msgspec.structs.replace(other, name=side.name)
    return None
