"""What the tools' scripts of 2020 to 2023 wrote: UTC without saying so, Python's words, markup of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import EMPTY_SIDECAR, Sidecar
from parsers.records.facts import Call
from parsers.records.values import Attachment
from tests.unit.parsers.formats.leapp.test_known_columns import AT, JAY, ME, lava, messages, tsv
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

SUMMER = "2023-07-13 17:45:00"
TEXTS = ("Date", "Type", "Address", "Body")


@pytest.mark.parametrize(
    ("sidecar", "utc"),
    [
        (EMPTY_SIDECAR, "2023-07-13T17:45:00.000Z"),
        (Sidecar(time_zone="Europe/London"), "2023-07-13T16:45:00.000Z"),
    ],
)
def test_times_without_a_zone_are_utc_unless_the_sidecar_states_one(tmp_path: Path, sidecar: Sidecar, utc: str) -> None:
    result = read_path(tsv(tmp_path, "sms messages", TEXTS, [[SUMMER, "Received", JAY, "x"]]), sidecar=sidecar)
    (found,) = messages(result)
    assert (found.time.raw, found.time.utc, found.time.basis) == (SUMMER, utc, "assumed_zone")
    assert codes_of(result)["zone_assumed"] == 1


def test_an_output_that_is_described_is_of_scripts_that_state_the_zone(tmp_path: Path) -> None:
    result = read_path(lava(tmp_path, "SMS messages", TEXTS, [[SUMMER, "Received", JAY, "x"]], None))
    assert messages(result)[0].time.utc == "2023-07-13T16:45:00.000Z"


def test_the_name_beside_both_sides_of_a_call_is_the_others(tmp_path: Path) -> None:
    head = ("from_id", "to_id", "start_date", "end_date", "direction", "name")
    rows = [
        [JAY, "None", SUMMER, SUMMER, "Incoming", "Jay"],
        ["None", JAY, SUMMER, SUMMER, "Outgoing", "Jay"],
        [JAY, ME, SUMMER, SUMMER, "Incoming", "Jay"],
        [JAY, "", SUMMER, SUMMER, "Incoming", ""],
    ]
    found = of_kind(read_path(tsv(tmp_path, "Call Logs2", head, rows)), Call)
    sides = [
        [(each.raw, each.name) for each in parties if each is not None]
        for call in found
        for parties in ((call.from_party,), call.to)
    ]
    assert sides == [[(JAY, "Jay")], [], [], [(JAY, "Jay")], [(JAY, "Jay")], [(ME, None)], [(JAY, None)], []]


def test_the_owners_side_as_recipient_tells_that_a_message_came_in(tmp_path: Path) -> None:
    head = ("Timestamp", "Sender Name", "From ID", "Receiver", "To ID", "Message")
    jay, own = "447700900456@s.whatsapp.net", "447700900100@s.whatsapp.net"
    rows = [[SUMMER, "Jay", jay, "Local User", own, "in"], [SUMMER, "Local User", "", "Jay", jay, "out"]]
    came, went = messages(read_path(tsv(tmp_path, "Whatsapp - Messages", head, rows)))
    assert (came.direction, [each.is_owner for each in came.to]) == ("incoming", [True])
    assert (went.direction, [each.name for each in went.to]) == ("outgoing", ["Jay"])


def test_the_markup_of_a_picture_is_an_attachment_and_no_text(tmp_path: Path) -> None:
    head = ("Date", "MSG ID", "Read", "From", "To", "Body")
    markup = '<a href="x/PART_1.jpg"><img src="x/PART_1.jpg" class="img-fluid" title="PART_1.jpg"></a>'
    rows = [[AT, "10", "1", JAY, "insert-address-token", each] for each in (markup, f"{markup} look")]
    shown, typed = messages(read_path(tsv(tmp_path, "mms messages", head, rows)))
    assert (shown.body, shown.attachments) == (None, (Attachment("PART_1.jpg"),))
    assert ("Body", markup) in shown.extra
    assert (typed.body, typed.attachments) == (f"{markup} look", ())


def test_the_time_of_sending_of_older_whatsapp(tmp_path: Path) -> None:
    head = ("Message ID", "Direction", "Sender", "Send Timestamp", "Received Timestamp", "Content", "Recipient")
    later = SUMMER.replace(":00", ":01")
    rows = [["1", "Incoming", JAY, SUMMER, later, "in", JAY], ["2", "Outgoing", "", SUMMER, "", "out", JAY]]
    came, went = messages(read_path(tsv(tmp_path, "Whatsapp - Messages", head, rows)))
    assert (came.time.raw, went.time.raw) == (later, SUMMER)
    assert came.times.sent is not None
    assert came.times.sent.raw == SUMMER
