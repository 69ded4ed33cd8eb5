"""The numbers of senders that a phone shows by the id of an application's account: ``user1132372``.

An id is of one account on every phone. The name beside it is what the phone's owner saved, or what the account calls
itself, so that it says less than the name of an exported chat: it counts where it is of one account and one number is
saved under it, and where other phones do not say better. Those show in what seconds the same broadcasts came in from a
number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, Flare
from search.linkage.attribution.bound_accounts import NONE_BOUND, BoundAccounts, forms_of
from search.linkage.attribution.saved_senders import DAYS_THAT_NAME, Saved, SavedSenders, broadcasts_beside, days_of
from search.linkage.attribution.together import DELIVERY_SECONDS
from search.linkage.instants import to_seconds
from search.linkage.keys import Role, is_account_id, is_number

_Uses = dict[str, list[tuple[float, str]]]
_USER = "user"
"""Begins the id of a Telegram user in the application's own export."""
JUST_AFTER = 0.001
"""Seconds."""
_ALWAYS = 0.0
"""Second of a use that no broadcast dates."""


class AccountIds:
    """The numbers that ids stand for, by the time.

    Args:
        uses: When an id was seen to stand for a number, in seconds since 1970.
        stated: What states the number of accounts.
    """

    def __init__(
        self,
        uses: Mapping[str, Sequence[tuple[float, str]]] | None = None,
        stated: BoundAccounts = NONE_BOUND,
    ) -> None:
        of_stated = {key: each for each in stated.bound for key in forms_of(each.service, each.account)}
        self._ended = {key: (to_seconds(each.until), each.account) for key, each in of_stated.items() if each.until}
        self._uses = {**(uses or {}), **{key: ((_ALWAYS, each.number),) for key, each in of_stated.items()}}
        self._senders = SavedSenders(uses={("", key): held for key, held in self._uses.items()})
        self.ids = frozenset(self._uses)
        """The ids whose number is known."""
        self.stated = stated

    def with_stated(self, stated: BoundAccounts) -> AccountIds:
        """Return the same with what is stated of accounts, which holds before what else tells their numbers."""
        return AccountIds(self._uses, stated)

    def number_at(self, key: str, instant: str | None) -> str | None:
        """Return the number of an id at the instant. None: no evidence has one, or the key is no id."""
        ended = self._ended.get(key)
        if ended is not None and instant is not None and to_seconds(instant) > ended[0]:
            return ended[1]
        return self._senders.at(("", key), instant) if key in self._uses else None

    def cut_of(self, key: str) -> list[float]:
        """Return when an id ceased to stand for a number, in seconds since 1970; nothing where it did not."""
        return [self._ended[key][0] + JUST_AFTER] if key in self._ended else []

    def ids_of(self, numbers: Collection[str]) -> list[str]:
        """Return the ids that stand for one of the numbers at some time, in order."""
        wanted = frozenset(numbers)
        return sorted(key for key, uses in self._uses.items() if any(number in wanted for _, number in uses))

    def with_number(self, edge: Edge) -> Edge:
        """Return an edge of kind number under the number of the id that it is of."""
        number = self.number_at(edge.key, edge.first_at)
        return edge if number is None else msgspec.structs.replace(edge, key=number)


def ids_among(adverts: Iterable[Edge]) -> frozenset[str]:
    """Return the extractions on which adverts came from the id of an account."""
    return frozenset(edge.extraction_id for edge in adverts if is_account_id(edge.key))


def numbers_of_ids(
    device_of: Mapping[str, str], adverts: Iterable[Edge], contacts: Iterable[Edge], flares: Sequence[Flare]
) -> AccountIds:
    """Return the numbers of the ids that adverts came from.

    Args:
        device_of: Device by extraction.
        adverts: Edges of kind advert.
        contacts: Edges of kind number of the devices that show such ids.
        flares: All flares.
    """
    shown = {
        (device_of[edge.extraction_id], edge.key)
        for edge in adverts
        if is_account_id(edge.key) and edge.extraction_id in device_of
    }
    saved_as = _saved_as(device_of, contacts, shown)
    beside = broadcasts_beside(device_of, flares, shown, within=DELIVERY_SECONDS)
    bare_of = _written_bare(shown)
    short_of = _written_short(shown, {edge.key for edge in adverts})
    found: _Uses = defaultdict(list)
    for shown_id in sorted(shown):
        key = shown_id[1]
        found[bare_of.get(key, key)] += _uses_of(saved_as.get(shown_id, set()), beside.get(shown_id, []))
    agreed = {key: held for key, uses in found.items() if (held := _agreed(uses))}
    written = {key: agreed.get(bare, [(_ALWAYS, bare)]) for key, bare in bare_of.items()}
    short = {bare: agreed.get(key, [(_ALWAYS, key)]) for bare, key in short_of.items()}
    return AccountIds({**agreed, **written, **short})


def _written_bare(shown: Iterable[Saved]) -> dict[str, str]:
    """Return the ids of users that other tools write without the word, where adverts came from such a one, bare."""
    keys = {key for _, key in shown}
    return {key: bare for key in keys if (bare := key.removeprefix(_USER)) != key and bare in keys}


def _written_short(shown: Iterable[Saved], keys: Collection[str]) -> dict[str, str]:
    """Return the ids of users, by the digits alone that other tools write, where these are too few to be an id."""
    ids = {key for _, key in shown if key.startswith(_USER)}
    bare_of = {key.removeprefix(_USER): key for key in ids}
    return {bare: key for bare, key in bare_of.items() if bare in keys and not is_account_id(bare)}


def _uses_of(saved: set[str], beside: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return when a phone shows an id to stand for a number.

    Args:
        saved: Numbers that are saved under its name.
        beside: When its broadcasts came in elsewhere from one number.
    """
    days = days_of(beside)
    often = {number for number, held in days.items() if len(held) >= DAYS_THAT_NAME}
    if len(saved) == 1 and (not often or saved <= days.keys()):
        return [(_ALWAYS, next(iter(saved)))]
    # another person may be saved under the name by which an account goes
    trusted = {number for number in days if number in saved} or often
    return [use for use in beside if use[1] in trusted]


def _agreed(uses: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return what the phones say of one id: where they differ on a number for all times, what is dated alone."""
    if len({number for second, number in uses if second == _ALWAYS}) > 1:
        return sorted({use for use in uses if use[0] != _ALWAYS})
    return sorted(set(uses))


def _saved_as(
    device_of: Mapping[str, str], contacts: Iterable[Edge], shown: Collection[Saved]
) -> dict[Saved, set[str]]:
    """Return the numbers that each phone holds under the name of an id; under a name of several ids none."""
    ids: dict[Saved, set[str]] = defaultdict(set)
    numbers: dict[Saved, set[str]] = defaultdict(set)
    for edge in contacts:
        name = (device_of.get(edge.extraction_id, ""), edge.label)
        if not edge.label:
            continue
        if is_account_id(edge.key):
            ids[name].add(edge.key)
        elif edge.role == Role.SAVED and is_number(edge.key):
            numbers[name].add(edge.key)
    found: dict[Saved, set[str]] = defaultdict(set)
    for name, held in ids.items():
        if len(held) == 1 and (shown_id := (name[0], next(iter(held)))) in shown:
            found[shown_id] |= numbers.get(name, set())
    return dict(found)
