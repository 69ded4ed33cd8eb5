"""Times: the whole column tells how it was printed; what it does not tell is not guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from parsers.contract import Sidecar
from parsers.outcome import ReadState
from parsers.records.values import ClockBasis
from parsers.tables.epoch_counts import Epoch, milliseconds_since_1970
from tests.fakes.deliveries import FEW, read_content
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_file, read_text
from tests.unit.parsers.sheets.made_workbooks import written


def instants(
    tmp_path: Path, times: list[str], *, heading: str = "Time", **sidecar: str
) -> tuple[list[str | None], dict[str, int]]:
    rows = "".join(f'"{time}",in,07700900123,hi\n' for time in times)
    result = read_text(tmp_path, f"{heading},Direction,Number,Message\n{rows}", sidecar=Sidecar(**sidecar))
    messages = messages_of(result)
    assert [message.time.raw for message in messages] == [time or None for time in times]
    return [message.time.utc for message in messages], codes_of(result)


def test_one_date_tells_the_order_of_the_whole_column(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["03/04/2024 10:00:00", "13/04/2024 10:00:00"])
    assert found == ["2024-04-03T09:00:00.000Z", "2024-04-13T09:00:00.000Z"]
    assert codes == {"zone_assumed": 2}
    found, _ = instants(tmp_path, ["03/04/2024 10:00:00", "04/13/2024 10:00:00"])
    assert found[0] == "2024-03-04T10:00:00.000Z"


def test_a_time_of_day_in_front_of_its_day(tmp_path: Path) -> None:
    times = ["16:49 03/04/2024", "4:49 PM, 13/04/2024", "16:49hrs on 13/04/2024"]
    found, _ = instants(tmp_path, times)
    assert found == ["2024-04-03T15:49:00.000Z", "2024-04-13T15:49:00.000Z", "2024-04-13T15:49:00.000Z"]


def test_the_name_that_windows_gives_a_zone(tmp_path: Path) -> None:
    found, _ = instants(tmp_path, ["13/04/2024 16:49 (UTC+01:00) Dublin, Edinburgh, Lisbon, London"])
    assert found == ["2024-04-13T15:49:00.000Z"]


def test_an_order_that_nothing_tells_is_not_guessed(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["03/04/2024 10:00:00", "05/06/2024 10:00:00", "05/05/2024 10:00:00"])
    assert found == [None, None, "2024-05-05T09:00:00.000Z"]
    assert codes["day_month_order_unknown"] == 2


def test_seconds_that_may_begin_with_1970_or_2001_are_not_guessed(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["716389200", "716475600.5"])
    assert (found, codes) == ([None, None], {"epoch_unknown": 2})
    # one that lies behind 2001 either way tells what the column counts from, as does one before the first iPhone
    found, codes = instants(tmp_path, ["716389200", "1720430130"])
    assert (found[1], "epoch_unknown" in codes) == ("2024-07-08T09:15:30.000Z", False)
    found, codes = instants(tmp_path, ["716389200", "100000000"])
    assert (found[1], "epoch_unknown" in codes) == ("1973-03-03T09:46:40.000Z", False)


def test_dates_that_contradict_each_other_decide_nothing(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["03/04/2024 10:00", "13/04/2024 10:00", "04/13/2024 10:00"])
    assert found == [None, "2024-04-13T09:00:00.000Z", "2024-04-13T09:00:00.000Z"]
    assert codes["day_month_order_unknown"] == 1


def test_the_submitter_states_the_order(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["03/04/2024 10:00:00"], date_order="month_first")
    assert found == ["2024-03-04T10:00:00.000Z"]
    assert "sidecar_disagrees" not in codes


def test_a_stated_order_that_the_column_contradicts_is_not_used_and_said(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["03/04/2024 10:00", "13/04/2024 10:00"], date_order="month_first")
    assert found[0] == "2024-04-03T09:00:00.000Z"
    assert codes["sidecar_disagrees"] == 1


def test_another_column_of_the_file_tells_what_one_does_not(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date received,Date sent,Number,Message,Direction\n03/04/2024 10:00,13/03/2024 10:00,07700900123,hi,In\n",
    )
    (message,) = messages_of(result)
    assert message.time.utc == "2024-04-03T09:00:00.000Z"
    assert message.times.sent is not None
    assert message.times.sent.utc == "2024-03-13T10:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "utc", "offset", "basis"),
    [
        ("14/09/2023 16:49:42(UTC+1)", "2023-09-14T15:49:42.000Z", 60, ClockBasis.STATED_OFFSET),
        ("9/14/2023 4:49:42 PM(UTC+0)", "2023-09-14T16:49:42.000Z", 0, ClockBasis.STATED_OFFSET),
        ("2023-09-14 16:49:42.123456+05:30", "2023-09-14T11:19:42.123Z", 330, ClockBasis.STATED_OFFSET),
        ("2023-09-14T16:49:42Z", "2023-09-14T16:49:42.000Z", 0, ClockBasis.STATED_UTC),
        ("14 Sep 2023 16:49", "2023-09-14T15:49:00.000Z", None, ClockBasis.ASSUMED_ZONE),
        ("14/09/2023 16:49:42 (Network)", "2023-09-14T15:49:42.000Z", None, ClockBasis.NETWORK),
        ("9/14/2023 4:49:42 PM UTC+1 (Device)", "2023-09-14T15:49:42.000Z", 60, ClockBasis.STATED_OFFSET),
        ("2023-09-14 16:49:42 BST", "2023-09-14T15:49:42.000Z", 60, ClockBasis.STATED_OFFSET),
        ("1694710182000", "2023-09-14T16:49:42.000Z", 0, ClockBasis.STATED_UTC),
        ("1694710182", "2023-09-14T16:49:42.000Z", 0, ClockBasis.STATED_UTC),
        ("45183.70118055555", "2023-09-14T15:49:42.000Z", None, ClockBasis.ASSUMED_ZONE),
        ("29/10/2023 01:30:00", "2023-10-29T00:30:00.000Z", None, ClockBasis.ASSUMED_ZONE),
    ],
)
def test_forms_of_time(tmp_path: Path, text: str, utc: str, offset: int | None, basis: ClockBasis) -> None:
    (message,) = messages_of(read_text(tmp_path, f"Time,Number,Message\n{text},07700900123,hi\n"))
    assert (message.time.raw, message.time.utc, message.time.offset_minutes, message.time.basis) == (
        text,
        utc,
        offset,
        basis,
    )


@pytest.mark.parametrize("text", ["14/09/2023", "16:49:42", "yesterday", "31/02/2024 10:00:00", "14/09/2023 25:00:00"])
def test_what_is_no_instant_stays_as_written(tmp_path: Path, text: str) -> None:
    found, codes = instants(tmp_path, [text])
    assert found == [None]
    assert codes["time_unreadable"] == 1


def test_digits_without_marks_are_read_cell_by_cell(tmp_path: Path) -> None:
    written = ["20240213184500", "13/02/2024 18:46", "20240213T184700Z", "202402131848", "1707850140000", "1707850200"]
    found, _ = instants(tmp_path, written)
    assert found == [f"2024-02-13T18:{minute}:00.000Z" for minute in (45, 46, 47, 48, 49, 50)]
    assert instants(tmp_path, ["202402131848", "202402131849"])[0] == [
        "2024-02-13T18:48:00.000Z",
        "2024-02-13T18:49:00.000Z",
    ]
    assert instants(tmp_path, ["20241313184500", "13/02/2024 18:46"])[0][0] is None


def test_an_absent_time_is_null(tmp_path: Path) -> None:
    found, codes = instants(tmp_path, ["", "2024-01-02 10:00:00"])
    assert found == [None, "2024-01-02T10:00:00.000Z"]
    assert codes == {"zone_assumed": 1}


@pytest.mark.parametrize("order", [("Date", "Time"), ("Time", "Date"), ("Timestamp: Date", "Timestamp: Time")])
def test_day_and_time_of_day_in_two_columns(tmp_path: Path, order: tuple[str, str]) -> None:
    cells = {"Date": "14/09/2023", "Time": "16:49:42(UTC+1)", "Timestamp: Date": "14/09/2023"}
    cells["Timestamp: Time"] = "14/09/2023 16:49:42(UTC+1)"
    row = ",".join(cells[heading] for heading in order)
    (message,) = messages_of(read_text(tmp_path, f"{','.join(order)},Number,Message\n{row},07700900123,hi\n"))
    assert message.time.raw == "14/09/2023 16:49:42(UTC+1)"
    assert message.time.utc == "2023-09-14T15:49:42.000Z"


def test_zone_and_order_of_a_heading_hold_for_its_column(tmp_path: Path) -> None:
    heading = "Message Sent Date/Time - UTC+01:00 (dd/MM/yyyy)"
    result = read_text(tmp_path, f"From,{heading},Message\n07700900123,03/04/2024 10:00:00,hi\n")
    (message,) = messages_of(result)
    assert (message.time.raw, message.time.utc) == ("03/04/2024 10:00:00", "2024-04-03T09:00:00.000Z")
    assert message.time.basis is ClockBasis.STATED_OFFSET
    assert codes_of(result) == {}


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        ("13/02/2024 00:00:00", "22:00", "2024-02-13T22:00:00.000Z"),
        ("2024-07-13 00:00:00.000", "10:00:05 PM", "2024-07-13T21:00:05.000Z"),
        ("13/02/2024", "1899-12-30 22:00:00", "2024-02-13T22:00:00.000Z"),
        ("13/02/2024 00:00", "30/12/1899 22:00:00", "2024-02-13T22:00:00.000Z"),
        ("13/02/2024 00:00", "30/12/1899 00:00:00", "2024-02-13T00:00:00.000Z"),
        ("13/02/2024", "2200", "2024-02-13T22:00:00.000Z"),
        ("13 Feb 2024", "2200hrs", "2024-02-13T22:00:00.000Z"),
        ("Tuesday 13 February 2024", "22.00", "2024-02-13T22:00:00.000Z"),
    ],
)
def test_a_day_and_a_time_of_day_as_databases_hold_them(tmp_path: Path, day: str, time: str, utc: str) -> None:
    result = read_text(tmp_path, f"Date,Time,Number,Message\n{day},{time},07700900123,hi\n")
    (message,) = messages_of(result)
    assert (message.time.raw, message.time.utc) == (f"{day} {time}", utc)
    assert "time_unreadable" not in codes_of(result)


def test_a_workbooks_day_at_midnight_and_its_time_of_day_are_one_time(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        shape = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ("Date", "Time", "Number", "Message"))
        for row, share in enumerate((22 / 24, 0.5), start=1):
            sheet.write_number(row, 0, 45335, shape)
            sheet.write_row(row, 2, ("07700900123", "hi"))
            sheet.write_number(row, 1, share, *([shape] if row == 1 else []))

    messages = messages_of(read_file(written(tmp_path / "a.xlsx", fill)))
    assert [message.time.utc for message in messages] == ["2024-02-13T22:00:00.000Z", "2024-02-13T12:00:00.000Z"]


def test_a_weekday_in_a_column_of_its_own_stays_beside_the_time(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Day,Date,Time,Number,Message\nTue,13/02/2024,22:00,07700900123,hi\n")
    (message,) = messages_of(result)
    assert (message.time.raw, message.time.utc) == ("13/02/2024 22:00", "2024-02-13T22:00:00.000Z")
    assert message.extra == (("Day", "Tue"),)


def test_of_two_times_the_one_with_a_zone_is_read_and_the_other_is_kept(tmp_path: Path) -> None:
    row = "13/07/2024 22:00,13/07/2024 21:00,13/07/2024 22:05,13/07/2024 22:06,07700900123,hi\n"
    result = read_text(tmp_path, f"Local Time,Time (UTC),Date received,Time received,Number,Message\n{row}")
    (message,) = messages_of(result)
    assert (message.time.utc, message.time.basis) == ("2024-07-13T21:00:00.000Z", ClockBasis.STATED_UTC)
    assert message.times.received is not None
    assert message.times.received.raw == "13/07/2024 22:05"
    assert message.extra == (("Local Time", "13/07/2024 22:00"), ("Time received", "13/07/2024 22:06"))


@pytest.mark.parametrize(
    "text",
    ["13/02/2024 2200hrs", "13/02/2024, 22:00 hrs", "13/02/2024 at 22:00", "13/02/2024 - 22:00", "13th Feb 2024 22:00"],
)
def test_what_people_write_around_the_numbers_of_a_time(tmp_path: Path, text: str) -> None:
    found, _ = instants(tmp_path, [text])
    assert found == ["2024-02-13T22:00:00.000Z"]


@pytest.mark.parametrize(
    ("heading", "utc", "basis"),
    [
        ("Date & Time (BST)", "2024-07-13T21:00:00.000Z", ClockBasis.STATED_OFFSET),
        ("UTC Timestamp", "2024-07-13T22:00:00.000Z", ClockBasis.STATED_UTC),
        ("Time (local)", "2024-07-13T21:00:00.000Z", ClockBasis.ASSUMED_ZONE),
        ("Time (GMT/BST)", "2024-07-13T21:00:00.000Z", ClockBasis.ASSUMED_ZONE),
        ("Date/Time - 24hrs", "2024-07-13T21:00:00.000Z", ClockBasis.ASSUMED_ZONE),
    ],
)
def test_a_heading_of_times_says_whose_clock_it_is(tmp_path: Path, heading: str, utc: str, basis: ClockBasis) -> None:
    result = read_text(tmp_path, f"{heading},Number,Message\n13/07/2024 22:00,07700900123,hi\n")
    (message,) = messages_of(result)
    assert (message.time.utc, message.time.basis) == (utc, basis)


@pytest.mark.parametrize("word", ["N/A", "n/a", "-", "none", "null"])
def test_a_word_for_no_time_is_no_time_that_cannot_be_read(tmp_path: Path, word: str) -> None:
    text = f"Time,Received Timestamp,Number,Direction,Text\n2024-01-02T10:00:00Z,{word},07700900123,In,a\n"
    result = read_text(tmp_path, text)
    (message,) = messages_of(result)
    assert (message.time.utc, message.times.received) == ("2024-01-02T10:00:00.000Z", None)
    assert dict(message.extra)["Received Timestamp"] == word
    assert "time_unreadable" not in codes_of(result)


@pytest.mark.parametrize("last", ["1", "2"])
def test_what_stands_for_no_time_is_kept_beside_its_own_row_alone(tmp_path: Path, last: str) -> None:
    result = read_text(
        tmp_path,
        "Time,Number,Message,Record ID\n"
        "n/a,07700900123,u about,1\n"
        f"2024-04-13 10:00:00,07700900123,5 mins,{last}\n"
        "2024-04-13 10:01:00,07700900456,u about,1\n"
        f"n/a,07700900456,yes,{last}\n",
    )
    assert [message.extra for message in messages_of(result)] == [
        (("Time", "n/a"), ("Record ID", "1")),
        (("Record ID", last),),
        (("Record ID", "1"),),
        (("Time", "n/a"), ("Record ID", last)),
    ]


@pytest.mark.parametrize(("unit", "rest"), [(10**6, "123999"), (10**9, "123999999")])
def test_counts_of_parts_of_a_second_are_read_where_the_whole_column_is_such(
    tmp_path: Path, unit: int, rest: str
) -> None:
    found, codes = instants(tmp_path, [str(1_721_728_800 * unit), f"1721728801{rest}"])
    assert found == ["2024-07-23T10:00:00.000Z", "2024-07-23T10:00:01.123Z"]
    assert "zone_assumed" not in codes
    found, codes = instants(tmp_path, [str(1_721_728_800 * unit), "2024-07-23 11:00:00"])
    assert found == [None, "2024-07-23T10:00:00.000Z"]
    assert codes["time_unreadable"] == 1


@FEW
@given(st.integers(1_000_000_000_000, 1_999_999_999_999), st.integers(0, 999_999))
@example(1_111_058_000_000, 0)
def test_counts_of_any_unit_are_the_same_instant(milliseconds: int, rest: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    for count in (f"{milliseconds}", f"{milliseconds}{rest // 1_000:03}", f"{milliseconds}{rest:06}"):
        (message,) = messages_of(read_content(f"Date,From,Text\n{count},07700 900123,on tonight\n", "t.csv"))
        assert message.time.utc == f"{at:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1_000:03}Z"
        assert message.time.raw == count


SECONDS = 1_694_630_662
TO_2001, FROM_1601 = 978_307_200, 11_644_473_600


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("Unix time (ms)", SECONDS * 1_000),
        ("Unix time", SECONDS),
        ("date_ms", SECONDS * 1_000),
        ("Epoch", SECONDS),
        ("Mac absolute time", SECONDS - TO_2001),
        ("apple_timestamp", (SECONDS - TO_2001) * 10**9),
        ("FILETIME", (SECONDS + FROM_1601) * 10**7),
        ("WebKit time", (SECONDS + FROM_1601) * 10**6),
    ],
)
def test_a_heading_says_what_counts_begin_with(tmp_path: Path, heading: str, count: int) -> None:
    found, codes = instants(tmp_path, [str(count), f"{count + 0}"], heading=heading)
    assert found == ["2023-09-13T18:44:22.000Z"] * 2
    assert not codes.keys() & {"epoch_unknown", "time_not_read", "time_unreadable"}


@given(st.integers(10**9, 2 * 10**9), st.integers(0, 999))
def test_a_count_says_one_instant_whatever_it_begins_with(second: int, millisecond: int) -> None:
    expected = second * 1_000 + millisecond
    assert milliseconds_since_1970(str(expected), Epoch.UNIX) == expected
    assert milliseconds_since_1970(str((second + FROM_1601) * 10**7 + millisecond * 10**4), Epoch.WINDOWS) == expected
    assert milliseconds_since_1970(str((second + FROM_1601) * 10**6 + millisecond * 10**3), Epoch.WEBKIT) == expected
    if second > TO_2001 + 10**8:
        since_2001 = (second - TO_2001) * 10**9 + millisecond * 10**6
        assert milliseconds_since_1970(str(since_2001), Epoch.APPLE) == expected


def test_a_table_of_which_no_column_is_its_time_says_so(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Quando,From,To,Text\n13/02/2024 10:00,07700900123,07700900456,hi\n")
    (notice,) = [each for each in result.notices if each.code == "time_not_read"]
    assert (notice.count, notice.subject) == (1, "Quando")
    result = read_text(tmp_path, "Name,From,To,Text\nJay,07700900123,07700900456,hi\n")
    assert "time_not_read" not in codes_of(result)


def test_times_that_are_not_understood_are_named_with_the_first(tmp_path: Path) -> None:
    rows = "".join(f"2024-02-13 10:0{n}:00 PDT,07700900123,07700900456,hi\n" for n in range(5))
    result = read_text(tmp_path, f"Time,From,To,Text\n{rows}")
    (notice,) = [each for each in result.notices if each.code == "time_unreadable"]
    assert notice.count == 5
    assert notice.subject == ", ".join(f"2024-02-13 10:0{n}:00 PDT" for n in range(3))


@pytest.mark.parametrize("time", ["13/04/2024 164900", "13/04/2024 1649", "2024-04-13 164900"])
def test_a_time_of_day_without_marks_behind_its_day(tmp_path: Path, time: str) -> None:
    assert instants(tmp_path, [time])[0] == ["2024-04-13T15:49:00.000Z"]


@pytest.mark.parametrize("heading", ["Time (hrs)", "Time (24 hours)"])
def test_hours_and_minutes_without_a_mark_beside_their_day(tmp_path: Path, heading: str) -> None:
    result = read_text(tmp_path, f"Date,{heading},From,To,Text\n13/04/2024,1649,07700900123,07700900456,hi\n")
    assert messages_of(result)[0].time.utc == "2024-04-13T15:49:00.000Z"


def read_sheet_of_dates(tmp_path: Path, days: list[tuple[int, int] | str]) -> tuple[list[str | None], dict[str, int]]:
    """Read a column of dates (month and day), and of texts."""

    def fill(sheet: Worksheet, book: Workbook) -> None:
        shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["Date", "From", "To", "Message"])
        for row, day in enumerate(days, start=1):
            if isinstance(day, str):
                sheet.write_string(row, 0, day)
            else:
                sheet.write_datetime(row, 0, datetime(2024, *day, 10), shown)  # noqa: DTZ001 - a cell has no zone
            sheet.write_row(row, 1, ["+447700900123", "+447700900456", "hi"])

    path = tmp_path / "t.xlsx"
    book = Workbook(path)
    fill(book.add_worksheet(), book)
    book.close()
    result = read_file(path)
    return [message.time.utc for message in messages_of(result)], codes_of(result)


def test_dates_that_a_program_turned_round_where_it_could_have_no_instant(tmp_path: Path) -> None:
    found, codes = read_sheet_of_dates(tmp_path, [(3, 2), "13/02/2024 10:00", (5, 5), (1, 12), "28/02/2024 10:00"])
    assert found == [None, "2024-02-13T10:00:00.000Z", "2024-05-05T09:00:00.000Z", None, "2024-02-28T10:00:00.000Z"]
    assert codes["dates_turned"] == 2
    # one date with a day above 12, or one text without, shows that it is something else
    for other in ((2, 13), "03/02/2024 10:00"):
        found, codes = read_sheet_of_dates(tmp_path, [(3, 2), "13/02/2024 10:00", other])
        assert (found[0], "dates_turned" in codes) == ("2024-03-02T10:00:00.000Z", False)


@pytest.mark.parametrize(
    ("heading", "time", "utc"),
    [
        ("Timestamp Date/Time - UTC+00:00 (dd/MM/yyyy)", "03/07/2023 17:45:00", "2023-07-03T17:45:00.000Z"),
        ("Received Date/Time - (UTC) (MM/dd/yyyy)", "07/03/2023 05:45:00 PM", "2023-07-03T17:45:00.000Z"),
        ("Received Date/Time - UTC+01:00 (dd.MM.yyyy)", "03.07.2023 18:45:00", "2023-07-03T17:45:00.000Z"),
        ("Received Date/Time - UTC+00:00 (yyyy-MM-dd)", "2023-07-03 17:45:00", "2023-07-03T17:45:00.000Z"),
        ("isodate", "2023-07-03 17:45:00.000000", "2023-07-03T17:45:00.000Z"),
    ],
)
def test_zone_and_order_that_a_heading_states(tmp_path: Path, heading: str, time: str, utc: str) -> None:
    assert instants(tmp_path, [time], heading=heading) == ([utc], {})


def test_nothing_is_counted_under_a_zero(tmp_path: Path) -> None:
    rows = "07700900601,1694627220000,0,2,a\n07700900601,1694627100000,1694627099000,1,b\n"
    text = f"address,date,date_sent,type,body\n{rows}"
    result = read_text(tmp_path, text)
    went, came = messages_of(result)
    assert (went.times.sent, ("date_sent", "0") in went.extra) == (None, True)
    assert came.times.sent is not None
    assert came.times.sent.utc == "2023-09-13T17:44:59.000Z"
    assert "time_unreadable" not in codes_of(result)


@pytest.mark.parametrize("head", ["Created,Date/Time", "Date/Time,Created", "Created,Date", "Created,Timestamp"])
def test_when_a_row_was_made_is_not_when_it_was_sent(tmp_path: Path, head: str) -> None:
    made, sent = "14/02/2025 10:11:00", "16/07/2024 09:30:10"
    cells = ",".join(made if each == "Created" else sent for each in head.split(","))
    for further in ("", " UTC"):
        row = cells.replace(made, made + further)
        (message,) = messages_of(read_text(tmp_path, f"{head},Direction,Number,Message\n{row},in,07700900123,hi\n"))
        assert (message.time.raw, message.time.utc) == (sent, "2024-07-16T08:30:10.000Z")
        assert ("Created", made + further) in message.extra


@pytest.mark.parametrize("head", ["Created,Timestamp", "Timestamp,Created", "Created,Date/Time"])
def test_when_a_row_was_made_is_the_time_of_rows_that_have_no_other(tmp_path: Path, head: str) -> None:
    made, sent = "14/02/2025 10:11:00", "1721118610"
    rows = ""
    for time in ("", sent, "n/a"):
        cells = ",".join(made if each == "Created" else time for each in head.split(","))
        rows += f"{cells},in,07700900123,hi {time}\n"
    messages = messages_of(read_text(tmp_path, f"{head},Direction,Number,Message\n{rows}"))
    none, whole, word = [(each.time.raw, each.time.utc) for each in messages]
    assert none == word == (made, "2025-02-14T10:11:00.000Z")
    assert whole == (sent, "2024-07-16T08:30:10.000Z")
    assert [("Created", made) in each.extra for each in messages] == [False, True, False]


def test_when_a_row_was_made_does_not_tell_the_hour_of_another_day(tmp_path: Path) -> None:
    rows = "14/02/2025 10:11:00,16/07/2024,in,07700900123,hi\n14/02/2025 10:12:00,,in,07700900123,yo\n"
    day, made = messages_of(read_text(tmp_path, f"Created,Date,Direction,Number,Message\n{rows}"))
    assert (day.time.raw, day.time.utc) == ("16/07/2024", None)
    assert ("Created", "14/02/2025 10:11:00") in day.extra
    assert made.time.utc == "2025-02-14T10:12:00.000Z"


def test_when_a_row_was_made_is_its_time_where_nothing_else_is(tmp_path: Path) -> None:
    for head, cells in (("Created", "14/02/2025 10:11:00"), ("Created,Time", "14/02/2025 10:11:00,10:11")):
        (message,) = messages_of(read_text(tmp_path, f"{head},Direction,Number,Message\n{cells},in,07700900123,hi\n"))
        assert message.time.utc == "2025-02-14T10:11:00.000Z"
    row = "14/02/2025 10:11,16/07/2024,09:30,in,07700900123,hi"
    (message,) = messages_of(read_text(tmp_path, f"Created,Date,Time,Direction,Number,Message\n{row}\n"))
    assert message.time.utc == "2024-07-16T08:30:00.000Z"


@pytest.mark.parametrize("tail", [" 12:00:05", " 12:00", ""])
def test_dates_of_a_text_that_a_program_turned_round_have_no_instant(tmp_path: Path, tail: str) -> None:
    found, codes = instants(tmp_path, [f"2024-07-05{tail}", "16/07/2024 18:45:00", f"2024-05-05{tail}"])
    assert (found[0], found[1]) == (None, "2024-07-16T17:45:00.000Z")
    assert codes["dates_turned"] == 1
    found, codes = instants(tmp_path, [f"'2024-07-05{tail}", "'16/07/2024 18:45:00"])
    assert (found[0], codes["dates_turned"]) == (None, 1)
    # a day above 12, a text that is none, a zone or what no such program writes shows that they are as they were
    for other in (f"2024-07-16{tail}", "05/07/2024 18:45:00"):
        _, codes = instants(tmp_path, [f"2024-07-05{tail}", "16/07/2024 18:45:00", other])
        assert "dates_turned" not in codes
    for kept in ("2024-07-05T12:00:05", "2024-07-05 12:00:05Z"):
        found, codes = instants(tmp_path, [kept, "16/07/2024 18:45:00"])
        assert (found[0] is None, "dates_turned" in codes) == (False, False)


def test_a_time_in_armour_against_spreadsheet_programs(tmp_path: Path) -> None:
    for time in ("16/07/2024 09:30:15", "2024-07-16 09:30:15", "1721118615000", "45489.3960069444"):
        for raw in (f'="{time}"', f"'{time}", f"'{time}'"):
            cell = raw.replace('"', '""')
            row = f'"{cell}",in,07700900123,hi'
            result = read_text(tmp_path, f"Time,Direction,Number,Message\n{row}\n")
            (message,) = messages_of(result)
            assert message.time.raw == raw
            assert message.time.utc == "2024-07-16T08:30:15.000Z"
            assert "time_unreadable" not in codes_of(result)
    row = '"=""16/07/2024""","=""09:30:15""",in,07700900123,hi'
    (message,) = messages_of(read_text(tmp_path, f"Date,Time,Direction,Number,Message\n{row}\n"))
    assert message.time.utc == "2024-07-16T08:30:15.000Z"


