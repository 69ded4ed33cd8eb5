"""Duplicates: one fact in two lists is one, two rows of one list are two, and nothing is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parsers.bucketed_rows
from parsers.duplicates import Duplicate, DuplicateFinder
from parsers.records import ids
from parsers.records.facts import CallType, Device, Direction, Message, Record
from parsers.records.values import Attachment, DeletedState, MessageTimes, Moment, Party
from tests.unit.parsers.made_records import (
    EXTRACTION,
    OTHER_EXTRACTION,
    PEER,
    SHA256,
    call,
    contact,
    message,
    moment,
    source,
)


def duplicates(records: Iterable[Record], devices: Mapping[str, int] | None = None) -> list[Duplicate]:
    finder = DuplicateFinder(Path("/nonexistent"))
    for record in records:
        finder.add(record)
    return list(finder.resolve(devices))


def pairs(records: Sequence[Record], devices: Mapping[str, int] | None = None) -> dict[str, str]:
    """Return locator of the copy to locator of what stands for it."""
    locators = {record.record_id: record.source.locator for record in records}
    return {locators[found.record_id]: locators[found.canonical] for found in duplicates(records, devices)}


def deleted(record: Message, state: DeletedState = DeletedState.DELETED) -> Message:
    return msgspec.structs.replace(record, deleted=state)


def test_a_message_in_a_chat_and_at_top_level_is_one() -> None:
    assert pairs([message("model A in chat C", listing="chat"), message("model A")]) == {"model A": "model A in chat C"}


def wayless(record: Message, to: tuple[Party, ...] = ()) -> Message:
    return msgspec.structs.replace(record, direction=Direction.UNKNOWN, to=to)


def test_a_listing_that_does_not_say_which_way_it_went_is_one_with_its_id_that_does() -> None:
    known = message("model A in chat C", listing="chat")
    for unknown in (wayless(message("model A")), wayless(message("model A"), (Party("7726", None, None),))):
        assert pairs([known, unknown]) == {"model A": "model A in chat C"}
        assert pairs([unknown, known]) == {"model A": "model A in chat C"}
    assert pairs([known, wayless(message("model B"))]) == {}
    assert pairs([known, wayless(message("model A", "18:44:23"))]) == {}
    assert pairs([known, msgspec.structs.replace(wayless(message("model A")), body="else")]) == {}
    other = msgspec.structs.replace(wayless(message("model A")), from_party=Party("7726", None, None))
    assert pairs([known, other]) == {}


def test_a_way_that_the_role_alone_says_where_both_sides_are_listed_gives_way_to_one_that_the_folder_says() -> None:
    to = (Party("07700900456", "+447700900456"),)
    by_role = msgspec.structs.replace(message("model A"), to=to, direction_basis="party_role")
    in_chat = message("model A in chat C", listing="chat")
    by_folder = msgspec.structs.replace(in_chat, to=to, direction=Direction.OUTGOING, direction_basis="folder")
    assert pairs([by_role, by_folder]) == {"model A": "model A in chat C"}
    assert pairs([by_folder, by_role]) == {"model A": "model A in chat C"}
    owned = msgspec.structs.replace(by_role, to=(Party("07700900456", "+447700900456", is_owner=True),))
    assert pairs([owned, by_folder]) == {}


def test_a_listing_stands_for_itself_where_its_id_went_both_ways() -> None:
    came_in = message("model A in chat C", listing="chat")
    went_out = msgspec.structs.replace(message("model A in chat D", listing="chat"), direction=Direction.OUTGOING)
    assert pairs([came_in, went_out, wayless(message("model A"))]) == {}


def test_a_handsets_message_on_its_sim_is_one_within_two_seconds() -> None:
    handset = message("model A", "18:44:22")
    for time, is_one in (("18:44:20", True), ("18:44:24", True), ("18:44:25", False), ("18:44:19", False)):
        card = message("model B", time, listing="sim", extraction_id=OTHER_EXTRACTION)
        assert pairs([handset, card]) == ({"model B": "model A"} if is_one else {})


def sent_at(record: Message, time: str) -> Message:
    return msgspec.structs.replace(record, times=MessageTimes(sent=moment(time)))


def test_a_cards_copy_of_a_text_that_the_handset_dates_by_its_arrival_is_one() -> None:
    handset = sent_at(message("model A", "18:44:52"), "18:44:22")
    other = sent_at(message("model B", "18:45:52"), "18:44:22")
    card, again = (message(f"model {name}", "18:44:22", listing="sim", extraction_id=OTHER_EXTRACTION) for name in "CD")
    near = message("model E", "18:44:25", listing="sim", extraction_id=OTHER_EXTRACTION)
    assert pairs([handset, card]) == {"model C": "model A"}
    assert pairs([card, handset]) == {"model A": "model C"}
    assert pairs([handset, near]) == {}
    # what one extraction lists as two is two
    assert pairs([handset, card, again]) == {"model C": "model A"}
    assert pairs([handset, other, card]) == {"model C": "model A"}
    assert pairs([handset, other, card, again]) == {"model C": "model A", "model D": "model B"}
    assert pairs([handset, msgspec.structs.replace(card, extraction_id=EXTRACTION)]) == {}
    assert pairs([handset, message("model F", "18:44:22"), card]) == {"model C": "model F"}


def test_very_many_texts_that_are_alike_cost_no_time_with_their_square() -> None:
    count = 20_000
    alike = [sent_at(message(f"model {number}", "18:44:52"), "18:44:22") for number in range(count)]
    inside = [message(f"model own {number}", "18:44:22") for number in range(count)]
    assert pairs([*alike, *inside]) == {}


def test_a_text_sent_twice_is_two_facts() -> None:
    assert pairs([message("model A"), message("model B")]) == {}


def test_the_deleted_copy_beside_its_row_is_one() -> None:
    row, copy = message("model A"), deleted(message("model B"))
    assert pairs([row, copy]) == {"model B": "model A"}
    assert pairs([copy, row]) == {"model B": "model A"}
    unknown = deleted(message("model C"), DeletedState.UNKNOWN)
    assert pairs([copy, unknown]) == {"model B": "model C"}


@pytest.mark.parametrize(
    "copy",
    [
        deleted(message("model B", "18:44:23")),
        deleted(message("model B", body="other")),
        deleted(message("model B", peer="+447700900999")),
    ],
)
def test_a_deleted_text_that_differs_is_no_copy(copy: Message) -> None:
    assert pairs([message("model A"), copy]) == {}


def test_deleted_texts_of_one_list_are_as_many_as_they_are() -> None:
    copies = [deleted(message(f"model {name}")) for name in "CDE"]
    assert pairs(copies) == {}
    assert pairs([message("model A"), *copies]) == {"model C": "model A"}
    both = {"model C": "model A", "model D": "model B"}
    assert pairs([message("model A"), message("model B"), *copies]) == both


def test_what_stands_in_the_place_of_a_deleted_message_is_no_copy_of_a_picture() -> None:
    picture, left = message("model A", body=""), deleted(message("model B", body=""))
    assert pairs([picture, left]) == {}
    files = (Attachment(name="a.jpg"),)
    one, other = (msgspec.structs.replace(each, attachments=files) for each in (picture, left))
    assert pairs([one, other]) == {"model B": "model A"}


def test_a_deleted_text_without_a_second_is_no_copy_in_its_list() -> None:
    for time in (Moment(), Moment("05/02/2024 12:05", "2024-02-05T12:05:00.000Z")):
        one, other = (msgspec.structs.replace(message(row), time=time) for row in ("row 1", "row 2"))
        assert pairs([one, deleted(other)]) == {}


def test_a_deleted_copy_in_the_other_list_is_one_within_two_seconds() -> None:
    card = deleted(message("model B", "18:44:24", listing="sim"))
    beside = deleted(message("model C"))
    assert pairs([message("model A", "18:44:22"), card]) == {"model B": "model A"}
    assert pairs([card, message("model A", "18:44:22")]) == {"model B": "model A"}
    assert pairs([message("model A"), card, beside]) == {"model B": "model A", "model C": "model A"}


def test_two_in_one_list_and_two_in_the_other_are_two() -> None:
    records = [
        message("model A"),
        message("model B"),
        message("model D", listing="sim"),
        message("model E", listing="sim"),
    ]
    assert pairs(records) == {"model D": "model A", "model E": "model B"}


def test_one_in_one_list_and_two_in_the_other_are_two() -> None:
    """The id tells which of the two the other list holds."""
    records: list[Record] = [
        message("model B"),
        message("model A in chat C", listing="chat"),
        message("model B in chat C", listing="chat"),
    ]
    assert pairs(records) == {"model B in chat C": "model B"}


def test_the_exact_second_pairs_before_a_near_one() -> None:
    records = [
        message("model A", "18:44:22"),
        message("model D", "18:44:21", listing="sim"),
        message("model E", "18:44:22", listing="sim"),
    ]
    assert pairs(records) == {"model E": "model A"}


def test_one_id_with_one_content_in_one_list_is_one() -> None:
    assert pairs([message("model A"), message("model A #1")]) == {"model A #1": "model A"}


def test_one_id_with_two_contents_is_two_facts() -> None:
    assert pairs([message("model A"), message("model A #1", body="five minutes")]) == {}
    assert pairs([message("model A"), message("model A #1", "18:50:00")]) == {}
    assert pairs([message("model A"), message("model A #1", peer="+447700900124")]) == {}


def test_one_id_is_one_fact_where_a_list_leaves_the_other_party_out() -> None:
    sent = Direction.OUTGOING
    records = [
        message("model A", peer=None, direction=sent),
        message("model A in chat C", listing="chat", direction=sent),
    ]
    assert pairs(records) == {"model A": "model A in chat C"}


def test_the_fullest_listing_stands_for_a_fact_whichever_is_listed_first() -> None:
    """Who a message went to must not hang on the order of two lists; of equal listings the earliest stands."""
    bare = message("model A", peer=None, direction=Direction.OUTGOING)
    chat = message("model A in chat C", listing="chat", direction=Direction.OUTGOING)
    again = message("model A in chat D", listing="other chat", direction=Direction.OUTGOING)
    assert pairs([bare, chat, again]) == dict.fromkeys(("model A", "model A in chat D"), "model A in chat C")
    assert pairs([chat, bare, again]) == dict.fromkeys(("model A", "model A in chat D"), "model A in chat C")
    assert pairs([again, chat, bare]) == dict.fromkeys(("model A", "model A in chat C"), "model A in chat D")


def test_the_listing_that_names_the_other_members_of_a_group_stands_for_what_came_in() -> None:
    owner, member = Party(raw="owner", is_owner=True), Party(raw="+447700900124", e164="+447700900124")
    alone = msgspec.structs.replace(message("model A"), to=(owner,))
    in_group = msgspec.structs.replace(message("model B", "18:44:23", listing="chat"), to=(owner, member))
    assert pairs([alone, in_group]) == {"model A": "model B"}
    with_owner = msgspec.structs.replace(message("model B", "18:44:23", listing="chat"), to=(owner, owner))
    assert pairs([alone, with_owner]) == {"model B": "model A"}


def test_a_card_pairs_with_a_message_whose_party_only_one_list_names() -> None:
    records = [
        message("model A", peer=None),
        message("model A in chat C", listing="chat"),
        message("model Z", "18:44:23", listing="sim", extraction_id=OTHER_EXTRACTION),
    ]
    assert pairs(records) == {"model A": "model A in chat C", "model Z": "model A in chat C"}


@pytest.mark.parametrize(
    "other",
    [
        message("model B", listing="sim", body="five minutes"),
        message("model B", listing="sim", peer="+447700900124"),
        message("model B", listing="sim", direction=Direction.OUTGOING),
        message("model B", listing="sim", service="whatsapp"),
        message("model B", None, listing="sim"),
        call("model B", listing="sim"),
    ],
    ids=lambda record: f"{record.kind} {record.source.locator}",
)
def test_another_content_is_another_fact(other: Record) -> None:
    assert pairs([message("model A"), other]) == {}


def test_names_and_the_owner_do_not_tell_facts_apart() -> None:
    one = message("model A")
    other = Message(
        source=source("model B"),
        record_id=ids.record_id(SHA256, "report.xml", "message", "model B"),
        extraction_id=EXTRACTION,
        service=None,
        direction=Direction.INCOMING,
        from_party=Party(raw="07700 900123", e164="+447700900123"),
        to=(Party(raw="+447700900999", e164="+447700900999", is_owner=True),),
        body="on my way",
        time=moment("18:44:22"),
        listing="chat",
    )
    assert pairs([one, other]) == {"model B": "model A"}


def test_line_ends_do_not_tell_facts_apart() -> None:
    for body in ("two\nlines", "two\rlines"):
        both = [message("model A", body="two\r\nlines"), message("model B", body=body, listing="chat")]
        assert pairs(both) == {"model B": "model A"}
    one_more = [message("model A", body="two\r\nlines"), message("model B", body="two\n\nlines", listing="chat")]
    assert pairs(one_more) == {}


def test_messages_without_a_time_pair_among_themselves() -> None:
    records: list[Record] = [message("model A", None), message("model B", None, listing="sim")]
    assert pairs(records) == {"model B": "model A"}
    assert pairs([message("model A", None), message("model B", None)]) == {}


def test_three_listings_of_one_fact_point_at_the_first() -> None:
    records = [
        message("model A", "18:44:22"),
        message("model B", "18:44:23", listing="sim"),
        message("model D", "18:44:24", listing="chat"),
    ]
    assert pairs(records) == {"model B": "model A", "model D": "model A"}


def test_calls_and_contacts_are_facts_too() -> None:
    records: list[Record] = [
        call("model A"),
        call("model B", "18:44:23", listing="log"),
        call("model D", listing="third", seconds=31),
        contact("model E", "Jay", "+447700900124"),
        contact("model F", "Jay", "+447700900124", listing="sim"),
        contact("model G", "Jay work", "+447700900124", listing="third"),
        contact("model H", "Kim", "60070", listing="sim"),
        contact("model I", "Kim", "60071"),
    ]
    assert pairs(records) == {"model B": "model A", "model F": "model E"}


@pytest.mark.parametrize(
    "other",
    [
        {"from_party": None},
        {"from_party": Party(raw="-1")},
        {"from_party": Party(raw="+447700900124", e164="+447700900124")},
        {"call_type": CallType.REJECTED},
        {"call_type": CallType.REJECTED, "extra": (("type", "6"),)},
        {"duration_seconds": 5.0},
    ],
)
def test_calls_of_one_id_that_differ_are_two(other: dict[str, object]) -> None:
    came_in = {"call_type": CallType.MISSED, "from_party": Party(raw=PEER, e164=PEER), "to": ()}
    one = msgspec.structs.replace(call("call 1715595072000"), **came_in)
    two, again = (msgspec.structs.replace(call(f"call 1715595072000 no. {place}"), **came_in) for place in (2, 3))
    two = msgspec.structs.replace(two, **other)
    same_id = [
        msgspec.structs.replace(each, source=msgspec.structs.replace(each.source, locator=one.source.locator))
        for each in (one, two, again)
    ]
    found = [each.record_id for each in duplicates(same_id)]
    assert found == [again.record_id]


def test_a_call_listed_under_one_id_once_without_its_party_is_one() -> None:
    named, lacking = call("model A in chat C", listing="chat"), msgspec.structs.replace(call("model A"), to=())
    other = Party(raw="+447700900124", e164="+447700900124")
    assert pairs([named, lacking]) == {"model A": "model A in chat C"}
    assert pairs([lacking, named]) == {"model A": "model A in chat C"}
    in_one_list = msgspec.structs.replace(call("model A #2"), to=())
    assert pairs([call("model A"), in_one_list]) == {"model A #2": "model A"}
    # What contradicts is two: another party, another type, parties of two of which it could be either's.
    third = msgspec.structs.replace(call("model A in chat D", listing="third"), to=(other,))
    assert pairs([named, third]) == {}
    assert pairs([named, third, lacking]) == {}
    assert pairs([named, msgspec.structs.replace(lacking, call_type=CallType.UNKNOWN)]) == {}
    assert pairs([named, msgspec.structs.replace(lacking, duration_seconds=31.0)]) == {}


def test_types_that_are_not_known_are_told_apart_as_they_are_written() -> None:
    open_calls = [
        msgspec.structs.replace(
            call("call 1715595072000"),
            record_id=call(f"call {written}").record_id,
            call_type=CallType.UNKNOWN,
            extra=(("type", written),),
        )
        for written in ("1000", "6501")
    ]
    assert duplicates(open_calls) == []


def test_devices_of_one_delivery_share_nothing() -> None:
    """The same broadcast arrives on two handsets in the same second; each has received it."""
    records = [message("model A"), message("model B", extraction_id=OTHER_EXTRACTION)]
    assert pairs(records, {EXTRACTION: 0, OTHER_EXTRACTION: 1}) == {}
    assert pairs(records, {EXTRACTION: 3, OTHER_EXTRACTION: 3}) == {"model B": "model A"}


def test_a_device_record_pairs_only_with_itself() -> None:
    def device(locator: str, listing: str, model: str = "105") -> Device:
        return Device(
            source=source(locator),
            record_id=ids.record_id(SHA256, "report.xml", "device", locator + listing),
            extraction_id=EXTRACTION,
            model=model,
            listing=listing,
        )

    records = [device("project P", "top"), device("project P #1", "top"), device("project P #2", "other")]
    assert [found.ordinal for found in duplicates(records)] == [1]
    assert duplicates([device("project P", "top"), device("project P #1", "top", "106")]) == []


def test_duplicates_come_by_extraction_and_place() -> None:
    records: list[Record] = []
    for place in range(40):
        for extraction_id in (OTHER_EXTRACTION, EXTRACTION):
            locator = f"model {place} {extraction_id}"
            records.append(message(locator, body=f"text {place}", extraction_id=extraction_id))
    found = duplicates(records)
    assert [(each.extraction_id, each.ordinal, each.kind) for each in found] == [
        (EXTRACTION, place, "message") for place in range(40)
    ]


def test_a_large_delivery_gives_the_same_from_its_scratch_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        message(f"model {place}", body=f"text {place % 50}", listing=listing, extraction_id=listing)
        for listing in ("top", "sim")
        for place in range(200)
    ]
    records = [
        message(f"{record.source.locator} {record.listing}", body=record.body, listing=record.listing)
        for record in records
    ]
    expected = duplicates(records)
    monkeypatch.setattr(parsers.bucketed_rows, "_HELD_BYTES", 1_000)
    finder = DuplicateFinder(tmp_path)
    for record in records:
        finder.add(record)
    assert list(finder.resolve()) == expected
    assert len(expected) == 200
    assert list(tmp_path.iterdir()) == []


def test_many_equal_texts_without_a_time_take_no_quadratic_time() -> None:
    """20,000 rows of one content, each of which could pair with any of the other list."""
    count = 10_000
    records = (
        message(f"model {place}", None, listing=listing, extraction_id=EXTRACTION)
        for listing, start in (("top", 0), ("sim", count), ("chat", 2 * count))
        for place in range(start, start + count // (2 if listing == "chat" else 1))
    )
    assert len(duplicates(records)) == count + count // 2


LISTED = st.tuples(
    st.sampled_from(["top", "chat", "sim"]), st.integers(0, 3), st.sampled_from([None, "18:44:20", "18:44:40"])
)


def facts_by_counting(rows: list[tuple[str, int, str | None]]) -> int:
    """Where every time is equal or far away: a content has as many facts as the list that shows it most often."""
    counted: Counter[tuple[int, str | None, str]] = Counter((body, time, listing) for listing, body, time in rows)
    most: dict[tuple[int, str | None], int] = {}
    for (body, time, _), count in counted.items():
        most[body, time] = max(count, most.get((body, time), 0))
    return sum(most.values())


@given(st.lists(LISTED, max_size=30))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_is_left_are_as_many_facts_as_the_longest_list_shows(rows: list[tuple[str, int, str | None]]) -> None:
    records = [
        message(f"model {place}", time, body=f"text {body}", listing=listing)
        for place, (listing, body, time) in enumerate(rows)
    ]
    found = duplicates(records)
    copies = {each.record_id for each in found}
    assert len(copies) == len(found)
    assert len(records) - len(found) == facts_by_counting(rows)
    assert not copies & {each.canonical for each in found}
    # No fact has two rows of one list.
    by_id = {record.record_id: record for record in records}
    groups: dict[str, list[str]] = {}
    for each in found:
        groups.setdefault(each.canonical, [by_id[each.canonical].listing]).append(by_id[each.record_id].listing)
    assert all(len(set(listings)) == len(listings) for listings in groups.values())


PARTIES_OF = st.tuples(st.integers(0, 2), st.sampled_from(["top", "chat", "sim"]), st.booleans(), st.integers(0, 2))


@given(st.lists(PARTIES_OF, max_size=20))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_stands_for_a_fact_names_as_many_as_any_listing_of_it(rows: list[tuple[int, str, bool, int]]) -> None:
    members = tuple(Party(raw=f"+44770090012{number}", e164=f"+44770090012{number}") for number in range(2))
    records = [
        msgspec.structs.replace(
            message(f"model {body} #{place}", body=f"text {body}", listing=listing, peer=PEER if is_named else None),
            to=members[:count],
        )
        for place, (body, listing, is_named, count) in enumerate(rows)
    ]
    by_id = {record.record_id: record for record in records}
    for found in duplicates(records):
        copy, standing = by_id[found.record_id], by_id[found.canonical]
        assert len(standing.to) + (standing.from_party is not None) >= len(copy.to) + (copy.from_party is not None)


WAYLESS = {"call_type": CallType.UNKNOWN}


@pytest.mark.parametrize("way", [CallType.OUTGOING, CallType.INCOMING, CallType.MISSED])
def test_a_call_that_does_not_say_which_way_it_went_is_one_with_its_copy_in_another_list_that_does(
    way: CallType,
) -> None:
    known = msgspec.structs.replace(call("model A in log", listing="log"), call_type=way)
    unknown = msgspec.structs.replace(call("model A"), **WAYLESS)
    assert pairs([known, unknown]) == {"model A": "model A in log"}
    assert pairs([unknown, known]) == {"model A": "model A in log"}


def test_a_call_without_a_way_is_no_copy_where_that_is_not_sure() -> None:
    known, unknown = call("log 1", listing="log"), msgspec.structs.replace(call("model A"), **WAYLESS)
    came_in = msgspec.structs.replace(call("log 2", listing="other"), call_type=CallType.INCOMING)
    for others in (
        [call("log 1")],  # of one list
        [call("log 1", "18:44:23", listing="log")],
        [call("log 1", listing="log", seconds=31)],
        [msgspec.structs.replace(known, to=())],
        [known, came_in],
        [known, call("log 2", listing="log")],
    ):
        assert unknown.source.locator not in pairs([*others, unknown])
        assert unknown.source.locator not in pairs([unknown, *others])


def test_two_calls_of_which_neither_says_its_way_are_one_as_before() -> None:
    one, other = (msgspec.structs.replace(call(f"model {at}", listing=at), **WAYLESS) for at in "AB")
    assert pairs([one, other]) == {"model B": "model A"}
