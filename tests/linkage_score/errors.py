"""The errors of a world, one line each, for reading."""

from __future__ import annotations

from collections.abc import Iterator

from tests.linkage_score.measures import MODERATE
from tests.linkage_score.scoring import Matched, pieces_of, stated_rows
from tests.linkage_worlds.truth import moment_text

_SHOWN_REASONS = 2
_SHOWN_TEXTS = 400


def errors_of(matched: Matched) -> Iterator[str]:
    """Yield everything that is wrong, the most harmful kind first."""
    yield from _traps(matched)
    yield from _links(matched)
    yield from _lines(matched)
    yield from _successions(matched)
    yield from _members(matched)
    yield from _flares(matched)
    yield from _texts(matched)


def _traps(matched: Matched) -> Iterator[str]:
    for trap in matched.score.traps:
        for violation in trap.violations:
            yield f"trap   {trap.name} ({trap.what}): {violation}"


def _links(matched: Matched) -> Iterator[str]:
    scores, links = matched.outcome.scores(), matched.outcome.links()
    phones = matched.truth.phones
    for pair in matched.truth.pairs():
        score, is_linked = scores.get(pair, 0.0), pair in matched.truth.linked
        if (score >= MODERATE) == is_linked:
            continue
        roles = f"{pair[0]} ({phones[pair[0]].role}), {pair[1]} ({phones[pair[1]].role})"
        shared = [true.key for true in matched.truth.lines if true.members.keys() >= set(pair)]
        reasons = " | ".join(reason["sentence"] for reason in links[pair]["reasons"]) if pair in links else "not listed"
        yield f"link   {'missed' if is_linked else 'false '} {score:.2f} {roles} {shared} {reasons[:300]}"


def _lines(matched: Matched) -> Iterator[str]:
    for match in matched.lines:
        line = match.line
        numbers = ", ".join(number["number"] for number in line["numbers"])
        shown = f"{line['name']} [{numbers}] {len(line['devices'])} rows"
        if len(match.holds) > 1:
            yield f"line   merged {shown}: {sorted(match.holds)}"
        if match.best is None and not match.is_optional:
            yield f"line   {'other name' if match.nameless_best else 'made up'} {shown}: {match.nameless_best}"
    for true in matched.truth.lines:
        pieces = pieces_of(matched.lines, true)
        if len(pieces) > 1:
            shown = "; ".join(
                f"{piece.line['name']} {[number['number'] for number in piece.line['numbers']]}" for piece in pieces
            )
            yield f"line   split  {true.key}: {shown}"
        if true.is_required and not pieces:
            yield f"line   missed {true.key} {[stint.number for stint in true.stints]} on {sorted(true.members)}"


def _successions(matched: Matched) -> Iterator[str]:
    stated = {
        (number["succeeds"], number["number"]): match.line["name"]
        for match in matched.lines
        for number in match.line["numbers"]
        if number["succeeds"]
    }
    right = {pair: true.key for true in matched.truth.lines for pair in true.successions}
    possible = {pair for true in matched.truth.lines for pair in true.possible_successions}
    for pair in sorted(stated.keys() - right.keys() - possible):
        yield f"number made up {pair[0]} > {pair[1]} in {stated[pair]}"
    for pair in sorted(right.keys() - stated.keys()):
        yield f"number missed  {pair[0]} > {pair[1]} in {right[pair]}"


def _members(matched: Matched) -> Iterator[str]:
    truth = matched.truth
    required = {true.key for true in truth.lines if true.is_required}
    right = {
        (phone, true.key, relation)
        for true in truth.lines
        if true.key in required
        for phone, relations in true.members.items()
        for relation in relations
    }
    others = {true.key for true in truth.lines} - required
    hidden = {(phone, true.key) for true in truth.lines for phone in true.unknowable}
    stated = {
        row for row in stated_rows(matched.outcome, matched.lines) if row[1] not in others and row[:2] not in hidden
    }
    for kind, rows in (("made up", stated - right), ("missed", right - stated)):
        for phone, key, relation in sorted(rows):
            role = truth.phones[phone].role
            yield f"member {kind} {phone} ({role}) {relation} of {key}"


def _flares(matched: Matched) -> Iterator[str]:
    for match in matched.flares:
        true, found = match.true, match.found
        if true is None and found is not None:
            phone = matched.outcome.phones(found["device_id"])
            yield (
                f"flare  made up {found['direction']} on {', '.join(phone)} by {found['sender']} {found['started_at']} "
                f"to {found['ended_at']}, {found['recipient_count']} recipients"
            )
        elif true is not None and found is None and true.is_required:
            yield (
                f"flare  missed {true.direction} on {true.phone} by {true.senders} {moment_text(true.first)} to "
                f"{moment_text(true.last)}, {true.recipients} recipients, {true.wording} of {true.line}"
            )
        elif (
            true is not None
            and found is not None
            and true.direction == "sent"
            and true.is_required
            and true.recipients != found["recipient_count"]
        ):
            yield (
                f"flare  {found['recipient_count']} recipients for {true.recipients} on {true.phone} "
                f"{moment_text(true.first)}, {true.wording} of {true.line}"
            )


def _texts(matched: Matched) -> Iterator[str]:
    shown = 0
    for body, true in sorted(matched.truth.texts.items()):
        said = matched.outcome.texts.get(body)
        if said is None or shown > _SHOWN_TEXTS:
            continue
        if said.is_advert != true.is_advert:
            shown += 1
            yield f"text   {'no advert' if true.is_advert else 'advert'} to the analysis: {body!r}"
        elif true.is_advert and true.names and (said.line or "").casefold() != true.names.casefold():
            shown += 1
            yield f"text   named {said.line} for {true.names}: {body!r}"
