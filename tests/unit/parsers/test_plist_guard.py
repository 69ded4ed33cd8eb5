"""Property lists that are none: every fault of the library is one answer."""

from __future__ import annotations

import plistlib
import struct
from datetime import datetime

import pytest

from parsers.plist_guard import plist_text, plist_utc, read_plist

XML = plistlib.dumps({"IMEI": "356943000000013"})
KEPT = {"IMEI": "356938035643809", "Count": 5, "At": datetime.fromisoformat("2024-03-02T01:00:00")}


def test_of_a_key_that_stands_twice_both_values_are_given() -> None:
    values = read_plist(b"<plist><dict><key>a</key><string>1</string><key>a</key><string>2</string></dict></plist>")
    assert values is not None
    assert (dict(values), values.repeated) == ({"a": "1"}, [("a", "2")])


def test_a_list_is_read() -> None:
    assert read_plist(XML) == {"IMEI": "356943000000013"}


@pytest.mark.parametrize(
    "content",
    [
        XML.replace(b"UTF-8", b"UTTF-8"),
        XML.replace(b"UTF-8", b"idna"),
        XML[:-20],
        b"bplist00" + b"\xff" * 40,
        b"<plist><dict><key>a</key><date>x</dict></plist>",
        b"",
    ],
)
def test_what_cannot_be_read_is_none(content: bytes) -> None:
    assert read_plist(content) is None


@pytest.mark.parametrize(
    "value",
    [
        "<date>0000-00-00T00:00:00Z</date>",
        "<date>soon</date>",
        f"<integer>{'9' * 5000}</integer>",
        "<integer>0xZZ</integer>",
        "<real>many</real>",
    ],
)
def test_one_odd_value_costs_no_other(value: str) -> None:
    content = plistlib.dumps(KEPT).replace(b"<dict>", f"<dict><key>Odd</key>{value}".encode(), 1)
    found = read_plist(content)
    assert found is not None
    assert plist_text(found["IMEI"]) == "356938035643809"
    assert plist_text(found["Count"]) == "5"
    assert plist_utc(found["At"]) == "2024-03-02T01:00:00.000Z"


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1e12, 1e308])
def test_so_does_a_date_of_no_calendar_in_a_binary_list(seconds: float) -> None:
    odd = datetime.fromisoformat("2011-11-11T11:11:11")
    content = plistlib.dumps({**KEPT, "Odd": odd}, fmt=plistlib.FMT_BINARY)
    stored = struct.pack(">d", (odd - datetime.fromisoformat("2001-01-01")).total_seconds())
    assert content.count(stored) == 1
    found = read_plist(content.replace(stored, struct.pack(">d", seconds)))
    assert found is not None
    assert plist_text(found["IMEI"]) == "356938035643809"
    assert plist_utc(found["At"]) == "2024-03-02T01:00:00.000Z"
    assert plist_utc(found["Odd"]) is None
