"""Day and month are told by the whole file, by the submitter, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parsers.contract import Sidecar
from parsers.formats.whatsapp_text.line_starts import read_start
from tests.unit.parsers.formats.whatsapp_text.made_chats import codes_of, messages_of, read_lines


def instants(folder: Path, *starts: str, **more: Any) -> list[str | None]:
    lines = "".join(f"{start}Jay: text {number}\n" for number, start in enumerate(starts))
    return [message.time.utc for message in messages_of(read_lines(folder, lines, **more))]


@pytest.mark.parametrize(
    ("starts", "first"),
    [
        (("25/12/2023, 14:05 - ",), "2023-12-25T14:05:00.000Z"),
        (("[25/12/2023, 14:05:01] ",), "2023-12-25T14:05:01.000Z"),
        (("\u200e[12/25/23, 2:05:01\u202fPM] ",), "2023-12-25T14:05:01.000Z"),
        (("12/25/23, 12:05\u202fAM - ",), "2023-12-25T00:05:00.000Z"),
        (("12/25/23, 12:05 pm - ",), "2023-12-25T12:05:00.000Z"),
        (("15.04.2016, 15:04 - ",), "2016-04-15T14:04:00.000Z"),
        (("05.04.16, 15:04 - ",), "2016-04-05T14:04:00.000Z"),
        (("01/20/19, 11:23 - ",), "2019-01-20T11:23:00.000Z"),
        (("[01/20/19 11:23] ",), "2019-01-20T11:23:00.000Z"),
        (("01.20.19, 11:23 - ",), "2019-01-20T11:23:00.000Z"),
        (
            ("01.01.2019, 11:23 a. m. - ", "01.20.2019, 1:00 a. m. - ", "01.30.2019, 1:00 a. m. - "),
            "2019-01-01T11:23:00.000Z",
        ),
        (
            ("[02.01.19 11:23] ", "[02.14.19 11:23] ", "[02.20.19 11:23] ", "[39.39.19 11:23] "),
            "2019-02-01T11:23:00.000Z",
        ),
        (("04.03.2024, 10:00 - ", "04.04.2024, 10:00 - "), "2024-03-04T10:00:00.000Z"),
        (("01/20/2019, 11:23 a. m. - ",), "2019-01-20T11:23:00.000Z"),
        (("20/1/2019, 8:49 p.\u00a0m. - ",), "2019-01-20T20:49:00.000Z"),
        (("2019/01/20, 11:23 - ",), "2019-01-20T11:23:00.000Z"),
        (("2019-10-20, 10:16 - ",), "2019-10-20T09:16:00.000Z"),
        (("20.1.2019 klo 11.23 - ",), "2019-01-20T11:23:00.000Z"),
        (("2024-03-12, 14 h 05 - ",), "2024-03-12T14:05:00.000Z"),
        (("[2024-03-12 9 h 05 min 07 s] ",), "2024-03-12T09:05:07.000Z"),
        (("13/3/2567, 14:05 - ",), "2024-03-13T14:05:00.000Z"),
        (("[3/18/2565 BE, 14:56:01] ",), "2022-03-18T14:56:01.000Z"),
        (("[18/3/65 \u0e1e.\u0e28. 14:56:01] ",), "2022-03-18T14:56:01.000Z"),
        (("[3/18/R4, 14:56:01] ",), "2022-03-18T14:56:01.000Z"),
        (("[R1/5/18 14:56:01] ", "[R4/3/18 14:56:01] "), "2019-05-18T13:56:01.000Z"),
        (("[H29/3/18 14:56:01] ", "[R4/3/18 14:56:01] "), "2017-03-18T14:56:01.000Z"),
        (("24/3/14, 13:59:59: ",), "2014-03-24T13:59:59.000Z"),
        (("3/24/14, 1:59:59 PM: ",), "2014-03-24T13:59:59.000Z"),
        (("13/12/2012 17:03:48: ",), "2012-12-13T17:03:48.000Z"),
        (("[29/2/2567 14:05:01] ",), "2024-02-29T14:05:01.000Z"),
        (("2019. 1. 20. \uc624\ud6c4 1:23 - ",), "2019-01-20T13:23:00.000Z"),
        (("25.12.2023, 2:05 MD - ",), "2023-12-25T14:05:00.000Z"),
        (("25.12.2023, 2:05 PD - ",), "2023-12-25T02:05:00.000Z"),
        (("25/12/2023, 2:05 GD - ",), "2023-12-25T14:05:00.000Z"),
        (("25/12/23, 2:05 \u0a2c\u0a3e.\u0a26\u0a41. - ",), "2023-12-25T14:05:00.000Z"),
        (("2023/12/25 \u665a\u4e0a8:05 - ",), "2023-12-25T20:05:00.000Z"),
        (("[15-01-20 02:22:56] ", "[15-01-21 02:22:56] ", "[15-02-22 02:22:56] "), "2015-01-20T02:22:56.000Z"),
        (("[20-01-15 02:22:56] ", "[21-01-15 02:22:56] ", "[22-01-15 02:22:56] "), "2015-01-20T02:22:56.000Z"),
        (("04/03/2024, 10:00 - ", "04/04/2024, 10:00 - ", "13/04/2024, 10:00 - "), "2024-03-04T10:00:00.000Z"),
        (("05/05/2024, 10:00 - ",), "2024-05-05T09:00:00.000Z"),
        # Month first would let the chat run backwards: 1 December, then 2 January of the same year.
        (("12/01/2024, 10:00 - ", "01/02/2024, 10:00 - "), "2024-01-12T10:00:00.000Z"),
    ],
)
def test_what_the_file_shows(tmp_path: Path, starts: tuple[str, ...], first: str) -> None:
    assert instants(tmp_path, *starts)[0] == first


def test_a_line_that_came_late_is_outweighed_by_dates_that_no_calendar_has(tmp_path: Path) -> None:
    starts = ("12/25/23, 2:05 PM - ", "12/25/23, 12:06 PM - ", "1/2/24, 12:06 PM - ")
    assert instants(tmp_path, *starts)[-1] == "2024-01-02T12:06:00.000Z"


def test_what_the_file_does_not_show_is_not_guessed(tmp_path: Path) -> None:
    lines = "03/04/2024, 10:00 - Jay: one\n04/04/2024, 10:00 - Jay: two\n"
    result = read_lines(tmp_path, lines)
    first, second = messages_of(result)
    assert (first.time.raw, first.time.utc, first.time.basis.value) == ("03/04/2024, 10:00", None, "none")
    assert second.time.utc == "2024-04-04T09:00:00.000Z"
    assert codes_of(result) == {"day_month_order_unknown": 1}


def test_full_stops_are_read_month_first_by_several_dates_and_not_by_one(tmp_path: Path) -> None:
    lines = ["01.02.19, 10:00 - Jay: one\n", "01.30.19, 10:00 - Bob: two\n", "02.01.19, 10:00 - Jay: three\n"]
    result = read_lines(tmp_path, "".join(lines))
    assert [message.body for message in messages_of(result)] == ["one", "two", "three"]
    assert [message.time.utc for message in messages_of(result)] == [None, "2019-01-30T10:00:00.000Z", None]
    assert codes_of(result) == {"day_month_order_unknown": 2}
    told = messages_of(read_lines(tmp_path, "".join([*lines, "02.28.19, 10:00 - Bob: four\n"])))
    assert [message.time.utc for message in told] == [
        f"2019-{day}T10:00:00.000Z" for day in ("01-02", "01-30", "02-01", "02-28")
    ]
    # Only with the day first would the chat run backwards, which is no proof that the month is.
    starts = ("01.05.19, 10:00 - ", "01.06.19, 10:00 - ", "02.01.19, 10:00 - ")
    assert instants(tmp_path, *starts) == [None] * 3
    assert instants(tmp_path, *starts, sidecar=Sidecar(date_order="month_first"))[2] == "2019-02-01T10:00:00.000Z"


def test_the_submitter_may_say_it(tmp_path: Path) -> None:
    starts = ("03/04/2024, 10:00 - ",)
    assert instants(tmp_path, *starts, sidecar=Sidecar(date_order="day_first")) == ["2024-04-03T09:00:00.000Z"]
    assert instants(tmp_path, *starts, sidecar=Sidecar(date_order="month_first")) == ["2024-03-04T10:00:00.000Z"]


def test_where_the_submitter_and_the_file_disagree_the_file_is_read_and_both_are_told(tmp_path: Path) -> None:
    lines = "25/12/2023, 14:05 - Jay: one\n"
    result = read_lines(tmp_path, lines, sidecar=Sidecar(date_order="month_first"))
    assert messages_of(result)[0].time.utc == "2023-12-25T14:05:00.000Z"
    assert codes_of(result) == {"sidecar_disagrees": 1}


def test_the_name_of_an_attached_file_may_show_it(tmp_path: Path) -> None:
    lines = "03/04/2024, 10:00 - Jay: IMG-20240403-WA0001.jpg (file attached)\n04/04/2024, 10:00 - Jay: two\n"
    assert messages_of(read_lines(tmp_path, lines))[0].time.utc == "2024-04-03T09:00:00.000Z"


def test_one_typed_date_does_not_decide_for_the_others(tmp_path: Path) -> None:
    lines = "".join(f"02/{day:02}/2024, 10:00 - Jay: {day}\n" for day in range(1, 13))
    result = read_lines(tmp_path, lines + "25/12/2023, 09:00 - Bob: never\n")
    moments = [message.time for message in messages_of(result)]
    assert [moment.utc for moment in moments[:12]].count(None) == 11
    assert codes_of(result)["day_month_order_unknown"] == 11


def test_the_first_date_of_a_file_decides_where_the_chat_runs_backwards(tmp_path: Path) -> None:
    starts = ("23/07/2024, 11:00 - ", "03/07/2024, 11:00 - ", "03/12/2024, 10:00 - ")
    assert instants(tmp_path, *starts)[1:] == ["2024-07-03T10:00:00.000Z", "2024-12-03T10:00:00.000Z"]
    starts = ("07/23/2024, 11:00 - ", "07/03/2024, 11:00 - ", "12/03/2024, 10:00 - ")
    assert instants(tmp_path, *starts)[1:] == ["2024-07-03T10:00:00.000Z", "2024-12-03T10:00:00.000Z"]
    # It may be damaged where another date is possible in the other order alone.
    starts = ("23/07/2024, 11:00 - ", "03/07/2024, 11:00 - ", "12/25/2024, 10:00 - ")
    assert instants(tmp_path, *starts)[1] is None


def test_the_sidecars_zone_is_used(tmp_path: Path) -> None:
    starts = ("25/07/2024, 14:05 - ",)
    assert instants(tmp_path, *starts) == ["2024-07-25T13:05:00.000Z"]
    assert instants(tmp_path, *starts, sidecar=Sidecar(time_zone="UTC")) == ["2024-07-25T14:05:00.000Z"]


def test_the_repeated_hour_is_read_as_the_earlier_one_and_is_not_out_of_order(tmp_path: Path) -> None:
    lines = "27/10/2024, 01:50 - Jay: first\n27/10/2024, 01:10 - Jay: second\n27/10/2024, 02:30 - Jay: third\n"
    result = read_lines(tmp_path, lines)
    assert [message.time.utc for message in messages_of(result)] == [
        "2024-10-27T00:50:00.000Z",
        "2024-10-27T00:10:00.000Z",
        "2024-10-27T02:30:00.000Z",
    ]
    assert codes_of(result) == {}


def test_an_impossible_time_stays_as_written(tmp_path: Path) -> None:
    lines = "25/12/2023, 14:05 - Jay: one\n26/12/2023, 99:05 - Jay: two\n31/02/2024, 10:00 - Jay: three\n"
    result = read_lines(tmp_path, lines)
    assert [message.time.utc for message in messages_of(result)] == ["2023-12-25T14:05:00.000Z", None, None]
    assert messages_of(result)[1].time.raw == "26/12/2023, 99:05"
    assert codes_of(result) == {"time_unreadable": 2}


@pytest.mark.parametrize(
    "line",
    ["1/2/3/4, 10:10 - x", "25/12/2023 - x", "[25/12/2023] x", "14:05 - x", "2023/12/2023, 10:00 - x", "", " - "],
)
def test_what_is_no_start(line: str) -> None:
    assert read_start(line) is None


@pytest.mark.parametrize("date", ["1/1/565 BE", "1/1/5 BE", "R2019/5/18", "3/18/R400"])
def test_a_year_that_its_calendar_does_not_write_so_is_no_start(date: str) -> None:
    assert read_start(f"[{date}, 14:56:01] Jay: yo") is None
