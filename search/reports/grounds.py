"""What a line rests on and what speaks against it, in words: for the first page, and for the head of its section."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.model import TermKind
from search.linkage.phrases import counted, listed
from search.reports.scope_words import with_outside
from search.reports.summary_words import TELLS_RENAMING
from search.reports.to_check import to_check

Item = Mapping[str, Any]

_LEAST_WORDS: Final = 3
QUOTED: Final = 2
LONGEST_QUOTE: Final = 160
_PHONES_NAMED: Final = 3
_NOTHING: Final = "Nothing of what was weighed speaks against it."
_SEE: Final = "Nothing that was weighed; see what is to be checked."


class Grounds(msgspec.Struct, frozen=True):
    """What speaks for a line and against it.

    Attributes:
        for_it: Sentences: wordings, messages and phones; its name; answers; days; a phone of its own.
        against: Sentences, the strongest first.
        to_check: Sentences: what speaks neither for it nor against it, and a person has to look at.
        quotes: Texts of the line, each in another wording.
    """

    for_it: tuple[str, ...]
    against: tuple[str, ...]
    quotes: tuple[Item, ...]
    to_check: tuple[str, ...] = ()

    @property
    def strongest_against(self) -> str:
        """What the first page says against it."""
        if self.against:
            return self.against[0]
        return _SEE if self.to_check else _NOTHING


def grounds_of(
    line: Item,
    flares: Sequence[Item],
    labels: Mapping[str, str],
    disowned: Mapping[str, str] | None = None,
    alike: Sequence[str] = (),
    stated: Mapping[str, Collection[str]] | None = None,
    conflicts: Sequence[str] | None = None,
) -> Grounds:
    """Return what a line rests on.

    Args:
        line: As in the report.
        flares: Its broadcasts.
        labels: How the page names each device.
        disowned: Why a number is not joined that by its own texts writes for another number, by number.
        alike: Sentences that name lines with a name like its own.
        stated: The numbers that each device states as its own.
        conflicts: What does not fit together, as pages say it. None: as the report has it.
    """
    evidence = sorted(line["evidence"], key=lambda item: item["weight"])
    for_it = [item["sentence"] for item in line["evidence"] if item["weight"] >= 0]
    against = [item["sentence"] for item in evidence if item["weight"] < 0]
    kinds = {item["kind"] for item in evidence}
    if TermKind.DAYS not in kinds:
        days = {flare["started_at"][:10] for flare in flares if flare["started_at"]}
        for_it += [f"Its adverts are of {counted(len(days), 'day')}."] if days else []
    if TermKind.ANSWERS not in kinds:
        for_it.append(_talk(line))
    said = line["conflicts"] if conflicts is None else conflicts
    # two names that a text of the line explains do not speak against it
    explained = [each for each in said if TELLS_RENAMING in each]
    said = [each for each in said if each not in explained]
    outside = line.get("outside_numbers", ())
    return Grounds(
        for_it=(*for_it, _own_phone(line, labels)),
        against=tuple(with_outside(each, outside) for each in (*against, *said)),
        quotes=tuple(quotes_of(line)),
        to_check=(
            *(with_outside(each, outside) for each in explained),
            *alike,
            *to_check(line, flares, labels, disowned, stated),
        ),
    )


def quote(text: str) -> str:
    """Return the beginning of a text that is quoted in passing; a cut is marked."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()} [...]"


def _own_phone(line: Item, labels: Mapping[str, str]) -> str:
    own = [labels[row["device_id"]] for row in line["devices"] if row["relation"] == "sent_adverts"]
    if not own:
        return "No phone that sent its adverts was seized: it is seen on the phones of others only."
    which = "A phone that sent its adverts was seized" if len(own) == 1 else "Phones that sent its adverts were seized"
    return f"{which}: {listed(own, _PHONES_NAMED)}."


def _talk(line: Item) -> str:
    count = sum(row["relation"] == "contact_of_line" for row in line["devices"])
    if not count:
        own = any(row["relation"] == "sent_adverts" for row in line["devices"])
        other = ", other than those that sent its adverts," if own else ""
        return f"No phone held{other} has texts to it or calls with it."
    return f"{counted(count, 'phone')} {'has' if count == 1 else 'have'} one-to-one texts or calls with it."


def quotes_of(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return texts of a line for the first page, those first that bear its name and say more than two words.

    One of each wording, in the order in which they were used most; further ones where a line has one wording alone.
    """
    forms = {(line["name"] or "").casefold(), *(form["form"].casefold() for form in line["nicknames"])} - {""}
    texts = sorted(line["texts"], key=lambda text: _says_little(text["text"], forms))
    first: dict[str, dict[str, Any]] = {}
    for text in texts:
        first.setdefault(text["template_id"], text)
    others = [text for text in texts if first[text["template_id"]] is not text]
    return [*first.values(), *others][:QUOTED]


def _says_little(text: str, forms: Collection[str]) -> tuple[bool, bool]:
    folded = text.casefold()
    return len(folded.split()) < _LEAST_WORDS, not any(form in folded for form in forms)
