"""Reports as files: after a drop, and of the demonstration case. One report is made, and rendered in each form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ingest.assemble import Workspace
from ingest.command_errors import EarlierReportRefused, OutputRefused
from ingest.data_paths import write_file
from ingest.earlier_results import begins_as, is_report
from ingest.outcomes import Receipt
from ingest.printed.output import result_is_on_terminal
from ingest.report_since import EarlierReport, read_earlier
from ingest.report_view import linkage_report
from ingest.result_files import is_standard_output, is_stream, open_result, replaceable
from ingest.selection import Selection, instant_of
from search.reports.forms import ReportForm, rendered, rendered_files

_STEM: Final = "linkage-report"
_MODE: Final = 0o666
"""As any file that a program writes where the user says: the umask takes away what others may not."""
_ZIP: Final = "zip"
_SAME: Final = {"htm": str(ReportForm.HTML)}
_ONE_FILE: Final = frozenset({"csv", "txt", *(form for form in ReportForm if not form.has_several_files)})
_OF_OTHERS: Final = frozenset({"doc", "docx", "odt", "rtf", "xls", "ods", "ppt", "pptx", "csv", _ZIP, *ReportForm})
"""Endings by which a program takes a file for what no report, or a report of one form alone, is."""
_ENDINGS: Final = (
    f"Name it {', '.join(f'.{form}' for form in ReportForm if not form.has_several_files)}, or state the form with"
    f" --format; {' and '.join(form for form in ReportForm if form.has_several_files)} are several files and go into a"
    " folder or a .zip"
)
_ALREADY_HELD: Final = "already_held"


async def reports_after(
    workspace: Workspace, receipts: Sequence[Receipt], forms: Sequence[ReportForm]
) -> Mapping[str, bytes]:
    """Return the report over everything held, by the end of its file name, with what is new since the one before.

    The latest one lies in the data folder, under ``reports``, always as JSON: the next is compared with it. Where there
    is none, it is compared with what was held before the drop.

    Args:
        workspace: The data folder.
        receipts: Of the drop.
        forms: What it is rendered in.

    Raises:
        IndexUnreachable: The index is not there.
    """
    latest = latest_report(workspace, ReportForm.JSON)
    since = await asyncio.to_thread(_latest, latest) or _received_at(receipts)
    report = await linkage_report(workspace, Selection(), None, ", ".join(forms), since)
    latest.parent.mkdir(mode=0o700, exist_ok=True)
    files = {}
    for form in dict.fromkeys((*forms, ReportForm.JSON)):
        content = await asyncio.to_thread(rendered, report, form)
        await asyncio.to_thread(write_file, latest_report(workspace, form), content)
        if form in forms:
            files[_ending(form)] = content
    return files


def latest_report(workspace: Workspace, form: ReportForm) -> Path:
    """Return where the latest report lies in the data folder."""
    return workspace.data_dir / "reports" / f"{_STEM}.{_ending(form)}"


def _ending(form: ReportForm) -> str:
    return f"{form}.zip" if form.has_several_files else str(form)


def _is_zip(out: Path) -> bool:
    return _suffix(out) == _ZIP


def _latest(path: Path) -> EarlierReport | None:
    try:
        return read_earlier(path) if path.exists() else None
    except EarlierReportRefused:
        # Of another version, or cut: what was held before the drop is compared with instead.
        return None


def form_called(out: Path | None) -> ReportForm:
    """Return the form that a file is called after; JSON where it has no ending, and on standard output.

    Raises:
        OutputRefused: No form of one file has its ending.
    """
    if out is None or is_standard_output(out) or is_stream(out) or not (suffix := _suffix(out)):
        return ReportForm.JSON
    found = next((form for form in ReportForm if form == suffix and not form.has_several_files), None)
    if found is None:
        raise OutputRefused(str(out), f"no report is written as {out.suffix}. {_ENDINGS}")
    return found


def _suffix(out: Path) -> str:
    """Return the ending of a file as forms are called; empty where it has none: figures are the end of a date."""
    suffix = out.suffix.casefold().removeprefix(".")
    return "" if suffix.isdecimal() else _SAME.get(suffix, suffix)


def check_name(form: ReportForm, out: Path | None, asked: str) -> None:
    """Look whether a file that gets a form, as an option says, is called after no other one.

    Args:
        form: Its form.
        out: File that the user named. None: standard output.
        asked: The option, as the user writes it.

    Raises:
        OutputRefused: It is.
    """
    if out is None or is_standard_output(out) or is_stream(out) or form.has_several_files:
        return
    if (suffix := _suffix(out)) in _OF_OTHERS - {form}:
        raise OutputRefused(
            str(out), f"{asked} writes {form.upper()}, and the file is called .{suffix}. Name it .{form}"
        )


def check_place(form: ReportForm, out: Path | None) -> None:
    """Look whether a form of several files gets a folder or a zip.

    Raises:
        OutputRefused: It would get one file.
    """
    if out is None or is_standard_output(out) or not form.has_several_files or _is_zip(out) or is_stream(out):
        return
    is_called_a_file = _suffix(out) in _ONE_FILE
    if (out.exists() or is_called_a_file) and not out.is_dir():
        raise OutputRefused(str(out), f"{form} is several files: name a folder or a .zip")


def write_result(report: Mapping[str, Any], form: ReportForm, out: Path | None) -> None:
    """Write a report to standard output or to what the user named: a form of several files as a zip, or in a folder.

    Args:
        report: Made by ``linkage_report``.
        form: Its form.
        out: File, or for a form of several files a folder (a ``.zip`` is one file). None: standard output.

    Raises:
        OutputRefused: It cannot be written there, or something else is there.
    """
    is_printed = is_standard_output(out)
    if is_printed and not form.is_text and result_is_on_terminal():
        raise OutputRefused("the terminal", f"{form} is no text; name a file with --out")
    if out is not None and not is_printed and form.has_several_files and not _is_zip(out):
        _write_folder(rendered_files(report, form), out)
        return
    content = rendered(report, form)
    with open_result(out, is_report) as write:
        write(content)


def _write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # All are looked at before one is written.
        places = {name: replaceable(folder / name, begins_as(content)) for name, content in files.items()}
        for name, content in files.items():
            write_file(places[name], content, _MODE)
    except OSError as exc:
        raise OutputRefused(str(folder), exc.strerror or "unknown reason") from exc


def _received_at(receipts: Sequence[Receipt]) -> str | None:
    """Return when the first of what was not held before came; None where all of it was."""
    instants = []
    for receipt in receipts:
        custody = receipt["custody"]
        if isinstance(custody, Mapping) and not receipt.get(_ALREADY_HELD):
            instants.append(str(custody["received_at"]))
    return min(instants, key=instant_of, default=None)
