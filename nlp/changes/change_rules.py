"""Number changes as rules read them: that a text announces a new number or gives up an old one, and which that is.

The text is read as a row of letters (``change_letters``): what stands around a number says what it is, what stands
anywhere says that the sender's own number is new. The model (``nlp.changes.change_model``) weighs what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from nlp.changes.change_features import Answer
from nlp.changes.change_letters import NUMBER, STOP
from nlp.readings import Mark
from parsers.records.findings import NumberChangeRole

RULE: Final = "number-change/2"

_AUTHORITIES: Final = frozenset({"police", "official"})
_GIVEN_UP: Final = r"(?:g|D[_mi]?[ur])"
_OLD_ONE: Final = r"o(?:[_v]?[p1]|(?=[|,?]|$))"
_ANNOUNCES: Final = re.compile(
    rf"""
    (?<![heY])n[_i1tvO]{{0,2}}p(?![h?])  | nq           # new number, new work phone, new no
  | l[_i]{{0,2}}p  | p[_i]{{0,2}}l                      # nowy numer, numri im i ri
  | n1[_eiO|,]{{0,4}}[tu]                               # new un is this un, new one, save it
  | t[_wi]{{0,2}}e?n[_]?[p1]  | in1                     # this is the new number, my new one
  | (?<![DhY])c[_ie1m]{{0,3}}p                          # changed my number, change of phone
  | (?<![hYps])p[_ie]{{0,2}}c                           # number change, our line has moved
  | 2pw
  | BO[_ie]{{0,2}}op(?!d)                                # back on my old number
  | r[_miO]{{0,2}}tD[_e]{{0,2}}[o1]                          # ring this not the other
  | {_GIVEN_UP}[_emip]{{0,3}}{_OLD_ONE}                 # delete the old one
  | {_OLD_ONE}[_ehim,O]{{0,4}}(?:[dgx]|D_?m|bm)         # the old phone is dead, my old number is not me
  | u[_m]?t(?:[p1wmi]|(?=[|,?gf]|$))                    # use this, save this one
  | u[ie]?p(?![_]?[?])                                  # save my number
  | (?<!D)r[_miO]{{0,2}}t(?:[1w]|(?=_?(?:[|,]|$)))      # text me on this
  | t[_]{{1,2}}m[_]?w | t[p1][_]?w | tepw | t[_]?ipw
  | V[_iYmeh]{{0,3}}p                                    # using a mate's phone
  | Hfw                                                 # write here from now
  | x[_ie]{{0,3}}k                                      # lost all my contacts
  | O[_ie]?o[_]?p[_,]{{0,2}}fw                             # on the other phone from now
    """,
    re.VERBOSE,
)
_SAME_NUMBER: Final = re.compile(r"sp|p_s")
_LOSES: Final = re.compile(r"x[_ieh]{0,3}[pz]|p[_i]{0,3}x")
_SENDER: Final = re.compile(r"t[_]{1,2}m|t[p1]|H|u|rm|k|n|o1|fw|O(?![_w]{0,2}(?:[|,]|$)|w)")
"""Beside a lost phone: "this is me", "reply here", "using mum's"."""

_BACK_ON: Final = re.compile(r"BO(?![_]?[tio])|BR")
_SOON: Final = re.compile(
    r"(?<!\w)(?:number|num|phone|line|sim)(?:'?s| is| will be| gets)? (?:getting |being )?"
    r"(?:chang(?:ing|es?d?)|swapped) (?:again )?"
    r"(?:soon|tomorrow|tmrw|tomoz|2moro|tonight|2nite|tonite|shortly"
    r"|next week|this week|at the weekend|monday|on monday)"
    r"|(?<!\w)chang(?:ing|in) (?:(?:my|the|his|her|our) )?(?:number|num|phone|fone|sim)s?(?!\w)(?! from)"
    r"|(?<!\w)chang(?:ing|in) to (?:a|the|my) new (?:number|num|phone|fone|sim)(?!\w)"
)
"""The number that is still in use will be given up."""

_TO_COME: Final = re.compile(
    r"(?<!\w)new (?:number|num|phone|fone|sim|1|one)(?: is| will be|'s)? "
    r"(?:coming|to follow|on (?:its|the) way|soon(?! as)|shortly"
    r"|(?:in )?(?:a|an|1|one|2|two|couple(?: of)?|few) (?:hours?|hrs?|mins?|minutes?|days?))(?!\w)"
)
"""Nothing has changed yet, and nothing says what is given up."""

_NOT_ITS_OWN: Final = re.compile(
    r"(?<!\w)new numbers(?!\w)"
    r"|new (?:phone|fone|sim),? new owner"
    r"|^(?:is|was) (?:this|that) (?:still )?(?:the |ur |your |\w{1,20}'?s )?(?:new |old )?"
    r"(?:number|num|phone|fone|sim)(?!\w)"
    r"|(?<!\w)(?:have|has|do|did) (?:you|u|ya|anyone|any1) (?:got|have|get|know) [^.!\n]{0,24}"
    r"new (?:number|num|phone|sim)"
    r"|(?<!\w)(?:any ?1|any ?one|anybody|who|who'?s|sum1|someone) (?:got|have|has|know|knows) "
    r"(?:(?!my|this|our)\w{1,20} )?new (?:number|num|no|phone|sim)(?!\w)"
    r"|(?<!\w)because of (?:my |the |this )?new (?:phone|sim)"
)
"""Of what is asked, and of numbers of others."""

_OWN_GOES: Final = re.compile(r"t[p1][_i]{0,4}d")
_OLD_BEFORE: Final = re.compile(rf"(?:o(?:[_]?[p1][_]{{0,2}}|_?)|(?<!r){_GIVEN_UP}[_mefpO,v]{{0,3}})$")
_WITH_OLD_ONE_BEFORE: Final = re.compile(rf"{_GIVEN_UP}[_e]{{0,2}}o[_]?1$")
_GO_TO_OTHER_BEFORE: Final = re.compile(r"(?<!D)(?<!D_)(?:u|r[_m]{0,2}O?)[_i]{0,2}o[_]?[p1]$")
"""Save my other number, get me on my other phone: it is where to go, whatever it was before."""
_OLD_AFTER: Final = re.compile(r"[_ewi,q]{0,3}d|[_]{0,2}b|[_]{0,2}D[_]{0,3}[dmi]|[_]?Dr(?![_miO]{0,2}t)|[_]{0,2}x")
_NEW_BEFORE: Final = re.compile(
    r"""(?:
        [nl][_i]{0,2}(?:[pqv1][_iev:,]{0,5})? | p[_i]{0,2}l[_i]{0,2}
      | (?:fw|(?<!r)(?<!rm)(?<!r_)w)[_eipO]{0,3} | c[_O]{0,2} | (?<!D)u[_1t,]{0,2} | (?<!D)U_? | t
      | f[_ewirmvO]{1,7} | fw[_ewirmvOp,]{1,9} | y[_p1]{0,3}
    )$""",
    re.VERBOSE,
)
_SURELY_NEW_BEFORE: Final = re.compile(r"(?<!o)(?<!h)[nl][_i]{0,2}p[_iehw,]{0,6}$")
"""The new number (for that lad is) ..."""

_SEVERAL: Final = 2
_NEW_AFTER: Final = re.compile(r"[_ei1]{0,3}[nl]|[_]?w|[_e]{1,2}1(?:[|,]|$)|t[_]?e1w")
_FROM_NOW_AFTER: Final = re.compile("_?fw")
_CALLED: Final = re.compile(r"r[_mO]{0,2}$")
_SAVED_AFTER: Final = re.compile(r"[_|,]{0,3}u_?(?:[|,]|$)")
_NOW_BEFORE: Final = re.compile(r"(?<!r)(?<!rm)w[_e]?$")
_TO_KIN: Final = re.compile("_{0,2}M")
_KIN_CALLED: Final = re.compile(r"rm[_O]{1,2}$")
_OLD_AND_ANOTHER: Final = sorted([NumberChangeRole.OLD, NumberChangeRole.NONE])
_WINDOW: Final = 10
"""Words on either side of a number, in its sentence, that say what it is."""


_THAT_ONE_GOES: Final = re.compile(
    r"[\s,.;:-]{0,4}(?:(?:cos|as|since|because) )?that (?:one|1|number|num|no)(?:'?s| is| was)? (?:now )?"
    r"(?:dead|gone|off|old|finished|done|bust|no more)(?!\w)"
)


def is_given_up(low: str, end: int) -> bool:
    """Whether what is said right behind a number gives it up: ``07700 900984, that one's dead``.

    Whatever the rest of the text says: it is never a new one.

    Args:
        low: The text's shadow in small letters.
        end: Behind the number.
    """
    return _THAT_ONE_GOES.match(low, end) is not None


_WAS_BEFORE: Final = re.compile(
    r"(?<!\w)(?:(?:was|were|wos|used (?:to|2) be|use to be|usta be)(?: (?:on|at|using))?"
    r"|(?:was|wos|known as|went by|called)(?: \w+){1,3}? (?:on|at))\W{0,3}$"
)
FORMERLY: Final = r"(?:used (?:to|2) be|use to be|usta be|formerly|previously|kn[eo]w (?:us|me) as)"
"""What stands before the name that somebody had, or before the number."""
_NO_NAME_BEFORE: Final = (
    r"(?!(?:phone|fone|number|numba|num|no|sim|one|1|mobile|mob|line|handset|call|ring|bell|text|txt|good|low|high|deals?"
    r"|prices?|time|times|stuff|same|the|a|an|on|back|here|there|at|with|from|for|open|busy|about)\W)"
)
"""What stands before a number and is no name: "used to be 40 each call 07700 900123", "any old time on ..."."""
_WORD_OF_NAME: Final = rf"{_NO_NAME_BEFORE}[^\W\d]\w* "
_USED_TO_BE: Final = re.compile(
    rf"(?<!\w)(?:(?<!not ){FORMERLY} (?:{_WORD_OF_NAME}){{0,3}}?(?:on |at |num |number )?"
    rf"|(?:this is|its|it's|im|i'm|we are|were|is) (?:\w+ ){{0,3}}?(?:the |from )?old (?:{_WORD_OF_NAME}){{1,2}}on )"
    r"\W{0,3}$"
)
_NO_HEIR: Final = r"(?!(?:police|polis|officers?|cops|feds|council|constabulary)(?!\w))"
_WORD_OF_HEIR: Final = rf"{_NO_HEIR}{_NO_NAME_BEFORE}[^\W\d]\w*"
_NAMED_HEIR: Final = rf"{_WORD_OF_HEIR}(?: {_WORD_OF_HEIR}){{0,2}}?"
_RUN: Final = r"(?:run|ran|held|answered|worked|manned|managed|looked after)"
_HANDED_OVER: Final = re.compile(
    r"(?<!\w)(?:line|phone|fone|number|numba|num|sim)(?!\w)[^.!?\n]{0,20}?(?<!\w)(?:"
    rf"(?:now|nw)(?: being)? (?:{_RUN} by|under) {_NAMED_HEIR}"
    rf"|(?:{_RUN} by|under) {_NAMED_HEIR} (?:now|nw|from now)"
    rf"|(?:taken|took) over by {_NAMED_HEIR}(?: now)?"
    rf"|{_NAMED_HEIR} (?:(?:has|got|has got) (?:it|this|the line|the phone) (?:now|nw)"
    r"|(?:now|nw) (?:has|got) (?:it|this|the line|the phone))"
    r")(?: on| at)?\W{0,4}$"
)
"""Right before a number: into whose hands a line or its phone has gone, "Gaz line now run by Lenny, 07700 900984"."""
_NOW_BEHIND: Final = re.compile(
    r"[\s,.;:>-]{0,4}(?:but |n |and )?(?:(?:it'?s|is|i'?m|am|we'?re|were|on) )?(?:now|nw|noo|nowadays)(?!\w)"
)


_GIVES_UP: Final = r"(?:sack|sac|bin|jib|ditch|dump|scrap|chuck|delete|lose|get rid of|forget)"
_ONE: Final = r"(?:one|1|wan|number|numba|num|no|phone|fone|sim|line)"
_INSTEAD: Final = (
    r"(?:it'?s|(?:my|the|new|other) (?:\w+ )?is|new(?: \w+)?|now|use|got"
    r"|(?<!mum )(?<!mam )(?<!mom )(?<!dad )(?<!nan )(?<!him )(?<!her )(?<!them )on"
    r"|(?:ring|bell|bel|text|txt|call|get|msg)(?: me| us)?)[\s:,]{1,2}@"
)
"""Right before the number (``@``): that it is there instead."""
_OF_ANOTHER: Final = re.compile(
    r"@\W*(?:(?:it'?s|is|was) (?!now|new|on)|he'?s?(?!\w)|she'?s?(?!\w)|they|feds|police|fake|old(?!\w))"
    rf"|{_GIVES_UP} (?:off )?this (?:old )?{_ONE}\W*@"
)
"""That the number itself is what goes, or somebody else's: "delete this number 07700 900984 hes a grass"."""
_OWN_GIVEN_UP: Final = re.compile(
    r"(?<!dont )(?<!don't )(?<!not )(?<!never )(?<!to )(?<!\w)"
    rf"(?:{_GIVES_UP} (?:off )?this (?:old )?{_ONE}(?!\w)(?: off)?"
    rf"|this (?:old )?(?:{_ONE})?(?:'?s| is)? ?(?:(?:going|goin) off(?! (?:the|on|me|my|to|in|with|for|a)(?!\w))"
    r"|(?:going|goin|gettin|getting|being) (?:sacked|binned|ditched|cut off))(?!\w))"
)
_OWN_JUST_GIVEN_UP: Final = re.compile(
    rf"(?<!\w){_INSTEAD}[\s,.;:-]{{0,4}}(?:(?:n|and|so) )?{_GIVES_UP} this(?: off)?(?!\s?\w)"
)
"""Without a word for what is given up."""
_IS_INSTEAD: Final = re.compile(rf"(?<!\w){_INSTEAD}")


