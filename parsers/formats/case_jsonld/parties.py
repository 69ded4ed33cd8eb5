"""The people of messages and calls: accounts with their numbers and names, and the applications that they are of."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from parsers.formats.case_jsonld.nodes import Node, is_described, reference_of, text_of
from parsers.formats.case_jsonld.references import References, Thing
from parsers.json_decoding import Json
from parsers.phone_numbers import number_key, read_label, to_e164
from parsers.records.facts import Direction
from parsers.records.values import Party
from parsers.service_packages import name_of_id
from parsers.services import application_service

_PACKAGES: Final = (
    ("com.whatsapp", "whatsapp"),
    ("net.whatsapp", "whatsapp"),
    ("org.telegram", "telegram"),
    ("ph.telegra", "telegram"),
    ("org.whispersystems.signal", "signal"),
    ("com.snapchat", "snapchat"),
    ("com.instagram", "instagram"),
    ("com.viber", "viber"),
    ("com.skype", "skype"),
)
"""Beginnings of ids, for the parts of an application that have ids of their own (``net.whatsapp.WhatsApp.Intents``)."""

_NATIVE_PACKAGES: Final = (
    *("com.android", "com.google.android", "com.samsung.android", "com.apple.mobilephone", "com.apple.incallservice"),
    "com.apple.contacts",
)
OWN_TEXTS: Final = "sms"
"""The service of a message that the handset's own application holds."""

_NATIVE_NAMES: Final = frozenset(
    {"native", "native app", "native application", "phonebook", "telephony", "phone app", "contacts"}
)
_BARE_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ()-]{1,28}")


_NOBODY: Final = Party()
_AS_EXPORTED: Final = frozenset({"raw", "name"})
"""What our own export says of a party beside the words of UCO, exactly as the record had it."""

_MOST_KEPT: Final = 16_384
_Found: TypeAlias = "tuple[Party | None, list[tuple[str, str]]]"
"""A party, and what has no place in it: name and text."""


class AccountFacts(msgspec.Struct, frozen=True):
    """What an account says; each value once, as written."""

    numbers: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    imsi: tuple[str, ...] = ()
    service: str | None = None
    e164: str | None = None


