"""Numbers of a line that one person gives to another: "Rico is on 07700 900 123 now i think", "Rico - 07700900123".

It reads as if the sender's own number changed, and the sender would be a number of the line, with everybody who writes
with them. Under the name all that is held of the sender are one or two such texts, as they came, as they went, or both;
there may be as many of another line, and one or two texts of anything else. They give a number that is not the
sender's, under a name that several phones had from another number before (``had_before``), or this phone had again and
again from a third one; or the phone that sent them is held, whether or not its number is known, and shows that it sent
nothing to many; or one text alone is held, which calls one person (``told_of_others``). A line that tells its new
number tells it to many, and so do its words where they are for all, "all regulars Rico moving to 07700 900 123", or of
the number that they come from, "if this rings out". Who passes such a notice on has it from the line
(``passed_changes``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.linkage.adverts.ordering import ORDER_SCORE
from search.linkage.adverts.said_then import SaidThen
from search.linkage.adverts.told_of_others import told_of_others
from search.linkage.adverts.told_on import had_before
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced, is_plain
from search.linkage.instants import earliest
from search.linkage.keys import OWN_PREFIX, SENT_ADVERT_ROLES, UNKNOWN_NUMBER, AnnouncedFrom, fold_name, is_number
from search.linkage.model import Suppressed
from search.linkage.phrases import counted, day_of
from search.linkage.weights import LineWeights

_ADVERTS_OF_A_LINE: Final = 3
"""Adverts under a name that one phone got from a number, for the name to be that number's, where no other phone did.
Reasoned."""

_TO_ALL: Final = re.compile(
    r"\W*(?:(?:pl(?:ea)?[sz]e?|take) note|attention|notice to"
    r"|(?:to |hi |hello |hey |morning |evening )?(?:(?:all|my|our|dear) )*(?:regular|customer|client|punter)s"
    r"|(?:to |hi |hello |hey )?all (?:(?:my|our|dear) )*(?:regular|customer|client|punter)"
    r"|(?:to|hi|hello|hey|morning|evening) (?:all|every(?:one|body|1)))\b",
    re.IGNORECASE,
)
"""How a notice begins that is for all."""
_NUMBER: Final = r"(?:number|num|no|one|1|phone|fone|sim|line)"
_OF_OWN_NUMBER: Final = re.compile(
    rf"\b(?:if|when|once|in case) (?:this|dis)(?: {_NUMBER})? (?:rings? o(?:ut|ff)|dies|stops|goes (?:off|dead|down)"
    r"|(?:is|isnt|is not) (?:off|dead|down|on)|(?:dont|doesnt) (?:answer|ring)|no answer)\b"
    r"|(?<!\bon )(?<!\btry )(?<!\buse )(?<!\bring )(?<!\bcall )(?<!\btext )(?<!\bget )(?<!\bfor )(?<!\bsave )"
    rf"\b(?:this|dis) {_NUMBER} (?:(?:is|will be|getting|gets|goes|going) )?"
    r"(?:off|done|dead|finished|closed|burnt|hot)\b",
    re.IGNORECASE,
)
"""What a sender says of the number that he sends from: "if this rings out try 07700 900 123"."""

_OF_ANOTHER: Final = re.compile(
    rf"(?:\W*(?:yo|hi|hey|fyi|btw|mate|bro) )?\W*\{{line\}}(?:['`]?s)? (?:(?:got|has|is on) (?:a )?)?(?:brand )?"
    rf"(?:new|other|next|latest) {_NUMBER}\b",
    re.IGNORECASE,
)
"""How a text begins that says of somebody else which number he has, in the third person."""
_ITS_S: Final = re.compile(r"(?<=\w{3})['`\N{RIGHT SINGLE QUOTATION MARK}]?s$", re.IGNORECASE)


def given_numbers(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Return sender and template id of texts that give a friend the number of a line. Undated ones are not judged."""
    giving = texts_with_numbers(evidence)
    texts = defaultdict(SaidThen, {place: SaidThen(said) for place, said in giving.items()})
    # of whom no text holds a number, none gives one
    senders = {sender for _, sender in giving}
    of_sender: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        if advert.sender in senders:
            of_sender[advert.sender].append(advert)
    given = {
        (advert.sender, advert.edge.other): texts[advert.device_id, advert.sender].has(advert)
        and not _is_of_the_line(evidence.template_texts.get(advert.edge.other, ""))
        for sender, held in of_sender.items()
        if is_number(sender) or sender.startswith(OWN_PREFIX)
        for advert in held
    }

    def is_given(advert: Evidenced) -> bool:
        return given.get((advert.sender, advert.edge.other), False)

    def may_be_given(held: Sequence[Evidenced]) -> bool:
        names = {fold_name(advert.edge.label) for advert in held if is_given(advert)}
        of_names = {
            name: [advert for advert in held if not advert.edge.label or fold_name(advert.edge.label) == name]
            for name in names
        }
        # what somebody says to a friend of something else may read like an advert too
        others = [advert for advert in held if advert.edge.label and fold_name(advert.edge.label) not in names]
        return (
            bool(names)
            and len({advert.device_id for advert in held if advert.edge.role not in SENT_ADVERT_ROLES}) <= 1
            and all(map(_are_few, (others, *of_names.values())))
            and all(is_given(advert) or not advert.edge.label for each in of_names.values() for advert in each)
        )

    few = {sender: held for sender, held in of_sender.items() if giving.keys() & _places(held) and may_be_given(held)}
    if not few:
        return frozenset()
    bare = _with_names_of_others(evidence, few)
    known = had_before(bare, lambda held: held[0].sender in few)
    known |= _went_to_few(evidence, few)
    known |= _known_to_one_phone(evidence, giving, few) | told_of_others(evidence, giving, few)
    return frozenset(wording for wording in known if given.get(wording, False))


