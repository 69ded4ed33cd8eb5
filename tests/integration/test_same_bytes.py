"""The same bytes twice: one delivery, or two that names or devices tell apart. Nothing is lost either way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest import into_vault
from ingest.assemble import open_workspace
from ingest.custody import Manifest
from ingest.outcomes import Receipt
from ingest.receipts import exit_code
from ingest.worker import rebuild, reparse, verify
from tests.fakes.drops import exported_from, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")

CHAT = "14/08/2024, 10:18 - Sue: Sunny on now 3 for 25 ring in\n"
PAIR = "14/08/2024, 10:18 - Sue: u about\n14/08/2024, 10:19 - Jay: yes m8\n"
TABLE = "Time,From,Text\n2024-08-14 10:18:00,07700 900123,u about\n2024-08-14 10:19:00,07700 900124,omw\n"
NUMBERS = ("+44 7700 900123", "+44 7700 900124", "+44 7700 900125")


def chat(folder: Path, name: str, text: str = CHAT, **stated: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    if stated:
        lines = [f'{key} = "{value}"\n' for key, value in stated.items()]
        path.with_name(f"{name}.trapline.toml").write_text("".join(lines), encoding="utf-8")
    return path


def chat_with(whom: str) -> str:
    return f"WhatsApp Chat with {whom}.txt"


async def ingest(data_dir: Path, *paths: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        return await taken(workspace, *paths)


def ids(receipts: list[Receipt]) -> list[object]:
    return [receipt["extraction_id"] for receipt in receipts]


def codes(receipt: Receipt) -> set[str]:
    notices: Any = receipt["notices"]
    return {notice["code"] for notice in notices}


async def recipients(data_dir: Path) -> list[str]:
    records: Any = await exported_from(data_dir)
    return sorted(
        party["raw"] or party["name"]
        for record in records
        if record["kind"] == "message" and record["duplicate_of"] is None
        for party in record["to"]
    )


async def test_chats_that_their_names_alone_tell_apart_are_all_held(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    for number in NUMBERS:
        chat(drops, chat_with(number), case_ref="OP X", exhibit_ref="A/1", owner_number="07700 900500")
    receipts = await ingest(data_dir, drops)
    assert len(set(ids(receipts))) == len(NUMBERS)
    assert len({(receipt["sha256"], receipt["device_id"]) for receipt in receipts}) == 1
    assert exit_code(receipts) == 0
    assert await recipients(data_dir) == list(NUMBERS)
    records: Any = await exported_from(data_dir)
    assert {record["source"]["file_sha256"] for record in records} == {receipts[0]["sha256"]}
    assert len({record["record_id"] for record in records}) == len(records)

    again = await ingest(data_dir, drops)
    assert (ids(again), {receipt["already_held"] for receipt in again}) == (ids(receipts), {True})
    copies = tmp_path / "copies"
    for number, ending in zip(NUMBERS, (" (1)", "", " - Copy"), strict=True):
        chat(copies, f"WhatsApp Chat with {number}{ending}.txt")
    copied = await ingest(data_dir, copies)
    assert (set(ids(copied)), {receipt["already_held"] for receipt in copied}) == (set(ids(receipts)), {True})

    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        bytes_of = {path.stat().st_ino for path in (data_dir / "vault").glob("*/*/content")}
        assert len(bytes_of) == 1, "the bytes are there once"
        named = [str(receipts[0]["sha256"])]
        assert set(ids([each async for each in reparse(workspace, named)])) == set(ids(receipts))
        await rebuild(workspace)
        assert (await verify(workspace)).is_sound
    assert await recipients(data_dir) == list(NUMBERS)


async def test_a_sidecar_that_is_corrected_later_takes_no_others_delivery(tmp_path: Path) -> None:
    """What stands between is refused, and of no device yet: the delivery of the first one is not its own."""
    data_dir = tmp_path / "data"
    one = chat(tmp_path / "one", chat_with("Jay"), case_ref="OP X", exhibit_ref="A/1")
    two = chat(tmp_path / "two", chat_with("Jay"), case_ref="OP X", exhibit_ref="A/2")
    sidecar = two.with_name(f"{two.name}.trapline.toml")
    right = sidecar.read_bytes()
    sidecar.write_bytes(b"exhibit_ref = A/2\n")
    first, refused = await ingest(data_dir, one, two)
    assert (first["exhibit_ref"], refused["state"], refused["sha256"]) == ("A/1", "refused", first["sha256"])
    sidecar.write_bytes(right)
    (corrected,) = await ingest(data_dir, two)
    assert corrected["exhibit_ref"] == "A/2"
    (again,) = await ingest(data_dir, one)
    assert (again["exhibit_ref"], again["extraction_id"]) == ("A/1", first["extraction_id"])
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        assert len(workspace.journal.extractions()) == 2
        assert (await verify(workspace)).is_sound


async def test_the_key_does_not_depend_on_what_came_before(tmp_path: Path) -> None:
    """Two sites that share an index may hold one of the chats each."""
    paths = [chat(tmp_path / "drops", chat_with(number)) for number in NUMBERS]
    together = await ingest(tmp_path / "together", *paths)
    alone = await ingest(tmp_path / "alone", paths[-1])
    assert ids(alone) == ids(together[-1:])


@pytest.mark.parametrize(
    ("names", "text", "count"),
    [
        (("export.txt", "chat.txt"), PAIR, 1),
        (("Jay.txt", "Jay (1).txt", "export.txt"), PAIR, 2),
        (("Jay.txt", "Sue.txt"), PAIR, 2),
        (("list.csv", "export.csv"), TABLE, 1),
        (("whatsapp texts.csv", "signal texts.csv"), TABLE, 2),
        (("whatsapp texts.csv", "whatsapp texts (1).csv"), TABLE, 1),
    ],
)
async def test_a_name_counts_as_far_as_records_depend_on_it(
    tmp_path: Path, names: tuple[str, ...], text: str, count: int
) -> None:
    paths = [chat(tmp_path / "drops", name, text) for name in names]
    receipts = await ingest(tmp_path / "data", *paths)
    assert {receipt["state"] for receipt in receipts} <= {"complete", "complete_with_notices"}
    assert len(set(ids(receipts))) == count


async def test_a_chat_from_ios_has_the_name_of_its_folder(tmp_path: Path) -> None:
    """Each is called ``_chat.txt``; a sidecar of its own makes it a delivery of its own."""
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    for whom in ("Jay", "Sue"):
        chat(drops / f"WhatsApp Chat - {whom}", "_chat.txt", PAIR, exhibit_ref="A/1")
    first = await ingest(data_dir, drops)
    assert {receipt["file_name"] for receipt in first} == {"_chat.txt"}
    assert len(set(ids(first))) == 2
    assert not any("owner_untold" in codes(receipt) for receipt in first)
    told = await recipients(data_dir)
    assert told == ["Jay", "Jay", "Sue", "Sue"]
    again = await ingest(data_dir, drops)
    assert (ids(again), {receipt["already_held"] for receipt in again}) == (ids(first), {True})
    # The same chat elsewhere, under the name that it had, is the same delivery.
    copy = chat(tmp_path / "copy" / "WhatsApp Chat - Sue", "_chat.txt", PAIR, exhibit_ref="A/1")
    assert ids(await ingest(data_dir, copy)) == [ids(first)[1]]
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        assert set(ids([each async for each in reparse(workspace)])) == set(ids(first))
        await rebuild(workspace)
        assert (await verify(workspace)).is_sound
    assert await recipients(data_dir) == told


async def test_one_export_of_two_handsets_is_held_for_both(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    one = chat(tmp_path / "one", chat_with("Jay"), case_ref="OP X", exhibit_ref="A/1")
    two = chat(tmp_path / "two", chat_with("Jay"), case_ref="OP X", exhibit_ref="A/2")
    receipts = await ingest(data_dir, one, two)
    assert [receipt["exhibit_ref"] for receipt in receipts] == ["A/1", "A/2"]
    assert len({receipt["device_id"] for receipt in receipts}) == len(set(ids(receipts))) == 2
    assert ["content_of_two_devices" in codes(receipt) for receipt in receipts] == [False, True]
    # Brought again, from there or elsewhere, each is itself; without a sidecar it is none of a third device.
    three = chat(tmp_path / "three", chat_with("Jay"), case_ref="OP X", exhibit_ref="a/2")
    bare = chat(tmp_path / "bare", chat_with("Jay"))
    again = await ingest(data_dir, two, one, three, bare)
    assert ids(again)[:3] == [*reversed(ids(receipts)), ids(receipts)[1]]
    assert {receipt["already_held"] for receipt in again} == {True, False}, "the third has another sidecar"
    assert len({str(extraction) for extraction in ids(again)}) == 2
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        assert len(workspace.journal.extractions()) == 2
        assert (await verify(workspace)).is_sound


async def test_a_sidecar_that_is_corrected_to_another_device_says_what_it_replaces(tmp_path: Path) -> None:
    """From the same place it may be a slip of the pen that is corrected, or another handset: both are said."""
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    (first,) = await ingest(data_dir, chat(drops, chat_with("Jay"), exhibit_ref="A/1"))
    (second,) = await ingest(data_dir, chat(drops, chat_with("Jay"), exhibit_ref="A/2"))
    assert (second["extraction_id"], second["exhibit_ref"]) == (first["extraction_id"], "A/2")
    assert "device_replaced" in codes(second)
    assert exit_code([second]) == 4
    (other,) = await ingest(data_dir, chat(tmp_path / "other", chat_with("Jay"), exhibit_ref="A/1"))
    assert (other["exhibit_ref"], "device_replaced" in codes(other)) == ("A/1", False)
    assert other["extraction_id"] != first["extraction_id"]
    (last,) = await ingest(data_dir, chat(tmp_path / "last", chat_with("Jay"), exhibit_ref="A/2"))
    assert last["extraction_id"] == first["extraction_id"]


async def test_what_an_earlier_version_took_keeps_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asked no names: the first chat has the hash of its bytes for a key, and is the same chat now."""
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    old, *new = (chat(drops, chat_with(number)) for number in NUMBERS)

    async def unasked(naming: Any) -> Manifest:
        manifest: Manifest = naming._copied.manifest
        return manifest

    with monkeypatch.context() as patch:
        patch.setattr(into_vault._Naming, "manifest", unasked)
        (held,) = await ingest(data_dir, old)
        assert f"/{held['sha256']}/" in str(held["custody"])
    copy = chat(tmp_path / "copy", f"WhatsApp Chat with {NUMBERS[0]} (1).txt")
    receipts = await ingest(data_dir, old, copy, *new)
    assert [receipt["already_held"] for receipt in receipts] == [True, True, False, False]
    assert ids(receipts)[:2] == [held["extraction_id"]] * 2
    assert await recipients(data_dir) == list(NUMBERS)
    # A name that says nothing would have the key that the old one has.
    (nameless,) = await ingest(data_dir, chat(tmp_path / "nameless", "export.txt"))
    assert nameless["extraction_id"] not in ids(receipts)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        assert (await verify(workspace)).is_sound


async def test_what_a_name_kept_from_being_read_is_read_under_another(tmp_path: Path) -> None:
    """Octets of a phone book's record say nothing of what they are; the name of the card's file does."""
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    drops.mkdir()
    number = bytes.fromhex("07 91 44 77 00 09 10 32 ff ff ff ff ff ff")
    unnamed, book, fixed = (drops / name for name in ("dump.dat", "ADN.bin", "FDN.bin"))
    for path in (unnamed, book, fixed):
        path.write_bytes(b"Jay".ljust(14, b"\xff") + number)
    receipts = await ingest(data_dir, unnamed, book, fixed)
    assert [receipt["state"] for receipt in receipts] == ["refused", "complete", "complete"]
    assert len(set(ids(receipts))) == 3
    again = await ingest(data_dir, fixed, book, unnamed)
    assert [receipt["already_held"] for receipt in again] == [True] * 3
    assert ids(again) == [*reversed(ids(receipts))]
