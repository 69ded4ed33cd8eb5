"""Two phones of a line send one text at once, each to a part of the list: each sends from its own number."""

from __future__ import annotations

import msgspec
import pytest

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.own_numbers import own_numbers
from search.linkage.attribution.short_lists import short_lists
from search.linkage.attribution.unread_traces import unread_traces
from search.linkage.keys import Role
from tests.fakes.flares import made_flare
from tests.fakes.phones import Phone, campaign, instant, linked, number, offer, the_line

OWN, SECOND = number(1), number(2)
DEVICES = {"ex-L": "L", "ex-M": "M", "ex-C": "C", "ex-D": "D"}
STATED = {"L": OWN, "C": number(101), "D": number(102)}
LISTS = {"L": {number(101), number(102)}}


def flare(day: float, phone: str, sender: str | None) -> Flare:
    return made_flare(day, phone, sender, days=0.01, recipients=12)


def told(day: float, sender: str) -> Flare:
    """Return a broadcast of the handset whose records name its sender."""
    return msgspec.structs.replace(flare(day, "ex-L", None), flare_id=f"fl-{day}-told", sender=sender)


def broadcasts(at_once: int) -> list[Flare]:
    """Return what two phones show of broadcasts that this one sent, the first ones beside a second phone."""
    found = []
    for day in range(16):
        shown = (OWN, SECOND) if day < at_once else (OWN, OWN) if day % 2 else (SECOND, SECOND)
        found += [flare(day, "ex-L", None), flare(day, "ex-C", shown[0]), flare(day, "ex-D", shown[1])]
    return found


def senders(flares: list[Flare], stated: dict[str, str]) -> set[str | None]:
    return senders_by(flares, stated, LISTS)


def senders_by(flares: list[Flare], stated: dict[str, str], lists: dict[str, set[str]]) -> set[str | None]:
    own = own_numbers(DEVICES, flares, stated, lists)
    return {own.at("L", each.started_at) for each in flares if each.extraction_id == "ex-L"}


def test_a_number_that_phones_show_in_turn_with_the_stated_one_is_a_second_sim() -> None:
    assert senders(broadcasts(at_once=0), STATED) == {OWN, SECOND}


def test_a_number_that_phones_show_beside_the_stated_one_is_another_phones() -> None:
    assert senders(broadcasts(at_once=4), STATED) == {OWN}


def test_a_number_that_another_handset_states_is_that_ones() -> None:
    assert senders(broadcasts(at_once=0), {**STATED, "M": SECOND}) == {OWN}


def test_what_another_handset_sent_then_from_the_number_shown_it_sent() -> None:
    flares = broadcasts(at_once=0)
    beside = [flare(day, "ex-M", None) for day in range(0, 16, 2)]
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    assert senders([*flares, *beside], {**unstated, "M": SECOND}) == {OWN}


def test_of_two_phones_that_send_at_once_the_list_tells_which_sent_to_whom_where_one_customer_shows_it() -> None:
    """The one phone that shows a number got it from the second phone of the line: it is not on this one's list."""
    shown = [each for day in range(16) for each in (flare(day, "ex-L", None), flare(day, "ex-C", SECOND))]
    others = {"L": {number(102)}}
    assert senders_by(shown, STATED, others) == {OWN}
    assert senders_by(shown, STATED, LISTS) == {SECOND}, "on the list it got this very broadcast"
    without = {key: value for key, value in STATED.items() if key != "L"}
    assert senders_by(shown, without, others) == {SECOND}, "where the phone states nothing else"


def test_what_its_own_records_say_of_each_text_goes_before_what_phones_show() -> None:
    flares = broadcasts(at_once=0)
    told = [
        msgspec.structs.replace(each, sender=OWN if place < 20 else SECOND) if each.extraction_id == "ex-L" else each
        for place, each in enumerate(flares)
    ]
    assert not own_numbers(DEVICES, told, STATED, LISTS).has_changed("L"), "each broadcast stands for itself"
    assert own_numbers(DEVICES, flares, STATED, LISTS).has_changed("L")


