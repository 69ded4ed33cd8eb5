"""What is known of the numbers that several extractions hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from search.contract import Edge
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.device_links.hubs import Acquaintances, acquaintances
from search.linkage.extraction.edge_table import first_records
from search.linkage.keys import LISTED_ROLES
from search.linkage.same_messages import SameMessages, same_messages


class SharedNumbers(NamedTuple):
    """What is known of the numbers that several extractions hold.

    Attributes:
        holders: A record of each number on each device, by number and device; empty text where none is known.
        listing: Devices that sent to a number as to one of many, by number.
        known: Which devices have texts or calls with each other.
        alike: Of each device the others whose first messages are the same.
    """

    holders: Mapping[str, Mapping[str, str]]
    listing: Mapping[str, frozenset[str]]
    known: Acquaintances
    alike: Mapping[str, tuple[SameMessages, ...]]

    def knowing(self) -> dict[str, Collection[str]]:
        """Return the devices of each number but for those that have it on a list: whose customer one is knows nobody.

        A number that nobody else has is left out.
        """
        known = {number: held.keys() - self.listing.get(number, frozenset()) for number, held in self.holders.items()}
        return {number: devices for number, devices in known.items() if devices}


def shared_numbers(
    edges: Mapping[str, Sequence[Edge]],
    owned: Mapping[str, Sequence[Edge]],
    devices: Mapping[str, DeviceFacts],
    device_of: Mapping[str, str],
) -> SharedNumbers:
    """Return what is known of numbers that several extractions hold.

    Args:
        edges: Their edges, by number.
        owned: Edges of the devices' own numbers, which one of them alone may hold.
        devices: All devices.
        device_of: Device by extraction.
    """
    return SharedNumbers(
        holders={number: first_records(held, device_of) for number, held in edges.items()},
        listing={number: _listing(held, device_of) for number, held in edges.items()},
        known=acquaintances({**edges, **owned}, devices, device_of),
        alike=same_messages(edges, device_of),
    )


def _listing(edges: Iterable[Edge], device_of: Mapping[str, str]) -> frozenset[str]:
    """Return the devices that sent to a number as to one of many."""
    found = (device_of.get(edge.extraction_id) for edge in edges if edge.role in LISTED_ROLES)
    return frozenset(device_id for device_id in found if device_id is not None)
