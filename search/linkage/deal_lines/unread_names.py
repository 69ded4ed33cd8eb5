"""Names that the analysis does not read, found by contrast: the word that comes back in a sender's wordings alone.

A line puts its name into every second advert, whatever else these say, and no other line does. So a word that stands
in several wordings of one line and in none of the others is likely its name, or belongs to it. It is shown as such,
with its counts; it joins two numbers no further than a name that is read in two forms.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge
from search.linkage.adverts.greeting_words import GREETINGS
from search.linkage.adverts.recurring_words import LEAST_WORDINGS, may_be_name, wordings_of
from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.near_wordings import without_near
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import fold_name
from search.linkage.number_use.names import as_read, share_a_form
from search.linkage.phrases import counted

_LEAST_SHARE = 0.3
"""Of its wordings that a name stands in, at least: adverts without the name are common."""
_USERS_MOST, _SHARE_OF_USED, _WORDINGS_OF_USED = 3, 0.6, 3
"""A word that others have too is a name only where it stands in most of the wordings: another line bears the name, or
imitates it."""
_SIGNERS_OF_A_LETTER = 2
_LEAST_SHARE_AT_END = 0.4
"""Where it stands first or last in one of them, as names do, in so many."""
_PHONES_THAT_NAME = 2
_TIMES_READ = 2
_READ_SHARE_MOST = 0.2
"""Of its wordings that a name is read in, at most, where several phones saved another and none saved that one: the
analysis reads one amiss in a wording or two of a line whose adverts carry none."""
_WORDINGS_ENOUGH = 5
_ENOUGH_GROUPS = 4
"""Senders of bulk texts without which there is nothing to contrast with."""
_NEXT_SHARE = 0.8
"""Share of a name's wordings in which the word beside it must be the same to belong to it."""

_GRAMMAR = re.compile(
    "the|this|that|these|those|there|here|where|when|why|how|what|who|which|while|with|without|from|into|onto|over"
    "|under|about|after|before|betwen|than|then|them|they|theirs?|yours?|ours?|you|his|her|hers|its|him|she|and|but|for"
    "|nor|not|yet|only|just|also|very|more|most|much|many|some|any|each|every|both|few|again|stil|even|ever|never"
    "|always|are|was|were|being|has|have|had|did|does|can|could|would|might|must|should|shal|because|until"
    "|til"
)
"""Words of the sentence, with each letter once, which in few wordings may stand in those of one sender alone: "yes we
are back on". Ben, Will, May and Al are names."""

_AFTER_A_NAME = re.compile(r"(?:\s+(?:new|old|line|ln|number|num|no|\d+))+$", re.IGNORECASE)
"""What people add to the name of a line that has changed its number."""

_NO_NAMES = frozenset(
    {"new", "newnumber", "old", "oldnumber", "number", "contact", "random", "wrongnumber", "idk", "dontknow", "whothis"}
    | {"unknown", "unknownnumber", "unsaved", "private", "privatenumber", "withheld", "nobody", "noone", "someone"}
    | {"dontanswer", "donotanswer", "noanswer", "dontpickup", "donotpickup", "dontcall", "ignore", "dontring"}
    | {"block", "blocked", "blockthis", "spam", "scam", "scammer", "pest", "nuisance", "phone", "mobile", "otherphone"}
)
"""What people save a number under that is no name: that it is new, whose it is not, or what to do when it rings."""


class UnreadName(msgspec.Struct, frozen=True):
    """A name that was found otherwise than by reading it in an advert.

    Attributes:
        name: As it is shown.
        sentence: What it rests on.
        saved_on: Phones whose contacts are all that it rests on; 0 where it stands in adverts.
    """

    name: str
    sentence: str
    saved_on: int = 0