class People:
    """Resolves references to people, accounts and applications.

    Attributes:
        region: For numbers without a country code.
        missing_count: References to nodes that are not in the file.
    """

    def __init__(self, references: References, region: str, owner_ids: frozenset[str], owner_keys: set[str]) -> None:
        self.missing_count = 0
        self._references = references
        self.region = region
        self._owner_ids = owner_ids
        self._owner_keys = owner_keys
        self._parties: dict[tuple[str, str], _Found] = {}

    def parties(self, items: list[Json], what: str) -> tuple[list[Party], list[tuple[str, str]]]:
        """Return the parties that values name, and what has no place in a party: name and text."""
        found, beside = [], []
        for item in items:
            party, more = self._party(item, what)
            beside += more
            if party is not None:
                found.append(party)
        return found, beside

    def numbers(self, items: list[Json]) -> list[str]:
        """Return the numbers that values are or point at, as written."""
        return [each for item in items for each in self._values(item, lambda facts: facts.numbers or facts.identifiers)]

    def emails(self, items: list[Json]) -> list[str]:
        """Return the addresses of electronic mail that values are or point at."""
        found: list[str] = []
        for item in items:
            thing = self._references.described(item)
            inner = [item] if thing is None else thing.items("emailAddress", "addressValue")
            for each in inner:
                literal = (text_of(each) or "").strip()
                further = None if literal or thing is None else self._references.described(each)
                found += [literal] if literal else further.words("addressValue") if further is not None else []
        return list(dict.fromkeys(found))

    def handles(self, items: list[Json]) -> list[str]:
        """Return the user names that values are or point at."""
        return [each.strip() for item in items for each in self._values(item, _user_names)]

    def imsi(self, items: list[Json]) -> list[str]:
        """Return the subscriber ids that values are or point at."""
        found = [each for item in items for each in self._values(item, lambda facts: facts.imsi or facts.identifiers)]
        return [each.strip() for each in found]

    def application(self, items: list[Json]) -> str | None:
        """Return what an application is called that a value names or points at. None: nothing says it."""
        for item in items:
            thing = self._references.described(item)
            literal = text_of(item) if thing is None else None
            names = [literal] if literal else []
            if thing is not None:
                names = thing.words("applicationIdentifier", "name", "displayName")
            if names:
                return names[0]
        return None

    def service(self, items: list[Json]) -> str | None:
        """Return the service of an application. None: the handset's own, or not stated."""
        name = self.application(items)
        return service_of(name) if name is not None else None

    def name_of(self, items: list[Json]) -> str | None:
        """Return the name of an organisation or person that a value is or points at."""
        for item in items:
            thing = self._references.described(item)
            if thing is None:
                literal = (text_of(item) or "").strip()
                if literal:
                    return literal
                continue
            found = thing.word("name", "displayName", "description")
            if found is not None:
                return found
        return None

    def facts_of(self, thing: Thing) -> AccountFacts:
        """Return what an account says."""
        own = thing.own
        emails = self.emails(thing.items("emailAddress", "addressValue"))
        given = [word for name in ("givenName", "familyName") if (word := thing.word(name)) is not None]
        return AccountFacts(
            numbers=tuple(thing.written("phoneNumber", "MSISDN", "number")) or _identified(thing),
            identifiers=tuple(thing.written("accountIdentifier", "messagingAddress")),
            logins=tuple(thing.written("accountLogin", "handle")),
            names=tuple(dict.fromkeys([*thing.words("displayName"), *([" ".join(given)] if given else [])])),
            emails=tuple(emails),
            imsi=tuple(thing.words("IMSI")),
            service=self.service(thing.items("application")),
            e164=own.word("e164") if own is not None else None,
        )

    def is_line_of_owner(self, thing: Thing) -> bool:
        """Whether an account is the contract of the handset's card, which the handset's record says already."""
        return thing.node.id in self._owner_ids and "MobileAccount" in thing.kinds

    def _party(self, item: Json, what: str) -> _Found:
        node_id = reference_of(item)
        if node_id is None or is_described(item):
            return self._party_of(item, what)
        key = (node_id, what)
        found = self._parties.get(key)
        if found is None:
            if len(self._parties) >= _MOST_KEPT:
                self._parties.clear()
            found = self._parties[key] = self._party_of(item, what)
        if found[0] == _NOBODY and self._references.thing(node_id) is None:
            self.missing_count += 1
        return found

    def _party_of(self, item: Json, what: str) -> _Found:
        thing = self._references.described(item)
        if thing is None:
            literal = text_of(item)
            if literal is None:
                node_id = reference_of(item)
                return Party(), [] if node_id is None else [(f"{what} (not in the file)", node_id)]
            return (self._of_literal(literal) if literal.strip() else None), []
        if thing.own is not None and not thing.own.names.isdisjoint(_AS_EXPORTED):
            return self._as_exported(thing.own), []
        facts = self.facts_of(thing)
        stated = [*facts.numbers, *facts.identifiers, *facts.logins, *facts.emails]
        raw = stated[0] if stated else None
        name = facts.names[0] if facts.names else thing.word("name")
        beside: list[tuple[str, str]] = []
        if facts.numbers and facts.identifiers:
            # A converter of UFED reports puts the name of a party where the account's number belongs.
            identifier = facts.identifiers[0].strip()
            if name is None and not any(char.isdigit() or char == "@" for char in identifier):
                name = identifier
            elif identifier not in {name, (raw or "").strip()}:
                beside.append((f"{what} accountIdentifier", identifier))
        e164 = facts.e164 or (_e164_of(raw, self.region) if raw is not None else None)
        if raw is None and name is None and thing.node.id is not None:
            beside.append((f"{what} (an account without identifier)", thing.node.id))
        return Party(raw, e164, name, is_owner=self._is_owner(thing, raw, e164)), beside

    def _of_literal(self, literal: str) -> Party:
        party = read_label(literal, self.region)
        is_owner = True if number_key(party.raw, party.e164) in self._owner_keys else None
        return msgspec.structs.replace(party, is_owner=is_owner)

    def _as_exported(self, own: Node) -> Party:
        is_owner = own.word("isOwner")
        return Party(
            own.text("raw"), own.text("e164"), own.text("name"), None if is_owner is None else is_owner == "true"
        )

    def _is_owner(self, thing: Thing, raw: str | None, e164: str | None) -> bool | None:
        own = thing.own
        stated = own.word("isOwner") if own is not None else None
        if stated is not None:
            return stated.casefold() == "true"
        if thing.node.id in self._owner_ids or number_key(raw, e164) in self._owner_keys:
            return True
        return None

    def _values(self, item: Json, wanted: Callable[[AccountFacts], tuple[str, ...]]) -> list[str]:
        thing = self._references.described(item)
        if thing is None:
            literal = text_of(item) or ""
            return [literal] if literal.strip() else []
        return list(wanted(self.facts_of(thing)))


def _identified(thing: Thing) -> tuple[str, ...]:
    """Return the number that an old bundle states as the bare identifier of an account for calls; none of its words."""
    facet = thing.facet("PhoneAccount")
    found = facet.word("identifier") if facet is not None and "identifier" in facet.names else None
    return () if found is None or _BARE_NUMBER.fullmatch(found) is None else (found,)


def _e164_of(raw: str, region: str) -> str | None:
    """Return the number that a party is; a converter of UFED reports writes one twice (``+4477.../4477...``).

    A stroke within a number (``07700/900123``) parts no two: neither side is one.
    """
    found = {to_e164(part, region) for part in raw.split("/")} if "/" in raw else set()
    twice = found.pop() if len(found) == 1 else None
    return twice or to_e164(raw, region)


def _user_names(facts: AccountFacts) -> tuple[str, ...]:
    return facts.logins or facts.identifiers or facts.numbers or facts.names


@lru_cache(maxsize=1_024)
def service_of(name: str) -> str | None:
    """Return the service that an application's name or package says. None: the handset's own."""
    plain = name.strip().casefold()
    if (known := name_of_id(plain)) is not None:
        return known
    for prefix, service in _PACKAGES:
        if plain.startswith(prefix):
            return service
    if plain in _NATIVE_NAMES or plain.startswith(_NATIVE_PACKAGES):
        return None
    return application_service(plain)


def owner_by_direction(
    direction: Direction, sender: Party | None, recipients: list[Party]
) -> tuple[Party | None, list[Party]]:
    """Return the parties, the owner marked: which way it went is said as the handset saw it, and both sides are named.

    Left alone where the file says who the owner is, or one side is not one party.
    """
    if sender is None or len(recipients) != 1 or sender.is_owner is not None or recipients[0].is_owner is not None:
        return sender, recipients
    if direction is Direction.OUTGOING:
        return msgspec.structs.replace(sender, is_owner=True), recipients
    return sender, [msgspec.structs.replace(recipients[0], is_owner=True)]
