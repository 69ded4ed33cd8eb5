"""What somebody noted beside a contact is found, with and without accents, and shown as a note."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.command_line import CommandLine

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nTEL;TYPE=CELL:07700 900476\r\n"
    "NOTE:owes 40 at the caf\u00e9\r\nEND:VCARD\r\n"
)


def test_a_note_is_found_and_shown_as_one(tmp_path: Path) -> None:
    path = tmp_path / "drops" / "contacts.vcf"
    path.parent.mkdir()
    path.write_text(CARD, encoding="utf-8", newline="")
    command_line = CommandLine(tmp_path)
    assert command_line.run("ingest", path, "--json").code == 0
    for query in ("CAFE", "caf\u00e9", '"the cafe"'):
        (answer,) = command_line.run("search", query, "--json").rows()
        (hit,) = answer["hits"]
        assert hit["is_in_note"]
        assert hit["text"][slice(*hit["highlights"][-1])].endswith("caf\u00e9")
    assert "    note: owes 40 at the caf\u00e9" in command_line.run("search", "owes").out.splitlines()
