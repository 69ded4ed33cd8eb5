from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import msgspec
import pytest

from search.contract import ExtractionEntry
from search.reports import page_text
from search.reports.build import build_report, report_bytes
from search.reports.caveats import PERIOD_CAVEAT
from search.reports.news import news_of
from search.reports.print_data import print_data
from search.reports.render_html import render_html
from search.reports.scope import EVERYTHING, Scope
from search.reports.summary_words import PERIOD_COUNTS, PERIOD_NOTE
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, index_of, instant, moved_to, number, offer

LINE, NEXT = number(1), number(2)
MADE = "2024-06-01T12:00:00Z"


def phones() -> list[Phone]:
    own = Phone("HW/7", 1, imei="356938035643809")
    own.iccid = ("8944100000000000001",)
    for day in range(3):
        for place in range(12):
            own.text(number(100 + place), day + place / 1440, offer("Rico"), sent=True)
    customers = [Phone("JB/1", 101), Phone("JB/2", 102)]
    campaign("Rico", LINE, customers, range(3))
    customers[0].text(LINE, 4, moved_to(NEXT, "Rico"), sent=False)
    later = Phone("JB/2", 112, case="OP/2")
    later.device_id, later.extraction_id = "dv-later", "ex-later"
    campaign("Rico", NEXT, [later], range(5, 9), "{line} back on")
    bystander = Phone("MS/1", 150, case="OP/3")
    bystander.text(number(151), 3, finding("see you at six"), sent=True)
    bystander.call("101", 3, made=True)
    return [own, *customers, later, bystander]


async def report_of(held: list[Phone], scope: Scope = EVERYTHING) -> dict[str, object]:
    return await build_report(await index_of(held), software={"version": "0.1.0"}, scope=scope, generated_at=MADE)