def _is_of_the_line(wording: str) -> bool:
    """Whether a notice is for all, or of the number that it was sent from."""
    return _TO_ALL.match(wording) is not None or _OF_OWN_NUMBER.search(wording) is not None


def _went_to_few(evidence: Evidence, few: Mapping[str, Sequence[Evidenced]]) -> frozenset[tuple[str, str]]:
    """Return the texts of phones that are held and broadcast nothing from the number: a line tells all of its list.

    Of a phone from which several order it may be all that is left; what a line answers it may read like an order too.
    """
    broadcasting = {sender for _, _, sender in evidence.sent_flares}
    lines = {advert.sender for advert in evidence.adverts if advert.sender not in few}
    lines |= {evidence.own_device[sender] for sender in lines if sender in evidence.own_device}
    lines |= {advert.device_id for advert in evidence.adverts if _is_sent_for(advert, lines)}
    ordered_from = {
        device_id
        for device_id, parties in evidence.written_by.items()
        if sum(written.score >= ORDER_SCORE for party, written in parties.items() if party not in lines) > 1
    }
    return frozenset(
        (sender, advert.edge.other)
        for sender, held in few.items()
        if sender not in broadcasting
        for advert in held
        if advert.edge.role in SENT_ADVERT_ROLES and advert.device_id not in ordered_from
    )


def _is_sent_for(advert: Evidenced, lines: Collection[str]) -> bool:
    return advert.edge.role in SENT_ADVERT_ROLES and advert.sender in lines


def _with_names_of_others(evidence: Evidence, few: Collection[str]) -> Evidence:
    """Return the evidence with the bare name where a text says whose number it gives: "Tangos new number is ..."."""
    named = [_as_of_another(advert, evidence) if advert.sender in few else advert for advert in evidence.adverts]
    return msgspec.structs.replace(evidence, adverts=tuple(named))


def _as_of_another(advert: Evidenced, evidence: Evidence) -> Evidenced:
    if not _OF_ANOTHER.match(evidence.template_texts.get(advert.edge.other, "")):
        return advert
    edge = msgspec.structs.replace(advert.edge, label=_ITS_S.sub("", advert.edge.label))
    return msgspec.structs.replace(advert, edge=edge)


