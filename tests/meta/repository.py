"""Where the repository's own files are, for the rules about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "parsers", "nlp", "search", "ingest")


def modules(*packages: str) -> Iterator[Path]:
    """Yield the Python files of the packages, in order."""
    for package in packages or PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def files() -> Iterator[Path]:
    """Yield every file of the repository, in order; environments, caches and data folders are not entered."""
    for folder, names, found in os.walk(ROOT):
        names[:] = sorted(
            name for name in names if not name.startswith(".") and name not in {"__pycache__", "trapline-data"}
        )
        yield from (Path(folder, name) for name in sorted(found))


def prose() -> Iterator[Path]:
    """Yield every page of prose that the repository holds, in order."""
    return (path for path in files() if path.suffix == ".md")
