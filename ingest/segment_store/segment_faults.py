"""Whether the segments of an extraction are those that were written: each whole file compared with its hash."""

from __future__ import annotations

from ingest.segment_store.segment_file import file_sha256
from ingest.segment_store.segments import SegmentStore


def segment_fault(store: SegmentStore, extraction_id: str, records_sha256: str, findings_sha256: str | None) -> str:
    """Return what is wrong with the segments of an extraction; empty: nothing. Blocks: it reads them whole.

    Args:
        store: The segments of the data folder.
        extraction_id: Of the extraction.
        records_sha256: Of its record segment, as the journal has it.
        findings_sha256: Of its finding segment. None: not made yet.
    """
    named = [(store.records_path(extraction_id, records_sha256), records_sha256)]
    if findings_sha256 is not None:
        named.append((store.findings_path(extraction_id, findings_sha256), findings_sha256))
    for path, sha256 in named:
        try:
            if file_sha256(path) != sha256:
                return f"{path.name} does not match its hash"
        except OSError as exc:
            return f"{path.name}: {exc.strerror or 'it cannot be read'}"
    return ""
