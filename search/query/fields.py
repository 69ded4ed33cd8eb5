"""The fields that a query can name, what their values may be, and the form in which values are compared.

Both sides use ``field_value``: the parser for what the user typed, the back ends for what they index and for trees that
no parser made. It is idempotent.
"""

from __future__ import annotations

from collections.abc import Mapping

from parsers.phone_numbers import to_e164
from parsers.records.facts import RECORD_KINDS, Direction
from search.query.words import words

FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "line": (),
    "drug": (),
    "template": (),
    "flare": (),
    "extraction": (),
    "service": (),
    "kind": tuple(kind.kind for kind in RECORD_KINDS),
    "direction": tuple(direction.value for direction in Direction),
    "is": ("advert", "deleted", "duplicate", "flare", "order", "undated"),
}
"""Each field and its possible values; no values: any. ``is:duplicate`` needs duplicates to be asked for;
``is:order`` finds texts that by their words alone read like a customer's to a line."""

_LOWER_CASE = frozenset({"service", "kind", "direction", "is"})
_BY_WORDS = frozenset({"line", "drug"})


def field_value(field: str, value: str) -> str:
    """Return the value as it is compared: a number in E.164 where it has one, a name folded to its words."""
    stripped = value.strip()
    if field == "number":
        return to_e164(stripped) or stripped.casefold()
    if field in _BY_WORDS:
        return " ".join(words(stripped)) or stripped.casefold()
    return stripped.lower() if field in _LOWER_CASE else stripped