def is_senders_given_up(low: str, start: int, end: int) -> bool:
    """Whether a text that holds one number gives up the one it comes from: ``its 07700 900984 sack this one off``.

    Args:
        low: The text's shadow in small letters.
        start: Of the number.
        end: Behind it.
    """
    around = f"{low[:start]}@{low[end:]}"
    if _OF_ANOTHER.search(around) is not None or _IS_INSTEAD.search(around) is None:
        return False
    return _OWN_GIVEN_UP.search(around) is not None or _OWN_JUST_GIVEN_UP.search(around) is not None


def was_before(low: str, start: int) -> bool:
    """Whether a number is said to have been the sender's: ``This is Tay, used to be Rico on 07700 900984``."""
    return _USED_TO_BE.search(low, 0, start) is not None


def is_handed_over(low: str, start: int) -> bool:
    """Whether a number is where somebody else goes on with the line: ``line taken over by Kez 07700 900984``.

    Args:
        low: The text's shadow in small letters.
        start: Of the number.
    """
    return _HANDED_OVER.search(low, 0, start) is not None


def is_official(families: Collection[str]) -> bool:
    """Whether police or another authority is speaking: what it says of a line is no change of number."""
    return not _AUTHORITIES.isdisjoint(families)


def is_left_for_another(low: str, start: int, end: int) -> bool:
    """Whether a number was the sender's and is not now: ``Rico was 07700 900984 now this``.

    Args:
        low: The text's shadow in small letters.
        start: Of the number.
        end: Behind it.
    """
    is_left = was_before(low, start) or _WAS_BEFORE.search(low, 0, start) is not None
    return is_left and _NOW_BEHIND.match(low, end) is not None


