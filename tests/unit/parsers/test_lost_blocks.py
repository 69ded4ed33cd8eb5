"""Blocks of a text that are zeros or erased: what stood there is lost, and is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.demo.writers.container import write_archive
from parsers.contract import Delivery
from parsers.formats.xry_text import XryTextParser
from parsers.lost_blocks import lost_blocks
from parsers.outcome import ReadState
from tests.unit.parsers.made_deliveries import codes_of, read_path

CHAT = "".join(f"25/12/2023, 14:{n:02} - {'Jay' if n % 2 else 'Mo'}: line {n} of a chat\n" for n in range(60)).encode()
NAME = "WhatsApp Chat with Jay.txt"


def with_block(content: bytes, at: int, size: int, fill: bytes = b"\0") -> bytes:
    return content[:at] + fill * size + content[at + size :]


@pytest.mark.parametrize("fill", [b"\0", b"\xff"])
@pytest.mark.parametrize("size", [32, 512])
@pytest.mark.parametrize("at", [90, 700, 1500])
def test_a_block_that_is_lost_is_said(tmp_path: Path, at: int, size: int, fill: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(with_block(CHAT, at, size, fill))
    result = read_path(path)
    assert codes_of(result)["block_lost"] == 1
    assert result.state is ReadState.PARTIAL


def test_blocks_are_counted_wherever_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / NAME
    long = CHAT * (1 + (3 << 20) // len(CHAT))
    edge = (1 << 20) - 20
    path.write_bytes(with_block(with_block(with_block(long, 900, 40), edge, 40), edge + (1 << 20), 1 << 19))
    assert codes_of(read_path(path))["block_lost"] == 3


@pytest.mark.parametrize("content", [CHAT, CHAT.decode().encode("utf-16")])
def test_whole_texts_have_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    assert "block_lost" not in codes_of(read_path(path))


def test_zeros_at_the_end_are_a_copy_that_broke_off(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(CHAT + bytes(5000))
    result = read_path(path)
    assert "block_lost" not in codes_of(result)
    assert result.state is ReadState.PARTIAL


def test_it_is_said_of_a_text_among_others(tmp_path: Path) -> None:
    members = {NAME: with_block(CHAT, 700, 512), "a.vcf": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo\r\nEND:VCARD\r\n"}
    assert codes_of(read_path(write_archive(tmp_path / "drop.zip", members)))["block_lost"] == 1


@pytest.mark.parametrize(
    ("unit", "blocks_each"), [(bytes(33) + b"x", 1), (b"\0x", 0), (bytes(31) + b"x", 0), (b"\xff" * 32 + b"\0", 2)]
)
def test_every_block_is_counted_however_many_there_are(tmp_path: Path, unit: bytes, blocks_each: int) -> None:
    path = tmp_path / "SMS.txt"
    count = (3 << 20) // len(unit)
    path.write_bytes(b"a" + unit * count + b"b")
    found = list(lost_blocks(XryTextParser(), Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)))
    assert [notice.count for notice in found] == [count * blocks_each][:blocks_each]


GSM_LOG = b'AT+CMGF=1\r\nOK\r\nAT+CMGL="ALL"\r\n' + b"".join(
    b'+CMGL: %d,"REC READ","7726",,"24/07/08,12:00:0%d+04"\r\nmail me \0 home\r\n' % (n, n) for n in range(9)
)


@pytest.mark.parametrize("size", [1, 2, 4, 8, 31])
def test_a_text_that_has_no_zeros_has_lost_what_each_stands_for(tmp_path: Path, size: int) -> None:
    path = tmp_path / NAME
    path.write_bytes(with_block(CHAT, 700, size))
    result = read_path(path)
    assert codes_of(result)["block_lost"] == 1
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize(("size", "count"), [(0, 0), (3, 0), (4, 1), (31, 1)])
def test_a_zero_that_is_a_letter_is_no_block(tmp_path: Path, size: int, count: int) -> None:
    path = tmp_path / "phone.log"
    path.write_bytes(with_block(GSM_LOG, 300, size))
    assert codes_of(read_path(path)).get("block_lost", 0) == count


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("size", "count"), [(0, 0), (4, 1), (8, 1)])
def test_zeros_of_letters_are_no_blocks(tmp_path: Path, encoding: str, size: int, count: int) -> None:
    path = tmp_path / NAME
    content = ("\ufeff" + CHAT.decode()).replace("chat", "ch\u0100t").encode(encoding)
    path.write_bytes(with_block(content, 1400, size))
    assert codes_of(read_path(path)).get("block_lost", 0) == count


@pytest.mark.parametrize("at", [700, 0])
def test_ones_at_the_end_are_a_block_that_is_lost(tmp_path: Path, at: int) -> None:
    path = tmp_path / NAME
    content = CHAT[:-at] if at else CHAT
    path.write_bytes(content + b"\xff" * 1500)
    result = read_path(path)
    assert codes_of(result)["block_lost"] == 1
    assert result.state is ReadState.PARTIAL


def test_zeros_in_an_archive_of_joined_parts_are_no_blocks(tmp_path: Path) -> None:
    path = tmp_path / "HW7.zip"
    path.write_bytes(b"PK\x07\x08PK\x03\x04" + bytes(64) + b"packed")
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    assert not list(lost_blocks(XryTextParser(), delivery))
