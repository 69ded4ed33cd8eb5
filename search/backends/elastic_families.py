"""The families of documents: their names, their mappings, how their indexes are made and checked.

One shared index a family, never one a case or a device. An index has a version in its name and is reached through two
aliases: a new mapping is built beside the old one from the segments, and both aliases are swapped in one call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import StrEnum

from parsers.records.meanings import Meaning
from search.backends.elastic_client import Cluster
from search.errors import IndexMissing, IndexOutdated, SearchError
from search.mapping import (
    EDGE_FIELDS,
    ENTRY_FIELDS,
    FLARE_FIELDS,
    MADE_WITH,
    RECORD_FIELDS,
    TEMPLATE_FIELDS,
    FieldType,
    elastic_mapping,
)


class Family(StrEnum):
    """A family of documents of one mapping."""

    RECORDS = "records"
    EDGES = "edges"
    FLARES = "flares"
    TEMPLATES = "templates"
    EXTRACTIONS = "extractions"


_FIELDS: Mapping[Family, Mapping[str, Meaning | FieldType]] = {
    Family.RECORDS: RECORD_FIELDS,
    Family.EDGES: EDGE_FIELDS,
    Family.FLARES: FLARE_FIELDS,
    Family.TEMPLATES: TEMPLATE_FIELDS,
    Family.EXTRACTIONS: ENTRY_FIELDS,
}
_SHARDED = frozenset({Family.RECORDS, Family.EDGES})
_FIRST_VERSION = "v1-000"

_CONTROL = "control"
_CONTROL_MAPPING: Mapping[str, object] = {
    "dynamic": "strict",
    "_meta": dict(MADE_WITH),
    "properties": {
        "extraction_ids": {"type": "keyword"},
        "claims": {"type": "object", "enabled": False},
        "owner": {"type": "keyword"},
        "expires_at_ms": {"type": "long"},
    },
}


class Names:
    """The names of indexes and aliases under one prefix."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def read(self, family: Family) -> str:
        """Return the alias that searches read."""
        return f"{self._prefix}-{family}"

    def write(self, family: Family) -> str:
        """Return the alias that loads write to."""
        return f"{self._prefix}-{family}-w"

    def first_index(self, family: Family | str) -> str:
        """Return the name of the first index of a family."""
        return f"{self._prefix}-{family}-{_FIRST_VERSION}"

    @property
    def control(self) -> str:
        """Return the index of leases and of what is being loaded; a terms lookup takes no alias of several."""
        return self.first_index(_CONTROL)


async def make_indexes(cluster: Cluster, names: Names) -> None:
    """Make every index that is missing, and check the mappings of those that are there.

    Raises:
        IndexOutdated: An index was made with another mapping or other words.
    """
    control = {"settings": _index_settings(cluster, 1), "mappings": dict(_CONTROL_MAPPING)}
    making = [_make(cluster, names.control, names.control, control)]
    for family in Family:
        alias = names.read(family)
        body = {
            "settings": _index_settings(cluster, cluster.settings.shards if family in _SHARDED else 1),
            "mappings": elastic_mapping(_FIELDS[family]),
            "aliases": {alias: {}, names.write(family): {"is_write_index": True}},
        }
        making.append(_make(cluster, alias, names.first_index(family), body))
    failures = [exc for exc in await asyncio.gather(*making, return_exceptions=True) if exc is not None]
    if failures:
        raise failures[0]


async def _make(cluster: Cluster, alias: str, index: str, body: Mapping[str, object]) -> None:
    try:
        await _check(cluster, alias)
    except IndexMissing:
        try:
            await cluster.write("PUT", f"/{index}", None, body)
        except SearchError as exc:
            # Two processes that open at the same time: the second finds it made.
            if "resource_already_exists_exception" not in str(exc):
                raise
            await _check(cluster, alias)


async def _check(cluster: Cluster, alias: str) -> None:
    found = await cluster.read("GET", f"/{alias}/_mapping", {"filter_path": "*.mappings._meta"})
    for index, part in found.items():
        made_with = part["mappings"]["_meta"]
        if made_with != dict(MADE_WITH):
            raise IndexOutdated(index, made_with, MADE_WITH, _remedy(index))


def _remedy(index: str) -> str:
    # Other sites may go on with it, and have what it holds of theirs: so no verb takes it away.
    prefix = index.rsplit("-", 3)[0]
    return (
        f"Once every site has this version, delete the indexes {prefix}-* from the cluster, and run trapline rebuild "
        "at each site."
    )


def _index_settings(cluster: Cluster, shards: int) -> dict[str, object]:
    # Refreshed once by hand when an extraction is whole, never in between.
    return {
        "number_of_shards": shards,
        "number_of_replicas": cluster.settings.replicas,
        "refresh_interval": "-1",
    }
