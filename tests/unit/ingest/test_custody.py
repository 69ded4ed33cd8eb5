from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from ingest import copying
from ingest.custody import EMPTY_SHA256, Held, Vault
from ingest.deliveries import Found, find_deliveries
from ingest.receipts import custody_of
from parsers.errors import InputRefused

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    (tmp_path / "data" / "vault").mkdir(parents=True)
    return Vault(tmp_path / "data", tmp_path / "data" / "vault", tmp_path / "data" / "tmp", lambda: NOW)


@pytest.fixture
def drops(tmp_path: Path) -> Path:
    folder = tmp_path / "drops"
    folder.mkdir()
    return folder


def nothing(_count: int) -> None:
    """Take the count."""


def found(path: Path, *, is_report: bool = False) -> Found:
    (only,) = find_deliveries(path, lambda _: is_report)
    return only


def taken(vault: Vault, delivery: Found, on_bytes: Callable[[int], object]) -> Held:
    """Copy a delivery and keep it under the hash of its content, as the service does with one that is new."""
    copied = vault.copy(delivery, on_bytes)
    try:
        return vault.keep(copied, copied.manifest)
    finally:
        vault.discard(copied)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_is_held_under_its_hash_read_only_and_the_original_is_untouched(vault: Vault, drops: Path) -> None:
    path = drops / "x.xml"
    path.write_bytes(b"content" * 400_000)
    path.chmod(0o640)
    before = path.stat()
    told: list[int] = []
    held = taken(vault, found(path), told.append)
    assert held.manifest.sha256 == sha256(path.read_bytes())
    assert held.path.read_bytes() == path.read_bytes()
    assert held.path.stat().st_mode & 0o777 == 0o400
    assert held.stored_as == f"vault/{held.manifest.sha256[:2]}/{held.manifest.sha256}/content"
    assert sum(told) == held.manifest.size_bytes == 2_800_000
    after = path.stat()
    assert (before.st_mode, before.st_mtime_ns, before.st_ino, before.st_size) == (
        after.st_mode,
        after.st_mtime_ns,
        after.st_ino,
        after.st_size,
    )
    assert held.manifest.received_at == "2026-11-25T08:30:00.000Z"
    assert list((drops.parent / "data" / "tmp").iterdir()) == []
    assert vault.check(held.manifest.sha256, nothing) == ""


