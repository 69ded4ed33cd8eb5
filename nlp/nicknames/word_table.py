"""The words of a reading without marks and emoji, with what stands between them: what the finder of names looks at."""

from __future__ import annotations

import re
import string
from itertools import compress
from typing import Final

from nlp.lexicons import LexiconKind
from nlp.nicknames.name_auxiliaries import is_named_here
from nlp.nicknames.name_words import EVERYDAY, NameWord, WordGrader
from nlp.nicknames.own_letters import own_letters
from nlp.readings import Reading
from nlp.words.spelling import MAX_WORD
from parsers.records.findings import SpanKind

SPACE: Final = "space"
"""Between two words of one stretch. What else stands between words is a border."""

MASK: Final = "mask"
"""A sign in the middle of a word, in place of a letter: ``MAG!C``, ``sm*rf``."""

AND_SIGNS: Final = frozenset({"&", "+"})
"""What stands for "and" between the two names of one line: ``Kit & Joss``, ``kit+joss``."""

_PAIR: Final = 2
_FIRST_PERSON: Final = frozenset({"we", "us", "our", "i", "im", "ive", "me", "my", "weve", "ours", "mine"})
_MASKS: Final = frozenset("!*|")
_PARTS: Final = frozenset("._")
_PARTED: Final = re.compile(r"(?<![\w.])[^\W\d_][._][^\W\d_]{2}")

MAX_WORDS: Final = 80
"""Words that are looked at: adverts are short, and a long text costs no more than this."""

_CAPITALS: Final = string.ascii_uppercase.encode()
_SMALLS: Final = string.ascii_lowercase.encode()
_MAX_SEEN: Final = 50_000
_MAX_GAP: Final = 40
_SHORT_NUMBER: Final = 4
_LONG_NUMBER: Final = "00000"
"""Digits of a number that no phrase names and no brand has."""
_NAME_AND_MONTH: Final = "june"
"""What "may" as a name is like."""
_ALSO_ARE: Final = "r"
_ARE_TO: Final = frozenset({"u", "you", "ya", "we", "us", "they"})
"""Behind an R that is "are": ``Rico R U ready``, ``Rico R Us``."""
_OF_PERSONS: Final = frozenset({"first-name", "name-word"})
_SENDER_BEFORE: Final = frozenset({"l:call", "l:askfor", "l:numfor", "l:intro", "l:boy", "l:real"})
_SENDER_BEHIND: Final = frozenset({"on", "open", "off", "here", "line", "live", "active", "about", "up"})
"""What stands beside whoever sends; what has landed or is in and back is as often the drug."""
_BY_GRAM: Final = re.compile(r"[0-9] ?(?:a|per|/) ?(?:g|gs|gram)(?!\w)|(?<!\w)1 for [5-9]0(?!\w)")
"""What a gram costs: the drug is what is on."""
_AND_WORDS: Final = frozenset({"and", "n"})
_AND_MARKS: Final = re.compile("[&+/]")
"""Between two of whom an R says that they are: ``Jay & Mick R active``."""
_ANY_LETTER: Final = "k"
"""What an R that ends a name is like."""
_FIRST_PICTURE: Final = 0x2000
_MIN_FOREIGN: Final = 2
_FOREIGN_SHARE: Final = 0.25
_MIN_TITLED: Final = 3
_TITLED_SHARE: Final = 0.7
"""Share of capitalised words from which on a capital says nothing: ``Dark And Light Today Only``."""
_FIRST_AFTER: Final = frozenset({"stop", "line", "picture", "quote"})
"""Borders behind which a capital says nothing."""


