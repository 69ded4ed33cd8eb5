from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.deliveries import Found, belongs_to, companion_of, companions_of, find_deliveries, shown_path
from parsers.sidecar_names import Beside, fault_of_name

SQLITE = b"SQLite format 3\x00"


ITS_NAME = "it is called as its file or folder is, with .trapline.toml behind that whole name"


def write(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def holds_report(folder: Path) -> bool:
    return (folder / "report.xml").exists()


def found(path: Path, *excluded: Path) -> list[Found]:
    return list(find_deliveries(path, holds_report, excluded))


def names(path: Path, root: Path) -> list[tuple[str, str | None]]:
    return [(item.path.relative_to(root).as_posix(), item.refusal) for item in found(path)]


def test_a_file_is_a_delivery(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml")
    assert found(path) == [Found(raw_path=os.fsencode(path))]


def test_a_folder_that_holds_a_report_is_one_delivery(tmp_path: Path) -> None:
    write(tmp_path / "case" / "report.xml")
    write(tmp_path / "case" / "files" / "a.jpg")
    assert [(item.path.name, item.is_folder) for item in found(tmp_path / "case")] == [("case", True)]


def test_any_other_folder_is_walked_to_any_depth_in_order(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "b" / "deep" / "deeper" / "z.xml")
    write(tmp_path / "drops" / "b" / "case" / "report.xml")
    write(tmp_path / "drops" / "a.xml")
    write(tmp_path / "drops" / "c.xml")
    (tmp_path / "drops" / "empty").mkdir()
    assert [name for name, _ in names(tmp_path / "drops", tmp_path / "drops")] == [
        "a.xml",
        "b/case",
        "b/deep/deeper/z.xml",
        "c.xml",
    ]


def test_a_data_folder_of_trapline_among_deliveries_is_left_out_by_name(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "a.xml")
    for name in ("journal.sqlite", "audit.jsonl", "vault/ab/content"):
        write(tmp_path / "drops" / "bk" / name)
    (only,) = found(tmp_path / "drops")
    assert (only.path.name, only.litter) == ("a.xml", ("bk (a data folder of Trapline)",))
    assert [each.refusal for each in found(tmp_path / "drops" / "bk")] == ["data_folder_given"]


def test_a_sidecar_makes_a_folder_a_delivery(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "case" / "anything.csv")
    write(tmp_path / "drops" / "case.trapline.toml")
    (only,) = found(tmp_path / "drops")
    assert (only.path.name, only.is_folder, only.has_sidecar) == ("case", True, True)


def test_a_sidecar_goes_with_its_file(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "x.xml")
    write(tmp_path / "drops" / "x.xml.trapline.toml")
    (only,) = found(tmp_path / "drops")
    assert (only.path.name, only.has_sidecar) == ("x.xml", True)


def test_a_sidecar_without_its_delivery_is_not_ignored(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "gone.xml.trapline.toml")
    assert names(tmp_path / "drops", tmp_path / "drops") == [("gone.xml.trapline.toml", "sidecar_refused")]


@pytest.mark.parametrize("name", ["HW7.CSV.TRAPLINE.TOML", "HW7.csv.trapline.TOML", "HW7.csv.TRAPLINE.TOML"])
def test_a_sidecar_in_capitals_is_the_sidecar(tmp_path: Path, name: str) -> None:
    main, sidecar = write(tmp_path / "drops" / "HW7.csv"), write(tmp_path / "drops" / name)
    (only,) = found(tmp_path / "drops")
    assert (only.path, only.has_sidecar, only.sidecar_path) == (main, True, sidecar)
    assert belongs_to(sidecar, [main])
    assert found(sidecar)[0].subject == "name its delivery, not the sidecar"


def test_of_two_sidecars_that_differ_in_capitals_one_holds_and_the_other_is_told(tmp_path: Path) -> None:
    sidecar = write(tmp_path / "drops" / "HW7.csv.trapline.toml")
    other = write(tmp_path / "drops" / "HW7.CSV.TRAPLINE.TOML")
    main = write(tmp_path / "drops" / "HW7.csv")
    items = {item.path: item for item in found(tmp_path / "drops")}
    assert (items[main].sidecar_path, items[main].has_sidecar) == (sidecar, True)
    assert items[other].refusal == "sidecar_refused"
    assert items[other].subject == "HW7.csv has another, HW7.csv.trapline.toml"
    assert not belongs_to(other, [main])


class Walked(list[Any]):
    """Counts how often it is walked."""

    count = 0

    def __iter__(self) -> Iterator[Any]:
        self.count += 1
        return super().__iter__()


def test_what_lies_beside_sidecars_is_not_walked_for_each(tmp_path: Path) -> None:
    """A folder that is watched may hold thousands of them before their deliveries come."""
    others = Walked(tmp_path / f"{number}.csv" for number in range(9))
    assert not belongs_to(tmp_path / "gone.csv.trapline.toml", others)
    assert belongs_to(tmp_path / "3.csv.trapline.toml", others)
    assert others.count == 0
    beside = Walked(path.name for path in others)
    beside.count = 0
    held = Beside(beside)
    for number in range(3):
        fault = fault_of_name(f"gone{number}.csv.trapline.toml", held)
        assert fault == f"it stands without its delivery; {ITS_NAME}"
    assert beside.count == 2, "once for its names and once for what they say, however many sidecars ask"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("HW7.trapline.toml", "it stands without its delivery; that of HW7.csv is called HW7.csv.trapline.toml"),
        ("hw7.CSV.trapline.toml", "it stands without its delivery; that of HW7.csv is called HW7.csv.trapline.toml"),
        *(
            (name, "its name is not one of a sidecar; that of HW7.csv is called HW7.csv.trapline.toml")
            for name in (
                "HW7.csv.trapline.toml.txt",
                "HW7.csv.trapline (1).toml",
                "HW7.csv.trapline - Copy.toml",
                "HW7.csv.trapline - Copy (2).toml",
                "HW7.csv.trapline.toml - Copy",
                "HW7.csv.trapline.toml.bak",
                "HW7.csv.trapline.txt",
                "HW7.csv.trapline",
                "HW7.trapline.toml.txt",
            )
        ),
        (
            "other.csv.trapline.toml.txt",
            f"its name is not one of a sidecar; {ITS_NAME}",
        ),
    ],
)
def test_a_sidecar_with_a_wrong_name_is_told_with_the_right_one(tmp_path: Path, name: str, fault: str) -> None:
    """Taken for a note it would be refused as one, and its delivery read without its exhibit."""
    write(tmp_path / "drops" / "HW7.csv")
    wrong = write(tmp_path / "drops" / name, b'exhibit_ref = "HW/7"\n')
    items = {item.path: (item.refusal, item.subject) for item in found(tmp_path / "drops")}
    assert items[wrong] == ("sidecar_refused", fault)
    assert len(items) == 2


