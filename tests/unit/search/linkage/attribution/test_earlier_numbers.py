"""A handset that changed its number, where phones show the number before by a saved name alone."""

from __future__ import annotations

import msgspec
import pytest

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.earlier_numbers import changes_of_chat, number_before
from search.linkage.attribution.own_numbers import OwnNumbers, Use
from search.linkage.instants import to_seconds
from search.linkage.keys import Role
from tests.fakes.flares import made_flare
from tests.fakes.phones import instant, number

FIRST, STATED, RUNNER = number(1), number(2), number(300)
DEVICES = {"ex-L": "L", "ex-C": "C", "ex-D": "D"}
CHATS = dict.fromkeys(DEVICES, "whatsapp_text")
OWN = OwnNumbers({"L": (Use(STATED, None),)})


def broadcasts(shown: dict[str, dict[int, str]]) -> list[Flare]:
    """Return what a handset sent day by day, with the senders that phones show."""
    days = sorted({day for of_phone in shown.values() for day in of_phone})
    sent = [
        msgspec.structs.replace(made_flare(day, "ex-L", None, wording=f"t-{day}", recipients=12), sender=STATED)
        for day in days
    ]
    return sent + [
        made_flare(day, phone, sender, wording=f"t-{day}")
        for phone, of_phone in shown.items()
        for day, sender in of_phone.items()
    ]


def chats(name: str) -> dict[int, str]:
    return {1: name, 2: name, 3: name, 5: STATED, 6: STATED, 7: STATED}


def test_two_phones_that_show_two_chats_one_after_the_other_show_the_change() -> None:
    found = changes_of_chat(OWN, broadcasts({"ex-C": chats("Bits new"), "ex-D": chats("B3")}), DEVICES, CHATS)
    assert found == {"L": (to_seconds(instant(3)), to_seconds(instant(5)))}


@pytest.mark.parametrize(
    "shown",
    [
        {"ex-C": chats("Bits")},
        {"ex-C": chats("Bits"), "ex-D": {**chats("B3"), 2: STATED}},
        {"ex-C": chats("Bits"), "ex-D": dict.fromkeys((1, 2, 3, 5, 6, 7), STATED)},
        {"ex-C": chats("Bits"), "ex-D": dict.fromkeys((1, 2, 3, 5, 6, 7), "B3")},
        {"ex-C": chats("Bits"), "ex-D": chats(FIRST)},
    ],
    ids=["one phone", "in turn", "by its number before", "by the name afterwards", "by another number"],
)
def test_anything_else_shows_none(shown: dict[str, dict[int, str]]) -> None:
    assert changes_of_chat(OWN, broadcasts(shown), DEVICES, CHATS) == {}


def test_a_chat_and_texts_may_call_one_number_by_two_names() -> None:
    formats = {**CHATS, "ex-C2": "sms_backup_restore", "ex-D2": "sms_backup_restore"}
    devices = {**DEVICES, "ex-C2": "C", "ex-D2": "D"}
    names, numbers = {1: "B", 2: "B", 3: "B"}, dict.fromkeys((5, 6, 7), STATED)
    flares = broadcasts({"ex-C": names, "ex-D": names, "ex-C2": numbers, "ex-D2": numbers})
    assert changes_of_chat(OWN, flares, devices, formats) == {}


def edge(key: str, role: str, first: float, last: float) -> Edge:
    return Edge(
        kind=EdgeKind.NUMBER, key=key, role=role, extraction_id="ex", count=2, first_at=instant(first),
        last_at=instant(last),
    )  # fmt: skip


CHANGE = (to_seconds(instant(3.9)), to_seconds(instant(5)))
MINE = (edge(RUNNER, Role.SENT, 1, 8), edge(RUNNER, Role.RECEIVED, 2, 9))
BEFORE = (edge(FIRST, Role.RECEIVED, 1, 3), edge(FIRST, Role.SENT, 2, 3.5))
AFTER = (edge(STATED, Role.RECEIVED, 6, 8), edge(STATED, Role.SENT, 6, 9))


def test_the_number_before_is_that_from_which_a_partner_got_the_same_texts_by_then_and_gets_them_on() -> None:
    its = [*BEFORE, *AFTER]
    assert number_before(MINE, {RUNNER: its}, STATED, CHANGE) == FIRST
    assert number_before(MINE, {RUNNER: [BEFORE[0], *AFTER]}, STATED, CHANGE) is None
    other = [*its, edge(number(3), Role.RECEIVED, 1, 2)]
    assert number_before(MINE, {RUNNER: other}, STATED, CHANGE) is None
    assert number_before(MINE, {RUNNER: its}, STATED, (0.0, to_seconds(instant(0)))) is None


@pytest.mark.parametrize(
    "its",
    [
        BEFORE,
        (*BEFORE, *AFTER, edge(FIRST, Role.CALLED_BY, 7, 7)),
        (edge(FIRST, Role.RECEIVED, 1, 8), edge(FIRST, Role.SENT, 2, 9)),
        (*BEFORE, edge(STATED, Role.RECEIVED, 1, 8)),
    ],
    ids=["the stated one never writes", "still in use", "a second SIM for the family", "both at once"],
)
def test_a_second_sim_of_its_owner_is_no_number_before(its: tuple[Edge, ...]) -> None:
    assert number_before(MINE, {RUNNER: its}, STATED, CHANGE) is None
