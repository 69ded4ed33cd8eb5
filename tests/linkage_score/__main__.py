"""Scores linkage: ``python -m tests.linkage_score --worlds 6 --seed 0 [--errors] [--in-memory]
[--true-findings | --degraded] [--ablation]``.

Seeds below 500000 are for development. ``--final`` takes the seeds kept for final figures: their wordings and names are
others, and errors are not shown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.linkage_score import in_memory, through_files
from tests.linkage_score.ablation import WITHOUT, ablation_table
from tests.linkage_score.degraded import DegradedFindings
from tests.linkage_score.errors import errors_of
from tests.linkage_score.outcome import Outcome
from tests.linkage_score.printing import table
from tests.linkage_score.scoring import WorldScore, score_world
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.regimes import FINAL_SEEDS_FROM, REGIMES
from tests.linkage_worlds.seizure import Held, hold
from tests.linkage_worlds.truth import WorldTruth, truth_of
from tests.linkage_worlds.world import make_world

Way = Callable[[WorldBuilder, list[Held], WorldTruth], Outcome]


def main(arguments: list[str] | None = None) -> int:
    """Score as the arguments say, print the tables, and return the exit code."""
    options = _parser().parse_args(arguments)
    if options.final and options.errors:
        print("the errors of final seeds are not read: nobody tunes on them", file=sys.stderr)
        return 2
    first = FINAL_SEEDS_FROM if options.final else options.seed
    way = _way(options)
    total = WorldScore(worlds=0)
    by_regime: dict[str, WorldScore] = {}
    without = {name: WorldScore(worlds=0) for name in (WITHOUT if options.ablation else ())}
    whole = WorldScore(worlds=0)
    findings = in_memory.AnalysedFindings() if options.ablation else None
    for seed in range(first, first + options.worlds):
        world = make_world(seed)
        everything = hold(world)
        truth = truth_of(world, everything)
        matched = score_world(truth, way(world, everything, truth), everything)
        if options.errors:
            print(f"seed {seed}: {truth.regime}")
            print("\n".join(f"  {error}" for error in errors_of(matched)))
        total.add(matched.score)
        by_regime.setdefault(truth.regime, WorldScore(worlds=0)).add(matched.score)
        if findings is not None:
            whole.add(score_world(truth, in_memory.outcome_of(everything, findings), everything).score)
            for name, score in without.items():
                outcome = in_memory.outcome_of(everything, findings, WITHOUT[name])
                score.add(score_world(truth, outcome, everything).score)
    print("\n".join(table(total)))
    if options.ablation:
        print("\n".join(ablation_table(whole, without)))
    if options.by_regime:
        for name, score in by_regime.items():
            print(f"\n{name}")
            print("\n".join(table(score)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.linkage_score", description=__doc__)
    parser.add_argument("--worlds", type=int, default=len(REGIMES), help="how many; regimes take turns")
    parser.add_argument("--seed", type=int, default=0, help="of the first world")
    parser.add_argument("--errors", action="store_true", help="print every error")
    parser.add_argument("--by-regime", action="store_true", help="print the tables of each regime too")
    parser.add_argument("--in-memory", action="store_true", help="no files: records straight to linkage")
    parser.add_argument("--true-findings", action="store_true", help="in memory, with findings from the truth")
    parser.add_argument("--degraded", action="store_true", help="in memory, with the truth and many mistakes in it")
    parser.add_argument("--ablation", action="store_true", help="in memory too, without each kind of evidence")
    parser.add_argument("--final", action="store_true", help="the seeds kept for final figures")
    return parser


def _way(options: argparse.Namespace) -> Way:
    if options.true_findings:
        return lambda world, everything, truth: in_memory.outcome_of(everything, in_memory.TrueFindings(world, truth))
    if options.degraded:
        return lambda world, everything, truth: in_memory.outcome_of(everything, DegradedFindings(world, truth))
    if options.in_memory:
        findings = in_memory.AnalysedFindings()
        return lambda _world, everything, _truth: in_memory.outcome_of(everything, findings)
    return lambda world, everything, _truth: through_files.outcome_of(world.seed, everything)


if __name__ == "__main__":
    sys.exit(main())
