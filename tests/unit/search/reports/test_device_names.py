"""A device has one name on every page, that a person can use; an inner id is none."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from search.reports.build import build_report, report_bytes
from search.reports.device_names import device_labels, in_words, put_labels
from search.reports.forms import ReportForm, rendered, rendered_files
from search.reports.render_html import render_html
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, moved_to, number, offer

INNER = "dv-0123456789abcdef0123"


async def report_of(*phones: tuple[Phone, dict[str, Any]]) -> dict[str, Any]:
    index = MemoryIndex()
    for phone, changes in phones:
        collected = phone.collected()
        await index.put_entries([msgspec.structs.replace(phone.entry(), **changes)])
        await index.put_edges(phone.extraction_id, collected.edges, collected.flares, collected.templates)
    report = await build_report(index, software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(report)))


async def test_an_exhibit_stands_with_its_case_and_a_phone_without_one_by_model_and_number() -> None:
    report = await report_of(
        (Phone("A/1", 101), {}),
        (Phone("A/2", 102, case=""), {"case_ref": None}),
        (Phone("A/3", 103), {"exhibit_ref": None, "make": "Nokia", "model": "Nokia 105"}),
        (Phone("A/4", None, imei="356938035643809"), {"exhibit_ref": None, "make": "Alcatel", "model": "1066G"}),
        (Phone("A/5", None), {"exhibit_ref": None, "part_kind": "sim", "case_ref": None}),
    )
    assert list(device_labels(report).values()) == [
        "A/1 (case OP/1)",
        "A/2",
        "Nokia 105 +44 7700 900103 (case OP/1)",
        "Alcatel 1066G IMEI 356938035643809 (case OP/1)",
        "SIM of A/5.ufdr",
    ]


def corrected(report: dict[str, Any], extraction_id: str, **was: str) -> dict[str, Any]:
    """Return the report with one more correction of an extraction, that had these values before."""
    (entry,) = (held for held in report["extractions"] if held["extraction_id"] == extraction_id)
    changed = [{"field": field, "was": value, "now": entry.get(field)} for field, value in was.items()]
    said = {"corrected_at": "2024-05-01T12:00:00Z", "corrected_by": "ada", "note": "typed wrong", "changed": changed}
    entry["corrections"] = [*entry.get("corrections", ()), said]
    return report


def read_twice(earlier: Phone, later: Phone) -> dict[str, Any]:
    later.device_id = earlier.device_id
    for phone in (earlier, later):
        phone.text(number(55), 1, finding("see you"), sent=True)
    return {"state": "superseded", "superseded_by": later.extraction_id}


async def test_a_phone_is_named_by_its_corrected_exhibit_and_not_by_that_of_a_replaced_reading() -> None:
    earlier, later = Phone("A/1", 101), Phone("A/9", 101)
    replaced = read_twice(earlier, later)
    report = await report_of((earlier, replaced), (later, {}), (Phone("B/1", 102), {}))
    (device, _) = report["devices"]
    assert device["exhibit_refs"] == ["A/1", "A/9"]
    key = earlier.device_id
    assert device_labels(report)[key] == "A/1 (case OP/1)", "nothing was corrected"
    corrected(report, later.extraction_id, exhibit_ref="A/1")
    assert device_labels(report)[key] == "A/9 (case OP/1)"
    corrected(report, later.extraction_id, exhibit_ref="A/8")
    assert device_labels(report)[key] == "A/9 (case OP/1)", "it was A/1, then A/8"
    report = await report_of((earlier, {}), (later, {}))
    assert device_labels(corrected(report, later.extraction_id, exhibit_ref="A/1"))[key] == "A/1 (case OP/1)"
    report = await report_of((earlier, replaced), (later, {}))
    assert device_labels(corrected(report, later.extraction_id, exhibit_ref="A/7"))[key] == "A/1 (case OP/1)"


async def test_a_case_that_was_corrected_takes_its_label_with_it_and_an_owner_none() -> None:
    earlier, later = Phone("A/1", 101, case="OP/1"), Phone("A/1", 101, case="OP/2")
    replaced = {**read_twice(earlier, later), "extraction_id": "ex-0"}
    report = await report_of((earlier, replaced), (later, {}))
    corrected(report, later.extraction_id, owner_number="07700900111")
    assert device_labels(report)[earlier.device_id] == "A/1 (case OP/1)"
    corrected(report, later.extraction_id, case_ref="OP/1")
    assert device_labels(report)[earlier.device_id] == "A/1 (case OP/2)"


async def test_a_phone_that_two_cases_seized_has_in_a_report_of_one_the_exhibit_of_that_case() -> None:
    earlier, later = Phone("AP/7", 101, case="OP/1"), Phone("PR/15", 101, case="OP/2")
    report = await report_of((earlier, read_twice(earlier, later)), (later, {}))
    key = earlier.device_id
    for scope, name in (
        ({}, "AP/7 (case OP/1)"),
        ({"cases": ["OP/1"]}, "AP/7 (case OP/1)"),
        ({"cases": ["OP/2"]}, "PR/15 (case OP/2)"),
        ({"exhibits": ["PR/15"]}, "PR/15 (case OP/2)"),
        ({"cases": ["OP/3"]}, "AP/7 (case OP/1)"),
    ):
        assert device_labels({**report, "scope": {**report["scope"], **scope}})[key] == name, scope


async def test_sentences_name_a_phone_that_two_cases_seized_as_the_report_does() -> None:
    earlier, later, other = Phone("AP/7", 101, case="OP/1"), Phone("PR/15", 101, case="OP/2"), Phone("B/1", 102)
    later.device_id = earlier.device_id
    campaign("Rico", number(1), [later, other], range(6))
    replaced = {"state": "superseded", "superseded_by": later.extraction_id}
    for cases, name, gone in (
        (["OP/1"], "AP/7 (case OP/1)", "PR/15 (case"),
        (["OP/2"], "PR/15 (case OP/2)", "AP/7 (case"),
    ):
        report = await report_of((earlier, replaced), (later, {}), (other, {}))
        report["scope"]["cases"] = cases
        put_labels(report)
        said = json.dumps([report[key] for key in ("links", "lines", "devices")])
        assert name in said
        assert gone not in said


async def test_two_devices_of_one_exhibit_are_told_apart_by_model_then_number_then_place() -> None:
    report = await report_of(
        (Phone("A/1", 101), {"model": "105"}),
        (Phone("A/2", 102), {"exhibit_ref": "A/1", "model": "3310"}),
        (Phone("B/1", 103), {}),
        (Phone("B/2", 104), {"exhibit_ref": "B/1"}),
        (Phone("C/1", None), {}),
        (Phone("C/2", None), {"exhibit_ref": "C/1"}),
    )
    assert list(device_labels(report).values()) == [
        "A/1 (case OP/1), 105",
        "A/1 (case OP/1), 3310",
        "B/1 (case OP/1), +44 7700 900103",
        "B/1 (case OP/1), +44 7700 900104",
        "C/1 (case OP/1) [1 of 2]",
        "C/1 (case OP/1) [2 of 2]",
    ]


async def test_sentences_of_pages_and_tables_name_a_device_as_the_tables_do_and_the_data_stays() -> None:
    a, b = Phone("A/1", 101), Phone("A/2", 102)
    a.device_id = INNER
    campaign("Rico", number(1), [a, b], range(4))
    report = await report_of((a, {"exhibit_ref": None, "model": "105"}), (b, {}))
    before = report_bytes(report)
    name = "105 +44 7700 900101 (case OP/1)"
    assert f"device {INNER}" in before.decode()
    page = render_html(report)
    assert page.count(INNER) == 1, "beside its identifiers alone"
    assert name in page
    for content in rendered_files(report, ReportForm.CSV).values():
        assert f"device {INNER}" not in content.decode()
    assert f"device {INNER}" not in rendered(report, ReportForm.GRAPHML).decode()
    assert report_bytes(report) == before
    (link,) = in_words(report, device_labels(report))["links"]
    assert name in link["reasons"][0]["sentence"]


async def test_of_what_was_passed_on_only_what_is_known_is_said() -> None:
    line, friend = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", number(1), [line, friend], range(6))
    friend.text(number(300), 7, offer("Rico"), sent=True)
    friend.text(number(300), 7, finding("u seen this"), sent=True)
    report = await report_of((line, {}), (friend, {}))
    whys = [item["why"] for item in in_words(report, device_labels(report))["suppressed"] if "passed on" in item["why"]]
    assert whys
    assert all("in these words or under this name" in why and "of adverts from others" not in why for why in whys)


async def test_who_announced_a_number_stands_by_its_name_and_not_by_an_inner_one() -> None:
    phone, other = Phone("A/1", None), Phone("A/2", 102)
    phone.device_id = INNER
    for day, new in ((1, number(1)), (3, number(2))):
        for place in range(12):
            phone.text(number(300 + place), day, offer("Rico"), sent=True)
            phone.text(number(300 + place), day + 1, moved_to(new, "Rico"), sent=True)
    campaign("Rico", number(1), [other], [5, 6, 7, 9])
    report = await report_of((phone, {"exhibit_ref": None, "make": "Nokia", "model": "Nokia 105"}), (other, {}))
    numbers = in_words(report, device_labels(report))["lines"][0]["numbers"]
    told = [said for held in numbers for said in (*held["announcements"], *held["handovers"])]
    assert told
    assert INNER not in json.dumps([{**said, "device_ids": []} for said in told])
