from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chained_log import ChainedLog
from ingest.errors import ChainBroken


@pytest.fixture
def log(tmp_path: Path) -> ChainedLog:
    made = ChainedLog(tmp_path / "audit.jsonl")
    for number in range(4):
        made.append({"action": "search", "number": number})
    return made


def lines_of(log: ChainedLog) -> list[bytes]:
    return log.path.read_bytes().splitlines(keepends=True)


def test_lines_come_back_in_order_and_chained(log: ChainedLog) -> None:
    lines = list(log.lines())
    assert [line["number"] for line in lines] == [0, 1, 2, 3]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4]
    assert [line["previous"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    assert log.verify() == log.count() == 4


def test_an_empty_log_is_sound(tmp_path: Path) -> None:
    empty = ChainedLog(tmp_path / "none.jsonl")
    assert empty.verify() == empty.count() == 0
    assert list(empty.lines()) == []


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_changed_line_is_found(log: ChainedLog, place: int) -> None:
    lines = lines_of(log)
    lines[place] = lines[place].replace(b"search", b"export")
    log.path.write_bytes(b"".join(lines))
    with pytest.raises(ChainBroken) as caught:
        log.verify()
    assert caught.value.line == place + 1


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_line_is_found(log: ChainedLog, place: int) -> None:
    lines = lines_of(log)
    del lines[place]
    log.path.write_bytes(b"".join(lines))
    with pytest.raises(ChainBroken):
        log.verify()


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_lines_missing_from_the_end_are_found(log: ChainedLog, kept: int) -> None:
    """The chain alone cannot show it: a shorter chain is a whole one."""
    log.path.write_bytes(b"".join(lines_of(log)[:kept]))
    with pytest.raises(ChainBroken, match="missing from the end"):
        log.verify()


def test_swapped_lines_are_found(log: ChainedLog) -> None:
    lines = lines_of(log)
    lines[1], lines[2] = lines[2], lines[1]
    log.path.write_bytes(b"".join(lines))
    with pytest.raises(ChainBroken):
        log.verify()


def test_a_line_that_a_crash_left_unfinished_is_closed_and_said(log: ChainedLog) -> None:
    with log.path.open("ab") as file:
        file.write(b'{"seq":5,"action":"sea')
    log.append({"action": "show", "number": 9})
    assert [line["number"] for line in log.lines()] == [0, 1, 2, 3, 9]
    assert log.verify() == 6
    marks = [json.loads(line) for line in lines_of(log) if b"torn_line_closed" in line]
    assert len(marks) == 1


def test_a_torn_line_that_was_ended_but_not_marked_is_marked_by_the_next_append(log: ChainedLog) -> None:
    with log.path.open("ab") as file:
        file.write(b'{"seq":5,"act\n')
    with pytest.raises(ChainBroken):
        log.verify()
    log.append({"action": "show", "number": 9})
    assert log.verify() == 6


def test_a_torn_first_line_is_survived(tmp_path: Path) -> None:
    log = ChainedLog(tmp_path / "audit.jsonl")
    log.path.write_bytes(b'{"se')
    log.append({"action": "show"})
    assert log.verify() == 2


def test_rubbish_between_lines_is_found(log: ChainedLog) -> None:
    lines = lines_of(log)
    log.path.write_bytes(b"".join([*lines[:2], b"rubbish\n", *lines[2:]]))
    with pytest.raises(ChainBroken, match="cannot be read"):
        log.verify()


def test_a_head_that_is_behind_is_a_crash_and_no_loss(log: ChainedLog) -> None:
    head = log.path.with_name("audit.jsonl.head")
    before = head.read_bytes()
    log.append({"action": "show"})
    head.write_bytes(before)
    assert log.verify() == 5


def test_nothing_is_appended_to_a_line_that_was_changed(log: ChainedLog) -> None:
    lines = lines_of(log)
    lines[-1] = lines[-1].replace(b"search", b"export")
    log.path.write_bytes(b"".join(lines))
    with pytest.raises(ChainBroken):
        log.append({"action": "show"})


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_nothing_is_appended_where_lines_are_missing_from_the_end(log: ChainedLog, kept: int) -> None:
    """A new line would take the place of the head, the only witness of those that are gone."""
    log.path.write_bytes(b"".join(lines_of(log)[:kept]))
    before = log.path.read_bytes()
    with pytest.raises(ChainBroken, match="missing from the end"):
        log.append({"action": "show"})
    with pytest.raises(ChainBroken, match="missing from the end"):
        log.verify()
    assert log.path.read_bytes() == before


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_lines_that_lack_the_newest_are_not_read_as_all(log: ChainedLog, kept: int) -> None:
    log.path.write_bytes(b"".join(lines_of(log)[:kept]))
    with pytest.raises(ChainBroken, match="missing from the end"):
        list(log.lines())


def test_nothing_is_appended_where_the_file_is_gone(log: ChainedLog) -> None:
    log.path.unlink()
    with pytest.raises(ChainBroken, match="missing from the end"):
        log.append({"action": "show"})
    with pytest.raises(ChainBroken, match="missing from the end"):
        log.verify()


@pytest.mark.parametrize("head", [None, b"", b"[]", b'{"seq": "four"}'])
def test_nothing_is_appended_where_the_head_is_gone_or_unreadable(log: ChainedLog, head: bytes | None) -> None:
    path = log.path.with_name("audit.jsonl.head")
    path.unlink()
    if head is not None:
        path.write_bytes(head)
    with pytest.raises(ChainBroken, match="head of the chain"):
        log.append({"action": "show"})
    with pytest.raises(ChainBroken, match="head of the chain"):
        log.verify()


def test_a_first_line_whose_head_a_crash_kept_back_is_followed(tmp_path: Path) -> None:
    log = ChainedLog(tmp_path / "audit.jsonl")
    log.append({"action": "show"})
    log.path.with_name("audit.jsonl.head").unlink()
    log.append({"action": "show"})
    assert log.verify() == 2


def append_many(path: str, count: int) -> None:
    log = ChainedLog(Path(path))
    for number in range(count):
        log.append({"action": "search", "number": number})


def test_processes_append_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=append_many, args=(str(path), 20)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ChainedLog(path).verify() == 60


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["action", "query", "at"]), st.text(max_size=200)), max_size=6))
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, written: list[dict[str, str]]
) -> None:
    log = ChainedLog(tmp_path_factory.mktemp("log") / "audit.jsonl")
    for fields in written:
        log.append(fields)
    read = [{key: line[key] for key in fields} for fields, line in zip(written, log.lines(), strict=True)]
    assert read == written
    assert log.verify() == len(written)


def test_the_end_is_checked_and_nothing_is_written(log: ChainedLog, tmp_path: Path) -> None:
    before = lines_of(log)
    assert log.check_end() == 4
    assert lines_of(log) == before
    none = ChainedLog(tmp_path / "none.jsonl")
    assert none.check_end() == 0
    assert not none.path.exists()


def test_a_torn_line_is_no_loss_at_the_end(log: ChainedLog) -> None:
    with log.path.open("ab") as file:
        file.write(b'{"seq": 5, "act')
    assert log.check_end() == 4


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_cut_end_is_found_without_reading_all(log: ChainedLog, kept: int) -> None:
    log.path.write_bytes(b"".join(lines_of(log)[:kept]))
    with pytest.raises(ChainBroken):
        log.check_end()


def test_a_lost_file_and_a_changed_newest_line_are_found(log: ChainedLog) -> None:
    lines = lines_of(log)
    log.path.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b"search", b"export")]))
    with pytest.raises(ChainBroken):
        log.check_end()
    log.path.unlink()
    with pytest.raises(ChainBroken):
        log.check_end()
