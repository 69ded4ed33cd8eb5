"""Picture messages: parts, addresses, groups, and media that are never held."""

from __future__ import annotations

import resource
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contract import Delivery, ReadContext
from parsers.formats.sms_backup_restore import SmsBackupRestoreParser
from parsers.formats.sms_backup_restore.media_skipper import KEPT_CHARS, MediaSkipper, media_size
from parsers.records.facts import Message
from parsers.records.values import Attachment, Party
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    E164,
    PEER,
    addr,
    backup,
    bodies_of,
    codes,
    messages_of,
    mms,
    part,
    read_text,
)

OWN = "+447700900100"
JAY = Party(PEER, E164)


def test_a_picture_message_whole(tmp_path: Path) -> None:
    picture = b64encode(b"\xff\xd8" + bytes(9_000)).decode()
    element = mms(
        part("application/smil", "&lt;smil/&gt;", seq="-1"),
        part("text/plain", "look &#55357;&#56834;"),
        part("image/jpeg", data=picture, name="IMG_1.jpg"),
        addresses=(addr(PEER, 137), addr(OWN, 151)),
        m_id="id-1",
    )
    result = read_text(tmp_path, backup(element))
    (only,) = messages_of(result)
    assert (only.service, only.body, only.direction, only.folder) == ("mms", "look \U0001f602", "incoming", "inbox")
    assert only.from_party == JAY
    assert only.to == (Party(OWN, OWN, is_owner=True),)
    assert only.attachments == (Attachment("IMG_1.jpg", "image/jpeg", 9_002),)
    assert only.time.utc == "2024-05-10T14:30:58.724Z"
    assert ("m_id", "id-1") in only.extra
    assert only.source.locator == "mms 1"
    assert codes(result) == {}


@pytest.mark.parametrize(
    ("box", "kind", "direction", "status"),
    [
        ("1", "132", "incoming", "read"),
        ("2", "128", "outgoing", "sent"),
        ("3", "128", "draft", None),
        ("4", "128", "outgoing", "outbox"),
        ("0", "128", "outgoing", None),
        ("null", "132", "incoming", None),
        ("1", "130", "incoming", "notification"),
        ("null", "null", "unknown", None),
    ],
)
def test_boxes(tmp_path: Path, box: str, kind: str, direction: str, status: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(mms(part("text/plain", "x"), msg_box=box, m_type=kind))))
    assert (only.direction, only.status) == (direction, status)


def test_a_group_that_came_in(tmp_path: Path) -> None:
    others = ("+447700900123", "07700 900124")
    element = mms(
        part("text/plain", "x"),
        addresses=(addr(PEER, 137), addr(others[0], 151), addr("+447700900124", 130), addr(OWN, 151)),
        address="~".join((E164, *others)),
        contact_name="Jay, Bo, Cy",
    )
    (only,) = messages_of(read_text(tmp_path, backup(element)))
    assert only.from_party == JAY
    assert [(each.raw, each.is_owner) for each in only.to] == [
        (others[0], None),
        ("+447700900124", None),
        (OWN, True),
    ]
    assert ("contact_name", "Jay, Bo, Cy") in only.extra


def test_a_group_that_went_out(tmp_path: Path) -> None:
    element = mms(
        part("text/plain", "x"),
        addresses=(addr("insert-address-token", 137), addr("07700900456", 151), addr("07700900123", 151)),
        address="07700900456~07700900123~insert-address-token",
        msg_box="2",
        m_type="128",
    )
    (only,) = messages_of(read_text(tmp_path, backup(element)))
    assert only.from_party is None
    assert [each.e164 for each in only.to] == ["+447700900456", "+447700900123"]
    own = element.replace("insert-address-token", OWN)
    (only,) = messages_of(read_text(tmp_path, backup(own)))
    assert only.from_party == Party(OWN, OWN, is_owner=True)
    assert [each.e164 for each in only.to] == ["+447700900456", "+447700900123"]


def test_without_addresses(tmp_path: Path) -> None:
    came_in, went_out, group = messages_of(
        read_text(
            tmp_path,
            backup(
                mms(part("text/plain", "x"), contact_name="Jay"),
                mms(part("text/plain", "x"), msg_box="2", m_type="128"),
                mms(part("text/plain", "x"), address="07700900456~07700900123"),
            ),
        )
    )
    assert (came_in.from_party, came_in.to) == (Party(PEER, E164, "Jay"), ())
    assert (went_out.from_party, went_out.to) == (None, (JAY,))
    assert (group.from_party, [each.raw for each in group.to]) == (None, ["07700900456", "07700900123"])


def test_a_recipient_that_only_the_conversation_lists_is_not_lost(tmp_path: Path) -> None:
    element = mms(part("text/plain", "x"), addresses=(addr(PEER, 137),), address=f"{PEER}~60777")
    (only,) = messages_of(read_text(tmp_path, backup(element)))
    assert (only.from_party, only.to) == (JAY, (Party("60777"),))


