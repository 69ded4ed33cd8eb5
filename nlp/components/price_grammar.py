"""The grammar of prices: one linear expression, each form a named group.

What every form begins with is asked first, which spares most places the look at each form.

The groups, first come first served: ``gift`` (pay 4 get 5), ``instead`` (5 for the price of 4), ``bogof``, ``deal``
(3 for 25), ``four`` (3 4 25), ``joined`` (2-15), ``unit`` (half 80), ``measure`` (30 a g), ``slang`` (tenners, 10s),
``money`` (a bare amount). All fragments are for ``re.VERBOSE``: spaces are written with a backslash.
"""

from __future__ import annotations

import re
from typing import Final

_TENS = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER_WORD = rf"""(?:
    (?:{_TENS})[\ -](?:{_UNITS}) | {_TENS} | {_UNITS} | ten|eleven|twelve|fifteen|sixteen|hundred|a\ hundred|ton
)(?!\w)"""
_COUNT = rf"""(?:
    [0-9]{{1,3}}(?:\.[0-9]{{1,2}})? | \.[0-9]{{1,2}} | (?:{_UNITS}|ten|twelve|twenty|half|a)(?!\w)
)"""
_UNIT = r"""(?:
    grams?|grammes?|gs?|grm|bags?|wraps?|rocks?|stones?|balls?|bits?|shots?|pieces?|points?|pills?|tabs?|strips?
  | box(?:es)?|bars?|oz|ozs|ounces?|8ths?|eighths?|hens?|henrys?|quarters?|qs?|halfs?|halves|teenths?|ks?
  | whites?|browns?|darks?|lights?|deals?|b|w|of\ each|of\ either|of\ both|each
)(?!\w)"""
_SOLD_UNIT = r"""(?:
    grams?|g|grm|oz|ozs|ounces?|8ths?|eighths?|hen|henry|quarters?|qs?
  | half(?:\ (?:oz|ounce|g)|(?=\ ?(?:for\ |of\ \w{1,12}\ )?(?:\u00a3|[2-9][0-9]|1[3-9]|1[0-9]{2})))
  | teenths?|ball|box|strip|nine\ ?bar|9\ ?bar|bag
)(?!\w)"""
_CURRENCY = r"""(?:\ ?\u00a3 | \ ?(?:quid|pounds?|squid|nicker|pln|zl|lei|ron|lek|euro?s?)(?!\w))"""
_AMOUNT = rf"""(?:
    \u00a3\ ?[0-9]{{1,4}}(?:\.[0-9]{{2}})?(?![0-9])
  | [0-9]{{1,4}}(?:\.[0-9]{{2}})?{_CURRENCY} | [0-9]{{1,4}}(?![0-9])
  | {_NUMBER_WORD}{_CURRENCY}?
  | (?:a\ )?(?:tenner|fiver|score|bullseye|ton)(?!\w)
)"""
_PER_UNIT = (
    "pop|each|go|bag|bit|g|gram|one|piece|box|strip|wrap|shot|8th|eighth|q|quarter|half|oz|ounce|deal|pill|tab|hit|draw"
)
_PER = rf"""(?:\ ?(?:(?:per|each|ea)(?:\ (?:{_PER_UNIT}))?|(?:a|an|p)\ (?:{_PER_UNIT}))(?!\w))"""
_NO_OTHER_UNIT = r"""
    (?!\ ?(?:am|pm|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?|yrs?|people|persons?|%|percent
        |o'?clock|th|st|nd|rd|miles?|gb|mb)(?!\w))
    (?![:.][0-9])(?![\w/%])
"""
_GIFT = rf"""
    (?:pay|buy|get|order|grab|cop|take)\ (?:for\ )?(?:any\ )?{_COUNT}\ ?(?:{_UNIT}\ ?)?
    (?:(?:&|and|n|,|-|\+)\ ?)?(?:you\ |u\ )?(?:get|take|have|for)\ (?:the\ )?(?:{_COUNT}|another)
    (?:\ ?(?:half\ price|free|on\ (?:me|us|the\ house|top)|extra))?(?!\w)
"""
_DEAL = rf"""
    {_COUNT}\ ?(?:{_UNIT}\ ?){{0,2}}(?:for|fr|fo|za|la|per|am|\ 4(?=\ )|@|at(?=\ ?[\u00a3\d]))\ ?(?:just\ |only\ )?
    {_AMOUNT}(?:\ each(?!\w))?{_NO_OTHER_UNIT}
"""
_JOINED = rf"""
    [1-9][0-9]?\ ?(?:[-x/=*]|\.\.)\ ?(?P<pounds>\u00a3?)[1-9][0-9]{{0,2}}(?P<after>{_CURRENCY}?)
    {_NO_OTHER_UNIT}(?!\ ?-)
"""
_SOLD = rf"""
    (?:{_COUNT}\ ?)?{_SOLD_UNIT}\ ?(?:of\ \w{{3,12}}\ )?(?:(?:for|4|at|=|-|@|is|are|r)\ ?)?
    (?:\u00a3\ ?[0-9]{{1,4}}(?![0-9]) | [1-9][0-9]{{1,3}}(?![0-9]){_CURRENCY}? | {_NUMBER_WORD}{_CURRENCY}?)
    {_NO_OTHER_UNIT}
"""
_SLANG = r"""
    (?:tenner|fiver|twenty|score|bullseye)s?\ (?:bags?|deals?|shots?|bits?|ones?)(?!\w)
  | (?:tenners|fivers|twenties|forties|fifties|bullseyes)(?!\w)
  | (?:5|10|15|20|25|30|40|50|60|100)'?s(?!\w)
"""
_MONEY = rf"""
    (?:\u00a3\ ?[0-9]{{1,4}}(?:\.[0-9]{{2}})?(?![0-9a-z])(?:\ (?:bags?|deals?|shots?|bits?|wraps?|draws?))?
      | \u00a3[0-9]{{1,4}}(?:g|q|oz|ea|each|pp)
      | [0-9]{{1,4}}{_CURRENCY}(?:\ (?:bags?|deals?|shots?|bits?|wraps?))?)
    {_NO_OTHER_UNIT}
"""

PRICES: Final = re.compile(
    rf"""
    (?<![\w\u00a3.:/])(?=[0-9\u00a3.a-ce-hn-qst])(?:
        (?P<gift>{_GIFT})
      | (?P<instead>{_COUNT}\ (?:for|4)\ (?:the\ )?price\ (?:of|ov)\ {_COUNT}(?!\w))
      | (?P<bogof>bogof(?!\w)|[0-9]-(?:4|for)-[0-9](?![\w-]))
      | (?P<deal>{_DEAL})
      | (?P<four>[1-9][0-9]?\ (?:{_UNIT}\ )?4\ \u00a3?[1-9][0-9]{{1,2}}{_CURRENCY}?{_NO_OTHER_UNIT})
      | (?P<joined>{_JOINED})
      | (?P<unit>{_SOLD})
      | (?P<measure>{_AMOUNT}{_PER}{_NO_OTHER_UNIT})
      | (?P<slang>{_SLANG})
      | (?P<money>{_MONEY})
    )
    """,
    re.VERBOSE,
)

MAY_HOLD_PRICE: Final = re.compile(
    rf"[0-9\u00a3]|bogof|tenner|fiver|score|bullseye|ties|(?:{_UNITS}|ten|twelve|half) (?:\w+ )?(?:for|4|get)"
    rf"|(?:{_UNITS}|{_TENS}|ten) (?:quid|pound)"
)
"""Whether a text in lower case can hold a price at all: much faster than looking for one."""
