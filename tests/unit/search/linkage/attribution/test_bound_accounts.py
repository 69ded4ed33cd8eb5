"""An entry that has an account of an application and a number says that both are of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

from parsers.records.facts import Account, Contact
from parsers.records.values import NumberRef
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, index_of, moved_to, number, offer

ID = "5133306919"
OTHER_ID = "5133311914"
NEW = number(9)

Entry = tuple[int, str, str, tuple[str, ...]]
"""Phone, application, account, numbers."""


def state(phone: Phone, service: str, account: str, numbers: Sequence[str], *, is_owners: bool = False) -> None:
    stated = tuple(NumberRef(each, each) for each in numbers)
    base: dict[str, Any] = dict(phone._base())  # the fields that every record has
    if is_owners:
        record: Account | Contact = Account(**base, service=service, handles=(account,), numbers=stated)
    else:
        record = Contact(**base, name="Mate", stored_in=service, handles=(account,), numbers=stated)
    phone.rows.append((record, None))


def rico(account: str = ID, service: str = "telegram") -> list[Phone]:
    """Six phones that got adverts of one name, three from a number and three, in other wordings, from an account."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(6)]
    texts = ("{line} on both 3 for 25", "{line} about til late", "best of both {line}", "{line} up early")
    for phone, day in product(phones[:3], range(1, 40, 3)):
        for hours, wording in enumerate(texts[:2]):
            phone.text(number(1), day + hours / 24, offer("Rico", wording), sent=False)
    for phone, day in product(phones[3:], range(2, 41, 3)):
        for hours, wording in enumerate(texts[2:]):
            phone.text(account, day + hours / 24, offer("Rico", wording), sent=False, service=service)
    for phone in (phones[0], phones[3]):
        phone.text(number(1) if phone is phones[0] else account, 9.5, finding("u about"), sent=True, service=service)
    return phones


async def of(phones: Sequence[Phone], *entries: Entry) -> Linkage:
    for place, service, account, numbers in entries:
        state(phones[place], service, account, numbers)
    linkage = await compute_linkage(await index_of(phones))
    assert linkage == await compute_linkage(await index_of(phones[::-1]))
    return linkage


@pytest.mark.parametrize(
    ("shown", "service", "stated_in", "stated"),
    [
        (ID, "telegram", "telegram", ID),
        (f"user{ID}", "telegram", "Telegram Messenger", ID),
        (ID, "telegram", "telegram", f"user{ID}"),
        ("rico247", "snapchat", "Snapchat", "rico247"),
        ("0b1f2c3d-1111-2222-3333-444455556666", "signal", "signal", "0b1f2c3d-1111-2222-3333-444455556666"),
    ],
)
async def test_an_entry_binds_an_account_to_its_number(shown: str, service: str, stated_in: str, stated: str) -> None:
    phones = rico(shown, service)
    linkage = await of(phones, (4, stated_in, stated, (number(1),)), (0, stated_in, stated, (number(1),)))
    (line,) = linkage.lines
    (held,) = line.numbers
    assert held.number == number(1)
    account = stated.removeprefix("user")
    assert f"{service.capitalize()} {account}, saved with {number(1)} on 2 phones, counts as this number." in held.basis
    assert set(held.device_ids) == {phone.device_id for phone in phones}
    assert not line.conflicts


async def test_an_export_states_the_account_of_its_owner() -> None:
    phones = rico()
    state(phones[5], "telegram", ID, (number(1),), is_owners=True)
    (line,) = (await of(phones)).lines
    assert f"Telegram {ID}, stated with {number(1)} as its owner's own on 1 phone, counts as this number." in (
        line.numbers[0].basis
    )


@pytest.mark.parametrize(
    ("entries", "accounts", "numbers"),
    [
        ([(4, "telegram", ID, (number(1),)), (5, "telegram", ID, (number(2),))], [ID], [number(1), number(2)]),
        ([(4, "telegram", ID, (number(1),)), (5, "telegram", OTHER_ID, (number(1),))], [ID, OTHER_ID], [number(1)]),
    ],
)
async def test_what_differs_binds_nothing_and_is_named(
    entries: list[Entry], accounts: list[str], numbers: list[str]
) -> None:
    linkage = await of(rico(), *entries)
    assert len(linkage.lines) == 2
    sentence = f"Address books state Telegram {' and '.join(accounts)} with {' and '.join(numbers)}: "
    assert all(any(text.startswith(sentence) for text in line.conflicts) for line in linkage.lines)


@pytest.mark.parametrize(
    ("account", "service", "entry"),
    [
        (ID, "telegram", (4, "telegram", ID, (number(1), number(2)))),
        (ID, "telegram", (4, "phone", ID, (number(1),))),
        (ID, "telegram", (4, "signal", ID, (number(1),))),
        ("rico247", "instagram", (4, "snapchat", "rico247", (number(1),))),
    ],
)
async def test_an_entry_of_several_numbers_or_another_application_binds_nothing(
    account: str, service: str, entry: Entry
) -> None:
    linkage = await of(rico(account, service), entry)
    assert {each.number for line in linkage.lines for each in line.numbers} >= {number(1)}
    assert not any("counts as this number" in text for line in linkage.lines for n in line.numbers for text in n.basis)


async def test_an_account_goes_with_a_number_until_another_is_announced() -> None:
    """The SIM is gone then, and the account need not be."""
    phones = rico()
    for phone in phones[:3]:
        phone.text(number(1), 41.0, moved_to(NEW, "Rico"), sent=False)
        for day in range(42, 60, 3):
            phone.text(NEW, float(day), offer("Rico", "{line} on both 3 for 25"), sent=False)
    for phone, day in product(phones[3:], range(44, 62, 3)):
        phone.text(ID, float(day), offer("Rico", "best of both {line}"), sent=False, service="telegram")
    linkage = await of(phones, (4, "telegram", ID, (number(1),)))
    held = {each.number: each for line in linkage.lines for each in line.numbers}
    assert held[NEW].succeeds == number(1)
    last = held[number(1)].last_seen_at
    assert last is not None
    assert last < "2024-02-12"
    assert any("until another was announced on 2024-02-11" in text for text in held[number(1)].basis)