def test_the_same_content_under_another_name_is_held_once(vault: Vault, drops: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (drops / name).write_bytes(b"same")
    first, second = taken(vault, found(drops / "a.xml"), nothing), taken(vault, found(drops / "b.xml"), nothing)
    assert first == second
    assert list(vault.hashes()) == [first.manifest.sha256]


def test_the_hash_of_a_folder_is_over_its_sorted_lines(vault: Vault, drops: Path) -> None:
    folder = drops / "case"
    (folder / "files").mkdir(parents=True)
    (folder / "report.xml").write_bytes(b"report")
    (folder / "files" / "b.jpg").write_bytes(b"b")
    (folder / "files" / "a.jpg").write_bytes(b"")
    held = taken(vault, found(folder, is_report=True), nothing)
    lines = [
        f"files/a.jpg\0{sha256(b'')}",
        f"files/b.jpg\0{sha256(b'b')}",
        f"report.xml\0{sha256(b'report')}",
    ]
    assert held.manifest.sha256 == sha256("\n".join(lines).encode())
    assert held.manifest.size_bytes == 7
    assert (held.path / "files" / "b.jpg").read_bytes() == b"b"
    assert all(path.stat().st_mode & 0o222 == 0 for path in held.path.rglob("*"))
    assert vault.check(held.manifest.sha256, nothing) == ""


def test_links_and_pipes_in_a_folder_are_left_out_and_named(vault: Vault, drops: Path) -> None:
    secret = drops / "secret.txt"
    secret.write_text("not part of it", encoding="utf-8")
    folder = drops / "case"
    folder.mkdir()
    (folder / "report.xml").write_bytes(b"report")
    (folder / "link.txt").symlink_to(secret)
    (folder / "far").symlink_to(drops)
    os.mkfifo(folder / "pipe")
    held = taken(vault, found(folder, is_report=True), nothing)
    assert [path.name for path in held.path.iterdir()] == ["report.xml"]
    assert {(item.name, item.code) for item in held.manifest.left_out} == {
        ("far", "link_refused"),
        ("link.txt", "link_refused"),
        ("pipe", "input_special"),
    }


def test_companions_of_sqlite_are_taken_and_other_neighbours_are_not(vault: Vault, drops: Path) -> None:
    path = drops / "mmssms.db"
    path.write_bytes(b"SQLite format 3\x00rest")
    for suffix in ("-wal", "-shm", "-other"):
        (drops / f"mmssms.db{suffix}").write_bytes(suffix.encode())
    held = taken(vault, found(path), nothing)
    assert held.manifest.companions == ("-wal", "-shm")
    assert held.manifest.sha256 == sha256(path.read_bytes())
    assert (held.path.parent / "content-wal").read_bytes() == b"-wal"
    assert sorted(file.name for file in held.path.parent.iterdir()) == [
        "content",
        "content-shm",
        "content-wal",
        "manifest.json",
    ]
    assert vault.check(held.manifest.sha256, nothing) == ""


def test_the_same_database_with_another_log_is_another_delivery(vault: Vault, drops: Path) -> None:
    """Rows can be in the write-ahead log alone: taking it for the same would lose them without a word."""
    path = drops / "mmssms.db"
    path.write_bytes(b"SQLite format 3\x00rest")
    (drops / "mmssms.db-wal").write_bytes(b"one")
    first = taken(vault, found(path), nothing)
    (drops / "mmssms.db-wal").write_bytes(b"two")
    second = taken(vault, found(path), nothing)
    assert first.manifest.sha256 != second.manifest.sha256
    assert (second.path.parent / "content-wal").read_bytes() == b"two"
    assert vault.check(second.manifest.sha256, nothing) == ""


def test_a_sidecar_is_held_beside_and_a_newer_one_holds(vault: Vault, drops: Path) -> None:
    path, sidecar = drops / "x.xml", drops / "x.xml.trapline.toml"
    path.write_bytes(b"content")
    plain = taken(vault, found(path), nothing)
    assert (plain.sidecar, plain.sidecar_name) == (None, None)
    sidecar.write_bytes(b'exhibit_ref = "A/1"')
    first = taken(vault, found(path), nothing)
    again = taken(vault, found(path), nothing)
    sidecar.write_bytes(b'exhibit_ref = "A/2"')
    second = taken(vault, found(path), nothing)
    sidecar.unlink()
    without = taken(vault, found(path), nothing)
    assert [held.sidecar_name for held in (first, again, second)] == [
        "sidecar-1.toml",
        "sidecar-1.toml",
        "sidecar-2.toml",
    ]
    assert second.earlier_sidecars == (first.sidecar,)
    assert first.manifest.sha256 == second.manifest.sha256 == plain.manifest.sha256
    assert second.sidecar is not None
    assert second.sidecar.read_bytes() == b'exhibit_ref = "A/2"'
    assert without.sidecar == second.sidecar
    assert len(list(first.path.parent.glob("sidecar-*.toml"))) == 2


def refusal_of(take: Callable[[], object]) -> str:
    with pytest.raises(InputRefused) as caught:
        take()
    return caught.value.code


def test_what_cannot_be_taken_is_refused_with_its_code(vault: Vault, drops: Path) -> None:
    (drops / "empty.xml").touch()
    (drops / "nothing").mkdir()
    (drops / "x.xml").write_bytes(b"x")
    (drops / "x.xml.trapline.toml").mkdir()
    assert refusal_of(lambda: taken(vault, found(drops / "empty.xml"), nothing)) == "input_empty"
    assert refusal_of(lambda: taken(vault, found(drops / "nothing", is_report=True), nothing)) == "input_empty"
    assert refusal_of(lambda: taken(vault, found(drops / "x.xml"), nothing)) == "sidecar_refused"
    gone = found(drops / "empty.xml")
    (drops / "empty.xml").unlink()
    assert refusal_of(lambda: taken(vault, gone, nothing)) == "input_missing"
    os.mkfifo(drops / "empty.xml")
    assert refusal_of(lambda: taken(vault, gone, nothing)) == "input_special"
    (drops / "empty.xml").unlink()
    (drops / "empty.xml").symlink_to(drops / "x.xml")
    assert refusal_of(lambda: taken(vault, gone, nothing)) == "input_unreadable"
    assert list(vault.hashes()) == []
    assert list((drops.parent / "data" / "tmp").iterdir()) == []


@pytest.mark.parametrize("change", ["append", "replace", "remove"])
def test_a_file_that_changes_while_it_is_copied_is_refused(vault: Vault, drops: Path, change: str) -> None:
    path = drops / "x.xml"
    path.write_bytes(b"x" * 3_000_000)
    changed = False

    def during(_count: int) -> None:
        nonlocal changed
        if changed:
            return
        changed = True
        if change == "append":
            with path.open("ab") as file:
                file.write(b"more")
        else:
            path.unlink()
            if change == "replace":
                path.write_bytes(b"x" * 3_000_000)

    assert refusal_of(lambda: taken(vault, found(path), during)) == "input_changing"
    assert list(vault.hashes()) == []


def test_a_folder_that_changes_while_it_is_copied_is_refused(vault: Vault, drops: Path) -> None:
    folder = drops / "case"
    folder.mkdir()
    (folder / "report.xml").write_bytes(b"report")
    it = found(folder, is_report=True)
    assert (
        refusal_of(lambda: taken(vault, it, lambda _: (folder / "late.jpg").write_bytes(b"late"))) == "input_changing"
    )


def test_a_name_in_any_encoding_is_taken(vault: Vault, drops: Path) -> None:
    folder = drops / "case"
    folder.mkdir()
    (folder / "report.xml").write_bytes(b"report")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jpg")).write_bytes(b"odd")
    held = taken(vault, found(folder, is_report=True), nothing)
    assert [file.name for file in held.manifest.files] == ["report.xml", "\\xff.jpg"]
    assert vault.check(held.manifest.sha256, nothing) == ""


@pytest.mark.parametrize("harm", ["changed", "removed", "added", "manifest"])
def test_harm_to_what_is_held_is_found(vault: Vault, drops: Path, harm: str) -> None:
    folder = drops / "case"
    folder.mkdir()
    (folder / "report.xml").write_bytes(b"report")
    (folder / "a.jpg").write_bytes(b"a")
    held = taken(vault, found(folder, is_report=True), nothing)
    held.path.chmod(0o700)
    if harm == "changed":
        (held.path / "a.jpg").chmod(0o600)
        (held.path / "a.jpg").write_bytes(b"b")
    elif harm == "removed":
        (held.path / "a.jpg").unlink()
    elif harm == "added":
        (held.path / "new.jpg").write_bytes(b"new")
    else:
        manifest = held.path.parent / "manifest.json"
        manifest.chmod(0o600)
        manifest.write_bytes(b"{}")
    assert vault.check(held.manifest.sha256, nothing) != ""


def test_the_empty_hash_is_the_hash_of_nothing() -> None:
    assert sha256(b"") == EMPTY_SHA256
    assert copying.folder_sha256([]) == EMPTY_SHA256


def test_the_parts_of_an_archive_are_held_joined_and_each_with_its_hash(vault: Vault, drops: Path) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("sms.xml", b"<smses/>" * 40)
    for number in range(3):
        (drops / f"HW7.zip.{number + 1:03}").write_bytes(out.getvalue()[number * 160 : (number + 1) * 160])
    before = sorted(drops.iterdir())
    held = taken(vault, found(drops), nothing)
    assert held.path.read_bytes() == out.getvalue()
    assert held.manifest.sha256 == sha256(held.path.read_bytes())
    assert [(part.name, part.sha256) for part in held.manifest.parts] == [
        (path.name, sha256(path.read_bytes())) for path in before
    ]
    assert vault.check(held.manifest.sha256, nothing) == ""
    assert sorted(drops.iterdir()) == before, "nothing is written beside the original"
    assert [part.name for part in custody_of(held).parts] == [path.name for path in before]
    wrong = msgspec.structs.replace(held.manifest.parts[1], sha256=EMPTY_SHA256)
    parts = (held.manifest.parts[0], wrong, held.manifest.parts[2])
    manifest = held.path.with_name("manifest.json")
    manifest.chmod(0o600)
    manifest.write_bytes(msgspec.json.encode(msgspec.structs.replace(held.manifest, parts=parts)))
    assert vault.check(held.manifest.sha256, nothing) == "its part HW7.zip.002 does not match its hash"


def test_names_of_parts_in_any_encoding_are_held_as_they_can_be_shown(vault: Vault, drops: Path) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("sms.xml", b"<smses/>" * 40)
    for number in range(3):
        name = os.fsdecode(b"Zo\xeb.zip.%03d" % (number + 1))
        (drops / name).write_bytes(out.getvalue()[number * 160 : (number + 1) * 160])
    held = taken(vault, found(drops), nothing)
    assert [part.name for part in held.manifest.parts] == [f"Zo\\xeb.zip.{number:03}" for number in (1, 2, 3)]
