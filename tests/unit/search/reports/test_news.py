"""What is new against an earlier report, and what was held at an earlier instant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.linkage.decisions import Decision, PhoneKey, Verdict
from search.reports.build import build_report, report_bytes
from search.reports.device_names import device_labels
from search.reports.earlier import EarlierIndex
from search.reports.news import news_of
from search.reports.page import page_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.summary_words import no_line_words, undated_words
from search.reports.table_columns import tables_of
from tests.fakes.phones import Phone, campaign, finding, index_of, moved_to, number

A, B, C = number(1), number(2), number(3)
REFUSED = {
    "extraction_id": "ex-refused", "file_name": "sms.xml", "sha256": "a" * 64, "size_bytes": 20, "format": None,
    "tool": None, "tool_version": None, "case_ref": None, "exhibit_ref": None, "device_id": None, "part_kind": None,
    "make": None, "model": None, "state": "refused", "superseded_by": None, "tally": {},
    "notices": [{"code": "x", "severity": "skipped", "count": 1, "sentence": "The sidecar cannot be used."}],
}  # fmt: skip
SINCE = {"at": None, "generated_at": "2024-06-01T12:00:00Z", "sha256": "0" * 64}


def line_on(phones: list[Phone], name: str, sender: str, days: range, wording: str = "{line} on both 3 for 25") -> None:
    campaign(name, sender, phones, days, wording)
    campaign(name, sender, phones, [day + 0.2 for day in days], f"{wording} come quick")
    for phone in phones:
        phone.text(sender, days[0] + 0.4, finding("can i get 2"), sent=True)


def first_drop() -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    line_on(phones, "Rico", A, range(6))
    return phones


def second_drop() -> list[Phone]:
    phones = [Phone(f"B/{place}", 120 + place) for place in range(3)]
    phones[0].text(A, 6, moved_to(B, "Rico"), sent=False)
    line_on(phones, "Rico", A, range(4, 6))
    line_on(phones, "Rico", B, range(7, 12))
    return phones


async def report_of(phones: list[Phone], *decisions: Decision) -> dict[str, Any]:
    report = await build_report(
        await index_of(phones), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z", decisions=decisions
    )
    return dict(json.loads(report_bytes(report)))


async def test_an_index_of_earlier_gives_the_report_of_earlier_to_the_byte() -> None:
    old, new = first_drop(), second_drop()
    new[0].iccid = old[0].iccid = ("8944100000000000001",)
    old[1].superseded_by = new[1].extraction_id
    index = EarlierIndex(await index_of([*old, *new]), frozenset(phone.extraction_id for phone in old))
    earlier = await build_report(index, software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    old[1].superseded_by = None
    assert json.loads(report_bytes(earlier)) == await report_of(old)


async def test_nothing_is_new_against_the_same_report() -> None:
    report = await report_of(first_drop())
    news = news_of(report, report, SINCE)
    assert news.pop("since") == SINCE
    assert not any(news.values())


async def report_of_two(*names: str) -> dict[str, Any]:
    """Return a report of two lines on the same phones, which bear these names."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    line_on(phones, "Rico", A, range(6))
    line_on(phones, "Zed", C, range(20, 26), "{line} up and about nice bits")
    report = await report_of(phones)
    for line, name in zip(report["lines"], names, strict=True):
        line["name"] = name
    return report


@pytest.mark.parametrize("names", [("Taz", "Taz"), ("Mike", "mike"), ("Taz", None), (None, None), ("Ace", "Ace North")])
@pytest.mark.parametrize("is_number_shared", [True, False])
async def test_nothing_is_new_against_the_same_report_whatever_the_names(
    names: tuple[str, str], *, is_number_shared: bool
) -> None:
    report = await report_of_two(*names)
    if is_number_shared:
        report["lines"][1]["numbers"] += report["lines"][0]["numbers"]
    assert not any({**news_of(report, report, SINCE), "since": None}.values())


