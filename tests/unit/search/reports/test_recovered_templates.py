from __future__ import annotations

from search.reports.build import build_report
from tests.fakes.phones import Phone, campaign, finding, index_of, number


async def test_a_recovered_broadcast_without_a_record_in_the_index_has_no_template() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    missed = finding("steady all day come see us")
    campaign("Rico", number(1), phones, range(0, 20, 2))
    for phone in phones:
        phone.text(number(1), 10.5, missed, sent=False)
    report = await build_report(
        await index_of(phones), software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z"
    )
    flares, templates = report["flares"], report["templates"]
    assert isinstance(flares, list)
    assert isinstance(templates, list)
    assert missed.template_id in {flare["template_id"] for flare in flares}
    assert missed.template_id not in {template["template_id"] for template in templates}
