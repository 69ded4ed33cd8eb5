"""The grammar of prices: one expression over the letters of ``nlp.words.amount_codes``, each form a named group.

The groups, first come first served: ``gift`` (pay 4 get 5), ``instead`` (5 for the price of 4), ``bogof``, ``joined``
(2-15, 2x15, 3f25), ``reversed`` (£25 = 3), ``back`` (£25 for 3, £50 gets 7), ``deal`` (3 for 25, 3 4 25), ``per``
(£15 a pop, 40/g), ``unit`` (half 80, 2 slices £15), ``amount`` (£20 bag, 65 gramu), ``notes`` (tenners, 10s) and
``money`` (a sum with its currency).
All fragments are for ``re.VERBOSE``: spaces are written with a backslash. Letters stand for classes of words.
"""

from __future__ import annotations

import re
from typing import Final

RULE: Final = "prices/2"
RULE_IN_ADVERT: Final = "prices/2:in-advert"
"""Rule of an amount that stands for no whole deal."""

_NOTE = r"(?:(?:[ai]\ )?t(?:\ &\ (?:(?:a\ )?t|a\ h(?!\ ?[un4])))?)"
_SUM = r"(?:\u00a3\ ?[nmde4]|[nmde4]\ ?[q\u00a3]|n\ V\ q|[nmde4]Q|[ij](?:[\ -][ij])?\ q)"
"""A sum with its currency."""

_WRITTEN = r"(?:(?:[ai]\ )?j(?:[\ -]i(?!\ f))?|i)"
_AMOUNT = rf"(?:{_SUM}|{_NOTE}|[nm4e]|a\ q|{_WRITTEN})"
_END = r"(?![A-Za-wyz4\u00a3\#%])(?!x\ ?[n\u00a3])(?!\ ?[Kk%])(?!:[nz])(?!-[nz4])(?!/[nz4])"
"""What no amount is followed by: more of the same word, a noun that is counted, the other half of a time."""

_SUM_END = rf"(?!\ _){_END}"
_NOT_JOINED = (
    r"(?!\ ?[f@=](?:\ ?[nmij\u00a3t4]|\ a))(?!\ 4\ [n\u00a3])(?!-[n\u00a3])(?!\ ?x\ ?[n\u00a3])(?!\ [ZrA]\ ?[n\u00a3])"
)
"""The amount is no count of a further deal."""

_COUNTED = r"""(?:
    m(?=\ ?[f@]\ ?\u00a3|\ f\ n) | u\ V\ [n4ij] | [n4i]\ (?:T|d|i)(?=\ f) | [n4i]\ ?x\ (?:[n4di]\ ?)?u
    | (?:c\ )?u\ &\ a\ h | (?:c\ )?[n4dije](?:\ ?[uhb]){0,2} | [n4i]\ V\ E | h\ a\ u | (?:[cai]\ )?[uh](?:\ u)?
)"""
_WITH_UNIT = r"""(?:
    u\ V\ [n4ij]|[n4i]\ x\ (?:[n4di]\ ?)?u|u\ &\ a\ h|
    (?:c\ )?[n4di](?:\ ?[uh]){1,2}|[n4i]\ V\ [Ec]|h\ a\ u|[n4i]\ &\ a\ h(?:\ u)?
    |(?:c\ |(?<![nmdeijqt4]\ )a\ )?[uh](?:\ a?\ ?u)?|c\ [n4i]
)"""
"""What costs a sum that stands behind it; the article is its own ("a q 55") where no sum stands before ("20 a g")."""
_FOR = r"(?:\ ?[f@]\ ?|A(?=\u00a3)|[\ .]4[\ .]|\.f\.|\ ?[Zr]\ ?|\ [AQJ]\ )(?:[yHa]\ )?"
JOINS_SUM: Final = rf"(?:{_FOR}|\ f?\ ?y\ )"
"""What joins what is counted with a sum: "for", "4", "@", "only"."""

_ONE_AND_ONE = r"(?:[n4i](?:\ b)?(?:\ ?&\ ?|\ a\ )[n4i](?:\ b)?|[n4i]\ ?b\ [n4i]\ ?b)"
"""Some of each: "1 and 1 for 15", "2 b 2 w for 28"."""