def unread_names(
    groups: Sequence[LineGroup], evidence: Evidence, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> dict[str, UnreadName]:
    """Return the name of each group without one, and the whole name where a part is read, by line id.

    Args:
        groups: All groups, whether they are lines or not.
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number; their labels are names in phone books.
        device_of: Device by extraction.
    """
    if len(groups) < _ENOUGH_GROUPS:
        return {}
    wordings = {group.line_id: _of_group(group, evidence.template_texts) for group in groups}
    using: dict[str, list[LineGroup]] = defaultdict(list)
    for group in groups:
        for word in {word for wording in wordings[group.line_id] for word in wording}:
            using[word].append(group)
    users = Counter({word: len(held) for word, held in using.items()})
    saved = {group.line_id: _saved_names(group, traffic, device_of) for group in groups}
    savers = Counter(name for names in saved.values() for name in names)
    found = {}
    for group in groups:
        held = wordings[group.line_id]
        phrase = _completed(group, held, using) if group.names else _recurring(held, users)
        if phrase:
            count = sum(all(word in wording or word in group.names for word in phrase) for wording in held)
            written = " ".join(
                _as_read(group) if word in group.names else _as_written(word, group, evidence.template_bodies)
                for word in phrase
            )
            found[group.line_id] = UnreadName(
                written,
                f"The name {written} was found by contrast: it stands in {count} of {len(held)} wordings of this line "
                "and hardly in any other sender's.",
            )
            continue
        name = _saved_name(saved[group.line_id], savers, held, users)
        if name is None:
            continue
        read, of = _read_in(group)
        if not group.names:
            found[group.line_id] = name
        elif _is_rather(name, saved[group.line_id], group, held, is_hardly_read=_is_hardly_read(read, of)):
            sentence = f"{name.sentence} {_as_read(group)} is read as a name in {read} of {of} wordings."
            found[group.line_id] = msgspec.structs.replace(name, sentence=sentence)
    return found


def _is_rather(
    name: UnreadName,
    saved: Mapping[str, Mapping[str, set[str]]],
    group: LineGroup,
    wordings: Collection[tuple[str, ...]],
    *,
    is_hardly_read: bool,
) -> bool:
    """Whether a line is called by a name that phones saved rather than by the one that was read in its adverts.

    "Closing 11. Same": where the name is an everyday word, what stands beside it is read in one wording or two. The
    saved one is on two phones or more, and either in twice as many wordings, or the other is read in few and saved by
    nobody. Where all of it that stands in them is the name that was read, the rest is its owner's ("Bnw Snowy").
    """
    folded = fold_name(name.name)
    if folded in group.forms or len(set().union(*saved.get(folded, {}).values())) < _PHONES_THAT_NAME:
        return False
    if is_hardly_read:
        return not share_a_form(saved, group.forms)
    parts = {unstretched(fold_name(part)) for part in name.name.split()}
    if parts & set().union(*wordings) <= set(map(unstretched, group.forms)):
        return False
    stands = sum(bool(parts & set(wording)) for wording in wordings)
    read = sum(SLOT_MARK in wording for wording in wordings)
    return stands >= max(LEAST_WORDINGS, _LEAST_SHARE * len(wordings)) and stands >= _TIMES_READ * read


def _is_hardly_read(read: int, of: int) -> bool:
    return read <= _READ_SHARE_MOST * of and of >= _WORDINGS_ENOUGH


def _read_in(group: LineGroup) -> tuple[int, int]:
    """Return in how many wordings a name of the group is read, and how many it has; all are counted, near ones too."""
    adverts = [advert.edge for spell in group.spells for advert in spell.adverts]
    named = {edge.other for edge in adverts if edge.label and fold_name(edge.label) in group.forms}
    return len(named), len({edge.other for edge in adverts})


def _saved_names(
    group: LineGroup, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> dict[str, dict[str, set[str]]]:
    """Return the names under which phones saved the group's numbers: folded, with how they are written and where."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number in group.numbers:
        for edge in traffic.get(number, ()):
            name = _AFTER_A_NAME.sub("", edge.label.strip()) if edge.label else ""
            folded = fold_name(name)
            if folded.isalpha() and folded not in _NO_NAMES and edge.extraction_id in device_of:
                found[folded][name].add(device_of[edge.extraction_id])
    return found


def _saved_name(
    saved: Mapping[str, Mapping[str, set[str]]],
    savers: Mapping[str, int],
    wordings: Collection[tuple[str, ...]],
    users: Mapping[str, int],
) -> UnreadName | None:
    """Return the name under which phone books have this line and few others, rather one that stands in an advert too.

    What one phone alone has, and no advert, is taken where it is written as names are: "work" and "boss" are none. A
    single letter is an initial, unless its adverts sign with it and few others' do.
    """
    fitting = []
    for name, forms in saved.items():
        devices = set().union(*forms.values())
        parts = {unstretched(fold_name(part)) for form in forms for part in form.split()}
        stands = sum(bool(parts & set(wording)) for wording in wordings)
        shown = min(forms, key=lambda form: (-len(forms[form]), form))
        if len(name) == 1 and (stands < LEAST_WORDINGS or users[name] > _SIGNERS_OF_A_LETTER):
            continue
        is_shared = savers[name] > 1
        is_shown = stands or len(devices) > 1 or (shown[:1].isupper() and not is_shared)
        if savers[name] <= _USERS_MOST and is_shown and (shown[:1].isupper() or not is_shared):
            fitting.append((stands, len(devices), shown))
    if not fitting:
        return None
    stands, devices_held, shown = max(fitting)
    where = f" and stands in {counted(stands, 'wording')} of it" if stands else ""
    saved_by = counted(devices_held, "phone")
    sentence = f"Its adverts carry no name that was surely read; {shown} is how {saved_by} saved its number{where}."
    return UnreadName(shown, sentence, saved_on=0 if stands else devices_held)


def _recurring(wordings: Collection[tuple[str, ...]], users: Mapping[str, int]) -> list[str]:
    counts = Counter(
        word
        for wording in wordings
        for word in set(wording)
        if may_be_name(word) and word not in GREETINGS and not _GRAMMAR.fullmatch(word)
    )
    at_end = {wording[place] for wording in wordings if wording for place in (0, -1)}
    fitting = [
        word
        for word, count in counts.items()
        if _is_fitting(count, len(wordings), users[word], may_be_few=word in at_end)
    ]
    if not fitting:
        return []
    word = min(fitting, key=lambda word: (-counts[word], users[word], -len(word), word))
    holding = [wording for wording in wordings if word in wording]
    return [*_neighbour(holding, word, -1, users), word, *_neighbour(holding, word, 1, users)]


def _is_fitting(count: int, of: int, users: int, *, may_be_few: bool) -> bool:
    if count < max(LEAST_WORDINGS, _LEAST_SHARE * of):
        return False
    least = _LEAST_SHARE_AT_END * of if may_be_few else max(_WORDINGS_OF_USED, _SHARE_OF_USED * of)
    return users == 1 or (users <= _USERS_MOST and count >= least)


def _as_written(word: str, group: LineGroup, bodies: Mapping[str, Sequence[str]]) -> str:
    """Return a word as the texts write it most often: templates hold it without stretched letters and capitals."""
    forms: Counter[str] = Counter()
    for spell in group.spells:
        for template_id in spell.template_ids:
            for body in bodies.get(template_id, ()):
                forms.update(
                    form for form in re.findall(r"\w+", body) if unstretched(fold_name(form)) == unstretched(word)
                )
    return min(forms, key=lambda form: (-forms[form], form), default=word).title()


def _neighbour(wordings: Sequence[tuple[str, ...]], word: str, step: int, users: Mapping[str, int]) -> list[str]:
    """Return the word that stands beside a name nearly always and nowhere else, if there is one."""
    beside: Counter[str] = Counter()
    for wording in wordings:
        place = wording.index(word) + step
        if 0 <= place < len(wording):
            beside[wording[place]] += 1
    for other, count in beside.most_common(1):
        is_enough = count >= max(LEAST_WORDINGS, _NEXT_SHARE * len(wordings))
        if is_enough and users[other] == 1 and other != SLOT_MARK:
            return [other]
    return []


def _completed(
    group: LineGroup, wordings: Collection[tuple[str, ...]], using: Mapping[str, Sequence[LineGroup]]
) -> list[str]:
    """Return the name and the word that nearly always stands beside it and in texts of no other name."""
    named = [wording for wording in wordings if SLOT_MARK in wording]
    counts = Counter(pair for wording in named for pair in set(_beside_slot(wording)))
    for (step, word), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        is_enough = count >= max(LEAST_WORDINGS, _NEXT_SHARE * len(named))
        if is_enough and all(other is group or share_a_form(group.forms, other.forms) for other in using[word]):
            return [group.names[0], word] if step > 0 else [word, group.names[0]]
    return []


def _as_read(group: LineGroup) -> str:
    """Return the first name of a group as the analysis writes it most often."""
    adverts = (advert for spell in group.spells for advert in spell.adverts)
    return as_read(adverts, group.names[:1]) or group.names[0].title()


def _beside_slot(wording: Sequence[str]) -> Iterable[tuple[int, str]]:
    for place, word in enumerate(wording):
        if word == SLOT_MARK:
            for step in (-1, 1):
                if 0 <= place + step < len(wording) and wording[place + step] != SLOT_MARK:
                    yield step, wording[place + step]


def _of_group(group: LineGroup, texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the words of each wording of a group; of those that are near to each other, the first."""
    found = {" ".join(words): words for spell in group.spells for words in wordings_of(spell, texts)}
    return [found[key] for key, first in sorted(without_near(found).items()) if key == first]
