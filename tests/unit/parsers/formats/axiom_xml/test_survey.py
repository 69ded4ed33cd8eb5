"""What an export shows as a whole: the order of a column's dates, its handsets, and rows that it lists twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.reading import ReadResult
from parsers.records.facts import Device, Message
from tests.unit.parsers.formats.axiom_xml.exports import Fragments, sms, write_export
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

ONE, OTHER = "356938035643809", "490154203237518"
OPEN = "Received Date/Time - UTC+00:00"
TEXTS = "Android SMS/MMS"
INFORMATION = "Android Device Information"
MMSSMS = r"\data\mmssms.db"


def messages(result: ReadResult) -> list[Message]:
    return of_kind(result, Message)


# order of day and month


def dated(tmp_path: Path, *days: str, sidecar: Sidecar | None = None) -> ReadResult:
    hits = [sms(f"text {day}", at=f"{day} 15:49:00", heading=OPEN) for day in days]
    return read_path(write_export(tmp_path / "x.xml", (TEXTS, hits)), sidecar=sidecar or Sidecar())


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("04/09/2023", "14/09/2023"), ["2023-09-04", "2023-09-14"]),
        (("09/04/2023", "09/14/2023"), ["2023-09-04", "2023-09-14"]),
        # Nothing tells it, or it is told twice.
        (("04/09/2023", "05/09/2023"), [None, None]),
        (("04/09/2023", "14/09/2023", "09/15/2023"), [None, "2023-09-14", "2023-09-15"]),
    ],
)
def test_rows_show_the_order_of_their_column(tmp_path: Path, days: tuple[str, ...], expected: list[str | None]) -> None:
    result = dated(tmp_path, *days)
    assert [each.time.utc and each.time.utc[:10] for each in messages(result)] == expected
    open_count = expected.count(None)
    assert codes_of(result) == ({"day_month_order_unknown": open_count} if open_count else {})


def test_another_column_shows_nothing(tmp_path: Path) -> None:
    heading = "Received Date/Time - UTC+01:00"
    first, second = sms("a", at="14/09/2023 15:49:00", heading=OPEN), sms("b", at="04/09/2023 1:49 PM", heading=heading)
    result = read_path(write_export(tmp_path / "x.xml", (TEXTS, [first, second])))
    assert [each.time.utc for each in messages(result)] == ["2023-09-14T15:49:00.000Z", None]


def test_order_that_the_submitter_states_otherwise(tmp_path: Path) -> None:
    result = dated(tmp_path, "04/09/2023", "14/09/2023", sidecar=Sidecar(date_order="month_first"))
    assert [(each.time.utc or "")[:10] for each in messages(result)] == ["2023-09-04", "2023-09-14"]
    assert codes_of(result) == {"sidecar_disagrees": 1}


# rows listed twice


def row(number: int, *, source: str = "A.zip" + MMSSMS, table: str = "sms") -> tuple[tuple[str, str], ...]:
    return ("Source", source), ("Location", f"Table: {table}(_id: {number})"), ("Evidence number", "JB/1")


def listed(tmp_path: Path, *artifacts: tuple[str, list[Fragments]]) -> list[bool]:
    result = read_path(write_export(tmp_path / "x.xml", *artifacts))
    return [each.duplicate_of is not None for each in messages(result)]


def test_one_row_listed_twice_is_one_fact(tmp_path: Path) -> None:
    two = ("Android SMS", [sms("hi", *row(5))]), (TEXTS, [sms("hi", *row(5)), sms("yo", *row(6))])
    assert listed(tmp_path, *two) == [False, True, False]
    assert listed(tmp_path, (TEXTS, [sms("hi", *row(5)), sms("hi", *row(5))])) == [False, True]


@pytest.mark.parametrize(
    "second",
    [
        sms("hi", *row(6)),
        sms("hi", *row(5, table="mms")),
        sms("hi", *row(5, source="A.zip" + MMSSMS + "-wal")),
        sms("other", *row(5)),
        sms("hi", *row(5), at="14/09/2023 15:49:30"),
        sms("hi", ("Source", "A.zip"), ("Location", "Android 12"), ("Evidence number", "JB/1")),
        sms("hi", ("Evidence number", "JB/1")),
    ],
)
def test_other_rows_are_other_facts(tmp_path: Path, second: Fragments) -> None:
    assert listed(tmp_path, ("Android SMS", [sms("hi", *row(5))]), (TEXTS, [second])) == [False, False]


def test_location_that_names_the_chat_is_no_row(tmp_path: Path) -> None:
    hits = [sms(body, *row(3, table="chat")) for body in ("a", "b", "b")]
    assert listed(tmp_path, (TEXTS, hits)) == [False, False, False]


# handsets


def test_chats_that_alternate_name_no_rows(tmp_path: Path) -> None:
    said = [("ok", 1), ("yo", 2), ("sure", 1), ("yes", 2), ("ok", 1)]
    hits = [sms(text, *row(chat, table="chat")) for text, chat in said]
    assert listed(tmp_path, ("Android SMS", hits)) == [False] * len(said)


def information(source: str | None, *imeis: str, **others: str) -> Fragments:
    values = [("IMEI", imei) for imei in imeis] + [(name.replace("_", " "), text) for name, text in others.items()]
    return [*values, *([("Source", source)] if source else [])]


def handsets(tmp_path: Path, devices: list[Fragments], texts: list[Fragments]) -> ReadResult:
    # Calls and texts stand in front of what tells the handsets.
    return read_path(write_export(tmp_path / "x.xml", (TEXTS, texts), (INFORMATION, devices)))


def from_image(image: str) -> Fragments:
    return sms(image, ("Source", image + MMSSMS))


def test_two_handsets_are_told_apart_by_their_images(tmp_path: Path) -> None:
    devices = [information("A.zip", ONE), information("B.zip\\build.prop", OTHER)]
    result = handsets(tmp_path, devices, [from_image("A.zip"), from_image("B.zip"), from_image("A.zip")])
    imeis = {part.extraction_id: part.imei for part in result.parts}
    assert sorted(imeis.values()) == [(ONE,), (OTHER,)]
    assert [imeis[each.extraction_id] for each in messages(result)] == [(ONE,), (OTHER,), (ONE,)]
    assert [imeis[each.extraction_id] for each in of_kind(result, Device)] == [(ONE,), (OTHER,)]
    assert {part.exhibit_ref for part in result.parts} == {None}
    assert codes_of(result) == {}


def test_what_is_of_no_handset_is_said(tmp_path: Path) -> None:
    devices = [information("A.zip", ONE), information("B.zip", OTHER)]
    result = handsets(tmp_path, devices, [sms("no source"), from_image("C.zip"), from_image("B.zip")])
    imeis = {part.extraction_id: part.imei for part in result.parts}
    assert [imeis[each.extraction_id] for each in messages(result)] == [(ONE,), (), (OTHER,)]
    assert codes_of(result) == {"handset_untold": 2}


@pytest.mark.parametrize(
    "devices",
    [
        # Two cards of one handset, one handset read twice, one IMEI with and without its check digit.
        [information("A.zip", ONE, OTHER)],
        [information("A.zip", ONE), information("B.zip", ONE)],
        [information("A.zip", ONE), information("B.zip", ONE[:14])],
        [information("A.zip", ONE, OTHER), information("B.zip", OTHER)],
        [information("A.zip", ONE, Serial_Number="R58M123"), information("B.zip", OTHER, Serial_Number="R58M123")],
        [information("A.zip", ONE), information("B.zip", "000000000000000")],
        [information("A.zip", ONE), information("B.zip")],
    ],
)
def test_one_handset_stays_one(tmp_path: Path, devices: list[Fragments]) -> None:
    result = handsets(tmp_path, devices, [from_image("A.zip"), from_image("B.zip")])
    assert len(result.parts) <= 2
    assert len({each.extraction_id for each in messages(result)}) == 1
    assert "handsets_together" not in codes_of(result)


@pytest.mark.parametrize(
    "devices",
    [
        [information("A.zip\\one.xml", ONE), information("A.zip\\two.xml", OTHER)],
        [information("A.bin - Partition 3 (EXT4)\\x", ONE), information("A.bin - Partition 9 (EXT4)\\y", OTHER)],
        [information(None, ONE), information("B.zip", OTHER)],
    ],
)
def test_handsets_that_nothing_tells_apart_are_said(tmp_path: Path, devices: list[Fragments]) -> None:
    result = handsets(tmp_path, devices, [from_image("A.zip"), from_image("B.zip")])
    assert len({each.extraction_id for each in result.records}) == 1
    assert codes_of(result) == {"handsets_together": 1}


def test_devices_of_an_account_are_no_handsets(tmp_path: Path) -> None:
    lists = ("iCloud Device Information", [information("cloud.zip", OTHER)])
    own = (INFORMATION, [information("A.zip", ONE)])
    result = read_path(write_export(tmp_path / "x.xml", own, lists, (TEXTS, [from_image("A.zip")])))
    assert len({each.extraction_id for each in result.records}) == 1


def test_evidence_numbers_tell_first(tmp_path: Path) -> None:
    def of(exhibit: str, imei: str) -> Fragments:
        return [*information(f"{imei}.zip", imei), ("Evidence number", exhibit)]

    result = handsets(tmp_path, [of("JB/1", ONE), of("JB/1", OTHER)], [sms("a", ("Evidence number", "JB/1"))])
    assert [part.exhibit_ref for part in result.parts][:1] == ["JB/1"]
    assert len({each.extraction_id for each in result.records}) == 1


# several recipients


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        ([("Recipient(s)", "+447700900456"), ("Recipient(s)", "+447700900789")], ["+447700900456", "+447700900789"]),
        ([("Recipient(s)", "07700 900456"), ("Recipient(s)", "+447700900456")], ["07700 900456"]),
        ([("Recipient(s)", "Jay"), ("Recipient(s)", "Kay")], ["Jay", "Kay"]),
        # One party under two names, and a name with its number.
        ([("Recipient", "+447700900456"), ("Recipient ID", "12345678")], ["+447700900456"]),
        ([("Recipient(s)", "+447700900456"), ("Recipient(s)", "Jay")], ["+447700900456"]),
    ],
)
def test_fragments_of_recipients(tmp_path: Path, recipients: Fragments, expected: list[str]) -> None:
    hit = [("Sender", "+447700900123"), *recipients, ("Message", "hi"), ("Message Direction", "Incoming")]
    (message,) = messages(read_path(write_export(tmp_path / "x.xml", (TEXTS, [hit]))))
    assert [party.raw or party.name for party in message.to] == expected