async def test_a_line_whose_id_changed_is_its_own_earlier_one_and_not_another_of_its_name() -> None:
    earlier, report = await report_of_two("Taz", "Taz"), await report_of_two("Taz", "Taz")
    changed = report["lines"][1]
    changed["line_id"] = "ln-changed"
    for flare in report["flares"]:
        flare["line_id"] = "ln-changed" if flare["flare_id"] in changed["flare_ids"] else flare["line_id"]
    news = news_of(earlier, report, SINCE)
    assert (news["lines"], news["gone_lines"]) == ([], [])


async def test_a_further_line_of_a_name_is_new_and_came_out_of_none() -> None:
    report = await report_of_two("Taz", "Taz")
    earlier = {**report, "lines": report["lines"][:1]}
    (line,) = news_of(earlier, report, SINCE)["lines"]  # type: ignore[misc]  # a list of lines
    assert (line["change"], line["earlier_line_ids"]) == ("new", [])


async def test_lines_are_said_to_be_one_or_parted_where_an_id_is_gone_or_new() -> None:
    two = await report_of_two("Taz", "Rico")
    kept, gone = two["lines"]
    one = {**two, "lines": [{**kept, "numbers": kept["numbers"] + gone["numbers"]}]}
    (line,) = news_of(two, one, SINCE)["lines"]  # type: ignore[misc]  # a list of lines
    assert "2 lines of the earlier report are one now." in line["sentences"]
    parted = news_of(one, two, SINCE)["lines"]
    for line in parted:  # type: ignore[attr-defined]  # a list of lines
        assert "In the earlier report this line and another one listed here were one line." in line["sentences"]


async def test_a_new_number_new_phones_and_new_links_of_a_known_line_are_news_of_that_line() -> None:
    old, new = first_drop(), second_drop()
    news = news_of(await report_of(old), await report_of([*old, *new]), SINCE)
    (line,) = news["lines"]  # type: ignore[misc]  # a list of lines
    assert (line["change"], line["numbers"]) == ("changed", [B])
    assert line["device_ids"] == [phone.device_id for phone in new]
    assert f"New number {B} in place of {A}, seen from 2024-01-08." in line["sentences"]
    assert news["extraction_ids"] == [phone.extraction_id for phone in new]
    assert {link["change"] for link in news["links"]} == {"new"}  # type: ignore[attr-defined]  # a list of links
    assert news["gone_lines"] == news["gone_links"] == []


async def test_a_line_that_was_not_there_is_new_and_one_that_is_not_any_more_is_gone() -> None:
    old, other = first_drop(), [Phone(f"C/{place}", 140 + place) for place in range(3)]
    line_on(other, "Benny", C, range(6), "{line} live and direct best of both")
    both = await report_of([*old, *other])
    forth, back = news_of(await report_of(old), both, SINCE), news_of(both, await report_of(old), SINCE)
    assert [(line["name"], line["change"]) for line in forth["lines"]] == [("Benny", "new")]  # type: ignore[attr-defined]
    assert [line["name"] for line in back["gone_lines"]] == ["Benny"]  # type: ignore[attr-defined]  # a list of lines
    assert back["remarks"]


async def test_a_later_use_of_a_number_is_a_new_line() -> None:
    old, later = first_drop(), [Phone(f"C/{place}", 140 + place) for place in range(3)]
    line_on(later, "Zed", A, range(300, 306), "{line} fresh in town call now")
    (line,) = news_of(await report_of(old), await report_of([*old, *later]), SINCE)["lines"]  # type: ignore[misc]
    assert (line["name"], line["change"]) == ("Zed", "new")


async def test_a_decision_is_news_and_so_is_the_link_that_it_took_away() -> None:
    phones = first_drop()
    keys = tuple(PhoneKey(extraction_ids=(phone.extraction_id,), label=phone.name) for phone in phones[:2])
    decision = Decision(decision_id="dc-1", verdict=Verdict.REJECT, phones=keys, note="x", decided_at="", decided_by="")
    news = news_of(await report_of(phones), await report_of(phones, decision), SINCE)
    assert news["decision_ids"] == ["dc-1"]
    assert len(news["gone_links"]) == 1  # type: ignore[arg-type]  # a list of links


