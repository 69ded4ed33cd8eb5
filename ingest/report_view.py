"""Makes the linkage report of a selection, and writes the audit before it is handed out."""

from __future__ import annotations

from importlib.metadata import version

from ingest.assemble import Workspace
from ingest.selection import Selection
from parsers.clocks import to_utc_text
from search.reports.build import Report, build_report, report_bytes
from search.reports.render_html import render_html
from search.reports.scope import Scope


async def linkage_report(workspace: Workspace, selection: Selection, generated_at: str | None, form: str) -> Report:
    """Return the report, after it was written to the audit log.

    Args:
        workspace: The data folder.
        selection: What the report is about.
        generated_at: RFC 3339 with ``Z`` that the report states. None: now.
        form: ``json`` or ``html``, for the audit.

    Raises:
        IndexUnreachable: The index is not there.
    """
    scope = Scope(cases=selection.cases, exhibits=selection.exhibits, since=selection.since, until=selection.until)
    at = generated_at or to_utc_text(workspace.now())
    async with workspace.open_index() as index:
        report = await build_report(
            index,
            software={"version": version("trapline")},
            scope=scope,
            generated_at=at,
            decisions=workspace.decisions.linkage_decisions(),
        )
    await workspace.audit.append("report", {**selection.as_scope(), "form": form, "generated_at": at})
    return report


def rendered(report: Report, form: str) -> bytes:
    """Return the report as ``json``, or as ``html``: one page that refers to nothing outside itself."""
    return render_html(report).encode("utf-8", "replace") if form == "html" else report_bytes(report)
