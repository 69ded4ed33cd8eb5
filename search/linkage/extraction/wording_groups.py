"""The messages that may be one broadcast: one direction, one sender, one wording, whatever the wording is written like.

A template id is of one text alone. Where a name is read in one spelling and not in another, one broadcast has two
ids; what was sent in capitals, with stretched letters or with a picture at its end is the same text all the same.
So two templates of one sender are one wording where they hold the same letters and digits in one text each.

There may be a group for every text of an extraction, so in memory a group is its 64-bit key; its name lies in buckets
on disk. Two groups with one key would be taken for one: of ten million groups that happens once in 400,000 cases.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.words.folding import fold
from parsers.bucketed_rows import BUCKETS, BucketedRows
from search.linkage.extraction.flare_rows import SENT

NO_LETTERS = 0
"""Stands for a text without letters and digits, which is like no other."""

_SEPARATOR = "\t"
"""Stands in no direction and no template id; the sender comes last, whatever stands in it."""

_NAMED = struct.Struct("<qqI")
"""Key, letters, length of the name that follows."""

_TRIM = struct.Struct("<qq")
"""Key, letters of a text without its first or last words."""

_SLOTS = 2**22
"""Of letters, each counted up to two: what nothing else has joins nothing, and of trimmed texts that is nearly all."""

_REMEMBERED = 20_000
"""Names of one generation that are not written again; there are two generations."""

_NO_LETTERS_OF = re.compile(r"[\W_]+")
_MARKS = re.compile(r"(?:[^\w\s]|_)+")
_STRETCHED = re.compile(r"(.)(?=\1)")

Group = tuple[str, str, str]
"""Direction, sender key, template id."""

Names = Mapping[int, Group]
"""Key to name, with the sender as it is known at the end."""

_WORDS_LEFT, _LETTERS_LEFT = 3, 12
"""Of which a text is known again; a price alone stands in every second one."""
_TRIMMED = ((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))
"""Words that are left out at the beginning and at the end."""

_Ints = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]


@lru_cache(maxsize=4_096)
def letters_of(body: str) -> int:
    """Return a number for the letters and digits of a text; case, decoration and stretched letters make none other."""
    kept = _STRETCHED.sub("", _NO_LETTERS_OF.sub("", fold(body).lower))
    return hash(kept) if kept else NO_LETTERS


def words_of_body(body: str) -> list[str]:
    """Return the words of a text, in lower case and without marks: ``24-7`` is one word."""
    return _MARKS.sub("", fold(body).lower).split()


def trimmed_letters_of(body: str) -> list[int]:
    """Return numbers for a text without its first or last words: a greeting or a farewell makes no other wording.

    Each is what ``letters_of`` gives for what is left. Empty where too few words are left to tell one wording from
    another.
    """
    words = words_of_body(body)
    letters = [len(word) if word.isalpha() else 0 if word.isdigit() else sum(map(str.isalpha, word)) for word in words]
    found = []
    for first, last in _TRIMMED:
        end = len(words) - last
        if end - first >= _WORDS_LEFT and sum(letters[first:end]) >= _LETTERS_LEFT:
            found.append(hash(_STRETCHED.sub("", "".join(words[first:end]))))
    return found


def bucket_of(template_id: str) -> int:
    """Return the bucket of a template: by the wording alone, since the sender may yet be taken for another."""
    return crc32(template_id.encode()) % BUCKETS


class Wordings:
    """Which groups are one wording.

    Args:
        keys: Of all groups, ascending.
        labels: Of each key, equal for those of one wording.
        is_joint: By label, whether several groups are that wording.
    """

    __slots__ = ("_is_joint", "_keys", "_labels")

    def __init__(self, keys: _Ints, labels: _Ints, is_joint: _Flags) -> None:
        self._keys = keys
        self._labels = labels
        self._is_joint = is_joint

    def labels_of(self, keys: _Ints) -> _Ints:
        """Return the label of each key's wording; every key MUST have been noted."""
        return self._labels[np.searchsorted(self._keys, keys)]

    def are_joint(self, labels: _Ints) -> _Flags:
        """Return whether several groups share each label."""
        return self._is_joint[labels]


