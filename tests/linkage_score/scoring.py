"""Scores one world, and adds up worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from tests.linkage_score.baselines import RULES, linked_by
from tests.linkage_score.matching import FlareMatch, LineMatch, folded, match_flares, match_lines
from tests.linkage_score.measures import Clustered, Counts, Scored
from tests.linkage_score.outcome import Outcome
from tests.linkage_score.trap_checks import TrapChecks, TrapResult
from tests.linkage_worlds.seizure import Held
from tests.linkage_worlds.truth import WorldTruth
from tests.linkage_worlds.truth_of_lines import LineTruth


class WorldScore(msgspec.Struct, kw_only=True):
    """What one world gave, or several together.

    Attributes:
        lines_right_of_flares: Of broadcasts found, those whose line is right (none for an honest sender's).
        unnamed: Lines found whose name the report has not.
    """

    worlds: int = 1
    phones: int = 0
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    sent: Counts = msgspec.field(default_factory=Counts)
    received: Counts = msgspec.field(default_factory=Counts)
    exact_recipients: int = 0
    lines_right_of_flares: int = 0
    lines: Counts = msgspec.field(default_factory=Counts)
    split: int = 0
    merged: int = 0
    unnamed: int = 0
    succession: Counts = msgspec.field(default_factory=Counts)
    membership: Counts = msgspec.field(default_factory=Counts)
    relations: Counts = msgspec.field(default_factory=Counts)
    pairs: list[Scored] = []
    baselines: dict[str, list[Scored]] = {}
    traps: list[TrapResult] = []
    adverts: Counts = msgspec.field(default_factory=Counts)
    names_right: int = 0
    names_in_all: int = 0
    templates_by_text: list[Clustered] = []
    templates_by_message: list[Clustered] = []

    def add(self, other: WorldScore) -> None:
        """Add what another score has."""
        for field in self.__struct_fields__:
            mine, its = getattr(self, field), getattr(other, field)
            if isinstance(mine, dict):
                setattr(self, field, {key: [*mine.get(key, []), *its[key]] for key in its})
            elif isinstance(mine, Counts):
                mine.add(its)
            else:
                setattr(self, field, mine + its)


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """A world beside what the service says of it, with the score."""

    truth: WorldTruth
    outcome: Outcome
    flares: Sequence[FlareMatch]
    lines: Sequence[LineMatch]
    score: WorldScore


def score_world(truth: WorldTruth, outcome: Outcome, everything: list[Held]) -> Matched:
    """Score one world."""
    flares = match_flares(truth, outcome)
    lines = match_lines(truth, outcome, flares)
    scores = outcome.scores()
    score = WorldScore(
        phones=len(truth.phones),
        messages=truth.message_count,
        lost=outcome.lost,
        doubled=outcome.doubled,
        seconds=outcome.seconds,
        pairs=[(scores.get(pair, 0.0), pair in truth.linked) for pair in truth.pairs()],
        baselines={
            rule: [(float(pair in found), pair in truth.linked) for pair in truth.pairs()]
            for rule in RULES
            for found in (linked_by(rule, everything, outcome),)
        },
        traps=TrapChecks(truth, outcome, lines, scores).results(),
    )
    _score_flares(score, flares, lines)
    _score_lines(score, truth, lines)
    _score_members(score, truth, outcome, lines)
    _score_texts(score, truth, outcome, everything)
    return Matched(truth=truth, outcome=outcome, flares=flares, lines=lines, score=score)


def _score_flares(score: WorldScore, flares: Sequence[FlareMatch], lines: Sequence[LineMatch]) -> None:
    shown = {match.line["line_id"]: match.nameless_best for match in lines}
    for match in flares:
        direction = match.found["direction"] if match.found is not None else match.true.direction if match.true else ""
        counts = score.sent if direction == "sent" else score.received
        if match.true is None:
            counts.wrong += 1
        elif match.true.is_required and match.found is None:
            counts.missed += 1
        elif match.true.is_required and match.found is not None:
            counts.right += 1
            score.lines_right_of_flares += shown.get(match.found["line_id"]) == match.true.line
            if direction == "sent":
                score.exact_recipients += match.found["recipient_count"] == match.true.recipients


def pieces_of(lines: Sequence[LineMatch], true: LineTruth) -> list[LineMatch]:
    """Return the lines of the report that hold a part of a true line."""
    return [match for match in lines if true.key in match.holds]


def _score_lines(score: WorldScore, truth: WorldTruth, lines: Sequence[LineMatch]) -> None:
    required = {true.key for true in truth.lines if true.is_required}
    optional = {true.key for true in truth.lines if not true.is_required}
    found: set[str] = set()
    for match in lines:
        if match.is_optional or match.best in optional:
            continue
        if match.best is None or match.best in found:
            score.lines.wrong += 1
            score.unnamed += match.best is None and match.nameless_best is not None
        else:
            found.add(match.best)
            score.lines.right += 1
        score.merged += len(match.holds) > 1
    score.lines.missed += len(required - found)
    score.split += sum(len(pieces_of(lines, true)) > 1 for true in truth.lines)
    stated = {
        (number["succeeds"], number["number"])
        for match in lines
        for number in match.line["numbers"]
        if number["succeeds"]
    }
    right = {pair for true in truth.lines for pair in true.successions}
    possible = {pair for true in truth.lines for pair in true.possible_successions}
    score.succession = Counts(len(stated & right), len(stated - right - possible), len(right - stated))


Row = tuple[str, str, str]
"""Phone, key of true line (or id of a line that is none), relation."""


def stated_rows(outcome: Outcome, lines: Sequence[LineMatch]) -> Iterator[Row]:
    """Yield what the report says of who is a member; mentions are none."""
    for match in lines:
        for row in match.line["devices"] if not match.is_optional else ():
            if row["relation"] != "mentions_line":
                for phone in outcome.phones(row["device_id"]):
                    yield phone, match.nameless_best or match.line["line_id"], row["relation"]


def _score_members(score: WorldScore, truth: WorldTruth, outcome: Outcome, lines: Sequence[LineMatch]) -> None:
    looked_at = {true.key for true in truth.lines if true.is_required}
    others = {true.key for true in truth.lines} - looked_at
    hidden = {(phone, true.key) for true in truth.lines for phone in true.unknowable}
    right = {
        (phone, true.key, relation)
        for true in truth.lines
        if true.key in looked_at
        for phone, relations in true.members.items()
        for relation in relations
    }
    stated = {row for row in stated_rows(outcome, lines) if row[1] not in others and row[:2] not in hidden}
    score.relations = Counts(len(stated & right), len(stated - right), len(right - stated))
    in_right, in_stated = {row[:2] for row in right}, {row[:2] for row in stated}
    score.membership = Counts(len(in_stated & in_right), len(in_stated - in_right), len(in_right - in_stated))


def _score_texts(score: WorldScore, truth: WorldTruth, outcome: Outcome, everything: list[Held]) -> None:
    copies = Counter(text.body for held in everything for text in held.every_text())
    by_text, by_message = [], []
    for body, true in truth.texts.items():
        said = outcome.texts.get(body)
        if said is None:
            continue
        score.adverts.right += true.is_advert and said.is_advert
        score.adverts.wrong += said.is_advert and not true.is_advert
        score.adverts.missed += true.is_advert and not said.is_advert
        if true.is_advert:
            by_text.append((true.wording or body, said.template_id or body, 1))
            by_message.append((true.wording or body, said.template_id or body, copies[body]))
        if true.is_advert and true.names is not None:
            score.names_in_all += 1
            score.names_right += said.line is not None and folded(said.line) == folded(true.names)
    # wordings of one world are compared within it alone
    score.templates_by_text = [(f"{truth.seed} {a}", f"{truth.seed} {b}", n) for a, b, n in by_text]
    score.templates_by_message = [(f"{truth.seed} {a}", f"{truth.seed} {b}", n) for a, b, n in by_message]
