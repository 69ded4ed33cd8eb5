"""An export of end-to-end encrypted conversations is one account where every file of it is looked at and says so."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from parsers.contract import Claim, Head
from parsers.formats.meta_json import MetaJsonParser
from parsers.identification import head_of
from tests.unit.parsers.formats.meta_json.test_meta import encrypted

OTHER = json.dumps({"chats": {"list": []}, "personal_information": {"user_id": 1}})


def claim_on(folder: Path, files: dict[str, str]) -> Claim | None:
    """Return the claim on an archive of these files."""
    path = folder / "messages.zip"
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"x/{name}", content)
    return MetaJsonParser().identify(head_of(path, path.name, is_folder=False))


def conversations(count: int) -> dict[str, str]:
    """Write the conversations of one account with so many people."""
    return {f"P{no}_{no}.json": encrypted([f"P{no}", "Kit"], f"P{no}_{no}", (f"P{no}", "yo")) for no in range(count)}


@pytest.mark.parametrize("count", [5, 70])
def test_no_other_export_among_many_conversations_is_taken(tmp_path: Path, count: int) -> None:
    assert claim_on(tmp_path, conversations(5)) is not None
    assert claim_on(tmp_path, {**conversations(count), "result.json": OTHER}) is None


def test_conversations_of_two_owners_are_not_one_account(tmp_path: Path) -> None:
    files = conversations(2)
    assert claim_on(tmp_path, {**files, "Ann_3.json": encrypted(["Bo", "Ann"], "Ann_3", ("Ann", "yo"))}) is None
    group = {"Crew_7.json": encrypted(["Bo", "Ann", "Kit"], "Crew_7", ("Ann", "yo"))}
    assert claim_on(tmp_path, {**files, **group}) is not None


def test_a_table_among_what_was_sent_is_read_by_itself(tmp_path: Path) -> None:
    files = conversations(2)
    assert claim_on(tmp_path, {**files, "media/calls.csv": "Number,Date\n"}) is None
    assert claim_on(tmp_path, {**files, "media/a.jpg": "x"}) is not None


def test_a_folder_of_many_files_is_looked_through_once() -> None:
    class Counted(str):
        __slots__ = ()
        compared = 0

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    names = tuple(Counted(f"x/{no}.json") for no in range(300))
    head = Head(name="x.zip", is_folder=False, first_bytes=b"", mime_type="application/zip", members=names)
    assert MetaJsonParser().identify(head) is None
    assert Counted.compared < 10 * len(names)
