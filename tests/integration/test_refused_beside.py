"""A receipt names what lies beside something readable and cannot be read, with what to do, and is not whole."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import cast

import pytest

from ingest.assemble import open_workspace
from ingest.demo.writers.container import packed, packed_tar, write_collection
from ingest.outcomes import Receipt
from ingest.receipts import exit_code
from parsers.records.notice_codes import NOTICE_TABLE
from tests.fakes.drops import settings_for, taken

SMS = (
    b"<?xml version='1.0' encoding='UTF-8'?><smses count='1'><sms protocol='0' address='07700900123'"
    b" date='1707134400000' type='1' body='u about' read='1' status='-1' /></smses>"
)
KEYLESS = Random(7).randbytes(9_000)
BACKUP = "more/msgstore.db.crypt15"

pytestmark = pytest.mark.usefixtures("quick_analysis")


def put(folder: Path, form: str, members: dict[str, bytes]) -> Path:
    folder.mkdir()
    if form == "folder":
        path = write_collection(folder / "HW7", members)
        (folder / "HW7.trapline.toml").write_text('exhibit_ref = "HW/7"\n', encoding="utf-8")
        return path
    path = folder / f"HW7.{form}"
    path.write_bytes(packed(members) if form == "zip" else packed_tar(members))
    return path


async def ingest(tmp_path: Path, form: str, members: dict[str, bytes]) -> Receipt:
    path = put(tmp_path / "drops", form, members)
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        (receipt,) = await taken(workspace, path)
    return receipt


def notices_of(receipt: Receipt) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", receipt["notices"])


@pytest.mark.parametrize("form", ["zip", "tar", "folder"])
async def test_an_encrypted_backup_beside_texts_is_on_the_receipt(tmp_path: Path, form: str) -> None:
    receipt = await ingest(tmp_path, form, {"sms-20240205.xml": SMS, BACKUP: KEYLESS})
    (told,) = [notice for notice in notices_of(receipt) if notice["code"] == "database_encrypted"]
    assert (told["severity"], told["subject"]) == ("skipped", f"{BACKUP}: a backup of WhatsApp, by its name")
    assert told["remedy"] == NOTICE_TABLE["database_encrypted"].remedy
    assert not [notice for notice in notices_of(receipt) if notice["code"] == "member_not_read"]
    assert exit_code([receipt]) == 4


@pytest.mark.parametrize("form", ["zip", "tar", "folder"])
async def test_a_report_on_paper_beside_texts_makes_no_receipt_partial(tmp_path: Path, form: str) -> None:
    receipt = await ingest(tmp_path, form, {"sms-20240205.xml": SMS, "more/HW7.pdf": b"%PDF-1.4\n" + KEYLESS})
    assert [notice["code"] for notice in notices_of(receipt) if notice["severity"] == "skipped"] == []
    assert exit_code([receipt]) == 0
