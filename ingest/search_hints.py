"""What is said beside an answer: what a bare number was taken for, and what is held that is like what found nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from itertools import groupby
from typing import Final

from rapidfuzz import fuzz, process

from ingest.own_phone_hints import own_phones
from parsers.phone_numbers import to_e164
from search.contract import EdgeKind, Filters, Index, Page, SearchRequest
from search.query.fields import field_value
from search.query.short_words import other_spellings
from search.query.tree import And, FieldTerm, Or, Phrase, QueryNode, Term
from search.query.words import words
from search.query.written_numbers import written_number

_LIKE: Final = 70.0
"""Of 100: two letters of five may differ, one may be missing."""
_SHOWN: Final = 3
_DRUGS_SHOWN: Final = 20
_NUMBERS_LOOKED_AT: Final = 200_000
_LEAST_DIGITS: Final = 4
_DIGITS: Final = re.compile(r"\d+", re.ASCII)
_DIGITS_OF_A_NUMBER: Final = 6
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_WORD: Final = re.compile(r"\w+")
_LINE_ID: Final = re.compile(r"ln\W?[0-9a-f]{20}")
_ONE_OF_SEVERAL: Final = re.compile(r"(?P<name>.+?)(?:\W+\d+ of \d+\W*|\W+\d{4,}\W*)")
_WORDS_OF_A_COPY: Final = 6
_BY_ID: Final = (
    "The id of a wording finds texts that count as adverts by themselves, and those of a broadcast that their own "
    "phone sent."
)
_LOOK_LIKE_DIGITS: Final = str.maketrans("oil|", "0111")


async def hints_of(index: Index, tree: QueryNode | None, filters: Filters, page: Page) -> tuple[str, ...]:
    """Return sentences to stand under an answer.

    Args:
        index: An open index.
        tree: What was asked for.
        filters: What narrowed it.
        page: The answer.

    Raises:
        IndexUnreachable: The store is not there.
    """
    if tree is None:
        return ()
    asker = _Asker(index, filters)
    if (number := bare_number(tree)) is not None:
        count = await asker.count(FieldTerm("number", number))
        told = f"{number} was looked for as a party (number:{number} finds {count:,}) and as texts have it written"
        own = await own_phones(index, number, filters)
        return tuple(filter(None, (f"{told}; in quotes it is found in texts alone, as it is typed.", own)))
    if isinstance(tree, FieldTerm) and tree.field == "template":
        return await asker.copies(tree.value, page.total)
    numbers = dict.fromkeys(
        leaf.value for leaf in _leaves(tree) if isinstance(leaf, FieldTerm) and leaf.field == "number"
    )
    own_of = [told for number in numbers if (told := await own_phones(index, number, filters))]
    if page.total or own_of:
        return tuple(own_of)
    if whole := await asker.number_in_words(tree):
        return (whole,)
    sentences = [sentence for leaf in _leaves(tree) for sentence in await asker.like(leaf)]
    sentences += await asker.spelt_otherwise(tree)
    return tuple(dict.fromkeys(sentences))


def bare_number(tree: QueryNode) -> str | None:
    """Return the number of a query that is a telephone number and nothing else; None: it is another one."""
    if not (isinstance(tree, Or) and isinstance(first := tree.operands[0], FieldTerm) and first.field == "number"):
        return None
    forms = written_number(first.value)
    # One more: the form as it was typed.
    return first.value if {*forms} <= {*tree.operands} and len(tree.operands) <= len(forms) + 1 else None


def _as_words(node: QueryNode) -> tuple[str, ...]:
    """Return the words of a query of words alone, in order; empty for any other."""
    if isinstance(node, Phrase):
        return node.words
    operands = node.operands if isinstance(node, And) else (node,)
    terms = [operand for operand in operands if isinstance(operand, Term) and not operand.is_prefix]
    return tuple(term.word for term in terms) if len(terms) == len(operands) else ()


def _leaves(node: QueryNode) -> Iterator[Term | FieldTerm]:
    match node:
        case Term() | FieldTerm():
            yield node
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from _leaves(operand)
        case _:
            return


def _spellings(node: QueryNode) -> Iterator[tuple[str, str]]:
    """Yield each word of a query that is written in other ways, with one of them."""
    match node:
        case Term(word=word, is_prefix=False):
            yield from ((word, other) for other in other_spellings(word))
        case Phrase(words=words):
            yield from ((word, other) for word in words for other in other_spellings(word))
        case And(operands=operands):
            for operand in operands:
                yield from _spellings(operand)
        case _:
            return


def _with_word(node: QueryNode, word: str, other: str) -> QueryNode:
    """Return the query with another word for one."""
    match node:
        case Term(word=held, is_prefix=False):
            return Term(other) if held == word else node
        case Phrase(words=words):
            return Phrase(tuple(other if each == word else each for each in words))
        case And(operands=operands):
            return And(tuple(_with_word(operand, word, other) for operand in operands))
        case _:
            return node


class _Asker:
    """Asks the index for what is like what was sought, each thing once."""

    def __init__(self, index: Index, filters: Filters) -> None:
        self._index = index
        self._filters = filters
        self._counted: Mapping[str, tuple[tuple[str, int], ...]] | None = None

    async def count(self, tree: QueryNode) -> int:
        """Return how many records a tree finds."""
        page = await self._index.search(SearchRequest(tree=tree, filters=self._filters, size=1))
        return page.total

    async def copies(self, template_id: str, total: int) -> tuple[str, ...]:
        """Return what finds further copies of a wording; nothing where its id finds as many.

        A copy that counts by the broadcast it came in alone has no id in the index, which a report counts all the same.
        """
        typed = [text async for text in self._typed(template_id)]
        phrase = max((_constant_words(text) for text in sorted(typed)), key=len, default=())
        count = await self.count(Phrase(phrase)) if len(phrase) > 1 else 0
        if count > total:
            return (f'{_BY_ID} Words of it find more: "{" ".join(phrase)}" ({count:,}).',)
        return () if total else (f"{_BY_ID} Words of a text as it was sent, in quotes, find its other copies.",)

    async def _typed(self, template_id: str) -> AsyncIterator[str]:
        async for entry in self._index.templates():
            if entry.template_id == template_id:
                for text, _, _ in entry.variants:
                    yield text

    async def number_in_words(self, tree: QueryNode) -> str:
        """Return what is said of words that are one number with letters for figures; empty where they are none."""
        written = "".join(_as_words(tree))
        has_letters = any(map(str.isalpha, written))
        return await self._with_figures(written) if has_letters and any(map(str.isdigit, written)) else ""

    async def spelt_otherwise(self, tree: QueryNode) -> list[str]:
        """Return what the same words find where one that is written short is written out, or the other way round."""
        found = []
        for short, other in _spellings(tree):
            if count := await self.count(_with_word(tree, short, other)):
                found.append(f"With {other} for {short} it finds {count:,}.")
        return found

    async def like(self, leaf: Term | FieldTerm) -> list[str]:
        """Return what is said of one thing that was sought, if it is found nowhere."""
        if isinstance(leaf, Term):
            near = "" if leaf.is_prefix or await self.count(leaf) else await self._near_word(leaf.word)
            return [f"No text has the word {leaf.word}. {near}"] if near else []
        if leaf.field not in {"number", "line", "drug"} or await self.count(leaf):
            return []
        if leaf.field == "number":
            return await self._near_numbers(leaf.value)
        if leaf.field == "line":
            near = (
                _of_report(leaf.value)
                or await self._near_lines(leaf.value)
                or "See the names: trapline search is:advert --facet line."
            )
            return [f"No advert is read under the name {leaf.value}.{await self._in_words(leaf.value)} {near}"]
        return await self._drugs(leaf.value)

    async def _in_words(self, name: str) -> str:
        """Return that adverts hold a name as words, and under which names they are; empty where none does.

        Texts that are no adverts have it by chance: many names are words of everyday talk.
        """
        words = tuple(_WORD.findall(name.casefold()))
        if not words:
            return ""
        typed = Term(words[0]) if len(words) == 1 else Phrase(words)
        tree = And((FieldTerm("is", "advert"), typed))
        page = await self._index.search(SearchRequest(tree=tree, filters=self._filters, size=1, facets=("line",)))
        if not page.total:
            return ""
        under = ", ".join(f"line:{_quoted(held)} ({count:,})" for held, count in page.facets["line"][:_SHOWN])
        told = f"read under {under}" if under else "read under no name"
        more = " and more" if len(page.facets["line"]) > _SHOWN else ""
        which = "1 advert holds it" if page.total == 1 else f"{page.total:,} adverts hold it"
        return f" {which} as {'a word' if len(words) == 1 else 'words'}, {told}{more}."

    async def _near_word(self, word: str) -> str:
        """Return the numbers that hold figures, else the word without its stretched letters, else names like it."""
        figures = word.lstrip("0")
        if word.isdecimal() and word.isascii() and len(figures) >= _DIGITS_OF_A_NUMBER:
            found = await self._numbers_where(lambda key: figures in key)
            return f"Numbers held that have these figures: {found}." if found else ""
        if word.isdecimal() and word.isascii() and len(word) >= _LEAST_DIGITS:
            found = await self._numbers_where(lambda key: key.endswith(word))
            return f"Numbers held that end so: {found}." if found else ""
        for letters in (r"\1", r"\1\1"):
            short = _STRETCHED.sub(letters, word)
            if short != word and (count := await self.count(Term(short))):
                return f"Without its stretched letters, {short}, it finds {count:,}."
        return await self._near_lines(word)

    async def _numbers_where(self, is_one: Callable[[str], bool]) -> str:
        """Return the first numbers held that are of a kind, with what each finds; empty where there is none."""
        found: list[str] = []
        looked_at = 0
        async for key in self._index.shared_keys(EdgeKind.NUMBER, 1):
            looked_at += 1
            found += [key] if is_one(key) else []
            if len(found) > _SHOWN or looked_at >= _NUMBERS_LOOKED_AT:
                break
        counts = [f"number:{key} ({await self.count(FieldTerm('number', key)):,})" for key in found[:_SHOWN]]
        return ", ".join(counts) + (" and more" if len(found) > _SHOWN else "")

    async def _near_lines(self, name: str) -> str:
        held: dict[str, int] = {}
        for value, count in (await self._facets())["line"]:
            folded = field_value("line", value)
            held[folded] = held.get(folded, 0) + count
        near = process.extract(name, list(held), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_SHOWN)
        words = ", ".join(f"line:{_quoted(found)} ({held[found]:,})" for found, _, _ in near)
        return f"Names like it: {words}." if words else ""

    async def _drugs(self, value: str) -> list[str]:
        held = (await self._facets())["drugs"]
        listed = ", ".join(f"drug:{_quoted(name)} ({count:,})" for name, count in held[:_DRUGS_SHOWN])
        told = f"The drugs held are {listed}." if listed else "No text held names a drug."
        words = await self.count(Term(value)) if value.isalnum() else 0
        in_texts = f" The word {value} alone finds {words:,}." if words else ""
        return [f"No text is read as naming the drug {value}. {told}{in_texts}"]

    async def _with_figures(self, value: str) -> str:
        number = to_e164(value.translate(_LOOK_LIKE_DIGITS))
        if number is None or number == value or not (count := await self.count(FieldTerm("number", number))):
            return ""
        return f"{value} is no number as it is written; with figures for its letters: number:{number} ({count:,})."

    async def _near_numbers(self, value: str) -> list[str]:
        if told := await self._with_figures(value):
            return [told]
        read = value.translate(_LOOK_LIKE_DIGITS)
        number = to_e164(read)
        digits = "".join(_DIGITS.findall(read))
        if number is not None or len(digits) < _LEAST_DIGITS:
            return []
        found = await self._numbers_where(lambda key: key.endswith(digits))
        said = f" Numbers held that end so: {found}." if found else ""
        return [f"number: takes a whole number, and {value} is none.{said}"]

    async def _facets(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        if self._counted is None:
            asked = SearchRequest(tree=None, filters=self._filters, size=1, facets=("line", "drugs"))
            self._counted = (await self._index.search(asked)).facets
        return self._counted


def _constant_words(text: str) -> tuple[str, ...]:
    """Return the longest stretch of words without figures: prices, hours and numbers change from copy to copy."""
    runs = [list(held) for is_figures, held in groupby(words(text), _has_figure) if not is_figures]
    return tuple(max(runs, key=len, default=[])[:_WORDS_OF_A_COPY])


def _has_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


def _of_report(value: str) -> str:
    """Return what is said of a line that is named as only reports name it; empty for any other name."""
    if _LINE_ID.fullmatch(value):
        return "That is the id of a line in the report: search one of the numbers that it has there (number:...)."
    if (found := _ONE_OF_SEVERAL.fullmatch(value)) is not None:
        name = f"line:{_quoted(found['name'])}"
        return f"Reports tell lines of one name apart: search {name}, or a number that it has there (number:...)."
    return ""


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
