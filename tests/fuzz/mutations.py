"""Mutations of bytes, with what the form of a file is made of: tags, brackets, page types, line ends, lengths."""

from __future__ import annotations

import io
import sqlite3
import struct
import warnings
import zlib
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

_SQLITE_MAGIC: Final = b"SQLite format 3\x00"
_ZIP_MAGIC: Final = b"PK\x03\x04"
_BACKUP_MAGIC: Final = b"ANDROID BACKUP\n"
_MOST_EDITS: Final = 6

_XML: Final = (
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"&#0;", b"&#55357;", b"&#x110000;", b"<!DOCTYPE a [", b"<!--", b"-->"),
    *(b"</", b"/>", b"<?", b"<model>", b"</model>", b'"', b"'", b"\x00", b"\xff\xfe", b"\xed\xa0\xbd"),
)
_JSON: Final = (
    *(b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"null", b"true", b"1e999", b"-0", b"\\ud83d", b"\\u0000"),
    *(b'"id":', b"99999999999999999999999", b"NaN", b"\\x1f", b"\xff", b"{}" * 50, b"[" * 300),
)
_LINES: Final = (
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\t",
        b": ",
        b":\t",
        b" #\t1",
        b" - ",
        b"[",
        b"] ",
        b"25/12/2023, 14:05 - A: ",
        b",",
        b";",
    ),
    *(
        b'"',
        b"\x00",
        b"\x00\x00",
        b"\xff",
        b"\xfe\xff",
        b"\x3d\xd8",
        b"=",
        b"+CMGL: 1,1,,20",
        b"BEGIN:VCARD",
        b"From\r\n",
    ),
    *(b"31/02/2020", b"00:00:61", b"9" * 40, b"07700900123", b"\xe2\x80\x8e", b"\xc2\xa0", b"Messages #\t7\r\n"),
)
_OCTETS: Final = (
    *(b"\x00", b"\xff", b"\x7f", b"\x80", b"\x0d", b"\x05", b"\xff" * 9, b"\x00" * 16, b"\x84\x01\x2b", b"PK\x01\x02"),
    *(struct.pack("<I", 0xFFFFFFFF), struct.pack(">I", 0xFFFFFFFF), struct.pack("<H", 0xFFFF), b"bplist00"),
)
_ODD_VALUES: Final = (
    *(None, 0, -1, 2**63 - 1, -(2**63), 1e308, float("inf"), "", "\x00", "\ud83d".encode("utf-16-le", "surrogatepass")),
    *(b"", b"\xff\xfe\x00", b"\x04\x0bstreamtyped" + b"\xff" * 20, "x" * 5_000, "'; DROP TABLE x; --", "1e999"),
)


def mutated(content: bytes, random: Random) -> bytes:
    """Return a mutation of a file: within an archive, a database or a packed stream, or of its bytes."""
    if random.random() < 0.75:
        if content.startswith(_ZIP_MAGIC):
            return _mutated_archive(content, random)
        if content.startswith(_SQLITE_MAGIC):
            return _mutated_database(content, random)
        if content.startswith(_BACKUP_MAGIC):
            return _mutated_backup(content, random)
    return edited(content, random)


def edited(content: bytes, random: Random) -> bytes:
    """Return bytes with a few edits."""
    held = bytearray(content)
    tokens = _tokens_for(content)
    for _ in range(random.randint(1, _MOST_EDITS)):
        _edit(held, random, tokens)
    return bytes(held)


def _edit(held: bytearray, random: Random, tokens: tuple[bytes, ...]) -> None:
    place = random.randrange(len(held) + 1)
    size = random.choice((1, 2, 4, 16, 100, 1_000))
    token = random.choice(tokens)
    match random.randrange(9):
        case 0 if held:
            held[place % len(held)] ^= 1 << random.randrange(8)
        case 1 if held:
            held[place % len(held)] = random.randrange(256)
        case 2:
            held[place:place] = token
        case 3:
            held[place : place + len(token)] = token
        case 4:
            del held[place : place + size]
        case 5:
            held[place:place] = held[random.randrange(len(held) + 1) :][:size]
        case 6:
            held[place:place] = held[place : place + size] * random.choice((2, 20))
        case 7 if random.random() < 0.3:
            del held[place:]
        case _:
            _replace_number(held, random)


