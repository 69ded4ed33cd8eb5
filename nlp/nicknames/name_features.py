"""What the finder of names weighs: candidates among the words of a text, and the features of each.

A candidate is a word, two words or three of some kinds, or letters that stand apart. Its features are what the word
is, how it is written, what stands before and behind it, and both together. Features are grouped in parts, so that a
part that was weighed once is weighed no more: nearly all parts of a text are old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from nlp.nicknames.name_context import NameContext
from nlp.nicknames.name_parts import Part, left_group
from nlp.nicknames.name_threes import is_joined, is_number, make_of_three
from nlp.nicknames.name_words import EVERYDAY, NameWord
from nlp.nicknames.word_table import AND_SIGNS, MASK, SPACE, WordTable, everyday_share

_CLOSED_TO_NAMES: Final = frozenset({"price", "number", "hours"})
_JOINING_GAPS: Final = frozenset({"-", ".", "'", "/"})
_FIRMS: Final = frozenset({"co", "son", "sons", "bros"})
"""What stands behind "and" in the name of a firm: ``Zee & Co``."""
_LENGTHS: Final = (2, 5, 12, 20)
_SHORT, _MIDDLE = 6, 13
_OPEN: Final = ("b:", "m:")
_INTRODUCING: Final = frozenset({"l:intro", "l:from", "l:real", "l:boy", "l:numfor", "l:askfor", "l:call", "l:the"})
_ADDRESSING: Final = frozenset({"hi", "hello", "hey", "hiya", "dear"})
_OPENING: Final = frozenset({"start", "l:greet", "l:numnoun", "l:with", "l:new", *_INTRODUCING})
"""What stands before names, everyday words among them."""
_FOLLOWING: Final = frozenset(
    {"end", "r:line", "r:on", "r:back", "r:here", "r:open", "r:off", "r:new", "r:has", "r:does", "r:is", "r:menu"}
    | {"r:crew", "r:person"}
)
_FIRST_PICTURE: Final = 0x2000
_STANDS_OUT: Final = frozenset({"capital", "U"})


class Candidate(NamedTuple):
    """Words ``first`` to ``last``, ``last`` not included, with the parts of their features.

    Attributes:
        letters: The name where its letters stand apart; empty for words.
        left: What stands before it; ``right`` is what stands behind.
    """

    first: int
    last: int
    letters: str
    left: str
    right: str
    parts: list[Part]


def candidates(table: WordTable, context: NameContext) -> Iterator[Candidate]:
    """Yield the words and pairs that may be the name, in order; what plainly is none is left out."""
    words, gaps, marks = table.words, table.gaps, table.marks
    last = len(words) - 1
    before, behind = context.before, context.behind
    capitals_tell = table.is_capitalised and not table.is_shouted and not table.is_titled
    begin_lines = _lines_begin(table)
    is_masked = MASK in gaps
    for at, word in enumerate(words):
        if not (word.is_single or word.begins_pair) or (marks is not None and table.mark(at) in _CLOSED_TO_NAMES):
            continue
        is_rare = word.kind in "AD"
        stands_out = capitals_tell and word.capitals in "UT" and table.case(at) in _STANDS_OUT
        is_likely = is_rare or stands_out
        is_line = at + 1 in begin_lines and not word.is_line_kind
        pair_is_line = at + 2 in begin_lines
        has_rare = at < last and words[at + 1].kind in "AD"
        if not (is_likely or is_line or pair_is_line or has_rare) and marks is None and _is_between(table, at):
            # An everyday word behind another: the middle of a sentence.
            continue
        if (at == 1 and _is_addressed(table)) or (is_masked and MASK in gaps[max(0, at - 1) : at + 1]):
            # Whom a text greets, or a piece of a word with letters masked.
            continue
        left = before(table, at)
        may_open = left in _OPENING or left.startswith(_OPEN)
        if word.is_single and (is_likely or is_line or may_open):
            right = behind(table, at + 1)
            opens = left == "start" and word.kind == "V"
            if is_likely or is_line or opens or _stands_like_name(left, right):
                yield Candidate(at, at + 1, "", left, right, _single(table, context, at, (left, right)))
        is_likely = is_likely or has_rare or pair_is_line
        if (is_likely or may_open) and at < last and word.begins_pair and words[at + 1].ends_pair:
            right = behind(table, at + 2)
            if (is_likely or _stands_like_name(left, right)) and _may_be_pair(table, at):
                yield Candidate(at, at + 2, "", left, right, _pair(table, context, at, (left, right)))
        if at + 1 < last and word.begins_pair and gaps[at] == gaps[at + 1] == SPACE:
            yield from _threes_at(table, context, at, left, is_likely=is_likely, capitals_tell=capitals_tell)


def _threes_at(
    table: WordTable, context: NameContext, at: int, left: str, *, is_likely: bool, capitals_tell: bool
) -> Iterator[Candidate]:
    """Yield the three words from one on, where they may be one name."""
    make = make_of_three(table, at, capitals_tell=capitals_tell)
    if make:
        right = context.behind(table, at + 3)
        may_open = left in _OPENING or left.startswith(_OPEN)
        if is_likely or table.words[at + 2].kind in "AD" or (may_open and _stands_like_name(left, right)):
            yield Candidate(at, at + 3, "", left, right, _three(table, context, at, (left, right), make))


def _lines_begin(table: WordTable) -> list[int]:
    """Return the positions of "line" behind a word."""
    return [at for at, word in enumerate(table.words) if word.right == "r:line" and at and table.gaps[at - 1] == SPACE]


def _is_between(table: WordTable, at: int) -> bool:
    """Whether a word stands behind another that says nothing of names."""
    return at > 0 and table.gaps[at - 1] == SPACE and not table.words[at - 1].left_most


def every_candidate(
    table: WordTable, context: NameContext, is_wanted: Callable[[Candidate], bool]
) -> Iterator[Candidate]:
    """Yield every word, pair and three words that lie in no price, number or hours and are wanted.

    They are yielded whether or not they may be a name by themselves. ``is_wanted`` is asked before the parts of the
    features are made: nearly all are not.
    """
    open_to = [table.mark(at) not in _CLOSED_TO_NAMES for at in range(len(table))]
    for at in range(len(table)):
        lengths = [(1, partial(_single, table, context, at))] if open_to[at] else []
        is_pair = at + 1 < len(table) and open_to[at] and open_to[at + 1]
        if is_pair and (table.gaps[at] == SPACE or table.raw_gap(at) in _JOINING_GAPS):
            lengths.append((2, partial(_pair, table, context, at)))
        if make := make_of_three(table, at, capitals_tell=True):
            lengths.append((3, partial(_three, table, context, at, make=make)))
        for count, parts in lengths:
            last = at + count
            bare = Candidate(at, last, "", context.before(table, at), context.behind(table, last), [])
            if is_wanted(bare):
                yield bare._replace(parts=parts((bare.left, bare.right)))


def text_parts(table: WordTable) -> list[Part]:
    """Return the parts that speak for no name at all."""
    count, namelike = len(table), len(table.namelike)
    length = sum(count > step for step in _LENGTHS)
    return [("none", _size(count), str(min(namelike, 3)), str(table.is_foreign), str(length)),
            ("none-case", str(table.is_shouted), str(table.is_capitalised), str(table.is_titled))]  # fmt: skip


def _is_addressed(table: WordTable) -> bool:
    """Whether a text begins by greeting whom it is for: ``Hi Mark, ...``; a line has "here" or "is" behind its name."""
    has_greeting = table.words[0].normal in _ADDRESSING and table.gaps[0] == SPACE
    return has_greeting and len(table) > 2 and table.raw_gap(1).startswith(",")


def _stands_like_name(left: str, right: str) -> bool:
    """Whether an everyday word with this before and behind it stands where names do."""
    if left in _INTRODUCING:
        return True
    return (left in _OPENING or left.startswith(_OPEN)) and (right in _FOLLOWING or right.startswith(_OPEN))


def _may_be_pair(table: WordTable, at: int) -> bool:
    """Whether two words may be one name, as far as the second and what stands between them say."""
    other = table.words[at + 1]
    if table.marks is not None and table.mark(at + 1) in _CLOSED_TO_NAMES:
        return False
    gap = table.gaps[at]
    if gap != SPACE:
        between = table.raw_gap(at)
        if gap == "picture" and " " not in between:
            # ``DURA🔋CELL``: one word, or two without a space.
            return True
        if between not in _JOINING_GAPS and not _joins_two_names(table, at, between.strip()):
            return False
    one = table.words[at].grade
    if one == "letter" or other.grade == "letter":
        return _letter_fits(table, at)
    return one != "number" or other.grade != "number"


def _joins_two_names(table: WordTable, at: int, sign: str) -> bool:
    """Whether two words with a sign for "and" between them may be a firm's name or two people's: ``Kit & Joss``."""
    if sign not in AND_SIGNS:
        return False
    one, other = table.words[at : at + 2]
    return other.plain in _FIRMS or (one.kind in "AD" and other.kind in "AD")


def _letter_fits(table: WordTable, at: int) -> bool:
    """Whether a single letter of two words can belong to a name: ``Gallowgate G``, not ``a shop``."""
    pair = table.words[at : at + 2]
    return table.is_shouted or pair[0].capitals in "TU" or not table.is_capitalised


def _single(table: WordTable, context: NameContext, at: int, sides: tuple[str, str]) -> list[Part]:
    word = table.words[at]
    kind = word.kind
    parts: list[Part] = [("own", word.own), ("sides", *sides, kind, word.grade, table.case(at))]
    if kind == "A":
        parts.append(_among_namelike(table, at))
        if table.is_foreign:
            parts.append(("one", f"foreign:{word.grade}"))
    if word.normal in table.repeated and EVERYDAY[word.grade] < EVERYDAY["letter"]:
        parts.append(("one", "repeated"))
    _add_places(table, at, at + 1, kind, parts)
    _add_around(table, at, at + 1, sides, kind, parts)
    _add_rest(table, context, (at, at + 1), sides, kind, parts)
    return parts


def _pair(table: WordTable, context: NameContext, at: int, sides: tuple[str, str]) -> list[Part]:
    words = table.words[at : at + 2]
    make = _make_of(words)
    kind = "2n" if make in {"N9", "9N", "NL"} else "2W" if make == "ww" else "2A"
    cases = {table.case(place).replace("first-", "") for place in (at, at + 1) if words[place - at].grade != "number"}
    title = "" if not words[0].is_title or make in {"N9", "9N"} else "A" if words[1].kind == "A" else "w"
    gap = table.gaps[at]
    if gap != "picture":
        gap = "" if gap == SPACE and table.raw_gap(at) == " " else table.raw_gap(at).strip()[:1] or "_"
    parts: list[Part] = [
        ("pair", make, title, str(everyday_share(words)), cases.pop() if len(cases) == 1 else "mixed", gap),
        ("sides", *sides, kind, make, table.case(at)),
    ]
    if words[1].grade == "place":
        # ``Marl Road``
        parts.append(("one", f"place-behind:{kind}"))
    if words[1].grade == "number":
        parts.append(("one", f"digits-behind:{len(words[1].plain)}"))
    if words[0].normal == words[1].normal:
        parts.append(("one", "double"))
    if words[0].normal in table.repeated and _repeats(table, at):
        parts.append(("one", "repeated"))
    _add_places(table, at, at + 2, kind, parts)
    _add_around(table, at, at + 2, sides, kind, parts)
    _add_rest(table, context, (at, at + 2), sides, kind, parts)
    return parts


def _make_of(words: list[NameWord]) -> str:
    """Return what two words are to each other."""
    one, other = words
    if is_number(other):
        return "N9"
    if one.grade == "number":
        return "9N"
    if "letter" in (one.grade, other.grade):
        return "NL"
    if one.kind == "A":
        return "AA" if other.kind == "A" else "Aw"
    if other.kind != "A":
        return "ww"
    return "PA" if one.grade == "town" else "TA" if one.is_title else "wA"


def _three(table: WordTable, context: NameContext, at: int, sides: tuple[str, str], make: str) -> list[Part]:
    words = table.words[at : at + 3]
    parts: list[Part] = [
        ("one", f"three:{make}"),
        ("one", f"three:{make}:{everyday_share(words)}:{table.case(at).replace('first-', '')}"),
        ("sides", *sides, "3", make, table.case(at)),
    ]
    if is_joined(make):
        # "Salt and Pepper", and "ring Hector and wait"
        parts.append(("one", f"three-ends:{words[0].grade}:{words[2].grade}:{table.case(at + 2)}"))
    if words[0].kind == "A" or words[2].kind == "A":
        parts.append(("one", f"three-name:{make}:{words[0].kind == 'A'}:{words[2].kind == 'A'}"))
    if words[0].normal in table.repeated and _repeats(table, at):
        parts.append(("one", "repeated"))
    _add_places(table, at, at + 3, "3", parts)
    _add_around(table, at, at + 3, sides, "3", parts)
    _add_rest(table, context, (at, at + 3), sides, "3", parts)
    return parts


def _among_namelike(table: WordTable, at: int) -> Part:
    namelike = table.namelike
    if at not in namelike:
        return ("place", "marked", "", "")
    place = "sole" if len(namelike) == 1 else "first" if namelike[0] == at else "last" if namelike[-1] == at else "mid"
    return ("place", place, _size(len(table)), str(table.is_foreign))


def _add_places(table: WordTable, first: int, last: int, kind: str, parts: list[Part]) -> None:
    """Add how many words elsewhere in the text may be places: ``Stockton Thornaby Ingleby`` is a list of them."""
    places = table.places
    if places:
        inside = sum([first <= at < last for at in places])
        others = min(len(places) - inside, 3)
        if others or inside:
            parts.append(("one", f"places:{kind}:{inside}:{others}"))


def _add_around(table: WordTable, first: int, last: int, sides: tuple[str, str], kind: str, parts: list[Part]) -> None:
    """Add what the words beside a candidate say by themselves, and what stands beyond them."""
    words, gaps = table.words, table.gaps
    one = other = "-"
    if first:
        if gaps[first - 1] == SPACE:
            word = words[first - 1]
            if word.told:
                parts.append(("told", "before", word.told, kind))
            one = (
                "start"
                if first == 1
                else (words[first - 2].left or words[first - 2].context)
                if gaps[first - 2] == SPACE
                else "B"
            )
        else:
            one = words[first - 1].right or words[first - 1].context
    if last < len(words):
        if gaps[last - 1] == SPACE:
            word = words[last]
            if word.told:
                parts.append(("told", "behind", word.told, kind))
            beyond = last + 1
            if beyond < len(words) and sides[1].startswith("r:") and gaps[last] == SPACE and words[beyond].told:
                # "Jay got a puncture", and "Jay got both"
                parts.append(("then", sides[1], words[beyond].told))
            other = (
                "end"
                if beyond == len(words)
                else (words[beyond].right or words[beyond].context)
                if gaps[last] == SPACE
                else "B"
            )
        else:
            other = words[last].left or words[last].context
    parts.append(("beyond", *sides, one, other, kind))
    if table.speaks:
        parts.append(("voice", *sides, kind))


def _add_rest(
    table: WordTable, context: NameContext, span: tuple[int, int], sides: tuple[str, str], kind: str, parts: list[Part]
) -> None:
    """Add the parts that few candidates have."""
    first, last = span
    left, right = sides
    if context.is_well_known(table, first, last):
        parts.append(("known", left, right, kind))
    if left == "l:the":
        parts.append(("one", f"before-the:{left_group(context.before(table, first - 1))}"))
    if table.marks is not None and "drug" in (table.mark(first), table.mark(last - 1)):
        parts.append(("one", "drug-capital" if table.case(first) in _STANDS_OUT else "drug"))
    covered = table.covered
    if covered:
        inside = (first in covered) + (last - 1 in covered)
        if inside:
            parts.append(("one", f"covered:{inside}:{kind[-1]}"))
    if table.gaps[first - 1] == "picture" if first else table.starts_marked:
        before, behind = table.raw_gap(first - 1).strip(), table.raw_gap(last - 1).strip()
        if behind and before[-1] == behind[0] and ord(behind[0]) >= _FIRST_PICTURE:
            parts.append(("one", "wrapped"))
        if not first:
            parts.append(("one", "mark-before"))


def _repeats(table: WordTable, at: int) -> bool:
    """Whether two words stand side by side again."""
    normals = [word.normal for word in table.words]
    pair = normals[at : at + 2]
    return sum([normals[other : other + 2] == pair for other in range(len(normals) - 1)]) > 1


def _size(count: int) -> str:
    return "s" if count <= _SHORT else "m" if count <= _MIDDLE else "l"
