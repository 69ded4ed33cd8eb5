"""Finds the stored SMS in a line of hexadecimal, whatever label, separators or status stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sim_records import RECORD_OCTETS, is_status, is_unused
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms, read_stored_sms

_SEPARATORS: Final = re.compile(r"[\s,;|\"'=:<>()\[\]{}]+")
_HEX: Final = re.compile(r"(?:0[xX])?([0-9A-Fa-f]+)")
_FEWEST_DIGITS: Final = 20
"""The shortest SMS in use is a dozen octets; a telephone number or a date is shorter than this."""

_MOST_LABELS: Final = 4
_MOST_OCTETS: Final = 1_024
"""Far more than an SMS or a record of a card has; a line of more is something else."""

_UNSET: Final = bytes(7)


class LineSms(msgspec.Struct, frozen=True):
    """The SMS of a line.

    Attributes:
        record: The octets, with the status of a card in front if ``is_card``.
        sms: None where the record of a card was never used.
        label: What stands before it in the line.
    """

    record: bytes
    sms: StoredSms | None
    label: str
    is_card: bool


def has_octets(text: str) -> bool:
    """Whether a line holds so many hexadecimal digits in a row that an SMS may stand in them."""
    return any(len(digits) >= _FEWEST_DIGITS for digits, _ in _runs(text))


def read_line(text: str) -> LineSms:
    """Return the SMS of a line.

    Raises:
        PduMalformed: Its digits are no whole SMS.
    """
    found: LineSms | None = None
    first_error: PduMalformed | None = None
    for octets, label in _candidates(text):
        for is_card, has_service_centre in _readings(octets):
            try:
                line = _read(octets, label, is_card=is_card, has_service_centre=has_service_centre)
            except PduMalformed as error:
                first_error = first_error or error
                continue
            if line.sms is None or _is_sound(line.sms):
                return line
            found = found or line
    if found is not None:
        return found
    raise first_error or PduMalformed("an odd number of digits")


def _read(octets: bytes, label: str, *, is_card: bool, has_service_centre: bool) -> LineSms:
    if len(octets) > _MOST_OCTETS:
        raise PduMalformed("more octets than an SMS has")
    if not is_card:
        return LineSms(octets, read_stored_sms(octets, has_service_centre=has_service_centre), label, is_card=False)
    if is_unused(octets):
        return LineSms(octets, None, label, is_card=True)
    sms = read_stored_sms(octets[1:], may_be_cut=len(octets) == RECORD_OCTETS)
    return LineSms(octets, sms, label, is_card=True)


def _readings(octets: bytes) -> list[tuple[bool, bool]]:
    """Return the ways in which octets may be read, as (is of a card, has a service centre), the likeliest first."""
    card = [(True, True)] if octets and is_status(octets[0]) else []
    plain = [(False, True)]
    bare = [(False, False)]
    return [*card, *plain, *bare] if len(octets) == RECORD_OCTETS else [*plain, *card, *bare]


def _is_sound(sms: StoredSms) -> bool:
    """Whether an SMS looks like one that a network made: its time is one, and nothing stands behind it."""
    if sms.rest or (not sms.address.raw and sms.kind is not SmsKind.DELIVER):
        return False
    stamp = sms.time_stamp
    if stamp is None or stamp == _UNSET:
        return True
    return 1 <= _swapped(stamp[1]) <= 12 and 1 <= _swapped(stamp[2]) <= 31


def _swapped(octet: int) -> int:
    return (octet & 0xF) * 10 + (octet >> 4)


def _candidates(text: str) -> Iterator[tuple[bytes, str]]:
    """Yield octets and the label before them: the longest run whole, then without the numbers in front of it."""
    for _, tokens in sorted(_runs(text), key=lambda run: -len(run[0])):
        for skipped in range(min(_MOST_LABELS, len(tokens))):
            digits = "".join(tokens[skipped:])
            if len(digits) < _FEWEST_DIGITS:
                break
            if len(digits) % 2 == 0:
                start = text.find(tokens[skipped], sum(map(len, tokens[:skipped])))
                yield bytes.fromhex(digits), text[: max(start, 0)].strip(" \t,;|:=\"'")


def _runs(text: str) -> list[tuple[str, list[str]]]:
    """Return the runs of hexadecimal tokens of a line, joined and apart."""
    runs: list[list[str]] = [[]]
    for token in _SEPARATORS.split(text):
        match = _HEX.fullmatch(token)
        if match is not None:
            runs[-1].append(match[1])
        elif token:
            runs.append([])
    return [("".join(run), run) for run in runs if run]
