"""The sides of a message or call: numbers and names, in the namespace that says whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.formats.xry_text.account_forms import is_form_of_account
from parsers.formats.xry_text.entities import Field
from parsers.formats.xry_text.views import ACCOUNT_KEY, APPLICATION_KEYS, PARTY_KEYS, SIDES
from parsers.phone_numbers import number_key, to_e164
from parsers.records.values import Party
from parsers.service_families import HANDSET, service_family
from parsers.tables.label_parts import is_kind_of_number
from parsers.tables.party_cells import parties_of_label

FROM, TO, UNSAID = "from", "to", ""
_FURTHER_SENDER: Final = "From"

_NUMBER_KEYS: Final = ("tel", "number")
_NAME_KEYS: Final = ("name", "name (matched)")
_HANDLE_KEYS: Final = frozenset({"account", "user name", "username"})
"""Keys of an application that say who somebody is right behind the line of their side; elsewhere that is open."""


Extra = list[tuple[str, str]]


class SideParty(msgspec.Struct, frozen=True):
    """A party and its namespace; ``side`` is empty where it stands in none."""

    side: str
    party: Party


def read_parties(
    fields: Sequence[Field], region: str, own_keys: frozenset[str], extra: Extra | None = None
) -> list[SideParty]:
    """Return the parties, in order; a name goes with the number of its namespace. What differs goes to ``extra``."""
    found: list[SideParty] = []
    groups: dict[int, list[Field]] = {}
    for field in fields:
        if field.value:
            groups.setdefault(field.side_number, []).append(field)
    is_chat = _is_of_application(fields)
    for group in groups.values():
        side = next((field.side for field in group if field.side), UNSAID)
        for each in _parties_of(group, region, extra, is_chat=is_chat):
            is_owner = (each.e164 or each.raw) in own_keys if each.raw else False
            found.append(SideParty(side, msgspec.structs.replace(each, is_owner=True) if is_owner else each))
    return found


def party_key(fields: Sequence[Field], region: str) -> str | None:
    """Return the number key of the first party. None: no number is stated."""
    found = next((each.party for each in read_parties(fields, region, frozenset()) if each.party.raw), None)
    return number_key(found.raw, found.e164) if found is not None else None


def _is_of_application(fields: Sequence[Field]) -> bool:
    """Whether a message or call is of an application: its accounts are no places where the handset keeps a contact."""
    stated = next((field.value for field in fields if field.key in APPLICATION_KEYS and field.value.strip()), None)
    return service_family(stated) != HANDSET


def _parties_of(group: list[Field], region: str, extra: Extra | None, *, is_chat: bool) -> list[Party]:
    labels = [each for field in group if field.key in SIDES for each in _labels_of(field.value, region)]
    by_key = _numbered(group, region)
    accounts = [field.value for field in group if field.key == ACCOUNT_KEY]
    if not by_key and accounts:
        # An application knows its people by account alone; whatever it is called, it identifies them.
        each = Party(accounts[0], to_e164(accounts[0], region))
        by_key[number_key(each.raw, each.e164)] = each
        accounts = accounts[1:]
    elif not by_key and is_chat and (handle := _handle_of(group, region)) is not None:
        by_key[number_key(*handle)] = Party(*handle)
    numbers = list(by_key.values())
    names = [field.value for key in _NAME_KEYS for field in group if field.key == key]
    shown_numbers = {label.raw for label in labels}
    parties = [*labels, *(each for each in numbers if each.raw not in shown_numbers)]
    if len(labels) == 1 and numbers and labels[0].raw is None:
        # ``From: Jay`` above ``Tel: ...``: one party, not two.
        parties = [msgspec.structs.replace(numbers[0], name=labels[0].name), *numbers[1:]]
    if names and not parties:
        parties = [Party(name=names[0])]
        names = names[1:]
    elif names and len(parties) == 1 and parties[0].name is None:
        parties = [msgspec.structs.replace(parties[0], name=names[0])]
        names = names[1:]
    elif names and all(each.name is None for each in parties):
        parties, names = _named_by_place(group, parties, names, region)
    if extra is not None:
        shown = {each.name for each in parties}
        extra.extend(("Name", name) for name in names if name not in shown)
        extra.extend(("Account Name", account) for account in accounts)
    return parties


def _numbered(group: list[Field], region: str) -> dict[str | None, Party]:
    by_key: dict[str | None, Party] = {}
    for field in group:
        if field.key in _NUMBER_KEYS:
            for each in numbers_of(field.value, region):
                by_key.setdefault(number_key(each.raw, each.e164), each)
    return by_key


def _handle_of(group: list[Field], region: str) -> tuple[str, str | None] | None:
    """Return the account or handle that stands among the keys of a party; one that is a number before others.

    A side holds for all keys behind it: what stands behind the text may be of the owner, or of the whole message. None:
    none stands there, or its value has not the form of an account.
    """
    found: list[tuple[str, str | None]] = []
    for field in group:
        if field.key in _HANDLE_KEYS:
            if field.side in SIDES and is_form_of_account(field.value, region):
                found.append((field.value, to_e164(field.value, region)))
        elif field.key not in PARTY_KEYS and field.key not in SIDES:
            break
    return next((each for each in found if each[1] is not None), found[0] if found else None)


def _named_by_place(
    group: list[Field], parties: list[Party], names: list[str], region: str
) -> tuple[list[Party], list[str]]:
    """Return parties with their names: where there are fewer, each is of the number in front of it, or behind it.

    With them come the names that are nobody's.
    """
    if len(names) == len(parties):
        return [msgspec.structs.replace(each, name=name) for each, name in zip(parties, names, strict=True)], []
    keys = [number_key(each.raw, each.e164) for each in parties]
    by_key: dict[str | None, str] = {}
    rest: list[str] = []
    last: str | None = None
    fields = [field for field in group if field.key in _NUMBER_KEYS or field.key in _NAME_KEYS]
    if fields[0].key in _NAME_KEYS:
        fields.reverse()
    for field in fields:
        if field.key in _NUMBER_KEYS:
            told = numbers_of(field.value, region)
            last = number_key(told[0].raw, told[0].e164) if len(told) == 1 else None
        elif last is not None and last in keys and last not in by_key:
            by_key[last] = field.value
        else:
            rest.append(field.value)
    named = [msgspec.structs.replace(each, name=by_key.get(key)) for each, key in zip(parties, keys, strict=True)]
    return named, [name for name in names if name in rest]


def _labels_of(value: str, region: str) -> Sequence[Party]:
    """Return the parties that a side's own value shows."""
    labels = parties_of_label(value, region)
    if len(labels) == 1 and labels[0].e164 is not None and is_kind_of_number(labels[0].name or ""):
        return (msgspec.structs.replace(labels[0], raw=value, name=None),)
    return labels


