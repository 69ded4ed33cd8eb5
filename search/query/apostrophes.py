"""Words with an apostrophe, as texts write them: `don't`, `dont`, `don t`.

Search cuts words at an apostrophe (``search.query.words``), and most texts leave it out. Whoever types one of the three
looks for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from search.query.words import words

_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])['\u2018\u2019\u02bc`\u00b4](?=[^\W\d_])")
_PARTS: Final = {
    first + last: (first, last)
    for firsts, lasts in (
        ("ain aren couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren won wouldn can", "t"),
        ("i", "m ve"),
        ("you they", "re ve ll d"),
        ("he she that what where there here how let", "s"),
        ("that it there", "ll"),
    )
    for first in firsts.split()
    for last in lasts.split()
}
"""What can be nothing else than two words without their apostrophe; never `well`, `its`, `shed` or `whos`."""


def spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a text as it is typed, then with the apostrophes that it leaves out, and without any.

    None twice, and none without words. A name with an `s` behind it (`ricos`) is as it is typed: nobody can know.
    """
    typed = words(text)
    parted = [part for word in typed for part in _PARTS.get(word, (word,))]
    found = dict.fromkeys(map(tuple, (typed, parted, words(_APOSTROPHE.sub("", text)))))
    yield from filter(None, found)