def test_days_with_a_decimal_comma(tmp_path: Path) -> None:
    rows = "45489,3960069444;in;07700900123;hi\n45490;in;07700900123;hi\n"
    one, two = messages_of(read_text(tmp_path, f"Time;Direction;Number;Message\n{rows}"))
    assert (one.time.raw, one.time.utc) == ("45489,3960069444", "2024-07-16T08:30:15.000Z")
    assert two.time.utc == "2024-07-16T23:00:00.000Z"


def test_a_count_that_lost_its_digits_is_read_where_it_is_printed_for_people(tmp_path: Path) -> None:
    head = "address,date,type,body,readable_date"
    rows = "07700900123,1.70540E+12,1,hi,16 Jan 2024 09:30:15\n07700900123,1721118615000,1,hi,Jul 16\n"
    rounded, whole = messages_of(result := read_text(tmp_path, f"{head}\n{rows}"))
    assert (rounded.time.raw, rounded.time.utc) == ("16 Jan 2024 09:30:15", "2024-01-16T09:30:15.000Z")
    assert ("date", "1.70540E+12") in rounded.extra
    assert (whole.time.utc, whole.time.basis) == ("2024-07-16T08:30:15.000Z", ClockBasis.STATED_UTC)
    assert ("readable_date", "Jul 16") in whole.extra
    assert "time_unreadable" not in codes_of(result)
    (alone,) = messages_of(read_text(tmp_path, "address,readable_date,type,body\n07700900123,16 Jan 2024 09:30,1,hi\n"))
    assert alone.time.utc == "2024-01-16T09:30:00.000Z"