class KnownWords(dict[str, NameWord]):
    """What is known of tokens, filled as they are met."""

    def __init__(self, grader: WordGrader) -> None:
        super().__init__()
        self._grader = grader
        self._long_number = grader.word(_LONG_NUMBER, _LONG_NUMBER)
        self._both = grader.word(_NAME_AND_MONTH, _NAME_AND_MONTH)
        self._letter = grader.word(_ANY_LETTER, _ANY_LETTER)
        self.auxiliaries = grader.auxiliaries

    def of(self, reading: Reading, tokens: list[int]) -> list[NameWord]:
        """Return what is known of tokens of a reading."""
        texts, normals = reading.tokens, reading.words
        try:
            return [self[texts[at]] for at in tokens]
        except KeyError:
            return [self.get(texts[at]) or self._learn(texts[at], normals[at]) for at in tokens]

    def as_name(self, token: str, normal: str) -> NameWord | None:
        """Return what is known of a drug's word as the first name that it is too (``Charlie``); None of another."""
        is_name = self._grader.lists.is_first_name(normal)
        return self._grader.word(token, normal, "name-word") if is_name else None

    def as_of_language(self, token: str, word: NameWord) -> NameWord:
        """Return what is known of a first name that joins words in another language, as that: ``si``, "and"."""
        if word.kind != "A" or word.normal not in self._grader.joining_abroad:
            return word
        return self._grader.word(token, word.normal, "frequent")

    def as_both(self, word: NameWord) -> NameWord:
        """Return what is known of a word that forms verbs as the name that it is too."""
        return self._both._replace(
            plain=word.plain, normal=word.normal, capitals=word.capitals, shape=word.shape, told=""
        )

    def as_letter(self, word: NameWord) -> NameWord:
        """Return what is known of a letter that is a word of its own as what ends a name (``Jay R``)."""
        return self._letter._replace(plain=word.plain, normal=word.plain, capitals=word.capitals, told="")

    def _learn(self, token: str, normal: str) -> NameWord:
        if len(token) > _SHORT_NUMBER and token.isdecimal():
            # Of no two long numbers is more known than of one, and nearly all are new.
            return self._long_number._replace(plain=token, normal=normal)
        word = self._grader.word(token[:MAX_WORD], normal)
        if len(token) <= MAX_WORD:
            if len(self) >= _MAX_SEEN:
                self.clear()
            self[token] = word
        return word


class _Gaps(dict[str, str]):
    """Kinds of what stands between words."""

    def __missing__(self, gap: str) -> str:
        found = _kind_of_gap(gap)
        if len(self) < _MAX_SEEN:
            self[gap] = found
        return found


_GAPS: Final = _Gaps()


