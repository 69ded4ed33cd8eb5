"""Links by line: those of the line's own phones first, those of phones that merely received in one row."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from search.reports.link_groups import LINKS_SHOWN, elsewhere, link_part
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from tests.fakes.phones import Phone, campaign, finding, number
from tests.unit.search.reports.test_line_parts import LABELS, link, report_of, row

CASES = {f"dv-{place}": [f"OP/{place % 2}"] for place in range(1, 100)}
RICO = {"line_id": "ln-1", "devices": [row(1, "sent_adverts"), *(row(n, "received_adverts") for n in range(2, 100))]}
VEGAS = {"line_id": "ln-2", "devices": [row(9, "carries_line_sim"), row(2, "received_adverts")]}


def among(*places: int) -> list[dict[str, Any]]:
    return [link(a, b, "ln-1") for a, b in combinations(places, 2)]


def test_phones_that_merely_received_stand_in_one_row() -> None:
    links = among(10, 3, 2, 1)
    (group,) = link_part(links, [RICO], CASES, LABELS).groups
    assert len(group.links) == 6
    links = among(10, 3, 2, 11, 1)
    (group,) = link_part(links, [RICO], CASES, LABELS).groups
    assert [(one["a_device_id"], one["b_device_id"]) for one in group.links] == [
        ("dv-10", "dv-1"),
        ("dv-2", "dv-1"),
        ("dv-3", "dv-1"),
        ("dv-11", "dv-1"),
    ]
    assert (group.left_out, group.total, group.across) == (0, 10, 6)
    held = group.received
    assert held is not None
    assert held.words("strong") == (
        "4 phones that received its adverts or were in touch with it are linked with one another by that alone "
        "(6 strong links, 4 across cases): A/2 (case OP/1), A/3 (case OP/1), A/10 (case OP/1), A/11 (case OP/1)."
    )


def test_what_says_more_than_receipt_stands_alone() -> None:
    more = [{"kind": "shared_contacts", "value": "2 numbers", "sentence": "Both have 2 other numbers in common."}]
    sim = [{"kind": "same_sim", "value": "89440", "sentence": "One SIM was read in both."}]
    links = among(2, 3, 4, 5)
    links += [{**link(6, 7, "ln-1"), "reasons": more}, {**link(6, 8, "ln-1"), "reasons": sim}]
    links += [
        {**link(7, 8, "ln-1"), "is_by_decision": True},
        {**link(5, 8, "ln-1"), "decision": {"verdict": "confirm"}},
    ]
    (group,) = link_part(links, [RICO], CASES, LABELS).groups
    assert len(group.links) == 4
    assert group.received is not None
    assert (group.received.total, len(group.received.phones)) == (6, 4)


def test_a_phone_that_is_the_own_one_of_another_line_of_the_link_is_no_mere_receiver() -> None:
    links = [*among(2, 3, 4, 5), link(2, 9, "ln-1", "ln-2")]
    (group,) = link_part(links, [RICO, VEGAS], CASES, LABELS).groups
    assert [one["b_device_id"] for one in group.links] == ["dv-9"]


def test_links_of_a_line_that_stand_under_another_one_are_told() -> None:
    links = [link(2, 3, "ln-2"), link(2, 4, "ln-1", "ln-2"), link(1, 2, "ln-1")]
    first, second = link_part(links, [RICO, VEGAS], CASES, LABELS).groups
    assert (first.total, first.under_others_words({"ln-1": "Rico"})) == (2, "")
    assert (second.total, second.under_others_words({"ln-1": "Rico"})) == (1, "1 more of it under Rico")


def test_what_speaks_against_links_of_the_row_is_counted() -> None:
    links = among(2, 3, 4, 5)
    links[0]["against"] = [{"kind": "name_conflict", "sentence": "They name it differently."}]
    links[1]["against"] = [{"kind": "common_template", "sentence": "1 text on both is used by several lines."}]
    (group,) = link_part(links, [RICO], CASES, LABELS).groups
    assert group.received is not None
    assert "(6 strong links, 4 across cases, against 1 of which something speaks)" in group.received.words("strong")


def test_what_is_left_out_of_many_links_is_counted() -> None:
    devices = [row(place, "sent_adverts") for place in range(1, 40)]
    (group,) = link_part(among(*range(1, 40)), [{"line_id": "ln-1", "devices": devices}], CASES, LABELS).groups
    assert (len(group.links), group.left_out) == (LINKS_SHOWN, 741 - LINKS_SHOWN)


async def test_the_row_stands_on_page_and_paper_and_says_where_its_links_are() -> None:
    phones = [Phone(f"A/{place}", 100 + place, case="OP/1") for place in (1, 2, 10, 3)]
    for wording in ("{line} on both 3 for 25", "{line} back with the best"):
        campaign("Rico", number(1), phones, range(4), wording)
    for phone in phones:
        phone.text(number(1), 1, finding("can i get 2"), sent=True)
    report = await report_of(*phones)
    words = "A/1 (case OP/1), A/2 (case OP/1), A/3 (case OP/1), A/10 (case OP/1)."
    assert "link_reasons.csv, or the sheets of these names, line Rico; of one pair: trapline report" in elsewhere(
        "Rico"
    )
    page = render_html(report)
    assert words in page
    assert elsewhere("Rico") in page
    (band,) = print_data(report)["links"]
    (group,) = band["groups"]
    assert group["items"] == []
    assert group["received"][2].endswith(words)
    assert group["received"][3] == elsewhere("Rico")
