"""What the writer puts into a bundle comes out of the reader, however the graph is written; damage costs its node."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import Handset, StoredFile, TextMessage, Travel, VendorReport
from ingest.demo.writers.case_jsonld import CaseStyle, write_case
from parsers.contract import Sidecar
from parsers.errors import InputRefused
from parsers.formats.case_jsonld.graph_stream import GraphStream
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Account, Call, Contact, Device, Message, Sim
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
from tests.unit.parsers.test_json_stream import Drops

PHOTO = StoredFile(
    key="p", source_path="/DCIM/IMG_0001.jpg", local_path="x", content=b"12345", content_type="image/jpeg"
)
GONE = text(9, "was deleted", deleted=True, files=(PHOTO,))
SENT = (*TEXTS, GONE)
HANDSET = Handset(make="Apple", model="iPhone 11", imei=(IMEI,), os="iOS", os_version="16.1", clock_at_reading=AT)
FULL = msgspec.structs.replace(HOLDING, texts=SENT, handset=HANDSET)
REPORT = VendorReport(key="a", holdings=(FULL,), exhibit_ref="HW/7", tool_version="2.1")
STYLES = list(CaseStyle)


def bundle(tmp_path: Path, style: CaseStyle = CaseStyle.COMMUNITY, report: VendorReport = REPORT) -> Path:
    return write_case(tmp_path / "bundle.jsonld", report, style)


def graph(tmp_path: Path, *nodes: dict[str, Any]) -> ReadResult:
    """Read nodes that are written by hand."""
    path = tmp_path / "graph.jsonld"
    context = {"uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/"}
    path.write_text(json.dumps({"@context": context, "@graph": nodes}), encoding="utf-8")
    return read_path(path)


def node(name: str, kind: str, **facets: dict[str, Any]) -> dict[str, Any]:
    held = [{"@type": f"uco-observable:{key}Facet"} | values for key, values in facets.items()]
    return {"@id": f"kb:{name}", "@type": f"uco-observable:{kind}", "uco-core:hasFacet": held}


@pytest.mark.parametrize("word", ["Missed", "missed", "Unanswered", "Rejected"])
def test_a_call_that_the_owner_made_went_out_and_keeps_its_word(tmp_path: Path, word: str) -> None:
    sides = {"from": {"@id": "kb:o"}, "to": {"@id": "kb:j"}}
    result = graph(
        tmp_path,
        node("d", "MobileDevice", MobileDevice={"IMEI": IMEI, "MSISDN": OWN}),
        node("o", "PhoneAccount", PhoneAccount={"phoneNumber": OWN}),
        node("j", "PhoneAccount", PhoneAccount={"phoneNumber": "07700 900123"}),
        node("c", "Call", Call={"callType": word, "duration": 0, **sides}),
    )
    (found,) = of_kind(result, Call)
    assert found.from_party is not None
    assert (found.call_type, found.from_party.is_owner, found.extra) == ("outgoing", True, (("callType", word),))


@pytest.mark.parametrize("style", STYLES)
def test_texts(tmp_path: Path, style: CaseStyle) -> None:
    result = read_path(bundle(tmp_path, style))
    found = [each for each in of_kind(result, Message) if each.service != "whatsapp"]
    assert [(each.body, each.direction.value) for each in found] == [(each.body, each.travel.value) for each in SENT]
    assert [each.time.utc for each in found] == [
        each.at.isoformat(timespec="milliseconds").replace("+00:00", "Z") for each in SENT if each.at is not None
    ]
    assert {each.direction_basis for each in found} == {"owner_flag"}
    came, went = found[0], found[1]
    assert came.from_party is not None
    assert went.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.name) == ("07700 900123", "+447700900123", "Jay")
    assert [(party.e164, party.is_owner) for party in came.to] == [(OWN, True)]
    assert (went.from_party.e164, went.from_party.is_owner) == (OWN, True)
    assert found[3].from_party is not None
    assert found[3].from_party.raw == "SunCell"
    assert [each.deleted.value for each in found if each.body == "was deleted"] == ["deleted"]
    (photo,) = found[-1].attachments
    assert (photo.name, photo.content_type, photo.size_bytes) == ("IMG_0001.jpg", "image/jpeg", 5)
    assert codes_of(result) == {}
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize("style", STYLES)
def test_the_rest(tmp_path: Path, style: CaseStyle) -> None:
    result = read_path(bundle(tmp_path, style))
    calls = of_kind(result, Call)
    assert [(call.call_type.value, call.duration_seconds) for call in calls] == [
        (call.call_type, call.duration_seconds) for call in CALLS
    ]
    assert calls[0].from_party is not None
    assert (calls[0].from_party.e164, [party.e164 for party in calls[1].to]) == (JAY.number, [AL.number])
    assert [party.is_owner for party in calls[0].to] == [True]
    assert [
        (each.name, each.numbers[0].raw, each.numbers[0].e164, each.numbers[0].label)
        for each in of_kind(result, Contact)
    ] == [
        (contact.name, number.written, number.number, number.label)
        for contact in CONTACTS
        for number in contact.numbers
    ]
    (device,) = of_kind(result, Device)
    assert (device.imei, device.msisdn, device.make, device.model, device.os) == (
        (IMEI,),
        (OWN,),
        "Apple",
        "iPhone 11",
        "iOS 16.1",
    )
    assert device.clock is not None
    assert device.clock.device_time is not None
    assert device.clock.device_time.utc == "2024-07-05T12:00:00.250Z"
    (sim,) = of_kind(result, Sim)
    assert (sim.iccid, sim.imsi) == ((ICCID,), (IMSI,))
    assert of_kind(result, Account) == []
    part = result.parts[-1]
    assert (part.exhibit_ref, part.imei, part.iccid, part.imsi, part.msisdn, part.tool, part.tool_version) == (
        "HW/7",
        (IMEI,),
        (ICCID,),
        (IMSI,),
        (OWN,),
        "Example Reader",
        "2.1",
    )


@pytest.mark.parametrize("style", STYLES)
def test_chats_of_an_application(tmp_path: Path, style: CaseStyle) -> None:
    came, went = (each for each in of_kind(read_path(bundle(tmp_path, style)), Message) if each.service == "whatsapp")
    assert [came.body, went.body] == [message.body for message in CHAT.messages]
    assert (came.direction.value, went.direction.value) == ("incoming", "outgoing")
    assert came.thread == went.thread
    assert came.thread is not None
    assert "thread" in came.thread


def test_the_sidecar_says_who_the_owner_is_where_the_file_does_not(tmp_path: Path) -> None:
    path = bundle(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["@graph"] = [each for each in content["@graph"] if each.get("uco-core:kindOfRelationship") != "Has_Account"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert {each.direction.value for each in of_kind(read_path(path), Message)} == {"unknown"}
    found = of_kind(read_path(path, sidecar=Sidecar(owner_number="07700 900999")), Message)
    assert [each.direction.value for each in found[: len(SENT)]] == [each.travel.value for each in SENT]


def test_two_handsets_give_their_identity_to_no_extraction(tmp_path: Path) -> None:
    second = msgspec.structs.replace(HANDSET, imei=("356943000000021",))
    other = msgspec.structs.replace(FULL, handset=second, texts=(), chats=(), calls=())
    result = read_path(bundle(tmp_path, report=msgspec.structs.replace(REPORT, holdings=(FULL, other))))
    assert len(of_kind(result, Device)) == 2
    assert {part.imei for part in result.parts[-1:]} == {()}


def test_nodes_within_nodes_are_read_where_they_stand(tmp_path: Path) -> None:
    sender = node("a", "PhoneAccount", PhoneAccount={"uco-observable:phoneNumber": "07700 900123"})
    message = node("m", "Message", Message={"messageText": "hi", "from": sender, "sentTime": "2024-07-05T12:00:00Z"})
    thread = node("t", "MessageThread", MessageThread={"messageThread": {"@id": "kb:l", "co:element": [message]}})
    (found,) = graph(tmp_path, thread).records
    assert isinstance(found, Message)
    assert found.from_party is not None
    assert (found.body, found.from_party.e164, found.thread) == ("hi", "+447700900123", "kb:t")


def test_people_who_are_not_in_the_file_are_counted(tmp_path: Path) -> None:
    result = graph(tmp_path, node("m", "Message", Message={"messageText": "hi", "from": {"@id": "kb:gone"}}))
    (found,) = of_kind(result, Message)
    assert found.extra == (("from (not in the file)", "kb:gone"),)
    assert codes_of(result) == {"reference_missing": 1}


def test_of_several_senders_the_others_stay_beside_the_first(tmp_path: Path) -> None:
    message = node("m", "SMSMessage", Message={"messageText": "hi", "from": ["07700 900123", "07700 900124"]})
    call = node("c", "Call", Call={"from": ["07700 900123", "07700 900124"], "startTime": "2024-07-05T12:00:00Z"})
    records = graph(tmp_path, message, call).records
    for record in records:
        assert isinstance(record, Message | Call)
        assert record.from_party is not None
        assert record.from_party.raw == "07700 900123"
        assert record.extra == (("from", "07700 900124"),)
    assert len(records) == 2


def test_numbers_that_are_texts_are_parties(tmp_path: Path) -> None:
    message = node("m", "SMSMessage", Message={"messageText": "hi", "from": "07700 900123", "to": ["60777", "Bank"]})
    (found,) = of_kind(graph(tmp_path, message), Message)
    assert found.from_party is not None
    assert found.from_party.e164 == "+447700900123"
    assert [(party.raw, party.name) for party in found.to] == [("60777", None), (None, "Bank")]


def test_blanks_around_a_number_are_kept(tmp_path: Path) -> None:
    account = node("a", "PhoneAccount", PhoneAccount={"uco-observable:phoneNumber": " 07700 900123 "})
    facet = {"uco-observable:from": {"@id": "kb:a"}, "uco-observable:messageText": "u about"}
    (message,) = of_kind(graph(tmp_path, account, node("m", "Message", Message=facet)), Message)
    assert message.from_party is not None
    assert (message.from_party.raw, message.from_party.e164) == (" 07700 900123 ", "+447700900123")


def test_facts_on_the_node_itself_are_read(tmp_path: Path) -> None:
    bare = {"@id": "kb:m", "@type": "uco-observable:SMSMessage", "uco-observable:messageText": "hi"}
    (found,) = of_kind(graph(tmp_path, bare), Message)
    assert (found.body, found.service) == ("hi", "sms")


def test_a_message_whose_facets_are_lost_is_said(tmp_path: Path) -> None:
    lost = {
        "@id": "kb:b",
        "@type": "uco-observable:SMSMessage",
        "uco-core:hasFaect": [{"uco-observable:messageText": "hi"}],
    }
    result = graph(tmp_path, node("a", "SMSMessage", SMSMessage={"messageText": "yo"}), lost)
    assert [notice.code for notice in result.notices if notice.subject == "SMSMessage"] == ["element_unreadable"]


def test_a_message_that_says_nothing_is_counted(tmp_path: Path) -> None:
    result = graph(tmp_path, {"@id": "kb:m", "@type": "uco-observable:Message"}, node("n", "Location"))
    assert result.records == ()
    assert [(notice.subject, notice.count) for notice in result.notices] == [("Message", 1), ("Location", 1)]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [(65, 65.0), ("65", 65.0), ("PT1M5S", 65.0), ("P1DT1H", 90_000.0), ("00:01:05", 65.0), ("P", None), ("soon", None)],
)
def test_durations(tmp_path: Path, written: object, seconds: float | None) -> None:
    (call,) = of_kind(graph(tmp_path, node("c", "Call", Call={"callType": "incoming", "duration": written})), Call)
    assert call.duration_seconds == seconds


def test_secrets_stay_in_the_original(tmp_path: Path) -> None:
    account = node(
        "a", "DigitalAccount", DigitalAccount={"displayName": "Z"}, AccountAuthentication={"password": "hunter2"}
    )
    (found,) = of_kind(graph(tmp_path, account), Account)
    assert found.extra == (("password", "(in the original)"),)


def test_an_account_that_nobody_names_is_a_record(tmp_path: Path) -> None:
    facebook = node(
        "a",
        "DigitalAccount",
        Account={"accountIdentifier": "1@example.org"},
        DigitalAccount={"accountLogin": ["z1", "z2"], "displayName": "Z"},
        ApplicationAccount={"application": {"@id": "kb:app"}},
    )
    app = node("app", "Application", Application={"applicationIdentifier": "com.instagram.android"})
    (found,) = of_kind(graph(tmp_path, facebook, app), Account)
    assert (found.service, found.name, found.handles) == ("instagram", "Z", ("z1", "z2", "1@example.org"))


def test_a_node_in_two_pieces_is_one(tmp_path: Path) -> None:
    first = node("a", "PhoneAccount", PhoneAccount={"phoneNumber": "07700 900123"})
    second = {"@id": "kb:a", "uco-core:name": "Jay"}
    message = node("m", "Message", Message={"messageText": "hi", "from": {"@id": "kb:a"}})
    (found,) = of_kind(graph(tmp_path, first, message, second), Message)
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.name) == ("07700 900123", "Jay")


def test_a_circle_ends(tmp_path: Path) -> None:
    mail = node("a", "EmailAccount", EmailAccount={"emailAddress": {"@id": "kb:a"}})
    message = node("m", "Message", Message={"messageText": "hi", "from": {"@id": "kb:a"}})
    own = {"@id": "kb:f", "@type": "uco-observable:MessageFacet", "uco-core:hasFacet": {"@id": "kb:f"}}
    assert len(of_kind(graph(tmp_path, mail, message, own), Message)) == 1


_NODES = (
    '{"@id":"kb:a","@type":"uco-observable:Message","uco-core:hasFacet":[{"@type":"uco-observable:MessageFacet"}]}',
    '{"@id":"kb:b","x":{"@id":"kb:c","uco-core:hasFacet":[{"y":1}]},"uco-core:hasFacet":[]}',
    '{"@id":"kb:d"}',
    '{"@id":"kb:e","@type":"uco-core:Bundle","uco-core:object":[{"@id":"kb:f","n":1},{"@id":"kb:g","n":2}]}',
    '{"@graph":[{"@id":"kb:h","n":1}]}',
    '{"@id":"kb:i","object":{"@id":"kb:j","n":3}}',
    '{"t":"\\x41"}',
    "{bad}",
    '[{"@id":"kb:k","n":4}]',
    "7",
)


@given(
    pieces=st.lists(st.sampled_from(_NODES) | st.just(_NODES[0]), min_size=1, max_size=60),
    between=st.sampled_from([",", ",\n  "]),
    is_cut=st.booleans(),
)
def test_nodes_are_the_same_however_much_of_the_file_is_held(pieces: list[str], between: str, *, is_cut: bool) -> None:
    content = f'{{"@graph":[{between.join(pieces * 3)}]}}'.encode()
    content = content[: len(content) * 2 // 3] if is_cut else content
    # A few octets at a time leave no room to take several nodes at once.
    streams = [GraphStream(io.BytesIO(content)), GraphStream(Drops(content, 50))]
    whole, dropped = ([(found.locator, found.held, found.replaced) for found in each.nodes()] for each in streams)
    assert whole == dropped
    assert streams[0].damage == streams[1].damage


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_copy_that_was_cut_off(tmp_path: Path, share: float) -> None:
    path = bundle(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    result = read_path(path)
    assert {each.body for each in of_kind(result, Message)} <= {
        *(each.body for each in SENT),
        *(each.body for each in CHAT.messages),
    }
    assert codes_of(result)["input_truncated"] == 1
    assert result.state is ReadState.PARTIAL


def test_a_node_that_is_no_json_is_counted_and_costs_no_other(tmp_path: Path) -> None:
    path = bundle(tmp_path)
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace('"did not go"', '"did not go" oops'), encoding="utf-8")
    result = read_path(path)
    assert len(of_kind(result, Message)) == len(SENT) + len(CHAT.messages) - 1
    assert codes_of(result) == {"element_unreadable": 1, "stretch_malformed": 1}


TEXTS = [f"text {number}" for number in range(8)]


def listed() -> bytes:
    facet = {"@type": ["uco-observable:SMSMessageFacet", "uco-observable:MessageFacet"]}
    nodes = [
        {
            "@id": f"kb:m{number}",
            "@type": "uco-observable:SMSMessage",
            "uco-core:hasFacet": [
                {"@id": f"kb:f{number}", **facet, "uco-observable:messageText": text, "uco-x:at": {"@value": "z"}}
            ],
        }
        for number, text in enumerate(TEXTS)
    ]
    return json.dumps({"@context": {"kb": "http://example.org/kb/"}, "@graph": nodes}, indent=1).encode()


@pytest.mark.parametrize(
    ("begin", "end", "put"),
    [
        # The zeros begin in one key and end in another further in: the brackets close the bundle.
        (b'hasFacet": [\n    {\n     "@id": "kb:f2"', b'at": {', bytes(1)),
        (b'"kb:m3"', b'"kb:m3"', b'"kb:m3"]'),
        (b'"kb:m3"', b'"kb:m3"', b'"kb:m3"}'),
        (b'{\n   "@id": "kb:m3"', b'{\n   "@id": "kb:m3"', b']}, {"@id": "kb:m3"'),
    ],
)
def test_damage_that_closes_the_bundle_ends_no_reading(tmp_path: Path, begin: bytes, end: bytes, put: bytes) -> None:
    content = listed()
    first = content.find(begin)
    assert first != -1
    last = content.find(end, first)
    behind = last + (len(end) if begin == end else 0)
    filling = put * (behind - first) if not put.strip(bytes(1)) else put
    path = tmp_path / "bundle.jsonld"
    path.write_bytes(content[:first] + filling + content[behind:])
    result = read_path(path)
    bodies = [each.body for each in of_kind(result, Message)]
    assert [each for each in TEXTS if each not in bodies] in ([], ["text 2"], ["text 3"])
    assert result.state is not ReadState.COMPLETE
    assert "stretch_malformed" in codes_of(result)


def test_dirty_bytes_are_replaced_and_named(tmp_path: Path) -> None:
    path = bundle(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"did not go", b"did\xffnot\\ud800go"))
    result = read_path(path)
    found = [each for each in of_kind(result, Message) if each.body_notices]
    assert [(each.body, each.body_notices) for each in found] == [("did\ufffdnot\ufffdgo", ("replaced_characters",))]
    assert codes_of(result) == {"characters_replaced": 2}


@pytest.mark.parametrize(
    "content",
    [
        '{"@context": "https://ontology.unifiedcyberontology.org", "@graph": ' + "[" * 100_000,
        '{"@context": "https://ontology.unifiedcyberontology.org", "@graph": [' + '{"a":' * 100_000,
        '{"@context": "https://ontology.unifiedcyberontology.org", "@graph": 7}',
        '{"@context": "https://ontology.unifiedcyberontology.org", "@graph": [1, "x", null, {}]}',
        '[{"@id": "https://ontology.unifiedcyberontology.org", "@type": 7, "hasFacet": [[[7]], "x", {"@id": 7}]}]',
    ],
)
def test_nonsense_gives_no_record_and_no_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    result = read_path(path)
    assert result.records == ()
    assert "reader_failed" not in codes_of(result)


def test_other_linked_data_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"@context": "https://schema.org", "@graph": [{"@id": "a", "@type": "Person"}]}', encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "json_unknown"


@settings(max_examples=40, deadline=None)
@given(
    sent=st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
            st.sampled_from([Travel.IN, Travel.OUT]),
            st.integers(1_200_000_000, 2_000_000_000),
        ),
        min_size=1,
        max_size=12,
    ),
    style=st.sampled_from(STYLES),
)
def test_whatever_is_written_comes_out_once(sent: list[tuple[str, Travel, int]], style: CaseStyle) -> None:
    texts = tuple(
        TextMessage(key=str(n), at=datetime.fromtimestamp(at, UTC), travel=travel, peers=(AL,), body=body)
        for n, (body, travel, at) in enumerate(sent)
    )
    holding = msgspec.structs.replace(HOLDING, texts=texts, chats=(), calls=())
    with TemporaryDirectory() as folder:
        result = read_path(bundle(Path(folder), style, VendorReport(key="a", holdings=(holding,))))
    assert [(each.body, each.direction.value, each.time.utc) for each in of_kind(result, Message)] == [
        (each.body, each.travel.value, each.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
        for each in texts
        if each.at is not None
    ]


def test_the_older_name_of_a_contact(tmp_path: Path) -> None:
    (only,) = of_kind(
        graph(tmp_path, node("c", "Contact", Contact={"contactName": "Kev", "phoneNumber": "07700 900456"})), Contact
    )
    assert (only.name, only.numbers[0].e164) == ("Kev", "+447700900456")


NAMES = {"id": "@id", "type": {"@id": "@type"}, "graph": "@graph", "value": "@value"}
FACET = {"type": "uco-observable:MessageFacet", "messageText": {"value": "x"}, "from": {"id": "kb:a"}}
ALIASED = [
    {"id": "kb:m", "type": "uco-observable:Message", "uco-core:hasFacet": FACET},
    {"id": "kb:a", "type": "PhoneAccount", "hasFacet": [{"type": "PhoneAccountFacet", "phoneNumber": "07700 900123"}]},
]


@pytest.mark.parametrize("context", [NAMES, ["https://a.example", NAMES]])
def test_a_context_may_call_the_keywords_otherwise(tmp_path: Path, context: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"@context": context, "graph": ALIASED}), encoding="utf-8")
    result = read_path(path)
    (message,) = of_kind(result, Message)
    assert (message.body, message.source.locator) == ("x", "kb:m")
    assert message.from_party is not None
    assert message.from_party.e164 == "+447700900123"


def test_names_of_a_context_that_is_elsewhere_are_no_facts_left_out_by_design(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"@context": "https://a.example", "@graph": ALIASED[:1]}), encoding="utf-8")
    assert codes_of(read_path(path))["element_unreadable"] == 1


def test_a_second_text_is_kept_beside_the_first(tmp_path: Path) -> None:
    one = node("m", "Message", Message={"messageText": ["first", "second"], "sentTime": "2024-01-01T10:00:00Z"})
    one["uco-core:hasFacet"].append({"@type": "uco-observable:MessageFacet", "uco-observable:messageText": "third"})
    result = graph(tmp_path, one)
    (message,) = of_kind(result, Message)
    assert message.body == "first"
    assert [text for name, text in message.extra if name == "messageText"] == ["second", "third"]
    assert codes_of(result) == {"text_beside": 1}


def test_one_text_in_two_facets_is_one_text(tmp_path: Path) -> None:
    one = node("m", "Message", Message={"messageText": "first", "sentTime": "2024-01-01T10:00:00Z"})
    one["uco-core:hasFacet"].append({"@type": "uco-observable:SMSMessageFacet", "uco-observable:messageText": "first"})
    assert codes_of(graph(tmp_path, one)) == {}


def test_the_owner_is_known_by_a_number_that_is_a_text_too(tmp_path: Path) -> None:
    (message,) = of_kind(
        graph(
            tmp_path,
            node("d", "MobileDevice", MobileDevice={"IMEI": "356943000000013", "MSISDN": "07700900999"}),
            node("m", "Message", Message={"messageText": "x", "from": "07700 900123", "to": "+44 7700 900999"}),
        ),
        Message,
    )
    assert (message.direction.value, message.to[0].is_owner) == ("incoming", True)


def test_what_no_name_is_known_for_is_kept_with_what_it_holds(tmp_path: Path) -> None:
    held = {"messageText": "hi", "later": {"a": "b", "c": ["d", {"e": 1}]}}
    (message,) = of_kind(graph(tmp_path, node("m", "Message", Message=held)), Message)
    assert [pair for pair in message.extra if pair[0].startswith("later")] == [
        ("later.a", "b"), ("later.c", "d"), ("later.c.e", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize("broken", [{"Avalue": "2024-01-16T10:38:00Z"}, {"@value": {"v": "2024-01-16T10:38:00Z"}}])
@pytest.mark.parametrize("beside", [{}, {"status": "Read"}])
def test_a_literal_whose_value_stands_elsewhere_is_kept(
    tmp_path: Path, broken: dict[str, Any], beside: dict[str, str]
) -> None:
    held = {"messageText": "hi", "sentTime": {"@type": "xsd:dateTime", **broken}, **beside}
    (message,) = of_kind(graph(tmp_path, node("m", "Message", Message=held)), Message)
    assert message.time.raw is None
    assert [text for name, text in message.extra if name.startswith("sentTime.")] == [
        "xsd:dateTime", "2024-01-16T10:38:00Z",
    ]  # fmt: skip


def test_a_secret_stays_in_the_original_however_it_is_written(tmp_path: Path) -> None:
    held = {"messageText": "hi", "password": {"@type": "xsd:string", "Avalue": "1234"}, "PIN": {"a": "1234"}}
    (message,) = of_kind(graph(tmp_path, node("m", "Message", Message=held)), Message)
    assert "1234" not in str(message)


def test_what_the_public_converter_of_ufed_reports_calls_native_is_the_handsets(tmp_path: Path) -> None:
    application = node("app", "ObservableObject", Application={"name": "Native app"})
    told = {"application": {"@id": "kb:app"}, "SMSmessage": "true", "messageText": "u about", "from": "07700 900123"}
    call = {"application": {"@id": "kb:app"}, "callType": "outgoing", "from": "07700 900123", "to": "07700 900456"}
    result = graph(
        tmp_path,
        application,
        node("m", "ObservableObject", Message=told),
        node("n", "ObservableObject", Message={key: told[key] for key in ("SMSmessage", "messageText", "from")}),
        node("c", "ObservableObject", PhoneCall=call),
    )
    assert [message.service for message in of_kind(result, Message)] == ["sms", "sms"]
    assert [made.service for made in of_kind(result, Call)] == [None]


def test_messages_in_the_slots_of_an_ordered_list_are_of_its_thread(tmp_path: Path) -> None:
    slots = [{"olo:index": str(place), "olo:item": {"@id": f"kb:m{place}"}} for place in (1, 2)]
    listed = {"displayName": "Tom M", "message": {"@type": "uco-observable:Message", "olo:slot": slots}}
    thread = node("t", "ObservableObject", MessageThread=listed)
    facts = {"messageText": "hi", "from": "07700 900123"}
    sent = [node(f"m{place}", "ObservableObject", Message=facts) for place in (1, 2)]
    found = of_kind(graph(tmp_path, *sent, thread), Message)
    assert [(each.thread, each.extra) for each in found] == [("kb:t", (("displayName of the thread", "Tom M"),))] * 2


def test_numbers_of_accounts_as_converters_write_them(tmp_path: Path) -> None:
    twice = node("a", "ObservableObject", PhoneAccount={"phoneNumber": "+447700900123/447700900123"})
    bare = node("b", "ObservableObject", PhoneAccount={"identifier": "07700900456"})
    word = node("d", "ObservableObject", PhoneAccount={"identifier": "account-1"})
    facts = {"messageText": "hi", "from": {"@id": "kb:a"}, "to": [{"@id": "kb:b"}, {"@id": "kb:d"}]}
    (found,) = of_kind(graph(tmp_path, twice, bare, word, node("m", "ObservableObject", Message=facts)), Message)
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == ("+447700900123/447700900123", "+447700900123")
    assert [(party.raw, party.e164) for party in found.to] == [("07700900456", "+447700900456"), (None, None)]


def test_a_stroke_within_a_number_parts_it_not(tmp_path: Path) -> None:
    strokes = node("a", "ObservableObject", PhoneAccount={"phoneNumber": "07700/900123"})
    two = node("b", "ObservableObject", PhoneAccount={"phoneNumber": "07700900123/07700900456"})
    facts = {"messageText": "hi", "from": {"@id": "kb:a"}, "to": [{"@id": "kb:b"}]}
    (found,) = of_kind(graph(tmp_path, strokes, two, node("m", "ObservableObject", Message=facts)), Message)
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == ("07700/900123", "+447700900123")
    assert [(party.raw, party.e164) for party in found.to] == [("07700900123/07700900456", None)]


@pytest.mark.parametrize("is_read", [True, False])
def test_whether_a_text_was_read_is_no_way_that_is_not_understood(tmp_path: Path, *, is_read: bool) -> None:
    said = {"from": "07700900222", "to": "07700900333", "messageText": "hello"}
    result = graph(tmp_path, node("m1", "SMSMessage", SMSMessageFacet={"isRead": is_read}, MessageFacet=said))
    (found,) = of_kind(result, Message)
    assert (found.status, found.direction.value) == ("read" if is_read else "unread", "unknown")
    assert "direction_unreadable" not in codes_of(result)