_GIFT = r"""
    (?:
        (?:W\ )?[vg]\ ?(?:[f4]\ )?(?:c\ )?[n4i](?:\ ?[ub]){0,2}(?:,|\ -|\ ?&)?\ ?(?:W\ )?[gvI]\ ?(?:[f4Ha]\ |w\ (?=O))?
        (?:[n4i]|X|O|w(?=\ F))
      | [n4i],?\ g\ (?:[HaWw]\ )?[n4iO](?=\ F)
      | v\ [n4i](?:\ ?[ub])?,?\ (?:H\ )?[wO](?=\ (?:F|A\ F))
    )
    (?:\ ?u)?(?:\ (?:h\ P|F|A\ F))?(?![A-Za-z4\#])(?!\ ?[f@]\ ?[n\u00a3])
"""
_JOINED = rf"""
    [n4d](?:(?:(?:\ ?[-x=]\ ?|/|\.\.|\*|Q)(?:\u00a3\ ?)?|\u00a3)[nm4](?:\ ?[q\u00a3]|Q)?
        |\ a\ n(?!\ ?[ubf@=]|\ 4\ )){_END}
    (?!\ ?-(?!\ ))(?!\ -\ [n4](?!\ ?[-/x=]|[n4]))
"""
_BACK = rf"""
    (?:c\ )?(?:{_SUM}|{_NOTE})\ (?:[fAZr]|I(?:\ W)?|4)\ (?:(?:[ac]\ )?[n4di](?:\ ?[uh])?|(?:[aH]\ )?[uh]){_END}(?!\ P)
  | [n4di]\ I\ (?:{_SUM}|n\ q){_END}
  | n\ [f4A]\ [n4d]u{_END}
  | n(?:\ ?[-/=]\ ?|\ [frZA]\ )d{_END}
  | (?:[ai]\ )?j(?:[\ -]i)?\ f\ (?:(?:[ac]\ )?[n4di](?:\ ?[uh])?|(?:a\ )?[uh](?:\ u)?){_END}(?!\ P)
  | n\ (?:I(?:\ W)?\ [n4i]|f\ (?:[aH]\ [uhd]|[uhd])|[Zr]\ [n4]\ ?u){_END}(?!\ P)
  | (?:a\ )?q\ f\ [n4i]{_END}
  | {_SUM}\ x\ ?[n4]{_END}
  | {_SUM}\ [n4d](?=\ {_SUM}\ [n4d]{_END})
  | {_SUM}\ (?:[n4]|d)(?=\ ?(?:[.,!\n*)]|$))
  | {_SUM}\ d{_END}{_NOT_JOINED}(?!\ ?\u00a3)
  | n\ d{_END}{_NOT_JOINED}(?!\ [n\u00a3])
"""
_PER = rf"""
    (?:{_SUM}|{_NOTE}|[ne]|j(?:[\ -]i)?|4(?!\ a\ ))(?:\ ?E|(?:\ ?Q)?(?:/\ ?u|\ /\ ?u(?!\ [n4\u00a3]))
        |\ ?[arZ]\ (?:[uhpb](?:\ u(?!\ (?:f\ )?[n4\u00a3]))?)(?![a-z])
        |\ a\ d(?:\ ?u)?|/[n4d]\ ?u|\ [i]\ u){_END}
  | (?:{_SUM}|{_NOTE}|[nj])\ H\ [uhip]{_END}(?!\ f)
  | (?:{_SUM}|{_NOTE})\ a\ w(?![\w])
  | (?:a\ )?q\ (?:E|a\ [uhp]){_END}
  | i\ (?:E(?!\ \u00a3?\ ?[n4])|a\ [up]){_END}
  | n\ a\ w{_END}(?!\ u)
  | (?:u\ (?:y\ )?)?J\ (?:{_SUM}|{_NOTE}|[nj])(?:\ u)?{_END}
"""
_NEXT_AMOUNT = r"(?:\u00a3\ ?[nmde4](?!\ [fZ]\ )|[n4](?!\ ?[f@xZr=-]|\ 4\ |\ ?[ubh])|[nm4]\ ?q|t)"
_AMOUNT_UNIT = rf"""
    (?:
        (?:{_SUM}|{_NOTE})\ ?[uh](?:\ u)?(?=(?:,?\ (?:{_SUM}|{_NOTE})\ ?[uh]){{1,5}})
      | (?:{_SUM}|{_NOTE})\ ?[uh](?:\ u)?(?!\ ?[-=:@]?\ ?{_NEXT_AMOUNT})
      | [nj]\ [uh](?!\ ?[-=:@]?\ ?{_NEXT_AMOUNT})
      | {_SUM}\ p
      | n\ [uh](?=\ n\ [uh](?!\ ?[f@=-]))
      | n\ i(?=\ ?(?:[.,!\n*)LUGw]|$))
      | {_SUM}\ i(?=\ ?(?:[.,!\n*)]|$)|\ {_SUM}\ i)
    )(?![A-Za-z4\u00a3\#])(?!\ ?[f@]\ ?[n\u00a3])
"""
_NO_MONEY_FIRST = r"(?!\ a\ [uhp](?![a-z])(?!\ (?:\u00a3\ ?)?n))"
"""The sum is not that of the unit behind it ("20 a g"), unless this has one of its own ("half oz 480 a q 250")."""

