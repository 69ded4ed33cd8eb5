"""Parts of a line's section: its name, what to check, its numbers and phones; and links by the cases that they join."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from search.reports import line_phones
from search.reports.build import build_report, report_bytes
from search.reports.chart import chart_of
from search.reports.cited import Searches
from search.reports.line_names import line_titles, saved_words
from search.reports.line_phones import INFERRED, PHONES_SHOWN, RELATIONS, is_proven, phone_rows
from search.reports.link_cases import link_cases, linked_figure
from search.reports.link_groups import link_part, of_the_link
from search.reports.number_views import NumberView, announcements_of, number_views, said_words
from search.reports.page import page_of
from search.reports.page_text import as_sentence, grouped, with_zone
from search.reports.print_data import print_data
from search.reports.print_text import print_sentence
from search.reports.render_html import render_html
from search.reports.table_columns import tables_of
from search.reports.timeline import NOT_COUNTED, draw
from search.reports.to_check import to_check
from tests.fakes.phones import Phone, campaign, finding, index_of, moved_to, number
from tests.unit.search.reports.test_inferred_senders import sending

A, B, C = "+447700900001", "+447700900002", "+447700900003"
LABELS = {f"dv-{place}": f"A/{place} (case OP/1)" for place in range(200)}


async def report_of(*phones: Phone) -> dict[str, Any]:
    report = await build_report(await index_of(phones), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(report)))


def held(key: str, first: str | None, last: str | None, **more: Any) -> dict[str, Any]:
    instants = {"first_seen_at": first and f"2024-{first}T09:00:00Z", "last_seen_at": last and f"2024-{last}T09:00:00Z"}
    return {
        "number": key,
        **instants,
        "succeeds": None,
        "basis": [],
        "handovers": [],
        "announcements": [],
        "record_ids": [],
        **more,
    }


def row(place: int, relation: str, *numbers: str, count: int = 5, mentions: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "device_id": f"dv-{place}",
        "relation": relation,
        "numbers": list(numbers),
        "record_count": count,
        "record_ids": [f"r-{place}-{n}" for n in range(count)],
        "mentions": list(mentions),
    }


def line(*numbers: Any, devices: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {"numbers": list(numbers), "devices": list(devices)}


# what to check


def test_two_numbers_in_use_at_once_are_to_be_checked_and_a_change_of_number_is_not() -> None:
    at_once = line(held(A, "01-01", "02-20"), held(B, "02-01", "03-10"))
    (sentence,) = to_check(at_once, [], LABELS)
    assert sentence.startswith(
        "+44 7700 900001 and +44 7700 900002 were in use at once, from 1 Feb 2024 to 20 Feb 2024"
    )
    in_turn = line(held(A, "01-01", "02-05"), held(B, "02-01", "03-10"), held(C, None, None))
    assert to_check(in_turn, [], LABELS) == ()


def test_a_number_within_the_time_of_another_was_in_use_at_once_with_it() -> None:
    (sentence,) = to_check(line(held(B, "02-01", "02-20"), held(A, "01-01", "05-01")), [], LABELS)
    assert "from 1 Feb 2024 to 20 Feb 2024" in sentence


def test_a_phone_with_several_numbers_and_a_number_of_several_phones_are_to_be_checked() -> None:
    devices = (row(1, "sent_adverts", A, B), row(2, "sent_adverts", B), row(2, "carries_line_sim", C, count=0))
    assert to_check(line(devices=devices), [], LABELS) == (
        "A/1 (case OP/1) sent adverts from 2 numbers of it: +44 7700 900001, +44 7700 900002.",
        "A/2 (case OP/1) sent adverts from, or states as its own, 2 numbers of it: +44 7700 900002, +44 7700 900003.",
        "2 phones sent adverts from +44 7700 900002: A/1 (case OP/1), A/2 (case OP/1).",
    )
    others = (row(1, "received_adverts", A, B), row(2, "contact_of_line", A, B), row(3, "sent_adverts", A))
    assert to_check(line(devices=others), [], LABELS) == ()


def test_a_phone_of_two_numbers_of_which_one_announced_the_other_is_not_to_be_checked() -> None:
    told = {"said_by": "old", "old_number": A, "sentence": ""}
    numbers = (held(A, "01-01", "01-20"), held(B, "01-21", "02-20", handovers=[told]), held(C, "01-21", "02-20"))
    checked = [to_check(line(*numbers[:2], devices=(row(1, "sent_adverts", *of),)), [], LABELS) for of in ((A, B),)]
    checked.append(to_check(line(*numbers[:2], devices=(row(1, "sent_adverts", A, B, C),)), [], LABELS))
    assert [len(sentences) for sentences in checked] == [0, 1]


def test_many_of_a_kind_are_counted() -> None:
    devices = tuple(row(place, "sent_adverts", A, B) for place in range(9))
    sentences = to_check(line(devices=devices), [], LABELS)
    assert len(sentences) == 3 + 1 + 2
    assert sentences[3] == "6 more phones stand for several numbers of it."
    assert sentences[4].endswith("A/2 (case OP/1), A/3 (case OP/1) and 5 more.")


@pytest.mark.parametrize(
    ("inferred", "words"),
    [
        ((True,), "Of the broadcast sent from it A/1 (case OP/1) does not state the sending number: "),
        ((True, True), "For none of the 2 broadcasts sent from it does A/1 (case OP/1) state the sending number: "),
        ((True, False, False), "For 1 of the 3 broadcasts sent from it A/1 (case OP/1) does not state the sending "),
        ((False,), None),
    ],
)
def test_an_inferred_number_of_a_phone_is_to_be_checked(inferred: tuple[bool, ...], words: str | None) -> None:
    flares = [
        {"device_id": "dv-1", "direction": "sent", "sender": A, "sender_is_inferred": is_inferred}
        for is_inferred in inferred
    ]
    found = to_check(line(), flares, LABELS)
    assert [words in sentence for sentence in found if words] == [True] * (words is not None)
    assert len(found) == (words is not None)


async def test_what_is_to_be_checked_stands_where_nothing_speaks_against_the_line() -> None:
    phones = [Phone("A/1", 101), Phone("A/2", 102)]
    for sender, days in ((1, range(30)), (2, range(10, 40))):
        campaign("Rico", number(sender), phones, days)
        campaign("Rico", number(sender), phones, days, "{line} back on til late")
    phones[0].text(number(1), 9, moved_to(number(2), "Rico"), sent=False)
    for phone in phones:
        phone.text(number(1), 3, finding("can i get 2"), sent=True)
    report = await report_of(*phones)
    (found,) = page_of(report).lines
    assert found.grounds.to_check
    html = render_html(report)
    cover, section = html[: html.index('id="lines"')], html[html.index('id="lines"') :]
    for part in (cover, section):
        assert "were in use at once" in part
    assert cover.index("<b>Against:</b>") < cover.index("<b>To check:</b>")
    printed = print_data(report)
    assert "were in use at once" in printed["overview"][0]["check"]
    assert printed["lines"][0]["to_check"] == list(found.grounds.to_check)


# names that one contact list alone has


def named(place: int, name: str | None, saved_on: int = 0) -> dict[str, Any]:
    return {"line_id": f"ln-{place}", "name": name, "name_saved_on": saved_on, "first_seen_at": None, "numbers": []}


def test_lines_of_one_name_are_told_by_the_last_digits_of_the_number_that_each_had_last() -> None:
    def used(place: int, *keys: str) -> dict[str, Any]:
        numbers = [held(key, f"0{month}-01", f"0{month}-09") for month, key in enumerate(keys, start=1)]
        return {**named(place, "Cass"), "numbers": numbers}

    titles = line_titles([used(1, A, C), used(2, B), used(3, "5000017528")])
    assert titles == {"ln-1": "Cass …0003", "ln-2": "Cass …0002", "ln-3": "Cass …7528"}
    assert line_titles([used(1, A, C)]) == {"ln-1": "Cass"}
    assert line_titles([used(1, "+447700900003"), used(2, "+447700910003")]) == {
        "ln-1": "Cass …900003",
        "ln-2": "Cass …910003",
    }
    assert line_titles([used(1, A), used(2, A), used(3)]) == {
        "ln-1": "Cass (1 of 3)",
        "ln-2": "Cass (2 of 3)",
        "ln-3": "Cass (3 of 3)",
    }


async def test_the_title_stands_in_every_form_and_in_what_a_link_rests_on() -> None:
    groups = (
        [Phone(f"{case}/{place}", start + place) for place in range(3)] for case, start in (("A", 101), ("B", 121))
    )
    phones = []
    for sender, of_line in enumerate(groups, start=1):
        for wording in (f"{{line}} on both 3 for {sender}", f"{{line}} back with the best {sender}"):
            campaign("Rico", number(sender), of_line, range(4), wording)
        for phone in of_line:
            phone.text(number(sender), 1, finding("can i get 2"), sent=True)
        phones += of_line
    report = await report_of(*phones)
    assert sorted(line_titles(report["lines"]).values()) == ["Rico …0001", "Rico …0002"]
    html = render_html(report)
    assert "That the line Rico …0001 is a deal line" in html
    assert "That the line Rico is" not in html
    assert "2 lines bear the name Rico; the name alone joins nothing." in html
    tables = {table.name: [dict(zip([c.heading for c in table.columns], row, strict=True)) for row in table.rows()]
              for table in tables_of(report)}  # fmt: skip
    assert {row["title"] for row in tables["lines"]} == {"Rico …0001", "Rico …0002"}
    for name in ("line_numbers", "line_devices"):
        assert {row["line_name"] for row in tables[name]} == {"Rico …0001", "Rico …0002"}
    assert {row["line_names"] for row in tables["links"]} == {"Rico …0001", "Rico …0002"}
    assert "That the line Rico …0002 is a deal line" in " ".join(str(row["sentence"]) for row in tables["link_reasons"])
    said = " ".join(str(edge.values.get("reasons")) for edge in chart_of(report).edges)
    assert "That the line Rico …0001 is a deal line" in said


def test_a_saved_name_is_marked_in_every_title_and_a_name_of_adverts_is_not() -> None:
    lines = [
        named(1, "J is how", saved_on=1), named(2, "J is how", saved_on=2), named(3, "J is how"),
        named(4, "Kev"), named(5, None), named(6, "Rico"),
    ]  # fmt: skip
    assert line_titles(lines) == {
        "ln-1": "J is how (saved name, 1 of 2)",
        "ln-2": "J is how (saved name, 2 of 2)",
        "ln-3": "J is how",
        "ln-4": "Kev",
        "ln-5": "No name",
        "ln-6": "Rico",
    }
    assert saved_words(lines[0]) == "Saved as J is how on 1 phone; no advert names this line"
    assert saved_words(lines[1]) == "Saved as J is how on 2 phones; no advert names this line"
    assert [saved_words(held) for held in lines[2:]] == [""] * 4


async def test_the_page_says_wherever_it_names_such_a_line_that_no_advert_does() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    for place, name in enumerate(("Rico", "Echo", "Tango", "Milo")):
        campaign(name, number(10 + place), phones, range(place, 20, 4), "{line} on with deal " + "abcd"[place] * 3)
    for phone in phones:
        phone.text(number(1), 9.5, finding("u about"), sent=True)
        for place, wording in enumerate(("ready now all day", "got the best in", "ring me for anything")):
            for day in (place, place + 6):
                phone.text(number(1), day + 0.2, finding(wording, advert=True), sent=False)
    phones[0].save(number(1), "J Plug")
    report = await report_of(*phones)
    words = "Saved as J Plug on 1 phone; no advert names this line"
    html = render_html(report)
    starts = [html.index(mark) for mark in ("What was found", 'id="lines"', 'class="card"', 'id="links"')]
    cover, matrix, cards, links = (html[a:b] for a, b in zip(starts, [*starts[1:], len(html)], strict=True))
    for part in (cover, cards):
        assert words in part
    for part in (cover, matrix, cards, links):
        assert "J Plug (saved name)" in part
        assert not re.search(r">J Plug<", part)
    printed = print_data(report)
    assert words in {one["saved"] for one in printed["overview"]} & {one["saved"] for one in printed["lines"]}


# numbers and announcements


def said(text: str, count: int, *, by: str = "old", sender: str = A, phone: int = 1) -> dict[str, Any]:
    return {
        "at": f"2024-02-0{phone}T09:00:00Z", "said_by": by, "sender": sender, "text": text, "message_count": count,
        "device_ids": [f"dv-{phone}"], "record_ids": [f"r-{phone}", "r-9"],
    }  # fmt: skip


def test_spellings_of_one_announcement_are_one_and_the_commonest_stands_for_them() -> None:
    held = announcements_of(
        [
            said("Its rico new number 07700900002 today!!", 3, phone=2),
            said("its Rico new number 07700900002 today", 70, phone=1),
            said("its rico new number 07700900002 today", 1, by="new", sender=B, phone=3),
            said("ring me on the other one from now", 1, phone=4),
        ]
    )
    assert [(one.text[:10], one.said_by, one.spellings, one.message_count) for one in held] == [
        ("its Rico n", "old", 1, 73),
        ("its rico n", "new", 0, 1),
        ("ring me on", "old", 0, 1),
    ]
    assert (held[0].at, held[0].device_ids, held[0].record_ids) == (
        "2024-02-01T09:00:00Z",
        ("dv-1", "dv-2"),
        ("r-1", "r-2"),
    )


def test_what_ties_two_numbers_stands_under_the_later_one_alone_and_a_quoted_announcement_is_no_sentence() -> None:
    announced = (
        f"{B} was announced as the new number of {A} by the old number, first on 2024-02-01 (3 messages on A/1)."
    )
    shared = f"A/1 sent adverts under one name from both {A} and {B}."
    handover = {"said_by": "old", "old_number": A, "sentence": announced}
    numbers = [
        held(
            B,
            "02-01",
            "03-01",
            succeeds=A,
            basis=["7 adverts.", announced, shared],
            handovers=[handover],
            announcements=[said("moved", 3)],
        ),
        held(A, "01-01", "02-01", basis=["5 adverts.", announced, shared]),
    ]
    older, newer = number_views(numbers)
    assert (older.held["number"], older.basis, older.told_at) == (A, ("5 adverts.",), (B,))
    assert (newer.basis, newer.told_at) == (("7 adverts.", shared), ())
    assert [one.text for one in newer.announcements] == ["moved"]


def test_a_sentence_that_several_turns_of_a_number_rest_on_stands_once() -> None:
    tied, own = f"A/1 sent adverts under one name from both {A} and {B}.", "A/1 states this number."
    numbers = [
        held(A, "01-01", "02-01", basis=["5 adverts.", own, tied, tied]),
        held(B, "02-01", "03-01", succeeds=A, basis=["7 adverts.", tied]),
        held(A, "03-01", "04-01", succeeds=B, basis=["4 adverts.", own, tied]),
    ]
    views = number_views(numbers)
    assert [view.basis for view in views] == [("5 adverts.",), ("7 adverts.",), ("4 adverts.", own, tied)]
    assert [view.told_at for view in views] == [(), (A,), ()]


def test_two_numbers_with_the_same_count_have_it_both() -> None:
    count, tied = "60 adverts from this number on A/1.", f"A/1 sent adverts under one name from both {A} and {B}."
    numbers = [held(A, "01-01", "02-01", basis=[count, tied]), held(B, "02-01", "03-01", basis=[count, tied])]
    older, newer = number_views(numbers)
    assert (older.basis, older.told_at) == ((count,), (B,))
    assert newer.basis == (count, tied)


@pytest.mark.parametrize(("by", "sender", "kept"), [("new", B, False), ("old", C, True), ("unclear", A, True)])
def test_an_announcement_that_is_not_the_quoted_one_stays_a_sentence(by: str, sender: str, *, kept: bool) -> None:
    who = "new" if by == "new" else "old"
    announced = f"{B} was announced as the new number of {A} by the {who} number (1 message on A/1)."
    quote = said("moved", 1, by=by, sender=sender)
    handovers = [{"said_by": who, "old_number": A, "sentence": announced}]
    number = held(B, "02-01", "03-01", succeeds=A, basis=[announced], handovers=handovers, announcements=[quote])
    (view,) = number_views([number])
    assert (announced in view.basis) == kept


def test_texts_that_give_other_numbers_are_two_announcements() -> None:
    texts = ("this is my new number my old one was 07700900001", "this is my new number my old one was 07700900003")
    assert [one.spellings for one in announcements_of([said(text, 1) for text in texts])] == [0, 0]


async def test_the_page_prints_an_announcement_once() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", number(1), [a, b], range(10))
    for phone in (a, b):
        phone.text(number(1), 10, moved_to(number(2), "Rico"), sent=False)
    campaign("Rico", number(2), [a, b], range(11, 30))
    report = await report_of(a, b)
    (found,) = report["lines"]
    assert all(any("was announced as" in sentence for sentence in one["basis"]) for one in found["numbers"])
    html = render_html(report)
    numbers = html[html.index("Numbers, in the order") : html.index("<h4>Phones</h4>")]
    assert "was announced as" not in numbers
    assert numbers.count("the old number said") == 1


# phones


def device(place: int, **changes: Any) -> dict[str, Any]:
    named = {"device_id": f"dv-{place}", "exhibit_refs": [f"A/{place}"], "extraction_ids": [f"ex-{place}"]}
    return {**named, "msisdn": [], "iccid": [], "imsi": [], **changes}


def test_a_phone_is_one_row_with_its_relations_and_the_lines_own_stand_first() -> None:
    rows = [
        row(1, "received_adverts", A, count=4), row(1, "contact_of_line", B, count=1), row(2, "mentions_line", A),
        row(3, "carries_line_sim", A, count=0), row(3, "sent_adverts", A),
    ]  # fmt: skip
    part = phone_rows(rows, {"dv-3": device(3, msisdn=[A]), "dv-1": device(1)}, LABELS, Searches())
    assert [one.device_id for one in part.items] == ["dv-3", "dv-1", "dv-2"]
    own, customer, _ = part.items
    assert [(one.words, one.count) for one in own.relations] == [
        ("sent its adverts", "5 records"),
        ("has its number or SIM", "stated by the extraction"),
    ]
    assert [(one.count, one.record_ids, one.cited.words) for one in customer.relations] == [
        ("4 records", ("r-1-0", "r-1-1", "r-1-2"), "3 of 4; this finds them among others"),
        ("1 record", ("r-1-0",), ""),
    ]
    assert customer.relations[0].cited.command == "trapline search is:advert --exhibit A/1"
    assert own.relations[0].cited.command == "trapline search is:advert direction:outgoing --exhibit A/3"
    assert customer.numbers == (A, B)


def test_one_broadcast_from_a_number_that_is_not_joined_counts_once_and_its_phone_is_named() -> None:
    flares = [from_a_number(B, 2, 1, "sent"), from_a_number(B, 2, 2), from_a_number(B, 2, 3)]
    (said,) = to_check(line(held(A, "01-01", "01-03")), flares, LABELS, {}, {"dv-1": [B]})
    assert said == (
        "Texts of the line came from +44 7700 900002 too (1 broadcast, 2 Jan 2024 10:00 UTC (10:00 UK), 18 "
        f"recipients), sent by {LABELS['dv-1']}, which states the number as its own; seen on {LABELS['dv-2']}, "
        f"{LABELS['dv-3']}: it is not joined."
    )


def test_a_row_says_which_of_its_records_are_no_adverts_by_words_which_are_anothers_and_what_is_further_sent() -> None:
    rows = [
        row(1, "sent_adverts", A, count=72),
        {**row(2, "received_adverts", A, count=55), "recovered_count": 4, "unjoined": [{"number": B, "count": 1}]},
        {**row(3, "received_adverts", A, count=5), "recovered_count": 5},
        {**row(4, "sent_adverts", count=18), "unjoined": [{"number": B, "count": 18}]},
    ]
    flares = [{**from_a_number(A, 2, 1, "sent"), "is_advert": is_advert} for is_advert in (True, False)]
    phones = {phone.device_id: phone for phone in phone_rows(rows, {}, LABELS, Searches(), flares).items}
    assert [phones[f"dv-{place}"].relations[0].count for place in (1, 2, 3, 4)] == [
        "72 records; 18 further messages in its broadcasts",
        "55 records; 1 of them from a number not joined; 4 of them no adverts by their words alone",
        "5 records; no adverts by their words alone",
        "18 records; from a number not joined",
    ]
    assert phones["dv-4"].numbers == (f"{B} (not joined)",)


def test_what_stands_in_a_broadcast_of_adverts_and_is_none_by_its_words_is_told_behind_the_records() -> None:
    broadcast = {**from_a_number(A, 2, 1, "sent"), "is_advert": True}
    flares = [{**broadcast, "advert_count": broadcast["message_count"] - 3}]
    (phone,) = phone_rows([row(1, "sent_adverts", A, count=72)], {}, LABELS, Searches(), flares).items
    assert phone.relations[0].count == "72 records; 3 further messages in its broadcasts"


def test_where_no_record_shows_a_number_the_row_says_what_does() -> None:
    devices = {
        "dv-1": device(1, iccid=["8944"]),
        "dv-2": device(2, iccid=["8944"], msisdn=[A]),
        "dv-3": device(3, imsi=["23410"], msisdn=[B]),
    }
    rows = [row(1, "carries_line_sim", A, count=0), row(3, "carries_line_sim", A, count=0)]
    rows.append(row(2, "mentions_line", A, count=0, mentions=("own_number_at_another_time",)))
    rows.append(row(4, "contact_of_line", count=0))
    words = [
        (one.words, one.count) for each in phone_rows(rows, devices, LABELS, Searches()).items for one in each.relations
    ]
    assert words == [
        ("has its number or SIM", "by its SIM, whose number the extraction of A/2 (case OP/1) states"),
        ("has its number or SIM", "stated by the extraction"),
        ("one-to-one texts or calls with it", "it wrote to a sender whom it shows by a name alone"),
        ("has its number, not shown to be in the line's time", "stated by the extraction"),
    ]


def test_a_number_that_the_submitter_alone_states_is_not_called_stated_by_the_extraction() -> None:
    held = device(1, msisdn=[A], msisdn_of_submitter=[A])
    (phone,) = phone_rows([row(1, "carries_line_sim", A, count=0)], {"dv-1": held}, LABELS, Searches()).items
    assert [(one.words, one.count) for one in phone.relations] == [("has its number or SIM", "stated by the submitter")]
    held = device(1, msisdn=[A], msisdn_of_submitter=[], msisdn_corrected=[A])
    (phone,) = phone_rows([row(1, "carries_line_sim", A, count=0)], {"dv-1": held}, LABELS, Searches()).items
    assert [(one.words, one.count) for one in phone.relations] == [("has its number or SIM", "corrected by a person")]


def test_a_number_that_copies_on_other_phones_prove_is_not_called_stated() -> None:
    proven = {**row(1, "carries_line_sim", A, count=0), "inferred_numbers": [A]}
    (phone,) = phone_rows([proven], {"dv-1": device(1)}, LABELS, Searches()).items
    says = "holds texts that were sent from its number, which the phone does not state"
    words = says, "as copies on other phones show, to a few seconds"
    assert [(one.words, one.count) for one in phone.relations] == [words]
    both = {**row(1, "carries_line_sim", A, B, count=0), "inferred_numbers": [B]}
    (phone,) = phone_rows([both], {"dv-1": device(1, msisdn=[A])}, LABELS, Searches()).items
    assert [(one.words, one.count) for one in phone.relations] == [
        ("has its number or SIM", "stated by the extraction")
    ]


def test_a_mention_says_what_it_rests_on() -> None:
    rows = [row(1, "mentions_line", A, mentions=("saved", "traffic_not_with_line"))]
    (phone,) = phone_rows(rows, {}, LABELS, Searches()).items
    assert [one.words for one in phone.relations] == [
        "has a number of it saved, texts or calls with its number, not shown to be with the line"
    ]


def test_records_to_open_wrap() -> None:
    style = (Path(line_phones.__file__).parent / "templates" / "style.css").read_text("utf-8")
    wraps = ".phones details span { white-space: normal; overflow-wrap: anywhere; }"
    assert style.index(".phones span { white-space: nowrap; }") < style.index(wraps)


def test_phones_are_cut_at_a_bound_that_is_stated() -> None:
    part = phone_rows([row(place, "received_adverts", A) for place in range(150)], {}, LABELS, Searches())
    assert (len(part.items), part.total) == (PHONES_SHOWN, 150)


# links by cases


def link(a: int, b: int, *line_ids: str) -> dict[str, Any]:
    ends = {"a_device_id": f"dv-{a}", "b_device_id": f"dv-{b}"}
    more = {"against": [], "reasons": [], "is_by_decision": False, "decision": None}
    return {**ends, "line_ids": list(line_ids), "band": "strong", **more}


CASES = {"dv-1": ["OP/1"], "dv-2": ["OP/1"], "dv-3": ["OP/2"], "dv-4": ["OP/2", "OP/1"], "dv-5": [], "dv-6": ["OP/2"]}
LINES = [
    {"line_id": "ln-1", "devices": [row(1, "sent_adverts", A), row(3, "received_adverts", A)]},
    {"line_id": "ln-2", "devices": [row(6, "carries_line_sim", B, count=0)]},
]


def test_links_are_counted_by_what_they_join_and_those_with_a_phone_of_the_line_are_named() -> None:
    links = [link(1, 3, "ln-1"), link(2, 3, "ln-1"), link(2, 6, "ln-2", "ln-1"), link(1, 2), link(3, 4), link(1, 5)]
    links.append({**link(2, 3, "ln-1"), "is_by_decision": True})
    joined = link_cases(links, LINES, CASES, LABELS)
    assert (joined.across, joined.own, joined.within, joined.unknown) == (3, 2, 2, 1)
    assert joined.words == (
        "2 join phones of one case; of 1 a case is not stated; 1 by decision: a person took two lines for one, "
        "or confirmed it"
    )
    assert (
        "6 strong links in all: 2 join phones of one case; of 1 a case is not stated; 1 more by decision: "
        in (linked_figure(joined, 7, 0)[2])
    )
    figure, _, words = linked_figure(link_cases([*links[3:4], links[-1]], LINES, CASES, LABELS), 2, 0)
    assert (figure, words.rpartition("; ")[2]) == (
        "1",
        "1 more by decision: a person took two lines for one, or confirmed it",
    )
    own = "1 of them with a phone that sent adverts or has a number of the line"
    assert linked_figure(link_cases([link(1, 2, "ln-1"), link(2, 4, "ln-1")], LINES, CASES, LABELS), 2, 0)[2] == (
        f"strong links between phones, {own}, and 0 moderate; none joins phones of different cases"
    )
    (pair,) = joined.pairs.items
    assert (pair.cases, pair.total, pair.own, pair.line_ids) == ("OP/1 and OP/2", 3, 2, ("ln-1", "ln-2"))
    assert pair.named == (("A/1 (case OP/1)", "A/3 (case OP/1)"), ("A/2 (case OP/1)", "A/6 (case OP/1)"))


def test_moderate_links_by_decision_are_not_among_those_found() -> None:
    decided = {"is_by_decision": True}
    strong = [link(1, 2, "ln-1"), {**link(1, 4, "ln-1"), **decided}]
    moderate = [{**link(2, 4, "ln-1"), **decided}, {**link(2, 5, "ln-1"), **decided}, link(1, 5, "ln-1")]
    joined = link_cases(strong, LINES, CASES, LABELS, moderate)
    figure, _, words = linked_figure(joined, len(strong), len(moderate))
    assert (figure, ", and 1 moderate; " in words) == ("1", True)
    assert words.endswith(
        "; 3 more (1 strong, 2 moderate) by decision: a person took two lines for one, or confirmed it"
    )
    assert joined.words == "1 joins phones of one case; 1 by decision: a person took two lines for one, or confirmed it"


def test_a_phone_of_another_line_is_not_the_links_own() -> None:
    (pair,) = link_cases([link(1, 3, "ln-2")], LINES, CASES, LABELS).pairs.items
    assert (pair.own, pair.named) == (0, ())


def test_within_a_line_links_of_its_own_phones_stand_first_and_of_these_those_across_cases() -> None:
    part = link_part([link(1, 2, "ln-1"), link(1, 3, "ln-1"), link(2, 3, "ln-1")], LINES[:1], CASES, LABELS)
    (group,) = part.groups
    assert [one["b_device_id"] for one in group.links] == ["dv-3", "dv-2", "dv-3"]
    assert (group.across, group.total) == (2, 3)


def test_what_is_said_of_many_links_of_a_line_is_said_once() -> None:
    common = {"kind": "common_template", "sentence": "1 wording on both is used by several lines."}
    other = {"kind": "name_conflict", "sentence": "They name it differently."}
    links = [{**link(1, 2, "ln-1"), "against": [common, other]}, {**link(1, 3, "ln-1"), "against": [common]}]
    (group,) = link_part([*links, link(2, 3, "ln-1")], LINES[:1], CASES, LABELS).groups
    assert group.shared_words.startswith("On both phones of 2 of these links ")
    assert "Such wordings are not counted; what else speaks for these links is." in group.shared_words
    assert sorted(map(len, (of_the_link(one["against"]) for one in group.links))) == [0, 0, 1]
    (group,) = link_part([link(2, 3, "ln-1")], LINES[:1], CASES, LABELS).groups
    assert group.shared_words == ""


def test_that_a_line_is_taken_for_one_is_said_once_above_its_links() -> None:
    said = {
        "kind": "same_line",
        "value": "ln-1",
        "sentence": "That the line Rico is a deal line is taken to be likely.",
    }
    (group,) = link_part(
        [{**link(1, 2, "ln-1"), "reasons": [said]}, link(1, 3, "ln-1")], LINES[:1], CASES, LABELS
    ).groups
    assert group.assumed == said["sentence"]


def test_numbers_in_sentences_are_grouped_as_numbers_are_elsewhere() -> None:
    said = "Against: +447700900002 and +447700900021, told by 447700900003, +4477009000021 and +441632960001."
    shown = "Against: +44 7700 900002 and +44 7700 900021, told by 447700900003, +4477009000021 and +441632960001."
    assert grouped(said) == as_sentence(said) == print_sentence(said) == shown
    assert as_sentence("<b> +447700900002") == "&lt;b&gt; +44 7700 900002"


@pytest.mark.parametrize("cases", [("OP/1", "OP/2"), ("OP/1", "OP/1")])
async def test_the_cover_says_first_how_many_links_join_cases(cases: tuple[str, str]) -> None:
    phones = [Phone("A/1", 101, case=cases[0]), Phone("A/2", 102, case=cases[1]), Phone("A/3", 103, case=cases[1])]
    for wording in ("{line} on both 3 for 25", "{line} back with the best"):
        campaign("Rico", number(1), phones, range(4), wording)
    for phone in phones:
        phone.text(number(1), 1, finding("can i get 2"), sent=True)
    report = await report_of(*phones)
    assert len(report["links"]) == 3
    html = render_html(report)
    figure = print_data(report)["figures"][2]
    if cases[0] == cases[1]:
        assert figure[:2] == ["3", ""]
        assert "strong links between phones, none of them with a phone that sent adverts or has a number" in html
        assert "none joins phones of different cases" in html
        assert "Strong links that join phones of different cases" not in html
    else:
        words = (
            "strong links across cases with a phone that sent adverts or has a number of the line; all others are "
            "between phones that received adverts or were in touch. 3 strong links in all: 1 joins phones of one case. "
            "0 moderate links"
        )
        assert figure == ["0", "of 2", words]
        cover = html[: html.index("What this means")]
        assert "OP/1 and OP/2" in cover[cover.index("Strong links that join phones of different cases") :]


# senders that the sending phone does not state


@pytest.mark.parametrize(("own", "is_inferred"), [(1, False), (None, True)])
async def test_the_page_says_where_a_sender_is_inferred(own: int | None, *, is_inferred: bool) -> None:
    report = await report_of(*sending(own))
    html = render_html(report)
    broadcasts = html[html.index('id="broadcasts"') : html.index('id="devices"')]
    assert ("The sender is taken from" in broadcasts) == is_inferred
    assert ("For none of the 5 broadcasts sent from it does " in html) == is_inferred
    assert any(row["inferred"] for row in print_data(report)["broadcasts"]) == is_inferred


# what is said of a whole page


def test_a_day_says_its_zone_where_a_form_says_it_nowhere_else() -> None:
    assert with_zone("First on 2024-11-24 (2 messages).") == "First on 2024-11-24 UTC (2 messages)."
    assert with_zone("2024-11-24T10:00:00Z and 1-2024-11-24") == "2024-11-24T10:00:00Z and 1-2024-11-24"


def test_an_inferred_number_has_a_letter_of_its_own() -> None:
    proven = {**row(1, "carries_line_sim", A, count=0), "inferred_numbers": [A]}
    stated = row(2, "carries_line_sim", A, count=0)
    assert (is_proven(proven), is_proven(stated)) == (True, False)
    assert INFERRED[0] not in {letter for letter, _ in RELATIONS.values()}


async def test_a_phone_that_a_line_is_only_mentioned_on_is_counted_and_in_the_table() -> None:
    phones = sending(1)
    other = Phone("M/1", 301)
    other.save(number(1), "Rico")
    report = await report_of(*phones, other)
    (line,) = report["lines"]
    assert {held["device_id"] for held in line["devices"] if held["relation"] == "mentions_line"} == {"dv-M/1"}
    page = page_of(report)
    assert page.member_count == len({held["device_id"] for held in line["devices"]})
    (table,) = page.matrix
    assert dict(table.rows.items)["dv-M/1"] == ("m",)


def test_a_change_that_a_phone_with_a_wrong_clock_holds_too_is_counted_and_said() -> None:
    said = {"said_by": "old", "at": None, "sender": A, "text": "new number", "message_count": 6,
            "wrong_clock_count": 1, "device_ids": ["dv-1"], "record_ids": ["r-1"]}  # fmt: skip
    (held,) = announcements_of([said])
    assert (held.message_count, held.clock_words) == (
        6, ", 1 of them with the time of a phone whose clock was wrong",
    )  # fmt: skip
    (plain,) = announcements_of([{**said, "wrong_clock_count": 0}])
    assert plain.clock_words == ""


def from_a_number(sender: str, day: int, place: int, direction: str = "received") -> dict[str, Any]:
    return {
        "flare_id": f"fl-{sender}-{day}-{place}", "device_id": f"dv-{place}", "direction": direction, "sender": sender,
        "sender_is_inferred": False, "template_id": "t-1", "line_id": "ln-1", "time_basis": "stated_offset",
        "started_at": f"2024-01-0{day}T10:00:00Z", "ended_at": f"2024-01-0{day}T10:00:00Z",
        "recipient_count": 18 if direction == "sent" else 1, "message_count": 18 if direction == "sent" else 1,
        "first_record_id": f"r-{day}-{place}",
    }  # fmt: skip


def test_a_number_that_is_not_joined_is_to_be_checked_and_marked_in_the_timeline() -> None:
    flares = [from_a_number(sender, day, 1) for sender, day in ((A, 1), (B, 2), (B, 3))]
    numbers = [held(A, "01-01", "01-03")]
    (said,) = to_check(line(*numbers), flares, LABELS, {B: f"Says that {A} is to be rung: it is not joined."})
    days = "2 broadcasts, 2 Jan 2024 to 3 Jan 2024"
    came = f"Texts of the line came from +44 7700 900002 too ({days}); seen on {LABELS['dv-1']}"
    assert said == f"{came}: its texts name +44 7700 900001 as the number to ring; it is not joined."
    assert to_check(line(*numbers), flares, LABELS) == (f"{came}: it is not joined.",)
    drawn = draw(numbers, flares)
    assert drawn is not None
    assert [(row.label, row.note) for row in drawn.rows] == [(A, ""), (B, NOT_COUNTED)]


def test_a_text_that_gives_a_number_says_whose_it_is_and_which_number() -> None:
    (unclear,) = announcements_of([said("ring 07700 900002", 2, by="unclear")])
    assert said_words(unclear, B) == f"a text from {A} gives {B}, 1 Feb 2024 09:00 UTC (09:00 UK)"
    (old,) = announcements_of([said("new number", 2)])
    assert said_words(old, B) == f"the old number said, 1 Feb 2024 09:00 UTC (09:00 UK), from {A}"


@pytest.mark.parametrize(("told_at", "words"), [
    ((), ""),
    ((B,), f"See the row of {B} for what ties that to it."),
    ((A, B, C), f"See the rows of {A}, {B} and {C} for what ties them to it."),
])  # fmt: skip
def test_where_what_ties_numbers_stands_is_said_in_a_sentence(told_at: tuple[str, ...], words: str) -> None:
    assert NumberView({}, (), told_at, ()).told_words == words
