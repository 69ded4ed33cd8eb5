"""Finds the stored SMS in a line of hexadecimal, whatever label, separators or status stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sim_records import RECORD_OCTETS, is_blank, is_status, is_unused
from parsers.sms_pdu.stored_sms import SmsKind, StoredSms, read_stored_sms

_TOKEN: Final = re.compile(r"[^\s,;|\"'=:<>()\[\]{}]+")
_AROUND: Final = " \t,;|:=\"'"
_BEHIND: Final = _AROUND + "()[]{}<>"
_HEX: Final = re.compile(r"(?:0[xX])?([0-9A-Fa-f]+)")
_DIGIT: Final = re.compile(r"[0-9A-Fa-f]")
_FEWEST_DIGITS: Final = 20
"""The shortest SMS in use is a dozen octets; a telephone number or a date is shorter than this."""

_MOST_LABELS: Final = 8
_MOST_OCTETS: Final = 1_024
"""Far more than an SMS or a record of a card has; a line of more is something else."""

_DELIVER: Final = SmsKind.DELIVER
_UNSET: Final = bytes(7)
_FILLING: Final = b"\xff\xff"


class LineSms(msgspec.Struct, frozen=True):
    """The SMS of a line.

    Attributes:
        record: The octets, with the status of a card in front if ``is_card``.
        sms: None where the record of a card was never used.
        label: What stands before it in the line.
        behind: What stands behind it.
    """

    record: bytes
    sms: StoredSms | None
    is_card: bool
    label: str = ""
    behind: str = ""


class _Token(msgspec.Struct, frozen=True):
    """Hexadecimal digits without a separator in them, and where they stand in the line."""

    digits: str
    start: int
    end: int


class _Candidate(msgspec.Struct, frozen=True):
    """Octets that may be an SMS; ``may_have_status``: whether the first may be the status of a card."""

    octets: bytes
    start: int
    end: int
    may_have_status: bool


class LineOctets:
    """The hexadecimal digits of a line.

    Attributes:
        are_many: Whether there are so many in a row that an SMS may stand in them.
        are_broken: Whether there would be, but for a few characters among them that are no digits.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = _runs(text)
        self.are_many = max(map(_digit_count, self._runs), default=0) >= _FEWEST_DIGITS
        self.are_broken = not self.are_many and any(_is_broken(found[0]) for found in _TOKEN.finditer(text))

    def sms(self) -> list[LineSms]:
        """Return the SMS: several where each long run of digits is one by itself, else the likeliest.

        Where line ends are lost, SMS stand right behind each other: each that is whole is one.

        Raises:
            PduMalformed: Its digits are no whole SMS.
        """
        return _several(self._text, self._runs) or _likeliest(self._text, self._runs)


def _likeliest(text: str, runs: list[list[_Token]]) -> list[LineSms]:
    """Return the likeliest SMS of a line, and those that stand right behind it.

    Raises:
        PduMalformed: Its digits are no whole SMS.
    """
    found: LineSms | None = None
    first_error: PduMalformed | None = None
    for candidate in _candidates(text, runs):
        for is_card, has_service_centre in _readings(candidate):
            try:
                line = _read(candidate.octets, is_card=is_card, has_service_centre=has_service_centre)
            except PduMalformed as error:
                first_error = first_error or error
                continue
            if line.sms is None or _is_sound(line.sms):
                return [_with_surroundings(line, text, candidate)]
            if len(chain := _chain(line, has_service_centre=has_service_centre)) > 1:
                return _around(chain, text, candidate)
            found = found or _with_surroundings(line, text, candidate)
    found = found or _cut_short(text, runs)
    if found is not None:
        return [found]
    raise first_error or PduMalformed("an odd number of digits")


