"""What the model of stretches sees of each word of an advert: the word, its neighbours, what rules say of it.

Offers and places have no form of their own at their edges, as prices and hours have: where one starts and ends, the
words around it tell. Rules mark what they know; the model reads those marks as it reads the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Reading
from parsers.records.findings import SpanKind

Part: TypeAlias = tuple[str, ...]
"""What one look at a word gives; kept whole, since a part is looked up more quickly than its features."""

KINDS: Final = {"offer": SpanKind.OFFER, "place": SpanKind.PLACE}
"""The stretches that are looked for, by the names of their marks in the corpora."""

_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_STANDING_FOR: Final = {
    SpanKind.PRICE: "#price",
    SpanKind.NUMBER: "#number",
    SpanKind.DRUG: "#drug",
    SpanKind.HOURS: "#hours",
}
_CLASSES: Final = (
    *("place_noun", "place_named", "place_end", "place_kept", "place_before", "place_start", "town_before"),
    *("offer_word", "offer_start", "offer_turn", "offer_get", "offer_join", "offer_end", "amount_free", "amount_get"),
    *("amount_until", "amount_from", "amount_half", "amount_part_of_day", "amount_relative_day", "amount_day_name"),
    *("amount_count_word", "amount_money_word", "amount_note", "amount_any", "amount_you", "amount_pay"),
)
"""Classes of words that tell."""

_EDGE: Final = "#edge"
_BREAK: Final = "#break"
_SIGN: Final = "#sign"
_BREAKS: Final = frozenset(".!?\n")
_KEPT_MARKS: Final = frozenset(",:;-&/+=()'")
_MOST_DIGITS: Final = 3
_AFFIX: Final = 3
_FAR: Final = frozenset({"--", "++"})


class Columns(NamedTuple):
    """An advert word by word, as its parts are made of it.

    Attributes:
        tokens: The tokens that are no space.
        words: What stands at each, with two edges before and two behind.
        shapes: How each is written.
        forms: What each is by itself, with an edge before and one behind.
        rules: What the rules say of each, with nothing before and behind.
    """

    tokens: list[int]
    words: list[str]
    shapes: list[str]
    forms: list[str]
    rules: list[str]


class Looked(NamedTuple):
    """What is seen of an advert.

    Attributes:
        tokens: The tokens that are no space.
        parts: What is seen of each.
    """

    tokens: list[int]
    parts: list[list[Part]]


class StretchFeatures:
    """Looks at adverts.

    Args:
        lexicons: The pattern lexicons ``amounts``, ``offers`` and ``places``, the towns and the settlements.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        classes: dict[str, list[str]] = defaultdict(list)
        for name in _CLASSES:
            for term in sorted(lexicons.terms(LexiconKind.PATTERN, name)):
                classes[term].append(name)
        for term in sorted(lexicons.terms(LexiconKind.TOWN)):
            classes[term].append("town")
        for term in sorted(lexicons.terms(LexiconKind.SETTLEMENT)):
            classes[term].append("settlement")
        self._classes: Mapping[str, list[str]] = dict(classes)

    def columns(self, reading: Reading) -> Columns:
        """Return an advert whose other marks are settled, word by word."""
        tokens = [at for at, word in enumerate(reading.words) if word.strip()]
        symbols, rules = _symbols(reading, tokens), _rules(reading, tokens)
        shapes = _shapes(reading, tokens)
        words = [_EDGE, _EDGE, *symbols, _EDGE, _EDGE]
        forms = [_EDGE, *(f"{shape}{self._class_of(word)}" for shape, word in zip(shapes, symbols, strict=True)), _EDGE]
        return Columns(tokens, words, shapes, forms, ["", *rules, ""])

    def look(self, reading: Reading) -> Looked:
        """Return what is seen of an advert whose other marks are settled."""
        tokens, words, shapes, forms, rules = self.columns(reading)
        parts: list[list[Part]] = []
        for at, shape in enumerate(shapes):
            before2, before, word, after, after2 = words[at : at + 5]
            of_words = [parts_of_word(each)[place] for place, each in enumerate((before, after, before2, after2))]
            pairs = ((before, word), (word, after), (before2, before), (after, after2))
            of_pairs = [parts_of_pair(pair)[place] for place, pair in enumerate(pairs)]
            of_forms = part_of_forms((*forms[at : at + 3], before, after))
            of_rules = part_of_rules((*rules[at : at + 3], before, word))
            own = [part_of_own((word, shape)), *of_words, *of_pairs, of_forms]
            parts.append([*own, of_rules] if of_rules else own)
        return Looked(tokens, parts)

    def features_of_part(self, part: Part) -> list[str]:
        """Return the features that one part stands for; the same part always stands for the same ones."""
        place, *rest = part
        if place == "forms":
            last, own, following, before, after = rest
            if not (own or last or following):
                return []
            return [
                f"form {last} {own}",
                f"form {own} {following}",
                f"form {last} {own} {following}",
                f"form {own} behind {before}",
                f"form {own} before {after}",
            ]
        if place == "rules":
            last, own, following, before, word = rest
            found = [f"rule {own}", f"rule {own} behind {before}", f"rule before {last}", f"rule after {following}"]
            return [*found, f"rules {last} {own} {following}", *([f"rule {own} of {word}"] if own else [])]
        if len(rest) > 1 and place != "0":
            return [f"{place} {' '.join(rest)}"]
        word = rest[0]
        if place in _FAR:
            return [f"{place} {word}"]
        found = [f"{place} {word}", *(f"{place} is {name}" for name in self._classes.get(word, ()))]
        if place == "0":
            found.append(f"shape {rest[1]}")
            if word.isalpha() and len(word) > _AFFIX:
                found += [f"begins {word[:_AFFIX]}", f"ends {word[-_AFFIX:]}"]
        return found

    def _class_of(self, word: str) -> str:
        """Return what a word is by itself as far as places go; empty for most."""
        if word.startswith("#"):
            return word if word in {_BREAK, _SIGN} else "#"
        names = self._classes.get(word, ())
        if "town" in names or "settlement" in names:
            return "~place"
        return "~noun" if "place_noun" in names or "place_named" in names else ""


