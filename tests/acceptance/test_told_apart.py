"""One handset in two formats that tell its texts a little apart: each counts once, and a broadcast is one flare."""

from __future__ import annotations

import json
from pathlib import Path

from tests.acceptance.command_line import CommandLine

SIDECAR = 'case_ref = "OP APART"\nexhibit_ref = "HW/7"\nowner_number = "07700 900001"\ntime_zone = "UTC"\n'
PEOPLE = [f"+4477009001{number:02}" for number in range(14)]
AD = "Zed line is on bell 07700900001"
START = 1_721_044_800_600  # 15 July 2024, 12:00:00.600 UTC


def sms(address: str, at: int, body: str, *, kind: int) -> str:
    return f'<sms address="{address}" date="{at}" type="{kind}" body="{body}" contact_name="(Unknown)" />'


BACKUP = [
    sms("+447700900123", START, "u about", kind=1),
    sms("+447700900123", START + 60_000, "twin", kind=1),
    sms("+447700900123", START + 61_000, "twin", kind=1),
    *(sms(to, START + 120_000 + 1_500 * number, AD, kind=2) for number, to in enumerate(PEOPLE)),
]
TABLE = [
    ("15/07/2024 12:00:01", "Incoming", "+447700900123", "u about"),
    ("15/07/2024 12:01:01", "Incoming", "+447700900123", "twin"),
    ("15/07/2024 12:02:00", "Outgoing", "; ".join(PEOPLE), AD),
    ("15/07/2024 12:04:00", "Outgoing", "+447700900123", "only here"),
]


def test_each_text_counts_once(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    drops.mkdir()
    backup, table = drops / "sms.xml", drops / "texts.csv"
    backup.write_text(f"<smses count='{len(BACKUP)}'>{''.join(BACKUP)}</smses>", encoding="utf-8")
    rows = "".join(",".join(row) + "\r\n" for row in (("Time", "Direction", "Number", "Message"), *TABLE))
    table.write_text(rows, encoding="utf-8")
    for path in (backup, table):
        path.with_name(f"{path.name}.trapline.toml").write_text(SIDECAR, encoding="utf-8")
    for number, order in enumerate(((backup, table), (table, backup))):
        command_line = CommandLine(tmp_path / str(number))
        for path in order:
            assert command_line.run("ingest", path, "--json").code == 0
        records = [record for record in command_line.records() if record["kind"] == "message"]
        by_id = {record["record_id"]: record for record in records}
        assert len({record["device_id"] for record in records}) == 1
        assert len(records) == len(BACKUP) + len(TABLE)
        copies = [record for record in records if record["duplicate_of"]]
        assert sorted(record["body"] for record in copies) == sorted(["u about", "twin", AD])
        for record in copies:
            assert by_id[record["duplicate_of"]]["duplicate_of"] is None
            assert by_id[record["duplicate_of"]]["body"] == record["body"]
        # To each of its recipients once, and in no record to all of them.
        counted = [record for record in records if record["body"] == AD and not record["duplicate_of"]]
        assert sorted(record["to"][0]["e164"] for record in counted) == PEOPLE
        report = json.loads(command_line.run("report", "--format", "json").out)
        assert [flare["recipient_count"] for flare in report["flares"]] == [len(PEOPLE)]
