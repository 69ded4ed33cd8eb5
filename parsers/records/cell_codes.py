"""Notices on what single cells of tables hold: numbers, formulas, durations, texts that go on."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

_ASSUMED: Final = Severity.ASSUMED

CELLS: Final[dict[str, NoticeEntry]] = {
    "zero_restored": NoticeEntry(
        _ASSUMED,
        "Numbers have lost their leading zero, as spreadsheet programs take it away; they were read with it.",
        "Ask for the table with its numbers as text.",
    ),
    "formula_kept": NoticeEntry(
        _ASSUMED, "Cells hold formulas; the value stored with each was read, the formula is kept beside it.", None
    ),
    "text_alone": NoticeEntry(
        _ASSUMED,
        "Rows hold a text and nothing else: it may be the rest of the text in the row above. They were not joined.",
        "Compare them with the rows above; where they belong together, ask for the table with each text in one cell.",
    ),
    "time_zero_restored": NoticeEntry(
        _ASSUMED,
        "Times of day in six digits have lost their leading zeros, as spreadsheet programs take them away; they were"
        " read with them.",
        "Compare one of them with the sender's table: where it stands for hours and minutes alone, ask for hh:mm.",
    ),
    "duration_of_days": NoticeEntry(
        _ASSUMED,
        "Durations of calls stand as fractions of a day, as a spreadsheet program stores them; they were read so.",
        "Compare one of them with the sender's table.",
    ),
    "duration_unreadable": NoticeEntry(
        _ASSUMED,
        "Durations of calls are in no form that is known (the first: {subject}): they are kept beside the calls and not"
        " read.",
        "Ask the sender for the durations in seconds or as hh:mm:ss.",
    ),
}
