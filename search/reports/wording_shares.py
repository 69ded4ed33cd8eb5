"""Of which lines the messages of a wording are: people who belong to no line write like lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.linkage.phrases import listed

Item = Mapping[str, Any]


def wording_shares(templates: Sequence[Item], lines: Sequence[Item], titles: Mapping[str, str]) -> dict[str, str]:
    """Return by wording of which lines it is, in words; how many messages are of none, where some are.

    Args:
        templates: Wordings of the report.
        lines: Lines of the report.
        titles: How the page names each line.
    """
    counts = {
        (wording["template_id"], line["line_id"]): wording["message_count"]
        for line in lines
        for wording in line.get("wordings", ())
    }
    return {template["template_id"]: _words(template, counts, titles) for template in templates}


def _words(template: Item, counts: Mapping[tuple[str, str], int], titles: Mapping[str, str]) -> str:
    named = [line_id for line_id in template["line_ids"] if line_id in titles]
    if not named:
        return "no line's"
    shares = {line_id: counts.get((template["template_id"], line_id), 0) for line_id in named}
    rest = template["message_count"] - sum(shares.values())
    # A share that is not known, or copies that count for two lines, leave nothing to tell of the rest.
    if rest <= 0 or not all(shares.values()):
        return f"line {', '.join(titles[line_id] for line_id in named)}"
    told = [f"{count:,} of line {titles[line_id]}" for line_id, count in shares.items()]
    return listed([*told, f"{rest:,} counted as no line's"], len(told) + 1)
