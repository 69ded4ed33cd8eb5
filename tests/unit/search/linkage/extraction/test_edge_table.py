"""Which records stand for edges."""

from __future__ import annotations

from search.contract import EdgeKind
from search.linkage.extraction.edge_table import first_and_last, first_records
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
