"""What the price model sees of a price in a text that is no advert: itself, what stands beside it, what the text says.

The same "3 for 25" stands on a bakery's board, in a cricket score and in an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind
from nlp.readings import Mark, Reading
from nlp.spans.drug_features import Symbols
from nlp.spans.price_context import PriceContext
from parsers.records.findings import SpanKind

_MOST: Final = 2
_SHORT: Final = 6


def features_of_text(reading: Reading, prices: Sequence[Mark], context: PriceContext) -> list[str]:
    """Return what holds for the text as a whole; its drugs are decided."""
    drugs = len(reading.marked(SpanKind.DRUG))
    facts = context.facts(reading, prices, drugs)
    found = [f"{name} {int(value)}" for name, value in facts.items() if value]
    found += sorted({f"family {term.entry.cue}" for term in reading.of_kind(LexiconKind.LOOKALIKE)})
    found.append(f"drugs {min(_MOST, drugs)} prices {min(_MOST, len(prices))}")
    found.append("short" if sum(reading.is_word) <= _SHORT else "long")
    return found + [f"word {word}" for word in dict.fromkeys(reading.words) if word.isalpha()]


def features_of_price(reading: Reading, price: Mark, neighbours: Symbols) -> list[str]:
    """Return what holds for one price; ``neighbours`` says what stands at each token."""
    tokens = reading.tokens_of(price.start, price.end)
    before, before2 = neighbours.near(tokens.start - 1, -1)
    after, after2 = neighbours.near(tokens.stop, 1)
    return [
        price.rule,
        f"before {before}",
        f"after {after}",
        f"before {before2} {before}",
        f"after {after} {after2}",
        f"between {before} {after}",
        f"{price.rule} before {before}",
        f"{price.rule} after {after}",
    ]


def features_of_prices(reading: Reading, prices: Sequence[Mark], context: PriceContext) -> list[list[str]]:
    """Return the features of each price of a text."""
    of_text = features_of_text(reading, prices, context)
    neighbours = Symbols(reading, reading.drug_candidates)
    return [[*of_text, *features_of_price(reading, price, neighbours)] for price in prices]
