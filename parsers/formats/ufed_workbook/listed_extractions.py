"""What the sheets of items say of an extraction by naming it, for they have no list as the XML report has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.formats.ufdr.metadata import ExtractionInfo, Item
from parsers.formats.ufdr.parts import identifiers
from parsers.formats.ufed_workbook.item_sheets import ItemRow

# Anywhere in the name: ``Carte SIM``, ``Logical - UICC``; that of a handset for two cards is none.
_CARD_WORD = re.compile(r"(?<![a-z])(?<!dual[ -])(?<!multi[ -])(?:u?sim|uicc)(?![a-z])", re.IGNORECASE)
_OF_CARDS: Final = ("iccid", "imsi", "msisdn")
_CARD: Final = "SIM"


def listed_extraction(name: str, rows: Sequence[ItemRow]) -> ExtractionInfo:
    """Return the entry of one extraction under its name, which is what it is known by.

    One that is named after a card is a card's where its items are a card's and state no IMEI. The name alone tells
    where it begins with the word, as in the report (``SIM Card 1``).

    Args:
        name: What the items call it.
        rows: The items of all extractions.
    """
    is_card = _CARD_WORD.search(name) is not None and _is_of_card([row.item for row in rows if row.extraction == name])
    return ExtractionInfo(vendor_id=name, name=name, kind=_CARD if is_card else None)


def _is_of_card(items: Sequence[Item]) -> bool:
    return not identifiers(items, "imei") and any(identifiers(items, kind) for kind in _OF_CARDS)
