"""Adverts that went out without times: phones of the list show the number that the handset had then."""

from __future__ import annotations

from search.contract import Edge, EdgeKind
from search.linkage.attribution.own_numbers import OwnNumbers
from search.linkage.attribution.undated_senders import numbers_of_undated
from search.linkage.keys import Role
from tests.fakes.phones import instant, number

NOW, THEN = number(1), number(2)
DEVICES = {"ex-L": "L", "ex-C": "C", "ex-D": "D", "ex-E": "E"}
STATED = {"L": NOW, "C": number(101), "D": number(102), "E": number(103)}
WORDINGS = ("t-1", "t-2", "t-3")


def advert(phone: str, sender: str, wording: str, name: str = "Rico", *, day: float | None = None) -> Edge:
    return Edge(
        kind=EdgeKind.ADVERT,
        key=sender,
        extraction_id=phone,
        role=Role.SENT if phone == "ex-L" else Role.RECEIVED,
        other=wording,
        label=name,
        count=12,
        first_at=None if day is None else instant(day),
        last_at=None if day is None else instant(day),
        record_ids=("r-1",),
    )


def sent(name: str = "Rico", *, day: float | None = None) -> list[Edge]:
    return [advert("ex-L", NOW, wording, name, day=day) for wording in WORDINGS]


def came(sender: str = THEN, name: str = "Rico", phones: tuple[str, ...] = ("ex-C", "ex-D")) -> list[Edge]:
    return [advert(phone, sender, wording, name, day=5) for phone in phones for wording in WORDINGS]


def listed() -> list[Edge]:
    return [
        Edge(
            kind=EdgeKind.NUMBER,
            key=party,
            extraction_id="ex-L",
            role=Role.SENT_ADVERT,
            other=NOW,
            count=3,
            first_at=None,
            last_at=None,
        )
        for party in (number(101), number(102))
    ]


def number_of(adverts: list[Edge], stated: dict[str, str] = STATED) -> str | None:
    own = OwnNumbers({}).with_uses(numbers_of_undated(DEVICES, adverts, listed(), stated))
    return own.at("L", None)


def test_what_phones_of_the_list_hold_from_one_other_number_was_sent_from_it() -> None:
    adverts = [*sent(), *came()]
    assert number_of(adverts) == THEN
    own = OwnNumbers({}).with_uses(numbers_of_undated(DEVICES, adverts, listed(), STATED))
    assert own.at("L", instant(5)) == NOW, "what is dated is of the number that it states"


def test_a_number_from_which_any_phone_has_an_advert_stays_the_handsets() -> None:
    assert number_of([*sent(), *came(), advert("ex-E", NOW, "t-9", day=7)]) is None


def test_two_numbers_tell_nothing() -> None:
    """A change of SIM between broadcasts, or who copies the wording and the name."""
    assert number_of([*sent(), *came(), advert("ex-D", number(3), "t-1", day=6)]) is None


def test_another_lines_adverts_of_the_same_template_tell_nothing() -> None:
    assert number_of([*sent("Bex"), *came()]) is None


def test_what_bears_no_name_tells_nothing() -> None:
    assert number_of([*sent(""), *came(name="")]) is None


def test_one_phone_or_phones_that_are_not_on_the_list_tell_nothing() -> None:
    assert number_of([*sent(), *came(phones=("ex-C",))]) is None
    assert number_of([*sent(), *came(phones=("ex-C", "ex-E"))]) is None


def test_few_wordings_tell_nothing() -> None:
    assert number_of([*sent()[:2], *came()]) is None


def test_dated_adverts_are_told_by_their_times() -> None:
    assert number_of([*sent(day=5), *came()]) is None
    assert number_of([*sent(), *came()], {key: value for key, value in STATED.items() if key != "L"}) is None
