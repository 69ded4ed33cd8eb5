"""What the drug model sees of a word that can stand for a drug: the word, what stands beside it, what the text is.

A feature is a short string that holds or does not. Those of a candidate are given twice in an advert, once as such: an
advert says less of itself than an order does, and much of it means the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.components.drug_context import DrugContext
from nlp.lexicons import LexiconKind
from nlp.readings import DrugCandidate, Mark, Reading, Verdict
from parsers.records.findings import SpanKind

_STANDING_FOR: Final = {SpanKind.PRICE: "#price", SpanKind.NUMBER: "#number", SpanKind.HOURS: "#hours"}
_EDGE: Final = "#edge"
_DRUG: Final = "#drug"
_BREAK: Final = "#break"
_REACH: Final = 2
"""Words on each side that are looked at."""

_MOST: Final = 3
_SHORT: Final = 4
_MIDDLE: Final = 9
_BREAKS: Final = frozenset(".!?\n|")
_PARTY: Final = frozenset({"cocaine", "MDMA", "ketamine", "LSD", "mephedrone", "cannabis"})


def features_of_text(reading: Reading, candidates: Sequence[DrugCandidate], context: DrugContext) -> list[str]:
    """Return what holds for the text as a whole."""
    kind = "advert" if reading.is_advert else "other"
    found = [kind, f"lang {reading.language}", f"{kind} {_length(reading)}"]
    found += [f"{name} {value}" for name, value in context.counts(reading).items() if value]
    for lexicon in (LexiconKind.LOOKALIKE, LexiconKind.CUE):
        found += sorted({f"{kind} {term.entry.cue} {term.entry.ambiguity}" for term in reading.of_kind(lexicon)})
    kinds = {mark.kind for mark in reading.marks}
    found += [f"{kind} has {SpanKind(each).value}" for each in sorted(kinds) if each is not SpanKind.DRUG]
    things = [candidate.term.entry for candidate in candidates if candidate.verdict is Verdict.THING]
    names = {name for entry in things for name in entry.canonical}
    found.append(f"{kind} sure {min(_MOST, sum(entry.ambiguity == 'low' for entry in things))}")
    found.append(f"{kind} things {min(_MOST, len(things))}")
    if not names.isdisjoint(_PARTY):
        found.append(f"{kind} party")
    if "?" in reading.words:
        found.append(f"{kind} asks")
    if not reading.is_advert:
        found += [f"word {word}" for word in dict.fromkeys(reading.words) if word.isalpha()]
    return found


def features_of(
    reading: Reading, candidate: DrugCandidate, neighbours: Sequence[str], facts: Sequence[str]
) -> Iterator[str]:
    """Yield what holds for one candidate.

    Args:
        reading: The text.
        candidate: The candidate.
        neighbours: What stands at each token, as ``symbols`` gives it.
        facts: What ``DrugContext`` says of the candidate.
    """
    term, verdict = candidate
    entry = term.entry
    word = entry.term
    tier = f"{entry.ambiguity} {entry.needs}"
    group = entry.joins or entry.canonical[0]
    yield f"{verdict} {tier}"
    yield f"is {word}"
    yield f"is {word} {verdict}"
    yield f"group {group} {verdict}"
    yield f"for {'+'.join(entry.canonical)} {verdict}"
    before = [_at(neighbours, term.first, -step) for step in range(1, _REACH + 1)]
    after = [_at(neighbours, term.last - 1, step) for step in range(1, _REACH + 1)]
    yield f"before {before[0]}"
    yield f"before2 {before[1]} {before[0]}"
    yield f"near {before[1]}"
    yield f"after {after[0]}"
    yield f"after2 {after[0]} {after[1]}"
    yield f"near {after[1]}"
    yield f"between {before[0]} {after[0]}"
    yield f"{word} before {before[0]}"
    yield f"{word} after {after[0]}"
    yield f"{group} {entry.needs} before {before[0]}"
    yield f"{group} {entry.needs} after {after[0]}"
    yield f"written {_case(reading, candidate)} {tier}"
    for fact in facts:
        yield fact
        yield f"{fact} {tier}"
        yield f"{fact} {group}"
    name = reading.name
    start, end = reading.starts[term.first], reading.ends[term.last - 1]
    if name is not None and name.start < end and start < name.end:
        yield f"name {tier}"
        yield f"name {group}"


def symbols(reading: Reading, candidates: Sequence[DrugCandidate]) -> list[str]:
    """Return what stands at each token: a word, or what is marked there; what is only a space is empty."""
    found = [word if word.strip(" ") else "" for word in reading.words]
    for at, word in enumerate(reading.words):
        if word.isdigit():
            found[at] = f"#{min(len(word), _MOST)}"
        elif not reading.is_word[at] and not _BREAKS.isdisjoint(word):
            found[at] = _BREAK
    for candidate in candidates:
        if candidate.verdict is Verdict.THING:
            found[candidate.term.first : candidate.term.last] = [_DRUG] * (candidate.term.last - candidate.term.first)
    for mark in reading.marks:
        _stand_in(reading, mark, found)
    return found


def _stand_in(reading: Reading, mark: Mark, found: list[str]) -> None:
    symbol = _STANDING_FOR.get(mark.kind)
    if symbol is not None:
        for at in reading.tokens_of(mark.start, mark.end):
            found[at] = symbol


def _at(neighbours: Sequence[str], at: int, step: int) -> str:
    """Return the ``step``-th symbol that is not empty to the right of a token, to the left where it is negative."""
    direction = 1 if step > 0 else -1
    left = abs(step)
    place = at + direction
    while 0 <= place < len(neighbours):
        if neighbours[place]:
            left -= 1
            if not left:
                return neighbours[place]
        place += direction
    return _EDGE


def _length(reading: Reading) -> str:
    words = sum(reading.is_word)
    return "short" if words <= _SHORT else "middle" if words <= _MIDDLE else "long"


def _case(reading: Reading, candidate: DrugCandidate) -> str:
    written = reading.tokens[candidate.term.first]
    if not written[0].isalpha():
        return "sign"
    if written.isupper():
        return "shouted" if reading.shadow.text.isupper() else "upper"
    is_start = candidate.term.first == 0 or reading.words[candidate.term.first - 1][0] in _BREAKS
    return "lower" if written.islower() else "start" if is_start else "title"
