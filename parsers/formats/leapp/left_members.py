"""Names what lies in an output and was not read: pages, media, other artifacts; by folder, for there are thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Final

from parsers.part_book import FURTHER_MEMBERS, left_of
from parsers.records.notices import Notice

_NAMED_MEMBERS: Final = 50


def members_left(names: Iterable[str], used: Container[str], twins: Container[str], prefix: str) -> Iterator[Notice]:
    """Yield a notice for each folder at the top of an output, or file there, of which something was not read.

    Args:
        names: The files of the delivery.
        used: Those of which records were made.
        twins: Files of artifacts that were read from their tables: nothing of those is left.
        prefix: Folder of the output, with its ``/``.
    """
    counts: Counter[str] = Counter()
    read: set[str] = set()
    for name in names:
        head, slash, _ = name.removeprefix(prefix).partition("/")
        group = head + slash
        if name in used or name in twins:
            read.add(group)
            continue
        counts[group if group in counts or len(counts) < _NAMED_MEMBERS else FURTHER_MEMBERS] += 1
    for group, count in counts.items():
        yield Notice(code="member_not_read", subject=left_of(group, read), count=count)