class WordingGroups:
    """Notes groups as they come, and says at the end which of them are one wording.

    Args:
        scratch_dir: Where names are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_counted", "_named", "_old", "_renamed", "_scratch_dir", "_trimmed", "_young")

    def __init__(self, scratch_dir: Path | None = None) -> None:
        self._scratch_dir = scratch_dir
        self._named = BucketedRows(scratch_dir)
        self._trimmed = BucketedRows(scratch_dir)
        self._counted = bytearray(_SLOTS)
        self._young: set[tuple[int, int]] = set()
        self._old: set[tuple[int, int]] = set()
        self._renamed: dict[str, str] = {}

    def note(self, group: Group, letters: int = NO_LETTERS, body: str | None = None) -> int:
        """Return the key of a group, which is joined to the one of its sender that has the same letters.

        Args:
            group: Direction, sender, template.
            letters: Of one of its texts, as ``letters_of`` gives it.
            body: The text, where it is also joined by what is left without its first or last words. None: it is not.
        """
        key = hash(group)
        met = (key, letters)
        if met not in self._young:
            if met not in self._old:
                bucket = bucket_of(group[2])
                _put(self._named, bucket, met, group)
                self._count(_counted_as(group, letters))
                for part in () if body is None else trimmed_letters_of(body):
                    self._count(part)
                    self._trimmed.buckets[bucket] += _TRIM.pack(key, part)
                    self._trimmed.added(_TRIM.size)
            if len(self._young) >= _REMEMBERED:
                self._old, self._young = self._young, set()
            self._young.add(met)
        return key

    def _count(self, letters: int) -> None:
        slot = letters % _SLOTS
        if self._counted[slot] < 2:  # once, or more often
            self._counted[slot] += 1

    def rename_sender(self, old: str, new: str) -> None:
        """Take one sender for another: a handset whose number became known later on."""
        self._renamed[old] = new

    def resolved(self) -> tuple[Wordings, BucketedRows]:
        """Return which groups are one wording, and their names in the buckets of their templates, for ``names_in``.

        Call it once.
        """
        keys, names_of_keys = array("q"), array("q")
        finals, tokens = array("q"), array("q")
        names = BucketedRows(self._scratch_dir)
        for bucket, (portion, trims) in enumerate(zip(self._named.portions(), self._trimmed.portions(), strict=True)):
            of_key: dict[int, Group] = {}
            renamed: list[tuple[tuple[int, int], Group]] = []
            # A wording has a token for every text, most of which it has alone or time and again.
            shared: set[tuple[int, int]] = set()
            for key, letters, group in _unpacked(portion):
                direction, said_sender, template_id = group
                sender = self._renamed.get(said_sender, said_sender)
                final = group if sender is said_sender else (direction, sender, template_id)
                if final is not group:
                    renamed.append(((key, letters), final))
                of_key[key] = final
                if letters != NO_LETTERS and self._may_be_shared(_counted_as(group, letters)):
                    shared.add((hash(final), hash((direction, sender, letters))))
            names.buckets[bucket] += portion
            names.added(len(portion))
            for met, final in renamed:
                # Behind the name that it had: of two the later one is read.
                _put(names, bucket, met, final)
            for key, letters in _TRIM.iter_unpack(trims):
                if self._may_be_shared(letters):
                    direction, sender, _ = final = of_key[key]
                    shared.add((hash(final), hash((direction, sender, letters))))
            keys.extend(of_key)
            names_of_keys.extend(map(hash, of_key.values()))
            finals.extend(name for name, _ in shared)
            tokens.extend(token for _, token in shared)
        self._named.close()
        self._trimmed.close()
        self._counted = bytearray()
        return _joined(*(np.array(each, dtype=np.int64) for each in (keys, names_of_keys, finals, tokens))), names

    def _may_be_shared(self, letters: int) -> bool:
        """Whether letters were counted twice; by chance also where others have their slot."""
        return self._counted[letters % _SLOTS] >= 2


def _counted_as(group: Group, letters: int) -> int:
    """Return by what letters are counted: what came in by the sender too, whom nothing else will stand for."""
    direction, sender, _ = group
    return letters if direction == SENT else hash((sender, letters))


def names_in(portion: bytes | bytearray) -> dict[int, Group]:
    """Return the names of one bucket by their keys."""
    return {key: group for key, _, group in _unpacked(portion)}


def share_out_name(name: tuple[int, Group], label: int, joint: BucketedRows) -> None:
    """Put the key and the name of a group into the bucket of its label."""
    _put(joint, label % BUCKETS, (name[0], NO_LETTERS), name[1])


def _put(rows: BucketedRows, bucket: int, met: tuple[int, int], group: Group) -> None:
    direction, sender, template_id = group
    # A lone surrogate in a sender's name is kept as it is.
    name = _SEPARATOR.join((direction, template_id, sender)).encode("utf-8", "surrogatepass")
    rows.buckets[bucket] += _NAMED.pack(*met, len(name)) + name
    rows.added(_NAMED.size + len(name))


def _unpacked(portion: bytes | bytearray) -> Iterator[tuple[int, int, Group]]:
    """Yield key, letters and name of each row."""
    place = 0
    while place < len(portion):
        key, letters, length = _NAMED.unpack_from(portion, place)
        place += _NAMED.size
        direction, template_id, sender = (
            portion[place : place + length].decode("utf-8", "surrogatepass").split(_SEPARATOR, 2)
        )
        place += length
        yield key, letters, (direction, sender, template_id)


def _joined(keys: _Ints, names: _Ints, finals: _Ints, tokens: _Ints) -> Wordings:
    """Join groups that are one (of a sender with two keys) or share a token, and those that these share one with.

    Args:
        keys: Of all groups, each once.
        names: Of each key, as its group is named at the end.
        finals: Such names, beside ``tokens`` that they have.
        tokens: See ``finals``.
    """
    distinct, of_key = np.unique(names, return_inverse=True)
    count, nodes = len(distinct), np.searchsorted(distinct, finals)
    shared = np.unique(tokens, return_inverse=True)[1]
    # Places are below two thousand million; in half of the octets, since there may be a group for every text.
    labels = np.arange(count, dtype=np.int32)
    lowest = np.empty(shared.max(initial=-1) + 1, dtype=np.int32)
    while True:
        lowest.fill(count)
        np.minimum.at(lowest, shared, labels[nodes])
        lower = labels.copy()
        np.minimum.at(lower, nodes, lowest[shared])
        lower = lower[lower]
        if np.array_equal(lower, labels):
            break
        labels = lower
    is_joint = np.bincount(labels, minlength=count) > 1
    order = np.argsort(keys)
    return Wordings(keys[order], labels[of_key[order]].astype(np.int64), is_joint)
