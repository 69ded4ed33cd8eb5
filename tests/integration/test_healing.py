"""The intact original that comes again heals a damaged copy in the vault; what it cannot heal is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assemble import open_workspace
from ingest.outcomes import Receipt
from ingest.printed.receipt_text import receipt_lines
from ingest.receipts import exit_code
from ingest.worker import verify
from tests.fakes.drops import drop, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")

NAME = "WhatsApp Chat with Kay.txt"
CHAT = "05/02/2024, 12:00 - Kay: u about\n05/02/2024, 12:01 - Sam: 5 mins\n" * 20


async def ingest(data_dir: Path, *paths: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        return await taken(workspace, *paths)


async def unsound(data_dir: Path) -> list[str]:
    async with open_workspace(settings_for(data_dir)) as workspace:
        return [check.detail for check in (await verify(workspace)).checks if not check.is_sound]


async def healings(data_dir: Path) -> list[dict[str, object]]:
    async with open_workspace(settings_for(data_dir)) as workspace:
        return [line["detail"] for line in workspace.audit.lines() if line["action"] == "heal"]  # type: ignore[misc]  # an audit line


def harm(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)


def contents(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "vault").glob("??/*/content"))


@pytest.mark.parametrize("is_gone", [False, True])
async def test_the_original_heals_a_damaged_copy_of_it(tmp_path: Path, is_gone: bool) -> None:  # noqa: FBT001  # a parameter
    path = drop(tmp_path / "drops", "one")
    await ingest(tmp_path / "data", path)
    (content,) = contents(tmp_path / "data")
    if is_gone:
        content.unlink()
    else:
        harm(content, b"x" + content.read_bytes()[1:])
    (receipt,) = await ingest(tmp_path / "data", path)
    assert content.read_bytes() == path.read_bytes()
    assert content.stat().st_mode & 0o777 == 0o400
    assert await unsound(tmp_path / "data") == []
    assert (receipt["state"], exit_code([receipt])) == ("complete", 0)
    assert any("was damaged" in line and "replaced from this delivery" in line for line in receipt_lines(receipt, None))
    (told,) = await healings(tmp_path / "data")
    assert (told["sha256"], told["original_path"]) == (content.parent.name, str(path))
    (again,) = await ingest(tmp_path / "data", path)
    assert not any("damaged" in line for line in receipt_lines(again, None))


async def test_another_file_under_the_name_of_the_original_heals_nothing(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    await ingest(tmp_path / "data", path)
    (content,) = contents(tmp_path / "data")
    harm(content, b"rubbish")
    drop(tmp_path / "drops", "one", bodies=("something else",))
    await ingest(tmp_path / "data", path)
    assert content.read_bytes() == b"rubbish"
    assert await healings(tmp_path / "data") == []


async def test_the_original_under_another_name_heals_it(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    await ingest(tmp_path / "data", path)
    (content,) = contents(tmp_path / "data")
    harm(content, b"rubbish")
    await ingest(tmp_path / "data", path.rename(tmp_path / "drops" / "copy of one.xml"))
    assert content.read_bytes() == (tmp_path / "drops" / "copy of one.xml").read_bytes()
    assert await unsound(tmp_path / "data") == []


async def test_all_deliveries_that_share_the_bytes_are_healed(tmp_path: Path) -> None:
    chats = [tmp_path / "drops" / NAME, tmp_path / "drops" / "WhatsApp Chat with Lee.txt"]
    chats[0].parent.mkdir()
    for chat in chats:
        chat.write_text(CHAT)
    await ingest(tmp_path / "data", *chats)
    first, second = contents(tmp_path / "data")
    assert first.samefile(second)
    harm(first, b"rubbish")
    await ingest(tmp_path / "data", chats[0])
    assert first.read_text() == second.read_text() == CHAT
    assert await unsound(tmp_path / "data") == []


async def test_a_file_of_a_folder_is_healed_and_one_that_was_added_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "drops" / "case"
    report = drop(folder, "report")
    (folder / "files").mkdir()
    (folder / "files" / "a.jpg").write_bytes(b"a picture")
    await ingest(tmp_path / "data", folder)
    (content,) = contents(tmp_path / "data")
    assert content.is_dir()
    harm(content / "report.xml", b"rubbish")
    (content / "files").chmod(0o700)
    (content / "files" / "a.jpg").unlink()
    (receipt,) = await ingest(tmp_path / "data", folder)
    assert (content / "report.xml").read_bytes() == report.read_bytes()
    assert await unsound(tmp_path / "data") == []
    assert (content / "files").stat().st_mode & 0o777 == 0o500
    assert exit_code([receipt]) == 0
    (content / "files").chmod(0o700)
    (content / "files" / "b.jpg").write_bytes(b"put there")
    (receipt,) = await ingest(tmp_path / "data", folder)
    assert any("is DAMAGED (files/b.jpg was added)" in line for line in receipt_lines(receipt, None))
    assert exit_code([receipt]) == 4
    assert (content / "files" / "b.jpg").exists()
