"""Tells a CASE bundle from other JSON: a graph of linked data whose names are those of CASE and UCO."""

from __future__ import annotations

import re
from typing import Final

from parsers.contract import Claim, Head
from parsers.json_encoding import json_front

_LINKED = re.compile(rb'"(?:@context|@graph|@id|@type)"\s*:')
_ONTOLOGY = re.compile(
    rb"unifiedcyberontology\.org|caseontology\.org|ontology\.casework\.github|case\.example\.org/core"
    rb"|ucoProject/UCO|casework/case",
    re.IGNORECASE,
)
_NAMES = re.compile(
    rb'"(?:[\w-]+:)?(?:hasFacet|hasPropertyBundle|propertyBundle)"\s*:'
    rb'|"uco-(?:core|observable|identity|types):|"case-investigation:'
)
_SCORE: Final = 93


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.members or head.is_folder:
        return None
    front = json_front(head.first_bytes)
    if not front.startswith((b"{", b"[")) or not _LINKED.search(front):
        return None
    if _ONTOLOGY.search(front):
        return Claim(score=_SCORE, reason="linked data with the names of the UCO ontology")
    return Claim(score=_SCORE, reason="linked data with facets of UCO") if _NAMES.search(front) else None
