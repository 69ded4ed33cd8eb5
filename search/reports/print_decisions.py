"""What people decided, for paper."""

from __future__ import annotations

from typing import Any

from search.reports.page import DECIDED, STATES
from search.reports.page_text import grouped
from search.reports.print_parts import Item, Printed, verdict_words
from search.reports.print_text import instants, print_sentence, printable


def print_decision(held: Item) -> list[Any]:
    """Return one decision: when and by whom, what, why, and what it comes to now."""
    plural = "s" if held["verdict"] in {"merge", "split"} else ""
    return [
        [*instants(held["decided_at"]), printable(held["decided_by"]), held["decision_id"]],
        f"{DECIDED[held['verdict']]} {held['about']}{plural} {print_sentence(held['subject'])}",
        printable(held["note"]),
        [STATES[held["state"]], print_sentence(held["sentence"])],
    ]


def print_rejected_line(line: Item) -> Printed:
    """Return what a person said is no line."""
    numbers = printable(", ".join(grouped(key) for key in line["numbers"])) or "none known"
    others = ", ".join(grouped(key) for key in line["numbers_not_decided"])
    phones = len(line["device_ids"])
    return {
        "name": printable(grouped(line["name"])),
        "id": line["line_id"],
        "numbers": numbers,
        "others": printable(f"not named in the decision: {others}") if others else "",
        "phones": f"on {phones} phone{'' if phones == 1 else 's'}",
        "first": instants(line["first_seen_at"]),
        "last": instants(line["last_seen_at"]),
        "decision": verdict_words(line["decision"]),
    }
