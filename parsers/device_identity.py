"""Which extractions are of one device: pure, and the same in whatever order deliveries arrive.

A device is told apart by IMEI, else ICCID, else IMSI, else case and exhibit, else by the extraction. What is not of
a handset (a SIM read alone) or states no identity joins the one known handset it fits; of several that of its own case
and exhibit, and none where there is not one alone.
Dummy identifiers have no key (``parsers.device_ids``) and join nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from parsers.connected_ids import ConnectedIds
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.records.ids import derived_id

_Key = tuple[str, ...]
_KeysOf = Callable[["Identity"], list[_Key]]


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What tells one extraction's device apart: keys, never the forms as written.

    Attributes:
        belongs_to: Extraction id of the handset that a SIM or memory card was read with. None: it stands alone.
    """

    extraction_id: str
    imei: tuple[str, ...] = ()
    iccid: tuple[str, ...] = ()
    imsi: tuple[str, ...] = ()
    case_ref: str | None = None
    exhibit_ref: str | None = None
    belongs_to: str | None = None


class Resolution(msgspec.Struct, frozen=True):
    """The device of every extraction, and the earlier or other ids under which a device may have been known."""

    device_of: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]


def identity_of(
    extraction_id: str,
    *,
    imei: Sequence[str] = (),
    iccid: Sequence[str] = (),
    imsi: Sequence[str] = (),
    case_ref: str | None = None,
    exhibit_ref: str | None = None,
    belongs_to: str | None = None,
) -> Identity:
    """Return the identity from the forms as the source writes them."""
    return Identity(
        extraction_id=extraction_id,
        imei=_keys(map(imei_key, imei)),
        iccid=_keys(map(iccid_key, iccid)),
        imsi=_keys(map(imsi_key, imsi)),
        case_ref=folded_reference(case_ref),
        exhibit_ref=folded_reference(exhibit_ref),
        belongs_to=belongs_to,
    )


def resolve_devices(identities: Iterable[Identity]) -> Mapping[str, str]:
    """Return the device id of each extraction id."""
    return resolve(identities).device_of


def resolve(identities: Iterable[Identity]) -> Resolution:
    """Return devices and their aliases; independent of the order of the identities."""
    by_id = {identity.extraction_id: identity for identity in identities}
    owner_of = {name: _owner(name, by_id) for name in sorted(by_id)}
    whole = _with_parts(by_id, owner_of)
    groups = ConnectedIds(whole)
    _join_by(groups, [i for i in whole.values() if i.imei], lambda i: [("imei", key) for key in i.imei])
    cards = [i for i in whole.values() if not i.imei and i.iccid]
    _join_by(groups, cards, lambda i: [("iccid", key) for key in i.iccid])
    _join_fitting(groups, whole, cards, _sim_keys)
    subscribers = [i for i in whole.values() if not i.imei and not i.iccid and i.imsi]
    _join_by(groups, subscribers, lambda i: [("imsi", key) for key in i.imsi])
    _join_fitting(groups, whole, subscribers, _sim_keys)
    nameless = [i for i in whole.values() if not (i.imei or i.iccid or i.imsi)]
    _join_by(groups, nameless, _exhibit_keys)
    _join_fitting(groups, whole, nameless, _exhibit_keys)
    return _named(groups, whole, owner_of)


def _owner(name: str, by_id: Mapping[str, Identity]) -> str:
    """Return the extraction that a part was read with, itself where it stands alone."""
    passed = {name}
    while (target := by_id[name].belongs_to) in by_id and target is not None and target not in passed:
        passed.add(target)
        name = target
    return name


def _with_parts(by_id: Mapping[str, Identity], owner_of: Mapping[str, str]) -> dict[str, Identity]:
    """Return the extractions that stand alone, each with the identifiers of the parts that were read with it."""
    parts: dict[str, list[Identity]] = defaultdict(list)
    for name, owner in owner_of.items():
        parts[owner].append(by_id[name])
    return {
        owner: msgspec.structs.replace(
            by_id[owner],
            imei=_keys(key for part in members for key in part.imei),
            iccid=_keys(key for part in members for key in part.iccid),
            imsi=_keys(key for part in members for key in part.imsi),
        )
        for owner, members in sorted(parts.items())
    }