@pytest.mark.parametrize("name", ["HW8.trapline.txt", "HW8.trapline", "HW7.csv.trapline.txt"])
@pytest.mark.parametrize(
    "content", [b"Date,Number,Message\n16/07/2024 09:05,07700900123,x=1\n", b"x = 1\n" * 20_000, b""]
)
def test_a_file_that_states_nothing_is_no_sidecar_for_the_mark_in_its_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    write(tmp_path / "drops" / "HW7.csv")
    write(tmp_path / "drops" / name, content)
    assert sorted(names(tmp_path / "drops", tmp_path / "drops")) == [("HW7.csv", None), (name, None)]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff# of Monday\n\n  imei=1\n".encode("utf-16-le"),
        b"\xef\xbb\xbfexhibit_ref: HW/7\n",
        b'\r\n"exhibit_ref" = 7\r\n',
        b"[[table]]\n",
    ],
)
def test_what_is_written_as_a_sidecar_is_told_whatever_editor_wrote_it(tmp_path: Path, content: bytes) -> None:
    assert found(write(tmp_path / "HW8.trapline.txt", content))[0].refusal == "sidecar_refused"


@pytest.mark.parametrize("name", ["HW7.trapline-report.csv", "HW7.trapline.csv", "trapline.toml", "trapline.txt"])
def test_a_name_that_is_only_like_that_is_a_delivery(tmp_path: Path, name: str) -> None:
    write(tmp_path / "drops" / name)
    assert [item.refusal for item in found(tmp_path / "drops")] == [None]