async def test_a_link_that_is_no_longer_there_is_named_on_the_first_page_with_what_it_was() -> None:
    phones = first_drop()
    keys = tuple(PhoneKey(extraction_ids=(phone.extraction_id,), label=phone.name) for phone in phones[:2])
    said = "2024-05-20T10:00:00.000Z"
    decision = Decision(
        decision_id="dc-1", verdict=Verdict.REJECT, phones=keys, note="x", decided_at=said, decided_by="dc 1234"
    )
    report = await report_of(phones, decision)
    report["new"] = news_of(await report_of(phones), report, SINCE)
    page = page_of(report)
    assert page.new_link_words == "1 strong link no longer there"
    (words,) = page.gone_links.items
    assert words.endswith(", strong before: a person rejected the link")
    assert f"No longer linked: {words}." in render_html(report)
    assert f"No longer linked: {words}." in print_data(report)["news"]["sentences"]


async def test_a_refused_delivery_is_news_and_no_extraction_that_was_read() -> None:
    earlier, report = await report_of(first_drop()), await report_of(first_drop())
    report["extractions"] = [*report["extractions"], REFUSED]
    report["new"] = news_of(earlier, report, SINCE)
    assert (report["new"]["extraction_ids"], report["new"]["refused_ids"]) == ([], ["ex-refused"])
    assert "1 delivery refused: nothing of it was read." in render_html(report)
    assert news_of(report, earlier, SINCE)["remarks"] == []


@pytest.mark.parametrize("changed", ["scope", "software"])
async def test_a_comparison_that_is_not_of_like_with_like_says_so(changed: str) -> None:
    report = await report_of(first_drop())
    other = {**report, changed: {**report[changed], "cases": ["OP/9"], "nlp_version": "0"}}
    assert len(news_of(other, report, SINCE)["remarks"]) == 1  # type: ignore[arg-type]  # a list of sentences


async def test_where_decisions_alone_are_new_the_first_page_names_no_extractions() -> None:
    held = first_drop()
    keys = tuple(PhoneKey(extraction_ids=(phone.extraction_id,), label=phone.name) for phone in held[:2])
    said = "2024-05-20T10:00:00.000Z"
    decision = Decision(
        decision_id="dc-1", verdict=Verdict.REJECT, phones=keys, note="x", decided_at=said, decided_by="dc 1234"
    )
    report = await report_of(held, decision)
    report["new"] = news_of(await report_of(held), report, SINCE)
    page = render_html(report)
    assert "No new extraction." in page
    assert "0 extractions" not in page


async def test_new_phones_are_named_in_the_order_of_their_names() -> None:
    report = await report_of(second_drop())
    report["new"] = news_of({**report, "extractions": [], "devices": [], "lines": [], "links": []}, report, SINCE)
    page = page_of(report)
    names = page.read_words.split(": ")[1].rstrip(".").split(", ")
    assert names == sorted(page.labels[device["device_id"]] for device in report["devices"])
    assert len(names) > 1


async def test_a_refused_delivery_is_on_the_first_page_and_among_the_sources() -> None:
    report = await report_of(first_drop())
    report["extractions"] = [*report["extractions"], REFUSED]
    html, printed = render_html(report), print_data(report)
    assert "<b>3 <span>of 3</span></b><span>extractions read without loss; 1 delivery refused" in html
    assert printed["figures"][-1] == ["3", "of 3", "extractions read without loss; 1 delivery refused"]
    assert printed["not_whole"] == [["sms.xml", "was refused, and nothing of it was read: The sidecar cannot be used."]]
    assert "sms.xml" in [source["label"] for source in printed["sources"]]


