"""Which words are one service, for comparing messages and calls of two sources.

What a source writes is kept as it writes it; these words are for comparison alone. Tools call one application by its
store's name, by a shorter one, or by that of its package, and the handset's own texts by the program that shows them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from parsers.service_packages import name_of_id

HANDSET: Final = "handset"
"""The family of texts and calls of the handset itself."""

_OF_HANDSET: Final = frozenset(
    {"sms", "mms", "sms/mms", "rcs", "native", "native messages", "phone", "sim", "sim card", "usim", "text message"}
    | {"text messages", "messages", "android messages", "google messages", "googlemessages", "samsung messages"}
    | {"com.google.android.apps.messaging", "com.samsung.android.messaging", "com.android.mms", "com.android.messaging"}
)
_APPLICATIONS: Final = {
    # A chat that the edition for businesses exports does not say which edition it is of.
    "whatsapp": "whatsapp messenger | com.whatsapp | whats app | whatsapp business | com.whatsapp.w4b",
    "telegram": "telegram messenger | org.telegram.messenger | telegram x | org.thunderdog.challegram",
    "signal": "signal messenger | signal private messenger | signal - private messenger | org.thoughtcrime.securesms"
    " | org.whispersystems.signal",
    "messenger": "facebook messenger | fb messenger | facebook | com.facebook.orca | messenger lite"
    " | facebook messenger lite",
    "instagram": "instagram direct | instagram direct messages | com.instagram.android | com.burbn.instagram",
    "snapchat": "snap chat | com.snapchat.android | com.toyopagroup.picaboo",
    "wickr": "wickr me | wickr messenger | com.mywickr.wickr2",
    "viber": "viber messenger | rakuten viber | com.viber.voip",
    "kik": "kik messenger | kik interactive | kik.android",
    "tiktok": "tik tok | com.zhiliaoapp.musically",
    "textnow": "text now | com.enflick.android.textnow",
    "threema": "ch.threema.app",
    "wechat": "we chat | weixin | com.tencent.mm",
    "line": "line messenger | jp.naver.line.android",
    "discord": "com.discord",
    "skype": "com.skype.raider",
    "imessage": "apple imessage",
    "twitter": "x | x (twitter) | com.twitter.android",
    "teams": "microsoft teams | ms teams | com.microsoft.teams",
    "zangi": "zangi messenger",
    "google chat": "googlechat | google hangouts | hangouts",
}
_FAMILIES: Final = {
    **dict.fromkeys(_OF_HANDSET, HANDSET),
    **{word: family for family, words in _APPLICATIONS.items() for word in words.split(" | ")},
}


def is_application(service: str) -> bool:
    """Whether a word is an application for messages that is known, by whatever of its names."""
    family = service_family(service)
    return family in _APPLICATIONS and family != HANDSET


@lru_cache(maxsize=4_096)
def service_family(service: str | None) -> str:
    """Return one word for all names of a service: ``HANDSET`` for the handset's own texts, and where none is named."""
    if service is None:
        return HANDSET
    word = " ".join(service.replace("_", " ").casefold().split())
    named = name_of_id(word) or word
    return _FAMILIES.get(named, named)
