"""Hours: ``24/7``, ``til 11``, ``9am-11pm``, ``10 till late``, ``all night``. What the template masks as a time."""

from __future__ import annotations

import re

from nlp.components.component import Component
from nlp.hints import DIGIT, HOUR_WORD
from nlp.readings import Mark, Reading
from parsers.records.findings import SpanKind

RULE = "hours/1"

_CLOCK = r"""(?:
    (?:half\ (?:past\ )?)?(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9])?
        \ ?(?:a\.?m|p\.?m|o'?clock|ish)?(?![0-9\w%])(?!\ ?(?:\u00a3|quid|pound))
  | midnight | midday | noon
  | (?:half\ )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\ ?(?:am|pm|o'?clock))?
)"""
_END = rf"""(?:{_CLOCK}
  | late|close|closing|dark|dawn|(?:the\ )?morning|morn|whenever|finished|gone|l8|ltr
)"""
_TIL = r"'?(?:un)?(?:till?|tll?|tilll)"
_SPAN = r"day|night|nite|morning|weekend|wkend|week"
_HOURS = re.compile(
    rf"""
    (?<![\w\u00a3.])(?=[0-9'@abefhm-orstu])(?:                 # what each form begins with
        24\ ?[/\-.:]\ ?7(?![0-9\w/]) | 24\ 7(?![0-9\w]) | 247(?![0-9\w]) | 24\ ?-?(?:hours?|hrs?|h)\b
      | round\ the\ clock
      | (?:all|every)\ (?:{_SPAN})(?:\ (?:and|n|&)\ (?:all\ )?(?:night|nite))?(?:\ long)?\b
      | (?:now|today|2day|tonight)\ {_TIL}\ (?:about\ |around\ )?{_END}\b
      | (?:(?:from|frm|open|between)\ )?{_CLOCK}\ ?(?:-|{_TIL}|to|and|thru)\ ?{_END}(?!\w)
      | {_TIL}\ (?:about\ |around\ |half\ |at\ least\ )?{_END}(?!\w)
      | (?:from|frm|after|before|b4|by|at|@|between)\ ?(?:about\ |around\ )?{_CLOCK}(?!\w)
      | (?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9])?\ ?(?:am|pm)\b
    )
    """,
    re.VERBOSE,
)
_PLAIN_RANGE = re.compile(r"(?:[a-z]+ )?([0-9]{1,2}) ?- ?([0-9]{1,3})$")
_GATE = re.compile(r"[0-9]|til|all |every|clock|now|after|before|midnight|noon|late")


class Hours(Component):
    """Marks stretches that say when the line serves."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        low = reading.shadow.lower
        # The second condition is part of the rule: "one to two" alone is no time.
        if not reading.hints & (DIGIT | HOUR_WORD) or not _GATE.search(low):
            return
        for match in _HOURS.finditer(low):
            start, end = match.span()
            if reading.is_taken(start, end) or _is_deal(match.group()):
                continue
            while low[end - 1] == " ":
                end -= 1
            reading.add(Mark(SpanKind.HOURS, start, end, None, RULE))


def _is_deal(text: str) -> bool:
    """Whether a plain range is a count and a price: ``2-15`` and ``5-40`` are, ``10-4`` and ``9-11`` are not."""
    match = _PLAIN_RANGE.match(text)
    return match is not None and is_plain_deal(int(match[1]), int(match[2]))


def is_plain_deal(count: int, amount: int) -> bool:
    """Whether ``count-amount``, without any money word, can be a deal: few for a round sum, no two hours."""
    if amount > 12:
        return count < amount and (amount % 5 == 0 or amount > 24)
    return amount == 10 and count <= 3
