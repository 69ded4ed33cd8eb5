"""Small exports written by hand: just what a test is about, in the vendor's grammar."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from parsers.contract import Delivery, ExtractionParser, Limits, ReadContext, Sidecar
from parsers.identification import head_of
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Call, Contact, Message
from parsers.registry import identify

PEER = "07700 900456"
E164 = "+447700900456"
AT = "13/09/2023 18:45:00 (Network)"


def message(
    number: int,
    text: str | None,
    *more: str,
    head: str = f"From\nTel:\t{PEER}",
    time: str = AT,
    tail: str | None = None,
) -> str:
    """An entity as the tool writes it; ``more`` are further lines behind the text."""
    lines = [f"Messages #\t{number}", *([head] if head else [])]
    if text is not None:
        lines.append(f"Text:\t{text}")
    lines += more
    usual = f"Time:\t{time}\nStatus:\tRead\nType:\tDeliver\nStorage:\tDevice\nFolder:\tInbox"
    ending = usual if tail is None else tail
    return "\n".join([*lines, *([ending] if ending else [])])


def entity(category: str, number: int, *pairs: tuple[str, str]) -> str:
    return "\n".join([f"{category} #\t{number}", *(f"{name}:\t{value}" for name, value in pairs)])


def export(*entities: str, view: str = "Messages/SMS", count: str = "", case: str = "Case: OP HAZEL") -> str:
    return "\n".join(["XRY Export", case, view, count, "", *(f"{each}\n" for each in entities), ""])


def stored(text: str, encoding: str = "utf-16-le", line_end: str = "\r\n", mark: str = "\ufeff") -> bytes:
    return (mark + text.replace("\n", line_end)).encode(encoding, "surrogatepass")


def delivery_of(path: Path) -> Delivery:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.read_bytes())
    return Delivery(path=path, name=path.name, is_folder=path.is_dir(), sha256=digest.hexdigest())


def read_path(path: Path, *, sidecar: Sidecar | None = None, limits: Limits | None = None) -> ReadResult:
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    ctx = ReadContext(scratch_dir=scratch, sidecar=sidecar or Sidecar(), limits=limits or Limits())
    return read_all(delivery_of(path), ctx)


def read_bytes(
    folder: Path,
    content: bytes,
    *,
    name: str = "Messages-SMS.txt",
    sidecar: Sidecar | None = None,
    limits: Limits | None = None,
) -> ReadResult:
    path = folder / name
    path.write_bytes(content)
    return read_path(path, sidecar=sidecar, limits=limits)


def read_text(folder: Path, text: str, *, sidecar: Sidecar | None = None, limits: Limits | None = None) -> ReadResult:
    return read_bytes(folder, stored(text), sidecar=sidecar, limits=limits)


def parser_of(path: Path) -> ExtractionParser:
    delivery = delivery_of(path)
    parser, _ = identify(head_of(path, delivery.name, is_folder=delivery.is_folder))
    return parser


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def calls_of(result: ReadResult) -> list[Call]:
    return [record for record in result.records if isinstance(record, Call)]


def contacts_of(result: ReadResult) -> list[Contact]:
    return [record for record in result.records if isinstance(record, Contact)]


def bodies_of(result: ReadResult) -> list[str | None]:
    return [each.body for each in messages_of(result)]


def codes(result: ReadResult) -> dict[str, int]:
    found: Counter[str] = Counter()
    for notice in result.notices:
        found[notice.code] += notice.count
    return dict(found)


def is_balanced(result: ReadResult) -> bool:
    return all(row.is_balanced for rows in result.tally.values() for row in rows.values())
