"""What a word is by itself, to the finder of names: how everyday it is, and what its spelling says.

Grades come from lexicons (first names, towns, everyday words by class) and from counts (``NameVocabulary``). A grade
is of the spelling alone; a word of any grade can be a name where its place in the text says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from nlp.lexicons import LexiconKind, Lexicons
from nlp.nicknames.name_endings import NameLists
from nlp.nicknames.name_places import is_place_shaped, is_postcode
from nlp.words.folding import fold

EVERYDAY: Final[Mapping[str, float]] = {
    "function": 1.0, "drug": 1.0, "stock": 1.0, "number": 1.0, "letter": 0.9, "frequent": 0.9, "dialect": 0.9,
    "foreign": 0.9, "day": 0.9, "verb": 0.9, "money": 0.9, "time": 0.9, "place": 0.9, "quality": 0.8, "person": 0.8,
    "town": 0.8, "careless": 0.7, "seen": 0.6, "settlement": 0.6, "postcode": 0.5, "dictionary": 0.45,
    "name-word": 0.35, "initials": 0.1, "digits": 0.1, "place-shaped": 0.1, "first-name": 0.0, "unknown": 0.0,
}  # fmt: skip
"""Grades, and how everyday a word of each is, 0 to 1. ``name-word``: a first name that is an everyday word too."""

_NAMELIKE: Final = frozenset(["unknown", "first-name", "name-word", "initials", "digits", "place-shaped", "postcode"])
_RARE: Final = frozenset({"dictionary", "seen", "careless", "settlement"})
_PLACES: Final = frozenset({"town", "settlement", "place-shaped", "postcode"})
_PLAIN: Final = frozenset({"quality", "verb", "dialect", "frequent", "day", "foreign"})
_OWN_GRADE: Final = frozenset({*_NAMELIKE, "letter", "drug", "stock", "town", "settlement"})
_CLASSES: Final = ("quality", "money", "time", "place", "person", "verb")
"""Classes of everyday words, the later the stronger where a word is of several."""

_FUNCTION_IN_NAMES: Final = frozenset({"never", "always", "late", "later"})
_SPOKEN: Final = frozenset({"em", "ar"})
"""Words that may stand for a letter that is spoken: ``em seven``."""
_BEFORE_NAMES: Final = frozenset({"l:call", "l:for", "l:askfor"})
"""What a name cannot begin with: ``ring Sonny`` is Sonny."""
_POOR_LETTERS: Final = frozenset("aiunrx")
"""Letters that are words of their own in a text."""
_LETTER_WORDS: Final = frozenset("iaxIurn")
_MAX_DIGITS: Final = 2
_MAX_DIGITS_ALONE: Final = 3

_COMMON: Final = 5
"""Texts from which on a counted word is frequent."""
_SEEN: Final = 2
_TOLD: Final = 12
"""Texts from which on a word is common enough to say something by itself."""
_ALSO_WORD: Final = 3
"""Texts from which on a first name is an everyday word too."""

_ENDINGS: Final = (("ing", ("", "e")), ("in", ("", "e")), ("ed", ("", "e")), ("d", ("",)), ("s", ("",)), ("es", ("",)),
                   ("er", ("", "e")), ("ers", ("", "e")))  # fmt: skip
_CARELESS_ENDINGS: Final = (
    ("in", 4, ("ing",)), ("s", 3, ("",)), ("es", 4, ("",)), ("z", 3, ("s", "")), ("d", 4, ("", "ed")), ("ed", 4, ("",)),
    ("ing", 5, ("", "e")), ("er", 4, ("", "e")), ("ly", 4, ("",)), ("a", 3, ("er",)), ("f", 1, ("th",)),
    ("v", 1, ("th",)),
)  # fmt: skip
"""Endings, the size that a word must exceed, and what may be meant instead."""

_CONTRACTED: Final = frozenset({"ll", "ve", "re", "d"})
"""Ends of two words in one: ``it'll``, ``there'd``."""
_PRONOUNS: Final = frozenset({"everyone", "everybody", "nobody", "somebody", "someone", "this", "what", "y"})

_MIN_STEM: Final = 3
_LEET: Final = re.compile(r"[^\W\d_][0-9$@]+[^\W\d_]|^[0-9$@][^\W\d_]{2,}")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1\1")
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
_CODE: Final = re.compile(r"[A-Z]\d{1,2}")
_VOWELS: Final = frozenset("aeiouy")
_HARD_VOWELS: Final = frozenset("aeiou")


class NameVocabulary(NamedTuple):
    """Words that were counted, and words of a dictionary.

    Attributes:
        counted: Number of texts in which a word stands in lower case, names of lines left out; 2 or more.
        dictionary: Everyday English words, lower case.
    """

    counted: Mapping[str, int]
    dictionary: frozenset[str]


class NameWord(NamedTuple):
    """A token as the finder sees it.

    Attributes:
        plain: The token in lower case without apostrophes; ``normal`` is its normal form.
        grade: One of ``EVERYDAY``.
        kind: ``A`` like a name, ``D`` a rare word, ``V`` a plain word, ``W`` a word that adverts are made of.
        context: What the word is to its neighbours.
        own: Features of the word, with spaces between.
        is_single: Whether it can be a name alone.
        is_title: Whether it goes before names: ``Big``, ``Uncle``.
        begins_pair: Whether it can be the first of two words that are a name; ``ends_pair``: the second.
        left: What it says before a name by itself, as ``l:`` and a class; empty: nothing. ``right`` says it behind one.
        left_most: Words of the longest phrase before names that ends in it; ``right_most``: of those behind, begins.
        is_line_kind: Whether "line" behind it is no brand's: ``phone line``, ``our line``.
        is_foreign: Whether it is a word of another language.
        capitals: ``U`` all capitals, ``T`` first, ``m`` some, ``l`` none, ``-`` no letters.
        shape: ``capitals`` of a word of several letters, ``-`` of another; then ``f`` for one of another language.
        told: The word itself where it is common, for what it says beside a name; else empty.
    """

    plain: str
    normal: str
    grade: str
    kind: str
    context: str
    own: str
    is_single: bool
    is_title: bool
    begins_pair: bool
    ends_pair: bool
    left: str
    right: str
    left_most: int
    right_most: int
    is_line_kind: bool
    is_foreign: bool
    capitals: str
    shape: str
    told: str


class WordGrader:
    """Grades words. Keeps no state between words."""

    def __init__(self, lexicons: Lexicons, vocabulary: NameVocabulary, phrases: NamePhrases) -> None:
        def single(*kinds: LexiconKind) -> frozenset[str]:
            return frozenset(_shadow(t) for kind in kinds for t in lexicons.terms(kind) if " " not in t)

        def ordinary(name: str) -> frozenset[str]:
            return lexicons.terms(LexiconKind.ORDINARY, name)

        self._phrases = phrases
        self._vocabulary = vocabulary
        self._first_names = single(LexiconKind.FIRST_NAME)
        self._towns = single(LexiconKind.TOWN)
        self._settlements = single(LexiconKind.SETTLEMENT)
        # Words of the trade are everyday words, and a brand may be called by one.
        self._drugs = frozenset(_shadow(t) for t in lexicons.terms(LexiconKind.DRUG, "") if " " not in t)
        self._stock = single(LexiconKind.STOCK) | lexicons.terms(LexiconKind.PATTERN, "name_drugs")
        self._function, self._days, self._dialect = ordinary("function"), ordinary("day"), ordinary("dialect")
        we_are, self.joining_abroad = ordinary("foreign_be"), ordinary("foreign_function")
        self._never_alone = we_are | ordinary("game")
        self._foreign = ordinary("foreign") | we_are | self.joining_abroad | single(LexiconKind.GLOSS)
        self._classes = {word: name for name in _CLASSES for word in ordinary(name)}
        self._line_kinds = lexicons.terms(LexiconKind.NOT_NAME, "before_line")
        self._titles = lexicons.terms(LexiconKind.PATTERN, "name_title")
        self.auxiliaries = lexicons.terms(LexiconKind.PATTERN, "name_auxiliary")
        known = single(LexiconKind.KNOWN_WORD)
        self._counted = dict.fromkeys(known, _ALSO_WORD)
        for word, count in vocabulary.counted.items():
            self._counted[word] = max(count, self._counted.get(word, 0))
        everyday = single(LexiconKind.EVERYDAY) | lexicons.terms(LexiconKind.PATTERN, "function_word")
        self._dictionary = vocabulary.dictionary | everyday
        self._resolved_to = known | self._dictionary | self._classes.keys()
        self._skeletons = {_skeleton(w) for w in (*known, *self._function, *self._classes) if len(w) > _MIN_STEM}

    @property
    def lists(self) -> NameLists:
        """What is asked of a name's ending."""
        names, titles, towns = self._first_names, self._titles, self._towns
        words = self._resolved_to

        return NameLists(names.__contains__, titles.__contains__, lambda word: word in words or word in towns)

    def word(self, token: str, normal: str, given: str = "") -> NameWord:
        """Return what is known of a token, which holds a letter or a digit, and of its normal form; as ``given``."""
        phrases = self._phrases
        low = token.lower()
        plain = low.replace("'", "")
        meant = self._meant(low, plain)
        left = phrases.left.get(normal) or phrases.left.get(plain, "")
        grade = given or self._grade(token, low, plain, normal, meant)
        is_title = normal in self._titles or plain in self._titles
        is_open = (grade != "function" or normal in _FUNCTION_IN_NAMES) and not (
            grade == "letter" and plain in _POOR_LETTERS
        )
        right = phrases.right.get(normal) or phrases.right.get(plain, "") or phrases.right.get(meant, "")
        kind = "A" if grade in _NAMELIKE else "D" if grade in _RARE else "V" if grade in _PLAIN else "W"
        is_foreign = grade == "foreign" or normal in self.joining_abroad
        capitals = _capitals(token)
        return NameWord(
            plain=plain,
            normal=normal,
            grade=grade,
            kind=kind,
            context=_context(grade),
            own=" ".join([*_own(low, normal, grade, kind), *self._sayings(normal, plain, kind, left, right)]),
            is_single=(grade != "function" and normal not in self._never_alone)
            and not (left == "l:greet" and grade in {"foreign", "dialect"})
            and not (grade == "letter" and token in _LETTER_WORDS)
            and not (grade == "number" and not 0 < len(plain) <= _MAX_DIGITS_ALONE),
            is_title=is_title,
            begins_pair=(is_title or is_open or low in _SPOKEN)
            and not (grade == "number" and len(plain) > 1)
            and left not in _BEFORE_NAMES,
            ends_pair=is_open and not (grade == "number" and len(plain) > _MAX_DIGITS),
            left=left,
            right=right,
            left_most=max(phrases.left_ends.get(normal, 0), phrases.left_ends.get(plain, 0)),
            right_most=max(phrases.right_begins.get(normal, 0), phrases.right_begins.get(plain, 0)),
            is_line_kind=normal in self._line_kinds,
            is_foreign=is_foreign,
            capitals=capitals,
            shape=(capitals if len(plain) > 1 else "-") + "f" * is_foreign,
            told=self._told(normal, plain),
        )

    def _told(self, normal: str, plain: str) -> str:
        counted = self._vocabulary.counted
        return normal if counted.get(normal, 0) >= _TOLD else plain if counted.get(plain, 0) >= _TOLD else ""

    def _sayings(self, normal: str, plain: str, kind: str, left: str, right: str) -> Iterator[str]:
        """Yield the features of how common a word is, and of what it says beside names."""
        counted = self._vocabulary.counted
        count = counted.get(plain if plain.isalpha() and not _STRETCHED.search(plain) else normal, 0)
        yield f"count:{kind}:{count.bit_length()}"
        if left:
            yield f"is:{left}"
        if right:
            yield f"is:{right}"
        told = self._told(normal, plain)
        if told:
            yield f"w={told}"
        elif kind == "A":
            yield f"end={normal[-3:]}"

    def _meant(self, low: str, plain: str) -> str:
        """Return the function word that a word with stretched letters stands for (``onn``, ``bothh``); else empty."""
        found = plain if len(set(plain)) == len(plain) else _DOUBLED.sub(r"\1", plain)
        is_other = found == plain or found not in self._function or len(found) == 1
        return "" if is_other or low in self._dictionary or low in self._first_names else found

    def _is_contracted(self, low: str) -> bool:
        """Whether a word is two in one: ``it'll``, ``isn't``; not ``Rico'll``."""
        stem, mark, end = low.rpartition("'")
        return bool(mark) and (end == "t" or (end in _CONTRACTED and (stem in self._function or stem in _PRONOUNS)))

    def _grade(self, token: str, low: str, plain: str, normal: str, meant: str) -> str:
        if grade := self._by_shape(token, low, normal):
            return grade
        if meant or self._is_contracted(low):
            return "function"
        bare = low[:-2] if low.endswith(("'s", "s'")) else low
        forms = tuple(dict.fromkeys((normal, low, bare, plain)))
        everyday = next((found for found in map(self._class_of, forms) if found), "")
        count = max(self._counted.get(form, 0) for form in forms)
        in_dialect = normal in self._dialect or low in self._dialect
        if self._is_first_name(forms, low, plain):
            return "name-word" if everyday or in_dialect or count >= _ALSO_WORD else "first-name"
        told = (
            (normal in self._towns or low in self._towns, "town"),
            (normal in self._days, "day"),
            (bool(everyday), everyday),
            (in_dialect, "dialect"),
            (count >= _COMMON, "frequent"),
            (count >= _SEEN, "seen"),
            (not self._dictionary.isdisjoint(forms), "dictionary"),
            (not self._foreign.isdisjoint(forms), "foreign"),
            (not self._settlements.isdisjoint((normal, low)), "settlement"),
        )
        return next((found for is_graded, found in told if is_graded), "") or self._unknown(normal)

    def _by_shape(self, token: str, low: str, normal: str) -> str:
        """Return the grade of what is no common word; empty for what may be one."""
        if normal.isdigit() or not any(map(str.isalpha, normal)):
            return "number"
        if len(normal) == 1:
            return "letter"
        if low in self._function or (normal in self._function and low not in self._first_names):
            # ``D4`` is no "the", as ``d4`` is.
            return "digits" if token.isupper() and _CODE.fullmatch(token) else "function"
        if normal in self._drugs or low in self._drugs:
            return "drug"
        if normal in self._stock:
            return "stock"
        return "" if not any(map(str.isdigit, normal)) else "postcode" if is_postcode(low) else "digits"

    def _is_first_name(self, forms: Iterable[str], low: str, plain: str) -> bool:
        if not self._first_names.isdisjoint(forms):
            return True
        is_plural = low.endswith("s") and plain[:-1] in self._first_names
        return is_plural and not any(form in self._dictionary or form in self._classes for form in forms)

    def _class_of(self, word: str) -> str:
        """Return the class of an everyday word, of a verb in any form; empty for another."""
        found = self._classes.get(word)
        if found:
            return found
        for ending, added in _ENDINGS:
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= _MIN_STEM:
                doubled = stem[:-1] if len(stem) > _MIN_STEM and stem[-1] == stem[-2] else stem
                if any(self._classes.get(form) == "verb" for form in (*(stem + end for end in added), doubled)):
                    return "verb"
        return ""

    def _unknown(self, normal: str) -> str:
        # Not asked of a word of a list: there are many such spellings.
        if not self._resolved_to.isdisjoint(_careless(normal)):
            return "careless"
        if normal in self._phrases.left or normal in self._phrases.right:
            return "dialect"  # of another language, or slang: it says what stands beside names
        size = len(normal)
        if size <= _MIN_STEM and _VOWELS.isdisjoint(normal):
            return "initials"
        if is_place_shaped(normal):
            return "place-shaped"
        is_short = _MIN_STEM <= size <= 2 * _MIN_STEM and _HARD_VOWELS.isdisjoint(normal[1:])
        return "careless" if is_short and _skeleton(normal) in self._skeletons else "unknown"


