"""Quotation marks that a backslash escapes: read so where a text shows it, and a backslash of the text elsewhere."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.sheets.dialects import dialect_of
from parsers.sheets.escaped_quotes import escapes_quotes, is_escaped, without_escapes
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

HEADINGS = "Date/Time,From,To,Message"
FIRST = "14/09/2023 16:49:42,07700900123,,"
SECOND = "14/09/2023 16:50:42,,07700900456,ok"


def bodies(folder: Path, *lines: str) -> tuple[list[str | None], dict[str, int]]:
    result = read_text(folder, "\n".join([HEADINGS, *lines, ""]), name="SMS.csv")
    return [message.body for message in messages_of(result)], codes_of(result)


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        (r'"he said \"yes\", later"', 'he said "yes", later'),
        (r'"\"yes\" he said, later"', '"yes" he said, later'),
        ('"he said \\"yes\\", then\n\\"no\\" he said"', 'he said "yes", then\n"no" he said'),
        (r'"in C:\photos, \"today\" and back"', r'in C:\photos, "today" and back'),
    ],
)
def test_a_text_with_escaped_marks_is_whole(tmp_path: Path, cell: str, body: str) -> None:
    found, codes = bodies(tmp_path, FIRST + cell, SECOND)
    assert found == [body, "ok"]
    assert "row_ragged" not in codes
    assert "quotes_unpaired" not in codes


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        ('"C:\\dir\\"', "C:\\dir\\"),
        ('"see you \\"', "see you \\"),
        ('"she said ""yes"", later \\"', 'she said "yes", later \\'),
        ('"{""a"": ""b \\""c\\"" d""}"', '{"a": "b \\"c\\" d"}'),
        ('{"a": "b"}', '{"a": "b"}'),
    ],
)
@pytest.mark.parametrize("behind", [SECOND, SECOND.replace("ok", '"ok"'), SECOND.replace("ok", '"a ""b"" c"')])
def test_a_backslash_of_the_text_escapes_nothing(tmp_path: Path, cell: str, body: str, behind: str) -> None:
    found, codes = bodies(tmp_path, FIRST + cell, behind)
    assert found[0] == body
    assert len(found) == 2
    assert "quotes_unpaired" not in codes


@pytest.mark.parametrize("last", ["x", '"x"', '""', '"x\\"'])
def test_a_folder_in_quotes_before_another_cell_ends_there(last: str) -> None:
    text = "\n".join([r'"C:\dir\",' + last, r'"D:\dir\",' + last, "a,b", ""])
    dialect = dialect_of(text, is_whole=True)
    assert dialect is not None
    assert (dialect.width, dialect.has_escapes) == (2, False)


def test_a_row_too_long_behind_a_backslash_is_named_where_nothing_shows_how_marks_are_written(tmp_path: Path) -> None:
    found, codes = bodies(tmp_path, FIRST + r'"he said \"yes\", later"', SECOND.replace("ok", '"a ""b"" c"'))
    assert found[1] == 'a "b" c'
    assert codes["quotes_unpaired"] == 1


@pytest.mark.parametrize(("is_whole", "expected"), [(True, False), (False, True)])
def test_a_last_cell_may_be_cut_where_the_text_goes_on(is_whole: bool, expected: bool) -> None:  # noqa: FBT001
    text = 'a,"b \\"c\\" d"\ne,"f'
    assert escapes_quotes(text, ",", is_whole=is_whole) is expected


def test_two_backslashes_are_one_that_is_escaped() -> None:
    assert is_escaped(r"a\"", 2)
    assert not is_escaped(r"a\\"[:3] + '"', 3)
    assert without_escapes(r"a\\b \"c\" \d") == r'a\\b "c" \d'


CELLS = st.text(st.sampled_from('ab\\", {}:'), max_size=8)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), quoting=st.sampled_from([0, 1]))
def test_no_text_with_doubled_marks_is_taken_for_one_that_escapes_them_where_all_cells_are_quoted(
    rows: list[tuple[str, str, str]], quoting: int
) -> None:
    written = StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL).writerows(rows)
    assert not escapes_quotes(written.getvalue(), ",", is_whole=True)
