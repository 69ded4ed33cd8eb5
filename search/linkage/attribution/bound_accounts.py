"""Which number an account of an application has, as address books and exports' own statements say.

An entry that has an account and a number says that the account was registered with the number when it was written. The
account is of that application alone, and what differs binds nothing: one account with two numbers, or one number with
two accounts of one application. An id stays with the account whatever SIM is in the handset, so that it goes with the
number only until a text of that number said that it has another now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, EdgeKind, EvidenceIndex, Flare
from search.linkage.keys import AnnouncedFrom, Role, account_of, is_account_id, is_number, is_stand_in
from search.linkage.phrases import counted

_TELEGRAM = "telegram"
_USER = "user"
_SAYS_CHANGE = frozenset(
    {AnnouncedFrom.OLD_ADVERT, AnnouncedFrom.NEW_ADVERT, AnnouncedFrom.OLD_PLAIN, AnnouncedFrom.NEW_PLAIN}
)


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """An account and its number.

    Attributes:
        device_ids: Devices whose address book, or own statement, has both; sorted.
        until: Last instant at which a text of the number said that it has another now. None: none did.
    """

    account: str
    number: str
    service: str
    device_ids: tuple[str, ...]
    is_owners: bool = False
    until: str | None = None

    @property
    def sentence(self) -> str:
        """Return what shows it."""
        phones = counted(len(self.device_ids), "phone")
        how = f"stated with {self.number} as its owner's own" if self.is_owners else f"saved with {self.number}"
        end = f" until another was announced on {self.until[:10]}" if self.until else ""
        return f"{self.service.capitalize()} {self.account}, {how} on {phones}, counts as this number{end}."


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """Statements of one application that differ: the accounts and numbers of them, sorted."""

    service: str
    accounts: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what differs."""
        return (
            f"Address books state {self.service.capitalize()} {' and '.join(self.accounts)} with "
            f"{' and '.join(self.numbers)}: which account has which number is not said, and none was taken for another."
        )


class BoundAccounts(msgspec.Struct, frozen=True):
    """The accounts whose number is stated, by account and number, and what is stated otherwise by others."""

    bound: tuple[Bound, ...] = ()
    disputed: tuple[Disputed, ...] = ()

    def sentences_of(self, number: str) -> list[str]:
        """Return what binds accounts to a number."""
        return [each.sentence for each in self.bound if each.number == number]

    def disputes_of(self, senders: Iterable[str]) -> list[str]:
        """Return what is disputed of some numbers and accounts."""
        shown = {account_of(sender, _TELEGRAM) or sender for sender in senders}
        return [each.sentence for each in self.disputed if not shown.isdisjoint({*each.accounts, *each.numbers})]


NONE_BOUND = BoundAccounts()


async def read_accounts(
    index: EvidenceIndex,
    device_of: Mapping[str, str],
    adverts: Sequence[Edge],
    announcements: Sequence[Edge],
    flares: Iterable[Flare],
) -> BoundAccounts:
    """Return the accounts of who sent adverts or broadcasts, and of the numbers that did.

    Args:
        index: Where the edges of kind account are.
        device_of: Device by extraction.
        adverts: Edges of kind advert.
        announcements: Edges of kind announcement.
        flares: All flares.
    """
    senders = {edge.key for edge in (*adverts, *announcements)} | {flare.sender for flare in flares if flare.sender}
    asked = {account_of(sender, "") or sender for sender in senders if not is_stand_in(sender)}
    edges = await _edges(index, asked)
    # a statement is known to differ from others only where all of its account and of its number are
    more = {key for edge in edges for key in (edge.key, edge.other) if key} - asked
    edges += await _edges(index, more)
    found, whole = bound_accounts(edges, announcements, device_of), asked | more
    return BoundAccounts(tuple(each for each in found.bound if {each.account, each.number} <= whole), found.disputed)


async def _edges(index: EvidenceIndex, keys: Iterable[str]) -> list[Edge]:
    wanted = sorted(keys)
    return [edge async for edge in index.edges(EdgeKind.ACCOUNT, wanted)] if wanted else []


def bound_accounts(edges: Iterable[Edge], announcements: Iterable[Edge], device_of: Mapping[str, str]) -> BoundAccounts:
    """Return what edges of kind account bind, in order of service, account and number."""
    stated: dict[tuple[str, str, str], set[tuple[str, bool]]] = defaultdict(set)
    shown_in: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is None:
            continue
        if edge.role == Role.RECEIVED:
            shown_in[edge.key].add(edge.label)
        else:
            is_by_number = edge.key[:1] == "+"
            account, number = (edge.other, edge.key) if is_by_number else (edge.key, edge.other)
            if is_number(number):
                stated[edge.label, account, number].add((device_id, edge.role == Role.ACCOUNT))
    disputed = _disputed(stated)
    differing = {(each.service, key) for each in disputed for key in (*each.accounts, *each.numbers)}
    changed = _changed(announcements)
    bound = [
        Bound(
            account=account,
            number=number,
            service=service,
            device_ids=tuple(sorted({device_id for device_id, _ in found})),
            is_owners=all(is_owners for _, is_owners in found),
            until=max((changed[key] for key in forms_of(service, account, number) if key in changed), default=None),
        )
        for (service, account, number), found in sorted(stated.items())
        if (service, account) not in differing
        and (service, number) not in differing
        and _is_of_one(shown_in[account], service, account)
    ]
    return BoundAccounts(tuple(bound), tuple(disputed))


def forms_of(service: str, account: str, *others: str) -> tuple[str, ...]:
    """Return how an account is written by different tools; and others, as they are."""
    is_user = service == _TELEGRAM and account.isdecimal()
    return (account, *((_USER + account,) if is_user else ()), *others)


def _is_of_one(shown_in: set[str], service: str, account: str) -> bool:
    """Whether texts show the account in that application alone; of an id a text may leave out in which it is."""
    others = shown_in - {service}
    return not others or (others == {""} and is_account_id(account))


def _disputed(stated: Iterable[tuple[str, str, str]]) -> list[Disputed]:
    """Return the statements of which an account has several numbers, or a number several accounts.

    An id and a user name of one number are no two accounts.
    """
    numbers_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    accounts_of: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    for service, account, number in stated:
        numbers_of[service, account].add(number)
        accounts_of[service, number, _is_id(account)].add(account)
    found = {
        Disputed(service=service, accounts=(account,), numbers=tuple(sorted(numbers)))
        for (service, account), numbers in numbers_of.items()
        if len(numbers) > 1
    }
    found |= {
        Disputed(service=service, accounts=tuple(sorted(accounts)), numbers=(number,))
        for (service, number, _), accounts in accounts_of.items()
        if len(accounts) > 1
    }
    return sorted(found, key=lambda each: (each.service, each.accounts, each.numbers))


def _is_id(account: str) -> bool:
    return account.isdecimal() or is_account_id(account)


def _changed(announcements: Iterable[Edge]) -> dict[str, str]:
    """Return the last instant at which each number, or account, was announced to be another one."""
    found: dict[str, str] = {}
    for edge in announcements:
        if edge.last_at is not None and edge.role in _SAYS_CHANGE:
            found[edge.key] = max(found.get(edge.key, ""), edge.last_at)
    return found