def test_companions_in_capitals_are_companions(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    main = write(drops / "MMSSMS.DB", SQLITE)
    log = write(drops / "MMSSMS.DB-WAL")
    assert {item.path.name: item.companions for item in found(drops)} == {"MMSSMS.DB": ("-wal",)}
    assert belongs_to(log, [main])
    assert companion_of(main, "-wal") == log


def test_companions_go_with_sqlite_alone(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    write(drops / "a.db", SQLITE)
    write(drops / "a.db-wal")
    write(drops / "notes", b"text")
    write(drops / "notes-journal", b"a file of its own")
    items = {item.path.name: item.companions for item in found(drops)}
    assert items == {"a.db": ("-wal",), "notes": (), "notes-journal": ()}
    assert companions_of(drops / "notes") == ()


def test_links_and_special_files_are_refused_and_not_followed(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    write(tmp_path / "outside" / "x.xml")
    write(drops / "x.xml")
    (drops / "file-link").symlink_to(tmp_path / "outside" / "x.xml")
    (drops / "folder-link").symlink_to(tmp_path / "outside")
    (drops / "loop").symlink_to(drops)
    (drops / "dead").symlink_to(tmp_path / "none")
    os.mkfifo(drops / "pipe")
    assert names(drops, drops) == [
        ("dead", "link_refused"),
        ("file-link", "link_refused"),
        ("folder-link", "link_refused"),
        ("loop", "link_refused"),
        ("pipe", "input_special"),
        ("x.xml", None),
    ]
    assert [item.refusal for item in found(drops / "folder-link")] == ["link_refused"]


@pytest.mark.parametrize("name", ["none", "x.xml/below"])
def test_a_path_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path / "x.xml")
    assert [item.refusal for item in found(tmp_path / name)] == ["input_missing"]


def test_a_folder_with_nothing_in_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "drops" / "empty").mkdir(parents=True)
    assert [item.refusal for item in found(tmp_path / "drops")] == ["input_empty"]


def test_the_data_folder_is_not_a_drop(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "data" / "journal.sqlite")
    write(tmp_path / "drops" / "x.xml")
    assert [item.path.name for item in found(tmp_path / "drops", tmp_path / "drops" / "data")] == ["x.xml"]


def test_what_a_shell_names_beside_its_delivery_belongs_to_it(tmp_path: Path) -> None:
    paths = [write(tmp_path / "a.db", SQLITE), write(tmp_path / "a.db-wal"), write(tmp_path / "a.db.trapline.toml")]
    assert [belongs_to(path, paths) for path in paths] == [False, True, True]
    assert not belongs_to(paths[1], paths[1:])
    assert [item.refusal for item in found(paths[2])] == ["sidecar_refused"]


def test_sidecars_of_a_full_folder_are_told_without_looking_through_it(tmp_path: Path) -> None:
    """A folder that is watched is looked at every moment, and may hold thousands of sidecars that came first."""

    class Unsearched(set[Path]):
        def __iter__(self) -> Iterator[Path]:
            raise AssertionError

    paths = Unsearched(write(tmp_path / name) for name in ("a.xml", "a.xml.trapline.toml", "b.xml.trapline.toml"))
    assert belongs_to(tmp_path / "a.xml.trapline.toml", paths)
    assert not belongs_to(tmp_path / "b.xml.trapline.toml", paths)


def test_odd_names_can_be_shown() -> None:
    assert shown_path(b"/drops/\xff.xml") == "/drops/\\xff.xml"
    assert shown_path(Path("/drops/\u00e4.xml")) == "/drops/\u00e4.xml"


def test_what_systems_leave_beside_files_is_named_with_the_first_delivery(tmp_path: Path) -> None:
    write(tmp_path / "drops" / ".DS_Store", b"\0\0\0\1Bud1")
    write(tmp_path / "drops" / "deep" / "._b.xml", bytes.fromhex("00051607"))
    write(tmp_path / "drops" / "deep" / "b.xml")
    write(tmp_path / "drops" / "c.xml")
    first, second = found(tmp_path / "drops")
    assert (first.path.name, first.litter) == ("c.xml", (".DS_Store", "deep/._b.xml"))
    assert second == Found(raw_path=os.fsencode(tmp_path / "drops" / "deep" / "b.xml"))


def test_litter_alone_is_said_to_be_that(tmp_path: Path) -> None:
    path = write(tmp_path / "drops" / "Thumbs.db", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    for place in (path, tmp_path / "drops"):
        assert [(item.refusal, item.subject) for item in found(place)] == [("litter_left_out", "Thumbs.db")]


def test_what_only_has_the_name_of_litter_is_a_delivery(tmp_path: Path) -> None:
    write(tmp_path / "drops" / "Thumbs.db", SQLITE)
    write(tmp_path / "drops" / "._x", b"\0\5\x16\7")
    write(tmp_path / "drops" / "._x.trapline.toml")
    assert names(tmp_path / "drops", tmp_path / "drops") == [("._x", None), ("Thumbs.db", None)]


def test_the_data_folder_itself_is_no_delivery(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write(data / "journal.sqlite")
    (only,) = find_deliveries(data, lambda _folder: False, (data,))
    assert only.refusal == "data_folder_given"