def test_parts(tmp_path: Path) -> None:
    several = mms(
        part("text/plain", "one"), part("text/plain", "two"), part("text/x-vCard", "BEGIN:VCARD", name="a.vcf")
    )
    packed = mms(part("text/plain", data=b64encode("gr\u00fc\u00df".encode()).decode()))
    only_picture = mms(part("image/png", data="AAAA", cl="p.png"))
    neither = mms()
    empty = mms(part("text/plain", ""), part("text/plain; charset=utf-8", "null"))
    result = read_text(tmp_path, backup(several, packed, only_picture, neither, empty))
    assert bodies_of(result) == ["one\ntwo", "gr\u00fc\u00df", None, None, ""]
    first, _, third, *_ = messages_of(result)
    assert first.body_notices == ("joined_parts",)
    assert first.attachments == (Attachment("a.vcf", "text/x-vCard", None),)
    assert third.attachments == (Attachment("p.png", "image/png", 3),)
    turned = mms(part("text/plain", "two", seq="1"), part("text/plain", "one", seq="0"))
    assert bodies_of(read_text(tmp_path, backup(turned))) == ["one\ntwo"]


def test_subjects(tmp_path: Path) -> None:
    odd = "gr\u00fc\u00df".encode().decode("latin-1")
    result = read_text(
        tmp_path, backup(mms(sub="hello"), mms(sub=odd, sub_cs="106"), mms(sub="gr\u00fc\u00df", sub_cs="4"))
    )
    assert [dict(each.extra).get("subject") for each in messages_of(result)] == [
        "hello",
        "gr\u00fc\u00df",
        "gr\u00fc\u00df",
    ]


def test_seconds_are_known_by_their_size(tmp_path: Path) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(mms(date="1715351458", date_sent="1715351451"))))
    assert (only.time.raw, only.time.utc) == ("1715351458", "2024-05-10T14:30:58.000Z")
    assert only.times.sent is not None
    assert only.times.sent.utc == "2024-05-10T14:30:51.000Z"


def test_reports_are_counted_and_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(mms(m_type="134").replace("<parts></parts>", ""), mms(part("text/plain", "x"))))
    assert bodies_of(result) == ["x"]
    assert codes(result) == {"element_not_read": 1}


@given(
    st.integers(KEPT_CHARS, 9_000),
    st.lists(st.integers(1, 400), min_size=1, max_size=20),
    st.sampled_from([b'"', b"'"]),
    st.sampled_from([76, 100_000]),
)
def test_media_become_their_length_however_the_stream_is_cut(
    size: int, steps: list[int], quote: bytes, width: int
) -> None:
    packed = b64encode((bytes(range(256)) * 36)[:size])
    value = b"\n".join(packed[at : at + width] for at in range(0, len(packed), width))
    front, end = b'<mms a="&lt;part data=x"><part  ct="image/png" data=' + quote, quote + b' text="null"/><p data="1"/>'
    content = front + value + end
    skipper = MediaSkipper()
    passed, place, turn = b"", 0, 0
    while place < len(content):
        step = steps[turn % len(steps)]
        passed += skipper.feed(content[place : place + step])
        place, turn = place + step, turn + 1
    passed += skipper.close()
    assert passed.startswith(front)
    assert passed.endswith(end)
    assert media_size(passed[len(front) : -len(end)].decode()) == size


@given(
    st.lists(st.sampled_from([b"<part ", b"<par", b"t", b'data="', b'"', b"'", b">", b"/>", b" ", b"x=", b"A" * 50]))
)
def test_the_skipper_passes_everything_that_is_no_media(pieces: list[bytes]) -> None:
    content = b"".join(pieces)
    whole = MediaSkipper()
    at_once = whole.feed(content) + whole.close()
    by_byte = MediaSkipper()
    one_by_one = b"".join(by_byte.feed(content[place : place + 1]) for place in range(len(content))) + by_byte.close()
    assert at_once == one_by_one


@pytest.mark.parametrize(
    ("value", "size"),
    [("AAAA", 3), ("AAA=", 2), ("AA==", 1), ("#12345", 12345), ("not base64", None), ("#x", None), ("", None)],
)
def test_sizes(value: str, size: int | None) -> None:
    assert media_size(value) == size


def test_a_video_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    start, end = (
        backup(mms(part("text/plain", "clip"), part("video/mp4", data="@@", name="v.mp4"))).encode().split(b"@@")
    )
    with path.open("wb") as file:
        file.write(start)
        for _ in range(100):
            file.write(b"QUJD" * 262_144)
        file.write(end)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    events = SmsBackupRestoreParser().read(delivery, ReadContext(scratch_dir=tmp_path))
    (only,) = [event for event in events if isinstance(event, Message)]
    assert only.attachments == (Attachment("v.mp4", "video/mp4", 100 * 786_432),)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024


def test_the_placeholder_is_the_handset_and_nobody_else_is(tmp_path: Path) -> None:
    """A copy to somebody outside the conversation does not become the owner's own number."""
    copied = "+447700900222"
    element = mms(
        part("text/plain", "on"),
        addresses=(addr(PEER, 137), addr("insert-address-token", 151), addr(copied, 130)),
    )
    (only,) = messages_of(read_text(tmp_path, backup(element)))
    assert only.to == (Party(copied, copied),)
