"""Times: whose clock, which zone, and which number is the day; told by the whole export, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.bracketed_times import read_time
from parsers.clocks import Clock
from parsers.contract import Sidecar
from parsers.formats.xry_text.times import duration_seconds
from tests.unit.parsers.formats.xry_text.export_text import (
    codes,
    entity,
    export,
    message,
    messages_of,
    read_path,
    read_text,
    stored,
)


def times(folder: Path, *raws: str, sidecar: Sidecar | None = None) -> list[tuple[str | None, int | None, str]]:
    text = export(*(message(number, "x", time=raw) for number, raw in enumerate(raws, 1)))
    found = messages_of(read_text(folder, text, sidecar=sidecar))
    assert [each.time.raw for each in found] == list(raws)
    return [(each.time.utc, each.time.offset_minutes, str(each.time.basis)) for each in found]


@pytest.mark.parametrize(
    ("raw", "utc", "offset", "basis"),
    [
        ("13/09/2023 18:45:00 (Network)", "2023-09-13T17:45:00.000Z", None, "network"),
        ("13/01/2023 18:45:00 (Network)", "2023-01-13T18:45:00.000Z", None, "network"),
        ("13/09/2023 18:45:00 (Device)", "2023-09-13T17:45:00.000Z", None, "device_local"),
        ("13/09/2023 18:45:00", "2023-09-13T17:45:00.000Z", None, "assumed_zone"),
        ("13/09/2023 18:45:00 UTC+4 (Device)", "2023-09-13T14:45:00.000Z", 240, "stated_offset"),
        ("13/09/2023 18:45:00 UTC+01:00 (Network)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 (UTC+1) (Network)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 (+01:00)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 UTC +1 (Network)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 14:45:00 UTC\u22123 (Device)", "2023-09-13T17:45:00.000Z", -180, "stated_offset"),
        ("13/09/2023 18:45:00 UTC (Device)", "2023-09-13T18:45:00.000Z", 0, "stated_utc"),
        ("13/09/2023 18:45:00 BST (Device)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 (BST) (Network)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("9/13/2023 6:45:00 PM BST", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 GMT (Device)", "2023-09-13T18:45:00.000Z", 0, "stated_utc"),
        ("13/09/2023 18:45:00 UTC+1 BST (Device)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 GMT+01:00 BST", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 +01:00 BST", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 BST (UTC+1)", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13-09-2023 18:45 BST", "2023-09-13T17:45:00.000Z", 60, "stated_offset"),
        ("13/09/2023 18:45:00 UTC+2 BST", None, None, "none"),
        ("BST (Device)", None, None, "none"),
        ("13/09/2023 18:45:00 BSTX (Device)", None, None, "none"),
        ("9/13/2023 6:45:00 PM (Device)", "2023-09-13T17:45:00.000Z", None, "device_local"),
        ("9/13/2023 12:05:00 AM UTC-3 (Device)", "2023-09-13T03:05:00.000Z", -180, "stated_offset"),
        ("13.09.2023 18:45:00 (Network)", "2023-09-13T17:45:00.000Z", None, "network"),
        ("2023-09-13 18:45:00 (Network)", "2023-09-13T17:45:00.000Z", None, "network"),
        ("29/10/2023 01:30:00 (Network)", "2023-10-29T00:30:00.000Z", None, "network"),
        ("13.09.2023 18:45:00 UTC+2 (Netzwerk)", "2023-09-13T16:45:00.000Z", 120, "stated_offset"),
        ("13/09/2023 18:45:00 UTC+2 (R\u00e9seau)", "2023-09-13T16:45:00.000Z", 120, "stated_offset"),
        ("13.09.2023 18:45:00 (Ger\u00e4t)", "2023-09-13T17:45:00.000Z", None, "assumed_zone"),
        ("13.09.2023 18:45:00 (Hora del dispositivo)", "2023-09-13T17:45:00.000Z", None, "assumed_zone"),
        ("13/09/2023 18:45:00 UTC+5,5 (Device)", "2023-09-13T13:15:00.000Z", 330, "stated_offset"),
        ("13/09/2023 18:45:00 UTC-3.5", "2023-09-13T22:15:00.000Z", -210, "stated_offset"),
        ("13/09/2023 18:45:00 UTC+5,3 (Device)", None, None, "none"),
        ("13/09/2023 18:45:00 (XYZ)", None, None, "none"),
        ("Meeting 18:45 (pub)", None, None, "none"),
        ("31/02/2023 18:45:00 (Network)", None, None, "none"),
        ("yesterday (Device)", None, None, "none"),
        ("(Network)", None, None, "none"),
    ],
)
def test_clocks_and_offsets(tmp_path: Path, raw: str, utc: str | None, offset: int | None, basis: str) -> None:
    assert times(tmp_path, raw) == [(utc, offset, basis)]


def test_no_time_stays_none(tmp_path: Path) -> None:
    (only,) = messages_of(read_text(tmp_path, export(message(1, "x", tail="Status:\tSent"))))
    assert (only.time.raw, only.time.utc, only.time.basis) == (None, None, "none")


def test_one_date_settles_all_of_the_file(tmp_path: Path) -> None:
    assert [utc for utc, *_ in times(tmp_path, "05/09/2023 10:00:00", "13/09/2023 10:00:00")] == [
        "2023-09-05T09:00:00.000Z",
        "2023-09-13T09:00:00.000Z",
    ]
    assert [utc for utc, *_ in times(tmp_path, "5/9/2023 10:00:00 AM", "9/13/2023 10:00:00 AM")] == [
        "2023-05-09T09:00:00.000Z",
        "2023-09-13T09:00:00.000Z",
    ]


def test_dates_that_tell_nothing_are_not_guessed(tmp_path: Path) -> None:
    text = export(message(1, "x", time="05/09/2023 10:00:00"), message(2, "y", time="06/09/2023 10:00:00"))
    result = read_text(tmp_path, text)
    assert [each.time.utc for each in messages_of(result)] == [None, None]
    assert codes(result) == {"day_month_order_unknown": 2}
    stated = read_text(tmp_path, text, sidecar=Sidecar(date_order="month_first"))
    assert [each.time.utc for each in messages_of(stated)] == ["2023-05-09T09:00:00.000Z", "2023-06-09T09:00:00.000Z"]


def test_what_the_file_shows_holds_before_what_is_stated_of_it(tmp_path: Path) -> None:
    text = export(message(1, "x", time="05/09/2023 10:00:00"), message(2, "y", time="13/09/2023 10:00:00"))
    result = read_text(tmp_path, text, sidecar=Sidecar(date_order="month_first"))
    assert messages_of(result)[0].time.utc == "2023-09-05T09:00:00.000Z"
    assert [each.subject for each in result.notices if each.code == "sidecar_disagrees"] == ["date_order"]


def test_one_stray_date_does_not_decide(tmp_path: Path) -> None:
    raws = [f"{day}/09/2023 10:00:00" for day in range(10, 30)] + ["09/30/2023 10:00:00", "05/09/2023 10:00:00"]
    text = export(*(message(number, "x", time=raw) for number, raw in enumerate(raws, 1)))
    result = read_text(tmp_path, text)
    assert messages_of(result)[-1].time.utc == "2023-09-05T09:00:00.000Z"
    assert messages_of(result)[-2].time.utc == "2023-09-30T09:00:00.000Z"
    assert codes(result)["date_order_mixed"] == 1


def test_dates_that_contradict_each_other_decide_nothing(tmp_path: Path) -> None:
    raws = ("13/09/2023 10:00:00", "09/13/2023 10:00:00", "05/09/2023 10:00:00")
    assert [utc for utc, *_ in times(tmp_path, *raws)] == ["2023-09-13T09:00:00.000Z", "2023-09-13T09:00:00.000Z", None]


def test_a_date_in_a_text_decides_nothing(tmp_path: Path) -> None:
    text = export(
        message(1, "x\nTime:\t09/30/2023 10:00:00", time="05/09/2023 10:00:00"),
        message(2, "Time:\t09/30/2023 10:00:00", time="06/09/2023 10:00:00"),
        message(3, "z", time="07/09/2023 10:00:00"),
    )
    assert [each.time.utc for each in messages_of(read_text(tmp_path, text))] == [None] * 3


def test_a_date_of_another_view_settles_it_too(tmp_path: Path) -> None:
    """One machine wrote the export."""
    folder = tmp_path / "HW7"
    folder.mkdir()
    (folder / "Messages-SMS.txt").write_bytes(stored(export(message(1, "x", time="05/09/2023 10:00:00"))))
    pc = entity("Device", 1, ("Attribute", "PC Clock"), ("Data", "14/09/2023 16:10:42"))
    (folder / "Device-General Information.txt").write_bytes(stored(export(pc, view="Device/General Information")))
    (only,) = messages_of(read_path(folder))
    assert only.time.utc == "2023-09-05T09:00:00.000Z"


def test_the_zone_that_the_submitter_states(tmp_path: Path) -> None:
    assert times(tmp_path, "13/09/2023 18:45:00 (Network)", sidecar=Sidecar(time_zone="Asia/Dubai")) == [
        ("2023-09-13T14:45:00.000Z", None, "network")
    ]


def test_what_was_assumed_is_said_once(tmp_path: Path) -> None:
    raws = ("13/09/2023 18:45:00 (Network)", "13/09/2023 18:45:00 UTC+1 (Network)", "01/01/2000 00:04:00 (Device)", "x")
    text = export(*(message(number, "x", time=raw) for number, raw in enumerate(raws, 1)))
    assert codes(read_text(tmp_path, text)) == {"zone_assumed": 2, "clock_not_set": 1, "time_unreadable": 1}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("00:01:05", 65), ("1:05", 65), ("65", 65), ("65 s", 65), ("00:00:00", 0), ("10:00:00", 36_000),
     ("0:00:05 (h:mm:ss)", 5), ("1.02:03:04", 93_784), ("1 min 5 s", 65), ("1h 2m 3s", 3_723),
     ("", None), ("soon", None), (None, None)],
)  # fmt: skip
def test_durations(text: str | None, seconds: int | None) -> None:
    assert duration_seconds(text) == seconds


def test_a_firmware_that_looks_like_a_date_decides_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "HW7"
    folder.mkdir()
    (folder / "Messages-SMS.txt").write_bytes(stored(export(message(1, "x", time="05/09/2023 10:00:00"))))
    odd = entity("Device", 1, ("Attribute", "Revision"), ("Data", "09-30-2015 build 7"))
    (folder / "Device-General Information.txt").write_bytes(stored(export(odd, view="Device/General Information")))
    (only,) = messages_of(read_path(folder))
    assert only.time.utc is None


def test_bst_is_british_summer_time_in_britain_alone() -> None:
    assert read_time("13/09/2023 18:45:00 BST (Device)", Clock("Asia/Dhaka", "day_first"), "BD").utc is None
