"""What is quoted of a line was written by a number of the line: its adverts, and who announced a change of number."""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from parsers.records.facts import Message
from parsers.records.findings import NumberChange, NumberChangeRole
from parsers.records.values import ClockBasis, DeletedState
from search.contract import EdgeKind, Hit
from search.linkage.attribution.index_reading import Window
from search.linkage.extraction import said_edges
from search.reports.build import build_report, report_bytes
from search.reports.doubtful_times import DELETED_WORDS
from search.reports.grounds import grounds_of
from search.reports.line_source import LineSource
from search.reports.line_wordings import LineWordings, Wording
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.scope import EVERYTHING, Scope
from search.template_groups import TemplateGroups
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, instant, moved_from, moved_to, number, offer
from tests.unit.search.linkage.test_receiving_clocks import phones_of
from tests.unit.search.reports.recorded import recorded


async def report_of(*phones: Phone, scope: Scope = EVERYTHING) -> dict[str, Any]:
    return await report_on(await recorded(phones), scope)


async def report_on(index: MemoryIndex, scope: Scope = EVERYTHING) -> dict[str, Any]:
    report = await build_report(index, software={"version": "0"}, scope=scope, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(report)))


def line_of(report: dict[str, Any], name: str) -> dict[str, Any]:
    (line,) = [line for line in report["lines"] if line["name"] == name]
    return dict(line)


def moving() -> Phone:
    a = Phone("A/1", 101)
    campaign("Rico", number(9), [a], range(10))
    a.text(number(9), 9.5, moved_to(number(2), "Rico"), sent=False)
    a.text(number(2), 10, moved_from(None, "Rico"), sent=False)
    a.text(number(2), 10.5, moved_from(number(9), "Rico"), sent=False)
    campaign("Rico", number(2), [a], range(11, 30))
    return a


async def test_a_wording_of_two_lines_has_the_texts_of_the_line_at_hand() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", number(1), [a], range(5), "{line} on both")
    campaign("Benny", number(2), [b], range(5), "{line} on both")
    report = await report_of(a, b)
    assert {text["text"] for text in line_of(report, "Rico")["texts"]} == {"Rico {line} on both"}
    assert {text["text"] for text in line_of(report, "Benny")["texts"]} == {"Benny {line} on both"}
    page = render_html(report)
    for line in report["lines"]:
        section = page[page.index(f'id="{line["line_id"]}"') :].partition("</section>")[0]
        other = "Benny" if line["name"] == "Rico" else "Rico"
        assert f"{line['name']} {{line}} on both" in section
        assert f"{other} {{line}} on both" not in section
    broadcasts = page[page.index('id="broadcasts"') : page.index('id="devices"')].split("<tr>")[2:]
    assert len(broadcasts) == 10
    for row in broadcasts:
        (name,) = [line["name"] for line in report["lines"] if f"line {line['name']}" in row]
        assert f"{name} {{line}} on both" in row
        assert row.count("{line} on both") == 1
    printed = print_data(report)["broadcasts"]
    assert all(row["text"] == f"{row['line']} {{line}} on both" for row in printed)


async def test_a_change_of_number_is_quoted_from_the_old_number_and_from_the_new_one() -> None:
    line = line_of(await report_of(moving()), "Rico")
    said = {held["number"]: [(one["said_by"], one["sender"], one["text"]) for one in held["announcements"]]
            for held in line["numbers"]}  # fmt: skip
    assert said == {
        number(9): [],
        number(2): [
            ("old", number(9), f"Rico new number {number(2)}"),
            ("new", number(2), "Rico this is my new number, old was None"),
            ("new", number(2), f"Rico this is my new number, old was {number(9)}"),
        ],
    }


async def test_the_page_shows_numbers_in_the_order_of_time_with_what_was_said() -> None:
    report = await report_of(moving())
    assert [held["number"] for held in line_of(report, "Rico")["numbers"]] == [number(2), number(9)]
    page = render_html(report)
    table = page[page.index("Numbers, in the order") : page.index("<h4>Phones</h4>")]
    assert table.index('class="number">+44 7700 900009') < table.index('class="number">+44 7700 900002')
    assert "the old number said" in table
    assert table.count("the new number said") == 2
    assert f'“<span class="text">Rico new number {number(2)}</span>”' in table


