"""Features of the parts by which candidates for a name are described (``name_features``), as the model has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

Part = tuple[str, ...]
"""What makes some features: its kind and what they are made of (``features_of``)."""

_LEFT_KEPT: Final = frozenset({"S", "B", "M", "l:greet"})
_LEFT_INTRODUCING: Final = frozenset({"l:intro", "l:from", "l:real", "l:boy"})


def features_of(part: Part) -> list[str]:
    """Return the features of a part."""
    kind, *what = part
    return list(_MAKERS[kind](*what))


def left_group(left: str) -> str:
    """Return what stands before a candidate, borders and marks of all kinds as one."""
    return "S" if left == "start" else "B" if left.startswith("b:") else "M" if left.startswith("m:") else left


def _right_group(right: str) -> str:
    return "B" if right.startswith("b:") else right


def _left_features(left: str, kind: str) -> Iterator[str]:
    yield f"L{left}"
    yield f"L{left_group(left)}|{kind}"


def _right_features(right: str, kind: str) -> Iterator[str]:
    yield f"R{right}"
    yield f"R{_right_group(right)}|{kind}"


def _both_features(left: str, right: str, kind: str) -> Iterator[str]:
    one, other = left_group(left), _right_group(right)
    seen = one if one in _LEFT_KEPT else "I" if one in _LEFT_INTRODUCING else "x"
    yield f"LR{seen}|{other}"
    yield f"LRK{one}|{other}|{kind}"
    if one in {"B", "S"} and other in {"B", "end"}:
        yield f"alone-{one}:{kind}"


def _told_features(side: str, word: str, kind: str) -> Iterator[str]:
    yield f"{side}={word}"
    yield f"{side}={word}|{kind}"


def _beyond_features(left: str, right: str, one: str, other: str, kind: str) -> Iterator[str]:
    yield f"LL{one}|{left_group(left)}"
    yield f"RR{_right_group(right)}|{other}"
    yield f"RR{_right_group(right)}|{other}|{kind}"


def _sides_features(left: str, right: str, kind: str, grade: str, case: str) -> Iterator[str]:
    yield f"case:{case}:{kind}"
    yield from _left_features(left, kind)
    yield from _right_features(right, kind)
    yield from _both_features(left, right, kind)
    yield f"GL{left_group(left)}|{grade}"
    yield f"GR{_right_group(right)}|{grade}"
    yield f"GLR{left_group(left)[0]}|{_right_group(right)}|{grade}"
    yield f"GC{case}|{grade}"
    yield f"CL{left_group(left)}|{case}"
    yield f"CR{_right_group(right)}|{case}"


def _voice_features(left: str, right: str, kind: str) -> Iterator[str]:
    yield f"voice:{kind}"
    yield f"voice:{_right_group(right)}"
    yield f"voice:{left_group(left)}|{kind}"


def _then_features(right: str, word: str) -> Iterator[str]:
    yield f"then:{right}|{word}"


def _known_features(left: str, right: str, kind: str) -> Iterator[str]:
    yield f"known:{kind}"
    yield f"known:{right}"
    yield f"known-left:{left_group(left)}"


def _pair_features(make: str, title: str, everyday: str, case: str, gap: str) -> Iterator[str]:
    yield f"pair:{make}"
    yield f"pair:{make}:{everyday}"
    yield f"pair-case:{case}:{'w' if make == 'ww' else ''}"
    if title:
        yield f"title:{title}"
    if gap:
        yield f"pair-gap:{gap}"


def _place_features(place: str, size: str, foreign: str) -> Iterator[str]:
    yield f"namelike:{place}"
    if place in {"sole", "first"}:
        yield f"namelike:{place}:{size}:{foreign if place == 'sole' else ''}"


def _none_features(size: str, namelike: str, foreign: str, length: str) -> Iterator[str]:
    yield "none"
    yield f"none:{size}:{min(int(namelike), 2)}:{foreign}"
    yield f"none-length:{length}"
    yield f"none-namelike:{namelike}"


def _case_of_none(shouted: str, capitalised: str, titled: str) -> Iterator[str]:
    if titled == "True":
        yield "none-titled"
    if shouted == "True":
        yield "none-shouted"
    if capitalised == "False":
        yield "none-no-capitals"


def _apart_features(size: str, everyday: str) -> Iterator[str]:
    yield "apart"
    yield f"apart:{size}"
    yield f"apart:{everyday}"


_MAKERS: Final[Mapping[str, Callable[..., Iterable[str]]]] = {
    "own": str.split, "one": lambda feature: [feature], "left": _left_features, "right": _right_features,
    "pair": _pair_features, "told": _told_features, "beyond": _beyond_features, "sides": _sides_features,
    "voice": _voice_features, "then": _then_features, "known": _known_features,
    "place": _place_features, "none": _none_features, "none-case": _case_of_none, "apart": _apart_features,
}  # fmt: skip
