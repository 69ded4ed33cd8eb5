"""Links between phones by the line that ties them, the lines in the order of the page, links across cases first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.reports.cited import is_assumed
from search.reports.cuts import shares
from search.reports.link_cases import is_across

Item = Mapping[str, Any]

_SAID_ONCE: Final = "common_template"
LINKS_SHOWN: Final = 300
"""Of one band."""


class LinkGroup(msgspec.Struct, frozen=True):
    """Links of one line; ``line_id`` is empty where they are of no line that the report shows.

    Attributes:
        across: How many of all join phones of different cases.
        shared: On how many of all a wording on both phones is of several lines.
        assumed: How sure it is that the line is one, in a sentence; empty where no link says it.
    """

    line_id: str
    links: tuple[Item, ...]
    total: int
    phone_count: int
    across: int
    shared: int
    assumed: str

    @property
    def shared_words(self) -> str:
        """What is said once of wordings that several lines use; empty where no link has any."""
        if not self.shared:
            return ""
        return f"On both phones of {self.shared} of these links stand texts of several lines; they count for nothing."


def of_the_link(against: Sequence[Item]) -> list[Item]:
    """Return what speaks against a link, but for what is said of all links of a line at once."""
    return [item for item in against if item["kind"] != _SAID_ONCE]


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
    for key in keys:
        held[key].sort(key=lambda link: not is_across(link, cases))
    given = shares([len(held[key]) for key in keys], LINKS_SHOWN)
    groups = tuple(
        LinkGroup(
            line_id=key,
            links=tuple(held[key][:count]),
            total=len(held[key]),
            phone_count=len(_phones(held[key])),
            across=sum(is_across(link, cases) for link in held[key]),
            shared=sum(any(item["kind"] == _SAID_ONCE for item in link["against"]) for link in held[key]),
            assumed=next(filter(None, (_assumed(link, key) for link in held[key])), ""),
        )
        for key, count in zip(keys, given, strict=True)
    )
    return LinkPart(groups, len(links))


def _assumed(link: Item, line_id: str) -> str:
    said = (reason["sentence"] for reason in link["reasons"] if reason["value"] == line_id and is_assumed(reason))
    return next(said, "")


def _phones(links: Sequence[Item]) -> set[str]:
    return {link[end] for link in links for end in ("a_device_id", "b_device_id")}
