"""Makes the spells of every sender, each from what concerns that sender alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.contract import Flare
from search.linkage.attribution.evidence import DeviceFacts, Evidence, flares_by_sender
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.attribution.together import DELIVERY_SECONDS, Trace, are_together
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.instants import earliest, latest, to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import SENT_ADVERT_ROLES, is_account_id, is_name
from search.linkage.number_use.kept_texts import incomplete_senders
from search.linkage.number_use.passed_numbers import PassedNumbers, PassedSurroundings
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.uses import uses_of

_Placed = tuple[str, Flare, str]
_Lists = Mapping[tuple[str, str], frozenset[str]]


def lists_of(sender: str, adverts: Iterable[Evidenced], reached: _Lists) -> _Lists:
    """Return the parties that phones sent to from a number, by phone and sender."""
    sending = {(advert.device_id, sender) for advert in adverts if advert.edge.role in SENT_ADVERT_ROLES}
    return {key: reached[key] for key in sending if key in reached}


def find_spells(evidence: Evidence, recovered: Sequence[Evidenced] = (), kept: Kept | None = None) -> list[Spell]:
    """Return the spells of every advert sender, by sender and first advert.

    Args:
        evidence: All that lines are made from.
        recovered: Adverts that the analysis missed.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    adverts, missed = by_sender(evidence.adverts), by_sender(recovered)
    flares = flares_by_sender(evidence.flares)
    every = {sender: (*adverts.get(sender, ()), *missed.get(sender, ())) for sender in {**adverts, **missed}}
    incomplete = incomplete_senders(evidence)
    passed = PassedNumbers(every, evidence.announcements, evidence.template_texts)
    spells: list[Spell] = []
    for sender in sorted(every):
        own = every[sender]
        spells += kept.made(
            _spells_of,
            sender,
            own,
            len(adverts.get(sender, ())),
            tuple(flares.get(sender, ())),
            {each.device_id: evidence.devices[each.device_id] for each in own if each.edge.first_at is None},
            lists_of(sender, own, evidence.recipients),
            tuple(evidence.template_texts.get(each.edge.other) for each in own),
            passed.surroundings(own),
            is_complete=sender not in incomplete,
        )
    for place, spell in enumerate(spells):
        spell.place = place
    return spells


def _spells_of(
    adverts: Sequence[Evidenced],
    read: int,
    flares: Sequence[_Placed],
    devices: Mapping[str, DeviceFacts],
    reached: _Lists,
    texts: Sequence[str | None],
    around: PassedSurroundings | None,
    *,
    is_complete: bool,
) -> list[Spell]:
    """Return the spells of one sender.

    Args:
        adverts: All of its adverts.
        read: How many of them, the first, the analysis takes for such itself.
        flares: All broadcasts of its.
        devices: The phones of undated adverts.
        reached: Parties that adverts and broadcasts went to from its phones, by phone and sender.
        texts: Constants and slots of the template of each advert. None: not known.
        around: What tells whether its number went from one line to another. None: it did not.
        is_complete: Its phones still show what they sent.
    """
    sender = adverts[0].sender
    sent = [(device_id, flare) for device_id, flare, _ in flares if flare.direction == SENT]
    flaring = {(device_id, flare.template_id) for device_id, flare in sent if flare.has_advert}
    broadcasting = {device_id for device_id, _ in sent}
    known = {advert.edge.other: text for advert, text in zip(adverts, texts, strict=True) if text is not None}
    passed = PassedNumbers({sender: adverts}) if around is None else around.passed_numbers()
    spells = [
        Spell(
            0,
            sender,
            use,
            texts=known,
            flared={template_id for _, template_id in flaring},
            has_broadcast=any(advert.device_id in broadcasting for advert in use),
            is_complete=is_complete,
        )
        for use in uses_of(adverts, devices, reached, passed)
    ]
    wordings = {advert.edge.other for advert in adverts[:read]}
    of_adverts = [held for held in flares if held[1].has_advert and held[1].template_id in wordings]
    traces = _traces(of_adverts, adverts[read:])
    days = _days(of_adverts, adverts[read:])
    sent_in = [
        (to_seconds(flare.started_at) - DELIVERY_SECONDS, to_seconds(flare.ended_at) + DELIVERY_SECONDS)
        for _, flare in sent
    ]
    is_account = is_account_id(sender) or (is_name(sender) and any(flare.is_in_talk for _, flare, _ in flares))
    for spell in spells:
        _widen(spell, devices)
        spell.is_account = is_account
        spell.sent_in = sent_in
        spell.has_sent_flare = any(device_id in spell.sending for device_id, _ in flaring)
        spell.is_seen_together = are_together(trace for trace in traces if spell.covers(trace[0], 0))
        spell.days = frozenset(day for day, at in days.items() if spell.covers(at, 0))
        spell.recipients = _recipients(spell, reached)
    return spells


def _widen(spell: Spell, devices: Mapping[str, DeviceFacts]) -> None:
    """Let the use of a number reach over the time of the phones that sent undated adverts from it, and no other."""
    for advert in spell.adverts:
        if advert.edge.role in SENT_ADVERT_ROLES and advert.edge.first_at is None:
            facts = devices[advert.device_id]
            if len(facts.own_numbers) <= 1:
                spell.used_from = earliest((spell.used_from, facts.first_at))
                spell.used_until = latest((spell.used_until, facts.last_at))


def _traces(flares: Iterable[_Placed], recovered: Iterable[Evidenced]) -> list[Trace]:
    """Return when a sender's adverts came in, and on which device."""
    traces = [
        (flare.started_at, flare.ended_at, device_id) for device_id, flare, _ in flares if flare.direction == "received"
    ]
    traces += [
        (advert.edge.first_at, advert.edge.last_at, advert.device_id)
        for advert in recovered
        if advert.edge.first_at is not None and advert.edge.last_at is not None
    ]
    return traces


def _days(flares: Iterable[_Placed], recovered: Iterable[Evidenced]) -> dict[str, str]:
    """Return the days on which a sender's broadcasts of adverts began, each with its first instant."""
    begun = [flare.started_at for _, flare, _ in flares]
    begun += [advert.edge.first_at for advert in recovered if advert.edge.first_at is not None]
    days: dict[str, str] = {}
    for instant in begun:
        day = instant[:DAY_CHARS]
        known = days.get(day)
        if known is None or instant < known:
            days[day] = instant
    return days


def _recipients(spell: Spell, reached: _Lists) -> frozenset[str]:
    """Return devices that received its adverts and, from the sending phone, the numbers that they went to."""
    lists = (reached.get((device_id, spell.sender), frozenset()) for device_id in spell.sending)
    return spell.receiving.union(*lists) - spell.sending
