"""What each seized phone holds of what happened, in the neutral truth model that the writers of vendor files take.

``TextMessage.flare`` holds the wording's key and ``advert_of`` the line's, so that the truth is worked out from what
a phone really holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

import msgspec

from ingest.demo.truth import (
    ChatThread,
    Handset,
    Holding,
    OwnedAccount,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    TextMessage,
    Travel,
)
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.cast import Card, Phone
from tests.linkage_worlds.happenings import Rang, Said

_LONDON = ZoneInfo("Europe/London")
_SIM_TEXTS = 15
_NETWORK = "OneMobile"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What one phone holds: everything that a fact can be read from, each once.

    Attributes:
        said: The text of the log behind each text held, by its key.
    """

    phone: Phone
    texts: tuple[TextMessage, ...]
    chats: tuple[ChatThread, ...]
    calls: tuple[PhoneCall, ...]
    contacts: tuple[SavedContact, ...]
    said: dict[str, Said]
    rang: dict[str, Rang]

    def every_text(self) -> Iterator[TextMessage]:
        """Yield texts and the messages of chats."""
        yield from self.texts
        for thread in self.chats:
            yield from thread.messages

    @property
    def last_card(self) -> Card:
        """The SIM that is in it when it is seized."""
        return self.phone.carried[-1].card


def hold(world: WorldBuilder) -> list[Held]:
    """Return what every phone holds."""
    said_by: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    rang_by: dict[str, list[tuple[int, Rang]]] = defaultdict(list)
    own = {held.card.number for phone in world.phones for held in phone.carried}
    for place, said in enumerate(world.log.said):
        for number in own.intersection((said.sender, *said.recipients)):
            said_by[number].append((place, said))
    for place, rang in enumerate(world.log.rang):
        for number in own.intersection((rang.caller, rang.callee)):
            rang_by[number].append((place, rang))
    return [_held(phone, said_by, rang_by) for phone in world.phones]


def _held(phone: Phone, said_by: dict[str, list[tuple[int, Said]]], rang_by: dict[str, list[tuple[int, Rang]]]) -> Held:
    numbers = {held.card.number for held in phone.carried}
    said = {f"t{place}": text for number in numbers for place, text in said_by[number]}
    rang = {f"c{place}": call for number in numbers for place, call in rang_by[number]}
    texts: list[tuple[Said, TextMessage]] = []
    for key, text in sorted(said.items(), key=lambda item: (item[1].at, item[0])):
        if (text.service == "sms" or phone.is_smart) and phone.holds(text.at):
            texts += [(text, kept) for kept in _kept(phone, key, text)]
    if phone.handset is None:
        came = [pair for pair in texts if pair[1].travel is Travel.IN and pair[1].service == "sms"]
        texts = [(text, msgspec.structs.replace(kept, on_sim=True)) for text, kept in came[-_SIM_TEXTS:]]
    calls = [] if phone.handset is None else list(_calls(phone, rang))
    return Held(
        phone=phone,
        texts=tuple(kept for _, kept in texts if kept.service != "whatsapp"),
        chats=tuple(_threads(phone, [kept for _, kept in texts if kept.service == "whatsapp"])),
        calls=tuple(calls),
        contacts=tuple(_contacts(phone)),
        said={kept.key: text for text, kept in texts},
        rang={call.key: rang[call.key] for call in calls},
    )


def _instant(at: datetime, phone: Phone) -> datetime:
    """Return the instant that a right reading gives: without a zone, a repeated hour is the earlier one."""
    if not phone.is_zoneless:
        return at + timedelta(hours=phone.clock_off_hours)
    return at.astimezone(_LONDON).replace(tzinfo=None).replace(tzinfo=_LONDON, fold=0).astimezone(UTC)


def _kept(phone: Phone, key: str, said: Said) -> Iterator[TextMessage]:
    own = phone.number_at(said.at)
    if own is None:
        return
    goes_out = said.sender == own
    if not goes_out and own not in said.recipients:
        return
    others = said.recipients if goes_out else (said.sender,)
    travel = Travel.OUT if goes_out else Travel.IN
    is_dated = not goes_out or phone.keeps_sent_times or said.service == "whatsapp"
    # a list to which a chat is sent leaves a message of its own with each of those on it
    lists = [(number,) for number in others] if said.service == "whatsapp" else [others]
    for place, numbers in enumerate(lists):
        yield TextMessage(
            key=key if len(lists) == 1 else f"{key}.{place}",
            at=_instant(said.at, phone) if is_dated else None,
            travel=travel,
            peers=tuple(peer(phone, number, travel, said.service) for number in numbers),
            body=said.body,
            service=said.service,
            zoneless=phone.is_zoneless,
            advert_of=said.line,
            flare=said.wording,
        )


