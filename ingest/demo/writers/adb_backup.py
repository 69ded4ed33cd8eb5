"""Writes truth as ``adb backup`` does: a header, and a deflated tar with the telephone's own texts and databases."""

from __future__ import annotations

import json
import tarfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.demo.truth import Holding, TextMessage, Travel

_TYPES: Final = {Travel.IN: 1, Travel.OUT: 2, Travel.DRAFT: 3}
_NOT_SENT: Final = {"outbox": 4, "failed": 5, "queued": 6}
_TEXTS_A_FILE: Final = 1_000
_FOLDER: Final = "apps/com.android.providers.telephony/d_f"
_TIME: Final = 1_707_134_400


def write_adb_backup(
    path: Path,
    holding: Holding,
    databases: Mapping[str, bytes] | None = None,
    *,
    version: int = 5,
    is_deflated: bool = True,
    encryption: str = "none",
) -> Path:
    """Write the backup of a handset and return its path.

    Args:
        path: Where it is to stand.
        holding: What was on the handset.
        databases: Further files by their names in the archive.
        version: Of the format.
        is_deflated: Whether the archive is deflated.
        encryption: What the header says; the content is random-looking where it is not ``none``.
    """
    own = holding.sim.msisdn if holding.sim is not None else None
    members: dict[str, bytes] = {
        "apps/com.android.providers.telephony/_manifest": b"1\ncom.android.providers.telephony\n"
    }
    number = 0
    for service, row_of in (("sms", _sms_row), ("mms", _mms_row)):
        texts = [text for text in holding.texts if (text.service == "mms") == (service == "mms")]
        for start in range(0, len(texts), _TEXTS_A_FILE):
            rows = [row for text in texts[start : start + _TEXTS_A_FILE] for row in row_of(text, own)]
            content = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
            members[f"{_FOLDER}/{number:06}_{service}_backup"] = zlib.compress(content)
            number += 1
    members |= databases or {}
    archive = _tar(members)
    header = f"ANDROID BACKUP\n{version}\n{int(is_deflated)}\n{encryption}\n".encode("ascii")
    if encryption != "none":
        archive = bytes(byte ^ 0x5A for byte in zlib.compress(archive))
    elif is_deflated:
        archive = zlib.compress(archive)
    path.write_bytes(header + archive)
    return path


def _tar(members: Mapping[str, bytes]) -> bytes:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, member in members.items():
            about = tarfile.TarInfo(name)
            about.size, about.mtime, about.mode = len(member), _TIME, 0o600
            tar.addfile(about, BytesIO(member))
    return content.getvalue()


def _sms_row(text: TextMessage, own: str | None) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for peer in text.peers:
        row: dict[str, object | None] = {
            "self_phone": own,
            "address": None if text.travel is Travel.DRAFT else peer.written,
            "body": text.body,
            "date": _milliseconds(text.at),
            "date_sent": _milliseconds(text.at) if text.travel is Travel.IN else "0",
            "status": "0" if text.status == "delivered" else "-1",
            "type": str(_NOT_SENT.get(text.status or "", _TYPES[text.travel])),
            "recipients": [each.written for each in text.peers],
            "read": "0" if text.status == "unread" else "1",
        }
        rows.append({key: value for key, value in row.items() if value is not None})
    return rows


def _mms_row(text: TextMessage, own: str | None) -> list[dict[str, object]]:
    incoming = text.travel is Travel.IN
    addresses = [{"type": 137 if incoming else 151, "address": peer.written, "charset": 106} for peer in text.peers]
    addresses.append({"type": 151 if incoming else 137, "address": "insert-address-token", "charset": 106})
    row: dict[str, object | None] = {
        "self_phone": own,
        "date": None if text.at is None else str(int(text.at.timestamp())),
        "date_sent": "0",
        "m_type": "132" if incoming else "128",
        "v": "18",
        "msg_box": str(_NOT_SENT.get(text.status or "", _TYPES[text.travel])),
        "recipients": [peer.written for peer in text.peers],
        "read": "1",
        "mms_addresses": addresses,
        "mms_body": text.body,
        "mms_charset": 106,
        "attachments": [{"mime_type": file.content_type, "filename": file.name} for file in text.files],
    }
    return [{key: value for key, value in row.items() if value is not None}]


def _milliseconds(at: datetime | None) -> str | None:
    return None if at is None else str(round(at.timestamp() * 1_000))
