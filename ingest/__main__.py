"""``python -m ingest``: the same as the console script ``trapline``."""

from __future__ import annotations

from ingest.cli import main

if __name__ == "__main__":
    main()
