"""Odd drops through the console script: names, folders, links, sidecars, repeats, broken copies."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.demo.writers import damage
from ingest.demo.writers.ufdr import ReportForm, report_bytes, write_folder
from tests.acceptance.command_line import CommandLine
from tests.acceptance.hostile_cases import GRAVE, archived, ends, report, xml
from tests.acceptance.hostile_refusals import folder_naming_upward


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def drop(root: Path, name: str, *, folder: str = "drops") -> Path:
    """Write a good report and return its path."""
    target = root / folder
    target.mkdir(exist_ok=True)
    return damage.write(target / f"{name}.xml", xml(name, "ok"))


def test_one_content_under_several_names_is_one_extraction(command_line: CommandLine, tmp_path: Path) -> None:
    first = drop(tmp_path, "same")
    second = damage.write(first.with_name("other name.ufdr"), first.read_bytes())
    third = drop(tmp_path, "same", folder="another")
    finished = command_line.run("ingest", first, second, third, "--json")
    assert finished.code == 0, finished.err
    assert len({row["extraction_id"] for row in finished.rows()}) == 1
    assert sum(bool(row.get("already_held")) for row in finished.rows()) == 2
    assert Counter(record["body"] for record in command_line.records() if record["kind"] == "message") == Counter(
        ends("same", "ok")
    )
    again = command_line.run("ingest", third, "--json")
    assert again.code == 0
    assert again.rows()[0]["already_held"] is True


def test_one_content_in_two_folders_at_once_is_one_extraction(command_line: CommandLine, tmp_path: Path) -> None:
    """Two processes are started together on the same data folder: one waits for the other or is told to come again."""
    first = drop(tmp_path, "same")
    second = drop(tmp_path, "same", folder="another")
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda path: command_line.run("ingest", path, "--json"), (first, second)))
    codes = sorted(run.code for run in runs)
    assert codes[0] == 0, [run.err for run in runs]
    assert not any("Traceback" in run.err for run in runs)
    if codes[1] != 0:
        assert command_line.run("ingest", second, "--json").code == 0
    rows = [row for run in runs for row in run.rows() if row.get("extraction_id")]
    assert len({row["extraction_id"] for row in rows}) == 1
    assert Counter(record["body"] for record in command_line.records() if record["kind"] == "message") == Counter(
        ends("same", "ok")
    )


def test_two_contents_under_one_name_are_two_extractions(command_line: CommandLine, tmp_path: Path) -> None:
    first = drop(tmp_path, "one")
    (tmp_path / "b").mkdir()
    second = damage.write(tmp_path / "b" / first.name, xml("two", "ok"))
    finished = command_line.run("ingest", first, second, "--json")
    assert finished.code == 0, finished.err
    assert len({row["extraction_id"] for row in finished.rows()}) == 2


def test_a_link_is_not_followed(command_line: CommandLine, tmp_path: Path) -> None:
    link = tmp_path / "linked.xml"
    link.symlink_to(drop(tmp_path, "real"))
    finished = command_line.run("ingest", link, "--json")
    assert finished.code == 3, finished.err
    assert {notice["code"] for row in finished.rows() for notice in row["notices"]} == {"link_refused"}
    assert command_line.records() == []


def test_links_in_a_walked_folder_are_not_followed(command_line: CommandLine, tmp_path: Path) -> None:
    outside = drop(tmp_path, "outside", folder="elsewhere")
    inside = drop(tmp_path, "inside")
    (inside.parent / "link.xml").symlink_to(outside)
    (inside.parent / "link folder").symlink_to(outside.parent)
    (inside.parent / "loop").symlink_to(inside.parent)
    finished = command_line.run("ingest", inside.parent, "--json")
    bodies = {record["body"] for record in command_line.records() if record["kind"] == "message"}
    assert "inside alpha" in bodies
    assert "outside alpha" not in bodies
    assert finished.code in {0, 4}, finished.err


def test_a_path_that_is_not_there(command_line: CommandLine, tmp_path: Path) -> None:
    finished = command_line.run("ingest", tmp_path / "nowhere.ufdr", "--json")
    assert finished.code in {2, 3}
    assert "Traceback" not in finished.err


def test_a_file_that_may_not_be_read(command_line: CommandLine, tmp_path: Path) -> None:
    locked, open_one = drop(tmp_path, "locked"), drop(tmp_path, "open")
    locked.chmod(0)
    finished = command_line.run("ingest", locked, open_one, "--json", keeps_to_modes=True)
    assert finished.code == 4, finished.err
    assert {record["body"] for record in command_line.records() if record["kind"] == "message"} == set(
        ends("open", "ok")
    )


def test_bad_beside_good_is_partial(command_line: CommandLine, tmp_path: Path) -> None:
    good = drop(tmp_path, "good")
    damage.write(good.with_name("bad.pdf"), b"%PDF-1.7\n")
    finished = command_line.run("ingest", good.parent, "--json")
    assert finished.code == 4, finished.err
    assert sorted(row["state"] for row in finished.rows()) == ["complete", "refused"]


GOOD_SIDECAR = 'case_ref = "OP SIDECAR"\nexhibit_ref = "SC/9"\nowner_number = "07700 900555"\ntime_zone = "UTC"\n'


def test_a_sidecar_is_taken_with_its_delivery(command_line: CommandLine, tmp_path: Path) -> None:
    path = drop(tmp_path, "beside")
    path.with_name(f"{path.name}.trapline.toml").write_text(GOOD_SIDECAR)
    finished = command_line.run("ingest", path, "--json")
    assert finished.code == 0, finished.err
    (row,) = finished.rows()
    assert (row["case_ref"], row["exhibit_ref"]) == ("OP SIDECAR", "SC/9")
    assert "sidecar_disagrees" in {notice["code"] for notice in row["notices"]}


@pytest.mark.parametrize(
    "content",
    [
        b"this is = = not toml",
        b"\xff\xfe\x00broken",
        b'time_zone = "Mars/Olympus"\n',
        b'date_order = "sideways"\n',
        b"case_ref = 7\n",
        b'imei = "not a number"\n',
        b'owner_number = ["a"]\n',
    ],
    ids=["no-toml", "no-text", "no-zone", "no-order", "no-string", "no-imei", "a-list"],
)
def test_a_nonsense_sidecar_is_never_ignored(command_line: CommandLine, tmp_path: Path, content: bytes) -> None:
    path = drop(tmp_path, "nonsense")
    path.with_name(f"{path.name}.trapline.toml").write_bytes(content)
    finished = command_line.run("ingest", path, "--json")
    assert "Traceback" not in finished.err
    codes = {notice["code"] for row in finished.rows() for notice in row["notices"]}
    assert codes & {"sidecar_refused", "sidecar_key_unknown", "sidecar_disagrees"}, codes
    assert finished.code in ({3} if "sidecar_refused" in codes else {0, 4})


def test_an_unknown_sidecar_key_is_noticed(command_line: CommandLine, tmp_path: Path) -> None:
    path = drop(tmp_path, "key")
    path.with_name(f"{path.name}.trapline.toml").write_text('exhibit_ref = "SC/1"\nfavourite_colour = "red"\n')
    (row,) = command_line.run("ingest", path, "--json").rows()
    assert "sidecar_key_unknown" in {notice["code"] for notice in row["notices"]}
    assert row["exhibit_ref"] == "SC/1"


def test_a_folder_that_names_a_file_above_itself(command_line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "drops").mkdir()
    (tmp_path / "drops" / "outside.txt").write_text("secret of the folder above")
    folder = folder_naming_upward(tmp_path / "drops")
    finished = command_line.run("ingest", folder, "--json")
    assert finished.code == 4, finished.err
    kept = [path.read_bytes() for path in command_line.data.rglob("*") if path.is_file()]
    assert not any(b"secret of the folder above" in content for content in kept)


def test_a_folder_with_a_link_in_it(command_line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret beside the drop")
    folder = write_folder(tmp_path / "drops" / "handset", report("linked-folder", "ok"))
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "x.txt").symlink_to(tmp_path / "secret.txt")
    finished = command_line.run("ingest", folder, "--json")
    assert "Traceback" not in finished.err
    kept = [path.read_bytes() for path in command_line.data.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not any(b"secret beside the drop" in content for content in kept)
    bodies = Counter(record["body"] for record in command_line.records() if record["kind"] == "message")
    assert bodies == Counter(ends("linked-folder", "ok"))


def test_passwords_that_are_not_escaped_cost_no_text(command_line: CommandLine, tmp_path: Path) -> None:
    """Some versions write the Password model's value as bare text with markup characters in it."""
    password = (
        b'<modelType type="Password"><model type="Password" id="p" deleted_state="Intact">'
        b'<field name="Data" type="String"><value type="String">a<b&c]]></value></field></model></modelType>\n'
        b'    <modelType type="SMS">'
    )
    content = xml("password", "ok").replace(b'<modelType type="SMS">', password, 1)
    path = damage.write(tmp_path / "password.xml", content)
    finished = command_line.run("ingest", path, "--json")
    (row,) = finished.rows()
    bodies = {record["body"] for record in command_line.records() if record["kind"] == "message"}
    grave = {notice["code"] for notice in row["notices"] if notice["severity"] in GRAVE}
    assert bodies == set(ends("password", "ok")) or (grave and finished.code == 4)


