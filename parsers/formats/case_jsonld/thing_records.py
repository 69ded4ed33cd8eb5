"""Which record a thing gives, by its facets before its types."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from parsers.formats.case_jsonld.event_records import call_of, message_of
from parsers.formats.case_jsonld.holder_records import account_of, contact_of, device_of, sim_of
from parsers.formats.case_jsonld.references import ACCOUNT_KINDS, DEVICE_KINDS, Thing
from parsers.formats.case_jsonld.thing_values import Place
from parsers.records.facts import Record


def kind_of(thing: Thing) -> str | None:
    """Return the kind of record that a thing gives, by its facets before its types. None: none.

    An account gives one only where no record and no facet names it as its own, which the caller has to ask.
    """
    own = thing.own
    stated = own.word("kind") if own is not None else None
    if stated in _MAKERS:
        return stated
    # Most things have one facet; what several are is asked of them together, since a message comes before a contact.
    facets = thing.facets[0].kinds if thing.facets else _NO_KINDS
    if len(thing.facets) > 1:
        facets = facets.union(*(facet.kinds for facet in thing.facets[1:]))
    found = _kind_by(facets)
    return found if found is not None or not _says_anything(thing) else _kind_by(thing.node.kinds)


def is_typed_as_event(thing: Thing) -> bool:
    """Whether a thing is of a type of which messages and calls are, and says something under whatever name.

    Of a node with an id and a type alone nothing is lost; bundles hold such for what they only refer to.
    """
    return bool(thing.node.names) and _kind_by(thing.node.kinds) in {"message", "call"}


@lru_cache(maxsize=1_024)
def _kind_by(kinds: frozenset[str]) -> str | None:
    return next((name for name, known in _KINDS if not kinds.isdisjoint(known)), None)


def record_of(kind: str, thing: Thing, place: Place) -> Record:
    """Return the record of a thing."""
    return _MAKERS[kind](thing, place)


_MAKERS: Final[dict[str, Callable[[Thing, Place], Record]]] = {
    "message": message_of,
    "call": call_of,
    "contact": contact_of,
    "account": account_of,
    "device": device_of,
    "sim": sim_of,
}
_KINDS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("message", frozenset({"Message", "SMSMessage", "MMSMessage"})),
    ("call", frozenset({"Call", "PhoneCall"})),
    ("contact", frozenset({"Contact"})),
    ("device", DEVICE_KINDS),
    ("sim", frozenset({"SIMCard"})),
    ("account", ACCOUNT_KINDS),
)
_NO_KINDS: Final = frozenset[str]()
_TELLING: Final = frozenset(
    {
        *("messageText", "body", "from", "to", "sentTime", "startTime", "duration", "callType", "displayName"),
        *("firstName", "lastName", "phoneNumber", "contactPhone", "accountIdentifier", "accountLogin", "IMEI"),
        *("ICCID", "IMSI", "MSISDN", "model", "serialNumber"),
    }
)


def _says_anything(thing: Thing) -> bool:
    """Whether the node states facts itself, without a facet; some converters write it so."""
    return thing.says(_TELLING)
