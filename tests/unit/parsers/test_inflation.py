"""Inflating: the same as the library on whole streams, and all that stands before damage on others."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from parsers.inflation import Inflater


def inflated(packed: bytes, chunk: int, size: int) -> tuple[bytes, Inflater]:
    """Return what a stream comes to that is given by chunks and asked for by sizes."""
    inflater, at, found = Inflater(), 0, bytearray()
    while not inflater.is_ended:
        given_now = packed[at : at + chunk] if inflater.wants_more else b""
        is_at_end = inflater.wants_more and not given_now
        at += len(given_now)
        piece = inflater.inflated(given_now, size)
        found += piece
        if not piece and (inflater.is_damaged or is_at_end):
            break
    return bytes(found), inflater


@given(st.binary(max_size=5000), st.integers(1, 700), st.integers(1, 900))
def test_whole_streams_come_out_whole(content: bytes, chunk: int, size: int) -> None:
    found, inflater = inflated(zlib.compress(content), chunk, size)
    assert found == content
    assert inflater.is_ended
    assert not inflater.is_damaged


@given(st.integers(1, 700), st.integers(1, 900))
def test_what_stands_before_a_damaged_octet_comes_out(chunk: int, size: int) -> None:
    content = b"".join(b'{"id": %d, "body": "text %d"}\n' % (at, at * 7) for at in range(400))
    packed = bytearray(zlib.compress(content))
    packed[-40] ^= 0xFF
    found, inflater = inflated(bytes(packed), chunk, size)
    assert inflater.is_damaged
    # Damage shows a little behind where it is.
    assert found[: len(content) * 3 // 4] == content[: len(content) * 3 // 4]


def test_of_one_packed_octet_no_more_is_saved_than_is_bounded() -> None:
    packed = bytearray(zlib.compress(bytes(1 << 27)))
    packed[-1] ^= 0xFF
    inflater, found = Inflater(), 0
    while piece := inflater.inflated(bytes(packed) if not found else b"", 1 << 20):
        found += len(piece)
    assert inflater.is_damaged
    assert found <= (1 << 27) + (1 << 25)
