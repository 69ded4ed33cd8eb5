"""The handset's own accounts with applications, by which is told whose side is whose where a report states no owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from parsers.formats.ufdr.parts import Part
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Account
from parsers.records.values import Party

_MOST_KEYS: Final = 50_000
"""Identifiers that are kept; a handset has some dozens. What is beyond them tells nobody's side."""


class OwnAccounts:
    """The identifiers of the accounts that a report states, by handset and application; sought when first asked for."""

    __slots__ = ("_count", "_keys", "_region", "_seek")

    def __init__(self, seek: Callable[[], Iterable[tuple[Part, Account]]], region: str) -> None:
        """Take what gives the accounts, wherever in the report they stand; it is called once at most."""
        self._seek = seek
        self._region = region
        self._keys: dict[tuple[str, str], set[str]] | None = None
        self._count = 0

    def owners_among(self, part: Part, service: str, people: Iterable[Party]) -> set[str]:
        """Return the keys of those people of whom nothing is said and whom an account of the application names.

        More than one: nothing says which of them is the handset's side.
        """
        if self._keys is None:
            self._keys = {}
            for where, account in self._seek():
                if account.service is not None and self._count < _MOST_KEYS:
                    self._keep(self._keys.setdefault((_device_of(where), account.service), set()), account)
        keys = self._keys.get((_device_of(part), service))
        if keys is None:
            return set()
        # A name is no identifier: two people may have one.
        return {
            key for each in people if each.is_owner is None and (key := number_key(each.raw, each.e164)) and key in keys
        }

    def _keep(self, keys: set[str], account: Account) -> None:
        numbers = [(number.raw, number.e164) for number in account.numbers]
        numbers += [(handle, to_e164(handle, self._region)) for handle in account.handles]
        keys.update(key for raw, e164 in numbers if (key := number_key(raw, e164)))
        self._count += len(numbers) + 1


def marked_owner(found: Party, key: str) -> Party:
    """Return the party marked as the owner where the key is its; else as it is."""
    if found.is_owner is None and number_key(found.raw, found.e164) == key:
        return msgspec.structs.replace(found, is_owner=True)
    return found


def _device_of(part: Part) -> str:
    """A card and a second reading are the handset's; of two handsets in one report neither has the other's accounts."""
    return part.info.belongs_to or part.extraction_id