def _join_by(groups: ConnectedIds, identities: Iterable[Identity], keys_of: _KeysOf) -> None:
    first_with: dict[_Key, str] = {}
    for identity in identities:
        for key in keys_of(identity):
            groups.join(first_with.setdefault(key, identity.extraction_id), identity.extraction_id)


def _join_fitting(
    groups: ConnectedIds, whole: Mapping[str, Identity], identities: Sequence[Identity], keys_of: _KeysOf
) -> None:
    """Join each group of the identities to the one handset that holds one of its keys, else to the one other device.

    A card that was in several handsets is of that with which it shares case and exhibit.
    """
    joining = {identity.extraction_id for identity in identities}
    holders: dict[_Key, set[str]] = defaultdict(set)
    of_exhibit: dict[_Key, set[str]] = defaultdict(set)
    for name, identity in whole.items():
        if name not in joining:
            for key in keys_of(identity):
                holders[key].add(groups.root(name))
            for key in _exhibit_keys(identity):
                of_exhibit[key].add(groups.root(name))
    fitting: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for identity in identities:
        root = groups.root(identity.extraction_id)
        for key in keys_of(identity):
            fitting[root] |= holders.get(key, set())
        for key in _exhibit_keys(identity):
            beside[root] |= of_exhibit.get(key, set())
    handsets = {groups.root(name) for name, identity in whole.items() if identity.imei}
    # all decisions are made before the first join, or the order would matter
    chosen = {
        group: _only(found & handsets) or _only(found) or _only(found & handsets & beside[group])
        for group, found in fitting.items()
    }
    for group, device in sorted(chosen.items()):
        if device is not None:
            groups.join(group, device)


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _sim_keys(identity: Identity) -> list[_Key]:
    return [*(("iccid", key) for key in identity.iccid), *(("imsi", key) for key in identity.imsi)]


def _exhibit_keys(identity: Identity) -> list[_Key]:
    # an exhibit reference is unique only within its case
    if identity.case_ref is None or identity.exhibit_ref is None:
        return []
    return [("exhibit", identity.case_ref, identity.exhibit_ref)]


_LEVELS = ("imei", "iccid", "imsi", "exhibit", "extraction")


def _named(groups: ConnectedIds, whole: Mapping[str, Identity], owner_of: Mapping[str, str]) -> Resolution:
    members: dict[str, list[str]] = defaultdict(list)
    for name, owner in owner_of.items():
        members[groups.root(owner)].append(name)
    device_of: dict[str, str] = {}
    known_as: dict[str, set[str]] = {}
    for names in members.values():
        keys = _device_keys([whole[name] for name in names if name in whole], names)
        strongest = min(keys, key=lambda key: (_LEVELS.index(key[0]), key))
        device_id = derived_id("dv", *strongest)
        device_of |= dict.fromkeys(names, device_id)
        known_as[device_id] = {derived_id("dv", *key) for key in keys} - {device_id}
    # a card that was in two handsets is an alias of neither
    claims = Counter(alias for aliases in known_as.values() for alias in aliases)
    return Resolution(
        device_of,
        {
            device: tuple(sorted(alias for alias in aliases if claims[alias] == 1 and alias not in known_as))
            for device, aliases in sorted(known_as.items())
        },
    )


def _device_keys(identities: Sequence[Identity], names: Iterable[str]) -> list[_Key]:
    keys: list[_Key] = [("imei", key) for identity in identities for key in identity.imei]
    for identity in identities:
        keys += [*_sim_keys(identity), *_exhibit_keys(identity)]
    keys.extend(("extraction", name) for name in names)
    return keys


def _keys(keys: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({key for key in keys if key is not None}))


def folded_reference(reference: str | None) -> str | None:
    """Return a reference as it is compared, whatever its case and spaces; None where there is none."""
    return (" ".join(reference.split()).casefold() or None) if reference else None
