"""Which senders without a number of their own may be the very number that another phone shows, or its holder's."""

from __future__ import annotations

from search.linkage.instants import periods_touch
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, is_number
from search.linkage.number_use.spells import Spell

OVERLAP_DAYS = 7.0
"""Two numbers that are both in use for longer are in use at once."""
WITHIN_DAYS = 2.0
"""An old number may still send so long after the new one has begun."""
_LEAST_RECIPIENTS = 3
_NEARLY_ALL = 0.8


def may_be_one_number(a: Spell, b: Spell) -> bool:
    """Whether a saved name, or a phone that does not say its number, may stand for the number of the other.

    A saved name: no phone that got adverts of the one got or sent those of the other, for one phone saves one number
    once. So with the account of an application beside a number: who has an account there has a number too. A phone:
    nearly all who got adverts from the number, three at least, are on its list, and no other phone held sent them.
    That both are in use at once then says nothing against one line.
    """
    by_name = a.sender.startswith(NAME_PREFIX) or b.sender.startswith(NAME_PREFIX)
    if by_name or _are_account_and_number(a, b):
        return (a.receiving | a.sending).isdisjoint(b.receiving | b.sending)
    return _has_all_on_its_list(a, b) or _has_all_on_its_list(b, a)


def _are_account_and_number(a: Spell, b: Spell) -> bool:
    return any(one.is_account and is_number(other.sender) and not other.is_account for one, other in ((a, b), (b, a)))


def _has_all_on_its_list(phone: Spell, other: Spell) -> bool:
    """Whether a phone without a number of its own sent to nearly all who got what no phone held sent."""
    if not phone.sender.startswith(OWN_PREFIX) or other.sending or len(other.recipients) < _LEAST_RECIPIENTS:
        return False
    return len(other.recipients & phone.recipients) >= _NEARLY_ALL * len(other.recipients)


def may_be_one_phone(a: Spell, b: Spell) -> bool:
    """Whether one is a phone without a number of its own that was in use while the other number was."""
    return a.sender.startswith(OWN_PREFIX) != b.sender.startswith(OWN_PREFIX) and periods_touch(
        (a.used_from, a.used_until), (b.used_from, b.used_until), OVERLAP_DAYS
    )
