"""Small backups written by hand: just what a test is about, in the application's elements."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from parsers.contract import Delivery, ExtractionParser, Limits, ReadContext, Sidecar
from parsers.identification import head_of
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Call, Message
from parsers.registry import identify

PEER = "07700 900456"
E164 = "+447700900456"
AT = "1715351458724"
AT_UTC = "2024-05-10T14:30:58.724Z"


def sms(body: str | None = "u about?", **values: str | None) -> str:
    """An incoming text, unless the values say otherwise; values are markup, None leaves one out."""
    usual: dict[str, str | None] = {
        "address": PEER, "date": AT, "type": "1", "subject": "null", "body": body, "toa": "null",
        "service_center": "null", "read": "1", "status": "-1", "date_sent": "0", "contact_name": "(Unknown)",
    }  # fmt: skip
    return f"<sms {attributes(usual | values)} />"


def attributes(values: dict[str, str | None]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in values.items() if value is not None)


def part(content_type: str, text: str = "null", data: str | None = None, **values: str) -> str:
    usual: dict[str, str | None] = {"seq": "0", "ct": content_type, "name": "null", "cl": "null", "text": text}
    return f"<part {attributes(usual | values | {'data': data})} />"


def addr(address: str, kind: int) -> str:
    return f'<addr address="{address}" type="{kind}" charset="106" />'


def mms(*inner: str, addresses: tuple[str, ...] = (), **values: str | None) -> str:
    """An incoming picture message, unless the values say otherwise."""
    usual: dict[str, str | None] = {
        "date": AT, "msg_box": "1", "m_type": "132", "address": PEER, "sub": "null", "read": "1", "date_sent": "0",
    }  # fmt: skip
    addrs = f"<addrs>{''.join(addresses)}</addrs>" if addresses else ""
    return f"<mms {attributes(usual | values)}>\n<parts>{''.join(inner)}</parts>{addrs}\n</mms>"


def call(**values: str | None) -> str:
    usual: dict[str, str | None] = {
        "number": PEER, "duration": "66", "date": AT, "type": "1", "presentation": "1", "contact_name": "(Unknown)",
    }  # fmt: skip
    return f"<call {attributes(usual | values)} />"


def backup(*elements: str, root: str = "smses", count: int | None = None, head: str = "", stated: str = "") -> str:
    shown = len(elements) if count is None else count
    lines = "\n  ".join(elements)
    return (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n{head}"
        f'<{root} count="{shown}" backup_set="b-1" backup_date="1715351500000"{stated}>\n  {lines}\n</{root}>'
    )


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


def read_text(
    folder: Path, text: str | bytes, *, sidecar: Sidecar | None = None, limits: Limits | None = None
) -> ReadResult:
    path = folder / "sms-20240510143100.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_path(path, sidecar=sidecar, limits=limits)


def parser_of(path: Path) -> ExtractionParser:
    delivery = delivery_of(path)
    parser, _ = identify(head_of(path, delivery.name, is_folder=delivery.is_folder))
    return parser


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def calls_of(result: ReadResult) -> list[Call]:
    return [record for record in result.records if isinstance(record, Call)]


def bodies_of(result: ReadResult) -> list[str | None]:
    return [each.body for each in messages_of(result)]


def codes(result: ReadResult) -> dict[str, int]:
    found: Counter[str] = Counter()
    for notice in result.notices:
        found[notice.code] += notice.count
    return dict(found)


def is_balanced(result: ReadResult) -> bool:
    return all(row.is_balanced for rows in result.tally.values() for row in rows.values())