def _replace_number(held: bytearray, random: Random) -> None:
    """Put something odd in the place of digits."""
    start = random.randrange(len(held) + 1)
    while start < len(held) and not 48 <= held[start] <= 57:
        start += 1
    end = start
    while end < len(held) and 48 <= held[end] <= 57:
        end += 1
    held[start:end] = random.choice((b"", b"0", b"-1", b"9" * 30, b"1e5", b"13", b"\xd9\xa1", b"00000000000000"))


def _tokens_for(content: bytes) -> tuple[bytes, ...]:
    front = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if front.startswith(b"<"):
        return _XML
    if front.startswith((b"{", b"[")) and b"\x00" not in front:
        return _JSON + _LINES[:6]
    if front.startswith((_SQLITE_MAGIC, _ZIP_MAGIC, b"bplist", b"\xd0\xcf\x11\xe0")):
        return _OCTETS
    if content.startswith(b"\xff\xfe"):
        return tuple(token.decode("latin-1").encode("utf-16-le") for token in _LINES) + _OCTETS[:4]
    return _LINES


def _mutated_archive(content: bytes, random: Random) -> bytes:
    """Change one member, or the list of them, and pack it again, so that sums and sizes are right."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
    except (BadZipFile, OSError, zlib.error, NotImplementedError, RuntimeError):
        return edited(content, random)
    if not members:
        return edited(content, random)
    place = random.randrange(len(members))
    name, held = members[place]
    match random.randrange(8):
        case 0:
            members.append((name, held))
        case 1:
            members[place] = (random.choice(("../x", "/x", "C:\\x", "a/../../x", "CON", name.upper(), "\u202e")), held)
        case 2:
            members.pop(place)
        case _:
            members[place] = (name, mutated(held, random))
    packed = io.BytesIO()
    with warnings.catch_warnings(), ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        # A name that is there twice is meant.
        warnings.simplefilter("ignore")
        for name, held in members:
            archive.writestr(name, held)
    return packed.getvalue()


def _mutated_database(content: bytes, random: Random) -> bytes:
    """Put odd values into rows, or hurt the pages."""
    if random.random() < 0.4:
        return edited(content, random)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        path.write_bytes(content)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.text_factory = bytes
        try:
            tables = [
                row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            for _ in range(random.randint(1, _MOST_EDITS)):
                table = random.choice(tables).replace('"', '""')
                columns = [row[1].decode() for row in connection.execute(f'PRAGMA table_info("{table}")')]
                column = random.choice(columns).replace('"', '""')
                value = random.choice(_ODD_VALUES)
                statement = random.choice(
                    (
                        f'UPDATE "{table}" SET "{column}" = ? WHERE abs(random()) % 3 = 0',
                        f'UPDATE OR REPLACE "{table}" SET "{column}" = ?',
                        f'INSERT INTO "{table}" ("{column}") VALUES (?)',
                    )
                )
                _try(connection, statement, (value,))
                if random.random() < 0.1:
                    _try(connection, f'ALTER TABLE "{table}" DROP COLUMN "{column}"', ())
                if random.random() < 0.05:
                    _try(connection, f'DROP TABLE "{table}"', ())
            _try(connection, "PRAGMA wal_checkpoint(TRUNCATE)", ())
        except (sqlite3.Error, UnicodeDecodeError, IndexError):
            return edited(content, random)
        finally:
            connection.close()
        return path.read_bytes()


def _try(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> None:
    try:
        connection.execute(statement, values)
    except (sqlite3.Error, OverflowError):
        return


def _mutated_backup(content: bytes, random: Random) -> bytes:
    """Change what an Android backup packs, and pack it again."""
    lines = content.split(b"\n", 4)
    if len(lines) < 5:
        return edited(content, random)
    try:
        plain = zlib.decompress(lines[4])
    except zlib.error:
        return edited(content, random)
    return b"\n".join([*lines[:4], zlib.compress(edited(plain, random))])
