"""Prints what the analysis scores on the hand-written batches, and the errors for reading.

Run: ``python -m nlp.training.score [--batches a,b] [--gold-adverts] [--errors TASK]``; without batches: those for test.
``--write-errors FOLDER`` writes what is wrong in each task to a file of its own.
``--gold-adverts`` tells the analysis which texts are adverts, so that names and spans are scored apart from that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from nlp.analysis import Analyser, build_analyser
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.scoring import (
    TASKS,
    Counts,
    Pair,
    advert_counts,
    b_cubed,
    changes_right,
    clusters_of,
    false_alarms,
    is_change_right,
    is_name_right,
    name_pairs,
    names_invented,
    names_right,
    span_counts,
    wilson,
)
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow, SettledInput
from parsers.records.findings import TextFinding

_T = TypeVar("_T")


def scored(analyser: Analyser, texts: Sequence[GoldText], *, gold_adverts: bool = False) -> list[Pair]:
    """Return each text with its finding; ``gold_adverts`` gives the analysis the truth about what is an advert."""
    bodies = [gold.text for gold in texts]
    known = {gold.text: gold.is_advert for gold in texts} if gold_adverts else None
    return list(zip(texts, analyser.find(bodies, known_adverts=known), strict=True))


def scored_together(analyser: Analyser, texts: Sequence[GoldText], *, gold_adverts: bool = False) -> list[Pair]:
    """Return each text with its finding as ``trapline analyse`` gives it for a batch: settled over the batch."""
    pairs: list[Pair] = []
    for batch in dict.fromkeys(gold.batch for gold in texts):
        golds = [gold for gold in texts if gold.batch == batch]
        known = {gold.text: gold.is_advert for gold in golds} if gold_adverts else None
        pairs += zip(golds, settled_over(analyser, [gold.text for gold in golds], known), strict=True)
    return pairs


def settled_over(
    analyser: Analyser, texts: Sequence[str], known_adverts: Mapping[str, bool] | None = None
) -> list[TextFinding]:
    """Return the findings of texts that are one input, as ``trapline analyse`` gives them.

    Args:
        analyser: Analyses them.
        texts: The input.
        known_adverts: Which of them are adverts. None: the analysis says.
    """
    found = list(analyser.find_with_names(texts, known_adverts=known_adverts))
    settled = SettledInput(analyser, _Kept[AdvertRow](), _Kept[NearAdvert](), is_told=known_adverts is not None)
    for at, (text, (finding, names)) in enumerate(zip(texts, found, strict=True)):
        settled.add(at, text, finding, names)
    findings = [finding for finding, _ in found]
    for each in settled.settled():
        findings[each.key] = each.finding
    return findings


class _Kept(list[_T]):
    """Rows in memory."""

    def add(self, row: _T) -> None:
        self.append(row)


def print_figures(pairs: Sequence[Pair], together: Sequence[Pair]) -> None:
    """Print the figures of all tasks.

    Args:
        pairs: Each text judged alone.
        together: The same settled over each batch: names, and so templates, and near adverts.
    """
    _print_counts("adverts", advert_counts(pairs))
    _print_counts("adverts over the whole batch", advert_counts(together))
    short = [pair for pair in pairs if len(pair[0].text.split()) < 5]
    _print_counts("adverts, under five words", advert_counts(short))
    for language in sorted({gold.language for gold, _ in pairs if gold.is_advert} - {"en"}):
        _print_counts(f"adverts, {language}", advert_counts(pair for pair in pairs if pair[0].language == language))
    _print_share("names of adverts that name a line", names_right(pairs))
    _print_share("names invented", names_invented(pairs))
    _print_share("names over the whole batch", names_right(together))
    _print_share("names over the whole batch, invented", names_invented(together))
    _print_counts("ways to write a name, by pair", name_pairs(pairs))
    _print_counts("the same over the whole batch", name_pairs(together))
    adverts = [pair for pair in pairs if pair[0].is_advert]
    for task in TASKS:
        _print_counts(f"{task}, adverts", span_counts(adverts, task))
        _print_counts(f"{task}, all texts", span_counts(pairs, task))
    _print_share("changes of number announced", changes_right(pairs, announced=True))
    _print_share("texts that announce none", changes_right(pairs, announced=False))
    _print_templates("templates, B-cubed", adverts)
    _print_templates("templates over the whole batch", [pair for pair in together if pair[0].is_advert])
    for family, (flagged, total) in false_alarms(pairs).items():
        low, high = wilson(flagged, total)
        print(
            f"  {family:18} {flagged:4} of {total:4} taken for adverts, {flagged / total:.3f} [{low:.3f}, {high:.3f}]"
        )


def _print_templates(title: str, adverts: Sequence[Pair]) -> None:
    wordings = [f"{gold.batch} {gold.wording}" for gold, _ in adverts]
    precision, recall, f1 = b_cubed(wordings, clusters_of(finding for _, finding in adverts))
    print(f"{title:36} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def _print_counts(title: str, counts: Counts) -> None:
    low, high = counts.interval
    print(
        f"{title:36} P {counts.precision:.3f} R {counts.recall:.3f} F1 {counts.f1:.3f} [{low:.3f}, {high:.3f}]"
        f"  ({counts.right} right, {counts.wrong} wrong, {counts.missed} missed)"
    )


def _print_share(title: str, share: tuple[int, int]) -> None:
    low, high = wilson(*share)
    print(f"{title:36} {share[0] / max(1, share[1]):.3f} [{low:.3f}, {high:.3f}]  ({share[0]} of {share[1]})")


def errors(pairs: Iterable[Pair], task: str) -> Iterator[str]:
    """Yield what is wrong in one task, a line a text."""
    for gold, finding in pairs:
        if task == "adverts" and gold.is_advert != finding.is_advert:
            yield f"{gold.batch} {gold.family:14} {finding.advert_score:.2f} {gold.text!r} {finding.rules}"
        elif task == "names" and gold.is_advert and not _has_right_name(gold, finding):
            yield f"{gold.batch} is {gold.line!r} found {finding.line!r} {gold.text!r}"
        elif task == "changes" and not is_change_right((gold, finding)):
            yield f"{gold.batch} {gold.family:14} is {gold.change} found {finding.number_change} {gold.text!r}"
        elif task in TASKS:
            truth, found = TASKS[task]((gold, finding))
            if truth != found:
                missed, wrong = dict(truth - found), dict(found - truth)
                yield f"{gold.batch} {gold.family:10} missed {missed} wrong {wrong} {gold.text!r}"


def write_errors(pairs: Sequence[Pair], together: Sequence[Pair], folder: Path) -> None:
    """Write what is wrong in each task to a file of its own, names as they are settled over the batches."""
    folder.mkdir(parents=True, exist_ok=True)
    for task in ("adverts", "names", "changes", *TASKS):
        found = [f"{line}\n" for line in errors(together if task == "names" else pairs, task)]
        (folder / f"errors-{task}.txt").write_text("".join(found), encoding="utf-8", errors="backslashreplace")


def _has_right_name(gold: GoldText, finding: TextFinding) -> bool:
    return is_name_right(gold, finding) if gold.line else finding.line is None


def main() -> int:
    """Score the batches that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: those for test")
    parser.add_argument("--gold-adverts", action="store_true", help="say which texts are adverts")
    parser.add_argument("--errors", metavar="TASK", help=f"adverts, names, changes, {', '.join(TASKS)}")
    parser.add_argument("--write-errors", metavar="FOLDER", type=Path, help="write the errors of every task there")
    asked = parser.parse_args()
    names = asked.batches.split(",") if asked.batches else batch_names("test")
    analyser, golds = build_analyser(), read_batches(names)
    pairs = scored(analyser, golds, gold_adverts=asked.gold_adverts)
    together = scored_together(analyser, golds, gold_adverts=asked.gold_adverts)
    if asked.errors:
        print(*errors(together if asked.errors == "names" else pairs, asked.errors), sep="\n")
    else:
        print_figures(pairs, together)
    if asked.write_errors is not None:
        write_errors(pairs, together, asked.write_errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
