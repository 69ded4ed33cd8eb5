"""What pages are put together from: bounds, wordings, grounds of lines, what was kept apart, sources, tables."""

from __future__ import annotations

import re
from typing import Any

import pytest

from search.reports.cuts import cut, shares
from search.reports.frames import fitting, pieces, told_in
from search.reports.grounds import grounds_of, quote
from search.reports.kept_apart import kept_apart
from search.reports.page import page_of
from search.reports.render_html import render_html
from search.reports.source_groups import source_groups
from search.reports.summary_words import also_called
from tests.fakes.phones import Phone, campaign, number
from tests.unit.search.reports.made_report import report_of, whole_report


def line(*evidence: tuple[str, float, str], relations: tuple[str, ...] = (), conflicts: tuple[str, ...] = ()) -> Any:
    return {
        "evidence": [{"kind": kind, "weight": weight, "sentence": sentence} for kind, weight, sentence in evidence],
        "devices": [{"device_id": f"dv-{relation}", "relation": relation, "numbers": []} for relation in relations],
        "conflicts": list(conflicts),
        "numbers": [],
        "name": "Rico",
        "nicknames": [],
        "texts": [],
    }


@pytest.mark.parametrize(("total", "shown"), [(0, 0), (12, 12), (13, 13), (18, 18), (19, 12)])
def test_a_bound_never_leaves_out_a_few(total: int, shown: int) -> None:
    assert len(cut(range(total), 12).items) == shown


@pytest.mark.parametrize(
    ("sizes", "limit", "given"),
    [
        ([], 10, []),
        ([3, 0, 4], 10, [3, 0, 4]),
        ([100, 1, 100], 21, [10, 1, 10]),
        ([100] * 4, 10, [3, 3, 2, 2]),
        ([9] * 30, 10, [1] * 10 + [0] * 20),
    ],
)
def test_lists_share_a_limit(sizes: list[int], limit: int, given: list[int]) -> None:
    assert shares(sizes, limit) == given


def test_slots_stand_in_brackets_and_other_braces_as_they_are() -> None:
    text = "{line} on {Both} {deal} bell {me"
    assert pieces(text) == [(True, "[line]"), (False, " on {Both} "), (True, "[deal]"), (False, " bell {me")]


def test_values_say_in_how_many_of_the_messages_they_were_told() -> None:
    slot = {"name": "deal", "values": [{"text": "3 for 25", "count": 280}, {"text": "2 for 15", "count": 8}]}
    assert (
        told_in(slot, {"message_count": 1381})
        == " · in 288 of the 1,381 messages; others may have it among their words"
    )
    assert told_in(slot, {"message_count": 288}) == ""
    one = {"message_count": 1381, "variant_count": 1}
    assert told_in(slot, one) == " · counted in 288 of the 1,381 messages, which are all one text"
    assert told_in(slot, {**one, "message_count": 288}) == ""
    assert told_in(slot, {"message_count": 144}) == "", "a slot may stand in a text twice"


def test_the_example_beside_a_wording_is_the_one_that_holds_most_of_its_words() -> None:
    template = {"text": "{line} on both bell me"}
    texts = [{"text": "rico on"}, {"text": "Rico on both, bell me"}, {"text": "bell Rico"}]
    assert next(text["text"] for text in fitting(template, texts)) == "Rico on both, bell me"


def test_all_forms_of_a_further_name_of_a_line_are_counted() -> None:
    forms = {"Pico": 70, "Pico line": 60, "PICO": 52, "Jay R": 5, "Jay": 3, "Jay R line": 1, "Jaffa": 9}
    held = {
        "name": "Rico",
        "other_names": ["Pico", "Jay", "Jay R"],
        "nicknames": [{"form": f, "count": n} for f, n in forms.items()],
    }
    assert also_called(held).startswith("in some adverts the analysis also reads Pico (182), Jay (3), Jay R (6): ")


def test_forms_of_its_own_name_are_not_those_of_a_further_one_that_it_begins_with() -> None:
    forms = {"Max Power": 300, "Max": 4, "MAX POWER line": 60}
    held = {
        "name": "Max Power",
        "other_names": ["Max"],
        "nicknames": [{"form": f, "count": n} for f, n in forms.items()],
    }
    assert also_called(held).startswith("in some adverts the analysis also reads Max (4): ")
    assert also_called({**held, "name": None}).startswith("in some adverts the analysis also reads Max (364): ")


