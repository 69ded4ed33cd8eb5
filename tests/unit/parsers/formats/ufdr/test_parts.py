"""Extractions, case, identity: what stands before the models."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeGuard

import pytest

from parsers.contract import PartKind, Sidecar
from parsers.reading import ReadResult
from parsers.records.facts import Device, Sim
from tests.unit.parsers.formats.ufdr.report_text import (
    codes,
    extractions,
    items,
    messages_of,
    model,
    read_text,
    report,
    sms,
)

TWO = extractions(("0", "Logical"), ("1", "SIM Card 1"))
IDENTITY = items(
    "Device Info",
    ("DeviceInfoDetectedManufacturer", "Nokia", "0"),
    ("DeviceInfoDetectedModel", "TA-1203", "0"),
    ("DeviceInfoOSType", "S30+", "0"),
    ("IMEI", "356938035643809", "0"),
    ("IMEI2", "35 6938 03 564381 7", "0"),
    ("MEID", "A0000012345678", "0"),
    ("ICCID", "8944100030201234567F", "1"),
    ("IMSI", "234150999999999", "1"),
    ("MSISDN", "+447700900100", "1"),
)
MAKERS = items(
    "Extraction Data",
    ("DeviceInfoSelectedManufacturer", "Nokia GSM", "0"),
    ("DeviceInfoSelectedManufacturer", "SIM Card", "1"),
)


def records(result: ReadResult, kind: type[Device | Sim]) -> list[Device] | list[Sim]:
    return [each for each in result.records if isinstance(each, kind)]  # type: ignore[return-value]


def test_handset_and_sim_are_two_extractions_of_one_device(tmp_path: Path) -> None:
    text = report(
        sms("m1", attributes='extractionId="0"'),
        sms("m2", attributes='extractionId="1"'),
        header=TWO + MAKERS + IDENTITY,
    )
    result = read_text(tmp_path, text)
    handset, sim = result.parts
    assert (handset.kind, handset.vendor_id, handset.vendor_name) == (PartKind.HANDSET, "0", "Logical")
    assert handset.imei == ("356938035643809", "35 6938 03 564381 7")
    assert (handset.make, handset.model, handset.os) == ("Nokia", "TA-1203", "S30+")
    assert (handset.iccid, handset.msisdn) == ((), ())
    assert (sim.kind, sim.belongs_to) == (PartKind.SIM, handset.extraction_id)
    assert (sim.iccid, sim.imsi, sim.msisdn) == (("8944100030201234567F",), ("234150999999999",), ("+447700900100",))
    first, second = messages_of(result)
    assert (first.extraction_id, second.extraction_id) == (handset.extraction_id, sim.extraction_id)
    (device,) = records(result, Device)
    (card,) = records(result, Sim)
    assert (device.extraction_id, device.imei) == (handset.extraction_id, handset.imei)
    assert ("MEID", "A0000012345678") in device.extra
    assert (card.extraction_id, card.iccid, card.msisdn) == (sim.extraction_id, sim.iccid, sim.msisdn)


@pytest.mark.parametrize(
    "header",
    [
        extractions(("0", "Logical"), ("1", "SIM Card 1")),
        extractions(("0", "Logical"), ("1", "Legacy", "SIM")),
        extractions(("0", "Logical"), ("1", "Logical")) + MAKERS,
        extractions(("0", "Logical"), ("1", "x")) + items("Extraction Data", ("Report type", "SIM", "1")),
        extractions(("0", "Logical"), ("1", "USIM (2)")),
    ],
)
def test_a_sim_is_told_by_name_type_manufacturer_or_report_type(tmp_path: Path, header: str) -> None:
    text = report(sms("m2", attributes='extractionId="1"'), header=header)
    kinds = {part.vendor_id: part.kind for part in read_text(tmp_path, text).parts}
    assert kinds["1"] is PartKind.SIM
    assert kinds["0"] is PartKind.HANDSET


@pytest.mark.parametrize("name", ["Simple Logical", "Galaxy A10 Dual SIM (SM-A105FN/DS)", "Logical with memory card"])
def test_a_handset_is_no_card_because_its_name_has_the_word(tmp_path: Path, name: str) -> None:
    header = extractions(("0", name)) + items("Extraction Data", ("DeviceInfoSelectedDeviceName", name, "0"))
    text = report(sms("m1", attributes='extractionId="0"'), header=header)
    assert read_text(tmp_path, text).parts[0].kind is PartKind.HANDSET


def test_a_sim_alone_is_a_card_that_belongs_to_nothing(tmp_path: Path) -> None:
    header = items("Extraction Data", ("Selected Manufacturer", "SIM Card"), ("Report type", "SIM"))
    header += items("Device Info", ("ICCID", "8944100030201234567"))
    result = read_text(tmp_path, report(sms("m1"), header=header))
    (part,) = result.parts
    assert (part.kind, part.belongs_to, part.vendor_id) == (PartKind.SIM, None, None)
    assert len(records(result, Sim)) == 1
    assert not records(result, Device)


@pytest.mark.parametrize(
    ("names", "model"),
    [
        ('deviceName="Apple iPhone 8" fullName="Apple iPhone 8 (A1905)"', "Apple iPhone 8 (A1905)"),
        ('deviceName="Nokia 105" fullName=""', "Nokia 105"),
        ('deviceName="Report" fullName="Cellebrite UFED Reports"', "Nokia"),
        ('deviceName="Phone" fullName="Android Generic"', "Nokia"),
    ],
)
def test_the_list_of_extractions_names_the_handset_before_the_project_does(
    tmp_path: Path, names: str, model: str
) -> None:
    listed = f'<sourceExtractions><extractionInfo id="0" name="Logical" type="Logical" {names}/></sourceExtractions>'
    text = report(sms("m1"), header=listed)
    header = items("Device Info", ("Detected Phone Model", "A1905"))
    detected = report(sms("m1"), header=listed + header)
    assert read_text(tmp_path, text).parts[0].model == model
    assert read_text(tmp_path, detected).parts[0].model == "A1905"


def test_a_memory_card_is_no_handset(tmp_path: Path) -> None:
    header = extractions(("0", "Logical"), ("1", "Memory Card"))
    header += items("Device Info", ("IMEI", "356938035643809", "0"), ("IMEI", "490154203237518", "1"))
    text = report(sms("m1", attributes='extractionId="1"'), header=header)
    handset, card = read_text(tmp_path, text).parts
    assert (card.kind, card.imei, card.belongs_to) == (PartKind.MEMORY_CARD, (), handset.extraction_id)


def test_identifiers_among_a_handsets_own_items_are_on_its_device(tmp_path: Path) -> None:
    header = items("Device Info", ("IMEI", "356938035643809"), ("ICCID", "8944100030201234567"), ("IMSI", "N/A"))
    result = read_text(tmp_path, report(sms("m1"), header=header))
    (device,) = records(result, Device)
    assert (device.iccid, device.imsi) == (("8944100030201234567",), ())
    assert not records(result, Sim)


def test_a_logical_and_a_file_system_reading_are_two_extractions_with_duplicates(tmp_path: Path) -> None:
    header = extractions(("0", "Logical"), ("1", "File System", "FileSystem"))
    header += items("Device Info", ("IMEI", "356938035643809", "0"), ("IMEI", "356938035643809", "1"))
    text = report(sms("a", attributes='extractionId="0"'), sms("b", attributes='extractionId="1"'), header=header)
    result = read_text(tmp_path, text)
    first, second = messages_of(result)
    assert [part.kind for part in result.parts] == [PartKind.HANDSET, PartKind.HANDSET]
    assert first.extraction_id != second.extraction_id
    assert second.duplicate_of == first.record_id


def test_an_extraction_without_records_is_a_part_where_it_has_an_identity(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(sms("m1", attributes='extractionId="0"'), header=TWO + IDENTITY))
    assert [part.vendor_id for part in result.parts] == ["0", "1"]
    empty = extractions(("0", "Logical"), ("1", "Physical"))
    result = read_text(tmp_path, report(sms("m1", attributes='extractionId="0"'), header=empty))
    assert [part.vendor_id for part in result.parts] == ["0"]


def test_a_report_without_models_is_a_part_with_its_device(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(header=items("Device Info", ("IMEI", "356938035643809"))))
    assert [record.kind for record in result.records] == ["device"]
    assert len(result.parts) == 1


def test_an_extraction_that_is_not_listed_loses_nothing(tmp_path: Path) -> None:
    text = report(sms("m1", attributes='extractionId="7"'), sms("m2"), header=TWO + IDENTITY)
    result = read_text(tmp_path, text)
    handset, _ = result.parts
    assert {each.extraction_id for each in messages_of(result)} == {handset.extraction_id}
    notice = next(each for each in result.notices if each.code == "extraction_unknown")
    assert (notice.count, notice.subject, notice.first_locator) == (1, "7", "model m1")


SEVERAL = extractions(("0", "Logical"), ("1", "Logical [1]"), ("2", "SIM Card 1"))
OF_TWO = (
    ("IMEI", "356938035643809", "0"),
    ("IMEI", "352099001761481", "1"),
    ("IMSI", "234150246813579", "1"),
    ("IMSI", "234150246813579", "2"),
)


@pytest.mark.parametrize(("card", "owner"), [("234150246813579", 1), ("234150135792468", 0)])
def test_a_card_is_of_the_handset_that_names_it(tmp_path: Path, card: str, owner: int) -> None:
    header = SEVERAL + items("Device Info", *OF_TWO[:3], ("IMSI", card, "2"))
    parts = {part.vendor_id: part for part in read_text(tmp_path, report(sms("m1"), header=header)).parts}
    assert parts["2"].belongs_to == parts[str(owner)].extraction_id


def test_a_text_that_names_no_extraction_of_several_handsets_is_noticed(tmp_path: Path) -> None:
    texts = sms("m1"), sms("m2", attributes='extractionId="1"'), sms("m3")
    result = read_text(tmp_path, report(*texts, header=SEVERAL + items("Device Info", *OF_TWO)))
    first = next(part for part in result.parts if part.vendor_id == "0")
    (notice,) = [each for each in result.notices if each.code == "extraction_unstated"]
    assert (notice.count, notice.first_locator, notice.extraction_id) == (2, "model m1", first.extraction_id)
    assert [each.extraction_id == first.extraction_id for each in messages_of(result)] == [True, False, True]
    # of one handset that was read twice every text is
    again = [(*OF_TWO[0][:2], number) for number in "01"]
    result = read_text(tmp_path, report(*texts, header=SEVERAL + items("Device Info", *again)))
    assert "extraction_unstated" not in codes(result)


def test_extraction_ids_follow_from_the_delivery_and_the_vendors_id(tmp_path: Path) -> None:
    text = report(sms("m1"), header=TWO + IDENTITY)
    first, again = read_text(tmp_path, text), read_text(tmp_path, text)
    assert [part.extraction_id for part in first.parts] == [part.extraction_id for part in again.parts]
    other = read_text(tmp_path, text.replace("u about?", "u there?"))
    assert first.parts[0].extraction_id != other.parts[0].extraction_id


def case_fields(*rows: tuple[str, str, str]) -> str:
    fields = "".join(f'<field name="{name}" fieldType="{kind}">{text}</field>' for name, kind, text in rows)
    return f"<caseInformation>{fields}</caseInformation>"


@pytest.mark.parametrize(
    ("header", "case_ref", "exhibit_ref"),
    [
        (case_fields(("Fallnummer", "CaseNumber", " OP X "), ("Beweis", "EvidenceNumber", "\n HW/7 ")), "OP X", "HW/7"),
        (case_fields(("Case name", "CaseName", "Op Y"), ("Case number", "CaseNumber", "")), "Op Y", None),
        (case_fields(("Evidence number", "None", "HW/7"), ("Case number", "None", "OP X")), "OP X", "HW/7"),
        (case_fields(("Evidence number", "EvidenceNumber", "  ")), None, None),
        (items("Additional Fields", ("Case number", "OP X"), ("Evidence number", "HW/7 ")), "OP X", "HW/7"),
        (
            items("Additional Fields", ("Case number", ""), ("Case name", "Op Y"), ("Evidence number", None)),
            "Op Y",
            None,
        ),
        ("", None, None),
    ],
)
def test_case_and_exhibit(tmp_path: Path, header: str, case_ref: str | None, exhibit_ref: str | None) -> None:
    (part,) = read_text(tmp_path, report(sms("m1"), header=header)).parts
    assert (part.case_ref, part.exhibit_ref) == (case_ref, exhibit_ref)


def test_the_handsets_clock_beside_the_examiners(tmp_path: Path) -> None:
    header = items("Extraction Data", ("DeviceInfoExtractionStartDateTime", "14/09/2023 16:10:42(UTC+1)"))
    header += items(
        "Device Info", ("DeviceInfoPhoneDateTime", "14/09/2023 16:20:42(UTC+1)"), ("DeviceInfoTimeZone", "Europe/Paris")
    )
    (device,) = records(read_text(tmp_path, report(header=header)), Device)
    assert isinstance(device, Device)
    assert device.clock is not None
    assert device.clock.error_seconds == 600
    assert device.clock.time_zone == "Europe/Paris"
    assert device.clock.device_time is not None
    assert device.clock.device_time.utc == "2023-09-14T15:20:42.000Z"


def test_a_date_that_can_be_read_one_way_settles_the_others(tmp_path: Path) -> None:
    header = items(
        "Extraction Data",
        ("DeviceInfoExtractionEndDateTime", "05/09/2023 16:10:42(UTC+1)"),
        ("DeviceInfoCreationTime", "14/09/2023 16:10:42(UTC+1)"),
    )
    (part,) = read_text(tmp_path, report(header=header)).parts
    assert part.extracted_at == "2023-09-05T15:10:42.000Z"
    ambiguous = items("Extraction Data", ("DeviceInfoExtractionEndDateTime", "05/09/2023 16:10:42(UTC+1)"))
    (part,) = read_text(tmp_path, report(header=ambiguous)).parts
    assert part.extracted_at is None
    (part,) = read_text(tmp_path, report(header=ambiguous), sidecar=Sidecar(date_order="month_first")).parts
    assert part.extracted_at == "2023-05-09T15:10:42.000Z"


def test_metadata_behind_the_models_still_counts(tmp_path: Path) -> None:
    text = report(sms("m1"), after=items("Device Info", ("IMEI", "356938035643809")))
    (part,) = read_text(tmp_path, text).parts
    assert part.imei == ("356938035643809",)


def test_metadata_of_a_file_is_none_of_the_project(tmp_path: Path) -> None:
    file = f'<taggedFiles><file id="f">{items("MetaData", ("IMEI", "490154203237518"))}</file></taggedFiles>'
    (part,) = read_text(tmp_path, report(sms("m1"), header=file)).parts
    assert part.imei == ()


def test_types_that_are_not_read_are_counted_by_extraction(tmp_path: Path) -> None:
    nested = f'<modelField name="Position">{model("Coordinate", "x")}</modelField>'
    text = report(
        model("Location", "l1", nested, attributes='extractionId="0"'),
        model("Location", "l2", attributes='extractionId="0"'),
        model("Recording", "v1", attributes='extractionId="1"'),
        header=TWO,
    )
    result = read_text(tmp_path, text)
    rows = {(notice.subject, notice.count, notice.first_locator) for notice in result.notices}
    assert rows == {("Location", 2, "model l1"), ("Recording", 1, "model v1")}
    assert codes(result) == {"element_not_read": 3}
    tallies = [set(rows) for rows in result.tally.values()]
    assert tallies == [{"device", "other:Location"}, {"other:Recording", "sim"}] or len(tallies) == 2


def test_a_million_type_names_are_a_bounded_number_of_rows(tmp_path: Path) -> None:
    models = "".join(model(f"T{number}", f"m{number}") for number in range(3_000))
    result = read_text(tmp_path, report(models))
    (rows,) = result.tally.values()
    assert len(rows) < 600
    assert sum(row.seen for row in rows.values()) == 3_001


def test_models_without_id_are_told_apart(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(*(sms("x").replace(' id="x"', "") for _ in range(3))))
    assert len({each.record_id for each in messages_of(result)}) == 3


def test_one_id_with_two_contents_is_two_facts(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(sms("m1", body="one"), sms("m1", body="two")))
    first, second = messages_of(result)
    assert first.record_id != second.record_id
    assert second.duplicate_of is None


def test_models_that_stand_in_no_model_type_are_not_lost(tmp_path: Path) -> None:
    text = report().replace("<decodedData>\n", f"<decodedData>\n{sms('m1')}<future>{sms('m2')}</future>")
    assert [each.source.locator for each in messages_of(read_text(tmp_path, text))] == ["model m1", "model m2"]


def test_a_report_of_very_many_extractions_takes_bounded_time_and_mixes_no_handsets(tmp_path: Path) -> None:
    count = 20_000
    header = extractions(*((str(number), "Logical") for number in range(count)))
    header += items("Device Info", *(("IMEI", f"{number:015}", str(number)) for number in range(1, count)))
    texts = (sms(f"m{number}", attributes=f'extractionId="{number}"') for number in (0, 1, 7, count - 1))
    started = time.process_time()
    result = read_text(tmp_path, report(*texts, header=header))
    assert time.process_time() - started < 20
    assert len(messages_of(result)) == 4
    assert [part.imei for part in result.parts if part.vendor_id in {"0", "1"}] == [(), (f"{1:015}",)]
    assert sum(len(part.imei) for part in result.parts) == 255
    found = {each.subject: each.count for each in result.notices if each.code == "extraction_unknown"}
    assert found == {str(count - 1): 1, "metadata items": count - 256, "extractionInfo": count - 256}


def test_extractions_beyond_those_told_apart_are_noticed_where_nothing_names_them(tmp_path: Path) -> None:
    for count, unlisted in ((256, {}), (259, {"extractionInfo": 3})):
        header = extractions(*((str(number), "Logical") for number in range(count)))
        result = read_text(tmp_path, report(sms("m1"), header=header))
        assert {each.subject: each.count for each in result.notices if each.code == "extraction_unknown"} == unlisted


def test_an_extraction_that_the_tool_calls_partial_is_noticed(tmp_path: Path) -> None:
    for word, said in (("True", [("Logical", True), ("SIM Card 1", False)]), ("False", [])):
        header = extractions(("0", "Logical"), ("1", "SIM Card 1"), attributes=f' IsPartialData="{word}"')
        result = read_text(tmp_path, report(sms("m1", attributes='extractionId="0"'), header=header))
        found = [each for each in result.notices if each.code == "extraction_partial"]
        assert [(each.subject, each.extraction_id == result.parts[0].extraction_id) for each in found] == said


def test_a_sim_may_have_an_exhibit_number_of_its_own(tmp_path: Path) -> None:
    of_report = case_fields(("Evidence number", "EvidenceNumber", "HW/7"))
    of_sim = items("Additional Fields", ("Evidence number", "HW/7A", "1"), ("Case number", "OP X"))
    for header, handset in ((of_report + of_sim, "HW/7"), (of_sim, "HW/7A")):
        result = read_text(tmp_path, report(sms("m1"), header=TWO + header + MAKERS + IDENTITY))
        assert [part.exhibit_ref for part in result.parts] == [handset, "HW/7A"]


def test_metadata_behind_the_models_are_on_the_device_record_as_on_the_part(tmp_path: Path) -> None:
    metadata = MAKERS + IDENTITY
    texts = (sms("m1"), sms("m2"))
    (before,) = [each for each in read_text(tmp_path, report(*texts, header=TWO + metadata)).records if is_device(each)]
    behind = report(*texts, header=TWO).replace("</decodedData>", f"</decodedData>{metadata}")
    result = read_text(tmp_path, behind)
    (device,) = [each for each in result.records if is_device(each)]
    assert (device.imei, device.make, device.model, device.os) == (before.imei, before.make, before.model, before.os)
    assert device.imei
    assert device.extra == before.extra
    assert next(part for part in result.parts if part.vendor_id == "0").imei == device.imei
    assert result.tally[device.extraction_id]["device"].indexed == 1


def is_device(record: object) -> TypeGuard[Device]:
    return isinstance(record, Device)
