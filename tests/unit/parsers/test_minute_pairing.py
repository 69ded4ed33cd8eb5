"""What one list of a delivery dates by the minute and another by the second counts once, where that is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parsers.duplicates import DuplicateFinder
from parsers.records.facts import Direction, Message, Record
from parsers.records.values import Moment, Party
from tests.unit.parsers.made_records import OTHER_EXTRACTION, message

OWNER = Party(name="Me", is_owner=True)
GROUP = "120363041234567890@g.us"


def exact(name: str, time: str = "18:44:22", **more: Any) -> Message:
    """A message that one list has by the second."""
    return message(f"row {name}", time, listing="All", **more)


def rough(name: str, time: str = "18:44", **more: Any) -> Message:
    """A message that another list has by the minute."""
    made = message(f"row {name}", f"{time}:00", **{"listing": "Key"} | more)
    return msgspec.structs.replace(made, time=Moment(f"18/05/2020 {time}", made.time.utc))


def chat(record: Message, thread: str | None, **more: Any) -> Message:
    values: dict[str, Any] = {"service": "whatsapp", "from_party": Party(name="Jay"), "to": (), "thread": thread}
    return msgspec.structs.replace(record, **values | more)


def pairs(records: Sequence[Record]) -> dict[str, str]:
    """Return the copy's name to the name of what stands for it."""
    names = {record.record_id: record.source.locator.removeprefix("row ") for record in records}
    finder = DuplicateFinder(Path("/nonexistent"))
    for record in records:
        finder.add(record)
    return {names[found.record_id]: names[found.canonical] for found in finder.resolve()}


def in_all_orders(records: Sequence[Record]) -> set[int]:
    """Return how many messages count, whichever is listed first."""
    return {len(records) - len(pairs(order)) for order in permutations(records)}


@pytest.mark.parametrize("more", [{"listing": "Key"}, {"listing": "All", "extraction_id": OTHER_EXTRACTION}])
@pytest.mark.parametrize("way", [Direction.INCOMING, Direction.OUTGOING])
def test_another_sheet_or_member_that_has_minutes_alone(more: Mapping[str, Any], way: Direction) -> None:
    """What has the second stands for the message, whichever comes first and whichever names more."""
    one, other = exact("A", direction=way), rough("B", direction=way, **more)
    assert pairs([one, other]) == pairs([other, one]) == {"B": "A"}


@pytest.mark.parametrize("time", ["18:44:00", "18:44:02", "18:44:59"])
def test_any_second_of_the_minute(time: str) -> None:
    assert pairs([exact("A", time), rough("B")]) == {"B": "A"}


@pytest.mark.parametrize(
    "other",
    [
        exact("A", "18:43:59"),
        exact("A", "18:45:00"),
        exact("A", body="on my way!"),
        exact("A", peer="+447700900456"),
        exact("A", direction=Direction.OUTGOING),
        exact("A", service="whatsapp"),
    ],
    ids=["second before", "minute after", "text", "party", "way", "application"],
)
def test_what_differs_is_another_message(other: Message) -> None:
    assert in_all_orders([other, rough("B")]) == {2}


def test_one_list_tells_nothing_twice() -> None:
    """A tool that leaves the seconds out where they are nought has both forms in one list."""
    assert in_all_orders([exact("A"), rough("B", listing="All")]) == {2}
    assert in_all_orders([exact("A"), rough("B", listing="All"), rough("C", listing="All")]) == {3}


def test_a_text_sent_again_in_one_minute_counts_as_often_as_a_list_has_it() -> None:
    sent = [exact("A", "18:44:05"), exact("B", "18:44:50")]
    assert in_all_orders([*sent, rough("C")]) == {2}
    assert in_all_orders([*sent, rough("C"), rough("D")]) == {2}
    assert in_all_orders([*sent, rough("C"), rough("D"), rough("E")]) == {3}
    assert in_all_orders([sent[0], rough("C"), rough("D")]) == {2}
    assert in_all_orders([*sent, rough("C"), rough("D", extraction_id=OTHER_EXTRACTION)]) == {2}


def test_a_text_at_the_end_of_a_minute_leaves_the_next_minutes_to_its_own() -> None:
    assert in_all_orders([exact("A", "18:43:59"), exact("B", "18:44:30"), rough("C", "18:43"), rough("D")]) == {2}


def test_a_broadcast_in_one_minute_stays_as_many_as_it_went_to() -> None:
    numbers = [f"+4477009001{place:02}" for place in range(40)]
    way = {"direction": Direction.OUTGOING}
    sent = [exact(f"A{place}", f"18:44:{place:02}", peer=number, **way) for place, number in enumerate(numbers)]
    listed = [rough(f"B{place}", peer=number, **way) for place, number in enumerate(numbers)]
    assert pairs([*sent, *reversed(listed)]) == {f"B{place}": f"A{place}" for place in range(40)}
    assert pairs([*sent[1:], listed[0]]) == {}
    assert pairs([*listed[:20], *sent[10:]]) == {f"B{place}": f"A{place}" for place in range(10, 20)}


def test_a_list_that_names_nobody_or_a_name_for_a_number_is_not_matched() -> None:
    """Two people may have one name."""
    named = msgspec.structs.replace(rough("B"), from_party=Party(name="as shown in All"))
    assert in_all_orders([exact("A"), exact("C", peer="+447700900456"), named]) == {3}
    assert in_all_orders([exact("A", peer=None), rough("B", peer=None)]) == {2}


def test_texts_without_words_are_not_matched() -> None:
    assert in_all_orders([exact("A", body=None), rough("B", body=None)]) == {2}


def test_a_chat_of_two_and_a_group_are_two() -> None:
    """One person writes the same in both within a minute."""
    alone, group = chat(rough("B"), "Jay", to=(OWNER,)), chat(rough("C", listing="Gang"), "Gang")
    assert in_all_orders([alone, group]) == {2}
    assert in_all_orders([chat(exact("A"), "Jay"), group]) == {2}
    assert in_all_orders([chat(exact("A"), GROUP), alone]) == {2}
    assert in_all_orders([chat(exact("A"), "Gang"), group, alone]) == {2}
    assert in_all_orders([chat(exact("A"), "Jay"), chat(exact("D", "18:44:40"), "Gang"), group, alone]) == {2}


def test_what_went_out_to_a_group_is_told_by_its_name() -> None:
    way: dict[str, Any] = {"direction": Direction.OUTGOING, "from_party": OWNER}
    gone = chat(exact("A"), "Gang", **way)
    assert in_all_orders([gone, chat(rough("B"), "Gang", **way)]) == {1}
    assert in_all_orders([gone, chat(rough("B"), "Work", **way)]) == {2}
    assert in_all_orders([gone, chat(rough("B"), "Jay", to=(Party(name="Jay"),), **way)]) == {2}


def test_very_many_texts_that_are_alike_cost_no_time_with_their_square() -> None:
    count = 20_000
    sent = [exact(f"A{place}") for place in range(count)]
    assert len(pairs([*sent, *(rough(f"B{place}") for place in range(count))])) == count
    assert pairs([*sent, *(rough(f"C{place}", listing="All") for place in range(count))]) == {}
