"""The list of formats as text: where one item ends and the next begins can be seen."""

from __future__ import annotations

from ingest.printed.formats_text import format_lines


def test_items_that_hold_commas_are_told_apart() -> None:
    known = {
        "name": "x",
        "title": "X",
        "tier": "inferred",
        "version": "1",
        "versions_seen": ["4.4, 5.1", "6"],
        "not_read": [],
    }
    _, seen, not_read = format_lines([known])
    assert seen == "  seen:     4.4, 5.1; 6"
    assert not_read == "  not read: -"