def _chain(line: LineSms, *, has_service_centre: bool) -> list[LineSms]:
    """Return an SMS and those of its form that stand whole right behind it; what is left stays behind the last."""
    chain = [line]
    while (sms := chain[-1].sms) is not None and sms.rest and _is_dated(sms):
        record = chain[-1].record
        start = RECORD_OCTETS if line.is_card else len(record.rstrip(b"\xff")) - len(sms.rest)
        behind = record[start:]
        if line.is_card and not (behind and is_status(behind[0])):
            break
        try:
            following = _read(behind, is_card=line.is_card, has_service_centre=has_service_centre)
        except PduMalformed:
            break
        if following.sms is not None and not _is_dated(following.sms):
            break
        chain[-1] = LineSms(record[:start], msgspec.structs.replace(sms, rest=b""), is_card=line.is_card)
        chain.append(following)
    return chain


def _around(chain: list[LineSms], text: str, candidate: _Candidate) -> list[LineSms]:
    """Return SMS that stand right behind each other with what stands before the first and behind the last."""
    whole = _with_surroundings(chain[0], text, candidate)
    last = msgspec.structs.replace(chain[-1], behind=whole.behind)
    return [msgspec.structs.replace(whole, behind=""), *chain[1:-1], last]


def _cut_short(text: str, runs: list[list[_Token]]) -> LineSms | None:
    """Return the SMS of a line that ends inside its text. None: nothing but its length would be wrong with none."""
    for candidate in _candidates(text, runs):
        for is_card, has_service_centre in _readings(candidate):
            if not has_service_centre:
                continue
            octets = candidate.octets[1:] if is_card else candidate.octets
            try:
                sms = read_stored_sms(octets, may_be_cut=True)
            except PduMalformed:
                continue
            if sms.is_cut and sms.address.raw and _is_sound(sms):
                return _with_surroundings(LineSms(candidate.octets, sms, is_card=is_card), text, candidate)
    return None


def _several(text: str, runs: list[list[_Token]]) -> list[LineSms]:
    """Return the SMS of a line in which several stand, each without a separator in it; empty: it is no such line."""
    if _is_lone(runs):
        return []
    long = [token for run in runs for token in run if _is_long(token)]
    if len(long) < 2:
        return []
    found: list[LineSms] = []
    place = 0
    for token in long:
        candidate = _Candidate(bytes.fromhex(token.digits), token.start, token.end, may_have_status=True)
        sound = next(_sound_with_centre(candidate), None)
        if sound is None:
            return []
        found.append(msgspec.structs.replace(sound, label=text[place : token.start].strip(_AROUND)))
        place = token.end
    found[-1] = msgspec.structs.replace(found[-1], behind=text[place:].strip(_BEHIND))
    return found


def _sound_with_centre(candidate: _Candidate) -> Iterator[LineSms]:
    """Yield the sound readings of octets that have a service centre in front, the likeliest first."""
    for is_card, has_service_centre in _readings(candidate):
        if has_service_centre:
            try:
                line = _read(candidate.octets, is_card=is_card, has_service_centre=True)
            except PduMalformed:
                continue
            if line.sms is None or _is_sound(line.sms):
                yield line


def _read(octets: bytes, *, is_card: bool, has_service_centre: bool) -> LineSms:
    if len(octets) > _MOST_OCTETS:
        raise PduMalformed("more octets than an SMS has")
    if not is_card:
        return LineSms(octets, read_stored_sms(octets, has_service_centre=has_service_centre), is_card=False)
    if is_unused(octets):
        return LineSms(octets, None, is_card=True)
    sms = read_stored_sms(octets[1:], may_be_cut=len(octets) == RECORD_OCTETS)
    return LineSms(octets, sms, is_card=True)


def _with_surroundings(line: LineSms, text: str, candidate: _Candidate) -> LineSms:
    if candidate.start == 0 and candidate.end == len(text):
        return line
    label, behind = text[: candidate.start].strip(_AROUND), text[candidate.end :].strip(_BEHIND)
    return msgspec.structs.replace(line, label=label, behind=behind)


def _readings(candidate: _Candidate) -> tuple[tuple[bool, bool], ...]:
    """Return the ways in which octets may be read, as (is of a card, has a service centre), the likeliest first."""
    octets = candidate.octets
    is_card = is_status(octets[0]) or is_blank(octets) if octets and candidate.may_have_status else False
    if not is_card:
        return _NO_CARD
    return _CARD_FIRST if len(octets) == RECORD_OCTETS else _CARD_SECOND


