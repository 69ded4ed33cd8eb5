"""adb backups: what the writer puts in comes out; a password is refused, and damage costs its own part."""

from __future__ import annotations

import tarfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import Peer, StoredFile, TextMessage, Travel
from ingest.demo.writers.adb_backup import write_adb_backup
from parsers.contract import Limits, Sidecar
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from parsers.records.facts import Direction, Message
from tests.unit.parsers.formats.handset_holding import AL, AT, HOLDING, JAY, OWN, TEXTS, text
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

FIXTURES = Path(__file__).resolve().parents[4] / "fixtures"
WHATSAPP = {
    f"apps/com.whatsapp/db/msgstore.db{suffix}": (FIXTURES / f"whatsapp_db/made/msgstore.db{suffix}").read_bytes()
    for suffix in ("", "-wal")
}
PICTURE = StoredFile(key="p", source_path="/x/PART_1.jpg", local_path="PART_1.jpg", content_type="image/jpeg")
MULTIMEDIA = msgspec.structs.replace(
    HOLDING,
    texts=(
        *TEXTS,
        text(20, "look", service="mms", files=(PICTURE,)),
        text(21, "both of you", Travel.OUT, (JAY, AL), service="mms"),
        text(22, "not yet", Travel.DRAFT),
    ),
)


@pytest.mark.parametrize("is_deflated", [True, False])
def test_texts(tmp_path: Path, is_deflated: bool) -> None:  # noqa: FBT001 - a case
    result = read_path(write_adb_backup(tmp_path / "backup.ab", HOLDING, is_deflated=is_deflated))
    found = of_kind(result, Message)
    assert [(each.body, each.direction.value, each.status, each.service) for each in found] == [
        (TEXTS[0].body, "incoming", "read", "sms"),
        (TEXTS[1].body, "outgoing", "delivered", "sms"),
        (TEXTS[2].body, "incoming", "read", "sms"),
        ("", "incoming", "unread", "sms"),
        ("did not go", "outgoing", "failed", "sms"),
        (TEXTS[5].body, "outgoing", "sent", "sms"),
    ]
    first, second = found[:2]
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.e164) == ("07700 900123", "+447700900123")
    assert [(party.raw, party.is_owner) for party in first.to] == [(OWN, True)]
    assert second.from_party is not None
    assert (second.from_party.raw, second.from_party.is_owner) == (OWN, True)
    assert (first.time.raw, first.time.utc) == ("1720180800250", "2024-07-05T12:00:00.250Z")
    assert first.source.member == "apps/com.android.providers.telephony/d_f/000000_sms_backup"
    (part,) = result.parts
    assert (part.os, part.msisdn, part.format_version) == ("Android", (OWN,), "5")
    assert result.state is ReadState.COMPLETE


def test_picture_messages_and_drafts(tmp_path: Path) -> None:
    found = of_kind(read_path(write_adb_backup(tmp_path / "backup.ab", MULTIMEDIA)), Message)
    draft = next(each for each in found if each.direction is Direction.DRAFT)
    assert [party.e164 for party in draft.to] == ["+447700900123"]
    came, went = (each for each in found if each.service == "mms")
    assert came.from_party is not None
    assert (came.body, came.from_party.e164, [party.raw for party in came.to]) == ("look", "+447700900123", [OWN])
    assert [(each.name, each.content_type) for each in came.attachments] == [("PART_1.jpg", "image/jpeg")]
    assert came.time.utc == "2024-07-05T12:20:00.000Z"
    assert [party.e164 for party in went.to] == ["+447700900123", "+447700900456"]


