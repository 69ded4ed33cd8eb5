"""The notices on sidecars: what one states that is not known, is blank, is doubtful, disagrees or should say."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

_ASSUMED = Severity.ASSUMED

SIDECARS: Final[dict[str, NoticeEntry]] = {
    "sidecar_disagrees": NoticeEntry(
        _ASSUMED, "The sidecar and the delivery disagree about {subject}; both are kept.", "Check which is right."
    ),
    "sidecar_replaced": NoticeEntry(
        _ASSUMED,
        "The same content came before with a sidecar that states another {subject}; the newest sidecar is used.",
        "Check which is right: the content is one extraction, of the device that it names or that was stated before.",
    ),
    "sidecar_key_unknown": NoticeEntry(
        _ASSUMED, "The sidecar holds a key that is not known: {subject}. It is kept and not used.", None
    ),
    "imei_not_taken": NoticeEntry(
        _ASSUMED,
        "{subject} states an IMEI. It was not taken for the handset's: such a list may be of a watch that was paired.",
        "Look at it in the original, and state imei in a sidecar if it is this handset's.",
    ),
    "sidecar_blank": NoticeEntry(_ASSUMED, "The sidecar is blank where it would state {subject}.", "State it."),
    "sidecar_check_digit": NoticeEntry(_ASSUMED, "The {subject} in the sidecar has a wrong check digit.", "Check it."),
}
