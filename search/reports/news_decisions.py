"""What people decided or took back since an earlier report: one sentence for each, said once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from search.linkage.phrases import day_of
from search.reports.news_words import new_of, subject_words

Item = Mapping[str, Any]

_DID: Final = {
    "confirm": "{by} confirmed the {about} {subject}",
    "reject": "{by} rejected the {about} {subject}",
    "merge": "{by} merged the {about}s {subject}",
    "split": "{by} kept the {about}s {subject} apart",
}
_COMES_TO: Final = {
    "holds": "{did} on {day}: it holds ({id}).",
    "revoked": "{who} took back on {day} that {did} ({id}).",
    "replaced": "That {did} is replaced by a later decision ({id}).",
    "no_longer_fits": "That {did} fits nothing that is held now ({id}).",
}
_CONFIRMED: Final = "Confirmed by a person since."


def decision_words(report: Item) -> list[str]:
    """Return one sentence for each decision that is news, oldest first; none where there is no news."""
    ids = (report["new"] or {}).get("decision_ids", ())
    return [_words(held) for held in new_of(report.get("decisions", ()), ids)]


def without_decisions(entries: Iterable[Item], report: Item) -> list[Item]:
    """Return the news of lines without what ``decision_words`` says, and without lines of which nothing else is news.

    Args:
        entries: News of lines, each with its sentences.
        report: The report.
    """
    new = new_of(report.get("decisions", ()), (report["new"] or {}).get("decision_ids", ()))
    ends = tuple(f"({held['decision_id']})." for held in new)
    confirmed = {key for held in new if held["verdict"] == "confirm" for key in held["line_ids"]}
    found: list[Item] = []
    for entry in entries:
        sentences = [each for each in entry["sentences"] if not _is_said(each, ends, entry, confirmed)]
        if sentences:
            found.append({**entry, "sentences": sentences})
    return found


def _is_said(sentence: str, ends: tuple[str, ...], entry: Item, confirmed: Collection[str]) -> bool:
    if sentence == _CONFIRMED:
        return entry["line_id"] in confirmed
    return sentence.endswith(ends)


def _words(held: Item) -> str:
    did = _DID[held["verdict"]].format(by=held["decided_by"], about=held["about"], subject=subject_words(held))
    revoked = held["revoked"] if held["state"] == "revoked" else None
    return _COMES_TO[held["state"]].format(
        did=did,
        day=day_of(revoked["revoked_at"] if revoked else held["decided_at"]),
        who=revoked["revoked_by"] if revoked else "",
        id=held["decision_id"],
    )
