"""Contacts, accounts, handsets and cards."""

from __future__ import annotations

from parsers.formats.case_jsonld.nodes import text_of
from parsers.formats.case_jsonld.own_facet import own_clock
from parsers.formats.case_jsonld.references import HAS_ACCOUNT, HAS_SYSTEM, Thing
from parsers.formats.case_jsonld.thing_values import Place, deleted_of, extra_of, listing_of, moment_of, named
from parsers.json_decoding import Json
from parsers.phone_numbers import to_e164
from parsers.records.facts import Account, Contact, Device, Sim
from parsers.records.values import DeviceClock, NumberRef


def contact_of(thing: Thing, place: Place) -> Contact:
    """Return the entry of a phone book that a thing is."""
    if thing.own is not None:
        return _contact_as_exported(thing, place)
    people, region = place.people, place.region
    name = thing.word("displayName", "contactName")
    parts = [word for key in ("firstName", "middleName", "lastName") if (word := thing.word(key)) is not None]
    nickname = thing.word("nickname")
    numbers: list[tuple[str, str | None]] = [
        (raw, None) for raw in people.numbers(thing.items("phoneNumber", "contactPhoneNumber"))
    ]
    emails = people.emails(thing.items("emailAddress"))
    for item in thing.items("contactPhone"):
        held = place.references.described(item)
        label = held.word("contactPhoneScope") if held is not None else None
        inner: list[Json] = held.items("contactPhoneNumber", "phoneNumber") if held is not None else [item]
        numbers += [(raw, label) for raw in people.numbers(inner)]
    for item in thing.items("contactEmail"):
        held = place.references.described(item)
        emails += people.emails([item] if held is None else held.items("emailAddress", "contactEmailAddress"))
    handles = people.handles(thing.items("screenName", "handle"))
    for item in thing.items("contactMessaging"):
        held = place.references.described(item)
        inner = [item] if held is None else held.items("messagingAddress", "contactMessagingPlatform")
        handles += people.handles(inner)
    stored = people.service(thing.items("sourceApplication", "application"))
    return Contact(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("contact", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        name=name or " ".join(parts) or nickname,
        numbers=tuple(dict.fromkeys(NumberRef(raw, to_e164(raw, region), label) for raw, label in numbers)),
        emails=tuple(dict.fromkeys(emails)),
        handles=tuple(dict.fromkeys(handles)),
        stored_in=thing.word("storedIn") or stored,
        listing=listing_of(thing),
        extra=extra_of(thing, named(("nickname", nickname if name or parts else None))),
    )


def _contact_as_exported(thing: Thing, place: Place) -> Contact:
    """Return the entry of a phone book as our own export wrote it."""
    numbers: list[NumberRef] = []
    for item in thing.items("contactPhone"):
        held = place.references.described(item)
        parties, _ = place.people.parties(held.items("contactPhoneNumber") if held is not None else [], "phone")
        label = held.text("contactPhoneScope") if held is not None else None
        numbers += [NumberRef(party.raw or "", party.e164, label) for party in parties]
    mails = [held for item in thing.items("contactEmail") if (held := place.references.described(item)) is not None]
    addresses = [
        found
        for mail in mails
        for item in mail.items("emailAddress")
        if (found := place.references.described(item)) is not None
    ]
    messengers = [
        held for item in thing.items("contactMessaging") if (held := place.references.described(item)) is not None
    ]
    handles, _ = place.people.parties(
        [item for each in messengers for item in each.items("messagingAddress")], "handle"
    )
    return Contact(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("contact", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        name=thing.text("displayName"),
        numbers=tuple(numbers),
        emails=tuple(text for address in addresses if (text := address.text("addressValue")) is not None),
        handles=tuple(party.raw or "" for party in handles),
        stored_in=thing.text("storedIn"),
        listing=listing_of(thing),
        extra=extra_of(thing, []),
    )


def account_of(thing: Thing, place: Place) -> Account:
    """Return the account that a thing is."""
    facts = place.people.facts_of(thing)
    issuer = place.people.name_of(thing.items("accountIssuer"))
    bare_numbers = [each.strip() for each in facts.numbers]
    named_by = [each.strip() for each in (*facts.logins, *facts.identifiers, *facts.emails)]
    handles = dict.fromkeys(each for each in named_by if each not in bare_numbers)
    service = thing.word("service") or facts.service
    name = facts.names[0] if facts.names else thing.word("name")
    numbers = [NumberRef(raw, to_e164(raw, place.region)) for raw in facts.numbers]
    own = thing.own
    if own is not None and "numberRaw" in own.names:
        # Each text of these lists counts, also the same one twice.
        written = zip(map(text_of, own.items("numberRaw")), map(text_of, own.items("numberE164")), strict=False)
        numbers = [NumberRef(raw or "", e164 or None) for raw, e164 in written]
        handles = dict.fromkeys(text_of(item) or "" for item in own.items("handle"))
        service, name = own.text("service"), thing.text("displayName")
    return Account(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("account", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        service=service,
        name=name,
        handles=tuple(handles),
        numbers=tuple(numbers),
        listing=listing_of(thing),
        extra=extra_of(thing, named(("accountIssuer", issuer), *(("displayName", each) for each in facts.names[1:]))),
    )


def device_of(thing: Thing, place: Place) -> Device:
    """Return the handset that a thing is, with the lines and the system that are linked to it."""
    people, references = place.people, place.references
    accounts = [found for each in references.linked(HAS_ACCOUNT, thing.node.id) if (found := references.thing(each))]
    facts = [people.facts_of(account) for account in accounts]
    lines = [each for each, account in zip(facts, accounts, strict=True) if account.kinds & {"MobileAccount"}]
    systems = [found for each in references.linked(HAS_SYSTEM, thing.node.id) if (found := references.thing(each))]
    system = thing.facet("OperatingSystem")
    maker = people.name_of(thing.items("manufacturer")) if system is None else None
    if system is not None:
        described = [facet for facet in thing.facets if "Device" in facet.kinds]
        maker = people.name_of([item for facet in described for item in facet.items("manufacturer")])
        systems.insert(0, Thing(system, []))
    own, setting = thing.own, moment_of(thing, place, "clockSetting")
    clock = DeviceClock(device_time=setting) if setting.raw is not None else None
    if own is not None:
        clock = own_clock(own, place.state.clock)
    words = [" ".join(filter(None, (each.word("name", "displayName"), each.word("version")))) for each in systems]
    return Device(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("device", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        imei=tuple(thing.words("IMEI")),
        iccid=tuple(thing.words("ICCID")),
        imsi=tuple(dict.fromkeys([*people.imsi(thing.items("IMSI")), *(each for line in lines for each in line.imsi)])),
        msisdn=tuple(
            dict.fromkeys([*people.numbers(thing.items("MSISDN")), *(each for line in lines for each in line.numbers)])
        ),
        make=thing.word("make") or maker,
        model=thing.word("model"),
        os=next((word for word in words if word), None),
        clock=clock,
        listing=listing_of(thing),
        extra=extra_of(thing, []),
    )


def sim_of(thing: Thing, place: Place) -> Sim:
    """Return the card that a thing is."""
    carrier = place.people.name_of(thing.items("carrier"))
    return Sim(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("sim", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        imei=tuple(thing.words("IMEI")),
        iccid=tuple(thing.words("ICCID")),
        imsi=tuple(dict.fromkeys(place.people.imsi(thing.items("IMSI")))),
        msisdn=tuple(dict.fromkeys(place.people.numbers(thing.items("MSISDN")))),
        listing=listing_of(thing),
        extra=extra_of(thing, named(("carrier", carrier))),
    )
