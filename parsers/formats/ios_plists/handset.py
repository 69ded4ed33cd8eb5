"""What the property lists of iOS say of the handset and its cards.

Keys: ``com.apple.commcenter.plist`` and ``com.apple.commcenter.device_specific_nobackup.plist`` (the telephone's own
settings), and ``Info.plist`` of a Finder or iTunes backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.device_ids import iccid_key
from parsers.plist_guard import PlistValues, plist_text, plist_utc
from parsers.records.facts import Device, Sim
from parsers.records.values import DeletedState

_MOST: Final = 64
_MAKE: Final = "Apple"
_NOT_PLAIN: Final = "a list"
_BACKUP_KEYS: Final = frozenset(
    {"Product Type", "Product Version", "Last Backup Date", "Unique Identifier", "Target Type"}
)
_COMMCENTER_KEYS: Final = frozenset(
    {
        *("ReportedPhoneNumber", "ReportedSubscriberIdentity", "PersonalWallet", "LastKnownICCID", "imeis"),
        *("kPostponementTicket", "PhoneNumber", "kCTPhoneNumber", "SIMPhoneNumber"),
    }
)
_NUMBER_KEYS: Final = ("ReportedPhoneNumber", "PhoneNumber", "kCTPhoneNumber", "SIMPhoneNumber")
_CURRENT_CARD_KEYS: Final = ("ReportedSubscriberIdentity", "LastKnownICCID", "ICCID")
"""Of the card that is in the handset, the first that holds one; ``ICCID``, with ``IMSI``, is of older versions."""
_BACKUP_EXTRA: Final = (
    *("Device Name", "Display Name", "Serial Number", "Product Type", "Build Version", "Unique Identifier", "MEID"),
    *("iTunes Version", "macOS Version", "Last Backup Date"),
)
_READ_KEYS: Final = frozenset(
    {
        *("IMEI", "IMEI 2", "Phone Number", "ICCID 2", "Product Name", "Product Version", *_BACKUP_EXTRA),
        *(*_NUMBER_KEYS, *_CURRENT_CARD_KEYS, "IMSI", "imeis", "subscriber_account_ids", "PersonalWallet"),
    }
)


class Card(msgspec.Struct):
    """One SIM card, by its ICCID."""

    iccid: str
    imsi: dict[str, None] = {}
    msisdn: dict[str, None] = {}


class HandsetFacts(msgspec.Struct):
    """What was gathered; identifiers as written, each once, in order."""

    imei: dict[str, None] = {}
    msisdn: dict[str, None] = {}
    cards: dict[str, Card] = {}
    model: str | None = None
    os: str | None = None
    read_at: str | None = None
    extra: dict[str, str] = {}
    repeated: dict[tuple[str, str], None] = {}
    """Keys that stand in one list again with another value, and that value."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of any handset or card."""
        return not (self.imei or self.msisdn or self.cards or self.model or self.extra)

    @property
    def imsi(self) -> tuple[str, ...]:
        """The subscribers of all cards."""
        return tuple(dict.fromkeys(imsi for card in self.cards.values() for imsi in card.imsi))


def is_backup_info(values: Mapping[str, object]) -> bool:
    """Whether a property list is the ``Info.plist`` of a backup."""
    return len(_BACKUP_KEYS & values.keys()) >= 2


def is_commcenter(values: Mapping[str, object]) -> bool:
    """Whether a property list is one of the telephone's own settings."""
    return bool(_COMMCENTER_KEYS & values.keys())


def gather(values: Mapping[str, object], facts: HandsetFacts) -> None:
    """Take what a property list says of the handset; of a key that stands in it twice, both values."""
    _gather_once(values, facts)
    for key, value in values.repeated if isinstance(values, PlistValues) else ():
        if key not in _READ_KEYS or value == values[key]:
            continue
        # Of which of two cards a number is, that stands beside both, nothing says.
        beside = {name: held for name, held in values.items() if key != "ICCID" or name != "Phone Number"}
        _gather_once({**beside, key: value}, facts)
        if len(facts.repeated) < _MOST:
            facts.repeated.setdefault((key, plist_text(value) or plist_utc(value) or _NOT_PLAIN))


def _gather_once(values: Mapping[str, object], facts: HandsetFacts) -> None:
    if is_backup_info(values):
        _gather_backup(values, facts)
    elif is_commcenter(values):
        _gather_commcenter(values, facts)


