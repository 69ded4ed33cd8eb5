"""What the models of adverts look at: words, their classes, their letters, how a text is typed, facts of the whole.

Drugs, prices, numbers, hours and the name are replaced by what they are: a model that knows ``Rico`` or ``3 for 25``
knows its corpus, not adverts. Words of other languages and of dialects are read as the English words that they stand
for, so that what was learned in one language holds in the others; words that say the same are one class. Letters are
those of the text as it is typed: a word that no text before held is mostly a spelling, a form or a part of one that is
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, compress, groupby, pairwise
from math import ceil
from typing import Final, NamedTuple

from nlp.adverts.text_typing import CLOSING_MARKS, OPENING_MARKS, ends_in_one_call, typing_of
from nlp.adverts.token_facts import MAX_WORDS, KnownTokens, OrderedWord, TokenFacts
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.spans.drug_marks import RULE_BY_AMBIGUITY
from nlp.words.hints import DIGIT
from parsers.records.findings import NumberChangeRole, SpanKind

WORD_SIZES: Final = 3
CLASS_SIZES: Final = 4
"""Most words, and most classes of words, in one feature."""

NEAREST_APART: Final = 2
FURTHEST_APART: Final = 4
"""How far apart two words of one feature may stand; neighbours are a stretch."""

LETTER_SIZES: Final = (3, 4)
"""Letters of a word, its edges among them, in one feature."""

_SYMBOLS: Final = {
    SpanKind.PRICE: "§price",
    SpanKind.NUMBER: "§number",
    SpanKind.HOURS: "§hours",
}
_SYMBOL_SIGN: Final = "§"
_DRUG: Final = "§drug"
_EVERYDAY_DRUG: Final = "§drug?"
"""Words such as ``brown`` and ``green``, which say little by themselves."""
_RULE_HIGH: Final = RULE_BY_AMBIGUITY["high"]
_NAME: Final = "§name"
_SURE: Final = 3.0
"""Log-odds of the rules from which on they are all but sure."""
_OFFERED: Final = frozenset({_NAME, _DRUG, _EVERYDAY_DRUG, _SYMBOLS[SpanKind.PRICE]})
_CLASSED: Final = (LexiconKind.LOOKALIKE, LexiconKind.CUE, LexiconKind.STOCK)
_START, _END = "<", ">"
_LENGTHS: Final = (1, 2, 3, 4, 6, 9, 13, 20, 30, 50)
_LENGTH_FACTS: Final = [
    f"words{next(length for length in _LENGTHS if count <= length)}" for count in range(max(_LENGTHS) + 1)
]
_LONG: Final = "words99"
_STEPS: Final = [f"rules>{step}" for step in range(-5, 6)]
_LOWEST_STEP: Final = -5
_OPENING: Final = frozenset(OPENING_MARKS)
_CLOSING: Final = frozenset(CLOSING_MARKS)

_PENCE: Final = re.compile(r"\u00a3 ?[0-9]{1,3}\.[0-9]{2}(?![0-9])|(?<![0-9.])[0-9]{2}p\b")
"""A price with pence, which shops have and lines have not."""

_NUMBERS: Final = re.compile(r"[0-9]+")
_NOT_CHEAP: Final = re.compile("get|pay|buy|free")
_MOST_CHEAP: Final = 4.5
_MOST_COUNT: Final = 8
_MOST_DIGITS: Final = 4
"""A deal of no more pieces than that, each for less than so many pounds, is a shop's: pills are sold by the strip."""


class Tokens(NamedTuple):
    """The first tokens of a text.

    Attributes:
        told: What each tells by itself.
        symbols: What stands for those that lie in a mark or in the name, by place.
        families: Class of the term that covers a token, by place.
    """

    told: list[TokenFacts]
    symbols: dict[int, str]
    families: dict[int, str]


class Looked(NamedTuple):
    """A text as both models see it.

    Attributes:
        words: Normal forms and symbols.
        classes: Their classes, equal ones side by side once.
        facts: What holds of the whole; sorted, each once.
        steps: How far the rules are exceeded.
    """

    words: list[str]
    classes: list[str]
    facts: list[str]
    steps: list[str]


class Typed(NamedTuple):
    """What a second look shows, which the linear model does not take.

    Attributes:
        spelled: The plain words as they are typed, in lower case, each once.
        typing: How the text is typed.
        ordered: All words in order.
    """

    spelled: list[str]
    typing: list[str]
    ordered: list[OrderedWord]


