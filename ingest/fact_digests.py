"""A digest of what a record states, equal for the same fact in two extractions of one device.

Superseding compares extractions by these. What identifies the handset or its owner (device, SIM, account) has none:
each extraction must keep it, or it could no longer say whose messages it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from parsers.records.facts import Call, Contact, Message, Record
from parsers.records.values import NumberRef, Party

NO_FACT: Final = 0
"""Digest of a record that no other extraction can cover."""

_SECONDS = len("2020-05-18T21:06:19")


def fact_digest(record: Record) -> int:
    """Return the digest, an unsigned number of 64 bits; ``NO_FACT`` where there is none.

    Instants count to the second, parties by number and not by name, the owner's side not at all: two tools differ in
    those for one and the same fact.
    """
    if isinstance(record, Message):
        parties = _parties((record.from_party, *record.to))
        text = f"m|{record.direction}|{parties}|{_second(record.time.utc)}|{record.body}"
    elif isinstance(record, Call):
        parties = _parties((record.from_party, *record.to))
        text = f"c|{record.call_type}|{parties}|{_second(record.time.utc)}|{record.duration_seconds}"
    elif isinstance(record, Contact):
        numbers = sorted(_key(number) for number in record.numbers)
        text = f"p|{record.name}|{numbers}|{sorted(record.handles)}|{sorted(record.emails)}"
    else:
        return NO_FACT
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, person=b"fact").digest()
    return int.from_bytes(digest, "little") or 1


def _parties(parties: Iterable[Party | None]) -> str:
    keys = [_key(party) for party in parties if party is not None and party.is_owner is not True]
    return keys[0] if len(keys) == 1 else "\x1f".join(sorted(keys))


def _key(party: Party | NumberRef) -> str:
    return party.e164 or party.raw or ""


def _second(utc: str | None) -> str:
    return utc[:_SECONDS] if utc is not None else ""