def peer(phone: Phone, number: str, travel: Travel, service: str) -> Peer:
    """Return the other side as the phone writes it: the network's form on what came in, a typed one on what went."""
    if not number.startswith("+"):
        return Peer(number)
    name = phone.saved.get(number)
    if service == "whatsapp" and phone.shows_names_only and name is not None:
        return Peer(name, None, name)
    if service == "whatsapp":
        return Peer(f"{number[1:]}@s.whatsapp.net", number, name)
    national = "0" + number[3:]
    forms = (number, national, f"{national[:5]} {national[5:]}", f"0044{number[3:]}", f"+44 (0){number[3:]}")
    pick = crc32(f"{phone.key} {number}".encode())
    return Peer(number if travel is Travel.IN and pick % 7 else forms[pick % len(forms)], number, name)


def _calls(phone: Phone, rang: dict[str, Rang]) -> Iterator[PhoneCall]:
    for key, call in sorted(rang.items(), key=lambda item: (item[1].at, item[0])):
        own = phone.number_at(call.at)
        if own is None or not phone.holds(call.at) or own not in {call.caller, call.callee}:
            continue
        goes_out = call.caller == own
        yield PhoneCall(
            key=key,
            at=_instant(call.at, phone),
            call_type="outgoing" if goes_out else "incoming" if call.seconds else "missed",
            peer=peer(phone, call.callee if goes_out else call.caller, Travel.OUT if goes_out else Travel.IN, "sms"),
            duration_seconds=call.seconds,
            zoneless=phone.is_zoneless,
        )


def _threads(phone: Phone, messages: Iterable[TextMessage]) -> Iterator[ChatThread]:
    threads: dict[str, list[TextMessage]] = defaultdict(list)
    for message in messages:
        for other in message.peers:
            threads[other.written].append(msgspec.structs.replace(message, peers=(other,)))
    for written, held in threads.items():
        yield ChatThread(
            key=written,
            service="whatsapp",
            account=f"{phone.number[1:]}@s.whatsapp.net",
            participants=(held[0].peers[0],),
            messages=tuple(held),
        )


def _contacts(phone: Phone) -> Iterator[SavedContact]:
    if phone.shows_names_only and crc32(phone.key.encode()) % 2:
        return  # chats were exported alone
    for place, (number, name) in enumerate(sorted(phone.saved.items())):
        written = peer(phone, number, Travel.OUT, "sms").written
        yield SavedContact(key=f"p{place}", name=name, numbers=(SavedNumber(written, number),))


def sim_of(card: Card) -> Sim:
    """Return the SIM as a tool shows it."""
    return Sim(iccid=card.iccid, imsi=card.imsi, msisdn=card.number if card.is_stated else None, network=_NETWORK)


def handset_holding(held: Held, *, has_identity: bool = True, texts: Iterable[TextMessage] | None = None) -> Holding:
    """Return the handset's extraction, with the SIM that was in it."""
    phone = held.phone
    handset = phone.handset or Handset(make="SIM", model="SIM")
    stated = handset if has_identity else msgspec.structs.replace(handset, imei=())
    has_account = phone.is_smart and held.last_card.is_stated
    number = held.last_card.number
    account = OwnedAccount(
        key="a0", service="WhatsApp", name="me", username=f"{number[1:]}@s.whatsapp.net",
        number=SavedNumber(number, number, "General"),
    )  # fmt: skip
    return Holding(
        handset=stated,
        sim=sim_of(held.last_card) if has_identity else None,
        read_at=phone.until + timedelta(days=1),
        texts=held.texts if texts is None else tuple(texts),
        calls=held.calls,
        contacts=held.contacts,
        accounts=(account,) if has_account else (),
        chats=held.chats,
    )


def sim_holding(held: Held) -> Holding:
    """Return what a SIM holds by itself: copies of a few received texts."""
    came = [text for text in held.texts if text.travel is Travel.IN][:_SIM_TEXTS]
    copies = tuple(
        msgspec.structs.replace(
            text,
            key=f"sim {text.key}",
            on_sim=True,
            peers=tuple(Peer(p.number or p.written, p.number) for p in text.peers),
        )
        for text in came
    )
    texts = held.texts if held.phone.handset is None else copies
    return Holding(sim=sim_of(held.last_card), read_at=held.phone.until + timedelta(days=1), texts=texts)
