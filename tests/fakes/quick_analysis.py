"""An analysis that loads in no time, for tests of what is around it: it takes texts that name a LINE for adverts.

The jobs of ``QUICK_JOBS`` stand in for those of the analysing processes; everything else is the real thing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from ingest.processes.analysis_jobs import Analysed, AnalyseRequest, AnalysisVersions, VersionsRequest
from ingest.processes.text_findings import TextFindings
from ingest.processes.text_spill import texts_of
from ingest.processes.worker_process import JOBS
from nlp.text_ids import text_id
from parsers.records.findings import TextFinding
from parsers.records.ids import derived_id

QUICK_JOBS: Final = {
    **JOBS,
    "versions": "tests.fakes.quick_analysis:versions",
    "analyse": "tests.fakes.quick_analysis:analyse",
}
VERSIONS: Final = AnalysisVersions(nlp_version="quick", lexicon_version="none")


def versions(argument: VersionsRequest) -> AnalysisVersions:
    """Return the versions: lexicons of the force make another one."""
    return _versions_with(argument.lexicon_dirs)


def _versions_with(lexicon_dirs: tuple[str, ...]) -> AnalysisVersions:
    names = "+".join(Path(folder).name for folder in lexicon_dirs)
    return msgspec.structs.replace(VERSIONS, lexicon_version=names or VERSIONS.lexicon_version)


def analyse(argument: AnalyseRequest) -> Analysed:
    """Keep a finding of each text."""
    texts = [text for portion in argument.portions for text in texts_of(Path(portion))]
    versions = _versions_with(argument.lexicon_dirs)
    with TextFindings(Path(argument.findings), versions.key) as known:
        known.put((bytes.fromhex(text_id(text)), msgspec.msgpack.encode(finding(text, versions))) for text in texts)
    for portion in argument.portions:
        Path(portion).unlink()
    return Analysed(text_count=len(texts), peak_memory_bytes=0)


def finding(text: str, versions: AnalysisVersions = VERSIONS) -> TextFinding:
    """Return what this analysis says of a text."""
    is_advert = "LINE" in text
    first = text.split(maxsplit=1)[0] if is_advert else ""
    return TextFinding(
        text_id=text_id(text),
        is_advert=is_advert,
        advert_score=0.9 if is_advert else 0.1,
        line=first.title() or None,
        line_surface=first or None,
        template_id=derived_id("t", text),
        template=text,
        nlp_version=versions.nlp_version,
        lexicon_version=versions.lexicon_version,
    )
