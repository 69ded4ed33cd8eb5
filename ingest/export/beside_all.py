"""What the records of an export are beside all that the data folder holds: their wordings, and the names of lines.

Read from the finding segments alone, of all extractions, those that are not looked at included.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile

from ingest.assemble import Workspace
from ingest.errors import SegmentDamaged
from ingest.input_rows import InputRows
from ingest.segment_store.finding_segments import FindingSegment
from nlp.analysis import build_analyser
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow
from search.contract import TemplateEntry
from search.line_names import NO_NAMES, LineNames, NameEvidence
from search.template_groups import TemplateGroups, groups_of


def beside_all(workspace: Workspace) -> tuple[TemplateGroups, LineNames, tuple[str, ...]]:
    """Return the wordings that are one among all extractions, and which line their adverts name beside each other.

    Behind them which extractions could not be asked: their findings are damaged.
    """
    evidence = NameEvidence()
    damaged: list[str] = []

    def entries() -> Iterator[TemplateEntry]:
        for row in workspace.journal.extractions():
            if row.findings_sha256 is not None:
                path = workspace.segments.findings_path(row.extraction_id, row.findings_sha256)
                try:
                    with FindingSegment(path, row.extraction_id) as findings:
                        for entry in findings.templates():
                            evidence.add_template(entry)
                            yield entry
                        for edge in findings.edges():
                            evidence.add_edge(edge)
                except SegmentDamaged:
                    damaged.append(row.extraction_id)

    groups = groups_of(entries())
    return groups, _settled(workspace, evidence) if evidence.has_adverts else NO_NAMES, tuple(damaged)


def _settled(workspace: Workspace, evidence: NameEvidence) -> LineNames:
    analyser = build_analyser(workspace.settings.nlp.lexicon_dirs)
    with TemporaryFile() as adverts, TemporaryFile() as near:
        return evidence.settled(analyser, InputRows(adverts, AdvertRow), InputRows(near, NearAdvert))