RENAMED = (
    "In the adverts of +447700900511 the analysis reads 2 names, Viper and Falcon: the line was renamed, or not all of "
    "them are its name. A text of 2024-03-11 says that it was renamed (22 messages: r-1 r-2)."
)


def test_a_further_name_that_a_text_of_the_line_explains_is_no_place_and_does_not_speak_against_it() -> None:
    held = {
        "name": "Viper",
        "other_names": ["Falcon", "Moss"],
        "nicknames": [{"form": "Falcon", "count": 88}, {"form": "Moss", "count": 2}],
        "conflicts": [RENAMED],
    }
    assert also_called(held) == (
        "in some adverts the analysis also reads Falcon (88): a text says that the line was renamed; and Moss (2): "
        "another name of it, or perhaps a place"
    )
    unsaid = RENAMED.partition(" A text")[0]
    assert "renamed" not in also_called({**held, "conflicts": [unsaid]})
    grounds = grounds_of(line(("wordings", 8.0, "Wordings."), conflicts=(RENAMED, "Two.")), [], {})
    assert grounds.against == ("Two.",)
    assert grounds.to_check[0] == RENAMED


def test_a_line_states_what_it_rests_on_and_the_strongest_against_first() -> None:
    labels = {"dv-sent_adverts": "A/1 (case OP/1)"}
    held = grounds_of(
        line(
            ("wordings", 8.0, "Wordings."),
            ("copies", -1.0, "Few."),
            ("sureness", -4.0, "None of 9."),
            relations=("sent_adverts",),
            conflicts=("Two.",),
        ),
        [{"started_at": f"2024-01-0{day}T10:00:00Z", "direction": "received"} for day in (1, 2)],
        labels,
    )
    assert held.for_it == (
        "Wordings.",
        "Its adverts are of 2 days.",
        "No phone held, other than those that sent its adverts, has texts to it or calls with it.",
        "A phone that sent its adverts was seized: A/1 (case OP/1).",
    )
    assert held.against == ("None of 9.", "Few.", "Two.")
    assert held.strongest_against == "None of 9."


def test_a_line_that_nothing_speaks_against_says_so_and_one_seen_on_others_alone_too() -> None:
    held = grounds_of(line(("answers", 8.0, "3 recipients of its adverts text or call the sender too.")), [], {})
    assert held.strongest_against == "Nothing of what was weighed speaks against it."
    assert held.for_it[-1].startswith("No phone that sent its adverts was seized")
    assert len(held.for_it) == 2


def test_what_the_evidence_says_of_answers_and_days_is_not_said_again_in_whatever_words() -> None:
    flares = [{"started_at": "2024-01-01T10:00:00Z", "direction": "received"}]
    held = grounds_of(line(("answers", 8.0, "Two write back."), ("days", 1.0, "It came often.")), flares, {})
    assert held.for_it[:2] == ("Two write back.", "It came often.")
    assert len(held.for_it) == 3


def test_a_long_text_is_cut_where_it_is_quoted_in_passing() -> None:
    assert quote("x" * 160) == "x" * 160
    assert quote("x" * 161) == "x" * 160 + " [...]"


def kept(kind: str, value: str, count: int, why: str) -> dict[str, object]:
    return {"kind": kind, "value": value, "device_count": count, "why": why}


def test_many_rows_of_one_kind_are_one_row_with_a_count_and_the_top_ones() -> None:
    many = [kept("number", f"{place:05d}", place, f"On {place} of 40 devices: a service.") for place in range(5, 40)]
    rows = kept_apart([*many, kept("nickname", "kev", 3, "The name of 2 lines.")], {}, frozenset())
    assert [(row.what, row.total, row.phones, row.why) for row in rows] == [
        ("nickname", 1, "3", "The name of 2 lines."),
        ("35 numbers", 35, "5 to 39", "On 5 to 39 of 40 devices: a service."),
    ]
    assert [item["value"] for item in rows[1].items] == ["00039", "00038", "00037", "00036", "00035", "00034"]


def test_rows_about_single_phones_are_summed_without_naming_one() -> None:
    phones = [f"A/{place} (case OP/{place})" for place in range(8)]
    rows = kept_apart([kept("number", "1", 1, f"{name} had 2 wordings.") for name in phones], {}, frozenset(phones))
    assert [(row.total, row.why) for row in rows] == [(8, "A phone had 2 wordings.")]
    few = kept_apart([kept("number", "1", 1, f"{phones[0]} had 2 wordings.")], {}, frozenset(phones))
    assert few[0].why == f"{phones[0]} had 2 wordings."


