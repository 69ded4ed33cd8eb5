"""Whatever is done to a table, it is read with its damage named, or refused; no reader fails and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from ingest.demo.writers.damage import cut_archive, marked_encrypted, without_end_record
from ingest.demo.writers.table import TableForm, write_table_workbook, write_texts
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.records.tally import TallyRow
from tests.unit.parsers.formats.table.made_tables import TEXTS, codes_of, messages_of, read_file, read_text, report
from tests.unit.parsers.sheets.made_workbooks import by_hand, inline

EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4), st.integers(0, 40)), min_size=1, max_size=4
)


def damaged(content: bytes, edits: list[tuple[float, bytes, int]]) -> bytes:
    for share, piece, cut in edits:
        place = int(len(content) * share)
        content = content[:place] + piece + content[place + cut :]
    return content


def look_at(path: Path) -> None:
    refusal = None
    try:
        result = read_file(path)
    except InputRefused as refused:
        refusal = refused.code
    if refusal is not None:
        assert refusal in NOTICE_TABLE
        return
    assert {"reader_failed", "tally_differs"}.isdisjoint(notice.code for notice in result.notices)
    assert all(row.is_balanced for rows in result.tally.values() for row in rows.values())


@settings(max_examples=150, deadline=None)
@given(edits=EDITS, encoding=st.sampled_from(["utf-8", "utf-16-le", "cp1252"]))
def test_a_damaged_text(edits: list[tuple[float, bytes, int]], encoding: str) -> None:
    with TemporaryDirectory() as folder:
        path = write_texts(Path(folder, "texts.csv"), TEXTS, TableForm(time="day_first", encoding=encoding))
        path.write_bytes(damaged(path.read_bytes(), edits) or b"x")
        look_at(path)


@settings(max_examples=100, deadline=None)
@given(edits=EDITS)
def test_a_damaged_workbook(edits: list[tuple[float, bytes, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = write_table_workbook(Path(folder, "HW7.xlsx"), report().holdings[0])
        path.write_bytes(damaged(path.read_bytes(), edits) or b"x")
        look_at(path)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=8))
def test_rows_of_anything_below_known_headings(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        texts = "\n".join(",".join(row) for row in rows)
        path = Path(folder, "texts.csv")
        path.write_bytes(f"Date,Number,Message,Direction\n{texts}\n".encode("utf-8", "replace"))
        look_at(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_text_that_was_cut_off_keeps_its_whole_rows(tmp_path: Path, share: float) -> None:
    path = write_texts(tmp_path / "texts.csv", TEXTS * 8, TableForm(time="day_first"))
    whole = {message.body for message in messages_of(read_file(path))}
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    result = read_file(path)
    kept = {message.body for message in messages_of(result) if "end_unmarked" not in message.body_notices}
    assert kept <= whole
    assert {"input_truncated", "end_unmarked"} & set(codes_of(result))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_larger_than_the_limit_costs_no_other(tmp_path: Path, place: int) -> None:
    rows = [f"2024-02-0{day} 10:00:00,07700 900123,Incoming,text {day}" for day in (5, 6)]
    rows.insert(place, "2024-02-07 10:00:00,07700 900123,Incoming," + '"' + "so, long " * 40_000 + '"')
    path = tmp_path / "texts.csv"
    path.write_text("\n".join(["Date/Time,From,Direction,Text", *rows, ""]), encoding="utf-8")
    result = read_file(path, limits=Limits(text_chars=100_000))
    assert [message.body for message in messages_of(result)] == ["text 5", "text 6"]
    (tally,) = result.tally.values()
    assert tally["message"] == TallyRow(seen=3, indexed=2, noticed=1)
    (notice,) = [notice for notice in result.notices if notice.code == "element_unreadable"]
    assert (notice.first_locator, notice.element) == (f"row {place + 2}", "message")
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_row_that_was_cut_is_counted_and_named(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Number,Message,Status\n2024-01-02 10:00:00,07700900123,hello,Read\n2024-01-02 10:01:00,07700900123,hel",
    )
    assert result.state is ReadState.PARTIAL
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["message"].noticed) == (2, 1, 1)


def test_a_workbook_that_was_cut_off_or_encrypted_is_refused(tmp_path: Path) -> None:
    path = write_table_workbook(tmp_path / "HW7.xlsx", report().holdings[0])
    content = path.read_bytes()
    for changed, code in (
        (cut_archive(content, 0.3), "archive_damaged"),
        (marked_encrypted(content), "input_protected"),
    ):
        path.write_bytes(changed)
        with pytest.raises(InputRefused) as refused:
            read_file(path)
        assert refused.value.code == code


def test_a_workbook_that_was_cut_off_behind_its_sheets_is_partial(tmp_path: Path) -> None:
    path = write_table_workbook(tmp_path / "HW7.xlsx", report().holdings[0])
    whole = read_file(path)
    path.write_bytes(without_end_record(path.read_bytes()))
    result = read_file(path)
    assert [message.body for message in messages_of(result)] == [message.body for message in messages_of(whole)]
    assert codes_of(result) == codes_of(whole) | {"input_truncated": 1}
    assert result.state is ReadState.PARTIAL


def test_a_sheet_that_is_malformed_from_one_place_on_keeps_what_was_whole(tmp_path: Path) -> None:
    rows = inline(["Date", "Number", "Message"], ["2024-01-02 10:00:00", "07700900123", "one"])
    result = read_file(by_hand(tmp_path / "a.xlsx", rows + "<row><c><v>1</w></c></row>"))
    assert [message.body for message in messages_of(result)] == ["one"]
    assert result.state is ReadState.PARTIAL


def test_a_sheet_of_notes_is_named_and_a_table_that_is_not_known_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "HW7.xlsx"
    sheets = {
        "Texts": [["Date", "Number", "Message"], ["2024-01-02 10:00:00", "07700900123", "one"]],
        "Notes": [["Seen by examiner 12"], ["Nothing to add"]],
        "Other": [["alpha", "beta"], ["2024-01-02 10:00:00", "07700900123"]],
    }
    with Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    result = read_file(path)
    said = {str(notice.element): NOTICE_TABLE[notice.code].severity for notice in result.notices if notice.element}
    assert said == {"other:Notes": Severity.OUTSIDE, "other:Other": Severity.SKIPPED}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_formulas_are_never_computed_and_are_kept_beside_the_record(tmp_path: Path) -> None:
    cells = (
        '<c t="inlineStr"><is><t>2024-01-02 10:00:00</t></is></c><c t="inlineStr"><is><t>07700900123</t></is></c>'
        '<c t="str"><f>HYPERLINK("http://example","u about")</f><v>u about</v></c>'
    )
    path = by_hand(tmp_path / "a.xlsx", inline(["Date", "Number", "Message"]) + f"<row>{cells}</row>")
    result = read_file(path)
    (message,) = messages_of(result)
    assert message.body == "u about"
    assert message.extra == (("Message formula", '=HYPERLINK("http://example","u about")'),)
    assert codes_of(result)["formula_kept"] == 1


def test_a_text_that_fills_its_cell_says_that_it_was_cut(tmp_path: Path) -> None:
    long = "x" * 32_767
    path = by_hand(
        tmp_path / "a.xlsx", inline(["Date", "Number", "Message"], ["2024-01-02 10:00:00", "07700900123", long])
    )
    result = read_file(path)
    assert messages_of(result)[0].body_notices == ("truncated",)
    assert codes_of(result)["cell_at_limit"] == 1


@pytest.mark.parametrize("piece", ["(", " ", "1 ", "@", "a@", "1/1/", "<", "((a)", "1:", '="', "-", "UTC", "\\", "me)"])
def test_no_cell_keeps_an_expression_busy(tmp_path: Path, piece: str) -> None:
    """Cells as long as a workbook allows, in every column, made of what expressions stumble over."""
    columns = (
        "Date",
        "From",
        "To",
        "Number",
        "Name",
        "Parties",
        "Participants",
        "Message",
        "Direction",
        "Type",
        "Status",
    )
    columns += ("Folder", "Source", "Deleted", "Attachment", "Duration", "Entries")
    long = (piece * 32_000)[:32_000]
    row = ["2024-01-02 10:00:00", *[long] * (len(columns) - 1)]
    late = [long] * len(columns)
    result = read_file(by_hand(tmp_path / "a.xlsx", inline(columns, row, late)))
    (rows,) = result.tally.values()
    assert rows["message"].seen + rows.get("call", rows["message"]).seen >= 2 or not long.strip()


@pytest.mark.parametrize("rest", ["second, with, three, marks", "1, 2, 3, 4 ok", "bring x, y"])
def test_prose_with_marks_in_the_place_of_a_row_is_no_message(tmp_path: Path, rest: str) -> None:
    rows = f"13/09/2023 16:49,07700900123,In,first\n{rest}\n13/09/2023 16:50,07700900123,In,ok\n"
    result = read_text(tmp_path, f"Time,Number,Direction,Message\n{rows}")
    assert [message.body for message in messages_of(result)] == ["first", "ok"]
    assert codes_of(result)["element_unreadable"] == 1
    (rows_seen,) = result.tally.values()
    assert rows_seen["message"] == TallyRow(seen=3, indexed=2, noticed=1)


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Time,Number,Direction,Message", "not known, 07700900123, In, hi"),
        ("Time,Number,Direction,Message", "not known,Jay,In,hi"),
        ("Time, Number, Direction, Message", "not known, Jay, In, hi"),
    ],
)
def test_a_row_whose_time_cannot_be_read_is_a_message_all_the_same(tmp_path: Path, heading: str, row: str) -> None:
    mark = ", " if ", " in heading else ","
    first = mark.join(("13/09/2023 16:49", "07700900123", "In", "one"))
    assert len(messages_of(read_text(tmp_path, f"{heading}\n{first}\n{row}\n"))) == 2


@pytest.mark.parametrize("lines", [["first", "second"], ["first", "second", "third"], ["a", "", "b"]])
def test_a_row_that_is_broken_in_its_text_is_put_together(tmp_path: Path, lines: list[str]) -> None:
    text = "\n".join(lines)
    rows = f"13/09/2023 16:49,{text},07700900123,In\n" + "13/09/2023 16:50,ok,07700900456,Out\n" * 5
    result = read_text(tmp_path, f"Time,Message,Number,Direction\n{rows}")
    first, second, *_ = messages_of(result)
    assert (first.body or "").split("\n") == [line for line in lines if line]
    assert first.from_party is not None
    assert (first.from_party.raw, second.body) == ("07700900123", "ok")
    assert codes_of(result)["row_joined"] == len([line for line in lines if line]) - 1


def test_a_short_row_and_what_stands_below_it_stay_apart(tmp_path: Path) -> None:
    rows = "13/09/2023 16:49,first\nprinted by DC 1234\n13/09/2023 16:50,ok,07700900456,Out\n"
    result = read_text(tmp_path, f"Time,Message,Number,Direction\n{rows}")
    assert [message.body for message in messages_of(result)] == ["first", "ok"]
    assert "row_joined" not in codes_of(result)


def test_the_rest_of_a_text_that_was_written_without_quotes_is_no_record(tmp_path: Path) -> None:
    rows = "2024-02-13T10:00:00Z,07700900123,In,meet at\nplatform 2\n2024-02-13T10:01:00Z,07700900123,In,ok\n"
    result = read_text(tmp_path, f"Time,Number,Direction,Message\n{rows}")
    assert [message.body for message in messages_of(result)] == ["meet at", "ok"]
    assert codes_of(result) == {"element_unreadable": 1}
    (rows_seen,) = result.tally.values()
    assert rows_seen["message"] == TallyRow(seen=3, indexed=2, noticed=1)


@pytest.mark.parametrize(
    "line",
    [
        "Total: 1,,,",
        "Total,1,,",
        ",,,Total: 1",
        "Grand total,,,1",
        '"Report generated 14/05/2024 by DC 1234",,,',
        '"Exported on 14 May 2024 10:22",,,',
    ],
)
def test_a_line_below_the_rows_is_no_message(tmp_path: Path, line: str) -> None:
    result = read_text(tmp_path, f"Time,Number,Direction,Text\n2024-05-14 10:22:00,07700900123,In,hi\n{line}\n")
    (rows,) = result.tally.values()
    assert [message.body for message in messages_of(result)] == ["hi"]
    assert rows["other:row below the headings"] == TallyRow(seen=1, noticed=1)
    assert codes_of(result)["element_not_read"] == 1
    assert "time_unreadable" not in codes_of(result)


@pytest.mark.parametrize(
    "time", ["2024-05-14 10:22:00", "14 May 2024 10:22", "Tue May 14 10:22:33 GMT 2024", "1715682120"]
)
def test_a_time_alone_is_a_message_all_the_same(tmp_path: Path, time: str) -> None:
    result = read_text(tmp_path, f"Time,Number,Direction,Text\n14 May 2024 10:20,07700900123,In,hi\n{time},,,\n")
    assert len(messages_of(result)) == 2


def test_a_row_of_too_many_columns_is_said_to_be_one(tmp_path: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(17_000))
    with pytest.raises(InputRefused, match="more than 16,384 columns"):
        read_text(tmp_path, f"{wide}\n{wide}\n")
