"""A file that looks whole wherever it was cut does not pass for one that was read without loss."""

from __future__ import annotations

from search.reports.caveats import cut_caveat


def test_a_table_without_a_mark_of_its_end_may_be_cut_off() -> None:
    notice = {"code": "end_unmarked", "severity": "assumed", "sentence": "", "count": 1}
    tally = {"message": {"seen": 30, "indexed": 30, "merged": 0, "noticed": 0}}
    cut = {"state": "complete", "notices": [notice], "tally": tally}
    assert cut_caveat(cut).startswith("may be cut off: nothing marks its end. Read of it were 30 records.")
    assert cut_caveat({**cut, "notices": []}) == ""
    # What was seen to be cut says so itself, and what a fuller reading replaced counts no more.
    assert cut_caveat({**cut, "state": "partial"}) == cut_caveat({**cut, "state": "superseded"}) == ""
