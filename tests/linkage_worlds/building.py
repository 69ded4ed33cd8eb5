"""The world in the making: its chance, its numbers, its cast and its log, and how a phone or a list is made."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import count
from random import Random

import msgspec

from ingest.demo.truth import Handset
from tests.linkage_worlds.cast import Card, Carried, Line, Phone, Trap
from tests.linkage_worlds.chance import Bank, NumberBook, bank_of, chance
from tests.linkage_worlds.happenings import Bulk, Happenings, varied
from tests.linkage_worlds.regimes import Regime, regime_of
from tests.linkage_worlds.words.names import DECORATIONS, GREETINGS, HOURS

_BASIC = (("Nokia", "TA-1203"), ("Nokia", "TA-1174"), ("Alcatel", "1068D"))
_SMART = (("Samsung", "SM-A125F"), ("Samsung", "SM-A022F"), ("Apple", "iPhone 8"), ("Xiaomi", "Redmi 9A"))


_TERSE_WORDS = 4
_LETTERS_THAT_SLIP = 4


class Town(msgspec.Struct, kw_only=True):
    """A town with its own case, exhibits and customers."""

    name: str
    case_ref: str
    initials: tuple[str, ...]
    pool: list[str]
    friends: list[str] = []


def with_check_digit(digits: str) -> str:
    """Return the digits and their Luhn check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


