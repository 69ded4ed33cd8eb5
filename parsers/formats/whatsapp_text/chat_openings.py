"""The line with which the application begins every chat, and that of a new security code, in languages that it speaks.

The first begins as ``Messages and calls are end-to-end encrypted``; how it goes on was worded anew over the years.
"""

# ruff: noqa: RUF001 - words of other scripts are meant as they stand

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = (
    *("nachrichten und anrufe", "les messages et (?:les )?appels", "los mensajes y las llamadas"),
    *("las llamadas y los mensajes", "as mensagens e (?:as )?(?:chamadas|ligações)", "i messaggi e le chiamate"),
    *("berichten en (?:gesprekken|oproepen)", "boodskappe en oproepe", "els missatges i les trucades"),
    *("meddelanden och samtal", "beskeder og opkald", "meldinger og (?:anrop|samtaler)", "viestit ja puhelut"),
    *(
        "mesajele [șş]i apelurile",
        "mesajlar ve aramalar",
        "mesajlar və zənglər",
        "mesazhet dhe (?:telefonatat|thirrjet)",
    ),
    *("wiadomości i połączenia", "zprávy a hovory", "správy a hovory", "poruke i pozivi", "sporočila in klici"),
    *("(?:žinutės|pranešimai) ir skambučiai", "ziņas un zvani", "sõnumid ja kõned", "az üzenetek és (?:a )?hívások"),
    *("pesan dan panggilan", "mesej dan panggilan", "tin nhắn và cuộc gọi", "(?:jumbe|ujumbe) na simu"),
    *("fariimaha iyo wicitaannada", "naka-end-to-end encrypt", "tá teachtaireachtaí agus glaonna"),
)
_OTHER: Final = (
    *("сообщения и звонки", "повідомлення (?:та|й|і) (?:виклики|дзвінки)", "съобщенията и обажданията"),
    *("поруке и позиви", "пораките и повиците", "хабарламалар мен қоңыраулар", "τα μηνύματα και οι κλήσεις"),
    *("الرسائل والمكالمات", "ההודעות והשיחות", "پیام\u200c?ها و تماس\u200c?ها", "پیغامات اور کالز", "پەیام و پەیوەندی"),
    *("(?:मैसेज|संदेश)(?:ेस)? और कॉल", "मेसेज आणि कॉल", "(?:মেসেজ|বার্তা)(?:গুলি)? (?:এবং|ও) কল", "ਸੁਨੇਹੇ ਅਤੇ ਕਾਲ"),
    *("મેસેજ અને કૉલ", "செய்திகளும் அழைப்புகளும்", "సందేశాలు మరియు కాల్", "സന്ദേശങ്ങളും കോളുകളും", "ಸಂದೇಶಗಳು ಮತ್ತು ಕರೆ"),
    *("消息和通话", "訊息和通話", "訊息與通話", "メッセージと通話", "메시지와 통화", "ข้อความและการโทร"),
)
_OPENING: Final = re.compile("|".join((*_LATIN, *_OTHER)), re.IGNORECASE)
_CODE: Final = re.compile(
    "(?:deine sicherheitsnummer für|dein sicherheitscode (?:für|mit)|ihre sicherheitsnummer für)"
    " .{1,100} hat sich geändert"
    "|(?:o )?(?:seu|teu) código de segurança (?:partilhado )?com .{1,100} mudou"
    "|ваш код безопасности с (?:контактом )?.{1,100} изменился"
    "|รหัสความปลอดภัยของคุณกับ .{1,100} มีการเปลี่ยนแปลง|.{1,100}とのセキュリティコードが変更されました"
    "|(?:tu|su|el) código de seguridad con .{1,100} (?:ha cambiado|cambió)"
    "|votre code de sécurité avec .{1,100} a changé|(?:je|uw) beveiligingscode met .{1,100} is gewijzigd"
    "|il (?:tuo )?codice di sicurezza con .{1,100} è cambiato",
    re.IGNORECASE,
)
_APPLICATION: Final = re.compile("whatsapp|وات(?:ساب|سآب|س اپ|ساپ)|واٹس ایپ", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://|\.com/", re.IGNORECASE)


def opens_chat(text: str) -> bool:
    """Whether a text begins as the line with which every chat begins does, in another language than English."""
    return _OPENING.match(text) is not None


def tells_of_code(text: str) -> bool:
    """Whether a text begins as the line that a security code has changed, in another language than English."""
    return _CODE.match(text) is not None


def names_application(text: str) -> bool:
    """Whether a text names the application otherwise than in an address that somebody sent."""
    return _APPLICATION.search(text) is not None and _ADDRESS.search(text) is None
