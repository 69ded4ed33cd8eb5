"""What each seized handset holds of what happened, as the neutral truth model states it.

Forms of numbers differ from record to record, as in real reports: the network's form on what came in, the typed one
on what went out. Basic phones keep no time of sent texts; deleted texts are found by the fuller reading alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from ingest.demo.cast import DEZZY_ELDER, MARLO_ELDER, CastHandset, Role, friends_of
from ingest.demo.truth import (
    ChatThread,
    Holding,
    OtherElement,
    OwnedAccount,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    StoredFile,
    TextMessage,
    Travel,
)
from ingest.demo.world import PlacedCall, SentText, World

_LONDON = ZoneInfo("Europe/London")
_DELETED_WITH = frozenset({MARLO_ELDER, DEZZY_ELDER})
"""Conversations with those behind the lines were deleted on the handsets."""

_PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64 + b"\xff\xd9"
_SIM_COPIES = 20


def written_number(number: str, variant: int) -> str:
    """Return one of the forms in which British handsets write the E.164 number."""
    if not number.startswith("+44"):
        return number
    national = "0" + number[3:]
    forms = (number, national, f"{national[:5]} {national[5:]}", f"0044{number[3:]}")
    return forms[variant % len(forms)]


def _peer(number: str, names: Mapping[str, str], travel: Travel, member: CastHandset) -> Peer:
    if not number.startswith("+"):
        return Peer(number)
    # What comes in carries the network's form; what goes out is as it was typed or saved.
    variant = 0 if travel is Travel.IN else crc32(f"{member.key} {number}".encode()) % 3
    return Peer(written_number(number, variant), number, names.get(number))


def _instant(at: datetime, member: CastHandset) -> datetime:
    """Return the instant that a right reading gives: without a zone, the repeated hour is the earlier one."""
    if not member.reads_zoneless:
        return at
    return at.astimezone(_LONDON).replace(tzinfo=None).replace(tzinfo=_LONDON, fold=0).astimezone(UTC)


class Reading:
    """One reading of one handset: what the tool found in it up to its seizure.

    Args:
        world: What happened.
        member: Whose handset it is.
        finds_deleted: Whether the method recovers deleted texts.
    """

    def __init__(self, world: World, member: CastHandset, *, finds_deleted: bool) -> None:
        self._world = world
        self._member = member
        self._finds_deleted = finds_deleted
        self._names = dict((*friends_of(member), *member.phone_book))

    def _in_time(self, at: datetime) -> bool:
        return self._member.active_from <= at <= self._member.seized_at

    def texts(self) -> tuple[TextMessage, ...]:
        """Return the native texts in order of time."""
        found = sorted(enumerate(self._world.texts), key=lambda pair: pair[1].at)
        texts = [
            text
            for place, sent in found
            if self._in_time(sent.at)
            for text in self._kept(f"t{place}", sent)
            if self._finds_deleted or not text.deleted
        ]
        return (*texts, *self._drafts())

    def _kept(self, key: str, sent: SentText) -> Iterator[TextMessage]:
        member, own = self._member, self._member.own_number
        shared = {
            "key": key,
            "body": sent.body,
            "zoneless": member.reads_zoneless,
            "advert_of": sent.advert_of,
            "flare": sent.flare,
        }
        if sent.sender == own:
            peers = tuple(_peer(number, self._names, Travel.OUT, member) for number in sent.recipients)
            at = _instant(sent.at, member) if member.keeps_sent_times else None
            deleted = bool(_DELETED_WITH.intersection(sent.recipients))
            yield TextMessage(at=at, travel=Travel.OUT, peers=peers, deleted=deleted, **shared)  # type: ignore[arg-type]  # one mapping for both directions
        elif own in sent.recipients:
            peers = (_peer(sent.sender, self._names, Travel.IN, member),)
            yield TextMessage(
                at=_instant(sent.at, member),
                travel=Travel.IN,
                peers=peers,
                deleted=sent.sender in _DELETED_WITH,
                smsc="+447785016005",
                **shared,  # type: ignore[arg-type]  # one mapping for both directions
            )

    def _drafts(self) -> Iterator[TextMessage]:
        member = self._member
        if member.role is not Role.LINE:
            return
        yield TextMessage(
            key="draft", at=None, travel=Travel.DRAFT, peers=(), body="on tonight til", status="Unsent"
        )  # fmt: skip

    def pictures(self) -> tuple[TextMessage, ...]:
        """Return two picture messages from a friend, for handsets that can show them."""
        member = self._member
        if member.handset.os is None:
            return ()
        number, _name = friends_of(member)[4]
        return tuple(
            TextMessage(
                key=f"m{place}",
                at=member.active_from + timedelta(days=2 + place, minutes=7),
                travel=Travel.IN,
                peers=(_peer(number, self._names, Travel.IN, member),),
                body="look at this \U0001f602" if place else None,
                service="mms",
                files=(self.picture_file(place),),
            )
            for place in range(2)
        )

    def picture_file(self, place: int) -> StoredFile:
        """Return the file of one picture message."""
        return StoredFile(
            key=f"picture {place}",
            source_path=f"/data/media/0/Pictures/IMG_{place:04d}.jpg",
            local_path=f"files/Image/IMG_{place:04d}.jpg",
            content=_PICTURE + bytes([place]),
            content_type="image/jpeg",
        )

    def calls(self) -> tuple[PhoneCall, ...]:
        """Return the call log in order of time, and what a clock that was not set has made of two calls."""
        found = sorted(enumerate(self._world.calls), key=lambda pair: pair[1].at)
        calls = [call for place, placed in found if self._in_time(placed.at) for call in self._logged(place, placed)]
        if not self._member.keeps_sent_times:
            friend = _peer(friends_of(self._member)[0][0], self._names, Travel.IN, self._member)
            unset = datetime(2000, 1, 1, 0, 4, tzinfo=UTC)
            calls += [PhoneCall(key=f"unset{n}", at=unset, call_type="missed", peer=friend) for n in range(2)]
        return tuple(calls)

    def _logged(self, place: int, placed: PlacedCall) -> Iterator[PhoneCall]:
        member, own = self._member, self._member.own_number
        if own not in {placed.caller, placed.callee}:
            return
        went_out = placed.caller == own
        travel = Travel.OUT if went_out else Travel.IN
        number = placed.callee if went_out else placed.caller
        yield PhoneCall(
            key=f"c{place}",
            at=_instant(placed.at, member),
            call_type="outgoing" if went_out else ("incoming" if placed.seconds else "missed"),
            peer=_peer(number, self._names, travel, member),
            duration_seconds=placed.seconds,
            zoneless=member.reads_zoneless,
        )

    def contacts(self) -> tuple[SavedContact, ...]:
        """Return the phone book; some numbers are saved in the national form, some with spaces."""
        return tuple(
            SavedContact(
                key=f"p{place}",
                name=name,
                numbers=(SavedNumber(written_number(number, place), number),),
                emails=("ash@example.org",) if name == "Ash" else (),
            )
            for place, (number, name) in enumerate(self._names.items())
        )

    def chats(self) -> tuple[ChatThread, ...]:
        """Return one conversation in an application and one group, for handsets that have any."""
        member = self._member
        if member.handset.os is None:
            return ()
        people = [Peer(f"{number[1:]}@s.whatsapp.net", number, name) for number, name in friends_of(member)[:3]]
        starts_at = member.active_from + timedelta(days=4)
        account = f"{member.own_number[1:]}@s.whatsapp.net"

        def said(key: str, minutes: int, speaker: Peer | None, to: tuple[Peer, ...], body: str) -> TextMessage:
            return TextMessage(
                key=key,
                at=starts_at + timedelta(minutes=minutes),
                travel=Travel.IN if speaker else Travel.OUT,
                peers=(speaker,) if speaker else to,
                body=body,
                service="whatsapp",
            )

        pair, group = (people[0],), tuple(people)
        # Messages of a chat are not in order of time in real reports.
        return (
            ChatThread(
                key=people[0].written,
                service="whatsapp",
                account=account,
                participants=pair,
                messages=(
                    said("w1", 3, None, pair, "on my way \U0001f68c"),
                    said("w0", 0, people[0], (), "where are you"),
                    said("w2", 9, people[0], (), "\u2764\ufe0f\U0001f468\u200d\U0001f469\u200d\U0001f467"),
                ),
            ),
            ChatThread(
                key=f"{member.friends}-160000@g.us",
                service="whatsapp",
                account=account,
                participants=group,
                is_group=True,
                name="Sunday lunch",
                messages=(
                    said("g0", 60, people[1], (), "who is bringing pudding"),
                    said("g1", 62, None, group, "me"),
                    said("g2", 65, people[2], (), "nice one"),
                ),
            ),
        )

    def holding(self, read_at: datetime, method: str) -> Holding:
        """Return everything that was read off the handset, as one extraction."""
        member = self._member
        smart = member.handset.os is not None
        accounts = (
            OwnedAccount(
                key="a0",
                service="WhatsApp",
                name="me",
                username=f"{member.own_number[1:]}@s.whatsapp.net",
                number=SavedNumber(member.own_number, member.own_number, "General"),
            ),
        )
        others = tuple(OtherElement(key=str(n), element_type="Location", fields=(("Name", "home"),)) for n in range(3))
        return Holding(
            handset=member.handset,
            sim=member.sim,
            method=method,
            read_at=read_at,
            texts=(*self.texts(), *self.pictures()),
            calls=self.calls(),
            contacts=self.contacts(),
            accounts=accounts if smart else (),
            chats=self.chats(),
            others=others if smart else (),
        )


def with_sim_part(holding: Holding) -> tuple[Holding, Holding]:
    """Return the handset without its card, and the card read apart: copies of twenty texts and a few of its own."""
    texts = tuple(holding.texts)
    copies = tuple(
        TextMessage(
            key=f"sim {text.key}",
            at=text.at,
            travel=text.travel,
            peers=tuple(Peer(peer.number or peer.written, peer.number) for peer in text.peers),
            body=text.body,
            on_sim=True,
        )
        for text in [text for text in texts if text.travel is Travel.IN and not text.deleted][:_SIM_COPIES]
    )
    only_there = TextMessage(
        key="sim alone",
        at=holding.read_at - timedelta(days=300),
        travel=Travel.IN,
        peers=(Peer("SunCell"),),
        body="Welcome to SunCell. Your SIM is active.",
        on_sim=True,
    )
    saved = SavedContact(
        key="sim contact", name="TopUp", numbers=(SavedNumber("60777", None, "General"),), on_sim=True
    )  # fmt: skip
    card = Holding(sim=holding.sim, read_at=holding.read_at, texts=(*copies, only_there), contacts=(saved,))
    handset = Holding(
        handset=holding.handset,
        method=holding.method,
        read_at=holding.read_at,
        texts=texts,
        calls=holding.calls,
        contacts=holding.contacts,
    )
    return handset, card
