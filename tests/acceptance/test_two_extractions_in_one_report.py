"""A report of two extractions of one handset: each text counts as often as the extraction that lists it most."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.command_line import CommandLine

REPORT = (
    '<project id="p" name="A12" reportVersion="5.5.2.1" xmlns="http://pa.cellebrite.com/report/2.0"><sourceExtractions>'
    '<extractionInfo id="0" name="Logical" type="Logical" /><extractionInfo id="1" name="FS" type="FileSystem" />'
    '</sourceExtractions><metadata section="Device Info"><item name="IMEI" sourceExtraction="0">356943000000013</item>'
    '<item name="IMEI" sourceExtraction="1">356943000000013</item></metadata><decodedData><modelType type="SMS">'
    "{}</modelType></decodedData></project>"
)
# Sent with a basic phone: without a time, so that what was sent twice differs in its id alone.
SMS = (
    '<model type="SMS" id="{}" deleted_state="{}" extractionId="{}"><multiModelField name="Parties" type="Party">'
    '<model type="Party" id="{}"><field name="Identifier" type="String"><value type="String">07700 900123</value>'
    "</field>"
    '<field name="Role" type="PartyRole"><value type="PartyRole">To</value></field></model></multiModelField>'
    '<field name="Body" type="String"><value type="String">{}</value></field></model>'
)
ROWS = (
    *(("a", "Intact", 0, "ok"), ("b", "Intact", 1, "ok"), ("c", "Deleted", 1, "ok")),
    *(("d", "Intact", 0, "bell me"), ("e", "Intact", 1, "bell me")),
)


def test_what_one_extraction_lists_twice_is_two(tmp_path: Path) -> None:
    texts = "\n".join(SMS.format(name, state, place, f"p{name}", body) for name, state, place, body in ROWS)
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(texts), encoding="utf-8")
    command_line = CommandLine(tmp_path)
    assert command_line.run("ingest", report, "--json").code == 0
    records = [record for record in command_line.records() if record["kind"] == "message"]
    assert len(records) == len(ROWS)
    assert len({record["device_id"] for record in records}) == 1
    counted = sorted(record["body"] for record in records if record["duplicate_of"] is None)
    assert counted == ["bell me", "ok", "ok"]
