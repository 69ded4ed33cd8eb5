"""Links of the earlier report between phones of a line that a person has split since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from search.linkage.decisions import DecisionState, Verdict

Item = Mapping[str, Any]


class Split(msgspec.Struct, frozen=True):
    """A split since the earlier report, and the phones of each line that came of it."""

    decision_id: str
    sides: tuple[Collection[str], ...]


def splits_of(report: Item, news: Item) -> tuple[Split, ...]:
    """Return the splits that hold and are new, oldest first."""
    new = set(news.get("decision_ids", ()))
    phones = {line["line_id"]: {row["device_id"] for row in line["devices"]} for line in report["lines"]}
    held = [
        decision
        for decision in report["decisions"]
        if decision["decision_id"] in new
        and (decision["verdict"], decision["state"]) == (Verdict.SPLIT, DecisionState.HOLDS)
    ]
    return tuple(
        Split(decision["decision_id"], tuple(phones[key] for key in decision["line_ids"] if key in phones))
        for decision in sorted(held, key=lambda decision: (decision["decided_at"], decision["decision_id"]))
    )


def split_words(link: Item, splits: Sequence[Split]) -> str:
    """Return which split took the line from a link; empty where its phones are not of two lines that one made."""
    a, b = link["a_device_id"], link["b_device_id"]
    for split in splits:
        of_a, of_b = ({place for place, side in enumerate(split.sides) if key in side} for key in (a, b))
        if of_a and of_b and of_a.isdisjoint(of_b):
            return f": they are of two lines by the split {split.decision_id}"
    return ""
