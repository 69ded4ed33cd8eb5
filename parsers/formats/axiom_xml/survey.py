"""What an export shows as a whole, before its hits are read: the order of its dates, its handsets, its rows.

* A column (an artifact's fragments of one name) is printed with one setting: a single date with a day above 12 tells
  the order of day and month for all of it; dates that contradict each other tell nothing.
* Two hits of device information without a handset's identifier in common, from two images, are of two handsets. Those
  of one image may be the two cards of one handset: nothing divides them.
* A location that names a row says which row a hit is, unless hits that differ have the same one: then the row is that
  of their chat, or of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from parsers.device_ids import imei_key
from parsers.formats.axiom_xml.artifacts import ArtifactKind, artifact_of
from parsers.formats.axiom_xml.fragments import read_name
from parsers.formats.axiom_xml.hit_stream import Fragment, Hit
from parsers.locale_times import decide_date_order

_MOST_COLUMNS: Final = 4_096
_MOST_HANDSETS: Final = 1_024
_MOST_ROWS: Final = 200_000
"""Rows whose content is kept for comparing, some 200 bytes each."""
_IMAGE = re.compile(
    r".*?\.(?:zip|tar|tgz|gz|7z|rar|ufdr?x?|ufd|ab|bin|img|raw|dd|e01|ex01|l01|aff4?|mfdb|dar|xry|clbx|00[01])(?![\w.])",
    re.IGNORECASE | re.DOTALL,
)
# Bounded in front: a location may be a long row of letters, at each of which a search would begin anew.
_ROW = re.compile(r"\b\w{0,32}?(?:id|pk)\s{0,8}[:=]\s{0,8}[0-9]|\brow\s{0,8}[:=#]?\s{0,8}[0-9]", re.IGNORECASE)
_HANDSET_IDS = re.compile(
    r"(?<!sim )\bserial number\b|\bandroid id\b|\bbluetooth (?:mac )?address\b|\bwi-?fi (?:mac )?address\b|\budid\b"
    r"|\bunique device id",
    re.IGNORECASE,
)
_OTHER_DEVICES = re.compile(
    r"\b(?:icloud|cloud|google|find|paired|connected|bluetooth|usb|watch|wearable|account|activity|owner)\b",
    re.IGNORECASE,
)
"""Artifacts that list devices of an account or beside the handset."""

_SOURCE, _LOCATION = "source", "location"
_OF_FINDING: Final = frozenset({_SOURCE, _LOCATION, "recovery method"})
_SHORTEST_ID: Final = 4


class Survey(msgspec.Struct, frozen=True):
    """What the hits show together.

    Attributes:
        orders: Order of day and month by artifact and name of the fragment.
        images: Image to the first image of its handset, where several handsets are told apart. Empty: they are not.
        is_open: Whether several handsets may be in it, and nothing tells them apart.
        rowless: Artifacts whose locations say nothing of rows.
    """

    orders: dict[tuple[str, str], str]
    images: dict[str, str]
    is_open: bool
    rowless: frozenset[str]


class _Handset(msgspec.Struct):
    ids: set[str]
    imeis: set[str]
    images: set[str | None]


def survey_of(hits: Iterable[Hit]) -> Survey:
    """Return what the hits of an export show together."""
    shown: dict[tuple[str, str], set[str]] = {}
    handsets: list[_Handset] = []
    held_at: dict[tuple[str, str], int] = {}
    rowless: set[str] = set()
    has_evidence = False
    for hit in hits:
        _note_orders(hit, shown)
        has_evidence = has_evidence or _has_evidence(hit)
        if hit.artifact not in rowless and (row := _row_in(hit.fragments)) is not None:
            held = hash(
                tuple((each.name, each.text) for each in hit.fragments if each.name.casefold() not in _OF_FINDING)
            )
            # Of more rows than can be kept it is not known whether a row is that of a chat: none of them tells.
            if len(held_at) >= _MOST_ROWS or held_at.setdefault((hit.artifact, row), held) != held:
                rowless.add(hit.artifact)
        if (handset := _handset_in(hit)) is not None and len(handsets) < _MOST_HANDSETS:
            handsets = _joined(handsets, handset)
    images, is_open = ({}, False) if has_evidence else _images_of(handsets)
    orders = {column: next(iter(each)) for column, each in shown.items() if len(each) == 1}
    return Survey(orders, images, is_open, frozenset(rowless))


def row_of(hit: Hit, survey: Survey) -> str | None:
    """Return a digest of the row of the evidence that a hit was read from. None: it names none."""
    return None if hit.artifact in survey.rowless else _row_in(hit.fragments)


def image_of(fragments: Iterable[Fragment]) -> str | None:
    r"""Return the image that a hit was read from, in lower case: ``a.zip`` of ``A.zip\data\mmssms.db``. None: none."""
    source = _value(fragments, _SOURCE)
    if source is None:
        return None
    found = _IMAGE.match(source)
    # The first folder or partition of a path inside a handset is no image.
    return found[0].casefold().strip() if found is not None else None


def _row_in(fragments: Sequence[Fragment]) -> str | None:
    source, location = _value(fragments, _SOURCE), _value(fragments, _LOCATION)
    if source is None or location is None or _ROW.search(location) is None:
        return None
    return blake2b(f"{source}\0{location}".encode(), digest_size=10).hexdigest()


def _note_orders(hit: Hit, shown: dict[tuple[str, str], set[str]]) -> None:
    for fragment in hit.fragments:
        name = read_name(fragment.name)
        if name.is_time and name.date_order is None and (order := decide_date_order([fragment.text])) is not None:
            column = (hit.artifact, fragment.name)
            if column in shown or len(shown) < _MOST_COLUMNS:
                shown.setdefault(column, set()).add(order)


def _has_evidence(hit: Hit) -> bool:
    return any(read_name(each.name).meaning == "evidence" and each.text.strip() for each in hit.fragments)


def _handset_in(hit: Hit) -> _Handset | None:
    """Return the handset that a hit of device information is about. None: it gives no IMEI, or is of other devices."""
    artifact = artifact_of(hit.artifact)
    if artifact is None or artifact.kind is not ArtifactKind.DEVICE or _OTHER_DEVICES.search(hit.artifact):
        return None
    written = [
        piece
        for each in hit.fragments
        if read_name(each.name).meaning == "imei"
        for piece in re.split(r"[,;|\n]", each.text)
    ]
    imeis = {key for piece in written if (key := imei_key(piece.strip())) is not None}
    if not imeis:
        return None
    others = {
        f"{each.name.casefold()} {each.text.strip().casefold()}"
        for each in hit.fragments
        if _HANDSET_IDS.search(each.name) and len(each.text.strip()) >= _SHORTEST_ID
    }
    return _Handset(imeis | others, imeis, {image_of(hit.fragments)})


def _joined(handsets: list[_Handset], handset: _Handset) -> list[_Handset]:
    same = [each for each in handsets if each.ids & handset.ids]
    if not same:
        return [*handsets, handset]
    first = same[0]
    for each in (*same[1:], handset):
        first.ids |= each.ids
        first.imeis |= each.imeis
        first.images |= each.images
    return [each for each in handsets if each is first or not any(each is other for other in same)]


def _images_of(handsets: list[_Handset]) -> tuple[dict[str, str], bool]:
    """Return the images by handset, and whether several handsets may be there that nothing tells apart."""
    if len(handsets) < 2:
        return {}, False
    images: dict[str, str] = {}
    for handset in handsets:
        named = sorted(image for image in handset.images if image is not None)
        if len(named) < len(handset.images) or any(image in images for image in named):
            return {}, True
        images.update(dict.fromkeys(named, named[0]))
    return images, False


def _value(fragments: Iterable[Fragment], name: str) -> str | None:
    return next((each.text.strip() for each in fragments if each.name.casefold() == name and each.text.strip()), None)
