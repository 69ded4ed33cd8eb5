"""Whom the hits of an export name: every number is a party, and nobody is made a sender whom nothing tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.formats.axiom_xml.test_axiom_xml import hits
from tests.unit.parsers.made_deliveries import of_kind

JAY, ANN, BO = "+447700900123", "+447700900124", "+447700900125"
BOTH = f"{JAY}; {ANN}"
OWNER = "Local User"
_PARTNERS = ["Partner(s)", "Participants", "Partners", "Partner"]


def message(tmp_path: Path, values: dict[str, str]) -> tuple[str | None, list[str | None], str]:
    (found,) = of_kind(hits(tmp_path / "a.xml", values | {"Message": "x"}), Message)
    sender = found.from_party
    shown = None if sender is None else OWNER if sender.is_owner else sender.e164
    return shown, [OWNER if party.is_owner else party.e164 for party in found.to], found.direction.value


def call(tmp_path: Path, values: dict[str, str], artifact: str = "iOS Call Logs") -> Call:
    (found,) = of_kind(hits(tmp_path / "a.xml", values | {"Call Duration": "5"}, artifact=artifact), Call)
    return found


@pytest.mark.parametrize("name", _PARTNERS)
def test_several_partners_are_all_parties_and_none_of_them_is_said_to_have_sent(tmp_path: Path, name: str) -> None:
    assert message(tmp_path, {name: BOTH, "Direction": "Incoming"}) == (None, [JAY, ANN], "incoming")
    assert message(tmp_path, {name: BOTH, "Direction": "Outgoing"}) == (None, [JAY, ANN], "outgoing")
    for way in ("Incoming", "Missed"):
        found = call(tmp_path, {name: BOTH, "Direction": way})
        assert (found.call_type.value, found.from_party) == (way.casefold(), None)
        assert [party.e164 for party in found.to] == [JAY, ANN]


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ({"Sender": JAY, "Partners": BOTH, "Recipient(s)": OWNER}, (JAY, [OWNER, ANN], "incoming")),
        ({"Sender": f"{JAY}; {BO}", "Recipient(s)": OWNER}, (JAY, [OWNER, BO], "incoming")),
        ({"Sender": OWNER, "Recipient(s)": JAY, "Participants": BOTH}, (OWNER, [JAY, ANN], "outgoing")),
        ({"Partner": JAY, "Partners": ANN, "Direction": "Outgoing"}, (None, [JAY, ANN], "outgoing")),
        ({"Participants": f"{JAY}; {OWNER}", "Direction": "Outgoing"}, (OWNER, [JAY], "outgoing")),
        ({"Participants": f"{JAY}; {OWNER}", "Direction": "Incoming"}, (JAY, [OWNER], "incoming")),
        ({"Participants": f"{BOTH}; {OWNER}", "Direction": "Outgoing"}, (OWNER, [JAY, ANN], "outgoing")),
        ({"Participants": f"{BOTH}; {OWNER}", "Direction": "Incoming"}, (None, [JAY, ANN, OWNER], "incoming")),
        ({"Sender": JAY, "Partner": OWNER}, (JAY, [OWNER], "incoming")),
    ],
)
def test_partners_beside_the_sides(
    tmp_path: Path, values: dict[str, str], sides: tuple[str | None, list[str], str]
) -> None:
    assert message(tmp_path, values) == sides


def test_a_name_and_a_number_under_two_names_are_one_party(tmp_path: Path) -> None:
    for values in (
        {"Partner": "Jay", "Partner ID": JAY},
        {"Partner": JAY, "Partner Name": "Jay"},
        {"Sender": "Jay", "Sender Number": JAY},
        {"Sender": "Jay", "Partner": JAY},
        {"Sender": JAY, "Partner": f"Jay &lt;{JAY}&gt;"},
    ):
        (found,) = of_kind(hits(tmp_path / "a.xml", values | {"Direction": "Incoming", "Message": "x"}), Message)
        assert found.from_party is not None
        assert (found.from_party.e164, found.from_party.name, found.to) == (JAY, "Jay", ())


def test_who_is_named_a_second_time_otherwise_stays_beside(tmp_path: Path) -> None:
    values = {"Sender": f"Jay &lt;{JAY}&gt;", "From": ANN, "Direction": "Incoming", "Message": "x"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert ("From", ANN) in found.extra


def test_the_owner_who_is_called_says_which_way_a_call_went(tmp_path: Path) -> None:
    found = call(tmp_path, {"Caller": JAY, "Receiver": OWNER})
    assert (found.call_type.value, found.from_party and found.from_party.e164) == ("incoming", JAY)
    stated = {"Caller": JAY, "Callee": "07700 900999", "Local User": "+447700900999"}
    assert call(tmp_path, stated).call_type.value == "incoming"
    assert call(tmp_path, {"Caller": OWNER, "Receiver": JAY}).call_type.value == "outgoing"
    assert call(tmp_path, {"Caller": JAY, "Receiver": ANN}).call_type.value == "unknown"


def test_a_call_of_which_nothing_tells_the_way_has_its_partner_as_the_recipient(tmp_path: Path) -> None:
    found = call(tmp_path, {"Partner": JAY})
    assert (found.call_type.value, found.from_party, [party.e164 for party in found.to]) == ("unknown", None, [JAY])


def test_an_id_of_a_partner_is_a_party(tmp_path: Path) -> None:
    values = {"Partner ID": "447700900123@s.whatsapp.net", "Direction": "Outgoing"}
    found = call(tmp_path, values, "WhatsApp Calls - Android")
    assert [party.e164 for party in found.to] == [JAY]
    assert found.extra == ()


@pytest.mark.parametrize(
    ("name", "value", "service", "extra"),
    [
        ("Service", "FaceTime", "facetime", ()),
        ("Service", "FaceTime Video", "facetime", (("Service", "FaceTime Video"),)),
        ("Call Service", "WhatsApp", "whatsapp", ()),
        ("Call Type", "FaceTime", "facetime", (("type", "FaceTime"),)),
        ("Service", "Phone", None, (("Service", "Phone"),)),
        ("Service", "Line 1", None, (("Service", "Line 1"),)),
    ],
)
def test_the_application_of_a_call(
    tmp_path: Path, name: str, value: str, service: str | None, extra: tuple[tuple[str, str], ...]
) -> None:
    found = call(tmp_path, {"Partner": JAY, "Direction": "Incoming", name: value})
    assert (found.service, found.extra) == (service, extra)


@pytest.mark.parametrize(
    "name",
    [
        *("Attachment File Name", "Attachment File Path", "Attachment Filename", "Media Path", "Attached File(s)"),
        *("Attached Media File", "Attachment(s)", "Media", "File Name"),
    ],
)
def test_names_of_files(tmp_path: Path, name: str) -> None:
    (found,) = of_kind(hits(tmp_path / "a.xml", {"Partner": JAY, "Message": "x", name: "a.jpg; b.jpg"}), Message)
    assert [each.name for each in found.attachments] == ["a.jpg", "b.jpg"]
    assert found.extra == ()


def test_where_a_file_lies_is_kept_and_its_name_counts_once(tmp_path: Path) -> None:
    values = {"Partner": JAY, "Message": "x", "Attachment File Name": "a.jpg", "Attachment Path": "/sdcard/a.jpg"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert [each.name for each in found.attachments] == ["a.jpg"]
    assert found.extra == (("Attachment Path", "/sdcard/a.jpg"),)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        *(("Mobile Phone", "mobile"), ("Mobile Phone Number", "mobile"), ("Cell Phone", "cell"), ("iPhone", "iphone")),
        *(("Main Phone", "main"), ("Other Phone", "other"), ("Phone (Mobile)", "mobile")),
        *(("Phone - Mobile", "mobile"), ("Home Phone", "home"), ("Business Phone", "work"), ("Phone Number", None)),
    ],
)
def test_kinds_of_numbers_of_a_contact(tmp_path: Path, name: str, label: str | None) -> None:
    result = hits(tmp_path / "a.xml", {"Display Name": "Jay", name: "07700 900123"}, artifact="Android Contacts")
    (found,) = of_kind(result, Contact)
    assert [(number.e164, number.label) for number in found.numbers] == [(JAY, label)]
    assert found.extra == ()


def test_every_number_of_a_contact_is_read(tmp_path: Path) -> None:
    values = {
        "Name": "Jay",
        "Mobile Phone": "07700 900123",
        "Home Phone": "01632 960001",
        "Home Phone Number": "01632 960002",
    }
    values |= {"Other Phone": "07700 900124", "Phone Type": "x"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values, artifact="Android Contacts"), Contact)
    assert len(found.numbers) == 4
    assert found.extra == (("Phone Type", "x"),)
