"""SMS and MMS: parties, directions, bodies, times, deleted states, what is kept beside."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.facts import Direction
from parsers.records.values import ClockBasis, DeletedState
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    OWNER,
    cdata,
    codes,
    field,
    items,
    messages_of,
    model,
    only_message,
    parties,
    party,
    raw_field,
    read_text,
    report,
    sms,
)


def folder(name: str | None) -> str:
    return field("Folder", name)


def status(name: str | None) -> str:
    return field("Status", name, "MessageStatus")


FROM = parties(party(OTHER, "From", "Jay"))
TO = parties(party(OTHER, "To"))
GENERAL = parties(party(OTHER, "General"))


@pytest.mark.parametrize(
    ("content", "direction", "basis"),
    [
        (FROM, "incoming", "party_role"),
        (TO, "outgoing", "party_role"),
        (TO + folder("Drafts"), "draft", "folder"),
        (TO + folder("Entwürfe"), "draft", "folder"),
        (FROM + folder("Drafts"), "draft", "folder"),
        (FROM + folder("Inbox") + status("Unsent"), "outgoing", "status"),
        (GENERAL + folder("Drafts") + status("Unsent"), "draft", "folder"),
        (GENERAL + status("Unsent"), "outgoing", "status"),
        (GENERAL + folder("Outbox"), "outgoing", "folder"),
        (GENERAL + folder("Inbox"), "incoming", "folder"),
        (GENERAL + folder("Odebrane"), "incoming", "folder"),
        (GENERAL + folder("Skrzynka nadawcza"), "outgoing", "folder"),
        (GENERAL + folder("Kopie robocze"), "draft", "folder"),
        (GENERAL + folder("Mewnflwch"), "incoming", "folder"),
        (GENERAL + folder("Wedi\u2019u hanfon"), "outgoing", "folder"),
        (FROM + folder("Drafftiau"), "draft", "folder"),
        (GENERAL + status("Niewys\u0142ana"), "outgoing", "status"),
        (GENERAL + folder("Sent") + status("Read"), "outgoing", "folder"),
        (GENERAL + status("Unread"), "incoming", "status"),
        (GENERAL + status("Delivered"), "outgoing", "status"),
        (GENERAL + status("Unknown"), "unknown", None),
        (parties(party(OTHER, "From"), party(OWNER, "To")), "incoming", "party_role"),
        (parties(party(OWNER, "From"), party(OTHER, "To")) + folder("Sent"), "outgoing", "folder"),
        (parties(party(OWNER, "From"), party(OTHER, "To")) + status("Sent"), "outgoing", "status"),
        (parties(party(OTHER, "From"), party(OWNER, "To")) + folder("Inbox"), "incoming", "folder"),
        (parties(party(OWNER, "From", owner="True"), party(OTHER, "To")), "outgoing", "party_role"),
        (status("Default"), "unknown", None),
    ],
)
def test_direction_and_what_it_rests_on(tmp_path: Path, content: str, direction: str, basis: str | None) -> None:
    found = only_message(tmp_path, report(sms("m1", content)))
    assert (found.direction, found.direction_basis) == (direction, basis)


def test_the_handsets_own_number_as_sender_went_out(tmp_path: Path) -> None:
    header = items("Device Info", ("MSISDN", "07700 900100"))
    found = only_message(tmp_path, report(sms("m1", parties(party(OWNER, "From"), party(OTHER, "To"))), header=header))
    assert found.direction is Direction.OUTGOING
    assert found.from_party is not None
    assert found.from_party.is_owner is True


def test_the_sidecars_owner_number_counts_as_the_handsets_own(tmp_path: Path) -> None:
    text = report(sms("m1", parties(party("07700900100", "From"), party(OTHER, "To"))))
    (found,) = messages_of(read_text(tmp_path, text, sidecar=Sidecar(owner_number="+44 7700 900100")))
    assert found.direction is Direction.OUTGOING


def test_numbers_stay_as_written_beside_their_key_form(tmp_path: Path) -> None:
    found = only_message(tmp_path, report(sms("m1", FROM)))
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164, found.from_party.name) == (OTHER, "+447700900123", "Jay")
    assert found.to == ()


@pytest.mark.parametrize("raw", ["60777", "giffgaff", "System Message", "jay@example.org", "Private"])
def test_senders_that_are_no_number_stay_as_written(tmp_path: Path, raw: str) -> None:
    found = only_message(tmp_path, report(sms("m1", parties(party(raw, "From")))))
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == (raw, None)


def test_one_text_to_many_is_one_message(tmp_path: Path) -> None:
    many = [party(f"07700 900{number}", "To") for number in range(200, 240)]
    found = only_message(tmp_path, report(sms("m1", parties(*many), folder("Sent"))))
    assert len(found.to) == 40
    assert found.to[39].e164 == "+447700900239"


def test_a_name_without_identifier_that_is_a_number_is_the_number(tmp_path: Path) -> None:
    found = only_message(tmp_path, report(sms("m1", parties(party(None, "From", "07700 900123")))))
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164, found.from_party.name) == (OTHER, "+447700900123", None)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (field("Body", None), None),
        (field("Body", ""), ""),
        ("", None),
        (field("Body", "  two\tspaces \n\n"), "  two\tspaces \n\n"),
        (field("Body", "a]]>b"), "a]]>b"),
        (raw_field("Body", "a &amp; &#128077; &#55357;&#56832;"), "a & \U0001f44d \U0001f600"),
        (raw_field("Body", "a&#xD;&#xA;b"), "a\r\nb"),
        (raw_field("Body", "a<!-- x -->b"), "ab"),
        (field("Body", "a\r\nb"), "a\nb"),
        (field("Body", "<script>alert(1)</script> \u202e\u200b"), "<script>alert(1)</script> \u202e\u200b"),
        (field("Body", "   "), "   "),
        (field("Body", "C1 \x85 \x9f"), "C1 \x85 \x9f"),
        (field("Body", "genuine \ufffd"), "genuine \ufffd"),
    ],
)
def test_bodies_are_exactly_as_stored(tmp_path: Path, content: str, body: str | None) -> None:
    found = only_message(tmp_path, report(model("SMS", "m1", content, FROM)))
    assert found.body == body
    assert found.body_notices == ()


def test_a_base64_body_is_its_text(tmp_path: Path) -> None:
    packed = base64.b64encode("3 for 25 £ \U0001f44d".encode()).decode()
    content = raw_field("Body", packed, attributes=' format="Base64String"')
    assert only_message(tmp_path, report(model("SMS", "m1", content, FROM))).body == "3 for 25 £ \U0001f44d"


def test_a_base64_body_that_holds_no_text_stays_as_stored(tmp_path: Path) -> None:
    content = raw_field("Body", "/////w==", attributes=' format="Base64String"')
    assert only_message(tmp_path, report(model("SMS", "m1", content, FROM))).body == "/////w=="


def test_replaced_characters_are_named_on_the_message_that_holds_them(tmp_path: Path) -> None:
    text = report(sms("m1", FROM, body="clean \ufffd"), sms("m2", FROM, body="X"), sms("m3", FROM, body="clean"))
    dirty = text.encode().replace(b"<![CDATA[X]]>", b"<![CDATA[a\x00b\xff\xfec\xed\xa0\xbdd]]>&#x1F;&#xFFFE;")
    result = read_text(tmp_path, dirty)
    first, second, third = messages_of(result)
    assert (first.body, first.body_notices) == ("clean \ufffd", ())
    assert second.body == "a\ufffdb\ufffdc\ufffdd\ufffd\ufffd"
    assert second.body_notices == ("replaced_characters",)
    assert (third.body, third.body_notices) == ("clean", ())
    assert codes(result) == {"characters_replaced": 5}


def test_illegal_references_are_named_and_the_reading_goes_on(tmp_path: Path) -> None:
    bodies = ("q&nbsp;&#99999999999;z", "fish & chips", "plain &amp; &#65;")
    texts = (model("SMS", f"m{number}", raw_field("Body", body), FROM) for number, body in enumerate(bodies))
    result = read_text(tmp_path, report(*texts))
    assert [(each.body, each.body_notices) for each in messages_of(result)] == [
        ("q\ufffd\ufffdz", ("replaced_characters",)),
        ("fish & chips", ()),
        ("plain & A", ()),
    ]
    assert codes(result) == {"characters_replaced": 2, "markup_unescaped": 1}


def test_a_replaced_character_in_a_name_is_no_fault_of_the_body(tmp_path: Path) -> None:
    dirty = report(sms("m1", parties(party(OTHER, "From", "XY")))).encode().replace(b"XY", b"X\x01Y")
    (found,) = messages_of(read_text(tmp_path, dirty))
    assert found.from_party is not None
    assert found.from_party.name == "X\ufffdY"
    assert found.body_notices == ()


def test_a_body_with_the_cleaners_own_mark_is_kept(tmp_path: Path) -> None:
    (found,) = messages_of(read_text(tmp_path, report(sms("m1", FROM, body="\ufdd0\ufdd1 \ufdd0"))))
    assert (found.body, found.body_notices) == ("\ufdd0\ufdd1 \ufdd0", ())


def test_the_snippet_stands_in_for_a_body_that_is_missing(tmp_path: Path) -> None:
    found = only_message(tmp_path, report(model("SMS", "m1", field("Snippet", "start of"), FROM)))
    assert (found.body, found.body_notices) == ("start of", ("truncated",))


@pytest.mark.parametrize(
    ("value", "attributes", "utc", "offset", "basis"),
    [
        ("2020-05-18T18:06:19.000-03:00", "", "2020-05-18T21:06:19.000Z", -180, "stated_offset"),
        ("2012-03-15T18:44:22+00:00", "", "2012-03-15T18:44:22.000Z", 0, "stated_offset"),
        ("2023-07-01T12:00:00+01:00", ' format="TimeStampKnown"', "2023-07-01T11:00:00.000Z", 60, "stated_offset"),
        ("2023-07-01T12:00:00", ' format="DateTimeOnly"', "2023-07-01T11:00:00.000Z", None, "assumed_zone"),
        (
            "2023-07-01T12:00:00",
            ' formattedTimestamp="2023-07-01T12:00:00+02:00"',
            "2023-07-01T10:00:00.000Z",
            120,
            "stated_offset",
        ),
        ("", ' formattedTimestamp="2023-07-01T12:00:00-05:30"', "2023-07-01T17:30:00.000Z", -330, "stated_offset"),
        ("2023-07-01T12:00:00.1234567Z", "", "2023-07-01T12:00:00.123Z", 0, "stated_utc"),
    ],
)
def test_a_stated_offset_is_never_lost(
    tmp_path: Path, value: str, attributes: str, utc: str, offset: int | None, basis: str
) -> None:
    content = raw_field("TimeStamp", value, "TimeStamp", attributes)
    found = only_message(tmp_path, report(model("SMS", "m1", content, FROM)))
    assert (found.time.utc, found.time.offset_minutes, found.time.basis) == (utc, offset, basis)


@pytest.mark.parametrize(
    ("text", "order", "utc"),
    [
        ("16-Jul-24 09:00:00 +01:00", None, "2024-07-16T08:00:00.000Z"),
        ("05/07/2024 09:00:00 +01:00", None, "2024-07-05T08:00:00.000Z"),
        ("05/07/2024 09:00:00 +01:00", "month_first", "2024-05-07T08:00:00.000Z"),
        ("07/16/2024 09:00:00 +01:00", None, "2024-07-16T08:00:00.000Z"),
        ("05/07/2024 09:00:00", None, None),
    ],
)
def test_times_in_the_old_form_have_the_day_first(
    tmp_path: Path, text: str, order: str | None, utc: str | None
) -> None:
    content = sms().replace("2023-09-13T18:45:00.000+00:00", text)
    (message,) = messages_of(read_text(tmp_path, report(content), sidecar=Sidecar(date_order=order)))
    assert (message.time.raw, message.time.utc) == (text, utc)


def test_an_absent_time_stays_null(tmp_path: Path) -> None:
    for content in (field("TimeStamp", None, "TimeStamp"), field("TimeStamp", "", "TimeStamp"), ""):
        time = only_message(tmp_path, report(model("SMS", "m1", content, FROM))).time
        assert (time.raw, time.utc, time.basis) == (None, None, ClockBasis.NONE)


def test_naive_times_are_said_once_an_extraction(tmp_path: Path) -> None:
    naive = field("TimeStamp", "2023-01-01T12:00:00", "TimeStamp")
    result = read_text(tmp_path, report(*(model("SMS", f"m{n}", naive, FROM) for n in range(3))))
    assert [(notice.code, notice.count) for notice in result.notices] == [("zone_assumed", 3)]


def test_times_of_reading_and_delivery(tmp_path: Path) -> None:
    more = field("DateRead", "2023-01-01T12:00:00+00:00", "TimeStamp") + field("DateDelivered", None, "TimeStamp")
    found = only_message(tmp_path, report(sms("m1", FROM, more)))
    assert found.times.read is not None
    assert found.times.read.utc == "2023-01-01T12:00:00.000Z"
    assert found.times.delivered is None


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ('deleted_state="Intact"', DeletedState.INTACT),
        ('deleted_state="Deleted"', DeletedState.DELETED),
        ('deleted_state="deleted"', DeletedState.DELETED),
        ('deleted_state="Trash"', DeletedState.DELETED),
        ('deleted_state="Unknown"', DeletedState.UNKNOWN),
        ('deleted_state="Missed"', DeletedState.UNKNOWN),
        ('x="y"', DeletedState.UNKNOWN),
    ],
)
def test_the_deleted_state_is_the_models_own(tmp_path: Path, attributes: str, state: DeletedState) -> None:
    assert only_message(tmp_path, report(sms("m1", attributes=attributes))).deleted is state


def test_unknown_fields_and_attributes_are_kept(tmp_path: Path) -> None:
    more = field("NetworkName", "vodafone UK") + field("Empty", None)
    nested = '<modelField name="Position" type="Coordinate"><model type="Coordinate">'
    nested += field("Latitude", "51.5") + "</model></modelField>"
    attributes = 'deleted_state="Deleted" decoding_confidence="Low" iscarved="True"'
    found = only_message(tmp_path, report(sms("m1", FROM, more, nested, attributes=attributes)))
    assert found.extra == (
        ("decoding_confidence", "Low"),
        ("iscarved", "True"),
        ("NetworkName", "vodafone UK"),
        ("Position.Latitude", "51.5"),
    )


def test_a_repeated_field_keeps_its_first_value_and_the_other_beside_it(tmp_path: Path) -> None:
    text = report(sms("m1", FROM, field("Label", None), field("Label", "one"), field("Label", "two")))
    result = read_text(tmp_path, text)
    (found,) = messages_of(result)
    assert found.extra == (("Label", "one"), ("Label", "two"))
    assert codes(result) == {"field_repeated": 1}


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("meet <b>07700 900123</b> at 5", "meet 07700 900123 at 5"),
        ("<i>all of it</i>", "all of it"),
        (" <br/> after a blank", "  after a blank"),
        ("two\nlines<br/>\nthree", "two\nlines\nthree"),
        ("deep <b>er <i>and</i> deeper</b> &amp; out", "deep er and deeper & out"),
        ("a<b>\x01</b>\x01", "a\ufffd\ufffd"),
    ],
)
def test_a_value_with_elements_in_it_is_its_whole_text(tmp_path: Path, written: str, body: str) -> None:
    text = report(model("SMS", "m1", raw_field("Body", written), FROM), sms("m2"))
    result = read_text(tmp_path, text)
    found, other = messages_of(result)
    assert (found.body, other.body) == (body, "u about?")
    assert dict(found.extra) == {"#markup.Body": written.replace("\x01", "\ufffd")}
    assert codes(result)["markup_in_value"] == 1


@pytest.mark.parametrize("tag", ["field", "multiField"])
def test_of_two_values_the_first_is_read_and_the_other_kept_beside_it(tmp_path: Path, tag: str) -> None:
    values = "<empty/><value></value><value>one</value>\n<value>two</value><value>one</value>"
    content = f'<{tag} name="Body">{values}</{tag}><{tag} name="Folder">{values}</{tag}>'
    result = read_text(tmp_path, report(model("SMS", "m1", content, FROM)))
    (found,) = messages_of(result)
    assert (found.body, found.folder) == ("one", "one")
    assert found.extra == (("Body", "two"), ("Folder", "two"))
    assert codes(result) == {"field_repeated": 2}


def test_a_value_where_a_list_of_models_should_be_is_kept(tmp_path: Path) -> None:
    alone = '<multiModelField name="Parties"><value>07700 900125</value></multiModelField>'
    among = parties(party(OTHER, "From"), "<value>07700 900126</value>")
    attached = '<multiModelField name="Attachments"><value>a.jpg</value></multiModelField>'
    first, second = messages_of(read_text(tmp_path, report(sms("m1", alone, attached), sms("m2", among))))
    assert first.extra == (("Parties", "07700 900125"), ("Attachments", "a.jpg"))
    assert second.extra == (("Parties", "07700 900126"),)
    assert second.from_party is not None


def test_a_field_that_stands_among_models_is_named(tmp_path: Path) -> None:
    for stray in (raw_field("Body", "whose"), "<value>whose</value>"):
        result = read_text(tmp_path, report(sms("m1"), sms("m2") + stray + sms("m3"), stray))
        assert len(messages_of(result)) == 3
        assert codes(result) == {"element_unreadable": 2}


def test_elements_in_other_values_and_repeated_ones_are_kept(tmp_path: Path) -> None:
    identifier = '<field name="Identifier"><value>07700<sp/> 900123</value></field>'
    listed = '<model type="Party" id="p">' + identifier + field("Role", "From") + "</model>"
    fields = (raw_field("Folder", "In<b>box</b>"), raw_field("Folder", "Outbox"), raw_field("Label", "x<b>y</b>"))
    (found,) = messages_of(read_text(tmp_path, report(sms("m1", parties(listed), *fields))))
    assert found.from_party is not None
    assert (found.from_party.e164, found.folder) == ("+447700900123", "Inbox")
    assert set(found.extra) == {
        ("Party.#markup.Identifier", "07700<sp/> 900123"),
        ("#markup.Folder", "In<b>box</b>"),
        ("Folder", "Outbox"),
        ("Label", "xy"),
        ("#markup.Label", "x<b>y</b>"),
    }


def test_a_party_list_written_twice_lists_everybody_once(tmp_path: Path) -> None:
    text = report(sms("m1", TO, parties(party(OTHER, "To"), party("07700 900124", "To"))))
    result = read_text(tmp_path, text)
    assert [each.raw for each in messages_of(result)[0].to] == [OTHER, "07700 900124"]
    assert codes(result) == {}


def test_a_blank_service_centre_is_none_and_the_sim_is_another_list(tmp_path: Path) -> None:
    found = only_message(tmp_path, report(sms("m1", FROM, field("SMSC", " " * 16), field("Source", "SIM"))))
    assert found.smsc is None
    assert found.listing == "sim"
    assert ("Source", "SIM") in found.extra


def early_mms(*content: str) -> str:
    at = f'<field name="TimeStamp"><value>{"2012-03-14T19:51:12+00:00"}</value></field>'
    return model("MMS", "m1", field("Name", "Jay"), *content, at)


def test_an_early_mms_gives_its_name_to_the_only_other_party(tmp_path: Path) -> None:
    came_in = only_message(tmp_path, report(early_mms(field("From", OTHER), '<multiField name="To" type="String" />')))
    assert came_in.from_party is not None
    assert (came_in.from_party.raw, came_in.from_party.name, came_in.service) == (OTHER, "Jay", "mms")
    to = f'<multiField name="To" type="String"><value>{cdata(OTHER)}</value></multiField>'
    went_out = only_message(tmp_path, report(early_mms(field("From", None), to)))
    assert [(each.raw, each.name) for each in went_out.to] == [(OTHER, "Jay")]
    assert went_out.direction is Direction.OUTGOING


def test_an_early_mms_to_several_keeps_all_and_guesses_no_name(tmp_path: Path) -> None:
    values = "".join(f"<value>{cdata(number)}</value>" for number in (OTHER, "07700 900124"))
    cc = f'<multiField name="Cc" type="String"><value>{cdata("07700 900125")}</value></multiField>'
    found = only_message(tmp_path, report(early_mms(f'<multiField name="To" type="String">{values}</multiField>', cc)))
    assert [each.e164 for each in found.to] == ["+447700900123", "+447700900124", "+447700900125"]
    assert ("Name", "Jay") in found.extra


def test_a_later_mms_has_party_models(tmp_path: Path) -> None:
    content = f'<modelField name="From" type="Party">{party(OTHER, "From", "Jay")}</modelField>'
    content += parties(party(OWNER, "To", owner="True"), name="To") + field("Subject", "hi")
    found = only_message(tmp_path, report(model("MMS", "m1", content)))
    assert found.from_party is not None
    assert found.from_party.raw == OTHER
    assert found.to[0].is_owner is True
    assert ("Subject", "hi") in found.extra


def test_a_namespace_is_not_needed(tmp_path: Path) -> None:
    text = report(sms("m1")).replace(' xmlns="http://pa.cellebrite.com/report/2.0"', "")
    assert only_message(tmp_path, text).body == "u about?"


def test_a_prefixed_namespace_is_the_same(tmp_path: Path) -> None:
    text = report(sms("m1")).replace(' xmlns="', ' xmlns:c="')
    for name in ("project", "decodedData", "modelType", "multiModelField", "model", "field", "value", "empty"):
        text = text.replace(f"<{name}", f"<c:{name}").replace(f"</{name}", f"</c:{name}")
    assert only_message(tmp_path, text).body == "u about?"


def test_compact_and_indented_reports_are_read_alike(tmp_path: Path) -> None:
    text = report(sms("m1", FROM))
    compact = "".join(line.strip() for line in text.splitlines())
    assert only_message(tmp_path, text).body == only_message(tmp_path, compact).body
    assert only_message(tmp_path, compact).from_party == only_message(tmp_path, text).from_party