def numbers_of(value: str, region: str) -> Sequence[Party]:
    """Return the party of a number; of several in one value, each."""
    whole = Party(value, to_e164(value, region))
    if whole.e164 is not None:
        return (whole,)
    several = parties_of_label(value, region)
    if not several or any(each.e164 is None for each in several):
        return (whole,)
    if len(several) > 1:
        return several
    # ``07700 900123 (Mobile)``, ``07700 900123 (Jay)``: one number with a word beside it, kept as it stands.
    beside = several[0].name
    return (Party(value, several[0].e164, None if beside is None or is_kind_of_number(beside) else beside),)


def sides_of(
    parties: Sequence[SideParty], extra: Extra, *, came_in: bool | None
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return the sender and the recipients.

    Args:
        parties: As they stand.
        extra: Takes further numbers of who sent it: they stand in the namespace of senders, and are no recipients.
        came_in: Whether the message or call came in, which says what a party without namespace is. None: not known.
    """
    senders = [each.party for each in parties if each.side == FROM]
    recipients = [each.party for each in parties if each.side == TO]
    others = [each.party for each in parties if each.side not in {FROM, TO}]
    if came_in and not senders:
        senders = [party for party in others if not party.is_owner][:1]
    elif came_in is False and not senders:
        senders = [party for party in others if party.is_owner][:1]
    others = [party for party in others if not (senders and party is senders[0])]
    for party in senders[1:]:
        extra.extend((_FURTHER_SENDER, text) for text in (party.raw, party.name) if text)
    return (senders[0] if senders else None), (*recipients, *others)
