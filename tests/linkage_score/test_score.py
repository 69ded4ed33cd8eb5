"""The score counts as the measures say, and a world can be led the whole way through the service."""

from __future__ import annotations

import pytest

from tests.linkage_score import in_memory, through_files
from tests.linkage_score.__main__ import main
from tests.linkage_score.ablation import WITHOUT
from tests.linkage_score.measures import Counts, at_threshold, average_precision, b_cubed, brier
from tests.linkage_score.outcome import Outcome, Report
from tests.linkage_score.scoring import Matched, score_world
from tests.linkage_worlds.seizure import hold
from tests.linkage_worlds.truth import truth_of
from tests.linkage_worlds.world import make_world

SEED = 5
SAVED_NAMES_SEED = 400_001


@pytest.fixture(scope="module")
def short_way() -> Matched:
    world = make_world(SEED)
    everything = hold(world)
    truth = truth_of(world, everything)
    return score_world(truth, in_memory.outcome_of(everything, in_memory.TrueFindings(world, truth)), everything)


def test_a_world_goes_through_files() -> None:
    """Every message comes out once, phones are told apart, and the report can be scored."""
    world = make_world(SEED)
    everything = hold(world)
    truth = truth_of(world, everything)
    outcome = through_files.outcome_of(SEED, everything)
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert sorted(phone for phones in outcome.phones_of.values() for phone in phones) == sorted(truth.phones)
    score = score_world(truth, outcome, everything).score
    assert score.sent.recall > 0.5
    assert score.lines.recall > 0.5
    assert len(score.pairs) == len(truth.pairs())


def test_lines_are_whole_where_chats_show_saved_names_alone() -> None:
    """A chat that has the saved name as its identifier is put to the number that contacts or other phones have."""
    world = make_world(SAVED_NAMES_SEED)
    everything = hold(world)
    score = score_world(truth_of(world, everything), through_files.outcome_of(SAVED_NAMES_SEED, everything), everything)
    assert (score.score.split, score.score.merged) == (0, 0)
    assert score.score.lines.f1 > 0.9


def test_a_right_report_scores_well(short_way: Matched) -> None:
    """With findings from the truth little is left to get wrong: what is wrong here is linkage's or the score's."""
    score = short_way.score
    assert score.sent.f1 > 0.9
    assert score.received.f1 > 0.9
    assert score.lines.f1 > 0.8
    assert average_precision(score.pairs) > 0.9


def test_an_empty_report_scores_nothing(short_way: Matched) -> None:
    world = make_world(SEED)
    everything = hold(world)
    report: Report = {"flares": [], "lines": [], "links": [], "devices": []}
    phones_of = {f"dv-{held.phone.key}": (held.phone.key,) for held in everything}
    outcome = Outcome(report=report, phones_of=phones_of, texts={})
    score = score_world(short_way.truth, outcome, everything).score
    assert score.sent.recall == score.lines.recall == score.membership.recall == 0
    assert at_threshold(score.pairs, 0.7).recall == 0
    assert [trap.name for trap in score.traps if trap.violations] == []


def test_one_line_of_everything_walks_into_traps(short_way: Matched) -> None:
    """A report that joins whatever it sees must be told so."""
    truth = short_way.truth
    devices = [{"device_id": phone, "relation": "received_adverts"} for phone in truth.phones]
    numbers = sorted({stint.number for line in truth.lines for stint in line.stints})
    line = {
        "line_id": "ln",
        "name": "all",
        "nicknames": [{"form": name} for line in truth.lines for name in line.names],
        "numbers": [{"number": n, "first_seen_at": None, "last_seen_at": None, "succeeds": None} for n in numbers],
        "devices": devices,
    }
    links = [
        {"a_device_id": a, "b_device_id": b, "score": 0.99, "line_ids": [], "reasons": []} for a, b in truth.pairs()
    ]
    report = {"flares": [], "lines": [line], "links": links, "devices": []}
    outcome = Outcome(report=report, phones_of={phone: (phone,) for phone in truth.phones}, texts={})
    score = score_world(truth, outcome, hold(make_world(SEED))).score
    assert score.merged == 1
    held = {trap.name for trap in score.traps} - {trap.name for trap in score.traps if trap.violations}
    # it tells devices apart, splits no line, and takes no honest number for a line's
    assert held <= {"exhibit in two cases", "read more than once", "renamed line", "two numbers at once",
                    "line phone never seized"}  # fmt: skip


def test_the_measures_themselves() -> None:
    assert average_precision([(0.9, True), (0.8, False), (0.7, True), (0.0, False)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([(0.5, True), (0.5, False)]) == pytest.approx(0.5)
    assert brier([(1.0, True), (0.0, False), (0.5, True), (0.5, False)]) == pytest.approx((0.125, 0.25))
    assert at_threshold([(0.95, True), (0.94, True), (0.99, False)], 0.95) == Counts(1, 1, 1)
    assert b_cubed([("a", "x", 2), ("b", "x", 2)]) == pytest.approx((0.5, 1.0, 2 / 3))
    assert Counts().f1 == 1.0


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--worlds", "1", "--seed", "3", "--true-findings", "--errors"]) == 0
    shown = capsys.readouterr().out
    assert "average precision" in shown
    assert "seed 3" in shown
    assert main(["--final", "--errors"]) == 2


def test_each_kind_of_evidence_can_be_taken_out() -> None:
    world = make_world(SEED)
    everything = hold(world)
    findings = in_memory.TrueFindings(world, truth_of(world, everything))
    made = [in_memory.extraction_of(held, findings, {}) for held in everything]
    for name, without in WITHOUT.items():
        left = [without(each) for each in made]
        assert left != made or "missed" in name, name  # a faultless analysis misses no advert
        assert sum(len(collected.edges) for _, collected in left) > 0