class NamePhrases:
    """What stands before and behind names: phrases by class (``config/lexicons/name_contexts.toml``)."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.left: dict[str, str] = {}
        self.right: dict[str, str] = {}
        self.well_known = lexicons.terms(LexiconKind.NOT_NAME, "well_known")
        for entry in lexicons.of_kind(LexiconKind.PATTERN):
            if entry.cue.startswith("name_left_"):
                self.left[entry.term] = f"l:{entry.cue.removeprefix('name_left_')}"
            elif entry.cue.startswith("name_right_"):
                self.right[entry.term] = f"r:{entry.cue.removeprefix('name_right_')}"
        self.left_ends: dict[str, int] = {}
        self.right_begins: dict[str, int] = {}
        for phrases, longest, at in ((self.left, self.left_ends, -1), (self.right, self.right_begins, 0)):
            for words in map(str.split, phrases):
                longest[words[at]] = max(len(words), longest.get(words[at], 0))


def _shadow(term: str) -> str:
    return term if term.isascii() else fold(term).lower


def _skeleton(word: str) -> str:
    return word[0] + "".join(char for char in word[1:] if char not in _HARD_VOWELS)


def _context(grade: str) -> str:
    if grade in _PLACES:
        return "g:P"
    if grade in _NAMELIKE:
        return "g:A"
    if grade == "place":
        return "g:S"
    if grade in {"number", "letter"}:
        return "g:9" if grade == "number" else "g:L"
    return "g:W" if EVERYDAY[grade] >= EVERYDAY["careless"] else "g:D"


def _own(low: str, normal: str, grade: str, kind: str) -> list[str]:
    found = [f"own:{grade if grade in _OWN_GRADE else kind}", f"everyday:{round(EVERYDAY[grade] * 4)}"]
    if _LEET.search(low):
        found.append("leet")
    if _STRETCHED.search(low):
        found.append(f"stretched:{kind}")
    if grade == "unknown":
        size = len(normal)
        found.append("size:" + ("3" if size <= _MIN_STEM else "7" if size <= 2 * _MIN_STEM + 1 else "8"))
    if grade in {"unknown", "initials"} and normal.endswith(("in", "ng", "ed", "ly", "nt", "ts")):
        found.append("verb-ending")
    if grade not in _NAMELIKE and normal.endswith(("ing", "in", "ed", "ly")):
        found.append("word-ending")
    if low.endswith("'s"):
        found.append(f"possessive:{kind}")
    elif low.endswith("s"):
        found.append(f"plural:{kind}")
    return found


def _capitals(token: str) -> str:
    letters = [char for char in token if char.isalpha()]
    if not letters:
        return "-"
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return "U"
    if token[0].isupper():
        return "T"
    return "m" if any(map(str.isupper, letters)) else "l"


def _careless(word: str) -> list[str]:
    """Return the words that a form may be a careless or a dialect spelling of."""
    found = [f"h{word}"]
    size = len(word)
    for ending, longer_than, instead in _CARELESS_ENDINGS:
        if size > longer_than and word.endswith(ending):
            found += [word[: -len(ending)] + end for end in instead]
    if word[0] == "d":
        found.append(f"th{word[1:]}")
    found += [word.replace(letters, "th") for letters in ("ff", "v") if letters in word]
    return found