class WordTable:
    """The first words of one text by position.

    Attributes:
        words: What is known of each.
        gaps: What stands behind each word but the last: ``SPACE`` or the kind of the border.
        namelike: Positions of the words that are like names and lie in no mark.
        places: Positions of the words that may be names of places.
        speaks: Whether the sender speaks of himself: ``we``, ``my``. Whom he names then is oftener somebody else.
    """

    __slots__ = (
        "_covered", "_ends", "_reading", "_repeated", "_starts", "_tokens", "gaps", "is_capitalised", "is_foreign",
        "is_shouted", "is_titled", "marks", "namelike", "places", "speaks", "words",
    )  # fmt: skip

    def __init__(self, reading: Reading, known: KnownWords) -> None:
        self._reading = reading
        self._repeated: frozenset[str] | None = None
        self._covered: frozenset[int] | None = None
        self._tokens = list(compress(range(len(reading.words)), reading.is_word))[:MAX_WORDS]
        self.words = known.of(reading, self._tokens)
        text, starts, ends = reading.shadow.text, reading.starts, reading.ends
        self._starts = starts = [starts[at] for at in self._tokens]
        self._ends = ends = [ends[at] for at in self._tokens]
        self.gaps = [
            _GAPS[text[end : min(start, end + _MAX_GAP)]] for end, start in zip(ends, starts[1:], strict=False)
        ]
        if ("." in text or "_" in text) and _PARTED.search(text):
            self._join_parted()
        self.marks = self._marked() if reading.marks else None
        if self.words and self.words[0].grade == "drug":
            self._name_first(known)
        if any(word.grade == "drug" for word in self.words):
            self._name_placed(known)
        letters = text.encode("ascii", "ignore")
        capitals = len(letters) - len(letters.translate(None, _CAPITALS))
        self.is_shouted = bool(capitals) and capitals > len(letters) - len(letters.translate(None, _SMALLS))
        plain = [word.plain for word in self.words]
        if not known.auxiliaries.isdisjoint(plain):
            self._name_auxiliaries(known)
        if _ALSO_ARE in plain:
            self._name_letters(known)
        shapes = "".join([word.shape for word in self.words])
        titled = shapes.count("T")
        self.is_capitalised = bool(capitals) and (titled > 0 or "U" in shapes)
        many = titled >= _MIN_TITLED and titled >= _TITLED_SHARE * (len(shapes) - shapes.count("-") - shapes.count("f"))
        self.is_titled = many and not self.is_shouted
        foreign = shapes.count("f")
        self.is_foreign = foreign >= max(_MIN_FOREIGN, _FOREIGN_SHARE * len(self.words))
        if reading.language:
            self.words = [known.as_of_language(self.raw(at), word) for at, word in enumerate(self.words)]
        self.speaks = not _FIRST_PERSON.isdisjoint(plain)
        self.places = [at for at, word in enumerate(self.words) if word.context == "g:P"]
        self.namelike = [at for at, word in enumerate(self.words) if word.kind == "A" and not self.mark(at)]

    @property
    def language(self) -> str:
        """The language that words of the text are glossed from; empty: English, or not known."""
        return self._reading.language

    def __len__(self) -> int:
        return len(self.words)

    def mark(self, at: int) -> str:
        """Return the kind of the mark that a word lies in; empty where it lies in none."""
        return self.marks[self._tokens[at]] if self.marks is not None else ""

    def start(self, at: int) -> int:
        """Return the first code point of a word in the shadow."""
        return self._starts[at]

    def end(self, at: int) -> int:
        """Return the code point behind a word."""
        return self._ends[at]

    def raw(self, at: int) -> str:
        """Return a word as it stands in the shadow."""
        return self._reading.tokens[self._tokens[at]]

    def written(self, first: int, last: int) -> str:
        """Return words as a name is made of them: ``$unny`` with the sign that stands for its first letter.

        A sign for "and" between two of them is kept, as ``&``.
        """
        start = self.start(first)
        text = self._reading.shadow.text
        sign = "$" if text[start - 1 : start] == "$" and not text[start - 2 : start - 1].isalnum() else ""
        spelled = [self._spelled(at) for at in range(first, last)]
        if last - first == _PAIR and self.raw_gap(first).strip() in AND_SIGNS:
            return f"{sign}{spelled[0]} & {spelled[1]}"
        return sign + " ".join(spelled)

    def _spelled(self, at: int) -> str:
        """Return a word with the marked letters that are its own."""
        body = self._reading.body
        if body.isascii():
            return self.raw(at)
        return own_letters(self._reading.surface(self.start(at), self.end(at)), self.raw(at), body)

    def raw_gap(self, at: int) -> str:
        """Return what stands behind a word; before the first word for -1."""
        text, starts = self._reading.shadow.text, self._starts
        return text[self._ends[at] if at >= 0 else 0 : starts[at + 1] if at + 1 < len(starts) else len(text)]

    def case(self, at: int) -> str:
        """Return what the capitals of a word say in this text."""
        capitals = self.words[at].capitals
        if capitals == "-":
            return "none"
        if self.is_shouted:
            return "small-in-shouted" if capitals == "l" else "shouted"
        if capitals == "T":
            if self.is_titled:
                return "titled"
            return "first-capital" if not at or self.gaps[at - 1] in _FIRST_AFTER else "capital"
        return capitals if capitals in "Um" else "small" if self.is_capitalised else "no-capitals"

    @property
    def repeated(self) -> frozenset[str]:
        """Normal forms that stand in the text more than once."""
        if self._repeated is None:
            normals = [word.normal for word in self.words]
            once = set(normals)
            many = [] if len(once) == len(normals) else [n for n in once if normals.count(n) > 1]
            self._repeated = frozenset(many)
        return self._repeated

    @property
    def starts_marked(self) -> bool:
        """Whether marks or emoji stand before the first word."""
        return bool(self.raw_gap(-1).strip())

    @property
    def covered(self) -> frozenset[int]:
        """The words that lie in a phrase of several words that adverts or look-alikes are made of."""
        if self._covered is None:
            tokens: set[int] = set()
            for kind in (LexiconKind.CUE, LexiconKind.LOOKALIKE):
                for first, last, _ in self._reading.of_kind(kind):
                    if last - first > 1:
                        tokens.update(range(first, last))
            inside = [at for at, token in enumerate(self._tokens) if token in tokens] if tokens else []
            self._covered = frozenset(inside)
        return self._covered

    def _join_parted(self) -> None:
        """Take a sign behind the first letter of no word for one that hides it: ``O.zzy``, ``B_olek``, not ``J.call``.

        A first name behind it is one where its letters are small and the first is not.
        """
        for at in range(len(self.gaps)):
            first, rest = self.raw(at), self.words[at + 1]
            if len(first) == 1 and self.raw_gap(at) in _PARTS and len(rest.plain) > 1 and first.isalpha():
                is_name_cut = rest.grade == "first-name" and first.isupper() and rest.capitals == "l"
                if rest.grade == "unknown" or is_name_cut:
                    self.gaps[at] = MASK

    def _name_first(self, known: KnownWords) -> None:
        """Take the first word for a name where no drug is meant by it and drugs follow: "Molly dark and light"."""
        if len(self) > 1 and not self.mark(0) and self.mark(1) == "drug" and self.gaps[0] == SPACE:
            word = known.as_name(self.raw(0), self.words[0].normal)
            if word is not None:
                self.words = [word, *self.words[1:]]

    def _name_placed(self, known: KnownWords) -> None:
        """Take a drug's word that is a first name too for one where it names who sends: "ring Billy", "Percy on"."""
        for at, word in enumerate(self.words):
            if word.grade == "drug" and self._is_sender_named(at):
                name = known.as_name(self.raw(at), word.normal)
                if name is not None:
                    self.words = [*self.words[:at], name, *self.words[at + 1 :]]

    def _is_sender_named(self, at: int) -> bool:
        """Whether whoever sends is named at a word; of what is sold by the gram, the drug is on."""
        if at and self.gaps[at - 1] == SPACE and self.words[at - 1].left in _SENDER_BEFORE:
            return True
        if at == len(self) - 1:
            return at > 0 and (self.mark(at - 1) == "price" or self.gaps[at - 1] in _FIRST_AFTER)
        is_on = not at and self.gaps[0] == SPACE and self.words[1].normal in _SENDER_BEHIND
        return is_on and _BY_GRAM.search(self._reading.shadow.lower) is None

    def _name_auxiliaries(self, known: KnownWords) -> None:
        """Take "may" and "will" for a name where one stands by how they stand: ``Miss May here``, ``Big Will on``."""
        for at, word in enumerate(self.words):
            if word.plain in known.auxiliaries and is_named_here(self, at):
                self.words = [*self.words[:at], known.as_both(word), *self.words[at + 1 :]]

    def _name_letters(self, known: KnownWords) -> None:
        """Take an R behind a name for its letter, where it is no "are": ``Jay R``, ``jay-r``; not ``JAY R U ON``.

        In a text in capitals behind one person's first name alone: of one nobody says "are".
        """
        for at, word in enumerate(self.words[1:], start=1):
            before = self.words[at - 1]
            if word.plain == _ALSO_ARE and before.kind in "AD" and not self._is_are(at):
                is_written = before.capitals == "T" or (self.is_shouted and before.grade in _OF_PERSONS)
                is_capital = is_written and word.capitals == "T" and self.raw_gap(at - 1) == " "
                if is_capital or (self.raw_gap(at - 1) == "-" and len(before.plain) > 1):
                    self.words = [*self.words[:at], known.as_letter(word), *self.words[at + 1 :]]

    def _is_are(self, at: int) -> bool:
        """Whether an R is "are" by who stands behind it or by two that stand before it."""
        if at + 1 < len(self) and self.words[at + 1].plain in _ARE_TO:
            return True
        has_two = at > 1 and self.words[at - 2].plain in _AND_WORDS
        return has_two or (at > 1 and _AND_MARKS.search(self.raw_gap(at - 2)) is not None)

    def _marked(self) -> list[str]:
        reading = self._reading
        marked = [""] * len(reading.words)
        for mark in reading.marks:
            for at in reading.tokens_of(mark.start, mark.end):
                if mark.kind is not SpanKind.DRUG or not marked[at]:
                    marked[at] = mark.kind.value
        return marked


def everyday_share(words: list[NameWord]) -> int:
    """Return how everyday words are together, 0 to 4."""
    return round(4 * sum(EVERYDAY[word.grade] for word in words) / len(words))


def _kind_of_gap(gap: str) -> str:
    bare = gap.strip(" \t")
    if gap in _MASKS:
        return MASK
    if "\n" in bare:
        return "line"
    if not bare or gap == ".":
        # ``NAS.ON.BOTH``: a stop without a space is a space.
        return SPACE
    for marks, kind in ((".!?;", "stop"), (",", "comma"), ("-:|~*=>()/@", "dash"), ('"', "quote"), ("&+", "join")):
        if not set(marks).isdisjoint(bare):
            return kind
    if not any(ord(char) >= _FIRST_PICTURE for char in bare):
        return "mark"
    # ``DURA`` and ``CELL`` with a battery between: a picture that joins two words without a space is a space.
    return "picture" if gap != bare else SPACE
