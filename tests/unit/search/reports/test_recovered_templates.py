from __future__ import annotations

from typing import Any

import msgspec

from search.reports.build import build_report
from tests.fakes.index_loads import MadeLoad, document
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, number

LINE = number(1)
MISSED = finding("steady all day come see us")


async def with_records(phones: list[Phone], *, has_records: bool) -> MemoryIndex:
    index = MemoryIndex()
    for phone in phones:
        documents = [
            document(
                phone.extraction_id,
                ordinal,
                record_id=record.record_id,
                record=msgspec.msgpack.encode(record),
                finding=msgspec.msgpack.encode(said),
            )
            for ordinal, (record, said) in enumerate(phone.rows)
        ]
        made = phone.collected()
        held = documents if has_records else []
        await index.load(MadeLoad(phone.entry(), held, made.edges, made.flares, made.templates))
    return index


async def templates_of(*, has_records: bool) -> tuple[set[str], dict[str, int]]:
    """Return the templates of the report's flares, and the messages of each template that it lists."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", LINE, phones, range(1, 21, 2), "{line} about til late")
    for phone in phones:
        phone.text(LINE, 10.5, MISSED, sent=False)
    index = await with_records(phones, has_records=has_records)
    report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
    flares, templates = report["flares"], report["templates"]
    assert isinstance(flares, list)
    assert isinstance(templates, list)
    return {flare["template_id"] for flare in flares}, {
        each["template_id"]: each["message_count"] for each in templates
    }


async def test_the_wording_of_a_recovered_broadcast_is_listed_with_its_messages() -> None:
    of_flares, listed = await templates_of(has_records=True)
    assert MISSED.template_id in of_flares
    assert of_flares <= listed.keys()
    assert listed[MISSED.template_id] == 3


async def test_without_the_record_it_is_left_out() -> None:
    of_flares, listed = await templates_of(has_records=False)
    assert of_flares - listed.keys() == {MISSED.template_id}


async def test_a_notice_is_counted_on_the_phone_that_sent_it_and_on_those_that_got_it() -> None:
    notice = finding("golden wok on tonight 5 til 11 call us")
    shop, *others = [Phone(f"B/{n}", 110 + n) for n in range(5)]
    for evening in (3, 10):
        for place in range(20):
            shop.text(number(110 + place), evening + place / 1440, notice, sent=True)
        for place, other in enumerate(others, start=1):
            other.text(number(110), evening + place / 1440, notice, sent=False)
    index = await with_records([shop, *others], has_records=True)
    report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z")
    flares: Any = report["flares"]
    templates: Any = report["templates"]
    (template,) = templates
    assert template["device_ids"] == sorted({flare["device_id"] for flare in flares})
    assert len(template["device_ids"]) == 5
    assert template["message_count"] == sum(flare["message_count"] for flare in flares) == 48
