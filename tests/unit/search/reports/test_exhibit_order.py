"""Pages and tables show phones in the order of their exhibits, whatever their ids."""

from __future__ import annotations

from search.reports.page import page_of
from search.reports.table_columns import tables_of
from tests.fakes.phones import Phone, campaign, finding, number
from tests.unit.search.reports.test_line_parts import report_of


async def test_exhibits_stand_in_order_on_pages_and_in_tables() -> None:
    phones = [Phone(f"A/{place}", 100 + place, case="OP/1") for place in (10, 2, 1, 12)]
    for wording in ("{line} on both 3 for 25", "{line} back with the best"):
        campaign("Rico", number(1), phones, range(4), wording)
    for phone in phones:
        phone.text(number(1), 1, finding("can i get 2"), sent=True)
    report = await report_of(*phones)
    ordered = [f"A/{place} (case OP/1)" for place in (1, 2, 10, 12)]
    page = page_of(report)
    assert [page.labels[held["device_id"]] for held in page.devices.items] == ordered
    (view,) = page.lines
    assert [page.labels[held.device_id] for held in view.phones.items] == ordered
    assert [page.labels[device_id] for device_id, _ in page.matrix[0].rows.items] == ordered
    assert [group.label for group in page.sources.items] == ordered
    tables = {table.name: list(table.rows()) for table in tables_of(report)}
    assert [row[1] for row in tables["devices"]] == ["A/1", "A/2", "A/10", "A/12"]
    assert [row[1] for row in tables["extractions"]] == ["A/1", "A/2", "A/10", "A/12"]
    named = [row[-1] for row in tables["line_devices"]]
    assert list(dict.fromkeys(named)) == ordered
