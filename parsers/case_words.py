"""The words of the facets that our CASE export puts beside those of UCO, for its writer and the reader of bundles."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

OWN_PREFIX: Final = "trapline"
OWN_ADDRESS: Final = "urn:trapline:ontology:"
RECORD_FACET: Final = "TraplineRecordFacet"
PARTY_FACET: Final = "TraplinePartyFacet"
TIMES: Final = ("time", "sent", "received", "read", "delivered")
"""The times of a record; each has ``Raw``, ``Utc``, ``OffsetMinutes`` and ``Basis`` behind its name."""

CLOCK_TIMES: Final = ("deviceTime", "extractionTime")
"""The times of a handset's clock, written in the same way."""

EXTRACTION_FACET: Final = "TraplineExtractionFacet"
"""What tells the device of an extraction apart, whether its file, its submitter or a correction says it."""

IDENTIFIERS: Final = ("imei", "iccid", "imsi", "msisdn")
SOURCE_FACET: Final = "TraplineSourceFacet"
ANALYSIS_FACET: Final = "TraplineAnalysisFacet"

_IDS: Final = UUID("2f9a3c52-6f0e-5d0b-9f0a-6f1d1c0f7a11")


def node_id(kind: str, text: str) -> str:
    """Return the id of the node of a kind that stands for a text: of a record, its kind and its record id."""
    return f"kb:{kind}-{uuid5(_IDS, f'{kind} {text}')}"
