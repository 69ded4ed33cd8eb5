"""The score as text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.linkage_score.measures import (
    MODERATE,
    STRONG,
    Counts,
    at_threshold,
    average_precision,
    b_cubed,
    brier,
    reliability,
)
from tests.linkage_score.scoring import WorldScore


def _row(name: str, counts: Counts) -> str:
    return (
        f"  {name:26} precision {counts.precision:.3f}  recall {counts.recall:.3f}  F1 {counts.f1:.3f}"
        f"   ({counts.right} right, {counts.wrong} wrong, {counts.missed} missed)"
    )


def table(score: WorldScore) -> Iterator[str]:
    """Yield the lines of the score."""
    yield (
        f"{score.worlds} worlds, {score.phones} phones, {score.messages} messages, {score.seconds:.0f} s; "
        f"messages lost {score.lost}, doubled {score.doubled}"
    )
    yield "analysis of distinct texts"
    yield _row("adverts", score.adverts)
    named = score.names_right / score.names_in_all if score.names_in_all else 1.0
    yield f"  {'nickname right':26} {named:.3f} of {score.names_in_all}"
    for name, items in (("by text", score.templates_by_text), ("by message", score.templates_by_message)):
        precision, recall, f1 = b_cubed(items)
        yield f"  {'templates B-cubed ' + name:26} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
    yield "flares"
    yield _row("sent", score.sent)
    exact = score.exact_recipients / score.sent.right if score.sent.right else 1.0
    yield f"  {'recipients exact':26} {exact:.3f}"
    yield _row("received traces", score.received)
    found = score.sent.right + score.received.right
    yield f"  {'line of flare right':26} {score.lines_right_of_flares / found if found else 1.0:.3f}"
    yield "lines"
    yield _row("lines", score.lines)
    yield f"  {'split, merged, other name':26} {score.split}, {score.merged}, {score.unnamed}"
    yield _row("succession", score.succession)
    yield _row("membership", score.membership)
    yield _row("membership by relation", score.relations)
    yield from _links(score)
    yield from _traps(score)


def _links(score: WorldScore) -> Iterator[str]:
    pairs = score.pairs
    linked = sum(is_linked for _, is_linked in pairs)
    error, of_rate = brier(pairs)
    yield f"links: {len(pairs)} pairs, {linked} belong together ({linked / max(1, len(pairs)):.3f})"
    yield f"  {'average precision':26} {average_precision(pairs):.4f}"
    yield _row("strong", at_threshold(pairs, STRONG))
    yield _row("moderate and up", at_threshold(pairs, MODERATE))
    yield f"  {'Brier':26} {error:.5f}  (always the base rate {of_rate:.5f})"
    yield f"  {'score':>12}  {'pairs':>7}  {'mean score':>10}  {'belong together':>15}"
    for held in reliability(pairs):
        span = f"{held.least:.2f}-{min(held.most, 1):.2f}"
        yield f"  {span:>12}  {held.count:7}  {held.mean_score:10.3f}  {held.share_linked:15.3f}"
    yield "single rules"
    for rule, found in score.baselines.items():
        counts = at_threshold(found, 0.5)
        yield f"{_row(rule, counts)}  average precision {average_precision(found):.3f}"


def _traps(score: WorldScore) -> Iterator[str]:
    planted = Counter(trap.name for trap in score.traps)
    violated: dict[str, int] = defaultdict(int)
    for trap in score.traps:
        violated[trap.name] += bool(trap.violations)
    yield f"traps: {sum(violated.values())} violated of {len(score.traps)} planted"
    for name in sorted(planted):
        yield f"  {name:32} {violated[name]:3} of {planted[name]}"
