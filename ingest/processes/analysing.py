"""Jobs of an analysing process: finds what distinct texts say, each once, and keeps it by text."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from ingest.processes.analysis_jobs import Analysed, AnalyseRequest, AnalysisVersions, VersionsRequest
from ingest.processes.memory import peak_memory_bytes
from ingest.processes.text_findings import TextFindings, close_kept, kept_findings
from ingest.processes.text_spill import texts_of
from ingest.processes.twins import HAS_TWINS, twins
from nlp.analysis import Analyser, build_analyser
from nlp.text_ids import text_id

_ENCODER: Final = msgspec.msgpack.Encoder()


def versions(argument: VersionsRequest) -> AnalysisVersions:
    """Return the versions; loads the analysis, so that the first portion need not wait for it."""
    return versions_of(loaded_analyser(argument.lexicon_dirs))


def analyse(argument: AnalyseRequest) -> Analysed:
    """Analyse the texts of portions that are not known yet, and remove the portions."""
    analyser = loaded_analyser(argument.lexicon_dirs)
    portions = [(path, list(texts_of(path))) for path in map(Path, argument.portions)]
    text_count = sum(len(texts) for _, texts in portions)

    def work(share: Sequence[tuple[Path, list[str]]]) -> None:
        for path, texts in share:
            find_missing(analyser, kept_findings(Path(argument.findings), versions_of(analyser).key), texts)
            path.unlink()

    # In turns, so that what was read first is found first, whoever finds it.
    count = min(argument.processes, len(portions)) if HAS_TWINS else 1
    own_share, *others = [portions[at::count] for at in range(count)]
    if others:
        close_kept()
    with twins(work, others) as running:
        work(own_share)
        for number in running.left_over():
            work([portion for portion in others[number] if portion[0].exists()])
    return Analysed(text_count=text_count, peak_memory_bytes=peak_memory_bytes())


def find_missing(analyser: Analyser, known: TextFindings, texts: Sequence[str]) -> None:
    """Analyse those of the texts that are not known, and keep what was found."""
    ids = {bytes.fromhex(text_id(text)): text for text in texts}
    held = known.get(list(ids))
    missing = {key: text for key, text in ids.items() if key not in held}
    findings = analyser.find(missing.values())
    known.put((key, _ENCODER.encode(finding)) for key, finding in zip(missing, findings, strict=True))


def versions_of(analyser: Analyser) -> AnalysisVersions:
    """Return the versions of an analyser."""
    return AnalysisVersions(nlp_version=analyser.nlp_version, lexicon_version=analyser.lexicon_version)


@lru_cache(maxsize=1)
def loaded_analyser(lexicon_dirs: tuple[str, ...]) -> Analyser:
    """Return the analyser of this process; building one takes a second or two."""
    analyser = build_analyser([Path(folder) for folder in lexicon_dirs])
    # The collector need not look at the library, the lexicons and the pipeline again: a tenth of the time of a portion.
    gc.freeze()
    return analyser