@pytest.mark.parametrize(
    "time",
    [
        "16/07/2024 09:05:30 (BST)",
        "16/07/2024 09:05:30 [BST]",
        "16/07/2024 09:05:30 (UTC +1)",
        "16/07/2024 09:05:30 [UTC+1]",
        "16/07/2024 09:05:30 UTC +01:00",
        "16/07/2024 09:05:30 GMT Daylight Time",
        "16/07/2024 09:05:30 (GMT Summer Time)",
        "16/07/2024 09:05:30 UK time",
        "16/07/2024 08:05:30 Zulu",
        "16/07/2024 08:05:30Zulu",
        "Tue Jul 16 09:05:30 BST 2024",
        "Tue Jul 16 10:05:30 CEST 2024",
        "16Jul2024 09:05:30 BST",
        "16/07/2024 @ 09:05:30 BST",
        "16/07/2024 09:05:30:000 +0100",
        "2024-07-16 09:05:30:000+01:00",
        "2024-07-16 05:05:30 \u221203:00",
        "16/07/2024 05:05:30 UTC\u22123",
    ],
)
def test_offsets_as_people_and_programs_write_them(tmp_path: Path, time: str) -> None:
    found, codes = instants(tmp_path, [time])
    assert (found, codes) == (["2024-07-16T08:05:30.000Z"], {})


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("16/07/2024 9:05a", "2024-07-16T08:05:00.000Z"),
        ("16/07/2024 9:05p", "2024-07-16T20:05:00.000Z"),
        ("16Jul2024 09:05", "2024-07-16T08:05:00.000Z"),
        ("16Jul24 0905", "2024-07-16T08:05:00.000Z"),
        ("16/07/2024 09:05:30:250", "2024-07-16T08:05:30.250Z"),
        ("160805ZJUL24", "2024-07-16T08:05:00.000Z"),
        ("1er mai 2024 09:05", "2024-05-01T08:05:00.000Z"),
        ("16/07/2024 09:05:30 DST", None),
        ("16/07/2024 09:05:30 GMT Standard Time", None),
    ],
)
def test_times_as_people_write_them(tmp_path: Path, time: str, utc: str | None) -> None:
    assert instants(tmp_path, [time])[0] == [utc]


