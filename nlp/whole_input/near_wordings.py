"""Near adverts in the words of one: texts that fall short by little and are worded as an advert of their input is.

By itself ``anyone still needing sorted`` may be anybody's; beside "Anyone still needin sorted? Biscuit" it is the same
advert, under a name or without, on another day. What is near by wording says ``nlp.templates.families``. Announcements
of a number are left out: those of a line and of anybody are worded alike. One step, as with names
(``nlp.whole_input.near_adverts``): what is lifted supports no other text.

Counted on twenty batches that the models had not seen, 40 texts are lifted that are adverts and eleven that are none,
nine of these in a batch of honest senders that was written in the tone of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from nlp.nicknames.shared_names import SharedNames
from nlp.templates.families import worded_as
from nlp.whole_input.near_adverts import Lifted, NearAdvert
from nlp.whole_input.settling import LookAgain

RULE: Final = "adverts/2:worded-elsewhere"
"""Rule of a text that is an advert since an advert of the input is worded alike; what it adds stands behind."""

_WORTH: Final = 3.0
"""Log-odds that the wording of an advert adds."""


def worded_alike(
    rows: Callable[[], Iterable[NearAdvert]],
    adverts: Mapping[str, str],
    but: Collection[int],
    shared: SharedNames,
    look_again: LookAgain,
) -> Iterator[Lifted]:
    """Yield the near adverts that are adverts by their wording, in order.

    Args:
        rows: Gives all near adverts of the input; asked twice.
        adverts: Template text by id of the adverts, under the names that stand.
        but: Keys of near adverts that are adverts for another reason.
        shared: What all adverts of the input propose.
        look_again: Asked for the name in a text that is lifted.
    """
    near = {each.wording: each.template for each in rows() if _is_enough(each)}
    alike = worded_as(near, adverts) if near else set()
    for each in rows() if alike else ():
        if each.key not in but and each.wording in alike and _is_enough(each):
            (names,) = look_again([each.text], shared.borne) if shared.may_bear_borne(each.text) else ([],)
            name = next((name._replace(canonical=shared.name(name.canonical)) for name in names), None)
            yield Lifted(each, name, _WORTH, RULE)


def _is_enough(near: NearAdvert) -> bool:
    """Whether a text would be an advert by its wording."""
    return near.template != "" and near.odds + _WORTH >= 0.0