_DENIED: Final = re.compile(
    r"(?<!\w)(?<!why )(?<!or )(?<!can )(?<!could )(?<!will )(?:not|instead of|rather than)"
    r"(?: (?:on|at|use|to|from|the|that|my|our|old|other|one|1|number|num|no)){0,3}\W{0,3}$"
)
_IF: Final = re.compile(r"(?<!\w)(?:if|unless|when|whether)(?!\w)[^.!?\n]*$")
_LONGEST_DENIAL: Final = 48
"""Code points before a number that are looked at."""
_CHANGES: Final = re.compile(
    r"(?<!\w)(?:now|nw|new|nu|chang\w+|swap\w+|switch\w+|moved|instead|rather than"
    r"|no more|any ?more|no longer|this|here)(?!\w)"
)
_ONE_IS_FALSE: Final = re.compile(
    r"(?<!\w)(?:only(?! (?:here|on|this|now|use)(?!\w))|real|fake\w*|official|genuine"
    r"|never|typo|sorry|meant|wrong)(?!\w)"
)
"""That the number denied is another's, or was mistyped, and not one that the sender had."""


def is_denied(low: str, start: int) -> bool:
    """Whether a number is the one that it is not: ``text this one not 07700 900984``."""
    denied = _DENIED.search(before := low[max(0, start - _LONGEST_DENIAL) : start])
    return denied is not None and _IF.search(before, 0, denied.start()) is None


