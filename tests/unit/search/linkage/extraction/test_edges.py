from __future__ import annotations

from typing import Any

import msgspec
import pytest

from parsers.records.facts import Contact, Direction, Sim
from parsers.records.findings import NumberChange, NumberChangeRole, Span, SpanKind, TextFinding
from parsers.records.values import NumberRef
from search.contract import Edge, EdgeKind
from search.linkage.extraction.edges import Collected, EdgeCollector
from search.linkage.keys import Role, fold_name, is_number
from tests.fakes.phones import Phone, finding, instant, moved_from, moved_to, number, offer

OTHER = number(50)


def edges_of(collected: Collected, kind: EdgeKind) -> list[tuple[str, str, str, int]]:
    return [(edge.key, edge.role, edge.other, edge.count) for edge in collected.edges if edge.kind == kind]


def test_one_edge_a_key_with_count_dates_and_the_first_five_records() -> None:
    phone = Phone("A/1", 1)
    for day in (5, 3, 9, None, 1, 7, 2):
        phone.text(OTHER, day, finding("hi"), sent=False)
    (edge,) = [edge for edge in phone.collected().edges if edge.kind == EdgeKind.NUMBER]
    assert (edge.key, edge.role, edge.count) == (OTHER, "received", 7)
    assert (edge.first_at, edge.last_at) == (instant(1), instant(9))
    assert edge.record_ids == tuple(phone.rows[place][0].record_id for place in (4, 6, 1, 0, 5))


def test_private_texts_have_the_highest_order_score_of_their_edge_and_bulk_and_adverts_none() -> None:
    phone = Phone("A/1", 1)
    for day, score in enumerate((0.2, 0.9, 0.4)):
        said = msgspec.structs.replace(finding(f"2 and 1 {day}"), order_score=score)
        phone.text(OTHER, day, said, sent=True)
        phone.text(OTHER, day + 0.5, said, sent=False)
    bulk = msgspec.structs.replace(finding("who is about"), order_score=0.95)
    phone.text([number(60 + place) for place in range(12)], 5, bulk, sent=True)
    phone.text(OTHER, 6, msgspec.structs.replace(offer("Rico"), order_score=0.95), sent=False)
    edges = [edge for edge in phone.collected().edges if edge.kind == EdgeKind.NUMBER]
    assert {edge.role: edge.score for edge in edges} == {
        "sent": 0.9,
        "received": 0.9,
        "sent_bulk": 0.0,
        "received_advert": 0.0,
    }


def test_calls_and_contacts_have_their_roles() -> None:
    phone = Phone("A/1", 1)
    phone.call(OTHER, 1, made=True)
    phone.call(OTHER, 2, made=False)
    phone.save(OTHER, "Jay")
    assert edges_of(phone.collected(), EdgeKind.NUMBER) == [
        (OTHER, "called", "", 1),
        (OTHER, "called_by", "", 1),
        (OTHER, "saved", "", 1),
    ]


def test_an_advert_gives_sender_template_and_nickname() -> None:
    phone = Phone("A/1", 1)
    said = offer("Rico")
    phone.text(OTHER, 1, said, sent=False)
    collected = phone.collected()
    assert edges_of(collected, EdgeKind.ADVERT) == [(OTHER, "received", said.template_id, 1)]
    assert edges_of(collected, EdgeKind.TEMPLATE) == [(said.template_id, "received", "", 1)]
    assert edges_of(collected, EdgeKind.NICKNAME) == [("rico", "received", OTHER, 1)]
    (entry,) = collected.templates
    assert entry.slots == (("line", "line", "Rico", 1),)
    assert entry.variants[0][1:] == (1, phone.rows[0][0].record_id)


@pytest.mark.parametrize(
    ("service", "shown", "key"),
    [
        ("whatsapp", "Rico new", "name:ex-A/1:Rico new"),
        ("whatsapp", OTHER, OTHER),
        ("whatsapp", "447700900050@s.whatsapp.net", "447700900050@s.whatsapp.net"),
        ("whatsapp", "60777", "60777"),
        ("snapchat", "rico_new", "rico_new"),
        ("sms", "RICO", "RICO"),
    ],
)
def test_a_saved_name_written_as_identifier_is_no_key_where_accounts_are_numbers(
    service: str, shown: str, key: str
) -> None:
    """Two people may save two lines under one name; the sender of an SMS and a handle are the same on every phone."""
    phone = Phone("A/1", 1)
    said = offer("Rico")
    phone.text(shown, 1, said, sent=False, name=shown, service=service)
    assert edges_of(phone.collected(), EdgeKind.ADVERT) == [(key, "received", said.template_id, 1)]


