"""The handsets of the demonstration: who held them, when, how they were read and how they are delivered.

Two operations, fifteen handsets, sixteen deliveries. All names and numbers are invented or from Ofcom's drama ranges.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from ingest.demo.truth import Handset, Sim
from ingest.demo.world import landline, mobile

TAMARISK = "OP TAMARISK"
HALYARD = "OP HALYARD"

MARLO_OLD, MARLO_NEW, DEZZY = mobile(1), mobile(2), mobile(11)
IMITATOR = mobile(21)
MARLO_ELDER, DEZZY_ELDER = mobile(31), mobile(32)
TAXI = landline(200)
BARBER = mobile(51)

MARLO_CUSTOMERS = tuple(mobile(place) for place in range(100, 380))
DEZZY_CUSTOMERS = tuple(mobile(place) for place in range(370, 520))
TAKEAWAY_LIST = tuple(mobile(place) for place in (*range(300, 330), *range(520, 690)))
CHURCH_LIST = tuple(mobile(place) for place in range(700, 742))
CLUB_LIST = tuple(mobile(place) for place in range(730, 757))


class Role(StrEnum):
    """What the handset was used for in the story."""

    LINE = "line"
    RUNNER = "runner"
    CUSTOMER = "customer"
    HONEST_SENDER = "honest_sender"
    BYSTANDER = "bystander"


class CastHandset(msgspec.Struct, frozen=True, kw_only=True):
    """One handset of the story.

    Attributes:
        key: Name in the truth file; the exhibit reference alone would not be unique.
        own_number: E.164 number of the SIM in it.
        active_from: First instant that its stores hold.
        seized_at: Last instant that its stores hold.
        friends: Place of the first private contact in the range; each handset has twelve of its own.
        phone_book: Numbers that are saved under a name.
        keeps_sent_times: False for a basic phone that stores no time of sent texts.
        reads_zoneless: Whether the tool found times without a zone.
    """

    key: str
    case_ref: str
    exhibit_ref: str
    role: Role
    handset: Handset
    sim: Sim
    own_number: str
    active_from: datetime
    seized_at: datetime
    friends: int
    phone_book: tuple[tuple[str, str], ...] = ()
    keeps_sent_times: bool = True
    reads_zoneless: bool = False


def _luhn(digits: str) -> str:
    """Return the digits with their check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{digits}{-total % 10}"


def imei(place: int) -> str:
    """Return an invented IMEI of fifteen digits with a right check digit."""
    return _luhn(f"35694300{place:06d}")


def iccid(place: int) -> str:
    """Return an invented ICCID of nineteen digits with a right check digit."""
    return _luhn(f"8944100030{place:08d}")


def _sim(place: int, msisdn: str | None, network: str = "SunCell") -> Sim:
    return Sim(iccid=iccid(place), imsi=f"23415{place:010d}", msisdn=msisdn, network=network)


def _day(text: str, hour: int = 18) -> datetime:
    return datetime.fromisoformat(f"{text}T{hour:02d}:00:00").replace(tzinfo=UTC)


def _nokia(place: int) -> Handset:
    return Handset(make="Nokia", model="TA-1203", imei=(imei(place),), serial=f"NK{place:06d}")


def _samsung(place: int, model: str = "SM-A125F") -> Handset:
    return Handset(
        make="Samsung", model=model, imei=(imei(place), imei(place + 500)), os="Android", os_version="11",
        serial=f"RZ8{place:06d}", time_zone="Europe/London",
    )  # fmt: skip


_MARLO_SIM = _sim(2, "+447700900002")

