"""Which form of a line's name stands for it."""

from __future__ import annotations

from collections import Counter

import pytest

from search.linkage.number_use.names import grouped_forms, names_in_common
from tests.fakes.phones import Phone, finding, linked, moved_to, number, offer


@pytest.mark.parametrize(
    ("counts", "heads"),
    [
        ({"mikey": 5, "mikey t": 3}, ["mikey t"]),
        ({"mikey": 30, "mikey t": 1}, ["mikey"]),
        ({"dezzy": 3, "dezzys": 2}, ["dezzy"]),
        ({"dezzy": 2, "dezzys": 3}, ["dezzy"]),
        ({"lad": 1, "lads": 9}, ["lads"]),
        ({"dezzys": 4}, ["dezzys"]),
        ({"rocket": 6, "roccket": 3}, ["rocket"]),
        ({"chris": 4, "marlo": 3}, ["chris", "marlo"]),
        ({"marlo" + "refused"[:end]: 1 + (end == 2) for end in range(7)}, ["marlore"]),
    ],
)
def test_the_full_form_stands_for_a_name_and_no_possessive_does(counts: dict[str, int], heads: list[str]) -> None:
    assert [forms[0] for forms in grouped_forms(counts)] == heads
    assert sorted(form for forms in grouped_forms(counts) for form in forms) == sorted(counts)


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ({"rico": 6, "easyfam": 3}, {"echo": 6, "easyfam": 3}, False),
        ({"rico": 6, "easyfam": 3}, {"easyfam": 3}, True),
        ({"rico": 6, "echo": 3}, {"echo": 6}, True),
        ({"mikey t": 6}, {"mikey": 6, "yo": 3}, True),
        ({"rico": 3, "easyfam": 3}, {"echo": 6, "easyfam": 3}, True),
        ({}, {"echo": 6}, False),
    ],
)
def test_what_two_senders_bear_beside_names_of_their_own_is_no_common_name(
    one: dict[str, int], other: dict[str, int], *, is_shared: bool
) -> None:
    a, b = (names_in_common(Counter(counts), 0.2) for counts in (one, other))
    assert (a.share_one(b), b.share_one(a)) == (is_shared, is_shared)


async def test_whom_each_advert_greets_is_no_name_of_the_line_that_signs_them_all() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(8)]
    greeted = ("Zoe", "Kelly", "Matt", "Gaz", "Shaz", "Wez", "Zoe", "Carl")
    for day in range(18):
        for phone, who in zip(phones, greeted, strict=True):
            is_read, wording = day % 6 == 0, "abcdef"[day % 6]
            said = f"{who} {{line}} wording {wording}" if is_read else f"{{line}} lucky wording {wording}"
            phone.text(number(1), day, offer("Lucky" if is_read else who, said), sent=False)
    for phone in phones[:3]:
        phone.text(number(1), 3.5, finding("u on"), sent=True)
    (line,) = (await linked(*phones)).lines
    assert line.name == "Lucky"
    assert line.folded_names == ("lucky",)


@pytest.mark.parametrize(
    ("copies", "minutes", "is_change", "name"),
    [(9, 2, False, "Stretch"), (4, 2, False, None), (9, 60, False, None), (9, 2, True, None)],
)
async def test_a_name_is_read_of_what_went_to_less_than_a_dozen_at_a_sitting_and_not_of_talk(
    copies: int, minutes: float, name: str | None, *, is_change: bool
) -> None:
    own = Phone("A/1", 1)
    for day in range(0, 20, 4):
        for place in range(12):
            said = finding(f"new food in {'abcde'[day // 4]}", advert=True)
            own.text(number(100 + place), day + place / 10_000, said, sent=True)
    for place in range(12):
        own.text(number(100 + place), 2 + place, finding("u about"), sent=False)
    for place in range(copies):
        said = moved_to(number(2), "Stretch") if is_change else offer("Stretch", "{line} is shut. speak 2moz")
        own.text(number(100 + place), 6 + place * minutes / 1440, said, sent=True)
    (line,) = (await linked(own)).lines
    assert line.name == name
