"""What an output says of its handset identifies the extraction; cards that are or once were in it do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.writers.container import write_collection
from parsers.device_identity import identity_of, resolve_devices
from parsers.reading import ReadResult
from parsers.records.facts import Device, Sim
from tests.unit.parsers.made_deliveries import of_kind, read_path

ICCID, OTHER = "8944100030000000221", "8944200030000000343"
IMSI, IMEI, LINE = "234150000000022", "356943000000013", "07700900100"
OTHER_IMEI = "356943000000021"
TEXTS = "Date\tType\tAddress\tBody\r\n2024-02-05 12:00:00\tReceived\t07700900201\tu about\r\n"
SIM_HEAD = "Number\tIMSI\tDisplay Name\tCarrier Name\tISO Code\tCarrier ID\tICC ID\r\n"
SUBSCRIBERS = "Last update time\tSlot ID\tICCID\tMSISDN\r\n"


def read(folder: Path, **files: str) -> ReadResult:
    members = {f"_TSV Exports/{name.replace('_', ' ')}.tsv": text.encode("utf-8-sig") for name, text in files.items()}
    return read_path(write_collection(folder / "output", members))


def identity(result: ReadResult) -> tuple[tuple[str, ...], ...]:
    (part,) = result.parts
    return part.imei, part.iccid, part.imsi, part.msisdn


@pytest.mark.parametrize(
    ("name", "content", "imsi"),
    [
        ("Sim_info_0", f"{SIM_HEAD}{LINE}\t{IMSI}\tgiffgaff\tgiffgaff\tgb\t1\t{ICCID}\r\n", (IMSI,)),
        ("Subscriber_Info", f"{SUBSCRIBERS}2024-02-05 12:00:00\t1\t{ICCID}\t{LINE}\r\n", ()),
    ],
)
def test_a_card_is_a_record_and_no_identity(tmp_path: Path, name: str, content: str, imsi: tuple[str, ...]) -> None:
    result = read(tmp_path, SMS_Messages=TEXTS, **{name: content})
    assert identity(result) == ((), (), (), ())
    assert [(sim.iccid, sim.imsi, sim.msisdn) for sim in of_kind(result, Sim)] == [((ICCID,), imsi, (LINE,))]
    for rows in result.tally.values():
        assert all(each.seen == each.indexed + each.merged + each.noticed for each in rows.values())


def test_several_cards_are_a_record_each(tmp_path: Path) -> None:
    rows = f"{LINE}\t{IMSI}\ta\ta1\tgb\t1\t{ICCID}\r\n07700900101\t\tb\tb1\tgb\t2\t{OTHER}\r\n"
    result = read(tmp_path, SMS_Messages=TEXTS, Sim_info_0=SIM_HEAD + rows)
    assert identity(result) == ((), (), (), ())
    assert [sim.iccid for sim in of_kind(result, Sim)] == [(ICCID,), (OTHER,)]


def test_what_is_no_identifier_by_its_form_is_kept_beside_the_card(tmp_path: Path) -> None:
    result = read(tmp_path, SMS_Messages=TEXTS, Sim_info_0=f"{SIM_HEAD}N/A\t\tx\ty\tgb\t1\t89441[****]\r\n")
    assert identity(result) == ((), (), (), ())
    (sim,) = of_kind(result, Sim)
    assert ("ICC ID", "89441[****]") in sim.extra
    assert ("Number", "N/A") in sim.extra


@pytest.mark.parametrize("imei", [f"imei\t{IMEI}", f"imeis\t[{{'first': 'kOne', 'second': '{IMEI}'}}]"])
def test_keys_of_the_telephones_own_settings(tmp_path: Path, imei: str) -> None:
    rows = f"{imei}\tx.plist\r\nLastKnownICCID\t{ICCID}\tx.plist\r\nReportedPhoneNumber\t{LINE}\tx.plist\r\n"
    result = read(tmp_path, SMS=TEXTS, Cellular_Wireless=f"Data Key\tData Value\tSource File\r\n{rows}other\t1\t\r\n")
    assert identity(result) == ((IMEI,), (), (), (LINE,))
    (device,) = of_kind(result, Device)
    assert {("ICCID", ICCID), ("other", "1")} <= set(device.extra)
    assert device.iccid == ()


def test_a_watch_that_was_paired_is_no_handset(tmp_path: Path) -> None:
    rows = f"Name\tKay's Watch\r\nModel\tWatch6\r\nIMEI\t{IMEI}\r\n"
    result = read(tmp_path, SMS_Messages=TEXTS, Device_Info=f"Key\tValue\r\n{rows}")
    assert identity(result) == ((), (), (), ())
    assert [part.model for part in result.parts] == [None]


@pytest.mark.parametrize("heads", ["Key\tValue", "Property\tValue"])
def test_an_imei_that_may_be_of_another_device_is_said(tmp_path: Path, heads: str) -> None:
    rows = f"IMEI\t{IMEI}\r\nModel\tSM-A125F\r\n"
    result = read(tmp_path, SMS_Messages=TEXTS, Device_Info=f"{heads}\r\n{rows}")
    assert identity(result) == ((), (), (), ())
    (notice,) = [each for each in result.notices if each.code == "imei_not_taken"]
    assert notice.subject == "Device Info"


@pytest.mark.parametrize("beside", [f"imei\t{IMEI}", "other\t1"])
def test_where_another_imei_is_known_or_none_is_stated_nothing_is_said(tmp_path: Path, beside: str) -> None:
    stated = f"IMEI\t{OTHER_IMEI}" if beside.startswith("imei") else "Serial\tR58N1234567"
    known = {"Cellular_Wireless": f"Data Key\tData Value\r\n{beside}\r\n"}
    result = read(tmp_path, SMS=TEXTS, Device_Info=f"Key\tValue\r\n{stated}\r\n", **known)
    assert "imei_not_taken" not in {each.code for each in result.notices}


def test_the_model_as_the_tool_writes_it(tmp_path: Path) -> None:
    result = read(tmp_path, SMS_Messages=TEXTS, Build_Info="Key\tValue\r\nBrand\tsamsung\r\nModel\tSM-A127F\r\n")
    assert [part.model for part in result.parts] == ["SM-A127F"]
    assert [("Brand", "samsung") in device.extra for device in of_kind(result, Device)] == [True]


def test_make_and_model(tmp_path: Path) -> None:
    rows = "ro.product.manufacturer\tsamsung\r\nro.product.model\tSM-A127F\r\n"
    result = read(tmp_path, SMS_Messages=TEXTS, Build_Info=f"Key\tValue\r\n{rows}")
    assert [(part.make, part.model) for part in result.parts] == [("samsung", "SM-A127F")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Wifi_Profiles", f"Key\tValue\r\nIMEI\t{IMEI}\r\n"),
        ("Device_Info", "Key\tValue\r\nuptime\t356943000000013\r\n"),
        ("Device_Info", f"Serial\tSeen\r\nIMEI\t{IMEI}\r\n"),
        ("Sim_info_0", SIM_HEAD),
    ],
)
def test_what_says_nothing_of_the_handset_identifies_none(tmp_path: Path, name: str, content: str) -> None:
    result = read(tmp_path, SMS_Messages=TEXTS, **{name: content})
    assert identity(result) == ((), (), (), ())
    assert not of_kind(result, Device)


MESSAGES = "Message Timestamp\tMessage\tService\tMessage Direction\tAccount\tChat Contact ID\r\n"


def texts(*rows: tuple[str, str], service: str = "SMS") -> str:
    lines = (
        f"2024-02-05 12:0{at}:00+00:00\thi\t{service}\tIncoming\t{account}\t{other}\r\n"
        for at, (account, other) in enumerate(rows)
    )
    return MESSAGES + "".join(lines)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [("P:+447700900100", "+447700900201"), ("P:+447700900100", "+447700900100"), ("P:+447700900100", "60777")],
            1,
        ),
        ([("e:me@example.org", "+447700900201")], 0),
        ([("", "+447700900201")], 0),
        ([("+447700900201", "+447700900201"), ("+447700900202", "+447700900202")], 0),
        ([("+447700900100", "")] * 3, 0),
        ([("+447700900100", "Kent")] * 3, 0),
        ([("+447700900100", "Kent"), ("+447700900100", "Kent"), ("+447700900100", "+447700900201")], 0),
        ([("+447700900100", "+447700900201"), ("+447700900177", "+447700900201")], 0),
    ],
)
def test_the_line_that_texts_came_to_is_the_owners(tmp_path: Path, rows: list[tuple[str, str]], lines: int) -> None:
    result = read(tmp_path, **{"SMS_-_iMessage": texts(*rows)})
    assert identity(result)[3] == ("+447700900100",) * lines


def test_an_account_of_an_application_is_no_line(tmp_path: Path) -> None:
    result = read(tmp_path, **{"WhatsApp_-_Messages": texts(("+447700900100", "+447700900201"), service="WhatsApp")})
    assert identity(result)[3] == ()


def test_a_card_joins_no_other_handset_and_keeps_no_reading_apart(tmp_path: Path) -> None:
    card = {"Sim_info_0": f"{SIM_HEAD}{LINE}\t{IMSI}\tgiffgaff\tgiffgaff\tgb\t1\t{ICCID}\r\n"}
    (part,) = read(tmp_path, SMS_Messages=TEXTS, **card).parts
    stated = {"imei": part.imei, "iccid": part.iccid, "imsi": part.imsi, "case_ref": "A"}
    devices = resolve_devices(
        [
            identity_of("ufed", imei=(IMEI,), case_ref="A", exhibit_ref="KB/1"),
            identity_of("leapp", exhibit_ref="KB/1", **stated),
            identity_of("other", exhibit_ref="KB/2", **stated),
        ]
    )
    assert devices["leapp"] == devices["ufed"] != devices["other"]
