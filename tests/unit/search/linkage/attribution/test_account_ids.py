"""Ids of accounts, as one tool and another write them."""

from __future__ import annotations

from itertools import product

import pytest

from search.linkage.keys import is_account_id
from search.linkage.linkage import compute_linkage
from tests.fakes.phones import Phone, campaign, finding, index_of, number, offer

_BARE = "1132372445"


@pytest.mark.parametrize("bare", ["1132372445", "601418"])
async def test_the_id_of_an_account_is_one_with_and_without_its_word(bare: str) -> None:
    """Telegram's own export says ``user`` before it, other tools the number alone; the first ids were short."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    for phone, day in product(phones[:2], range(1, 20, 3)):
        for hours, wording in enumerate(("{line} on both 3 for 25", "{line} about til late", "best of both {line}")):
            phone.text(bare, day + hours / 24, offer("Rico", wording), sent=False, service="telegram")
    phones[0].text(bare, 4.5, finding("u about"), sent=True, service="telegram")
    for day in (4, 7):
        advert = finding("Rico on both 3 for 25", line="Rico", advert=True)
        phones[2].text(f"user{bare}", day + 0.01, advert, sent=False, service="telegram")
    linkage = await compute_linkage(await index_of(phones))
    (line,) = linkage.lines
    assert {held.device_id for held in line.devices} == {phone.device_id for phone in phones}


@pytest.mark.parametrize(
    ("key", "is_id"),
    [
        ("user6888412059", True),
        ("6888412059", True),
        ("123@lid", True),
        ("+447700900123", False),
        ("07700900123", False),
        ("60123", False),
        ("Rico", False),
    ],
)
def test_digits_that_are_no_number_are_the_id_of_an_account(key: str, *, is_id: bool) -> None:
    assert is_account_id(key) is is_id


@pytest.mark.parametrize(
    ("account", "wordings", "writes_back", "lines"),
    [
        (_BARE, 0, False, 1),
        (_BARE, 2, False, 2),
        ("ricoxx", 0, True, 1),
        ("RICO", 0, False, 2),
        ("60777", 0, True, 2),
    ],
)
async def test_an_account_beside_a_number_is_the_lines_where_it_sends_the_same_under_its_name(
    account: str,
    wordings: int,
    writes_back: bool,  # noqa: FBT001  # a case of the test
    lines: int,
) -> None:
    """Whoever has a number has accounts too, so that use at once says nothing; other wordings are another's.

    Nobody writes back to the name that a text message bears.
    """
    phones = [Phone(f"A/{n}", 100 + n) for n in range(6)]
    texts = ("{line} on both 3 for 25", "{line} about til late", "best of both {line}", "{line} up early")
    for phone, day in product(phones[:3], range(1, 40, 3)):
        for hours, wording in enumerate(texts[:2]):
            phone.text(number(1), day + hours / 24, offer("Rico", wording), sent=False)
    for phone, day in product(phones[3:], range(2, 41, 3)):
        for hours, wording in enumerate(texts[wordings : wordings + 2]):
            phone.text(account, day + hours / 24, offer("Rico", wording), sent=False, service="telegram")
    if writes_back:
        phones[3].text(account, 9.5, finding("u about"), sent=True, service="telegram")
    assert len((await compute_linkage(await index_of(phones))).lines) == lines


async def test_an_account_that_is_silent_for_months_is_the_same_account() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Rico", _BARE, phones[:2], range(1, 20, 3), "{line} on both 3 for 25")
    campaign("Bex", _BARE, phones[2:], range(160, 180, 3), "{line} up early 2 for 15")
    linkage = await compute_linkage(await index_of(phones))
    (line,) = linkage.lines
    assert {held.device_id for held in line.devices} == {phone.device_id for phone in phones}