def test_databases_of_applications_are_of_the_same_handset(tmp_path: Path) -> None:
    databases = {
        **WHATSAPP,
        "apps/com.whatsapp/db/axolotl.db": b"SQLite format 3\x00",
        "apps/com.android.providers.contacts/db/contacts2.db": (FIXTURES / "android_db/contacts2.db").read_bytes(),
        "shared/0/DCIM/a.jpg": b"\xff\xd8",
    }
    result = read_path(write_adb_backup(tmp_path / "backup.ab", HOLDING, databases))
    first, *others = result.parts
    assert {part.parser for part in others} == {"android_db", "whatsapp_db"}
    assert {part.belongs_to for part in others} == {first.extraction_id}
    assert {str(record.source.member) for record in result.records} == {
        "apps/com.android.providers.telephony/d_f/000000_sms_backup",
        "apps/com.whatsapp/db/msgstore.db",
        "apps/com.android.providers.contacts/db/contacts2.db",
    }
    not_read = {notice.subject: notice.count for notice in result.notices if notice.code == "member_not_read"}
    assert not_read == {
        "further members of apps/com.android.providers.telephony/": 1,
        "further members of apps/com.whatsapp/": 1,
        "shared/0/": 1,
    }


def test_databases_alone(tmp_path: Path) -> None:
    holding = msgspec.structs.replace(HOLDING, texts=())
    result = read_path(write_adb_backup(tmp_path / "backup.ab", holding, WHATSAPP))
    assert {part.parser for part in result.parts} == {"whatsapp_db"}
    assert result.records


def test_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(write_adb_backup(tmp_path / "backup.ab", HOLDING, encryption="AES-256"))
    assert refused.value.code == "backup_encrypted"
    assert "AES-256" in str(refused.value.subject)


def test_a_backup_with_nothing_known_says_what_it_holds(tmp_path: Path) -> None:
    holding = msgspec.structs.replace(HOLDING, texts=())
    with pytest.raises(InputRefused) as refused:
        read_path(write_adb_backup(tmp_path / "backup.ab", holding, {"apps/org.example.game/f/save": b"1"}))
    assert refused.value.code == "members_unknown"
    assert "apps/org.example.game" in str(refused.value.subject)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("is_deflated", [True, False])
def test_a_copy_that_was_cut_off(tmp_path: Path, share: float, is_deflated: bool) -> None:  # noqa: FBT001 - a case
    texts = tuple(text(number, f"text number {number} {number * 7919 % 1000003}") for number in range(2_500))
    path = write_adb_backup(
        tmp_path / "backup.ab", msgspec.structs.replace(HOLDING, texts=texts), is_deflated=is_deflated
    )
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    result = read_path(path)
    whole = {each.body for each in texts}
    found = [each.body for each in of_kind(result, Message)]
    assert 100 < len(found) <= 2_500
    assert set(found) <= whole
    assert result.state is ReadState.PARTIAL
    (cut,) = [notice for notice in result.notices if notice.code in {"backup_cut", "input_truncated"}]
    assert (cut.code, cut.ends_reading) == ("backup_cut", True)
    assert str(cut.subject).startswith("apps/com.android.providers.telephony/d_f/")


