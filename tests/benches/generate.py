"""Write a report.xml with many messages: ``python -m tests.benches.generate 100000 big-report.xml``.

The file is streamed; memory does not grow with its size. 100,000 messages are about 130 MB.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ingest.demo.bulk_texts import bulk_report
from ingest.demo.writers.ufdr import DIALECTS, PA_5, ReportForm, wrap_report, write_bare

_DIALECTS = {dialect.name: dialect for dialect in DIALECTS}


def write_big_report(
    path: Path, message_count: int, distinct_count: int | None = None, dialect: str = PA_5.name
) -> Path:
    """Write the report with so many messages and return its path."""
    return write_bare(path, bulk_report(message_count, distinct_count), ReportForm(dialect=_DIALECTS[dialect]))


def main() -> int:
    """Parse the arguments, write the file, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=int, help="number of messages")
    parser.add_argument("path", type=Path, help="file to write: .xml, or .ufdr for an archive around it")
    parser.add_argument("--distinct", type=int, help="number of distinct texts (default: two fifths)")
    parser.add_argument("--dialect", choices=sorted(_DIALECTS), default=PA_5.name)
    chosen = parser.parse_args()
    started = time.monotonic()
    if chosen.path.suffix == ".ufdr":
        report_path = chosen.path.with_suffix(".report.xml")
        write_big_report(report_path, chosen.messages, chosen.distinct, chosen.dialect)
        wrap_report(chosen.path, report_path)
        report_path.unlink()
    else:
        write_big_report(chosen.path, chosen.messages, chosen.distinct, chosen.dialect)
    elapsed = time.monotonic() - started
    size = chosen.path.stat().st_size
    print(f"{chosen.path}: {chosen.messages:,} messages, {size:,} bytes, {elapsed:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
