"""What WhatsApp writes in place of a message that was deleted, in eighteen languages: nobody sent these words."""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "\u200e"
"""What WhatsApp puts in front of its own words."""

_BY_SENDER: Final = (
    *("this message was deleted(?: by admin .*)?", "diese nachricht wurde gelöscht", "se eliminó este mensaje"),
    *("este mensaje fue eliminado", "ce message a été supprimé", "dit bericht is verwijderd"),
    *("esta mensagem foi (?:apagada|eliminada)", "questo messaggio è stato eliminato"),
    *("ta wiadomość została usunięta", "acest mesaj a fost șters", "bu mesaj silindi", "ky mesazh u fshi"),
    *("detta meddelande (?:har )?raderats|detta meddelande raderades", "ši žinutė buvo ištrinta"),
    *("данное сообщение удалено", "це повідомлення (?:було )?видалено", "تم حذف هذه الرسالة"),
    *("ข้อความนี้ถูกลบแล้ว", "このメッセージは削除されました"),
)
_BY_OWNER: Final = (
    *("you deleted this message(?: as admin)?", "du hast diese nachricht gelöscht", "eliminaste este mensaje"),
    *("vous avez supprimé ce message", "(?:je|u) (?:hebt|heeft) dit bericht verwijderd", "você apagou esta mensagem"),
    *("hai eliminato questo messaggio", "eliminou esta mensagem", "du raderade detta meddelande"),
    *("usunięto tę wiadomość", r"usun(?:ął|ęł|ąłeś|ęłaś)[^ ]{0,12} tę wiadomość", "a(?:ți|i) șters acest mesaj"),
    *("bu mesajı sildiniz", "(?:ju )?e fshi(?:ve|të) këtë mesazh", "вы удалили данное сообщение"),  # noqa: RUF001
    *("ви видалили це повідомлення", "(?:لقد|أنت) حذفت هذه الرسالة", "apagou esta mensagem"),
    *("คุณ(?:ได้)?ลบข้อความนี้(?:แล้ว)?", "(?:あなたが)?このメッセージを削除しました"),
)
_DELETED = re.compile(rf"(?:{'|'.join((*_BY_SENDER, *_BY_OWNER))})[.。]?", re.IGNORECASE)
_DELETED_BY_OWNER = re.compile(rf"(?:{'|'.join(_BY_OWNER)})[.。]?", re.IGNORECASE)


def is_deleted_by_owner(text: str) -> bool:
    """Whether a text says that whoever exported the chat has deleted the message."""
    return _DELETED_BY_OWNER.fullmatch(text.replace(MARK, "").strip()) is not None


def is_deleted(text: str) -> bool:
    """Whether a text stands for a message that was deleted."""
    return _DELETED.fullmatch(text.replace(MARK, "").strip()) is not None
