"""A line with very many numbers, and a wording of very many words, stay short on pages."""

from __future__ import annotations

from search.reports.cited import Searches
from search.reports.cuts import Cut, cut_latest
from search.reports.frames import pieces, shown_pieces
from search.reports.line_phones import NUMBERS_A_PHONE, phone_rows
from search.reports.line_views import NUMBERS_SHOWN, _drawn
from search.reports.source_groups import grave_notices


def test_of_a_list_those_that_were_last_seen_latest_are_shown() -> None:
    days = [f"2024-{1 + place // 28:02}-{1 + place % 28:02}" for place in range(300)]
    dated = [(place, day) for place, day in enumerate(days)]
    assert cut_latest(dated, 100, lambda each: each[1]) == Cut(tuple(dated[200:]), 300)
    assert cut_latest(dated[:120], 100, lambda each: each[1]) == Cut(tuple(dated[:120]), 120)
    still_on, *others = dated
    late = [(0, "2025-01-01"), *others]
    assert cut_latest(late, 100, lambda each: each[1]).items[0] == (0, "2025-01-01")
    undated = [*dated, *((300 + place, None) for place in range(200))]
    assert cut_latest(undated, 100, lambda each: each[1]).items == tuple(dated[200:])
    assert cut_latest([], 100, lambda each: each[1]) == Cut((), 0)
    assert still_on[0] == 0


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


def test_of_very_many_numbers_a_phones_own_comes_first() -> None:
    base = {"device_id": "dv-1", "record_count": 1, "record_ids": ["r-1"], "mentions": []}
    others = {**base, "relation": "received_adverts", "numbers": [f"+447700900{place:03}" for place in range(40)]}
    own = {**base, "relation": "carries_line_sim", "numbers": ["+447700900900"]}
    (shown,) = phone_rows([others, own], {}, {"dv-1": "CU/1"}, Searches()).items
    assert shown.numbers[0] == "+447700900900"


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
    small = [{"severity": "skipped", "sentence": f"Element {place}.", "count": 1} for place in range(18)]
    worst = {"severity": "damaged", "sentence": "Half of it.", "count": 90_000}
    assert grave_notices({"notices": [*small, worst]})[0] == worst


def test_broadcasts_of_uses_that_are_not_shown_are_not_drawn() -> None:
    line = {"numbers": [{"number": f"+447700900{place:03}"} for place in range(3 * NUMBERS_SHOWN)]}
    day = "2024-03-01T10:00:00.000Z"
    flares = [
        {"sender": sender, "ended_at": at}
        for sender, at in (
            ("+447700900000", day),
            ("+447700900299", "2024-01-01T10:00:00.000Z"),
            ("+447700900299", day),
            ("+447700900999", day),
            (None, None),
        )
    ]

    class View:
        held = {"number": "+447700900299", "first_seen_at": "2024-02-01T10:00:00.000Z"}  # noqa: RUF012

    assert _drawn(flares, Cut((View(),), 300), line) == flares[2:]
    assert _drawn(flares, Cut((View(),), 1), line) == flares