def test_of_texts_whose_records_name_no_number_phones_tell_though_chats_beside_them_do() -> None:
    """The card was changed on day 8; chats state their account, texts nothing."""
    flares = []
    for day in range(16):
        number_then = OWN if day < 8 else SECOND
        flares += [flare(day, "ex-L", None), flare(day, "ex-C", number_then), flare(day, "ex-D", number_then)]
        flares.append(told(day + 0.5, number_then))
    flares.append(told(12.7, OWN))
    own = own_numbers(DEVICES, flares, {**STATED, "L": SECOND}, LISTS)
    sent = [each for each in own.with_senders(flares, DEVICES) if each.extraction_id == "ex-L"]
    assert [each.sender for each in sent[:-1]] == [OWN] * 16 + [SECOND] * 16
    assert sent[-1].sender == OWN, "what a record states stands, whatever card was in the handset then"


@pytest.mark.parametrize("is_denied", [False, True])
def test_of_a_handset_with_an_account_beside_its_card_records_tell_what_went_from_the_account(
    *, is_denied: bool
) -> None:
    """The line's adverts are chats of the account alone; who has the handset texts friends with its card."""
    flares = []
    for day in (5, 9, 12):
        flares += [told(day, SECOND), flare(day, "ex-C", OWN if is_denied else SECOND)]
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    own = own_numbers(DEVICES, flares, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    sent = [each.sender for each in own.with_senders(flares, DEVICES) if each.extraction_id == "ex-L"]
    assert sent == [OWN if is_denied else SECOND] * 3, "a tool may write one number into every record"
    assert own.at("L", instant(1)) == (SECOND if is_denied else OWN)
    assert is_denied or own.at("L", instant(9)) == OWN
    texts = [*flares, flare(7, "ex-L", None)]
    with_texts = own_numbers(DEVICES, texts, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    assert is_denied or with_texts.at("L", instant(7)) is None, "its broadcasts by text may be the line's as well"


def test_of_two_numbers_that_a_handset_states_one_broadcast_says_which_it_came_from() -> None:
    """A runner holds the line's card for a weekend; before it and after it he wrote with his own."""
    flares = [flare(5, "ex-L", None), flare(5, "ex-C", SECOND), flare(5.5, "ex-L", None)]
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    own = own_numbers(DEVICES, flares, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    assert [own.at("L", instant(day)) for day in (1, 5.001, 5.3, 5.501, 9)] == [OWN, SECOND, SECOND, SECOND, OWN]
    assert own.at("L", None) == OWN
    alone = own_numbers(DEVICES, flares, unstated, LISTS)
    assert alone.at("L", instant(5.001)) is None, "one coincidence says nothing of numbers that are not stated"


@pytest.mark.parametrize(
    ("meanwhile", "phones", "expected"),
    [(6, ("ex-C", "ex-D"), {OWN, SECOND}), (3, ("ex-C", "ex-D"), {OWN}), (6, ("ex-C", "ex-E"), {OWN})],
)
def test_a_card_that_goes_out_and_comes_back_on_phones_that_state_no_number(
    meanwhile: int, phones: tuple[str, ...], expected: set[str]
) -> None:
    """Shown for few broadcasts, or on a phone that never shows the stated number, it may be a second phone's."""
    flares = []
    for day in range(14):
        is_second = 4 <= day < 4 + meanwhile
        flares.append(flare(day, "ex-L", None))
        flares += [
            flare(day, held, SECOND if is_second else OWN) for held in (phones if is_second else ("ex-C", "ex-D"))
        ]
    own = own_numbers({**DEVICES, "ex-E": "E"}, flares, {"L": OWN})
    assert {own.at("L", each.started_at) for each in flares} == expected
    assert own.at("L", instant(13.5)) == OWN


def two_brands(shown_days: int) -> list[Flare]:
    """Return broadcasts of a handset with two cards, each of its own wording: days that phones show, and two more."""
    wordings = {OWN: "t-rico", SECOND: "t-bex"}
    found = []
    for day in range(shown_days + 2):
        for part, (number_then, wording) in enumerate(wordings.items()):
            at = day + part / 4
            found.append(made_flare(at, "ex-L", None, wording=wording, days=0.01, recipients=12))
            if day < shown_days:
                found.append(made_flare(at, "ex-C", number_then, wording=wording, days=0.01))
    return found


def test_where_two_cards_are_in_use_at_once_the_wording_tells_what_no_phone_shows() -> None:
    flares = two_brands(shown_days=3)
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    own = own_numbers(DEVICES, flares, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    assert [own.at("L", instant(day)) for day in (3, 3.25, 4, 4.25)] == [OWN, SECOND, OWN, SECOND]


def test_the_name_in_a_broadcast_tells_before_its_wording() -> None:
    """Bex sends in a wording that phones have from Rico's number alone so far."""
    flares = [msgspec.structs.replace(each, line=each.template_id[2:]) for each in two_brands(shown_days=3)]
    borrowed = made_flare(6, "ex-L", None, wording="t-rico", days=0.01, recipients=12)
    flares.append(msgspec.structs.replace(borrowed, line="bex"))
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    own = own_numbers(DEVICES, flares, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    assert [own.at("L", instant(day)) for day in (4, 4.25, 6)] == [OWN, SECOND, SECOND]


def test_what_both_cards_sent_tells_neither() -> None:
    flares = [msgspec.structs.replace(each, template_id="t-both") for each in two_brands(shown_days=3)]
    unstated = {key: value for key, value in STATED.items() if key != "L"}
    own = own_numbers(DEVICES, flares, unstated, LISTS, pairs={"L": (OWN, SECOND)})
    assert {own.at("L", instant(day)) for day in (3, 3.25, 4, 4.25)} == {SECOND}, "the one that was seen last"


def list_of(phone: str, day: float, *, count: int = 6, hours: float = 0.2, role: str = Role.SENT) -> Edge:
    return Edge(
        kind=EdgeKind.ADVERT,
        key=number(1),
        extraction_id=phone,
        role=role,
        other=f"t-{day}",
        label="Rico",
        count=count,
        first_at=instant(day),
        last_at=instant(day + hours / 24),
        record_ids=("r-1",),
    )


def test_adverts_that_a_phone_sends_to_a_few_say_its_number_as_broadcasts_do() -> None:
    came = [
        msgspec.structs.replace(flare(day, phone, number(1)), template_id=f"t-{day}")
        for day in (11, 13)
        for phone in ("ex-C", "ex-D")
    ]
    lists = short_lists([list_of("ex-M", 11), list_of("ex-M", 13)], came)
    own = own_numbers(DEVICES, [*came, *lists], {}, {})
    assert own.at("M", instant(12)) == number(1)
    assert own_numbers(DEVICES, came, {}, {}).at("M", instant(12)) is None


def test_what_went_to_fewer_or_over_hours_or_came_in_as_well_says_nothing() -> None:
    assert short_lists([list_of("ex-M", 11, count=3)], []) == []
    assert short_lists([list_of("ex-M", 11, hours=3)], []) == []
    assert short_lists([list_of("ex-M", 11), list_of("ex-M", 11, role=Role.RECEIVED)], []) == []
    assert len(short_lists([list_of("ex-M", 11), list_of("ex-C", 11, role=Role.RECEIVED)], [])) == 1


def test_copies_of_broadcasts_that_are_no_adverts_are_traces_of_them() -> None:
    sent = [made_flare(day, "ex-L", None, wording=f"t-{day}", days=0.01, recipients=12) for day in (1, 2)]
    broadcast = [sent[0], msgspec.structs.replace(sent[1], has_advert=False)]
    copies = [
        Edge(
            kind=EdgeKind.WORDING,
            key=key,
            extraction_id="ex-C",
            role=role,
            other=wording,
            count=1,
            first_at=instant(2),
            last_at=instant(2),
        )
        for key, role, wording in (
            (SECOND, Role.RECEIVED, "t-2"),
            (SECOND, Role.RECEIVED, "t-1"),
            (SECOND, Role.RECEIVED_ANSWER, "t-2"),
            ("Rico", Role.RECEIVED, "t-2"),
        )
    ]
    found = unread_traces(copies, broadcast)
    assert [(each.sender, each.template_id, each.started_at) for each in found] == [(SECOND, "t-2", instant(2))]
    assert unread_traces(copies, broadcast[1:]) == found, "also of a handset that broadcasts no adverts"


async def test_who_passes_an_advert_on_to_a_few_has_not_the_number_that_it_came_from() -> None:
    phones = [Phone(f"C/{place}", 101 + place) for place in range(4)]
    customer = Phone("K", None)
    campaign("Rico", number(1), [*phones, customer], range(10), "{line} on both 3 for 25")
    for day, wording in ((11, "{line} out now"), (13, "{line} fast today")):
        for place, phone in enumerate([*phones[:3], customer]):
            phone.text(number(1), day + place / 5000, offer("Rico", wording), sent=False)
        for place in range(5):
            customer.text(number(301 + place), day + 0.0005 + place / 5000, offer("Rico", wording), sent=True)
    found = await linked(*phones, customer)
    rows = [row.relation for row in the_line(found, "Rico").devices if row.device_id == customer.device_id]
    assert "received_adverts" in rows
    assert "sent_adverts" not in rows
