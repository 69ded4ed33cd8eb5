"""Makes the linkage report of a selection, and writes the audit before it is handed out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from ingest.assemble import Workspace
from ingest.corrections import Corrections, corrections_of, put_corrections
from ingest.refusals import refused_deliveries
from ingest.report_since import EarlierReport, Since, held_before
from ingest.selection import Selection
from ingest.unfinished import unfinished_deliveries
from parsers.clocks import to_utc_text
from search.contract import Index
from search.reports.build import Report, build_report
from search.reports.device_names import put_labels
from search.reports.earlier import EarlierIndex
from search.reports.news import news_of
from search.reports.scope import Scope


async def linkage_report(
    workspace: Workspace, selection: Selection, generated_at: str | None, form: str, since: Since | None = None
) -> Report:
    """Return the report, after it was written to the audit log.

    Args:
        workspace: The data folder.
        selection: What the report is about.
        generated_at: RFC 3339 with ``Z`` that the report states. None: now.
        form: The forms it is shown in, for the audit.
        since: What it is compared with, to say what is new. None: with nothing.

    Raises:
        IndexUnreachable: The index is not there.
    """
    scope = Scope(cases=selection.cases, exhibits=selection.exhibits, since=selection.since, until=selection.until)
    at = generated_at or to_utc_text(workspace.now())
    software = {"version": version("trapline")}
    decisions = workspace.decisions.linkage_decisions()
    compared_with: Mapping[str, object] | None = None
    async with workspace.open_index() as index:
        report = await build_report(
            index,
            software=software,
            scope=scope,
            generated_at=at,
            decisions=decisions,
            refused=refused_deliveries(workspace.journal),
            kept=workspace.kept,
        )
        report["unfinished"] = unfinished_deliveries(workspace)
        put_corrections(report, _corrections(workspace))
        put_labels(report)
        if since is not None:
            earlier = await _earlier(workspace, index, since, scope)
            report["new"] = news_of(earlier.report, report, earlier.stated)
            compared_with = earlier.stated
    await workspace.audit.append(
        "report", {**selection.as_scope(), "form": form, "generated_at": at, "compared_with": compared_with}
    )
    return report


def _corrections(workspace: Workspace) -> Corrections:
    region = workspace.settings.parsers.default_region
    return corrections_of(workspace.journal, workspace.decisions.amended(), region)


async def _earlier(workspace: Workspace, index: Index, since: Since, scope: Scope) -> EarlierReport:
    if isinstance(since, EarlierReport):
        return since
    held = held_before(workspace, since, frozenset(entry.extraction_id for entry in await index.entries()))
    report = await build_report(
        EarlierIndex(index, held),
        software={"version": version("trapline")},
        scope=scope,
        generated_at=since,
        decisions=workspace.decisions.linkage_decisions(until=since),
        refused=refused_deliveries(workspace.journal, before=since),
    )
    return EarlierReport(report, {"at": since, "generated_at": None, "sha256": None})
