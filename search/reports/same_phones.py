"""Phones of one line whose first messages are the same: what both have counts for two, and ties them to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from search.linkage.same_messages import SameMessages, same_messages_words

Item = Mapping[str, Any]


def same_phones(members: Collection[str], devices: Mapping[str, Item], labels: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each two members of a line whose first messages are the same.

    Args:
        members: Devices with traffic of the line.
        devices: Those of the report, by id.
        labels: How the page names each device.
    """
    known = set(members) & devices.keys()
    for one in sorted(known, key=labels.__getitem__):
        for held in devices[one].get("same_messages", ()):
            other = held["device_id"]
            if other in known and labels[one] < labels[other]:
                yield same_messages_words(
                    labels[one],
                    labels[other],
                    SameMessages(
                        device_id=other, number_count=held["number_count"], record_ids=tuple(held["record_ids"])
                    ),
                )