async def test_what_lies_outside_the_period_is_not_quoted() -> None:
    report = await report_of(moving(), scope=Scope(since=instant(12)))
    line = line_of(report, "Rico")
    assert [held["announcements"] for held in line["numbers"]] == [[]]
    assert all(text["at"] is None or text["at"] >= instant(11) for text in line["texts"])


async def test_a_phone_that_states_no_number_is_quoted_with_the_announcement_that_it_sent() -> None:
    sender, phones = Phone("Z/1", None), [Phone(f"A/{place}", 101 + place) for place in range(4)]
    told = [number(101 + place) for place in range(12)]
    for day in range(9):
        for place, to in enumerate(told):
            sender.text(to, day + place / 2000, offer("Rico"), sent=True)
        for place, phone in enumerate(phones):
            phone.text(number(9), day + place / 2000, offer("Rico"), sent=False)
    sender.text(told, 9, moved_to(number(2), "Rico"), sent=True)
    campaign("Rico", number(2), phones, range(10, 20))
    line = line_of(await report_of(sender, *phones), "Rico")
    (held,) = [held for held in line["numbers"] if held["number"] == number(2)]
    (said_by_old,) = held["announcements"]
    assert said_by_old["sender"] == number(9)
    assert said_by_old["message_count"] == 1
    assert said_by_old["device_ids"] == ["dv-Z/1"]
    (handover,) = held["handovers"]
    assert "(1 message on Z/1 (case OP/1))" in handover["sentence"]


async def test_a_phone_that_states_the_new_number_alone_said_so_from_the_old_one() -> None:
    sender, phones = Phone("Z/1", None), [Phone(f"A/{place}", 101 + place) for place in range(6)]
    told = [number(101 + place) for place in range(12)]
    for day in range(20):
        shown = number(9) if day < 10 else number(2)
        for place, to in enumerate(told):
            sender.text(to, day + place / 2000, offer("Rico"), sent=True)
        for place, phone in enumerate(phones):
            phone.text(shown, day + place / 2000, offer("Rico"), sent=False)
    for place, to in enumerate(told):
        sender.text(to, 9.5 + place / 2000, moved_to(number(2), "Rico"), sent=True)
    for phone in phones:
        phone.text(number(9), 9.5, moved_to(number(2), "Rico"), sent=False)
    index, collected = await recorded([sender, *phones]), sender.collected()
    # As a table of a phone whose owner's number is stated later keeps it.
    edges = [replace(e, key=number(2)) if e.kind is EdgeKind.ANNOUNCEMENT else e for e in collected.edges]
    await index.put_edges(sender.extraction_id, edges, collected.flares, collected.templates)
    line = line_of(await report_on(index), "Rico")
    (held,) = [held for held in line["numbers"] if held["number"] == number(2)]
    assert [(said["said_by"], said["sender"]) for said in held["announcements"]] == [("old", number(9))]
    (said,) = held["announcements"]
    assert "dv-Z/1" in said["device_ids"]


async def test_what_copies_show_from_the_new_number_is_the_new_numbers_word_on_its_own_phone_too() -> None:
    old, new = Phone("Z/1", 9), Phone("Z/2", 2)
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    told = [number(101 + place) for place in range(12)]
    change = NumberChange(NumberChangeRole.NEW, number(2), number(2))
    here = finding(f"Rico here on new number {number(2)}", change=change)
    for day in range(20):
        sender, shown = (old, number(9)) if day < 10 else (new, number(2))
        for place, to in enumerate(told):
            sender.text(to, day + place / 2000, offer("Rico"), sent=True)
        for place, phone in enumerate(phones):
            phone.text(shown, day + place / 2000, offer("Rico"), sent=False)
    for sender, shown, day, said in ((old, number(9), 9.5, moved_to(number(2), "Rico")), (new, number(2), 9.6, here)):
        for place, to in enumerate(told):
            sender.text(to, day + place / 2000, said, sent=True)
        for phone in phones:
            phone.text(shown, day, said, sent=False)
    index = await recorded([old, new, *phones])
    collected = new.collected()
    # as it stands once the number is known that the phone states
    edges = [replace(e, key=number(2)) if e.kind is EdgeKind.ANNOUNCEMENT else e for e in collected.edges]
    await index.put_edges(new.extraction_id, edges, collected.flares, collected.templates)
    line = line_of(await report_on(index), "Rico")
    (held,) = [held for held in line["numbers"] if held["number"] == number(2)]
    said = {(each["said_by"], each["sender"]): each["device_ids"] for each in held["announcements"]}
    assert set(said) == {("old", number(9)), ("new", number(2))}
    assert "dv-Z/2" not in said["old", number(9)]
    assert {"dv-Z/2", "dv-A/0"} <= set(said["new", number(2)])


