"""What the sheets of items say of an extraction by naming it, for they have no list as the XML report has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.formats.ufdr.metadata import ExtractionInfo, Item
from parsers.formats.ufdr.parts import identifiers
from parsers.formats.ufed_workbook.item_sheets import ItemRow

_CARD_WORD = re.compile(r"(?<![a-z])(?:u?sim|uicc)(?![a-z])", re.IGNORECASE)
_ONE_CARD: Final = (
    r"(?:(?:carte|tarjeta|karta|cerdyn)\s+)?(?:u?sim|uicc)(?:[\s-]*(?:cards?|karte|kaart))?(?:[\s#-]*[0-9]{1,22})?"
)
# The whole name, or behind a dash or in a bracket: ``SIM Card 1``, ``SIM (UICC)``, ``Carte SIM``, ``Logical - UICC``.
_CARD_NAME = re.compile(
    rf"\s*(?:[^()]*\s[-\u2013]\s*|[^()]*\()?{_ONE_CARD}\s*\)?\s*(?:\((?:{_ONE_CARD}|[0-9]{{1,22}})\))?\s*",
    re.IGNORECASE,
)
_OF_A_HANDSET = re.compile(r"\b(?:with|without|not?|free|unlocked|dual|multi)\b", re.IGNORECASE)
_MEMORY_WORD = re.compile(r"\s*(?:mass storage|memory card|(?:micro)?sd[ -]?card)", re.IGNORECASE)
_LONGEST_NAME: Final = 200
_OF_CARDS: Final = ("iccid", "imsi", "msisdn")
_MODELS: Final = frozenset({"detectedphonemodel", "detectedmodel", "phonemodel", "modelnumber", "model"})
_CARD: Final = "SIM"


def listed_extraction(name: str, rows: Sequence[ItemRow]) -> ExtractionInfo:
    """Return the entry of one extraction under its name, which is what it is known by.

    One that is named after a card is a card's where its items are a card's: they state no IMEI and no model. A name
    that only speaks of a card (``SIM-free Nokia 105``, ``Logical (SIM not present)``) tells nothing, and is not passed
    on, for the report's own rule takes the word in front for a card's.

    Args:
        name: What the items call it.
        rows: The items of all extractions.
    """
    items = [row.item for row in rows if row.extraction == name]
    if _CARD_WORD.search(name) is None:
        is_handset = _MEMORY_WORD.match(name) is not None and _is_of_handset(items)
        return ExtractionInfo(vendor_id=name, name=None if is_handset else name)
    if not _is_card_name(name) or _is_of_handset(items):
        return ExtractionInfo(vendor_id=name)
    is_card = any(identifiers(items, kind) for kind in _OF_CARDS)
    return ExtractionInfo(vendor_id=name, name=name, kind=_CARD if is_card else None)


def _is_card_name(name: str) -> bool:
    is_named = len(name) <= _LONGEST_NAME and _CARD_NAME.fullmatch(name) is not None
    return is_named and _OF_A_HANDSET.search(name) is None


def _is_of_handset(items: Sequence[Item]) -> bool:
    return bool(identifiers(items, "imei")) or any(item.key in _MODELS and item.text.strip() for item in items)
