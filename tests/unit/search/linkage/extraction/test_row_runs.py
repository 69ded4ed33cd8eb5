from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from ingest.demo.cast import iccid
from parsers.records.facts import Sim
from search.contract import TemplateEntry
from search.linkage.extraction import edge_table, flare_table, wordings
from search.linkage.extraction.edges import Collected, EdgeCollector
from search.linkage.extraction.row_runs import RowRuns
from tests.fakes.phones import Phone, finding, number, offer


class Row(msgspec.Struct, frozen=True, array_like=True):
    key: int
    text: str


def test_runs_are_merged_in_order_with_equal_keys_side_by_side(tmp_path: Path) -> None:
    runs = RowRuns(tmp_path, Row)
    runs.add(Row(n, "first") for n in range(0, 3000, 2))
    runs.add(Row(n, "second") for n in range(0, 3000, 3))
    merged = list(runs.merged([Row(6, "newest"), Row(9999, "newest")], lambda row: row.key))
    assert [row.key for row in merged] == sorted(row.key for row in merged)
    assert [row.text for row in merged if row.key == 6] == ["first", "second", "newest"]
    assert len(list(runs.every())) == 1500 + 1000
    assert list(tmp_path.iterdir()) == [], "the file has no name"
    runs.close()
    runs.close()


def busy_phone(seed: int, *, knows_its_number: bool) -> Phone:
    """Return a handset with many numbers, templates and repeats, in no order of time."""
    chance = random.Random(seed)
    phone = Phone(f"A/{seed}", 1 if knows_its_number else None)
    said = [
        offer("Rico"),
        offer("Tony"),
        *(finding(f"text {n}", template=f"template {n % 40}", advert=n % 3 == 0) for n in range(60)),
    ]
    for _ in range(400):
        day = chance.choice([None, chance.uniform(0, 300)])
        phone.text(number(chance.randrange(2, 90)), day, chance.choice(said), sent=chance.random() < 0.6)
        if chance.random() < 0.2:
            phone.call(number(chance.randrange(2, 90)), chance.uniform(0, 300), made=chance.random() < 0.5)
    return phone


def collected(phone: Phone, scratch_dir: Path | None, late_number: str | None) -> Collected:
    collector = EdgeCollector(phone.extraction_id, [phone.own] if phone.own else [], scratch_dir=scratch_dir)
    for ordinal, (record, said) in enumerate(phone.rows):
        collector.add(ordinal, record, said)
    if late_number is not None:
        source = phone.rows[0][0].source
        card = Sim(
            source=source,
            record_id="r-late",
            extraction_id=phone.extraction_id,
            iccid=(iccid(1),),
            msisdn=(late_number,),
        )
        collector.add(len(phone.rows), card, None)
    return collector.collected()


@pytest.mark.parametrize("late_number", [None, "07700 900001"])
@pytest.mark.parametrize("seed", range(4))
def test_rows_that_were_put_aside_come_out_as_if_they_had_not_been(
    seed: int, late_number: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = busy_phone(seed, knows_its_number=late_number is None)
    held = collected(phone, None, late_number)
    monkeypatch.setattr(edge_table, "ROWS_HELD", 25)
    monkeypatch.setattr(wordings, "VARIANTS_HELD", 7)
    monkeypatch.setattr(flare_table, "FLARES_HELD", 3)
    put_aside = collected(phone, tmp_path, late_number)
    assert len(held.edges) > 100
    assert len(held.templates) > 10
    assert put_aside == held


def test_variants_of_one_wording_are_put_aside_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Counted(RowRuns[msgspec.Struct]):
        def add(self, rows: Iterable[msgspec.Struct]) -> None:
            rows = list(rows)
            sizes.append(len(rows))
            super().add(rows)

    def entries(scratch_dir: Path | None) -> list[TemplateEntry]:
        table = wordings.WordingTable("ex-1", scratch_dir)
        for place in range(60):
            table.add(finding(f"both on ref {place % 40}", template="both on ref {n}", advert=True), "b", f"r-{place}")
        return list(table.entries(()))

    held = entries(None)
    monkeypatch.setattr(wordings, "VARIANTS_HELD", 7)
    monkeypatch.setattr(wordings, "RowRuns", Counted)
    assert entries(tmp_path) == held
    assert [entry.variant_count for entry in held] == [40]
    assert sizes == [1] * 8
