"""Which sent broadcasts have a number that other phones alone show: the data tells them from those that are stated."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from parsers.records.facts import Message
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.reports.build import build_report, report_bytes
from search.reports.forms import ReportForm, rendered_files
from tests.fakes.phones import Phone, finding, index_of, number, offer


async def report_of(*phones: Phone) -> dict[str, Any]:
    report = await build_report(await index_of(phones), software={"version": "0"}, generated_at="2024-06-01T12:00:00Z")
    return dict(json.loads(report_bytes(report)))


def sent_of(report: dict[str, Any]) -> list[tuple[str | None, bool]]:
    """Return sender of each sent broadcast, and whether it is inferred."""
    return [
        (flare["sender"], flare["sender_is_inferred"]) for flare in report["flares"] if flare["direction"] == "sent"
    ]


def sending(own: int | None) -> list[Phone]:
    """Return a phone that sent broadcasts, and two that received copies of them at the same minutes."""
    phone, *others = Phone("HW/7", own), Phone("A/1", 101), Phone("A/2", 102)
    for day in range(5):
        for place in range(SMALLEST_RECIPIENTS):
            phone.text(number(101 + place), day + place / 1440, offer("Rico"), sent=True)
        for place, other in enumerate(others):
            other.text(number(1), day + place / 1440, offer("Rico"), sent=False)
            other.text(number(1), day + 0.5, finding("can i get 2"), sent=True)
    return [phone, *others]


@pytest.mark.parametrize(("own", "is_inferred"), [(1, False), (None, True)])
async def test_a_sender_that_other_phones_alone_show_is_told_from_one_that_is_stated(
    own: int | None, *, is_inferred: bool
) -> None:
    report = await report_of(*sending(own))
    assert sent_of(report) == [(number(1), is_inferred)] * 5
    assert not [flare for flare in report["flares"] if flare["direction"] == "received" and flare["sender_is_inferred"]]
    assert "sender_is_inferred" in rendered_files(report, ReportForm.CSV)["flares.csv"].decode("utf-8-sig")


async def test_a_number_that_another_extraction_of_the_phone_states_is_stated() -> None:
    held = sending(None)
    card = Phone("HW/7 SIM", 1)
    card.device_id = held[0].device_id
    assert sent_of(await report_of(*held, card)) == [(number(1), False)] * 5


async def test_the_number_before_a_change_of_sim_is_inferred_and_the_one_that_is_stated_is_not() -> None:
    phone, *others = sending(2)
    for day in range(5, 8):
        for place in range(SMALLEST_RECIPIENTS):
            phone.text(number(101 + place), day + place / 1440, offer("Rico"), sent=True)
        for place, other in enumerate(others):
            other.text(number(2), day + place / 1440, offer("Rico"), sent=False)
    phone.rows = [(_unstated(record), said) for record, said in phone.rows]
    assert sorted(sent_of(await report_of(phone, *others))) == [(number(1), True)] * 5 + [(number(2), False)] * 3


async def test_a_sim_that_records_tell_apart_has_a_number_by_inference_though_the_phone_states_it() -> None:
    phone, *others = sending(1)
    for place in range(2):
        phone.text(number(150), 6 + place, finding("see you at six"), sent=True)
    phone.rows = [
        (_unstated(record, sub_id=str(1 + (place >= len(phone.rows) - 2))), said)
        for place, (record, said) in enumerate(phone.rows)
    ]
    assert sent_of(await report_of(phone, *others)) == [(number(1), True)] * 5


def _unstated(record: Any, **extra: str) -> Any:
    """Return a text that does not say from which number it went out."""
    if not isinstance(record, Message):
        return record
    return msgspec.structs.replace(record, from_party=None, extra=tuple(extra.items()))