def part_of_own(seen: tuple[str, str]) -> Part:
    """Return what a word and its shape give where they stand."""
    return ("0", *seen)


def parts_of_word(word: str) -> tuple[Part, ...]:
    """Return what a word gives behind it, before it, and one place further behind and before."""
    return ("-", word), ("+", word), ("--", word), ("++", word)


def parts_of_pair(pair: tuple[str, str]) -> tuple[Part, ...]:
    """Return what two words side by side give at the second, at the first, behind them and before them."""
    return ("-0", *pair), ("0+", *pair), ("--,-", *pair), ("+,++", *pair)


def part_of_forms(seen: tuple[str, ...]) -> Part:
    """Return what three forms and the words beside the middle one give."""
    return ("forms", *seen)


def part_of_rules(seen: tuple[str, ...]) -> Part:
    """Return what the rules give at a word and on both sides of it; empty where they say nothing."""
    return ("rules", *seen) if any(seen[:3]) else ()


def _symbols(reading: Reading, tokens: list[int]) -> list[str]:
    """Return what stands at each token: a word, a class of numbers or marks, or what is marked there."""
    marked: dict[int, str] = {}
    for mark in reading.marks:
        symbol = _STANDING_FOR.get(mark.kind)
        if symbol is not None:
            marked.update(dict.fromkeys(reading.tokens_of(mark.start, mark.end), symbol))
    if reading.name is not None:
        marked.update(dict.fromkeys(reading.tokens_of(reading.name.start, reading.name.end), "#name"))
    words = reading.glossed or reading.words
    return [marked.get(at) or _symbol(words[at], is_word=reading.is_word[at]) for at in tokens]


def _symbol(word: str, *, is_word: bool) -> str:
    if word.isdigit():
        return f"#{min(len(word), _MOST_DIGITS)}"
    if is_word:
        return word
    if not _BREAKS.isdisjoint(word):
        return _BREAK
    return word if word in _KEPT_MARKS else _SIGN


def _rules(reading: Reading, tokens: list[int]) -> list[str]:
    """Return for each token which rule marked it and whether it opens or ends the mark; empty for most."""
    found: dict[int, list[str]] = defaultdict(list)
    for mark in reading.marks:
        name = _NAMES.get(mark.kind)
        if name is not None:
            inside = reading.tokens_of(mark.start, mark.end)
            for at in inside:
                found[at].append(f"{name}{'<' * (at == inside[0])}{'>' * (at == inside[-1])}")
    return ["|".join(sorted(found[at])) if at in found else "" for at in tokens]


def _shapes(reading: Reading, tokens: list[int]) -> list[str]:
    """Return for each token whether it is written with a capital, and whether that is one inside a sentence."""
    is_shouted = reading.shadow.text.isupper()
    shapes = []
    opens = True
    for at in tokens:
        token = reading.tokens[at]
        is_capital = token[0].isupper() and not is_shouted
        shapes.append(("start" if opens else "inner") if is_capital else "")
        opens = not _BREAKS.isdisjoint(token)
    return shapes
