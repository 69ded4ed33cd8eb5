"""Applications by the ids that the stores know them by: packages of Android and bundles of iOS, to one name.

A handset's own databases write these ids, and most tools copy them; others write the application's name. One
application has one name whatever it was read from.
"""

from __future__ import annotations

import re
from typing import Final

_IDS: Final = {
    "whatsapp": "com.whatsapp | net.whatsapp.whatsapp",
    "whatsapp business": "com.whatsapp.w4b | net.whatsapp.whatsappsmb",
    "telegram": "org.telegram.messenger | org.telegram.messenger.web | org.telegram.plus | ph.telegra.telegraph",
    "telegram x": "org.thunderdog.challegram",
    "signal": "org.thoughtcrime.securesms | org.whispersystems.signal",
    "snapchat": "com.snapchat.android | com.toyopagroup.picaboo",
    "instagram": "com.instagram.android | com.burbn.instagram",
    "messenger": "com.facebook.orca | com.facebook.messenger",
    "messenger lite": "com.facebook.mlite",
    "viber": "com.viber.voip | com.viber",
    "skype": "com.skype.raider | com.skype.skype | com.skype.tomskype",
    "facetime": "com.apple.facetime",
    "imessage": "com.apple.imessage",
    "wickr": "com.mywickr.wickr2 | com.mywickr.wickr",
    "kik": "kik.android | com.kik.chat",
    "tiktok": "com.zhiliaoapp.musically",
    "textnow": "com.enflick.android.textnow",
    "threema": "ch.threema.app | ch.threema.iapp",
    "wechat": "com.tencent.mm | com.tencent.xin",
    "line": "jp.naver.line.android | jp.naver.line",
    "discord": "com.discord | com.hammerandchisel.discord",
    "twitter": "com.twitter.android | com.atebits.tweetie2",
    "teams": "com.microsoft.teams | com.microsoft.skype.teams",
    "zangi": "com.beint.zangi",
    "wire": "com.wire | com.wearezeta.zclient.ios",
}
NAMES_OF_IDS: Final = {each: name for name, ids in _IDS.items() for each in ids.split(" | ")}
"""An id in lower case, and the name of the application."""

_OWN_TELEPHONE: Final = re.compile(
    r"com\.apple\.(?:telephony|mobilephone|incallservice|coretelephony)"
    r"|com\.(?:google\.|samsung\.|sec\.)?android\.(?:phone|dialer|server\.telecom|incallui|app\.telephonyui)"
)


def name_of_id(name: str) -> str | None:
    """Return what an application is called whose id (in lower case) is given, ``/Component`` behind it or not.

    None: no id that is known.
    """
    return NAMES_OF_IDS.get(name) or (NAMES_OF_IDS.get(name.partition("/")[0]) if "/" in name else None)


def is_own_telephone(name: str) -> bool:
    """Whether an id (in lower case) is that of the handset's own program for calls."""
    return _OWN_TELEPHONE.fullmatch(name.partition("/")[0]) is not None
