"""Exports of AXIOM written out hit by hit, for what its writer does not write."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

Fragments: TypeAlias = list[tuple[str, str]]

DAY = "Received Date/Time - UTC+00:00 (dd/MM/yyyy)"
AT = "14/09/2023 15:49:00"


def write_export(path: Path, *artifacts: tuple[str, list[Fragments]]) -> Path:
    lines = ["<Artifacts>"]
    for name, hits in artifacts:
        lines.append(f"<Artifact name={quoteattr(name)}><Hits>")
        for hit in hits:
            values = (f"<Fragment name={quoteattr(each)}>{escape(text)}</Fragment>" for each, text in hit)
            lines.append(f"<Hit>{''.join(values)}</Hit>")
        lines.append("</Hits></Artifact>")
    path.write_text("\n".join([*lines, "</Artifacts>"]), encoding="utf-8")
    return path


def sms(body: str, *others: tuple[str, str], at: str = AT, heading: str = DAY) -> Fragments:
    return [
        ("Sender", "+447700900123"),
        ("Recipient(s)", "Local User <+447700900999>"),
        ("Message", body),
        ("Message Direction", "Incoming"),
        (heading, at),
        *others,
    ]
