"""Who is in a world: towns, deal lines with their numbers over time, and the phones that are seized later."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from ingest.demo.truth import Handset


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A SIM. ``is_stated``: whether the tool finds its own number on it."""

    number: str
    iccid: str
    imsi: str
    is_stated: bool = True


class Carried(msgspec.Struct, frozen=True):
    """A SIM in a handset, for a time."""

    card: Card
    since: datetime
    until: datetime


class Phone(msgspec.Struct, kw_only=True):
    """A handset that is seized, or a SIM that is found alone (``handset`` None).

    Attributes:
        key: Its name in the truth.
        carried: SIMs in order of time; the last one is in it when it is seized.
        saved: Names in its phone book, by number.
        keeps_sent_times: False for a basic phone that stores no time of sent texts.
        is_zoneless: The tool finds times without a zone.
        is_nameless: The file states neither IMEI nor SIM; only case and exhibit tell it apart.
        readings: How it is read: ``plain``, ``twice``, ``two_formats``, ``sim_part``, ``sim_apart``.
        damage: What is wrong with its file; empty: nothing.
        holds_days: Its stores hold only so many days before it was seized. None: everything.
        clock_off_hours: How far its clock is fast.
        shows_names_only: Its chats show whom it has saved by the name alone.
        has_sidecar: The unit states case, exhibit and the owner's number beside the file.
    """

    key: str
    role: str
    case_ref: str
    exhibit_ref: str
    handset: Handset | None
    carried: list[Carried]
    saved: dict[str, str] = {}
    friends: list[str] = []
    is_smart: bool = True
    keeps_sent_times: bool = True
    is_zoneless: bool = False
    is_nameless: bool = False
    readings: str = "plain"
    damage: str = ""
    clock_off_hours: int = 0
    shows_names_only: bool = False
    has_sidecar: bool = False
    holds_days: float | None = None

    @property
    def states_number(self) -> bool:
        """Whether its deliveries state its own number, in the file or beside it."""
        return self.has_sidecar or (self.carried[-1].card.is_stated and not self.is_nameless)

    @property
    def number(self) -> str:
        """Its number when it is seized."""
        return self.carried[-1].card.number

    def holds(self, at: datetime) -> bool:
        """Whether its stores hold what happened at the instant."""
        return self.holds_days is None or at >= self.until - timedelta(days=self.holds_days)

    @property
    def since(self) -> datetime:
        """First instant that its stores hold."""
        return self.carried[0].since

    @property
    def until(self) -> datetime:
        """When it is seized."""
        return self.carried[-1].until

    def number_at(self, at: datetime) -> str | None:
        """Return its own number at the instant. None: it was not in use."""
        return next((held.card.number for held in self.carried if held.since <= at <= held.until), None)


class Stint(msgspec.Struct, kw_only=True):
    """A number in one line's use. ``name``: the brand at that time. ``phone``: key of the handset, if it is seized."""

    number: str
    since: datetime
    until: datetime
    name: str
    phone: str | None = None


class Line(msgspec.Struct, kw_only=True):
    """A deal line.

    Attributes:
        wordings: Keys of its offers.
        customers: The whole list; ``regulars`` are those of small sendings.
        seized_customers: Own numbers of customers whose phones are seized.
        successions: Pairs of old and new number.
        is_imitation: It uses another line's name.
        is_unnamed: Its offers leave the name out.
    """

    key: str
    town: str
    case_ref: str
    name: str
    name_form: str
    wordings: list[str]
    stints: list[Stint]
    customers: list[str]
    regulars: list[str]
    seized_customers: list[str]
    successions: list[tuple[str, str]] = []
    other_names: list[str] = []
    service: str = "sms"
    is_imitation: bool = False
    is_unnamed: bool = False
    elder: str = ""


TRAPS = (
    "common nickname",
    "shared template",
    "imitator",
    "recycled number",
    "hub numbers",
    "honest bulk sender",
    "police text",
    "friend or word",
    "renamed line",
    "two numbers at once",
    "same customers",
    "exhibit in two cases",
    "read more than once",
    "handset and SIM swaps",
    "line phone never seized",
)
"""Those that the measures name."""

FURTHER_TRAPS = ("only saved", "forwarded advert", "private number behind a line", "shared friends")


class Trap(msgspec.Struct, kw_only=True):
    """One trap as it is planted: what must not be asserted.

    Attributes:
        name: One of ``TRAPS`` or of ``FURTHER_TRAPS``.
        apart_pairs: Pairs of phones that must not be linked.
        apart_without_line: Pairs of phones that must not be linked but through a line.
        apart_lines: Lines that must not be one, nor link a phone of one with a phone of the other.
        whole_lines: Lines that must not be two.
        outsiders: Phone and line of which it must not be a member, nor be linked with its members.
        strangers: Phones that must not be members of any line but those that they truly are in.
        not_numbers: Numbers that must be no line's.
        one_device: Phones that must be one device each, however often they were read.
        two_devices: Pairs of phones that must not be one device.
        no_succession: Pairs of numbers that do not follow each other.
    """

    name: str
    what: str
    apart_pairs: list[tuple[str, str]] = []
    apart_without_line: list[tuple[str, str]] = []
    apart_lines: list[tuple[str, str]] = []
    whole_lines: list[str] = []
    outsiders: list[tuple[str, str]] = []
    strangers: list[str] = []
    not_numbers: list[str] = []
    one_device: list[str] = []
    two_devices: list[tuple[str, str]] = []
    no_succession: list[tuple[str, str]] = []