def _known_to_one_phone(
    evidence: Evidence,
    giving: Mapping[tuple[str, str], Sequence[Evidenced]],
    few: Mapping[str, Sequence[Evidenced]],
) -> frozenset[tuple[str, str]]:
    """Return texts that one phone alone got, and before them several adverts of the name from a third number."""
    came: dict[tuple[str, str], dict[str, list[Evidenced]]] = defaultdict(lambda: defaultdict(list))
    for advert in evidence.adverts:
        if advert.edge.label and advert.edge.role not in SENT_ADVERT_ROLES and advert.sender not in few:
            came[advert.device_id, fold_name(advert.edge.label)][advert.sender].append(advert)
    return frozenset(
        (sender, advert.edge.other)
        for sender, held in few.items()
        for advert in held
        if _is_known(
            advert,
            came.get((advert.device_id, fold_name(advert.edge.label)), {}),
            {said.edge.other for said in giving.get((advert.device_id, sender), ())},
        )
    )


def _places(held: Iterable[Evidenced]) -> set[tuple[str, str]]:
    return {(advert.device_id, advert.sender) for advert in held}


def _is_known(advert: Evidenced, of_name: Mapping[str, Sequence[Evidenced]], given: Collection[str]) -> bool:
    """Whether the phone had adverts of the name from a number that is not the one given."""
    at = advert.edge.first_at
    return at is not None and any(
        sum(held.edge.count for held in adverts if held.edge.first_at is not None and held.edge.first_at < at)
        >= _ADVERTS_OF_A_LINE
        for number, adverts in of_name.items()
        if number not in given
    )


def suppressed_given(given: Collection[tuple[str, str]], evidence: Evidence) -> list[Suppressed]:
    """Return the numbers of those who gave a friend the number of a line, with why they are no line's for that.

    Of a phone whose number is not known its name stands in the place of it.
    """
    held: dict[str, list[Evidenced]] = defaultdict(list)
    for advert in evidence.adverts:
        if (advert.sender, advert.edge.other) in given:
            held[advert.sender].append(advert)
    return [
        Suppressed(
            kind="number",
            value=sender if is_plain(sender) else evidence.label(texts[0].device_id),
            device_count=len(devices),
            why=_why_given(sender, texts, evidence),
            device_ids=devices,
        )
        for sender, texts in sorted(held.items())
        for devices in (frozenset(advert.device_id for advert in texts),)
    ]


def _why_given(sender: str, texts: Sequence[Evidenced], evidence: Evidence) -> str:
    """Return whose number it is, as far as that is held, what was sent from it, and that this is not counted."""
    went = [advert for advert in texts if advert.edge.role in SENT_ADVERT_ROLES]
    holder = went[0].device_id if went else evidence.own_device.get(sender)
    whose = f"The own number of {evidence.label(holder)}. " if holder is not None and is_plain(sender) else ""
    count = sum(advert.edge.count for advert in went or texts)
    first = earliest(advert.edge.first_at for advert in went or texts)
    on = f", first on {day_of(first)}," if count > 1 else f" on {day_of(first)}"
    what = f"{counted(count, 'text')}{on} that {'gives' if count == 1 else 'give'} another number as a line's"
    giving = texts_with_numbers(evidence)
    if went:
        why = "and nothing to many"
    elif told_of_others(evidence, giving, {sender: texts}):
        why = "of somebody else, to one person, and nothing else of the kind is held of it"
    else:
        why = "under a name that phones had before from a third one"
    return f"{whose}It sent {what}, {why}: somebody tells a friend the line's number. That is not counted."


def texts_with_numbers(evidence: Evidence) -> dict[tuple[str, str], list[Evidenced]]:
    """Return the texts that hold another number and say of none that the sender had it, by device and sender."""
    found: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    for said in (*evidence.announcements, *evidence.with_other_number):
        role = AnnouncedFrom(said.edge.role)
        if (role.is_from_old or role is AnnouncedFrom.UNCLEAR) and said.edge.other not in {said.sender, UNKNOWN_NUMBER}:
            found[said.device_id, said.sender].append(said)
    return found


def _are_few(held: Sequence[Evidenced]) -> bool:
    """Whether no more than one or two went out, and one or two came."""
    came = [advert for advert in held if advert.edge.role not in SENT_ADVERT_ROLES]
    went = [advert for advert in held if advert.edge.role in SENT_ADVERT_ROLES]
    return all(sum(advert.edge.count for advert in side) <= LineWeights.FEW_ADVERTS for side in (came, went)) and all(
        advert.edge.first_at is not None for advert in held
    )
