"""A direction that is written and not understood is unknown, kept as written, counted, and shown in a notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Call, CallType, Direction, Message
from tests.unit.parsers.formats.axiom_xml.test_axiom_xml import hits
from tests.unit.parsers.formats.case_jsonld.test_case_jsonld import graph, node
from tests.unit.parsers.formats.ios_db.test_rows import BESIDE, JOIN, MESSAGE
from tests.unit.parsers.formats.sms_backup_restore.backup_text import backup, call, mms, part, sms
from tests.unit.parsers.formats.ufdr.report_text import field, message, model, parties, party, read_text, report
from tests.unit.parsers.made_databases import database
from tests.unit.parsers.made_deliveries import of_kind, read_path

ANDROID = (
    "CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT)",
    "CREATE TABLE addr (msg_id INTEGER, address TEXT, type INTEGER)",
    "CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, date INTEGER, type, body TEXT)",
)
PICTURES = (
    "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box, m_type INTEGER)",
    "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, text TEXT)",
)


def android(folder: Path, written: str) -> ReadResult:
    row = f"INSERT INTO sms (address, date, type, body) VALUES ('07700 900456', 1707134400250, '{written}', 'x')"
    return read_path(database(folder / "mmssms.db", *ANDROID, row, row))


def android_picture(folder: Path, written: str) -> ReadResult:
    row = f"INSERT INTO pdu (date, msg_box) VALUES (1707134400, '{written}')"
    return read_path(database(folder / "mmssms.db", *ANDROID, *PICTURES, row, row))


def ios(folder: Path, written: str) -> ReadResult:
    row = f"INSERT INTO message (text, date, is_from_me) VALUES ('x', 1, '{written}')"
    return read_path(database(folder / "sms.db", *BESIDE, MESSAGE, JOIN, row, row))


def sms_backup(folder: Path, written: str) -> ReadResult:
    path = folder / "sms.xml"
    path.write_text(backup(sms(type=written), sms("another", type=written)), encoding="utf-8")
    return read_path(path)


def mms_backup(folder: Path, written: str) -> ReadResult:
    path = folder / "sms.xml"
    each = mms(part("text/plain", "x"), msg_box=written, m_type=None)
    path.write_text(backup(each, each), encoding="utf-8")
    return read_path(path)


def axiom(folder: Path, written: str) -> ReadResult:
    hit = {"Partner": "07700 900456", "Message": "x", "Direction": written}
    return hits(folder / "a.xml", hit, hit)


def case(folder: Path, written: str) -> ReadResult:
    facet = {"messageText": "x", "direction": written}
    return graph(folder, node("a", "Message", MessageFacet=facet), node("b", "Message", MessageFacet=facet))


def ufed_chat(folder: Path, written: str) -> ReadResult:
    both = parties(party("07700 900456", "To"), party("07700 900123", "From"))
    said = (both, field("Source", "WhatsApp"), field("FromIsOwner", written))
    return read_text(folder, report(*(message(each, *said) for each in "ab")))


def axiom_call(folder: Path, written: str) -> ReadResult:
    hit = {"Partner": "07700 900456", "Call Duration": "5", "Direction": written}
    return hits(folder / "a.xml", hit, hit, artifact="Android Call Logs")


def ufed_call(folder: Path, written: str) -> ReadResult:
    said = (field("Type", written), parties(party("07700 900456", "General")))
    return read_text(folder, report(*(model("Call", each, *said) for each in "ab")))


def backup_call(folder: Path, written: str) -> ReadResult:
    path = folder / "calls.xml"
    path.write_text(backup(call(type=written), call(type=written, duration="5"), root="calls"), encoding="utf-8")
    return read_path(path)


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (android, "inbox"),
        (android, "4611686018427387904"),
        (android_picture, "inbox"),
        (ios, "mine"),
        (sms_backup, "77"),
        (sms_backup, "inbox"),
        (mms_backup, "77"),
        (axiom, "Sideways"),
        (case, "Sideways"),
        (ufed_chat, "perhaps"),
    ],
)
def test_a_way_that_is_not_understood_is_noticed(
    tmp_path: Path, read: Callable[[Path, str], ReadResult], written: str
) -> None:
    result = read(tmp_path, written)
    found = of_kind(result, Message)
    assert [each.direction for each in found] == [Direction.UNKNOWN] * 2
    assert all(written in dict(each.extra).values() for each in found)
    (notice,) = [each for each in result.notices if each.code == "direction_unreadable"]
    assert (notice.count, notice.subject) == (2, written)
    assert notice.first_locator == found[0].source.locator
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize(("read", "written"), [(android, ""), (axiom, "Unknown"), (case, "n/a"), (ufed_chat, "")])
def test_a_way_that_is_not_stated_is_not_noticed(
    tmp_path: Path, read: Callable[[Path, str], ReadResult], written: str
) -> None:
    result = read(tmp_path, written)
    assert [each.direction for each in of_kind(result, Message)] == [Direction.UNKNOWN] * 2
    assert "direction_unreadable" not in {each.code for each in result.notices}


def test_a_folder_of_a_text_without_parties_that_is_not_known_is_noticed(tmp_path: Path) -> None:
    result = read_text(tmp_path, report(message("a", field("Folder", "Kosz"), field("Source", "SMS"))))
    assert [each.subject for each in result.notices if each.code == "direction_unreadable"] == ["Kosz"]


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (axiom_call, "Sideways"),
        (ufed_call, "Sidelong"),
        (backup_call, "99"),
        (backup_call, "out"),
    ],
)
def test_a_way_of_a_call_that_is_not_understood_is_noticed(
    tmp_path: Path, read: Callable[[Path, str], ReadResult], written: str
) -> None:
    result = read(tmp_path, written)
    found = of_kind(result, Call)
    assert [each.call_type for each in found] == [CallType.UNKNOWN] * 2
    assert all(written in dict(each.extra).values() for each in found)
    (notice,) = [each for each in result.notices if each.code == "direction_unreadable"]
    assert (notice.count, notice.subject, notice.first_locator) == (2, written, found[0].source.locator)


@pytest.mark.parametrize(("read", "written"), [(axiom_call, "Unknown"), (ufed_call, "Unknown"), (backup_call, "")])
def test_a_way_of_a_call_that_is_not_stated_is_not_noticed(
    tmp_path: Path, read: Callable[[Path, str], ReadResult], written: str
) -> None:
    result = read(tmp_path, written)
    assert [each.call_type for each in of_kind(result, Call)] == [CallType.UNKNOWN] * 2
    assert "direction_unreadable" not in {each.code for each in result.notices}
