"""What was kept from linking says on how many devices it is, and no more of it than that."""

from __future__ import annotations

import msgspec

from search.linkage.deal_lines.suppressed import suppressed_numbers, suppressed_wordings, with_all_holders
from search.linkage.model import Suppressed
from tests.fakes.phones import Phone, campaign, finding, linked, number


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


def test_whose_own_a_number_is_is_said_where_its_sentence_counts_the_others() -> None:
    holders = {"+447700900042": frozenset(f"dv-{place}" for place in range(1, 10))}
    (found,) = suppressed_numbers(holders, [], 10)
    (told,) = with_all_holders([found], holders, {"dv-10": frozenset({"+447700900042"})})
    assert (told.device_count, found.device_count) == (10, 9)
    assert told.why == f"{found.why} 1 more has it as its own number."
    (same,) = with_all_holders([found], holders, {"dv-3": frozenset({"+447700900042"})})
    assert same == found


async def test_a_name_of_two_lines_counts_the_phones_on_which_adverts_have_it() -> None:
    first, both, other = (Phone(f"A/{place}", 100 + place) for place in range(3))
    for phone in (first, both):
        campaign("Rico", number(1), [phone], range(6), "{line} on both 3 for 25")
    campaign("Benny", number(2), [both, other], range(6), "{line} live and direct best of both")
    linkage = await linked(first, both, other)
    assert {line.name for line in linkage.lines} == {"Rico", "Benny"}
    named = [msgspec.structs.replace(line, folded_names=("rico",)) for line in linkage.lines]
    (found,) = suppressed_wordings(named, {}, {}, {"rico": 2})
    assert (found.kind, found.device_count) == ("nickname", 2)
    assert found.why == "Read as the name of 2 lines that are not taken for one; it joins nothing by itself."


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


async def test_whoever_is_on_lists_alone_is_no_service_that_many_know() -> None:
    """Six phones sent adverts to a customer, and some wrote back; six others wrote to the cab firm."""
    senders, customer, cab = [Phone(f"S/{place}", place) for place in range(1, 7)], number(101), number(400)
    for sender in senders:
        for day in range(3):
            for place in range(101, 113):
                said = finding("Rico on both 3 for 25", line="Rico", advert=True)
                sender.text(number(place), day + place / 2000, said, sent=True)
        sender.text(customer, 2.5, finding("can i get 2"), sent=False)
        sender.text(cab, 2.5, finding("cab to the station please"), sent=True)
    found = {each.value: each for each in (await linked(*senders)).suppressed if each.kind == "number"}
    assert found.keys() == {cab}
    assert found[cab].why.startswith("On 6 of 6 devices and no line's: a service, or somebody whom many know.")