class ModelEyes:
    """Looks at readings whose terms, marks, name and cues are there."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._class_of = {entry.term: entry.cue for entry in lexicons.of_kind(LexiconKind.EVERYDAY)}
        self._topics = frozenset(self._class_of.values())
        for word in lexicons.terms(LexiconKind.PATTERN, "function_word"):
            self._class_of.setdefault(word, word)
        for entry in lexicons.of_kind(LexiconKind.SENSE):
            self._class_of.setdefault(entry.term, entry.canonical[0])
            self._class_of.setdefault(entry.canonical[0], entry.canonical[0])
        self._known = KnownTokens(self._class_of)

    def look(self, reading: Reading, tokens: Tokens | None = None) -> Looked:
        """Return what both models see. ``tokens`` are those of the reading (``tokens_of``), where they are at hand."""
        told, symbols, families = tokens or self.tokens_of(reading)
        words = [each.seen for each in told]
        classes = [each.found for each in told]
        for at, family in families.items():
            if told[at].spelled:
                classes[at] = family
        for at, symbol in symbols.items():
            if at < len(told):
                words[at] = classes[at] = symbol
        words = [_START, *filter(None, words), _END]
        if symbols:
            # Words side by side that one mark covers are one.
            words = [_START, *[word for before, word in pairwise(words) if word != before or word[0] != _SYMBOL_SIGN]]
        classes = [*[found for found, _ in groupby([_START, *filter(None, classes)])], _END]
        facts = _facts(reading)
        facts.update(self._topics.intersection(classes))
        if families:
            facts.update(families.values())
        return Looked(words, classes, sorted(facts), _steps_below(reading.rule_total))

    def look_closer(self, reading: Reading, tokens: Tokens | None = None) -> Typed:
        """Return what the other models see besides; ``tokens`` as above."""
        told, symbols, _ = tokens = tokens or self.tokens_of(reading)
        spelled = [each.spelled for each in told]
        for at in symbols:
            if at < len(told):
                spelled[at] = ""
        return Typed(list(dict.fromkeys(filter(None, spelled))), typing_of(reading), _in_order(tokens))

    def tokens_of(self, reading: Reading) -> Tokens:
        """Return the first tokens of a text, which both looks are at.

        Of one that names a line, a drug or a price, or that the rules are sure of, the one exclamation mark at its end
        is left out; what else ends so is a shop's more often than not ("Open now till late!").
        """
        told, symbols = self._known.of(reading), _symbols(reading)
        if len(told) > 1 and told[-1].seen == "!" and ends_in_one_call(reading.shadow.text.rstrip()):
            is_offer = reading.rule_total >= _SURE or not _OFFERED.isdisjoint(symbols.values())
            told = told[:-1] if is_offer else told
        return Tokens(told, symbols, _families(reading))


def _in_order(tokens: Tokens) -> list[OrderedWord]:
    """Return the words and marks; words side by side that one mark covers are one."""
    told, symbols, families = tokens
    words = [each.word for each in told]
    for at, family in families.items():
        if at not in symbols and told[at].spelled:
            words[at] = OrderedWord(words[at].seen, family, *words[at][2:])
    for at, symbol in symbols.items():
        if at < len(told):
            words[at] = OrderedWord(symbol, symbol, *words[at][2:])
    words = [word for word in words if word[0] != " "]
    if symbols:
        is_first = [True, *[one[0] != other[0] or other[0][0] != _SYMBOL_SIGN for one, other in pairwise(words)]]
        words = list(compress(words, is_first))
    return _undecorated(words)


def _undecorated(words: list[OrderedWord]) -> list[OrderedWord]:
    """Return the words and marks without the marks that decorate the ends."""
    first, last = 0, len(words)
    while first < last and words[first].seen in _OPENING:
        first += 1
    while last > first and words[last - 1].seen in _CLOSING:
        last -= 1
    # Of a text of marks alone they are what there is.
    return words[first:last] or words


def linear_features_of(looked: Looked) -> list[str]:
    """Return the features of the linear model, each once: what it is trained on. ``linear_model`` weighs these."""
    found = _features_of_both(looked)
    found.update(f"p:{one} {other}" for one, other in combinations(looked.facts, 2))
    return sorted(found)


def network_features_of(looked: Looked, typed: Typed) -> list[str]:
    """Return the features of the network: what it is trained on. ``nlp.adverts.network_model`` weighs just these.

    Letters count once for each word that has them, everything else once.
    """
    words = looked.words
    found = _features_of_both(looked)
    found.update(f"f:{fact}" for fact in typed.typing)
    for at, word in enumerate(words):
        found.update(f"a:{word} {other}" for other in words[at + NEAREST_APART : at + FURTHEST_APART + 1])
    return [*sorted(found), *(f"l:{letters}" for word in typed.spelled for letters in letters_of(word))]


def _features_of_both(looked: Looked) -> set[str]:
    found = {f"w:{gram}" for size in range(1, WORD_SIZES + 1) for gram in _grams(looked.words, size)}
    found.update(f"c:{gram}" for size in range(1, CLASS_SIZES + 1) for gram in _grams(looked.classes, size))
    found.update(f"f:{fact}" for fact in (*looked.facts, *looked.steps))
    return found


def letters_of(word: str) -> list[str]:
    """Return the stretches of letters of a word as it is typed, each once, its edges marked."""
    edged = f"<{word}>"
    return sorted({edged[at : at + size] for size in LETTER_SIZES for at in range(len(edged) - size + 1)})


def _grams(sequence: Sequence[str], size: int) -> Iterator[str]:
    for at in range(len(sequence) - size + 1):
        yield " ".join(sequence[at : at + size])


def _steps_below(total: float) -> list[str]:
    """Return a step for each whole number of log-odds that the rules exceed."""
    return _STEPS[: max(0, ceil(total) - _LOWEST_STEP)]


def _symbols(reading: Reading) -> dict[int, str]:
    """Return what stands for each token that lies in a mark or in the name; a name goes before a drug."""
    symbols: dict[int, str] = {}
    for mark in reading.marks:
        if mark.kind is SpanKind.DRUG:
            drug = _EVERYDAY_DRUG if mark.rule == _RULE_HIGH else _DRUG
            for at in reading.tokens_of(mark.start, mark.end):
                symbols.setdefault(at, drug)
        elif mark.kind in _SYMBOLS:
            symbols.update(dict.fromkeys(reading.tokens_of(mark.start, mark.end), _SYMBOLS[mark.kind]))
    name = reading.name
    if name is not None:
        symbols.update(dict.fromkeys(reading.tokens_of(name.start, name.end), _NAME))
    return symbols


def _families(reading: Reading) -> dict[int, str]:
    """Return the class of the term that covers a token: what speaks for an advert before what speaks against."""
    families: dict[int, str] = {}
    terms = reading.terms
    if terms:
        for kind in _CLASSED:
            for first, last, entry in terms.get(kind, ()):
                found = entry.cue or kind.value
                for at in range(first, min(last, MAX_WORDS)):
                    families[at] = found
    return families


def _fact_of(mark: Mark) -> str:
    return "drug?" if mark.kind is SpanKind.DRUG and mark.rule == _RULE_HIGH else mark.kind.value


def said_facts(reading: Reading) -> set[str]:
    """Return what cues and marks say of a text."""
    facts = {cue[0] for cue in reading.cues}
    if reading.marks:
        facts.update([_fact_of(mark) for mark in reading.marks])
    return facts


def length_fact(reading: Reading) -> str:
    """Return about how many words a text has."""
    count = reading.is_word.count(True)
    return _LENGTH_FACTS[count] if count < len(_LENGTH_FACTS) else _LONG


def _facts(reading: Reading) -> set[str]:
    """Return what holds of the text as a whole."""
    facts = said_facts(reading)
    facts.add(length_fact(reading))
    low = reading.shadow.lower
    if "?" in low:
        facts.add("?")
    if "\u00a3" in low:
        facts.add("\u00a3")
    if reading.hints & DIGIT:
        facts.update(_money_facts(reading))
    if reading.language:
        facts.add(f"in-{reading.language}")
    if reading.number_change.role is not NumberChangeRole.NONE:
        facts.add(f"change-{reading.number_change.role.value}")
    if reading.name is not None:
        facts.add("name")
        facts.add(reading.name.rule.rpartition(":")[2])
    return facts


def _money_facts(reading: Reading) -> Iterator[str]:
    """Yield what the sums of a text say of who asks them."""
    low = reading.shadow.lower
    if ("." in low or "p" in low) and _PENCE.search(low):
        yield "pence"
    for mark in reading.marks:
        if mark.kind is SpanKind.PRICE:
            price = low[mark.start : mark.end]
            numbers = _NUMBERS.findall(price)
            if len(numbers) > 1 and not _NOT_CHEAP.search(price):
                # The first and the last: "3 4 25".
                count, amount = int(numbers[0][:_MOST_DIGITS]), int(numbers[-1][:_MOST_DIGITS])
                if 1 < count <= _MOST_COUNT and amount < count * _MOST_CHEAP:
                    yield "cheap"
