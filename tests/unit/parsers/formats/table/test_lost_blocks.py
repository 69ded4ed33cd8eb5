"""Blocks of zeros in a delimited text: it is a table all the same, and what stood there is lost."""

from __future__ import annotations

import pytest

from tests.fakes.deliveries import bodies_of, codes_of, is_balanced, read_content

ROWS = [f"2024-07-23 10:{n:02}:00,Incoming,+447700900111,row {n} with some words" for n in range(60)]
CONTENT = ("Time,Direction,Number,Text\r\n" + "\r\n".join(ROWS) + "\r\n").encode()


@pytest.mark.parametrize("size", [64, 256, 1024])
@pytest.mark.parametrize("share", [2, 50, 95])
def test_a_block_of_zeros_costs_what_stood_there(share: int, size: int) -> None:
    at = len(CONTENT) * share // 100
    size = min(size, len(CONTENT) - at - 10)
    result = read_content(CONTENT[:at] + bytes(size) + CONTENT[at + size :], "t.csv")
    whole = {row.rpartition(",")[2] for row in ROWS}
    touched = CONTENT[at : at + size].count(b"\n") + 1
    assert len(set(bodies_of(result)) & whole) == 60 - touched
    assert codes_of(result)["block_lost"] == 1
    assert result.state == "partial"
    assert is_balanced(result)


def test_a_file_of_octets_with_blocks_of_zeros_is_no_table() -> None:
    with pytest.raises(Exception, match="format_unknown"):
        read_content(b"\x01\x02,\x03\x04\n" * 40 + bytes(512) + b"\x01\x02,\x03\x04\n" * 40, "t.csv")