CAST: tuple[CastHandset, ...] = (
    CastHandset(
        key="tamarisk-HW/1", case_ref=TAMARISK, exhibit_ref="HW/1", role=Role.LINE, handset=_nokia(1),
        sim=_sim(1, "07700 900001"), own_number=MARLO_OLD, active_from=_day("2024-01-08", 6),
        seized_at=_day("2024-03-14", 16), friends=760,
        phone_book=((mobile(43), "Lil T"), (MARLO_ELDER, "Unc"), (mobile(41), "Gaz bench")),
    ),
    CastHandset(
        key="tamarisk-HW/2", case_ref=TAMARISK, exhibit_ref="HW/2", role=Role.BYSTANDER, handset=_samsung(2),
        sim=_sim(20, "+447700900040"), own_number=mobile(40), active_from=_day("2023-12-01"),
        seized_at=_day("2024-03-19"), friends=772,
        phone_book=((mobile(69), "Marlo"), (TAXI, "Harbour Cars"), (BARBER, "Fade Room")),
    ),
    CastHandset(
        key="tamarisk-HW/3", case_ref=TAMARISK, exhibit_ref="HW/3", role=Role.CUSTOMER, handset=_nokia(3),
        sim=_sim(21, "07700900041"), own_number=mobile(41), active_from=_day("2024-01-02"),
        seized_at=_day("2024-04-01"), friends=784, phone_book=((MARLO_OLD, "M"), (TAXI, "taxi")),
    ),
    CastHandset(
        key="tamarisk-HW/4", case_ref=TAMARISK, exhibit_ref="HW/4", role=Role.LINE, handset=_samsung(4, "SM-A022F"),
        sim=_MARLO_SIM, own_number=MARLO_NEW, active_from=_day("2024-03-12", 6),
        seized_at=_day("2024-04-20", 11), friends=796, phone_book=((MARLO_ELDER, "U"), (mobile(43), "T")),
    ),
    CastHandset(
        key="tamarisk-HW/5", case_ref=TAMARISK, exhibit_ref="HW/5", role=Role.CUSTOMER, handset=_samsung(5),
        sim=_sim(22, "+447700900042"), own_number=mobile(42), active_from=_day("2024-01-15"),
        seized_at=_day("2024-06-09"), friends=808, phone_book=((DEZZY, "Dez"), (TAXI, "Harbour Cars")),
    ),
    CastHandset(
        key="tamarisk-HW/6", case_ref=TAMARISK, exhibit_ref="HW/6", role=Role.BYSTANDER, handset=_samsung(6),
        sim=_sim(23, "+447700900001", "Bluewave"), own_number=MARLO_OLD, active_from=_day("2024-11-01"),
        seized_at=_day("2025-01-19"), friends=820, phone_book=((TAXI, "Harbour Cars"),),
    ),
    CastHandset(
        key="tamarisk-HW/7", case_ref=TAMARISK, exhibit_ref="HW/7", role=Role.RUNNER, handset=_nokia(7),
        sim=_sim(24, "+447700900043"), own_number=mobile(43), active_from=_day("2024-01-20"),
        seized_at=_day("2024-03-14", 16), friends=832,
        phone_book=((MARLO_OLD, "M"), (MARLO_ELDER, "Big man")), keeps_sent_times=False,
    ),
    CastHandset(
        key="tamarisk-JB/2", case_ref=TAMARISK, exhibit_ref="JB/2", role=Role.HONEST_SENDER, handset=_samsung(8),
        sim=_sim(25, "+447700900044"), own_number=mobile(44), active_from=_day("2024-01-01"),
        seized_at=_day("2024-03-27"), friends=844, phone_book=((TAXI, "Harbour Cars"), (mobile(40), "Dev H")),
    ),
    CastHandset(
        key="halyard-RD/1", case_ref=HALYARD, exhibit_ref="RD/1", role=Role.LINE, handset=_nokia(11),
        sim=_MARLO_SIM, own_number=MARLO_NEW, active_from=_day("2024-04-22", 6),
        seized_at=_day("2024-06-01", 15), friends=856, phone_book=((MARLO_ELDER, "Unc"),),
    ),
    CastHandset(
        key="halyard-RD/2", case_ref=HALYARD, exhibit_ref="RD/2", role=Role.LINE, handset=_samsung(12),
        sim=_sim(11, "+447700900011"), own_number=DEZZY, active_from=_day("2024-02-01", 6),
        seized_at=_day("2024-06-01", 15), friends=868, phone_book=((mobile(45), "Yungin"), (DEZZY_ELDER, "R")),
    ),
    CastHandset(
        key="halyard-RD/4", case_ref=HALYARD, exhibit_ref="RD/4", role=Role.RUNNER, handset=_samsung(14),
        sim=_sim(26, "+447700900045"), own_number=mobile(45), active_from=_day("2024-03-01"),
        seized_at=_day("2024-06-02"), friends=880, phone_book=((DEZZY, "work"), (DEZZY_ELDER, "Uncle R")),
    ),
    CastHandset(
        key="halyard-RD/5", case_ref=HALYARD, exhibit_ref="RD/5", role=Role.CUSTOMER, handset=_nokia(15),
        sim=_sim(27, "+447700900046"), own_number=mobile(46), active_from=_day("2024-02-10"),
        seized_at=_day("2024-06-03"), friends=892, phone_book=((DEZZY, "dezzy"), (TAXI, "taxi")),
    ),
    CastHandset(
        key="halyard-RD/6", case_ref=HALYARD, exhibit_ref="RD/6", role=Role.CUSTOMER, handset=_samsung(16),
        sim=_sim(28, "+447700900047"), own_number=mobile(47), active_from=_day("2024-02-20"),
        seized_at=_day("2024-06-04"), friends=904, phone_book=((TAXI, "Harbour Cars"), (mobile(50), "Golden Wok")),
    ),
    CastHandset(
        key="halyard-RD/7", case_ref=HALYARD, exhibit_ref="RD/7", role=Role.BYSTANDER, handset=_nokia(17),
        sim=_sim(29, "+447700900048"), own_number=mobile(48), active_from=_day("2024-08-01"),
        seized_at=_day("2024-11-04"), friends=916, phone_book=((TAXI, "taxi"),), reads_zoneless=True,
    ),
    CastHandset(
        key="halyard-JB/2", case_ref=HALYARD, exhibit_ref="JB/2", role=Role.HONEST_SENDER, handset=_samsung(18),
        sim=_sim(30, "+447700900050"), own_number=mobile(50), active_from=_day("2024-03-01"),
        seized_at=_day("2024-06-19"), friends=928, phone_book=((TAXI, "Harbour Cars"), (landline(210), "shop")),
    ),
)  # fmt: skip
"""Everybody, in the order of seizure within each operation."""

_FRIEND_NAMES = (
    "Mum", "Ash", "Priya", "Big Col", "Nan", "Work Steve", "Leanne", "Tariq", "Jodie", "Landlord", "Sam H", "Bev",
)  # fmt: skip


def friends_of(member: CastHandset) -> tuple[tuple[str, str], ...]:
    """Return the private contacts of the handset's holder as pairs of number and name; nobody else has them."""
    return tuple((mobile(member.friends + place), name) for place, name in enumerate(_FRIEND_NAMES))


def member_of(key: str) -> CastHandset:
    """Return the handset of this key.

    Raises:
        KeyError: There is none.
    """
    return {handset.key: handset for handset in CAST}[key]
