"""The caveats and the method note that every report prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from search.linkage.extraction.flares import PAUSE_SECONDS, SMALLEST_RECIPIENTS
from search.linkage.number_use.uses import GAP_DAYS
from search.linkage.weights import MODERATE, PRIOR_LOG_ODDS, STRONG, WEAK

CAVEATS: Final = (
    (
        "This is intelligence for triage: until the method is validated, a person checks each statement against the "
        "source extraction before it is relied on."
    ),
    "Receipt of an advert shows receipt, not purchase.",
    (
        "The sender of a text is a phone, not a person. Whoever used it may be a shift worker, or a child who is "
        "exploited (a statutory defence may apply); sending adverts is not holding the line."
    ),
    (
        "Signs in texts that somebody is exploited (age, school, debt to be worked off, threats, orders to delete or "
        "to tell nobody) are not looked for, and their absence here says nothing: a person reads, for safeguarding, "
        "the private texts of each phone that sent adverts or is in touch with a line (trapline search --exhibit)."
    ),
    "Similar wording is not common authorship: wordings are copied between lines.",
    "A nickname is not a person and may be used by several lines; a number may be given out again to somebody else.",
    "The meaning of slang is opinion evidence and needs a competent expert.",
    "Whether a message is hearsay depends on what it is to prove; that is not assessed here.",
    "Cell site is not part of this report.",
    (
        "An extraction may be partial, deleted records may have no time, handset clocks drift, and the sender's number "
        "of an SMS can be forged."
    ),
    (
        "A first or last time is as the one phone that holds that record dates it. A wrong clock is found only where "
        "other phones hold the same broadcasts or talks: to the hour a time is known only where several phones agree "
        "on it."
    ),
    (
        "Counts of messages and adverts are of records: a text that the phones of its sender and of a recipient both "
        "hold counts on each. Among broadcasts, one that was seen on several phones is one."
    ),
    (
        "Most numbers in this report belong to third parties, many of them ill or vulnerable: use no more of them than "
        "the purpose needs."
    ),
    "No decision about a person may rest on this report alone. Who used a phone is not assessed.",
    "A line that no phone here shows is not shown to be absent: only what was seized and read is known.",
)

PERIOD_CAVEAT: Final = (
    "This report is of a period. What one phone shows of one sender in one wording, under one name, or of one number "
    "counts together, where its first to its last message reach into the period: of no more than five those in it, of "
    "more all. Counts of messages may so be more than the period has and less than everything held, and first and last "
    "times may lie outside it, which is said at them. Days and broadcasts are those of the period. Lines bear the "
    "names that they have in everything held."
)
"""Printed where a report is narrowed to a period: a sender's adverts on a phone count together, from first to last."""
_END_UNMARKED: Final = "end_unmarked"
_READ_TO_THE_END: Final = "complete"


def cut_caveat(entry: Mapping[str, Any]) -> str:
    """Return what stands at an extraction that counts as whole and may be cut off all the same; empty for any other.

    A table or a text without a mark of its end looks whole wherever it was cut. That is no loss that was seen, so that
    its state stays; whoever relies on it must know.
    """
    is_unmarked = any(notice["code"] == _END_UNMARKED for notice in entry["notices"])
    if entry["state"] != _READ_TO_THE_END or not is_unmarked:
        return ""
    tally = entry["tally"].get("message") or entry["tally"].get("call") or {"indexed": 0}
    return (
        f"may be cut off: nothing marks its end. Read of it were {tally['indexed']:,} records. Compare its size and "
        "hash with the sender's."
    )


SCORE_CAVEAT: Final = (
    "Estimated probability, 0 to 1, that both devices belong to one line's traffic. It was set on simulated cases, not "
    "on real ones: it orders links, and is no probability to be stated in court."
)

METHOD: Final = {
    "score_caveat": SCORE_CAVEAT,
    "prior_log_odds": round(PRIOR_LOG_ODDS, 3),
    "bands": {"strong": STRONG, "moderate": MODERATE, "weak": WEAK},
    "sentences": [
        (
            "Adverts, wordings, names and announcements of numbers are found in the text of messages; each distinct "
            "text is read once."
        ),
        (
            "A wording is the constant words of a text, whatever is filled in. Where different texts are counted, "
            "those that differ in spelling or in what is filled in count as one; where the analysis could not tell "
            "that they are one wording, each counts by itself."
        ),
        (
            f"A broadcast is one sender, one wording, at least {SMALLEST_RECIPIENTS} recipients and no pause over "
            f"{PAUSE_SECONDS // 60} minutes; on a receiving phone one copy of an advert is its trace."
        ),
        (
            "A line is made from numbers that sent adverts. Numbers join where one announces the other, where one "
            "handset sent for both under one name, or where name, wording, recipients and time agree; a name, a "
            "wording or recipients alone join nothing."
        ),
        f"After {GAP_DAYS:.0f} days of silence and under another name, a number counts as given out again.",
        (
            "A link between two phones adds up likelihood ratios, one for each kind of evidence, on top of the odds "
            "before any evidence. The weights are reasoned, not fitted to cases: the band is to be read with its "
            "reasons."
        ),
    ],
}
"""Weights are natural logarithms of likelihood ratios; the prior is stated as such too."""