class WorldBuilder:
    """Everything that stories write to."""

    def __init__(self, seed: int, regime: Regime | None = None) -> None:
        self.seed = seed
        self.regime = regime or regime_of(seed)
        self.bank: Bank = bank_of(seed)
        self.draw = chance(seed, "story")
        self.numbers = NumberBook(chance(seed, "numbers"))
        self.log = Happenings()
        self.lines: list[Line] = []
        self.phones: list[Phone] = []
        self.traps: list[Trap] = []
        self._names = list(self.bank.names)
        self._offers = list(range(len(self.bank.adverts.OFFERS)))
        self.draw.shuffle(self._names)
        self.draw.shuffle(self._offers)
        if self.regime.is_terse:
            self._offers.sort(key=lambda place: len(self.bank.adverts.OFFERS[place].split()) <= _TERSE_WORDS)
        self._serial = count(seed % 1000 * 1000 + 1)
        self._exhibits: dict[str, int] = {}
        size = max(220, self.regime.list_size[1] * 3 // 2)
        self.towns = tuple(
            Town(name=name, case_ref=case, initials=initials, pool=[self.numbers.mobile() for _ in range(size)])
            for name, case, initials in (
                ("Ashport", "OP LANTERN", ("HW", "JB")),
                ("Millbrook", "OP FERRYMAN", ("RD", "JB")),
            )
        )

    def new_name(self) -> str:
        """Return a brand that no line of the world has."""
        return self._names.pop()

    def new_wordings(self, how_many: int) -> list[str]:
        """Return keys of offers that no line of the world has used; used ones again when none is left."""
        if len(self._offers) < how_many:
            self._offers = list(range(len(self.bank.adverts.OFFERS)))
            self.draw.shuffle(self._offers)
        return [f"offer {self._offers.pop()}" for _ in range(how_many)]

    def wording(self, key: str) -> str:
        """Return the text of an advert's wording, with its slots."""
        kind, place = key.split()
        groups = {
            "offer": "OFFERS", "off": "OFF_NOTICES", "old": "CHANGES_FROM_OLD", "new": "CHANGES_FROM_NEW",
            "unnamed": "CHANGES_UNNAMED", "warning": "WARNINGS", "fake": "IMITATIONS", "fakechange": "IMITATED_CHANGES",
            "renamed": "RENAMED",
        }  # fmt: skip
        return str(getattr(self.bank.adverts, groups[kind])[int(place)])

    def any_wording(self, kind: str, group: str) -> str:
        """Return the key of some wording of a group of adverts."""
        return f"{kind} {self.draw.randrange(len(getattr(self.bank.adverts, group)))}"

    def bulk(self, line: Line, key: str, name: str, *, variants: int = 1, **slots: str) -> Bulk:
        """Return a wording of a line, filled for one sending and spelled in so many ways."""
        draw, text = self.draw, self.wording(key)
        shown = {"plain": name, "upper": name.upper(), "lower": name.lower()}[line.name_form.split()[0]]
        if line.name_form.endswith("line") and "line" not in text:
            shown += " line"
        body = text.format(name=shown, deal=draw.choice(self.bank.deals), till=draw.choice(HOURS), **slots)
        regime, by_hand = self.regime, self.regime.is_by_hand
        if line.is_unnamed and key.startswith("offer"):
            text = _unnamed(text)
            body = text.format(deal=draw.choice(self.bank.deals), till=draw.choice(HOURS), **slots)
        if regime.slips and draw.random() < regime.slips:
            body = _with_slip(draw, body)
        bodies = varied(draw, body, variants, DECORATIONS)
        if regime.is_greeting:
            bodies = tuple(f"{greeting} {draw.choice(bodies)}" for greeting in draw.sample(GREETINGS, 4))
        portion = draw.randrange(8, 16) if by_hand else draw.randrange(20, 50)
        as_groups = not by_hand and line.service == "sms" and draw.random() < 0.15
        if regime.portion is not None:
            portion = draw.randint(*regime.portion)
        if regime.broadcast_list_share:
            as_groups = draw.random() < regime.broadcast_list_share
        return Bulk(
            wording=key,
            bodies=bodies,
            line=line.key,
            names=name if "{name}" in text else None,
            service=line.service,
            portion=portion,
            pace_seconds=(6, 40) if by_hand else (1, 3),
            pause_seconds=regime.pause_seconds or ((150, 760) if by_hand else (30, 420)),
            as_groups=as_groups,
            repeats=0.06,
        )

    def new_card(self, number: str | None = None) -> Card:
        """Return a new SIM, for a number that exists or for a new one."""
        serial = next(self._serial)
        return Card(
            number=number or self.numbers.mobile(),
            iccid=with_check_digit(f"8944100030{serial:08d}"),
            imsi=f"23415{serial:010d}",
            is_stated=self.draw.random() < self.regime.own_number_share,
        )

    def new_handset(self, *, is_smart: bool) -> Handset:
        """Return a new handset."""
        make, model = self.draw.choice(_SMART if is_smart else _BASIC)
        serial = next(self._serial)
        system = (("iOS" if make == "Apple" else "Android"), "11") if is_smart else (None, None)
        return Handset(
            make=make, model=model, imei=(with_check_digit(f"35694300{serial:06d}"),), os=system[0],
            os_version=system[1], time_zone="Europe/London" if is_smart else None,
        )  # fmt: skip

    def exhibit(self, town: Town) -> str:
        """Return the next exhibit reference of a town's case."""
        initials = self.draw.choice(town.initials)
        key = f"{town.case_ref} {initials}"
        self._exhibits[key] = self._exhibits.get(key, 0) + 1
        return f"{initials}/{self._exhibits[key]}"

    def seize(self, town: Town, role: str, carried: list[Carried], *, is_smart: bool | None = None) -> Phone:
        """Add a phone that is seized; how it is read and what its files lack follows the regime."""
        draw, regime = self.draw, self.regime
        exhibit = self.exhibit(town)
        smart = draw.random() < 0.7 if is_smart is None else is_smart
        is_zoneless = draw.random() < regime.zoneless_share
        phone = Phone(
            key=f"{town.name} {exhibit}",
            role=role,
            case_ref=town.case_ref,
            exhibit_ref=exhibit,
            handset=self.new_handset(is_smart=smart),
            carried=carried,
            is_smart=smart,
            keeps_sent_times=smart or draw.random() >= regime.undated_share,
            is_zoneless=is_zoneless,
            is_nameless=len(carried) == 1 and draw.random() < regime.nameless_share,
            damage=draw.choice(("cut tail", "utf-16", "no namespace")) if draw.random() < regime.dirty_share else "",
        )
        if not phone.is_nameless and len(carried) == 1 and draw.random() < regime.read_again_share:
            phone.readings = draw.choice(("twice", "two_formats", "sim_part", "sim_apart"))
        phone.has_sidecar = not phone.states_number and draw.random() < 0.4
        if draw.random() < regime.short_memory_share and role != "honest":
            phone.holds_days = draw.uniform(6, 30)
        phone.friends = [self.numbers.anybody() for _ in range(draw.randrange(4, 7))]
        phone.saved = {number: draw.choice(_FIRST_NAMES) for number in phone.friends if draw.random() < 0.8}
        if regime.friends_in_common:
            if not town.friends:
                town.friends.extend(self.numbers.anybody() for _ in range(regime.friends_in_common))
            phone.friends.extend(town.friends)
        if regime.clock_off_share and draw.random() < regime.clock_off_share:
            phone.clock_off_hours = draw.choice((-1, 1))
        if regime.names_only_share:
            phone.shows_names_only = draw.random() < regime.names_only_share
        self.phones.append(phone)
        return phone

    def person(self, town: Town, role: str, since: datetime, until: datetime, number: str | None = None) -> Phone:
        """Add the seized phone of somebody with one SIM."""
        return self.seize(town, role, [Carried(self.new_card(number), since, until)])


def _unnamed(text: str) -> str:
    """Return a wording without its name and what stands beside it for its sake."""
    return " ".join(re.sub(r"[.,:]?\s*\{name\}[.:,]?", " ", text).split()) or text


def _with_slip(draw: Random, body: str) -> str:
    """Return the text with two letters of one longer word exchanged, or one left out or doubled."""
    words = body.split(" ")
    fitting = [place for place, word in enumerate(words) if len(word) > _LETTERS_THAT_SLIP and word.isalpha()]
    if not fitting:
        return body
    place = draw.choice(fitting)
    word = words[place]
    at = draw.randrange(1, len(word) - 1)
    words[place] = draw.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )
    return " ".join(words)


_FIRST_NAMES = (
    "Mum", "Dad", "Ash", "Priya", "Col", "Jodie", "Ellie", "Nan", "Gaz", "Kerry", "Work", "Landlord", "Bro", "Steph",
    "Ibrahim", "Marta", "Lewis", "Chloe", "Uncle Tone", "Sis",
)  # fmt: skip
