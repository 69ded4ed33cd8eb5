"""Reads files as the service does, for the tests of single formats."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings

from parsers.contract import EMPTY_SIDECAR, Claim, Delivery, ExtractionParser, Limits, ReadContext, Sidecar
from parsers.identification import head_of
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Account, Call, Contact, Device, Message, Sim
from parsers.registry import identify

QUICK = settings(deadline=None)
"""For properties of functions: no deadline, because machines are shared."""

FEW = settings(max_examples=40, deadline=None)
"""For properties of whole readings, each of which opens a file."""


def delivery_of(path: Path, name: str | None = None) -> Delivery:
    digest = sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.read_bytes())
    return Delivery(path=path, name=name or path.name, is_folder=path.is_dir(), sha256=digest.hexdigest())


def read_path(
    path: Path, *, name: str | None = None, sidecar: Sidecar = EMPTY_SIDECAR, limits: Limits | None = None
) -> ReadResult:
    """Read a delivery; ``name`` is what it was dropped under."""
    with TemporaryDirectory() as scratch:
        ctx = ReadContext(scratch_dir=Path(scratch), sidecar=sidecar, limits=limits or Limits())
        return read_all(delivery_of(path, name), ctx)


def read_content(content: bytes | str, name: str = "drop.txt", **more: object) -> ReadResult:
    """Read content as a file of that name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drop"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_path(path, name=name, **more)  # type: ignore[arg-type]  # arguments of read_path


def claim_on(content: bytes | str, name: str = "drop.txt") -> tuple[ExtractionParser, Claim]:
    """Return the parser that would read the content, and its claim."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drop"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return identify(head_of(path, name, is_folder=False))


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def calls_of(result: ReadResult) -> list[Call]:
    return [record for record in result.records if isinstance(record, Call)]


def contacts_of(result: ReadResult) -> list[Contact]:
    return [record for record in result.records if isinstance(record, Contact)]


def others_of(result: ReadResult) -> list[Account | Sim | Device]:
    return [record for record in result.records if isinstance(record, Account | Sim | Device)]


def bodies_of(result: ReadResult) -> list[str | None]:
    return [message.body for message in messages_of(result)]


def codes_of(result: ReadResult) -> dict[str, int]:
    """Return notice codes with their counts."""
    counts: dict[str, int] = {}
    for notice in result.notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return counts


def is_balanced(result: ReadResult) -> bool:
    """Whether every row of every tally balances, and every record is in it."""
    rows = [row for rows in result.tally.values() for row in rows.values()]
    return all(row.is_balanced for row in rows) and sum(row.indexed + row.merged for row in rows) == len(result.records)
