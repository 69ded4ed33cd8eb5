"""Workbooks: cells as they are stored, in flat memory, beside another reader where that one keeps them."""

from __future__ import annotations

import datetime as dt
import resource
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ingest.demo.writers.damage import with_wrong_checksum
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.sheets.books import book_notices, open_book
from parsers.sheets.rows import CellKind
from parsers.tables.columns import column_name
from tests.unit.parsers.sheets.made_workbooks import by_hand, damages_of, inline, opened, rows_of, written

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_texts_are_read_to_the_code_point(tmp_path: Path, texts: list[str]) -> None:
    # XML has no place for U+FFFE and U+FFFF, and reads a bare CR as a line feed; the library writes them as they are.
    texts = [text.replace("\ufffe", "").replace("\uffff", "").replace("\r", "") or "x" for text in texts]

    def fill(_: Workbook, sheet: Worksheet) -> None:
        for number, text in enumerate(texts):
            sheet.write_string(number, 0, text)

    assert [row.cells for row in rows_of(written(tmp_path / "a.xlsx", fill))] == [[text] for text in texts]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    moments=st.lists(
        st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(2199, 1, 1)).map(  # noqa: DTZ001 (cells of a workbook state no zone)
            lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_dates_are_those_of_another_reader(tmp_path: Path, moments: list[dt.datetime]) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        shape = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        for number, at in enumerate(moments):
            sheet.write_datetime(number, 0, at, shape)

    path = written(tmp_path / "a.xlsx", fill)
    rows = rows_of(path)
    assert [row.kinds for row in rows] == [{0: CellKind.MOMENT}] * len(moments)
    assert [dt.datetime.fromisoformat(row.cells[0]) for row in rows] == moments
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    for ours, (other,) in zip(rows, theirs, strict=True):
        assert isinstance(other, dt.date)
        whole = other if isinstance(other, dt.datetime) else dt.datetime(other.year, other.month, other.day)  # noqa: DTZ001 (cells of a workbook state no zone)
        assert abs(dt.datetime.fromisoformat(ours.cells[0]) - whole) <= dt.timedelta(milliseconds=1)


def test_numbers_dates_and_truths_as_text(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_number(0, 0, 447700900123)
        sheet.write_number(0, 1, 7700900123, book.add_format({"num_format": "00000000000"}))
        sheet.write_number(0, 2, 0.1)
        sheet.write_number(0, 3, 8944100030000000221)
        sheet.write_boolean(0, 4, boolean=True)
        sheet.write_datetime(0, 5, dt.date(2023, 9, 14), book.add_format({"num_format": 14}))
        sheet.write_number(0, 6, 0.7004513888888889, book.add_format({"num_format": "hh:mm:ss"}))
        sheet.write_number(0, 7, 65 / 86_400, book.add_format({"num_format": "[h]:mm:ss"}))
        sheet.write_number(0, 8, 45183.7004513888889, book.add_format({"num_format": 'yyyy"-"mm'}))

    (row,) = rows_of(written(tmp_path / "a.xlsx", fill))
    assert row.cells[:3] == ["447700900123", "07700900123", "0.1"]
    assert row.cells[4:8] == ["TRUE", "2023-09-14", "16:48:39", "00:01:05"]
    assert row.cells[8] == "2023-09-14T16:48:39"
    assert damages_of(tmp_path / "a.xlsx") == ["number_rounded"], "a number of nineteen digits lost four of them"


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    at = dt.datetime(2023, 9, 14, 16, 49, 42)  # noqa: DTZ001 (cells of a workbook state no zone)
    with Workbook(str(path), {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, at, book.add_format({"num_format": 22}))
    assert rows_of(path)[0].cells == ["2023-09-14T16:49:42"]


def test_escapes_stand_for_their_characters(tmp_path: Path) -> None:
    texts = ("a_x000D_\nb", "_x005F_x0041_", "_xD83D__xDE00_", "x_xD83D_y", "_x0001_", "_xZZZZ_", "a_x000d_b")
    rows = rows_of(by_hand(tmp_path / "a.xlsx", inline(texts)))
    assert rows[0].cells == ["a\r\nb", "_x0041_", "\U0001f600", "x\ufffdy", "\x01", "_xZZZZ_", "a\rb"]
    assert rows[0].replaced == {3: 1}


def test_runs_are_joined_and_a_phonetic_reading_is_left_out(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>zz</t></rPh></is></c>'
    assert rows_of(by_hand(tmp_path / "a.xlsx", f"<row>{cell}</row>"))[0].cells == ["a b"]


def test_a_formula_is_its_stored_value_with_itself_beside_it_and_text_where_it_has_none(tmp_path: Path) -> None:
    cells = (
        '<c r="A1" t="str"><f>HYPERLINK("http://x","u about")</f><v>u about</v></c>'
        '<c r="B1"><f>cmd|\' /C calc\'!A0</f></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D1"><f t="shared" si="0"/><v>5</v></c>'
    )
    (row,) = rows_of(by_hand(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>'))
    assert row.cells == ["u about", "=cmd|' /C calc'!A0", "#DIV/0!", "5"]
    assert row.formulas == {0: '=HYPERLINK("http://x","u about")', 2: "=1/0"}
    assert row.kinds[2] == CellKind.FAULT


def test_places_are_those_that_the_cells_state_whatever_the_sheet_states_of_its_size(tmp_path: Path) -> None:
    cells = '<row r="7"><c r="C7" t="inlineStr"><is><t>x</t></is></c></row><row><c><v>1</v></c></row><row/>'
    rows = rows_of(by_hand(tmp_path / "a.xlsx", cells))
    assert [(row.number, row.cells) for row in rows] == [(7, ["", "", "x"]), (8, ["1"])]


def test_cells_at_one_place_are_not_lost_in_silence(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="ZZZZ1"><v>3</v></c></row>'
    path = by_hand(tmp_path / "a.xlsx", cells)
    assert rows_of(path)[0].cells == ["1"]
    with opened(path) as book:
        list(book.sheets[0].rows())
        assert [(damage.code, damage.count) for damage in book.sheets[0].damages] == [("element_unreadable", 2)]


def test_two_cells_in_opposite_corners_take_no_memory(tmp_path: Path) -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>1</v></c></row>{corner}')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [row.number for row in rows_of(path)] == [1, 1_048_576]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_cells_and_rows_with_a_format_alone_cost_nothing(tmp_path: Path) -> None:
    empty = "".join(f'<c r="{column_name(place)}2" s="1"/>' for place in range(16_000))
    rows = (
        f'<row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c><c r="C1" s="1" /></row>'
        f'<row r="2" spans="1:9">{empty}</row>'
        f'<row r="3"><c r="A3" s="1"/><c><v>2</v></c></row><row r="4" ht="3"/><row><c r="A5"><v>3</v></c></row>'
        f'<row r="9">{empty.replace("2", "9")}<c r="XFD9"><v>4</v></c></row>'
    )
    path = by_hand(tmp_path / "a.xlsx", rows)
    # Parsed, the empty cells of a row would be more than the limit.
    with opened(path, Limits(text_chars=10_000)) as book:
        found = [
            (row.number, [(place, text) for place, text in enumerate(row.cells) if text])
            for row in book.sheets[0].rows()
        ]
        assert found == [(1, [(1, "1")]), (3, [(1, "2")]), (5, [(0, "3")]), (9, [(16_383, "4")])]
        assert book.sheets[0].damages == ()


def test_what_looks_like_an_empty_cell_in_a_text_is_text(tmp_path: Path) -> None:
    text = '<c r="A1"/><c r="B1"/></row>'
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[{text}]]></t></is></c></row>'
    assert rows_of(by_hand(tmp_path / "a.xlsx", rows))[0].cells == [text]


def test_hidden_sheets_are_sheets(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("One", "Two", "Three"):
            book.add_worksheet(name).write_string(0, 0, name)
        book.get_worksheet_by_name("Two").hide()
        book.get_worksheet_by_name("Three").very_hidden()
    with opened(tmp_path / "a.xlsx") as book_read:
        assert [sheet.name for sheet in book_read.sheets] == ["One", "Two", "Three"]


def test_a_sheet_of_a_chart_holds_no_cells_and_is_not_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("Texts").write_row(0, 0, ("1", 2))
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Texts!$B$1:$B$1"})
        book.add_chartsheet("Busy hours").set_chart(chart)
    with opened(path) as read:
        assert [sheet.name for sheet in read.sheets] == ["Texts"]
        assert (read.missing, read.without_cells) == ((), ("Busy hours",))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
@pytest.mark.parametrize("share", [0.6, None])
def test_what_lists_the_sheets_is_not_whole_and_every_sheet_is_read(
    tmp_path: Path, part: str, share: float | None
) -> None:
    whole, broken = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with Workbook(str(whole)) as book:
        for number in range(3):
            book.add_worksheet(f"Texts {number}").write_string(0, 0, f"text {number}")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name != part:
                new.writestr(name, content)
            elif share is not None or part == "xl/workbook.xml":
                new.writestr(
                    name, content[: content.rindex(b"Texts 1") if b"Texts 1" in content else len(content) // 2]
                )
    with opened(broken) as read:
        assert [row.cells for sheet in read.sheets for row in sheet.rows()] == [[f"text {n}"] for n in range(3)]
        assert read.malformed == (() if (part, share) == ("xl/styles.xml", None) else (part,))
        assert read.missing == ()


def test_a_workbook_whose_part_is_numbered(tmp_path: Path) -> None:
    whole, other = written(tmp_path / "a.xlsx", lambda _, sheet: sheet.write_string(0, 0, "hi")), tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"workbook.xml", b"workbook2.xml")
            new.writestr(name.replace("workbook.xml", "workbook2.xml"), content)
    assert [row.cells for row in rows_of(other)] == [["hi"]]


def test_a_text_that_is_not_in_the_list_is_counted(tmp_path: Path) -> None:
    path = by_hand(
        tmp_path / "a.xlsx", '<row><c t="s"><v>7</v></c><c t="s"><v>x</v></c><c><v>1</v></c></row>', strings="<sst/>"
    )
    assert rows_of(path)[0].cells == ["", "", "1"]
    assert damages_of(path) == ["element_unreadable"]


def test_a_sheet_that_ends_early_keeps_its_whole_rows(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", inline(["a"], ["b"]) + "<row><c><v>1")
    assert [row.cells for row in rows_of(path)] == [["a"], ["b"]]
    assert damages_of(path) == ["input_malformed"]


def test_dirt_within_the_markup_is_replaced_and_counted(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", '<row><c t="inlineStr"><is><t>a&#x1;b\x02c</t></is></c></row>')
    (row,) = rows_of(path)
    assert row.cells == ["a\ufffdb\ufffdc"]
    assert row.replaced == {0: 2}


def test_references_that_xml_does_not_allow_end_no_sheet(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>fish & chips&nbsp;&#99999999999;</t></is></c>'
    strings = "<sst><si><t>a & b&nbsp;</t></si><si><t>after</t></si></sst>"
    shared = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
    path = by_hand(tmp_path / "a.xlsx", f"<row>{cell}{shared}</row><row>{cell}</row>", strings=strings)
    first, second = rows_of(path)
    assert first.cells == ["fish & chips\ufffd\ufffd", "a & b\ufffd", "after"]
    assert first.replaced == {0: 2, 1: 1}
    assert second.cells == first.cells[:1]
    with opened(path) as book:
        list(book.sheets[0].rows())
        assert [(each.code, each.count, each.ends_reading) for each in book.sheets[0].damages] == [
            ("markup_unescaped", 2, False)
        ]
        assert [(each.code, each.count) for each in book_notices(book)] == [("markup_unescaped", 1)]


def test_a_wrong_checksum_is_said_and_every_row_is_read(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", inline(["a"], ["b"]))
    path.write_bytes(with_wrong_checksum(path.read_bytes(), member_count=4))
    assert [row.cells for row in rows_of(path)] == [["a"], ["b"]]
    assert damages_of(path) == ["checksum_wrong"]


def test_a_row_larger_than_the_limit_ends_the_reading(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", inline(["a"]) + "<row>" + "<c><v>1</v></c>" * 60_000 + "</row>")
    assert len(rows_of(path, Limits(text_chars=100_000))) == 1
    assert damages_of(path, Limits(text_chars=100_000)) == ["limit_reached"]


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, member: str) -> None:
    path = by_hand(tmp_path / "a.xlsx", inline(["a"]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        name = member if member.endswith("Strings.xml") else "xl/worksheets/sheet2.xml"
        with archive.open(name, "w") as stream:
            for _ in range(80):
                stream.write(b" " * 2**20)
    with pytest.raises(InputRefused) as refused, opened(path):
        pass
    assert refused.value.code == "archive_refused"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    strings = '<!DOCTYPE sst [<!ENTITY e "lol">]><sst><si><t>&e;</t></si></sst>'
    with pytest.raises(InputRefused) as refused, opened(by_hand(tmp_path / "a.xlsx", inline(["a"]), strings=strings)):
        pass
    assert refused.value.code == "doctype_refused"


@pytest.mark.parametrize("share", [0.55, 0.8, 0.98])
def test_a_workbook_that_was_cut_off_keeps_its_whole_rows(tmp_path: Path, share: float) -> None:
    texts = [f"text {number * 7919 % 1000}" for number in range(1000)]
    path = by_hand(tmp_path / "a.xlsx", inline(*([text] for text in texts)))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with opened(path) as book:
        (sheet,) = book.sheets
        read = [row.cells[0] for row in sheet.rows()]
        assert book.is_cut
        assert read == texts[: len(read)] != []
        assert len(read) == len(texts) or any(damage.ends_reading for damage in sheet.damages)


def test_a_workbook_that_was_cut_before_its_texts_or_formats_is_refused(tmp_path: Path) -> None:
    """The library writes the sheets, then what lists them, their texts, their formats."""

    def fill(book: Workbook, sheet: Worksheet) -> None:
        for number in range(300):
            sheet.write_string(number, 0, f"text {number}")
        book.add_worksheet("More").write_string(0, 0, "more")

    path = written(tmp_path / "a.xlsx", fill)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        begins = {info.filename: info.header_offset for info in archive.infolist()}
        formats_end = begins["xl/theme/theme1.xml"]
    for place in range(begins["xl/workbook.xml"] - 40, len(content) - 30, 97):
        path.write_bytes(content[:place])
        if place < formats_end:
            with pytest.raises(InputRefused) as refused, opened(path):
                pass
            assert refused.value.code == "archive_damaged"
            continue
        with opened(path) as book:
            assert [sum(1 for _ in sheet.rows()) for sheet in book.sheets] == [300, 1]
            assert book.is_cut
            assert not any(sheet.damages for sheet in book.sheets)


def test_long_lists_of_texts_go_to_the_scratch_folder_and_leave_nothing(tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        for number in range(700):
            sheet.write_string(number, 0, f"{number} " + "y" * 30_000)

    path, scratch = written(tmp_path / "a.xlsx", fill), tmp_path / "scratch"
    scratch.mkdir()
    with open_book(path, Limits(), scratch) as book:
        texts = [row.cells[0] for row in book.sheets[0].rows()]
    assert [text.split()[0] for text in texts] == [str(number) for number in range(700)]
    assert list(scratch.iterdir()) == []