def device_of(facts: HandsetFacts, stamp: SourceStamp, extraction_id: str, locator: str) -> Device:
    """Return the handset as a record."""
    return Device(
        source=stamp.source(locator),
        record_id=stamp.record_id("device", locator),
        extraction_id=extraction_id,
        deleted=DeletedState.INTACT,
        imei=tuple(facts.imei),
        iccid=tuple(facts.cards),
        imsi=facts.imsi,
        msisdn=tuple(facts.msisdn),
        make=_MAKE,
        model=facts.model,
        os=facts.os,
        extra=(*facts.extra.items(), *facts.repeated),
    )


def sims_of(facts: HandsetFacts, stamp: SourceStamp, extraction_id: str, locator: str) -> Iterator[Sim]:
    """Yield its cards as records."""
    for place, card in enumerate(facts.cards.values(), 1):
        own = f"{locator}, card {place}"
        yield Sim(
            source=stamp.source(own),
            record_id=stamp.record_id("sim", own),
            extraction_id=extraction_id,
            deleted=DeletedState.INTACT,
            iccid=(card.iccid,),
            imsi=tuple(card.imsi),
            msisdn=tuple(card.msisdn),
        )


def _gather_backup(values: Mapping[str, object], facts: HandsetFacts) -> None:
    for key in ("IMEI", "IMEI 2"):
        _put(facts.imei, values.get(key))
    _put(facts.msisdn, values.get("Phone Number"))
    for key in ("ICCID", "ICCID 2"):
        card = _card(facts, values.get(key))
        if card is not None and key == "ICCID":
            _put(card.msisdn, values.get("Phone Number"))
    facts.model = facts.model or plist_text(values.get("Product Name")) or plist_text(values.get("Product Type"))
    version = plist_text(values.get("Product Version"))
    facts.os = facts.os or (f"iOS {version}" if version is not None else None)
    facts.read_at = facts.read_at or plist_utc(values.get("Last Backup Date"))
    for key in _BACKUP_EXTRA:
        text = plist_text(values.get(key)) or plist_utc(values.get(key))
        if text is not None:
            facts.extra.setdefault(key, text)


def _gather_commcenter(values: Mapping[str, object], facts: HandsetFacts) -> None:
    for imei in _seconds(values.get("imeis")):
        _put(facts.imei, imei)
    numbers = [values.get(key) for key in _NUMBER_KEYS]
    for number in numbers:
        _put(facts.msisdn, number)
    current = next((text for key in _CURRENT_CARD_KEYS if (text := plist_text(values.get(key))) is not None), None)
    held = _card(facts, current)
    for iccid in _seconds(values.get("subscriber_account_ids")):
        _card(facts, iccid)
    wallet = values.get("PersonalWallet")
    for iccid, inner in list(wallet.items())[:_MOST] if isinstance(wallet, dict) else ():
        # A key may be anything: a card only by its form.
        card = _card(facts, iccid) if isinstance(iccid, str) and iccid_key(iccid) is not None else None
        if card is not None and isinstance(inner, dict):
            _gather_wallet(inner, card, facts)
    if held is not None:
        _put(held.imsi, values.get("IMSI"))
        for number in numbers:
            _put(held.msisdn, number)


def _gather_wallet(values: Mapping[object, object], card: Card, facts: HandsetFacts) -> None:
    rights, phone_book = values.get("CarrierEntitlements"), values.get("phonebook")
    if isinstance(rights, dict):
        _put(facts.imei, rights.get("kEntitlementsSelfRegistrationUpdateImei"))
        for key in ("kEntitlementsSelfRegistrationUpdateImsi", "lastGoodImsi"):
            _put(card.imsi, rights.get(key))
    if isinstance(phone_book, dict):
        for key in ("CopiedSIMPhoneNumber", "PNRPhoneNumber"):
            _put(card.msisdn, phone_book.get(key))


def _card(facts: HandsetFacts, iccid: object) -> Card | None:
    text = plist_text(iccid)
    if text is None or (text not in facts.cards and len(facts.cards) >= _MOST):
        return None
    return facts.cards.setdefault(text, Card(iccid=text))


def _seconds(value: object) -> Iterator[object]:
    """Yield the values of a list, whose items are pairs, or plain as in older versions."""
    for each in value[:_MOST] if isinstance(value, list) else ():
        yield each.get("second") if isinstance(each, dict) else each


def _put(held: dict[str, None], value: object) -> None:
    text = plist_text(value)
    if text is not None and len(held) < _MOST:
        held.setdefault(text)
