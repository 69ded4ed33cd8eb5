"""What the writer puts into an export of AXIOM comes out of the reader; damage costs its own hit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import OwnedAccount, SavedNumber, TextMessage, Travel, VendorReport
from ingest.demo.writers.axiom_xml import AxiomForm, write_axiom
from ingest.demo.writers.damage import in_utf16, with_doctype
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.formats.axiom_xml.artifacts import ArtifactKind, artifact_of
from parsers.formats.axiom_xml.fragments import read_name
from parsers.formats.axiom_xml.long_texts import LongTextCutter
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Account, Call, Contact, Device, Message, Sim
from parsers.records.values import DeletedState, Party
from tests.unit.parsers.formats.handset_holding import (
    AL,
    AT,
    CALLS,
    CHAT,
    CONTACTS,
    HOLDING,
    ICCID,
    IMEI,
    IMSI,
    JAY,
    OWN,
    TEXTS,
    text,
)
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

ACCOUNT = OwnedAccount(key="z", service="whatsapp", name="Z", number=SavedNumber(OWN, OWN))
DRAFT = text(8, "not yet", Travel.DRAFT)
GONE = text(9, "was deleted", deleted=True)
SENT = (*TEXTS, DRAFT, GONE)
FULL = msgspec.structs.replace(HOLDING, texts=SENT, accounts=(ACCOUNT,))
REPORT = VendorReport(key="a", holdings=(FULL,), exhibit_ref="HW/7")
FORMS = [
    AxiomForm(),
    AxiomForm(platform="iOS", offset_minutes=60, pattern="MM/dd/yyyy", half_days=True),
    AxiomForm(offset_minutes=-210, pattern="yyyy-MM-dd", with_partner=True, base64="QUJD" * 100),
]


def export(tmp_path: Path, form: AxiomForm = FORMS[0], report: VendorReport = REPORT) -> Path:
    return write_axiom(tmp_path / "Export.xml", report, form)


def native(result: ReadResult) -> list[Message]:
    return [message for message in of_kind(result, Message) if message.service != "whatsapp"]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_texts(tmp_path: Path, form: AxiomForm) -> None:
    result = read_path(export(tmp_path, form))
    found = native(result)
    assert [(each.body, each.direction.value) for each in found] == [(each.body, each.travel.value) for each in SENT]
    times = [each.at.replace(microsecond=0) if form.half_days and each.at else each.at for each in SENT]
    assert [each.time.utc for each in found] == [
        at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None for at in times
    ]
    assert {each.time.offset_minutes for each in found} == {form.offset_minutes}
    assert {each.time.basis.value for each in found} == {"stated_offset"}
    came, went = found[0], found[1]
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.name) == ("07700 900123", "+447700900123", "Jay")
    assert [party.e164 for party in went.to] == ["+447700900123"]
    assert [each.deleted for each in found if each.body == "was deleted"] == [DeletedState.DELETED]
    assert {each.deleted for each in found if each.body != "was deleted"} == {DeletedState.INTACT}
    if not form.with_partner:
        assert [(party.raw, party.is_owner) for party in came.to] == [(OWN, True)]
    assert set(codes_of(result)) <= {"element_not_read"}
    assert result.state is ReadState.COMPLETE


def test_the_rest(tmp_path: Path) -> None:
    result = read_path(export(tmp_path))
    calls = of_kind(result, Call)
    assert [(call.call_type.value, call.duration_seconds) for call in calls] == [
        (call.call_type, call.duration_seconds) for call in CALLS
    ]
    assert calls[0].from_party is not None
    assert (calls[0].from_party.e164, [party.e164 for party in calls[1].to]) == (JAY.number, [AL.number])
    assert [(each.name, each.numbers[0].e164) for each in of_kind(result, Contact)] == [
        (contact.name, contact.numbers[0].number) for contact in CONTACTS
    ]
    (device,) = of_kind(result, Device)
    assert (device.imei, device.iccid, device.imsi, device.model) == ((IMEI,), (ICCID,), (IMSI,), "iPhone 11")
    (sim,) = of_kind(result, Sim)
    assert (sim.iccid, sim.msisdn) == ((ICCID,), (OWN,))
    (account,) = of_kind(result, Account)
    assert (account.service, account.name, account.numbers[0].raw) == ("whatsapp", "Z", OWN)
    (part,) = result.parts
    assert (part.exhibit_ref, part.imei, part.iccid, part.msisdn, part.tool) == (
        "HW/7",
        (IMEI,),
        (ICCID,),
        (OWN,),
        "Magnet AXIOM",
    )


def test_chats_of_an_application(tmp_path: Path) -> None:
    came, went = (each for each in of_kind(read_path(export(tmp_path)), Message) if each.service == "whatsapp")
    assert [came.body, went.body] == [message.body for message in CHAT.messages]
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.name) == (
        "447700900123@s.whatsapp.net",
        "+447700900123",
        "Jay",
    )
    assert (came.direction.value, went.direction.value, came.thread) == ("incoming", "outgoing", "chat")
    assert went.from_party is not None
    assert went.from_party.is_owner is True
    assert [party.e164 for party in went.to] == ["+447700900123"]


def test_two_items_of_evidence_are_two_extractions(tmp_path: Path) -> None:
    both = export(tmp_path).read_text(encoding="utf-8")
    other = write_axiom(tmp_path / "b.xml", msgspec.structs.replace(REPORT, exhibit_ref="HW/8"))
    body = other.read_text(encoding="utf-8").split("<Artifacts>")[1]
    path = tmp_path / "both.xml"
    path.write_text(both.replace("</Artifacts>", body), encoding="utf-8")
    result = read_path(path)
    assert [part.exhibit_ref for part in result.parts[:2]] == ["HW/7", "HW/8"]
    assert len({part.extraction_id for part in result.parts}) == 2
    assert len(native(result)) == 2 * len(SENT)


def test_without_evidence_all_is_one_extraction(tmp_path: Path) -> None:
    result = read_path(export(tmp_path, report=msgspec.structs.replace(REPORT, exhibit_ref=None)))
    (part,) = result.parts
    assert (part.exhibit_ref, part.imei) == (None, (IMEI,))


def test_hits_in_front_that_name_no_evidence_are_of_the_first_that_is_named(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace('        <Fragment name="Evidence number">HW/7</Fragment>\n', "", 2), encoding="utf-8"
    )
    (part,) = read_path(path).parts
    assert (part.exhibit_ref, part.imei, part.iccid) == ("HW/7", (IMEI,), (ICCID,))


def test_artifacts_that_are_not_read_are_counted_by_name(tmp_path: Path) -> None:
    result = read_path(export(tmp_path, FORMS[2]))
    assert [(notice.code, notice.subject, notice.count) for notice in result.notices] == [
        ("element_not_read", "Pictures", 1)
    ]


def test_an_export_in_another_language_says_what_to_do(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_text(encoding="utf-8")
    for number, name in enumerate(
        sorted({line.split('"')[1] for line in content.splitlines() if "<Artifact " in line})
    ):
        content = content.replace(f'"{name}"', f'"Artefakt Nummer {number}"')
    path.write_text(content, encoding="utf-8")
    result = read_path(path)
    assert result.records == ()
    assert codes_of(result)["artifact_names_unknown"] == 1
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_list_in_another_language_beside_english_ones_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "Export.xml"
    hit = '<Hits><Hit sequenceNumber="{}"><Fragment name="Partner">07700900123</Fragment></Hit></Hits>'
    names = ("Android SMS", "WhatsApp-Nachrichten - Android", "Android-Anrufliste", "E-Mail-Nachrichten", "Bilder")
    artifacts = "".join(
        f'<Artifact name="{name}">{hit.format(place)}</Artifact>' for place, name in enumerate(names, 1)
    )
    path.write_text(f"<Report>{artifacts}</Report>", encoding="utf-8")
    result = read_path(path)
    left_out = {notice.subject: notice.code for notice in result.notices if notice.element is not None}
    assert left_out == {
        "WhatsApp-Nachrichten - Android": "list_in_other_language",
        "Android-Anrufliste": "list_in_other_language",
        "E-Mail-Nachrichten": "element_not_read",
        "Bilder": "element_not_read",
    }
    assert len(result.records) == 1
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_pictures_in_base64_are_cut_and_cost_nothing_else(tmp_path: Path) -> None:
    form = AxiomForm(base64="QUJD" * 500_000)
    result = read_path(export(tmp_path, form), limits=Limits(text_chars=100_000))
    assert len(native(result)) == len(SENT)
    assert codes_of(result) == {"element_not_read": 1, "value_cut": 1}


def test_a_body_beyond_the_limit_says_so(tmp_path: Path) -> None:
    long = msgspec.structs.replace(HOLDING, texts=(text(0, "a & b " * 1_000), text(1, "after")))
    path = export(tmp_path, report=VendorReport(key="a", holdings=(long,)))
    first, second = native(read_path(path, limits=Limits(text_chars=2_000)))
    assert first.body is not None
    assert len(first.body) <= 2_000
    assert "truncated" in first.body_notices
    assert second.body == "after"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_copy_that_was_cut_off(tmp_path: Path, share: float) -> None:
    path = export(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    result = read_path(path)
    assert {each.body for each in native(result)} <= {each.body for each in SENT}
    assert codes_of(result)["input_truncated"] == 1
    assert result.state is ReadState.PARTIAL


def test_references_that_xml_does_not_allow_end_no_reading(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_bytes()
    said = b"<!-- made & packed -->"
    path.write_bytes(
        content.replace(b"did not go", b"did&#99999999999;not &amp; go & b").replace(
            b"<Artifacts>", said + b"<Artifacts>"
        )
    )
    result = read_path(path)
    assert [each.body for each in native(result)] == [
        "did\ufffdnot & go & b" if each.body == "did not go" else each.body for each in SENT
    ]
    found = native(result)[4]
    assert found.body_notices == ("replaced_characters",)
    assert codes_of(result) == {"characters_replaced": 1, "markup_unescaped": 1}
    assert result.state is ReadState.COMPLETE


def hits(path: Path, *values: dict[str, str], behind: str = "", artifact: str = "Android SMS/MMS") -> ReadResult:
    """Read hits written by hand; values are markup."""
    fragments = [
        "".join(f'<Fragment name="{name}">{text}</Fragment>' for name, text in each.items()) for each in values
    ]
    written = "".join(f"<Hit>{each}</Hit>" for each in fragments)
    listed = f'<Artifact name="{artifact}"><Hits>{written}</Hits></Artifact>'
    path.write_text(f"<Artifacts>{listed}</Artifacts>{behind}", encoding="utf-8")
    return read_path(path)


@pytest.mark.parametrize("between", [", ", "; ", "\n"])
@pytest.mark.parametrize("owner", ["Local User", "Local User &lt;+447700900999&gt;"])
def test_the_owner_among_several_recipients_takes_no_number_of_another(
    tmp_path: Path, owner: str, between: str
) -> None:
    sides = {"Sender": "07700 900456", "Recipient(s)": f"{owner}{between}07700 900457{between}Jay &lt;07700 900458&gt;"}
    (message,) = of_kind(hits(tmp_path / "a.xml", sides | {"Message": "u about"}), Message)
    assert [(party.e164, party.is_owner, party.name) for party in message.to] == [
        ("+447700900999" if "+" in owner else None, True, None),
        ("+447700900457", None, None),
        ("+447700900458", None, "Jay"),
    ]
    assert (message.direction.value, message.direction_basis) == ("incoming", "owner_flag")
    turned = {"Sender": owner, "Recipient(s)": f"07700 900457{between}{owner}", "Message": "x"}
    (message,) = of_kind(hits(tmp_path / "a.xml", turned), Message)
    assert [party.is_owner for party in message.to] == [None, True]
    assert message.to[0].e164 == "+447700900457"


@pytest.mark.parametrize(
    ("owner", "other"),
    [("me_own", "jay.k9"), ("447700900999@s.whatsapp.net", "447700900456@s.whatsapp.net"), ("+447700900999", "60777")],
)
def test_a_fragment_names_the_owner(tmp_path: Path, owner: str, other: str) -> None:
    came = {"Sender": other, "Sender Name": "Jay", "Recipient(s)": f"{owner}; 07700 900457", "Message": "in"}
    gone = {"Sender": owner, "Sender Name": "Me", "Recipient(s)": other, "Message": "out"}
    neither = {"Sender": other, "Recipient(s)": "07700 900457", "Message": "?"}
    stated = {"Local User": owner.replace("+44", "0")}
    result = hits(tmp_path / "a.xml", *(each | stated for each in (came, gone, neither)))
    first, second, third = of_kind(result, Message)
    assert [each.direction.value for each in (first, second, third)] == ["incoming", "outgoing", "unknown"]
    assert [party.is_owner for party in first.to] == [True, None]
    assert second.from_party is not None
    assert (second.from_party.is_owner, second.from_party.name) == (True, "Me")
    assert ("Local User", stated["Local User"]) in third.extra


def test_blanks_around_a_number_are_kept(tmp_path: Path) -> None:
    sides = {"Sender": " 07700 900456 ", "Recipient(s)": " Local User ", "Message": "u about"}
    (message,) = of_kind(hits(tmp_path / "a.xml", sides), Message)
    assert message.from_party is not None
    assert (message.from_party.raw, message.from_party.e164) == (" 07700 900456 ", "+447700900456")
    assert [party.is_owner for party in message.to] == [True]


def test_a_name_with_a_comma_is_one_person(tmp_path: Path) -> None:
    result = hits(tmp_path / "a.xml", {"Sender": "Smith, Jay &lt;07700 900456&gt;", "Message": "x"})
    (message,) = of_kind(result, Message)
    assert message.from_party is not None
    assert (message.from_party.e164, message.from_party.name) == ("+447700900456", "Smith, Jay")


@pytest.mark.parametrize("word", ["Failed", "Queued", "Unsent", "Outbox"])
def test_a_type_that_says_that_a_text_has_not_gone_out_is_outgoing(tmp_path: Path, word: str) -> None:
    result = hits(tmp_path / "a.xml", {"Partner": "07700 900456", "Type": word, "Message": "x"})
    (message,) = of_kind(result, Message)
    assert (message.direction.value, message.direction_basis) == ("outgoing", "type")
    assert [party.e164 for party in message.to] == ["+447700900456"]
    assert message.status == word
    said = {"Partner": "07700 900456", "Type": word, "Status": "Unread", "Message": "x"}
    (message,) = of_kind(hits(tmp_path / "b.xml", said), Message)
    assert (message.status, message.extra) == ("Unread", (("type", word),))


def test_words_that_no_field_says_are_kept(tmp_path: Path) -> None:
    values = {"Partner": "07700 900456", "Direction": "Unknown", "Type": "System", "Service": "Bridge", "Message": "x"}
    (message,) = of_kind(hits(tmp_path / "a.xml", values), Message)
    assert message.extra == (("direction", "Unknown"), ("type", "System"), ("service", "Bridge"))
    (message,) = of_kind(hits(tmp_path / "a.xml", {"Direction": "Sent", "Type": "MMS", "Message": "x"}), Message)
    assert (message.service, message.extra) == ("mms", ())


def test_what_is_not_understood_of_a_call_is_kept(tmp_path: Path) -> None:
    hit = {"Partner": "07700 900456", "Direction": "Sideways", "Call Duration": "half an hour"}
    (call,) = of_kind(hits(tmp_path / "a.xml", hit, artifact="Android Call Logs"), Call)
    assert (call.call_type.value, call.duration_seconds) == ("unknown", None)
    assert call.extra == (("direction", "Sideways"), ("duration", "half an hour"))


@pytest.mark.parametrize(
    ("stated", "name", "beside"),
    [
        (("Jay Work", "Jason", "Lostname"), "Jay Work", (("first name", "Jason"), ("last name", "Lostname"))),
        (("Jay Work", None, "Lostname"), "Jay Work", (("last name", "Lostname"),)),
        (("Jason Lostname", "Jason", "Lostname"), "Jason Lostname", ()),
        ((None, "Jason", "Lostname"), "Jason Lostname", ()),
    ],
)
def test_a_name_beside_the_display_name_is_kept(
    tmp_path: Path, stated: tuple[str | None, ...], name: str, beside: tuple[tuple[str, str], ...]
) -> None:
    names = zip(("Display Name", "First Name", "Last Name"), stated, strict=True)
    hit = {key: text for key, text in names if text is not None} | {"Phone Number(s)": "07700 900456"}
    (contact,) = of_kind(hits(tmp_path / "a.xml", hit, artifact="Android Contacts"), Contact)
    assert (contact.name, contact.extra) == (name, beside)


def test_hits_whose_values_have_names_of_another_language_are_said(tmp_path: Path) -> None:
    german = {"Absender": "07700 900456", "Nachricht": "hallo", "Richtung": "Eingehend"}
    result = hits(tmp_path / "a.xml", german, german)
    assert [message.extra for message in of_kind(result, Message)] == [tuple(german.items())] * 2
    assert codes_of(result) == {"value_names_unknown": 2}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert codes_of(hits(tmp_path / "a.xml", {"Message": "hi"}, {"Attachment": "a.jpg"}, {})) == {}


def test_hits_of_an_artifact_without_a_name_are_not_left_out_by_design(tmp_path: Path) -> None:
    path = export(tmp_path)
    unnamed = b'<Artifact><Hits><Hit><Fragment name="Message">x</Fragment></Hit></Hits></Artifact></Artifacts>'
    path.write_bytes(path.read_bytes().replace(b"</Artifacts>", unnamed))
    result = read_path(path)
    assert codes_of(result) == {"element_unreadable": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_value_in_which_elements_stand_is_kept_as_written(tmp_path: Path) -> None:
    result = hits(tmp_path / "a.xml", {"Message": "at &lt;5&gt; <b>sharp</b> &amp; quick"})
    (message,) = of_kind(result, Message)
    assert message.body == "at <5> sharp & quick"
    assert message.extra == (("Message (as written)", "at &lt;5&gt; <b>sharp</b> &amp; quick"),)
    assert codes_of(result) == {"markup_in_value": 1}


@pytest.mark.parametrize("padding", ["\0" * 400, "\n" + "\0" * 300_000, "\x1a"])
def test_padding_behind_the_end_is_no_damage(tmp_path: Path, padding: str) -> None:
    result = hits(tmp_path / "a.xml", {"Message": "one"}, {"Message": "two"}, behind=padding)
    assert [message.body for message in of_kind(result, Message)] == ["one", "two"]
    assert codes_of(result) == {"padding_behind_end": 1}
    assert result.state is ReadState.COMPLETE
    broken = hits(tmp_path / "a.xml", {"Message": "one"}, behind=f"{padding}<more/>")
    assert codes_of(broken)["input_malformed"] == 1
    assert broken.state is ReadState.PARTIAL


def test_no_two_hits_have_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    names = [f"Android SMS/MMS {'x' * 80} {number}" for number in range(2)]
    artifacts = "".join(
        f'<Artifact name="{name}"><Hits><Hit><Fragment name="Message">x</Fragment></Hit></Hits></Artifact>'
        for name in names
    )
    path.write_text(f"<Artifacts>{artifacts}</Artifacts>", encoding="utf-8")
    assert len({message.record_id for message in of_kind(read_path(path), Message)}) == 2


def test_dirty_bytes_are_replaced_and_named(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"did not go", b"did\x00not\xffgo &#x1F; ").replace(b"yh ", b"y\x07h "))
    found = native(read_path(path))
    assert found[4].body == "did\ufffdnot\ufffdgo \ufffd "
    assert found[4].body_notices == ("replaced_characters",)
    assert found[1].body is not None
    assert found[1].body.startswith("y\ufffdh ")


def test_other_encodings_and_namespaces(tmp_path: Path) -> None:
    path = export(tmp_path)
    plain = [each.body for each in native(read_path(path))]
    content = path.read_bytes()
    path.write_bytes(in_utf16(content))
    assert [each.body for each in native(read_path(path))] == plain
    path.write_bytes(content.replace(b"<Artifacts>", b'<Artifacts xmlns="http://example.org/x">'))
    assert [each.body for each in native(read_path(path))] == plain


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = export(tmp_path)
    path.write_bytes(with_doctype(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "doctype_refused"


@pytest.mark.parametrize(
    ("name", "kind", "service"),
    [
        ("Android SMS", "message", "sms"),
        ("iOS iMessage/SMS/MMS", "message", None),
        ("Telegram Messages - Android", "message", "telegram"),
        ("Signal Messages - iOS", "message", "signal"),
        ("Snapchat Chat Messages", "message", "snapchat"),
        ("Facebook Messenger Messages", "message", "messenger"),
        ("Instagram Direct Messages", "message", "instagram"),
        ("Grindr Messages", "message", "grindr"),
        ("Textfree Messages - iOS", "message", "textfree"),
        ("Hot or Not Chat Messages", "message", "hot or not"),
        ("Chat Messages", "message", None),
        ("Samsung Messages", "message", "sms"),
        ("iOS Messages", "message", "sms"),
        ("Android Text Messages", "message", "sms"),
        ("iOS Call Logs", "call", None),
        ("WhatsApp Calls", "call", "whatsapp"),
        ("Android WhatsApp Contacts", "contact", "whatsapp"),
        ("Apple Contacts - iOS", "contact", None),
        ("Android WhatsApp Accounts Information", "account", "whatsapp"),
        ("iOS Device Information", "device", None),
        ("SIM Card Activity", "sim", None),
        ("Chrome Web History", None, None),
        ("Gmail Emails", None, None),
        ("Parsed Search Queries", None, None),
        ("Pictures", None, None),
    ],
)
def test_what_an_artifact_holds_is_told_by_its_name(name: str, kind: str | None, service: str | None) -> None:
    found = artifact_of(name)
    assert (found.kind.value if found else None, found.service if found else None) == (kind, service)
    assert kind is None or ArtifactKind(kind)


@pytest.mark.parametrize(
    ("name", "meaning", "zone", "order"),
    [
        ("Message Sent Date/Time - UTC+00:00 (dd/MM/yyyy)", "sent_time", "+00:00", "day_first"),
        ("Received Date/Time - UTC-05:00 (M/d/yyyy)", "received_time", "-05:00", "month_first"),
        ("Call Date/Time - UTC (yyyy-MM-dd)", "time", "Z", None),
        ("Created Date/Time", "time", None, None),
        ("Received Date/Time - (UTC) (MM/dd/yyyy)", "received_time", "Z", "month_first"),
        ("Sent Date/Time (UTC+01:00) (dd/MM/yyyy)", "sent_time", "+01:00", "day_first"),
        ("Last Modified Date/Time - UTC+00:00 (dd/MM/yyyy)", None, "+00:00", "day_first"),
        ("Call Duration (Seconds)", "duration", None, None),
        ("Phone Number(s)", "number", None, None),
        ("Phone Number 2", "number", None, None),
        ("Email Address 1", "email", None, None),
        ("Message 2", None, None, None),
        ("Recovery method", "recovery", None, None),
    ],
)
def test_what_a_fragment_holds(name: str, meaning: str | None, zone: str | None, order: str | None) -> None:
    found = read_name(name)
    assert (found.meaning, found.zone, found.date_order) == (meaning, zone, order)


@given(pieces=st.lists(st.binary(max_size=40)), limit=st.integers(1, 60))
def test_the_cutter_leaves_markup_and_short_texts_alone(pieces: list[bytes], limit: int) -> None:
    content = b"".join(pieces)
    cutter = LongTextCutter(limit)
    out = b"".join(cutter.feed(piece) for piece in pieces) + cutter.close()
    assert out.count(b"<") == content.count(b"<")
    if all(len(text) <= limit for text in content.split(b"<")):
        assert out == content


@settings(max_examples=40, deadline=None)
@given(
    sent=st.lists(
        st.tuples(
            st.text(
                st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
                min_size=1,
                max_size=60,
            ),
            st.sampled_from(list(Travel)),
            st.integers(1_200_000_000, 2_000_000_000),
        ),
        min_size=1,
        max_size=12,
    ),
    form=st.sampled_from(FORMS),
)
def test_whatever_is_written_comes_out_once(sent: list[tuple[str, Travel, int]], form: AxiomForm) -> None:
    texts = tuple(
        TextMessage(key=str(n), at=datetime.fromtimestamp(at, UTC), travel=travel, peers=(AL,), body=body)
        for n, (body, travel, at) in enumerate(sent)
    )
    holding = msgspec.structs.replace(HOLDING, texts=texts, chats=(), calls=())
    with TemporaryDirectory() as folder:
        result = read_path(write_axiom(Path(folder) / "e.xml", VendorReport(key="a", holdings=(holding,)), form))
    assert [(each.body, each.direction.value, each.time.utc) for each in of_kind(result, Message)] == [
        (each.body, each.travel.value, each.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        for each in texts
        if each.at is not None
    ]


def test_a_time_that_states_its_zone_itself_is_read_by_that(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_text(encoding="utf-8")
    first = re.search(r'(Sent|Received) Date/Time - UTC\+00:00 \(dd/MM/yyyy\)"[^>]*>([^<]+)<', content)
    assert first is not None
    path.write_text(content.replace(f">{first[2]}<", ">2023-07-13T17:45:00Z<"), encoding="utf-8")
    result = read_path(path)
    found = [message for message in native(result) if message.time.raw == "2023-07-13T17:45:00Z"]
    assert {message.time.utc for message in found} == {"2023-07-13T17:45:00.000Z"}
    assert "time_unreadable" not in codes_of(result)


def test_times_without_a_zone_are_assumed(tmp_path: Path) -> None:
    path = export(tmp_path)
    content = path.read_text(encoding="utf-8").replace(" - UTC+00:00 (dd/MM/yyyy)", "")
    path.write_text(content, encoding="utf-8")
    result = read_path(path)
    assert AT.day == 5
    assert {each.time.utc for each in native(result)} == {None}
    assert codes_of(result)["day_month_order_unknown"] > 0


def test_the_handsets_own_number_tells_which_way_a_chat_went(tmp_path: Path) -> None:
    path = tmp_path / "Export.xml"
    hits = {
        "Android Device Information": ({"Phone Number": "+447700900001"},),
        "Android WhatsApp Messages": (
            {"Sender": "447700900456@s.whatsapp.net", "Receiver": "447700900001@s.whatsapp.net", "Message": "in"},
            {"Sender": "447700900001@s.whatsapp.net", "Receiver": "447700900456@s.whatsapp.net", "Message": "out"},
            {"Sender": "447700900457@s.whatsapp.net", "Receiver": "447700900456@s.whatsapp.net", "Message": "x"},
        ),
    }
    written = []
    for name, found in hits.items():
        written.append(f'<Artifact name="{name}"><Hits>')
        for hit in found:
            fragments = (f'<Fragment name="{key}">{text}</Fragment>' for key, text in hit.items())
            written.append(f"<Hit>{''.join(fragments)}</Hit>")
        written.append("</Hits></Artifact>")
    path.write_text(f"<Artifacts>{''.join(written)}</Artifacts>", encoding="utf-8")
    messages = of_kind(read_path(path), Message)
    assert [each.direction.value for each in messages] == ["incoming", "outgoing", "unknown"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+447700900123", [("+447700900123", "+447700900123", None)]),
        (
            "Mobile: +44 7700 900123, Home: 01632 960123",
            [("+44 7700 900123", "+447700900123", "Mobile"), ("01632 960123", "+441632960123", "Home")],
        ),
        (
            "07700 900123, 07700 900456",
            [("07700 900123", "+447700900123", None), ("07700 900456", "+447700900456", None)],
        ),
        (
            "Mobile - 07700 900123\nWork - 01632 960123",
            [("07700 900123", "+447700900123", "Mobile"), ("01632 960123", "+441632960123", "Work")],
        ),
        (
            "07700 900123 (Mobile); 07700 900456 - Work",
            [("07700 900123", "+447700900123", "Mobile"), ("07700 900456", "+447700900456", "Work")],
        ),
        (
            "+44 (0)7700 900123 | 07700 900456",
            [("+44 (0)7700 900123", "+447700900123", None), ("07700 900456", "+447700900456", None)],
        ),
        ("Smith, John", [("Smith, John", None, None)]),
        ("60777", [("60777", None, None)]),
    ],
)
def test_several_numbers_in_one_value(
    tmp_path: Path, written: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    path = tmp_path / "export.xml"
    hit = (
        f'<Hit><Fragment name="Display Name">Jay</Fragment><Fragment name="Phone Number(s)">{written}</Fragment></Hit>'
    )
    path.write_text(f'<Report><Artifact name="Android Contacts"><Hits>{hit}</Hits></Artifact></Report>')
    (only,) = of_kind(read_path(path), Contact)
    assert [(number.raw, number.e164, number.label) for number in only.numbers] == expected


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("Private", Party("Private")),
        ("*100#", Party("*100#")),
        ("BrynFishVan", Party("BrynFishVan")),
        ("Jay", Party(name="Jay")),
        ("+447700900456;ext=5", Party("+447700900456;ext=5", "+447700900456")),
        ("+447700900456;phone-context=x", Party("+447700900456;phone-context=x", "+447700900456")),
    ],
)
def test_what_stands_in_place_of_a_number(tmp_path: Path, written: str, party: Party) -> None:
    values = {"Sender": written, "Message": "x", "Message Direction": "Incoming"}
    (found,) = native(hits(tmp_path / "a.xml", values))
    assert (found.from_party, found.to) == (party, ())


def test_an_organization_alone_is_the_name(tmp_path: Path) -> None:
    firm = {"Organization": "Taxi Ltd", "Phone Number 1": "07700 900123", "Phone Number 2": "07700 900456"}
    found = of_kind(hits(tmp_path / "a.xml", firm, {"Name": "Jay", **firm}, artifact="Apple Contacts - iOS"), Contact)
    assert [each.name for each in found] == ["Taxi Ltd", "Jay"]
    assert [number.e164 for number in found[0].numbers] == ["+447700900123", "+447700900456"]
    assert (found[0].extra, found[1].extra) == ((), (("Organization", "Taxi Ltd"),))