def test_a_name_that_an_account_writes_for_its_owner_is_no_number() -> None:
    """Every second phone calls its owner "Me"; as a number it would make them one."""
    phone = Phone("A/1", None)
    phone.own = "Me"
    phone.text(OTHER, 1, offer("Rico"), sent=True, service="whatsapp")
    collected = EdgeCollector(phone.extraction_id, [])
    for ordinal, (record, said) in enumerate(phone.rows):
        collected.add(ordinal, record, said)
    assert edges_of(collected.collected(), EdgeKind.OWN_NUMBER) == []


def test_an_answer_to_somebody_shown_by_name_alone_is_an_answer() -> None:
    phone = Phone("A/1", 1)
    phone.text("Rico new", 1, finding("you about"), sent=True, name="Rico new", service="whatsapp")
    phone.text("Rico new", 1.001, offer("Rico"), sent=False, name="Rico new", service="whatsapp")
    assert edges_of(phone.collected(), EdgeKind.ADVERT) == []


def with_price(said: TextFinding) -> TextFinding:
    return msgspec.structs.replace(said, spans=(Span(SpanKind.PRICE, 0, 2, "25", None, "test"),))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (with_price(offer("Rico")), 1),
        (offer("Rico"), 0),
        (with_price(offer(None)), 0),
        (msgspec.structs.replace(with_price(offer("Rico")), advert_score=0.7), 0),
    ],
)
def test_what_bears_a_lines_name_and_a_deal_is_surely_an_advert_also_where_it_comes_like_an_answer(
    said: TextFinding, count: int
) -> None:
    phone = Phone("A/1", 1)
    phone.text(OTHER, 1, finding("you about"), sent=True)
    phone.text(OTHER, 1.001, said, sent=False)
    assert len(edges_of(phone.collected(), EdgeKind.ADVERT)) == count
    assert [flare.direction for flare in phone.collected().flares] == ["received"] * count


def test_announcements_know_old_and_new_whoever_sends_them() -> None:
    phone = Phone("A/1", 1)
    phone.text(OTHER, 1, moved_to(number(51), "Rico"), sent=False)
    phone.text(number(51), 2, moved_from(OTHER, "Rico"), sent=False)
    phone.text(number(52), 2, moved_from(None, "Rico"), sent=False)
    phone.text(number(60), 2, moved_to(number(61)), sent=False)
    assert edges_of(phone.collected(), EdgeKind.ANNOUNCEMENT) == [
        (OTHER, "from_new_advert", number(51), 1),
        (OTHER, "from_old_advert", number(51), 1),
        (number(60), "from_old_plain", number(61), 1),
        ("unknown", "from_new_advert", number(52), 1),
    ]


@pytest.mark.parametrize(
    ("sender", "text", "said"),
    [
        (51, "Rico here on new number {new} delete the old one", ("unknown", "from_new_plain", number(51), 1)),
        # the tool put the handset's present number, or a contact's, to what the number before wrote
        (51, "its Rico this number is going off save {new}", None),
        # a runner's phone tells of the line's number, a customer hands on what he got
        (52, "Rico here on new number {new} delete the old one", (number(52), "from_old_plain", number(51), 1)),
        (None, "Rico here on new number {new} delete the old one", ("own", "from_old_plain", number(51), 1)),
    ],
)
def test_the_new_number_that_a_text_came_from_says_so_itself(
    sender: int | None, text: str, said: tuple[str, str, str, int] | None
) -> None:
    phone = Phone("A/1", 1)
    change = NumberChange(NumberChangeRole.NEW, number(51), number(51))
    from_number = OTHER if sender is None else number(sender)
    phone.text(from_number, 1, finding(text.format(new=number(51)), change=change), sent=sender is None)
    found = [
        ("own" if key == number(1) or key.startswith("own:") else key, role, other, count)
        for key, role, other, count in edges_of(phone.collected(), EdgeKind.ANNOUNCEMENT)
    ]
    assert found == ([] if said is None else [said])