async def test_a_reading_with_losses_is_not_whole_where_a_fuller_one_supersedes_it_either() -> None:
    report = await report_of(first_drop())
    cut = {"code": "input_truncated", "severity": "damaged", "sentence": "It is cut off.", "count": 1}
    held = {**report["extractions"][0], "state": "superseded", "notices": [], "file_name": "old.ufdr"}
    report["extractions"] = [*report["extractions"], {**held, "extraction_id": "ex-old"}]
    assert print_data(report)["figures"][-1] == ["4", "of 4", "extractions read without loss"]
    assert print_data(report)["not_whole"] == []
    report["extractions"][-1]["notices"] = [cut]
    assert print_data(report)["figures"][-1] == ["3", "of 4", "extractions read without loss"]
    ((who, what),) = print_data(report)["not_whole"]
    assert who == "A/0 (case OP/1), old.ufdr"
    assert what == (
        "was not read without loss: It is cut off. Another reading of the same phone covers it; what this one alone "
        "has still counts."
    )
    assert "It is cut off. Another reading" in render_html(report)


async def test_how_often_is_said_in_words_on_the_first_page() -> None:
    report = await report_of(first_drop())
    twice = {**REFUSED["notices"][0], "count": 2}  # type: ignore[index]  # an extraction of a report
    report["extractions"] = [{**REFUSED, "notices": [twice]}]
    (missing,) = print_data(report)["not_whole"]
    assert missing[1].endswith("The sidecar cannot be used. (2 times)")


async def test_where_nothing_was_read_no_line_is_missed() -> None:
    report = await report_of([])
    for held, sentence in (
        ([], "Nothing has been taken in here yet."),
        ([REFUSED], "Nothing has been read here yet: every delivery was refused."),
    ):
        shown = {**report, "extractions": held}
        assert print_data(shown)["no_line"] == sentence
        assert sentence in render_html(shown)
        assert "No deal line was found" not in render_html(shown)


async def test_a_broadcast_that_is_read_again_is_none_more() -> None:
    earlier = await report_of(first_drop())
    again = json.loads(json.dumps(earlier).replace('"fl-', '"fl-again-'))
    assert {flare["flare_id"] for flare in again["flares"]}.isdisjoint(flare["flare_id"] for flare in earlier["flares"])
    assert news_of(earlier, again, SINCE)["lines"] == []
    for flare in again["flares"][:2]:
        flare["started_at"] = "2024-03-01T12:00:00.000Z"
    (entry,) = news_of(earlier, again, SINCE)["lines"]
    assert entry["sentences"] == ["2 more broadcasts of it seen."]


async def test_a_broadcast_that_another_phone_showed_is_none_more() -> None:
    """The phone that sent it is seized later: it holds what those that received it showed before."""
    report = await report_of(first_drop())
    (line,) = report["lines"]
    for direction, said in (
        ("sent", "1 broadcast known from phones that received it is held as sent."),
        ("received", "1 broadcast known before is seen on more phones."),
    ):
        shown = {"flare_id": "fl-new", "device_id": "dv-new", "direction": direction}
        later = {
            **report,
            "flares": [*report["flares"], {**report["flares"][0], **shown}],
            "lines": [{**line, "flare_ids": [*line["flare_ids"], "fl-new"]}],
        }
        (entry,) = news_of(report, later, SINCE)["lines"]
        assert entry["sentences"] == [said]


async def test_another_wording_of_the_same_sender_minutes_later_is_a_further_broadcast() -> None:
    report = await report_of(first_drop())
    (line,) = report["lines"]
    shown = {"flare_id": "fl-new", "device_id": "dv-new", "direction": "sent", "template_id": "t-another"}
    later = {
        **report,
        "flares": [*report["flares"], {**report["flares"][0], **shown}],
        "lines": [{**line, "flare_ids": [*line["flare_ids"], "fl-new"]}],
    }
    (entry,) = news_of(report, later, SINCE)["lines"]
    assert entry["sentences"] == ["1 more broadcast of it seen."]