_NO_CARD: Final = ((False, True), (False, False))
_CARD_FIRST: Final = ((True, True), *_NO_CARD)
_CARD_SECOND: Final = ((False, True), (True, True), (False, False))


def _is_sound(sms: StoredSms) -> bool:
    """Whether an SMS looks like one that a network made: its time is one, and nothing stands behind it."""
    return not sms.rest and _is_dated(sms)


def _is_dated(sms: StoredSms) -> bool:
    """Whether the time of an SMS is one, and what was sent has a recipient; whatever stands behind it."""
    if not sms.address.raw and sms.kind is not _DELIVER:
        return False
    stamp = sms.time_stamp
    if stamp is None or stamp == _UNSET:
        return True
    return 1 <= _swapped(stamp[1]) <= 12 and 1 <= _swapped(stamp[2]) <= 31


def _swapped(octet: int) -> int:
    return (octet & 0xF) * 10 + (octet >> 4)


def _candidates(text: str, runs: list[list[_Token]]) -> Iterator[_Candidate]:
    """Yield what may be an SMS: the longest run whole, then without the numbers in front, then its long parts alone."""
    if _is_lone(runs):
        token = runs[0][0]
        if _is_long(token):
            yield _Candidate(bytes.fromhex(token.digits), token.start, token.end, may_have_status=True)
        return
    ordered = sorted(runs, key=lambda run: -_digit_count(run))
    for tokens in ordered:
        for skipped in range(min(_MOST_LABELS, len(tokens))):
            kept = tokens[skipped:]
            count = _digit_count(kept)
            if count < _FEWEST_DIGITS:
                break
            if count % 2 == 0:
                octets = bytes.fromhex("".join(token.digits for token in kept))
                has_status = _may_have_status(text, kept, octets)
                yield _Candidate(octets, kept[0].start, kept[-1].end, has_status)
    for tokens in ordered:
        for token in tokens:
            if _is_long(token):
                yield _Candidate(bytes.fromhex(token.digits), token.start, token.end, may_have_status=True)


def _may_have_status(text: str, tokens: list[_Token], octets: bytes) -> bool:
    """Whether the first octet may be the status of a card's record.

    Two digits that stand apart from octets which do not are a number of the line or the end of a time, unless a whole
    record of a card or its filling shows what they are.
    """
    if len(tokens) == 1 or len(tokens[0].digits) != 2:
        return True
    if len(octets) == RECORD_OCTETS or octets.endswith(_FILLING):
        return True
    marks = [text[one.end : next_.start].strip() for one, next_ in pairwise(tokens[:3])]
    return len(tokens[1].digits) == 2 and len(set(marks)) == 1


def _is_lone(runs: list[list[_Token]]) -> bool:
    """Whether digits without a separator in them are all that stands in a line, a prefix or a label beside them."""
    return len(runs) == 1 and len(runs[0]) == 1


def _digit_count(tokens: list[_Token]) -> int:
    return sum([len(token.digits) for token in tokens])


def _is_long(token: _Token) -> bool:
    return len(token.digits) >= _FEWEST_DIGITS and len(token.digits) % 2 == 0


def _is_broken(token: str) -> bool:
    """Whether nine of ten characters are hexadecimal digits, decimal ones among them, as in no word."""
    count = len(_DIGIT.findall(token))
    return count >= _FEWEST_DIGITS and count * 10 >= len(token) * 9 and any(map(str.isdecimal, token))


def _runs(text: str) -> list[list[_Token]]:
    """Return the runs of hexadecimal tokens of a line."""
    alone = _HEX.fullmatch(text)
    if alone is not None:
        # Most lines are an SMS and nothing else.
        return [[_Token(alone[1], alone.start(1), alone.end())]]
    runs: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(text):
        match = _HEX.fullmatch(found[0])
        if match is not None:
            runs[-1].append(_Token(match[1], found.start() + match.start(1), found.end()))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