def test_duplicates_and_skipped_facts_leave_no_trace() -> None:
    phone = Phone("A/1", 1)
    for day in range(4):
        phone.text(OTHER, day, offer("Rico"), sent=False)
    collector = EdgeCollector("ex-1", [number(1)], skip=lambda ordinal: ordinal == 1)
    for ordinal, (record, said) in enumerate(phone.rows):
        kept = msgspec.structs.replace(record, duplicate_of="r-1") if ordinal == 2 else record
        collector.add(ordinal, kept, said)
    collected = collector.collected()
    assert edges_of(collected, EdgeKind.NUMBER) == [(OTHER, "received_advert", "", 2)]
    assert list(collected.flare_of) == [0, -1, -1, 1] or list(collected.flare_of) == [1, -1, -1, 0]


def test_a_number_that_becomes_known_late_names_the_earlier_adverts_too() -> None:
    phone = Phone("A/1", None)
    phone.text(OTHER, 1, offer("Rico"), sent=True)
    phone.own = number(1)
    phone.text(OTHER, 2, offer("Rico"), sent=True)
    collector = EdgeCollector("ex-1")
    for ordinal, (record, said) in enumerate(phone.rows):
        collector.add(ordinal, record, said)
    (advert,) = edges_of(collector.collected(), EdgeKind.ADVERT)
    assert (advert[0], advert[3]) == (number(1), 2)


def test_identities_stand_under_their_keys() -> None:
    source = Phone("A/1", 1)
    source.save(OTHER, "x")
    sim = Sim(
        source=source.rows[0][0].source,
        record_id="r-1",
        extraction_id="ex-1",
        iccid=("8944100000000000001F",),
        msisdn=("07700 900001",),
    )
    collector = EdgeCollector("ex-1")
    collector.add(0, sim)
    collected = collector.collected()
    assert [edge.key for edge in collected.edges if edge.kind == EdgeKind.OWN_NUMBER] == [number(1)]
    assert len([edge for edge in collected.edges if edge.kind == EdgeKind.SIM]) == 1


def test_names_fold_and_numbers_are_told_from_short_codes() -> None:
    assert fold_name("R.I.C.O") == fold_name("rico") == "rico"
    assert fold_name("💎") == "💎"
    assert [key for key in (OTHER, "01632960123", "84433", "RICO", "Private") if is_number(key)] == [
        OTHER,
        "01632960123",
    ]


def test_edges_are_the_same_in_any_order_of_records() -> None:
    phone = Phone("A/1", 1)
    for day in range(30):
        phone.text(number(50 + day % 7), day, offer("Rico") if day % 3 else finding("hi"), sent=bool(day % 2))

    def collect(rows: list[tuple[object, object]]) -> tuple[Edge, ...]:
        collector = EdgeCollector("ex-1", [number(1)])
        for ordinal, (record, said) in enumerate(rows):
            collector.add(ordinal, record, said)  # type: ignore[arg-type]  # rows of a phone
        return collector.collected().edges

    assert collect(list(phone.rows)) == collect(list(reversed(phone.rows)))


@pytest.mark.parametrize(
    ("service", "account", "numbers", "stated"),
    [
        ("telegram", "user5133306919", (number(2),), "5133306919"),
        ("Snapchat", "rico247", (number(2),), "rico247"),
        ("telegram", "5133306919", (number(2), number(3)), None),
        ("phone", "rico247", (number(2),), None),
        ("WhatsApp", "447700900002@s.whatsapp.net", (number(2),), None),
        ("WhatsApp", "447700900003", (number(2),), None),
        (None, "rico247", (number(2),), None),
    ],
)
def test_an_entry_with_an_account_and_one_number_is_an_edge_of_both(
    service: str | None, account: str, numbers: tuple[str, ...], stated: str | None
) -> None:
    phone = Phone("A/1", 1)
    held = tuple(NumberRef(each, each) for each in numbers)
    base: dict[str, Any] = dict(phone._base())  # the fields that every record has
    phone.rows.append((Contact(**base, name="Mate", stored_in=service, handles=(account,), numbers=held), None))
    found = [edge for edge in phone.collected().edges if edge.kind is EdgeKind.ACCOUNT]
    both = [] if stated is None else [(number(2), stated), (stated, number(2))]
    assert [(edge.key, edge.other) for edge in found] == both
    assert {edge.role for edge in found} <= {Role.SAVED}


