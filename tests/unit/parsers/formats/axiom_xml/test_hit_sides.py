"""Whom the hits of an export name: every number is a party, and nobody is made a sender whom nothing tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Contact, Message
from parsers.records.values import Party
from parsers.tables.row_people import key_of
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


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("a.jpg, b.jpg", ["a.jpg", "b.jpg"]),
        ("a.jpg | b.mp4", ["a.jpg", "b.mp4"]),
        ("St.Mary, Oct.2024.pdf", ["St.Mary, Oct.2024.pdf"]),
    ],
)
def test_files_with_a_comma_between(tmp_path: Path, value: str, names: list[str]) -> None:
    values = {"Partner": JAY, "Message": "x", "Attachment(s)": value}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert [each.name for each in found.attachments] == names


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


_LIST = {"Participants": f"{OWNER}; {JAY}"}


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        (_LIST, (None, [OWNER, JAY], "unknown")),
        (_LIST | {"Folder": "Inbox"}, (JAY, [OWNER], "incoming")),
        (_LIST | {"Status": "Received"}, (JAY, [OWNER], "incoming")),
        (_LIST | {"Folder": "Sent"}, (OWNER, [JAY], "outgoing")),
        (_LIST | {"Recipient(s)": JAY}, (OWNER, [JAY], "outgoing")),
    ],
)
def test_a_list_of_who_took_part_tells_no_side(
    tmp_path: Path, values: dict[str, str], sides: tuple[str | None, list[str], str]
) -> None:
    assert message(tmp_path, values) == sides


@pytest.mark.parametrize(
    ("values", "went"),
    [
        (_LIST, "unknown"),
        (_LIST | {"Call Status": "Dialed"}, "outgoing"),
        (_LIST | {"Receiver": JAY}, "outgoing"),
        ({"Receiver": JAY, "Participants": f"{ANN}; {JAY}", "Local User": ANN}, "outgoing"),
    ],
)
def test_the_way_of_a_call_beside_a_list_of_who_took_part(tmp_path: Path, values: dict[str, str], went: str) -> None:
    found = call(tmp_path, values)
    assert found.call_type.value == went
    if went == "outgoing":
        assert found.from_party is not None
        assert (found.from_party.is_owner, [party.e164 for party in found.to]) == (True, [JAY])


@pytest.mark.parametrize(
    "values",
    [
        {"Sender": OWNER, "Sender Name": "Dave", "Direction": "Outgoing"},
        {"Sender": "Local User (Dave)", "Direction": "Outgoing"},
        {"Recipient(s)": OWNER, "Recipient Name": "Dave", "Direction": "Incoming"},
    ],
)
def test_the_number_of_another_of_the_same_name_is_not_the_owners(tmp_path: Path, values: dict[str, str]) -> None:
    values |= {"Partner": JAY, "Partner Name": "Dave", "Message": "x"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert found.from_party is not None
    parties = {party.is_owner: party for party in (found.from_party, *found.to)}
    assert (parties[True].raw, parties[None].e164) == (None, JAY)


def test_two_numbers_of_one_name_are_two(tmp_path: Path) -> None:
    values = {"Sender": "Dave", "Recipient(s)": OWNER, "Participants": f"Dave &lt;{JAY}&gt;; Dave &lt;{ANN}&gt;"}
    assert message(tmp_path, values) == (None, [OWNER, JAY, ANN], "incoming")


@pytest.mark.parametrize(
    "values",
    [
        {"Partner": "DealGroup"},
        {"Partner": "120363025246125486@g.us"},
        {"Partner": "The Lads", "Thread ID": "The Lads"},
    ],
)
def test_what_a_chat_is_called_is_nobodys_name(tmp_path: Path, values: dict[str, str]) -> None:
    values |= {"Sender": JAY, "Recipient(s)": OWNER, "Message": "x"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert found.from_party is not None
    assert (found.from_party.name, len(found.to), dict(found.extra)) == (None, 1, {"Partner": values["Partner"]})


@pytest.mark.parametrize(
    "values", [{"Partner ID": "55"}, {"Address": "14 High St, Luton"}, {"Partner Identifier": "jay_k9"}]
)
def test_ids_of_rows_and_addresses_are_no_names(tmp_path: Path, values: dict[str, str]) -> None:
    found = call(tmp_path, {"Partner": JAY, "Direction": "Incoming"} | values)
    assert found.from_party is not None
    assert (found.from_party.e164, found.from_party.name, dict(found.extra)) == (JAY, None, values)


def test_a_partner_of_three_fragments_is_one(tmp_path: Path) -> None:
    values = {"Partner": "Jay", "Partner Name": "Jay Smith", "Partner Number": JAY, "Direction": "Outgoing"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values | {"Message": "x"}), Message)
    assert [(party.e164, party.name) for party in found.to] == [(JAY, "Jay Smith")]
    assert dict(found.extra) == {"Partner": "Jay"}


@pytest.mark.parametrize("beside", ["Service Provider", "Service Type", "Source Application"])
def test_a_service_holds_before_what_may_be_a_network(tmp_path: Path, beside: str) -> None:
    values = {beside: "Vodafone", "Service": "iMessage", "Partner": JAY, "Message": "x", "Direction": "Incoming"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert (found.service, dict(found.extra)) == ("imessage", {beside: "Vodafone"})


def test_what_is_no_number_under_the_kind_of_one_stays_beside_a_contact(tmp_path: Path) -> None:
    values = {"Display Name": "Jay", "Old Phone": "Nokia 105", "New Number": "1", "Main Phone": JAY}
    (found,) = of_kind(hits(tmp_path / "a.xml", values, artifact="Android Contacts"), Contact)
    assert [number.e164 for number in found.numbers] == [JAY]
    assert dict(found.extra) == {"Old Phone": "Nokia 105", "New Number": "1"}


def test_a_long_list_is_compared_once_with_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counted(party: Party) -> str | None:
        asked.append(party)
        return key_of(party)

    monkeypatch.setattr("parsers.formats.axiom_xml.hit_sides.key_of", counted)
    numbers = [f"+447700900{at:03}" for at in range(300)]
    listed = "; ".join([*numbers, *(f"Jay {number}" for number in range(100))])
    values = {"Recipient(s)": "; ".join(numbers), "Participants": listed, "Message": "x", "Direction": "Outgoing"}
    (found,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert len(found.to) == 400
    assert len(asked) < 5 * len(found.to)


def test_a_call_of_which_nothing_tells_the_direction_says_so(tmp_path: Path) -> None:
    result = hits(tmp_path / "a.xml", {"Partner": JAY, "Call Duration": "5"}, artifact="Android Call Logs")
    (found,) = of_kind(result, Call)
    assert (found.call_type.value, found.from_party, [each.e164 for each in found.to]) == ("unknown", None, [JAY])
    assert [(each.code, each.count) for each in result.notices if each.code == "direction_untold"] == [
        ("direction_untold", 1)
    ]


def test_a_text_of_which_nothing_tells_the_direction_says_so(tmp_path: Path) -> None:
    result = hits(tmp_path / "a.xml", {"Partners": BOTH, "Message": "x"}, artifact="iOS WhatsApp Messages")
    assert [each.count for each in result.notices if each.code == "direction_untold"] == [1]
    told = hits(tmp_path / "b.xml", {"Partner": JAY, "Message": "x", "Direction": "Incoming"})
    assert "direction_untold" not in {each.code for each in told.notices}


@pytest.mark.parametrize(
    ("values", "service"),
    [
        ({"Call Type": "Line"}, None),
        ({"Service": "Session"}, None),
        ({"Call Type": "Line", "Service": "Session"}, None),
        ({"Service": "LINE"}, "line"),
        ({"Application": "Line"}, "line"),
        ({"App Name": "Session"}, "session"),
        ({"Service": "Signal"}, "signal"),
        ({"Call Type": "Signal"}, None),
        ({"Call Type": "FaceTime Video"}, "facetime"),
        ({"Call Type": "WhatsApp"}, "whatsapp"),
    ],
)
def test_what_is_a_kind_of_call_is_no_application(tmp_path: Path, values: dict[str, str], service: str | None) -> None:
    found = call(tmp_path, {"Partner": JAY, "Direction": "Incoming", **values})
    assert found.service == service
    held = {*dict(found.extra).values(), found.service}
    assert {value for value in values.values() if service is None} <= held