async def test_seconds_on_the_clock_of_another_phone_are_no_later_advert() -> None:
    report = await report_of(first_drop())
    (line,) = report["lines"]

    def told(before: str, now: str) -> list[list[str]]:
        earlier = {**report, "lines": [{**line, "last_seen_at": before}]}
        later = {**report, "lines": [{**line, "last_seen_at": now}]}
        return [entry["sentences"] for entry in news_of(earlier, later, SINCE)["lines"]]

    assert told("2024-04-24T18:00:00Z", "2024-04-24T18:00:31Z") == []
    assert told("2024-04-23T18:00:00Z", "2024-04-24T18:00:31Z") == [
        ["Last advert on 2024-04-24, before that on 2024-04-23."]
    ]


async def test_of_a_period_it_is_not_said_that_nothing_was_found_in_what_was_read() -> None:
    report = await report_of(first_drop())
    narrowed = {**report, "lines": [], "scope": {**report["scope"], "from": "2024-06-01T00:00:00Z"}}
    said = "No deal line was found in the period of this report; what lies outside it was not looked at."
    assert no_line_words(narrowed["extractions"], narrowed["scope"]) == said
    assert no_line_words(report["extractions"], report["scope"]) == "No deal line was found in what was read."
    assert print_data(narrowed)["no_line"] == said


async def test_what_has_no_readable_time_is_on_the_first_page() -> None:
    report = await report_of(first_drop())
    notice = {"code": "day_month_order_unknown", "severity": "assumed", "sentence": "", "count": 75}
    report["extractions"][0] = {**report["extractions"][0], "notices": [notice]}
    label = device_labels(report)[report["extractions"][0]["device_id"]]
    said = f"; 75 written times of records are not told for certain, and these are in no broadcast: {label} (75)"
    assert print_data(report)["figures"][-1][-1].endswith(said)
    assert said in render_html(report)
    report["extractions"][0]["state"] = "superseded"
    assert undated_words(report["extractions"], device_labels(report)) == ""


async def test_one_element_that_was_not_read_is_told_as_one() -> None:
    report = await report_of(first_drop())
    notice = {
        "code": "element_unreadable",
        "severity": "skipped",
        "sentence": "Elements of type sms could not be read.",
    }
    held = report["extractions"][0]
    for count, words in ((1, "could not be read. (once)"), (3, "could not be read. (3 times)")):
        report["extractions"][0] = {**held, "state": "partial", "notices": [{**notice, "count": count}]}
        ((_, what),) = print_data(report)["not_whole"]
        assert what == f"was read only in part: Elements of type sms {words}"


async def test_what_a_cut_file_states_holds_and_has_read_of_it_adds_up() -> None:
    report = await report_of(first_drop())
    cut = {
        "code": "count_cut",
        "severity": "damaged",
        "count": 1,
        "sentence": "The file states 30 messages and holds 18: 12 are missing because it is cut off.",
        "subject": "30 messages and holds 18: 12",
    }
    unread = {
        "code": "element_unreadable",
        "severity": "skipped",
        "count": 1,
        "sentence": "Elements of type sms could not be read.",
        "subject": "sms",
        "element": "message",
    }
    held = report["extractions"][0]
    for seen, words in (
        (18, "Of those that it holds 1 could not be read (sms)."),
        (17, "Elements of type sms could not be read. (once)"),
    ):
        tally = {"message": {"seen": seen, "indexed": 0, "merged": seen - 1, "noticed": 1}}
        report["extractions"][0] = {**held, "state": "partial", "notices": [cut, unread], "tally": tally}
        ((_, what),) = print_data(report)["not_whole"]
        assert what == f"was read only in part: {cut['sentence']} {words}"