async def test_adverts_that_failed_to_send_are_told_at_the_phone_and_not_counted() -> None:
    sender, phones = Phone("Z/1", 9), [Phone(f"A/{place}", 101 + place) for place in range(6)]
    told = [number(101 + place) for place in range(12)]
    for day in range(20):
        for place, to in enumerate(told):
            sender.text(to, day + place / 2000, offer("Rico"), sent=True)
        for place, phone in enumerate(phones):
            phone.text(number(9), day + place / 2000, offer("Rico"), sent=False)
    campaign("Rico", number(9), phones, range(20, 30), "{line} about til late")
    sender.rows[10:12] = [(replace(record, status="failed"), said) for record, said in sender.rows[10:12]]
    report = await report_of(sender, *phones)
    (row,) = [row for row in line_of(report, "Rico")["devices"] if row["relation"] == "sent_adverts"]
    assert (row["failed_count"], row["record_count"]) == (2, 20 * 12 - 2)
    assert "2 more adverts failed to send and are not counted" in render_html(report)


def test_a_broadcast_counts_for_no_more_than_its_phone_holds_of_the_wording() -> None:
    def broadcast(count: int) -> Any:
        flare = SimpleNamespace(template_id="t-1", message_count=count, first_record_id="r-1", started_at=None)
        return SimpleNamespace(flare=flare, device_id="dv-1")

    copies = {("t-1", "dv-1"): 18}
    wordings = LineWordings(LineSource(MemoryIndex(), Window(None, None), {}, TemplateGroups({})), copies)
    found: dict[str, Wording] = defaultdict(Wording)
    wordings._add_flares(found, [broadcast(12), broadcast(7)])
    assert found["t-1"].count == 18
    assert len(found["t-1"].records) == 2


async def test_the_first_page_quotes_what_bears_the_name_and_says_something() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", number(9), phones, range(12), "bk")
    campaign("Rico", number(9), phones, range(6), "both on, 3 for 25 ring me")
    campaign("Rico", number(9), phones, range(3), "{line} about all day ring me")
    line = line_of(await report_of(*phones), "Rico")
    assert [text["text"] for text in grounds_of(line, [], {}).quotes] == [
        "Rico both on, 3 for 25 ring me",
        "Rico {line} about all day ring me",
    ]


async def test_the_first_page_says_of_a_quoted_text_that_its_record_had_been_deleted() -> None:
    phones = phones_of(4, -9.01)
    for phone in phones:
        phone.rows = [
            (replace(record, deleted=DeletedState.DELETED), said)
            for record, said in phone.rows
            if isinstance(record, Message)
        ]
    report = await report_of(*phones)
    (line,) = report["lines"]
    quotes = grounds_of(line, [], {}).quotes
    assert quotes
    assert all(text["is_deleted"] for text in quotes)
    assert f"{DELETED_WORDS})" in html.unescape(render_html(report))
    assert f"{DELETED_WORDS})" in json.dumps(print_data(report), default=str)
    whole = await report_of(*phones_of(4, -9.01))
    assert not any(text["is_deleted"] for text in grounds_of(whole["lines"][0], [], {}).quotes)
    assert DELETED_WORDS not in render_html(whole)


