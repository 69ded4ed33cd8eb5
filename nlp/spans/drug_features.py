"""What the drug model sees of a word that can stand for a drug: the word, what stands beside it, what the text is.

A feature is a short string that holds or does not. Those of a candidate are given twice in an advert, once as such: an
advert says less of itself than an order does, and much of it means the same in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from nlp.lexicons import LexiconKind
from nlp.readings import DrugCandidate, Reading, Verdict
from nlp.spans.drug_context import DrugContext
from parsers.records.findings import SpanKind

Part: TypeAlias = tuple[str, ...]
"""What one look at a candidate gives; kept whole, since a part is looked up more quickly than its features."""

_STANDING_FOR: Final = {SpanKind.PRICE: "#price", SpanKind.NUMBER: "#number", SpanKind.HOURS: "#hours"}
_EDGE: Final = "#edge"
_DRUG: Final = "#drug"
_BREAK: Final = "#break"
_MOST: Final = 3
_SHORT: Final = 4
_MIDDLE: Final = 9
_BREAKS: Final = frozenset(".!?\n|")
_PARTY: Final = frozenset({"cocaine", "MDMA", "ketamine", "LSD", "mephedrone", "cannabis"})


class Symbols:
    """What stands at each token of a text: a word, or what is marked there; what is only a space is empty."""

    __slots__ = ("_marked", "_reading")

    def __init__(self, reading: Reading, candidates: Sequence[DrugCandidate]) -> None:
        self._reading = reading
        marked: dict[int, str] = {}
        for (first, last, _), verdict in candidates:
            if verdict is Verdict.THING:
                marked.update(dict.fromkeys(range(first, last), _DRUG))
        for mark in reading.marks:
            symbol = _STANDING_FOR.get(mark.kind)
            if symbol is not None:
                marked.update(dict.fromkeys(reading.tokens_of(mark.start, mark.end), symbol))
        self._marked = marked

    def near(self, at: int, step: int) -> tuple[str, str]:
        """Return the first two symbols that are not empty from a token on, in one direction."""
        first = ""
        count = len(self._reading.words)
        while 0 <= at < count:
            symbol = self._at(at)
            if symbol:
                if first:
                    return first, symbol
                first = symbol
            at += step
        return first or _EDGE, _EDGE

    def _at(self, at: int) -> str:
        symbol = self._marked.get(at)
        if symbol is not None:
            return symbol
        word = self._reading.words[at]
        if self._reading.is_word[at]:
            return f"#{min(len(word), _MOST)}" if word.isdigit() else word
        return _BREAK if not _BREAKS.isdisjoint(word) else word.strip(" ")


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


def parts_of(reading: Reading, candidate: DrugCandidate, neighbours: Symbols, facts: Sequence[str]) -> list[Part]:
    """Return what holds for one candidate, in parts of which ``features_of_part`` gives the features.

    Args:
        reading: The text.
        candidate: The candidate.
        neighbours: What stands at each token.
        facts: What ``DrugContext`` says of the candidate.
    """
    term, verdict = candidate
    entry = term.entry
    word = entry.term
    tier = f"{entry.ambiguity} {entry.needs}"
    group = entry.joins or entry.canonical[0]
    before, before2 = neighbours.near(term.first - 1, -1)
    after, after2 = neighbours.near(term.last, 1)
    parts: list[Part] = [
        ("word", verdict.value, tier, word, group, "+".join(entry.canonical)),
        ("side", "before", before, word, group, entry.needs),
        ("side", "after", after, word, group, entry.needs),
        ("beyond", "before2", before2, before),
        ("beyond", "after2", after2, after),
        ("one", f"between {before} {after}"),
        ("one", f"written {_case(reading, candidate)} {tier}"),
    ]
    parts += [("fact", fact, tier, group) for fact in facts]
    parts += [("one", f"{word} {fact}") for fact in facts if fact.startswith("beside")]
    name = reading.name
    if name is not None:
        if name.start < reading.ends[term.last - 1] and reading.starts[term.first] < name.end:
            parts += [("one", f"name {tier}"), ("one", f"name {group}")]
        elif name.canonical.lower() == word:
            parts.append(("one", f"named {tier}"))
    return parts


def features_of_part(part: Part) -> list[str]:
    """Return the features that one part stands for; the same part always stands for the same ones."""
    kind, *rest = part
    if kind == "word":
        verdict, tier, word, group, names = rest
        return [
            f"{verdict} {tier}",
            f"is {word}",
            f"is {word} {verdict}",
            f"group {group} {verdict}",
            f"for {names} {verdict}",
        ]
    if kind == "side":
        side, beside, word, group, needs = rest
        return [f"{side} {beside}", f"{word} {side} {beside}", f"{group} {needs} {side} {beside}"]
    if kind == "beyond":
        side, far, beside = rest
        return [f"{side} {far} {beside}", f"near {far}"]
    if kind == "fact":
        fact, tier, group = rest
        return [fact, f"{fact} {tier}", f"{fact} {group}"]
    return rest


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