def test_an_archive_around_a_delivery_is_read_or_named(command_line: CommandLine, tmp_path: Path) -> None:
    inner = archived("wrapped")
    path = damage.write(
        tmp_path / "evidence.zip", damage.archive_of([damage.Member(name="HW 1/HW-1.ufdr", content=inner)])
    )
    finished = command_line.run("ingest", path, "--json")
    bodies = {record["body"] for record in command_line.records() if record["kind"] == "message"}
    if finished.code == 0:
        assert bodies == set(ends("wrapped", "fine"))
    else:
        assert finished.code in {3, 4}
        assert all(row["remedy"] for row in finished.rows() if row["state"] == "refused")


def test_a_truncated_report_keeps_every_whole_text_wherever_it_is_cut(
    command_line: CommandLine, tmp_path: Path
) -> None:
    """A dozen places to break a copy off: what was whole before each is exported, and the loss is named."""
    content = report_bytes(report("cut", "middle"), ReportForm())
    end = content.index(b"</modelType>")
    places = range(content.index(b'<model type="SMS"') + 40, end, (end - 4000) // 12)
    paths = []
    for number, place in enumerate(places):
        # A comment of its own gives each copy its own hash.
        marked = content[:place].replace(b"<images />", f"<images /><!-- {number} -->".encode(), 1)
        paths.append(damage.write(tmp_path / f"cut-{number}.xml", marked))
    finished = command_line.run("ingest", *paths, "--json")
    assert finished.code == 4, finished.err
    records = command_line.records()
    for path, row in zip(paths, finished.rows(), strict=True):
        whole = path.read_bytes().count(b"</multiModelField>\n      </model>")
        found = [
            record
            for record in records
            if record["kind"] == "message" and record["extraction_id"] == row["extraction_id"]
        ]
        assert len(found) == whole, path.name
        # A longer copy of the same handset covers a shorter one.
        assert row["state"] in {"partial", "superseded"}
        assert {notice["code"] for notice in row["notices"]} >= {"input_truncated"}


def test_disk_residue_is_gone_after_a_refusal(command_line: CommandLine, tmp_path: Path) -> None:
    """What is refused is kept in custody or not at all; no half-written segment stays."""
    damage.write(tmp_path / "bad.ufdr", damage.protected_report())
    assert command_line.run("ingest", tmp_path / "bad.ufdr", "--json").code == 3
    left = [path for path in command_line.data.rglob("*") if path.is_file() and "segments" in path.parts]
    assert left == []
