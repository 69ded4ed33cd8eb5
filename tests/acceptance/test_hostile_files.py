"""Bad input through the console script: clear errors or notices, the right exit code, nothing lost, nothing touched.

The deliveries of one group are ingested in one run, so that the exit code of the group is a statement about each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parsers.records.notice_codes import NOTICE_TABLE
from tests.acceptance.command_line import CommandLine, Finished, snapshot
from tests.acceptance.hostile_cases import DIRTY, GRAVE, HostileCase
from tests.acceptance.hostile_refusals import REFUSED, SKIPS_OR_DAMAGE, UNSAFE_ARCHIVES


class GroupRun(msgspec.Struct, frozen=True):
    """One run over one group."""

    command_line: CommandLine
    finished: Finished
    paths: dict[str, Path]
    before: dict[str, Any]
    records: list[dict[str, Any]]

    def receipts_of(self, case: HostileCase) -> list[dict[str, Any]]:
        name = self.paths[case.name].name
        return [row for row in self.finished.rows() if Path(row["custody"]["original_path"]).name == name]

    def bodies_of(self, case: HostileCase) -> Counter[str]:
        ids = {row["extraction_id"] for row in self.receipts_of(case)}
        return Counter(
            record["body"]
            for record in self.records
            if record["kind"] == "message" and record["extraction_id"] in ids and record["duplicate_of"] is None
        )


def run_group(root: Path, cases: Sequence[HostileCase]) -> GroupRun:
    command_line = CommandLine(root)
    drops = root / "drops"
    drops.mkdir()
    paths = {case.name: case.make(drops) for case in cases}
    before = snapshot(drops)
    finished = command_line.run("ingest", *paths.values(), "--json", timeout_seconds=600)
    return GroupRun(command_line, finished, paths, before, command_line.records())


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> GroupRun:
    return run_group(tmp_path_factory.mktemp("dirty"), DIRTY)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> GroupRun:
    return run_group(tmp_path_factory.mktemp("refused"), REFUSED)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> GroupRun:
    return run_group(tmp_path_factory.mktemp("damaged"), SKIPS_OR_DAMAGE)


@pytest.fixture(scope="module")
def unsafe(tmp_path_factory: pytest.TempPathFactory) -> GroupRun:
    return run_group(tmp_path_factory.mktemp("unsafe"), UNSAFE_ARCHIVES)


@pytest.fixture
def run(request: pytest.FixtureRequest) -> GroupRun:
    found: GroupRun = request.getfixturevalue(request.param)
    return found


def named(cases: Sequence[HostileCase], group: str) -> list[Any]:
    return [pytest.param(group, case, id=case.name) for case in cases]


EVERY_CASE = [
    *named(DIRTY, "dirty"),
    *named(REFUSED, "refused"),
    *named(SKIPS_OR_DAMAGE, "damaged"),
    *named(UNSAFE_ARCHIVES, "unsafe"),
]
EVERY_GROUP = ["dirty", "refused", "damaged", "unsafe"]


@pytest.mark.parametrize(
    ("run", "codes"), [("dirty", {0}), ("refused", {3}), ("damaged", {4}), ("unsafe", {3, 4})], indirect=["run"]
)
def test_the_exit_code_of_a_group(run: GroupRun, codes: set[int]) -> None:
    states = Counter(row["state"] for row in run.finished.rows())
    assert run.finished.code in codes, (run.finished.code, states, run.finished.err[-2000:])


@pytest.mark.parametrize("run", EVERY_GROUP, indirect=True)
def test_no_traceback_and_no_evidence_is_printed(run: GroupRun) -> None:
    assert "Traceback" not in run.finished.err
    assert "alpha" not in run.finished.err
    assert "alpha" not in run.finished.out


@pytest.mark.parametrize("run", EVERY_GROUP, indirect=True)
def test_originals_are_untouched(run: GroupRun) -> None:
    assert snapshot(run.command_line.root / "drops") == run.before


@pytest.mark.parametrize("run", EVERY_GROUP, indirect=True)
def test_nothing_is_written_outside_the_data_folder(run: GroupRun) -> None:
    assert run.command_line.strays() == []
    assert list(run.command_line.root.rglob("*evil*")) == []
    assert list(Path("/tmp").glob("*-evil.txt")) == []


@pytest.mark.parametrize("run", EVERY_GROUP, indirect=True)
def test_scratch_space_is_empty_afterwards(run: GroupRun) -> None:
    left = [path for path in run.command_line.data.rglob("*") if path.is_file() and "scratch" in path.parts]
    assert left == []


@pytest.mark.parametrize("run", EVERY_GROUP, indirect=True)
def test_record_ids_are_unique(run: GroupRun) -> None:
    counts = Counter(record["record_id"] for record in run.records)
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(("run", "case"), EVERY_CASE, indirect=["run"])
def test_state_and_notices(run: GroupRun, case: HostileCase) -> None:
    receipts = run.receipts_of(case)
    assert len(receipts) == 1
    (receipt,) = receipts
    codes = {notice["code"] for notice in receipt["notices"]}
    assert receipt["state"] in case.states, codes
    assert not case.codes or codes & case.codes, codes
    assert codes <= set(NOTICE_TABLE)
    grave = [notice["code"] for notice in receipt["notices"] if notice["severity"] in GRAVE]
    assert bool(grave) == (case.group.value != 0), codes
    if receipt["state"] == "refused":
        assert receipt["reason"]
        assert receipt["remedy"]


@pytest.mark.parametrize(("run", "case"), EVERY_CASE, indirect=["run"])
def test_what_could_be_read_is_exported_once(run: GroupRun, case: HostileCase) -> None:
    bodies = run.bodies_of(case)
    missing = Counter(case.bodies) - bodies
    assert not missing, [repr(body)[:80] for body in missing]
    if case.only_these:
        assert not bodies - Counter(case.bodies), [repr(body)[:80] for body in bodies - Counter(case.bodies)]
    else:
        assert max(bodies.values(), default=1) == 1
    assert case.forbidden is None or not any(case.forbidden in body for body in bodies)


@pytest.mark.parametrize(("run", "case"), EVERY_CASE, indirect=["run"])
def test_tallies_balance(run: GroupRun, case: HostileCase) -> None:
    for receipt in run.receipts_of(case):
        for element, row in receipt["tally"].items():
            assert row["seen"] == row["indexed"] + row["merged"] + row["noticed"], (element, row)


@pytest.mark.parametrize("case", [case for case in DIRTY if case.replaced is not None], ids=lambda case: case.name)
def test_replaced_characters_are_named_on_their_message_alone(dirty: GroupRun, case: HostileCase) -> None:
    ids = {row["extraction_id"] for row in dirty.receipts_of(case)}
    flagged = {
        record["body"]
        for record in dirty.records
        if record["extraction_id"] in ids and record["kind"] == "message" and record["body_notices"]
    }
    assert flagged == {case.replaced}


def case_named(name: str) -> HostileCase:
    return next(case for case in DIRTY if case.name == name)


def messages_of(run: GroupRun, name: str) -> list[dict[str, Any]]:
    ids = {row["extraction_id"] for row in run.receipts_of(case_named(name))}
    return [record for record in run.records if record["kind"] == "message" and record["extraction_id"] in ids]


def test_unset_clocks_stay_as_stated(dirty: GroupRun) -> None:
    times = [record["time"] for record in messages_of(dirty, "clock-in-1970")]
    assert times[0]["utc"] == "1970-01-01T00:03:00.000Z"
    assert times[0]["raw"] == "1970-01-01T00:03:00.000+00:00"


def test_a_time_that_cannot_be_stays_as_written(dirty: GroupRun) -> None:
    (broken,) = [record for record in messages_of(dirty, "exact-time-beyond-range") if record["body"] == "ok"]
    assert broken["time"]["utc"] is None
    assert broken["time"]["raw"].startswith("0001-13-45T99:01:00")


def test_odd_names_stay_as_written(dirty: GroupRun) -> None:
    assert {record["from"]["name"] for record in messages_of(dirty, "odd-names")} == {"=cmd|'/C calc'!A1\u202egnp"}
    names = {record["name"] for record in dirty.records if record["kind"] == "contact"}
    assert "@SUM(1+1)\u200f\u05d0" in names


def test_references_are_free_text(dirty: GroupRun) -> None:
    (receipt,) = dirty.receipts_of(case_named("exhibit-is-a-path"))
    assert receipt["exhibit_ref"] == "../../../../tmp/../etc/HF 1"
    assert receipt["case_ref"] == "C:\\cases\\..\\x"
    (german,) = dirty.receipts_of(case_named("labels-in-german"))
    assert (german["case_ref"], german["exhibit_ref"]) == ("OP HOSTILE", "HF/labels-in-german")


def test_unknown_types_are_counted(dirty: GroupRun) -> None:
    (receipt,) = dirty.receipts_of(case_named("unknown-models"))
    assert receipt["tally"]["other:HologramEvent"] == {"seen": 7, "indexed": 0, "merged": 0, "noticed": 7}


def test_the_page_shows_script_as_text(dirty: GroupRun) -> None:
    finished = dirty.command_line.run("report", "--format", "html")
    assert finished.code == 0, finished.err
    assert "<script>alert(1)" not in finished.out
    assert "onerror=alert(1)>" not in finished.out


def test_every_store_verifies(dirty: GroupRun, damaged: GroupRun) -> None:
    for group in (dirty, damaged):
        finished = group.command_line.run("verify")
        assert finished.code == 0, finished.err + finished.out
