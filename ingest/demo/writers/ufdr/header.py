"""What stands before the decoded data: extractions, case information, metadata, tagged files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import md5, sha256
from zoneinfo import ZoneInfo

from ingest.demo.truth import Holding, StoredFile, VendorReport
from ingest.demo.writers.ufdr.dialects import NAMESPACE
from ingest.demo.writers.ufdr.elements import ElementWriter, attribute, cdata

_LABELS = {
    "en": ("Case number", "Evidence number", "Examiner name"),
    "de": ("Fallnummer", "Beweismittelnummer", "Name des Prüfers"),
    "es": ("Número de caso", "Número de evidencia", "Nombre del examinador"),
    "fr": ("Numéro du dossier", "Numéro de pièce", "Nom de l'examinateur"),
    "pt": ("Número do caso", "Número da evidência", "Nome do examinador"),
}

Item = tuple[str, str | None, int | None]
"""Name, text (None: no text at all), place of the extraction that it belongs to (None: the report)."""


def locale_time(at: datetime, zone: str) -> str:
    """Return the time as metadata items write it: ``14/09/2023 16:51:02(UTC+1)``."""
    local = at.astimezone(ZoneInfo(zone))
    hours = (local.utcoffset() or timedelta()).total_seconds() / 3600
    return f"{local:%d/%m/%Y %H:%M:%S}(UTC{hours:+g})"


def title_of(report: VendorReport) -> str:
    """Return the name of the project: make and model of what was read first."""
    handset = report.holdings[0].handset
    return f"{handset.make} {handset.model}" if handset else "SIM Card"


def _metadata(section: str, items: Iterable[Item]) -> Iterator[str]:
    yield f'  <metadata section="{section}">\n'
    for name, text, extraction in items:
        owner = "" if extraction is None else f' sourceExtraction="{extraction}"'
        content = " />" if text is None else f">{cdata(text)}</item>"
        yield f'    <item name="{attribute(name)}"{owner}{content}\n'
    yield "  </metadata>\n"


def _early_items(report: VendorReport, writer: ElementWriter) -> Iterator[str]:
    holding = report.holdings[0]
    handset, sim = holding.handset, holding.sim
    case: list[Item] = [
        ("Case number", report.case_ref or "", None),
        ("Case name", "", None),
        ("Evidence number", report.exhibit_ref or "", None),
        ("Examiner name", report.examiner or "", None),
        ("Department", None, None),
        ("Location", None, None),
        ("Notes", "", None),
    ]
    ended_at = holding.read_at + timedelta(minutes=9)
    extraction: list[Item] = [
        ("Extraction end date/time", writer.local_text(ended_at), None),
        ("Unit Identifier", "5550001", None),
        ("Unit Version", "Software: 1.2.2.3 UFED, Full Image: 1.0.2.9, Tiny Image: 1.0.2.1", None),
        ("Selected Manufacturer", handset.make if handset else "SIM Card", None),
        ("Selected Device Name", handset.model if handset else "SIM Card", None),
        ("Connection Type", "Cable No. 110", None),
        ("Report type", "Phone" if handset else "SIM", None),
        ("Extraction start date/time", writer.local_text(holding.read_at), None),
    ]
    device: list[Item] = []
    if handset:
        device += [("Detected model", handset.model, None), ("Phone revision", handset.os_version or "", None)]
        device += [("IMEI", imei, None) for imei in handset.imei]
        device += [("Serial", handset.serial, None)] if handset.serial else []
    device += [(name, value, None) for name, value in _sim_items(holding)]
    if sim and sim.msisdn:
        device.append(("MSISDN Type", "MSISDN", None))
    yield from _metadata("Additional Fields", case)
    yield from _metadata("Extraction Data", extraction)
    yield from _metadata("Device Info", device)


def _sim_items(holding: Holding) -> list[tuple[str, str]]:
    sim = holding.sim
    if sim is None:
        return []
    pairs = (("ICCID", sim.iccid), ("MSISDN", sim.msisdn), ("IMSI", sim.imsi), ("SPN", sim.network))
    return [(name, value) for name, value in pairs if value is not None]


def _extraction_name(report: VendorReport, place: int) -> str:
    holding = report.holdings[place]
    if not holding.is_sim:
        return holding.method
    return f"SIM Card {sum(other.is_sim for other in report.holdings[: place + 1])}"


def _later_head(report: VendorReport) -> Iterator[str]:
    yield "  <sourceExtractions>\n"
    for place, holding in enumerate(report.holdings):
        yield (
            f'    <extractionInfo id="{place}" name="{_extraction_name(report, place)}" isCustomName="False"'
            f' type="{holding.method}" deviceName="Report" fullName="Cellebrite UFED Reports" index="{place}"'
            ' IsPartialData="False" />\n'
        )
    yield "  </sourceExtractions>\n  <caseInformation>\n"
    labels = _LABELS[report.language]
    values = (report.case_ref, report.exhibit_ref, report.examiner)
    kinds = ("CaseNumber", "EvidenceNumber", "ExaminerName")
    for label, kind, value in zip(labels, kinds, values, strict=True):
        yield (
            f'    <field name="{attribute(label)}" isSystem="True" isRequired="False" fieldType="{kind}"'
            f' multipleLines="False">{attribute(value or "")}</field>\n'
        )
    yield "  </caseInformation>\n"


def _later_items(report: VendorReport, writer: ElementWriter) -> Iterator[str]:
    zone = report.display_zone
    extra: list[Item] = [("UFED_PA_Version", report.tool_version or writer.dialect.tool_version, None)]
    if report.made_at:
        extra.insert(0, ("DeviceInfoCreationTime", locale_time(report.made_at, zone), None))
    extraction: list[Item] = []
    device: list[Item] = []
    for place, holding in enumerate(report.holdings):
        handset = holding.handset
        make, model = (handset.make, handset.model) if handset else ("SIM Card", "SIM Card")
        ended_at = holding.read_at + timedelta(minutes=4)
        extraction += [
            ("DeviceInfoExtractionStartDateTime", locale_time(holding.read_at, zone), place),
            ("DeviceInfoExtractionEndDateTime", locale_time(ended_at, zone), place),
            ("DeviceInfoUnitIdentifier", "5550001", place),
            ("DeviceInfoSelectedManufacturer", make, place),
            ("DeviceInfoSelectedDeviceName", model, place),
            ("ExtractionType", holding.method, place),
        ]
        if handset:
            newest = writer.dialect.texts_are_instant_messages
            device += [
                ("DeviceInfoDetectedPhoneVendor" if newest else "DeviceInfoDetectedManufacturer", make, place),
                ("DeviceInfoDetectedPhoneModel" if newest else "DeviceInfoDetectedModel", model, place),
            ]
            device += [("IMEI" if first else "IMEI2", imei, place) for first, imei in _firsts(handset.imei)]
            stated = (
                ("DeviceInfoOSType", handset.os),
                ("DeviceInfoOSVersion", handset.os_version),
                ("Serial", handset.serial),
                ("DeviceInfoTimeZone", handset.time_zone),
            )
            device += [(name, value, place) for name, value in stated if value is not None]
            if handset.clock_at_reading:
                device.append(("DeviceInfoPhoneDateTime", locale_time(handset.clock_at_reading, zone), place))
        device += [(name, value, place) for name, value in _sim_items(holding)]
    yield from _metadata("Additional Fields", extra)
    yield from _metadata("Extraction Data", extraction)
    yield from _metadata("Device Info", device)


def _firsts(values: tuple[str, ...]) -> Iterator[tuple[bool, str]]:
    for place, value in enumerate(values):
        yield place == 0, value


def project_start(report: VendorReport, writer: ElementWriter) -> Iterator[str]:
    """Yield everything from the XML declaration up to and without ``taggedFiles``."""
    dialect = writer.dialect
    later = ""
    if dialect.has_extraction_list:
        later = f' licenseID="0" containsGarbage="False" extractionType="{report.holdings[0].method}"'
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<project id="{writer.guid("project")}" name="{attribute(title_of(report))}"'
        f' reportVersion="{dialect.report_version}"{later} xmlns="{NAMESPACE}">\n'
    )
    if dialect.has_extraction_list:
        yield from _later_head(report)
        yield from _later_items(report, writer)
    else:
        yield from _early_items(report, writer)
    yield "  <images />\n"


def tagged_files(files: Iterable[StoredFile], writer: ElementWriter) -> Iterator[str]:
    """Yield ``taggedFiles``: one entry a file that was exported, or should have been."""
    start = "  <taggedFiles>\n"
    for stored in files:
        yield start + _tagged_file(stored, writer)
        start = ""
    yield "  <taggedFiles />\n" if start else "  </taggedFiles>\n"


def _tagged_file(stored: StoredFile, writer: ElementWriter) -> str:
    content = stored.content or b""
    path = attribute(stored.source_path)
    if writer.dialect.has_long_attributes:
        state = "Deleted" if stored.deleted else "Intact"
        head = (
            f'    <file fs="Media" fsid="{writer.guid("fs")}" path="{path}" size="{len(content)}"'
            f' id="{writer.guid("file", stored.key)}" extractionId="0" deleted="{state}" embedded="false"'
            f' isrelated="False" source_index="0">\n'
        )
    else:
        state = str(stored.deleted).lower()
        head = f'    <file fs="Media" path="{path}" size="{len(content)}" deleted="{state}" embedded="false">\n'
    local_path = stored.local_path.replace("/", "\\")
    return (
        head
        + '      <accessInfo>\n        <timestamp name="CreationTime"></timestamp>\n      </accessInfo>\n'
        + '      <metadata section="File">\n'
        + f'        <item name="Local Path">{cdata(local_path)}</item>\n'
        + f'        <item name="SHA256">{cdata(sha256(content).hexdigest())}</item>\n'
        + f'        <item name="MD5">{cdata(md5(content, usedforsecurity=False).hexdigest())}</item>\n'
        + f'        <item name="Tags">{cdata(stored.tag)}</item>\n'
        + "      </metadata>\n    </file>\n"
    )
