"""Links between phones by the line that ties them, the lines in the order of the page, links across cases first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.reports.cuts import shares
from search.reports.link_cases import is_across

Item = Mapping[str, Any]

LINKS_SHOWN: Final = 300
"""Of one band."""


class LinkGroup(msgspec.Struct, frozen=True):
    """Links of one line; ``line_id`` is empty where they are of no line that the report shows.

    Attributes:
        across: How many of all join phones of different cases.
    """

    line_id: str
    links: tuple[Item, ...]
    total: int
    phone_count: int
    across: int


class LinkPart(msgspec.Struct, frozen=True):
    """All links of one band."""

    groups: tuple[LinkGroup, ...]
    total: int

    @property
    def shown(self) -> int:
        """How many are on the page."""
        return sum(len(group.links) for group in self.groups)


def link_part(links: Sequence[Item], line_ids: Sequence[str], cases: Mapping[str, Collection[str]]) -> LinkPart:
    """Return the links of a band by line, within a line those across cases first and else in the order given.

    Args:
        links: Those of the band.
        line_ids: Lines in the order of the page; a link of several stands under the first of them.
        cases: Of each device.
    """
    order = {line_id: place for place, line_id in enumerate(line_ids)}
    held: dict[str, list[Item]] = {}
    for link in links:
        known = [line_id for line_id in link["line_ids"] if line_id in order]
        held.setdefault(min(known, key=order.__getitem__, default=""), []).append(link)
    keys = sorted(held, key=lambda line_id: order.get(line_id, len(order)))
    counts = {}
    for key in keys:
        held[key].sort(key=lambda link: not is_across(link, cases))
        counts[key] = sum(is_across(link, cases) for link in held[key])
    given = shares([len(held[key]) for key in keys], LINKS_SHOWN)
    groups = tuple(
        LinkGroup(key, tuple(held[key][:count]), len(held[key]), len(_phones(held[key])), counts[key])
        for key, count in zip(keys, given, strict=True)
    )
    return LinkPart(groups, len(links))


def _phones(links: Sequence[Item]) -> set[str]:
    return {link[end] for link in links for end in ("a_device_id", "b_device_id")}