async def test_the_first_page_says_of_a_quoted_text_that_its_time_is_in_doubt() -> None:
    phones = phones_of(4, -9.01)
    for phone in phones[1:]:
        phone.rows = [
            (replace(record, time=replace(record.time, basis=ClockBasis.ASSUMED_ZONE)), said)
            for record, said in phone.rows
            if isinstance(record, Message)
        ]
    report = await report_of(*phones)
    (line,) = report["lines"]
    quotes = grounds_of(line, [], {}).quotes
    assert "dv-A/0" in {text["device_id"] for text in quotes}
    doubts = {"dv-A/0": ["wrong_clock"]}
    assert [text["time_doubts"] for text in quotes] == [doubts.get(t["device_id"], ["assumed_zone"]) for t in quotes]
    words = {"dv-A/0": "the phone's clock was wrong"}
    page, printed = html.unescape(render_html(report)), json.dumps(print_data(report), default=str)
    for text in quotes:
        said = f"({words.get(text['device_id'], 'time zone assumed')})"
        assert said in page
        assert said in printed
    (clock,) = [clock for device in report["devices"] for clock in device["wrong_clocks"]]
    assert (clock["extraction_id"], clock["is_of_received"]) == ("ex-A/0", True)
    assert clock["shift_seconds"] == pytest.approx(9.01 * 86_400, abs=60)


class Counted(MemoryIndex):
    """Counts the questions for records."""

    def __init__(self, held: MemoryIndex) -> None:
        super().__init__()
        self.__dict__ |= held.__dict__
        self._held = held
        self.questions = 0

    async def get(self, record_id: str) -> Hit | None:
        self.questions += 1
        return await self._held.get(record_id)

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        self.questions += 1
        return await self._held.get_all(record_ids)


async def test_the_records_that_are_quoted_are_read_with_few_questions() -> None:
    questions = []
    for lines in (1, 12):
        phones = []
        for line in range(lines):
            own = [Phone(f"A{line}/{place}", 100 + 10 * line + place) for place in range(3)]
            phones += own
            name = f"Rico{chr(97 + line) * 3}"
            campaign(name, number(500 + 2 * line), own, range(10))
            for phone in own:
                phone.text(number(500 + 2 * line), 10, moved_to(number(501 + 2 * line), name), sent=False)
            campaign(name, number(501 + 2 * line), own, range(11, 20))
        index = Counted(await recorded(phones))
        assert len((await report_on(index))["lines"]) == lines
        questions.append(index.questions)
    assert questions[1] <= questions[0] + 2


async def test_what_gives_up_its_own_number_is_not_quoted_as_the_new_numbers_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where the index was made when such a text counted as that."""
    phone = moving()
    change = NumberChange(NumberChangeRole.NEW, None, None)
    text = finding("Rico got a new phone sack this one off", line="Rico", advert=True, change=change)
    phone.text(number(2), 29.5, text, sent=False)
    with monkeypatch.context() as patched:
        patched.setattr(said_edges, "is_from_old_number", lambda _body, _sender: False)
        index = await recorded([phone])
    (held,) = [each for each in line_of(await report_on(index), "Rico")["numbers"] if each["number"] == number(2)]
    assert "Rico got a new phone sack this one off" not in {said["text"] for said in held["announcements"]}
    assert {said["said_by"] for said in held["announcements"]} == {"old", "new"}


async def test_of_copies_of_one_text_that_with_a_stated_zone_is_quoted_before_one_with_an_assumed_zone() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, phone in enumerate(phones):
        for day, wording in enumerate(("{line} on both", "{line} best in town ring now", "{line} 3 for 25 all day")):
            phone.text(number(9), day + place / 10_000, offer("Rico", wording), sent=False)
            phone.text(number(9), day + 0.3, finding("u on"), sent=True)
    for phone in phones[:3]:
        phone.rows = [
            (replace(record, time=replace(record.time, basis=ClockBasis.ASSUMED_ZONE)), said)
            for record, said in phone.rows
            if isinstance(record, Message)
        ]
    (line,) = (await report_of(*phones))["lines"]
    quotes = grounds_of(line, [], {}).quotes
    assert len(quotes) > 1
    assert not any(text["time_doubts"] for text in quotes)
