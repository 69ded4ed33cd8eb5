"""Lexicons: words and phrases as data, each with what it stands for, how ambiguous it is, its source and its date.

The shipped files lie in ``config/lexicons``; a unit adds files of its own by naming a folder, without code. A file is
checked whole when it is loaded and refused with a sentence that its author can act on. The version is a digest of the
content, whatever the order of files and entries, and stands in every finding.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import msgspec

from nlp.errors import LexiconRefused

CANONICAL_DRUGS = (
    "heroin",
    "crack cocaine",
    "cocaine",
    "cannabis",
    "MDMA",
    "ketamine",
    "amphetamine",
    "benzodiazepines",
    "methadone",
    "buprenorphine",
    "synthetic cannabinoids",
    "mephedrone",
    "LSD",
    "pregabalin",
    "other",
)
"""The canonical names of drugs, as the contract of the text analysis lists them."""


class LexiconKind(StrEnum):
    """What the entries of a lexicon are."""

    DRUG = "drug"
    MENU = "menu"
    STOCK = "stock"
    CUE = "cue"
    LOOKALIKE = "lookalike"
    FILLER = "filler"
    NOT_NAME = "not_name"
    KNOWN_WORD = "known_word"
    SPELLING = "spelling"
    PATTERN = "pattern"
    EVERYDAY = "everyday"
    GLOSS = "gloss"
    SENSE = "sense"
    FIRST_NAME = "first_name"
    TOWN = "town"
    SETTLEMENT = "settlement"
    ORDINARY = "ordinary"

    # That of ``Enum`` is Python code; terms are looked up by kind a dozen times a text.
    __hash__ = str.__hash__


_AMBIGUITIES = ("low", "med", "high")
_HEAD_KEYS = {"name", "kind", "description", "source", "date", "ambiguity", "language"}
_ENTRY_KEYS = {
    "term",
    "terms",
    "canonical",
    "ambiguity",
    "class",
    "needs",
    "resolves",
    "joins",
    "language",
    "source",
    "date",
}
_NEEDS = ("partner", "language", "alone")
_RESOLVES = ("colour", "hard", "medicine", "tablets")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One term of a lexicon.

    Attributes:
        canonical: What the term stands for; two names for a word that stands for two drugs. Empty: nothing single.
        ambiguity: ``low``, ``med`` or ``high``: how often the term is innocent.
        cue: Class of a cue, family of a look-alike, group of a filler. Empty for the other kinds.
        needs: ``partner``: counts only beside its counterpart or an amount. ``language``: only among other words of its
            language. ``alone``: only where the text names no single drug.
        resolves: ``colour``: takes its meaning from its partner in the text. ``hard``: is heroin beside hard, where
            nothing speaks of powder. ``medicine``: is methadone beside what replaces opiates, or by the bottle.
            ``tablets``: is pregabalin beside other tablets.
        joins: Two drugs of one such group with "and" between them are one expression. Empty: they never are.
    """

    kind: LexiconKind
    term: str
    canonical: tuple[str, ...] = ()
    ambiguity: str
    cue: str = ""
    needs: str = ""
    resolves: str = ""
    joins: str = ""
    language: str = "en"
    source: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Lexicons:
    """All entries that the analysis works with.

    Attributes:
        entries: Sorted by kind, term and class.
        version: ``lex-`` and a digest of the content.
    """

    entries: tuple[Entry, ...]
    version: str

    def of_kind(self, kind: LexiconKind) -> tuple[Entry, ...]:
        """Return the entries of one kind, in the order of their terms."""
        return self._by_kind.get(kind, ())

    def terms(self, kind: LexiconKind, cue: str | None = None) -> frozenset[str]:
        """Return the terms of one kind, or of one class of it."""
        if cue is None:
            return frozenset(entry.term for entry in self.of_kind(kind))
        return self._by_class.get((kind, cue), frozenset())

    @cached_property
    def _by_kind(self) -> dict[LexiconKind, tuple[Entry, ...]]:
        return {kind: tuple(same) for kind, same in groupby(self.entries, attrgetter("kind"))}

    @cached_property
    def _by_class(self) -> dict[tuple[LexiconKind, str], frozenset[str]]:
        # The components ask some four hundred times while they are made.
        terms: dict[tuple[LexiconKind, str], set[str]] = {}
        for entry in self.entries:
            terms.setdefault((entry.kind, entry.cue), set()).add(entry.term)
        return {key: frozenset(found) for key, found in terms.items()}


def load_lexicons(extra_dirs: Sequence[Path] = ()) -> Lexicons:
    """Read the shipped lexicons and those of further folders (every ``*.toml`` in them, not in their subfolders).

    Raises:
        LexiconRefused: A file cannot be read, is not TOML, or holds an entry that is not as described.
    """
    entries: set[Entry] = set()
    for name, text in _shipped():
        entries.update(parse_lexicon(name, text))
    for folder in extra_dirs:
        if not folder.is_dir():
            raise LexiconRefused(folder.name, "the lexicon folder does not exist; name a folder that holds .toml files")
        for path in sorted(folder.glob("*.toml")):
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise LexiconRefused(path.name, "it cannot be read as UTF-8 text; save it as UTF-8") from error
            entries.update(parse_lexicon(path.name, text))
    in_order = tuple(sorted(entries, key=_order_of))
    return Lexicons(entries=in_order, version=_version_of(in_order))


