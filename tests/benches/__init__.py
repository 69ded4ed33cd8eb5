"""Measurements, printed beside a floor or a peer of the same run."""

from __future__ import annotations

import os

# As the command line has it (ingest/cli.py), before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