async def test_a_table_that_may_be_cut_off_is_on_the_first_page() -> None:
    report = await report_of(first_drop())
    notice = {"code": "end_unmarked", "severity": "assumed", "sentence": "", "count": 1}
    report["extractions"][0] = {**report["extractions"][0], "notices": [notice]}
    (missing,) = print_data(report)["not_whole"]
    assert missing[1].startswith("may be cut off: nothing marks its end.")
    assert "may be cut off: nothing marks its end." in render_html(report)


async def test_a_corrected_exhibit_is_no_new_phone_and_no_new_link() -> None:
    phones = first_drop()
    earlier = await report_of(phones)
    phones[0].name, phones[0].device_id = "ZZ/9", "dv-ZZ/9"
    report = await report_of(phones)
    news = news_of(earlier, report, SINCE)
    assert news.pop("remarks") == ["The case or exhibit of 1 extraction was corrected since the earlier report."]
    assert news.pop("since") == SINCE
    assert not any(news.values())
    report["new"] = {**news, "remarks": [], "since": SINCE}
    assert "ZZ/9" in render_html(report)


async def test_two_exhibits_that_are_one_phone_now_are_no_link_that_is_gone() -> None:
    phones = first_drop()
    earlier = await report_of(phones)
    phones[1].name, phones[1].device_id = phones[0].name, phones[0].device_id
    news = news_of(earlier, await report_of(phones), SINCE)
    assert news["gone_links"] == news["device_ids"] == []


async def test_a_phone_that_is_gone_is_named_as_the_earlier_report_named_it() -> None:
    phones = first_drop()
    earlier, report = await report_of(phones), await report_of(phones[:2])
    report["new"] = news_of(earlier, report, SINCE)
    assert report["new"]["gone_devices"] == [{"device_id": "dv-A/2", "label": "A/2 (case OP/1)"}]
    words = page_of(report).gone_links.items
    assert words
    assert all("A/2 (case OP/1)" in said and "dv-" not in said for said in words)
    (table,) = [table for table in tables_of(report) if table.name == "new"]
    called = [row["called"] for row in table.items if row["what"] == "link" and row["change"] == "gone"]
    assert called
    assert all("A/2 (case OP/1)" in said and "dv-" not in said for said in called)


async def test_a_phone_and_a_number_that_a_line_has_no_longer_are_told() -> None:
    phones = first_drop()
    leaving = Phone("D/1", 150)
    leaving.text(A, 3, finding("can i get 4"), sent=True)
    earlier = await report_of([*phones, leaving])
    leaving.rows.clear()
    (line,) = news_of(earlier, await report_of([*phones, leaving]), SINCE)["lines"]
    assert line["change"] == "changed"
    assert line["sentences"] == ["1 phone no longer among its phones."]
    earlier["lines"][0]["numbers"].append({**earlier["lines"][0]["numbers"][0], "number": C})
    (line,) = news_of(earlier, earlier | {"lines": (await report_of([*phones, leaving]))["lines"]}, SINCE)["lines"]
    assert line["sentences"][0] == f"No longer taken for its own: {C}."


async def test_of_a_phone_that_is_not_in_the_report_any_more_no_line_says_that_it_left() -> None:
    phones = [*first_drop(), Phone("D/1", 150)]
    phones[-1].text(A, 3, finding("can i get 4"), sent=True)
    news = news_of(await report_of(phones), await report_of(phones[:-1]), SINCE)
    assert [gone["device_id"] for gone in news["gone_devices"]] == ["dv-D/1"]
    assert not news["lines"]


async def test_a_line_that_bears_another_name_now_says_what_it_was_called() -> None:
    earlier = await report_of(first_drop())
    now = await report_of(first_drop())
    now["lines"][0]["name"] = "Kez"
    (line,) = news_of(earlier, now, SINCE)["lines"]
    assert line["sentences"] == ["Called Rico in the earlier report."]
    earlier["lines"][0]["name"] = None
    (line,) = news_of(earlier, now, SINCE)["lines"]
    assert line["sentences"] == ["Called a line without a name in the earlier report."]