_BUNDLED = r"(?:[n4di]\ ?[ub]|[di]|h(?:\ u)?)"
"""A part of a bundle: the "2g" and the "4 pills" of "2g + 4 pills 120"."""

_UNIT = rf"""
    (?:{_WITH_UNIT}\ ?[-=:@/]?\ ?(?:{_SUM}|{_NOTE}|[nm]|j(?:[\ -]i)?)(?!\ ?E)
      | [n4]\ ?=\ ?[ij](?:[\ -]i)? | i\ ?=\ ?(?:{_SUM}|{_NOTE}|n|[ij](?:[\ -]i)?)
      | [n4]\ j(?:[\ -]i)? | [n4]\ i(?=[\ .,-]{{1,3}}[n4]\ [ij])
      | [n4di]\ {_NOTE} | [di]\ (?:{_SUM}|n)(?!\ [ij])
      | {_BUNDLED}\ ?&\ ?{_BUNDLED}\ (?:{_SUM}|n)
      | [n4i]\ x\ d\ (?:{_SUM}|n)
      | n\ ?u\ c\ (?:{_SUM}|n)
      | [n4]\ ?&\ ?[n4](?:\ ?[-=/@]\ ?|\ )(?:{_SUM}|n)
      | [n4]\ \u00a3\ ?[nm]
      | [n4i]\ E(?:{_FOR}|\ )(?:{_SUM}|n)
      | u\ G\ (?:{_SUM}|n)
      | (?<=d\ n\ )T\ n
      | [n4]\ w\ (?:\u00a3\ ?)?n(?!\ ?[qQuE\u00a3]|\ a\ )
    ){_END}{_NOT_JOINED}(?!\ F){_NO_MONEY_FIRST}(?!/\ ?u|\ /\ ?u(?!\ [n4\u00a3]))(?!\ H\ u)
    (?!\ u(?!\ (?:a\ )?t|\ u\ (?:f\ )?[n4\u00a3])(?:[^\ A-Za-z]|\ [^f4n\u00a3=@-]|$))
"""

PRICES: Final = re.compile(
    rf"""
    (?=[n4di\u00a3mejhucvgWBaqtTJ$])(?<![n4mzde\u00a3\#:/%])(?=.{{0,12}}[n4dm\u00a3ejqtTi$])(?:
        (?P<gift>{_GIFT})
      | (?P<instead>[n4i]\ [f4SZwbA]\ (?:H\ )?P\ (?:[Vwbu]\ )?[n4i](?![A-Za-z4]))
      | (?P<bogof>\$|[n4]-(?:f|4)-[n4](?![\w-]))
      | (?P<joined>{_JOINED})
      | (?P<reversed>\u00a3\ ?[n4]\ ?[=-]\ ?[n4]{_END})
      | (?P<back>{_BACK})
      | (?P<deal>(?:(?:{_ONE_AND_ONE}|{_COUNTED}){_FOR}|[n4di]\ w\ f\ (?:y\ )?|[n4di](?:\ ~)+{JOINS_SUM}|B\ f\ )
          (?:{_AMOUNT}(?:\ E)?{_END}|T(?![A-Za-z])))
      | (?P<per>{_PER})
      | (?P<unit>{_UNIT})
      | (?P<amount>(?<!u\ V\ w\ ){_AMOUNT_UNIT})
      | (?P<notes>(?:\u00a3\ ?)?T(?:\ E)?(?![A-Za-z]))
      | (?P<money>(?:{_SUM}|(?<!H\ ){_NOTE}){_SUM_END})
    )
    """,
    re.VERBOSE,
)
"""A price in the letters of a text."""