def _backup(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for about, member in members:
            about.size = len(member)
            tar.addfile(about, BytesIO(member))
    return b"ANDROID BACKUP\n5\n1\nnone\n" + zlib.compress(content.getvalue())


def test_a_damaged_octet_costs_what_stands_behind_it(tmp_path: Path) -> None:
    """Of a small backup all lies in the octets that are inflated at once."""
    many = msgspec.structs.replace(HOLDING, texts=tuple(text(at, f"text {at} {at * 37 % 101}") for at in range(60)))
    path = write_adb_backup(tmp_path / "backup.ab", many, is_deflated=True)
    content = bytearray(path.read_bytes())
    content[len(content) * 3 // 4] ^= 0xFF
    path.write_bytes(content)
    result = read_path(path)
    assert result.state is ReadState.PARTIAL
    assert "input_malformed" in codes_of(result)
    bodies = [each.body for each in of_kind(result, Message)]
    assert len(bodies) >= 20
    assert bodies[:20] == [each.body for each in many.texts[:20]]


def test_hostile_names_and_links_write_nothing(tmp_path: Path) -> None:
    link = tarfile.TarInfo("apps/x/db/mmssms.db")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    texts = zlib.compress(
        b'[{"address":"07700900123","body":"u about","type":"1","date":"1720180800250"}, 7, {"body": {}}]'
    )
    path = tmp_path / "backup.ab"
    path.write_bytes(
        _backup(
            [
                (link, b""),
                (tarfile.TarInfo("../../../../tmp/evil/mmssms.db"), b"SQLite format 3\x00"),
                (tarfile.TarInfo("/absolute/mmssms.db"), b"SQLite format 3\x00"),
                (tarfile.TarInfo("apps/com.android.providers.telephony/d_f/000000_sms_backup"), texts),
                (tarfile.TarInfo("a" * 300 + "/b"), b"x"),
            ]
        )
    )
    result = read_path(path)
    assert [message.body for message in of_kind(result, Message)] == ["u about", None]
    assert codes_of(result)["element_unreadable"] == 1
    assert codes_of(result)["member_refused"] == 2
    assert not list(tmp_path.rglob("evil"))


def test_a_bomb_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "backup.ab"
    name = tarfile.TarInfo("apps/com.android.providers.telephony/d_f/000000_sms_backup")
    path.write_bytes(_backup([(name, zlib.compress(b'[{"body":"' + b"a" * (70 * 2**20) + b'"}]'))]))
    result = read_path(path, limits=Limits(archive_ratio=2, member_bytes=2**20))
    assert result.records == ()
    assert codes_of(result) == {"limit_reached": 1}


@settings(max_examples=40, deadline=None)
@given(
    sent=st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)),
            st.sampled_from(list(Travel)),
            st.sampled_from(["sms", "mms"]),
            st.integers(1_200_000_000, 2_000_000_000),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_whatever_is_written_comes_out_once(sent: list[tuple[str | None, Travel, str, int]]) -> None:
    texts = tuple(
        TextMessage(
            key=str(n), at=datetime.fromtimestamp(at, UTC), travel=travel, peers=(AL,), body=body, service=service
        )
        for n, (body, travel, service, at) in enumerate(sent)
    )
    with TemporaryDirectory() as folder:
        result = read_path(write_adb_backup(Path(folder) / "b.ab", msgspec.structs.replace(HOLDING, texts=texts)))
    expected = sorted((each.body or "", each.travel.value, each.service, str(each.at)) for each in texts)
    assert expected == sorted(
        (each.body or "", each.direction.value, str(each.service), str(datetime.fromisoformat(str(each.time.utc))))
        for each in of_kind(result, Message)
    )


def test_the_peer_of_a_text_without_an_address_is_unknown(tmp_path: Path) -> None:
    texts = (text(0, "who", peers=(Peer("\u02bcUNKNOWN_SENDER!\u02bc"),)),)
    (message,) = of_kind(
        read_path(write_adb_backup(tmp_path / "b.ab", msgspec.structs.replace(HOLDING, texts=texts))), Message
    )
    assert message.from_party is None
    assert message.time.utc == AT.isoformat(timespec="milliseconds").replace("+00:00", "Z")


SMS_NAME = "apps/com.android.providers.telephony/d_f/000000_sms_backup"
MMS_NAME = "apps/com.android.providers.telephony/d_f/000001_mms_backup"


def _made(path: Path, **members: bytes) -> Path:
    names = {"sms": SMS_NAME, "mms": MMS_NAME}
    path.write_bytes(_backup([(tarfile.TarInfo(names[key]), content) for key, content in members.items()]))
    return path


def test_which_of_several_people_sent_a_text_is_not_said(tmp_path: Path) -> None:
    people = b'"recipients":["07700900123","07700900456"]'
    result = read_path(
        _made(
            tmp_path / "b.ab",
            sms=zlib.compress(b'[{"type":"1","body":"x",%b}]' % people),
            mms=zlib.compress(b'[{"msg_box":"1","mms_body":"x",%b}]' % people),
        )
    )
    for message in of_kind(result, Message):
        assert message.from_party is None
        assert [party.raw for party in message.to] == ["07700900123", "07700900456"]


def test_whom_a_conversation_has_besides_is_kept(tmp_path: Path) -> None:
    people = b'"recipients":["07700 900123","+447700900456"]'
    result = read_path(
        _made(
            tmp_path / "b.ab",
            sms=zlib.compress(
                b'[{"type":"2","address":"+447700900123","body":"a",%b},'
                b'{"type":"1","address":"07700900123","body":"b","recipients":["+447700900123"]}]' % people
            ),
            mms=zlib.compress(
                b'[{"msg_box":"2","mms_body":"c","mms_addresses":[{"type":"151","address":"07700900456"}],%b}]' % people
            ),
        )
    )
    assert [(each.body, [party.raw for party in each.to], each.extra) for each in of_kind(result, Message)] == [
        ("a", ["+447700900123"], (("recipients", "+447700900456"),)),
        ("b", [], ()),
        ("c", ["07700900456"], (("recipients", "07700 900123"),)),
    ]


def test_the_owners_number_is_marked_however_it_is_written(tmp_path: Path) -> None:
    content = zlib.compress(b'[{"self_phone":"+447700900456","address":"07700 900456","type":"1","body":"note"}]')
    (stated,) = of_kind(read_path(_made(tmp_path / "a.ab", sms=content)), Message)
    assert stated.from_party is not None
    assert stated.from_party.is_owner
    content = zlib.compress(b'[{"address":"07700 900456","type":"1","body":"note"}]')
    path = _made(tmp_path / "b.ab", sms=content)
    (told,) = of_kind(read_path(path, sidecar=Sidecar(owner_number="+447700900456")), Message)
    assert told.from_party is not None
    assert told.from_party.is_owner


@pytest.mark.parametrize("behind", [b"[]", b"x", zlib.compress(b'[{"body":"y","type":"1"}]')])
@pytest.mark.parametrize("is_inside", [True, False])
def test_what_stands_behind_a_list_is_named(tmp_path: Path, behind: bytes, is_inside: bool) -> None:  # noqa: FBT001 - a case
    texts = b'[{"body":"x","type":"1"}]'
    content = zlib.compress(texts + behind) if is_inside else zlib.compress(texts) + behind
    result = read_path(_made(tmp_path / "b.ab", sms=content))
    assert [message.body for message in of_kind(result, Message)] == ["x"]
    assert codes_of(result) == {"input_malformed": 1}
    padded = zlib.compress(texts + b" \n") + bytes(9)
    assert codes_of(read_path(_made(tmp_path / "c.ab", sms=padded))) == {}


def test_an_unpacked_backup_gives_what_it_gave_packed(tmp_path: Path) -> None:
    content = write_adb_backup(tmp_path / "backup.ab", MULTIMEDIA, WHATSAPP, is_deflated=False).read_bytes()
    tar = content.split(b"\n", 4)[4]
    (tmp_path / "backup.tar").write_bytes(tar)
    with tarfile.open(fileobj=BytesIO(tar)) as archive:
        archive.extractall(tmp_path / "folder", filter="data")
    packed, *unpacked = (read_path(tmp_path / name) for name in ("backup.ab", "backup.tar", "folder"))
    for result in unpacked:
        assert [each.body for each in of_kind(result, Message)] == [each.body for each in of_kind(packed, Message)]
        assert [part.kind for part in result.parts] == [part.kind for part in packed.parts]
        assert result.parts[0].format_version is None


def test_what_lies_beside_an_unpacked_backup_is_read_too(tmp_path: Path) -> None:
    tar = write_adb_backup(tmp_path / "backup.ab", HOLDING, is_deflated=False).read_bytes().split(b"\n", 4)[4]
    with tarfile.open(fileobj=BytesIO(tar)) as archive:
        archive.extractall(tmp_path / "drop" / "HW7", filter="data")
    (tmp_path / "drop" / "a.csv").write_text("Date,Number,Direction,Message\n25/07/2024 13:00,07700900201,In,beside\n")
    result = read_path(tmp_path / "drop", sidecar=Sidecar(exhibit_ref="HW/7"))
    assert {part.parser for part in result.parts} == {"adb_backup", "table"}
