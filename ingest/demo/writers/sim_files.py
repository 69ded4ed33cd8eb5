"""Writes a SIM's truth as the dumps that tools make of its files: a script, JSON, lines, or the files themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding, PhoneCall, SavedContact
from ingest.demo.writers.pdu_lines import card_records
from ingest.demo.writers.sms_octets import gsm_septets, semi_octets

_NAME_OCTETS: Final = 18
_IDS: Final = {
    "ICCID": "3f00/2fe2",
    "IMSI": "3f00/7f20/6f07",
    "SPN": "3f00/7f20/6f46",
    "LOCI": "3f00/7f20/6f7e",
    "ADN": "3f00/7f10/6f3a",
    "SMS": "3f00/7f10/6f3c",
    "MSISDN": "3f00/7f10/6f40",
    "SMSP": "3f00/7f10/6f42",
    "LND": "3f00/7f10/6f44",
}
_FOLDERS: Final = {"7f10": "DF.TELECOM", "7f20": "DF.GSM"}
_LOCATION: Final = bytes.fromhex("01020304" + "32F451" + "1A2B" + "00" + "00")


class CardFile(msgspec.Struct, frozen=True):
    """One file of a card: its records, or its one content without records."""

    name: str
    records: tuple[bytes, ...]
    has_records: bool

    @property
    def path(self) -> str:
        """Ids from the master file, with ``/`` between."""
        return _IDS[self.name]

    @property
    def named_path(self) -> str:
        """Names from the master file, as pySim writes them."""
        folder = _FOLDERS.get(self.path.split("/")[1])
        return "/".join(["MF", *([folder] if folder else []), f"EF.{self.name}"])


def card_files(holding: Holding) -> tuple[CardFile, ...]:
    """Return the files of the SIM of a holding, with its texts, contacts and dialled calls."""
    sim = holding.sim
    assert sim is not None
    return (
        CardFile("ICCID", (semi_octets(sim.iccid or "").ljust(10, b"\xff"),), has_records=False),
        CardFile("IMSI", (_imsi(sim.imsi or ""),), has_records=False),
        CardFile("SPN", ((b"\x01" + gsm_septets(sim.network or "")).ljust(17, b"\xff"),), has_records=False),
        CardFile("LOCI", (_LOCATION,), has_records=False),
        CardFile("ADN", (*map(_contact, holding.contacts), _dialling("", "")), has_records=True),
        CardFile("SMS", (*card_records(holding.texts), b"\x00".ljust(176, b"\xff")), has_records=True),
        CardFile("MSISDN", (_dialling("", sim.msisdn or ""), _dialling("", "")), has_records=True),
        CardFile("SMSP", (_sms_parameters(),), has_records=True),
        CardFile("LND", (*map(_dialled, holding.calls), _dialling("", "")), has_records=True),
    )  # fmt: skip


def write_script(path: Path, holding: Holding) -> Path:
    """Write what pySim-shell's ``export`` prints, and return the path."""
    path.write_text("".join(f"{line}\n" for line in _script(holding)), encoding="utf-8")
    return path


def write_dump(path: Path, holding: Holding) -> Path:
    """Write what pySim-shell's ``fsdump`` prints, and return the path."""
    files = {
        file.named_path: {
            "path": file.named_path.split("/"),
            "fcp_raw": "62",
            "fcp": {"file_identifier": file.path.rpartition("/")[2]},
            "body": [record.hex() for record in file.records] if file.has_records else file.records[0].hex(),
        }
        for file in card_files(holding)
    }
    dump = {"name": "SIM", "atr": "3b00", "eid": None, "iccid": None, "aids": {}, "files": files}
    path.write_text(json.dumps(dump, indent=2) + "\n", encoding="utf-8")
    return path


def write_lines(path: Path, holding: Holding) -> Path:
    """Write a line for each content, as simple readers print them, and return the path."""
    lines = []
    for file in card_files(holding):
        number = file.path.rpartition("/")[2].upper()
        for place, record in enumerate(file.records, 1):
            spaced = " ".join(f"{octet:02X}" for octet in record)
            lines.append(f"EF_{file.name} ({number}){f' record {place}' if file.has_records else ''}: {spaced}")
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return path


def write_folder(folder: Path, holding: Holding) -> Path:
    """Write each file of the card as a file named after its id, and return the folder."""
    for file in card_files(holding):
        target = folder / file.path.upper()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(file.records))
    return folder


def _script(holding: Holding) -> Iterator[str]:
    for file in card_files(holding):
        number = file.path.rpartition("/")[2]
        yield "#" * 80
        yield f"# {file.named_path:<77}#"
        yield "#" * 80
        yield f"# directory: {file.named_path} ({file.path})"
        yield f"# file: EF.{file.name} ({number})"
        yield f"# structure: {'linear_fixed' if file.has_records else 'transparent'}"
        yield f"# RAW FCP Template: 621e8202412183026f{number[2:]}a506c00100ca01808a01058b036f0602800200058800"
        yield f"# Decoded FCP Template: {{'file_identifier': '{number}', 'ef_arr_file_id': '6f06'}}"
        yield f"select {file.named_path}"
        for place, record in enumerate(file.records, 1):
            yield f"update_record {place} {record.hex()}" if file.has_records else f"update_binary {record.hex()}"
        yield "#"


def _imsi(digits: str) -> bytes:
    # Odd parity and the type of identity stand where a digit would.
    return bytes([8, 0x09 | int(digits[0]) << 4]) + semi_octets(digits[1:])


def _contact(contact: SavedContact) -> bytes:
    return _dialling(contact.name or "", contact.numbers[0].written if contact.numbers else "")


def _dialled(call: PhoneCall) -> bytes:
    return _dialling(call.peer.name or "", call.peer.written)


def _dialling(name: str, number: str) -> bytes:
    try:
        alpha = gsm_septets(name)
    except KeyError:
        alpha = b"\x80" + name.encode("utf-16-be")
    digits = semi_octets(number.replace(" ", "").removeprefix("+"))
    value = bytes([len(digits) + 1, 0x91 if number.startswith("+") else 0x81]) + digits if number else b""
    return alpha.ljust(_NAME_OCTETS, b"\xff") + value.ljust(14, b"\xff")


def _sms_parameters() -> bytes:
    digits = semi_octets("447785016005")
    service_centre = (bytes([len(digits) + 1, 0x91]) + digits).ljust(12, b"\xff")
    return b"\xff" * 14 + b"\xe1" + b"\xff" * 12 + service_centre + b"\xff" * 3
