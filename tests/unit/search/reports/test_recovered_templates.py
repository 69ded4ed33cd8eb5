from __future__ import annotations

import msgspec

from search.reports.build import build_report
from tests.fakes.index_loads import MadeLoad, document
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, number

LINE = number(1)
MISSED = finding("steady all day come see us")


async def templates_of(*, has_records: bool) -> tuple[set[str], dict[str, int]]:
    """Return the templates of the report's flares, and the messages of each template that it lists."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", LINE, phones, range(1, 21, 2), "{line} about til late")
    for phone in phones:
        phone.text(LINE, 10.5, MISSED, sent=False)
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
