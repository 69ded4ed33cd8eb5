"""Calls: how they went, whose they were, how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.formats.ufdr.model_times import duration_seconds
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    OWNER,
    field,
    model,
    only_call,
    parties,
    party,
    read_text,
    report,
)

FROM, TO, GENERAL = (parties(party(OTHER, role, "Jay")) for role in ("From", "To", "General"))


def call(*content: str, direction: str | None = None, kind: str | None = None, status: str | None = None) -> str:
    words = (("Direction", direction), ("Type", kind), ("Status", status))
    stated = "".join(field(name, text) for name, text in words if text is not None)
    return report(model("Call", "c1", stated, *content))


@pytest.mark.parametrize(
    ("direction", "kind", "status", "party_field", "expected"),
    [
        (None, "Incoming", None, GENERAL, "incoming"),
        (None, "Outgoing", None, GENERAL, "outgoing"),
        (None, "Missed", None, GENERAL, "missed"),
        ("Incoming", "Missed", None, FROM, "missed"),
        ("Incoming", None, "Missed", FROM, "missed"),
        ("Incoming", None, "Established", FROM, "incoming"),
        ("Incoming", None, "Rejected", FROM, "rejected"),
        ("Incoming", None, "NotEstablishedUnknownReason", FROM, "missed"),
        ("Incoming", None, "Voicemail", FROM, "voicemail"),
        ("Outgoing", None, "NotEstablishedUnknownReason", TO, "outgoing"),
        ("Outgoing", "Missed", None, TO, "outgoing"),
        ("Outgoing", None, "Cancelled", TO, "outgoing"),
        ("Outgoing", None, "Missed", TO, "outgoing"),
        ("Unknown", None, "Missed", FROM, "missed"),
        ("Unknown", "Incoming", None, GENERAL, "incoming"),
        (None, None, "Established", FROM, "incoming"),
        (None, None, "Established", TO, "outgoing"),
        (None, None, "Missed", TO, "outgoing"),
        (None, "Rejected", None, GENERAL, "rejected"),
        (None, None, "Established", GENERAL, "unknown"),
        (None, None, None, "", "unknown"),
    ],
)
def test_how_a_call_went(
    tmp_path: Path, direction: str | None, kind: str | None, status: str | None, party_field: str, expected: str
) -> None:
    assert only_call(tmp_path, call(party_field, direction=direction, kind=kind, status=status)).call_type == expected


def test_the_general_party_of_the_early_dialect_stands_on_the_side_that_the_call_gives(tmp_path: Path) -> None:
    came_in, went_out = (only_call(tmp_path, call(GENERAL, kind=kind)) for kind in ("Missed", "Outgoing"))
    assert came_in.from_party is not None
    assert (came_in.from_party.raw, came_in.to) == (OTHER, ())
    assert went_out.from_party is None
    assert [each.name for each in went_out.to] == ["Jay"]


def test_both_sides_are_kept_where_the_owner_is_listed(tmp_path: Path) -> None:
    both = parties(party(OWNER, "From", owner="True"), party(OTHER, "To"))
    found = only_call(tmp_path, call(both))
    assert found.call_type == "outgoing"
    assert found.from_party is not None
    assert (found.from_party.is_owner, found.to[0].raw) == (True, OTHER)


def test_a_missed_call_that_the_owner_made_went_out(tmp_path: Path) -> None:
    both = parties(party(OWNER, "From", owner="True"), party(OTHER, "To"))
    found = only_call(tmp_path, call(both, kind="Missed"))
    assert (found.call_type, found.to[0].raw) == ("outgoing", OTHER)
    assert ("Type", "Missed") in found.extra


@pytest.mark.parametrize(
    ("kind", "role", "expected"),
    [
        ("Eingehend", "Von", "incoming"),
        ("Ausgehend", "An", "outgoing"),
        ("Entgangen", "Von", "missed"),
        ("Abgelehnt", "Von", "rejected"),
        ("Entrant", "De", "incoming"),
        ("Appel manqué", "De", "missed"),
        ("Sortant", "À", "outgoing"),
        ("Llamada perdida", "De", "missed"),
        ("Llamada no recibida", "De", "unknown"),
        ("No recibida", "De", "unknown"),
        ("no realizada", "De", "unknown"),
        ("nicht eingehend", "Von", "unknown"),
        ("Llamada no recibida", "Para", "outgoing"),
        ("Etwas", "Von", "incoming"),
        ("Etwas", "An", "outgoing"),
    ],
)
def test_a_report_in_the_language_of_its_tool(tmp_path: Path, kind: str, role: str, expected: str) -> None:
    found = only_call(tmp_path, call(parties(party(OTHER, role, "Jay")), kind=kind))
    assert found.call_type == expected
    other = found.to[0] if expected == "outgoing" else found.from_party
    assert other is not None
    assert other.raw == OTHER
    assert ("Type", kind) in found.extra


def test_a_withheld_number_is_kept(tmp_path: Path) -> None:
    found = only_call(tmp_path, call(parties(party("Private", "From")), direction="Incoming"))
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == ("Private", None)


def test_an_unanswered_outgoing_call_keeps_its_stated_duration(tmp_path: Path) -> None:
    found = only_call(tmp_path, call(TO, field("Duration", "00:00:00"), direction="Outgoing", status="Cancelled"))
    assert (found.call_type, found.duration_seconds) == ("outgoing", 0.0)
    assert ("Status", "Cancelled") in found.extra


def test_a_duration_that_is_not_stated_is_none(tmp_path: Path) -> None:
    assert only_call(tmp_path, call(TO, field("Duration", None))).duration_seconds is None
    odd = only_call(tmp_path, call(TO, field("Duration", "a while")))
    assert odd.duration_seconds is None
    assert ("Duration", "a while") in odd.extra


def test_a_duration_in_no_known_form_is_noticed(tmp_path: Path) -> None:
    stated = [field("Duration", text) for text in ("bad", "00:00:07", "about a minute I think", None, "9 s")]
    models = [model("Call", f"c{place}", TO, content) for place, content in enumerate(stated)]
    result = read_text(tmp_path, report(*models))
    (notice,) = [notice for notice in result.notices if notice.code == "duration_unreadable"]
    assert (notice.count, notice.subject) == (3, "bad, 9 s")


@pytest.mark.parametrize(
    ("source", "service"),
    [
        ("com.whatsapp", "whatsapp"),
        ("net.whatsapp.WhatsApp", "whatsapp"),
        ("com.apple.facetime", "facetime"),
        ("com.apple.Telephony", None),
        ("com.example.calls", "com.example.calls"),
    ],
)
def test_an_application_has_one_name_whatever_its_store_calls_it(
    tmp_path: Path, source: str, service: str | None
) -> None:
    assert only_call(tmp_path, call(TO, field("Source", source))).service == service


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:00:02", 2.0),
        ("01:02:03", 3723.0),
        ("00:00:02.1234567", 2.1234567),
        ("00:00:02,5", 2.5),
        ("1.02:00:00", 93_600.0),
        ("26:00:00", 93_600.0),
        ("75", 75.0),
        ("", None),
        ("2 minutes", None),
        (None, None),
    ],
)
def test_time_spans(text: str | None, seconds: float | None) -> None:
    assert duration_seconds(text) == seconds


def test_the_application_of_a_call_is_its_service(tmp_path: Path) -> None:
    assert only_call(tmp_path, call(TO, field("Source", "WhatsApp"))).service == "whatsapp"
    assert only_call(tmp_path, call(TO, field("Source", None))).service is None
    assert only_call(tmp_path, call(TO, field("Source", "Phone"))).service is None


def test_a_voicemail_is_the_call_that_left_it(tmp_path: Path) -> None:
    sender = f'<modelField name="From" type="Party">{party(OTHER, "From", "Jay")}</modelField>'
    stated = (
        field("Timestamp", "2024-05-10T15:30:58+01:00") + field("Duration", "00:00:12") + field("WasPlayed", "False")
    )
    record = only_call(tmp_path, report(model("Voicemail", "v1", sender, stated)))
    assert (record.call_type, record.duration_seconds) == ("voicemail", 12)
    assert record.from_party is not None
    assert (record.from_party.raw, record.from_party.name) == (OTHER, "Jay")
    assert record.time.utc == "2024-05-10T14:30:58.000Z"
    assert dict(record.extra)["WasPlayed"] == "False"
