"""Delimited text: what a writer of the standard library wrote is read back; what people break costs its own row."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contract import Limits
from parsers.sheets.delimited import DelimitedSheet, open_delimited
from parsers.sheets.delimited_records import RecordReader, TextLine
from parsers.sheets.dialects import dialect_of
from parsers.sheets.text_encoding import CHUNK_BYTES

CELLS = st.text(st.characters(exclude_characters="\r\n\x00", exclude_categories=("Cs",)), max_size=12)
TEXTS = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=("Cs",)), max_size=20)


def sheet_at(tmp_path: Path, content: bytes | str, limits: Limits | None = None) -> DelimitedSheet:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    sheet = open_delimited(path, limits or Limits())
    assert sheet is not None
    return sheet


def cells_of(sheet: DelimitedSheet) -> list[list[str]]:
    return [row.cells for row in sheet.rows()]


@given(
    rows=st.lists(st.tuples(CELLS, TEXTS, CELLS), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_the_standard_writer_wrote_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, quoting: int
) -> None:
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    lines = [TextLine(line, "\n") for line in stream.getvalue().removesuffix("\n").split("\n")]
    reader = RecordReader(iter(lines), delimiter, 1_000, 3)
    assert [tuple(record.cells) for record in reader] == rows
    assert reader.stray_count == 0


@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
def test_the_delimiter_is_the_one_that_gives_rows_of_one_width(delimiter: str) -> None:
    rows = [["Date", "Number", "Text"], *[["03/04", f"0770090012{n}", "hi, you; all|ok"] for n in range(8)]]
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    dialect = dialect_of("Extraction of HW/7, printed\n\n" + stream.getvalue(), is_whole=True)
    assert dialect is not None
    assert (dialect.delimiter, dialect.width) == (delimiter, 3)


def test_prose_is_no_table() -> None:
    assert dialect_of("Dear all\nplease find the phone\nattached\n", is_whole=True) is None


def test_a_declared_delimiter_holds_and_its_line_is_no_row(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, "sep=;\r\na;b,c\r\n1;2,3\r\n")
    assert [(row.number, row.cells) for row in sheet.rows()] == [(2, ["a", "b,c"]), (3, ["1", "2,3"])]


@pytest.mark.parametrize(
    ("encoding", "mark", "is_assumed"),
    [
        ("utf-8", b"", False),
        ("utf-8", b"\xef\xbb\xbf", False),
        ("utf-16-le", b"\xff\xfe", False),
        ("utf-16-be", b"\xfe\xff", False),
        ("utf-16-le", b"", False),
        ("cp1252", b"", True),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, mark: bytes, *, is_assumed: bool) -> None:
    sheet = sheet_at(tmp_path, mark + "Name,Text\r\nJay,caf\u00e9 \u2013 5\u20ac\r\nKay,more\r\n".encode(encoding))
    assert cells_of(sheet) == [["Name", "Text"], ["Jay", "caf\u00e9 \u2013 5\u20ac"], ["Kay", "more"]]
    assert sheet.encoding.is_assumed is is_assumed
    assert sheet.damages == ()


def test_a_damaged_place_in_utf_8_is_one_replacement_and_the_rest_stays(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, b"Name,Text\r\nJay,he\xff\xffllo \xf0\x9f\x98\x80\r\nKay,\xed\xa0\xbd\xed\xb8\x80\r\n")
    rows = list(sheet.rows())
    assert rows[1].cells[1] == "he\ufffdllo \U0001f600"
    assert rows[1].replaced == {1: 1}
    # CESU-8: a pair of surrogates, three bytes each, is the character that it means.
    assert rows[2].cells[1] == "\U0001f600"


def test_new_lines_and_marks_within_quotes_stay_as_they_are(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'a,b\r\n1,"one\r\ntwo ""q"", x\n\nthree"\r\n2,y\u2028z\x0bw\r\n')
    assert cells_of(sheet) == [["a", "b"], ["1", 'one\r\ntwo "q", x\n\nthree'], ["2", "y\u2028z\x0bw"]]


def test_rows_that_end_with_cr_and_hold_line_feeds(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'Date,Number,Text\r1,07700900123,"one\ntwo"\r2,07700900123,three\r')
    assert cells_of(sheet) == [
        ["Date", "Number", "Text"],
        ["1", "07700900123", "one\ntwo"],
        ["2", "07700900123", "three"],
    ]


def test_few_rows_that_end_with_cr_and_hold_a_line_feed(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'Date,Number,Text\r1,07700900123,one\r2,07700900123,"two, ""q""\nmore"\r')
    assert cells_of(sheet)[1:] == [["1", "07700900123", "one"], ["2", "07700900123", 'two, "q"\nmore']]


def test_rows_that_end_with_lf_and_hold_more_carriage_returns(tmp_path: Path) -> None:
    row = '1,07700900123,"one\rtwo, then\rthree"\n'
    sheet = sheet_at(tmp_path, f"Date,Number,Text\n{row * 6}")
    assert cells_of(sheet)[1:] == [["1", "07700900123", "one\rtwo, then\rthree"]] * 6


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'a,b\n\n1,"x\ny"\n,\n2,z\n')
    assert [row.number for row in sheet.rows()] == [1, 3, 5]


@pytest.mark.parametrize(
    "stray",
    [
        '07700900123,"u about',
        '07700900123,"unclosed, with a comma',
        '07700900123,he said "5 mins" to me',
        '07700900123,"he said "5 mins" to me"',
    ],
)
def test_a_stray_quote_costs_no_other_row(tmp_path: Path, stray: str) -> None:
    others = [f'0770090012{n},"text {n}"' for n in range(4, 8)]
    sheet = sheet_at(tmp_path, "\n".join(["Number,Text", others[0], stray, *others[1:], ""]))
    found = cells_of(sheet)
    assert [cells for cells in found if cells[0] != "07700900123"] == [
        ["Number", "Text"],
        *([f"0770090012{n}", f"text {n}"] for n in range(4, 8)),
    ]
    assert len(found) == 6


def test_a_stray_quote_before_a_quoted_text_of_several_lines(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'a,b,c\n1,"open,x\n2,"two\nlines",y\n3,t,z\n')
    assert cells_of(sheet) == [["a", "b", "c"], ["1", '"open', "x"], ["2", "two\nlines", "y"], ["3", "t", "z"]]
    assert [(damage.code, damage.count) for damage in sheet.damages] == [("quotes_unpaired", 1)]


def test_a_file_of_open_quotes_is_read_in_time_that_grows_with_it(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, "a,b\n" + '1,"x\n' * 60_000)
    assert sum(1 for _ in sheet.rows()) == 60_001


@pytest.mark.parametrize("end", ['2,"half', "2", '2,"half\nand more'])
def test_a_row_that_the_file_ends_in_is_cut(tmp_path: Path, end: str) -> None:
    sheet = sheet_at(tmp_path, f"a,b,c\n1,x,y\n{end}")
    assert [row.is_cut for row in sheet.rows()] == [False, False, True]
    assert [(damage.code, damage.ends_reading) for damage in sheet.damages] == [("input_truncated", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("cut", [0, 3])
@pytest.mark.parametrize("zeros", [1, 200_000])
def test_a_copy_that_was_broken_off_ends_in_zeros(tmp_path: Path, zeros: int, cut: int, encoding: str) -> None:
    text = "a,b\n1,one\n2,two\n"
    content = text[: len(text) - cut].encode(encoding) + b"\0\0" * zeros
    sheet = sheet_at(tmp_path, content, Limits(text_chars=50_000))
    assert cells_of(sheet) == [["a", "b"], ["1", "one"], ["2", "two" if not cut else "t"]]
    assert [damage.code for damage in sheet.damages if damage.ends_reading] == ["input_truncated"]


def test_zeros_between_do_not_let_a_line_grow_beyond_the_limit(tmp_path: Path) -> None:
    front = b"a,b\n1,"
    rest = b"x" * (CHUNK_BYTES - 1) + b"\0"
    sheet = sheet_at(tmp_path, front + rest[len(front) :] + rest * 40, Limits(text_chars=100_000))
    assert [(row.cells, row.is_over) for row in sheet.rows()] == [(["a", "b"], False), ([], True)]


@pytest.mark.parametrize("end", ["\n\x1a", "\x1a", "\n\x1a\x1a"])
def test_the_mark_at_which_programs_of_dos_end_a_text_is_no_row(tmp_path: Path, end: str) -> None:
    sheet = sheet_at(tmp_path, f"a,b\n1,one{end}")
    assert cells_of(sheet) == [["a", "b"], ["1", "one"]]
    assert not sheet.damages


def test_a_whole_last_row_without_a_line_end_says_so(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, "a,b\n1,x\n2,y")
    assert [row.is_unended for row in sheet.rows()] == [False, False, True]
    assert [damage.code for damage in sheet.damages] == ["end_unmarked"]


def test_utf_16_that_ends_inside_a_character(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, b"\xff\xfe" + "a,b\n1,x\n2,y\n".encode("utf-16-le") + b"3")
    assert len(list(sheet.rows())) == 3
    assert [damage.code for damage in sheet.damages] == ["input_truncated"]


@pytest.mark.parametrize("text", ["y" * 200_000, '"' + "y, " * 90_000 + '"', "y" * 99_999 + "\0" * 200_000 + "y"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\r"])
def test_a_line_longer_than_the_limit_costs_no_other(tmp_path: Path, text: str, end: str) -> None:
    rows = ["a,b", "1,x", f"2,{text}", "3,z", f"4,{text}", f"5,{text}", "6,z"]
    sheet = sheet_at(tmp_path, end.join([*rows, ""]), Limits(text_chars=100_000))
    assert [row.number for row in sheet.rows() if row.is_over] == [3, 5, 6]
    assert [cells for cells in cells_of(sheet) if cells] == [["a", "b"], ["1", "x"], ["3", "z"], ["6", "z"]]
    assert sheet.damages == ()


def test_a_last_line_longer_than_the_limit_is_one(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, "a,b\n1,x\n2," + "y" * 400_000, Limits(text_chars=100_000))
    assert [row.is_over for row in sheet.rows()] == [False, False, True]


def test_a_quote_that_goes_on_in_a_line_longer_than_the_limit_is_text(tmp_path: Path) -> None:
    content = '1,"x\n' + "y" * 400_000 + '"\n3,z\n'
    sheet = sheet_at(tmp_path, "a,b\n1,x\n" + content, Limits(text_chars=100_000))
    assert [row.cells[:2] for row in sheet.rows()] == [["a", "b"], ["1", "x"], ["1", '"x'], [], ["3", "z"]]


def test_more_columns_than_a_sheet_has_cost_their_row(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, "a,b\n1,x\n" + "," * 20_000 + "\n2,y\n")
    assert [(row.cells, row.is_over) for row in sheet.rows()][2:] == [([], True), (["2", "y"], False)]


def test_escaped_marks_within_quotes_end_no_cell(tmp_path: Path) -> None:
    sheet = sheet_at(tmp_path, 'Date,Text\n1,"a \\"b\\", c"\n2,"d ""e"" f \\\\"\n'.replace('""e""', '\\"e\\"'))
    assert cells_of(sheet) == [["Date", "Text"], ["1", 'a "b", c'], ["2", 'd "e" f \\\\']]
    assert not sheet.damages
