"""What a report is about: cases, exhibits and a period."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from search.contract import ExtractionEntry
from search.linkage.model import Link, Linkage


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a report. Empty or None: not narrowed. ``until`` is exclusive.

    Lines and links are always made over everything held: the other end of a link is what a report is for. A narrowed
    report shows the lines that a phone in scope belongs to or mentions, with all their phones, and nothing else.
    """

    cases: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def has(self, entry: ExtractionEntry) -> bool:
        """Whether the extraction is of a case and an exhibit in scope."""
        return (not self.cases or entry.case_ref in self.cases) and (
            not self.exhibits or entry.exhibit_ref in self.exhibits
        )


EVERYTHING = Scope()
"""The scope that is not narrowed."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The devices in scope, all devices that a report names, and the lines that it shows."""

    in_scope: frozenset[str]
    device_ids: frozenset[str]
    line_ids: frozenset[str]

    def has(self, link: Link) -> bool:
        """Whether one end of the link is in scope."""
        return link.a_device_id in self.in_scope or link.b_device_id in self.in_scope


def shown_in(scope: Scope, entries: Mapping[str, list[ExtractionEntry]], linkage: Linkage) -> Shown:
    """Return what a report of this scope shows; ``entries`` are by device."""
    in_scope = frozenset(device_id for device_id, held in entries.items() if any(map(scope.has, held)))
    line_ids = frozenset(
        line.line_id for line in linkage.lines if any(row.device_id in in_scope for row in line.devices)
    )
    device_ids = set(in_scope)
    for line in linkage.lines:
        if line.line_id in line_ids:
            device_ids |= {row.device_id for row in line.devices}
    for link in (*linkage.links, *linkage.rejected_links):
        if link.a_device_id in in_scope or link.b_device_id in in_scope:
            device_ids |= {link.a_device_id, link.b_device_id}
    for rejected in linkage.rejected_lines:
        if in_scope.intersection(rejected.device_ids):
            device_ids |= set(rejected.device_ids)
    for event in linkage.events:
        if in_scope & set(event.device_ids):
            device_ids |= set(event.device_ids)
    return Shown(in_scope=in_scope, device_ids=frozenset(device_ids), line_ids=line_ids)
