"""What tells whose side is whose where neither message nor metadata do: accounts, rows of cards, what chats say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from parsers.formats.ufdr.parts import Part
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Account, Sim
from parsers.records.values import Party

_MOST_KEYS: Final = 50_000
"""Identifiers that are kept; a handset has some dozens. What is beyond them tells nobody's side."""


_ANY: Final = ""
"""In place of an application: the handset's own lines, and the numbers of all its accounts."""

_LINES: Final = "lines"
_E164: Final = "+"

Identity = Account | Sim
"""An account of the handset, or a row of a card."""


class OwnAccounts:
    """The identifiers of accounts and cards that a report states, by handset; sought when first asked for.

    Args:
        seek: Gives accounts and rows of cards, wherever in the report they stand; called once at most.
        seek_in_chats: Gives the keys of those whom chats state as the owner; called once at most, and only where a text
            of the handset itself is told by nothing else, because it takes a parse of the whole report.
        region: For numbers without a country code.
    """

    __slots__ = ("_count", "_has_chats", "_keys", "_region", "_seek", "_seek_in_chats")

    def __init__(
        self,
        seek: Callable[[], Iterable[tuple[Part, Identity]]],
        seek_in_chats: Callable[[], Iterable[tuple[Part, str]]],
        region: str,
    ) -> None:
        self._seek = seek
        self._seek_in_chats = seek_in_chats
        self._region = region
        self._keys: dict[tuple[str, str], set[str]] | None = None
        self._has_chats = False
        self._count = 0

    def owners_among(self, part: Part, service: str | None, people: Iterable[Party]) -> set[str]:
        """Return the keys of those people of whom nothing is said and who are the handset's owner.

        With an application whom one of its accounts names, or a row of a card; with the handset itself (None) whom any
        account names by telephone number, or a chat, where no account does. A name is no identifier: two people may
        have one. More than one key: nothing says which of them is the handset's side.
        """
        unsaid = {key for each in people if each.is_owner is None and (key := number_key(each.raw, each.e164))}
        device = _device_of(part)
        keys = self._sought()
        found = unsaid & (keys.get((device, service or _ANY), set()) | keys.get((device, _LINES), set()))
        if found or service is not None or not unsaid:
            return found
        if not self._has_chats:
            self._has_chats = True
            for where, key in self._seek_in_chats():
                self._add(where, _ANY, (key,))
        return unsaid & keys.get((device, _ANY), set())

    def _sought(self) -> dict[tuple[str, str], set[str]]:
        if self._keys is None:
            self._keys = {}
            for where, identity in self._seek():
                if isinstance(identity, Sim):
                    self._add(where, _LINES, self._numbers(identity.msisdn))
                    continue
                named = [(number.raw, number.e164) for number in identity.numbers]
                named += [(handle, to_e164(handle, self._region)) for handle in identity.handles]
                known = [key for raw, e164 in named if (key := number_key(raw, e164))]
                if identity.service is not None:
                    self._add(where, identity.service, known)
                self._add(where, _ANY, [key for key in known if key.startswith(_E164)])
        return self._keys

    def _numbers(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            key = number_key(text, to_e164(text, self._region))
            if key:
                yield key

    def _add(self, where: Part, kind: str, found: Iterable[str]) -> None:
        assert self._keys is not None
        held = self._keys.setdefault((_device_of(where), kind), set())
        for key in found:
            if self._count < _MOST_KEYS and key not in held:
                held.add(key)
                self._count += 1


def marked_owner(found: Party, key: str) -> Party:
    """Return the party marked as the owner where the key is its; else as it is."""
    if found.is_owner is None and number_key(found.raw, found.e164) == key:
        return msgspec.structs.replace(found, is_owner=True)
    return found


def _device_of(part: Part) -> str:
    """A card and a second reading are the handset's; of two handsets in one report neither has the other's accounts."""
    return part.info.belongs_to or part.extraction_id