def test_a_cell_that_names_summer_time_holds_before_its_heading(tmp_path: Path) -> None:
    assert instants(tmp_path, ["16/07/2024 09:05:30 (BST)"], heading="Time (UTC)")[0] == ["2024-07-16T08:05:30.000Z"]


def test_a_table_of_which_no_time_is_understood_is_not_whole(tmp_path: Path) -> None:
    rows = "".join(f"{time},in,07700900123,hi\n" for time in ("soon", "30:15.0"))
    result = read_text(tmp_path, f"Date/Time,Direction,Number,Message\n{rows}")
    assert {message.time.utc for message in messages_of(result)} == {None}
    (notice,) = [each for each in result.notices if each.code == "times_not_read"]
    assert (notice.count, notice.subject) == (2, "Date/Time")
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    # one that is read, or of which only day and month are open, shows a column of times
    for other in ("16/07/2024 09:05", "03/04/2024 09:05"):
        result = read_text(tmp_path, f"Date/Time,Direction,Number,Message\n{rows}{other},in,07700900123,hi\n")
        assert "times_not_read" not in codes_of(result)
    # so does one of another exhibit in the same table
    rows = "soon,in,07700900123,hi,B/2\n16/07/2024 09:05,in,07700900123,hi,A/1\n"
    result = read_text(tmp_path, f"Date/Time,Direction,Number,Message,Exhibit\n{rows}")
    assert "times_not_read" not in codes_of(result)
    rows = rows.replace("16/07/2024 09:05", "later")
    result = read_text(tmp_path, f"Date/Time,Direction,Number,Message,Exhibit\n{rows}")
    assert [each.count for each in result.notices if each.code == "times_not_read"] == [1, 1]
