"""Cuts a file into messages, and a message into its head, its cards and its body.

Between ``BEGIN:VBODY`` and ``END:VBODY`` anything may stand, lines of the format's own among it: whoever typed them
wanted them to be read as such. The body ends at its last ``END:VBODY`` before the end of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import msgspec

from parsers.outside_lines import OutsideLines
from parsers.plain_lines import RawLine

_EDGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(BEGIN|END)\s*:\s*V(MSG|BODY|ENV|CARD)\s*", re.IGNORECASE)
_FIRST: Final = frozenset(b"BEbe \t\r\v\f\xef")
"""How such a line begins."""

_USUAL_BEGIN: Final = b"BEGIN:VMSG"

_JOINED: Final = re.compile(
    rb"(?P<text>.*?)(?P<edges>(?:(?:BEGIN|END):V(?:MSG|BODY|ENV|CARD)){2,})[ \t\r]*", re.IGNORECASE | re.DOTALL
)
_ONE: Final = re.compile(rb"(?:BEGIN|END):V(?:MSG|BODY|ENV|CARD)", re.IGNORECASE)
_JOINTS: Final = (b"MSGBEGIN:V", b"BODYEND:V", b"ENVEND:V", b"CARDBEGIN:V", b"ENVBEGIN:V")
"""What stands where two such lines are one, as nearly all files write them."""

_BEGIN, _END = b"BEGINMSG", b"ENDMSG"
_BODY, _BODY_END = b"BEGINBODY", b"ENDBODY"
_CARD, _CARD_END = b"BEGINCARD", b"ENDCARD"
_INNER, _INNER_END = b"BEGINENV", b"ENDENV"
_USUAL: Final = {
    b"%s:V%s" % (word, what): word + what for word in (b"BEGIN", b"END") for what in (b"MSG", b"BODY", b"ENV", b"CARD")
}
"""Such lines as nearly all files write them."""


def _edge_of(line: bytes) -> bytes:
    """Return what begins or ends in a line that begins as such lines do; empty: nothing does."""
    found = _EDGE.fullmatch(line)
    return (found[1] + found[2]).upper() if found is not None else b""


class Envelope(msgspec.Struct, frozen=True):
    """One message as it stands in the file.

    Attributes:
        number: From 1.
        lines: Between its begin and its end; empty where it was larger than the limit.
        edges: Which of them begin or end something, and what.
        is_ended: Whether its end stands there.
        is_too_large: Whether it was larger than the limit.
        is_begun: Whether its begin stands there.
    """

    number: int
    lines: list[bytes]
    edges: list[tuple[int, bytes]]
    is_ended: bool
    is_too_large: bool
    is_begun: bool = True

    @property
    def locator(self) -> str:
        """Where it stands."""
        return f"message {self.number}"


class Contents(msgspec.Struct):
    """What lies in an envelope.

    Attributes:
        head: Lines of the message and of the envelopes within it.
        outer: Cards of the message itself: who sent it.
        inner: Cards of the envelopes within it: who it is for.
        body: Lines of the body. None: there is none.
        is_body_ended: Whether the body's end stands there.
        has_own_lines: Whether the body holds lines that look like the format's own.
    """

    head: list[bytes]
    outer: list[list[bytes]]
    inner: list[list[bytes]]
    body: list[bytes] | None = None
    is_body_ended: bool = True
    has_own_lines: bool = False


class EnvelopeCutter:
    """Cuts one file, once.

    Attributes:
        outside: The lines that stand in no message.
        ends_in_begin: Whether the last line stands in none and begins as the beginning of a message does.
        joined_count: Lines that were several, whose ends were lost.
        first_joined: Number of the first of them.
    """

    def __init__(self, most_bytes: int) -> None:
        self.outside = OutsideLines()
        self.ends_in_begin = False
        self.joined_count = self.first_joined = 0
        self._most_bytes = most_bytes

    def envelopes(self, batches: Iterable[Sequence[bytes]]) -> Iterator[Envelope]:
        """Yield the messages of a file, in order.

        Args:
            batches: The lines of the file, some at a time.
        """
        number = held_bytes = first = 0
        held: list[bytes] | None = None
        edges: list[tuple[int, bytes]] = []
        is_in_body = False
        most_bytes, usual_edge = self._most_bytes, _USUAL.get
        for place, raw in enumerate(chain.from_iterable(self._apart(batches)), start=1):
            edge = usual_edge(raw) or _edge_of(raw) if raw and raw[0] in _FIRST else b""
            if held is not None and not (edge and (edge == _BEGIN or (edge == _END and not is_in_body))):
                held_bytes += len(raw) + 1
                if edge:
                    is_in_body = edge == _BODY or (is_in_body and edge != _BODY_END)
                if held_bytes <= most_bytes:
                    if edge:
                        edges.append((len(held), edge))
                    held.append(raw)
                elif first:
                    # too large for a message whose begin is damaged
                    self._leave_out([*held, raw], first)
                    held = None
            elif edge == _BEGIN:
                # In a body too: a message whose end is missing is more likely than one that quotes another's begin.
                yield from self._unended(number, held, edges, held_bytes, first)
                number += 1
                held, edges, held_bytes, is_in_body, first = [], [], 0, False, 0
            elif held is None:
                # Lines in no message are held until it shows whether they are one whose begin is damaged.
                held, held_bytes, is_in_body, first = [raw], len(raw) + 1, edge == _BODY, place
                edges = [(0, edge)] if edge else []
            else:
                if (envelope := self._ended(number, held, edges, held_bytes, first)) is not None:
                    number = envelope.number
                    yield envelope
                held = None
        yield from self._unended(number, held, edges, held_bytes, first)

    def _apart(self, batches: Iterable[Sequence[bytes]]) -> Iterator[Sequence[bytes]]:
        """Yield the lines with those put apart in which several begin or end something."""
        number = 1
        for batch in batches:
            # between lines stands what no joint has
            together = b"\n".join(batch)
            yield self._put_apart(batch, number) if any(joint in together for joint in _JOINTS) else batch
            number += len(batch)

    def _put_apart(self, batch: Sequence[bytes], number: int) -> list[bytes]:
        lines: list[bytes] = []
        for place, raw in enumerate(batch, start=number):
            found = _JOINED.fullmatch(raw) if b":V" in raw and any(joint in raw for joint in _JOINTS) else None
            if found is None:
                lines.append(raw)
                continue
            self.joined_count += 1
            self.first_joined = self.first_joined or place
            lines += [*filter(None, (found["text"],)), *_ONE.findall(found["edges"])]
        return lines

    def _unended(
        self, number: int, lines: list[bytes] | None, edges: list[tuple[int, bytes]], held_bytes: int, first: int
    ) -> Iterator[Envelope]:
        """Yield a message without its end; ``first``: where lines begin that have no begin either, and are none."""
        self.ends_in_begin = False
        if lines is not None and first:
            word = b"".join(lines[-1].split()).upper()
            self.ends_in_begin = bool(word) and _USUAL_BEGIN.startswith(word)
            self._leave_out(lines, first)
        elif lines is not None:
            yield self._envelope(number, lines, edges, held_bytes, is_ended=False)

    def _ended(
        self, number: int, lines: list[bytes], edges: list[tuple[int, bytes]], held_bytes: int, first: int
    ) -> Envelope | None:
        """Return a message with its end; one without its begin, from line ``first`` on, is one where it has a body."""
        if not first:
            return self._envelope(number, lines, edges, held_bytes, is_ended=True)
        if held_bytes <= self._most_bytes and any(edge == _BODY for _, edge in edges):
            return Envelope(number + 1, lines, edges, is_ended=True, is_too_large=False, is_begun=False)
        self._leave_out([*lines, _END], first)
        return None

    def _leave_out(self, lines: list[bytes], first: int) -> None:
        for place, raw in enumerate(lines, start=first):
            self.outside.take(RawLine(place, raw, is_ended=True))

    def _envelope(
        self, number: int, lines: list[bytes], edges: list[tuple[int, bytes]], held_bytes: int, *, is_ended: bool
    ) -> Envelope:
        if held_bytes > self._most_bytes:
            return Envelope(number, [], [], is_ended, is_too_large=True)
        return Envelope(number, lines, edges, is_ended, is_too_large=False)


def contents_of(envelope: Envelope) -> Contents:
    """Return what lies in an envelope, by its lines."""
    found = Contents([], [], [])
    lines, edges = envelope.lines, envelope.edges
    body = _body_in(envelope)
    start = end = -1
    if body is not None:
        first, last, end = body
        start = edges[first][0]
        found.body, found.is_body_ended = lines[start + 1 : end], last < len(edges)
        found.has_own_lines = last - first > 1
        edges = [*edges[: first + 1], *edges[last + 1 :]]
    depth = at = 0
    into = found.head
    for place, edge in edges:
        if at < place:
            into += lines[at:place]
        at = place + 1
        if edge == _CARD:
            into = []
            (found.inner if depth else found.outer).append(into)
        elif edge == _CARD_END:
            into = found.head
        elif edge == _INNER:
            depth += 1
        elif edge == _INNER_END:
            depth = max(0, depth - 1)
        elif place == start:
            at = end + 1
        else:
            into.append(lines[place])
    into += lines[at:]
    return found


def _body_in(envelope: Envelope) -> tuple[int, int, int] | None:
    """Return which edges begin and end the body, and the line of its end; what is not there would be behind the last.

    None: there is no body.
    """
    kinds = [edge for _, edge in envelope.edges]
    if _BODY not in kinds:
        return None
    first = kinds.index(_BODY)
    if _BODY_END not in kinds[first:]:
        return first, len(kinds), len(envelope.lines)
    last = len(kinds) - 1 - kinds[::-1].index(_BODY_END)
    return first, last, envelope.edges[last][0]
