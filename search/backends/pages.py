"""What pages have in common on both back ends."""

from __future__ import annotations

from collections.abc import Mapping

PAGE_AT_MOST = 5_000
"""Elasticsearch gives no page above 10,000; where more is asked for, a page is this long and has a cursor."""


def counted_most_first(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return a facet's values and counts, most first, then by value."""
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