def validate(report: dict[str, object]) -> None:
    schema = json.loads(files("parsers.records").joinpath("schemas", "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(report_bytes(report)))


async def test_the_report_keeps_to_the_contract() -> None:
    report = await report_of(phones())
    validate(report)
    assert [line["name"] for line in report["lines"]] == ["Rico"]  # type: ignore[attr-defined]  # a list of lines


async def test_an_empty_index_gives_an_empty_report_that_keeps_to_the_contract() -> None:
    report = await build_report(MemoryIndex(), software={"version": "0.1.0"}, generated_at=MADE)
    validate(report)
    assert report["devices"] == report["lines"] == report["links"] == []


async def test_the_bytes_do_not_depend_on_the_order_of_drops() -> None:
    assert report_bytes(await report_of(phones())) == report_bytes(await report_of(list(reversed(phones()))))


async def test_lists_are_sorted_by_their_first_key() -> None:
    report = json.loads(report_bytes(await report_of(phones())))
    for name, key in (
        ("extractions", "extraction_id"),
        ("devices", "device_id"),
        ("templates", "template_id"),
        ("flares", "flare_id"),
        ("lines", "line_id"),
        ("events", "event_id"),
    ):
        ids = [item[key] for item in report[name]]
        assert ids == sorted(ids), name
    order = [(-link["score"], link["a_device_id"], link["b_device_id"]) for link in report["links"]]
    assert order == sorted(order)
    assert all(link["a_device_id"] < link["b_device_id"] for link in report["links"])


async def test_every_id_in_the_report_can_be_found_in_it() -> None:
    report = json.loads(report_bytes(await report_of(phones())))
    devices = {device["device_id"] for device in report["devices"]}
    templates = {template["template_id"] for template in report["templates"]}
    lines = {line["line_id"] for line in report["lines"]}
    flares = {flare["flare_id"] for flare in report["flares"]}
    for line in report["lines"]:
        assert {row["device_id"] for row in line["devices"]} <= devices
        assert set(line["template_ids"]) <= templates
        assert set(line["flare_ids"]) <= flares
    for link in report["links"]:
        assert {link["a_device_id"], link["b_device_id"]} <= devices
        assert set(link["line_ids"]) <= lines
    assert {flare["template_id"] for flare in report["flares"]} <= templates
    assert {entry["device_id"] for entry in report["extractions"]} <= devices


async def test_versions_come_from_what_was_read() -> None:
    report = await report_of(phones())
    assert report["software"] == {
        "version": "0.1.0",
        "parser_versions": {"ufdr": "1"},
        "nlp_version": "1",
        "lexicon_version": "1",
    }


async def test_a_case_shows_its_phones_and_the_lines_that_reach_into_other_cases() -> None:
    report = json.loads(report_bytes(await report_of(phones(), Scope(cases=("OP/2",)))))
    validate(report)
    assert {device["device_id"]: device["in_scope"] for device in report["devices"]} == {
        "dv-HW/7": False,
        "dv-JB/1": False,
        "dv-JB/2": False,
        "dv-later": True,
    }
    assert all("dv-later" in (link["a_device_id"], link["b_device_id"]) for link in report["links"])
    assert len(report["links"]) == 3


async def test_a_case_without_a_line_shows_only_itself() -> None:
    report = json.loads(report_bytes(await report_of(phones(), Scope(cases=("OP/3",)))))
    assert [device["device_id"] for device in report["devices"]] == ["dv-MS/1"]
    assert report["lines"] == report["links"] == report["flares"] == []
    assert report["devices"][0]["traffic"]["kind"] == "none_seen"


async def test_a_period_leaves_out_what_lies_outside_it() -> None:
    report = json.loads(report_bytes(await report_of(phones(), Scope(since=instant(4.5)))))
    validate(report)
    assert [held["number"] for line in report["lines"] for held in line["numbers"]] == [NEXT]
    assert report["scope"]["from"] == instant(4.5)


async def test_one_exhibit_reference_in_two_cases_stays_two_devices() -> None:
    report = json.loads(report_bytes(await report_of(phones())))
    alike = [device for device in report["devices"] if device["exhibit_refs"] == ["JB/2"]]
    assert [device["case_refs"] for device in alike] == [["OP/1"], ["OP/2"]]


async def test_a_superseded_extraction_says_by_what_and_is_an_event() -> None:
    held = phones()
    again = Phone("HW/7", 1, imei="356938035643809")
    again.extraction_id, again.superseded_by = "ex-again", "ex-HW/7"
    report = json.loads(report_bytes(await report_of([*held, again])))
    validate(report)
    state = {entry["extraction_id"]: (entry["state"], entry["superseded_by"]) for entry in report["extractions"]}
    assert state["ex-again"] == ("superseded", "ex-HW/7")
    assert [event["kind"] for event in report["events"]] == ["extracted_again"]


async def test_a_sim_in_two_handsets_and_a_number_on_two_sims_are_events_and_no_links() -> None:
    a, b, c = Phone("A/1", 101), Phone("A/2", None), Phone("A/3", 101)
    a.iccid = b.iccid = ("8944100000000000001",)
    c.iccid = ("8944100000000000077",)
    report = json.loads(report_bytes(await report_of([a, b, c])))
    validate(report)
    assert {event["kind"]: event["device_ids"] for event in report["events"]} == {
        "sim_in_another_handset": ["dv-A/1", "dv-A/2"],
        "number_on_another_sim": ["dv-A/1", "dv-A/3"],
    }
    assert report["links"] == []


@pytest.mark.parametrize("state", ["complete_with_notices", "partial"])
async def test_notices_of_an_extraction_are_in_the_report(state: str) -> None:
    index = await index_of([Phone("A/1", 101)])
    (entry,) = await index.entries()
    notice = {"code": "input_truncated", "severity": "damaged", "count": 1, "sentence": "The file ends before its end."}
    changed: ExtractionEntry = msgspec.structs.replace(entry, state=state, notices=(notice,))
    await index.put_entries([changed])
    report = await build_report(index, software={"version": "0.1.0"}, generated_at=MADE)
    validate(report)
    (extraction,) = json.loads(report_bytes(report))["extractions"]
    assert (extraction["state"], extraction["notices"]) == (state, [notice])


async def test_a_report_of_a_period_says_that_what_reaches_into_it_counts_whole() -> None:
    scope = Scope(since=instant(1), until=instant(2))
    report = json.loads(report_bytes(await report_of(phones(), scope)))
    assert PERIOD_CAVEAT in report["caveats"]
    page = render_html(report)
    assert page.count(PERIOD_NOTE) == 1
    assert page_text.period_words(scope.since, scope.until) in page
    whole = json.loads(report_bytes(await report_of(phones())))
    assert PERIOD_CAVEAT not in whole["caveats"]
    assert PERIOD_NOTE not in render_html(whole)


RETYPED = ("Rico about all day in the town both bell me", "rico about all day in town, both, bell me x")


def typed(texts: list[str]) -> list[Phone]:
    """Return phones to which a wording came each day, as it is or typed otherwise, each with an id of its own."""
    held = [Phone(f"JB/{place}", 101 + place) for place in range(3)]
    for day, text in enumerate(texts):
        for phone in held:
            phone.text(LINE, day, finding(text, line="Rico", advert=True), sent=False)
            phone.text(LINE, day + 0.3, finding("u on"), sent=True)
    return held


async def test_wordings_that_are_one_are_one_template_everywhere() -> None:
    report = await report_of(typed([*RETYPED] * 3))
    validate(report)
    (template,), (line,) = report["templates"], report["lines"]  # type: ignore[misc]  # lists of one
    ids = {finding(text).template_id for text in RETYPED}
    assert set(template["wording_ids"]) == ids
    assert template["template_id"] == min(ids)
    assert line["template_ids"] == [min(ids)]
    assert {flare["template_id"] for flare in report["flares"]} == {min(ids)}  # type: ignore[attr-defined]  # a list
    assert (template["message_count"], template["variant_count"]) == (18, 2)
    assert {example["text"] for example in template["examples"]} == set(RETYPED)
    assert {text["template_id"] for text in line["texts"]} == {min(ids)}


async def test_a_wording_that_came_since_makes_no_new_template_of_an_old_one() -> None:
    last = max(RETYPED, key=lambda text: finding(text).template_id)
    before, now = await report_of(typed([last] * 3)), await report_of(typed([*RETYPED] * 3))
    assert before["lines"][0]["template_ids"] != now["lines"][0]["template_ids"]  # type: ignore[index]  # lists
    (changed,) = news_of(before, now, {"at": None})["lines"]  # type: ignore[misc]  # a list of one
    assert changed["template_ids"] == []


async def two_cases() -> MemoryIndex:
    held = []
    for place, case in enumerate(("OP/1", "OP/2")):
        of_case = [Phone(f"C{place}/{each}", 100 + 10 * place + each, case=case) for each in range(4)]
        campaign("Rico", number(1 + place), of_case, range(4), "{line} on both 3 for 25")
        campaign("Rico", number(1 + place), of_case, range(4), f"{{line}} come quick {case}")
        for phone in of_case:
            phone.text(f"shop{place}", 1, finding("your order is ready"), sent=False)
        held += of_case
    return await index_of(held)


async def test_a_report_of_one_case_lists_nothing_that_was_kept_from_linking_in_another_alone() -> None:
    index = await two_cases()

    async def values(scope: Scope) -> set[tuple[str, str]]:
        report = json.loads(
            report_bytes(await build_report(index, software={"version": "0"}, scope=scope, generated_at=MADE))
        )
        return {(item["kind"], item["value"]) for item in report["suppressed"]}

    assert {("number", "shop0"), ("number", "shop1"), ("nickname", "rico")} <= await values(EVERYTHING)
    of_one = await values(Scope(cases=("OP/1",)))
    assert ("number", "shop1") not in of_one
    assert {("number", "shop0"), ("nickname", "rico")} <= of_one


async def test_a_line_bears_one_name_in_a_report_of_a_period_and_of_all_time_and_says_where_it_is_from() -> None:
    held = [Phone(f"JB/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, held, range(6), "{line} on both 3 for 25")
    campaign("Rico", LINE, held, range(6), "{line} come quick")
    campaign("Rico", LINE, held, range(6), "{line} about til late")
    campaign("Promis", LINE, held, range(20, 23), "wont b long today {line}")
    campaign("Promis", LINE, held, range(20, 23), "{line} wont be long at all")
    (line,) = json.loads(report_bytes(await report_of(held)))["lines"]
    assert line["name"] == "Rico"
    said = "It is called Rico here because the analysis reads that as a name in 54 adverts (as Rico line); it may "
    assert line["name_basis"].startswith(said)
    assert line["conflicts"] == [
        (
            f"In the adverts of {LINE} the analysis reads 2 names, Rico and Promis: the line was renamed, or not all "
            "of them are its name."
        )
    ]
    assert all(form["record_ids"] for form in line["nicknames"])
    report = json.loads(report_bytes(await report_of(held, Scope(since=instant(19)))))
    (of_period,) = report["lines"]
    assert of_period["name"] == "Rico"
    assert of_period["name_basis"].startswith(said)
    assert of_period["name_basis"].endswith("not of the period of this report alone.")
    assert PERIOD_COUNTS in render_html(report)
    assert print_data(report)["period_counts"] == PERIOD_COUNTS


async def test_a_wording_says_how_many_of_its_variants_are_shown() -> None:
    report = json.loads(report_bytes(await report_of(phones())))
    template = report["templates"][0]
    assert "shown)" not in render_html(report).partition('id="wordings"')[2].partition("<section")[0]
    template["variant_count"] = len(template["examples"]) + 4
    assert f"{template['variant_count']} variants ({len(template['examples'])} shown)" in render_html(report)
