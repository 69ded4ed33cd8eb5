"""Rows that are alike share what is made of them, and only rows that read alike are alike."""

from __future__ import annotations

from parsers.sqlite_records import Value
from parsers.sqlite_values import Places, Row, RowShapes

_PLACES = Places(("type", "address", "body"))


def _row(*values: Value) -> Row:
    return Row(1, (1, *values, None), _PLACES)


def _shapes(made: list[str]) -> RowShapes[str]:
    def make(row: Row, beside: int | None) -> str:
        shape = f"{row.whole('type')} {row.word('address')} {beside}"
        made.append(shape)
        return shape

    return RowShapes(("type", "address", "lacking"), make)


def test_what_is_made_of_a_row_is_made_once_for_rows_alike() -> None:
    made: list[str] = []
    shapes = _shapes(made)
    texts = [shapes.of(_row(1, "07700900123", body)) for body in ("one", "two", "three")]
    assert texts == ["1 07700900123 None"] * 3
    assert made == ["1 07700900123 None"]


def test_rows_are_alike_by_the_number_beside_them_too() -> None:
    made: list[str] = []
    shapes = _shapes(made)
    assert [shapes.of(_row(1, "x", ""), beside) for beside in (None, 7, 8, 7)] == [
        "1 x None",
        "1 x 7",
        "1 x 8",
        "1 x 7",
    ]
    assert len(made) == 3


def test_a_number_that_equals_another_and_reads_otherwise_is_not_alike() -> None:
    shapes = _shapes([])
    assert shapes.of(_row(2**60, "x", "")) == f"{2**60} x None"
    assert shapes.of(_row(float(2**60), "x", "")) == "None x None"
    assert shapes.of(_row(2**60, "x", "")) == f"{2**60} x None"
    assert shapes.of(_row(1, "x", "")) == shapes.of(_row(1.0, "x", ""))


def test_octets_and_their_text_are_two_values() -> None:
    made: list[str] = []
    shapes = _shapes(made)
    assert shapes.of(_row(1, "x", "")) == shapes.of(_row(1, b"x", ""))
    assert len(made) == 2


def test_rows_of_a_table_with_other_columns_are_read_by_theirs() -> None:
    shapes = _shapes([])
    assert shapes.of(_row(1, "x", "")) == "1 x None"
    assert shapes.of(Row(1, (1, "x", 2, None), Places(("address", "type")))) == "2 x None"


def test_long_values_are_not_kept() -> None:
    made: list[str] = []
    shapes = _shapes(made)
    for _ in range(2):
        shapes.of(_row(1, "x" * 2_000, ""))
    assert len(made) == 2


def test_memory_is_bounded_however_many_kinds_of_rows_there_are() -> None:
    made: list[str] = []
    shapes = _shapes(made)
    for number in range(5_000):
        shapes.of(_row(number, "x", ""))
    shapes.of(_row(0, "x", ""))
    assert len(made) == 5_001
