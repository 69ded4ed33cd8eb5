"""How a text is delimited: the character, and the notes that may stand above a table."""

from __future__ import annotations

import pytest

from parsers.sheets.dialects import dialect_of

ROWS = [
    ("Date", "From", "To", "Message"),
    ("13/09/2023 19:44:22", "07700900456", "07700900001", "u about?"),
    ("13/09/2023 19:45:05", "07700900001", "07700900456", "yes mate"),
    ("15/01/2024 08:00:00", "07700900001", "07700900789", "done"),
]


def written(delimiter: str, above: list[str] | None = None) -> str:
    return "\n".join([*(above or []), *(delimiter.join(row) for row in ROWS), ""])


@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|", "^"])
def test_the_character_that_gives_rows_of_one_width_is_the_delimiter(delimiter: str) -> None:
    dialect = dialect_of(written(delimiter), is_whole=True)
    assert dialect is not None
    assert (dialect.delimiter, dialect.width) == (delimiter, 4)


@pytest.mark.parametrize("delimiter", [",", "^", "\t"])
@pytest.mark.parametrize("count", [1, 18, 40])
def test_up_to_forty_notes_may_stand_above_the_headings(delimiter: str, count: int) -> None:
    dialect = dialect_of(written(delimiter, ["Note of exhibit HW/7"] * count), is_whole=True)
    assert dialect is not None
    assert (dialect.delimiter, dialect.width) == (delimiter, 4)


def test_more_notes_than_that_are_a_text() -> None:
    assert dialect_of(written("^", ["Note of exhibit HW/7"] * 60), is_whole=True) is None


@pytest.mark.parametrize("above", [[], ["sep=;"]])
def test_a_backslash_before_marks_within_quotes_is_told_by_the_rows(above: list[str]) -> None:
    rows = [
        *above,
        "Date;From;Message",
        r'13/09/2023;07700900456;"he said \"yes\"; later"',
        "14/09/2023;07700900456;ok",
    ]
    dialect = dialect_of("\n".join([*rows, ""]), is_whole=True)
    assert dialect is not None
    assert (dialect.delimiter, dialect.width, dialect.has_escapes) == (";", 3, True)
