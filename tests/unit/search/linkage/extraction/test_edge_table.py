"""Which records stand for edges."""

from __future__ import annotations

from itertools import permutations

from search.contract import EdgeKind
from search.linkage.extraction.edge_table import EdgeTable, first_and_last, first_records
from tests.fakes.index_loads import edge

DEVICE_OF = {"ex-a": "dv-1", "ex-b": "dv-1", "ex-c": "dv-2"}


def test_an_edge_without_records_hides_none_of_another_on_its_device() -> None:
    bare = edge(EdgeKind.SIM, "8944", "ex-a", role="carried", record_ids=())
    stated = [edge(EdgeKind.SIM, "8944", name, role="carried", record_ids=(f"r-{name}",)) for name in ("ex-b", "ex-c")]
    for edges in ([bare, *stated], [*reversed(stated), bare]):
        assert first_records(edges, DEVICE_OF) == {"dv-1": "r-ex-b", "dv-2": "r-ex-c"}
        assert set(first_and_last(edges)) == {"r-ex-b", "r-ex-c"}
    assert first_records([bare], DEVICE_OF) == {"dv-1": ""}
    assert first_and_last([bare]) == ()


def test_a_time_of_a_clock_that_had_been_reset_dates_an_edge_only_where_it_has_no_other() -> None:
    reset, early, late = "1970-01-02T10:00:00.000Z", "2026-04-20T10:00:00.000Z", "2026-05-01T10:00:00.000Z"
    key = (EdgeKind.NUMBER, "+447700900001", "received", "", "")
    for times in permutations((reset, early, late)):
        table = EdgeTable("ex-a", "")
        for place, utc in enumerate(times):
            table.note(key, utc, f"r-{place}")
        (made,) = table.edges()
        assert (made.first_at, made.last_at) == (early, late)
    table = EdgeTable("ex-a", "")
    table.note(key, reset, "r-0")
    (made,) = table.edges()
    assert made.first_at == reset
