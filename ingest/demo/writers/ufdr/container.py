"""Writes a delivery around a report: the bare report.xml, the .ufdr archive, the folder.

The same truth gives the same bytes: archive members carry one fixed time.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copyfileobj
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ingest.demo.truth import VendorReport
from ingest.demo.writers.ufdr.dialects import PA_10
from ingest.demo.writers.ufdr.report import ReportForm, write_report

_MEMBER_TIME = (2024, 1, 1, 0, 0, 0)


def _member(name: str, *, deflated: bool) -> ZipInfo:
    info = ZipInfo(name, _MEMBER_TIME)
    info.compress_type = ZIP_DEFLATED if deflated else ZIP_STORED
    info.external_attr = 0o644 << 16
    info.create_system = 0
    return info


def write_bare(path: Path, report: VendorReport, form: ReportForm | None = None) -> Path:
    """Write report.xml alone and return its path."""
    with path.open("wb") as stream:
        write_report(stream, report, form)
    return path


def write_ufdr(
    path: Path,
    report: VendorReport,
    form: ReportForm | None = None,
    *,
    deflated: bool = False,
    zip64: bool = True,
    report_name: str = "report.xml",
) -> Path:
    """Write a .ufdr: an archive of the report, its files, and what that version adds. Return its path.

    The vendor stores members, and writes 64-bit size fields whatever the size; the report is also seen as
    ``Report.xml``.
    """
    form = form or ReportForm()
    with ZipFile(path, "w", allowZip64=True) as archive:
        with archive.open(_member(report_name, deflated=deflated), "w", force_zip64=zip64) as stream:
            write_report(stream, report, form)
        if form.dialect.report_version == PA_10.report_version:
            archive.writestr(_member("settings.json", deflated=deflated), b'{"Version":"10.2"}')
            archive.writestr(_member("DbData/database.db", deflated=deflated), b"PGDMP\x01\x0e\x00")
        for stored in report.files:
            if stored.content is not None:
                archive.writestr(_member(stored.local_path, deflated=deflated), stored.content)
    return path


def write_folder(
    folder: Path, report: VendorReport, form: ReportForm | None = None, *, report_name: str = "Report.xml"
) -> Path:
    """Write a folder delivery: the report, its files, and the reader program that comes with it. Return the folder."""
    folder.mkdir(parents=True)
    write_bare(folder / report_name, report, form)
    (folder / "CellebriteReader.exe").write_bytes(b"MZ\x90\x00")
    for stored in report.files:
        if stored.content is not None:
            target = folder / stored.local_path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(stored.content)
    return folder


def wrap_report(path: Path, report_path: Path, *, report_name: str = "report.xml") -> Path:
    """Write a .ufdr around a report.xml that exists already, stored, without reading it whole."""
    with (
        ZipFile(path, "w", allowZip64=True) as archive,
        report_path.open("rb") as source,
        archive.open(_member(report_name, deflated=False), "w", force_zip64=True) as stream,
    ):
        copyfileobj(source, stream, 1 << 20)
    return path
