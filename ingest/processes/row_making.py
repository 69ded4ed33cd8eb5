"""The job that makes the rows of an extraction for the embedded index, while the service writes them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from ingest.processes.row_jobs import PORTIONS_AHEAD, RowsMade, RowsRequest, portion_path
from ingest.segment_store.loading import SegmentLoad
from ingest.segment_store.segments import SegmentStore
from search.backends.embedded_rows import rows_of

_LOOK_SECONDS: Final = 0.005


def make_rows(argument: RowsRequest) -> RowsMade:
    """Write the rows of an extraction in portions, never far ahead of their reader.

    Raises:
        SegmentDamaged: A segment cannot be read.
    """
    folder = Path(argument.folder)
    count = 0
    store = SegmentStore(Path(argument.segments))
    with SegmentLoad(store, argument.entry, argument.records_sha256, argument.findings_sha256) as load:
        for rows in rows_of(load, argument.extraction_no):
            part = folder / "part"
            part.write_bytes(rows.packed())
            part.rename(portion_path(folder, count))
            count += 1
            while count > PORTIONS_AHEAD and portion_path(folder, count - PORTIONS_AHEAD).exists():
                time.sleep(_LOOK_SECONDS)
    return RowsMade(portion_count=count)
