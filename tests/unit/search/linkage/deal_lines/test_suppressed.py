"""What was kept from linking says on how many devices it is, and no more of it than that."""

from __future__ import annotations

from search.linkage.deal_lines.suppressed import suppressed_numbers, with_all_holders
from search.linkage.model import Suppressed
from tests.fakes.phones import Phone, finding, linked, number


def test_a_sender_without_a_number_says_on_how_many_devices_it_is() -> None:
    (found,) = suppressed_numbers({"PayNowLoans": frozenset({"dv-1", "dv-2"})}, [], 219)
    assert found.device_count == 2
    assert found.why == (
        "No telephone number in full but a short code, a name or an account, on 2 of 219 devices: it joins nobody."
    )


def test_a_number_counts_all_that_hold_it_and_whose_own_it_is() -> None:
    about_one = [
        Suppressed(kind="number", value="+441", device_count=1, why="x", device_ids=frozenset({"dv-1"})),
        Suppressed(kind="template", value="t-1", device_count=1, why="x", device_ids=frozenset({"dv-1"})),
    ]
    holders = {"+441": frozenset({"dv-2", "dv-3"}), "t-1": frozenset({"dv-2", "dv-3"})}
    counts = [each.device_count for each in with_all_holders(about_one, holders, {"dv-1": frozenset({"+441"})})]
    assert counts == [3, 1]


async def test_recipients_in_common_are_counted_among_all_devices_held() -> None:
    sending = [Phone(f"S/{place}", place) for place in (1, 2)]
    others = [Phone(f"A/{place}", 100 + place) for place in (1, 2)]
    for sender, name in zip(sending, ("Rico", "Benny"), strict=True):
        said = finding(f"{name} on both 3 for 25", line=name, advert=True)
        for place in range(101, 112):
            for day in range(6):
                sender.text(number(place), day + place / 2000, said, sent=True)
        for other in others:
            for day in range(6):
                other.text(sender.own, day, said, sent=False)
            other.text(sender.own, 2.5, finding("can i get 2"), sent=True)
    (found,) = [each for each in (await linked(*sending, *others)).suppressed if each.kind == "shared_contacts"]
    assert found.device_count == 2
    assert found.why.startswith("11 recipients in common, 2 of them among the devices held: ")
