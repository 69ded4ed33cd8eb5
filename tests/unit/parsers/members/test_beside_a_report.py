"""What lies in a folder beside one vendor's report: a delivery of its own, or a file that its reader names."""

from __future__ import annotations

from typing import Final

import pytest

from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.members.told_fronts import neighbour_test, own_beside_others
from parsers.registry import identify

_TELEGRAM: Final = b'{"name":"Jay","type":"personal_chat","id":1,"messages":[{"id":1,"date_unixtime":"1700000000"}]}'
_CHAT: Final = b"[23/07/2024, 11:00:00] Jay: one\n[23/07/2024, 11:01:00] Me: two\n"
_AXIOM: Final = (
    b'<Report><Artifact name="SMS"><Hits><Hit><Fragment name="Message">one</Fragment></Hit></Hits></Artifact>'
)
_SET: Final = b"<%s count='1' backup_set='aa' backup_date='1'><%s/></%s>"
_RUN: Final = {
    "sms.xml": _SET % (b"smses", b'sms address="1" date="1" body="b"', b"smses"),
    "calls.xml": _SET % (b"calls", b'call number="1" date="1" duration="1"', b"calls"),
}
REPORTS: Final[dict[str, dict[str, bytes]]] = {
    "telegram_json": {"result.json": _TELEGRAM},
    "whatsapp_text": {"_chat.txt": _CHAT},
    "axiom_xml": {"r.xml": _AXIOM},
    "vmg": {"1.vmg": b"BEGIN:VMSG\r\n", "2.vmg": b"BEGIN:VMSG\r\n"},
    "sms_backup_restore": _RUN,
}
NOTHING: Final[dict[str, bytes]] = {
    ".DS_Store": b"\0\0\0\1Bud1",
    "Thumbs.db": b"\xd0\xcf\x11\xe0",
    "._x": b"\0\5\x16\7",
    "a.txt": b"",
    "readme.txt": b"made by kiosk 4",
    "x.xml": b"<x/>",
    "x.json": b"{}",
    "x.dat": b"\0\1\2",
}


def folder(files: dict[str, bytes], unseen: tuple[str, ...] = ()) -> Head:
    members = tuple(sorted((*files, *unseen)))
    return Head(
        name="D", is_folder=True, first_bytes=b"", mime_type="inode/directory", members=members, member_heads=files
    )


@pytest.mark.parametrize("beside", NOTHING)
@pytest.mark.parametrize("name", REPORTS)
def test_a_folder_of_one_report_is_one_delivery_whatever_else_lies_in_it(name: str, beside: str) -> None:
    parser, claim = identify(folder({**REPORTS[name], beside: NOTHING[beside]}))
    assert (parser.name, claim.is_whole) == (name, True)


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "vmg"])
def test_a_report_with_a_delivery_beside_it_is_not_the_whole(name: str) -> None:
    other = {"other.txt": b"BEGIN:VMSG\r\n"}
    with pytest.raises(InputRefused, match="format_unknown"):
        identify(folder({**REPORTS[name], **other}))


def test_files_of_one_report_stay_together_beside_loose_deliveries() -> None:
    files = REPORTS["vmg"]
    parser, claim = identify(folder(files, ("contacts.vcf",)))
    assert (parser.name, claim.is_whole) == ("container", False)
    for collected in ("HW8.ufdr", "HW8/contacts.vcf", "all.tar.gz"):
        assert own_beside_others(folder(files, (collected,)), frozenset(files)) == ()
        with pytest.raises(InputRefused, match="format_unknown"):
            identify(folder(files, (collected,)))


def test_a_file_whose_front_was_not_looked_at_is_told_by_its_name() -> None:
    could_be = neighbour_test(folder({"seen.txt": b"a note", "chat.txt": _CHAT}, ("unseen.txt", "a.jpg")))
    assert [could_be(name) for name in ("seen.txt", "chat.txt", "unseen.txt", "a.jpg")] == [False, True, True, False]
    archive = Head(name="a.zip", is_folder=False, first_bytes=b"", mime_type="", member_heads={"seen.txt": b"a note"})
    in_archive = neighbour_test(archive)
    assert [in_archive(name) for name in ("seen.txt", "a.jpg")] == [True, False], "an archive's are told by their names"