def test_what_was_to_be_sent_later_is_no_sent_advert_as_a_draft_is_none() -> None:
    plain, scheduled, drafted = (Phone("A/1", 1) for _ in range(3))
    for phone in (scheduled, drafted):
        phone.text([number(60 + place) for place in range(12)], 5, offer("Rico"), sent=True)
    change = msgspec.structs.replace
    scheduled.rows[:] = [(change(record, status="scheduled"), said) for record, said in scheduled.rows]
    drafted.rows[:] = [(change(record, direction=Direction.DRAFT), said) for record, said in drafted.rows]
    for phone in (scheduled, drafted):
        assert (phone.collected().edges, phone.collected().flares) == (plain.collected().edges, ())


def test_a_text_that_failed_to_send_went_to_nobody_and_is_counted_as_such() -> None:
    told = [number(60 + place) for place in range(12)]
    phone = Phone("A/1", 1)
    for place, to in enumerate(told):
        phone.text(to, 5 + place / 2000, offer("Rico"), sent=True)
    for place, word in enumerate(("failed", "Not sent")):
        record, said = phone.rows[place]
        phone.rows[place] = msgspec.structs.replace(record, status=word), said
    collected = phone.collected()
    (flare,) = collected.flares
    assert (flare.recipient_count, flare.message_count) == (10, 10)
    counts = {edge.kind: edge.count for edge in collected.edges if edge.kind in {EdgeKind.ADVERT, EdgeKind.UNSENT}}
    assert counts == {EdgeKind.ADVERT: 10, EdgeKind.UNSENT: 2}
    assert {edge.key for edge in collected.edges if edge.kind is EdgeKind.NUMBER} == set(told[2:])


def test_a_text_to_several_that_failed_may_have_reached_some_and_one_that_waits_has_not_failed() -> None:
    for to, status in ([number(60 + place) for place in range(12)], "failed"), (number(60), "queued"):
        phone = Phone("A/1", 1)
        phone.text(to, 5, offer("Rico"), sent=True)
        phone.rows[:] = [(msgspec.structs.replace(record, status=status), said) for record, said in phone.rows]
        kinds = {edge.kind for edge in phone.collected().edges}
        assert EdgeKind.ADVERT in kinds
        assert EdgeKind.UNSENT not in kinds


def test_whom_a_person_tried_to_text_he_has_to_do_with_and_whom_a_broadcast_did_not_reach_he_has_not() -> None:
    told = [number(60 + place) for place in range(12)]
    phone = Phone("A/1", 1)
    for place, to in enumerate(told):
        phone.text(to, 5 + place / 2000, finding("shop open from ten", template="t-shop"), sent=True)
    phone.text(OTHER, 6, finding("you about"), sent=True)
    for place in (0, 12):
        record, said = phone.rows[place]
        phone.rows[place] = msgspec.structs.replace(record, status="failed"), said
    collected = phone.collected()
    assert [(flare.recipient_count, flare.message_count) for flare in collected.flares] == [(11, 11)]
    roles = {edge.key: edge.role for edge in collected.edges if edge.kind is EdgeKind.NUMBER}
    assert (roles[told[0]], roles[OTHER]) == (Role.SENT_BULK, Role.SENT)


ROUNDED = "4.47701E+11"


def test_a_number_that_lost_its_digits_is_nobody() -> None:
    phone = Phone("A/1", 1)
    phone.text(ROUNDED, 1, offer("Rico"), sent=False)
    phone.text(ROUNDED, 2, finding("u about"), sent=False)
    phone.text(ROUNDED, 3, finding("yeah"), sent=True)
    phone.text([ROUNDED, OTHER], 4, offer("Rico"), sent=True)
    phone.lists_sim(ROUNDED)
    edges = phone.collected().edges
    assert not [edge for edge in edges if "E+11" in edge.key or "E+11" in edge.other]
    assert [edge.key for edge in edges if edge.kind == EdgeKind.NUMBER] == [OTHER]
    assert [edge.key for edge in edges if edge.kind == EdgeKind.ADVERT and edge.role == Role.RECEIVED] == ["unknown"]


def test_whom_a_name_is_saved_for_beside_a_number_that_lost_its_digits_is_known_on_his_phone_alone() -> None:
    phone = Phone("A/1", 1)
    phone.text(ROUNDED, 1, offer("Rico"), sent=False, name="Ste")
    assert edges_of(phone.collected(), EdgeKind.ADVERT)[0][0] == "name:ex-A/1:Ste"