def is_denied_as_left(low: str) -> bool:
    """Whether a text whose one number is denied says that the sender had it until now."""
    return _CHANGES.search(low) is not None and _ONE_IS_FALSE.search(low) is None


def ruled_answer(code: str, families: Collection[str], numbers: Sequence[Mark], low: str) -> Answer | None:
    """Return what the rules read; None: nothing.

    Args:
        code: The text as letters.
        families: Families of look-alikes whose words it holds.
        numbers: Its numbers, in order.
        low: Its shadow in small letters.
    """
    own_goes = _OWN_GOES.search(code) is not None and not is_official(families)
    announces = own_goes or _announces(code, families)
    roles = _roles(code, announces=announces)
    if sorted(roles) == _OLD_AND_ANOTHER and numbers[0].canonical != numbers[1].canonical:
        # "07700 900317 is finished, lucky is 07700 900318": who gives up one and names another moves there.
        roles[roles.index(NumberChangeRole.NONE)] = NumberChangeRole.NEW
    for role in (NumberChangeRole.NEW, NumberChangeRole.OLD):
        if role in roles:
            return Answer(role.value, roles.index(role))
    if announces and not numbers and not _TO_COME.search(low) and not _NOT_ITS_OWN.search(low):
        is_old = (own_goes and not _announces(code, families)) or _SOON.search(low) is not None
        return Answer((NumberChangeRole.OLD if is_old else NumberChangeRole.NEW).value)
    return None


