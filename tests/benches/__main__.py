"""Every table of figures, one after the other: ``python -m tests.benches [NAME ...]``; what ``make bench`` runs.

Benches are not tests: they print ratios to a floor or a peer that ran beside them, with machine and date.
"""

from __future__ import annotations

import importlib
import sys

BENCHES = (
    *("bench_parse", "bench_formats", "bench_nlp", "bench_index", "bench_linkage", "bench_report", "bench_drop"),
    *("bench_deliveries", "bench_elastic_loader"),
)


def main(names: list[str]) -> int:
    """Run the named benches, or all."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in names or BENCHES:
        importlib.import_module(f"tests.benches.{name}").main()
        print(flush=True)
    return 0


if __name__ == "__main__":
    # a bench that is run by itself takes its sizes from there
    asked, sys.argv[1:] = sys.argv[1:], []
    sys.exit(main(asked))