def parse_lexicon(file_name: str, text: str) -> tuple[Entry, ...]:
    """Return the entries of one file, in its order.

    Raises:
        LexiconRefused: It is not TOML, or holds an entry that is not as described.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconRefused(file_name, f"it is not valid TOML ({error})") from error
    head = content.get("lexicon")
    if not isinstance(head, dict):
        raise LexiconRefused(
            file_name, "it has no [lexicon] table; begin with one that gives name, kind, source and date"
        )
    _refuse_unknown(file_name, "[lexicon]", head, _HEAD_KEYS)
    _refuse_unknown(file_name, "the file", content, {"lexicon", "entry", "forms", "words"})
    try:
        kind = LexiconKind(str(head.get("kind")))
    except ValueError as error:
        expected = ", ".join(LexiconKind)
        raise LexiconRefused(file_name, f"its kind is {head.get('kind')!r}; expected one of {expected}") from error
    rows = [*_listed(content.get("entry", [])), *_spellings(content), *_words(content)]
    entries = [entry for row in rows for entry in _entries_of(file_name, kind, head, row)]
    _refuse_repeated(file_name, entries)
    return tuple(entries)


def _shipped() -> Iterable[tuple[str, str]]:
    folder = files("config").joinpath("lexicons")
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".toml"):
            yield item.name, item.read_text(encoding="utf-8")


def _listed(value: object) -> list[dict[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _spellings(content: Mapping[str, object]) -> list[dict[str, object]]:
    """Turn the table ``[forms]`` (word = its spellings) into rows."""
    forms = content.get("forms", {})
    return (
        [{"terms": spellings, "canonical": word} for word, spellings in forms.items()]
        if isinstance(forms, dict)
        else []
    )


def _words(content: Mapping[str, object]) -> list[dict[str, object]]:
    """Turn the table ``[words]`` (one text of many words) into a row."""
    words = content.get("words", {})
    return [{"terms": str(words.get("text", "")).split()}] if isinstance(words, dict) and words else []


def _entries_of(
    file_name: str, kind: LexiconKind, head: Mapping[str, object], row: Mapping[str, object]
) -> list[Entry]:
    _refuse_unknown(file_name, "an entry", row, _ENTRY_KEYS)
    terms = row.get("terms", [row["term"]] if "term" in row else None)
    if not isinstance(terms, list) or not terms or not all(isinstance(t, str) and t.strip() for t in terms):
        raise LexiconRefused(file_name, 'an entry has no term; give term = "..." or terms = ["...", ...]')
    where = f"the entry {terms[0]!r}"
    ambiguity = str(row.get("ambiguity", head.get("ambiguity", "")))
    source = str(row.get("source", head.get("source", "")))
    on = row.get("date", head.get("date"))
    if ambiguity not in _AMBIGUITIES:
        raise LexiconRefused(
            file_name, f"{where} has ambiguity {ambiguity!r}; expected one of {', '.join(_AMBIGUITIES)}"
        )
    if not source:
        raise LexiconRefused(file_name, f"{where} has no source; say where the term is known from")
    if not isinstance(on, date):
        raise LexiconRefused(file_name, f"{where} has no date; give date = YYYY-MM-DD without quotes")
    canonical = _canonical_of(file_name, where, kind, row)
    needs, resolves = (
        _choice(file_name, where, "needs", row, _NEEDS),
        _choice(file_name, where, "resolves", row, _RESOLVES),
    )
    cue, joins = str(row.get("class", "")), str(row.get("joins", ""))
    language = str(row.get("language", head.get("language", "en")))
    return [
        Entry(
            kind=kind,
            term=" ".join(term.lower().split()),
            canonical=canonical,
            ambiguity=ambiguity,
            cue=cue,
            needs=needs,
            resolves=resolves,
            joins=joins,
            language=language,
            source=source,
            on=on,
        )
        for term in terms
    ]


def _canonical_of(file_name: str, where: str, kind: LexiconKind, row: Mapping[str, object]) -> tuple[str, ...]:
    value = row.get("canonical", [])
    names = tuple(str(name) for name in value) if isinstance(value, list) else (str(value),)
    if kind in {LexiconKind.DRUG, LexiconKind.MENU} and (not names or not set(names) <= set(CANONICAL_DRUGS)):
        raise LexiconRefused(
            file_name, f"{where} has no canonical name that is known; expected {', '.join(CANONICAL_DRUGS)}"
        )
    if kind in {LexiconKind.SPELLING, LexiconKind.GLOSS, LexiconKind.SENSE} and len(names) != 1:
        raise LexiconRefused(file_name, f"{where} does not say which word it stands for")
    return names


def _choice(file_name: str, where: str, key: str, row: Mapping[str, object], choices: tuple[str, ...]) -> str:
    value = row.get(key, "")
    if value and value not in choices:
        raise LexiconRefused(file_name, f"{where} has {key} = {value!r}; expected {', '.join(choices)}")
    return str(value)


def _refuse_unknown(file_name: str, where: str, table: Mapping[str, object], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise LexiconRefused(
            file_name, f"{where} has the unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )


def _refuse_repeated(file_name: str, entries: Iterable[Entry]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for entry in entries:
        key = (entry.kind, entry.term, entry.cue)
        if key in seen:
            raise LexiconRefused(file_name, f"the term {entry.term!r} stands in it twice; keep one of them")
        seen.add(key)


def _order_of(entry: Entry) -> tuple[str, tuple[object, ...]]:
    # One word is compared in a third of the time of three; what a term stands for decides between equal ones alone.
    return f"{entry.kind.value}\x1f{entry.term}\x1f{entry.cue}", msgspec.structs.astuple(entry)


def _version_of(entries: Sequence[Entry]) -> str:
    """Return the digest of the content of entries in order."""
    return f"lex-{blake2b(msgspec.msgpack.encode(entries), digest_size=6).hexdigest()}"