def test_a_name_of_thousands_of_digits_is_no_more_than_a_long_one() -> None:
    long = "9" * 5_000
    why = [f"user{digits} is on {count} phones." for digits, count in ((long, 9), ("12", 10), ("7", 11))]
    (row,) = kept_apart([kept("number", str(at), 1, said) for at, said in enumerate(why * 3)], {}, frozenset())
    assert row.why == f"user7 to {long} is on 9 to 11 phones."


def test_lines_that_share_customers_are_named_as_the_page_names_them() -> None:
    item = kept("shared_contacts", "Kev (ln-1) and Kev (ln-2)", 2, "2 customers in common.")
    (row,) = kept_apart([item], {"ln-1": "Kev (1 of 2)", "ln-2": "Kev (2 of 2)"}, frozenset())
    assert row.items[0]["value"] == "Kev (1 of 2) and Kev (2 of 2)"


def extraction(place: int, **changes: Any) -> dict[str, Any]:
    return {
        "extraction_id": f"ex-{place}",
        "device_id": "dv-1",
        "exhibit_ref": "A/1",
        "case_ref": "OP/1",
        "file_name": f"chat-{place}.txt",
        "sha256": f"{place:064d}",
        "size_bytes": 1000,
        "format": "whatsapp_text",
        "state": "complete",
        "tally": {"message": {"seen": 3, "indexed": 2, "merged": 0, "noticed": 1}},
        "notices": [{"severity": "assumed", "sentence": "No zone.", "count": 3}],
        **changes,
    }


def test_the_chats_of_one_exhibit_are_one_entry_with_sums() -> None:
    damaged = {"severity": "damaged", "sentence": "It ends early.", "count": 1}
    entries = [extraction(place) for place in range(9)] + [extraction(9, state="partial", notices=[damaged])]
    held = source_groups([*entries, extraction(10, exhibit_ref=None, device_id="dv-2")], {"dv-2": "Nokia 105"})
    one, other = held.items
    assert (one.label, one.words) == ("A/1 (case OP/1)", "10 extractions, 10.0 kB: whatsapp_text (10)")
    assert one.states == "9 complete, 1 partial"
    assert one.tally == ("message: 30 seen, 20 kept, 10 noticed",)
    assert [(notice.sentence, notice.count, notice.files) for notice in one.notices.items] == [
        ("It ends early.", 1, 1),
        ("No zone.", 27, 9),
    ]
    assert (one.is_open, other.is_open, other.label) == (False, True, "Nokia 105")


async def test_changes_of_sims_go_by_date_those_without_one_last() -> None:
    report = await whole_report()
    event = {"kind": "sim", "value": "", "device_ids": [], "line_ids": [], "sentence": "", "record_ids": []}
    days = ("2024-11-02T00:00:00Z", None, "2024-04-22T00:00:00Z")
    report["events"] = [{**event, "event_id": f"ev-{place}", "at": at} for place, at in enumerate(days)]
    assert [held["at"] for held in page_of(report).events.items] == [days[2], days[0], None]


async def test_the_lines_of_the_first_page_say_their_order_where_there_are_several() -> None:
    report = await whole_report()
    assert len(report["lines"]) > 1
    assert "What was found, the line of most phones first<" in render_html(report)
    report["lines"], report["new"] = report["lines"][:1], None
    assert "What was found<" in render_html(report)


async def test_every_line_is_in_a_table_of_phones_and_on_the_first_page() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(13)]
    for place, phone in enumerate(phones):
        for wording in ("on both", "back on", "til late"):
            campaign(f"Line{place}", number(600 + place), [phone], range(5), f"{{line}} {wording} {place}")
    report = await report_of(phones)
    page = page_of(report)
    assert len(report["lines"]) == len(page.first_lines.items) == 13
    assert [len(table.views) for table in page.matrix] == [10, 3]
    assert [len(table.rows.items) for table in page.matrix] == [10, 3]
    html = render_html(report)
    assert "of 13 lines are shown" not in html
    found = html[html.index("What was found") : html.index("What this means")]
    assert len(re.findall("<b>Against:</b>", found)) == 13
    assert len(re.findall('class="said"', found)) == 26


async def test_what_can_be_longer_than_a_page_goes_on_over_its_end() -> None:
    page = render_html(await whole_report())
    unbroken = re.findall(r"([^{}]*)\{ break-inside: avoid; \}", page.partition("@media print")[2])
    named = {name.strip() for each in unbroken for name in each.split(",")}
    assert {"tr", ".pair", "svg"} <= named
    assert named.isdisjoint({".weighed", ".news", ".warn"})