def _announces(code: str, families: Collection[str]) -> bool:
    """Whether the text says that the sender's number is another than before."""
    if "wrong_number" in families or _SAME_NUMBER.search(code):
        return False
    if code.count(NUMBER) >= _SEVERAL:
        # "Two phones now" and both of them: none is new.
        code = code.replace("2pw", "___")
    if _ANNOUNCES.search(code):
        return True
    if _BACK_ON.search(code):
        # "Phone died, back on now": the same number again.
        return False
    return _LOSES.search(code) is not None and (_SENDER.search(code) or _TO_KIN.match(code)) is not None


def _roles(code: str, *, announces: bool) -> list[NumberChangeRole]:
    """Return the role of each number of the text, in order."""
    places = [match.start() for match in re.finditer(NUMBER, code)]
    roles = [_role_at(code, at) for at in places]
    if announces and roles and all(role is NumberChangeRole.NONE for role in roles):
        roles[-1] = NumberChangeRole.NEW
    return roles


def _role_at(code: str, at: int) -> NumberChangeRole:
    """Say what the words around a number, in its sentence, make of it."""
    before = code[max(0, at - _WINDOW) : at].rpartition(STOP)[2].rpartition(NUMBER)[2]
    behind = code[at + 1 : at + 1 + _WINDOW]
    after = behind.partition(STOP)[0].partition(NUMBER)[0]
    if _NOW_BEFORE.search(before) or _SURELY_NEW_BEFORE.search(before):
        return NumberChangeRole.NEW
    if _GO_TO_OTHER_BEFORE.search(before) and not _OLD_AFTER.match(after):
        return NumberChangeRole.NEW
    if _OLD_AFTER.match(after) or (_OLD_BEFORE.search(before) and not _WITH_OLD_ONE_BEFORE.search(before)):
        return NumberChangeRole.OLD
    is_called = _CALLED.search(before) is not None
    if _NEW_BEFORE.search(before) or (not is_called and _NEW_AFTER.match(after)) or _FROM_NOW_AFTER.match(after):
        return NumberChangeRole.NEW
    if _SAVED_AFTER.match(behind):
        return NumberChangeRole.NEW
    is_told_kin = _KIN_CALLED.search(before) is not None and _TO_KIN.match(code) is not None
    return NumberChangeRole.NEW if is_told_kin else NumberChangeRole.NONE
