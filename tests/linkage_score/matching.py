"""Which line of a report is which line of the truth, and which flare is which broadcast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tests.linkage_score.outcome import Outcome
from tests.linkage_worlds.truth import WorldTruth
from tests.linkage_worlds.truth_of_flares import FlareTruth
from tests.linkage_worlds.truth_of_lines import LineTruth, StintTruth

_PAD = timedelta(seconds=60)
_LEAST_OVERLAP = 0.5
_NUMBER_WORTH = 1000
"""A number in common outweighs any count of broadcasts."""

ReportLine = Mapping[str, Any]
ReportFlare = Mapping[str, Any]


class LineMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the report and the lines of the truth that it shows.

    Attributes:
        best: The true line with which it shares most numbers and a form of its name. None: it is no true line.
        shares: Numbers in common, by key of true line; a number counts in the time of its use alone.
        nameless_best: As ``best``, whatever its name: a line that was found under a wrong name or none.
        is_optional: All it shares with true lines are numbers that nothing on the phones shows as theirs.
        holds: Keys of the true lines that it is made of, two or more where it is merged.
    """

    line: ReportLine
    best: str | None
    shares: Mapping[str, int]
    nameless_best: str | None
    is_optional: bool
    holds: frozenset[str]


class FlareMatch(msgspec.Struct, frozen=True):
    """A flare of the report and the broadcast that it is. Either is None where it has no counterpart."""

    true: FlareTruth | None
    found: ReportFlare | None


def instant(text: str) -> datetime:
    """Return an instant of the report."""
    return datetime.fromisoformat(text)


def folded(name: str) -> str:
    """Return letters and digits, case folded."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def match_lines(truth: WorldTruth, outcome: Outcome, flares: Iterable[FlareMatch]) -> list[LineMatch]:
    """Return every line of the report with the true lines that it shows."""
    broadcasts: dict[str, Counter[str]] = defaultdict(Counter)
    for match in flares:
        if match.true is not None and match.found is not None and match.true.line and match.found["line_id"]:
            broadcasts[match.found["line_id"]][match.true.line] += 1
    return [_match(truth, line, broadcasts[line["line_id"]]) for line in outcome.report["lines"]]


def _match(truth: WorldTruth, line: ReportLine, broadcasts: Counter[str]) -> LineMatch:
    shares = Counter({true.key: count for true in truth.lines if (count := _numbers_shared(line, true))})
    hidden = {
        true.key for true in truth.lines if _numbers_shared(line, true) and not _numbers_shared(line, true, known=True)
    }
    worth = Counter({key: _NUMBER_WORTH * shares[key] + broadcasts[key] for key in {*shares, *broadcasts}})
    ranked = sorted(worth, key=lambda key: (-worth[key], key))
    by_key = {true.key: true for true in truth.lines}
    named = [key for key in ranked if _has_its_name(line, by_key[key])]
    return LineMatch(
        line=line,
        best=named[0] if named else None,
        shares=shares,
        nameless_best=ranked[0] if ranked else None,
        is_optional=bool(ranked) and hidden >= set(ranked),
        holds=_made_of(shares, broadcasts, by_key) - hidden,
    )


def _made_of(shares: Counter[str], broadcasts: Counter[str], by_key: Mapping[str, LineTruth]) -> frozenset[str]:
    """Return the true lines that a report's line is made of: by numbers, and, where none tells, by broadcasts.

    A number that two lines had one after the other counts for that one whose broadcasts are there too.
    """
    found = set()
    for key in shares:
        numbers = {stint.number for stint in by_key[key].stints}
        rivals = [other for other in shares if other != key and numbers & {s.number for s in by_key[other].stints}]
        if not rivals or broadcasts[key] or not any(broadcasts[other] for other in rivals):
            found.add(key)
    return frozenset(found or {key for key, count in broadcasts.items() if count > 1})


def _numbers_shared(line: ReportLine, true: LineTruth, *, known: bool = False) -> int:
    stints = [stint for stint in true.stints if stint.is_knowable or not known]
    return sum(any(_same_use(number, stint) for stint in stints) for number in line["numbers"])


def _same_use(number: Mapping[str, Any], stint: StintTruth) -> bool:
    if number["number"] != stint.number:
        return False
    first, last = number["first_seen_at"], number["last_seen_at"]
    if first is None or last is None:
        return True
    pad = timedelta(days=3)
    return instant(first) <= stint.until + pad and stint.since - pad <= instant(last)


def _has_its_name(line: ReportLine, true: LineTruth) -> bool:
    if not true.names:
        return True
    forms = [folded(form) for form in (line["name"] or "", *(form["form"] for form in line["nicknames"]))]
    return any(folded(name) in form for name in true.names for form in forms)


def match_flares(truth: WorldTruth, outcome: Outcome) -> list[FlareMatch]:
    """Return broadcasts with their flares, the best overlap first, and what has no counterpart on either side."""
    true_by_place: dict[tuple[str, str], list[FlareTruth]] = defaultdict(list)
    for true in truth.flares:
        true_by_place[true.phone, true.direction].append(true)
    matches: list[FlareMatch] = []
    found_by_place: dict[tuple[str, str], list[ReportFlare]] = defaultdict(list)
    for found in outcome.report["flares"]:
        for phone in outcome.phones(found["device_id"])[:1]:
            found_by_place[phone, found["direction"]].append(found)
    for place in {*true_by_place, *found_by_place}:
        matches += _matched(true_by_place[place], found_by_place[place])
    return matches


def _matched(trues: list[FlareTruth], founds: list[ReportFlare]) -> Iterable[FlareMatch]:
    pairs = [
        (overlap, not true.is_required, t, f)
        for t, true in enumerate(trues)
        for f, found in enumerate(founds)
        if found["sender"] in true.senders and (overlap := _overlap(true, found)) >= _LEAST_OVERLAP
    ]
    taken_true: set[int] = set()
    taken_found: set[int] = set()
    for _, _, t, f in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2], pair[3])):
        if t not in taken_true and f not in taken_found:
            taken_true.add(t)
            taken_found.add(f)
            yield FlareMatch(trues[t], founds[f])
    for t, true in enumerate(trues):
        if t not in taken_true:
            yield FlareMatch(true, None)
    for f, found in enumerate(founds):
        if f not in taken_found:
            yield FlareMatch(None, found)


def _overlap(true: FlareTruth, found: ReportFlare) -> float:
    """Return intersection over union of the two intervals, each padded."""
    first, last = true.first - _PAD, true.last + _PAD
    begun, ended = instant(found["started_at"]) - _PAD, instant(found["ended_at"]) + _PAD
    shared = min(last, ended) - max(first, begun)
    return shared / (max(last, ended) - min(first, begun)) if shared > timedelta(0) else 0.0
