"""A line with very many numbers, and a wording of very many words, stay short on pages."""

from __future__ import annotations

from search.reports.cited import Searches
from search.reports.cuts import Cut, cut_front
from search.reports.frames import pieces, shown_pieces
from search.reports.line_phones import NUMBERS_A_PHONE, phone_rows
from search.reports.line_views import NUMBERS_SHOWN, _drawn
from search.reports.source_groups import grave_notices


def test_of_a_list_in_the_order_of_time_the_latest_are_shown() -> None:
    assert cut_front(range(500), 100) == Cut(tuple(range(400, 500)), 500)
    assert cut_front(range(120), 100) == Cut(tuple(range(120)), 120)
    assert cut_front([], 100) == Cut((), 0)


def test_a_phone_names_so_many_numbers_and_counts_the_others() -> None:
    numbers = [f"+447700900{place:03}" for place in range(200)]
    row = {
        "device_id": "dv-1",
        "relation": "received_adverts",
        "record_count": 400,
        "numbers": numbers,
        "record_ids": ["r-1"],
        "mentions": [],
    }
    (shown,) = phone_rows([row], {}, {"dv-1": "CU/1"}, Searches()).items
    left_out = len(numbers) - NUMBERS_A_PHONE
    assert shown.numbers == (*numbers[:NUMBERS_A_PHONE], f"and {left_out} more, all of them in the JSON form")
    (shown,) = phone_rows([{**row, "numbers": numbers[:30]}], {}, {"dv-1": "CU/1"}, Searches()).items
    assert shown.numbers == tuple(numbers[:30])


def test_a_wording_of_very_many_slots_is_shown_by_its_beginning() -> None:
    text = "{deal} both " * 2_000
    shown = shown_pieces(text)
    assert sum(len(piece) for _, piece in shown) < 2_100
    assert shown[:2] == [(True, "[deal]"), (False, " both ")]
    assert shown[-1] == (
        True,
        f"[{len(''.join(p for _, p in pieces(text))) - sum(len(p) for _, p in shown[:-1])} more characters]",
    )
    assert shown_pieces("{deal} both") == pieces("{deal} both")


def test_a_file_with_very_many_notices_names_some_and_counts_the_others() -> None:
    notices = [{"severity": "damaged", "sentence": f"Element {place}.", "count": 2} for place in range(5_000)]
    shown = grave_notices({"notices": notices})
    assert shown[:-1] == notices[: len(shown) - 1]
    assert len(shown) < 20
    assert shown[-1]["sentence"] == f"And {5_001 - len(shown)} more notices, all of them in the JSON form."
    assert grave_notices({"notices": notices[:14]}) == notices[:14]


def test_broadcasts_of_numbers_that_are_not_shown_are_not_drawn() -> None:
    line = {"numbers": [{"number": f"+447700900{place:03}"} for place in range(3 * NUMBERS_SHOWN)]}
    flares = [{"sender": sender} for sender in ("+447700900000", "+447700900299", "+447700900999", None)]

    class View:
        held = {"number": "+447700900299"}  # noqa: RUF012

    assert _drawn(flares, Cut((View(),), 300), line) == flares[1:]
