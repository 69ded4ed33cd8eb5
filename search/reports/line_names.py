"""What pages call a line: a title that no other line has, and whether any advert bears the name.

Where the adverts of a line carry no name, linkage shows the one that a phone saved its number under. That is the word
of one contact list, not the line's: wherever it stands, the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from search.linkage.phrases import counted

Item = Mapping[str, Any]

NO_NAME: Final = "No name"
"""What a line is called that has no name."""


def saved_words(line: Item) -> str:
    """Return where the name of a line comes from, where no advert bears it; empty for any other."""
    phones = line["name_saved_on"]
    return f"Saved as {line['name']} on {counted(phones, 'phone')}; no advert names this line" if phones else ""


def line_titles(lines: Sequence[Item]) -> dict[str, str]:
    """Return a title for each line that no other line has."""
    called = {line["line_id"]: (line["name"] or NO_NAME, line["name_saved_on"] > 0) for line in lines}
    often = Counter(called.values())
    seen: Counter[tuple[str, bool]] = Counter()
    titles = {}
    for line in sorted(lines, key=lambda line: (line["first_seen_at"] or "~", line["line_id"])):
        key = called[line["line_id"]]
        seen[key] += 1
        marks = ["saved name"] if key[1] else []
        marks += [f"{seen[key]} of {often[key]}"] if often[key] > 1 else []
        titles[line["line_id"]] = f"{key[0]} ({', '.join(marks)})" if marks else key[0]
    return titles
