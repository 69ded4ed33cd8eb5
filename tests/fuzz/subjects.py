"""What is mutated: the shipped samples by the reader that takes them, files and what lies in archives."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from parsers.errors import InputRefused
from parsers.identification import head_of
from parsers.registry import identify
from tests.fakes.golden import FIXTURES

_MOST_BYTES: Final = 300_000
"""A larger sample says nothing more, and takes the time of many small ones."""

_NO_SAMPLES: Final = frozenset({".py", ".toml", ".md", ".pyc"})
_COMPANIONS: Final = ("-wal", "-shm", "-journal")


class Subject(msgspec.Struct, frozen=True):
    """One sample. ``companions``: suffix and content of what lies beside a database."""

    name: str
    content: bytes
    companions: tuple[tuple[str, bytes], ...] = ()


@cache
def subjects() -> dict[str, tuple[Subject, ...]]:
    """Return the samples by the name of their reader, smallest first."""
    found: dict[str, list[Subject]] = defaultdict(list)
    for path in sorted(FIXTURES.rglob("*")):
        if not path.is_file() or path.suffix in _NO_SAMPLES or path.name.endswith(_COMPANIONS):
            continue
        if path.stat().st_size > _MOST_BYTES:
            continue
        try:
            parser, _ = identify(head_of(path, path.name, is_folder=False))
        except InputRefused:
            continue
        found[parser.name].append(_subject(path))
    return {name: tuple(sorted(held, key=lambda each: len(each.content))) for name, held in sorted(found.items())}


def _subject(path: Path) -> Subject:
    beside = [(suffix, path.with_name(path.name + suffix)) for suffix in _COMPANIONS]
    companions = tuple(
        (suffix, other.read_bytes())
        for suffix, other in beside
        if other.exists() and other.stat().st_size <= _MOST_BYTES
    )
    return Subject(path.name, path.read_bytes(), companions)
